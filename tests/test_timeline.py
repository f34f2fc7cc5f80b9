"""The timeline tells the region's story in lanes: each entry has an id, its days, and says why."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from running import (
    LANGUAGES,
    REGIONS,
    TODAY,
    aligned,
    alignment_of,
    feed,
    piece_of,
    record,
    region_text,
    run,
    screens,
    timeline_of,
    words_of,
)

from cycleplan.alignment import align
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.outputs import records
from cycleplan.outputs.terminal import windows as windows_screen
from cycleplan.periods import DAY, Period
from cycleplan.region import EVENTS
from cycleplan.register import load_register
from cycleplan.timeline import Timeline, build


@pytest.mark.parametrize("region", REGIONS)
def test_ids_and_identities_are_unique(region: str) -> None:
    entries = timeline_of(region).entries
    for found in ([e.id for e in entries], [e.identity for e in entries]):
        assert all(found)
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("region", REGIONS)
def test_an_entry_is_found_by_its_id(region: str) -> None:
    built = timeline_of(region)
    assert all(built.find(e.id) is e for e in built.entries[::20])
    assert built.find("nergens") is None


@pytest.mark.parametrize("region", REGIONS)
def test_lanes_are_the_partnerships_the_region_and_the_municipalities_in_that_order(region: str) -> None:
    built, nouns = timeline_of(region), aligned(region).region
    kinds = [lane.kind for lane in built.lanes]
    assert kinds == sorted(kinds, key=["partnership", "region", "municipality"].index)
    assert [lane.id for lane in built.lanes if lane.kind == "region"] == [region]
    assert [lane.id for lane in built.lanes if lane.kind == "partnership"] == list(nouns.partnerships)
    assert {m.code for m in nouns.own_municipalities} <= {lane.id for lane in built.lanes}
    assert len({lane.id for lane in built.lanes}) == len(built.lanes)
    assert all(lane.name for lane in built.lanes)


@pytest.mark.parametrize("region", REGIONS)
def test_entries_stand_by_lane_and_day(region: str) -> None:
    built = timeline_of(region)
    order = {lane.id: i for i, lane in enumerate(built.lanes)}
    places = [(order[e.lane], e.first.day, e.id) for e in built.entries]
    assert places == sorted(places)


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(
    "horizon", [None, Period(date(2026, 8, 1), date(2030, 7, 31)), Period(date(2027, 2, 19), date(2027, 2, 19))]
)
def test_every_entry_has_days_within_the_horizon(region: str, horizon: Period | None) -> None:
    whole = aligned(region)
    first, last = (horizon.first, horizon.last) if horizon else (None, None)
    alignment = align(whole.region, whole.register, whole.law, whole.today, first, last)
    entries = build(alignment).entries
    assert entries
    assert all(e.first.day <= e.last.day for e in entries)
    assert all(e.period & alignment.horizon for e in entries)
    # A narrower horizon leaves things out and changes none that stays, but for windows that it cuts off.
    ids = {e.id: e.period for e in timeline_of(region).entries}
    kept = [e for e in entries if e.kind in ("elected", "submission", "plan", "college") and not e.open_ended]
    assert all(ids[e.id] == e.period for e in kept)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_every_entry_has_a_title_and_says_where_its_days_come_from(region: str, lang: str) -> None:
    words = words_of(aligned(region), lang)
    for e in timeline_of(region).entries:
        title = words.entry(e)
        assert title
        assert not re.search(r"None|[{}]", title), title
        for dated in (e.first, e.last):
            sentences = words.trace(dated.trace)
            assert sentences, f"{e.id}: nothing about {dated.day}"
            for sentence in sentences:
                assert sentence[-1] in ".)", sentence
                assert not re.search(r"None|[{}]|  | \.|\(\)|\.\.", sentence), sentence


@pytest.mark.parametrize("region", REGIONS)
def test_a_trace_ends_at_the_day_that_it_explains(region: str) -> None:
    for e in timeline_of(region).entries:
        for dated in (e.first, e.last):
            # The working day before a last day stands beside it, never in its place.
            beside = () if e.kind == "submission_practical" else ("practical",)
            told = [ground.day for ground in dated.trace if ground.day and ground.code not in beside]
            assert not told or told[-1] == dated.day, e.id


@pytest.mark.parametrize("region", REGIONS)
def test_the_windows_in_the_lane_of_the_region_are_those_of_windows_horizon(region: str) -> None:
    drawn = [e for e in timeline_of(region).entries if e.lane == region and e.kind == "region_window"]
    listed = record("windows", region, "--horizon", "--json")["windows"]
    assert {w["certainty"] for w in listed} == {"possible", "likely", "certain"}
    assert sorted((e.id, e.first.day.isoformat(), e.last.day.isoformat(), e.values["counts"]) for e in drawn) == sorted(
        (w["id"], w["first"], w["last"], w["counts"]) for w in listed
    )


@pytest.mark.parametrize("region", REGIONS)
def test_the_windows_in_the_lane_of_a_plan_are_those_of_its_assessment(region: str) -> None:
    entries = timeline_of(region).entries
    for plan in record("windows", region, "--json")["plans"]:
        drawn = {e.id: e.period for e in entries if e.id.startswith(f"{plan['id']}/window/")}
        listed = {w["id"]: Period(*map(date.fromisoformat, (w["first"], w["last"]))) for w in plan["windows"]}
        horizon = aligned(region).horizon
        assert drawn == {id: period for id, period in listed.items() if period & horizon}


@pytest.mark.parametrize("region", REGIONS)
def test_the_calendar_has_what_people_keep_in_an_agenda_from_this_school_year_on(region: str) -> None:
    chosen = timeline_of(region).for_calendar
    assert chosen
    assert all(e.kind in EVENTS for e in chosen)
    assert all(e.last.day >= date(2026, 8, 1) for e in chosen)
    assert all(e.values.get("level") is not Level.POSSIBLE for e in chosen)
    assert [(e.first.day, e.last.day, e.id) for e in chosen] == sorted((e.first.day, e.last.day, e.id) for e in chosen)
    left_out = {e.kind for e in timeline_of(region).entries if e not in chosen and e.last.day >= date(2026, 8, 1)}
    assert left_out & set(EVENTS) <= {"window"}


@pytest.mark.parametrize("region", REGIONS)
def test_standstill_runs_from_nomination_to_the_day_before_the_college(region: str) -> None:
    entries = {e.id: e for e in timeline_of(region).entries}
    found = [e for e in entries.values() if e.kind == "standstill" and "/council/" in e.id]
    # A municipality that goes is in standstill for the election of its successor, and has no such council itself.
    found = [e for e in found if f"{e.id.rsplit('/', 1)[0]}/nominated" in entries]
    assert found
    for e in found:
        council = e.id.rsplit("/", 1)[0]
        since = aligned(region).register.municipalities[e.lane].since
        nominated = entries[f"{council}/nominated"].first.day
        assert e.first.day == max(nominated, since or nominated)
        college = entries[f"{council}/college"]
        likely = college.values.get("likely") or college.first.day
        assert e.last.day == likely - DAY


@pytest.mark.parametrize("region", REGIONS)
def test_councils_of_a_lane_follow_each_other_without_a_gap(region: str) -> None:
    built = timeline_of(region)
    for lane in built.lanes:
        terms = [e.period for e in built.entries if e.lane == lane.id and e.kind == "council"]
        assert all(later.first == earlier.after for earlier, later in pairwise(terms))


HILVERSUM, WIJDEMEREN = "GM0402", "GM1696"  # one municipality from 1 January 2027 (facts/regions-current.md section 5)
SKARSTERLAN, FRIESE_MEREN, FRYSKE_MARREN = "GM0051", "GM1921", "GM1940"  # the last name since 1 July 2015


def gone_into(*codes: str, first: str = "2026-01-01", last: str = "2031-12-31") -> Timeline:
    text = "region: r\nname: R\nrevised: 2026-11-22\nmunicipalities:\n" + "".join(f"  - code: {c}\n" for c in codes)
    region = alignment_of(text.encode()).region
    asked = (date.fromisoformat(TODAY), date.fromisoformat(first), date.fromisoformat(last))
    return build(align(region, load_register(), load_law(), *asked))


def test_a_municipality_that_goes_hands_over_to_its_successor_in_its_own_lane_and_says_so() -> None:
    built = gone_into(WIJDEMEREN)
    (lane,) = (lane for lane in built.lanes if lane.kind == "municipality")
    assert (lane.id, lane.name, lane.then) == (WIJDEMEREN, "Wijdemeren / Hilversum", (HILVERSUM,))
    own = {e.id: e for e in built.entries if e.lane == WIJDEMEREN}
    assert own[f"{WIJDEMEREN}/merger/2027-01-01"].kind == "goes_into"
    terms = [(e.id, str(e.first.day), str(e.last.day)) for e in own.values() if e.kind == "council"]
    # Between the merger and the first sitting of the successor's council, 4 January 2027, no other sits.
    assert terms[:2] == [
        (f"{WIJDEMEREN}/council/2022-03-16", "2022-03-30", "2027-01-03"),
        (f"{HILVERSUM}/council/2026-11-18", "2027-01-04", "2030-04-02"),
    ]
    assert str(own[f"{HILVERSUM}/council/2026-11-18/elected"].first.day) == "2026-11-18"
    # Nothing of the time before, when the successor was another municipality.
    before = [e for e in own.values() if e.id.startswith(HILVERSUM) and e.first.day < date(2027, 1, 1)]
    assert {e.id.rpartition("/")[2] for e in before} == {"nominated", "elected"}
    standing = sorted(str(day) for e in own.values() if e.kind == "standstill" for day in e.period)
    assert len(set(standing)) == len(standing)
    assert "2027-01-03" in standing
    assert "2027-01-04" not in standing


def test_a_successor_with_a_lane_of_its_own_is_told_there_and_nowhere_else() -> None:
    built = gone_into(WIJDEMEREN, HILVERSUM)
    assert [(lane.id, lane.then) for lane in built.lanes if lane.kind == "municipality"] == [
        (WIJDEMEREN, ()),
        (HILVERSUM, ()),
    ]
    last = max(e.last.day for e in built.entries if e.lane == WIJDEMEREN)
    assert str(last) == "2027-01-03"


def test_a_lane_goes_on_over_two_mergers() -> None:
    built = gone_into(SKARSTERLAN, first="2013-01-01")
    (lane,) = (lane for lane in built.lanes if lane.kind == "municipality")
    assert (lane.id, lane.then) == (SKARSTERLAN, (FRIESE_MEREN, FRYSKE_MARREN))
    terms = [e.period for e in built.entries if e.lane == SKARSTERLAN and e.kind == "council"]
    assert len(terms) >= 5
    assert all(later.first == earlier.after for earlier, later in pairwise(terms))


def test_what_two_of_a_region_merge_into_has_a_lane_of_its_own() -> None:
    built = gone_into("GM0398", "GM0416", first="2020-01-01")  # Heerhugowaard and Langedijk: Dijk en Waard
    lanes = {lane.id: (lane.then, lane.outside) for lane in built.lanes if lane.kind == "municipality"}
    assert lanes == {"GM0398": ((), False), "GM0416": ((), False), "GM1980": ((), False)}


def test_explain_finds_what_a_successor_had_before_the_merger_too(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(f"region: r\nname: R\nrevised: 2026-11-22\nmunicipalities: [{{code: {WIJDEMEREN}}}]\n")
    councils = record("check", path, "--json", "--today", TODAY)["councils"]
    assert {c["municipality"] for c in councils} == {WIJDEMEREN, HILVERSUM}
    for council in councils:
        assert run("explain", path, council["id"], "--today", TODAY).code == 0


def test_what_is_known_is_actual_and_what_is_computed_is_not() -> None:
    entries = {e.id: e for e in timeline_of("foodvalley").entries}
    assert entries["PO2510/ondersteuningsplan/2022-08-01"].status is Status.ACTUAL
    assert entries["PO2510/ondersteuningsplan/2026-08-01"].status is Status.EXPECTED
    assert entries["PO2510/ondersteuningsplan/2026-08-01/oogo"].status is Status.ASSUMED
    assert entries["GM0228/council/2022-03-16/elected"].status is Status.ACTUAL
    assert entries["GM0228/council/2030-03-20/elected"].status is Status.EXPECTED


def test_an_agreement_has_a_bar_a_beginning_and_an_end_in_the_lane_of_the_region() -> None:
    entries = [e for e in build(alignment_of(region_text())).entries if e.kind.startswith("agreement")]
    assert {(e.lane, e.kind, e.first.day, e.last.day) for e in entries} == {
        ("proef", "agreement", date(2024, 1, 1), date(2027, 6, 30)),
        ("proef", "agreement_starts", date(2024, 1, 1), date(2024, 1, 1)),
        ("proef", "agreement_ends", date(2027, 6, 30), date(2027, 6, 30)),
    }


def test_each_end_of_an_agreement_is_explained_by_its_own_day() -> None:
    alignment = alignment_of(region_text())
    words = words_of(alignment)
    for e in build(alignment).entries:
        if e.kind.startswith("agreement"):
            assert words.day(e.first.day) in " ".join(words.trace(e.first.trace))
            assert words.day(e.last.day) in " ".join(words.trace(e.last.trace))


@pytest.mark.parametrize("region", REGIONS)
def test_a_step_that_check_lists_can_be_explained(region: str) -> None:
    plan = record("check", region, "--json")["plans"][0]
    for step in plan["steps"]:
        assert run("explain", region, f"{plan['id']}/{step['step']}", "--today", TODAY).code == 0


# --- the steps of a region's own kinds, and a refusal by the OPR

# Names that mean something elsewhere in the program.
AWKWARD = ["overdue", "polling", "college", "recess", "plan", "council", "window", "step", "agreement", "9", "a-b-c"]


def own_region(*steps: str, **more: object) -> bytes:
    """A region with a plan of its own kind, whose steps have these names."""
    listed = [{"step": name, "name": f"Stap {name.upper()}", "weeks": 1} for name in steps]
    kind = {"kind": "speelplan", "name": "Speelplan", "rhythm": 4, "opens_months": 12, "steps": listed, **more}
    plan = {"kind": "speelplan", "first": "2027-09-01", "last": "2031-08-31", "status": "planned", "source": "x"}
    return region_text(kinds=[kind], plans=[plan])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_steps_with_any_name_are_shown_as_the_region_calls_them(lang: str) -> None:
    alignment = alignment_of(own_region(*AWKWARD))
    built, words = build(alignment), words_of(alignment, lang)
    for found in ([e.id for e in built.entries], [e.identity for e in built.entries]):
        assert len(set(found)) == len(found)
    for name in AWKWARD:
        entry = built.find(f"proef/speelplan/2027-09-01/{name}")
        assert entry
        assert (entry.kind, entry.status, entry.for_calendar) == ("step", Status.ASSUMED, True)
        assert f"Stap {name.upper()}" in words.entry(entry)
        told = " ".join(words.trace(entry.last.trace))
        assert f"Stap {name.upper()}" in told or name == AWKWARD[-1]  # which is counted back to no other
        assert ("(aanname)" if lang == "nl" else "(assumed)") in told
    last = built.find("proef/speelplan/2027-09-01/a-b-c")
    assert last
    assert last.last.day == date(2027, 8, 31)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("steps", [AWKWARD, [*AWKWARD, "oogo"], ["opr", "submission", "overlap"]], ids=len)
def test_every_output_can_show_steps_with_any_name(lang: str, steps: list[str]) -> None:
    known = ("oogo", "opr", "submission", "overlap")
    raw = own_region(*(s for s in steps if s not in known))
    if steps[-1] in known:
        listed = [{"step": s, "weeks": 1} for s in steps]
        raw = own_region(steps=listed)
    alignment = alignment_of(raw)
    words = words_of(alignment, lang)
    assert all(screens(raw, lang))
    assert piece_of(raw, lang=lang).text
    assert feed(raw, lang)
    assert records.dumps(records.check(alignment.region, alignment.today, [], words, alignment))
    chosen = [a for a in alignment.assessments if a.consultation]
    for a in chosen:
        assert windows_screen.windows(alignment, [a], words, with_steps=True)


@pytest.mark.parametrize("name", ["first", "last", "consultation", "draft", "opr-refusal", "decision-2027-01-01"])
def test_no_step_has_the_name_of_something_else_in_the_timeline(name: str) -> None:
    loaded = load_text(own_region("inspraak", name), "test.yaml", load_register())
    assert [p.rule for p in loaded.problems] == ["step-exists"]


def test_the_last_day_of_a_refusal_is_told_and_not_put_into_agendas() -> None:
    entry = timeline_of("foodvalley").find("VO2509/ondersteuningsplan/2027-08-01/opr-refusal")
    assert entry
    assert (entry.kind, entry.last.day, entry.for_calendar) == ("opr_refusal", date(2027, 3, 19), False)
    told = " ".join(words_of(aligned("foodvalley")).trace(entry.last.trace))
    assert "6 weken na 19 maart 2027 is 30 april 2027" in told
    assert "Na een weigering op 20 maart 2027 eindigt zij op 3 mei 2027" in told


def test_a_plan_without_an_oogo_has_steps_and_no_verdict() -> None:
    alignment = alignment_of(own_region("inspraak", "besluit"))
    (a,) = [a for a in alignment.assessments if a.plan.kind.id == "speelplan" and not a.plan.follows]
    assert a.schedule
    assert (a.consultation, a.verdict, [r.code for r in a.reasons]) == (None, None, ["no_oogo"])
    built = build(alignment)
    assert built.find(f"{a.plan.id}/consultation") is None
    assert built.find(f"{a.plan.id}/inspraak")
