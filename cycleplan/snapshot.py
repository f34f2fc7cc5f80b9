"""A snapshot is what is compared of an alignment: plain values, each by a name that stays when a file is edited.

It is made of an alignment, or read back from the answer that ``check --json`` once gave (``outputs/records/saved``).
What was read back has no traces, edges and gaps, and of an older answer not all values: those are None. Two
snapshots are the same if what both can have is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment, Reason, Verdict
from cycleplan.cycles import CouncilTerm, Level
from cycleplan.daterules import Status, Trace
from cycleplan.entries import window_id
from cycleplan.periods import Period
from cycleplan.region import FACT_KEYS, Agreement, FactDate, Partnership, Plan, Region
from cycleplan.steps import Step
from cycleplan.windows import Edge, Gap, Window

RATIO_DECIMALS = 4


@dataclass(frozen=True)
class KeptStep:
    """A step of a plan; *basis* is the provision that its latest day rests on."""

    name: str
    title: str | None
    earliest: date
    latest: date
    status: Status
    basis: str | None
    why_earliest: Trace = field(default=(), compare=False)
    why_latest: Trace = field(default=(), compare=False)


@dataclass(frozen=True)
class KeptWindow:
    """A likely window, whether it counts or not."""

    id: str
    period: Period
    counts: bool
    opens: Edge | None = field(default=None, compare=False)
    closes: Edge | None = field(default=None, compare=False)


@dataclass(frozen=True)
class KeptPlan:
    """A plan with what is computed of it; *longest* is the days of its longest likely window."""

    id: str
    identity: str
    owner: str
    kind: str
    name: str | None
    first: date
    last: date | None
    status: Status
    steps: tuple[KeptStep, ...]
    facts: tuple[tuple[str, FactDate], ...] | None  # which step was done when; None where an older answer lacks it
    verdict: Verdict | None
    reasons: tuple[str, ...]
    coverage: float | None  # the lowest
    longest: int
    recess_known: bool
    windows: tuple[KeptWindow, ...] | None
    why: tuple[Reason, ...] = field(default=(), compare=False)
    order: tuple[str, ...] = field(default=(), compare=False)  # of the steps
    gaps: tuple[Gap, ...] = field(default=(), compare=False)

    def step(self, name: str) -> KeptStep | None:
        """The step with this name."""
        return next((step for step in self.steps if step.name == name), None)


@dataclass(frozen=True)
class KeptCouncil:
    """A council with its days; *likely* is the day of its college, *known* whether that is no estimate."""

    id: str
    identity: str
    municipality: str
    nominated: date
    elected: date
    first: date
    last: date
    likely: date
    known: bool
    status: Status | None  # of the college, where its day is known or set by law
    falls: tuple[tuple[date, date], ...]  # the day on which a college fell, and that of the next one
    why: Trace = field(default=(), compare=False)  # of the likely day

    @property
    def shown(self) -> FactDate:
        """The day of its college as it is shown: of a fact that is known by its month, the month."""
        said = self.why[-1].values.get("shown") if self.why else None
        return said if isinstance(said, FactDate) else FactDate(self.likely)


@dataclass(frozen=True)
class KeptAgreement:
    """An agreement; *identity* is None where it has neither an id of its own nor a first day."""

    name: str
    identity: str | None
    parties: tuple[str, ...]
    first: date | None
    last: date | None
    adopted: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True)
class KeptParty:
    """A municipality of the file with the merger by which it goes, or a partnership with whom it consults."""

    code: str
    name: str
    consults: tuple[str, ...] = ()
    goes: tuple[date, str] | None = None


@dataclass(frozen=True)
class Thresholds:
    """The thresholds of the region's policy that windows and verdicts rest on."""

    min_window_days: int
    in_step_window_days: int
    in_step_coverage: float
    out_of_step_coverage: float


@dataclass(frozen=True)
class Snapshot:
    """What is compared of one alignment; *parties* and *windows* are None where an older answer lacks them."""

    region: str
    today: date
    horizon: Period
    policy: Thresholds
    plans: tuple[KeptPlan, ...]
    unknown: tuple[str, ...]  # the partnerships of which no running plan is known
    councils: tuple[KeptCouncil, ...]
    agreements: tuple[KeptAgreement, ...]
    parties: tuple[KeptParty, ...] | None
    windows: tuple[KeptWindow, ...] | None  # of the whole region, over the horizon
    gaps: tuple[Gap, ...] = field(default=(), compare=False)

    @property
    def lacks(self) -> bool:
        """Whether it is of an older answer, so that windows and parties cannot be compared."""
        whole = all(plan.windows is not None and plan.facts is not None for plan in self.plans)
        return self.parties is None or self.windows is None or not whole


