"""The windows and gaps of plans, of the region or of one partnership."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.cycles import Level
from cycleplan.outputs.terminal.together import meetings
from cycleplan.outputs.textpage import TextPage
from cycleplan.periods import Period
from cycleplan.windows import Availability, Gap, Window
from cycleplan.wording.words import Words


def windows(alignment: Alignment, assessments: Sequence[Assessment], words: Words, color: bool = False) -> str:
    """The windows and gaps of each plan, with what opens and closes them."""
    page = TextPage(color)
    page.heading(words.say("windows.title", name=alignment.region.name))
    if not assessments:
        page.paragraph(words.say("windows.nothing"))
    for a in assessments:
        assert a.consultation
        page.line()
        page.line((words.plan(a.plan), "bold"), f"  {words.status(a.plan.status)}")
        span = {"first": a.consultation.first, "last": a.consultation.last}
        page.paragraph(words.say("window.consultation", **span))
        if not a.municipalities:
            page.paragraph(words.say("why.no_municipalities"))
            continue
        _levels(page, {level: a.windows(level) for level in Level}, alignment, words)
        if not a.counting:
            blockers = "; ".join(dict.fromkeys(words.blockers(g) for g in a.gaps(Level.LIKELY)))
            page.paragraph(words.say("window.none", blockers=f"{blockers}." if blockers else ""))
            earlier = a.nearest_earlier
            if earlier:
                page.paragraph(words.say("window.earlier", first=earlier.first, last=earlier.last))
            else:
                page.paragraph(words.say("window.no_earlier"))
        _without(page, a.gaps(Level.LIKELY), a.recess_known, a.advised_weeks, words)
    meetings(page, alignment, [a.plan.id for a in assessments], words)
    page.line()
    page.paragraph(words.say("window.standstill_note"), 0)
    return page.text()


def horizon_windows(
    alignment: Alignment, name: str, availability: Availability | None, words: Words, color: bool = False
) -> str:
    """The windows of a region or a partnership over the whole horizon."""
    page = TextPage(color)
    horizon, least = alignment.horizon, alignment.region.policy.min_window_days
    page.heading(words.say("windows.horizon_title", name=name, first=horizon.first, last=horizon.last))
    if availability is None:
        page.paragraph(words.say("why.no_municipalities"))
        return page.text()
    by_level = {level: availability.windows(horizon, level, least) for level in Level}
    _levels(page, by_level, alignment, words, horizon=True)
    gaps, weeks = availability.gaps(horizon, Level.LIKELY), availability.advised_weeks(horizon)
    _without(page, gaps, availability.recess_known(horizon), weeks, words)
    page.line()
    page.paragraph(words.say("window.standstill_note"), 0)
    return page.text()


def _levels(
    page: TextPage,
    by_level: Mapping[Level, Sequence[Window]],
    alignment: Alignment,
    words: Words,
    horizon: bool = False,
) -> None:
    """The windows per level; levels with the same windows are told together."""
    told: dict[tuple[Period, ...], list[Level]] = {}
    for level, found in by_level.items():
        told.setdefault(tuple(w.period for w in found), []).append(level)
    for levels in told.values():
        names = words.row(words.say(f"certainty.{level.value}") for level in levels)
        _level(page, names, by_level[levels[0]], alignment, words, horizon)


def _level(
    page: TextPage, name: str, found: Sequence[Window], alignment: Alignment, words: Words, horizon: bool
) -> None:
    page.line(f" {name}")
    if not found:
        page.line("   –")
    least = alignment.region.policy.min_window_days
    for w in found:
        days = words.count(w.period.days, "day")
        short = "" if w.counts else f" ({words.say('window.short', least=least)})"
        page.paragraph(f"{words.day(w.period.first)} {words.say('until')} {words.day(w.period.last)}, {days}{short}", 3)
        page.paragraph(words.say("window.opens", edge=words.edge(w.opens, True, horizon)), 5, 2)
        page.paragraph(words.say("window.closes", edge=words.edge(w.closes, False, horizon)), 5, 2)


def _without(
    page: TextPage, gaps: Sequence[Gap], recess_known: bool, advised_weeks: Sequence[Period], words: Words
) -> None:
    """The days without a window, and what is not known of them or not counted."""
    if gaps:
        page.line(f" {words.say('window.gaps')} ({words.say('certainty.likely')})")
    for gap in gaps:
        span = {"first": gap.period.first, "last": gap.period.last}
        page.paragraph(words.say("window.gap", blockers=words.blockers(gap), **span), 3, 2)
    if not recess_known:
        page.paragraph(words.say("window.recess_unknown"))
    for week in advised_weeks:
        page.paragraph(words.say("window.may_week", first=week.first, last=week.last))
