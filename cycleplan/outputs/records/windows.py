"""What ``windows`` answers."""

from __future__ import annotations

from collections.abc import Sequence

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.outputs.records.base import LEVELS, Record, period
from cycleplan.outputs.records.meetings import together
from cycleplan.timeline import window_id
from cycleplan.windows import Availability, Edge, Gap, Window
from cycleplan.wording.words import Words


def windows(alignment: Alignment, assessments: Sequence[Assessment], words: Words) -> Record:
    """What ``windows`` answers per plan: one entry per window and gap per level."""
    return {
        "region": alignment.region.id,
        "plans": [
            {
                "id": a.plan.id,
                "consultation": period(a.consultation),
                "recess_known": a.recess_known,
                "municipalities": list(a.municipalities),
                "windows": [_window(a.plan.id, w, words) for level in LEVELS for w in a.windows(level)],
                "gaps": [_gap(g) for level in LEVELS for g in a.gaps(level)],
                "nearest_earlier": period(a.nearest_earlier),
            }
            for a in assessments
        ],
        "together": together(alignment, [a.plan.id for a in assessments], words, _window),
    }


def horizon_windows(alignment: Alignment, owner: str, availability: Availability | None, words: Words) -> Record:
    """What ``windows --horizon`` answers; without municipalities there is no window and no gap."""
    horizon, least = alignment.horizon, alignment.region.policy.min_window_days
    windows = [w for level in LEVELS for w in availability.windows(horizon, level, least)] if availability else []
    gaps = [g for level in LEVELS for g in availability.gaps(horizon, level)] if availability else []
    return {
        "region": alignment.region.id,
        "owner": owner,
        "horizon": period(horizon),
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
