"""What a planner reads on her screen: plain text, in colour where the screen has it; 80 columns wide.

Colour never tells anything that the words do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment, Verdict
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.errors import Problem
from cycleplan.outputs.textpage import WIDTH, TextPage, one_line
from cycleplan.periods import Period
from cycleplan.region import Region
from cycleplan.tasks import Task
from cycleplan.timeline import Entry, Timeline
from cycleplan.windows import Availability, Gap, Window
from cycleplan.wording.words import Words

MOST_TASKS = 9
_STYLES = {Verdict.IN_STEP: "green", Verdict.AT_RISK: "yellow", Verdict.OUT_OF_STEP: "red", None: "dim"}


def problem_lines(problems: Iterable[Problem], words: Words) -> str:
    """The problems, a line each: ``file:line:col: level: sentence [rule]``."""
    return "".join(
        f"{one_line(p.file)}:{p.place.line}:{p.place.column}: {words.say(f'level.{p.level}')}: "
        f"{one_line(words.problem(p))} [{p.rule}]\n"
        for p in problems
    )


# --- check


def check(alignment: Alignment, problems: Sequence[Problem], words: Words, called: str, color: bool = False) -> str:
    """The first screen: what next, whether the plans are in step, a sentence per plan."""
    page = TextPage(color)
    region = alignment.region
    today = words.day(alignment.today)
    if len(region.name) + len(today) < WIDTH - 1:
        page.line((f"{region.name:<{WIDTH - len(today)}}", "bold"), today)
    else:
        page.heading(region.name)
        page.line(today)
    page.line(
        words.say(
            "screen.subtitle",
            municipalities=words.count(len(region.own_municipalities), "municipality"),
            partnerships=words.count(len(region.partnerships), "partnership"),
            revised=region.revised,
        )
    )
    page.line()
    page.line((words.say("screen.next"), "bold"))
    _tasks(page, alignment, words)
    page.line()
    page.line((words.say("screen.plans"), "bold"))
    _plans(page, alignment, words)
    if alignment.shown:
        page.line((f" {words.say('screen.legend')}", "dim"))
        page.line((f" {words.say('screen.legend2')}", "dim"))
        page.line()
    for assessment in alignment.shown:
        page.paragraph(words.plan_sentence(assessment, alignment.today), 1, 1)
    if problems:
        page.line()
        count = words.count(len(problems), "problem")
        page.line((f" {words.say('screen.problems', problems=count, region=called)}", "dim"))
    return page.text()


def _tasks(page: TextPage, alignment: Alignment, words: Words) -> None:
    tasks = alignment.next
    if not tasks:
        page.paragraph(words.say("screen.next_none"))
    for task in tasks[:MOST_TASKS]:
        _task(page, task, alignment, words)
    if len(tasks) > MOST_TASKS:
        page.line(f" {words.say('screen.more_next', count=len(tasks) - MOST_TASKS)}")


def _task(page: TextPage, task: Task, alignment: Alignment, words: Words) -> None:
    who = words.who(task, short=True)
    if task.what == "overdue":
        page.columns(f" ! {who}", 11, words.task(task))
        return
    ground = words.status(task.status) if task.status is Status.ASSUMED else words.article(task.basis)
    day = words.short_day(task.date, year=task.date.year > alignment.today.year + 1)
    left = f" {day:<9}{who:<8}"
    left += words.task(task) if left.endswith(" ") else f" {words.task(task)}"
    if len(left) + len(ground) + 2 > WIDTH:
        page.columns(left[:18], 18, f"{left[18:]} {ground}")
    else:
        page.line(left, (f"{ground:>{WIDTH - len(left)}}", "dim"))


def _plans(page: TextPage, alignment: Alignment, words: Words) -> None:
    """The table of the running and the next plan per owner, and the owners whose plan is unknown."""
    if not alignment.region.partnerships:
        page.paragraph(words.say("screen.no_plans"))
        return
    heads = [words.say(f"screen.{k}") for k in ("period", "verdict", "overlap", "coverage", "lag", "window")]
    page.line(f"         {heads[0]:<11}{heads[1]:<11}{heads[2]:>7}{heads[3]:>9}{heads[4]:>8}  {heads[5]}")
    for assessment in alignment.shown:
        _plan_row(page, assessment, words)
    unknown = sorted(u.owner for u in alignment.unknown_plans)
    if unknown:
        page.line(f" {', '.join(unknown)}  {words.say('screen.unknown_plan')}")


def _plan_row(page: TextPage, a: Assessment, words: Words) -> None:
    last = a.plan.last.day.year if a.plan.last else ""
    years = f"{a.plan.first.day.year}–{last}"
    mark = words.say("plan.expected_mark") if a.plan.status is Status.EXPECTED else " "
    lag = "–" if a.lag_lowest is None else words.say("short_months", months=a.lag_lowest)
    page.line(
        f" {a.plan.owner:<8}{years:<9}{mark} ",
        (f"{words.verdict(a.verdict):<11}", _STYLES[a.verdict]),
        f"{words.percent(a.overlap_lowest):>7}{words.percent(a.coverage_lowest):>9}{lag:>8}  ",
        _window_cell(a, words),
    )


def _window_cell(a: Assessment, words: Words) -> str:
    window = a.longest_window
    if window is None:
        return words.say("screen.no_window") if a.municipalities else "–"
    first, last = window.period.first, window.period.last
    days = words.say("short_days", days=window.period.days)
    return f"{words.short_day(first)}–{words.short_day(last, True)} {days:>4}"


# --- windows


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


# --- timeline, explain, list


def timeline(timeline: Timeline, alignment: Alignment, words: Words, color: bool = False) -> str:
    """The timeline as text: per lane its entries by day."""
    page = TextPage(color)
    first, last = words.day(alignment.horizon.first), words.day(alignment.horizon.last)
    page.line((alignment.region.name, "bold"), f"  {first} {words.say('until')} {last}")
    for lane in timeline.lanes:
        entries = [e for e in timeline.entries if e.lane == lane.id and e.kind not in _NOT_IN_TEXT]
        if not entries:
            continue
        page.line()
        code = "" if lane.kind == "region" else f"{lane.id}  "
        page.heading(f"{code}{lane.name}")
        for e in sorted(entries, key=lambda e: (e.first.day, -e.period.days, e.id)):
            _timeline_row(page, e, alignment.today, words)
    return page.text()


# Recesses are for drawings; a bar says by its ends what the others say.
_NOT_IN_TEXT = frozenset({"recess", "plan_starts", "plan_ends", "first_sitting", "agreement_starts", "agreement_ends"})


def _timeline_row(page: TextPage, e: Entry, today: date, words: Words) -> None:
    if e.kind == "window" and e.values["level"] is not Level.LIKELY:
        return  # the others belong to ``windows``
    first, last = e.shown_first or e.first.day, e.shown_last or e.last.day
    span = words.short_day(first, True)
    if e.open_ended:
        span += " –"
    elif first != last:
        span += f" – {words.short_day(last, True)}"
    title = words.entry(e)
    for name in (words.party(e.lane), e.lane):
        title = title.removeprefix(f"{name}: ")
    if e.status is not Status.ACTUAL and e.kind != "college":  # whose title says it
        title += f" ({words.status(e.status)})"
    mark = ">" if e.first.day <= today <= e.last.day else " "
    page.columns(f"{mark} {span}", 31, title)


def explain(entry: Entry, words: Words, color: bool = False) -> str:
    """The trace of an entry's days."""
    page = TextPage(color)
    title = words.entry(entry)
    if entry.first == entry.last:
        page.heading(words.say("trace.title", title=title, day=entry.last.day))
        _trace(page, entry, first=False, words=words)
    else:
        span = {"first": entry.first.day, "last": entry.last.day}
        page.heading(words.say("trace.title_span", title=title, **span))
        page.line(f" {words.say('trace.first')}")
        _trace(page, entry, first=True, words=words)
        page.line(f" {words.say('trace.last')}")
        _trace(page, entry, first=False, words=words)
    page.paragraph(words.say("trace.status", status=entry.status), 1)
    bases = dict.fromkeys(g.basis for d in (entry.first, entry.last) for g in d.trace if g.basis)
    if bases:
        page.line()
    for basis in bases:
        page.paragraph(words.provision(basis), 1, 2)
    return page.text()


def _trace(page: TextPage, entry: Entry, first: bool, words: Words) -> None:
    dated = entry.first if first else entry.last
    for number, sentence in enumerate(words.trace(dated.trace), 1):
        page.paragraph(f"{number}. {sentence}", 2, 3)


def explain_ids(timeline: Timeline, words: Words) -> str:
    """The ids that ``explain`` knows, without the recesses."""
    page = TextPage(color=False)
    page.line(words.say("explain.ids"))
    for entry in timeline.entries:
        if entry.kind != "recess":
            page.line(f" {entry.id}")
    return page.text()


def regions(found: Iterable[Region], words: Words, color: bool = False) -> str:
    """The regions that ship."""
    page = TextPage(color)
    page.line((words.say("list.title"), "bold"))
    listed = list(found)
    width = max((len(r.id) for r in listed), default=0) + 3
    for r in listed:
        counts = words.say(
            "list.line",
            municipalities=words.count(len(r.own_municipalities), "municipality"),
            partnerships=words.count(len(r.partnerships), "partnership"),
        )
        page.columns(f" {r.id}", width, f"{r.name}: {counts}")
    return page.text()
