"""Continuity is what carries over an election: the agreements that run through a municipality's standstill.

For each coming election and municipality the standstill, the agreements that are in force on its days, and the
days that no agreement covers; and per agreement what could be done around the election, as a suggestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from cycleplan.assessment import Assessor
from cycleplan.cycles import Cycles, Level, Standstill
from cycleplan.daterules import Dated, Ground, Status, so_long_before
from cycleplan.elections import Election
from cycleplan.periods import DAY, Period, years_later
from cycleplan.region import Agreement, Region
from cycleplan.register import Register

EVALUATION, HANDOVER, RECONFIRMATION = "evaluation", "handover", "reconfirmation"
EVALUATION_MONTHS = 6  # how long before the nomination an evaluation still leaves time to act on it


class Carrying(NamedTuple):
    """An agreement that runs through a standstill, or through *days* of it."""

    agreement: Agreement
    days: int
    whole: bool


class NotCarrying(NamedTuple):
    """An agreement that covers no day of a standstill, and why.

    *reason* is no_dates, not_adopted, predecessor, adopted_after_end, ends_before or begins_after; *parties* are
    those of whom no adoption is known, or the predecessors that are party to it.
    """

    agreement: Agreement
    reason: str
    parties: tuple[str, ...] = ()


class Continuity(NamedTuple):
    """What carries over one standstill of one municipality (its own likely estimate)."""

    municipality: str
    standstill: Standstill
    carrying: tuple[Carrying, ...]
    not_carrying: tuple[NotCarrying, ...]
    uncovered_days: int

    @property
    def elected(self) -> date | None:
        """The polling day; None where the college fell within its term."""
        return None if self.standstill.cause == "fall" else self.standstill.event


class Standing(NamedTuple):
    """How an agreement stands to an election: *how* is whole, part, or the reason of a ``NotCarrying``."""

    agreement: Agreement
    how: str
    parties: tuple[str, ...]
    municipalities: tuple[str, ...]  # for which it is so


class Ahead(NamedTuple):
    """The standstills around one coming polling day, or after the fall of a college, of the whole region."""

    elected: date | None
    found: tuple[Continuity, ...]

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities, by code."""
        return tuple(sorted({c.municipality for c in self.found}))

    @property
    def covered(self) -> tuple[str, ...]:
        """The municipalities without a day that is not covered."""
        bare = {c.municipality for c in self.found if c.uncovered_days}
        return tuple(code for code in self.municipalities if code not in bare)

    @property
    def first(self) -> date:
        """The first day on which one of them is in standstill."""
        return min(c.standstill.period.first for c in self.found)

    @property
    def last(self) -> Standstill:
        """The standstill that ends last."""
        return max((c.standstill for c in self.found), key=lambda s: (s.period.last, s.ends.status))

    @property
    def standings(self) -> tuple[tuple[Agreement, tuple[Standing, ...]], ...]:
        """How each agreement of these municipalities stands to it, by agreement in the order of the file."""
        found: dict[int, tuple[Agreement, dict[tuple[str, tuple[str, ...]], list[str]]]] = {}
        for c in self.found:
            told = [(a.agreement, "whole" if a.whole else "part", ()) for a in c.carrying]
            for agreement, how, parties in [*told, *c.not_carrying]:
                _, by_how = found.setdefault(id(agreement), (agreement, {}))
                by_how.setdefault((how, parties), []).append(c.municipality)
        return tuple(
            (agreement, tuple(Standing(agreement, *key, tuple(codes)) for key, codes in by_how.items()))
            for agreement, by_how in found.values()
        )


class Milestone(NamedTuple):
    """What could be done about an agreement around an election: a suggestion, no law asks for it."""

    id: str
    agreement: Agreement
    what: str  # evaluation, handover, reconfirmation
    elected: date
    dated: Dated


# --- what carries over


def continuity(region: Region, cycles: Cycles, today: date, horizon: Period) -> tuple[Continuity, ...]:
    """What carries over each standstill that has not ended by *today*, by event and municipality.

    Of those that share a day with *horizon*, but for an election after it; of the municipalities that the file
    lists, under the code that they have then.
    """
    found: dict[tuple[date, str, date], Continuity] = {}
    for municipality in region.own_municipalities:
        for code in _codes_from(cycles, municipality.code, today):
            for standstill in cycles.standstills(code):
                inside = standstill.period & horizon and standstill.event <= horizon.last
                if standstill.period.last >= today and inside:
                    made = _carries_over(region, cycles.register, code, standstill)
                    found[standstill.event, code, standstill.period.first] = made
    return tuple(found[key] for key in sorted(found))


def _codes_from(cycles: Cycles, code: str, day: date) -> Iterator[str]:
    """The code of a municipality on *day*, and those that it has after the mergers that are still to come."""
    code = cycles.register.code_on(code, day)
    yield from (code, *cycles.register.goes_into(code))


def _carries_over(region: Region, register: Register, code: str, standstill: Standstill) -> Continuity:
    own, before = _before(register, code)
    carrying, not_carrying = [], []
    for agreement in region.agreements:
        said = _beside(agreement, standstill.period, own, before)
        if isinstance(said, Carrying):
            carrying.append(said)
        elif said:
            not_carrying.append(said)
    in_force = (carried.agreement.in_force for carried in carrying)
    covered = {day for period in in_force if period for day in period & standstill.period or ()}
    bare = standstill.period.days - len(covered)
    return Continuity(code, standstill, tuple(carrying), tuple(not_carrying), bare)


