"""A region is the municipalities and partnerships that plan together, with what is known of them.

The nouns that everything after the reader works with. They are frozen and complete: names, provinces and
areas have been filled in from the register by ``building``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError, Place, nearest
from cycleplan.names import by_municipalities
from cycleplan.periods import Period, last_of_month


class FactDate(NamedTuple):
    """A day, or a month if a fact is known no better: it counts as the month's last day, and is shown as it."""

    day: date
    month_only: bool = False

    @classmethod
    def read(cls, text: str) -> FactDate:
        """The day or month that *text* writes as a region file does. Raises ValueError if it is none."""
        if len(text) == len("2022-12"):
            return cls(last_of_month(int(text[:4]), int(text[5:])), month_only=True)
        return cls(date.fromisoformat(text))

    def __str__(self) -> str:
        return self.day.isoformat()[:7] if self.month_only else self.day.isoformat()


def _named_by(name: str | None, first: FactDate) -> str:
    """*name*, or the first day; a month goes by its last day, so that it stays the same when that is found out."""
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", name or "")
    return str(last_of_month(int(month[1]), int(month[2])) if month else name or first.day)


class Mark(NamedTuple):
    """Where a noun stands in its file, and where each of its keys does. Never compared, never shown as such."""

    place: Place
    keys: Mapping[str, Place] = MappingProxyType({})

    def at(self, key: str) -> Place:
        """The place of *key*, or of the whole if the key is not there."""
        return self.keys.get(key, self.place)


NOWHERE = Mark(Place(1, 1))

# The calendar years that a file can speak of, and the longest rhythm of a plan in years.
EARLIEST_YEAR, LATEST_YEAR, LONGEST_RHYTHM = 2010, 2060, 12

LONGEST_PREPARATION = 48  # months from the day on which the draft of a plan is ready to its first day

LONGEST_FORMATION = 366  # days from polling day to the college that can be given in the place of the estimate

# Which key of a plan tells that a step was done.
FACT_KEYS: Mapping[str, str] = MappingProxyType(
    {"oogo": "oogo", "overlap": "overlap", "opr": "opr", "adoption": "adopted", "submission": "submitted"}
)

LONGEST_PLAN = 4  # years, of a support plan: WPO 18a lid 7, WVO 2020 2.47 lid 8 (at least once in four years)
SUPPORT_PLAN = "ondersteuningsplan"  # the kind of plan that a partnership makes

# The steps that have a wording of their own, in the order of a support plan.
KNOWN_STEPS = ("draft", "oogo", "overlap", "opr", "adoption", "submission")

# What people put in their agenda, by the kind of entry in the timeline: of a council, a plan, an agreement.
COUNCIL_EVENTS = ("nominated", "elected", "standstill", "college", "fell", "goes_into", "comes_from")
PLAN_EVENTS = (
    "consultation", "window", *KNOWN_STEPS, "submission_practical", "step", "plan_starts", "plan_ends",
)  # fmt: skip
AGREEMENT_EVENTS = (
    "agreement_starts", "agreement_ends", "suggested_evaluation", "suggested_handover", "suggested_reconfirmation",
)  # fmt: skip
EVENTS = (*COUNCIL_EVENTS, *PLAN_EVENTS, *AGREEMENT_EVENTS)
EVERYONE, OPR, GRIFFIE = "all", "opr", "griffie"  # whom a calendar is for, beside a party

# The pieces that are made of a region, and what can stand in one.
MEMO_TYPES = (
    "afstemmingsmemo", "raadsinformatiebrief", "collegevoorstel", "raadsvoorstel", "oplegger", "oogo-agenda",
)  # fmt: skip
MEMO_SECTIONS = (
    "notice", "decision", "message", "occasion", "effect", "arguments", "objections", "alternatives", "consequences",
    "councils", "when", "agenda", "subjects", "papers", "checklist", "finance", "communication", "planning",
    "continuity", "annexes", "accountability",
)  # fmt: skip


class CouncilFact(NamedTuple):
    """What is known of a council beside the rule: its college, a fall of it, another polling day."""

    elected: date
    status: Status
    source: str | None = None
    replaces: date | None = None
    nominated: date | None = None
    first: date | None = None
    fell: FactDate | None = None
    college_formed: FactDate | None = None
    mark: Mark = NOWHERE


class RecessPeriod(NamedTuple):
    """A recess as the council itself has set it."""

    period: Period
    status: Status = Status.ACTUAL
    source: str | None = None
    mark: Mark = NOWHERE


class KindStep(NamedTuple):
    """A step of making a plan of some kind: done at least *weeks* weeks after the step before it.

    *title* is what a region calls a step of its own, None for ``KNOWN_STEPS``; *gives* names the provision that
    asks for the step (``law``).
    """

    name: str
    weeks: int = 0
    title: str | None = None
    gives: str | None = None


