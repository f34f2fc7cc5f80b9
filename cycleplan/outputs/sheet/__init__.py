"""The timeline as an Excel workbook that a clerk can filter and print: an overview, three lists and a year grid."""

from __future__ import annotations

from cycleplan.alignment import Alignment
from cycleplan.errors import CycleplanError
from cycleplan.timeline import Timeline
from cycleplan.wording.words import Words


def render(timeline: Timeline, alignment: Alignment, words: Words) -> bytes:
    """The workbook (.xlsx) of *timeline*; the same timeline gives the same bytes.

    Raises CycleplanError ``needs-extra`` without XlsxWriter.
    """
    try:
        from cycleplan.outputs.sheet import book, grid, lists
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != "xlsxwriter":
            raise
        raise CycleplanError("needs-extra", extra="sheet", package="XlsxWriter") from None
    made = book.Book(alignment.region, words)
    lists.overview(made, timeline, alignment)
    lists.entries(made, timeline)
    lists.windows(made, timeline)
    lists.steps(made, alignment)
    grid.draw(made, timeline)
    return made.content()
