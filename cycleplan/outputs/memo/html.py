"""The piece as a page: for the screen, for a screen reader, and to print.

markdown-it writes the HTML; what a piece says by its marks (a head, a caption, a gap) becomes HTML that says the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count, takewhile

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from cycleplan.outputs import templating
from cycleplan.outputs.memo import markdown
from cycleplan.outputs.memo.piece import Piece
from cycleplan.outputs.sandbox import Sandbox
from cycleplan.wording import texts


def render(piece: Piece, environment: Sandbox | None = None) -> str:
    """The page, by the template ``memo/page.html``.

    Beside the context of the piece it can name ``lang`` and ``title``, and as HTML: ``document`` (the piece, notes
    included), ``body`` (the same without title and head), ``sections`` (each without its heading, by name) and
    ``notes`` (what the sections refer to). The three share their ids: a page takes the document, or the body, or
    sections with the notes. Raises CycleplanError as ``templating.render`` does.
    """
    document, body = _read(piece.text), _read(piece.body)
    by_section = _Renderer(piece.lang, _numbers(body))  # one for all, so that their ids differ
    context = {
        **piece.context,
        "lang": piece.lang,
        "title": piece.title,
        "theme": "",
        "script": "",
        "document": _Renderer(piece.lang, _numbers(document)).markup(document),
        "body": _Renderer(piece.lang, _numbers(body)).markup(body),
        "sections": {name: by_section.markup(_split(_read(text))[0]) for name, text in piece.sections.items()},
        "notes": by_section.markup(_split(body)[1]),
    }
    return templating.render(environment or templating.html_environment(), "memo/page.html", context)


def _split(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The text, and the notes under it."""
    text = list(takewhile(lambda t: t.type != "footnote_block_open", tokens))
    return text, tokens[len(text) :]


def _numbers(tokens: Iterable[Token]) -> dict[str, int]:
    """The number of each note, by its label."""
    return {t.meta["label"]: t.meta["id"] + 1 for t in tokens if t.type == "footnote_open"}


# --- what the marks of a piece say


def _read(text: str) -> list[Token]:
    """The tokens of *text*; those that say something by their marks have a type, a tag or an attribute that says so."""
    tokens = markdown.read(text)
    for i, token in enumerate(tokens):
        if token.type == "inline":
            _tell_gaps(token.children or [])
            if token.content.startswith("☐") and tokens[i - 2].type == "list_item_open":
                tokens[i - 2].attrSet("class", "box")
        elif token.type == "table_open":
            table = [*takewhile(lambda t: t.type != "table_close", tokens[i:])]
            header = [*takewhile(lambda t: t.type != "thead_close", table)]
            if not any(t.content for t in header):
                token.type, tokens[i + len(table)].type = "head_open", "head_close"
                _tell_head(header, table[len(header) :])
            elif i and tokens[i - 1].type == "paragraph_close" and markdown.is_caption(tokens[i - 2]):
                tokens[i - 3].type, tokens[i - 1].type = "caption_open", "caption_close"
                token.hidden = True  # the caption opens the table
                for child in tokens[i - 2].children or []:
                    child.hidden = child.level == 0  # the emphasis
    return tokens


def _tell_gaps(children: list[Token]) -> None:
    for i, token in enumerate(children):
        if token.type == "strong_open":
            inside = [*takewhile(lambda t: t.level > token.level, children[i + 1 :])]  # noqa: B023 - used at once
            if markdown.is_gap("".join(t.content for t in inside)):
                token.tag = children[i + 1 + len(inside)].tag = "mark"
                token.attrSet("class", "gap")


def _tell_head(header: list[Token], rest: list[Token]) -> None:
    """No header row, since it is empty; the first cell of a row says what the row is about."""
    for token in [*header[1:], rest[0]]:
        token.hidden = True
    for row, cell, _, close in zip(rest, rest[1:], rest[2:], rest[3:], strict=False):
        if row.type == "tr_open":
            cell.tag = close.tag = "th"
            cell.attrSet("scope", "row")


class _Renderer(RendererHTML):
    """markdown-it's own, with a rule (a method by the name of a type) for each kind of note and table.

    It counts on through all that it is given.
    """

    def __init__(self, lang: str, numbers: dict[str, int]) -> None:
        super().__init__()
        self._lang = lang
        self._numbers = numbers
        self._references: Counter[int] = Counter()
        self._tables = count(1)

    def markup(self, tokens: Sequence[Token]) -> Markup:
        return Markup(self.render(tokens, markdown.parser().options, {}))

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        number = self._numbers[tokens[idx].meta["label"]]
        self._references[number] += 1
        id = _reference(number, self._references[number])
        return f'<sup><a href="#fn-{number}" id="{id}" role="doc-noteref">{number}</a></sup>'

    def footnote_block_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        heading = f'<h2 id="notes">{texts(self._lang).TEXTS["memo.notes"]}</h2>'
        return f'<section class="notes" role="doc-endnotes" aria-labelledby="notes">\n{heading}\n<ol>\n'

    def footnote_block_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<li id="fn-{self._numbers[tokens[idx].meta["label"]]}">'

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        number, time = self._numbers[tokens[idx].meta["label"]], tokens[idx].meta["subId"] + 1
        which, shown = (f"{number}, {time}", f" <sup>{time}</sup>") if time > 1 else (f"{number}", "")
        label = f"{texts(self._lang).TEXTS['memo.back']} {which}"
        return f' <a href="#{_reference(number, time)}" role="doc-backlink" aria-label="{label}">↩\ufe0e{shown}</a>'

    def head_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<table class="head">\n'

    def head_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table>\n"

    def caption_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        id = f"table-{next(self._tables)}"
        region = f'<div class="wide" role="region" tabindex="0" aria-labelledby="{id}">'
        return f'{region}\n<table>\n<caption id="{id}">'

    def caption_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</caption>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "" if tokens[idx].hidden else '<div class="wide" tabindex="0">\n<table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table>\n</div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrSet("scope", "col")
        return self.renderToken(tokens, idx, options, env)


def _reference(number: int, time: int) -> str:
    """The id of the place that refers to note *number* for the *time*-th time."""
    return f"fnref-{number}" if time == 1 else f"fnref-{number}-{time}"
