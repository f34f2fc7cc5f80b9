"""The timeline as a table for other programs (CSV after RFC 4180): a row per entry, codes in English.

UTF-8 without a byte order mark, commas, CRLF, ISO days; ``last`` and ``days`` are empty where no end is known.
A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and the names in a region
file are of others. Such a cell gets an apostrophe before it (as OWASP advises); all else is as in the JSON.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from cycleplan.entries import Entry
from cycleplan.outputs.textpage import one_line
from cycleplan.timeline import Timeline
from cycleplan.wording.words import Words

COLUMNS = (
    "id", "lane", "party", "kind", "title", "first", "last", "days", "status", "certainty", "verdict", "counts",
    "basis", "article", "source",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the last four are full-width


def render(timeline: Timeline, words: Words) -> bytes:
    """The table, its titles in the language of *words*."""
    names = {lane.id: lane.name for lane in timeline.lanes}
    return write(COLUMNS, (_row(entry, names[entry.lane], words) for entry in timeline.entries))


def write(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A table of *rows* under the titles *columns*: every table that we give to a spreadsheet."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(map(_safe, row))
    return out.getvalue().encode()


def _row(e: Entry, party: str, words: Words) -> tuple[object, ...]:
    level, verdict, counts = (e.values.get(key) for key in ("level", "verdict", "counts"))
    last, days = ("", "") if e.open_ended else (e.last.day, e.period.days)
    told = (level or "", verdict or "", "" if counts is None else str(counts).lower())
    law = (e.basis or "", words.article(e.basis))
    return (
        e.id, e.lane, party, e.kind, words.entry(e), e.first.day, last, days, e.status.value, *told, *law,
        e.source or "",
    )  # fmt: skip


def _safe(value: object) -> str:
    """*value* on one line, and never a formula; a space or a tab before it hides nothing."""
    text = one_line(str(value)).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text
