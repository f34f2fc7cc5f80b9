"""The register holds the national facts: municipalities, mergers, partnerships, holidays, elections, colleges.

It reads the tables in ``data/``; each row there carries its source. A table is read when it is first asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from typing import NamedTuple

from cycleplan import resources
from cycleplan.daterules import Status
from cycleplan.periods import Period
from cycleplan.workdays import WorkCalendar

ADVISED_MAY_WEEK = "mei_adviesweek"


class RegisteredMunicipality(NamedTuple):
    """A municipality of the CBS list, of today or since 2014; *since* and *until* are inclusive, None is open."""

    code: str
    name: str
    province: str
    since: date | None
    until: date | None

    def exists_on(self, day: date) -> bool:
        """Whether the code was in use on *day*."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Merger(NamedTuple):
    """An old municipality's way into a new one, from *day* on.

    *kind* is merge, split (the main successor), split-part (another successor), rename or planned.
    """

    day: date
    old: str
    new: str
    kind: str


class MergerElection(NamedTuple):
    """A council elected because of a merger. What is None follows from the Wet arhi."""

    municipality: str
    effective: date
    regime: str  # arhi; before-2014 (the province chose the day); own-act (Amsterdam 2022)
    elected: date | None
    status: Status
    nominated: date | None
    first_sitting: date | None
    skips: date | None
    takes_part: date | None  # a regular election that the Act would skip and that was held all the same
    source: str


class RegisteredPartnership(NamedTuple):
    """A partnership; *vintage* tells of when its area is, empty for a national one, which has none."""

    code: str
    name: str
    sector: str
    national: bool
    successor: str | None
    vintage: str
    municipalities: tuple[str, ...]
    in_part: Mapping[str, Part]  # those of which only a part lies in the area


class Part(NamedTuple):
    """What of a municipality lies in an area: former municipalities, and postcodes (four digits, or runs of them)."""

    former: tuple[str, ...]
    postcodes: tuple[str, ...]


class KnownPlan(NamedTuple):
    """A support plan whose period a source names; *last* is inclusive, None if it is not known.

    *steps* tells which steps were done when, by the keys of a region file and as it writes them (a day or a month).
    """

    partnership: str
    first: date
    last: date | None
    status: Status
    steps: Mapping[str, str]
    source: str
    note: Mapping[str, str]  # per language; empty where there is nothing to tell


class SchoolHoliday(NamedTuple):
    """A school holiday of a holiday region, fixed or advised."""

    school_year: str
    region: str
    name: str
    period: Period
    status: str
    source: str


class KnownCollege(NamedTuple):
    """The day on which a municipality's college was installed, with its source."""

    municipality: str
    elected: date
    day: date
    status: Status
    source: str


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _part(area: str) -> Part:
    """As the table has it: "gebied van voormalige gemeente A + B (3 van 9 PC4: 1234 1240-1241)", or from "3 van" on."""
    before, _, postcodes = area.rstrip(")").partition(" PC4: ")
    former = before.rpartition(" (")[0].removeprefix("gebied van voormalige gemeente ")
    return Part(tuple(former.split(" + ")) if former else (), tuple(postcodes.split()))


