"""A feed that is published again and again: nobody gets doubles, ghosts, or a change that is none.

What is expected comes from two feeds without a past and a reader of the tests' own, by the rules of
docs/agenda.md; the code that lets a feed go on is not asked.
"""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from histories import LONGEST, Edit, edits, first, publications
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import alignment_of, as_yaml, publisher, region_text, words_of
from test_calendar import CORPUS, as_typed, days_of, events, lint, unfolded

from cycleplan.alignment import align
from cycleplan.audiences import Audiences
from cycleplan.errors import CycleplanError
from cycleplan.loading import fingerprint
from cycleplan.outputs import calendar
from cycleplan.periods import Period
from cycleplan.region import EVENTS

DAY = timedelta(days=1)
Seen = dict[str, Any]  # an event: days, title, text, status, category, stamps, raw


def seen(raw: bytes) -> dict[str, Seen]:
    """The events of a feed by identity, with the bytes that stand there."""
    blocks = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", raw, re.DOTALL)
    found = {}
    for event, block in zip(events(raw), blocks, strict=True):
        assert event["UID"][1] not in found
        found[event["UID"][1]] = {
            "days": days_of(event),
            "title": as_typed(event["SUMMARY"][1]),
            "text": as_typed(event["DESCRIPTION"][1]),
            "status": event["STATUS"][1],
            "category": event["CATEGORIES"][1],
            "stamp": date.fromisoformat(event["DTSTAMP"][1][:8]),
            "created": event["CREATED"][1],
            "sequence": int(event["SEQUENCE"][1]),
            "raw": block,
        }
    return found


MEANING = ("days", "title", "status", "category")


def changed(a: Seen, b: Seen, *keys: str) -> bool:
    return any(a[key] != b[key] for key in keys)


class Subscriber:
    """Follows a feed from publication to publication, and looks whether each follows from the one before."""

    def __init__(self, audience: str) -> None:
        self.audience = audience
        self.raw: bytes | None = None
        self.now: dict[str, Seen] = {}
        self.highest: dict[str, int] = {}

    def publish(self, region: bytes, day: date) -> None:
        made = publisher(region)
        new = made.publish(self.audience, self.raw).content
        assert lint(new) == []
        self._look(region, seen(new), seen(made.publish(self.audience).content), day)
        assert made.publish(self.audience, new).content == new  # once more changes no byte
        self.raw = new

    def _look(self, region: bytes, new: dict[str, Seen], fresh: dict[str, Seen], day: date) -> None:
        horizon = alignment_of(region).horizon
        for uid, event in fresh.items():
            assert not changed(new[uid], event, *MEANING, "text"), event["title"]
        for uid in new.keys() - fresh.keys():
            event, old = new[uid], self.now[uid]
            first_day, last_day = event["days"]
            assert event["status"] == "CANCELLED"
            assert event["title"] == f"VERVALLEN: {old['title'].removeprefix('VERVALLEN: ')}"
            assert last_day >= day
            assert first_day <= horizon.last
            assert day - event["stamp"] < timedelta(days=60)
        assert all(event["status"] != "CANCELLED" for event in fresh.values())
        elsewhere = self._elsewhere(region)
        for uid in self.now.keys() - new.keys():
            event = self.now[uid]
            is_past = event["days"][1] < day
            is_told = event["status"] == "CANCELLED" and day - event["stamp"] >= timedelta(days=60)
            assert is_past or is_told or event["days"][0] > horizon.last or uid in elsewhere, event["title"]
        for uid, event in new.items():
            self._look_at_numbers(event, self.now.get(uid), day)
            assert event["sequence"] >= self.highest.get(uid, 0)
            self.highest[uid] = event["sequence"]
        self.now = new

    def _elsewhere(self, region: bytes) -> set[str]:
        """What this reader could get of the region, if it were given every kind of event, each day of a window once."""
        wide = json.loads(region)
        wide["calendar"]["audiences"] = dict.fromkeys(["all", "municipality", "partnership", "opr"], EVENTS)
        found = seen(publisher(as_yaml(wide).encode()).publish(self.audience).content)
        # A likely window goes without a word when a certain one has come to have the same days.
        certain = {e["days"] for e in found.values() if e["title"].endswith("zeker")}
        return {*found, *(u for u, e in self.now.items() if e["days"] in certain and e["title"].endswith("lijk"))}

    def _look_at_numbers(self, event: Seen, old: Seen | None, day: date) -> None:
        if old is None:
            assert event["stamp"] == day
            assert event["sequence"] >= (day - date(2020, 1, 1)).days
            return
        assert event["created"] == old["created"]
        if changed(event, old, *MEANING):
            assert event["sequence"] == max(old["sequence"] + 1, (day - date(2020, 1, 1)).days)
            assert event["stamp"] == day
        elif changed(event, old, "text"):
            assert (event["sequence"], event["stamp"]) == (old["sequence"], day)
        else:
            assert event["raw"] == old["raw"]

    def lose_the_feed(self) -> None:
        self.raw, self.now = None, {}


