"""Records: the answers as JSON, by the contract in docs/json.md.

Enums are English codes whatever the language; only ``message`` and ``text`` are in it. Days are ISO, ratios
have four decimals. More keys may be added, none is taken away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.cycles import CouncilTerm, Level
from cycleplan.daterules import Dated
from cycleplan.errors import Problem
from cycleplan.overlap import Overlap
from cycleplan.periods import Period
from cycleplan.region import Agreement, Region
from cycleplan.timeline import Entry, Timeline, window_id
from cycleplan.windows import Availability, Edge, Gap, Window
from cycleplan.wording.words import Words

Record = dict[str, Any]
_LEVELS = (Level.CERTAIN, Level.LIKELY, Level.POSSIBLE)


def dumps(record: Any) -> str:
    """*record* as JSON text, keys in the order of the contract."""
    return json.dumps(record, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)


def _ratio(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _period(period: Period | None) -> Record | None:
    return {"first": period.first, "last": period.last} if period else None


def problem(problem: Problem, words: Words) -> Record:
    """One problem."""
    return {
        "file": problem.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "level": problem.level,
        "message": words.problem(problem),
        "rule": problem.rule,
    }


def check(
    region: Region | None, today: date, problems: Iterable[Problem], words: Words, alignment: Alignment | None
) -> Record:
    """What ``check`` answers; without an alignment (a file with errors) only the problems."""
    record: Record = {
        "region": region.id if region else None,
        "today": today,
        "horizon": _period(alignment.horizon) if alignment else None,
        "problems": [problem(p, words) for p in problems],
    }
    if alignment is None:
        return record
    record["next"] = [
        {
            "date": t.date,
            "who": ", ".join(t.who),
            "what": t.what,
            "basis": t.basis,
            "status": t.status,
            "plan": t.plan,
            "text": words.task(t, whole=True),
        }
        for t in alignment.next
    ]
    record["councils"] = [_council(alignment, term) for term in alignment.councils]
    record["plans"] = [_plan(a, words, alignment.today) for a in alignment.assessments]
    record["unknown_plans"] = [
        {"owner": u.owner, "kind": u.kind, "last_known": u.last_known, "text": words.unknown_plan(u)}
        for u in alignment.unknown_plans
    ]
    record["overlaps"] = [_overlap(o, alignment) for o in alignment.overlaps]
    record["agreements"] = [_agreement(a) for a in alignment.region.agreements]
    record["versions"] = versions(alignment)
    return record


def _agreement(a: Agreement) -> Record:
    return {
        "name": a.name,
        "parties": list(a.parties),
        "first": a.first.day if a.first else None,
        "last": a.last.day if a.last else None,
        "adopted": {code: fact.day if fact else None for code, fact in a.adopted.items()},
        "agreed": list(a.agreed),
        "open": list(a.open),
        "status": a.status,
        "source": a.source,
    }


def versions(alignment: Alignment) -> Record:
    """What the answer rests on: the day of the file's last edit and of the law's."""
    return {"data": alignment.region.revised, "law": alignment.law.revised}


def _council(alignment: Alignment, term: CouncilTerm) -> Record:
    e = term.election
    days = {level: alignment.cycles.college(e, level).day for level in _LEVELS}
    return {
        "id": e.id,
        "municipality": e.municipality,
        "nominated": e.nominated.day,
        "elected": e.elected.day,
        "first": term.period.first,
        "last": term.period.last,
        "status": e.elected.status,
        "college_formed": {
            "possible": days[Level.POSSIBLE],
            "likely": days[Level.LIKELY],
            "certain": days[Level.CERTAIN],
            "observed": e.formed.day if e.formed and e.observed else None,
            "status": e.formed.status if e.formed else None,
        },
        "falls": [{"fell": f.fell.day, "college_formed": f.next.day} for f in e.falls],
        "successor_of_merger": e.merger,
    }


def _plan(a: Assessment, words: Words, today: date) -> Record:
    plan, schedule = a.plan, a.schedule
    deadline = schedule.deadline if schedule else None
    likely, certain = a.windows(Level.LIKELY), a.windows(Level.CERTAIN)
    return {
        "id": plan.id,
        "owner": plan.owner,
        "kind": plan.kind.id,
        "name": plan.name,
        "first": plan.first.day,
        "last": plan.last.day if plan.last else None,
        "status": plan.status,
        "source": plan.source,
        "deadline": {
            "last_day": deadline.day,
            "last_working_day": schedule.last_working_day,
            "last_working_day_certain": schedule.last_working_day_certain,
            "basis": deadline.basis,
        }
        if deadline and schedule
        else None,
        "steps": [
            {
                "step": s.name,
                "earliest": s.earliest.day,
                "latest": s.latest.day,
                "status": s.status,
                "basis": s.basis,
            }
            for s in (schedule.steps.values() if schedule else ())
        ],
        "consultation": _period(a.consultation),
        "decisions": [{"date": d.day, "status": d.dated.status} for d in a.decisions],
        "verdict": a.verdict,
        "reasons": [{"code": r.code, "text": words.reason(r)} for r in a.reasons],
        "text": words.plan_sentence(a, today),
        "coverage": {"mean": _ratio(a.coverage_mean), "lowest": _ratio(a.coverage_lowest)},
        "windows": {
            "likely": sum(w.counts for w in likely),
            "certain": sum(w.counts for w in certain),
            "longest_likely_days": a.longest_likely_days,
        },
        "nearest_earlier": _period(a.nearest_earlier),
        "recess_known": a.recess_known,
        "advised_weeks": [_period(week) for week in a.advised_weeks],
        "municipalities": [
            {
                "code": m.code,
                "coverage": _ratio(m.coverage),
                "lag_months": m.lag_months,
                "standstill_days": m.standstill_days,
                "elections_inside": m.elections_inside,
                "relation": m.most_shared.relation if m.most_shared else None,
                "overlap_days": m.most_shared.days if m.most_shared else None,
                "overlap_share": _ratio(m.most_shared.share_a) if m.most_shared else None,
            }
            for m in a.per_municipality
        ],
    }


def _overlap(o: Overlap, alignment: Alignment) -> Record:
    return {
        "a": o.a,
        "b": o.b,
        "days": o.days,
        "share_a": _ratio(o.share_a),
        "share_b": _ratio(o.share_b),
        "jaccard": _ratio(o.jaccard),
        "start_months_apart": o.start_months_apart,
        "relation": o.relation,
        "parallel": alignment.is_parallel(o),
    }


# --- windows


def windows(alignment: Alignment, assessments: Iterable[Assessment], words: Words) -> Record:
    """What ``windows`` answers per plan: one entry per window and gap per level."""
    return {
        "region": alignment.region.id,
        "plans": [
            {
                "id": a.plan.id,
                "consultation": _period(a.consultation),
                "recess_known": a.recess_known,
                "municipalities": list(a.municipalities),
                "windows": [_window(a.plan.id, w, words) for level in _LEVELS for w in a.windows(level)],
                "gaps": [_gap(g) for level in _LEVELS for g in a.gaps(level)],
                "nearest_earlier": _period(a.nearest_earlier),
            }
            for a in assessments
        ],
    }


def horizon_windows(alignment: Alignment, owner: str, availability: Availability | None, words: Words) -> Record:
    """What ``windows --horizon`` answers; without municipalities there is no window and no gap."""
    horizon, least = alignment.horizon, alignment.region.policy.min_window_days
    windows = [w for level in _LEVELS for w in availability.windows(horizon, level, least)] if availability else []
    gaps = [g for level in _LEVELS for g in availability.gaps(horizon, level)] if availability else []
    return {
        "region": alignment.region.id,
        "owner": owner,
        "horizon": _period(horizon),
        "recess_known": availability.recess_known(horizon) if availability else None,
        "windows": [_window(owner, w, words, horizon=True) for w in windows],
        "gaps": [_gap(g) for g in gaps],
    }


def _window(owner: str, w: Window, words: Words, horizon: bool = False) -> Record:
    return {
        "id": window_id(owner, w),
        "first": w.period.first,
        "last": w.period.last,
        "days": w.period.days,
        "certainty": w.level,
        "counts": w.counts,
        "opens": _edge(w.opens, words, True, horizon),
        "closes": _edge(w.closes, words, False, horizon),
    }


def _edge(edge: Edge, words: Words, opening: bool, horizon: bool) -> Record:
    return {
        "code": edge.code,
        "party": edge.parties[0] if edge.parties else None,
        "parties": list(edge.parties),
        "text": words.edge(edge, opening, horizon),
    }


def _gap(g: Gap) -> Record:
    return {
        "first": g.period.first,
        "last": g.period.last,
        "certainty": g.level,
        "blockers": [{"party": b.party, "reason": b.reason} for b in g.blockers],
    }


# --- timeline, explain, list


def timeline(timeline: Timeline, alignment: Alignment, words: Words) -> Record:
    """What ``timeline --format json`` answers."""
    return {
        "region": alignment.region.id,
        "today": alignment.today,
        "horizon": _period(alignment.horizon),
        "lanes": [{"id": lane.id, "kind": lane.kind, "name": lane.name} for lane in timeline.lanes],
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
        "basis": e.last.basis,
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
