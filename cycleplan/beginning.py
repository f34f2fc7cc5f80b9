"""A beginning is what a new region file starts with: the parties, and all that the country knows of them already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cycleplan.daterules import Status
from cycleplan.elections import Election, Elections
from cycleplan.law import Law
from cycleplan.register import KnownCollege, KnownPlan, Register, RegisteredPartnership

YEARS_BACK = 8  # of what happened to a council: two terms, which is as far back as a running plan looks


class CouncilThen(NamedTuple):
    """A council that came of a merger, or whose college is known; *status* and *source* are of what is known of it."""

    elected: date
    status: Status
    source: str
    college: KnownCollege | None


class Joining(NamedTuple):
    """A municipality of the beginning: *skipped* are regular elections that it did not have, because of a merger."""

    code: str
    holiday_regions: tuple[str, ...]  # the one that is counted with first
    councils: tuple[CouncilThen, ...]
    skipped: tuple[date, ...]
    joined: tuple[tuple[date, tuple[str, ...]], ...]  # mergers of the years before: day, those that went into it
    since: date | None  # its first day, if it came of one of these
    goes: tuple[date, str] | None  # a merger that lies ahead: day, into which
    awaited: date | None  # the last regular election, if it was held here and the day of its college is not known


class Beginning(NamedTuple):
    """What a new region file starts with; codes are sorted."""

    municipalities: tuple[Joining, ...]
    partnerships: tuple[RegisteredPartnership, ...]
    plans: dict[str, list[KnownPlan]]  # per partnership those that are known
    beside: tuple[RegisteredPartnership, ...]  # partnerships with a municipality of the region that were not asked for
    without: tuple[tuple[str, str], ...]  # municipality and sector of which the register knows no partnership
    unknown: tuple[str, ...]  # the partnerships of which the plan that runs is not known


def begin(asked: Iterable[str], register: Register, law: Law, today: date) -> Beginning:
    """The beginning of a region of the parties *asked* for: codes of today.

    A partnership brings its municipalities, and a municipality the partnerships in which it lies.
    """
    asked = set(asked)
    current = {code: p for code, p in register.partnerships.items() if not p.successor}
    areas = {code: register.parties_on(p.municipalities, today, frozenset(p.in_part)) for code, p in current.items()}
    own = {code for code in asked if code in register.municipalities}
    chosen = {code for code, area in areas.items() if code in asked or own & area}
    codes = own.union(*(areas[code] for code in chosen & asked))
    lying = {code: [p for p in current.values() if code in areas[p.code]] for code in sorted(codes)}
    beside = {p.code: p for found in lying.values() for p in found if p.code not in chosen}
    elections = Elections({}, register, law, today.year + 1)
    return Beginning(
        municipalities=tuple(_joining(code, elections, register, today) for code in lying),
        partnerships=tuple(current[code] for code in sorted(chosen)),
        plans={code: register.plans.get(code, []) for code in chosen},
        beside=tuple(beside[code] for code in sorted(beside)),
        without=tuple(
            (code, sector)
            for code, found in lying.items()
            for sector in ("PO", "VO")
            if all(p.sector != sector for p in found)
        ),
        unknown=tuple(code for code in sorted(chosen) if not _runs(register.plans.get(code, ()), today)),
    )


def _runs(plans: Iterable[KnownPlan], today: date) -> bool:
    return any(plan.first <= today and plan.last and today <= plan.last for plan in plans)


def _joining(code: str, elections: Elections, register: Register, today: date) -> Joining:
    since = date(today.year - YEARS_BACK, 1, 1)
    own = [e for e in elections.of(code) if e.elected.day >= since]
    regular = [e.elected.day for e in elections.regular_elections() if since <= e.elected.day <= today]
    joined: dict[date, list[str]] = {}
    for merger in register.predecessors(code):
        if since <= merger.day <= today and merger.kind != "rename":
            joined.setdefault(merger.day, []).append(merger.old)
    known, out = register.municipalities[code], register.merger_of(code)
    councils = tuple(filter(None, (_council(e, register) for e in own)))
    skipped = _without(regular, [e.elected.day for e in own], known.since)
    told = {*skipped, *(council.elected for council in councils if council.college)}
    last = max(regular, default=None)
    return Joining(
        code=code,
        holiday_regions=tuple(register.holiday_regions(code)),
        councils=councils,
        skipped=skipped,
        joined=tuple((day, tuple(old)) for day, old in sorted(joined.items())),
        since=known.since,
        goes=(out.day, out.new) if out else None,
        awaited=last if last not in told else None,
    )


def _council(e: Election, register: Register) -> CouncilThen | None:
    """What is known of a council that does not follow from the law."""
    college = register.colleges.get((e.municipality, e.elected.day))
    published = (m for m in register.merger_elections.get(e.municipality, ()) if m.effective == e.merger and m.elected)
    known = college or next(published, None)
    return CouncilThen(e.elected.day, known.status, known.source, college) if known else None


def _without(regular: Sequence[date], own: Sequence[date], since: date | None) -> tuple[date, ...]:
    """The regular elections that a municipality did not have; one that began later could not have those before."""
    return tuple(day for day in regular if day not in own and (since is None or day >= min([since, *own])))
