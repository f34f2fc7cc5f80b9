"""The entries of a timeline that are meant for calendars, as iCalendar (RFC 5545).

All-day events with the exclusive end, no METHOD (so that DTSTAMP means "last revised", RFC 5545 3.8.7.2), no
alarms. The bytes follow from the region file, the register and the law; the clock plays no part.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from icalendar import Calendar, Event
from icalendar.prop import vText

from cycleplan.alignment import Alignment
from cycleplan.daterules import Status
from cycleplan.timeline import Entry, Timeline
from cycleplan.wording.words import Words

PRODID = "-//cycleplan//cycleplan//NL"  # constant: a new version of the tool changes no event
UID_DOMAIN = "cycleplan.invalid"
EVERYONE = "all"  # the audience of a feed that is not narrowed
_SEQUENCE_FROM = date(2020, 1, 1)
_REFRESH = timedelta(hours=12)
_LONGEST_NAME = 255  # MS-OXCICAL, X-WR-CALNAME
_COLOR, _COLOR_HEX = "darkcyan", "#008B8B"
_CATEGORIES = {
    "nominated": "raad",
    "elected": "raad",
    "standstill": "raad",
    "college": "raad",
    "fell": "raad",
    "window": "venster",
    "agreement_starts": "afspraak",
    "agreement_ends": "afspraak",
    "suggested_evaluation": "afspraak",
    "suggested_handover": "afspraak",
    "suggested_reconfirmation": "afspraak",
}
# What a line of iCalendar cannot hold: controls but tab and newline, and the other line ends of Unicode.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def render(timeline: Timeline, alignment: Alignment, words: Words) -> bytes:
    """The feed for everyone, as bytes with CRLF line ends."""
    region = alignment.region
    stamp = datetime(region.revised.year, region.revised.month, region.revised.day, tzinfo=UTC)
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    name = _plain_name(words.say("calendar.name", name=region.name))
    about = _plain_name(words.say("calendar.description", name=region.name, revised=region.revised))
    # As text values: the library writes X- properties as they are, and a name that needs escaping is shown
    # with its backslashes by some programs, so _plain_name leaves nothing to escape.
    for key, text in (
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("DESCRIPTION", about),
        ("X-WR-CALDESC", about),
    ):
        calendar.add(key, vText(text))
    calendar.add("X-WR-TIMEZONE", vText("Europe/Amsterdam"))
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText("PT12H"))
    calendar.add("COLOR", vText(_COLOR))
    calendar.add("X-APPLE-CALENDAR-COLOR", vText(_COLOR_HEX))
    events = [(uid(region.calendar_id, region.id, EVERYONE, e.identity), e) for e in timeline.for_calendar]
    for event_uid, entry in sorted(events, key=lambda pair: (pair[1].first.day, pair[0])):
        calendar.add_component(_event(event_uid, entry, stamp, region.revised, words))
    return bytes(calendar.to_ical(sorted=False))


def uid(calendar_id: str | None, region: str, audience: str, identity: str) -> str:
    """The identity of an event: a version 5 UUID of the calendar's id, the audience and the entry's stable id."""
    space = UUID(calendar_id) if calendar_id else uuid5(NAMESPACE_URL, f"urn:cycleplan:{region}")
    return f"{uuid5(space, f'{audience}|{identity}')}@{UID_DOMAIN}"


def _event(event_uid: str, entry: Entry, stamp: datetime, revised: date, words: Words) -> Event:
    event = Event()
    event.add("UID", event_uid)
    for key in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
        event.add(key, stamp)
    event.add("SEQUENCE", max(0, (revised - _SEQUENCE_FROM).days))
    event.add("DTSTART", entry.period.first)
    event.add("DTEND", entry.period.after)  # exclusive: RFC 5545 3.6.1
    event.add("SUMMARY", _title(words.entry(entry)))
    event.add("DESCRIPTION", _text(description(entry, words)))
    event.add("CATEGORIES", [_CATEGORIES.get(entry.kind, "plan")])
    tentative = entry.status in (Status.EXPECTED, Status.ASSUMED)
    event.add("STATUS", "TENTATIVE" if tentative else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", vText("FREE"))
    event.add("CLASS", "PUBLIC")
    return event


def description(entry: Entry, words: Words) -> str:
    """Why the day is what it is: the trace, the status and the source, in plain text."""
    lines = words.trace(entry.last.trace)
    if entry.first != entry.last:
        first, last = words.say("trace.first"), words.say("trace.last")
        lines = [f"{first}:", *words.trace(entry.first.trace), f"{last}:", *lines]
    lines.append(words.say("entry.status", status=entry.status))
    if entry.source:
        lines.append(words.say("entry.source", source=entry.source))
    return "\n".join(lines)


def _text(text: str) -> str:
    """*text* with one kind of line end and nothing that a calendar cannot hold."""
    one_kind = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", one_kind))


def _title(text: str) -> str:
    return " – ".join(filter(None, (part.strip() for part in _text(text).splitlines()))) or "–"


def _plain_name(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[,;\\]", " ", _title(text))).strip()[:_LONGEST_NAME].rstrip()
