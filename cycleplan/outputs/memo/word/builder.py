"""From Markdown to the paragraphs and tables of a document, by the conventions of a piece."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from cycleplan.outputs.memo import markdown
from cycleplan.outputs.memo.word import tables, xml
from cycleplan.outputs.memo.word.parts import INDENT, ListLook, Notes, Numbering
from cycleplan.outputs.memo.word.styles import Styles
from cycleplan.outputs.memo.word.xml import el

_HEADINGS = {"h1": "Title", "h2": "heading 1", "h3": "heading 2"}  # lower ones: heading 3
_CAPTION = re.compile(r"(Tabel|Table) (\d{1,4})(?!\d)")
_BOX = "☐ "
_SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True)
class _Look:
    """How a stretch of text looks."""

    bold: bool = False
    italic: bool = False
    gap: bool = False
    style: str | None = None

    def properties(self, language: str | None) -> tuple[Any, ...]:
        found = [
            el("b") if self.bold else None,
            el("i") if self.italic else None,
            el("highlight", val="yellow") if self.gap else None,
            el("lang", val=language) if language else None,
        ]
        return tuple(e for e in found if e is not None)


@dataclass(frozen=True)
class _At:
    """Where blocks stand: how deep in lists, how far in, how wide it is there, and with which style text does."""

    width: int
    style: str | None = None
    depth: int = 0
    left: int = 0


class Builder:
    """Builds into one document: its styles, lists and footnotes are used, and added to where something lacks."""

    def __init__(self, document: Any, styles: Styles, language: str) -> None:
        self._document = document
        self._styles = styles
        self._numbering = Numbering(document, styles)
        self._notes = Notes(document, styles)
        self._contents: dict[str, SyntaxTreeNode] = {}
        self._in_note = False
        self._language = None if styles.language() == language else language

    def build(self, text: str, width: int, style: str | None = None) -> list[Any]:
        """The blocks of *text*, for a column of *width*; its paragraphs get *style*."""
        tree = SyntaxTreeNode(markdown.read(text))
        for block in tree.children:
            if block.type == "footnote_block":
                self._contents = {str(note.meta["label"]): note for note in block.children}
        blocks = list(self._blocks(tree.children, _At(width, style)))
        if blocks and blocks[-1].tag == qn("w:tbl"):  # a table cannot be the last of a page, cell or section
            blocks.append(el("p"))
        return blocks

    def finish(self) -> None:
        """To be called once, when all blocks stand in the document."""
        self._notes.finish()

    # --- blocks

    def _blocks(self, nodes: Sequence[SyntaxTreeNode], at: _At) -> Iterator[Any]:
        caption = ""
        for i, node in enumerate(nodes):
            before_table = i + 1 < len(nodes) and nodes[i + 1].type == "table"
            if node.type == "paragraph" and before_table and markdown.is_caption(_token(node.children[0])):
                caption = _words(node)
                yield self._caption(node.children[0])
            elif node.type == "table":
                if i and nodes[i - 1].type == "table":
                    yield el("p")  # else Word makes one table of two
                yield self._table(node, caption, at)
                caption = ""
            elif node.type == "paragraph" and i and nodes[i - 1].type == "table":
                yield self._paragraph(node.children, at.style, el("spacing", before=200), *_indent(at.left))
            else:
                yield from self._block(node, at)

    def _block(self, node: SyntaxTreeNode, at: _At) -> Iterator[Any]:
        if node.type == "heading":
            yield self._paragraph(node.children, self._styles.id(_HEADINGS.get(node.tag, "heading 3")))
        elif node.type == "paragraph":
            yield self._paragraph(node.children, at.style, *_indent(at.left))
        elif node.type in ("bullet_list", "ordered_list"):
            yield from self._list(node, at)
        elif node.type == "blockquote":
            quote = replace(at, style=self._styles.id("Quote"), left=at.left and at.left + INDENT)
            yield from self._blocks(node.children, quote)
        elif node.type in ("fence", "code_block"):
            code = _Look(style=self._styles.id("HTML Code"))
            runs = [run for line in node.content.splitlines() for run in (xml.run(el("br")), self._run(line, code))]
            yield _paragraph(runs[1:], at.style, *_indent(at.left))
        elif node.type == "hr":
            line = el("bottom", val="single", sz=4, space=1, color="auto")
            yield _paragraph([], at.style, el("pBdr", line), *_indent(at.left))

    def _paragraph(self, inline: Iterable[SyntaxTreeNode], style: str | None, *properties: Any) -> Any:
        content = [run for part in inline for run in self._inline(part.children, _Look())]
        return _paragraph(content, style, *properties)

    def _list(self, node: SyntaxTreeNode, at: _At) -> Iterator[Any]:
        numbered = node.type == "ordered_list"
        start = int(node.attrs.get("start", 1))
        look = self._numbering.look("number", at.depth, start) if numbered else self._numbering.look("bullet", at.depth)
        for item in node.children:
            box = not numbered and _words(item).startswith(_BOX)
            yield from self._item(item, self._numbering.look("box", at.depth) if box else look, box, at)

    def _item(self, item: SyntaxTreeNode, look: ListLook, box: bool, at: _At) -> Iterator[Any]:
        nodes = list(item.children)
        first = nodes.pop(0) if nodes and nodes[0].type == "paragraph" else None
        loose = [] if first is None or first.hidden else [el("contextualSpacing", val=0)]
        made = self._paragraph(first.children if first else [], look.style, *map(deepcopy, look.properties), *loose)
        if box:  # it is the sign of the list
            sign = next(made.iter(qn("w:t")))
            sign.text = sign.text.removeprefix(_BOX)
        yield made
        yield from self._blocks(nodes, replace(at, depth=at.depth + 1, left=look.left))

    def _caption(self, inline: SyntaxTreeNode) -> Any:
        """A caption counts along with the others: its number is a field."""
        parts = list(inline.children)
        within = next(part for part in parts if part.type == "em").children
        first = within[0].content if within[0].type == "text" else ""
        found = _CAPTION.match(first)
        content: list[Any] = []
        if found:
            label, number = found.groups()
            shown = self._run(number, _Look())
            content = [self._run(f"{label} ", _Look()), xml.field(f"SEQ {label} \\* ARABIC", shown)]
            content.append(self._run(first[found.end() :], _Look()))
            within = within[1:]
        content += self._inline(within, _Look())
        return _paragraph(content, self._styles.id("caption"), el("keepNext"))

    def _table(self, node: SyntaxTreeNode, caption: str, at: _At) -> Any:
        rows = [[cell.children[0] for cell in row.children] for part in node.children for row in part.children]
        head = not any(_words(cell) for cell in rows[0])
        if head:  # the head of a piece: what, and of which kind, in the first column
            rows = rows[1:] or rows
        width = max(at.width - at.left, 1000)
        words = [[_words(cell) for cell in row] for row in rows]
        widths = tables.head_widths(width) if head and len(rows[0]) == 2 else tables.widths(words, width)
        made = tables.begin(self._styles.of_tables(), widths)
        made.tblPr.extend(tables.properties(caption, width, at.left, head))
        for number, row in enumerate(rows):
            header = not head and number == 0
            cells = []
            for column, cell in enumerate(row):
                look = _Look(bold=header or (head and column == 0))
                runs = list(self._inline(cell.children, look))
                aligned = str((cell.parent.attrs if cell.parent else {}).get("style", "")).rpartition(":")[2]
                cells.append((_paragraph(runs, at.style, *tables.in_cell(aligned, header)), widths[column]))
            made.append(tables.row(cells, header))
        return made

    # --- within a paragraph

    def _inline(self, nodes: Sequence[SyntaxTreeNode], look: _Look) -> Iterator[Any]:
        for node in nodes:
            if node.type == "text":
                if node.content:
                    yield self._run(node.content, look)
            elif node.type == "strong":
                gap = markdown.is_gap(_words(node))
                yield from self._inline(node.children, replace(look, gap=True) if gap else replace(look, bold=True))
            elif node.type == "em":
                yield from self._inline(node.children, replace(look, italic=True))
            elif node.type == "link":
                yield from self._link(node, look)
            elif node.type == "footnote_ref":
                label = str(node.meta["label"])
                yield from self._notes.refer(label, lambda label=label: self._note(self._contents[label]))  # type: ignore[misc]
            elif node.type == "hardbreak":
                yield xml.run(el("br"))
            elif node.type == "softbreak":
                yield self._run(" ", look)
            elif node.type == "code_inline":
                yield self._run(node.content, replace(look, style=self._styles.id("HTML Code")))
            elif node.type == "image":  # pictures are not part of a piece; what one would show is
                yield self._run(node.content, look)

    def _run(self, text: str, look: _Look) -> Any:
        return xml.run(xml.text(text), style=look.style, looks=look.properties(self._language))

    def _link(self, node: SyntaxTreeNode, look: _Look) -> Iterator[Any]:
        address = str(node.attrs.get("href", ""))
        if not _may_be_followed(address):
            yield from self._inline(node.children, look)
            return
        link = el("hyperlink", *self._inline(node.children, replace(look, style=self._styles.id("Hyperlink"))))
        link.set(qn("r:id"), self._relation(xml.fit(address)))
        yield link

    def _relation(self, address: str) -> str:
        if self._in_note:
            return self._notes.link(address)
        return str(self._document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def _note(self, node: SyntaxTreeNode) -> list[Any]:
        """The paragraphs of a footnote."""
        self._in_note = True
        style = self._styles.id("footnote text")
        paragraphs = [self._paragraph(p.children, style) for p in node.children if p.type == "paragraph"]
        self._in_note = False
        paragraphs = paragraphs or [_paragraph([], style)]
        properties = paragraphs[0].find(qn("w:pPr"))
        properties.addnext(xml.run(xml.text(" ")))
        properties.addnext(self._notes.sign())
        return paragraphs


def _paragraph(content: Iterable[Any], style: str | None, *properties: Any) -> Any:
    """A paragraph; *properties* in the order of the schema."""
    found = [el("pStyle", val=style)] if style else []
    return el("p", *([el("pPr", *found, *properties)] if found or properties else []), *content)


def _indent(left: int) -> list[Any]:
    return [el("ind", left=left)] if left else []


def _token(node: SyntaxTreeNode) -> Token:
    assert node.token is not None  # as of all that has no end tag
    return node.token


def _words(node: SyntaxTreeNode) -> str:
    """The text in *node* without its marks."""
    if node.type in ("text", "code_inline"):
        return str(node.content)
    return " " if node.type in ("softbreak", "hardbreak") else "".join(_words(child) for child in node.children)


def _may_be_followed(address: str) -> bool:
    try:
        return urlsplit(address).scheme.lower() in _SCHEMES
    except ValueError:
        return False
