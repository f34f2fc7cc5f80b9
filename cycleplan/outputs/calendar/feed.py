"""A feed as bytes: all-day events with the exclusive end, CRLF line ends, no METHOD, no time zones.

Without METHOD, DTSTAMP means "last revised" (RFC 5545 3.8.7.2), which is what makes the bytes repeatable. What
the feed must know of itself stands in it as X-CYCLEPLAN- properties.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from icalendar import Alarm, Calendar
from icalendar import Event as Component
from icalendar.prop import vText

from cycleplan.errors import CycleplanError
from cycleplan.outputs.calendar.events import CANCELLED, CONFIRMED, TENTATIVE, UID_DOMAIN, Event, clean, one_line
from cycleplan.periods import DAY, Period

PRODID = "-//cycleplan//cycleplan//NL"  # constant: a new version of the tool changes no event
_REFRESH = timedelta(hours=12)
_LONGEST_NAME = 255  # MS-OXCICAL, X-WR-CALNAME
_COLOR, _COLOR_HEX = "darkcyan", "#008B8B"
LARGEST = 20_000_000  # bytes of a feed that is read back; a region's is a few hundred thousand
_HIGHEST_NUMBER = 2**31 - 2  # RFC 5545 3.3.8, and one more must fit
_OWN = "X-CYCLEPLAN-"
_PERSONAL = " personal"
# All that stands before a colon in what we write.
_NAMES = frozenset(
    {
        "BEGIN", "END", "PRODID", "VERSION", "CALSCALE", "NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC",
        "X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE", "COLOR", "X-APPLE-CALENDAR-COLOR",
        "X-CYCLEPLAN-CALENDAR", "X-CYCLEPLAN-AUDIENCE", "X-CYCLEPLAN-REVISED", "X-CYCLEPLAN-SOURCE",
        "X-CYCLEPLAN-SEQUENCE", "UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "DTSTART", "DTEND",
        "SUMMARY", "CATEGORIES", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "CLASS", "ACTION", "TRIGGER",
    }
)  # fmt: skip
_UID = re.compile(rf"[0-9a-f-]{{36}}@{re.escape(UID_DOMAIN)}")


@dataclass(frozen=True)
class Feed:
    """A calendar for one audience. *revised* and *source* are of the region file; *address* is its own."""

    space: UUID
    audience: str
    revised: date
    source: str
    events: tuple[Event, ...]
    name: str = ""
    about: str = ""
    address: str | None = None
    personal: bool = False  # with reminders, to be imported once
    before: int = 0  # the highest SEQUENCE that it may have given before

    @property
    def label(self) -> str:
        """What the feed calls its audience; the events of a personal file have identities of their own by it."""
        return f"{self.audience}{_PERSONAL}" if self.personal else self.audience

    @property
    def highest(self) -> int:
        """The highest SEQUENCE that it can ever have given."""
        return max([self.before, *(event.sequence for event in self.events)])


def write(feed: Feed) -> bytes:
    """The bytes of *feed*; events by first day and identity."""
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    name, about = _plain_name(feed.name), _plain_name(feed.about)
    # As text values: the library writes X- properties as they are, and a name that needs escaping is shown
    # with its backslashes by some programs, so _plain_name leaves nothing to escape.
    texts = {"NAME": name, "X-WR-CALNAME": name, "DESCRIPTION": about, "X-WR-CALDESC": about}
    for key, text in texts.items():
        calendar.add(key, vText(text))
    calendar.add("X-WR-TIMEZONE", vText("Europe/Amsterdam"))
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText("PT12H"))
    if feed.address:
        calendar.add("SOURCE", feed.address, parameters={"VALUE": "URI"})
    calendar.add("COLOR", vText(_COLOR))
    calendar.add("X-APPLE-CALENDAR-COLOR", vText(_COLOR_HEX))
    own = {
        "CALENDAR": str(feed.space),
        "AUDIENCE": feed.label,
        "REVISED": feed.revised.isoformat(),
        "SOURCE": feed.source,
        "SEQUENCE": str(feed.highest),
    }
    for key, text in own.items():
        calendar.add(_OWN + key, vText(text))
    for event in sorted(feed.events, key=lambda e: (e.period.first, e.uid)):
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical(sorted=False))


def _component(event: Event) -> Component:
    component = Component()
    component.add("UID", event.uid)
    for key, day in (("DTSTAMP", event.modified), ("LAST-MODIFIED", event.modified), ("CREATED", event.created)):
        component.add(key, datetime.combine(day, time(), UTC))
    component.add("SEQUENCE", event.sequence)
    component.add("DTSTART", event.period.first)
    component.add("DTEND", event.period.after)  # exclusive: RFC 5545 3.6.1
    component.add("SUMMARY", event.title)
    component.add("DESCRIPTION", event.text)
    component.add("CATEGORIES", [event.category])
    component.add("STATUS", event.status)
    component.add("TRANSP", "TRANSPARENT")
    component.add("X-MICROSOFT-CDO-BUSYSTATUS", vText("FREE"))
    component.add("CLASS", "PUBLIC")
    for before in event.alarms:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", event.title)
        alarm.add("TRIGGER", -before)
        component.add_component(alarm)
    return component


def _plain_name(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[,;\\]", " ", one_line(text))).strip()[:_LONGEST_NAME].rstrip()


def read(raw: bytes) -> Feed:
    """The feed that ``write`` made; line ends and folds may have changed, and a byte order mark may have come.

    Raises CycleplanError ``feed-unreadable`` for anything else, also for a feed that was cut off.
    """
    try:
        if len(raw) > LARGEST or not raw.rstrip().endswith(b"END:VCALENDAR"):
            raise ValueError("too large, or cut off")
        text = raw.decode("utf-8-sig")
        _must_be_ours(text)
        found = Calendar.from_ical(text)
        if found.errors or any(type(part) is not Component for part in found.subcomponents):
            raise ValueError("not a calendar of events")
        events = tuple(_event(part) for part in found.subcomponents)
        if len({event.uid for event in events}) != len(events):
            raise ValueError("an identity twice")
        label = _text(found, _OWN + "AUDIENCE")
        return Feed(
            space=UUID(_text(found, _OWN + "CALENDAR")),
            audience=label.removesuffix(_PERSONAL),
            personal=label.endswith(_PERSONAL),
            revised=date.fromisoformat(_text(found, _OWN + "REVISED")),
            source=_text(found, _OWN + "SOURCE"),
            before=_number(_text(found, _OWN + "SEQUENCE")),
            events=events,
        )
    except Exception as error:  # whatever the library trips over: the file is not ours, or was damaged
        raise CycleplanError("feed-unreadable") from error


def _must_be_ours(text: str) -> None:
    """Raise ValueError for a line that ``write`` never writes, before the library spends its time on it."""
    within: set[str] = set()
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        name = re.split("[;:]", line, maxsplit=1)[0]
        if name in ("BEGIN", "END"):
            within = set()
        if name not in _NAMES or (name in within and name not in ("BEGIN", "END")):
            raise ValueError(name)
        if name == "UID" and not _UID.fullmatch(line[4:]):
            raise ValueError("identity")
        within.add(name)


def _event(part: Any) -> Event:
    if part.errors:
        raise ValueError("a line that is none")
    first, after = (part[key].dt for key in ("DTSTART", "DTEND"))
    if type(first) is not date or type(after) is not date:
        raise ValueError("not of whole days")
    status, category = _text(part, "STATUS"), part["CATEGORIES"].to_ical().decode()
    if status not in (TENTATIVE, CONFIRMED, CANCELLED) or not re.fullmatch("[a-z]+", category):
        raise ValueError("status or category")
    uid, title, text = (_text(part, key) for key in ("UID", "SUMMARY", "DESCRIPTION"))
    if title != one_line(title) or text != clean(text):
        raise ValueError("title or text")
    return Event(
        uid=uid,
        period=Period(first, after - DAY),
        title=title,
        text=text,
        category=category,
        status=status,
        created=_stamp(part, "CREATED"),
        modified=_stamp(part, "DTSTAMP"),
        sequence=_number(str(part["SEQUENCE"])),
    )


def _text(part: Any, key: str) -> str:
    value = part[key]
    if isinstance(value, list):  # the property twice
        raise ValueError(key)
    return str(value)


def _stamp(part: Any, key: str) -> date:
    stamp = part[key].dt
    if type(stamp) is not datetime or stamp.timetz() != time(tzinfo=UTC):
        raise ValueError(key)
    return stamp.date()


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _HIGHEST_NUMBER:
        raise ValueError("sequence")
    return number
