"""What changed: each kind of change by an edited copy of a region, and what must hold for any two."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from editing import (
    ADOPTION_STEP,
    EDE,
    EDITS,
    LAST,
    OOGO_STEP,
    OWN_STEP,
    PO,
    WAGENINGEN,
    agreement,
    between,
    changed,
    council,
    first_plan,
    no_plan,
    one_more,
    one_more_partnership,
    own_kind,
    partnership,
    plan,
    policy,
    procedure,
    recess,
    text,
    without,
)  # fmt: skip
from hypothesis import given, settings
from hypothesis import strategies as st
from running import alignment_of

from cycleplan import snapshot
from cycleplan.changes import CODES, compare, folded, is_over
from cycleplan.daterules import Status
from cycleplan.differing import Change, Days


def d(day: str) -> date:
    return date.fromisoformat(day)


def only(found: list[Change], code: str, **about: Any) -> Change:
    """The one change of this code, of those about what is asked for."""
    of_it = [c for c in found if c.code == code and all(_about(c, key) == value for key, value in about.items())]
    assert len(of_it) == 1, [(c.code, c.ids) for c in found]
    return of_it[0]


def _about(change: Change, key: str) -> Any:
    if key == "year":
        return change.values["plan"].first.year if "plan" in change.values else None
    return getattr(change, key) if hasattr(change, key) else change.values.get(key)


def codes(found: list[Change]) -> set[str]:
    return {change.code for change in found}


# --- what must hold for any two


@st.composite
def versions(draw: st.DrawFn) -> bytes:
    """A region file with some of the edits, of what speaks of the same thing at most one."""
    chosen = [draw(st.sampled_from([None, *row])) for row in EDITS]
    return text(*(edit for edit in chosen if edit))


_MIRRORED = {"new": "gone", "gone": "new", "known": "unknown", "unknown": "known", "joined": "left", "left": "joined"}


def _each(found: tuple[Change, ...]) -> Iterator[tuple[Any, ...]]:
    for change in found:
        for party in change.parties:
            yield change.code, party, change.old, change.new, change.days


def _mirrored(change: tuple[Any, ...]) -> tuple[Any, ...]:
    code, party, old, new, days = change
    what, _, how = code.rpartition("_")
    return f"{what}_{_MIRRORED.get(how, how)}" if what else code, party, new, old, None if days is None else -days


@settings(max_examples=60, deadline=None)
@given(versions(), versions())
def test_turned_round_the_changes_are_the_mirror_image(a: bytes, b: bytes) -> None:
    there, back = between(a, b), between(b, a)
    assert Counter(_each(there)) == Counter(map(_mirrored, _each(back)))


@settings(max_examples=20, deadline=None)
@given(versions())
def test_a_file_and_itself_have_no_changes(raw: bytes) -> None:
    assert between(raw, raw) == ()


@settings(max_examples=30, deadline=None)
@given(versions(), versions())
def test_the_changes_come_by_date_and_each_is_one_that_has_a_name(a: bytes, b: bytes) -> None:
    found = between(a, b)
    days = [change.date or date.min for change in found]
    assert days == sorted(days)
    assert codes(list(found)) <= set(CODES)
    assert all(change.parties and change.ids for change in found)
    # Whatever is told has in fact changed.
    assert all(change.old != change.new or change.old is None for change in found)
    assert len(set(map(repr, found))) == len(found)


@settings(max_examples=30, deadline=None)
@given(versions(), versions())
def test_a_day_moved_by_as_many_days_as_lie_between(a: bytes, b: bytes) -> None:
    for change in between(a, b):
        if isinstance(change.old, date) and isinstance(change.new, date):
            assert change.old.toordinal() + (change.days or 0) == change.new.toordinal()


def test_the_edits_of_these_tests_bring_about_every_change_that_a_file_can() -> None:
    found: set[str] = set()
    for row in EDITS:
        for edit in row:
            found |= codes(changed(edit)) | codes(list(between(text(edit), text())))
    more = (
        council(0, elected="2026-03-18", fell="2027-02-01", college_formed=day) for day in ("2027-04-01", "2027-05-01")
    )
    found |= codes(list(between(*map(text, more))))
    steps = own_kind(OOGO_STEP, ADOPTION_STEP), own_kind(OOGO_STEP, OWN_STEP, ADOPTION_STEP)
    found |= codes(list(between(*map(text, steps)))) | codes(list(between(*map(text, reversed(steps)))))
    # Mergers come from the register, and other councils too; a status is a test of its own.
    never = {
        "merger_new", "merger_gone", "merger_moved", "council_new", "council_gone", "college_status", "adopted_moved",
    }  # fmt: skip
    assert set(CODES) - found <= never


def test_nothing_changes_because_it_is_another_day() -> None:
    raw = text()
    for today in ("2024-01-01", "2026-11-22", "2027-06-30"):
        alignment = alignment_of(raw, today)
        assert compare(snapshot.of(alignment), snapshot.of(alignment)) == ()


# --- steps, and why


def test_a_longer_term_for_the_opr_moves_the_last_day_for_the_oogo_and_says_so() -> None:
    found = changed(procedure(opr_weeks=9))
    # By hand: 30 April 2026 less two weeks less nine: 12 February; with six it was 5 March.
    moved = only(found, "step_moved", step="oogo", year=2026)
    assert (moved.old, moved.new, moved.days) == (d("2026-03-05"), d("2026-02-12"), -21)
    assert moved.parties == (PO,)
    [because] = moved.because
    assert (because.code, because.values["old"], because.values["new"], because.values["step"]) == (
        "weeks",
        6,
        9,
        "opr",
    )
    assert {c.values["step"] for c in found if c.code == "step_moved"} == {"oogo"}


def test_the_same_move_of_later_plans_is_folded_under_the_first() -> None:
    found = changed(procedure(opr_weeks=9))
    [(first, later)] = [(c, more) for c, more in folded(found) if c.code == "step_moved"]
    assert first.values["plan"].first.year == 2022
    assert [c.values["plan"].first.year for c in later] == [2026, 2030, 2034, 2038]
    assert sum(1 + len(more) for _, more in folded(found)) == len(found)


def test_a_longer_term_for_the_adoption_moves_two_steps() -> None:
    found = changed(procedure(adoption_weeks=3))
    for step, new in (("oogo", "2026-02-26"), ("opr", "2026-04-09"), ("overlap", "2026-04-09")):
        moved = only(found, "step_moved", step=step, year=2026)
        assert (moved.new, moved.days) == (d(new), -7)
        assert [(b.code, b.values["step"]) for b in moved.because] == [("weeks", "adoption")]


def test_another_order_is_a_reason_and_gives_the_new_order() -> None:
    found = changed(procedure(order=["opr", "oogo"]))
    moved = only(found, "step_moved", step="oogo", year=2026)
    assert (moved.old, moved.new) == (d("2026-03-05"), d("2026-04-16"))
    assert [(b.code, b.values["order"]) for b in moved.because] == [("order", (("opr", None), ("oogo", None)))]
    # The OOGO then cannot begin before the OPR has had its six weeks from 15 January.
    begins = only(found, "consultation_moved", year=2026)
    assert (begins.old, begins.new) == (d("2026-01-15"), d("2026-02-26"))


def test_a_draft_that_is_ready_on_another_day_is_told_once() -> None:
    found = changed(procedure(opens="12-01"))
    moved = only(found, "step_moved", step="draft", year=2026)
    assert (moved.old, moved.new) == (d("2026-01-15"), d("2025-12-01"))
    assert [b.code for b in moved.because] == ["opens"]
    assert "consultation_moved" not in codes(found)


# --- plans


def test_an_expected_plan_that_becomes_known_is_neither_new_nor_gone() -> None:
    found = changed(plan(years="2026-2030", status="planned"))
    assert codes(found) == {"plan_status"}
    [became] = found
    assert (became.old, became.new, became.date) == (Status.EXPECTED, Status.PLANNED, d("2026-08-01"))


def test_a_plan_that_ends_later_moves_and_those_after_it_move_with_it() -> None:
    found = changed(first_plan(years="2022-2027"))
    ends = only(found, "plan_moved", year=2022)
    assert (ends.old, ends.new) == (Days(d("2022-08-01"), d("2026-07-31")), Days(d("2022-08-01"), d("2027-07-31")))
    assert ends.days == 365
    following = only(found, "plan_moved", year=2027)
    assert (following.old.first, following.new.first) == (d("2026-08-01"), d("2027-08-01"))
    # All their steps are a year later; that is told once, and the end of the horizon takes no part in it.
    assert [c.values["plan"].first.year for c in found if c.code == "plan_moved"] == [2022, 2027, 2031, 2035]
    assert not codes(found) & {"step_moved", "plan_gone", "plan_new"}


def test_a_bridging_plan_is_new_and_the_series_after_it_moves() -> None:
    found = changed(plan(years="2026-2027"), plan(years="2027-2031"))
    assert only(found, "plan_new").ids == (f"{PO}/ondersteuningsplan/2027-08-01",)
    assert only(found, "plan_moved", year=2026).new.last == d("2027-07-31")
    assert [c.values["plan"].first.year for c in found if c.code == "plan_moved"] == [2026, 2031, 2035]
    assert "plan_gone" not in codes(found)


def test_a_plan_that_is_taken_out_is_gone_with_all_that_was_expected_after_it() -> None:
    found = changed(no_plan)
    gone = [c.values["plan"].first.year for c in found if c.code == "plan_gone"]
    assert gone == [2022, 2026, 2030, 2034, 2038]
    assert only(found, "unknown_new").parties == (PO,)


def test_a_plan_that_gets_another_name_for_its_id_is_the_same_plan() -> None:
    named, renamed = first_plan(id="eerste"), first_plan(id="tweede", was="eerste")
    assert changed(named) == []
    assert between(text(named), text(renamed)) == ()


def test_the_end_of_a_plan_that_becomes_known_has_no_number_of_days() -> None:
    opened = first_plan(years=None, first="2022-08-01", last="unknown")
    found = list(between(text(opened), text()))
    ends = only(found, "plan_moved", year=2022)
    assert (ends.old.last, ends.new.last, ends.days) == (None, d("2026-07-31"), None)


def test_what_was_done_is_told_with_its_month_where_no_more_is_known() -> None:
    again = only(changed(first_plan(oogo=["2022-02-10", "2022-12"])), "fact_new")
    assert str(again.new) == "2022-12"
    assert again.date == d("2022-12-31")
    other = only(changed(first_plan(oogo="2022-02-17")), "fact_moved")
    assert (str(other.old), str(other.new), other.days) == ("2022-02-10", "2022-02-17", 7)
    gone = only(changed(first_plan(oogo=None)), "fact_gone")
    assert str(gone.old) == "2022-02-10"


# --- verdicts


def test_a_verdict_changes_with_the_reasons_that_are_new() -> None:
    found = changed(first_plan(oogo=["2022-02-10", "2022-12"]))
    verdict = only(found, "verdict")
    assert (verdict.old, verdict.new) == ("out_of_step", "at_risk")
    coverage = next(b for b in verdict.because if b.values["reason"].code == "coverage")
    assert coverage.values["was"] == 0.0
    assert coverage.values["reason"].values["lowest"] > 0.5


def test_other_thresholds_are_the_reason_for_a_verdict_that_changes_with_no_date() -> None:
    found = changed(policy(in_step_coverage=0.95, out_of_step_coverage=0.9))
    assert codes(found) == {"verdict"}
    assert all(change.because[0].code == "policy" for change in found)


def test_another_coverage_is_told_where_the_verdict_stays() -> None:
    # Decided half a year later, still by the college of 2022 and within its term.
    old, new = first_plan(oogo=["2022-02-10", "2022-12"]), first_plan(oogo=["2022-02-10", "2023-06"])
    found = list(between(text(old), text(new)))
    told = only(found, "coverage")
    # 2022-08-01 to 2026-03-31 less the days before the decision counted for the old council.
    assert told.old > told.new
    assert "verdict" not in codes(found)


# --- windows


def test_a_recess_cuts_a_window_in_two_and_says_what_closes_the_first() -> None:
    found = changed(recess("2030-08-26", "2030-08-30"), recess("2034-09-11", "2034-09-15"))
    region = [c for c in found if c.parties == ("proef",)]
    assert codes(region) == {"window_moved", "window_new"}
    for change in (c for c in region if c.code == "window_moved"):
        [because] = change.because
        assert because.values["edge"].code == "recess"
        assert because.values["edge"].parties == (EDE,)


def test_a_window_that_is_too_short_to_count_is_gone_and_says_how_short() -> None:
    # PO2510 2026–2030: from 15 January 2026 to the nomination of 2 February, 18 days; without the last two weeks, 5.
    found = changed(recess("2026-01-20", "2026-02-01"))
    gone = only(found, "window_gone", year=2026)
    assert gone.old == Days(d("2026-01-15"), d("2026-02-01"))
    assert [(b.code, b.values["days"]) for b in gone.because] == [("short", 5)]


def test_a_window_that_is_gone_names_who_holds_up_its_days() -> None:
    found = changed(recess("2026-01-10", "2026-02-01"))
    gone = only(found, "window_gone", year=2026)
    [because] = gone.because
    assert because.code == "held"
    assert [tuple(blocker) for blocker in because.values["gap"].blockers] == [(EDE, "recess")]


def test_a_window_can_stop_counting_by_the_threshold_alone() -> None:
    gone = only(changed(policy(min_window_days=19)), "window_gone", year=2026)
    assert [(b.code, b.values["old"], b.values["new"]) for b in gone.because] == [("least", 10, 19)]


def test_a_window_that_the_consultation_period_no_longer_has_says_so() -> None:
    # With the OPR first the OOGO begins on 26 February, after the window of January.
    gone = only(changed(procedure(order=["opr", "oogo"])), "window_gone", year=2026)
    assert [b.code for b in gone.because] == ["outside"]
    back = only(list(between(text(procedure(order=["opr", "oogo"])), text())), "window_new", year=2026)
    assert [b.code for b in back.because] == ["was_outside"]


def test_the_rest_of_a_window_that_was_cut_says_of_what_it_was_a_part() -> None:
    # 15 January to 1 February 2026, with a recess of one day in it: of nine days, and of eight.
    found = changed(recess("2026-01-24", "2026-01-24"), policy(min_window_days=5))
    [rest] = [c for c in found if c.code == "window_new" and "plan" in c.values and c.date == d("2026-01-25")]
    assert [(b.code, b.values["days"]) for b in rest.because] == [
        ("was_part", Days(d("2026-01-15"), d("2026-02-01"))),
    ]


# --- councils


def test_a_college_that_becomes_known_is_told_once_with_the_days_from_its_estimate() -> None:
    found = changed(council(0, elected="2026-03-18", college_formed="2026-06-20"))
    known = only(found, "college_known")
    # The likely estimate is 76 days after polling day (design.md, 4): 2 June.
    assert (known.old, known.new, known.days) == (d("2026-06-02"), d("2026-06-20"), 18)
    assert known.parties == (EDE,)


def test_a_moved_election_takes_nomination_and_college_with_it_and_says_why() -> None:
    found = changed(council(1, elected="2026-06-17", replaces="2026-03-18", status="planned"))
    assert only(found, "elected_moved").days == 91
    for code in ("nominated_moved", "college_moved"):
        change = only(found, code)
        assert change.days == 91
        assert [b.code for b in change.because] == ["election"]


def test_given_days_of_formation_move_the_estimates_of_all_municipalities_as_one() -> None:
    found = changed(policy(formation_days=[30, 60, 90]))
    moved = [c for c in found if c.code == "college_moved"]
    assert [c.values["elected"].year for c in moved] == [
        2014,
        2026,
        2030,
        2034,
        2038,
    ]  # of 2018 and 2022 they are known
    assert all(c.parties == (EDE, WAGENINGEN) and c.days == -16 for c in moved)
    assert all([(b.code, b.values["new"]) for b in c.because] == [("given", 60)] for c in moved)


def test_a_fall_of_a_college_is_told_with_the_next_one() -> None:
    fall = {"elected": "2022-03-16", "fell": "2024-02-01"}
    found = changed(council(0, **fall, college_formed="2024-04-01"))
    assert only(found, "fall_new").new == Days(d("2024-02-01"), d("2024-04-01"))
    later = between(
        text(council(0, **fall, college_formed="2024-04-01")), text(council(0, **fall, college_formed="2024-05-01"))
    )
    assert only(list(later), "fall_moved").days == 30


# --- who takes part


def test_a_new_municipality_is_told_by_itself_and_not_by_its_elections() -> None:
    found = changed(one_more("GM0203"))
    assert only(found, "municipality_new").parties == ("GM0203",)
    assert not [c for c in found if "elected" in c.values]


def test_a_new_partnership_is_told_by_itself_and_not_by_its_plans() -> None:
    found = changed(one_more_partnership)
    assert [(c.code, c.parties) for c in found] == [("partnership_new", ("VO2510",))]


def test_another_area_is_told_per_partnership() -> None:
    found = changed(partnership(municipalities=[EDE, "GM0345"]))
    assert only(found, "area_new").parties == ("GM0345",)
    assert only(found, "area_gone").parties == (WAGENINGEN,)
    assert only(found, "area_new").values == {"partnership": PO}


# --- agreements


def test_what_changes_of_an_agreement() -> None:
    moved = only(changed(agreement(last="2029-06-30")), "agreement_moved")
    assert (moved.old.last, moved.new.last) == (d("2027-06-30"), d("2029-06-30"))
    joined = only(changed(agreement(parties=[EDE, WAGENINGEN, PO])), "agreement_joined")
    assert joined.parties == (WAGENINGEN,)
    adopted = only(changed(agreement(adopted={EDE: "2023-11-07", PO: "2023-12-01"})), "adopted_new")
    assert (adopted.parties, adopted.date) == ((PO,), d("2023-12-01"))
    other = only(changed(agreement(adopted={EDE: "2023-11-14"})), "adopted_moved")
    assert (other.old, other.new, other.days) == (d("2023-11-07"), d("2023-11-14"), 7)
    assert only(changed(without("agreements", 0)), "agreement_gone").parties == (EDE, PO)
    # By another name it is still the same agreement.
    assert changed(agreement(name="Anders")) == []


# --- what is over


@pytest.mark.parametrize(("year", "over"), [(2022, True), (2026, True), (2030, False)])
def test_a_step_is_over_if_it_was_in_the_past_and_still_is(year: int, over: bool) -> None:
    moved = only(changed(procedure(opr_weeks=9)), "step_moved", step="oogo", year=year)
    assert is_over(moved, d("2026-11-22")) is over


def test_a_verdict_is_never_over() -> None:
    for change in changed(first_plan(oogo=["2022-02-10", "2022-12"])):
        assert not is_over(change, LAST)
