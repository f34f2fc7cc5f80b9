"""The calendar is linted byte by byte, against the checklist of which each line cost some program its events.

The numbers C01-C28 are those of the project's research into calendar programs; what is about timed events,
alarms and the way a feed is published does not apply to a feed of whole days.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from running import (
    LANGUAGES,
    REGIONS,
    TODAY,
    aligned,
    as_yaml,
    feed,
    publisher,
    record,
    region_file,
    region_text,
    run,
    timeline_of,
    words_of,
)

from cycleplan import resources
from cycleplan.audiences import Audiences
from cycleplan.law import load_law
from cycleplan.outputs import calendar
from cycleplan.periods import Period
from cycleplan.region import KNOWN_STEPS
from cycleplan.timeline import build

DAY = timedelta(days=1)

# --- a reader of its own, by RFC 5545 3.1


def unfolded(raw: bytes) -> list[str]:
    """The content lines."""
    return raw.decode().replace("\r\n ", "").split("\r\n")[:-1]


def as_typed(value: str) -> str:
    """A TEXT value without its escapes (RFC 5545 3.3.11)."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


Event = dict[str, tuple[str, str]]  # name → parameters, value


def events(raw: bytes) -> list[Event]:
    """The events, each as its properties."""
    found: list[Event] = []
    inside = False
    for line in unfolded(raw):
        head, _, value = line.partition(":")
        name, _, parameters = head.partition(";")
        if line == "BEGIN:VEVENT":
            found.append({})
        inside = (inside or line == "BEGIN:VEVENT") and line != "END:VEVENT"
        if inside:
            assert name not in found[-1], f"{name} twice"
            found[-1][name] = (parameters, value)
    return found


def days_of(event: Event) -> tuple[date, date]:
    """First and last day: the end of a calendar is the day after."""
    first, after = (date.fromisoformat(event[key][1]) for key in ("DTSTART", "DTEND"))
    return first, after - DAY


# --- the linter


def lint(raw: bytes) -> list[str]:
    """What is wrong with a feed; empty if nothing is."""
    return [*_bytes(raw), *_calendar(raw), *(f"{e.get('UID')}: {fault}" for e in events(raw) for fault in _event(e))]


def _bytes(raw: bytes) -> Iterator[str]:
    if raw.startswith(b"\xef\xbb\xbf"):
        yield "C01 a byte order mark"
    text = raw.decode("utf-8")  # C01
    if not raw.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        yield "C02 a line end that is not CRLF"
    lines = raw.split(b"\r\n")[:-1]
    for line in lines:
        if len(line) > 75:
            yield f"C03 {len(line)} octets: {line!r}"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"C04 a fold within a character: {line!r}"
    for earlier, later in pairwise(lines):
        backslashes = len(earlier) - len(earlier.rstrip(b"\\"))
        # Between the two of an escaped backslash icalendar 7.3.0 does fold; no program is known to mind.
        if later[:1] == b" " and later[1:2] in (b"n", b"N", b",", b";") and backslashes % 2:
            yield f"C03 a fold within an escape: {earlier!r}"
    wrong = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]", text)
    if wrong:
        yield f"C05 a control character: {wrong[0]!r}"


_LINE = re.compile(r"[A-Z0-9-]+(;[A-Z0-9-]+=([^\x00-\x1f\";:,]+|\"[^\x00-\x1f\"]*\"))*:.*", re.DOTALL)