def follow(history: list[Edit], audience: str) -> None:
    """Publish a history, and look at every step."""
    subscriber = Subscriber(audience)
    for name, day, region in publications(history):
        if name == "lose the feed":
            subscriber.lose_the_feed()
        subscriber.publish(region, day)


AUDIENCES = ("all", "GM0228", "PO2510", "opr")
_SOME = settings(deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)


@settings(_SOME, max_examples=2)
@given(edits(12), st.sampled_from(AUDIENCES))
def test_every_publication_follows_from_the_one_before(history: list[Edit], audience: str) -> None:
    follow(history, audience)


@pytest.mark.slow
@settings(_SOME, max_examples=12)
@given(edits(LONGEST), st.sampled_from(AUDIENCES))
def test_forty_edits_follow_from_each_other(history: list[Edit], audience: str) -> None:
    follow(history, audience)


# --- the rules one by one

D = date(2026, 11, 22)


def one(**edit: Any) -> bytes:
    """A region with one agreement; *edit* changes the agreement, or the file where the key is one of its."""
    region = {**first(), "agreements": [{**first()["agreements"][0], "last": "2027-06-30"}]}
    for key, value in edit.items():
        place = region if key in ("revised", "language", "policy", "name", "agreements") else region["agreements"][0]
        place[key] = value
    return as_yaml(region).encode()


def go_on(before: bytes | None, region: bytes, lang: str = "nl") -> bytes:
    return publisher(region, lang).publish("all", before).content


def ending(raw: bytes) -> Seen:
    """The event of the last day of the agreement."""
    found = [
        e for e in seen(raw).values() if e["title"].endswith(("Convenant jeugd: laatste dag", "Nieuw: laatste dag"))
    ]
    assert len(found) == 1
    return found[0]


def test_a_new_event_begins_with_the_days_since_2020() -> None:
    assert ending(go_on(None, one()))["sequence"] == (D - date(2020, 1, 1)).days == 2517


def test_a_moved_event_keeps_its_identity_and_gets_a_higher_number_and_the_new_stamp() -> None:
    before = go_on(None, one())
    after = go_on(before, one(last="2027-09-30", revised="2026-12-01"))
    assert {e["UID"][1] for e in events(before)} == {e["UID"][1] for e in events(after)}
    assert ending(after)["days"] == (date(2027, 9, 30), date(2027, 9, 30))
    assert (ending(after)["sequence"], ending(after)["stamp"]) == (2526, date(2026, 12, 1))
    assert ending(after)["created"] == "20261122T000000Z"


def test_a_second_correction_on_one_day_still_gets_a_higher_number() -> None:
    numbers, raw = [], None
    for last in ("2027-09-30", "2027-10-31", "2027-11-30", "2027-12-31"):
        raw = go_on(raw, one(last=last))
        numbers.append(ending(raw)["sequence"])
    assert numbers == [2517, 2518, 2519, 2520]


def test_another_title_is_another_meaning_and_another_source_is_not() -> None:
    before = go_on(None, one())
    named = ending(go_on(before, one(name="Proefregio", revised="2026-12-01").replace(b"Convenant jeugd", b"Nieuw")))
    assert (named["sequence"], named["stamp"]) == (2526, date(2026, 12, 1))
    worded = ending(go_on(before, one(source="elders", revised="2026-12-01")))
    assert (worded["sequence"], worded["stamp"]) == (2517, date(2026, 12, 1))