class Kind(NamedTuple):
    """A kind of plan: whose it is, how it goes on, and the steps in which it is made.

    The draft is ready *opens_months* months before the plan's first day, the last of *steps* is done by the day
    before it; a support plan has none here, as its steps follow from the law and the partnership's procedure.
    *compared* kinds are set beside the support plans of their area; *youth* kinds go for the youth plan where
    ``policy.goal`` is parallel.
    """

    id: str
    name: Mapping[str, str]
    is_support_plan: bool = False
    rhythm: int | None = None
    opens_months: int = 0
    steps: tuple[KindStep, ...] = ()
    compared: bool = False
    youth: bool = False
    mark: Mark = NOWHERE


@dataclass(frozen=True)
class Plan:
    """A dated plan of a party. *last* is None if the plan is open-ended or its end is unknown."""

    owner: str
    kind: Kind
    first: FactDate
    last: FactDate | None
    status: Status
    source: str | None = None
    name: str | None = None
    own_id: str | None = None
    was: str | None = None
    rhythm: int | None = None
    follows: str | None = None  # the id of the plan before, if this one was computed from the rhythm
    oogo: tuple[FactDate, ...] = ()
    overlap: tuple[FactDate, ...] = ()
    opr: tuple[FactDate, ...] = ()
    adopted: tuple[FactDate, ...] = ()
    submitted: tuple[FactDate, ...] = ()
    note: str | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)

    @property
    def id(self) -> str:
        """Owner, kind and the plan's own id or first day."""
        return f"{self.owner}/{self.kind.id}/{self.own_id or self.first}"

    @property
    def identity(self) -> str:
        """What stays when the file is edited: as ``id``, but by what it was first published under."""
        return f"{self.owner}/{self.kind.id}/{_named_by(self.was or self.own_id, self.first)}"

    @property
    def facts(self) -> dict[str, tuple[FactDate, ...]]:
        """The days on which its steps were done, by day, per key of ``FACT_KEYS``."""
        return {key: getattr(self, key) for key in FACT_KEYS.values()}

    @property
    def period(self) -> Period | None:
        """Its days, or None if its end is not known."""
        return Period(self.first.day, self.last.day) if self.last else None


class Procedure(NamedTuple):
    """How a partnership makes its support plan: when the draft is ready, in what order, and the terms.

    *assumed* names those of its parts that nobody set: the defaults.
    """

    opens: tuple[int, int] = (1, 15)
    order: tuple[str, ...] = ("oogo", "opr")
    opr_weeks: int = 6
    adoption_weeks: int = 2
    assumed: frozenset[str] = frozenset({"opens", "order", "opr_weeks", "adoption_weeks"})


class Municipality(NamedTuple):
    """A party: a municipality of the region, or one that a partnership of the region must consult as well."""

    code: str
    name: str
    province: str
    holiday_region: str | None
    in_region: bool
    councils: tuple[CouncilFact, ...] = ()
    recess_added: tuple[RecessPeriod, ...] = ()
    recess_replaced: tuple[RecessPeriod, ...] = ()
    plans: tuple[Plan, ...] = ()
    mark: Mark = NOWHERE


class Partnership(NamedTuple):
    """A party: a partnership, with the municipalities that it must consult."""

    code: str
    name: str
    sector: str
    national: bool
    municipalities: tuple[str, ...]
    in_part: frozenset[str]
    procedure: Procedure
    rhythm: int
    plans: tuple[Plan, ...] = ()
    mark: Mark = NOWHERE


class Agreement(NamedTuple):
    """An agreement of several parties. *adopted* has a party without a day if the day is unknown."""

    name: str
    parties: tuple[str, ...]
    first: FactDate | None
    last: FactDate | None
    adopted: Mapping[str, FactDate | None]
    agreed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    status: Status = Status.ACTUAL
    source: str | None = None
    note: str | None = None
    mark: Mark = NOWHERE
    own_id: str | None = None
    was: str | None = None

    @property
    def identity(self) -> str:
        """What stays when the file is edited: its own id, or else its first day and its parties."""
        assert self.first, "only one that is dated has events"
        name = _named_by(self.was or self.own_id, self.first)
        is_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", name)
        return f"{name}/{'+'.join(sorted(self.parties))}" if is_day else name

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """The parties of which it is not known that they adopted it."""
        return tuple(party for party in self.parties if party not in self.adopted)

    @property
    def in_force(self) -> Period | None:
        """The days from which and to which it holds, once every party has adopted it; None if there are none.

        None as well while a party has yet to adopt it, or its first or last day is not known. An adoption of
        which only the day is unknown is taken to have been in time.
        """
        if self.waiting_for or not self.first or not self.last:
            return None
        first = max([self.first.day, *(fact.day for fact in self.adopted.values() if fact)])
        return Period(first, self.last.day) if first <= self.last.day else None


