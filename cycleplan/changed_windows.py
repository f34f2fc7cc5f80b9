"""What changed of windows, of a plan or of the whole region, and who or what makes the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cycleplan.differing import Because, Change, Days, moved, pairs
from cycleplan.periods import Period
from cycleplan.snapshot import KeptPlan, KeptWindow, Snapshot
from cycleplan.steps import OOGO
from cycleplan.windows import Gap

Gaps = tuple[Gap, ...]

# What a window was, or is, on the side where it does not count: too short, outside the consultation period, held up,
# or part of another one.
_GAINED = ("was_short", "was_outside", "was_held", "was_part")
_LOST = ("short", "outside", "held", "now_part")


def window_changes(
    olds: tuple[KeptWindow, ...] | None,
    news: tuple[KeptWindow, ...] | None,
    old: Snapshot,
    new: Snapshot,
    before: KeptPlan | None = None,
    after: KeptPlan | None = None,
) -> Iterator[Change]:
    """What changed of the windows that count, of a plan or else of the whole region; nothing if one does not tell."""
    if olds is None or news is None:
        return
    owner = after.owner if after else new.region
    gaps = (before.gaps, after.gaps) if before and after else (old.gaps, new.gaps)
    values: Mapping[str, Any] = {"plan": after} if after else {}
    for was, now in pairs(olds, news, near=lambda w: ("", _days(w))):
        counted, counts = was is not None and was.counts, now is not None and now.counts
        if was and now and counted and counts:
            if was.period != now.period:
                because = tuple(_edges(was, now))
                yield moved("window_moved", (owner,), now.id, _days(was), _days(now), because=because, values=values)
        elif now and counts:
            because = tuple(_why(now, was, olds, (old, new), gaps[0], before, _GAINED))
            yield Change(
                "window_new", now.period.first, (owner,), (now.id,), None, _days(now), because=because, values=values
            )
        elif was and counted:
            because = tuple(_why(was, now, news, (old, new), gaps[1], after, _LOST))
            yield Change(
                "window_gone", was.period.first, (owner,), (was.id,), _days(was), None, because=because, values=values
            )


def _days(window: KeptWindow) -> Days:
    return Days(window.period.first, window.period.last)


def _edges(was: KeptWindow, now: KeptWindow) -> Iterator[Because]:
    if was.period.first != now.period.first and now.opens:
        yield Because("edge_opens", {"edge": now.opens})
    if was.period.last != now.period.last and now.closes:
        yield Because("edge_closes", {"edge": now.closes})


def _why(
    here: KeptWindow,
    there: KeptWindow | None,
    others: Iterable[KeptWindow],
    sides: tuple[Snapshot, Snapshot],
    gaps: Gaps,
    plan: KeptPlan | None,
    codes: tuple[str, str, str, str],
) -> Iterator[Because]:
    """Why a window counts on one side only: what it is *there*, among the *others* of that side.

    *sides* are the old and the new one, *gaps* and *plan* those of the other side.
    """
    short, *elsewhere = codes
    if there and there.period == here.period:
        yield Because("least", dict(zip(("old", "new"), (side.policy.min_window_days for side in sides), strict=True)))
    elif there:
        yield Because(short, {"days": there.period.days})
    else:
        yield from _elsewhere(here.period, gaps, others, plan, elsewhere)


def _elsewhere(
    period: Period, gaps: Gaps, windows: Iterable[KeptWindow], plan: KeptPlan | None, codes: Iterable[str]
) -> Iterator[Because]:
    """What these days are on the other side: outside the consultation period, held up, or part of another window."""
    outside, held, part = codes
    oogo = plan.step(OOGO) if plan else None
    holding = [gap for gap in gaps if gap.period & period]
    larger = [window for window in windows if window.period & period]
    if oogo and not Period(oogo.earliest, oogo.latest) & period:
        yield Because(outside)
    elif holding:
        yield Because(held, {"gap": max(holding, key=lambda gap: gap.period.shared_days(period))})
    elif larger:
        yield Because(part, {"days": _days(larger[0])})