def test_what_did_not_change_does_not_change_a_byte_however_often_it_is_published() -> None:
    before = go_on(None, one())
    raw = before
    for day in ("2026-11-22", "2026-11-23", "2027-02-01", "2027-03-01"):
        raw = go_on(raw, one(revised=day))
    assert ending(raw)["raw"] == ending(before)["raw"]


def test_what_goes_is_called_off_and_leaves_at_the_first_publication_after_sixty_days() -> None:
    raw = go_on(None, one())
    uid = next(e["UID"][1] for e in events(raw) if e["SUMMARY"][1] == "Convenant jeugd: laatste dag")
    raw = go_on(raw, one(agreements=[], revised="2026-12-01"))
    told = seen(raw)[uid]
    assert (told["title"], told["status"]) == ("VERVALLEN: Convenant jeugd: laatste dag", "CANCELLED")
    assert (told["sequence"], told["stamp"]) == (2526, date(2026, 12, 1))
    for day in ("2026-12-02", "2027-01-29"):
        raw = go_on(raw, one(agreements=[], revised=day))
        assert seen(raw)[uid]["raw"] == told["raw"]
    assert uid not in seen(go_on(raw, one(agreements=[], revised="2027-01-30")))


def test_what_comes_back_has_its_own_status_again_and_a_higher_number() -> None:
    before = go_on(None, one())
    gone = go_on(before, one(agreements=[]))
    back = go_on(gone, one())
    assert ending(back)["status"] == ending(before)["status"] == "CONFIRMED"
    assert [ending(raw)["sequence"] for raw in (before, gone, back)] == [2517, 2518, 2519]


def test_what_came_back_after_it_had_left_has_no_lower_number() -> None:
    raw = go_on(None, one())
    for last in ("2027-07-30", "2027-08-31", "2027-09-30"):  # three corrections on one day
        raw = go_on(raw, one(last=last))
    assert ending(raw)["sequence"] == 2520
    left = publisher(one()).publish("all", raw).content
    hidden = one().replace(b'"id": "6f0', b'"audiences": {"all": ["elected"]}, "id": "6f0')
    left = go_on(left, hidden)
    assert "Convenant jeugd: laatste dag" not in {e["title"] for e in seen(left).values()}
    assert ending(go_on(left, one()))["sequence"] >= 2520


def test_what_has_passed_goes_without_being_called_off() -> None:
    raw = go_on(None, one(last="2026-11-30"))
    after = go_on(raw, one(agreements=[], revised="2026-12-01"))
    assert not any("Convenant" in e["title"] for e in seen(after).values())


def test_what_leaves_the_horizon_or_the_audience_is_not_called_off() -> None:
    raw = go_on(None, one())
    narrow = one().replace(b'"id": "6f0', b'"audiences": {"all": ["elected"]}, "id": "6f0')
    statuses = {e["status"] for e in seen(go_on(raw, narrow)).values()}
    assert "CANCELLED" not in statuses


def test_a_called_off_event_in_english_says_so_in_english() -> None:
    raw = go_on(go_on(None, one(), "en"), one(agreements=[]), "en")
    assert "CANCELLED: Convenant jeugd: last day" in {e["title"] for e in seen(raw).values()}


# --- what a reader must never see


def titles(raw: bytes) -> list[tuple[str, date]]:
    return [(e["title"], e["days"][0]) for e in seen(raw).values()]


def called_off(raw: bytes) -> set[str]:
    return {e["title"] for e in seen(raw).values() if e["status"] == "CANCELLED"}


def test_a_shorter_or_later_horizon_calls_nothing_off_and_keeps_all_that_lies_within_it() -> None:
    region = one()
    alignment = alignment_of(region)
    before = go_on(None, region)
    for first_day, last_day in ((None, date(2027, 7, 31)), (None, date(2030, 3, 25)), (date(2028, 6, 1), None)):
        period = align(alignment.region, alignment.register, alignment.law, D, first_day, last_day)
        after = (
            calendar.Publisher(Audiences(period), words_of(alignment), fingerprint(region))
            .publish("all", before)
            .content
        )
        assert called_off(after) == set()
        inside = {u for u, e in seen(before).items() if Period(*e["days"]) & period.horizon}
        assert seen(after).keys() == inside