class Policy(NamedTuple):
    """The thresholds that a region can set, and how certain possible, likely and certain are.

    *formation_quantiles* are the shares of colleges that are formed by then; *formation_days*, if given, take
    their place as they stand: whole days after polling day. Both are in the order possible, likely, certain.
    *formation_asked* tells that the days were asked for on the command line and do not stand in the file.
    """

    min_window_days: int = 10
    in_step_window_days: int = 20
    in_step_coverage: float = 0.50
    out_of_step_coverage: float = 0.25
    parallel_share: float = 0.70
    goal: str = "settled"  # what a better sequence of plans is judged by; nothing is proposed yet
    formation_quantiles: tuple[float, float, float] = (0.1, 0.5, 0.9)
    formation_days: tuple[int, int, int] | None = None
    formation_asked: bool = False


class Publication(NamedTuple):
    """How the region publishes its calendar.

    *id* is the random UUID that keeps its events its own; *url* the address of the folder with the feeds;
    *audiences* has per audience the ``EVENTS`` that go to it where that is not the default.
    """

    id: str | None = None
    url: str | None = None
    audiences: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class Region:
    """Municipalities and partnerships that plan together.

    *municipalities* has all that must be consulted or are party to an agreement, and those before and after them.
    """

    id: str
    name: str
    language: str
    revised: date
    publication: Publication
    municipalities: Mapping[str, Municipality]
    partnerships: Mapping[str, Partnership]
    plans: tuple[Plan, ...]
    agreements: tuple[Agreement, ...]
    kinds: Mapping[str, Kind]
    policy: Policy
    headings: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # per type of memo its sections, with headings
    file: str = field(default="", compare=False)

    @property
    def all_plans(self) -> tuple[Plan, ...]:
        """The plans of partnerships, of municipalities and of the region itself."""
        of_partnerships = (plan for p in self.partnerships.values() for plan in p.plans)
        of_municipalities = (plan for m in self.municipalities.values() for plan in m.plans)
        return (*of_partnerships, *of_municipalities, *self.plans)

    @property
    def own_municipalities(self) -> tuple[Municipality, ...]:
        """The municipalities that the file lists."""
        return tuple(m for m in self.municipalities.values() if m.in_region)

    @property
    def dated_agreements(self) -> tuple[tuple[str, Agreement], ...]:
        """The agreements whose first and last day are known, each with its stable id, by first day."""
        found: dict[str, Agreement] = {}
        # By what stays when the file is edited: the first day and the parties, not the place in the list or the name.
        for agreement in sorted(self.agreements, key=lambda a: (str(a.first), sorted(a.parties), str(a.last))):
            if not agreement.first or not agreement.last:
                continue
            id = unique = f"{self.id}/agreement/{agreement.own_id or agreement.first}"
            number = 1
            while unique in found:
                number += 1
                unique = f"{id}-{number}"
            found[unique] = agreement
        return tuple(found.items())

    def area_of(self, plan: Plan) -> tuple[tuple[str, ...], frozenset[str]]:
        """The municipalities that the plan is about, and those of them that lie in it in part."""
        partnership = self.partnerships.get(plan.owner)
        if partnership:
            return partnership.municipalities, partnership.in_part
        if plan.owner in self.municipalities:
            return (plan.owner,), frozenset()
        return tuple(m.code for m in self.own_municipalities), frozenset()

    @property
    def parties(self) -> dict[str, str]:
        """The code of every party by what people may call it: its name or its code."""
        codes = (*self.partnerships, *self.municipalities)
        return {self.party_name(code): code for code in codes} | {code: code for code in codes}

    def find_party(self, asked: str) -> str:
        """The code of the party that somebody means, whatever the capitals.

        Raises CycleplanError ``no-such-party`` with the nearest.
        """
        found = {name.casefold(): code for name, code in self.parties.items()}.get(asked.casefold())
        if found is None:
            raise CycleplanError("no-such-party", id=asked, near=nearest(asked, self.parties))
        return found

    def party_name(self, code: str) -> str:
        """What people call a party; a partnership without a known name goes by its first municipalities."""
        if code in self.municipalities:
            return self.municipalities[code].name
        partnership = self.partnerships.get(code)
        if partnership is None:
            return self.name if code == self.id else code
        if partnership.name:
            return partnership.name
        return f"{code} ({by_municipalities(self.municipalities[c].name for c in partnership.municipalities)})"
