"""The Word form in the house style of a template: a .docx in which somebody typed tags.

A tag names a value (``{{ title }}``) or a block: ``{{ piece }}`` is the whole, ``{{ body }}`` the sections with their
headings, ``{{ sections.NAME }}`` one section without its heading. A value can stand anywhere; a block stands alone in
a paragraph, and its text gets the style of that paragraph. docxtpl fills in the tags; where a block stands it leaves a
mark, and the block is built there in the template's own document, with its styles, lists and footnotes.

What docxtpl fills in are texts of strangers. They are escaped for XML, and the signs by which docxtpl would find a
tag in its own result travel as noncharacters of Unicode, which no text has.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from cycleplan.errors import CycleplanError
from cycleplan.outputs.memo.piece import Piece
from cycleplan.outputs.memo.word import package, xml
from cycleplan.outputs.memo.word.builder import Builder
from cycleplan.outputs.memo.word.styles import LANGUAGES, Styles
from cycleplan.outputs.memo.word.tags import NotAloneError, Unfit, attributes, half_open, paragraphs, try_out, undefined
from cycleplan.outputs.memo.word.xml import el
from cycleplan.outputs.sandbox import Sandbox, printable
from cycleplan.outputs.templating import Marked

_GUARDED = {"{": "\ufdd0", "}": "\ufdd1", "_": "\ufdd2", "%": "\ufdd3"}
_GUARD = str.maketrans(_GUARDED)
_PLAIN = str.maketrans({guard: sign for sign, guard in _GUARDED.items()})
_MARK = "\ufdd8"  # around the name of a block
_MARKED = re.compile(f"{_MARK}(.*?){_MARK}")
_PARTS = {
    RELATIONSHIP_TYPE.HEADER: "header",
    RELATIONSHIP_TYPE.FOOTER: "footer",
    RELATIONSHIP_TYPE.FOOTNOTES: "footnotes",
}


@dataclass(frozen=True)
class _Block:
    """What a template gets for a block: it can print it, or ask whether there is anything in it."""

    _name: str
    _text: str

    def __bool__(self) -> bool:
        return bool(self._text.strip())

    def __str__(self) -> str:
        raise NotAloneError(self._name)  # something is done with it, or put before or behind it

    def mark(self) -> str:
        """What is printed, to be found back."""
        return f"{_MARK}{self._name}{_MARK}"


def render_template(piece: Piece, template: bytes, name: str) -> bytes:
    """The .docx of *piece* in the house style of *template*; *name* is what its owner calls it.

    Raises CycleplanError ``word-template-`` with what is wrong with the template, and where.
    """
    unfit = Unfit(name, piece.lang)
    raw = package.write(package.read(template, name))
    document = _open(raw, name)
    blocks = _blocks(piece)
    sections = {key: blocks[f"sections.{key}"] for key in piece.sections}
    context = {**piece.context, "piece": blocks["piece"], "body": blocks["body"], "sections": sections}
    env = _environment(context)
    for part, root in _roots(document):
        try_out(part, root, env, context, unfit)
    document = _filled_in(raw, context, env, unfit)
    try:
        _put(document, blocks, LANGUAGES[piece.lang], unfit)
        package.sign(document, xml.fit(piece.title), LANGUAGES[piece.lang], piece.day)
        _detach(document)
    except CycleplanError:
        raise
    except Exception as error:  # parts that python-docx opens and that are not what they should be
        raise _unreadable(name) from error
    return package.write({part: _unguarded(part, text) for part, text in package.saved(document).items()})


def _open(raw: bytes, name: str) -> Any:
    try:
        document = docx.Document(io.BytesIO(raw))
        assert document.element.body is not None
        return document
    except Exception:  # python-docx trips over a damaged file in any way there is
        raise _unreadable(name) from None


def _unreadable(name: str) -> CycleplanError:
    return CycleplanError("word-template-unreadable", name=name, most=package.MOST_BYTES // 1_000_000)


def _blocks(piece: Piece) -> dict[str, _Block]:
    texts = {"piece": piece.text, "body": piece.body}
    texts |= {f"sections.{key}": text for key, text in piece.sections.items()}
    return {name: _Block(name, text) for name, text in texts.items()}


# --- the tags


def _environment(context: Mapping[str, Any]) -> Sandbox:
    """Where the tags run: sandboxed, since templates travel; all that they print is escaped, whatever they ask."""
    env = Sandbox(autoescape=True, undefined=undefined(context), finalize=_printed)
    for name in ("safe", "e", "escape", "forceescape"):  # there is no less and no more than that
        env.filters[name] = lambda value: value
    del env.filters["urlize"]  # prints HTML
    return env


def _printed(value: Any) -> Any:
    if isinstance(value, _Block):
        return value.mark()
    if isinstance(value, Marked):
        raise SecurityError("'note, gap, table' print Markdown")
    text = str(printable(value))
    if not isinstance(value, Markup):
        return xml.fit(text).translate(_GUARD)
    if marked := _MARKED.search(text):
        raise NotAloneError(marked[1])
    # XML of the template itself, that went through a macro or a set; the values in it were guarded then.
    return Markup(xml.fit(text.translate(_PLAIN)).translate(_GUARD))


def _unguarded(part: str, text: bytes) -> bytes:
    if part.endswith((".xml", ".rels")):
        for sign, guard in _GUARDED.items():
            text = text.replace(guard.encode(), sign.encode())
    return text


class _Docxtpl(DocxTemplate):  # type: ignore[misc]
    """docxtpl, without what it does to core properties, and strict where it would mend what it broke."""

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        pass

    def fix_tables(self, made: str) -> Any:
        parse_xml(made)  # else what does not fit, such as a row opened and never closed, vanishes
        return super().fix_tables(made)


def _filled_in(raw: bytes, context: Mapping[str, Any], env: Any, unfit: Unfit) -> Any:
    """The document with its tags filled in. They all work; what can be wrong yet is how they stand together."""
    template = _Docxtpl(io.BytesIO(raw))
    try:
        template.render(dict(context), env, autoescape=True)
    except Exception as error:
        running = template.current_rendering_part
        root = getattr(running, "element", el("body"))
        part = next((p for p in ("header", "footer", "footnotes") if running and p in running.partname), "document")
        if type(error).__module__.startswith("lxml"):
            raise unfit.syntax(part, next(half_open(root), ""), unfit.say("word.torn")) from None
        # What was not tried out stands in an attribute, such as the text for a picture.
        raise unfit.mistake(error, part, next(attributes(root), "")) from None
    return template.docx


def _roots(document: Any) -> Iterator[tuple[str, Any]]:
    """The parts of a template in which tags stand."""
    yield "document", document.element.body
    for relation in document.part.rels.values():
        if relation.reltype in _PARTS and not relation.is_external:
            yield _PARTS[relation.reltype], parse_xml(relation.target_part.blob)


# --- the blocks


def _put(document: Any, blocks: Mapping[str, _Block], language: str, unfit: Unfit) -> None:
    """Build the blocks where they are marked."""
    builder = Builder(document, Styles(document.styles.element), language)
    found = False
    for part, root in list(_roots(document)):  # as they are before the builder puts in a part
        for text in attributes(root, _MARKED):
            raise unfit.not_alone(part, _MARKED.sub(r"{{ \1 }}", text), _MARKED.findall(text)[0])
        for paragraph, text in list(paragraphs(root)):
            if not (marked := _MARKED.search(text)):
                continue
            block = blocks.get(marked[1])
            if block is None:  # a filter changed its name
                raise unfit.not_alone(part, _MARKED.sub(r"{{ \1 }}", text), marked[1])
            if part != "document" or text.strip() != block.mark() or not _is_alone(paragraph):
                raise unfit.not_alone(part, _MARKED.sub(r"{{ \1 }}", text), block._name)
            _replace(paragraph, builder.build(block._text, _width(paragraph, root), _style(paragraph)))
            found = True
    builder.finish()
    if not found:
        raise CycleplanError("word-template-empty", name=unfit.name)


def _is_alone(paragraph: Any) -> bool:
    """Whether a paragraph is text only, in a place where Word takes footnotes."""
    pictures = next(paragraph.iter(qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:footnoteReference")), None)
    in_a_box = next(paragraph.iterancestors(qn("w:txbxContent")), None)
    return pictures is None and in_a_box is None


def _style(paragraph: Any) -> str | None:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return None if style is None else str(style.get(qn("w:val")))


def _replace(paragraph: Any, built: list[Any]) -> None:
    """Put what was built in the place of a paragraph; the bookmarks and the section that end there stay."""
    if not built and paragraph.getparent().tag == qn("w:tc"):
        built = [el("p")]  # a cell is not without one
    for element in [*paragraph.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")), *built]:
        paragraph.addprevious(element)
    section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if section is not None:
        paragraph.addprevious(el("p", el("pPr", deepcopy(section))))
    paragraph.getparent().remove(paragraph)


def _width(paragraph: Any, body: Any) -> int:
    """How wide it is where the paragraph stands, in twentieths of a point."""
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    if cell is not None:
        said = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        if said is not None and said.get(qn("w:type")) == "dxa":
            return max(_number(said, "w") - 216, 1000)
    width = _page_width(paragraph, body)
    return width if cell is None else max(width // len(cell.getparent().findall(qn("w:tc"))) - 216, 1000)


def _page_width(paragraph: Any, body: Any) -> int:
    """The width of a column of the section in which the paragraph stands."""
    top = paragraph
    while top.getparent() is not body:
        top = top.getparent()
    sections = (s for e in (top, *top.itersiblings()) for s in e.iter(qn("w:sectPr")))
    section = next(sections, None)
    size, margins, columns = (
        section.find(qn(f"w:{tag}")) if section is not None else None for tag in ("pgSz", "pgMar", "cols")
    )
    if size is None or margins is None:
        return 9000
    width = _number(size, "w") - _number(margins, "left") - _number(margins, "right") - _number(margins, "gutter")
    count = max(_number(columns, "num"), 1) if columns is not None else 1
    return max((width - (count - 1) * _number(columns, "space")) // count if count > 1 else width, 1000)


def _number(element: Any, attribute: str) -> int:
    try:
        return int(float(element.get(qn(f"w:{attribute}"), "0")))
    except (ValueError, OverflowError):
        return 0


# --- what stays behind


def _detach(document: Any) -> None:
    """Leave out the template on which the template was based: Word would go and get it, wherever it is."""
    settings = document.settings.element
    for attached in list(settings.iter(qn("w:attachedTemplate"))):
        settings.remove(attached)
    rels = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    for key in [key for key, relation in rels.items() if relation.reltype.endswith("/attachedTemplate")]:
        del rels[key]
