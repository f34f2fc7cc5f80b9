"""Programs that are not ours read our feeds as we mean them: identities, first and last days, titles, descriptions.

They are installed by tests/programs/install; where one is missing, its tests fail.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import caldav
import pytest
from caldav import program
from running import (
    LANGUAGES,
    REGIONS,
    TODAY,
    aligned,
    as_yaml,
    publisher,
    record,
    region_file,
    region_text,
    run,
    timeline_of,
    words_of,
)
from test_calendar import CORPUS, as_typed, days_of, events, unfolded

from cycleplan.outputs.calendar.history import Published
from cycleplan.resources import region_files

pytestmark = pytest.mark.programs

DAY = timedelta(days=1)
PROGRAMS = Path(__file__).parent / "programs"


class Event(NamedTuple):
    """What a reader must agree with us about."""

    first: date
    last: date
    title: str
    text: str


class Calendar(NamedTuple):
    """A feed as somebody reads it; *events* by UID, *name* None from a reader that knows no name."""

    name: str | None
    events: dict[str, Event]


class RefusedError(Exception):
    """A reader finds no feed, or one with faults, in what it got."""


# --- the readers


def ran(command: Sequence[str | Path], **environment: str) -> str:
    """What a program printed; raises RefusedError with its complaint if it failed."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, env=env)
    if done.returncode:
        raise RefusedError(done.stderr)
    return done.stdout


def printed_about(command: Sequence[str | Path], files: Sequence[Path], **environment: str) -> list[Calendar]:
    """The calendars that one of our scripts in tests/programs prints about *files*."""
    answers = json.loads(ran([*command, *files], **environment))
    assert len(answers) == len(files)
    return [one_told(answer) for answer in answers]


def one_told(answer: dict[str, Any]) -> Calendar:
    if "refused" in answer:
        raise RefusedError(answer["refused"])
    assert answer["others"] == 0  # neither a time zone nor a component that a text made
    assert all(e["wholeDays"] for e in answer["events"])
    found = (
        (e["uid"], Event(date.fromisoformat(e["first"]), date.fromisoformat(e["after"]) - DAY, e["title"], e["text"]))
        for e in answer["events"]
    )
    return Calendar(answer["name"], by_uid(found))


def by_uid(found: Iterable[tuple[str, Event]]) -> dict[str, Event]:
    pairs = list(found)
    assert len(dict(pairs)) == len(pairs), "a UID twice"
    return dict(pairs)


def by_ical_js(files: Sequence[Path], work: Path) -> list[Calendar]:
    folder = program("npm/node_modules/ical.js").parents[2]
    node = shutil.which("node")
    if node is None:
        pytest.fail("There is no `node` on the path; tests/programs/install DIR says what is needed.", pytrace=False)
    return printed_about([node, PROGRAMS / "read_calendar.mjs"], files, CYCLEPLAN_PROGRAMS=str(folder))


def by_libical(files: Sequence[Path], work: Path) -> list[Calendar]:
    return printed_about([program("read_calendar")], files)


def by_vobject(files: Sequence[Path], work: Path) -> list[Calendar]:
    return printed_about([program("readers/bin/python"), PROGRAMS / "read_calendar.py"], files)


