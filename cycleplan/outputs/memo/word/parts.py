"""The parts of a document that hold its lists and its footnotes; those of a template are added to, never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart

from cycleplan.outputs.memo.word import xml
from cycleplan.outputs.memo.word.styles import Styles
from cycleplan.outputs.memo.word.xml import el

Kind = Literal["number", "bullet", "box"]

INDENT = 425  # twentieths of a point, 7.5 mm: what a level of a list lies further in
_LEVELS = 9
_BOX_FONT = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), "Segoe UI Symbol")  # most fonts have no box
_AFTER_FOOTNOTES = ("endnotePr", "compat", "docVars", "rsids", "themeFontLang", "clrSchemeMapping", "decimalSymbol")


@dataclass(frozen=True)
class ListLook:
    """How the items of a list stand: paragraph properties after the style, and how far in what follows an item is."""

    style: str
    properties: tuple[Any, ...]
    left: int


class Numbering:
    """The lists of a document, numbered in the way of its styles List Number and List Bullet if it has those."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self._document = document
        self._styles = styles
        self._ours: dict[Kind, str] = {}
        self._signs: dict[Kind, str] = {}

    def look(self, kind: Kind, depth: int, start: int = 1) -> ListLook:
        """The look of a new list at *depth*, from 0 on; a numbered one counts from *start*."""
        depth = min(depth, _LEVELS - 1)
        ordered = kind == "number"
        style = self._styles.known("paragraph", f"List {kind.title()}{f' {depth + 1}' if depth else ''}")
        own = self._numbered_by(style) if style is not None else None
        if own:
            abstract, level = own
            indent = style.find(f"{qn('w:pPr')}/{qn('w:ind')}")
            number = self._number(abstract, level, start) if ordered else None
            properties = [self._pr(number, level)] if number else []
            if number and indent is not None:  # the indent of a number counts for more than that of a style
                properties.append(deepcopy(indent))
            return ListLook(style.get(qn("w:styleId")), tuple(properties), self._left(indent, abstract, level))
        abstract = self._abstract(kind)
        if ordered:
            number = self._number(abstract, depth, start)
        else:
            number = self._signs[kind] = self._signs.get(kind) or self._number(abstract)
        return ListLook(self._styles.id("List Paragraph"), (self._pr(number, depth),), INDENT * (depth + 1))

    # --- the numbering part

    def _root(self) -> Any:
        part = self._document.part
        for relation in part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
                return relation.target_part.element
        made = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, el("numbering"), part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return made.element

    def _numbered_by(self, style: Any) -> tuple[str, int] | None:
        """The definition and level by which a style numbers its paragraphs; None if it does not."""
        number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        level = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
        if number is None:
            return None
        for num in self._root().iterchildren(qn("w:num")):
            if num.get(qn("w:numId")) == number.get(qn("w:val")):
                abstract = num.find(qn("w:abstractNumId")).get(qn("w:val"))
                return abstract, int(level.get(qn("w:val"))) if level is not None else 0
        return None

    def _left(self, indent: Any, abstract: str, level: int) -> int:
        if indent is None:
            found = (a for a in self._root().iterchildren(qn("w:abstractNum")) if self._is(a, abstract))
            levels = (one for a in found for one in a.iterchildren(qn("w:lvl")))
            mine = (one for one in levels if one.get(qn("w:ilvl")) == str(level))
            indent = next((i for one in mine for i in one.iter(qn("w:ind"))), None)
        left = (indent.get(qn("w:left")) or indent.get(qn("w:start"))) if indent is not None else None
        return int(left) if left and left.isdecimal() else INDENT

    @staticmethod
    def _is(abstract: Any, number: str) -> bool:
        return bool(abstract.get(qn("w:abstractNumId")) == number)

    @staticmethod
    def _pr(number: str, level: int) -> Any:
        return el("numPr", el("ilvl", val=level), el("numId", val=number))

    def _number(self, abstract: str, level: int | None = None, start: int = 1) -> str:
        """A new numbering by that definition; with a *level*, one that counts there from *start*."""
        root = self._root()
        number = str(xml.next_id(root, "num", "numId"))
        num = el("num", el("abstractNumId", val=abstract), numId=number)
        if level is not None:
            num.append(el("lvlOverride", el("startOverride", val=start), ilvl=level))
        last = root.findall(qn("w:num"))
        if last:
            last[-1].addnext(num)
        else:
            root.append(num)
        return number

    def _abstract(self, kind: Kind) -> str:
        """The number of our own definition, put in where it is first asked for."""
        if kind not in self._ours:
            root = self._root()
            number = str(xml.next_id(root, "abstractNum", "abstractNumId"))
            levels = (self._level(level, kind) for level in range(_LEVELS))
            made = el("abstractNum", el("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=number)
            first = root.find(qn("w:num"))  # all definitions stand before the numberings
            if first is not None:
                first.addprevious(made)
            else:
                root.append(made)
            self._ours[kind] = number
        return self._ours[kind]

    @staticmethod
    def _level(level: int, kind: Kind) -> Any:
        form = ("decimal", "lowerLetter", "lowerRoman")[level % 3] if kind == "number" else "bullet"
        sign = {"number": f"%{level + 1}.", "bullet": "•–"[level % 2], "box": "☐"}[kind]
        return el(
            "lvl",
            el("start", val=1),
            el("numFmt", val=form),
            el("lvlText", val=sign),
            el("lvlJc", val="left"),
            el("pPr", el("ind", left=INDENT * (level + 1), hanging=INDENT)),
            *([el("rPr", el("rFonts", **_BOX_FONT))] if kind == "box" else []),
            ilvl=level,
        )


class Notes:
    """The footnotes of a document. python-docx knows no footnotes, so their part is read and written here.

    A footnote that is referred to again is not written again: the second place has a NOTEREF field to a bookmark
    at the first, which Word counts along when footnotes come or go. Programs that do not know the field show the
    number that stands in it.
    """

    def __init__(self, document: Any, styles: Styles) -> None:
        self._document = document
        self._styles = styles
        self._part: Any = None
        self.root: Any = None
        self._ids: dict[str, str] = {}
        self._again: list[tuple[str, Any]] = []
        self._first_mark = xml.next_id(document.element, "bookmarkStart")
        self._bookmark = "_Note"
        names = [str(mark.get(qn("w:name"))) for mark in document.element.iter(qn("w:bookmarkStart"))]
        while any(name.startswith(self._bookmark) for name in names):
            self._bookmark += "_"
        for relation in document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
                self._part = relation.target_part
                self.root = parse_xml(self._part.blob)

    def refer(self, label: str, content: Callable[[], Iterable[Any]]) -> list[Any]:
        """What stands in the text for the footnote *label*; *content* gives its paragraphs, the first time."""
        style = self._styles.id("footnote reference")
        if label in self._ids:
            number = self._ids[label]
            shown = xml.text("")
            self._again.append((number, shown))
            return [xml.field(f"NOTEREF {self._bookmark}{number} \\f \\h", xml.run(shown, style=style))]
        if self._part is None:
            self._make_part()
        number = str(xml.next_id(self.root, "footnote"))
        self._ids[label] = number
        note = el("footnote", id=number)
        self.root.append(note)
        note.extend(content())
        mark = self._first_mark + len(self._ids)
        return [
            el("bookmarkStart", id=mark, name=f"{self._bookmark}{number}"),
            xml.run(el("footnoteReference", id=number), style=style),
            el("bookmarkEnd", id=mark),
        ]

    def sign(self) -> Any:
        """The number with which a footnote itself begins."""
        return xml.run(el("footnoteRef"), style=self._styles.id("footnote reference"))

    def link(self, address: str) -> str:
        """The relationship of an address in a footnote: the part has its own."""
        return str(self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def finish(self) -> None:
        """Write the part, and the numbers of the footnotes where they are referred to again."""
        if self._part is None:
            return
        order = [e.get(qn("w:id")) for e in self._document.element.iter(qn("w:footnoteReference"))]
        for number, shown in self._again:
            shown.text = str(order.index(number) + 1)
        self._part._blob = serialize_part_xml(self.root)

    def _make_part(self) -> None:
        part = self._document.part
        kinds = {"separator": -1, "continuationSeparator": 0}
        spacing = el("spacing", after=0, line=240, lineRule="auto")
        notes = (
            el("footnote", el("p", el("pPr", deepcopy(spacing)), el("r", el(kind))), type=kind, id=number)
            for kind, number in kinds.items()
        )
        self.root = el("footnotes", *notes)
        self._part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", part.package)
        part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._document.settings.element
        if settings.find(qn("w:footnotePr")) is None:
            made = el("footnotePr", *(el("footnote", id=number) for number in kinds.values()))
            after = (e for e in settings if e.tag in {qn(f"w:{tag}") for tag in _AFTER_FOOTNOTES})
            place = next(after, None)
            if place is not None:
                place.addprevious(made)
            else:
                settings.append(made)
