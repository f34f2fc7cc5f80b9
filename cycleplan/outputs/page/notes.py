"""The notes of a page: how each date came about, a step a note, each with the note that it goes on from."""

from __future__ import annotations

from typing import NamedTuple

from cycleplan.daterules import Dated
from cycleplan.wording.words import Words


class Note(NamedTuple):
    """A step of a trace as a sentence, and the number of the note *before* it; 0 if it is the first."""

    text: str
    before: int


class Notes:
    """The traces that a page refers to. Dates that came about alike share their notes, as far as they did."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._numbers: dict[Note, int] = {}

    def refer(self, dated: Dated) -> int:
        """The number of the last note that explains a day; 0 if there is nothing to explain."""
        number = 0
        for sentence in self._words.trace(dated.trace):
            number = self._numbers.setdefault(Note(sentence, number), len(self._numbers) + 1)
        return number

    def source(self, text: str) -> int:
        """The number of the note that names a source."""
        return self._numbers.setdefault(Note(text, 0), len(self._numbers) + 1)

    @property
    def all(self) -> tuple[Note, ...]:
        """The notes, by number."""
        return tuple(self._numbers)
