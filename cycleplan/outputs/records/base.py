"""What every record is made of."""

from __future__ import annotations

import json
from datetime import date
from enum import Enum
from typing import Any

from cycleplan.cycles import Level
from cycleplan.periods import Period

Record = dict[str, Any]
LEVELS = (Level.CERTAIN, Level.LIKELY, Level.POSSIBLE)


def dumps(record: Any) -> str:
    """*record* as JSON text, keys in the order of the contract."""
    return json.dumps(record, ensure_ascii=False, indent=2, default=_plain) + "\n"


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