KHAL = """\
[calendars]
[[feeds]]
path = {work}/khal
[sqlite]
path = {work}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def khal(work: Path, *asked: str | Path) -> list[str]:
    """The lines that khal prints; it wraps them to the width of the screen, and thinks that this is a wide one."""
    config = work / "khal.conf"
    config.write_text(KHAL.format(work=work))
    printed = ran([program("readers/bin/khal"), "-c", config, *asked], COLUMNS="1000000000", HOME=str(work))
    return [line for line in printed.split("\n") if line]


def by_khal(files: Sequence[Path], work: Path) -> list[Calendar]:
    """All in one calendar of khal, since its start takes long; of no two files the UIDs may be the same."""
    khal(work, "import", "--batch", *files)
    fields = ("uid", "start-date-full", "end-date-full", "title", "description", "all-day")
    # `list` reads an event anew for every day that it lasts, which takes minutes; `search` reads and prints it once.
    rows = [row for line in khal(work, "search", *(f"--json={f}" for f in fields), "") for row in json.loads(line)]
    assert all(row["all-day"] == "True" for row in rows)
    found = by_uid(
        (uid, Event(date.fromisoformat(first), date.fromisoformat(last), title, text))
        for uid, first, last, title, text in ([row[f] for f in fields[:5]] for row in rows)
    )
    # A UID is short: its line is not folded.
    uids = [set(re.findall("^UID:(.*)\r$", file.read_bytes().decode(), re.MULTILINE)) for file in files]
    assert found.keys() == set().union(*uids)
    assert len(found) == sum(map(len, uids))
    return [Calendar(None, {uid: found[uid] for uid in there}) for there in uids]


def by_radicale(files: Sequence[Path], work: Path) -> list[Calendar]:
    calendars = []
    with caldav.radicale(work) as server:
        for number, file in enumerate(files):
            url = f"{server}{number}/"
            try:
                caldav.put(url, file.read_bytes())
            except RuntimeError as error:
                raise RefusedError(str(error)) from error
            there = caldav.events(url).values()
            calendars.append(Calendar(caldav.name_of(url), by_uid(of_radicale(text) for text in there)))
    return calendars


def of_radicale(text: str) -> tuple[str, Event]:
    """What our own reader finds in an object of the server: one event with its alarms, and nothing else."""
    kinds = re.findall("^BEGIN:(.*)", text, re.MULTILINE)
    assert kinds[:2] == ["VCALENDAR", "VEVENT"]
    assert set(kinds[2:]) <= {"VALARM"}
    # Our reader takes an event to have no alarm, which has a description of its own.
    plain = re.sub("^BEGIN:VALARM.*?^END:VALARM\n", "", text, flags=re.DOTALL | re.MULTILINE)
    (event,) = events(plain.replace("\n", "\r\n").encode())
    title, description = (as_typed(event[name][1]) for name in ("SUMMARY", "DESCRIPTION"))
    return event["UID"][1], Event(*days_of(event), title, description)


READERS: dict[str, Callable[[Sequence[Path], Path], list[Calendar]]] = {
    "ical.js": by_ical_js,
    "libical": by_libical,
    "vobject": by_vobject,
    "khal": by_khal,
    "Radicale": by_radicale,
}

every_reader = pytest.mark.parametrize("reader", READERS)


# --- the feeds


@cache
def feeds(kind: str) -> dict[str, Published]:
    """The feeds of a kind by name; among one kind, no two have an event with the same UID."""
    return {"Dutch": dutch, "English": english, "awkward": awkward}[kind]()


def dutch() -> dict[str, Published]:
    """Every feed that `calendar --all` writes of a region that ships, and one with alarms."""
    found = {}
    for region in REGIONS:
        raw = region_files()[region].read_bytes()
        every = publisher(raw)
        found |= {f"{region} {audience}": every.publish(audience) for audience in every.audiences.all()}
        found[f"{region} personal"] = publisher(raw, reminders=((3, "months"), (1, "weeks"))).publish()
    return found


def english() -> dict[str, Published]:
    return {region: publisher(region_files()[region].read_bytes(), "en").publish() for region in REGIONS}


AWKWARD = {
    **CORPUS,
    "everything": "é’ „a”, b; c\\d: e\r\nf\ng\rh\x85i\u2028j\u2029k 👩‍🏫 \u05d0\u05d1\tATTENDEE:mailto:x BEGIN:VEVENT",
    "colon": "a:b::",
    "spaces of other kinds": "\u00a0a\u2003b\u3000",
    "end": "END:VEVENT",
    "property at the start of a line": "x\nSUMMARY:y\nDTSTART;VALUE=DATE:20300101",
    "percent": "%s %(uid)s {uid} %41",
    "caret": "a^nb^'c",
}


def awkward() -> dict[str, Published]:
    """A feed for every text, of a region with the text wherever one can stand; and one with events that are off."""
    found = {}
    for number, (name, text) in enumerate(AWKWARD.items()):
        found[name] = publisher(region_text(text, calendar=own_space(number))).publish()
    found["called off"] = called_off(own_space(len(AWKWARD)))
    return found


def own_space(number: int) -> dict[str, str]:
    return {"id": f"6f0d3c2e-0000-4000-8000-{number:012}"}


def called_off(space: dict[str, str]) -> Published:
    region = region_file(calendar=space)
    before = publisher(as_yaml(region).encode()).publish()
    region.update(plans=[], agreements=[], revised="2026-11-29")
    after = publisher(as_yaml(region).encode()).publish(previous=before.content)
    assert after.changes
    assert after.changes.cancelled > 0
    return after


def as_meant(published: Published, reader: str) -> Calendar:
    """What a reader must make of a feed; its name needs no escape, so that it is as it stands there for everybody."""
    meant = ((e.uid, Event(e.period.first, e.period.last, e.title, e.text)) for e in published.feed.events)
    (name,) = (line.partition(":")[2] for line in unfolded(published.content) if line.startswith("X-WR-CALNAME:"))
    return Calendar(None if reader == "khal" else name, by_uid(meant))


def differences(meant: Calendar, read: Calendar) -> list[str]:
    """Where a reader and we differ, each in one short line."""
    found = [] if read.name == meant.name else [f"the name {read.name!r:.80}, not {meant.name!r:.80}"]
    found += [f"{uid}: not read" for uid in meant.events.keys() - read.events.keys()]
    found += [f"{uid}: not ours" for uid in read.events.keys() - meant.events.keys()]
    for uid in meant.events.keys() & read.events.keys():
        for field, ours, theirs in zip(Event._fields, meant.events[uid], read.events[uid], strict=True):
            if ours != theirs:
                found.append(f"{uid}: {field} {theirs!r:.200}, not {ours!r:.200}")
    return found


def written(feeds: Iterable[bytes], folder: Path) -> list[Path]:
    """Each feed as a file."""
    files = []
    for number, raw in enumerate(feeds):
        files.append(folder / f"{number}.ics")
        files[-1].write_bytes(raw)
    return files


# --- every reader, every feed


@every_reader
@pytest.mark.parametrize("kind", ["Dutch", "English", "awkward"])
def test_a_reader_finds_the_identities_days_titles_and_descriptions_that_we_mean(
    reader: str, kind: str, tmp_path: Path
) -> None:
    published = feeds(kind)
    files = written([one.content for one in published.values()], tmp_path)
    read = dict(zip(published, READERS[reader](files, tmp_path), strict=True))
    wrong = {name: differences(as_meant(one, reader), read[name]) for name, one in published.items()}
    assert {name: (len(lines), lines[:5]) for name, lines in wrong.items() if lines} == {}


@every_reader
def test_a_reader_finds_a_name_with_marks_of_every_kind_as_typed(reader: str, tmp_path: Path) -> None:
    name = 'Zorg; "jeugd", én: \\ onderwijs 👩‍🏫 \\n'
    region, file = tmp_path / "r.yaml", tmp_path / "feed.ics"
    region.write_bytes(region_text(name))
    assert run("calendar", region, "-o", file).code == 0
    (read,) = READERS[reader]([file], tmp_path)
    assert f"{name}: gemeenteraadsverkiezing" in {e.title for e in read.events.values()}


# --- that they would tell


def in_an_event(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Replaces the first *old* that is within an event."""

    def spoil(raw: bytes) -> bytes:
        head, begin, rest = raw.partition(b"BEGIN:VEVENT")
        assert old in rest
        return head + begin + rest.replace(old, new, 1)

    return spoil


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "another identity": in_an_event(b"UID:", b"UID:x"),
    "another first day": in_an_event(b"DTSTART;VALUE=DATE:20", b"DTSTART;VALUE=DATE:19"),
    "another last day": in_an_event(b"DTEND;VALUE=DATE:20", b"DTEND;VALUE=DATE:21"),
    "another title": in_an_event(b"SUMMARY:", b"SUMMARY:x"),
    "another description": in_an_event(b"DESCRIPTION:", b"DESCRIPTION:x"),
    "a backslash less": in_an_event(b"\\n", b"n"),
    "a backslash more": in_an_event(b"\\n", b"\\\\n"),
    "a line end in a text": in_an_event(b"\\n", b"\r\n"),
    "a fold without its space": in_an_event(b"\r\n ", b"\r\n"),
    "an event less": lambda raw: re.sub(b"BEGIN:VEVENT.*?END:VEVENT\r\n", b"", raw, count=1, flags=re.DOTALL),
    "the second half gone": lambda raw: raw[: len(raw) // 2],
}


