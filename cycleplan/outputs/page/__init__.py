"""The page of a region: what next, the three answers, the picture, the tables, and what all of it rests on.

One file: its styles and its script stand in it, and nothing is fetched (a Content-Security-Policy says so). It says
everything without its script, which adds zooming, choosing a party and the details of what is pointed at.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

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
from cycleplan.periods import Period
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
    alignment: Alignment,
    words: Words,
    version: str,
    style: str = "",
    links: Sequence[Link] = (),
) -> str:
    """The page; *style* is CSS of whoever publishes it, *links* lead to what stands beside it."""
    brief, notes = Brief(alignment), Notes(words)
    says = Briefing(brief, words)
    region, drawn = alignment.region, draw(timeline, words)
    tables = Tables(alignment, timeline, words, notes)
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
        "together": list(_together(brief, timeline, words)),
        "better": [says.result(a) for a in brief.alternatives] + [words.ahead(ahead) for ahead in brief.ahead],
        "chart": drawn,
        "description": chart.scope(timeline, words),
        "legend": [{"name": name, "text": words.say(f"legend.{name}")} for name in chart.LEGEND],
        "windows": " ".join(sorted({f"{e.first.day}/{e.lane}" for e in timeline.entries if _is_aim(e)})),
        "parties": [(lane.id, _called(lane)) for lane in timeline.lanes if lane.kind != "region"],
        "tables": tables.all(),
        "rows": tables.rows,
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


def styled(own: str, sheet: str, script: str = "", more: str = "") -> dict[str, Any]:
    """The styles and the script of a page, and the policy that lets nothing else in; *own* is CSS of the publisher."""
    environment = templating.html_environment()
    styles = [_plain(f"{templating.render(environment, sheet, {})}\n{more}")]
    if own:
        # In CSS `<\/` is the same as `</`, which in HTML would be the end of the styles. A house style is made for
        # light; one that has dark colours as well says so itself.
        styles.append(_plain(f":root {{ color-scheme: light; }}\n{own}").replace("</", "<\\/").replace("\0", ""))
    code = _plain(templating.render(environment, script, {})) if script else ""
    policy = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
    policy += f"; style-src {' '.join(_hash(text) for text in styles)}"
    policy += f"; script-src {_hash(code)}" if code else ""
    theme = re.search(r"\.([a-z][a-z0-9-]*-theme)\b", own)  # NL Design System: the tokens of a theme hang on a class
    return {
        "policy": policy,
        "theme": theme[1] if theme else "",
        "styles": [Markup(text) for text in styles],
        "script": Markup(code),
    }


def _plain(code: str) -> str:
    """Code without the room before its lines and the lines of comment, which only who writes it needs."""
    lines = (line.strip() for line in code.splitlines())
    kept = "\n".join(line for line in lines if line and not re.fullmatch(r"//.*|/\*[^*]*\*/", line))
    return kept.replace(">\n<", "><")  # as the page has it: its policy knows the code by its hash


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _task(task: Any, words: Words) -> dict[str, Any]:
    return {"late": task.what == "overdue", "text": words.task(task, whole=True)}


def _verdicts(alignment: Alignment, words: Words) -> Iterator[str]:
    yield from (words.plan_sentence(a, alignment.today) for a in alignment.shown)
    yield from (words.unknown_plan(unknown) for unknown in alignment.unknown_plans)
    yield from (words.beside(b, alignment.is_parallel(b.overlap)) for b in alignment.beside)


def _together(brief: Brief, timeline: Timeline, words: Words) -> Iterator[str]:
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
    everyone = (e for e in timeline.entries if e.kind == "region_window" and is_counting_window(e))
    coming = next((e for e in everyone if e.last.day >= timeline.today), None)
    if coming:
        left = Period(max(coming.first.day, timeline.today), coming.last.day)
        unknown = "" if coming.values["recess_known"] else words.say("chart.holidays_unknown")
        yield words.say("page.everyone_free", span=words.span(left), name=brief.region.name, unknown=unknown)


def _called(lane: Lane) -> str:
    """What a party is called in a list: a partnership also by its code, which the sentences use."""
    return lane.name if lane.kind == "municipality" or lane.name.startswith(lane.id) else f"{lane.id} {lane.name}"


def _is_aim(e: Entry) -> bool:
    """Whether somebody looks for it as the next window: of a plan, for its OOGO."""
    return e.kind == "window" and is_counting_window(e)
