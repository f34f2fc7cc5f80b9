"""What ``check`` answers about elections: what carries over them, and what could be done."""

from __future__ import annotations

from cycleplan.alignment import Alignment
from cycleplan.continuity import Continuity, Milestone, NotCarrying, Standing
from cycleplan.outputs.records.base import Record, period
from cycleplan.wording.words import Words


def continuity(alignment: Alignment, words: Words) -> list[Record]:
    """One entry per coming standstill and municipality."""
    return [_continuity(c, words) for c in alignment.continuity]


def _continuity(c: Continuity, words: Words) -> Record:
    return {
        "elected": c.elected,
        "municipality": c.municipality,
        "cause": c.standstill.cause,
        "standstill": period(c.standstill.period),
        "status": c.standstill.ends.status,
        "uncovered_days": c.uncovered_days,
        "agreements": [
            {
                "name": a.agreement.name,
                "first": a.agreement.first.day if a.agreement.first else None,
                "last": a.agreement.last.day if a.agreement.last else None,
                "covers": "whole" if a.whole else "part",
                "days": a.days,
            }
            for a in c.carrying
        ],
        "not_covering": [_not_covering(n, c.municipality, words) for n in c.not_carrying],
        "text": words.continuity(c),
    }


def _not_covering(n: NotCarrying, municipality: str, words: Words) -> Record:
    text = words.standing(Standing(n.agreement, n.reason, n.parties, (municipality,)))
    return {"name": n.agreement.name, "reason": n.reason, "parties": list(n.parties), "text": text}


def milestones(alignment: Alignment, words: Words) -> list[Record]:
    """The suggestions per agreement and coming election."""
    return [_milestone(m, words) for m in alignment.milestones]


def _milestone(m: Milestone, words: Words) -> Record:
    return {
        "id": m.id,
        "agreement": m.agreement.name,
        "what": m.what,
        "elected": m.elected,
        "date": m.dated.day,
        "status": m.dated.status,
        "text": words.milestone(m),
    }
