"""A piece is a memo as Markdown, whole and by section: what the forms (Markdown, HTML, Word) are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Piece:
    """A piece of one type in one language.

    *text* is the whole of it as Markdown: title, head, sections under their headings, footnotes. *body* is the same
    without title and head. *sections* has each section on its own, without its heading, with the footnotes that all
    of them use. *context* is what a template can name; days in it are dates. *day* is the day it was made for.
    """

    lang: str
    type: str
    title: str
    day: date
    text: str
    body: str
    sections: Mapping[str, str]
    context: Mapping[str, Any]
