import calendar
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from cycleplan.daterules import After, AtMost, BeforeDay, Dated, Ground, OnDay, Roll, Status, WeekdayWithin
from cycleplan.register import load_register

DAYS = st.dates(date(2010, 1, 1), date(2060, 12, 31))
YEARS = st.integers(2010, 2060)
WORKDAYS = load_register().workdays
# Kieswet F 1 lid 1, as it reads since December 2013.
NOMINATION = WeekdayWithin(0, (1, 30), (2, 5), (1, 31), (2, 6))


# --- on a day, before a day


def test_on_1_august_is_1_august():
    assert OnDay(8, 1).in_year(2027) == date(2027, 8, 1)


@given(YEARS)
def test_before_1_may_is_30_april_at_the_latest(year):
    assert BeforeDay(5, 1).in_year(year) == date(year, 4, 30)


def test_before_1_may_is_30_april_even_if_that_is_a_sunday():
    assert BeforeDay(5, 1).in_year(2023).strftime("%A %d %B") == "Sunday 30 April"


def test_before_1_march_is_the_leap_day_in_a_leap_year():
    assert BeforeDay(3, 1).in_year(2028) == date(2028, 2, 29)
    assert BeforeDay(3, 1).in_year(2027) == date(2027, 2, 28)


def test_before_1_january_is_31_december_of_the_year_before():
    assert BeforeDay(1, 1).in_year(2027) == date(2026, 12, 31)


# --- a weekday within a window


@pytest.mark.parametrize(
    ("year", "day"),
    [
        # Published days of nomination: facts/data/elections.csv
        (2014, date(2014, 2, 3)),
        (2018, date(2018, 2, 5)),
        (2019, date(2019, 2, 4)),
        (2022, date(2022, 1, 31)),
        (2023, date(2023, 1, 30)),
        (2026, date(2026, 2, 2)),
    ],
)
def test_the_monday_in_30_january_to_5_february_is_the_published_nomination_day(year, day):
    assert NOMINATION.in_year(year) == day


@given(YEARS)
def test_a_window_of_seven_days_has_the_weekday_once(year):
    first, last = NOMINATION.window(year)
    found = [first + timedelta(days=n) for n in range(7)]
    assert found[-1] == last
    assert [day for day in found if day.weekday() == 0] == [NOMINATION.in_year(year)]


def test_in_a_leap_year_the_window_is_a_day_later():
    assert NOMINATION.window(2028) == (date(2028, 1, 31), date(2028, 2, 6))
    assert NOMINATION.window(2027) == (date(2027, 1, 30), date(2027, 2, 5))
    # 31 January 2028 is a Monday itself; 31 January 2044 a Sunday, so the Monday is the day after.
    assert NOMINATION.in_year(2028) == date(2028, 1, 31)
    assert NOMINATION.in_year(2044) == date(2044, 2, 1)


@given(YEARS.filter(calendar.isleap))
def test_without_a_leap_variant_the_window_is_the_same_in_a_leap_year(year):
    rule = WeekdayWithin(1, (1, 18), (1, 24))  # Kieswet F 1 until 2013
    assert rule.window(year) == (date(year, 1, 18), date(year, 1, 24))


def test_a_window_without_the_weekday_is_an_error():
    with pytest.raises(ValueError, match="no such weekday"):
        WeekdayWithin(2, (3, 30), (3, 30)).in_year(2026)  # 30 March was a Wednesday in 2022, not in 2026


# --- so long after, at most so long


def test_the_44th_day_after_nomination_is_polling_day():
    # Kieswet J 1: 2 February 2026 and 18 March 2026 are the published days.
    assert After(44, "days").from_day(date(2026, 2, 2), WORKDAYS) == date(2026, 3, 18)


def test_a_term_counted_back_gives_an_earlier_day():
    # Kieswet G 3: the 42nd day before nomination on 5 February 2018 is Christmas Day.
    assert After(-42, "days").from_day(date(2018, 2, 5), WORKDAYS) == date(2017, 12, 25)


def test_a_month_too_short_gives_its_last_day():
    assert After(1, "months").from_day(date(2027, 1, 31), WORKDAYS) == date(2027, 2, 28)
    assert After(1, "months").from_day(date(2028, 1, 31), WORKDAYS) == date(2028, 2, 29)
    assert After(1, "years").from_day(date(2028, 2, 29), WORKDAYS) == date(2029, 2, 28)


@given(DAYS, st.integers(-60, 60), st.sampled_from(["days", "weeks", "months", "years"]))
def test_calendar_terms_are_those_of_dateutil(day, count, unit):
    assert After(count, unit).from_day(day, WORKDAYS) == day + relativedelta(**{unit: count})


@pytest.mark.parametrize(
    ("merger", "sitting"),
    [
        # Wet arhi 56 lid 3: the first working day after the merger; law.md, vectors.
        (date(2016, 1, 1), date(2016, 1, 4)),
        (date(2018, 1, 1), date(2018, 1, 2)),
        (date(2023, 1, 1), date(2023, 1, 2)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        # 2 January 2026 is equated by decree, and then comes a weekend.
        (date(2026, 1, 1), date(2026, 1, 5)),
    ],
)
def test_the_first_working_day_after_a_merger_is_counted_in_working_days(merger, sitting):
    assert After(1, "working_days").from_day(merger, WORKDAYS) == sitting


@given(DAYS, st.integers(0, 60), st.sampled_from(["days", "weeks", "months", "years"]))
def test_at_most_so_long_ends_on_the_day_so_long_after(day, count, unit):
    assert AtMost(count, unit).until(day, WORKDAYS) == day + relativedelta(**{unit: count})


# --- a day that is no working day


@given(DAYS, st.sampled_from([Roll.ATW, Roll.KIESWET]))
def test_a_roll_never_goes_back_and_always_ends_on_a_working_day(day, roll):
    rolled = roll.apply(day, WORKDAYS)
    assert rolled >= day
    assert WORKDAYS.is_working_day(rolled)
    passed = [day + timedelta(days=n) for n in range((rolled - day).days)]
    assert not any(map(WORKDAYS.is_working_day, passed))


@given(DAYS)
def test_without_a_roll_the_day_stays(day):
    assert Roll.NONE.apply(day, WORKDAYS) == day


def test_the_elections_act_moves_christmas_2017_to_27_december():
    # The published last day to register a party name: binnenlandsbestuur.nl, raadsverkiezingen 2018.
    assert Roll.KIESWET.apply(date(2017, 12, 25), WORKDAYS) == date(2017, 12, 27)


def test_the_tenth_day_on_easter_monday_moves_to_tuesday():
    # Published for 2018: Monday 2 April, extended to Tuesday 3 April (binnenlandsbestuur.nl).
    assert Roll.ATW.apply(date(2018, 4, 2), WORKDAYS) == date(2018, 4, 3)


# --- the trace


def test_the_basis_of_a_day_is_the_last_provision_in_its_trace():
    trace = (Ground("on", basis="A/2014"), Ground("after", basis="B/2014"), Ground("roll"))
    assert Dated(date(2026, 1, 1), Status.EXPECTED, trace).basis == "B/2014"
    assert Dated(date(2026, 1, 1), Status.EXPECTED).basis is None
