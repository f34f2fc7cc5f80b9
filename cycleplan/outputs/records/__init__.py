"""Records: the answers as JSON, by the contract in docs/json.md.

Enums are English codes whatever the language; only ``message`` and ``text`` are in it. Days are ISO, ratios
have four decimals. More keys may be added, none is taken away.
"""

from cycleplan.outputs.records.base import Record, Source, dumps, encoded
from cycleplan.outputs.records.check import check, problem, versions
from cycleplan.outputs.records.timeline import explain, explain_ids, regions, timeline
from cycleplan.outputs.records.windows import horizon_windows, windows

__all__ = [
    "Record", "Source", "check", "dumps", "encoded", "explain", "explain_ids", "horizon_windows", "problem", "regions",
    "timeline", "versions", "windows",
]  # fmt: skip