def _before(register: Register, code: str) -> tuple[set[str], set[str]]:
    """The codes that a municipality itself has had, and those of the municipalities that went into it."""
    own, before, todo = {code}, set[str](), [(code, True)]
    while todo:
        successor, same = todo.pop()
        for merger in register.predecessors(successor):
            renamed = same and merger.kind == "rename"
            if merger.old not in own | before:
                (own if renamed else before).add(merger.old)
                todo.append((merger.old, renamed))
    return own, before


def _beside(agreement: Agreement, standstill: Period, own: set[str], before: set[str]) -> Carrying | NotCarrying | None:
    """Whether *agreement* covers days of *standstill*, or why not; None if the municipality has no part in it."""
    if not own & set(agreement.parties):
        olds = tuple(party for party in agreement.parties if party in before)
        # Whether the successor took it over is not in the file.
        return NotCarrying(agreement, "predecessor", olds) if olds else None
    if not agreement.first or not agreement.last:
        return NotCarrying(agreement, "no_dates")
    if agreement.waiting_for:
        return NotCarrying(agreement, "not_adopted", agreement.waiting_for)
    in_force = agreement.in_force
    if in_force is None:
        return NotCarrying(agreement, "adopted_after_end")
    days = standstill.shared_days(in_force)
    if days:
        return Carrying(agreement, days, days == standstill.days)
    return NotCarrying(agreement, "ends_before" if in_force.last < standstill.first else "begins_after")


def by_election(found: Iterable[Continuity]) -> tuple[Ahead, ...]:
    """The same taken together: falls of a college first, then the elections by polling day."""
    together: dict[tuple[bool, date], list[Continuity]] = {}
    for one in found:
        together.setdefault((one.elected is not None, one.standstill.event), []).append(one)
    return tuple(Ahead(entries[0].elected, tuple(entries)) for _, entries in sorted(together.items()))


def next_of(found: Iterable[Ahead]) -> tuple[Ahead, ...]:
    """Of these, by polling day, the falls that are going on and the elections that are the next of a municipality."""
    told: set[str] = set()
    first = []
    for ahead in found:
        if ahead.elected is None or set(ahead.municipalities) - told:
            first.append(ahead)
            told |= set(ahead.municipalities) if ahead.elected else set()
    return tuple(first)


# --- what could be done


def milestones(region: Region, assessor: Assessor, today: date, horizon: Period) -> tuple[Milestone, ...]:
    """The suggestions for every agreement that is in force on a nomination day, by agreement and day.

    An evaluation half a year before the first nomination day of its municipal parties, a hand-over note the day
    before it, and a re-confirmation on the last day of the first likely window after the polling day that counts
    for all of them. None of the last where it would lie after the agreement's end, or where the horizon or a
    recess that is not known yet hides when that window ends.
    """
    found: list[Milestone] = []
    for id, agreement in region.dated_agreements:
        municipal = tuple(party for party in agreement.parties if party in region.municipalities)
        for elected, nominated in _nominations(assessor.cycles, municipal, today, horizon).items():
            if not agreement.in_force or nominated.day not in agreement.in_force:
                continue
            days = {EVALUATION: _evaluation(nominated), HANDOVER: _handover(nominated)}
            again = _reconfirmation(assessor, municipal, elected, horizon.last)
            if again and again.day <= agreement.in_force.last:
                days[RECONFIRMATION] = again
            for what, dated in days.items():
                # Where one party votes a week later than another, the window that serves them is the same.
                told = any(m.agreement is agreement and (m.what, m.dated.day) == (what, dated.day) for m in found)
                if dated.day >= today and not told:
                    found.append(Milestone(f"{id}/{what}-{elected}", agreement, what, elected, dated))
    return tuple(found)


def _nominations(cycles: Cycles, codes: Iterable[str], today: date, horizon: Period) -> dict[date, Dated]:
    """Per polling day up to the end of *horizon*, and at most a year ago, the first nomination day.

    A college that is there has not confirmed anything yet: what is suggested for after it may still be done.
    """
    found: dict[date, list[Election]] = {}
    for code in codes:
        for term in cycles.lane(code):
            elected = term.election.elected.day
            if elected <= horizon.last and years_later(elected, 1) > max(today, horizon.first):
                found.setdefault(elected, []).append(term.election)
    return {day: min((e.nominated for e in found[day]), key=lambda n: n.day) for day in sorted(found)}


def _evaluation(nominated: Dated) -> Dated:
    day = so_long_before(nominated.day, EVALUATION_MONTHS, "months")
    values = {"months": EVALUATION_MONTHS, "from": nominated.day}
    return Dated(day, Status.ASSUMED, (*nominated.trace, Ground("suggested_evaluation", day, values=values)))


def _handover(nominated: Dated) -> Dated:
    day = nominated.day - DAY
    ground = Ground("suggested_handover", day, values={"from": nominated.day})
    return Dated(day, Status.ASSUMED, (*nominated.trace, ground))


def _reconfirmation(assessor: Assessor, municipal: tuple[str, ...], elected: date, until: date) -> Dated | None:
    availability = assessor.availability(municipal)
    least = assessor.region.policy.min_window_days
    windows = availability.windows(Period(elected, until), Level.LIKELY, least)
    window = next((w for w in windows if w.counts and w.period.first > elected), None)
    if window is None or window.closes.code == "end" or not availability.recess_known(window.period):
        return None
    values = {"elected": elected, "first": window.period.first}
    ground = Ground("suggested_reconfirmation", window.period.last, values=values)
    return Dated(window.period.last, Status.ASSUMED, (*window.opens.trace, ground))