def test_that_time_passes_calls_off_no_suggestion_that_can_still_be_done() -> None:
    adopted = {"GM0228": "2023-11-07", "GM0289": "2023-11-07"}
    raw = None
    for day in ("2030-01-20", "2030-05-20", "2030-06-05", "2030-07-11"):
        region = one(last="2033-06-30", adopted=adopted, parties=["GM0228", "GM0289"], revised=day)
        raw = go_on(raw, region)
        assert ("Convenant jeugd: herbevestigen, suggestie", date(2030, 7, 12)) in titles(raw)
        assert not {title for title in called_off(raw) if "suggestie" in title}


def _two(*ends: tuple[str, list[str], str]) -> bytes:
    fact = {"status": "actual", "source": "x", "first": "2024-01-01"}
    return one(agreements=[{"name": name, "parties": parties, "last": last, **fact} for name, parties, last in ends])


def test_agreements_that_begin_on_one_day_keep_their_own_identities() -> None:
    first_, second = ("Eerste", ["GM0228"], "2030-12-31"), ("Tweede", ["GM0228", "GM0289"], "2030-12-31")
    by_title = [
        {e["title"]: uid for uid, e in seen(go_on(None, _two(*some))).items() if "laatste dag" in e["title"]}
        for some in ((second,), (first_, second), (second, first_))
    ]
    assert len({found["Tweede: laatste dag"] for found in by_title}) == 1
    left = go_on(go_on(None, _two(first_, second)), _two(second))
    assert called_off(left) == {"VERVALLEN: Eerste: laatste dag"}


def test_an_agreement_keeps_its_identity_by_an_id_and_by_what_it_was() -> None:
    def uid(**edit: Any) -> str:
        found = seen(go_on(None, one(**edit)))
        return next(u for u, e in found.items() if e["title"] == "Convenant jeugd: laatste dag")

    assert uid(id="convenant") == uid(id="convenant", first="2025-01-01", parties=["GM0289"])
    assert uid() == uid(id="convenant", was="2024-01-01")
    assert uid(id="convenant") == uid(id="anders", was="convenant")
    assert uid() != uid(parties=["GM0289"])


def test_a_month_of_which_the_day_is_found_out_to_be_its_last_is_the_same_plan() -> None:
    def plan(first_day: str) -> bytes:
        region = json.loads(one())
        region["municipalities"][0]["plans"] = [
            {"kind": "jeugdplan", "first": first_day, "last": "2030-12-31", "status": "planned", "source": "x"}
        ]
        return as_yaml(region).encode()

    assert called_off(go_on(go_on(None, plan("2027-01")), plan("2027-01-31"))) == set()


def _council(**fact: str) -> bytes:
    region = json.loads(one())
    region["municipalities"][0]["councils"] = [{"status": "planned", "source": "x", **fact}]
    return as_yaml(region).encode()


def test_a_moved_election_is_the_same_election() -> None:
    before = go_on(None, _council(elected="2030-03-20"))
    after = go_on(before, _council(elected="2030-03-27", replaces="2030-03-20", first="2030-04-04"))
    assert called_off(after) == set()
    title = "Ede: gemeenteraadsverkiezing"
    assert (title, date(2030, 3, 27)) in titles(after)
    assert (title, date(2030, 3, 20)) not in titles(after)


def test_the_fall_of_a_college_of_which_the_day_is_found_out_is_the_same_fall() -> None:
    fell = {"elected": "2026-03-18", "college_formed": "2027-05-10"}
    before = go_on(None, _council(**fell, fell="2027-01"))
    after = go_on(before, _council(**fell, fell="2027-01-11"))
    assert all("venster" in title for title in called_off(after))  # which do change
    assert ("Ede: college gevallen", date(2027, 1, 11)) in titles(after)


def test_two_plans_that_the_file_gives_one_name_in_the_past_are_two_events() -> None:
    region = json.loads(one())
    plan = {"id": "nieuw", "was": "2027-08-01", "years": "2026-2027", "status": "planned", "source": "x"}
    region["partnerships"][0]["plans"] = [plan]
    raw = as_yaml(region).encode()
    before = go_on(None, raw)
    assert lint(before) == []
    assert go_on(before, raw) == before


# --- what the feed says of itself


