"""What a table of a page is made of."""

from __future__ import annotations

from typing import NamedTuple


class Cell(NamedTuple):
    """A text; the number of the *note* that explains it, its class; over how many *rows* it goes."""

    text: str
    note: int = 0
    style: str = ""
    rows: int = 1


class Row(NamedTuple):
    """Cells, the first of them the name of the row; *id* is what it tells about, *who* the parties concerned.

    *others* are the ids of what it tells about as well.
    """

    cells: tuple[Cell, ...]
    id: str = ""
    who: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Body(NamedTuple):
    """Rows that belong together, under one id."""

    id: str
    rows: tuple[Row, ...]
    who: tuple[str, ...] = ()


class Table(NamedTuple):
    """A table with its heads; one without rows is not shown."""

    id: str
    caption: str
    heads: tuple[str, ...]
    bodies: tuple[Body, ...]
