"""What can be wrong, as values: a code with what belongs to it, never a sentence.

The sentences stand in ``wording``, in Dutch and in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Level = Literal["error", "warning"]


class CycleplanError(Exception):
    """Something that cycleplan cannot answer, with a *code* and the values that explain it.

    Never raised with a ready sentence: ``wording.error_text`` makes it, in the reader's language.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a file: line and column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Problem:
    """Something wrong or noteworthy in a file: where, how bad, which rule, and the values that explain it."""

    file: str
    place: Place
    level: Level
    rule: str
    values: Mapping[str, Any] = field(default_factory=dict)