@every_reader
def test_a_reader_tells_a_feed_that_is_spoiled(reader: str, tmp_path: Path) -> None:
    published = publisher(region_text()).publish("GM0289")
    meant = as_meant(published, reader)

    def seen(number: int, raw: bytes) -> bool:
        work = tmp_path / str(number)
        work.mkdir()
        try:
            (read,) = READERS[reader](written([raw], work), work)
        except RefusedError:
            return True
        return differences(meant, read) != []

    assert not seen(0, published.content)
    missed = [name for n, (name, spoil) in enumerate(SPOILED.items(), 1) if not seen(n, spoil(published.content))]
    assert missed == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:PUBLISH", "the property and got 0"),  # RFC 5546: it needs an organizer
        (b"STATUS:", b"STATUS:CONFIRMED\r\nSTATUS:", "STATUS property. Expected zero or one"),
        (b"DTEND;", b"DURATION:P1D\r\nDTEND;", "must not have both DURATION and DTEND"),
        (b"DTEND;VALUE=DATE:", b"DTEND;VALUE=DATE:x", "Can't parse as DATE value in DTEND"),
        (b"DTSTAMP:", b"DTSTAMP:x", "Can't parse as DATE-TIME value in DTSTAMP"),
        (b"SUMMARY:", b"SUMMARY ", "could not find a property name"),
    ],
)
def test_libical_holds_a_feed_against_the_standards(old: bytes, new: bytes, complaint: str, tmp_path: Path) -> None:
    raw = publisher(region_text()).publish("GM0289").content
    with pytest.raises(RefusedError, match=complaint):
        by_libical(written([raw.replace(old, new, 1)], tmp_path), tmp_path)


