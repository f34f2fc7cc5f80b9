"""A formation is the time from polling day to the college; here, by when every college of an area is there.

An area waits for the slowest. If formations did not depend on each other, all *k* are there with the chance p
at the quantile p ** (1 / k); if they depended on each other wholly, at p. The truth lies between: a range,
and never a sum of worst cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from cycleplan.cycles import BY_TIME, Cycles, Level
from cycleplan.periods import Period
from cycleplan.windows import Availability


class Bounds(NamedTuple):
    """The day by which all colleges are there, if formations depend on each other wholly, and if not at all."""

    dependent: date
    independent: date


class Formation(NamedTuple):
    """The colleges of an area after one polling day; *estimated* are those whose day is not known.

    Where all are known, or their days are given, there is no spread: both bounds are the same day.
    """

    elected: date
    municipalities: tuple[str, ...]
    estimated: tuple[str, ...]
    days: Mapping[Level, Bounds]

    @property
    def has_spread(self) -> bool:
        """Whether at some level the two bounds differ."""
        return any(bounds.dependent != bounds.independent for bounds in self.days.values())


def formations(cycles: Cycles, area: Availability, today: date, horizon: Period) -> tuple[Formation, ...]:
    """The formations after polling days up to the end of *horizon* that may not be over, by polling day."""
    since = max(today, horizon.first)
    found = (formation(cycles, area, elected) for elected in sorted(area.polls) if elected <= horizon.last)
    return tuple(f for f in found if since <= max(f.elected, f.days[Level.CERTAIN].independent))


def formation(cycles: Cycles, area: Availability, elected: date) -> Formation:
    """By when all colleges of *area* are there after the polling day *elected*, of which it must have an election."""
    elections = area.polls[elected]
    estimated = tuple(e.municipality for e in elections if e.formed is None)

    def all_there(level: Level, together: int) -> date:
        return max(cycles.college(e, level, together).day for e in elections)

    days = {level: Bounds(all_there(level, 1), all_there(level, len(estimated) or 1)) for level in BY_TIME}
    return Formation(elected, tuple(e.municipality for e in elections), estimated, days)
