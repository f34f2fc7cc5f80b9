"""An event is an entry of the timeline as a calendar has it: days, title, text, category, status, identity."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from cycleplan.daterules import Status, so_long_before
from cycleplan.entries import Entry
from cycleplan.periods import Period
from cycleplan.region import COUNCIL_EVENTS, KNOWN_STEPS, Region
from cycleplan.wording.words import Words

UID_DOMAIN = "cycleplan.invalid"
TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"
_SEQUENCE_FROM = date(2020, 1, 1)
_AT_NINE = timedelta(hours=9)  # when somebody is reminded; an event of whole days begins at midnight
# What somebody can be late for.
_REMINDED = {*KNOWN_STEPS, "submission_practical", "step", "plan_ends", "agreement_ends"}
# What a line of iCalendar cannot hold: controls but tab and newline, and the other line ends of Unicode.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")

Reminder = tuple[int, str]  # so many days, weeks or months before


@dataclass(frozen=True)
class Event:
    """What a calendar shows, and how it came to be so. *alarms* is the time before midnight of its first day."""

    uid: str
    period: Period
    title: str
    text: str
    category: str
    status: str
    created: date
    modified: date
    sequence: int
    alarms: tuple[timedelta, ...] = ()

    @property
    def meaning(self) -> tuple[object, ...]:
        """What tells a reader something new if it changes: days, title, status, category."""
        return self.period, self.title, self.status, self.category


def space(region: Region) -> UUID:
    """What the identities of a region's events are made in: its ``calendar.id``, or else the region's id."""
    own = region.publication.id
    return UUID(own) if own else uuid5(NAMESPACE_URL, f"urn:cycleplan:{region.id}")


def uid(space: UUID, audience: str, identity: str) -> str:
    """The identity of an event: a version 5 UUID of the calendar, the audience and the entry's stable id."""
    return f"{uuid5(space, f'{audience}|{identity}')}@{UID_DOMAIN}"


def first_sequence(revised: date) -> int:
    """The days from 1 January 2020: a feed that was lost does not begin below where it was."""
    return max(0, (revised - _SEQUENCE_FROM).days)


def event(
    entry: Entry, space: UUID, audience: str, revised: date, words: Words, reminders: tuple[Reminder, ...] = ()
) -> Event:
    """The event of *entry*, as it is when it is published for the first time."""
    expected = entry.status in (Status.EXPECTED, Status.ASSUMED)
    return Event(
        uid=uid(space, audience, entry.identity),
        period=entry.period,
        title=one_line(words.entry(entry)),
        text=clean(words.event_text(entry)).strip(),  # some programs do so
        category=words.say(f"category.{_category(entry)}"),
        status=TENTATIVE if expected else CONFIRMED,
        created=revised,
        modified=revised,
        sequence=first_sequence(revised),
        alarms=tuple(_alarms(entry, reminders, revised)),
    )


def _category(entry: Entry) -> str:
    if entry.kind in COUNCIL_EVENTS:
        return "council"
    if "parties" in entry.values:
        return "agreement"
    return "window" if entry.kind == "window" else "plan"


def _alarms(entry: Entry, reminders: tuple[Reminder, ...], revised: date) -> list[timedelta]:
    """When to remind of something that one can be late for; not before the file was revised: that has passed."""
    if entry.kind not in _REMINDED and not entry.kind.startswith("suggested_"):
        return []
    day = entry.first.day
    days = (so_long_before(day, count, unit) for count, unit in reminders)
    return sorted(((day - on) - _AT_NINE for on in set(days) if on >= revised), reverse=True)


def clean(text: str) -> str:
    """*text* with one kind of line end and nothing that a calendar cannot hold."""
    one_kind = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", one_kind))


def one_line(text: str) -> str:
    """*text* as a title: its lines after each other."""
    return " – ".join(filter(None, (part.strip() for part in clean(text).splitlines()))) or "–"
