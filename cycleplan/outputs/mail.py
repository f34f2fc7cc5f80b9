"""What has changed, as Markdown that survives being pasted in a mail: a heading and a list, no table."""

from __future__ import annotations

from collections.abc import Iterator

from cycleplan.changes import Difference
from cycleplan.outputs.templating import markdown
from cycleplan.wording import changing
from cycleplan.wording.words import Words


def diff(difference: Difference, words: Words) -> str:
    """The changes by date; whatever comes from a file is escaped, so that it stays text."""
    return "\n".join(_lines(difference, words))


def _lines(difference: Difference, words: Words) -> Iterator[str]:
    yield f"# {markdown(changing.title(difference, words))}"
    for text in changing.preface(difference, words):
        yield from ("", markdown(text))
    if not difference.shown:
        yield from ("", markdown(changing.nothing(difference, words)))
    for heading, lines, past in changing.listed(difference, words):
        if heading:
            yield from ("", f"## {markdown(heading)}")
        yield ""
        for day, sentence in lines:
            yield f"- {f'**{words.day(day)}** – ' if day else ''}{markdown(sentence)}"
        if past:
            yield f"- {markdown(past)}"
    yield ""
