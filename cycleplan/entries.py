"""An entry is something that a region's timeline tells: a plan, a step, a window, a council, a recess.

An entry has a stable id that says what it is, closed days, and the trace of its first and its last day. It
holds codes and values only; ``wording`` gives it a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.continuity import EVALUATION, HANDOVER, RECONFIRMATION
from cycleplan.cycles import CouncilTerm, Level
from cycleplan.daterules import Dated, Ground, Status, Trace
from cycleplan.periods import DAY, Period
from cycleplan.region import FactDate, Plan
from cycleplan.steps import Schedule
from cycleplan.windows import Window

# The first and the last day of a consultation period; empty where there is none.
Limits = tuple[()] | tuple[Dated, Dated]


@dataclass(frozen=True)
class Entry:
    """Something on a lane from *first* to *last*; *identity* outlives a renaming, *values* go into its title."""

    id: str
    lane: str
    kind: str
    first: Dated
    last: Dated
    status: Status
    values: Mapping[str, Any] = field(default_factory=dict)
    identity: str = ""
    for_calendar: bool = False
    source: str | None = None
    shown_first: FactDate | None = None  # where a fact is known by its month only
    shown_last: FactDate | None = None
    open_ended: bool = False  # its end is not known; *last* is then the end of the horizon
    asked_by: str | None = None  # the provision that asks for a step, where its day rests on that of another

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.first.day, self.last.day)

    @property
    def basis(self) -> str | None:
        """The key of the provision that asks for it, or that its last day rests on last; None if there is none."""
        return self.asked_by or self.last.basis

    @property
    def bases(self) -> tuple[str, ...]:
        """The keys of the provisions that its first and its last day rest on, in the order of the trace."""
        grounds = (*self.first.trace, *self.last.trace)
        return tuple(dict.fromkeys(ground.basis for ground in grounds if ground.basis))


def _day(id: str, lane: str, kind: str, dated: Dated, **values: Any) -> Entry:
    return Entry(id, lane, kind, dated, dated, dated.status, values, id)


def region_windows(alignment: Alignment) -> Iterator[Entry]:
    """The windows of the whole region over the horizon: when everyone can meet."""
    region = alignment.region
    availability = alignment.whole_area()
    if availability is None:
        return
    for level in Level:
        for window in availability.windows(alignment.horizon, level, region.policy.min_window_days):
            entry = window_entry(region.id, window)
            known = availability.recess_known(window.period)
            yield replace(entry, values={**entry.values, "recess_known": known})


def window_entry(owner: str, window: Window, lane: str | None = None) -> Entry:
    """A window of the region, of a partnership over the horizon, or of two plans together; *owner* as in its id."""
    return _window(owner, lane or owner, window, "region_window", {})


def window_id(owner: str, window: Window) -> str:
    """The stable name of a window: whose, at which level, and what opens it."""
    return f"{owner}/window/{window.level.value}/{window.opens.slug}"


def _window(owner: str, lane: str, window: Window, kind: str, values: Mapping[str, Any], limits: Limits = ()) -> Entry:
    first, last = (
        Dated(day, Status.EXPECTED, _edge_trace(day, window, opening, limits))
        for day, opening in ((window.period.first, True), (window.period.last, False))
    )
    id = window_id(owner, window)
    told = {**values, "level": window.level, "counts": window.counts, "days": window.period.days}
    return Entry(id, lane, kind, first, last, Status.EXPECTED, told, id)


def _edge_trace(day: date, window: Window, opening: bool, limits: Limits) -> Trace:
    """Why a window begins or ends there: of a standstill its own trace, at a limit that of the consultation."""
    edge = window.opens if opening else window.closes
    code = f"window_{'opens' if opening else 'closes'}"
    before = edge.trace
    if limits and edge.code in ("start", "end"):
        before = limits[0 if opening else 1].trace
    return (*before, Ground(code, day, values={"edge": edge, "level": window.level}))


def _plan_trace(plan: Plan, fact: FactDate) -> tuple[Ground, ...]:
    if plan.follows and plan.rhythm is None:
        return (Ground("possible_plan", fact.day),)
    if plan.follows:
        return (Ground("unrolled", fact.day, values={"until": plan.first.day - DAY, "years": plan.rhythm}),)
    return (Ground("fact", fact.day, values={"source": plan.source, "shown": fact}),)


def plan_entries(a: Assessment, horizon: Period) -> Iterator[Entry]:
    """The plan, its steps, its decisions and its windows."""
    plan = a.plan
    identity = plan.identity
    first = Dated(plan.first.day, plan.status, _plan_trace(plan, plan.first))
    end = plan.last or FactDate(max(plan.first.day, horizon.last))
    last = Dated(end.day, plan.status, _plan_trace(plan, end))

    def entry(part: str, kind: str, start: Dated, end: Dated, **more: Any) -> Entry:
        suffix = f"/{part}" if part else ""
        status = plan.status if kind == "plan" else end.status
        own = {"identity": identity + suffix, "source": plan.source, **more}
        return Entry(plan.id + suffix, plan.owner, kind, start, end, status, {"plan": plan}, **own)

    whole = entry("", "plan", first, last, shown_first=plan.first, shown_last=plan.last, open_ended=plan.last is None)
    yield replace(whole, values={"plan": plan, "verdict": a.verdict, "coverage": a.coverage_lowest})
    yield entry("first", "plan_starts", first, first, shown_first=plan.first, shown_last=plan.first)
    if plan.last:
        yield entry("last", "plan_ends", last, last, shown_first=plan.last, shown_last=plan.last)
    limits: Limits = ()
    if a.schedule:
        oogo = a.schedule.steps.get("oogo")
        if oogo:
            limits = (oogo.earliest, oogo.latest)
            yield entry("consultation", "consultation", oogo.earliest, oogo.latest, asked_by=oogo.basis)
        for name, step in a.schedule.steps.items():
            practical = a.schedule.last_working_day if name == "submission" else None
            dated = _with_practical(step.asked, a.schedule) if practical else step.asked
            kind = "step" if step.title else name
            yield replace(
                entry(name, kind, dated, dated, asked_by=step.basis), values={"plan": plan, "title": step.title}
            )
            if practical and practical < step.asked.day:
                day = dated._replace(day=practical)
                values = {"plan": plan, "deadline": step.asked.day}
                yield replace(entry(f"{name}-practical", "submission_practical", day, day), values=values)
    if a.refusal:
        yield entry("opr-refusal", "opr_refusal", a.refusal.last, a.refusal.last)
    for decision in a.decisions:
        facts = {"shown_first": decision.fact, "shown_last": decision.fact}
        yield entry(f"decision-{decision.day}", "decision", decision.dated, decision.dated, **facts)
    certain = {window.period for window in a.windows(Level.CERTAIN)}
    for level in Level:
        for window in a.windows(level):
            as_certain = level is Level.LIKELY and window.period in certain
            values = {
                "plan": plan,
                "as_certain": as_certain,
                "recess_known": a.availability.recess_known(window.period),
            }
            made = _window(plan.id, plan.owner, window, "window", values, limits)
            yield replace(made, identity=window_id(identity, window), source=plan.source)


def _with_practical(dated: Dated, schedule: Schedule) -> Dated:
    """The last day with, beside it, the last working day: never instead of it."""
    values = {"certain": schedule.last_working_day_certain}
    return dated._replace(trace=(*dated.trace, Ground("practical", schedule.last_working_day, values=values)))


def council_entries(alignment: Alignment, term: CouncilTerm) -> Iterator[Entry]:
    """A council with its days and its college."""
    e, cycles = term.election, alignment.cycles
    code, id = e.municipality, e.id
    last = Dated(term.period.last, e.first.status, (Ground("day_before_next_council", term.period.last),))
    values = {"municipality": code, "elected": e.elected.day}
    yield Entry(id, code, "council", e.first, last, e.elected.status, values, e.identity)

    def day(part: str, kind: str, dated: Dated) -> Entry:
        return replace(_day(f"{id}/{part}", code, kind, dated, municipality=code), identity=f"{e.identity}/{part}")

    yield day("nominated", "nominated", e.nominated)
    yield day("elected", "elected", e.elected)
    yield day("first", "first_sitting", e.first)
    if e.formed:
        yield day("college", "college", e.formed)
    else:
        possible, likely, certain = (cycles.college(e, v) for v in (Level.POSSIBLE, Level.LIKELY, Level.CERTAIN))
        # The likely day is what coverage and standstill are reckoned with.
        possible = possible._replace(trace=(*likely.trace, *possible.trace[-1:]))
        values = {"municipality": code, "likely": likely.day}
        identity = f"{e.identity}/college"
        yield Entry(f"{id}/college", code, "college", possible, certain, likely.status, values, identity)
    for number, fall in enumerate(e.falls, 1):  # of which the day may still be found out
        fell = day(f"fell-{fall.fell.day}", "fell", fall.fell)
        yield replace(fell, identity=f"{e.identity}/fell/{number}")


def standstills(alignment: Alignment, code: str) -> Iterator[Entry]:
    """The standstills of a municipality (its own likely estimate), also the last one before it goes."""
    elections = alignment.cycles.elections(code)
    identities = {e.elected.day: f"{e.identity}/standstill" for e in elections}
    falls = {f.fell.day: f"{e.identity}/standstill/{n}" for e in elections for n, f in enumerate(e.falls, 1)}
    for standstill in alignment.cycles.standstills(code):
        # A council's by its polling day; a fall's by its own day.
        id = f"{code}/council/{standstill.event}/standstill"
        if standstill.cause == "fall":
            id = f"{code}/standstill/{standstill.event}"
        last = standstill.period.last
        trace = (*standstill.ends.trace, Ground("day_before_college", last))
        end = Dated(last, standstill.ends.status, trace)
        start = standstill.starts
        if start.day != standstill.period.first:  # the municipality came to be while its first college was awaited
            start = _began(alignment, code, start, standstill.period.first)
        values = {"municipality": code, "fall": standstill.cause == "fall"}
        identity = (falls if values["fall"] else identities).get(standstill.event, id)
        yield Entry(id, code, "standstill", start, end, end.status, values, identity)


def _began(alignment: Alignment, code: str, start: Dated, day: date) -> Dated:
    olds = tuple(m.old for m in alignment.register.predecessors(code) if m.day == day)
    return Dated(day, start.status, (*start.trace, Ground("comes", day, values={"olds": olds})))


def mergers(alignment: Alignment, code: str) -> Iterator[Entry]:
    """The mergers by which a municipality came to be or went, told in its own lane."""
    gone = alignment.register.merger_of(code)
    if gone:
        ground = Ground("goes", gone.day, values={"into": gone.new})
        dated = Dated(gone.day, Status.EXPECTED if gone.day > alignment.today else Status.ACTUAL, (ground,))
        yield _day(f"{code}/merger/{gone.day}", code, "goes_into", dated, municipality=code, into=gone.new)
    came: dict[date, list[str]] = {}
    for merger in alignment.register.predecessors(code):
        came.setdefault(merger.day, []).append(merger.old)
    for day, olds in came.items():
        ground = Ground("comes", day, values={"olds": tuple(olds)})
        dated = Dated(day, Status.EXPECTED if day > alignment.today else Status.ACTUAL, (ground,))
        yield _day(f"{code}/merger/{day}", code, "comes_from", dated, municipality=code, olds=tuple(olds))


def recesses(alignment: Alignment, code: str) -> Iterator[Entry]:
    """The recesses of a municipality while it exists."""
    exists = alignment.register.municipalities[code]
    for recess in alignment.cycles.recesses(code):
        if not exists.exists_on(recess.period.first):
            continue
        own = recess.name == "own"
        id = f"{code}/recess/{recess.period.first if own else f'{recess.name}-{recess.school_year}'}"
        first, last = (Dated(d, recess.status, recess.trace) for d in (recess.period.first, recess.period.last))
        values = {"municipality": code, "name": recess.name}
        yield Entry(id, code, "recess", first, last, recess.status, values, id, source=recess.source)


_SUGGESTED = {
    EVALUATION: "suggested_evaluation",
    HANDOVER: "suggested_handover",
    RECONFIRMATION: "suggested_reconfirmation",
}


def agreement_entries(alignment: Alignment) -> Iterator[Entry]:
    """The agreements whose days are known, and what could be done about them around the elections."""
    region = alignment.region
    for id, agreement in region.dated_agreements:
        assert agreement.first
        assert agreement.last
        first, last = (
            Dated(d.day, agreement.status, (Ground("fact", d.day, values={"source": agreement.source, "shown": d}),))
            for d in (agreement.first, agreement.last)
        )
        values = {"name": agreement.name, "parties": agreement.parties, "waiting": agreement.waiting_for}
        identity, source = f"{region.id}/agreement/{agreement.identity}", agreement.source
        whole = Entry(id, region.id, "agreement", first, last, agreement.status, values, identity, source=source)
        yield replace(whole, shown_first=agreement.first, shown_last=agreement.last)
        starts = _day(f"{id}/first", region.id, "agreement_starts", first, **values)
        yield replace(starts, identity=f"{identity}/first", source=source)
        ends = _day(f"{id}/last", region.id, "agreement_ends", last, **values)
        yield replace(ends, identity=f"{identity}/last", source=source)
    for milestone in alignment.milestones:
        values = {"name": milestone.agreement.name, "parties": milestone.agreement.parties}
        day = _day(milestone.id, region.id, _SUGGESTED[milestone.what], milestone.dated, **values)
        identity = f"{milestone.agreement.identity}/{milestone.what}-{milestone.elected}"
        yield replace(day, identity=f"{region.id}/agreement/{identity}")