def _calendar(raw: bytes) -> Iterator[str]:
    lines = unfolded(raw)
    for line in lines:
        if not _LINE.fullmatch(line):
            yield f"C06 not a content line: {line!r}"
    stack = []
    for line in lines:
        if line.startswith("BEGIN:"):
            stack.append(line[6:])
        elif line.startswith("END:") and (not stack or stack.pop() != line[4:]):
            yield f"C06 {line} ends nothing"
    if stack or lines[0] != "BEGIN:VCALENDAR" or lines[-1] != "END:VCALENDAR" or lines.count(lines[0]) != 1:
        yield "C06 not exactly one calendar"
    kinds = {line for line in lines if line.startswith("BEGIN:")} - {"BEGIN:VCALENDAR", "BEGIN:VEVENT"}
    if kinds:
        yield f"C19, C26, C27 components that do not belong in a feed of whole days: {kinds}"
    end = lines.index("BEGIN:VEVENT") if "BEGIN:VEVENT" in lines else -1
    head = [line.partition(":") for line in lines[1:end]]
    names = [name for name, _, _ in head]
    values = {name: value for name, _, value in head}
    if len(set(names)) != len(names):
        yield "C07 a calendar property twice"
    if values.get("VERSION") != "2.0" or values.get("PRODID") != "-//cycleplan//cycleplan//NL":
        yield "C07 version or program"
    if values.get("CALSCALE", "GREGORIAN") != "GREGORIAN":
        yield "C07 another calendar scale"
    if end != -1 and (after := [x for x in lines[end:] if x.startswith(("X-WR-", "NAME", "PRODID", "VERSION"))]):
        yield f"C07 calendar properties after the first event: {after}"
    unwanted = {re.split("[;:]", line)[0] for line in lines} & {"METHOD", "ORGANIZER", "ATTENDEE", "ATTACH", "RRULE"}
    if unwanted:
        yield f"C08 {unwanted}"
    if "UID" in names:
        yield "C09 a UID of the calendar"
    if not values.get("NAME") or values["NAME"] != values.get("X-WR-CALNAME"):
        yield "C10 two names"
    if len(values.get("NAME", "")) > 255:
        yield f"C10 a name of {len(values['NAME'])} characters"
    for name in ("NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC"):
        if re.search(r"[,;\\\n]", values.get(name, "")):
            yield f"C11 {name} needs escaping: {values[name]}"
    if values.get("REFRESH-INTERVAL;VALUE=DURATION") != "PT12H" or values.get("X-PUBLISHED-TTL") != "PT12H":
        yield "C12 refresh"
    if "REFRESH-INTERVAL" in names or "SOURCE" in names:
        yield "C12 a property without its value type"
    if not re.fullmatch("[a-z]+", values.get("COLOR", "red")):
        yield "C13 the colour is no name"
    if not re.fullmatch("#[0-9A-F]{6}", values.get("X-APPLE-CALENDAR-COLOR", "#000000")):
        yield "C13 the colour of Apple is no number"
    found = events(raw)
    uids = [e["UID"][1] for e in found]
    if len(set(uids)) != len(uids):
        yield "C14 a UID twice"
    order = [(e["DTSTART"][1], e["UID"][1]) for e in found]
    if order != sorted(order):
        yield "C28 not by day and UID"
    related = {e["RELATED-TO"][1] for e in found if "RELATED-TO" in e}
    if related - set(uids):
        yield f"C25 related to what is not there: {related - set(uids)}"
    if len(raw) > 1_000_000:
        yield "C29 more than a megabyte"


_MUST = ("UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP")


def _event(e: Event) -> Iterator[str]:
    missing = [name for name in _MUST if name not in e]
    if missing:
        yield f"no {missing}"
        return
    if not re.fullmatch(r"[A-Za-z0-9._:-]+@[a-z.]+", e["UID"][1]) or len(e["UID"][1]) > 255:
        yield "C14 the form of the UID"
    for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
        if not re.fullmatch(r"\d{8}T\d{6}Z", e[name][1]) or e[name][0]:
            yield f"C15 {name} is not in UTC"
    if e["DTSTAMP"] != e["LAST-MODIFIED"]:
        yield "C15 two days of the last revision"
    if not re.fullmatch(r"\d+", e["SEQUENCE"][1]):
        yield "C16 no sequence"
    for name in ("DTSTART", "DTEND"):
        if e[name][0] != "VALUE=DATE" or not re.fullmatch(r"\d{8}", e[name][1]):
            yield f"C17 {name} is no day"
    if e["DTEND"][1] <= e["DTSTART"][1]:
        yield "C17 ends before it begins"
    if e["TRANSP"][1] != "TRANSPARENT" or e.get("X-MICROSOFT-CDO-BUSYSTATUS", ("", ""))[1] != "FREE":
        yield "C20 takes up somebody's day"
    if e["STATUS"][1] not in ("CONFIRMED", "TENTATIVE", "CANCELLED"):
        yield "C21 the status"
    if not re.fullmatch("[a-z]+", e.get("CATEGORIES", ("", "x"))[1]):
        yield "C22 the category"
    for name in ("SUMMARY", "DESCRIPTION"):
        text = e.get(name, ("", ""))[1]
        if re.search(r"(?<!\\)(?:\\\\)*(?:[,;]|\\[^,;\\nN]|\\$)", text):
            yield f"C23 {name} is not escaped: {text}"
    if not e["SUMMARY"][1].strip() or "\\n" in e["SUMMARY"][1].replace("\\\\", ""):
        yield "C23 an empty title, or one of several lines"
    if "URL" in e and e["URL"][1] not in as_typed(e.get("DESCRIPTION", ("", ""))[1]):
        yield "C24 an address that only some programs show"


