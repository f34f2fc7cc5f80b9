"""The country on a screen: the figures, then a line per partnership, apart where the plan is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cycleplan.assessment import Verdict
from cycleplan.atlas import Atlas, Cohort, Judged, Situation
from cycleplan.daterules import Status
from cycleplan.outputs.terminal.check import VERDICT_STYLES
from cycleplan.outputs.textpage import WIDTH, TextPage, one_line
from cycleplan.wording import atlas as wording
from cycleplan.wording.words import Words

_NAME, _UNKNOWN_NAME = 15, 31  # columns of a name, in either table
_LATE = "!"


def atlas(found: Atlas, words: Words, color: bool = False) -> str:
    """The screen of ``atlas``."""
    page = TextPage(color)
    title, today = words.say("atlas.title"), words.day(found.today)
    page.line((f"{title:<{WIDTH - len(today)}}", "bold"), today)
    sectors = " · ".join(f"{count} {sector}" for sector, count in sorted(found.sectors.items()))
    partnerships = words.count(len(found.situations), "partnership")
    page.line(words.say("atlas.subtitle", partnerships=partnerships, sectors=sectors, national=found.national))
    page.line()
    for sentence in wording.summary(found, words):
        page.paragraph(sentence, 1, 1)
    _cohorts(page, found.cohorts, words)
    page.line()
    _expected(page, found, words)
    page.line()
    _unknown(page, found, words)
    for one in found.situations:
        if one.reason:
            page.line()
            page.paragraph(wording.no_verdict(one, words), 1, 1)
    page.line()
    page.paragraph(wording.vintage(found, words), 1, 1)
    return page.text()


def _cohorts(page: TextPage, cohorts: Sequence[Cohort], words: Words) -> None:
    if not cohorts:
        return
    page.line()
    heads = [words.say(f"atlas.{head}") for head in ("began", "elected", "years_after")]
    verdicts = "".join(f"{words.verdict(verdict):>12}" for verdict in Verdict)
    page.line(f"   {heads[0]:<12}{heads[1]:<12}{heads[2]:>11}{verdicts}")
    for cohort in cohorts:
        began, elected = words.month_of(cohort.first, True), words.month_of(cohort.elected, True)
        counts = [(f"{cohort.verdicts[v] or '–':>12}", VERDICT_STYLES[v]) for v in Verdict]
        page.line(f"   {began:<12}{elected:<12}{cohort.years_after:>11}", *counts)


def _expected(page: TextPage, found: Atlas, words: Words) -> None:
    """The partnerships of which a plan of today or later is known or expected."""
    page.line((words.say("atlas.expected"), "bold"))
    running, following, window, best = (words.say(f"atlas.{head}") for head in ("running", "next", "window", "best"))
    page.line(f" {'':<7}{'':<{_NAME}}{running:<18}{following:<19}{window:<15}{best:>5}")
    shown = [one for one in found.situations if one.expected]
    for one in _by_sector(page, shown, words):
        _row(page, one, found, words)
    marks = {verdict.value: words.say(f"mark.{verdict.value}") for verdict in Verdict}
    page.paragraph(words.say("atlas.legend", **marks, not_judged=words.say("mark.not_judged")), 1)
    if any(_too_late(one, found) for one in shown):
        page.paragraph(words.say("atlas.legend_late", mark=_LATE), 1)
    if any(one.window and not one.window.recess_known for one in found.situations):
        page.paragraph(words.say("atlas.legend_recess"), 1)


def _by_sector(page: TextPage, shown: Iterable[Situation], words: Words) -> Iterator[Situation]:
    """The partnerships, which stand by code, with the name of each sector above its own."""
    for sector, own in groupby(shown, key=lambda one: one.partnership.sector):
        page.line((f" {words.say(f'atlas.{sector}')}", "dim"))
        yield from own


def _row(page: TextPage, one: Situation, found: Atlas, words: Words) -> None:
    cells: list[str | tuple[str, str]] = []
    for plan, after in ((one.running, " "), (one.next, f"{_LATE} " if _too_late(one, found) else "  ")):
        years, judged = wording.judged(plan, words)
        cells += [f"{years:<10}", (f"{judged:<7}", VERDICT_STYLES[plan.verdict if plan else None]), after]
    best = one.best.year if one.best else "–"
    window = wording.window(one.window, found, words)
    page.line(f" {one.partnership.code:<7}{_cut(one.called, _NAME)}", *cells, f"{window:<15}{best:>5}")


def _too_late(one: Situation, found: Atlas) -> bool:
    """Whether the last day for the next plan is over, and the plan not known."""
    coming = one.next
    return bool(coming and coming.status is Status.EXPECTED and coming.last_day and coming.last_day < found.today)


def _cut(name: str, room: int) -> str:
    """*name* in *room* columns, the last of them empty."""
    name = one_line(name)
    return f"{name if len(name) < room else f'{name[: room - 2].rstrip()}…':<{room}}"


def _unknown(page: TextPage, found: Atlas, words: Words) -> None:
    """The others by what the four rhythms would give them: most are alike."""
    shown = [one for one in found.situations if not one.expected and not one.reason]
    if not shown:
        return
    page.line((words.say("atlas.unknown"), "bold"))
    page.paragraph(words.say("atlas.rhythms"), 1)
    alike: dict[tuple[tuple[str, ...], ...], list[Situation]] = {}
    for one in shown:
        alike.setdefault(tuple(_rhythm(r, one, words) for r in one.rhythms), []).append(one)
    for rhythms, partnerships in alike.items():
        page.line()
        for rhythm, cells in zip(partnerships[0].rhythms, rhythms, strict=True):
            begins, by, verdict, coverage, note = cells
            page.line(
                f"   {begins:<12}{by:<26}", (f"{verdict:<12}", VERDICT_STYLES[rhythm.verdict]), f"{coverage:>6}  {note}"
            )
        page.line()
        heads = [words.say(f"atlas.{head}") for head in ("municipalities", "last_known", "window")]
        page.line(f" {'':<7}{'':<{_UNKNOWN_NAME}}{heads[0]:<11}{heads[1]:<14}{heads[2]}")
        for one in _by_sector(page, partnerships, words):
            _unknown_row(page, one, found, words)
    page.paragraph(words.say("atlas.legend_unknown"), 1)


def _rhythm(rhythm: Judged, one: Situation, words: Words) -> tuple[str, ...]:
    first = rhythm.period.first
    by = words.say("atlas.by", day=words.short_day(rhythm.last_day, True)) if rhythm.last_day else ""
    notes = [words.say("atlas.is_best")] if first == one.best else []
    notes += [] if rhythm.window_counts else [words.say("screen.no_window")]
    return (
        words.short_day(first, True),
        by,
        words.verdict(rhythm.verdict),
        words.percent(rhythm.coverage),
        ", ".join(notes),
    )


def _unknown_row(page: TextPage, one: Situation, found: Atlas, words: Words) -> None:
    known = words.years(one.known.period, one.known.first.day) if one.known else "–"
    page.line(
        f" {one.partnership.code:<7}{_cut(one.called, _UNKNOWN_NAME)}{wording.municipalities(one):<11}{known:<14}"
        f"{wording.window(one.window, found, words)}"
    )
