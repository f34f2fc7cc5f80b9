from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import bruteforce
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from worlds import Description, descriptions, formation_days, related, with_policies

from cycleplan import resources
from cycleplan.alignment import Alignment, align
from cycleplan.assessment import Assessment
from cycleplan.cycles import Level
from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.loading import load_region, load_text
from cycleplan.periods import DAY, Period
from cycleplan.register import load_register
from cycleplan.windows import LOOK_BACK, Availability, Blocker, Edge, Window

# Derandomised: every run tries the same regions, so that a run tells of a change and not of chance.
quick = partial(settings, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
long = quick(max_examples=1500)


def _aligned(told: Description) -> tuple[Alignment, Assessment]:
    """The engine's answer to a region and to its plan."""
    loaded = load_text(told.text(), "test.yaml", load_register())
    assert loaded.usable, loaded.problems
    assert loaded.region
    aligned = align(loaded.region, load_register(), load_law(), told.today)
    plan = next(plan for plan in loaded.region.all_plans if plan.id == told.plan_id)
    return aligned, aligned.assessor.assess(plan)


def _assessed(told: Description) -> Assessment:
    """The engine's answer to the plan of a random region, but not if its procedure is impossible."""
    assume(bruteforce.consultation(told.plan()))
    return _aligned(told)[1]


def _days(windows: list[Window]) -> set[date]:
    return {day for window in windows for day in window.period}


# --- against the brute force


def _agrees_on_windows_and_gaps(told: Description) -> None:
    world, plan = told.world(), told.plan()
    period = bruteforce.consultation(plan)
    if period is None:
        with pytest.raises(CycleplanError) as error:
            _aligned(told)
        assert error.value.code == "impossible-procedure"
        return
    assessed = _aligned(told)[1]
    assert assessed.consultation == Period(*period)
    assert list(assessed.municipalities) == bruteforce.municipalities(world, plan)
    for level in Level:
        blockers = bruteforce.blockers_on(world, plan, level.value)
        windows = assessed.windows(level)
        free = bruteforce.runs(day for day, who in blockers.items() if not who)
        assert [(w.period.first, w.period.last) for w in windows] == free
        assert [w.counts for w in windows] == [bruteforce.length(run) >= told.min_window_days for run in free]
        found = {day: {(b.party, b.reason) for b in gap.blockers} for gap in assessed.gaps(level) for day in gap.period}
        assert found == {day: who for day, who in blockers.items() if who}


@quick(max_examples=150)
@given(descriptions())
def test_windows_and_the_blockers_of_gaps_agree_day_by_day_with_the_brute_force(told):
    _agrees_on_windows_and_gaps(told)


@pytest.mark.slow
@long
@given(descriptions())
def test_windows_and_the_blockers_of_gaps_agree_with_the_brute_force_in_many_regions(told):
    _agrees_on_windows_and_gaps(told)


@quick(max_examples=70)
@given(with_policies())
def test_windows_and_gaps_agree_with_the_brute_force_where_a_region_sets_its_own_certainty(told):
    _agrees_on_windows_and_gaps(told)


def _days_per_reason(runs) -> dict[str, set[date]]:
    found: dict[str, set[date]] = {}
    for run, reason in runs:
        found.setdefault(reason, set()).update(run)
    return found


def _agrees_on_who_is_in_the_gap(told: Description) -> None:
    assessed = _assessed(told)
    world, plan = told.world(), told.plan()
    for level in Level:
        profile = assessed.profile(level)
        found = {day: (set(run.free), run.of) for run in profile for day in run.period}
        assert found == bruteforce.profile(world, plan, level.value)
        assert sum(run.period.days for run in profile) == assessed.consultation.days
        for a, b in pairwise(profile):
            assert a.period.after == b.period.first
            assert (a.free, a.of) != (b.free, b.of)
        for gap in assessed.gaps(level):
            assert {(set(gap.free) == found[day][0], gap.parties == found[day][1]) for day in gap.period} == {
                (True, True)
            }
        helps = assessed.availability.biggest_help(assessed.consultation, level)
        expected = bruteforce.helps_most(world, plan, level.value)
        assert (helps and (helps.party, helps.days, _days_per_reason(helps.runs))) == expected


@quick(max_examples=80)
@given(with_policies())
def test_the_profile_and_whose_shift_helps_most_agree_with_the_brute_force(told):
    _agrees_on_who_is_in_the_gap(told)


@pytest.mark.slow
@long
@given(with_policies())
def test_the_profile_and_whose_shift_helps_most_agree_with_the_brute_force_in_many_regions(told):
    _agrees_on_who_is_in_the_gap(told)


def _agrees_on_standstill(told: Description) -> None:
    assume(bruteforce.consultation(told.plan()))
    world = told.world()
    cycles = _aligned(told)[0].cycles
    around = Period(date(told.year - 2, 9, 1), date(told.year, 12, 31))
    for code in related(list(told.area)):
        found = [day for day in around if cycles.in_standstill(code, day)]
        assert found == [d for d in around if bruteforce.in_standstill(world, code, d, "likely")], code
        for part in (around, Period(date(told.year, 1, 15), date(told.year, 3, 5))):
            assert cycles.standstill_days(code, part) == len([day for day in found if day in part]), code


@quick(max_examples=70)
@given(descriptions())
def test_standstill_agrees_day_by_day_with_the_brute_force(told):
    _agrees_on_standstill(told)


@pytest.mark.slow
@long
@given(descriptions())
def test_standstill_agrees_with_the_brute_force_in_many_regions(told):
    _agrees_on_standstill(told)


def _nearest_earlier(told: Description) -> tuple[date, date] | None:
    world, plan = told.world(), told.plan()
    if bruteforce.counting_windows(world, plan):
        return None
    begins, ends = bruteforce.consulted(plan)
    # Two years back another merger may lie, and other parties: those for whom each council sits.
    joint: dict[date, int] = {}
    for code, councils in world.councils.items():
        for council in councils:
            if council.college is None and code in bruteforce.parties_on(world, told.area, council.first):
                joint[council.elected] = joint.get(council.elected, 0) + 1
    free = []
    for day in bruteforce.days_of(begins - LOOK_BACK, ends):
        parties = bruteforce.parties_on(world, told.area, day)
        if not any(
            bruteforce.in_standstill(world, party, day, "likely", joint) or bruteforce.in_recess(world, party, day)
            for party in parties
        ):
            free.append(day)
    long_enough = [run for run in bruteforce.runs(free) if bruteforce.length(run) >= told.min_window_days]
    return max((run for run in long_enough if run[0] < begins), default=None)


def _agrees_on_the_nearest_earlier_run(told: Description) -> None:
    assessed = _assessed(told)
    nearest = assessed.nearest_earlier
    assert (nearest and (nearest.first, nearest.last)) == _nearest_earlier(told)


def _agrees_on_how_much_earlier_the_draft_must_be_ready(told: Description) -> None:
    """Week by week earlier, until enough days of the nearest earlier run are left."""
    assessed, run = _assessed(told), _nearest_earlier(told)
    begins, _ = bruteforce.consulted(told.plan())
    weeks = 0
    while run and bruteforce.length((max(run[0], begins - timedelta(weeks=weeks)), run[1])) < told.min_window_days:
        weeks += 1
    assert assessed.draft_weeks_earlier == (weeks if run else None)


# Few random plans have no window at all; by default those of an election year that open in February do.
without_a_window = st.builds(
    lambda told, year, day: replace(told, year=year, opens=(2, day), order=("oogo", "opr"), opr_weeks=6),
    descriptions(),
    st.sampled_from([2018, 2022, 2026, 2030]),
    st.integers(1, 20),
)


@quick(max_examples=40)
@given(without_a_window)
def test_the_nearest_earlier_run_is_the_last_one_long_enough_that_begins_before_the_consultation(told):
    _agrees_on_the_nearest_earlier_run(told)
    _agrees_on_how_much_earlier_the_draft_must_be_ready(told)


@pytest.mark.slow
@quick(max_examples=600)
@given(st.one_of(descriptions(), without_a_window))
def test_the_nearest_earlier_run_agrees_with_the_brute_force_in_many_regions(told):
    _agrees_on_the_nearest_earlier_run(told)
    _agrees_on_how_much_earlier_the_draft_must_be_ready(told)


def test_the_random_regions_have_all_that_they_are_for():
    """Mergers, observed and fallen colleges, both orders, and consultation through a merger and a formation."""
    seen: dict[str, int] = {}

    @quick(max_examples=400)
    @given(descriptions())
    def look(told: Description) -> None:
        world, plan = told.world(), told.plan()
        period = bruteforce.consultation(plan)
        first, last = period or (plan.first, plan.first)
        councils = [c for codes in world.councils.values() for c in codes]
        facts = {
            "impossible": not period,
            "merger within": any(first < m.day <= last for m in world.mergers),
            "formation within": any(first < c.elected and c.first < last for c in councils),
            "observed": bool(told.colleges),
            "fell within": any(first <= fell <= last for c in councils for fell, _ in c.falls),
            "own recess": bool(told.added),
            "replaced recess": bool(told.replaced),
            "known decision": bool(told.oogo or told.adopted),
            "opens late": told.opens[0] in (2, 3),
            "opens in the year before": first.year < told.year,
            f"{told.order[0]} first": True,
            f"{told.years} years": True,
        }
        for name, holds in facts.items():
            seen[name] = seen.get(name, 0) + holds

    look()
    assert min(seen.values()) >= 5, seen
    assert len(seen) == 16


# --- what holds of every window


@quick(max_examples=200)
@given(with_policies())
def test_windows_are_nested_certain_within_likely_within_possible(told):
    assessed = _assessed(told)
    certain, likely, possible = (
        _days(assessed.windows(level)) for level in (Level.CERTAIN, Level.LIKELY, Level.POSSIBLE)
    )
    assert certain <= likely <= possible


@quick(max_examples=200)
@given(descriptions())
def test_windows_and_gaps_tile_the_consultation_period_exactly(told):
    assessed = _assessed(told)
    for level in Level:
        parts = [*assessed.windows(level), *assessed.gaps(level)]
        periods = sorted(part.period for part in parts)
        assert all(part.level is level for part in parts)
        assert periods[0].first == assessed.consultation.first
        assert periods[-1].last == assessed.consultation.last
        assert all(a.after == b.first for a, b in pairwise(periods))


@quick(max_examples=120)
@given(descriptions(), st.integers(1, 200))
def test_a_later_formation_never_opens_a_window(told, days):
    assume(told.colleges)
    (code, elected, day), *others = told.colleges
    later = replace(told, colleges=((code, elected, day + days * DAY), *others))
    before, after = _assessed(told), _assessed(later)
    for level in Level:
        assert _days(after.windows(level)) <= _days(before.windows(level))


@quick(max_examples=120)
@given(descriptions(), formation_days, formation_days)
def test_a_later_given_day_never_opens_a_window(told, one, other):
    sooner, later = (tuple(map(pick, one, other)) for pick in (min, max))
    before, after = (_assessed(replace(told, given=days)) for days in (sooner, later))
    for level in Level:
        assert _days(after.windows(level)) <= _days(before.windows(level))


@quick(max_examples=100)
@given(descriptions(), st.integers(1, 200))
def test_a_later_college_after_a_fall_never_opens_a_window(told, days):
    assume(told.falls)
    (code, elected, fell, following), *others = told.falls
    later = replace(told, falls=((code, elected, fell, following + days * DAY), *others))
    before, after = _assessed(told), _assessed(later)
    for level in Level:
        assert _days(after.windows(level)) <= _days(before.windows(level))


@quick(max_examples=100)
@given(descriptions())
def test_every_window_says_what_opens_it_and_what_closes_it(told):
    assessed = _assessed(told)
    world, plan = told.world(), told.plan()
    councils = [c for codes in world.councils.values() for c in codes]
    fell = {fell for c in councils for fell, _ in c.falls}
    for level in Level:
        blockers = bruteforce.blockers_on(world, plan, level.value)

        def holds(edge: Edge, day: date, blockers: dict = blockers) -> bool:
            """Whether the parties of an edge are those that hold the day beside the window."""
            reason = "recess" if edge.code == "recess" else "standstill"
            if reason == "recess" and "standstill" in {why for _, why in blockers[day]}:
                return False  # a recess is told only where nobody is in standstill
            return bool(edge.parties) and {(party, reason) for party in edge.parties} <= blockers[day]

        for window in assessed.windows(level):
            opens, closes = window.opens, window.closes
            assert opens.code in ("start", "college", "merger", "recess")
            assert closes.code in ("end", "nomination", "fall", "recess")
            assert (opens.code == "start") == (window.period.first == assessed.consultation.first)
            assert (closes.code == "end") == (window.period.last == assessed.consultation.last)
            if opens.code != "start":
                assert holds(opens, window.period.first - DAY)
            if closes.code != "end":
                assert holds(closes, window.period.after)
            if opens.code == "college":
                assert opens.day in {c.elected for c in councils} | fell
            if opens.code == "merger":
                assert window.period.first in {m.day for m in world.mergers}
            if closes.code == "nomination":
                assert (window.period.after, closes.day) in {(c.nominated, c.elected) for c in councils}
            if closes.code == "fall":
                assert window.period.after == closes.day
                assert closes.day in fell


@quick(max_examples=250)
@given(descriptions())
def test_what_opens_a_window_names_it_uniquely_within_its_plan_and_level(told):
    assessed = _assessed(told)
    for level in Level:
        slugs = [window.opens.slug for window in assessed.windows(level)]
        assert len(slugs) == len(set(slugs)), slugs


# --- figures of the design


def _of_foodvalley() -> Alignment:
    region = load_region(resources.region_files()["foodvalley"], load_register()).region
    assert region
    return align(region, load_register(), load_law(), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("level", "opens"),
    [
        (Level.POSSIBLE, date(2026, 6, 24)),
        (Level.LIKELY, date(2026, 7, 10)),
        (Level.CERTAIN, date(2026, 8, 31)),
    ],
)
def test_the_joint_windows_of_foodvalley_open_after_the_election_of_2026_by_level(level, opens):
    alignment = _of_foodvalley()
    codes = [m.code for m in alignment.region.own_municipalities]
    assert len(codes) == 8
    after_the_election = Period(date(2026, 3, 18), date(2026, 12, 31))
    first = Availability(alignment.cycles, codes).windows(after_the_election, level, 10)[0]
    assert first.period.first == opens
    # 98, 114 and 147 days after polling day; the last of these falls in the summer holiday, to 30 August.
    by_recess = level is Level.CERTAIN
    assert (first.opens.code, first.opens.name) == (("recess", "zomer") if by_recess else ("college", ""))
    assert first.opens.slug == ("recess-zomer-2025-2026" if by_recess else "college-2026-03-18")
    assert first.opens.parties == tuple(sorted(codes))


EIGHT = ("GM0106", "GM0228", "GM0267", "GM0310", "GM0344", "GM0345", "GM0758", "GM0935")


def test_where_every_college_is_observed_the_windows_are_the_same_at_every_level():
    colleges = tuple((code, date(2026, 3, 18), date(2026, 6, 1) + i * 7 * DAY) for i, code in enumerate(EIGHT))
    alignment, _ = _aligned(Description(EIGHT, 2027, colleges=colleges))
    after = Period(date(2026, 3, 18), date(2026, 12, 31))
    found = {
        level: [w.period for w in Availability(alignment.cycles, EIGHT).windows(after, level, 1)] for level in Level
    }
    assert found[Level.CERTAIN] == found[Level.LIKELY] == found[Level.POSSIBLE]
    # The last of them, on 20 July, falls in the summer holiday; it is over everywhere on 31 August.
    assert found[Level.CERTAIN][0].first == date(2026, 8, 31)


def test_given_days_are_not_corrected_for_the_number_of_municipalities():
    alignment, _ = _aligned(Description(EIGHT, 2027, given=(35, 70, 90)))
    after = Period(date(2026, 3, 18), date(2026, 7, 3))
    for level, days in ((Level.POSSIBLE, 35), (Level.LIKELY, 70), (Level.CERTAIN, 90)):
        formed = date(2026, 3, 18) + days * DAY
        for codes in (EIGHT, EIGHT[:1]):
            area = Availability(alignment.cycles, codes)
            held = [g for g in area.gaps(after, level) if any(b.reason == "standstill" for b in g.blockers)]
            assert held[-1].period.last == formed - DAY
            assert {b.party for b in held[-1].blockers if b.reason == "standstill"} == set(codes)


def test_a_college_that_falls_within_its_term_is_in_standstill_from_the_fall_to_the_next():
    # Alkmaar: it fell in March 2023 (the day is not known: the month's last), the next came on 24 May 2023.
    region = load_region(resources.region_files()["noord-kennemerland"], load_register()).region
    assert region
    alignment = align(region, load_register(), load_law(), date(2026, 11, 22))
    area = alignment.whole_area()
    assert area
    around = Period(date(2023, 3, 6), date(2023, 7, 14))
    for level in Level:
        before, after = area.windows(around, level, 10)
        assert before.period == Period(date(2023, 3, 6), date(2023, 3, 30))
        assert (before.closes.code, before.closes.parties) == ("fall", ("GM0361",))
        assert (after.period.first, after.period.last) == (date(2023, 5, 24), around.last)
        assert (after.opens.code, after.opens.parties) == ("college", ("GM0361",))
        standstill = [g.period for g in area.gaps(around, level) if Blocker("GM0361", "standstill") in g.blockers]
        assert {day for run in standstill for day in run} == set(Period(date(2023, 3, 31), date(2023, 5, 23)))
        helps = area.biggest_help(around, level)
        assert helps
        # The May holiday (22 to 30 April in the north) is everyone's.
        assert (helps.party, helps.days) == ("GM0361", 54 - 9)


def test_eight_municipalities_together_are_slower_than_each_alone():
    alignment = _of_foodvalley()
    codes = [m.code for m in alignment.region.own_municipalities]
    period = Period(date(2026, 3, 18), date(2026, 7, 17))
    alone = Availability(alignment.cycles, codes[:1]).windows(period, Level.LIKELY, 10)[-1]
    assert alone.period.first == date(2026, 3, 18) + timedelta(days=76)
    together = Availability(alignment.cycles, codes).windows(period, Level.LIKELY, 10)[-1]
    assert together.period.first == date(2026, 3, 18) + timedelta(days=114)


def test_a_window_runs_between_the_draft_and_the_nomination_day_in_an_election_year():
    # Assen: no school holiday between 15 January and 5 March 2034 is published yet.
    _, assessed = _aligned(Description(("GM0106",), 2034))
    (window,) = assessed.windows(Level.CERTAIN)
    assert window.period == Period(date(2034, 1, 15), date(2034, 1, 29))
    assert (window.opens.code, window.closes.code) == ("start", "nomination")
    assert (window.closes.parties, window.closes.day) == (("GM0106",), date(2034, 3, 15))
    (gap,) = assessed.gaps(Level.CERTAIN)
    assert gap.period == Period(date(2034, 1, 30), date(2034, 3, 5))
    assert [(b.party, b.reason) for b in gap.blockers] == [("GM0106", "standstill")]
    assert not assessed.recess_known


def test_before_a_merger_the_predecessors_hold_a_gap_and_from_it_on_the_successor():
    _, assessed = _aligned(Description(("GM1980",), 2022, opens=(12, 1)))
    assert assessed.municipalities == ("GM0398", "GM0416")
    standstill = [
        (gap.period.first, gap.period.last, [b.party for b in gap.blockers if b.reason == "standstill"])
        for gap in assessed.gaps(Level.LIKELY)
    ]
    assert standstill[:3] == [
        (date(2021, 12, 1), date(2021, 12, 24), ["GM0398", "GM0416"]),
        (date(2021, 12, 25), date(2021, 12, 31), ["GM0398", "GM0416"]),  # and the Christmas recess
        (date(2022, 1, 1), date(2022, 1, 2), ["GM1980"]),
    ]
    window = assessed.windows(Level.LIKELY)[0]
    assert window.period.first == date(2022, 1, 10)
    assert window.opens.slug == "recess-kerst-2021-2022"


@pytest.mark.parametrize(
    ("opens", "parties"), [((12, 31), ("GM0398", "GM0416")), ((1, 1), ("GM1980",))], ids=["eve", "day"]
)
def test_a_predecessor_is_a_party_up_to_the_last_day_before_the_merger(opens, parties):
    assert _aligned(Description(("GM1980",), 2022, opens=opens))[1].municipalities == parties


def test_a_municipality_that_changes_its_name_keeps_the_fall_of_its_college():
    # Groesbeek became Berg en Dal on 1 January 2016.
    fall = ("GM0241", date(2014, 11, 19), date(2015, 12, 1), date(2016, 2, 1))
    alignment, assessed = _aligned(Description(("GM1945",), 2016, falls=(fall,)))
    standstill = Period(date(2015, 12, 1), date(2016, 1, 31))
    assert all(alignment.cycles.in_standstill("GM0241", day) for day in standstill)
    assert not alignment.cycles.in_standstill("GM1945", standstill.after)
    (window,) = assessed.windows(Level.LIKELY)
    assert window.period == Period(date(2016, 2, 1), date(2016, 3, 5))
    assert window.opens.slug == "college-2015-12-01"


def test_a_region_keeps_the_names_of_all_who_come_after_one_another():
    # Millingen aan de Rijn went into Groesbeek on 1 January 2015, which became Berg en Dal a year later.
    _, assessed = _aligned(Description(("GM0282",), 2017))
    assert assessed.municipalities == ("GM1945",)
    assert assessed.windows(Level.LIKELY)


# --- what is told of it, in regions whose days are easily counted

ASSEN, COEVORDEN = "GM0106", "GM0109"


def _area(**recess: list[tuple[str, str]]) -> tuple[Alignment, Availability]:
    """Municipalities in the north with recesses of their own, in the autumn of 2027; Assen's college falls."""
    lines = []
    for code, own in recess.items():
        added = ", ".join(f"{{first: {a}, last: {b}, status: actual, source: krant}}" for a, b in own)
        lines.append(f"  - code: {code}\n    holiday_region: noord\n    recess: {{add: [{added}]}}")
        if code == ASSEN:
            fact = "elected: 2026-03-18, fell: 2027-11-08, college_formed: 2027-11-29, status: actual, source: krant"
            lines.append(f"    councils: [{{{fact}}}]")
    text = "region: proef\nname: Proef\nrevised: 2026-11-22\nmunicipalities:\n" + "\n".join(lines)
    region = load_text(text.encode(), "test.yaml", load_register()).region
    assert region
    alignment = align(region, load_register(), load_law(), date(2026, 11, 22))
    return alignment, Availability(alignment.cycles, list(recess))


def _on(text: str) -> Period:
    first, last = text.split("/")
    return Period(date.fromisoformat(first), date.fromisoformat(last))


# The summer holiday of the north is over on 22 August 2027; the autumn holiday runs from 16 to 24 October.
AUTUMN = _on("2027-08-30/2027-12-10")


def test_a_recess_of_a_council_itself_and_a_fall_are_named_with_their_day_and_where_it_comes_from():
    alignment, area = _area(GM0106=[("2027-09-13", "2027-09-17")])
    found = area.windows(AUTUMN, Level.LIKELY, 1)
    assert [str(w.period.first) for w in found] == ["2027-08-30", "2027-09-18", "2027-10-25", "2027-11-29"]
    own = Edge("recess", (ASSEN,), "own", date(2027, 9, 13))
    autumn = Edge("recess", (ASSEN,), "herfst", school_year="2027-2028")
    fell, formed = (Edge(code, (ASSEN,), "fall", date(2027, 11, 8)) for code in ("fall", "college"))
    assert [w.opens for w in found] == [Edge("start"), own, autumn, formed]
    assert [w.closes for w in found] == [own, autumn, fell, Edge("end")]
    assert [w.opens.slug for w in found] == [
        "start",
        "recess-GM0106-2027-09-13",
        "recess-herfst-2027-2028",
        "college-2027-11-08",
    ]
    assert {edge.name for w in found for edge in (w.opens, w.closes)} == {"", "own", "herfst", "fall"}
    standstill = next(s for s in alignment.cycles.standstills(ASSEN) if s.cause == "fall")
    assert found[2].closes.trace == standstill.starts.trace
    assert found[3].opens.trace == standstill.ends.trace
    recess = next(r for r in alignment.cycles.recesses(ASSEN) if r.name == "own")
    assert found[0].closes.trace == recess.trace != ()


def test_of_all_that_holds_a_day_a_standstill_goes_first_then_a_national_holiday_then_what_began_earlier():
    _, area = _area(
        GM0106=[("2027-10-18", "2027-10-24"), ("2027-11-29", "2027-12-01")],
        GM0109=[("2027-10-20", "2027-10-24"), ("2027-11-26", "2027-12-01"), ("2027-11-20", "2027-11-28")],
    )
    found = area.windows(AUTUMN, Level.LIKELY, 1)
    assert found[1].opens == Edge("recess", (ASSEN, COEVORDEN), "herfst", school_year="2027-2028")
    assert found[1].closes == Edge("fall", (ASSEN,), "fall", date(2027, 11, 8))
    # On 1 December a recess of Coevorden from 26 November and one of Assen from the 29th.
    assert found[2].opens == Edge("recess", (COEVORDEN,), "own", date(2027, 11, 26))


def test_two_recesses_one_after_the_other_are_one_gap():
    _, area = _area(GM0109=[("2027-10-25", "2027-10-29")])
    (gap,) = area.gaps(_on("2027-10-01/2027-11-05"), Level.LIKELY)
    assert (gap.period, gap.blockers) == (_on("2027-10-16/2027-10-29"), (Blocker(COEVORDEN, "recess"),))


def test_who_are_outside_standstill_and_recess_is_told_at_the_level_that_was_asked_for():
    _, area = _area(GM0109=[("2027-10-25", "2027-10-29")])
    for level in Level:
        assert {presence.level for presence in area.profile(AUTUMN, level)} == {level}


def test_of_two_that_hold_up_as_many_days_the_one_whose_shift_makes_the_longest_window_helps_most():
    # Free are 6-7, 13-19 and 25-30 September: 14 days together without Assen's recess, 18 without Coevorden's.
    _, area = _area(GM0106=[("2027-09-08", "2027-09-12")], GM0109=[("2027-09-20", "2027-09-24")])
    helps = area.biggest_help(_on("2027-09-06/2027-09-30"), Level.LIKELY)
    assert helps
    assert (helps.party, helps.days) == (COEVORDEN, 5)
    assert helps.runs == ((_on("2027-09-20/2027-09-24"), "recess"),)


@pytest.mark.parametrize(("least", "found"), [(9, "2027-09-12/2027-09-20"), (10, "2027-08-23/2027-09-10")])
def test_the_nearest_earlier_window_has_the_least_days_and_begins_before_the_consultation(least, found):
    # Runs of nineteen and of nine days; the one from 6 October on is that of the consultation itself.
    _, area = _area(GM0109=[("2027-09-11", "2027-09-11"), ("2027-09-21", "2027-10-05")])
    assert area.nearest_earlier(_on("2027-10-06/2027-12-10"), Level.LIKELY, least) == _on(found)


def test_in_a_recess_of_more_than_two_years_there_is_no_nearest_earlier_window():
    _, area = _area(GM0109=[("2024-01-01", "2027-10-05")])
    assert area.nearest_earlier(_on("2027-10-06/2027-12-10"), Level.LIKELY, 1) is None


def test_recess_is_known_where_the_holidays_of_every_school_year_of_the_days_are():
    _, area = _area(GM0109=[])
    years = load_register().holiday_years
    last = max(years)
    assert set(range(2019, last + 1)) <= set(years)
    assert area.recess_known(Period(date(2020, 1, 1), date(last + 1, 7, 31)))
    assert area.recess_known(Period(date(last, 8, 1), date(last, 8, 1)))
    assert not area.recess_known(Period(date(2020, 1, 1), date(last + 1, 8, 1)))
    assert not area.recess_known(Period(date(last + 1, 8, 1), date(last + 1, 8, 1)))
    assert not area.recess_known(Period(date(min(years), 7, 31), date(2020, 1, 1)))
