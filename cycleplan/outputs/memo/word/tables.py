"""The tables of the Word form: how wide their columns are, and what their rows are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from cycleplan.outputs.memo.word.xml import el

_LETTER = 135  # twentieths of a point: what a letter of 11 points takes in a word with capitals, or in bold
_PADDING = 240
_MOST = 40  # letters: a longer text is broken over lines, so it asks for no more room
_FIRST = 2800  # 4.9 cm, for what the lines of the head are called


def widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The widths of columns with those texts, that fill *width*: as to their texts, none below its longest word."""
    columns = list(zip(*rows, strict=True))
    least = [max(len(word) for text in column for word in (*re.split(r"[\s/-]", text), "")) for column in columns]
    asked = [max(min(max(map(len, column)), _MOST), 4) for column in columns]
    least = [word * _LETTER + _PADDING for word in least]
    spare = width - sum(least)
    if spare < 0:  # the longest words do not fit side by side: share what there is
        least, spare = [0] * len(columns), width
    more = [max(1, letters * _LETTER + _PADDING - low) for letters, low in zip(asked, least, strict=True)]
    found = [low + spare * part // sum(more) for low, part in zip(least, more, strict=True)]
    found[-1] += width - sum(found)
    return found


def head_widths(width: int) -> list[int]:
    """The widths of the two columns of a head."""
    first = min(_FIRST, width // 3)
    return [first, width - first]


def begin(style: str, widths: Iterable[int]) -> Any:
    """A table without rows."""
    return el("tbl", el("tblPr", el("tblStyle", val=style)), el("tblGrid", *(el("gridCol", w=w) for w in widths)))


def properties(caption: str, width: int, left: int, head: bool) -> list[Any]:
    """What a table says of itself, after its style; *caption* is also what is read out to who cannot see it."""
    found = [el("tblW", w=width, type="dxa")]
    if left:
        found.append(el("tblInd", w=left, type="dxa"))
    found.append(el("tblLayout", type="fixed"))
    parts = {"firstRow": int(not head), "firstColumn": int(head), "lastRow": 0, "lastColumn": 0}
    found.append(el("tblLook", val="0680" if head else "0620", **parts, noHBand=1, noVBand=1))
    if caption:
        found.append(el("tblCaption", val=caption))
    return found


def row(cells: Iterable[tuple[Any, int]], header: bool) -> Any:
    """A row of paragraphs with their widths; it is not broken over pages, and a header is repeated on each."""
    found = el("tr", el("trPr", el("cantSplit"), *([el("tblHeader")] if header else [])))
    for paragraph, width in cells:
        found.append(el("tc", el("tcPr", el("tcW", w=width, type="dxa")), paragraph))
    return found


def in_cell(aligned: str, header: bool) -> list[Any]:
    """The properties of a paragraph in a cell."""
    found = [el("keepNext")] if header else []
    found.append(el("spacing", before=40, after=40))
    return [*found, el("jc", val=aligned)] if aligned in ("right", "center") else found
