"""A page of text for a screen: 80 columns or more, in colour where asked for, and nothing in it that could act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import StringIO
from textwrap import wrap

WIDTH = 80
# What would move the cursor, turn the direction of the text or begin a line of its own.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def one_line(text: str) -> str:
    """*text* on one line, without characters that act on a screen."""
    return _CONTROL.sub(" ", text)


class TextPage:
    """Lines of text with styles, made into one string. Text from a file is shown as it is, on one line."""

    def __init__(self, color: bool, width: int = WIDTH) -> None:
        self.width = width
        self._color = color
        self._lines: list[list[tuple[str, str]]] = []

    def line(self, *parts: str | tuple[str, str]) -> None:
        """Add a line of plain and styled parts."""
        styled = [(part, "") if isinstance(part, str) else part for part in parts]
        self._lines.append([(one_line(text), style) for text, style in styled])

    def paragraph(self, text: str, indent: int = 1, hang: int = 0) -> None:
        """Add a text, wrapped at the width of the page."""
        clean = one_line(text)
        pad = " " * indent
        for line in wrap(clean, self.width - 1, initial_indent=pad, subsequent_indent=pad + " " * hang) or [""]:
            self.line(line)

    def note(self, text: str | None, indent: int = 0) -> None:
        """Add a text if there is one."""
        if text:
            self.paragraph(text, indent)

    def heading(self, text: str) -> None:
        """Add a heading, wrapped where it is long."""
        for line in wrap(one_line(text), self.width, subsequent_indent=" "):
            self.line((line, "bold"))

    def columns(self, left: str, width: int, right: str) -> None:
        """Add a row of two columns; *right* is wrapped beside *left*, which is *width* wide."""
        lines = wrap(one_line(right), self.width - width) or [""]
        self.line(f"{left:<{width}}{lines[0]}")
        for line in lines[1:]:
            self.line(" " * width + line)

    def text(self) -> str:
        """All of it; in colour where that was asked for."""
        if self._color:
            return _colored(self._lines, self.width)
        return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in self._lines)


def _colored(lines: Iterable[Sequence[tuple[str, str]]], width: int) -> str:
    # Only a screen needs rich; a pipe or a file does not wait for it.
    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for line in lines:
        text = Text(no_wrap=True, overflow="ignore")
        for plain, style in line:
            text.append(plain, style)
        text.rstrip()
        console.print(text, soft_wrap=True)
    return out.getvalue()
