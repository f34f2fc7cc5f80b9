"""What a drawing is made of: marks, items that somebody can point at, lanes. All in the unit of the picture: pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cycleplan.periods import DAY, Period

SIZE, SMALL = 12.0, 11.0  # how high letters are
BAR, GAP = 24, 4  # how high a bar is, and the room under it; 24 is the least that a finger hits (WCAG 2.2, 2.5.8)
NAMES = 176  # how wide the names of the lanes are
_DAYS_IN_YEAR = 365.25


class Mark(NamedTuple):
    """A path (*d*), a symbol (*ref*) or a text at a place; *style* is its class, *grow* how it is made higher."""

    style: str
    d: str = ""
    ref: str = ""
    text: str = ""
    x: str = ""
    y: str = ""
    grow: str = ""


class Item(NamedTuple):
    """What somebody can point at: its marks, its whole text, and the id of what tells more.

    *room* is where it can be pointed at beside its marks.
    """

    target: str
    title: str
    marks: tuple[Mark, ...]
    room: str = ""


@dataclass
class Strip:
    """The drawing of one lane, or of a heading or an axis between lanes. *back* lies under everything."""

    id: str
    kind: str  # axis, group, partnership, region, municipality
    name: tuple[str, ...]
    height: float = 0
    top: float = 0
    beside: tuple[str, ...] = ()
    back: list[Mark] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def at(self) -> str:
        """Where it begins, from above."""
        return number(self.top)

    @property
    def high(self) -> str:
        """How high it is."""
        return number(self.height)

    @property
    def styles(self) -> tuple[str, ...]:
        """The class of each line of its name; what follows the first is quiet, where the name does not go on."""
        first = {"axis": "q", "group": "h"}.get(self.kind, "b")
        return (first, *("b" if self.kind == "municipality" else "q" for _ in self.name[1:]))

    @property
    def first_line(self) -> float:
        """Where the first line of its name stands."""
        return self.height - 28 if self.kind == "axis" else 17 if self.kind == "group" else 21

    @property
    def line(self) -> int:
        """How far one line of its name is from the next."""
        return 20 if self.kind == "axis" else 14


@dataclass(frozen=True)
class Scale:
    """From days to places: *period* is drawn at so many pixels a *year*."""

    period: Period
    year: float

    def x(self, day: date) -> float:
        """Where a day begins; what lies outside the picture lies just outside it."""
        place = (day - self.period.first).days * self.year / _DAYS_IN_YEAR
        return min(max(place, -BAR), self.width + BAR)

    @property
    def width(self) -> float:
        """How wide the picture is, without the names."""
        return self.period.days * self.year / _DAYS_IN_YEAR

    def span(self, days: Period) -> tuple[float, float]:
        """Where a run of days begins and ends."""
        return self.x(days.first), self.x(days.last + DAY)

    def room(self, days: Period) -> tuple[float, float]:
        """The same, as far as it is in the picture."""
        begin, end = self.span(days)
        return max(begin, 0), min(end, self.width)


def number(value: float) -> str:
    """A number as it stands in a drawing: one decimal, no more than it takes."""
    return f"{value:.1f}".removesuffix(".0")


def box(begin: float, end: float, top: float, height: float) -> str:
    """The path of a rectangle."""
    wide, high = number(end - begin), number(height)
    return f"M{number(begin)} {number(top)}h{wide}v{high}h-{wide}z"


def label(style: str, text: str, x: float, baseline: float) -> Mark:
    """A text whose first letter stands at *x*."""
    return Mark(style, text=text, x=number(x), y=number(baseline))


def symbol(ref: str, x: float, middle: float, style: str = "") -> Mark:
    """A symbol around a place."""
    return Mark(style, ref=ref, x=number(x), y=number(middle))
