"""The windows and gaps of plans, of the region or of one partnership."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.cycles import Level
from cycleplan.formations import Formation
from cycleplan.outputs.terminal.steps import steps
from cycleplan.outputs.terminal.together import meetings
from cycleplan.outputs.textpage import TextPage
from cycleplan.periods import Period
from cycleplan.windows import Availability, Gap, Help, Window
from cycleplan.wording.words import Words


def windows(
    alignment: Alignment,
    assessments: Sequence[Assessment],
    words: Words,
    color: bool = False,
    with_steps: bool = False,
) -> str:
    """The windows and gaps of each plan, with what opens and closes them; and its steps, where one is asked for."""
    page = TextPage(color)
    page.heading(words.say("windows.title", name=alignment.region.name))
    page.note(words.formation_note())
    if not assessments:
        page.paragraph(words.say("windows.nothing"))
    for a in assessments:
        assert a.consultation
        page.line()
        page.line((words.plan(a.plan), "bold"), f"  {words.status(a.plan.status)}")
        span = {"first": a.consultation.first, "last": a.consultation.last}
        assumption = words.say("assumption") if a.consultation_assumed else ""
        page.paragraph(words.say("window.consultation", assumption=assumption, **span))
        if not a.municipalities:
            page.paragraph(words.say("why.no_municipalities"))
            if with_steps:
                steps(page, a, words)
            continue
        _levels(page, {level: a.windows(level) for level in Level}, alignment, words)
        if not a.counting:
            blockers = "; ".join(dict.fromkeys(words.blockers(g) for g in a.gaps(Level.LIKELY)))
            page.paragraph(words.say("window.none", blockers=f"{blockers}." if blockers else ""))
            earlier = a.nearest_earlier
            if earlier:
                weeks = words.count(a.draft_weeks_earlier or 0, "week")
                page.paragraph(words.say("window.earlier", first=earlier.first, last=earlier.last, weeks=weeks))
            else:
                page.paragraph(words.say("window.no_earlier"))
        _gaps(page, {level: a.gaps(level) for level in Level}, a.biggest_help, words)
        _not_counted(page, a.recess_known, a.advised_weeks, words)
        if with_steps:
            steps(page, a, words)
    meetings(page, alignment, [a.plan.id for a in assessments], words)
    page.line()
    _standstill_note(page, alignment, words)
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
    page.note(words.formation_note())
    _formations(page, alignment.formations_of(availability), words)
    by_level = {level: availability.windows(horizon, level, least) for level in Level}
    _levels(page, by_level, alignment, words, horizon=True)
    gaps = {level: availability.gaps(horizon, level) for level in Level}
    _gaps(page, gaps, availability.biggest_help(horizon, Level.LIKELY), words)
    _not_counted(page, availability.recess_known(horizon), availability.advised_weeks(horizon), words)
    page.line()
    _standstill_note(page, alignment, words)
    return page.text()


def _standstill_note(page: TextPage, alignment: Alignment, words: Words) -> None:
    powers = alignment.law.giving("powers_stay", alignment.today).key
    page.paragraph(words.say("window.standstill_note", article=words.article(powers)), 0)


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


def _formations(page: TextPage, formations: Sequence[Formation], words: Words) -> None:
    """By when all colleges are there after each coming election."""
    for formation in formations:
        page.paragraph(words.formation(formation), 1, 1)
    if any(formation.has_spread for formation in formations):
        page.paragraph(words.say("formation.note"))


def _gaps(page: TextPage, by_level: Mapping[Level, Sequence[Gap]], helps: Help | None, words: Words) -> None:
    """The days without a window, who holds them up and how many do not; of other levels what differs from likely."""
    likely = by_level[Level.LIKELY]
    same = [level for level, gaps in by_level.items() if gaps == [g._replace(level=level) for g in likely]]
    if likely:
        _gap_lines(page, "window.gaps", same, likely, words)
    for level in by_level:
        if level not in same:
            known = {gap._replace(level=level) for gap in likely}
            _gap_lines(page, "window.gaps_differ", [level], [g for g in by_level[level] if g not in known], words)
    if helps and max((gap.parties for gap in likely), default=0) > 1:
        page.paragraph(words.helps(helps), 1, 1)


def _gap_lines(page: TextPage, heading: str, levels: Sequence[Level], gaps: Sequence[Gap], words: Words) -> None:
    names = words.row(words.say(f"certainty.{level.value}") for level in levels)
    page.line(f" {words.say(heading, levels=names)}")
    for gap in gaps:
        span = {"first": gap.period.first, "last": gap.period.last}
        told = words.say("window.gap", blockers=words.blockers(gap), **span)
        page.paragraph(f"{told}{words.presence(gap)}", 3, 2)
    if not gaps:
        page.paragraph(words.say("window.gaps_fewer"), 3)


def _not_counted(page: TextPage, recess_known: bool, advised_weeks: Sequence[Period], words: Words) -> None:
    """What is not known of the days without a window, or not counted."""
    if not recess_known:
        page.paragraph(words.say("window.recess_unknown"))
    for week in advised_weeks:
        page.paragraph(words.say("window.may_week", first=week.first, last=week.last))
