"""What is said of the whole country: how many plans are known and in step, and of when the facts are."""

from __future__ import annotations

from cycleplan.alignment import NextWindow
from cycleplan.assessment import Verdict
from cycleplan.atlas import ENDED, ENDING, Atlas, Judged, Situation
from cycleplan.daterules import Status
from cycleplan.periods import years_later
from cycleplan.wording.words import Words


def summary(found: Atlas, words: Words) -> list[str]:
    """The country's figures, in sentences."""
    verdicts = found.verdicts
    return [
        words.say("atlas.known", known=found.with_period, of=len(found.situations), running=found.known_running),
        words.say("atlas.ending", ending=found.count(ENDING), ended=found.count(ENDED)),
        words.say(
            "atlas.decided",
            plans=sum(verdicts.values()),
            in_step=verdicts[Verdict.IN_STEP],
            at_risk=verdicts[Verdict.AT_RISK],
            out_of_step=verdicts[Verdict.OUT_OF_STEP],
            uncovered=found.uncovered,
        ),
        words.say("atlas.due", deadline=found.deadline, due=found.due, unknown=found.without_rhythm),
    ]


def vintage(found: Atlas, words: Words) -> str:
    """Of when the facts are."""
    amended = words.row(words.day(day) for day in found.amended)
    return words.say(
        "atlas.vintage",
        areas=found.areas,
        amended=words.say("atlas.amended", days=amended) if amended else "",
        plans=found.plans_revised,
        law=found.law_revised,
    )


def window(one: NextWindow | None, found: Atlas, words: Words) -> str:
    """What is left of a window: "t/m 18 dec", "4 jan–19 feb"; with the year if it ends more than a year from today."""
    if one is None:
        return "–"
    first, last = one.left.first, one.left.last
    far = last > years_later(found.today, 1)
    end = words.month_of(last, year=True) if far else words.short_day(last)
    return f"{words.say('until')} {end}" if first == found.today else f"{words.short_day(first)}–{end}"


def judged(one: Judged | None, words: Words) -> tuple[str, str]:
    """A plan in a table, as years and as mark with coverage; of a plan that is expected a small letter."""
    if one is None:
        return "–", ""
    sign = words.say(f"mark.{one.verdict.value if one.verdict else 'not_judged'}")
    sign = sign.lower() if one.status is Status.EXPECTED else sign
    return words.years(one.period, one.period.first), f"{sign} {words.percent(one.coverage):>5}"


def municipalities(one: Situation) -> str:
    """How many municipalities, and how many of them in part: "18 (2)"."""
    p = one.partnership
    return f"{len(p.municipalities)} ({len(p.in_part)})" if p.in_part else str(len(p.municipalities))


def no_verdict(one: Situation, words: Words) -> str:
    """Why a partnership has no verdict."""
    assert one.reason
    code = "atlas.national" if one.partnership.national else "atlas.no_verdict"
    return words.say(code, code=one.partnership.code, name=one.called, why=words.reason(one.reason))
