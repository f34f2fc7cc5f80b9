"""Working days as the Algemene termijnenwet (Atw) has them, and the school year.

Not a working day: Saturday, Sunday, and the days that article 3 calls generally recognised holidays: New
Year's Day, Easter Monday, Whit Monday, both Christmas days, Ascension Day, the day on which the King's
birthday is kept, 5 May of every year (lid 1), Good Friday (lid 2), and the days that a royal decree equates
with them (lid 3). Such a decree follows no pattern: its days are data, known up to a certain year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import NamedTuple

from dateutil.easter import easter

from cycleplan.periods import DAY, Period


@cache
def recognised_holidays(year: int) -> dict[date, str]:
    """The holidays of Atw 3 lid 1 and 2 in *year*: day → code. Right from 1965 on."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "new_year",
        sunday - timedelta(days=2): "good_friday",
        sunday + DAY: "easter_monday",
        _kings_day(year): "kings_day" if year >= 2014 else "queens_day",
        date(year, 5, 5): "liberation_day",
        sunday + timedelta(days=39): "ascension",
        sunday + timedelta(days=50): "whit_monday",
        date(year, 12, 25): "christmas",
        date(year, 12, 26): "boxing_day",
    }


def _kings_day(year: int) -> date:
    # 27 April since 2014, 30 April before. On a Sunday: kept the day before (until 1980 the day after).
    day = date(year, 4, 27 if year >= 2014 else 30)
    if day.weekday() == 6:
        return day - DAY if year >= 1980 else day + DAY
    return day


@dataclass(frozen=True)
class WorkCalendar:
    """Knows working days, given the days equated by decree (Atw 3 lid 3).

    The decrees are known for the years in which such a day is known; in another year a day counts as a
    working day although a decree may equate it, and ``is_certain`` says so.
    """

    equated: frozenset[date]

    @classmethod
    def of(cls, equated: Iterable[date]) -> WorkCalendar:
        """A calendar with these equated days."""
        return cls(frozenset(equated))

    @cached_property
    def known_years(self) -> frozenset[int]:
        """The years of which the decree is known."""
        return frozenset(day.year for day in self.equated)

    def day_off(self, day: date) -> str | None:
        """Why *day* is no working day, as a code, or None if it is one."""
        if day.weekday() >= 5:
            return "saturday" if day.weekday() == 5 else "sunday"
        if day in self.equated:
            return "equated"
        return recognised_holidays(day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        """Whether *day* is neither Saturday, Sunday nor a recognised holiday."""
        return self.day_off(day) is None

    def is_certain(self, day: date) -> bool:
        """Whether the decree on equated days is known for the year of *day*."""
        return day.year in self.known_years

    def on_or_before(self, day: date) -> date:
        """The last working day up to and including *day*."""
        while not self.is_working_day(day):
            day -= DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The first working day from *day* on, *day* included."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The *count*-th working day after *day* (before it, if negative); *day* itself is not counted."""
        step = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day


class SchoolYear(NamedTuple):
    """A school year: 1 August of *start* up to and including 31 July (WPO 1, WVO 2020 1.1)."""

    start: int

    @classmethod
    def on(cls, day: date) -> SchoolYear:
        """The school year in which *day* lies."""
        return cls(day.year if day.month >= 8 else day.year - 1)

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(date(self.start, 8, 1), date(self.start + 1, 7, 31))

    def __str__(self) -> str:
        return f"{self.start}-{self.start + 1}"


def school_years(first: int, last: int) -> Period:
    """The days of the school years from *first* to *last*, as in "2022-2026" (1 August to 31 July)."""
    return Period(SchoolYear(first).period.first, SchoolYear(last - 1).period.last)