def of(alignment: Alignment) -> Snapshot:
    """What is compared of *alignment*."""
    policy, area = alignment.region.policy, alignment.whole_area()
    return Snapshot(
        region=alignment.region.id,
        today=alignment.today,
        horizon=alignment.horizon,
        policy=Thresholds(
            policy.min_window_days, policy.in_step_window_days, policy.in_step_coverage, policy.out_of_step_coverage
        ),
        plans=tuple(_plan(a, alignment.region) for a in alignment.assessments),
        unknown=tuple(unknown.owner for unknown in alignment.unknown_plans),
        councils=tuple(_council(alignment, term) for term in alignment.councils),
        agreements=tuple(_agreement(a) for a in alignment.region.agreements),
        parties=parties(alignment),
        windows=tuple(_window(alignment.region.id, w) for w in region_windows(alignment)),
        gaps=tuple(area.gaps(alignment.horizon, Level.LIKELY)) if area else (),
    )


def region_windows(alignment: Alignment) -> list[Window]:
    """The likely windows of the whole region over the horizon; none without municipalities."""
    area = alignment.whole_area()
    least = alignment.region.policy.min_window_days
    return area.windows(alignment.horizon, Level.LIKELY, least) if area else []


def parties(alignment: Alignment) -> tuple[KeptParty, ...]:
    """The municipalities that the file lists, with the merger by which each goes, and the partnerships."""
    region, register = alignment.region, alignment.register
    found = []
    for municipality in sorted(region.own_municipalities, key=lambda m: m.code):
        merger = register.merger_of(municipality.code)
        goes = (merger.day, merger.new) if merger else None
        found.append(KeptParty(municipality.code, municipality.name, goes=goes))
    return (*found, *(_partnership(region.partnerships[code]) for code in sorted(region.partnerships)))


def _partnership(partnership: Partnership) -> KeptParty:
    return KeptParty(partnership.code, partnership.name, tuple(sorted(partnership.municipalities)))


def _window(owner: str, window: Window) -> KeptWindow:
    return KeptWindow(window_id(owner, window), window.period, window.counts, window.opens, window.closes)


def _plan(a: Assessment, region: Region) -> KeptPlan:
    plan = a.plan
    partnership = region.partnerships.get(plan.owner)
    steps = a.schedule.steps if a.schedule else {}
    lowest = a.coverage_lowest
    return KeptPlan(
        id=plan.id,
        identity=plan.identity,
        owner=plan.owner,
        kind=plan.kind.id,
        name=plan.name,
        first=plan.first.day,
        last=plan.last.day if plan.last else None,
        status=plan.status,
        steps=_steps(steps.values()),
        facts=facts(plan),
        verdict=a.verdict,
        reasons=tuple(reason.code for reason in a.reasons),
        coverage=None if lowest is None else round(lowest, RATIO_DECIMALS),
        longest=a.longest_likely_days,
        recess_known=a.recess_known,
        windows=tuple(_window(plan.id, w) for w in a.windows(Level.LIKELY)),
        why=a.reasons,
        order=partnership.procedure.order if partnership and plan.kind.is_support_plan else tuple(steps),
        gaps=tuple(a.gaps(Level.LIKELY)),
    )


def facts(plan: Plan) -> tuple[tuple[str, FactDate], ...]:
    """On which days the file says that its steps were done, by step and day."""
    return tuple((step, fact) for step, key in FACT_KEYS.items() for fact in sorted(set(plan.facts[key])))


def _steps(steps: Iterable[Step]) -> tuple[KeptStep, ...]:
    return tuple(
        KeptStep(s.name, s.title, s.earliest.day, s.latest.day, s.status, s.basis, s.earliest.trace, s.latest.trace)
        for s in steps
    )


def _council(alignment: Alignment, term: CouncilTerm) -> KeptCouncil:
    e = term.election
    college = alignment.cycles.college(e, Level.LIKELY)
    return KeptCouncil(
        id=e.id,
        identity=e.identity,
        municipality=e.municipality,
        nominated=e.nominated.day,
        elected=e.elected.day,
        first=term.period.first,
        last=term.period.last,
        likely=college.day,
        known=e.formed is not None and e.observed,
        status=e.formed.status if e.formed else None,
        falls=tuple((fall.fell.day, fall.next.day) for fall in e.falls),
        why=college.trace,
    )


def _agreement(a: Agreement) -> KeptAgreement:
    return KeptAgreement(
        name=a.name,
        identity=agreement_identity(a),
        parties=tuple(sorted(a.parties)),
        first=a.first.day if a.first else None,
        last=a.last.day if a.last else None,
        adopted=tuple(sorted((code, fact.day if fact else None) for code, fact in a.adopted.items())),
    )


def agreement_identity(a: Agreement) -> str | None:
    """What an agreement is known by; None where only its name tells it apart."""
    return a.identity if a.first else a.was or a.own_id
