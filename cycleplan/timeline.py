"""A timeline is a region's story in lanes: what the drawing outputs, the calendar and ``explain`` read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from cycleplan import entries
from cycleplan.alignment import Alignment
from cycleplan.cycles import Level
from cycleplan.entries import Entry
from cycleplan.periods import Period
from cycleplan.region import EVENTS
from cycleplan.workdays import SchoolYear


class Lane(NamedTuple):
    """A line of the timeline: a party, or the region with its agreements.

    *beside* are whom a party plans with; *outside* is a municipality that is consulted and not of the region. *then*
    are the municipalities that it goes on as after a merger.
    """

    id: str
    kind: str  # partnership, region, municipality: in that order
    name: str
    beside: tuple[str, ...] = ()
    outside: bool = False
    then: tuple[str, ...] = ()

    @property
    def coded(self) -> str:
        """Its code and its name; a partnership without a known name goes by a name that begins with the code."""
        return self.name if self.name.startswith(self.id) else f"{self.id} {self.name}"


@dataclass(frozen=True)
class Timeline:
    """The lanes and entries of one region, by lane and day, as seen from *today*; *period* is what it tells of."""

    lanes: tuple[Lane, ...]
    entries: tuple[Entry, ...]
    period: Period
    today: date

    def find(self, id: str) -> Entry | None:
        """The entry with this id, or None."""
        return next((e for e in self.entries if e.id == id), None)

    @property
    def for_calendar(self) -> tuple[Entry, ...]:
        """The entries that are meant for calendars, by day and id."""
        chosen = (e for e in self.entries if e.for_calendar)
        return tuple(sorted(chosen, key=lambda e: (e.first.day, e.last.day, e.id)))


def build(alignment: Alignment, everything: bool = False, within: Period | None = None) -> Timeline:
    """The timeline of *alignment* over its horizon, or over the part of it *within*.

    *everything* keeps what its plans have outside it as well.
    """
    lanes = _lanes(alignment)
    found = [*entries.region_windows(alignment), *entries.agreement_entries(alignment)]
    for assessment in alignment.assessments:
        found += entries.plan_entries(assessment, alignment.horizon)
    for lane in lanes:
        if lane.kind == "municipality":
            found += _of_municipality(alignment, lane.id)
            found += entries.mergers(alignment, lane.id)
            found += _of_successors(alignment, lane, everything)
    order = {lane.id: i for i, lane in enumerate(lanes)}
    within = within or alignment.horizon
    inside = (e for e in _each_its_own(found) if everything or e.period & within)
    finished = (_for_calendar(e, alignment.today) for e in inside)
    ordered = sorted(finished, key=lambda e: (order[e.lane], e.first.day, e.id))
    return Timeline(tuple(lanes), tuple(ordered), within, alignment.today)


def _lanes(alignment: Alignment) -> list[Lane]:
    """The partnerships above, the municipalities that they consult below, the region and its agreements between."""
    region = alignment.region
    areas = {
        p.code: tuple(sorted(alignment.register.parties_on(p.municipalities, alignment.today, p.in_part)))
        for p in region.partnerships.values()
    }
    own = [m.code for m in region.own_municipalities]
    used = {code for a in alignment.assessments for code in a.municipalities}
    then = _going_on(alignment, own, used)
    of_region = {*own, *(alignment.register.code_on(code, alignment.horizon.last) for code in own)}
    shown = (of_region | used).difference(*then.values())
    lanes = [Lane(code, "partnership", region.party_name(code), area) for code, area in areas.items()]
    lanes.append(Lane(region.id, "region", region.name))
    for code in region.municipalities:
        if code in shown:
            later = then.get(code, ())
            name = " / ".join(region.party_name(one) for one in (code, *later))
            today = alignment.register.code_on(code, alignment.today)
            consulting = tuple(partnership for partnership, area in areas.items() if today in area)
            lanes.append(Lane(code, "municipality", name, consulting, code not in of_region, later))
    return lanes


def _going_on(alignment: Alignment, own: Sequence[str], used: set[str]) -> dict[str, tuple[str, ...]]:
    """Per municipality those that it alone of the region goes into; one that takes part itself has its own lane."""
    after = {code: alignment.register.codes_until(code, alignment.horizon.last)[1:] for code in own}
    times = Counter(new for codes in after.values() for new in codes)
    taken = {*own, *used, *(new for new, number in times.items() if number > 1)}
    return {code: tuple(takewhile(lambda new: new not in taken, codes)) for code, codes in after.items()}


def _of_municipality(alignment: Alignment, code: str) -> Iterator[Entry]:
    for term in alignment.councils:
        if term.election.municipality == code:
            yield from entries.council_entries(alignment, term)
    yield from entries.standstills(alignment, code)
    yield from entries.recesses(alignment, code)


def _of_successors(alignment: Alignment, lane: Lane, everything: bool) -> Iterator[Entry]:
    """What a lane goes on with after a merger: the successor's, from the council of the merger on."""
    own = {entry.id for term in alignment.cycles.lane(lane.id) for entry in entries.council_entries(alignment, term)}
    before = lane.id
    for code in lane.then:
        since = next(merger.day for merger in alignment.register.ways_out(before) if merger.new == code)
        before = code
        # That the lane came to be this one, the one before it has told.
        goes = (entry for entry in entries.mergers(alignment, code) if everything or entry.kind == "goes_into")
        for entry in (*_of_municipality(alignment, code), *goes):
            in_lane = entry.id in own or entry.first.day >= since
            if not in_lane and entry.kind in ("standstill", "recess") and entry.last.day >= since:
                entry, in_lane = replace(entry, first=entry.first._replace(day=since)), True
            if in_lane or everything:
                yield replace(entry, lane=lane.id)


def _each_its_own(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, no two with one identity: a file can call one plan what another was called before."""
    taken: dict[str, int] = {}
    for entry in sorted(entries, key=lambda e: (e.first.day, e.id)):
        number = taken[entry.identity] = taken.get(entry.identity, 0) + 1
        yield entry if number == 1 else replace(entry, identity=f"{entry.identity}#{number}")


def _for_calendar(entry: Entry, today: date) -> Entry:
    """Mark what is meant for calendars: of the kinds that are, what has not ended before this school year.

    Of windows the certain ones, and the likely ones that have other days: two of the same days say one thing.
    """
    since = SchoolYear.on(today).period.first
    says_less = entry.values.get("level") == Level.POSSIBLE or entry.values.get("as_certain")
    return replace(entry, for_calendar=entry.kind in EVENTS and entry.last.day >= since and not says_less)
