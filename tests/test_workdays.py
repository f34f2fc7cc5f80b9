import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cycleplan
from cycleplan.periods import Period
from cycleplan.workdays import SchoolYear, WorkCalendar, recognised_holidays, school_years

DAY = timedelta(days=1)
DAYS = st.dates(date(2005, 1, 1), date(2059, 12, 31))
# Straight from the table, not by way of the register.
TABLE = Path(cycleplan.__file__).parent / "data" / "equated_days.csv"
EQUATED = frozenset(
    date.fromisoformat(row["date"]) for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())
)


@pytest.fixture(scope="module")
def workdays():
    return WorkCalendar.of(EQUATED)


def test_5_may_is_a_holiday_every_year_and_not_only_in_lustrum_years():
    # Algemene termijnenwet 3 lid 1: "en de vijfde mei"
    assert all(date(year, 5, 5) in recognised_holidays(year) for year in range(2010, 2061))


def test_good_friday_is_a_holiday():
    # Atw 3 lid 2. Good Fridays as published for 2022 to 2025 (rijksoverheid.nl, feestdagen).
    for day in (date(2022, 4, 15), date(2023, 4, 7), date(2024, 3, 29), date(2025, 4, 18)):
        assert recognised_holidays(day.year)[day] == "good_friday"


def test_kings_day_is_kept_on_the_saturday_when_27_april_is_a_sunday():
    # 2014 and 2025: 27 April was a Sunday, King's Day was kept on the 26th.
    for year in (2014, 2025):
        assert recognised_holidays(year)[date(year, 4, 26)] == "kings_day"
        assert date(year, 4, 27) not in recognised_holidays(year)
    assert recognised_holidays(2023)[date(2023, 4, 27)] == "kings_day"


def test_queens_day_was_on_30_april_until_2013():
    assert recognised_holidays(2013)[date(2013, 4, 30)] == "queens_day"
    assert date(2014, 4, 30) not in recognised_holidays(2014)
    # 30 April 2006 was a Sunday: kept on the 29th. Before 1980 the day after was taken (30 April 1978).
    assert recognised_holidays(2006)[date(2006, 4, 29)] == "queens_day"
    assert recognised_holidays(1978)[date(1978, 5, 1)] == "queens_day"


def test_the_practical_last_day_of_2023_is_26_april(workdays):
    # 30 April 2023 was a Sunday, 28 April equated by decree, 27 April King's Day (design.md, section 3).
    assert workdays.on_or_before(date(2023, 4, 30)) == date(2023, 4, 26)
    reasons = [workdays.day_off(date(2023, 4, day)) for day in (30, 29, 28, 27, 26)]
    assert reasons == ["sunday", "saturday", "equated", "kings_day", None]


def test_liberation_day_and_ascension_can_fall_together():
    # Ascension Day of 2016 was 5 May; one of both codes, and no working day.
    assert recognised_holidays(2016)[date(2016, 5, 5)] in ("liberation_day", "ascension")


def test_equated_days_are_no_working_days(workdays):
    assert [day for day in EQUATED if workdays.is_working_day(day)] == []


def test_every_equated_day_falls_on_a_day_that_is_no_holiday_by_itself():
    # A decree makes a day off of one that was not; anything else would be a typing error in the table.
    assert [d for d in EQUATED if d.weekday() >= 5 or d in recognised_holidays(d.year)] == []


def test_decrees_are_known_to_2028_and_past_that_the_answer_is_not_certain(workdays):
    assert workdays.is_certain(date(2028, 4, 30))
    assert not workdays.is_certain(date(2029, 4, 30))
    assert not workdays.is_certain(date(2034, 4, 30))
    # The decrees of these years were not found (facts/README: 2011-2016 and 2020-2021 unknown).
    assert workdays.known_years.isdisjoint({2011, 2012, 2013, 2014, 2015, 2016, 2020, 2021})


@given(DAYS)
def test_the_nearest_working_day_is_a_working_day_and_none_lies_between(day):
    workdays = WorkCalendar.of(EQUATED)
    before, after = workdays.on_or_before(day), workdays.on_or_after(day)
    assert before <= day <= after
    assert workdays.is_working_day(before)
    assert workdays.is_working_day(after)
    between = [before + DAY * n for n in range(1, (after - before).days)]
    assert not any(map(workdays.is_working_day, between))
    if workdays.is_working_day(day):
        assert before == day == after


@given(DAYS, st.integers(-40, 40))
def test_adding_working_days_counts_them_one_by_one(day, count):
    workdays = WorkCalendar.of(EQUATED)
    found = workdays.add(day, count)
    low, high = (day + DAY, found) if count > 0 else (found, day - DAY)
    passed = [low + DAY * n for n in range((high - low).days + 1)]
    assert sum(map(workdays.is_working_day, passed)) == abs(count)
    assert found == day if count == 0 else workdays.is_working_day(found)


def test_the_day_itself_is_not_counted(workdays):
    # From Friday 1 March 2024: one working day on is Monday the 4th, one back is Thursday 29 February.
    assert workdays.add(date(2024, 3, 1), 1) == date(2024, 3, 4)
    assert workdays.add(date(2024, 3, 1), -1) == date(2024, 2, 29)


# --- school years


def test_a_school_year_runs_from_1_august_to_31_july():
    # WPO 1: "het tijdvak van 1 augustus tot en met 31 juli daaraanvolgend"
    assert SchoolYear(2026).period == Period(date(2026, 8, 1), date(2027, 7, 31))
    assert str(SchoolYear(2026)) == "2026-2027"


def test_31_july_and_1_august_lie_in_different_school_years():
    assert SchoolYear.on(date(2026, 7, 31)) == SchoolYear(2025)
    assert SchoolYear.on(date(2026, 8, 1)) == SchoolYear(2026)


@given(DAYS)
def test_every_day_lies_in_the_school_year_on_that_day(day):
    assert day in SchoolYear.on(day).period


def test_2022_2026_is_1_august_2022_to_31_july_2026():
    assert school_years(2022, 2026) == Period(date(2022, 8, 1), date(2026, 7, 31))
    assert school_years(2026, 2027) == SchoolYear(2026).period


@given(st.integers(2010, 2050), st.integers(1, 6))
def test_school_years_follow_each_other_without_a_gap(first, count):
    assert school_years(first, first + count).after == SchoolYear(first + count).period.first