def said(raw: bytes) -> dict[str, str]:
    lines = unfolded(raw)
    return dict(line.partition(":")[::2] for line in lines if line.startswith("X-CYCLEPLAN-"))


def test_the_source_of_a_feed_is_the_file_without_its_day_its_order_and_its_layout() -> None:
    source = said(go_on(None, one()))["X-CYCLEPLAN-SOURCE"]
    assert said(go_on(None, one(revised="2026-12-01")))["X-CYCLEPLAN-SOURCE"] == source
    assert said(go_on(None, b"# noot\n" + one()))["X-CYCLEPLAN-SOURCE"] == source
    assert said(go_on(None, one(source="elders")))["X-CYCLEPLAN-SOURCE"] != source
    turned = as_yaml({**json.loads(one()), "procedure": {"order": ["opr", "oogo"]}}).encode()
    other = as_yaml({**json.loads(one()), "procedure": {"order": ["oogo", "opr"]}}).encode()
    assert said(go_on(None, turned))["X-CYCLEPLAN-SOURCE"] != said(go_on(None, other))["X-CYCLEPLAN-SOURCE"]


@pytest.mark.parametrize(
    ("region", "warning"),
    [
        (one(), None),
        (one(source="elders"), "same-day"),
        (one(source="elders", revised="2026-11-23"), None),
        (one(revised="2026-11-23"), None),
    ],
)
def test_another_edit_under_the_same_day_is_warned_of(region: bytes, warning: str | None) -> None:
    assert publisher(region).publish("all", go_on(None, one())).warning == warning


def test_another_program_register_or_law_is_told_when_it_changes_an_event() -> None:
    before = go_on(None, one())
    older = before.replace(b"Dit is de laatste dag van het convenant", b"Zo zei een oudere versie het")
    made = publisher(one()).publish("all", older)
    assert made.warning == "other-data"
    assert made.changes
    assert made.changes == (0, 1, 0, 0)


def test_an_older_file_is_refused() -> None:
    with pytest.raises(CycleplanError) as told:
        go_on(go_on(None, one(revised="2026-12-01")), one())
    assert told.value.code == "feed-is-newer"


def test_the_feed_of_another_audience_or_calendar_is_refused() -> None:
    before = publisher(one()).publish("GM0228").content
    other = one().replace(b"6f0d3c2e-0000-4000-8000-000000000001", b"6f0d3c2e-0000-4000-8000-000000000002")
    for raw, same in ((before, True), (go_on(None, other), False)):
        with pytest.raises(CycleplanError) as told:
            go_on(raw, one())
        assert (told.value.code, told.value.values["same"]) == ("feed-of-another", same)


# --- a feed that comes from a stranger


def refused(raw: bytes) -> str:
    with pytest.raises(CycleplanError) as told:
        go_on(raw, one())
    return told.value.code


