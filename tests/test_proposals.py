"""Proposals: what stays, what is free, what is best, and what re-confirming would give."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import bruteforce
import bruteforce_proposals as tried
import pytest
from bruteforce_proposals import Instance
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from running import aligned
from worlds import descriptions

from cycleplan.alignment import align
from cycleplan.costs import first_free_day
from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.periods import Period
from cycleplan.proposals import propose
from cycleplan.register import load_register
from cycleplan.sequences import is_short

REGULAR = "GM0228"  # Ede: no merger, a vote every four years


def region(*partnerships, **keys):
    """A region of one regular municipality, with partnerships that consult it."""
    made = {
        "region": "test",
        "name": "Test",
        "revised": "2026-11-22",
        "municipalities": [{"code": REGULAR, **keys.pop("municipality", {})}],
        "partnerships": [{"municipalities": [REGULAR], **p} for p in partnerships],
        **keys,
    }
    loaded = load_text(json.dumps(made).encode(), "test.yaml", load_register())
    assert loaded.usable, loaded.problems
    return loaded.region


def plan(years, status="actual", **more):
    return {"years": years, "status": status, "source": "test", **more}


def proposed(made, today, *codes, last=None, **options):
    alignment = align(made, load_register(), load_law(), today, None, last)
    return propose(alignment, codes, **options)


def lengths(proposal, owner=None):
    return [p.months / 12 for p in proposal.plans if owner in (None, p.plan.owner)]


def spans(proposal):
    return [(p.period.first.year, p.period.after.year) for p in proposal.plans]


# --- from which day plans are free


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 4, 30), date(2026, 8, 1)),  # on the last day itself it has not passed
        (date(2026, 5, 1), date(2027, 8, 1)),
        (date(2026, 11, 22), date(2027, 8, 1)),
        (date(2027, 1, 1), date(2027, 8, 1)),
    ],
)
def test_plans_are_free_from_the_first_august_whose_30_april_has_not_passed(today, day):
    assert first_free_day(today) == day


def test_a_plan_is_short_if_it_lasts_less_than_four_years():
    assert not is_short(Period(date(2027, 8, 1), date(2031, 7, 31)))
    assert is_short(Period(date(2027, 8, 1), date(2031, 7, 30)))
    assert is_short(Period(date(2028, 1, 1), date(2031, 7, 31)))


# --- the best length to bridge with (facts/algorithms.md D1)


@pytest.mark.parametrize(("ends", "length"), [(2026, 1), (2028, 3), (2029, 2)])
def test_the_first_plan_bridges_to_the_year_after_the_election(ends, length):
    made = region({"code": "PO2510", "plans": [plan(f"{ends - 4}-{ends}")]})
    best = proposed(made, date(2026, 1, 10)).alternatives[0].recommended
    assert lengths(best)[0] == length
    assert not best.unchanged
    assert all(p.period.first.year % 4 == 3 for p in best.plans[1:])  # 2027, 2031, 2035: the year after


def test_a_plan_that_begins_the_year_after_the_election_needs_no_change():
    made = region({"code": "PO2510", "plans": [plan("2023-2027")]})
    alternatives = proposed(made, date(2026, 11, 22)).alternatives[0]
    assert alternatives.recommended is alternatives.unchanged
    assert len(alternatives.proposals) == 1
    assert alternatives.recommended.short_plans == 0


def test_what_is_adopted_or_announced_stays_unless_it_may_be_shortened():
    made = region({"code": "PO2510", "plans": [plan("2024-2028"), plan("2028-2032", "planned")]})
    today = date(2026, 11, 22)
    assert spans(proposed(made, today).alternatives[0].recommended)[0][0] == 2032
    shortened = proposed(made, today, may_shorten=True).alternatives[0]
    assert spans(shortened.recommended)[0] == (2024, 2027)
    assert shortened.recommended.plans[0].kept
    assert spans(shortened.unchanged)[:2] == [(2024, 2028), (2028, 2032)]
    assert shortened.recommended.rounds == len(shortened.recommended.plans) - 1  # the running plan needs no new round


def test_shortening_never_makes_a_running_plan_longer():
    made = region({"code": "PO2510", "plans": [plan("2026-2028")]})
    for proposal in proposed(made, date(2026, 11, 22), may_shorten=True).alternatives[0].proposals:
        assert spans(proposal)[0] in [(2026, 2027), (2026, 2028)]


def test_an_expected_plan_that_has_begun_keeps_its_first_day_and_may_end_on_any_31_july():
    made = region({"code": "PO2510", "plans": [plan("2022-2026")]})
    alternatives = proposed(made, date(2026, 11, 22)).alternatives[0]
    first = alternatives.recommended.plans[0]
    assert first.kept
    assert spans(alternatives.recommended)[0] == (2026, 2027)
    assert spans(alternatives.unchanged)[0] == (2026, 2030)
    # From 2027 on: 4383 days until 31 July 2039; with a regular municipality two thirds of each plan is covered.
    assert alternatives.recommended.misalignment < Fraction(34, 100)
    assert alternatives.unchanged.misalignment == 1


def test_misalignment_is_the_share_of_days_that_are_not_under_the_council_that_decided():
    made = region({"code": "PO2510", "plans": [plan("2023-2027")]})
    alternatives = proposed(made, date(2026, 11, 22), last=date(2031, 7, 31)).alternatives[0]
    # 1 August 2027 to 2 April 2030, the last day of the council of 2026 (Kieswet C 4), of 1461 days: docs/oordeel.md.
    assert alternatives.recommended.misalignment == 1 - Fraction(976, 1461)
    assert round(alternatives.recommended.plans[0].coverage, 4) == round(976 / 1461, 4)


def test_only_the_part_inside_the_horizon_counts_and_running_past_it_is_not_short():
    made = region({"code": "PO2510", "plans": [plan("2023-2027")]})
    best = proposed(made, date(2026, 11, 22), last=date(2029, 7, 31)).alternatives[0].recommended
    assert spans(best) == [(2027, 2031)]
    assert best.plans[0].beyond
    assert best.short_plans == 0
    assert best.misalignment == 0  # until 2 April 2030 it is covered


def test_nothing_is_left_to_choose_where_what_is_settled_runs_past_the_horizon():
    made = region({"code": "PO2510", "plans": [plan("2026-2030")]})
    only = proposed(made, date(2026, 11, 22), last=date(2029, 7, 31)).alternatives[0]
    assert [p.plans for p in only.proposals] == [()]
    assert only.recommended.unchanged
    assert only.recommended.misalignment == 0


# --- re-confirming


def test_confirming_again_after_the_election_covers_the_days_from_then_on():
    made = region({"code": "PO2510", "plans": [plan("2022-2026")]})
    alternatives = proposed(made, date(2026, 1, 10), last=date(2030, 7, 31)).alternatives[0]
    running = alternatives.unchanged.plans[0]
    assert spans(alternatives.unchanged) == [(2026, 2030)]
    assert running.coverage == 0
    # The college of 2026 is likely there on 2 June; its first window that counts ends before the summer holiday of
    # region midden (18 July 2026): the plan is confirmed before it begins, so all its days until 2 April 2030 count.
    # That of 2030 is confirmed with on the last day before the summer holiday of that year, 13 July.
    assert running.confirmations == (date(2026, 7, 17), date(2030, 7, 12))
    days = (date(2030, 4, 2) - date(2026, 8, 1)).days + 1 + 20
    assert running.reconfirmed == pytest.approx(days / 1461)
    assert alternatives.unchanged.misalignment_reconfirmed == 1 - Fraction(days, 1461)
    assert alternatives.unchanged.confirmations == 2


def test_proposals_name_the_councils_that_a_plan_runs_under():
    made = region({"code": "PO2510", "plans": [plan("2023-2027")]})
    first = proposed(made, date(2026, 11, 22)).alternatives[0].recommended.plans[0]
    assert [polling for polling, _ in first.councils] == [date(2026, 3, 18), date(2030, 3, 20)]
    assert sum(share for _, share in first.councils) == pytest.approx(1)
    assert first.councils[0][1] == pytest.approx(976 / 1461)


# --- several


def test_coupled_partnerships_are_set_side_by_side_with_the_years_in_which_only_some_begin():
    made = region(
        {"code": "PO2510", "plans": [plan("2023-2027")]},
        {"code": "VO2510", "plans": [plan("2024-2028")]},
    )
    both = proposed(made, date(2026, 11, 22), together=True).alternatives
    assert [a.partnerships for a in both] == [("PO2510", "VO2510")]
    assert both[0].unchanged.partial_years == 6  # 2027, 2028, 2031, 2032, 2035, 2036
    apart = proposed(made, date(2026, 11, 22)).alternatives
    assert [a.partnerships for a in apart] == [("PO2510",), ("VO2510",)]
    best = both[0].recommended
    assert best.partial_years == 2  # 2027 and 2028: from 2031 on they begin together
    front = [(p.misalignment, p.short_plans, p.partial_years) for p in both[0].proposals if not p.unchanged]
    assert all(not all(a <= b for a, b in zip(x, y, strict=True)) for x in front for y in front if x is not y)


def test_more_than_three_together_cannot_look_further_than_twelve_years():
    codes = ["PO2509", "PO2510", "VO2509", "VO2510"]
    made = region(*({"code": code, "plans": [plan("2023-2027")]} for code in codes))
    today = date(2026, 11, 22)
    assert len(proposed(made, today, together=True).alternatives[0].partnerships) == 4
    with pytest.raises(CycleplanError) as caught:
        proposed(made, today, together=True, last=date(2043, 7, 31))
    assert caught.value.code == "too-long-together"
    assert proposed(made, today, *codes[:3], together=True, last=date(2043, 7, 31)).alternatives


# --- odd files (from a hostile reader)


def own_days(first, last, status="expected", **more):
    return {"first": first, "last": last, "status": status, "source": "test", **more}


@pytest.mark.parametrize("status", ["expected", "actual"])
def test_a_kept_plan_that_ends_on_an_odd_day_is_followed_by_plans_to_the_end(status):
    made = region({"code": "PO2510", "plans": [own_days("2023-01-01", "2028-12-31", status)]})
    found = proposed(made, date(2026, 11, 22), may_shorten=True).alternatives[0]
    for proposal in found.proposals:
        assert proposal.plans[-1].period.last >= date(2039, 7, 31)
        days = [p.period for p in proposal.plans]
        assert all(one.after == other.first for one, other in pairwise(days))


def test_decision_days_of_an_expected_plan_in_the_file_hold_in_proposals_as_well():
    decided = plan("2027-2031", "expected", oogo="2026-02-10", adopted="2026-11-10")
    made = region({"code": "PO2510", "plans": [plan("2023-2027"), decided]})
    alternatives = proposed(made, date(2026, 11, 22)).alternatives[0]
    first = alternatives.unchanged.plans[0]
    checked = align(made, load_register(), load_law(), date(2026, 11, 22)).assessments[1]
    assert (first.assessment.verdict, first.coverage) == (checked.verdict, checked.coverage_lowest)
    assert first.coverage == 0  # the college of 2022 decided; from 1 April 2026 another council sits


def test_days_without_a_plan_are_not_covered_and_days_with_two_count_once():
    gap = [plan("2024-2028"), plan("2028-2030", "expected"), plan("2035-2039", "expected")]
    unchanged = proposed(region({"code": "PO2510", "plans": gap}), date(2026, 11, 22)).alternatives[0].unchanged
    assert unchanged.misalignment > Fraction(5 * 365, 11 * 366)  # five of the eleven years
    assert not unchanged.recommended
    double = [plan("2026-2030"), *(plan(f"{y}-{y + 4}", "expected") for y in (2030, 2033, 2034))]
    twice = proposed(region({"code": "PO2510", "plans": double}), date(2026, 11, 22)).alternatives[0].unchanged
    assert 0 < twice.misalignment <= 1


def test_what_is_expected_before_an_announced_plan_stays_with_it_and_is_free_with_it():
    plans = [plan("2023-2027"), plan("2027-2031", "expected"), plan("2031-2035", "planned")]
    made = region({"code": "PO2510", "plans": plans})
    assert spans(proposed(made, date(2026, 11, 22)).alternatives[0].unchanged)[0] == (2035, 2039)
    shorter = proposed(made, date(2026, 11, 22), may_shorten=True).alternatives[0]
    assert spans(shorter.unchanged)[1:3] == [(2027, 2031), (2031, 2035)]


def test_changing_nothing_is_recommended_where_nothing_is_better():
    made = region({"code": "PO2510", "plans": [own_days("2026-09-01", "2030-08-31")]})
    found = proposed(made, date(2026, 11, 22), last=date(2028, 7, 31)).alternatives[0]
    assert found.recommended.unchanged
    assert found.recommended.misalignment == 0


@pytest.mark.parametrize("today", [date(2027, 5, 1), date(2027, 7, 31)])
def test_a_horizon_in_which_no_plan_can_begin_any_more_is_an_error(today):
    made = region({"code": "PO2510", "plans": [plan("2023-2027")]})
    with pytest.raises(CycleplanError) as caught:
        proposed(made, today, last=date(2028, 7, 31))
    assert caught.value.code == "horizon-too-short"


def test_more_than_eight_together_are_refused_with_how_many_they_are():
    codes = [c for c, p in load_register().partnerships.items() if p.municipalities and not p.successor][:9]
    made = region(*({"code": code, "plans": [plan("2023-2027")]} for code in codes))
    with pytest.raises(CycleplanError) as caught:
        proposed(made, date(2026, 11, 22), together=True)
    assert (caught.value.code, caught.value.values["count"]) == ("too-many-together", 9)


def test_a_youth_plan_of_the_region_counts_for_each_of_its_municipalities():
    regional = {"kind": "jeugdplan", **own_days("2025-01-01", "2028-12-31", "actual"), "rhythm": 4}
    made = region({"code": "PO2510", "plans": [plan("2022-2026")]}, plans=[regional], policy={"goal": "parallel"})
    assert lengths(proposed(made, date(2026, 1, 10)).alternatives[0].recommended)[0] == 2


def test_coupled_with_the_goal_parallel_takes_no_longer():
    partnerships = [{"code": code, "plans": [plan("2022-2026")]} for code in ("PO2510", "VO2510", "VO2511")]
    made = region(*partnerships, municipality=youth("2025-01-01", "2028-12-31", rhythm=4), policy={"goal": "parallel"})
    found = proposed(made, date(2026, 1, 10), together=True, last=date(2042, 7, 31)).alternatives[0]
    alone = proposed(made, date(2026, 1, 10), "PO2510", last=date(2042, 7, 31)).alternatives[0]
    assert found.recommended.misalignment == alone.recommended.misalignment  # all three follow the same youth plan
    assert found.recommended.partial_years == 0


# --- when nothing can be proposed


def test_nothing_is_invented_for_a_partnership_of_which_the_plan_is_unknown():
    found = proposed(aligned("foodvalley").region, date(2026, 11, 22))
    assert [(n.partnership, n.reason) for n in found.not_proposed] == [
        ("VO2510", "unknown_plan"),
        ("VO2511", "unknown_plan"),
    ]


def test_a_partnership_that_is_not_in_the_file_is_an_error_with_the_nearest_code():
    with pytest.raises(CycleplanError) as caught:
        proposed(aligned("foodvalley").region, date(2026, 11, 22), "PO2511")
    assert caught.value.code == "no-such-partnership"
    assert caught.value.values["near"] in ("PO2510", "VO2511")


# --- the goal parallel


def youth(first, last, **more):
    return {
        "plans": [{"kind": "jeugdplan", "first": first, "last": last, "status": "actual", "source": "test", **more}]
    }


def test_with_the_goal_parallel_plans_follow_the_rhythm_of_the_youth_plan():
    made = region(
        {"code": "PO2510", "plans": [plan("2024-2028")]},
        municipality=youth("2025-01-01", "2028-12-31", rhythm=4),
        policy={"goal": "parallel"},
    )
    best = proposed(made, date(2026, 11, 22)).alternatives[0].recommended
    assert best.unchanged  # the youth plans run from 2029 to 2032 and so on: five months after
    # 1 January 2029 to 31 July 2032 is shared: 1308 days; together 1 August 2028 to 31 December 2032: 1614.
    assert best.plans[0].period == Period(date(2028, 8, 1), date(2032, 7, 31))
    off = region(
        {"code": "PO2510", "plans": [plan("2022-2026")]},
        municipality=youth("2025-01-01", "2028-12-31", rhythm=4),
        policy={"goal": "parallel"},
    )
    assert lengths(proposed(off, date(2026, 1, 10)).alternatives[0].recommended)[0] == 2


def test_the_goal_parallel_without_a_youth_plan_proposes_nothing_and_says_why():
    made = region({"code": "PO2510", "plans": [plan("2024-2028")]}, policy={"goal": "parallel"})
    found = proposed(made, date(2026, 11, 22))
    assert [n.reason for n in found.not_proposed] == ["no_youth_plan"]
    assert found.alternatives == ()


# --- against the brute force: every plan day by day, every sequence


@st.composite
def running_plans(draw):
    """A region with a plan that runs or has just ended, a day as today, and the school years until July 2030.

    Until then the school holidays are known, so that no window to confirm in is cut short.
    """
    told = draw(descriptions())
    assume(told.year >= 2018 and told.year + told.years <= 2028)
    # A procedure can just fit in one year and not in a leap year; here it must in every year.
    plans = [replace(told.plan(), first=date(year, 8, 1)) for year in range(told.year, 2031)]
    assume(all(bruteforce.consultation(plan) for plan in plans))
    over = draw(st.booleans())  # the plan has ended: the expected one after it has begun
    today = date(told.year + told.years - (not over), 11, 22)
    return told, today, 2030 - today.year - 1


def _compared(told, today, years):
    loaded = load_text(told.text(), "test.yaml", load_register())
    assert loaded.usable, loaded.problems
    end = date(2030, 7, 31)
    world, like = told.world(), told.plan()
    stays_until = date(told.year + told.years, 7, 31)
    party = tried.party_of(world, told.partnership, like, stays_until, today, years)
    expected = tried.front(Instance((party,), tried.first_summer(today), end))
    found = proposed(loaded.region, today, told.partnership, last=end).alternatives[0]
    return found, expected, (world, like, end)


def _agrees(told, today, years):
    found, expected, (world, like, end) = _compared(told, today, years)
    best = [p for p in found.proposals if not p.unchanged or p.recommended or p.periods in _periods(expected)]
    assert [(p.misalignment, p.short_plans) for p in best] == [e.point[:2] for e in expected]
    assert [p.periods for p in best] == _periods(expected)
    windows = tried.windows_of_horizon(world, like, date(tried.first_summer(today).year - 5, 8, 1), end)
    for proposal in found.proposals:
        open_days = days = 0
        for p in proposal.plans:
            plain = replace(like, first=p.period.first, last=p.period.last, oogo=[], adopted=[])
            inside = (p.period.first, min(p.period.last, end))
            horizon = tried.as_far_as_known(windows, plain)
            assert list(p.confirmations) == tried.reconfirmations(world, plain, horizon)
            uncovered = tried.uncovered_reconfirmed(world, plain, *inside, horizon)
            assert p.reconfirmed == pytest.approx(1 - uncovered / bruteforce.length(inside))
            left = tried.uncovered_days(world, plain, *inside)
            assert p.coverage == pytest.approx(1 - left / bruteforce.length(inside))
            if not p.kept:
                open_days += uncovered
                days += bruteforce.length(inside)
        assert proposal.misalignment_reconfirmed == (Fraction(open_days, days) if days else 0)


def _periods(expected):
    return [tuple(tuple(Period(*plan) for plan in sequence) for sequence in e.sequences) for e in expected]


@settings(deadline=None, derandomize=True, max_examples=25, suppress_health_check=list(HealthCheck))
@given(running_plans())
def test_proposals_are_those_of_the_brute_force_day_by_day(made):
    _agrees(*made)


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=200, suppress_health_check=list(HealthCheck))
@given(running_plans())
def test_proposals_of_many_regions_are_those_of_the_brute_force(made):
    _agrees(*made)
