"""The Word form without a template: a sober document of our own, on A4."""

from __future__ import annotations

from typing import Any

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Twips

from cycleplan.outputs.memo.piece import Piece
from cycleplan.outputs.memo.word import package, xml
from cycleplan.outputs.memo.word.builder import Builder
from cycleplan.outputs.memo.word.styles import DEFAULTS, LANGUAGES, Styles
from cycleplan.outputs.memo.word.xml import el

PAGE = (11906, 16838)  # A4, in twentieths of a point
MARGIN = 1417  # 2.5 cm
_KEPT = {"document", "styles", "settings", "theme", "numbering", "footer"}  # of what python-docx begins with
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"><Application>cycleplan</Application></Properties>'
)


def render_blank(piece: Piece) -> bytes:
    """The .docx of *piece* in our own style."""
    language = LANGUAGES[piece.lang]
    document = _begin(language)
    styles = Styles(document.styles.element)
    _footer(document, styles)
    builder = Builder(document, styles, language)
    end = document.element.body.sectPr
    for block in builder.build(piece.text, PAGE[0] - 2 * MARGIN):
        end.addprevious(block)
    builder.finish()
    package.sign(document, xml.fit(piece.title), language, piece.day)
    return package.write(package.saved(document))


def _begin(language: str) -> Any:
    """An empty document: the one of python-docx without its styles, lists, thumbnail and other remains."""
    document = docx.Document()
    main = document.part
    for owner in (main, main.package):
        for key, relation in list(owner.rels.items()):
            kind = relation.reltype.rpartition("/")[2]
            if kind == "extended-properties":
                relation.target_part._blob = _APP
            elif kind not in {"officeDocument", "core-properties", *_KEPT}:
                del owner.rels[key]
    styles = document.styles.element
    for child in list(styles):
        if child.tag != qn("w:latentStyles"):
            styles.remove(child)
    styles.insert(0, parse_xml(DEFAULTS.format(lang=language)))
    for name in ("Normal", "Default Paragraph Font", "Normal Table"):
        Styles(styles).id(name)
    numbering = main.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    _settings(document.settings.element, language)
    section = document.sections[0]
    section.page_width, section.page_height = Twips(PAGE[0]), Twips(PAGE[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(MARGIN)
    return document


def _settings(settings: Any, language: str) -> None:
    for child in list(settings):
        if child.tag not in {qn(f"w:{tag}") for tag in ("characterSpacingControl", "compat", "clrSchemeMapping")}:
            settings.remove(child)
    settings.insert(0, el("defaultTabStop", val=709))
    settings.find(qn("w:clrSchemeMapping")).addprevious(el("themeFontLang", val=language))
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # that of today's Word, which else says "compatibility mode"


def _footer(document: Any, styles: Styles) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.append(el("pPr", el("pStyle", val=styles.id("footer"))))
    paragraph.append(xml.field("PAGE", xml.run(xml.text("1"))))
