from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from cycleplan.periods import Period, months_between

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
# Close together, so that periods touch, overlap and contain each other often enough.
NEAR = st.dates(date(2024, 2, 20), date(2024, 3, 20))


def periods(days=NEAR):
    return st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair)))


def day_set(period):
    """The days of a period, written out with ordinals only."""
    return {date.fromordinal(n) for n in range(period.first.toordinal(), period.last.toordinal() + 1)}


def test_a_period_counts_both_its_ends():
    # A school year of 365 days, and the one of the leap day.
    assert Period(date(2022, 8, 1), date(2023, 7, 31)).days == 365
    assert Period(date(2023, 8, 1), date(2024, 7, 31)).days == 366
    assert Period(date(2024, 2, 29), date(2024, 2, 29)).days == 1


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match=r"cannot end \(2024-02-28\) before it starts \(2024-02-29\)"):
        Period(date(2024, 2, 29), date(2024, 2, 28))


def test_the_exclusive_end_is_the_day_after_the_last():
    assert Period(date(2024, 2, 1), date(2024, 2, 28)).after == date(2024, 2, 29)
    assert Period(date(2023, 2, 1), date(2023, 2, 28)).after == date(2023, 3, 1)


def test_periods_that_touch_share_no_day():
    first, second = Period(date(2024, 1, 1), date(2024, 1, 31)), Period(date(2024, 2, 1), date(2024, 2, 9))
    assert first & second is None
    assert first.shared_days(second) == 0


def test_periods_that_share_their_edge_share_one_day():
    first, second = Period(date(2024, 1, 1), date(2024, 1, 31)), Period(date(2024, 1, 31), date(2024, 2, 9))
    assert first & second == Period(date(2024, 1, 31), date(2024, 1, 31))
    assert first.shared_days(second) == 1


def test_a_contained_period_is_all_they_share():
    outer, inner = Period(date(2024, 1, 1), date(2024, 12, 31)), Period(date(2024, 5, 5), date(2024, 5, 9))
    assert outer & inner == inner


@given(periods())
def test_a_period_shares_all_its_days_with_itself(a):
    assert a & a == a
    assert a.shared_days(a) == a.days


@given(periods(), periods())
def test_what_two_periods_share_does_not_depend_on_their_order(a, b):
    assert a & b == b & a
    assert a.shared_days(b) == b.shared_days(a)


@given(periods(), periods())
def test_what_two_periods_share_is_what_sets_of_days_share(a, b):
    both = day_set(a) & day_set(b)
    shared = a & b
    assert (day_set(shared) if shared else set()) == both
    assert a.shared_days(b) == len(both)


@given(periods(), periods(), periods())
def test_what_three_periods_share_does_not_depend_on_who_comes_first(a, b, c):
    ab, bc = a & b, b & c
    assert (ab & c if ab else None) == (a & bc if bc else None)


@given(periods(), NEAR)
def test_a_period_contains_its_days_and_no_others(a, day):
    assert (day in a) == (day in day_set(a))
    assert list(a) == sorted(day_set(a))
    assert len(list(a)) == a.days


def test_only_days_are_in_a_period():
    assert "2024-01-01" not in Period(date(2024, 1, 1), date(2024, 1, 2))


@given(DAYS, DAYS)
def test_months_between_are_those_of_dateutil(one, other):
    earlier, later = min(one, other), max(one, other)
    delta = relativedelta(later, earlier)
    assert months_between(earlier, later) == delta.years * 12 + delta.months


@given(st.integers(1, 12), st.integers(27, 31), st.integers(0, 60), st.integers(-4, 4))
def test_months_between_are_those_of_dateutil_around_the_end_of_a_month(month, day, months, days):
    try:
        earlier = date(2023, month, day)
    except ValueError:
        earlier = date(2023, month, 28)
    later = max(earlier, earlier + relativedelta(months=months) + timedelta(days=days))
    delta = relativedelta(later, earlier)
    assert months_between(earlier, later) == delta.years * 12 + delta.months


@given(DAYS, DAYS)
def test_months_between_only_change_sign_with_the_order(one, other):
    assert months_between(one, other) == -months_between(other, one)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 29), 1),  # the last day of a short month completes it
        (date(2023, 1, 31), date(2023, 2, 28), 1),
        (date(2024, 1, 31), date(2024, 2, 28), 0),  # not yet the last day
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2022, 3, 16), date(2022, 5, 16), 2),
        (date(2022, 3, 16), date(2022, 5, 15), 1),
        (date(2022, 3, 16), date(2022, 3, 16), 0),
    ],
)
def test_a_month_is_whole_on_its_day_or_on_the_last_of_a_short_month(earlier, later, months):
    assert months_between(earlier, later) == months