# --- what only one of them can tell


def test_khal_lists_an_event_on_every_day_that_it_lasts_and_on_no_other(tmp_path: Path) -> None:
    every = [feeds("Dutch")[f"{region} all"] for region in REGIONS]
    khal(tmp_path, "import", "--batch", *written([one.content for one in every], tmp_path))
    meant = {e.uid: list(days(e.period.first, e.period.last)) for one in every for e in one.feed.events}
    first, last = min(d[0] for d in meant.values()), max(d[-1] for d in meant.values())
    formats = ("--day-format", "{date}", "--format", "{uid}")
    found: dict[str, list[date]] = {}
    for line in khal(tmp_path, "list", *formats, str(first - 30 * DAY), str(last + 30 * DAY)):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", line):
            day = date.fromisoformat(line)
        else:
            found.setdefault(line, []).append(day)
    assert found == meant


def days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def test_radicale_finds_the_events_of_a_month_and_no_others(tmp_path: Path) -> None:
    published = feeds("Dutch")["foodvalley all"]
    with caldav.radicale(tmp_path) as server:
        url = f"{server}foodvalley/"
        caldav.put(url, published.content)
        counts = []
        for year, month in ((2027, 7), (2027, 8), (2028, 2), (2030, 3)):
            first, after = date(year, month, 1), date(year, month + 1, 1)
            meant = {e.uid for e in published.feed.events if e.period.first < after and first <= e.period.last}
            assert caldav.events(url, (first, after)).keys() == meant
            counts.append(len(meant))
    assert all(0 < count < len(published.feed.events) for count in counts)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_ical_js_reads_the_days_and_titles_that_the_timeline_has(region: str, lang: str, tmp_path: Path) -> None:
    file = tmp_path / "feed.ics"
    assert run("calendar", region, "--lang", lang, "-o", file).code == 0
    told = record("timeline", region, "--format", "json", "--lang", lang)
    assert told["today"] == TODAY == aligned(region).region.revised.isoformat()
    meant = sorted((e["first"], e["last"], e["title"]) for e in told["entries"] if e["calendar"])

    (read,) = by_ical_js([file], tmp_path)
    assert read.name
    assert read.name.startswith(aligned(region).region.name)
    found = {(str(e.first), str(e.last), e.title) for e in read.events.values()}
    assert len(meant) > 50
    assert found >= set(meant)
    # Beside them the making of the plans that begin on the day after the horizon.
    assert all("2039–" in title and first > "2039-01" for first, _, title in found - set(meant))


@pytest.mark.parametrize("region", REGIONS)
def test_ical_js_reads_the_descriptions_as_they_were_written(region: str, tmp_path: Path) -> None:
    file = tmp_path / "feed.ics"
    assert run("calendar", region, "-o", file).code == 0
    words = words_of(aligned(region))
    meant = {words.event_text(e) for e in timeline_of(region).for_calendar}
    (read,) = by_ical_js([file], tmp_path)
    assert {e.text for e in read.events.values()} >= meant
