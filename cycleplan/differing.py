"""A change is one thing that differs, as a code with its values; and how what is the same on both sides is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Days(NamedTuple):
    """A run of days of which an end may not be known; both inclusive."""

    first: date | None
    last: date | None


class Because(NamedTuple):
    """Why something changed: a code and its values."""

    code: str
    values: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Change:
    """One thing that changed: what it was and is, and *days*, by how many it moved (negative: earlier).

    *date* is the day that it is about, None for what has no day. *old* and *new* are a day, ``Days``, a verdict, a
    status or a share; None where something appeared or went. Of several parties that change alike there is one.
    """

    code: str
    date: date | None
    parties: tuple[str, ...]
    ids: tuple[str, ...]
    old: Any = None
    new: Any = None
    days: int | None = None
    because: tuple[Because, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def moved(code: str, parties: tuple[str, ...], id: str, old: Any, new: Any, **more: Any) -> Change:
    """A change of a day, or of ``Days``: about the first of its days that is another now."""
    if not isinstance(old, Days):
        return Change(code, new, parties, (id,), old, new, (new - old).days, **more)
    for was, now in zip(old, new, strict=True):
        if was != now:
            days = (now - was).days if was and now else None
            return Change(code, now or was, parties, (id,), old, new, days, **more)
    raise ValueError("nothing moved")


Pair = tuple[T | None, T | None]


def pairs(
    olds: Iterable[T],
    news: Iterable[T],
    *keys: Callable[[T], Hashable],
    near: Callable[[T], tuple[Hashable, Days]] | None = None,
) -> list[Pair[T]]:
    """What is the same in *olds* and *news*, then what only one of them has.

    Two are the same if one of *keys* (the first before the second) is, and nothing else on either side has it; a key
    of None is no key. What is left goes by *near*, a group and its days: in a group the two that share most days.
    Turned round, the pairs are the same.
    """
    left, right = list(olds), list(news)
    found: list[Pair[T]] = []
    for key in keys:
        for mine, theirs in _alike(left, right, key):
            found.append((mine, theirs))
            left.remove(mine)
            right.remove(theirs)
    if near:
        for mine, theirs in _nearest(left, right, near):
            if mine in left and theirs in right:
                found.append((mine, theirs))
                left.remove(mine)
                right.remove(theirs)
    return [*found, *((one, None) for one in left), *((None, one) for one in right)]


def _alike(left: Sequence[T], right: Sequence[T], key: Callable[[T], Hashable]) -> list[tuple[T, T]]:
    by_key: list[dict[Hashable, list[T]]] = [defaultdict(list), defaultdict(list)]
    for side, group in zip((left, right), by_key, strict=True):
        for one in side:
            group[key(one)].append(one)
    mine, theirs = by_key
    return [
        (mine[k][0], theirs[k][0])
        for k in mine
        if k is not None and k in theirs and len(mine[k]) == 1 == len(theirs[k])
    ]


def _nearest(
    left: Sequence[T], right: Sequence[T], near: Callable[[T], tuple[Hashable, Days]]
) -> Iterator[tuple[T, T]]:
    found: list[tuple[tuple[object, ...], int, int]] = []
    for i, mine in enumerate(left):
        group, was = near(mine)
        for j, theirs in enumerate(right):
            other, now = near(theirs)
            first, last = zip(*(_ends(days) for days in (was, now)), strict=True)
            shared = min(last) - max(first)
            if group == other and shared >= timedelta(0):
                found.append(((-shared, max(first) - min(first), min(first), max(last)), i, j))
    chosen = [(left[i], right[j]) for _, i, j in sorted(found)]
    return iter(chosen)


def _ends(days: Days) -> tuple[date, date]:
    """The first and the last day; where an end is not known they go on."""
    return days.first or date.min, days.last or date.max
