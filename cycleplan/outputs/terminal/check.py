"""The first screen: what next, whether the plans are in step; and the problems of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment, Verdict
from cycleplan.daterules import Status
from cycleplan.errors import Problem
from cycleplan.outputs.terminal.continuity import continuity
from cycleplan.outputs.terminal.together import beside
from cycleplan.outputs.textpage import WIDTH, TextPage, one_line
from cycleplan.tasks import Task
from cycleplan.wording.words import Words

MOST_TASKS = 9
VERDICT_STYLES = {Verdict.IN_STEP: "green", Verdict.AT_RISK: "yellow", Verdict.OUT_OF_STEP: "red", None: "dim"}


def problem_lines(problems: Iterable[Problem], words: Words) -> str:
    """The problems, a line each: ``file:line:col: level: sentence [rule]``."""
    return "".join(
        f"{one_line(p.file)}:{p.place.line}:{p.place.column}: {words.say(f'level.{p.level}')}: "
        f"{one_line(words.problem(p))} [{p.rule}]\n"
        for p in problems
    )


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
    page.note(words.formation_note())
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
    beside(page, alignment, words)
    continuity(page, alignment, words)
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
        page.paragraph(f"{', '.join(unknown)}  {words.say('screen.unknown_plan')}", hang=1)


def _plan_row(page: TextPage, a: Assessment, words: Words) -> None:
    last = a.plan.last.day.year if a.plan.last else ""
    years = f"{a.plan.first.day.year}–{last}"
    mark = words.say("plan.expected_mark") if a.plan.status is Status.EXPECTED else " "
    lag = "–" if a.lag_lowest is None else words.say("short_months", months=a.lag_lowest)
    page.line(
        f" {a.plan.owner:<8}{years:<9}{mark} ",
        (f"{words.verdict(a.verdict):<11}", VERDICT_STYLES[a.verdict]),
        f"{words.percent(a.overlap_lowest):>7}{words.percent(a.coverage_lowest):>9}{lag:>8}  ",
        words.window_cell(a),
    )
