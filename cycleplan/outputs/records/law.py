"""What ``law`` answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cycleplan.law import Provision
from cycleplan.outputs.records.base import Record, provision
from cycleplan.uses import USES, use_of
from cycleplan.wording import legislation
from cycleplan.wording.words import Words


def law(provisions: Sequence[Provision], on: date, words: Words) -> Record:
    """The provisions that were asked for, with which of them are in force on the day."""
    return {
        "on": on,
        "in_force": [p.key for p in words.law.in_force(on) if p in provisions],
        "provisions": [_provision(p, on, words) for p in provisions],
        "versions": {"law": words.law.revised},
    }


def _provision(p: Provision, on: date, words: Words) -> Record:
    by = words.law.set_aside(p, on) if p.holds_on(on) else None
    key = use_of(p)
    return {
        **provision(words.law, p.key),
        "id": p.id,
        "sector": p.sector,
        "group": legislation.group(p),
        "gives": p.gives,
        "quote": p.quote,
        "valid_from": p.valid_from,
        "valid_to": p.valid_to,
        "set_aside_by": by.key if by else None,
        "confidence": p.confidence,
        "seen": p.seen,
        "reading": p.reading,
        "roll": p.roll,
        "rule": {"text": rule} if (rule := legislation.rule(p, words)) else None,
        "note": {"text": p.note[words.lang]} if p.note else None,
        "mind": {"text": mind} if (mind := legislation.mind(p, words)) else None,
        "used": {"for": key, "outputs": list(USES[key]) if key else [], "text": legislation.use(p, words)},
        "text": p.about[words.lang],
    }
