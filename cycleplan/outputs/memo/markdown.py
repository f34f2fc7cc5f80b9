"""The Markdown of a piece, read back: CommonMark with tables and footnotes, and nothing that could act.

What a piece says by its marks, beside the usual: a table with an empty header row is the head of the piece; a
paragraph of nothing but emphasis right before a table is its caption; strong text between square brackets is a gap
that the author fills in.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_PERCENT = re.compile(r"(?<=\d) (?=%)")


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """Whether *url* may be a link; what may not stays text, as typed."""
        return url.lower().startswith(("http://", "https://", "mailto:"))


@cache
def parser() -> MarkdownIt:
    """What reads the Markdown; no image, since a form would have to fetch it."""
    return _Parser("commonmark", {"html": False}).enable("table").disable("image").use(footnote_plugin, inline=False)


def read(text: str) -> list[Token]:
    """The tokens of *text*; a number stays on one line with its per cent sign."""
    tokens = parser().parse(text, {})
    for child in (child for token in tokens for child in token.children or []):
        if child.type == "text":
            child.content = _PERCENT.sub("\u00a0", child.content)
    return tokens


def is_gap(text: str) -> bool:
    """Whether strong *text* is a gap for the author."""
    return text.startswith("[") and text.endswith("]")


def is_caption(inline: Token) -> bool:
    """Whether the *inline* of a paragraph is nothing but emphasis: right before a table, its caption."""
    children = [child for child in inline.children or [] if child.type != "text" or child.content]
    return (
        len(children) > 2
        and (children[0].type, children[-1].type) == ("em_open", "em_close")
        and all(child.level > children[0].level for child in children[1:-1])
    )
