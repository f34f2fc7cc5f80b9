"""What every record is made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from cycleplan.alignment import NextWindow
from cycleplan.assessment import Assessment
from cycleplan.cycles import Level
from cycleplan.formations import Formation
from cycleplan.law import Law
from cycleplan.periods import Period
from cycleplan.region import Policy
from cycleplan.wording.words import Words

Record = dict[str, Any]
LEVELS = (Level.CERTAIN, Level.LIKELY, Level.POSSIBLE)


class Source(NamedTuple):
    """The region file that an answer was made from: its name, fingerprint, and text unless that is held back."""

    file: str
    fingerprint: str
    text: str | None


def dumps(record: Any) -> str:
    """*record* as JSON text, keys in the order of the contract."""
    return json.dumps(record, ensure_ascii=False, indent=2, default=_plain) + "\n"


def encoded(record: Any) -> bytes:
    """The same as UTF-8, which JSON is wherever it goes (RFC 8259, section 8.1).

    What is no text, as the name of a file can be, is a question mark there.
    """
    return dumps(record).encode(errors="replace")


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)


def ratio(share: float | None) -> float | None:
    """A share with four decimals."""
    return None if share is None else round(share, 4)


def period(days: Period | None) -> Record | None:
    """First and last day, or null."""
    return {"first": days.first, "last": days.last} if days else None


def provisions(keys: Iterable[str | None], law: Law) -> list[Record]:
    """The provisions with these keys, each once, in the order of the law: article, source, and how it is known."""
    wanted = set(keys)
    return [provision(law, p.key) for p in law.provisions if p.key in wanted]


def provision(law: Law, key: str) -> Record:
    """One provision, as far as who meets it as a basis must know it."""
    p = law[key]
    return {"key": key, "article": p.article, "source": p.source, "evidence": p.evidence, "marks": list(law.marks(p))}


def bases(record: Any) -> Iterator[str | None]:
    """Every ``basis`` in a record."""
    if isinstance(record, dict):
        if "basis" in record:
            yield record["basis"]
        record = list(record.values())
    if isinstance(record, list):
        for part in record:
            yield from bases(part)


def next_window(window: NextWindow | None) -> Record | None:
    """What is left of the next window for everyone, or null."""
    if window is None:
        return None
    return {**(period(window.left) or {}), "days": window.left.days, "recess_known": window.recess_known}


def formation(policy: Policy) -> Record:
    """What the three levels rest on: the days that were given, by whom, and else the quantiles."""
    by = "command" if policy.formation_asked else "file"
    return {
        "given": list(policy.formation_days) if policy.formation_days else None,
        "given_by": by if policy.formation_days else None,
        "quantiles": list(policy.formation_quantiles),
    }


def formation_election(f: Formation, words: Words) -> Record:
    """By when all colleges are there after one election, per level the two bounds."""
    return {
        "elected": f.elected,
        "municipalities": len(f.municipalities),
        "estimated": len(f.estimated),
        **{level.value: bounds._asdict() for level, bounds in f.days.items()},
        "text": words.formation(f),
    }


def nearest_earlier(a: Assessment) -> Record | None:
    """If no window counts: the nearest earlier run, and how much earlier the draft must then be ready."""
    run = period(a.nearest_earlier)
    return {**run, "draft_weeks_earlier": a.draft_weeks_earlier} if run else None
