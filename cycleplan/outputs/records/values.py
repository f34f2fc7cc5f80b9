"""A value of somebody's JSON with its place in it, asked for as what it must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from typing import Any, NoReturn, TypeVar

from cycleplan.periods import Period
from cycleplan.region import KNOWN_STEPS, FactDate

LONGEST_TEXT = 20_000
_YEARS = range(1990, 2130)  # councils and plans reach beyond the days that a file can speak of
_HALF = re.compile("[\ud800-\udfff]")

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class WrongError(Exception):
    """What stands at a place is not what an answer has there."""


class Value:
    """A value with its place, asked for as what it must be."""

    def __init__(self, data: Any, place: str) -> None:
        self.data = data
        self.place = place

    def __getitem__(self, key: str) -> Value:
        inner = f"{self.place}.{key}".lstrip(".")
        if not isinstance(self.data, dict) or key not in self.data:
            raise WrongError(inner)
        return Value(self.data[key], inner)

    def get(self, key: str, read: Callable[[Value], T]) -> T | None:
        """What stands at *key*; None if the key is not there, or holds null."""
        if not isinstance(self.data, dict):
            raise WrongError(self.place)
        return None if self.data.get(key) is None else read(self[key])

    def or_none(self, read: Callable[[Value], T]) -> T | None:
        """What it is, or None if it is null."""
        return None if self.data is None else read(self)

    def __iter__(self) -> Iterator[Value]:
        if not isinstance(self.data, list):
            raise WrongError(self.place)
        return (Value(item, f"{self.place}[{i}]") for i, item in enumerate(self.data))

    def all(self, read: Callable[[Value], T]) -> tuple[T, ...]:
        """The items of a list."""
        return tuple(read(item) for item in self)

    def text(self) -> str:
        """A text of a sensible length."""
        return self.whole_text() if isinstance(self.data, str) and len(self.data) <= LONGEST_TEXT else self._wrong()

    def whole_text(self) -> str:
        """A text of any length, such as that of a file; half a character, which JSON can write, is none."""
        if not isinstance(self.data, str) or _HALF.search(self.data):
            self._wrong()
        return self.data

    def day(self) -> date:
        """A day."""
        return self.fact().day if len(self.text()) == len("2026-11-22") else self._wrong()

    def fact(self) -> FactDate:
        """A day, or a month where no more is known."""
        try:
            found = FactDate.read(self.text())
        except ValueError:
            return self._wrong()
        return found if found.day.year in _YEARS and len(self.text()) in (7, 10) else self._wrong()

    def number(self) -> int:
        """A whole number that can be a number of days."""
        right = isinstance(self.data, int) and not isinstance(self.data, bool) and 0 <= self.data <= 100_000
        return int(self.data) if right else self._wrong()

    def share(self) -> float:
        """A share of one."""
        right = isinstance(self.data, int | float) and not isinstance(self.data, bool) and 0 <= self.data <= 1
        return float(self.data) if right else self._wrong()

    def yes(self) -> bool:
        """Whether something is so."""
        return self.data if isinstance(self.data, bool) else self._wrong()

    def one_of(self, kind: type[E]) -> E:
        """One of the values of an enumeration."""
        try:
            return kind(self.text())
        except ValueError:
            return self._wrong()

    def known_step(self) -> str:
        """The name of a step that every region has."""
        return self.text() if self.text() in KNOWN_STEPS else self._wrong()

    def period(self) -> Period:
        """A first and a last day."""
        first, last = self["first"].day(), self["last"].day()
        return Period(first, last) if first <= last else self._wrong()

    def _wrong(self) -> NoReturn:
        raise WrongError(self.place)
