"""Tables for other programs (CSV after RFC 4180), codes in English; the timeline as one: a row per entry.

UTF-8 without a byte order mark, commas, CRLF, ISO days; ``last`` and ``days`` are empty where no end is known.
A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and the names in a region
file are of others. Such a cell gets an apostrophe before it (as OWASP advises); all else is as in the JSON.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from cycleplan.elections import ELECTION_EVERY
from cycleplan.entries import Entry
from cycleplan.outputs.records.base import Record
from cycleplan.outputs.textpage import one_line
from cycleplan.timeline import Timeline
from cycleplan.wording.words import Words

COLUMNS = (
    "id", "lane", "party", "kind", "title", "first", "last", "days", "status", "certainty", "verdict", "counts",
    "basis", "article", "source",
)  # fmt: skip
# The columns of a partnership: its own, then those of what belongs to it, named after both: ``known_first``.
_OWN = (
    "code", "name", "sector", "national", "municipalities", "in_part", "vintage", "state", "deadline", "best_start",
)  # fmt: skip
_PLAN = ("first", "last", "status", "verdict", "coverage", "last_day", "window_counts")
_PARTS = (
    ("known", ("first", "last", "status", "source")),
    ("running", _PLAN),
    ("next", _PLAN),
    ("window", ("first", "last", "days", "recess_known")),
    *((f"rhythm_{number}", _PLAN) for number in range(1, ELECTION_EVERY + 1)),
    ("reason", ("code",)),
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the last four are full-width


def render(timeline: Timeline, words: Words) -> bytes:
    """The table, its titles in the language of *words*."""
    names = {lane.id: lane.name for lane in timeline.lanes}
    return write(COLUMNS, (_row(entry, names[entry.lane], words) for entry in timeline.entries))


def partnerships(found: Iterable[Record]) -> bytes:
    """The partnerships of an atlas, each as in its JSON: a row each."""
    columns = (*_OWN, *(f"{part}_{key}" for part, keys in _PARTS for key in keys))
    return write(columns, map(_partnership, found))


def _partnership(p: Record) -> Iterator[object]:
    parts = {**p, **{f"rhythm_{number}": rhythm for number, rhythm in enumerate(p["rhythms"], 1)}}
    yield from (p[key] for key in _OWN)
    for part, keys in _PARTS:
        yield from (parts[part][key] if parts[part] else None for key in keys)


def write(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """*rows* under the names of their *columns*; None is empty, true and false as in JSON."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(map(_safe, row) for row in rows)
    return out.getvalue().encode()


def _row(e: Entry, party: str, words: Words) -> tuple[object, ...]:
    level, verdict, counts = (e.values.get(key) for key in ("level", "verdict", "counts"))
    last, days = (None, None) if e.open_ended else (e.last.day, e.period.days)
    return (
        e.id, e.lane, party, e.kind, words.entry(e), e.first.day, last, days, e.status.value, level, verdict, counts,
        e.basis, words.article(e.basis), e.source,
    )  # fmt: skip


def _safe(value: object) -> str:
    """*value* on one line, and never a formula; a space or a tab before it hides nothing."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = one_line(str(value)).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text
