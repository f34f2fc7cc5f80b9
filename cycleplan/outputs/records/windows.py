"""What ``windows`` answers."""

from __future__ import annotations

from collections.abc import Sequence

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.cycles import Level
from cycleplan.entries import window_id
from cycleplan.outputs.records.base import LEVELS, Record, formation, formation_election, nearest_earlier, period
from cycleplan.outputs.records.meetings import together
from cycleplan.windows import Availability, Edge, Gap, Help, Presence, Window
from cycleplan.wording.words import Words


def windows(alignment: Alignment, assessments: Sequence[Assessment], words: Words) -> Record:
    """What ``windows`` answers per plan: one entry per window and gap per level."""
    return {
        "region": alignment.region.id,
        "formation": formation(alignment.region.policy),
        "plans": [
            {
                "id": a.plan.id,
                "consultation": period(a.consultation),
                "recess_known": a.recess_known,
                "municipalities": list(a.municipalities),
                "windows": [window(a.plan.id, w, words) for level in LEVELS for w in a.windows(level)],
                "gaps": [_gap(g) for level in LEVELS for g in a.gaps(level)],
                "profile": [_presence(p) for level in LEVELS for p in a.profile(level)],
                "helps_most": _help(a.biggest_help),
                "nearest_earlier": nearest_earlier(a),
            }
            for a in assessments
        ],
        "together": together(alignment, [a.plan.id for a in assessments], words, window),
    }


def horizon_windows(alignment: Alignment, owner: str, availability: Availability | None, words: Words) -> Record:
    """What ``windows --horizon`` answers; without municipalities there is no window and no gap."""
    horizon, least = alignment.horizon, alignment.region.policy.min_window_days
    windows = [w for level in LEVELS for w in availability.windows(horizon, level, least)] if availability else []
    gaps = [g for level in LEVELS for g in availability.gaps(horizon, level)] if availability else []
    profile = [p for level in LEVELS for p in availability.profile(horizon, level)] if availability else []
    elections = alignment.formations_of(availability) if availability else ()
    return {
        "region": alignment.region.id,
        "owner": owner,
        "horizon": period(horizon),
        "formation": {
            **formation(alignment.region.policy),
            "elections": [formation_election(f, words) for f in elections],
        },
        "recess_known": availability.recess_known(horizon) if availability else None,
        "windows": [window(owner, w, words, horizon=True) for w in windows],
        "gaps": [_gap(g) for g in gaps],
        "profile": [_presence(p) for p in profile],
        "helps_most": _help(availability.biggest_help(horizon, Level.LIKELY)) if availability else None,
    }


def window(owner: str, w: Window, words: Words, horizon: bool = False) -> Record:
    """One window; *owner* as in its id, *horizon* for one that is not of a plan."""
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


def _presence(p: Presence) -> Record:
    return {
        "first": p.period.first,
        "last": p.period.last,
        "certainty": p.level,
        "free": len(p.free),
        "of": p.of,
        "parties": list(p.free),
    }


def _help(h: Help | None) -> Record | None:
    if h is None:
        return None
    runs = [{"first": run.first, "last": run.last, "reason": reason} for run, reason in h.runs]
    return {"party": h.party, "days": h.days, "runs": runs}
