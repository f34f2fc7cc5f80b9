"""Regions side by side on a screen: a block per subject with a line per region, which fits for two and for eleven."""

from __future__ import annotations

from collections.abc import Mapping

from cycleplan.comparison import Comparison
from cycleplan.outputs.comparing import Subject, standing_out, subjects, subtitle
from cycleplan.outputs.textpage import TextPage, one_line
from cycleplan.wording.words import Words

MOST_DETAILS = 6  # lines beneath a region; the rest is in the other forms
_GAP = 2  # columns between two cells
_SHORTEST_NAME = 10


def compare(comparison: Comparison, words: Words, of: Mapping[str, Words], color: bool = False) -> str:
    """The subjects, and what stands out; *of* has the words of each region by its id."""
    page = TextPage(color)
    page.heading(words.say("site.title"))
    page.line(subtitle(comparison, words))
    for subject in subjects(comparison, words, of):
        _subject(page, subject, words)
    found = standing_out(comparison, of)
    if found:
        page.line()
        page.line((words.say("compare.standing_out").upper(), "bold"))
    for text in found:
        page.paragraph(f"- {text}", 1, 2)
    return page.text()


def _subject(page: TextPage, subject: Subject, words: Words) -> None:
    page.line()
    page.line((subject.title.upper(), "bold"))
    columns = [[head, *(row.cells[i] for row in subject.rows)] for i, head in enumerate(subject.heads)]
    widths = [max(map(len, column)) + _GAP for column in columns]
    longest = max(len(one_line(row.name)) for row in subject.rows)
    name = min(longest, max(page.width - 1 - sum(widths), _SHORTEST_NAME))
    page.line(" " * (1 + name), *(f"{head:>{width}}" for head, width in zip(subject.heads, widths, strict=True)))
    for row in subject.rows:
        cells = "".join(f"{cell:>{width}}" for cell, width in zip(row.cells, widths, strict=True))
        page.line(f" {_cut(row.name, name):<{name}}{cells}")
        for detail in row.details[:MOST_DETAILS]:
            page.paragraph(detail, 3, 2)
        if len(row.details) > MOST_DETAILS:
            page.line(f"   {words.say('screen.more_next', count=len(row.details) - MOST_DETAILS)}")
    if subject.legend:
        page.paragraph(subject.legend, 1)


def _cut(text: str, width: int) -> str:
    clean = one_line(text)
    return clean if len(clean) <= width else f"{clean[: width - 1].rstrip()}…"
