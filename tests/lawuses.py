"""What the outputs make of the law: each output of a region as text, under the law as it is or with one thing changed.

The experiment that ``cycleplan.uses`` is held against: who uses a provision tells something else when it changes.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from running import region_text

from cycleplan import checks, timeline
from cycleplan.alignment import align
from cycleplan.audiences import Audiences
from cycleplan.brief import Brief
from cycleplan.daterules import After, AtMost, BeforeDay, OnDay, Roll, WeekdayWithin
from cycleplan.law import Law, Provision, load_law
from cycleplan.loading import fingerprint, load_text
from cycleplan.outputs import calendar, memo, page, records, table
from cycleplan.outputs.records.propose import propose as propose_record
from cycleplan.outputs.terminal import check as check_screen
from cycleplan.outputs.terminal import timeline as timeline_screen
from cycleplan.outputs.terminal import windows as windows_screen
from cycleplan.outputs.terminal.propose import propose as propose_screen
from cycleplan.proposals import propose
from cycleplan.register import load_register
from cycleplan.resources import region_files
from cycleplan.wording.words import Words

LAW = load_law()
# Hilversum and Wijdemeren merge on 1 January 2027, Bussum went into Gooise Meren on 1 January 2016.
CASES = (date(2026, 11, 22), date(2015, 9, 1))


def region() -> bytes:
    """The text of a region in which all that a provision can be used for occurs; every date in it is invented."""
    fact = {"status": "actual", "source": "verzonnen"}
    first = {"first": "2014-09-01", "last": "2016-07-31", "adopted": "2014-04-10", **fact}
    short = {"years": "2016-2018", **fact}
    old = {"years": "2018-2022", "oogo": "2018-06-22", "opr": "2018-06-21", "adopted": "2018-06-13", **fact}
    long = {"years": "2022-2027", "adopted": "2022-05-10", "submitted": "2022-05-10", **fact}
    youth = {"kind": "jeugdplan", "first": "2023-01-01", "last": "2026-12-31", **fact}
    area = ["GM0402", "GM1696", "GM1942"]
    return region_text(
        municipalities=[{"code": code, "plans": [youth]} for code in area],
        partnerships=[
            {
                "code": code,
                "municipalities": area,
                "procedure": {"opens": "10-01", "opr_weeks": 6},
                "plans": [first, short, old, long],
            }
            for code in ("PO2709", "VO2709")
        ],
        agreements=[],
        plans=[],
    )


def shipped() -> bytes:
    """The text of a region that ships."""
    return region_files()["foodvalley"].read_bytes()


def outputs(law: Law, today: date, raw: bytes | None = None) -> dict[str, str]:
    """What each output makes of the region, or of another, under a *law*, in Dutch."""
    register, raw = load_register(), raw or region()
    loaded = load_text(raw, "proef.yaml", register)
    assert loaded.region
    assert loaded.usable, loaded.problems
    region_, words = loaded.region, Words("nl", law, loaded.region)
    problems = checks.check(region_, register, law, today)
    alignment = align(region_, register, law, today)
    with_oogo = [a for a in alignment.assessments if a.consultation]
    built, proposed = timeline.build(alignment), propose(alignment, [], False, False)
    partnership, municipality = next(iter(region_.partnerships)), region_.own_municipalities[0].code
    asked = [("afstemmingsmemo", None), ("oogo-agenda", None), ("raadsvoorstel", partnership)]
    asked += [("collegevoorstel", municipality)]
    pieces = (memo.write(Brief(alignment, chair), "nl", "0", type).text for type, chair in asked)
    everything = timeline.build(alignment, everything=True).entries
    explained = (timeline_screen.explain(e, words) for e in everything if e.kind != "recess")
    return {
        "check": check_screen.check(alignment, problems, words, "proef.yaml")
        + records.dumps(records.check(region_, today, problems, words, alignment)),
        "windows": windows_screen.windows(alignment, with_oogo, words, with_steps=True)
        + records.dumps(records.windows(alignment, with_oogo, words)),
        "propose": propose_screen(proposed, alignment, words, False)
        + records.dumps(propose_record(proposed, alignment, words)),
        "timeline": timeline_screen.timeline(built, alignment, words)
        + records.dumps(records.timeline(built, alignment, words))
        + table.render(built, words).decode()
        + page.render(built, Brief(alignment), words, "0", ""),
        "calendar": calendar.Publisher(Audiences(alignment), words, fingerprint(raw)).publish().content.decode(),
        "memo": "\n".join(pieces),
        "explain": "\n".join(explained),
    }


@cache
def as_it_is(today: date) -> dict[str, str]:
    """The outputs under the law as it is."""
    return outputs(LAW, today)


def named(raw: bytes, today: date) -> dict[str, set[str]]:
    """What each output names, by what the provision gives: every article is a word of its own here."""

    def other(p: Provision) -> Provision:
        return p._replace(article=f"§{p.gives.replace('_', '')}§") if p.gives else p

    words = {p.gives.replace("_", ""): p.gives for p in LAW.provisions if p.gives}
    told = outputs(Law(map(other, LAW.provisions), LAW.revised), today, raw)
    return {
        output: {words[word] for word in re.findall("§([a-z]+)§", text.replace("\r\n ", ""))}  # a calendar folds lines
        for output, text in told.items()
    }


def changes(gives: str, today: date) -> set[str]:
    """The outputs that tell something else when the rule of what gives this is another."""

    def other(p: Provision) -> Provision:
        return p._replace(rule=_shifted(p.rule)) if p.gives == gives else p

    return differ(Law(map(other, LAW.provisions), LAW.revised), today)


def without_roll(roll: Roll, today: date) -> set[str]:
    """The outputs that tell something else when no day is moved on by this law."""
    found = (p._replace(roll=Roll.NONE) if p.roll is roll else p for p in LAW.provisions)
    return differ(Law(found, LAW.revised), today)


def differ(law: Law, today: date) -> set[str]:
    """The outputs that tell something else under this *law*."""
    told = outputs(law, today)
    return {output for output, text in as_it_is(today).items() if told[output] != text}


def gives_a_day() -> Collection[str]:
    """What provisions give that is a day or a longest time."""
    kinds = OnDay | BeforeDay | WeekdayWithin | After | AtMost
    return sorted({p.gives for p in LAW.provisions if p.gives and isinstance(p.rule, kinds)})


def _shifted(rule: Any) -> Any:
    """The same kind of rule, with another day; an order has none."""
    match rule:
        case OnDay() | BeforeDay():
            return replace(rule, day=rule.day + 1)
        case WeekdayWithin():
            return replace(rule, **{end: _week_later(getattr(rule, end)) for end in _ENDS})
        case After():
            return replace(rule, count=rule.count + 14)
        case AtMost():
            return replace(rule, count=rule.count + 2)
    return rule


_ENDS = ("first", "last", "leap_first", "leap_last")


def _week_later(month_day: tuple[int, int] | None) -> tuple[int, int] | None:
    if month_day is None:
        return None
    day = date(2001, *month_day) + timedelta(days=7)
    return day.month, day.day
