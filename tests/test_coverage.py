"""Which days a decision covers, counted day by day; whole plans against the brute force: test_assessment."""

from datetime import date, timedelta
from functools import cache, partial

from hypothesis import given, settings
from hypothesis import strategies as st

from cycleplan import resources
from cycleplan.alignment import align
from cycleplan.coverage import covered_days
from cycleplan.cycles import Cycles
from cycleplan.law import load_law
from cycleplan.loading import load_region
from cycleplan.periods import Period
from cycleplan.register import load_register

quick = partial(settings, deadline=None, derandomize=True)
days = st.dates(date(2012, 1, 1), date(2036, 12, 31))


@cache
def _cycles() -> Cycles:
    region = load_region(resources.region_files()["foodvalley"], load_register()).region
    assert region
    return align(region, load_register(), load_law(), date(2026, 11, 22)).cycles


def _day_by_day(code: str, period: Period, decisions: list[date]) -> int | None:
    """Of each day the last decision, its college, and whether that college's council sits on the day."""
    covered = 0
    for number in range(period.days):
        day = period.first + timedelta(days=number)
        last = max((d for d in decisions if d <= day), default=None)
        if last is None:
            continue
        office = _cycles().in_office(code, last)
        if office is None:
            return None
        covered += day in office[1].period
    return covered


# Barneveld, Renswoude and Wageningen of the region, of which nothing merged.
@quick(max_examples=60)
@given(
    st.sampled_from(["GM0203", "GM0339", "GM0289"]), days, st.integers(1, 1500), st.lists(days, max_size=4, unique=True)
)
def test_a_day_is_covered_if_the_college_of_the_last_decision_is_of_the_council_of_that_day(code, first, length, when):
    period = Period(first, first + timedelta(days=length - 1))
    assert covered_days(_cycles(), code, period, sorted(when)) == _day_by_day(code, period, when)


def test_a_college_that_stays_on_after_the_election_covers_no_day_of_the_new_council():
    # The council of 2026 sits up to and including 2 April 2030; on 3 April its college is still the one in office.
    inside = Period(date(2030, 3, 1), date(2030, 7, 31))
    assert covered_days(_cycles(), "GM0203", inside, [date(2029, 2, 1)]) == 33  # 31 days of March and 2 of April
    assert covered_days(_cycles(), "GM0203", inside, [date(2030, 4, 3)]) == 0


def test_before_the_first_decision_no_day_is_covered_and_without_one_none_is():
    inside = Period(date(2028, 8, 1), date(2029, 7, 31))
    assert covered_days(_cycles(), "GM0203", inside, []) == 0
    assert covered_days(_cycles(), "GM0203", inside, [date(2029, 7, 31)]) == 1


def test_where_the_college_that_decided_is_not_known_neither_are_the_days():
    assert covered_days(_cycles(), "GM0203", Period(date(1980, 1, 1), date(1980, 12, 31)), [date(1979, 1, 1)]) is None
