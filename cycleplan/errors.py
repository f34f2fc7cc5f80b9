"""What can be wrong, as values: a code with what belongs to it, never a sentence.

The sentences stand in ``wording``, in Dutch and in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning"]


class CycleplanError(Exception):
    """Something that cycleplan cannot answer, with a *code* and the values that explain it.

    Never raised with a ready sentence: ``wording.words.Words.error`` makes it, in the reader's language.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def nearest(word: str, known: Iterable[str], alike: float = 0.5) -> str | None:
    """The known word that looks most like *word*, or None if none is *alike* (0 to 1) enough."""
    from difflib import get_close_matches  # only who makes a mistake needs it

    by_lower = {k.lower(): k for k in known}
    found = get_close_matches(word.lower(), by_lower, 1, alike)
    return by_lower[found[0]] if found else None


class Place(NamedTuple):
    """Where something stands in a file: line and column, both counted from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """Something wrong or noteworthy in a file: where, how bad, which rule, and the values that explain it."""

    file: str
    place: Place
    level: Severity
    rule: str
    values: Mapping[str, Any] = MappingProxyType({})


def by_place(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order in which a reader of the file meets them."""
    return sorted(problems, key=lambda p: (p.place, p.rule))
