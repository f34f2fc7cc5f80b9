"""A provision is a rule of law that yields a date or an order of steps, from a day and perhaps until a day.

The provisions stand in ``data/law.yaml``, each with article, quote and source. What is read is ``law.json``, which
docs/make.py makes of it: the YAML took a twentieth of the time of a whole ``check``. The engine asks for provisions by
what they give ("submission", "nomination") and for the day on which they must hold. A day that no version
covers is an error that says which years are known; there is no falling back on an older rule.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from cycleplan import resources, yamltext
from cycleplan.daterules import (
    After,
    AtMost,
    BeforeDay,
    Dated,
    DateRule,
    Ground,
    OnDay,
    Order,
    Roll,
    Status,
    Trace,
    WeekdayWithin,
)
from cycleplan.errors import CycleplanError, nearest
from cycleplan.workdays import WorkCalendar

_ACT = re.compile(r"BWBR\d{7}")  # the number of an Act, in the address of its text
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Mark(Enum):
    """What a reader must know of a provision wherever it shows.

    ``OLDER``: the text that was read is older than the one in force. ``READING``: it is applied by a reading of the
    law, which fills in what its text leaves open. ``Law.marks`` says when.
    """

    OLDER = "older"
    READING = "reading"


class Provision(NamedTuple):
    """One version of a rule of law; *valid_from* and *valid_to* are inclusive, None is open.

    *evidence* tells whether the statute text was read (``text``), only a page that says so (``published``),
    or whether the whole of it is a reading of the law (``reading``). *reading* names the part that is one where the
    rest is text; *seen* is the day of the text that was read, *later_unread* whether that text changed afterwards, or
    may have, while this version held.
    """

    id: str
    article: str
    about: Mapping[str, str]
    source: str
    evidence: str
    confidence: str
    valid_from: date
    valid_to: date | None = None
    gives: str | None = None
    sector: str | None = None
    quote: str | None = None
    seen: date | None = None
    rule: DateRule | Order | None = None
    roll: Roll | None = None
    overrides: tuple[str, ...] = ()
    reading: str | None = None
    later_unread: bool = False
    note: Mapping[str, str] = MappingProxyType({})

    @property
    def key(self) -> str:
        """What a trace and the outputs call this version by: id, sector if it has one, first valid day."""
        return "/".join(filter(None, (self.id, self.sector, self.valid_from.isoformat())))

    @property
    def called(self) -> str:
        """Its id with the sector if it has one, as in "SWV-03/PO"."""
        return "/".join(filter(None, (self.id, self.sector)))

    @property
    def names(self) -> tuple[str, str, str]:
        """What somebody can ask for it by: its id, with the sector, and its key."""
        return self.id, self.called, self.key

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def in_year(self, year: int, workdays: WorkCalendar) -> Dated:
        """The day that the rule gives in *year*; for rules on, before and within."""
        rule = self.rule
        if not isinstance(rule, OnDay | BeforeDay | WeekdayWithin):
            raise TypeError(f"{self.key} gives no day of a year")
        day = rule.in_year(year)
        if isinstance(rule, OnDay):
            ground = Ground("on", day, self.key)
        elif isinstance(rule, BeforeDay):
            ground = Ground("before", day, self.key, {"limit": date(year, rule.month, rule.day)})
        else:
            first, last = rule.window(year)
            ground = Ground("within", day, self.key, {"first": first, "last": last, "weekday": rule.weekday})
        return self._rolled(day, (ground,), workdays)

    def after(self, event: Dated, workdays: WorkCalendar) -> Dated:
        """The day that the rule gives so long after *event*."""
        rule = self.rule
        if not isinstance(rule, After):
            raise TypeError(f"{self.key} counts from no event")
        day = rule.from_day(event.day, workdays)
        values = {"count": rule.count, "unit": rule.unit, "from": event.day, "event": rule.event}
        return self._rolled(day, (*event.trace, Ground("after", day, self.key, values)), workdays)

    def _rolled(self, day: date, trace: Trace, workdays: WorkCalendar) -> Dated:
        roll = self.roll or Roll.NONE
        rolled = roll.apply(day, workdays)
        if rolled != day:
            moved_by = workdays.day_off(day)
            trace = (*trace, Ground("roll", rolled, values={"from": day, "by": moved_by, "rule": roll.value}))
        return Dated(rolled, Status.EXPECTED, trace)


class Law:
    """All provisions, to be asked by what they give."""

    def __init__(self, provisions: Iterable[Provision], revised: date) -> None:
        self.provisions = tuple(provisions)
        self.revised = revised

    @cached_property
    def _by_gives(self) -> dict[str, list[Provision]]:
        found: dict[str, list[Provision]] = {}
        for provision in self.provisions:
            if provision.gives:
                found.setdefault(provision.gives, []).append(provision)
        return found

    @cached_property
    def _by_key(self) -> dict[str, Provision]:
        return {provision.key: provision for provision in self.provisions}

    def __getitem__(self, key: str) -> Provision:
        """The version with this key."""
        return self._by_key[key]

    @cached_property
    def _newest(self) -> dict[str, date]:
        """The newest text of each Act of which any part was read, by the Act's number."""
        found: dict[str, date] = {}
        for p in self.provisions:
            act = _ACT.search(p.source)
            if act and p.seen:
                found[act[0]] = max(p.seen, found.get(act[0], p.seen))
        return found

    def marks(self, provision: Provision) -> tuple[Mark, ...]:
        """What a reader must know of it wherever it shows.

        Its text is older than the one in force if it holds still and of the same Act a newer text was read, but not for
        this; if it was read in a text from before its first day; or if the file says ``later_unread``.
        """
        p, act = provision, _ACT.search(provision.source)
        newest = self._newest.get(act[0]) if act and p.valid_to is None else None
        older = p.later_unread or (p.seen is not None and (p.seen < p.valid_from or p.seen < (newest or p.seen)))
        reading = p.evidence == "reading" or p.reading is not None
        return tuple(mark for mark, holds in ((Mark.OLDER, older), (Mark.READING, reading)) if holds)

    def in_force(self, on: date) -> tuple[Provision, ...]:
        """The provisions that hold on the day *on* and are not set aside by another."""
        return tuple(_not_set_aside(p for p in self.provisions if p.holds_on(on)))

    def set_aside(self, provision: Provision, on: date) -> Provision | None:
        """The provision that goes before this one on the day *on*, or None."""
        return next((p for p in self.provisions if provision.id in p.overrides and p.holds_on(on)), None)

    def find(self, id: str) -> tuple[Provision, ...]:
        """The versions of a provision by its id ("SWV-03"), with a sector ("SWV-03/PO"), or the one with this key.

        Capitals do not matter. Raises CycleplanError ``no-such-provision``, with the nearest.
        """
        asked = id.strip().upper()
        found = tuple(p for p in self.provisions if asked in map(str.upper, p.names))
        if not found:
            known = [name for p in self.provisions for name in p.names]
            raise CycleplanError("no-such-provision", id=id, near=nearest(id, known))
        return found

    def giving(self, gives: str, on: date, sector: str | None = None) -> Provision:
        """The provision that gives *gives* on the day *on*, for a sector where PO and VO differ.

        Raises CycleplanError ``law-unknown`` if no version covers that day, with the years that are known.
        """
        versions = [p for p in self._by_gives.get(gives, ()) if p.sector in (None, sector)]
        holding = _not_set_aside(p for p in versions if p.holds_on(on))
        if not holding:
            ends = [p.valid_to for p in versions]
            raise CycleplanError(
                "law-unknown",
                gives=gives,
                on=on,
                article=versions[-1].article if versions else "",
                known_from=min((p.valid_from for p in versions), default=None),
                known_to=None if None in ends else max((e for e in ends if e), default=None),
            )
        return holding[-1]


