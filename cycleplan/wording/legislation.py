"""Legislation says of a provision what its rule is, since when it holds, how it is known and what it is used for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cycleplan.daterules import After, AtMost, BeforeDay, OnDay, Order, WeekdayWithin
from cycleplan.law import Provision
from cycleplan.uses import USES, use_of
from cycleplan.wording.speech import Speech
from cycleplan.wording.words import Words

# The subjects, in the order in which they are told, by the first part of a provision's id.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "school": ("SY", "SWV"),
    "council": ("GR",),
    "merger": ("HI",),
    "youth": ("JW", "WMO", "WPG", "RMC", "SCH", "LEA", "HV"),
    "budget": ("PC",),
    "terms": ("AT",),
}


def group(provision: Provision) -> str:
    """The subject of a provision, as a key of ``GROUPS``; ValueError where none takes it."""
    prefix = provision.id.split("-")[0]
    for name, prefixes in GROUPS.items():
        if prefix in prefixes:
            return name
    raise ValueError(f"{provision.id}: no group takes {prefix}; see GROUPS in wording/legislation.py")


def rule(provision: Provision, words: Speech) -> str | None:
    """The date rule of a provision in words; None if it gives no date."""
    match provision.rule:
        case None:
            return None
        case OnDay(month, day):
            return words.say("law.rule.on", day=_month_day((month, day), words))
        case BeforeDay(month, day) as before:
            last = before.in_year(2001)  # no leap year; no rule says "before 1 March"
            limit = _month_day((month, day), words)
            return words.say("law.rule.before", limit=limit, day=words.day_of_year(last))
        case WeekdayWithin() as within:
            return _within(within, words)
        case After() as after:
            return _after(after, words)
        case AtMost(count, unit, event):
            event = words.say(f"law.last_event.{event}")
            return words.say("law.rule.at_most", amount=words.count(count, unit), event=event)
        case Order(before, after):
            return words.say("law.rule.order", before=_step(before, words), after=_step(after, words))


def _within(rule: WeekdayWithin, words: Speech) -> str:
    weekday = words.weekday(rule.weekday)
    if rule.first == rule.last:
        return words.say("law.rule.weekday", weekday=weekday, day=_month_day(rule.first, words))
    window = _window(rule.first, rule.last, words)
    if rule.leap_first and rule.leap_last:
        leap = _window(rule.leap_first, rule.leap_last, words)
        return words.say("law.rule.within_leap", weekday=weekday, window=window, leap=leap)
    return words.say("law.rule.within", weekday=weekday, window=window)


def _window(first: tuple[int, int], last: tuple[int, int], words: Speech) -> str:
    begin = str(first[1]) if first[0] == last[0] else _month_day(first, words)
    return f"{begin} {words.say('until')} {_month_day(last, words)}"


def _after(rule: After, words: Speech) -> str:
    event = words.say(f"law.event.{rule.event}")
    if rule.count == 0:
        return words.say("law.rule.same_day", event=event)
    if rule.unit == "working_days" and rule.count == 1:
        return words.say("law.rule.working_day", event=event)
    code = "law.rule.after" if rule.count > 0 else "law.rule.before_event"
    return words.say(code, amount=words.count(abs(rule.count), rule.unit), event=event)


def _month_day(month_day: tuple[int, int], words: Speech) -> str:
    return words.day_of_year(date(2000, *month_day))


def _step(name: str, words: Speech) -> str:
    return words.say("law.step.oogo_procedure") if name == "oogo_procedure" else words.step(name)


def validity(provision: Provision, words: Speech) -> str:
    """The days on which a version is known to hold."""
    if provision.valid_to is None:
        return words.say("law.valid_open", first=provision.valid_from)
    return words.say("law.valid", first=provision.valid_from, last=provision.valid_to)


def evidence(provision: Provision, words: Speech) -> str:
    """How a provision is known and how sure that is: "wettekst, zeker"."""
    known = words.say(f"law.evidence.{provision.evidence}")
    return f"{known}, {words.say(f'law.confidence.{provision.confidence}')}"


def roll(provision: Provision, words: Speech) -> str | None:
    """Whether a day off moves the date, and by which law; None where there is no date to move."""
    return words.say(f"law.roll.{provision.roll.value}") if provision.roll else None


def mind(provision: Provision, words: Words) -> str:
    """What the marks of a provision mean, in sentences; empty where it has none."""
    return " ".join(f"{words.sentence(note)}." for note in words.mark_notes(provision))


def use(provision: Provision, words: Speech) -> str:
    """What a provision is used for, and by which outputs."""
    key = use_of(provision)
    if key is None:
        return words.say("law.unused")
    return words.say("law.used", what=words.say(f"law.use.{key}"), outputs=words.row(USES[key]))
