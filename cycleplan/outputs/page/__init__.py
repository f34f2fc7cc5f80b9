"""The page of a region: what next, the three answers, the picture, the tables, and what all of it rests on.

One file: its styles and its script stand in it, and nothing is fetched (a Content-Security-Policy says so). It says
everything without its script, which adds zooming, choosing a party and the details of what is pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cycleplan.alignment import Alignment
from cycleplan.brief import Brief
from cycleplan.daterules import Status
from cycleplan.entries import Entry
from cycleplan.outputs import accounts, chart, templating
from cycleplan.outputs.chart.layout import Chart, draw
from cycleplan.outputs.chart.shapes import NAMES
from cycleplan.outputs.page.notes import Notes
from cycleplan.outputs.page.tables import Tables
from cycleplan.outputs.rows import is_counting_window
from cycleplan.outputs.styling import styled
from cycleplan.timeline import Lane, Timeline
from cycleplan.wording.briefing import Briefing
from cycleplan.wording.words import Words

_PAPER = (1500, 810)  # pixels on A3, across and down, without the margins and the heading
_LEAST_PRINTED = 0.65  # smaller than this nobody can read it; the picture then goes on on the next sheet


class Link(NamedTuple):
    """Something beside the page: a feed, a memo, a file."""

    text: str
    href: str


def render(
    timeline: Timeline,
    brief: Brief,
    words: Words,
    version: str,
    style: str = "",
    links: Sequence[Link] = (),
) -> str:
    """The page of the region that *brief* is about.

    *style* is CSS of whoever publishes it, *links* lead to what stands beside it.
    """
    alignment, notes = brief.alignment, Notes(words)
    says = Briefing(brief, words)
    region, drawn = alignment.region, draw(timeline, words)
    tables = Tables(alignment, timeline, words, notes).all()
    context = {
        **styled(style, "page/style.css", "page/script.js", _printed(drawn)),
        "lang": words.lang,
        "say": words.say,
        "title": region.name,
        "subtitle": words.say(
            "screen.subtitle",
            municipalities=words.count(len(region.own_municipalities), "municipality"),
            partnerships=words.count(len(region.partnerships), "partnership"),
            revised=region.revised,
        ),
        "today": alignment.today,
        "version": version,
        "law_revised": alignment.law.revised,
        "note": words.formation_note() or "",
        "tasks": [_task(task, words) for task in alignment.next],
        "in_step": list(_verdicts(alignment, words)),
        "together": list(_together(brief, words)),
        "better": [says.result(a) for a in brief.alternatives] + [words.ahead(ahead) for ahead in brief.ahead],
        "chart": drawn,
        "description": chart.scope(timeline, words),
        "legend": [{"name": name, "text": words.say(f"legend.{name}")} for name in chart.LEGEND],
        "windows": " ".join(sorted({f"{e.first.day}/{e.lane}" for e in timeline.entries if _is_aim(e)})),
        "parties": [(lane.id, _called(lane)) for lane in timeline.lanes if lane.kind != "region"],
        "tables": tables,
        "rows": {id: row.id for table in tables for body in table.bodies for row in body.rows for id in row.others},
        "notes": notes,
        "facts": accounts.facts(brief, words),
        "assumed": accounts.assumed(brief, words),
        "not_computed": accounts.not_computed(brief, words),
        "provisions": accounts.provisions(brief, words),
        "links": links,
    }
    page = templating.render(templating.html_environment(), "page/page.html", context)
    return re.sub(r"(?<=>)\n(?=<)", "", re.sub(r"\n{2,}", "\n", page))


def _printed(drawn: Chart) -> str:
    """How wide the picture is, and how much of its size it keeps on paper, so that it fits on a sheet."""
    wide, high = drawn.scale.width, drawn.height
    share = min(1, (_PAPER[0] - NAMES) / wide, max(_PAPER[1] / high, _LEAST_PRINTED))
    return f":root {{ --wide: {drawn.field}px; --print: {share:.3f}; }}"


def _task(task: Any, words: Words) -> dict[str, Any]:
    return {"late": task.what == "overdue", "text": words.task(task, whole=True)}


def _verdicts(alignment: Alignment, words: Words) -> Iterator[str]:
    yield from (words.plan_sentence(a, alignment.today) for a in alignment.shown)
    yield from (words.unknown_plan(unknown) for unknown in alignment.unknown_plans)
    yield from (words.beside(b, alignment.is_parallel(b.overlap)) for b in alignment.beside)


def _together(brief: Brief, words: Words) -> Iterator[str]:
    """When everyone can decide together: about each plan that is to come, and as a region."""
    for a in sorted(brief.consultations, key=lambda a: a.plan.first):
        window, schedule = brief.window(a), a.schedule
        assert schedule
        latest = schedule.steps["oogo"].latest
        assumption = words.say("assumption") if latest.status is Status.ASSUMED else ""
        values = {"plan": words.plan(a.plan), "latest": latest.day, "assumption": assumption}
        if window is None:
            yield words.say("page.consult_none", **values)
            continue
        span, colleges = words.span(brief.still_open(window)), words.colleges_together(len(a.municipalities))
        unknown = "" if a.recess_known else words.say("chart.holidays_unknown")
        yield words.say("page.consult", span=span, colleges=colleges, unknown=unknown, **values)
    found = brief.alignment.next_for_everyone()
    if found:
        left, known = found
        unknown = "" if known else words.say("chart.holidays_unknown")
        yield words.say("page.everyone_free", span=words.span(left), name=brief.region.name, unknown=unknown)


def _called(lane: Lane) -> str:
    """What a party is called in a list: a partnership also by its code, which the sentences use."""
    return lane.name if lane.kind == "municipality" else lane.coded


def _is_aim(e: Entry) -> bool:
    """Whether somebody looks for it as the next window: of a plan, for its OOGO."""
    return e.kind == "window" and is_counting_window(e)
