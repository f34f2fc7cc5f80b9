"""What ``check --json`` answered before, read back: the other way of ``check`` beside it.

Such a file is somebody's: what is needed of it is read strictly, what is not known is passed over, and nothing in
it is believed to be more than text. Of an answer by an older cycleplan keys may be missing that came later.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple

from cycleplan.alignment import HORIZON_SCHOOL_YEARS
from cycleplan.assessment import Verdict
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError
from cycleplan.outputs.records.base import Source
from cycleplan.outputs.records.values import Value, WrongError
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
RULES = ("law", "register", "cycleplan")  # what an answer rests on beside the file


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
        return _saved(Value(_parsed(raw, file), ""))
    except WrongError as error:
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


class _WithErrorsError(Exception):
    """The answer is about a file with errors, and has nothing in it to compare."""


def _saved(answer: Value) -> Saved:
    if answer["horizon"].data is None:
        raise _WithErrorsError
    versions = answer["versions"]
    return Saved(
        _snapshot(answer),
        versions["data"].day(),
        {key: versions.get(key, Value.text) for key in RULES},
        answer.get("input", _source),
        answer.get("formation", _formation),
    )


def _source(value: Value) -> Source:
    return Source(value["file"].text(), value["fingerprint"].text(), value.get("text", Value.whole_text))


def _formation(value: Value) -> tuple[int, int, int] | None:
    """The days of ``--formation``; those that a file gives are in the file."""
    given = value.get("given", lambda days: days.all(Value.number))
    if given is None or value["given_by"].text() != "command":
        return None
    if len(given) != 3 or not 1 <= given[0] <= given[1] <= given[2] <= LONGEST_FORMATION:
        raise WrongError(value["given"].place)
    return given[0], given[1], given[2]


def _snapshot(answer: Value) -> Snapshot:
    today, horizon = answer["today"].day(), answer["horizon"].period()
    if not EARLIEST_YEAR <= today.year <= LATEST_YEAR:
        raise WrongError("today")
    if horizon.first.year < EARLIEST_YEAR or horizon.last.year > LATEST_YEAR + HORIZON_SCHOOL_YEARS + 1:
        raise WrongError("horizon")
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


def _plan(value: Value) -> KeptPlan:
    id, first, last = value["id"].text(), value["first"].day(), value["last"].or_none(Value.day)
    if last and last < first:
        raise WrongError(value["last"].place)
    return KeptPlan(
        id=id,
        identity=value.get("identity", Value.text) or id,
        owner=value["owner"].text(),
        kind=value["kind"].text(),
        name=value["name"].or_none(Value.text),
        first=first,
        last=last,
        status=value["status"].one_of(Status),
        steps=value["steps"].all(_step),
        facts=value.get(
            "facts", lambda facts: facts.all(lambda fact: (fact["step"].known_step(), fact["date"].fact()))
        ),
        verdict=value["verdict"].or_none(lambda verdict: verdict.one_of(Verdict)),
        reasons=value["reasons"].all(lambda reason: reason["code"].text()),
        coverage=value["coverage"]["lowest"].or_none(Value.share),
        longest=value["windows"]["longest_likely_days"].number(),
        recess_known=value["recess_known"].yes(),
        windows=value.get("likely_windows", lambda windows: windows.all(_window)),
    )


def _fact(value: Value) -> tuple[str, FactDate]:
    return value["step"].known_step(), value["date"].fact()


def _step(value: Value) -> KeptStep:
    title = value["name"].or_none(Value.text)
    return KeptStep(
        value["step"].text() if title else value["step"].known_step(),
        title,
        value["earliest"].day(),
        value["latest"].day(),
        value["status"].one_of(Status),
        value["basis"].or_none(Value.text),
    )


def _window(value: Value) -> KeptWindow:
    return KeptWindow(value["id"].text(), value.period(), value["counts"].yes())


def _council(value: Value) -> KeptCouncil:
    id, college = value["id"].text(), value["college_formed"]
    return KeptCouncil(
        id=id,
        identity=value.get("identity", Value.text) or id,
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


def _agreement(value: Value) -> KeptAgreement:
    adopted = value["adopted"]
    given = adopted.data
    if not isinstance(given, dict):
        raise WrongError(adopted.place)
    return KeptAgreement(
        name=value["name"].text(),
        identity=value.get("identity", Value.text),
        parties=tuple(sorted(value["parties"].all(Value.text))),
        first=value["first"].or_none(Value.day),
        last=value["last"].or_none(Value.day),
        adopted=tuple(
            sorted((code, Value(day, adopted.place).or_none(Value.day)) for code, day in adopted.data.items())
        ),
    )


def _party(value: Value) -> KeptParty:
    goes = value.get("goes", lambda merger: (merger["date"].day(), merger["into"].text()))
    return KeptParty(value["code"].text(), value["name"].text(), value["consults"].all(Value.text), goes)
