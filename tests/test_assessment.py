from dataclasses import replace
from datetime import date
from functools import partial
from math import nextafter
from textwrap import dedent

import bruteforce
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from worlds import Description, descriptions, with_policies

from cycleplan import resources
from cycleplan.alignment import align
from cycleplan.assessment import Assessment, Verdict
from cycleplan.daterules import Status
from cycleplan.law import load_law
from cycleplan.loading import load_region, load_text
from cycleplan.register import load_register

# Derandomised: every run tries the same regions, so that a run tells of a change and not of chance.
quick = partial(settings, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
TODAY = date(2026, 11, 22)


def _assessed(told: Description) -> Assessment:
    loaded = load_text(told.text(), "test.yaml", load_register())
    assert loaded.usable, loaded.problems
    assert loaded.region
    aligned = align(loaded.region, load_register(), load_law(), told.today)
    return aligned.assessor.assess(next(p for p in loaded.region.all_plans if p.id == told.plan_id))


# --- against the brute force


def _agrees(told: Description) -> None:
    world, plan = told.world(), told.plan()
    assume(bruteforce.consultation(plan))
    found = _assessed(told)
    decisions = [(d.day, "actual" if d.known else "assumed") for d in found.decisions]
    assert decisions == bruteforce.decision_days(world, plan)
    coverage = bruteforce.coverage(world, plan)
    assert {m.code: m.coverage for m in found.per_municipality} == coverage
    assert found.coverage_lowest == min(coverage.values())
    assert found.coverage_mean == pytest.approx(sum(coverage.values()) / len(coverage))
    assert {m.code: m.lag_months for m in found.per_municipality} == bruteforce.lag(world, plan)
    standstill_days = {m.code: m.standstill_days for m in found.per_municipality}
    assert standstill_days == bruteforce.standstill_days(world, plan)
    inside = {
        code: sum(plan.first <= council.elected <= plan.last for _, council in bruteforce.lane(world, code))
        for code in bruteforce.municipalities(world, plan)
    }
    assert {m.code: m.elections_inside for m in found.per_municipality} == inside
    assert found.verdict == bruteforce.verdict(world, plan)


@quick(max_examples=60)
@given(with_policies())
def test_the_days_and_the_certainty_that_a_region_sets_hold_for_coverage_lag_and_verdict_too(told):
    _agrees(told)


@quick(max_examples=150)
@given(descriptions())
def test_decisions_coverage_lag_standstill_days_and_verdict_agree_with_the_brute_force(told):
    _agrees(told)


@pytest.mark.slow
@quick(max_examples=1500)
@given(descriptions())
def test_the_assessment_agrees_with_the_brute_force_in_many_regions(told):
    _agrees(told)


@quick(max_examples=60)
@given(descriptions(), st.dates(date(2015, 1, 1), date(2034, 12, 31)))
def test_an_assessment_does_not_depend_on_today(told, today):
    assume(bruteforce.consultation(told.plan()))
    one, other = _assessed(told), _assessed(replace(told, today=today))
    assert one.per_municipality == other.per_municipality
    assert (one.verdict, one.reasons) == (other.verdict, other.reasons)


@quick(max_examples=100)
@given(descriptions())
def test_every_verdict_has_a_reason_and_every_coverage_is_a_share(told):
    assume(bruteforce.consultation(told.plan()))
    found = _assessed(told)
    assert found.verdict in Verdict
    assert found.reasons[0].code == "coverage"
    assert found.reasons[0].values["lowest"] == found.coverage_lowest
    assert all(0 <= m.coverage <= 1 for m in found.per_municipality)


@quick(max_examples=40)
@given(descriptions())
def test_the_council_set_beside_a_plan_is_the_one_that_it_shares_most_days_with(told):
    assume(bruteforce.consultation(told.plan()))
    loaded = load_text(told.text(), "test.yaml", load_register())
    assert loaded.region
    aligned = align(loaded.region, load_register(), load_law(), told.today)
    plan = next(p for p in loaded.region.all_plans if p.id == told.plan_id)
    days = set(range(plan.first.day.toordinal(), plan.last.day.toordinal() + 1))
    for one in aligned.assessor.assess(plan).per_municipality:
        terms = [term.period for term in aligned.cycles.lane(one.code)]
        shared = [len(days & set(range(t.first.toordinal(), t.last.toordinal() + 1))) for t in terms]
        assert (one.most_shared.days if one.most_shared else 0) == max(shared, default=0)


# --- figures of the design

# Assen has no merger and no college that the register knows.
REGULAR = Description(("GM0106",), 2026)


@pytest.mark.parametrize(
    ("year", "coverage", "verdict"),
    [
        (2026, 0.000, Verdict.OUT_OF_STEP),
        (2027, 0.668, Verdict.IN_STEP),
        (2028, 0.418, Verdict.AT_RISK),
        (2029, 0.168, Verdict.OUT_OF_STEP),
    ],
)
def test_the_coverage_of_a_regular_plan_of_four_years_follows_from_the_year_it_starts_in(year, coverage, verdict):
    found = _assessed(replace(REGULAR, year=year))
    assert round(found.coverage_lowest, 3) == coverage
    assert found.verdict is verdict
    assert [d.known for d in found.decisions] == [False]
    assert found.decisions[0].dated.status is Status.ASSUMED


def test_an_oogo_during_the_formation_of_2022_covers_no_day_of_the_plan():
    found = _assessed(replace(REGULAR, year=2022, oogo=("2022-04-14",)))
    assert found.coverage_lowest == 0
    assert found.verdict is Verdict.OUT_OF_STEP
    codes = [reason.code for reason in found.reasons]
    assert codes == ["coverage", "outgoing_college", "decided_in_standstill"]


def test_a_plan_decided_before_and_again_after_the_formation_is_covered_from_the_second_time_on():
    found = _assessed(replace(REGULAR, year=2022, oogo=("2022-02-10", "2022-12")))
    assert [(d.day, d.known) for d in found.decisions] == [
        (date(2022, 2, 10), True),
        (date(2022, 12, 31), True),
    ]
    assert round(found.coverage_lowest, 4) == 0.8125
    # Its first decision fell in the campaign.
    assert found.verdict is Verdict.AT_RISK


@pytest.mark.parametrize("what", ["oogo", "adopted"])
def test_a_decision_of_the_file_says_what_it_was_and_who_told_so(what):
    found = _assessed(replace(REGULAR, year=2022, **{what: ("2022-04",)}))
    (decision,) = found.decisions
    (ground,) = decision.dated.trace
    fact = (found.plan.oogo or found.plan.adopted)[0]
    assert (ground.code, ground.day) == ("decided", date(2022, 4, 30))
    assert ground.values == {"source": found.plan.source, "what": what, "shown": fact}
    assert (fact.day, found.plan.source) == (date(2022, 4, 30), "test")


def test_two_partnerships_of_one_region_each_have_the_steps_of_their_own_procedure_and_act():
    text = """
        region: proef
        name: Proef
        revised: 2026-11-22
        municipalities: [{code: GM0228}]
        partnerships:
          - code: PO2510
            municipalities: [GM0228]
            procedure: {opr_weeks: 8}
            plans: [{years: 2027-2031, status: planned, source: bron}]
          - code: VO2510
            municipalities: [GM0228]
            procedure: {opr_weeks: 3}
            plans: [{years: 2027-2031, status: planned, source: bron}]
    """
    loaded = load_text(dedent(text).encode(), "test.yaml", load_register())
    assert loaded.region, loaded.problems
    aligned = align(loaded.region, load_register(), load_law(), TODAY)
    po, vo = (aligned.assessor.assess(loaded.region.partnerships[code].plans[0]) for code in ("PO2510", "VO2510"))
    # 30 April 2027, two weeks for the adoption, eight or three for the OPR.
    assert [a.consultation.last for a in (po, vo)] == [date(2027, 2, 19), date(2027, 3, 26)]
    assert [load_law()[a.schedule.deadline.basis].article.split()[0] for a in (po, vo)] == ["WPO", "WVO"]
    for a, own, other in ((po, "/PO/", "/VO/"), (vo, "/VO/", "/PO/")):
        bases = " ".join(item.basis for item in a.checklist)
        assert own in bases
        assert other not in bases


def test_a_decision_after_the_deadline_comes_on_top_of_an_assumed_one():
    found = _assessed(replace(REGULAR, year=2022, adopted=("2022-12-31",)))
    # The Christmas recess ends on 9 January, the nomination was on 31 January.
    assert [(d.day, d.known) for d in found.decisions] == [
        (date(2022, 1, 30), False),
        (date(2022, 12, 31), True),
    ]
    assert round(found.coverage_lowest, 4) == 0.8125
    # The assumed decision is passed over: the first known one lay outside standstill.
    assert found.verdict is Verdict.IN_STEP


def test_without_a_window_that_counts_the_latest_day_is_assumed_and_the_plan_is_out_of_step():
    found = _assessed(replace(REGULAR, opens=(2, 2)))
    assert found.consultation.first == date(2026, 2, 2)
    assert found.counting == []
    assert [(d.day, d.known) for d in found.decisions] == [(date(2026, 3, 5), False)]
    assert found.verdict is Verdict.OUT_OF_STEP
    assert found.nearest_earlier.last == date(2026, 2, 1)
    assert "no_counting_window" in [reason.code for reason in found.reasons]


def test_a_plan_with_a_known_decision_is_judged_by_that_though_no_window_counts():
    found = _assessed(replace(REGULAR, year=2022, opens=(2, 2), oogo=("2022-12-31",)))
    assert found.counting == []
    assert found.coverage_lowest > 0.5
    assert found.verdict is Verdict.IN_STEP


def test_a_draft_that_is_ready_on_the_latest_day_of_the_oogo_was_ready_a_year_before():
    found = _assessed(replace(REGULAR, year=2027, opens=(3, 5)))
    assert (found.consultation.first, found.consultation.last) == (date(2026, 3, 5), date(2027, 3, 5))


def test_an_oogo_day_is_a_decision_day_and_an_adoption_day_only_where_no_oogo_is_known():
    both = _assessed(replace(REGULAR, year=2027, oogo=("2027-02-01",), adopted=("2027-04-01",)))
    assert [d.day for d in both.decisions] == [date(2027, 2, 1)]
    adopted = _assessed(replace(REGULAR, year=2027, adopted=("2027-04-01",)))
    assert [d.day for d in adopted.decisions] == [date(2027, 4, 1)]


def test_a_reconfirmed_plan_counts_under_the_college_that_was_in_office_at_the_latest_decision():
    once = _assessed(replace(REGULAR, year=2028, oogo=("2028-02-01",)))
    again = _assessed(replace(REGULAR, year=2028, oogo=("2028-02-01", "2030-09-01")))
    # Until 2 April 2030 under the one council, from 1 September 2030 under the next.
    before, after = (date(2030, 4, 3) - date(2028, 8, 1)).days, (date(2032, 8, 1) - date(2030, 9, 1)).days
    assert once.coverage_lowest == before / 1461
    assert again.coverage_lowest == (before + after) / 1461


def test_where_a_municipality_merges_away_coverage_ends_the_day_before_the_successor_sits():
    found = _assessed(Description(("GM0501",), 2022, oogo=("2022-02-01",)))
    (brielle,) = found.per_municipality
    # Its council of 2018 was not elected anew in 2022; Voorne aan Zee's first sat on 2 January 2023.
    assert brielle.code == "GM0501"
    assert brielle.coverage == (date(2023, 1, 2) - date(2022, 8, 1)).days / 1461
    assert brielle.standstill_days == 0


def test_standstill_days_count_those_of_the_successor_only_from_the_merger_on():
    # Haaren went into Oisterwijk in 2021; a fall of Oisterwijk's college in 2018 was none of Haaren's.
    fall = ("GM0824", date(2014, 3, 19), date(2017, 3, 2), date(2017, 8, 10))
    told = Description(("GM0855",), 2018, opens=(3, 6), falls=(fall,))
    days = {m.code: m.standstill_days for m in _assessed(told).per_municipality}
    standstill = (date(2018, 3, 5) - date(2018, 2, 5)).days + 1
    assert days == {"GM0788": standstill, "GM0855": standstill}


# --- what a verdict rests on


def _with_policy(told: Description, **policy: float) -> Assessment:
    """The assessment under other thresholds; the days of the region stay what they are."""
    region = load_text(told.text(), "test.yaml", load_register()).region
    assert region
    region = replace(region, policy=region.policy._replace(**policy))
    aligned = align(region, load_register(), load_law(), told.today)
    return aligned.assessor.assess(next(p for p in region.all_plans if p.id == told.plan_id))


def _told(found: Assessment) -> dict[str, dict[str, object]]:
    return {reason.code: dict(reason.values) for reason in found.reasons}


SETTLED = replace(REGULAR, year=2027)  # in step, by an assumed decision


def test_a_threshold_that_is_met_exactly_is_met():
    share, days = _assessed(SETTLED).coverage_lowest, _assessed(SETTLED).longest_likely_days
    more = nextafter(share, 1)
    for policy, verdict in (
        ({"in_step_coverage": share}, Verdict.IN_STEP),
        ({"in_step_coverage": more}, Verdict.AT_RISK),
        ({"in_step_coverage": 1.0, "out_of_step_coverage": share}, Verdict.AT_RISK),
        ({"in_step_coverage": 1.0, "out_of_step_coverage": more}, Verdict.OUT_OF_STEP),
        ({"in_step_window_days": days}, Verdict.IN_STEP),
        ({"in_step_window_days": days + 1}, Verdict.AT_RISK),
        ({"min_window_days": days}, Verdict.IN_STEP),
        ({"min_window_days": days + 1}, Verdict.OUT_OF_STEP),
    ):
        assert _with_policy(SETTLED, **policy).verdict is verdict, policy


def test_a_verdict_by_an_assumed_decision_says_the_longest_window_and_how_long_it_should_be():
    found = _assessed(SETTLED)
    days = found.longest_likely_days
    coverage = {"lowest": found.coverage_lowest, "municipality": "GM0106", "assumed": True}
    assert _told(found) == {
        "coverage": coverage,
        "window_long": {"days": days, "least": 20},
    }
    short = _with_policy(SETTLED, in_step_window_days=days + 1)
    assert _told(short) == {"coverage": coverage, "window_short": {"days": days, "least": days + 1}}
    assert _told(_with_policy(SETTLED, in_step_window_days=days)) == {
        "coverage": coverage,
        "window_long": {"days": days, "least": days},
    }
    assert _told(_with_policy(SETTLED, min_window_days=days + 1))["no_counting_window"] == {"least": days + 1}


def test_a_verdict_by_a_known_decision_says_the_day_and_who_was_in_standstill():
    found = _assessed(replace(REGULAR, year=2022, oogo=("2022-02-10", "2022-12")))
    first, _ = found.plan.oogo
    assert _told(found) == {
        "coverage": {"lowest": found.coverage_lowest, "municipality": "GM0106", "assumed": False},
        "outgoing_college": {
            "decided": date(2022, 2, 10),
            "polling": date(2022, 3, 16),
            "municipality": "GM0106",
            "assumed": False,
        },
        "decided_in_standstill": {"date": first, "municipalities": ("GM0106",)},
    }
    in_time = _assessed(replace(SETTLED, oogo=("2027-02-01",)))
    assert _told(in_time)["decided_outside_standstill"] == {"date": in_time.plan.oogo[0], "municipalities": ()}
    assert "outgoing_college" not in _told(in_time)


def test_an_assumed_decision_says_whether_it_is_the_end_of_a_window_or_the_last_day():
    found = _assessed(SETTLED)
    latest = found.schedule.steps["oogo"].latest.trace
    decided, window = found.decisions[0].dated, found.counting[-1]
    (*before, ground) = decided.trace
    assert tuple(before) == latest
    assert (ground.code, ground.day, ground.values) == (
        "assumed_decision_window",
        window.last,
        {"first": window.first},
    )
    none = _assessed(replace(REGULAR, opens=(2, 2))).decisions[0].dated
    assert (none.trace[-1].code, none.trace[-1].day, none.status) == (
        "assumed_decision_latest",
        date(2026, 3, 5),
        Status.ASSUMED,
    )
    assert len(none.trace) > 1


def test_of_municipalities_the_one_that_is_least_covered_is_named_and_of_equals_the_first_by_code():
    # The colleges of Coevorden and Assen of 2026: with a decision in June only Assen's had come.
    colleges = (("GM0106", date(2026, 3, 18), date(2026, 5, 20)), ("GM0109", date(2026, 3, 18), date(2026, 7, 1)))
    told = Description(("GM0106", "GM0109"), 2026, oogo=("2026-06-01",), colleges=colleges)
    found = _assessed(told)
    assert _told(found)["coverage"]["municipality"] == "GM0109"
    assert {m.code: bool(m.coverage) for m in found.per_municipality} == {"GM0106": True, "GM0109": False}
    equal = _assessed(Description(("GM0109", "GM0106"), 2027))
    assert _told(equal)["coverage"]["municipality"] == "GM0106"


# --- figures of Foodvalley


@pytest.fixture(scope="module")
def foodvalley() -> dict[str, Assessment]:
    region = load_region(resources.region_files()["foodvalley"], load_register()).region
    return {a.plan.id: a for a in align(region, load_register(), load_law(), TODAY).assessments}


def test_the_plan_of_foodvalleys_primary_schools_of_2022_was_decided_twice(foodvalley):
    found = foodvalley["PO2510/ondersteuningsplan/2022-08-01"]
    assert round(found.coverage_lowest, 4) == 0.8125
    assert len(found.decisions) == 2


def test_the_next_plan_of_foodvalleys_primary_schools_is_out_of_step(foodvalley):
    found = foodvalley["PO2510/ondersteuningsplan/2026-08-01"]
    assert [(d.day, d.known) for d in found.decisions] == [(date(2026, 2, 1), False)]
    assert found.coverage_lowest == 0.0
    assert found.verdict is Verdict.OUT_OF_STEP


def test_the_next_plan_of_the_secondary_schools_is_in_step(foodvalley):
    found = foodvalley["VO2509/ondersteuningsplan/2027-08-01"]
    assert round(found.coverage_lowest, 3) == 0.668
    assert {m.standstill_days for m in found.per_municipality} == {0}
    assert found.verdict is Verdict.IN_STEP
