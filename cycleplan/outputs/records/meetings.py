"""What ``windows`` answers about two OOGOs together."""

from __future__ import annotations

from collections.abc import Callable, Collection

from cycleplan.alignment import Alignment
from cycleplan.outputs.records.base import Record
from cycleplan.windows import Window
from cycleplan.wording.words import Words


def together(
    alignment: Alignment, plans: Collection[str], words: Words, window: Callable[[str, Window, Words], Record]
) -> list[Record]:
    """Whether one meeting can serve the OOGOs about two plans, one of them of *plans* (ids)."""
    return [
        {
            "a": m.a.plan.id,
            "b": m.b.plan.id,
            "next": m.is_next,
            "first": m.common.first if m.common else None,
            "last": m.common.last if m.common else None,
            "apart_days": m.apart,
            "municipalities": list(m.municipalities),
            "windows": [window(m.id, w, words) for w in m.windows],
            "possible": m.possible,
            "text": words.meeting(m),
        }
        for m in alignment.meetings
        if {m.a.plan.id, m.b.plan.id} & set(plans)
    ]