def _spoiled() -> dict[str, bytes]:
    raw = go_on(None, one())
    event = re.search(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", raw, re.DOTALL)
    assert event
    twice = raw.replace(event[0], event[0] * 2, 1)
    return {
        "empty": b"",
        "not a calendar": b"<html>404</html>",
        "not UTF-8": raw.replace(b"Proef", b"\xff\xfe"),
        "cut off in an event": raw[: len(raw) // 2],
        "cut off after an event": raw[: raw.rindex(b"END:VCALENDAR")],
        "a calendar of somebody else": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n",
        "two calendars": raw + raw,
        "an identity twice": twice,
        "another identity": re.sub(rb"UID:\S+", b"UID:x@example.org", raw, count=1),
        "no number": raw.replace(b"SEQUENCE:2517", b"SEQUENCE:x", 1),
        "a number below zero": re.sub(rb"(\r\nSEQUENCE:)\d+", rb"\g<1>-1", raw, count=1),
        "a number too high": re.sub(rb"(\r\nSEQUENCE:)\d+", rb"\g<1>2147483647", raw, count=1),
        "an end before the beginning": re.sub(rb"DTEND;VALUE=DATE:\d+", b"DTEND;VALUE=DATE:20200101", raw, count=1),
        "an hour": re.sub(rb"DTSTART;VALUE=DATE:(\d+)", rb"DTSTART:\g<1>T120000Z", raw, count=1),
        "no title": re.sub(rb"SUMMARY:.*\r\n", b"", raw, count=1),
        "another status": raw.replace(b"STATUS:TENTATIVE", b"STATUS:BOGUS", 1),
        "a line that is none": raw.replace(b"CLASS:PUBLIC\r\n", b"CLASS PUBLIC\r\n", 1),
        "a task": raw.replace(b"BEGIN:VEVENT", b"BEGIN:VTODO").replace(b"END:VEVENT", b"END:VTODO"),
        "nested": b"BEGIN:VCALENDAR\r\n" * 20_000 + b"END:VCALENDAR\r\n" * 20_000,
        "too large": raw.replace(b"END:VCALENDAR", b"X-A:" + b"a" * 6_000_000 + b"\r\nEND:VCALENDAR"),
        "a control character": raw.replace(b"SUMMARY:", b"SUMMARY:\x0b", 1),
    }


@pytest.mark.parametrize("raw", _spoiled().values(), ids=_spoiled())
def test_a_feed_that_is_damaged_or_of_somebody_else_is_refused(raw: bytes) -> None:
    assert refused(raw) == "feed-unreadable"


def test_a_feed_that_a_program_saved_with_other_line_ends_or_a_mark_is_read() -> None:
    before = go_on(None, one())
    for raw in (b"\xef\xbb\xbf" + before, before.replace(b"\r\n", b"\n"), before.replace(b"\r\n ", b"")):
        assert go_on(raw, one()) == before


def test_what_a_stranger_put_into_a_feed_does_not_come_out_of_it() -> None:
    before = go_on(None, one())
    evil = b"ATTENDEE:mailto:x@example.org\r\nX-EVIL:1\r\nURL:javascript:alert(1)\r\nBEGIN:VALARM\r\nEND:VALARM\r\n"
    for line in evil.splitlines(keepends=True):
        assert refused(before.replace(b"CLASS:PUBLIC\r\n", b"CLASS:PUBLIC\r\n" + line)) == "feed-unreadable"
    called = before.replace(b"SUMMARY:Convenant jeugd: laatste dag", b"SUMMARY:a\\nATTENDEE:x")
    assert called != before
    assert refused(called) == "feed-unreadable"  # a title is one line
    after = go_on(before.replace(b"SUMMARY:Convenant jeugd: laatste dag", b"SUMMARY:ATTENDEE:x"), one(agreements=[]))
    assert lint(after) == []
    assert b"SUMMARY:VERVALLEN: ATTENDEE:x\r\n" in after


@settings(_SOME)
@given(st.data())
def test_a_feed_with_any_piece_of_it_changed_is_read_or_refused(data: st.DataObject) -> None:
    raw = _BASE
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        gone = data.draw(st.integers(0, 40))
        put = data.draw(
            st.one_of(st.binary(max_size=8), st.sampled_from([b"\r\n", b"BEGIN:VEVENT\r\n", b";", b":", b"\\"]))
        )
        raw = raw[:at] + put + raw[at + gone :]
    outcome = _outcome(raw)
    if isinstance(outcome, bytes):
        assert lint(outcome) == []
    else:
        assert outcome in ("feed-unreadable", "feed-of-another", "feed-is-newer")


def _outcome(raw: bytes) -> bytes | str:
    try:
        return _PUBLISHER.publish("all", raw).content
    except CycleplanError as error:
        return error.code


_PUBLISHER = publisher(one())
_BASE = _PUBLISHER.publish("all").content


@pytest.mark.parametrize("name", CORPUS.values(), ids=CORPUS)
def test_a_feed_full_of_awkward_text_is_read_back_as_it_was_written(name: str) -> None:
    region = region_text(name)
    before = publisher(region).publish("all").content
    again = publisher(region).publish("all", before)
    assert again.content == before
    assert again.changes == (0, 0, 0, 0)


def test_a_feed_that_is_still_the_first_goes_on_the_same_whether_it_is_read_back_or_not() -> None:
    made = publisher(as_yaml(first()).encode())
    content = made.publish().content
    at_once = made.publish(previous=content)
    read_back = made.publish(previous=content.replace(b"\r\n", b"\n"))  # other bytes, the same feed
    assert (at_once.content, read_back.content) == (content, content)
    assert at_once.changes == read_back.changes
    assert at_once.warning is read_back.warning is None
