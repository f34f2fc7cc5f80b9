"""A period is a run of whole days, from its first day up to and including its last.

People say "1 augustus 2027 t/m 31 juli 2031", and so does everything in the engine. The exclusive end (the
day after the last) exists only where a format asks for it, by way of ``Period.after``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """A closed run of days. Raises ValueError if *last* lies before *first*."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it starts ({self.first})")

    @property
    def days(self) -> int:
        """The number of days, both ends counted."""
        return (self.last - self.first).days + 1

    @property
    def after(self) -> date:
        """The day after the last: the exclusive end that iCalendar (RFC 5545, DTEND) and drawings want."""
        return self.last + DAY

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(self.days))

    def __and__(self, other: Period) -> Period | None:
        """The days in both, or None if there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def shared_days(self, other: Period) -> int:
        """The number of days in both."""
        both = self & other
        return both.days if both else 0


def months_between(earlier: date, later: date) -> int:
    """Whole months from *earlier* to *later*, negative if *later* comes first.

    The last day of a short month completes it: 31 January to 28 February is one month.
    """
    if later < earlier:
        return -months_between(later, earlier)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    is_month_end = (later + DAY).day == 1
    return months - 1 if later.day < earlier.day and not is_month_end else months


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - DAY


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
