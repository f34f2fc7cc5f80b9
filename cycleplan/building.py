"""Building makes the nouns of a region of what was read of its file, with the register to fill them in.

What does not fit together is told and left out, so that the rest can be looked at as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cycleplan import fileformat, resources, yamltext
from cycleplan.daterules import Status
from cycleplan.errors import Place, Problem, nearest
from cycleplan.names import nearest_code
from cycleplan.periods import Period
from cycleplan.region import (
    FACT_KEYS,
    KNOWN_STEPS,
    SUPPORT_PLAN,
    Agreement,
    CouncilFact,
    FactDate,
    Kind,
    KindStep,
    Mark,
    Municipality,
    Partnership,
    Plan,
    Policy,
    Procedure,
    Publication,
    RecessPeriod,
    Region,
)
from cycleplan.register import Register
from cycleplan.workdays import school_years
from cycleplan.yamltext import MarkedDict

DEFAULT_RHYTHM = 4
MAX_NEAREST = 100  # for how many mistakes the nearest right code is looked up; more are not shown

# What stands under a plan's id in the timeline beside the steps of its kind: no name for one of these.
_TAKEN = ("draft", "first", "last", "consultation", "opr-refusal", "submission-practical")

# What somebody writes who means an audience that there is, and would otherwise get another one by that name.
_MEANT = {
    **dict.fromkeys(("gemeente", "gemeenten", "municipalities"), "municipality"),
    **dict.fromkeys(("samenwerkingsverband", "samenwerkingsverbanden", "swv", "partnerships"), "partnership"),
    **dict.fromkeys(("iedereen", "everyone"), "all"),
    **dict.fromkeys(("griffies", "clerk", "clerks"), "griffie"),
}

Raw = Mapping[str, Any]
Path_ = tuple[str | int, ...]


@cache
def known_kinds() -> Mapping[str, Kind]:
    """The kinds of plan that cycleplan knows, by id."""
    path = resources.data("kinds.yaml")
    read = yamltext.read(path.read_bytes(), path.name)
    return {
        k["kind"]: Kind(
            id=k["kind"],
            name=k["name"],
            is_support_plan=k.get("support_plan", False),
            rhythm=k.get("rhythm"),
            opens_months=k.get("opens_months", 0),
            steps=tuple(KindStep(s["step"], s.get("weeks", 0), None, s.get("gives")) for s in k.get("steps", ())),
            compared=k.get("compared", False),
            youth=k.get("youth", False),
        )
        for k in read.data["kinds"]
    }


def municipality_of(code: str, register: Register, in_region: bool = False) -> Municipality:
    """A municipality as the register has it."""
    known = register.municipalities[code]
    holiday_region = next(iter(register.holiday_regions(code)), None)
    return Municipality(code, known.name, known.province, holiday_region, in_region)


def partnership_of(code: str, register: Register) -> Partnership:
    """A partnership as the register has it, without its plans, with the default procedure and rhythm."""
    known = register.partnerships[code]
    return Partnership(
        code=code,
        name=known.name,
        sector=known.sector,
        national=known.national,
        municipalities=known.municipalities,
        in_part=frozenset(known.in_part),
        procedure=Procedure(),
        rhythm=DEFAULT_RHYTHM,
    )


def add_those_before_and_after(municipalities: dict[str, Municipality], register: Register) -> None:
    """Add the municipalities that those of *municipalities* came from and go into.

    Before a merger the predecessors are parties and after it the successor; they need a name as well.
    """
    todo = list(municipalities)
    while todo:
        code = todo.pop()
        related = [m.old for m in register.predecessors(code)]
        successor = register.successor(code)
        for other in [*related, successor] if successor else related:
            if other not in municipalities:
                municipalities[other] = municipality_of(other, register)
                todo.append(other)


def _was_taken_out(key: str, raw: Raw, mark: Mark) -> bool:
    """Whether *key* stands in the file but not in what was read: it was wrong, and that has been told."""
    return key in mark.keys and key not in raw


@dataclass
class Builder:
    """Makes the nouns of one file, and finds what does not fit together."""

    file: str
    data: MarkedDict
    valid: Any
    register: Register
    kinds_in_file: int
    problems: list[Problem] = field(default_factory=list)
    kinds: dict[str, Kind] = field(default_factory=dict)

    def _tell(self, rule: str, place: Place, **values: Any) -> None:
        self.problems.append(Problem(self.file, place, "error", rule, values))

    def _node(self, path: Path_) -> Any:
        node: Any = self.data
        for part in path:
            node = node[part]
        return node

    def _mark(self, *path: str | int) -> Mark:
        node = self._node(path)
        return Mark(node.place, node.value_places)

    def _item_place(self, *path: str | int) -> Place:
        """Where an item of a list stands; *path* ends with its number."""
        place: Place = self._node(path[:-1]).value_places[path[-1]]
        return place

    def region(self) -> Region:
        """Make the region; what does not fit together is then in ``problems``."""
        valid = self.valid
        self.kinds = {**known_kinds(), **self._own_kinds()}
        partnerships = self._partnerships()
        municipalities = self._municipalities()
        for partnership in partnerships.values():
            for code in partnership.municipalities:
                municipalities.setdefault(code, municipality_of(code, self.register))
        for party in (p for raw in valid.get("agreements", ()) for p in raw["parties"]):
            if party in self.register.municipalities:
                municipalities.setdefault(party, municipality_of(party, self.register))
        add_those_before_and_after(municipalities, self.register)
        region_id = valid["region"]
        plans = self._plans(region_id, ("plans",), None)
        region = Region(
            id=region_id,
            name=valid["name"],
            language=valid.get("language", "nl"),
            revised=valid["revised"],
            publication=self._publication(valid.get("calendar", {})),
            municipalities=municipalities,
            partnerships=partnerships,
            plans=plans,
            agreements=tuple(self._agreement(i, raw) for i, raw in enumerate(valid.get("agreements", ()))),
            kinds=self.kinds,
            policy=self._policy(),
            headings=valid.get("memo", {}).get("headings", {}),
            file=self.file,
        )
        self._refuse_twice(region)
        self._refuse_strangers(region)
        return region

    def _own_kinds(self) -> dict[str, Kind]:
        found = {}
        for i, raw in enumerate(self.valid.get("kinds", ())):
            if raw["kind"] in known_kinds() or raw["kind"] in found:
                self._tell("kind-exists", self._mark("kinds", i).at("kind"), kind=raw["kind"])
                continue
            steps = self._own_steps(i, raw)
            if steps is None:
                continue
            found[raw["kind"]] = Kind(
                id=raw["kind"],
                name={"nl": raw["name"], "en": raw["name"]},
                rhythm=raw.get("rhythm"),
                opens_months=raw.get("opens_months", 0),
                steps=steps,
                compared=raw.get("compared", False),
                mark=self._mark("kinds", i),
                youth=raw.get("youth", False),
            )
        return found

    def _own_steps(self, i: int, raw: Raw) -> tuple[KindStep, ...] | None:
        """The steps of a kind of the region's own; None if they cannot be counted with, which is then told."""
        mark = self._mark("kinds", i)
        pair = ("opens_months", "steps")
        if any(_was_taken_out(key, raw, mark) for key in pair):
            return None
        missing = [key for key in pair if key not in raw]
        if len(missing) == 1:
            self._tell("missing-key", mark.place, key=missing[0])
            return None
        found: dict[str, KindStep] = {}
        told = len(self.problems)
        for k, step in enumerate(raw.get("steps", ())):
            name, place = step["step"], self._mark("kinds", i, "steps", k)
            if name in found or name in _TAKEN or name.startswith("decision-"):
                self._tell("step-exists", place.at("step"), step=name)
                continue
            known = name in KNOWN_STEPS
            if known and "name" in step:
                self._tell("step-has-a-name", place.at("name"), step=name)
            title = None if known else step.get("name", name)
            found[name] = KindStep(name, step.get("weeks", 0), title)
        return tuple(found.values()) if len(self.problems) == told else None

    # parties

    def _municipalities(self) -> dict[str, Municipality]:
        found: dict[str, Municipality] = {}
        for i, raw in enumerate(self.valid.get("municipalities", ())):
            mark = self._mark("municipalities", i)
            code = raw["code"]
            if not self._known_municipality(code, mark.at("code")):
                continue
            if code in found:
                self._tell("listed-twice", mark.at("code"), code=code)
                continue
            recess = raw.get("recess", {})
            known = municipality_of(code, self.register, in_region=True)
            found[code] = known._replace(
                name=raw.get("name") or known.name,
                province=raw.get("province") or known.province,
                holiday_region=raw.get("holiday_region") or known.holiday_region,
                councils=tuple(self._council(i, k, c) for k, c in enumerate(raw.get("councils", ()))),
                recess_added=tuple(self._recess(i, "add", recess)),
                recess_replaced=tuple(self._recess(i, "replace", recess)),
                plans=self._plans(code, ("municipalities", i, "plans"), None),
                mark=mark,
            )
        return found

    def _known_municipality(self, code: str, place: Place) -> bool:
        if code in self.register.municipalities:
            return True
        names = {c: m.name for c, m in self.register.municipalities.items()}
        self._tell_unknown("unknown-municipality", code, place, names)
        return False

    def _known_partnership(self, code: str, place: Place) -> bool:
        if code in self.register.partnerships:
            return True
        names = {c: p.name for c, p in self.register.partnerships.items()}
        self._tell_unknown("unknown-partnership", code, place, names)
        return False

    def _tell_unknown(self, rule: str, code: str, place: Place, known: Mapping[str, str]) -> None:
        near = nearest_code(code, () if len(self.problems) > MAX_NEAREST else known)
        self._tell(rule, place, code=code, near=near, near_name=known[near] if near else None)

    def _council(self, i: int, k: int, raw: Raw) -> CouncilFact:
        return CouncilFact(
            elected=raw["elected"],
            status=Status(raw["status"]),
            source=raw.get("source"),
            replaces=raw.get("replaces"),
            nominated=raw.get("nominated"),
            first=raw.get("first"),
            fell=raw.get("fell"),
            college_formed=raw.get("college_formed"),
            mark=self._mark("municipalities", i, "councils", k),
        )

    def _recess(self, i: int, how: str, recess: Raw) -> Iterator[RecessPeriod]:
        for k, raw in enumerate(recess.get(how, ())):
            mark = self._mark("municipalities", i, "recess", how, k)
            if raw["last"] < raw["first"]:
                self._tell("ends-before-it-begins", mark.at("last"), first=raw["first"], last=raw["last"])
                continue
            status = Status(raw.get("status", "actual"))
            yield RecessPeriod(Period(raw["first"], raw["last"]), status, raw.get("source"), mark)

    def _partnerships(self) -> dict[str, Partnership]:
        found: dict[str, Partnership] = {}
        for i, raw in enumerate(self.valid.get("partnerships", ())):
            mark = self._mark("partnerships", i)
            code = raw["code"]
            if not self._known_partnership(code, mark.at("code")):
                continue
            successor = self.register.partnerships[code].successor
            if successor:
                self._tell("partnership-gone", mark.at("code"), code=code, successor=successor)
                continue
            if code in found:
                self._tell("listed-twice", mark.at("code"), code=code)
                continue
            known = partnership_of(code, self.register)
            municipalities = known.municipalities
            if "municipalities" in raw:
                municipalities = tuple(self._area(i, raw["municipalities"]))
            found[code] = known._replace(
                name=raw.get("name") or known.name,
                municipalities=municipalities,
                in_part=frozenset(known.in_part).intersection(municipalities),
                procedure=self._procedure(raw.get("procedure", {})),
                rhythm=raw.get("rhythm", known.rhythm),
                plans=self._plans(code, ("partnerships", i, "plans"), SUPPORT_PLAN),
                mark=mark,
            )
        return found

    def _area(self, i: int, codes: list[str]) -> Iterator[str]:
        for k, code in enumerate(codes):
            place = self._item_place("partnerships", i, "municipalities", k)
            if code in codes[:k]:
                self._tell("listed-twice", place, code=code)
            elif self._known_municipality(code, place):
                yield code

    def _procedure(self, own: Raw) -> Procedure:
        said = {**self.valid.get("procedure", {}), **own}
        order = said.get("order")
        if order is not None:
            # Both steps are always taken; the one that is not named comes last.
            said["order"] = tuple(dict.fromkeys([*order, "oogo", "opr"]))
        return Procedure(**said, assumed=Procedure().assumed.difference(said))

    # plans and agreements

    def _plans(self, owner: str, path: Path_, default_kind: str | None) -> tuple[Plan, ...]:
        raws: Any = self.valid
        for part in path:
            raws = raws.get(part, ()) if isinstance(raws, Mapping) else raws[part]
        made = (self._plan(owner, raw, self._mark(*path, k), default_kind) for k, raw in enumerate(raws))
        return tuple(sorted(filter(None, made), key=lambda p: (p.first.day, p.id)))

    def _plan(self, owner: str, raw: Raw, mark: Mark, default_kind: str | None) -> Plan | None:
        if _was_taken_out("kind", raw, mark):
            return None
        kind = raw.get("kind", default_kind)
        if kind is None:
            self._tell("missing-key", mark.place, key="kind")
            return None
        if kind not in self.kinds:
            if self._kinds_taken_out:
                return None
            known = sorted(self.kinds)
            self._tell("unknown-kind", mark.at("kind"), kind=kind, near=nearest(kind, known), known=known)
            return None
        if self.kinds[kind].is_support_plan and default_kind != SUPPORT_PLAN:
            self._tell("kind-not-for-owner", mark.at("kind"), kind=kind)
            return None
        ends = self._first_and_last(raw, mark)
        if ends is None:
            return None
        facts: Any = {k: tuple(sorted(raw.get(k, ()))) for k in FACT_KEYS.values()}
        return Plan(
            owner=owner,
            kind=self.kinds[kind],
            first=ends[0],
            last=ends[1],
            status=Status(raw["status"]),
            source=raw.get("source"),
            name=raw.get("name"),
            own_id=raw.get("id"),
            was=raw.get("was"),
            rhythm=raw.get("rhythm"),
            note=raw.get("note"),
            mark=mark,
            **facts,
        )

    def _first_and_last(self, raw: Raw, mark: Mark) -> tuple[FactDate, FactDate | None] | None:
        if any(_was_taken_out(key, raw, mark) for key in ("years", "first", "last")):
            return None
        if "years" in raw:
            if "first" in raw or "last" in raw:
                self._tell("years-and-days", mark.at("years"))
                return None
            period = school_years(*raw["years"])
            return FactDate(period.first), FactDate(period.last)
        if "first" not in raw:
            self._tell("plan-without-period", mark.place)
            return None
        if "last" not in raw:
            self._tell("plan-without-end", mark.place)
            return None
        first, last = raw["first"], raw["last"]
        if last == fileformat.UNKNOWN:
            return first, None
        if last.day < first.day:
            self._tell("ends-before-it-begins", mark.at("last"), first=first, last=last)
            return None
        return first, last

    def _agreement(self, i: int, raw: Raw) -> Agreement:
        mark = self._mark("agreements", i)
        for k, code in enumerate(raw["parties"]):
            known = self._known_municipality if code.startswith("GM") else self._known_partnership
            known(code, self._item_place("agreements", i, "parties", k))
        adopted = raw.get("adopted", {})
        for code in adopted:
            if code not in raw["parties"]:
                self._tell("not-a-party", self._mark("agreements", i, "adopted").at(code), code=code)
        ends = {k: None if raw.get(k) == fileformat.UNKNOWN else raw.get(k) for k in ("first", "last")}
        first, last = ends["first"], ends["last"]
        if first and last and last.day < first.day:
            self._tell("ends-before-it-begins", mark.at("last"), first=first, last=last)
        return Agreement(
            name=raw["name"],
            own_id=raw.get("id"),
            was=raw.get("was"),
            parties=tuple(raw["parties"]),
            first=first,
            last=last,
            adopted={c: None if d == fileformat.UNKNOWN else d for c, d in adopted.items()},
            agreed=tuple(raw.get("agreed", ())),
            open=tuple(raw.get("open", ())),
            status=Status(raw.get("status", "actual")),
            source=raw.get("source"),
            note=raw.get("note"),
            mark=mark,
        )

    def _policy(self) -> Policy:
        raw = self.valid.get("policy", {})
        policy = Policy(**raw)
        if policy.out_of_step_coverage > policy.in_step_coverage:
            mark = self._mark("policy")
            if not any(_was_taken_out(key, raw, mark) for key in ("in_step_coverage", "out_of_step_coverage")):
                self._tell("thresholds-cross", mark.place)
        if "formation_days" in raw and "formation_quantiles" in raw:
            self._tell("formation-twice", self._mark("policy").at("formation_days"))
        return policy

    def _publication(self, raw: Raw) -> Publication:
        audiences = {name: tuple(dict.fromkeys(events)) for name, events in raw.get("audiences", {}).items()}
        return Publication(raw.get("id"), raw.get("url"), audiences)

    def _refuse_strangers(self, region: Region) -> None:
        """Tell of audiences that are no party of the region, and of names that would be taken for another's."""
        parties = {**region.municipalities, **region.partnerships}
        called = {region.party_name(code).casefold(): code for code in parties}
        for name in region.publication.audiences:
            place = self._mark("calendar", "audiences").at(name)
            code = re.search(r"(?:^|-)((?:gm|po|vo)\d{4})$", name)
            meant = code[1].upper() if code else called.get(name) or _MEANT.get(name)
            if name[:2].isupper() and name not in parties:
                self._tell("audience-not-here", place, code=name, near=nearest(name, parties))
            elif meant:
                self._tell("audience-taken", place, name=name, near=meant)

    @property
    def _kinds_taken_out(self) -> bool:
        return self.kinds_in_file != len(self.kinds) - len(known_kinds())

    def _refuse_twice(self, region: Region) -> None:
        seen: dict[str, Plan] = {}
        for plan in region.all_plans:
            if plan.id in seen:
                self._tell("plan-twice", plan.mark.place, id=plan.id, line=seen[plan.id].mark.place.line)
            seen.setdefault(plan.id, plan)
