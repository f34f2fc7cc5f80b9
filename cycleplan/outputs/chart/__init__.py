"""The timeline as one drawing (SVG): lanes by party, time from left to right.

``layout`` places everything, ``plans`` and ``councils`` draw the lanes, ``lettering`` knows how much room a text takes;
the marks become SVG in ``templates/chart``. The page shows the same drawing.
"""

from __future__ import annotations

from datetime import date

from cycleplan.outputs import templating
from cycleplan.outputs.chart.layout import draw
from cycleplan.outputs.chart.lettering import width
from cycleplan.outputs.chart.shapes import NAMES, SMALL
from cycleplan.outputs.rows import is_counting_window
from cycleplan.outputs.textpage import one_line
from cycleplan.timeline import Timeline
from cycleplan.wording.words import Words

# What the legend explains, in its order: the symbol in templates/chart and the code of its text.
LEGEND = (
    "window", "levels", "no-holidays", "v-in", "v-risk", "v-out", "actual", "planned", "expected", "assumed",
    "consultation", "decision", "tick", "last", "council", "standstill", "election", "fell", "recess", "asked",
    "milestone", "today",
)  # fmt: skip
_SWATCH, _BETWEEN, _LINE = 34, 22, 24
_HEAD, _NOTE = 56, 18  # how high the title is, and what the formations rest on


def render(timeline: Timeline, name: str, revised: date, words: Words) -> str:
    """The drawing of *timeline* on its own: an SVG file with title, description and legend; *name* is the region's."""
    chart = draw(timeline, words)
    wide = max(NAMES + chart.scale.width, 640)
    legend, legend_high = _legend(wide - 16, words)
    note = words.formation_note() or ""
    top = _HEAD + (_NOTE if note else 0)
    context = {
        "chart": chart,
        "names": NAMES,
        "wide": f"{wide:.0f}",
        "legend": legend,
        "top": top,
        "high": f"{top + chart.height + legend_high + 26:.0f}",
        "lang": words.lang,
        "title": words.say("chart.title", name=one_line(name)),
        "subtitle": words.say(
            "chart.subtitle",
            first=timeline.period.first,
            last=timeline.period.last,
            today=timeline.today,
            revised=revised,
        ),
        "description": description(timeline, words),
        "note": note,
    }
    return templating.render(templating.html_environment(), "chart/chart.svg", context)


def scope(timeline: Timeline, words: Words) -> str:
    """How many lanes a drawing has, and from when to when it goes."""
    counts = {kind: sum(lane.kind == kind for lane in timeline.lanes) for kind in ("partnership", "municipality")}
    return words.say(
        "chart.description",
        partnerships=words.count(counts["partnership"], "partnership"),
        municipalities=words.count(counts["municipality"], "municipality"),
        first=timeline.period.first,
        last=timeline.period.last,
    )


def description(timeline: Timeline, words: Words) -> str:
    """What a drawing shows, in words: its scope, and the windows that are still to come."""
    sentences = [scope(timeline, words)]
    for e in timeline.entries:
        if e.kind == "window" and is_counting_window(e) and e.last.day >= timeline.today and e.period & timeline.period:
            plan = words.plan(e.values["plan"])
            sentences.append(words.say("chart.described_window", plan=plan, span=words.span(e.period)))
    return " ".join(sentences)


def _legend(room: float, words: Words) -> tuple[list[dict[str, object]], int]:
    """Where each line of the legend stands, and how high all of them are."""
    found: list[dict[str, object]] = []
    x, y = 0.0, 0
    for name in LEGEND:
        text = words.say(f"legend.{name}")
        taken = _SWATCH + width(text, SMALL) + _BETWEEN
        if x and x + taken > room:
            x, y = 0.0, y + _LINE
        found.append({"name": name, "text": text, "x": f"{x:.0f}", "y": y})
        x += taken
    return found, y + _LINE
