"""The steps of one plan and the checklist beside them."""

from __future__ import annotations

from cycleplan.assessment import Assessment
from cycleplan.daterules import Status
from cycleplan.outputs.textpage import TextPage
from cycleplan.steps import Schedule, Step
from cycleplan.wording.words import Words

_FIRST, _LAST = 17, 13  # the widths of the two columns of days


def steps(page: TextPage, a: Assessment, words: Words) -> None:
    """Add the steps of a plan, each with its days and what they rest on, and what to look after beside them."""
    if a.schedule is None:
        return
    page.line()
    page.line(f" {words.say('steps.title')}")
    _row(page, words.say("steps.earliest"), words.say("steps.latest"), words.say("steps.step"))
    for step in a.schedule.steps.values():
        first, last = words.short_day(step.earliest.day, True), words.short_day(step.latest.day, True)
        _row(page, first, last, _step(step, a.schedule, words))
    if a.checklist:
        page.line()
        page.line(f" {words.say('checklist.title')}")
    for item in a.checklist:
        page.paragraph(f"- {words.checklist(item)}", 3, 2)


def _row(page: TextPage, first: str, last: str, what: str) -> None:
    page.columns(f"   {first:<{_FIRST}}{last:<{_LAST}}", 3 + _FIRST + _LAST, what)


def _step(step: Step, schedule: Schedule, words: Words) -> str:
    """What a step is called, with the article that asks for it and which of its days is assumed."""
    ground = [words.in_brackets(words.article(step.basis))] if step.basis else []
    if step.status is Status.ASSUMED:
        ground.append(words.status(Status.ASSUMED))
    elif step.earliest.status is Status.ASSUMED:
        ground.append(words.say("steps.earliest_assumed"))
    practical = ""
    if schedule.deadline and step.latest == schedule.deadline and schedule.last_working_day != step.latest.day:
        practical = words.say("practical", day=schedule.last_working_day)
    return words.step(step.name, step.title) + practical + (f" ({'; '.join(ground)})" if ground else "")