# --- both regions


def shipped(region: str) -> bytes:
    ran = run("calendar", region)
    assert (ran.code, ran.err) == (0, "")
    return ran.raw


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_every_feed_passes_the_lint(region: str, lang: str) -> None:
    made = publisher(resources.region_files()[region].read_bytes(), lang)
    feeds = {audience: made.publish(audience).content for audience in made.audiences.all()}
    assert {audience: lint(raw) for audience, raw in feeds.items() if lint(raw)} == {}
    assert len(feeds) > 15
    assert len(events(feeds["all"])) > 100
    assert feeds["all"] == run("calendar", region, "--lang", lang).raw


def test_a_feed_with_an_address_passes_the_lint_and_says_it() -> None:
    url = "https://voorbeeld.nl/agenda/"
    made = publisher(region_text(calendar={"id": "6f0d3c2e-0000-4000-8000-000000000001", "url": url}))
    raw = made.publish("opr", file="proef-opr.ics").content
    assert lint(raw) == []
    assert f"SOURCE;VALUE=URI:{url}proef-opr.ics" in unfolded(raw)


def test_the_lint_sees_what_it_looks_for() -> None:
    raw = feed(region_text())
    assert lint(raw) == []
    spoiled = {
        "C01": b"\xef\xbb\xbf" + raw,
        "C02": raw.replace(b"\r\n", b"\n", 1),
        "C03": raw.replace(b"\r\n ", b"", 9),
        "C05": raw.replace(b"SUMMARY:", b"SUMMARY:\x0b"),
        "C06": raw.replace(b"CALSCALE:", b"CALSCALE "),
        "C07": raw.replace(b"VERSION:2.0\r\n", b""),
        "C08": raw.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n"),
        "C09": raw.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nUID:x\r\n"),
        "C10": raw.replace(b"\r\nNAME:", b"\r\nNAME:x"),
        "C11": raw.replace(b"\r\nNAME:", b"\r\nNAME:a\\, b"),
        "C12": raw.replace(b";VALUE=DURATION", b""),
        "C15": raw.replace(b"000000Z", b"000000"),
        "C17": re.sub(rb"(DTSTART;VALUE=DATE:)(\d+)\r\n(DTEND;VALUE=DATE:)\d+", rb"\1\2\r\n\3\2", raw),
        "C20": raw.replace(b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE"),
        "C21": raw.replace(b"STATUS:TENTATIVE", b"STATUS:BOGUS"),
        "C23": raw.replace(b"SUMMARY:", b"SUMMARY:a, "),
        "C14": re.sub(rb"UID:\S+", b"UID:a@b", raw),
        "C28": raw.replace(b"DTSTART;VALUE=DATE:2030", b"DTSTART;VALUE=DATE:2010", 1),
    }
    for number, wrong in spoiled.items():
        assert any(number in fault for fault in lint(wrong)), number


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_the_events_are_the_entries_that_are_meant_for_calendars(region: str, lang: str) -> None:
    alignment = aligned(region)
    words = words_of(alignment, lang)
    raw = run("calendar", region, "--lang", lang).raw
    found = {(*days_of(e), as_typed(e["SUMMARY"][1])) for e in events(raw)}
    assert len(found) == len(events(raw))
    meant = {(e.first.day, e.last.day, words.entry(e)) for e in build(alignment).for_calendar}
    assert meant <= found
    assert alignment.horizon.last == date(2039, 7, 31)
    # Beside them the making of the plan that begins on the day after: the default days of design.md 4, of which the
    # 30th of April 2039 is a Saturday; the consultation period is a window too, as no recess of then is known.
    beyond = sorted((first, last) for first, last, title in found - meant if title.startswith("VO2509 2039–2043: "))
    days = [("01-15", "01-15"), *2 * [("01-15", "03-05")], ("03-05", "03-05"), *2 * [("04-16", "04-16")]]
    days += [("04-29", "04-29"), *2 * [("04-30", "04-30")]]
    expected = [tuple(date.fromisoformat(f"2039-{day}") for day in pair) for pair in days]
    assert beyond == (expected if region == "foodvalley" else [])
    assert len(found - meant) == len(beyond)


@pytest.mark.parametrize("region", REGIONS)
def test_what_is_expected_or_assumed_is_tentative_and_says_so(region: str) -> None:
    for event in events(shipped(region)):
        text = as_typed(event["DESCRIPTION"][1])
        tentative = "Status: verwacht." in text or "Status: aanname." in text
        assert event["STATUS"][1] == ("TENTATIVE" if tentative else "CONFIRMED")
        assert "None" not in text


@pytest.mark.parametrize("region", REGIONS)
def test_the_day_on_which_somebody_makes_the_feed_plays_no_part(region: str) -> None:
    assert run("calendar", region, "--today", "2029-06-01").raw == shipped(region)
    assert run("calendar", region, "--today", "2020-02-29").raw == shipped(region)


def test_the_stamps_are_the_day_of_the_last_edit() -> None:
    for event in events(feed(region_text(revised="2027-02-03"))):
        assert event["DTSTAMP"][1] == "20270203T000000Z"
        assert event["SEQUENCE"][1] == str((date(2027, 2, 3) - date(2020, 1, 1)).days)


def test_the_file_written_with_o_has_the_same_bytes_as_standard_output(tmp_path: Any) -> None:
    ran = run("calendar", "foodvalley", "-o", tmp_path / "f.ics")
    assert (ran.code, ran.raw) == (0, b"")
    assert (tmp_path / "f.ics").read_bytes() == shipped("foodvalley")


# --- what an event says

LONGEST_TITLE = 55  # characters; a phone shows some forty, and who and what come first


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_titles_are_short(region: str, lang: str) -> None:
    for event in publisher(resources.region_files()[region].read_bytes(), lang).publish().feed.events:
        assert len(event.title) <= LONGEST_TITLE, event.title


@pytest.mark.parametrize("region", REGIONS)
def test_every_description_tells_what_it_means_how_sure_it_is_and_why_with_the_law_and_its_source(region: str) -> None:
    entries = timeline_of(region).for_calendar
    texts = {e["UID"][1]: as_typed(e["DESCRIPTION"][1]) for e in events(shipped(region))}
    space = calendar.events.space(aligned(region).region)
    law = load_law()
    for entry in entries:
        text = texts[calendar.events.uid(space, "all", entry.identity)]
        why = "Waarom deze dag:" if entry.first == entry.last else "Waarom deze dagen:"
        meaning, _, grounds = text.partition(f"\n\n{why}\n")
        assert meaning.startswith(
            (
                "Op deze dag",
                "Uiterlijk op deze dag",
                "In deze dagen",
                "Dit is de laatste dag",
                "Campagne en formatie",
                "De laatste dag voor",
                "Vanaf deze dag",
                "Kijk",
                "Zet",
            )
        )
        assert re.search(r"\nStatus: (vastgesteld|gepland|verwacht|aanname)\.$", meaning)
        assert grounds.strip()
        for basis in entry.bases:
            assert f"\n{law[basis].article}: {law[basis].source}" in text
        if entry.source:
            assert text.count(f"Bron: {entry.source}") == 1


@pytest.mark.parametrize("region", REGIONS)
def test_the_last_working_day_stands_beside_a_last_day_that_is_none(region: str) -> None:
    by_title: dict[str, tuple[date, date]] = {}
    for event in events(shipped(region)):
        by_title[as_typed(event["SUMMARY"][1])] = days_of(event)
    last = {t.split(":")[0]: d[0] for t, d in by_title.items() if t.endswith(": laatste dag inzending")}
    working = {t.split(":")[0]: d[0] for t, d in by_title.items() if t.endswith(": laatste werkdag inzending")}
    assert last
    for plan, day in last.items():
        assert (day.month, day.day) == (4, 30)  # vóór 1 mei: never moved
        # 30 April 2028 is a Sunday, the 28th equated by decree, the 27th King's Day (facts/data/atw_equated_days.csv).
        expected = {2027: None, 2028: date(2028, 4, 26)}
        if day.year in expected:
            assert working.get(plan) == expected[day.year]
        else:
            assert (plan in working) == (day.weekday() > 4)


@pytest.mark.parametrize("region", REGIONS)
def test_a_window_stands_in_a_feed_once_where_certain_and_likely_have_the_same_days(region: str) -> None:
    told: dict[tuple[str, date, date], list[str]] = {}
    for event in events(shipped(region)):
        title = as_typed(event["SUMMARY"][1])
        if ": venster OOGO" in title:
            told.setdefault((title.split(":")[0], *days_of(event)), []).append(title)
    assert told
    assert all(len(titles) == 1 for titles in told.values())
    listed = {
        (date.fromisoformat(w["first"]), date.fromisoformat(w["last"]), w["certainty"])
        for plan in record("windows", region, "--json")["plans"]
        for w in plan["windows"]
        if w["last"] >= "2026-08-01" and w["certainty"] != "possible"
    }
    drawn = {(first, last) for _, first, last in told if first < date(2039, 1, 1)}
    assert drawn == {(first, last) for first, last, _ in listed}
    for (_, first, last), (title,) in told.items():
        assert title.endswith("zeker") == ((first, last, "certain") in listed or first > date(2039, 1, 1))


# --- reminders

MONTHS = tuple((n, "months") for n in (12, 6, 3, 1))


def test_a_feed_has_no_reminders_and_a_personal_file_has_them_at_nine_so_many_months_before() -> None:
    region = region_text()
    assert b"VALARM" not in feed(region)
    raw = publisher(region, reminders=MONTHS).publish().content
    found = re.search(r"SUMMARY:Proefregio: laatste dag\r\n.*?END:VEVENT", raw.decode(), re.DOTALL)
    assert found
    # The agreement ends on 30 June 2027; 30 June 2026 is past, on 30 December, 30 March and 30 May at nine.
    triggers = re.findall(r"TRIGGER:-P(\d+)DT15H", found[0])
    days = [date(2027, 6, 30) - timedelta(days=int(n) + 1) for n in triggers]
    assert days == [date(2026, 12, 30), date(2027, 3, 30), date(2027, 5, 30)]
    assert found[0].count("ACTION:DISPLAY") == found[0].count("DESCRIPTION:Proefregio: laatste dag") == 3


def test_somebody_is_reminded_only_of_what_one_can_be_late_for() -> None:
    made = publisher(region_text(), reminders=MONTHS)
    kinds = {
        entry.kind
        for entry, event in zip(made.audiences.events("all"), made.publish().feed.events, strict=True)
        if event.alarms
    }
    assert kinds <= {
        *KNOWN_STEPS,
        "submission_practical",
        "plan_ends",
        "agreement_ends",
        "suggested_evaluation",
        "suggested_handover",
        "suggested_reconfirmation",
    }
    assert {"oogo", "submission", "agreement_ends"} <= kinds


def test_a_personal_file_has_identities_of_its_own_so_that_it_takes_nothing_from_a_subscription() -> None:
    region = region_text()
    personal = publisher(region, reminders=MONTHS).publish().content
    uids = [re.findall(r"^UID:(.*)\r$", raw.decode(), re.MULTILINE) for raw in (feed(region), personal)]
    assert len(uids[0]) == len(uids[1]) > 20
    assert not {*uids[0]} & {*uids[1]}


def test_a_personal_file_that_is_made_again_goes_on_too() -> None:
    made = publisher(region_text(), reminders=MONTHS)
    personal = made.publish().content
    assert made.publish("all", personal).content == personal


# --- identity


def by_uid(raw: bytes) -> dict[str, tuple[date, date]]:
    return {e["UID"][1]: days_of(e) for e in events(raw)}


def test_editing_names_sources_and_notes_keeps_every_uid() -> None:
    first, second = feed(region_text("Proefregio")), feed(region_text("Heel iets anders"))
    assert by_uid(first) == by_uid(second)
    assert first != second


def test_the_language_keeps_every_uid() -> None:
    assert by_uid(feed(region_text(), "nl")) == by_uid(feed(region_text(), "en"))


def test_a_new_day_of_the_last_edit_keeps_the_uids() -> None:
    assert by_uid(feed(region_text())) == by_uid(feed(region_text(revised="2026-11-29")))


def _reversed(value: Any, among: tuple[str, ...], key: str = "") -> Any:
    if isinstance(value, dict):
        return {k: _reversed(value[k], among, k) for k in reversed(value)}
    if isinstance(value, list):
        items = [_reversed(item, among) for item in value]
        return items[::-1] if key in among else items
    return value


def test_reordering_keys_parties_plans_and_facts_changes_no_byte() -> None:
    for region in REGIONS:
        path = resources.region_files()[region]
        original = _plain(path.read_text(encoding="utf-8"))
        among = ("municipalities", "partnerships", "plans", "councils", "add", "replace", "parties")
        assert feed(as_yaml(_reversed(original, among)).encode()) == shipped(region)


def _plain(text: str) -> Any:
    """A region file as plain data; every value stays the text that it is."""

    def texts(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: texts(v) for k, v in value.items()}
        return [texts(v) for v in value] if isinstance(value, list) else str(value)

    return texts(yaml.load(text, yaml.BaseLoader))


def _with_two_agreements() -> dict[str, Any]:
    region = region_file()
    second = {
        **copy.deepcopy(region["agreements"][0]),
        "name": "Convenant",
        "first": "2025-01-01",
        "last": "2028-12-31",
    }
    return {**region, "agreements": [*region["agreements"], second]}


def test_reordering_agreements_changes_no_byte() -> None:
    region = _with_two_agreements()
    turned = {**region, "agreements": region["agreements"][::-1]}
    assert feed(as_yaml(turned).encode()) == feed(as_yaml(region).encode())


def test_adding_an_agreement_leaves_the_identities_of_the_others() -> None:
    region = _with_two_agreements()
    one = by_uid(feed(as_yaml({**region, "agreements": region["agreements"][1:]}).encode()))
    assert one.items() <= by_uid(feed(as_yaml(region).encode())).items()


def test_another_calendar_id_gives_other_uids() -> None:
    first = by_uid(feed(region_text()))
    second = by_uid(feed(region_text(calendar={"id": "6f0d3c2e-0000-4000-8000-000000000002"})))
    assert sorted(first.values()) == sorted(second.values())
    assert not first.keys() & second.keys()


def test_another_region_without_a_calendar_id_gives_other_uids() -> None:
    found = []
    for id in ("een", "twee"):
        region = region_file(region=id)
        del region["calendar"]
        found.append(by_uid(feed(as_yaml(region).encode())))
    assert not found[0].keys() & found[1].keys()


def _plan_moved(years: str, **other: str) -> dict[str, tuple[date, date]]:
    region = region_file()
    plan = region["partnerships"][0]["plans"][0]
    region["partnerships"][0]["plans"] = [plan, {"years": years, "status": "planned", "source": "x", **other}]
    return by_uid(feed(as_yaml(region).encode()))


def test_a_plan_with_an_id_keeps_its_identity_when_it_moves() -> None:
    before, after = _plan_moved("2026-2030", id="nieuw-plan"), _plan_moved("2027-2031", id="nieuw-plan")
    same = before.keys() & after.keys()
    moved = {uid for uid in same if before[uid] != after[uid]}
    # Its beginning, its end and the days of the steps towards it that are still to come.
    assert (date(2026, 8, 1), date(2026, 8, 1)) in {before[uid] for uid in moved}
    assert (date(2030, 7, 31), date(2030, 7, 31)) in {before[uid] for uid in moved}


def test_a_plan_without_an_id_is_another_plan_when_it_moves() -> None:
    before, after = _plan_moved("2026-2030"), _plan_moved("2027-2031")
    assert not {uid for uid in before.keys() & after.keys() if before[uid] != after[uid]}


def test_a_renamed_plan_keeps_its_identity_by_what_it_was() -> None:
    before = _plan_moved("2026-2030", id="nieuw-plan")
    after = _plan_moved("2026-2030", id="ander-plan", was="nieuw-plan")
    assert before == after
    assert _plan_moved("2026-2030") == _plan_moved("2026-2030", id="ander-plan", was="2026-08-01")


def test_a_uid_is_a_version_5_uuid_at_a_domain_that_is_nobodys() -> None:
    for uid in by_uid(feed(region_text())):
        name, domain = uid.split("@")
        assert UUID(name).version == 5
        assert domain == "cycleplan.invalid"


# --- the exclusive end


@given(st.dates(date(2010, 1, 1), date(2060, 12, 31)), st.integers(0, 1500))
def test_the_exclusive_end_is_the_day_after_the_last(first: date, days: int) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + days))
    assert period.after.toordinal() - period.last.toordinal() == 1


