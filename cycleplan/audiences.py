"""An audience is whom a calendar is published for; it narrows the events to what its readers act on or must know.

Which events concern a reader, and which of these it gets, is in docs/agenda.md (English: docs/calendar.md); a
region file changes the latter with ``calendar.audiences``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cached_property

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.entries import Entry
from cycleplan.errors import CycleplanError, nearest
from cycleplan.region import AGREEMENT_EVENTS, COUNCIL_EVENTS, EVENTS, EVERYONE, GRIFFIE, LONGEST_PREPARATION, OPR
from cycleplan.timeline import build
from cycleplan.workdays import SchoolYear

_GROUPS = ("municipality", "partnership")  # what the file can name for all parties of a kind


class _Concern(Enum):
    """How an event concerns a party, with the events that it then gets."""

    OWN = EVENTS  # its own council, its own plan, an agreement that it is a party to
    CONSULTED = ("consultation", "window", "oogo", "plan_starts", "plan_ends")  # on a plan of somebody else
    BESIDE = ("overlap",)  # a plan of the partnership that it overlaps with
    AREA = ("elected", "standstill", "college", "fell", "goes_into", "comes_from")  # councils it must consult


_DEFAULTS = {
    EVERYONE: EVENTS,
    OPR: ("draft", "opr", "adoption", "submission", "submission_practical", "plan_starts", "plan_ends"),
    GRIFFIE: (*COUNCIL_EVENTS, "adoption", "step", "plan_starts", "plan_ends", *AGREEMENT_EVENTS),
}


class Audiences:
    """Whom the calendar of one region is published for, and what each of them gets of its timeline.

    *timeline* runs over the horizon of the alignment.
    """

    def __init__(self, alignment: Alignment) -> None:
        self.region = alignment.region
        self.horizon = alignment.horizon
        self._register = alignment.register
        self._today = alignment.today
        # Of plans that begin after the horizon the making may lie within it.
        self._alignment = alignment.longer(-(-LONGEST_PREPARATION // 12))
        self.timeline = build(self._alignment, within=self.horizon)
        self._plans: dict[str, Assessment] = {a.plan.id: a for a in self._alignment.assessments}

    @cached_property
    def still_to_come(self) -> tuple[Entry, ...]:
        """What the region has from today on, whoever gets it and whether or not the horizon shows it."""
        return tuple(e for e in build(self._alignment, everything=True).entries if e.last.day >= self._today)

    def all(self) -> Iterator[str]:
        """Every audience: everyone, the partnerships, the municipalities that still exist, OPRs, clerks, its own."""
        lanes = {kind: [lane.id for lane in self.timeline.lanes if lane.kind == kind] for kind in _GROUPS}
        parties = sorted({party for agreement in self.region.agreements for party in agreement.parties})
        outside = (p for p in parties if p in self.region.municipalities and p not in lanes["municipality"])
        lanes["municipality"] += outside
        since = SchoolYear.on(self._today).period.first
        yield EVERYONE
        yield from lanes["partnership"]
        yield from (code for code in lanes["municipality"] if not self._is_gone(code, since))
        if lanes["partnership"]:
            yield OPR
        if lanes["municipality"]:
            yield GRIFFIE
        known = {*_DEFAULTS, *_GROUPS}
        yield from (a for a in sorted(self.region.publication.audiences) if a not in known and not self._is_party(a))

    def _is_gone(self, code: str, since: date) -> bool:
        merger = self._register.merger_of(code)
        return merger is not None and merger.day <= since

    def _is_party(self, audience: str) -> bool:
        return audience in self.region.municipalities or audience in self.region.partnerships

    def find(self, asked: str) -> str:
        """The audience that somebody means: its name, a party's code or a party's name, whatever the capitals.

        Raises CycleplanError ``no-such-audience`` with the nearest.
        """
        known = self.region.parties | {a: a for a in self.all()}
        found = {name.casefold(): audience for name, audience in known.items()}.get(asked.casefold())
        if found is None:
            near = nearest(asked, known)
            raise CycleplanError("no-such-audience", audience=asked, near=near, known=list(self.all()))
        return found

    def events(self, audience: str) -> tuple[Entry, ...]:
        """What of the timeline goes to an audience, by day and id."""
        return tuple(e for e in self.timeline.for_calendar if self._gets(audience, e))

    def _gets(self, audience: str, entry: Entry) -> bool:
        own = self.region.publication.audiences
        if self._is_party(audience):
            concern = self._concern(audience, entry)
            group = _GROUPS[audience in self.region.partnerships]
            listed = own.get(audience, own.get(group))
            if concern is None or listed is None:
                return concern is not None and entry.kind in concern.value
            # That the other partnership overlaps is no reason to get all that the region lists.
            return entry.kind in listed and (concern is not _Concern.BESIDE or entry.kind in concern.value)
        if entry.kind not in own.get(audience, _DEFAULTS.get(audience, EVENTS)):
            return False
        plan = entry.values.get("plan")
        if audience == OPR:
            return plan is not None and plan.kind.is_support_plan
        if audience == GRIFFIE:
            return plan is None or plan.owner not in self.region.partnerships
        return True

    def _concern(self, party: str, entry: Entry) -> _Concern | None:
        """How an entry concerns a party, or None."""
        partnership = self.region.partnerships.get(party)
        if "parties" in entry.values:  # an agreement binds the successor of a party too
            return _Concern.OWN if self._register.came_from(party) & set(entry.values["parties"]) else None
        if entry.lane == party:
            return _Concern.OWN
        plan = entry.values.get("plan")
        if plan is None:
            # The people of a municipality that goes vote for the council of the one that it goes into.
            area = self._area(party) if partnership else self._register.goes_into(party)
            return _Concern.AREA if entry.lane in area else None
        if plan.owner in self._register.came_from(party):
            return _Concern.OWN
        if plan.owner == self.region.id:
            return _Concern.CONSULTED if partnership else self._of_the_region(party)
        other = self.region.partnerships.get(plan.owner)
        if not partnership:
            return _Concern.CONSULTED if party in self._plans[plan.id].municipalities else None
        if other is None:
            return _Concern.CONSULTED if plan.owner in self._area(party) else None
        overlap = self._area(party) & self._area(plan.owner)
        return _Concern.BESIDE if overlap and other.sector != partnership.sector else None

    def _of_the_region(self, party: str) -> _Concern | None:
        own = {m.code for m in self.region.own_municipalities}
        return _Concern.OWN if self._register.came_from(party) & own else None

    def _area(self, partnership: str) -> set[str]:
        """The municipalities of a partnership, those that they came from and those that they go into."""
        found: set[str] = set()
        for code in self.region.partnerships[partnership].municipalities:
            found |= self._register.came_from(code) | {*self._register.goes_into(code)}
        return found
