"""Random instances of proposals: partnerships with costs out of the blue, for the oracles and the engine.

The costs need not be those of any council: whatever they are, the best sequences are the best.
"""

from __future__ import annotations

from datetime import date

from bruteforce_proposals import DAY, Instance, Party, kept_choices, plans_needed
from hypothesis import strategies as st

CODES = tuple(f"PO99{n:02}" for n in range(1, 41))


@st.composite
def instances(
    draw: st.DrawFn,
    n: int = 1,
    years: int = 12,
    *,
    kept: bool = True,
    spread: bool = True,
) -> Instance:
    """*n* partnerships over so many years from S on.

    With *kept* some have a plan that began before S and may end in several years; with *spread* some have
    plans that stay until later, also until a day that is no 31 July.
    """
    start = date(draw(st.integers(2024, 2029)), 8, 1)
    end = date(start.year + years, 7, 31)
    return Instance(tuple(draw(_parties(code, start, end, kept, spread)) for code in CODES[:n]), start, end)


@st.composite
def _parties(draw: st.DrawFn, code: str, start: date, end: date, kept: bool, spread: bool) -> Party:
    how = draw(st.sampled_from(["now", "now", *(["kept"] if kept else []), *(["later", "odd day"] if spread else [])]))
    stays_until = start - DAY
    if how == "kept":
        stays_until = date(start.year - draw(st.integers(1, 6)), 7, 31)
    elif how == "later":
        stays_until = date(start.year + draw(st.integers(1, 3)), 7, 31)
    elif how == "odd day":
        stays_until = start + draw(st.integers(0, 1000)) * DAY
    choices = tuple(kept_choices(stays_until, start))
    free = None if choices else stays_until + DAY
    # A plan that stays began four years before it ended at the most; the first free one may begin on S.
    fixed = (stays_until.replace(year=stays_until.year - draw(st.integers(1, 4)), day=1) if how == "later" else None,)
    fixed_starts = tuple(date(day.year, 8, 1) for day in fixed if day and date(day.year, 8, 1) >= start)
    return Party(code, draw(costs(plans_needed(choices, free, end), end)), choices, free, fixed_starts)


@st.composite
def costs(draw: st.DrawFn, plans: set[tuple[date, date]], end: date) -> dict[tuple[date, date], int]:
    """For every plan some of its days within the horizon: often all, none, or the same as others."""
    # Few drawn values make many equal points, which is where preference counts; a seed makes all others.
    seed = draw(st.integers(0, 2**32 - 1))
    coarse = draw(st.sampled_from([0, 1, 2, 5, 400]))
    found = {}
    for first, last in sorted(plans):
        days = max(0, (min(last, end) - first).days + 1)
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        found[first, last] = days if coarse == 0 else (seed >> 33) % (coarse + 1) * days // coarse
    return found