def _not_set_aside(holding: Iterable[Provision]) -> list[Provision]:
    listed = list(holding)
    aside = {id for p in listed for id in p.overrides}
    return [p for p in listed if p.id not in aside]


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _rule(raw: Mapping[str, Any]) -> DateRule | Order:
    match raw["kind"]:
        case "on":
            return OnDay(*_month_day(raw["day"]))
        case "before":
            return BeforeDay(*_month_day(raw["day"]))
        case "weekday_within":
            leap = [_month_day(raw[k]) if k in raw else None for k in ("leap_first", "leap_last")]
            weekday = _WEEKDAYS.index(raw["weekday"])
            return WeekdayWithin(weekday, _month_day(raw["first"]), _month_day(raw["last"]), *leap)
        case "after":
            return After(raw["count"], raw["unit"], raw.get("event", ""))
        case "at_most":
            return AtMost(raw["count"], raw["unit"], raw.get("event", ""))
        case "order":
            return Order(raw["before"], raw["after"])
        case other:
            raise ValueError(f"unknown kind of rule: {other}")


def _provision(raw: Mapping[str, Any]) -> Provision:
    days = {key: date.fromisoformat(raw[key]) for key in ("valid_from", "valid_to", "seen") if key in raw}
    rule = _rule(raw["rule"]) if "rule" in raw else None
    if rule is not None and not isinstance(rule, Order) and "roll" not in raw:
        raise ValueError(f"{raw['id']}: the roll rule must be stated")
    texts = {k: raw[k] for k in ("id", "article", "about", "source", "evidence", "confidence")}
    rest = {k: raw[k] for k in ("gives", "sector", "quote", "reading", "later_unread", "note") if k in raw}
    roll = Roll(raw["roll"]) if "roll" in raw else None
    given: dict[str, Any] = {**texts, **days, **rest}
    return Provision(**given, rule=rule, roll=roll, overrides=tuple(raw.get("overrides", ())))


@cache
def plan_subjects() -> tuple[Mapping[str, str], ...]:
    """What a support plan is about in any case, per language, in the order of the provision that gives ``contents``."""
    path = resources.data("subjects.yaml")
    return tuple(yamltext.read(path.read_bytes(), path.name).data["subjects"])


@cache
def load_law() -> Law:
    """The law that ships with cycleplan."""
    read = json.loads(resources.data("law.json").read_bytes())
    return Law(map(_provision, read["provisions"]), date.fromisoformat(read["revised"]))
