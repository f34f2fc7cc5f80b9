"""Regions side by side in words: per subject a row a region, which the screen and Markdown lay out; and the CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from cycleplan.assessment import Verdict
from cycleplan.comparison import MOST_YEARS_AFTER, Begin, Compared, Comparison
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.formations import Formation
from cycleplan.outputs.records.base import Record
from cycleplan.periods import Period
from cycleplan.wording import comparing
from cycleplan.wording.words import Words


class Row(NamedTuple):
    """A region with a cell per head of the subject, and what there is to say beneath it."""

    name: str
    cells: tuple[str, ...]
    details: tuple[str, ...] = ()


class Subject(NamedTuple):
    """What is compared, with the heads of the cells, and what these mean."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: str = ""


Cells = tuple[tuple[str, ...], tuple[str, ...]]  # of a row: the cells, and the details


def subjects(comparison: Comparison, words: Words, of: Mapping[str, Words]) -> Iterator[Subject]:
    """What is compared, in its order; *of* has the words of each region by its id."""
    for code, heads, make in _SUBJECTS:
        rows = (Row(one.region.name, *make(one, of[one.region.id])) for one in comparison.regions)
        said = tuple(words.say(f"compare.head.{head}") for head in heads)
        yield Subject(words.say(f"compare.{code}"), said, tuple(rows), _legend(code, comparison, words))


def standing_out(comparison: Comparison, of: Mapping[str, Words]) -> list[str]:
    """What stands out, a sentence or two each."""
    return [comparing.observation(o, of[o.compared.region.id]) for o in comparison.observations]


def _legend(code: str, comparison: Comparison, words: Words) -> str:
    if code not in ("rhythm", "verdicts", "windows", "colleges", "continuity"):
        return ""
    share = next((one.share for one in comparison.regions if one.share), None)
    days = {"first": share.period.first, "last": share.period.last} if share else {"first": None, "last": None}
    return words.say(f"compare.legend.{code}", **days)


# --- a row of each subject


def _parties(one: Compared, words: Words) -> Cells:
    region = one.region
    revised = words.short_day(region.revised, True)
    return (str(len(region.own_municipalities)), str(len(region.partnerships)), revised), ()


