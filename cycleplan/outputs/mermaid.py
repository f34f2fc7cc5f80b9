"""The timeline as a Mermaid gantt chart, for a wiki or a README that draws it.

Mermaid has no escapes in its grammar: a colon ends a name, ``#``, ``;`` and ``%`` mean something, and a name that
begins with a keyword (``section``, ``click``) is no name. So what is not a letter, a digit or plain punctuation
is written as the entity of its number, which Mermaid shows as the character; and so is the first letter of a keyword.
"""

from __future__ import annotations

import re

from cycleplan.entries import Entry
from cycleplan.outputs.rows import is_counting_window
from cycleplan.outputs.textpage import one_line
from cycleplan.periods import Period
from cycleplan.timeline import Timeline
from cycleplan.wording.words import Words

_PLAIN = re.compile(r"[^\W_]|[ .,()–'/+-]")
_KEYWORD = re.compile(
    r"gantt|section|title|click|call|href|acc(title|descr)|dateformat|axisformat|tickinterval|includes|excludes"
    r"|inclusiveenddates|topaxis|todaymarker|weekday|weekend|\d{4}-",
    re.IGNORECASE,
)
_MOST = 60  # characters in a name; more does not fit beside a bar
# Bars by kind, with the look that Mermaid has for it; the names say the same.
_BARS = {"plan": "", "consultation": "", "council": "done, ", "standstill": "crit, ", "agreement": ""}
_MILESTONES = ("elected", "submission")


def render(timeline: Timeline, words: Words) -> str:
    """The chart: a section per lane, bars, and milestones on election days and last days for submission."""
    region = next(lane.name for lane in timeline.lanes if lane.kind == "region")
    # Bars that do not overlap share a line, else the chart is some hundreds of lines high.
    lines = ["---", "displayMode: compact", "config: {gantt: {leftPadding: 180}}", "---", "gantt"]
    lines += [
        f"    title {_name(region)}",
        "    dateFormat YYYY-MM-DD",
        "    axisFormat %Y",
        "    tickInterval 12month",
    ]
    number = 0
    for lane in timeline.lanes:
        drawn = [e for e in timeline.entries if e.lane == lane.id and _is_drawn(e)]
        if drawn:
            lines.append(f"    section {_name(lane.name if lane.kind == 'region' else lane.coded)}")
        for entry in drawn:
            number += 1
            lines.append(f"    {_name(words.short(entry))} :{_task(entry, number, timeline.period)}")
    return "\n".join(lines) + "\n"


def _is_drawn(e: Entry) -> bool:
    return e.kind in _BARS or e.kind in _MILESTONES or is_counting_window(e)


def _task(e: Entry, number: int, period: Period) -> str:
    """The look, the id and the days of an entry within *period*; Mermaid's end is the day after the last."""
    if e.kind in _MILESTONES:
        return f"milestone, t{number}, {e.first.day}, 0d"
    shown = e.period & period
    assert shown
    return f"{_BARS.get(e.kind, 'active, ')}t{number}, {shown.first}, {shown.after}"


def _name(text: str) -> str:
    """*text* as Mermaid reads it back: on one line, of at most so many characters."""
    clean = " ".join(one_line(text).split()) or "–"
    short = clean if len(clean) <= _MOST else f"{clean[: _MOST - 1]}…"
    keyword = _KEYWORD.match(short)
    return "".join(
        c if _PLAIN.fullmatch(c) and not (i == 0 and keyword) else f"#{ord(c)};" for i, c in enumerate(short)
    )