@pytest.mark.parametrize(
    ("last", "end"),
    [
        ("2028-02-28", "20280229"),
        ("2028-02-29", "20280301"),
        ("2027-02-28", "20270301"),
        ("2026-12-31", "20270101"),
        ("2027-03-28", "20270329"),  # summer time begins
        ("2027-10-31", "20271101"),  # winter time begins
    ],
)
def test_an_agreement_ends_on_its_last_day_also_around_a_leap_day(last: str, end: str) -> None:
    region = region_file()
    region["agreements"][0]["last"] = last
    ends = [e for e in events(feed(as_yaml(region).encode())) if e["SUMMARY"][1].endswith(": laatste dag")]
    start = last.replace("-", "")
    assert (start, end) in [(e["DTSTART"][1], e["DTEND"][1]) for e in ends]


# --- injection

CORPUS = {
    "CRLF": "a\r\nATTENDEE:mailto:x@example.org",
    "LF": "a\nATTENDEE:mailto:x@example.org",
    "CR": "a\rATTENDEE:mailto:x@example.org",
    "folded": "a\r\n b\r\n\tc",
    "NEL": "a\x85ATTENDEE:mailto:x@example.org",
    "LS": "a\u2028ATTENDEE:mailto:x@example.org",
    "PS": "a\u2029ATTENDEE:mailto:x@example.org",
    "tab": "a\tb",
    "semicolon": "a;b;;",
    "comma": "a,b,,",
    "backslash": "a\\b\\",
    "escaped": "a\\nb\\,c\\;d\\\\",
    "quote": '"a" b"',
    "component": "x\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR",
    "one line component": "BEGIN:VEVENT",
    "attendee": "ATTENDEE:mailto:x",
    "emoji": "👩‍🏫🇳🇱" * 30,
    "right to left": "\u05d0\u05d1\u05d2 abc",
    "combining": "e\u0301" * 60,
    "long": "lang " * 2000,
    "long without a space": "é" * 10_000,
    "long escapes": "\\;,\n" * 2500,
    "html": "<b>vet</b> &amp; <script>",
    "space": " a ",
    "byte order mark inside": "a￼b",
}


