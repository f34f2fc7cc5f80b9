"""A timeline is a region's story in lanes: what the drawing outputs, the calendar and ``explain`` read.

An entry has a stable id that says what it is, closed days, and the trace of its first and its last day. It
holds codes and values only; ``wording`` gives it a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.cycles import CouncilTerm, Level
from cycleplan.daterules import Dated, Ground, Status
from cycleplan.periods import Period
from cycleplan.region import FactDate, Plan
from cycleplan.windows import Window
from cycleplan.workdays import SchoolYear

# What people put in their agenda; bars and recesses are for drawings.
CALENDAR_KINDS = frozenset(
    {
        "nominated", "elected", "standstill", "college", "fell", "consultation", "window", "draft", "oogo",
        "overlap", "opr", "adoption", "submission", "plan_starts", "plan_ends", "agreement_starts",
        "agreement_ends",
    }
)  # fmt: skip


class Lane(NamedTuple):
    """A line of the timeline: a party, or the region with its agreements."""

    id: str
    kind: str  # region, partnership, municipality
    name: str


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

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.first.day, self.last.day)


@dataclass(frozen=True)
class Timeline:
    """The lanes and entries of one region, by lane and day."""

    lanes: tuple[Lane, ...]
    entries: tuple[Entry, ...]

    def find(self, id: str) -> Entry | None:
        """The entry with this id, or None."""
        return next((e for e in self.entries if e.id == id), None)

    @property
    def for_calendar(self) -> tuple[Entry, ...]:
        """The entries that are meant for calendars, by day and id."""
        chosen = (e for e in self.entries if e.for_calendar)
        return tuple(sorted(chosen, key=lambda e: (e.first.day, e.last.day, e.id)))


def build(alignment: Alignment, everything: bool = False) -> Timeline:
    """The timeline of *alignment* over its horizon; *everything* keeps what its plans have outside it as well."""
    region = alignment.region
    lanes = [Lane(region.id, "region", region.name)]
    lanes += [Lane(p.code, "partnership", region.party_name(p.code)) for p in region.partnerships.values()]
    own = {m.code for m in region.own_municipalities}
    used = {code for a in alignment.assessments for code in a.municipalities}
    for code, municipality in region.municipalities.items():
        if code in own | used:
            lanes.append(Lane(code, "municipality", municipality.name))
    entries = [*_region_entries(alignment), *_agreements(alignment)]
    for assessment in alignment.assessments:
        entries += _plan_entries(assessment)
    shown = {lane.id for lane in lanes}
    for term in alignment.councils:
        if term.election.municipality in shown:
            entries += _council_entries(alignment, term)
    for lane in lanes:
        if lane.kind == "municipality":
            entries += _recesses(alignment, lane.id)
    order = {lane.id: i for i, lane in enumerate(lanes)}
    inside = (e for e in entries if everything or e.period & alignment.horizon)
    finished = (_for_calendar(e, alignment.today) for e in inside)
    return Timeline(tuple(lanes), tuple(sorted(finished, key=lambda e: (order[e.lane], e.first.day, e.id))))


def _for_calendar(entry: Entry, today: date) -> Entry:
    """Mark what is meant for calendars: of the kinds that are, what has not ended before this school year."""
    since = SchoolYear.on(today).period.first
    if entry.kind not in CALENDAR_KINDS or entry.last.day < since or entry.values.get("level") == Level.POSSIBLE:
        return entry
    return Entry(**{**entry.__dict__, "for_calendar": True})


def _day(id: str, lane: str, kind: str, dated: Dated, **values: Any) -> Entry:
    return Entry(id, lane, kind, dated, dated, dated.status, values, id)


def _region_entries(alignment: Alignment) -> Iterator[Entry]:
    """The windows of the whole region over the horizon: when everyone can meet."""
    region = alignment.region
    codes = tuple(m.code for m in region.own_municipalities)
    if not codes:
        return
    availability = alignment.assessor.availability(codes)
    for window in availability.windows(alignment.horizon, Level.LIKELY, region.policy.min_window_days):
        yield _window(region.id, region.id, window, "region_window", {})


def window_id(owner: str, window: Window) -> str:
    """The stable name of a window: whose, at which level, and what opens it."""
    return f"{owner}/window/{window.level.value}/{window.opens.slug}"


def _window(owner: str, lane: str, window: Window, kind: str, values: Mapping[str, Any]) -> Entry:
    first = Dated(window.period.first, Status.EXPECTED, _edge_trace(window.period.first, window, True))
    last = Dated(window.period.last, Status.EXPECTED, _edge_trace(window.period.last, window, False))
    id = window_id(owner, window)
    given = {**values, "level": window.level, "counts": window.counts, "days": window.period.days}
    return Entry(id, lane, kind, first, last, Status.EXPECTED, given, id)


def _edge_trace(day: date, window: Window, opening: bool) -> tuple[Ground, ...]:
    edge = window.opens if opening else window.closes
    code = f"window_{'opens' if opening else 'closes'}"
    return (Ground(code, day, values={"edge": edge, "level": window.level}),)


def _plan_trace(plan: Plan, fact: FactDate) -> tuple[Ground, ...]:
    if plan.status is Status.EXPECTED and plan.source is None:
        return (Ground("unrolled", fact.day, values={"owner": plan.owner}),)
    return (Ground("fact", fact.day, values={"source": plan.source, "shown": fact}),)


def _plan_entries(a: Assessment) -> Iterator[Entry]:
    plan = a.plan
    identity = f"{plan.owner}/{plan.kind.id}/{plan.was or plan.own_id or plan.first}"
    values: dict[str, Any] = {"owner": plan.owner, "kind": plan.kind, "plan": plan}
    first = Dated(plan.first.day, plan.status, _plan_trace(plan, plan.first))
    last_fact = plan.last or FactDate(plan.first.day)
    last = Dated(last_fact.day, plan.status, _plan_trace(plan, last_fact))

    def entry(part: str, kind: str, start: Dated, end: Dated, **more: Any) -> Entry:
        status = end.status if kind != "plan" else plan.status
        suffix = f"/{part}" if part else ""
        return Entry(
            plan.id + suffix, plan.owner, kind, start, end, status, {**values, **more}, identity + suffix,
            source=plan.source,
        )  # fmt: skip

    yield entry("", "plan", first, last, verdict=a.verdict)
    yield entry("first", "plan_starts", first, first)
    if plan.last:
        yield entry("last", "plan_ends", last, last)
    if a.schedule and a.consultation:
        oogo = a.schedule.steps["oogo"]
        yield entry("consultation", "consultation", oogo.earliest, oogo.latest, count=len(a.municipalities))
        for name, step in a.schedule.steps.items():
            dated = step.earliest if name == "draft" else step.latest
            more = {"last_working_day": a.schedule.last_working_day} if name == "submission" else {}
            yield entry(name, name, dated, dated, step=step, count=len(a.municipalities), **more)
    for decision in a.decisions:
        yield entry(f"decision-{decision.day}", "decision", decision.dated, decision.dated, decision=decision)
    for level in Level:
        for window in a.windows(level):
            made = _window(plan.id, plan.owner, window, "window", {**values, "count": len(a.municipalities)})
            identity_of_window = window_id(identity, window)
            yield Entry(**{**made.__dict__, "identity": identity_of_window, "source": plan.source})


def _council_entries(alignment: Alignment, term: CouncilTerm) -> Iterator[Entry]:
    e, cycles = term.election, alignment.cycles
    code, id = e.municipality, e.id
    last = Dated(term.period.last, e.first.status, (Ground("day_before_next_council", term.period.last),))
    yield Entry(id, code, "council", e.first, last, e.elected.status, {"municipality": code}, id)
    yield _day(f"{id}/nominated", code, "nominated", e.nominated, municipality=code)
    yield _day(f"{id}/elected", code, "elected", e.elected, municipality=code)
    yield _day(f"{id}/first", code, "first_sitting", e.first, municipality=code)
    if e.formed:
        yield _day(f"{id}/college", code, "college", e.formed, municipality=code)
    else:
        possible, certain = cycles.college(e, Level.POSSIBLE), cycles.college(e, Level.CERTAIN)
        likely = cycles.college(e)
        values = {"municipality": code, "likely": likely.day}
        yield Entry(f"{id}/college", code, "college", possible, certain, Status.EXPECTED, values, f"{id}/college")
    for fall in e.falls:
        yield _day(f"{id}/fell-{fall.fell.day}", code, "fell", fall.fell, municipality=code, next=fall.next.day)
    for standstill in cycles.standstills(code):
        if standstill.event in (e.elected.day, *(f.fell.day for f in e.falls)):
            college = cycles.college(e)
            ends = college if standstill.cause == "election" else Dated(standstill.period.after, e.elected.status)
            trace = (*ends.trace, Ground("day_before_college", standstill.period.last))
            suffix = "standstill" if standstill.cause != "fall" else f"standstill-{standstill.event}"
            end = Dated(standstill.period.last, ends.status, trace)
            fell = next((f.fell for f in e.falls if f.fell.day == standstill.event), None)
            start = fell if standstill.cause == "fall" and fell else e.nominated
            values = {"municipality": code, "cause": standstill.cause}
            yield Entry(f"{id}/{suffix}", code, "standstill", start, end, end.status, values, f"{id}/{suffix}")


def _recesses(alignment: Alignment, code: str) -> Iterator[Entry]:
    exists = alignment.register.municipalities[code]
    for recess in alignment.cycles.recesses(code):
        if not exists.exists_on(recess.period.first):
            continue
        own = recess.name == "own"
        id = f"{code}/recess/{recess.period.first if own else f'{recess.name}-{recess.school_year}'}"
        ground = Ground(
            "own_recess" if own else "school_holiday",
            values={"name": recess.name, "school_year": recess.school_year, "source": recess.source},
        )
        first, last = (Dated(d, recess.status, (ground,)) for d in (recess.period.first, recess.period.last))
        values = {"municipality": code, "name": recess.name}
        yield Entry(id, code, "recess", first, last, recess.status, values, id, source=recess.source)


def _agreements(alignment: Alignment) -> Iterator[Entry]:
    region = alignment.region
    used: set[str] = set()
    # By what stays when the file is edited: the first day and the parties, not the place in the list or the name.
    for agreement in sorted(region.agreements, key=lambda a: (str(a.first), sorted(a.parties), str(a.last))):
        if not agreement.first or not agreement.last:
            continue
        id = unique = f"{region.id}/agreement/{agreement.first}"
        number = 1
        while unique in used:
            number += 1
            unique = f"{id}-{number}"
        used.add(unique)
        first, last = (
            Dated(d.day, agreement.status, (Ground("fact", d.day, values={"source": agreement.source, "shown": d}),))
            for d in (agreement.first, agreement.last)
        )
        values = {"name": agreement.name}
        source = agreement.source
        yield Entry(unique, region.id, "agreement", first, last, agreement.status, values, unique, source=source)
        yield _day(f"{unique}/first", region.id, "agreement_starts", first, **values)
        yield _day(f"{unique}/last", region.id, "agreement_ends", last, **values)