class Register:
    """The national facts, by question."""

    @cached_property
    def revised(self) -> date:
        """The day on which the tables were last changed."""
        return resources.revised("register.yaml")

    @cached_property
    def municipalities(self) -> dict[str, RegisteredMunicipality]:
        """Every municipality since 2014 by code, those that went into another too."""
        return {
            r["code"]: RegisteredMunicipality(r["code"], r["name"], r["province"], _day(r["since"]), _day(r["until"]))
            for r in resources.table("municipalities")
        }

    @cached_property
    def mergers(self) -> tuple[Merger, ...]:
        """All mergers since 2014, the planned ones too, by day."""
        return tuple(
            Merger(date.fromisoformat(r["date"]), r["old_code"], r["new_code"], r["kind"])
            for r in resources.table("mergers")
        )

    @cached_property
    def merger_elections(self) -> dict[str, list[MergerElection]]:
        """The elections because of a merger, per municipality that they were for, by day."""
        found: dict[str, list[MergerElection]] = defaultdict(list)
        for r in resources.table("merger_elections"):
            days = {k: _day(r[k]) for k in ("elected", "nominated", "first_sitting", "skips", "takes_part")}
            effective = date.fromisoformat(r["effective"])
            status, source = Status(r["status"]), r["source"]
            election = MergerElection(r["code"], effective, r["regime"], status=status, source=source, **days)
            found[r["code"]].append(election)
        return found

    @cached_property
    def partnerships(self) -> dict[str, RegisteredPartnership]:
        """Every partnership by code."""
        areas: dict[str, list[dict[str, str]]] = defaultdict(list)
        for r in resources.table("partnership_municipalities"):
            areas[r["partnership"]].append(r)
        return {
            r["code"]: RegisteredPartnership(
                r["code"],
                r["name"],
                r["sector"],
                bool(r["national"]),
                r["successor"] or None,
                r["vintage"],
                tuple(a["municipality"] for a in areas[r["code"]]),
                {a["municipality"]: _part(a["area"]) for a in areas[r["code"]] if a["part"] == "part"},
            )
            for r in resources.table("partnerships")
        }

    @cached_property
    def plans(self) -> dict[str, list[KnownPlan]]:
        """The support plans that are known, per partnership, by first day."""
        found: dict[str, list[KnownPlan]] = defaultdict(list)
        for r in resources.table("plans"):
            steps = {key: r[key] for key in ("oogo", "opr", "adopted", "submitted") if r[key]}
            note = {lang: r[f"note_{lang}"] for lang in ("nl", "en") if r[f"note_{lang}"]}
            first, status = date.fromisoformat(r["first"]), Status(r["status"])
            plan = KnownPlan(r["partnership"], first, _day(r["last"]), status, steps, r["source"], note)
            found[plan.partnership].append(plan)
        return found

    @cached_property
    def school_holidays(self) -> dict[str, list[SchoolHoliday]]:
        """The school holidays per holiday region (noord, midden, zuid), by day."""
        found: dict[str, list[SchoolHoliday]] = defaultdict(list)
        for r in resources.table("school_holidays"):
            period = Period(date.fromisoformat(r["first"]), date.fromisoformat(r["last"]))
            source = self._holiday_source(r["source"])
            holiday = SchoolHoliday(r["school_year"], r["region"], r["name"], period, r["status"], source)
            found[r["region"]].append(holiday)
        return found

    def _holiday_source(self, keys: str) -> str:
        """Where a holiday was read; the table names its sources by a letter, and after them what was not taken over."""
        return " ; ".join(self._holiday_sources[key] for key in keys.partition(";")[0].split("+"))

    @cached_property
    def _holiday_sources(self) -> dict[str, str]:
        return {r["key"]: r["source"] for r in resources.table("school_holiday_sources")}

    @cached_property
    def holiday_years(self) -> frozenset[int]:
        """The years in which a school year starts whose holidays are known."""
        return frozenset(int(h.school_year[:4]) for h in self.school_holidays["midden"])

    @cached_property
    def _holiday_regions(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for r in resources.table("holiday_regions"):
            # The part that is the rest of a split municipality stands for the whole of it.
            found[r["code"]].insert(0 if r["part"].startswith("rest") else len(found[r["code"]]), r["region"])
        return found

    def holiday_regions(self, code: str) -> list[str]:
        """The holiday regions in which a municipality lies, the main one first; most lie in one."""
        found = self._holiday_regions.get(code)
        if found is None:  # a former municipality: as the one it went into
            successor = self.successor(code)
            return self.holiday_regions(successor) if successor else []
        return found

    @cached_property
    def workdays(self) -> WorkCalendar:
        """The calendar of working days, with the days equated by decree."""
        return WorkCalendar.of(date.fromisoformat(r["date"]) for r in resources.table("equated_days"))

    @cached_property
    def council_elections(self) -> dict[date, str]:
        """The regular council elections that were held or are announced: polling day → source."""
        return {
            date.fromisoformat(r["date"]): r["source"]
            for r in resources.table("elections")
            if r["type"] == "GR" and r["status"] in ("held", "scheduled")
        }

    @cached_property
    def colleges(self) -> dict[tuple[str, date], KnownCollege]:
        """The known installations of a college, by municipality and polling day."""
        return {
            (r["code"], date.fromisoformat(r["elected"])): KnownCollege(
                r["code"],
                date.fromisoformat(r["elected"]),
                date.fromisoformat(r["college_formed"]),
                Status(r["status"]),
                r["source"],
            )
            for r in resources.table("colleges")
        }

    @cached_property
    def formation_lengths(self) -> tuple[tuple[float, float], ...]:
        """The known points of the distribution of formation lengths: days after polling day, share formed."""
        return tuple((float(r["days"]), float(Fraction(r["share"]))) for r in resources.table("formation_lengths"))

    # --- mergers, by question

    @cached_property
    def _by_old(self) -> dict[str, list[Merger]]:
        found: dict[str, list[Merger]] = defaultdict(list)
        for merger in self.mergers:
            found[merger.old].append(merger)
        return found

    @cached_property
    def _by_new(self) -> dict[str, list[Merger]]:
        found: dict[str, list[Merger]] = defaultdict(list)
        for merger in self.mergers:
            found[merger.new].append(merger)
        return found

    def ways_out(self, code: str) -> list[Merger]:
        """The mergers by which a municipality went into others, the main successor first; several if it was divided."""
        return sorted(self._by_old.get(code, ()), key=lambda m: m.kind == "split-part")

    def merger_of(self, code: str) -> Merger | None:
        """The merger by which a municipality went into its (main) successor, or None."""
        return next(iter(self.ways_out(code)), None)

    def codes_until(self, code: str, day: date) -> tuple[str, ...]:
        """The codes under which a municipality goes up to and including *day*: its own, then its successors'."""
        gone = self.merger_of(code)
        return (code, *self.codes_until(gone.new, day)) if gone and gone.day <= day else (code,)

    def code_on(self, code: str, day: date) -> str:
        """The code under which a municipality goes on *day*: its successor's, once it has gone."""
        return self.codes_until(code, day)[-1]

    def successor(self, code: str) -> str | None:
        """The municipality into which this one went, or None."""
        merger = self.merger_of(code)
        return merger.new if merger else None

    def predecessors(self, code: str) -> list[Merger]:
        """The mergers into a municipality, by day."""
        return self._by_new.get(code, [])

    def came_from(self, code: str) -> set[str]:
        """A municipality with all that went into it, one after the other."""
        found, todo = {code}, [code]
        while todo:
            new = {merger.old for merger in self.predecessors(todo.pop())} - found
            found |= new
            todo += new
        return found

    def goes_into(self, code: str) -> tuple[str, ...]:
        """The municipalities that one goes into, one after the other."""
        return self.codes_until(code, date.max)[1:]

    def merger_days(self, code: str) -> frozenset[date]:
        """The days of the mergers by which a municipality came to be what it is, and of those that it goes into."""
        if code not in self._merger_days:
            found, seen, todo = set(), {code}, [code]
            while todo:
                one = todo.pop()
                for merger in (*self._by_new.get(one, ()), *self._by_old.get(one, ())):
                    found.add(merger.day)
                    todo += {merger.old, merger.new} - seen
                    seen |= {merger.old, merger.new}
            self._merger_days[code] = frozenset(found)
        return self._merger_days[code]

    @cached_property
    def _merger_days(self) -> dict[str, frozenset[date]]:
        return {}

    def parties_on(self, codes: Iterable[str], day: date, in_part: frozenset[str] = frozenset()) -> set[str]:
        """The municipalities that on *day* made up the area of these municipalities.

        Before a merger the predecessors stand in the place of the successor; from it on the successor stands
        in theirs. Of a municipality *in_part* in the area those that were divided up are left out, since it
        is not known whether their part lay in it.
        """
        found: set[str] = set()
        for code in codes:
            known, listed = self.municipalities[code], code
            while known.until and known.until < day and (next_code := self.successor(code)):
                code, known = next_code, self.municipalities[next_code]
            if known.exists_on(day):
                found.add(code)
            for merger in self.predecessors(code) if code == listed else ():
                if merger.day > day and not (code in in_part and merger.kind.startswith("split")):
                    found |= self.parties_on([merger.old], day)
        return found


@cache
def load_register() -> Register:
    """The register that ships with cycleplan."""
    return Register()