@pytest.fixture(scope="module")
def harmless() -> list[tuple[date, date]]:
    return sorted(days_of(e) for e in events(feed(region_text("Naam"))))


@pytest.mark.parametrize("name", CORPUS.values(), ids=CORPUS)
def test_a_name_source_or_note_adds_nothing_to_the_feed_but_itself(
    name: str, harmless: list[tuple[date, date]]
) -> None:
    raw = feed(region_text(name))
    assert [fault for fault in lint(raw) if "C29" not in fault] == []  # a name of 10,000 characters may make it big
    assert sorted(days_of(e) for e in events(raw)) == harmless


# The reader refuses these; the feed does not rely on it.
@pytest.mark.parametrize("mark", ["\x00", "\x0b", "\x0c", "\x1b", "\x1c", "\x7f", "\x85", "\x9b", "\u2028"])
def test_the_feed_drops_control_characters_that_the_reader_would_refuse(mark: str) -> None:
    alignment = aligned("foodvalley")
    other = copy.copy(alignment)
    other.region = replace(alignment.region, name=f"a{mark}b\r\nATTENDEE:x")
    raw = calendar.Publisher(Audiences(other), words_of(other), "0").publish().content
    assert lint(raw) == []


def test_a_title_is_as_typed_once_a_program_has_read_it() -> None:
    name = 'Zorg; "jeugd", en \\ onderwijs'
    titles = {as_typed(e["SUMMARY"][1]) for e in events(feed(region_text(name)))}
    assert f"{name}: laatste dag" in titles
    assert f"{name}: gemeenteraadsverkiezing" in titles


def test_the_source_of_a_fact_stands_in_the_description_as_typed() -> None:
    source = "https://example.org/a,b;c?d=e&f=%20"
    region = region_file()
    region["agreements"][0]["source"] = source
    found = [as_typed(e["DESCRIPTION"][1]) for e in events(feed(as_yaml(region).encode()))]
    assert any(f"Bron: {source}" in text for text in found)


def test_a_region_without_a_calendar_id_is_published_with_a_warning(tmp_path: Any) -> None:
    region = region_file()
    del region["calendar"]
    (tmp_path / "r.yaml").write_text(as_yaml(region), encoding="utf-8")
    ran = run("calendar", tmp_path / "r.yaml", "--today", TODAY)
    assert ran.code == 0
    assert "calendar.id" in ran.err
    assert lint(ran.raw) == []
