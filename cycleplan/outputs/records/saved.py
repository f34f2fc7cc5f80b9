"""What ``check --json`` answered before, read back: the other way of ``check`` beside it.

Such a file is somebody's: what is needed of it is read strictly, what is not known is passed over, and nothing in
it is believed to be more than text. Of an answer by an older cycleplan keys may be missing that came later.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from typing import Any, NamedTuple, NoReturn, TypeVar

from cycleplan.alignment import HORIZON_SCHOOL_YEARS
from cycleplan.assessment import Verdict
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError
from cycleplan.outputs.records.base import Source
from cycleplan.periods import Period
from cycleplan.region import EARLIEST_YEAR, LATEST_YEAR, LONGEST_FORMATION, FactDate
from cycleplan.snapshot import (
    KeptAgreement,
    KeptCouncil,
    KeptParty,
    KeptPlan,
    KeptStep,
    KeptWindow,
    Snapshot,
    Thresholds,
)

MAX_BYTES = 20_000_000  # a large region takes about one million
LONGEST_TEXT = 20_000
RULES = ("law", "register", "cycleplan")  # what an answer rests on beside the file
_YEARS = range(1990, 2130)  # councils and plans reach beyond the days that a file can speak of

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class Saved(NamedTuple):
    """A saved answer: what is compared of it, and what is needed to make it anew.

    *versions* are those of law, register and cycleplan, None where an older answer does not tell; *source* is the
    region file that it was made of, *formation* the days of ``--formation``.
    """

    snapshot: Snapshot
    revised: date
    versions: dict[str, str | None]
    source: Source | None
    formation: tuple[int, int, int] | None


def is_answer(raw: bytes, file: str) -> bool:
    """Whether *raw* is meant to be an answer of ``--json`` and no region file, which can be written as JSON as well.

    Raises CycleplanError ``saved-too-large`` or, for a file called ``.json``, ``saved-not-json``.
    """
    named = file.lower().endswith(".json")
    if not named and not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    try:
        data = _parsed(raw, file)
    except CycleplanError:
        if named or len(raw) > MAX_BYTES:
            raise
        return False  # in braces, but no JSON: YAML can be so too
    return not (isinstance(data, dict) and "revised" in data)  # which a region file has, and an answer has not


def read(raw: bytes, file: str) -> Saved:
    """The answer in *raw*, the bytes of *file*.

    Raises CycleplanError ``saved-too-large``, ``saved-not-json``, ``saved-with-errors`` for an answer about a file
    with errors, and ``saved-broken`` with the place for what is no such answer, or not whole.
    """
    try:
        return _saved(_Value(_parsed(raw, file), ""))
    except _WrongError as error:
        raise CycleplanError("saved-broken", file=file, place=str(error) or "–") from error
    except _WithErrorsError as error:
        raise CycleplanError("saved-with-errors", file=file) from error


def _parsed(raw: bytes, file: str) -> Any:
    if len(raw) > MAX_BYTES:
        raise CycleplanError("saved-too-large", file=file, most=MAX_BYTES // 1_000_000)
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # broken UTF-8 and JSON, numbers too long, and nested too deep
        raise CycleplanError("saved-not-json", file=file) from error


class _WrongError(Exception):
    """What stands at a place is not what an answer has there."""


class _WithErrorsError(Exception):
    """The answer is about a file with errors, and has nothing in it to compare."""


class _Value:
    """A value with its place, asked for as what it must be."""

    def __init__(self, data: Any, place: str) -> None:
        self.data = data
        self.place = place

    def __getitem__(self, key: str) -> _Value:
        inner = f"{self.place}.{key}".lstrip(".")
        if not isinstance(self.data, dict) or key not in self.data:
            raise _WrongError(inner)
        return _Value(self.data[key], inner)

    def get(self, key: str, read: Callable[[_Value], T]) -> T | None:
        """What stands at *key*; None if the key is not there, or holds null."""
        if not isinstance(self.data, dict):
            raise _WrongError(self.place)
        return None if self.data.get(key) is None else read(self[key])

    def or_none(self, read: Callable[[_Value], T]) -> T | None:
        """What it is, or None if it is null."""
        return None if self.data is None else read(self)

    def __iter__(self) -> Iterator[_Value]:
        if not isinstance(self.data, list):
            raise _WrongError(self.place)
        return (_Value(item, f"{self.place}[{i}]") for i, item in enumerate(self.data))

    def all(self, read: Callable[[_Value], T]) -> tuple[T, ...]:
        """The items of a list."""
        return tuple(read(item) for item in self)

    def text(self) -> str:
        if not isinstance(self.data, str) or len(self.data) > LONGEST_TEXT:
            raise _WrongError(self.place)
        return self.data

    def whole_text(self) -> str:
        """A text of any length: that of a file."""
        if not isinstance(self.data, str):
            raise _WrongError(self.place)
        return self.data

    def day(self) -> date:
        return self.fact().day if len(self.text()) == len("2026-11-22") else self._wrong()

    def fact(self) -> FactDate:
        try:
            found = FactDate.read(self.text())
        except ValueError:
            return self._wrong()
        return found if found.day.year in _YEARS and len(self.text()) in (7, 10) else self._wrong()

    def number(self) -> int:
        right = isinstance(self.data, int) and not isinstance(self.data, bool) and 0 <= self.data <= 100_000
        return int(self.data) if right else self._wrong()

    def share(self) -> float:
        right = isinstance(self.data, int | float) and not isinstance(self.data, bool) and 0 <= self.data <= 1
        return float(self.data) if right else self._wrong()

    def yes(self) -> bool:
        return self.data if isinstance(self.data, bool) else self._wrong()

    def one_of(self, kind: type[E]) -> E:
        try:
            return kind(self.text())
        except ValueError:
            return self._wrong()

    def period(self) -> Period:
        first, last = self["first"].day(), self["last"].day()
        return Period(first, last) if first <= last else self._wrong()

    def _wrong(self) -> NoReturn:
        raise _WrongError(self.place)


def _saved(answer: _Value) -> Saved:
    if answer["horizon"].data is None:
        raise _WithErrorsError
    versions = answer["versions"]
    return Saved(
        _snapshot(answer),
        versions["data"].day(),
        {key: versions.get(key, _Value.text) for key in RULES},
        answer.get("input", _source),
        answer.get("formation", _formation),
    )


def _source(value: _Value) -> Source:
    return Source(value["file"].text(), value["fingerprint"].text(), value.get("text", _Value.whole_text))


def _formation(value: _Value) -> tuple[int, int, int] | None:
    """The days of ``--formation``; those that a file gives are in the file."""
    given = value.get("given", lambda days: days.all(_Value.number))
    if given is None or value["given_by"].text() != "command":
        return None
    if len(given) != 3 or not 1 <= given[0] <= given[1] <= given[2] <= LONGEST_FORMATION:
        raise _WrongError(value["given"].place)
    return given[0], given[1], given[2]


def _snapshot(answer: _Value) -> Snapshot:
    today, horizon = answer["today"].day(), answer["horizon"].period()
    if not EARLIEST_YEAR <= today.year <= LATEST_YEAR:
        raise _WrongError("today")
    if horizon.first.year < EARLIEST_YEAR or horizon.last.year > LATEST_YEAR + HORIZON_SCHOOL_YEARS + 1:
        raise _WrongError("horizon")
    policy = answer["policy"]
    return Snapshot(
        region=answer["region"].text(),
        today=today,
        horizon=horizon,
        policy=Thresholds(
            policy["min_window_days"].number(),
            policy["in_step_window_days"].number(),
            policy["in_step_coverage"].share(),
            policy["out_of_step_coverage"].share(),
        ),
        plans=answer["plans"].all(_plan),
        unknown=answer["unknown_plans"].all(lambda unknown: unknown["owner"].text()),
        councils=answer["councils"].all(_council),
        agreements=answer["agreements"].all(_agreement),
        parties=answer.get("parties", lambda parties: parties.all(_party)),
        windows=answer.get("windows", lambda windows: windows.all(_window)),
    )


def _plan(value: _Value) -> KeptPlan:
    id = value["id"].text()
    return KeptPlan(
        id=id,
        identity=value.get("identity", _Value.text) or id,
        owner=value["owner"].text(),
        kind=value["kind"].text(),
        name=value["name"].or_none(_Value.text),
        first=value["first"].day(),
        last=value["last"].or_none(_Value.day),
        status=value["status"].one_of(Status),
        steps=value["steps"].all(_step),
        facts=value.get("facts", lambda facts: facts.all(lambda fact: (fact["step"].text(), fact["date"].fact()))),
        verdict=value["verdict"].or_none(lambda verdict: verdict.one_of(Verdict)),
        reasons=value["reasons"].all(lambda reason: reason["code"].text()),
        coverage=value["coverage"]["lowest"].or_none(_Value.share),
        longest=value["windows"]["longest_likely_days"].number(),
        recess_known=value["recess_known"].yes(),
        windows=value.get("likely_windows", lambda windows: windows.all(_window)),
    )


def _step(value: _Value) -> KeptStep:
    return KeptStep(
        value["step"].text(),
        value["name"].or_none(_Value.text),
        value["earliest"].day(),
        value["latest"].day(),
        value["status"].one_of(Status),
        value["basis"].or_none(_Value.text),
    )


def _window(value: _Value) -> KeptWindow:
    return KeptWindow(value["id"].text(), value.period(), value["counts"].yes())


def _council(value: _Value) -> KeptCouncil:
    id, college = value["id"].text(), value["college_formed"]
    return KeptCouncil(
        id=id,
        identity=value.get("identity", _Value.text) or id,
        municipality=value["municipality"].text(),
        nominated=value["nominated"].day(),
        elected=value["elected"].day(),
        first=value["first"].day(),
        last=value["last"].day(),
        likely=college["likely"].day(),
        known=college["observed"].data is not None,
        status=college["status"].or_none(lambda status: status.one_of(Status)),
        falls=value["falls"].all(lambda fall: (fall["fell"].day(), fall["college_formed"].day())),
    )


def _agreement(value: _Value) -> KeptAgreement:
    adopted = value["adopted"]
    if not isinstance(adopted.data, dict):
        raise _WrongError(adopted.place)
    return KeptAgreement(
        name=value["name"].text(),
        identity=value.get("identity", _Value.text),
        parties=tuple(sorted(value["parties"].all(_Value.text))),
        first=value["first"].or_none(_Value.day),
        last=value["last"].or_none(_Value.day),
        adopted=tuple(sorted((code, adopted[code].or_none(_Value.day)) for code in adopted.data)),
    )


def _party(value: _Value) -> KeptParty:
    goes = value.get("goes", lambda merger: (merger["date"].day(), merger["into"].text()))
    return KeptParty(value["code"].text(), value["name"].text(), value["consults"].all(_Value.text), goes)