def _rhythm(one: Compared, words: Words) -> Cells:
    counts = one.by_years_after
    classes = (*range(MOST_YEARS_AFTER + 1), None)
    length = "–"
    if one.lengths:
        in_years = all(months % 12 == 0 for months in one.lengths)
        shown = [months // 12 for months in one.lengths] if in_years else list(one.lengths)
        between = f"{shown[0]}–" if len(shown) > 1 else ""
        length = between + words.count(shown[-1], "years" if in_years else "month")
    together = words.say("compare.of", part=one.po_vo_together, whole=len(one.po_vo)) if one.po_vo else "–"
    owners: dict[str, list[str]] = {}
    for begin in one.begins:
        owners.setdefault(begin.assessment.plan.owner, []).append(_begin(begin, words))
    return (
        (*(str(counts[years]) for years in classes), length, together),
        tuple(f"{words.party(owner)}: {', '.join(plans)}" for owner, plans in owners.items()),
    )


def _begin(begin: Begin, words: Words) -> str:
    """The years of a plan, with how many years after the election it begins: "2023–2027 (1)"."""
    plan = begin.assessment.plan
    mark = words.say("plan.expected_mark") if plan.status is Status.EXPECTED else ""
    after = "/".join(map(str, begin.years_after)) or "–"
    return f"{words.years(plan.period, plan.first.day)}{mark} ({after})"


def _verdicts(one: Compared, words: Words) -> Cells:
    counts = (str(one.verdicts[verdict]) for verdict in (*Verdict, None))
    return (*counts, words.percent(one.coverage_mean), words.percent(one.coverage_lowest)), ()


def _windows(one: Compared, words: Words) -> Cells:
    share, found = one.share, one.alignment.next_for_everyone()
    part = words.percent(share.free / share.period.days) + _starred(share.recess_known) if share else "–"
    if found is None:
        return (part, "–", "–"), ()
    left, known = found
    return (part, _span(left, words) + _starred(known), str(left.days)), ()


def _starred(known: bool) -> str:
    return "" if known else "*"


def _span(days: Period, words: Words) -> str:
    return f"{words.short_day(days.first, days.first.year != days.last.year)} – {words.short_day(days.last, True)}"


def _colleges(one: Compared, words: Words) -> Cells:
    return tuple(cell for found in one.formations for cell in _formed(found, words)), ()


def _formed(found: Formation | None, words: Words) -> tuple[str, str]:
    if found is None:
        return "–", "–"
    mark = words.say("plan.expected_mark") if found.estimated else ""
    day = found.days[Level.LIKELY].independent
    return words.short_day(found.elected, True), words.short_day(day, True) + mark


def _continuity(one: Compared, words: Words) -> Cells:
    c = one.carried
    if c is None:
        return ("–",) * 4, ()
    covered = words.say("compare.of", part=c.covered, whole=c.municipalities)
    days = (str(c.standstill_days), str(c.uncovered_days))
    return (words.short_day(c.elected, True), *days, covered), tuple(words.standing(s) for s in c.standings)


def _agreements(one: Compared, words: Words) -> Cells:
    details = []
    for a in one.agreements:
        details.append(comparing.agreement(a, words))
        details += [words.say("agreement.agreed", item=item) for item in a.agreed]
        details += [words.say("agreement.open", item=item) for item in a.open]
    counts = (len(one.agreements), sum(len(a.agreed) for a in one.agreements), sum(len(a.open) for a in one.agreements))
    return tuple(map(str, counts)), tuple(details)


def _ways(one: Compared, words: Words) -> Cells:
    ways = [*comparing.ways(one.procedures, one, words), *comparing.policies(one, words)]
    return (str(len(ways)),), tuple(ways)


_SUBJECTS: tuple[tuple[str, tuple[str, ...], Callable[[Compared, Words], Cells]], ...] = (
    ("parties", ("municipalities", "partnerships", "revised"), _parties),
    ("rhythm", ("years_0", "years_1", "years_2", "years_3", "differs", "length", "po_vo"), _rhythm),
    ("verdicts", ("in_step", "at_risk", "out_of_step", "unknown", "mean", "lowest"), _verdicts),
    ("windows", ("share", "next", "days"), _windows),
    ("colleges", ("last_election", "colleges", "next_election", "colleges"), _colleges),
    ("continuity", ("elected", "standstill", "uncovered", "covered"), _continuity),
    ("agreements", ("agreements", "agreed", "open"), _agreements),
    ("ways", ("ways",), _ways),
)


# --- Markdown and CSV


def markdown(comparison: Comparison, words: Words, of: Mapping[str, Words]) -> str:
    """All of it as Markdown, in which the names of others are shown as typed."""
    from cycleplan.outputs import templating

    context = {
        "say": words.say,
        "subtitle": subtitle(comparison, words),
        "subjects": list(subjects(comparison, words, of)),
        "standing_out": standing_out(comparison, of),
    }
    return templating.render(templating.environment(), "compare/compare.md", context)


def subtitle(comparison: Comparison, words: Words) -> str:
    """How many regions, seen when."""
    count = words.count(len(comparison.regions), "region")
    return words.say("site.subtitle", regions=count, today=comparison.seen_from)


# The figures of the CSV, each by its place in the JSON.
FIGURES = (
    "region", "name", "revised", "municipalities", "partnerships",
    "rhythm.begins.0", "rhythm.begins.1", "rhythm.begins.2", "rhythm.begins.3", "rhythm.begins.differs",
    "rhythm.months", "rhythm.po_vo.pairs", "rhythm.po_vo.together",
    "verdicts.in_step", "verdicts.at_risk", "verdicts.out_of_step", "verdicts.unknown",
    "coverage.mean", "coverage.lowest",
    "windows.period.first", "windows.period.last", "windows.days", "windows.share", "windows.recess_known",
    "windows.next.first", "windows.next.last", "windows.next.days", "windows.next.recess_known",
    "colleges.last.elected", "colleges.last.estimated", "colleges.last.likely.independent",
    "colleges.next.elected", "colleges.next.estimated", "colleges.next.likely.independent",
    "continuity.elected", "continuity.municipalities", "continuity.covered", "continuity.standstill_days",
    "continuity.uncovered_days", "continuity.agreements.name",
    "agreements.name", "agreements.agreed", "agreements.open", "procedure.text", "policy",
)  # fmt: skip


def csv(record: Record) -> bytes:
    """The regions of the answer as a table: a row a region, a column a figure; what is a list stands in one cell."""
    from cycleplan.outputs import table

    return table.write(FIGURES, ((_cell(_at(region, path)) for path in FIGURES) for region in record["regions"]))


def _at(value: Any, path: str) -> Any:
    """What stands at *path* in *value*; of a list, of each of its items."""
    for key in path.split("."):
        if value is None:
            return None
        value = [item[key] for item in value] if isinstance(value, list) else value[key]
    return value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_cell(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(map(_cell, value))
    return value.isoformat() if isinstance(value, date) else str(value)
