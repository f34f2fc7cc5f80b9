"""What ``diff`` answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from cycleplan.changes import Difference, Side
from cycleplan.differing import Because, Change, Days
from cycleplan.outputs.records.base import Record, period
from cycleplan.region import FactDate
from cycleplan.wording import changing
from cycleplan.wording.words import Words


def diff(difference: Difference, words: Words) -> Record:
    """The changes, by what they come from and by date, one entry each."""
    return {
        "old": _side(difference.old),
        "new": _side(difference.new),
        "today": difference.today,
        "horizon": period(difference.horizon),
        "rules": list(difference.rules),
        "same_file": difference.same_file,
        "notes": [{"code": n.code, "text": changing.note(n, difference, words)} for n in difference.notes],
        "changes": [
            _change(change, cause, words) for cause, changes in difference.changes.items() for change in changes
        ],
    }


def _side(side: Side) -> Record:
    return {"region": side.region, "file": side.file, "revised": side.revised, "saved": side.saved}


def _change(change: Change, cause: str, words: Words) -> Record:
    plan = change.values.get("plan")
    return {
        "cause": cause,
        "code": change.code,
        "date": change.date,
        "parties": list(change.parties),
        "ids": list(change.ids),
        "plan": plan.id if plan else None,
        "step": change.values.get("step"),
        "old": _plain(change.old),
        "new": _plain(change.new),
        "days": change.days,
        "because": [_because(because, words) for because in change.because],
        "text": changing.sentence(change, words),
    }


def _because(because: Because, words: Words) -> Record:
    old, new = (because.values.get(key) for key in ("old", "new"))
    return {"code": because.code, "old": _plain(old), "new": _plain(new), "text": changing.because_text(because, words)}


def _plain(value: Any) -> Any:
    if isinstance(value, Days):
        return value._asdict()
    if isinstance(value, FactDate):
        return str(value)
    return value if value is None or isinstance(value, str | int | float | date) else str(value)
