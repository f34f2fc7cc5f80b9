"""What ``timeline --format json``, ``explain`` and ``list`` answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cycleplan.alignment import Alignment
from cycleplan.daterules import Dated
from cycleplan.entries import Entry
from cycleplan.outputs.records.base import Record, formation, period, provisions
from cycleplan.region import Region
from cycleplan.timeline import Timeline
from cycleplan.wording.words import Words


def timeline(timeline: Timeline, alignment: Alignment, words: Words) -> Record:
    """What ``timeline --format json`` answers."""
    return {
        "region": alignment.region.id,
        "today": alignment.today,
        "horizon": period(alignment.horizon),
        "formation": formation(alignment.region.policy),
        "lanes": [
            {"id": lane.id, "kind": lane.kind, "name": lane.name, "beside": lane.beside, "then": lane.then}
            for lane in timeline.lanes
        ],
        "entries": [_entry(e, words) for e in timeline.entries],
    }


def _entry(e: Entry, words: Words) -> Record:
    return {
        "id": e.id,
        "lane": e.lane,
        "kind": e.kind,
        "first": e.first.day,
        "last": None if e.open_ended else e.last.day,
        "status": e.status,
        "certainty": e.values.get("level"),
        "counts": e.values.get("counts"),
        "recess_known": e.values.get("recess_known"),
        "verdict": e.values.get("verdict"),
        "basis": e.basis,
        "calendar": e.for_calendar,
        "title": words.entry(e),
        "text": words.entry(e),
    }


def explain(entry: Entry, words: Words) -> Record:
    """What ``explain`` answers: the trace of the first and of the last day."""
    return {
        "id": entry.id,
        "text": words.entry(entry),
        "status": entry.status,
        "first": _dated(entry.first, words),
        "last": None if entry.open_ended else _dated(entry.last, words),
        "provisions": provisions(entry.bases, words.law),
    }


def explain_ids(alignment: Alignment, timeline: Timeline) -> Record:
    """What ``explain`` answers without an id: the ids that it knows."""
    return {"region": alignment.region.id, "ids": [e.id for e in timeline.entries]}


def _dated(dated: Dated, words: Words) -> Record:
    return {
        "date": dated.day,
        "status": dated.status,
        "basis": dated.basis,
        "trace": [
            {"code": g.code, "date": g.day, "basis": g.basis, "text": text}
            for g, text in zip(dated.trace, words.trace(dated.trace), strict=True)
        ],
    }


def regions(found: Iterable[Region]) -> Mapping[str, Any]:
    """What ``list`` answers."""
    return {
        "regions": [
            {
                "id": r.id,
                "name": r.name,
                "municipalities": len(r.own_municipalities),
                "partnerships": len(r.partnerships),
            }
            for r in found
        ]
    }
