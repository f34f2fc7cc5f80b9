"""What has changed, by date, on a screen."""

from __future__ import annotations

from cycleplan.changes import Difference
from cycleplan.outputs.textpage import TextPage
from cycleplan.wording import changing
from cycleplan.wording.words import Words

_DATE_WIDTH = 14


def diff(difference: Difference, words: Words, color: bool = False) -> str:
    """The changes by date, under what they come from where that is more than the file."""
    page = TextPage(color)
    page.heading(changing.title(difference, words))
    for text in changing.preface(difference, words):
        page.paragraph(text, 0)
    if not difference.shown:
        page.line()
        page.paragraph(changing.nothing(difference, words), 0)
    for heading, lines, past in changing.listed(difference, words):
        page.line()
        if heading:
            page.line((heading, "bold"))
        for day, sentence in lines:
            page.columns(f" {words.short_day(day, year=True) if day else ''}", _DATE_WIDTH, sentence)
        page.note(past, 1)
    return page.text()
