"""The five kinds of date rule that the law uses, and the trace that every computed day carries.

*On a day* (1 August), *before a day* ("vóór 1 mei": 30 April at the latest), *a weekday within a window*
(the Monday in 30 January to 5 February), *so long after an event* (the 44th day after nomination), and
*at most so long*. Whether a day that is no working day moves on is never assumed: each provision states its
``Roll``.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from cycleplan.periods import DAY
from cycleplan.workdays import WorkCalendar


class Status(StrEnum):
    """How sure a date is. A fact is as sure as its source says; what is computed is expected or assumed."""

    ACTUAL = "actual"
    PLANNED = "planned"
    EXPECTED = "expected"
    ASSUMED = "assumed"


class Ground(NamedTuple):
    """One step of a trace: what was used or done (a code with its values), the day that came out, the provision.

    *basis* is the key of a provision (``law.Provision.key``), if the step rests on one.
    """

    code: str
    day: date | None = None
    basis: str | None = None
    values: Mapping[str, Any] = MappingProxyType({})


Trace = tuple[Ground, ...]


class Dated(NamedTuple):
    """A day with its status and the trace that leads to it."""

    day: date
    status: Status
    trace: Trace = ()

    @property
    def basis(self) -> str | None:
        """The key of the provision that the day rests on last, or None."""
        return next((ground.basis for ground in reversed(self.trace) if ground.basis), None)


class Roll(StrEnum):
    """What happens to a day that is no working day."""

    NONE = "none"
    ATW = "atw"  # Algemene termijnenwet 1 lid 1: on to the next working day; forward terms only
    KIESWET = "kieswet"  # Kieswet Z 12: likewise, and for terms counted back as well

    def apply(self, day: date, workdays: WorkCalendar) -> date:
        """*day*, or the next working day where this rule moves it."""
        return day if self is Roll.NONE else workdays.on_or_after(day)


@dataclass(frozen=True)
class OnDay:
    """On a fixed day of the year."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The day in *year*."""
        return date(year, self.month, self.day)


@dataclass(frozen=True)
class BeforeDay:
    """Before a fixed day of the year: the last valid day is the day before, and it never moves forward."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The last valid day in *year*."""
        return date(year, self.month, self.day) - DAY


@dataclass(frozen=True)
class WeekdayWithin:
    """The one *weekday* (Monday is 0) within a window of seven days, which may differ in a leap year."""

    weekday: int
    first: tuple[int, int]
    last: tuple[int, int]
    leap_first: tuple[int, int] | None = None
    leap_last: tuple[int, int] | None = None

    def window(self, year: int) -> tuple[date, date]:
        """The first and the last day of the window in *year*."""
        leap = calendar.isleap(year) and self.leap_first and self.leap_last
        first, last = (self.leap_first, self.leap_last) if leap else (self.first, self.last)
        assert first
        assert last
        return date(year, *first), date(year, *last)

    def in_year(self, year: int) -> date:
        """The day in *year*. Raises ValueError if the weekday does not fall in the window."""
        first, last = self.window(year)
        day = first + timedelta(days=(self.weekday - first.weekday()) % 7)
        if day > last:
            raise ValueError(f"no such weekday from {first} to {last}")
        return day


@dataclass(frozen=True)
class After:
    """*count* units after an event (before it, if negative); the day of the event itself is not counted."""

    count: int
    unit: str  # days, weeks, months, years, working_days
    event: str = ""

    def from_day(self, day: date, workdays: WorkCalendar) -> date:
        """The day that lies so long after *day*; a month that is too short gives its last day."""
        if self.unit == "working_days":
            return workdays.add(day, self.count)
        if self.unit in ("days", "weeks"):
            return day + timedelta(**{self.unit: self.count})
        # Only months and years need it, and it costs a tenth of a start-up.
        from dateutil.relativedelta import relativedelta

        return day + (relativedelta(years=self.count) if self.unit == "years" else relativedelta(months=self.count))


def so_long_before(day: date, count: int, unit: str) -> date:
    """The day that lies *count* days, weeks, months or years before *day*; working days play no part."""
    return After(-count, unit).from_day(day, WorkCalendar(frozenset()))


@dataclass(frozen=True)
class AtMost:
    """Not longer than *count* units from an event."""

    count: int
    unit: str
    event: str = ""

    def until(self, day: date, workdays: WorkCalendar) -> date:
        """The last day that is not longer than so long after *day*."""
        return After(self.count, self.unit).from_day(day, workdays)


@dataclass(frozen=True)
class Order:
    """One step must have been done before another; the law counts no days. Not a date rule."""

    before: str
    after: str


DateRule = OnDay | BeforeDay | WeekdayWithin | After | AtMost
