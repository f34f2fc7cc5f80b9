"""The styles of the Word form: ours, of which a template gets only those that it lacks."""

from __future__ import annotations

from typing import Any, Literal

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

Kind = Literal["paragraph", "character", "table"]

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
_INK = "1F3552"  # of headings; on white it has a contrast of 12
_LINE = "A6B1BF"

DEFAULTS = """\
<w:docDefaults xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
  <w:rPrDefault><w:rPr>
    <w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/>
    <w:sz w:val="22"/><w:szCs w:val="22"/>
    <w:lang w:val="{lang}" w:eastAsia="{lang}" w:bidi="ar-SA"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
"""


def _heading(level: int, size: int, before: int, after: int) -> str:
    return (
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}" w:line="252"'
        f' w:lineRule="auto"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{_INK}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


# By the name that Word gives a style in every language; the id in a file may be a Dutch one. "Normal" in what a style
# is based on stands for the default paragraph style.
_OURS: dict[str, tuple[Kind, str]] = {
    "Normal": ("paragraph", "<w:qFormat/>"),
    "Default Paragraph Font": ("character", '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/>'),
    "Normal Table": (
        "table",
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    ),
    "Title": (
        "paragraph",
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="10"/><w:qFormat/>'
        '<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:after="240" w:line="240" w:lineRule="auto"/></w:pPr>'
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{_INK}"/><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr>',
    ),
    "heading 1": ("paragraph", _heading(1, 28, 360, 100)),
    "heading 2": ("paragraph", _heading(2, 23, 240, 80)),
    "heading 3": ("paragraph", _heading(3, 22, 200, 60)),
    "caption": (
        "paragraph",
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="35"/><w:qFormat/>'
        '<w:pPr><w:keepNext/><w:spacing w:before="200" w:after="80" w:line="240" w:lineRule="auto"/></w:pPr>'
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{_INK}"/><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr>',
    ),
    "List Paragraph": (
        "paragraph",
        '<w:basedOn w:val="Normal"/><w:uiPriority w:val="34"/><w:qFormat/>'
        '<w:pPr><w:ind w:left="425"/><w:contextualSpacing/></w:pPr>',
    ),
    "Quote": (
        "paragraph",
        '<w:basedOn w:val="Normal"/><w:uiPriority w:val="29"/><w:qFormat/>'
        '<w:pPr><w:ind w:left="425" w:right="425"/></w:pPr><w:rPr><w:i/><w:iCs/></w:rPr>',
    ),
    "footer": (
        "paragraph",
        '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/>'
        '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="right"/></w:pPr>'
        '<w:rPr><w:color w:val="595959"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>',
    ),
    "footnote text": (
        "paragraph",
        '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/>'
        '<w:pPr><w:spacing w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>'
        '<w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>',
    ),
    "footnote reference": (
        "character",
        '<w:uiPriority w:val="99"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    ),
    "Hyperlink": (
        "character",
        '<w:uiPriority w:val="99"/><w:rPr><w:color w:val="1F4E9E"/><w:u w:val="single"/></w:rPr>',
    ),
    "HTML Code": (
        "character",
        '<w:uiPriority w:val="99"/><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
        '<w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>',
    ),
    "Cycleplan": (
        "table",
        '<w:basedOn w:val="Normal"/><w:uiPriority w:val="59"/>'
        '<w:pPr><w:spacing w:after="0" w:line="252" w:lineRule="auto"/></w:pPr>'
        f'<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/></w:tblBorders></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>'
        f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/></w:tcBorders>'
        '<w:shd w:val="clear" w:color="auto" w:fill="E9EDF2"/></w:tcPr></w:tblStylePr>',
    ),
}
_DEFAULT_OF: dict[Kind, str] = {
    "paragraph": "Normal",
    "character": "Default Paragraph Font",
    "table": "Normal Table",
}


class Styles:
    """The styles of a document, by name; one that it lacks is added as we have it."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._styles = {
            (style.get(qn("w:type"), "paragraph"), name.get(qn("w:val"), "").lower()): style
            for style in root.iterchildren(qn("w:style"))
            for name in style.iterchildren(qn("w:name"))
        }

    def known(self, kind: Kind, name: str) -> Any:
        """The style of that name if the document has it, else None."""
        return self._styles.get((kind, name.lower()))

    def id(self, name: str) -> str:
        """The id of one of our styles: that of the document if it has it, else ours, put in."""
        kind, body = _OURS[name]
        style = self.known(kind, name)
        if style is None:
            style = self._add(kind, name, body)
        return str(style.get(qn("w:styleId")))

    def of_tables(self) -> str:
        """The id of the style of tables: a template can have one named Cycleplan, or a Table Grid."""
        grid = self.known("table", "Table Grid") if self.known("table", "Cycleplan") is None else None
        return str(grid.get(qn("w:styleId"))) if grid is not None else self.id("Cycleplan")

    def language(self) -> str:
        """The language of text without one of its own; empty if none is set."""
        found = self._root.findall("/".join(qn(f"w:{tag}") for tag in ("docDefaults", "rPrDefault", "rPr", "lang")))
        return str(found[0].get(qn("w:val"), "")) if found else ""

    def _default(self, kind: Kind) -> Any:
        of_kind = [style for (k, _), style in self._styles.items() if k == kind]
        return next((s for s in of_kind if s.get(qn("w:default")) in ("1", "true", "on")), None)

    def _add(self, kind: Kind, name: str, body: str) -> Any:
        taken = {style.get(qn("w:styleId")) for style in self._styles.values()}
        style_id = name.title().replace(" ", "")
        while style_id in taken:
            style_id += "_"
        default = self._default(kind)
        mark = ' w:default="1"' if name == _DEFAULT_OF[kind] and default is None else ""
        style: Any = parse_xml(
            f'<w:style {nsdecls("w")} w:type="{kind}"{mark} w:styleId="{style_id}">'
            f'<w:name w:val="{name}"/>{body}</w:style>'
        )
        if name == "Cycleplan":  # the one name here that Word does not know
            style.set(qn("w:customStyle"), "1")
        for based in style.iter(qn("w:basedOn"), qn("w:next")):
            if default is None:  # then a style without a base is based on the defaults of the document
                style.remove(based)
            else:
                based.set(qn("w:val"), default.get(qn("w:styleId")))
        self._root.append(style)
        self._styles[(kind, name.lower())] = style
        return style
