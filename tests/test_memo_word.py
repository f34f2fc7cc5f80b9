"""The Word form of a piece: its structure, its bytes, and what comes of a template and of the mistakes in one."""

import io
import re
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pieces import DAY, SAMPLE, piece

from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.outputs import templating
from cycleplan.outputs.memo import markdown, word
from cycleplan.outputs.memo.piece import Piece
from cycleplan.outputs.templating import markdown as as_markdown
from cycleplan.wording.words import Words

WORDS = {lang: Words(lang, load_law()) for lang in ("nl", "en")}
DOCUMENT, FOOTNOTES, NUMBERING = "word/document.xml", "word/footnotes.xml", "word/numbering.xml"
HOSTILE = [
    "{{ 7*7 }}", "{% x %}", "{# x #}", "{_{ x }_}", "{_% x %_}", "<w:p>", "</w:t>", "&", "&lt;", "a_b_c", "50 %",
    '{ HYPERLINK "http://example.org" }', '=HYPERLINK("x")', "MERGEFIELD naam", "«naam»", '"', "'", "\\", "]]>",
]  # fmt: skip


# --- reading and making documents


def parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def root(raw: bytes, part: str = DOCUMENT) -> Any:
    return etree.fromstring(parts(raw)[part])


def said(element: Any) -> str:
    """What is read of an element; a number keeps to its per cent sign by another space than the one that was typed."""
    return "".join(t.text or "" for t in element.iter(qn("w:t"))).replace("\u00a0%", " %")


def paragraphs(element: Any) -> list[Any]:
    return list(element.iter(qn("w:p")))


def found(element: Any, text: str) -> Any:
    """The one paragraph that says *text*."""
    (one,) = [p for p in paragraphs(element) if said(p) == text]
    return one


def value(element: Any, *path: str) -> str | None:
    """The value of what lies at *path* under an element."""
    at = element.find("/".join(qn(f"w:{tag}") for tag in path))
    return None if at is None else at.get(qn("w:val"))


def style_names(raw: bytes) -> dict[str, str]:
    return {s.get(qn("w:styleId")): value(s, "name") or "" for s in root(raw, "word/styles.xml").iter(qn("w:style"))}


def style_of(raw: bytes, paragraph: Any) -> str:
    return style_names(raw)[value(paragraph, "pPr", "pStyle") or ""]


def template(*typed: str, fill: Callable[[Any], None] | None = None) -> bytes:
    """A .docx with those paragraphs, and what *fill* puts in."""
    document = docx.Document()
    for text in typed:
        document.add_paragraph(text)
    if fill:
        fill(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return made.getvalue()


def told(**context: Any) -> Piece:
    made = piece(SAMPLE)
    return replace(made, context={**made.context, "day": WORDS["nl"].day, **context})


def mistake(*typed: str, fill: Callable[[Any], None] | None = None, lang: str = "nl") -> CycleplanError:
    """What is told of a template with those paragraphs."""
    plans = [{"name": "PO2510"}]
    with pytest.raises(CycleplanError) as error:
        word.render(replace(told(plans=plans), lang=lang), template(*typed, fill=fill), "huisstijl.docx")
    said = WORDS[lang].error(error.value)
    assert "huisstijl.docx" in said
    assert not re.search(r"\{(name|part|paragraph|detail|block|near)\}|None|\.\.", said), said
    return error.value


# --- structure


def test_headings_have_the_levels_of_the_markdown():
    raw = word.render(piece(SAMPLE))
    levels = {"h1": "Title", "h2": "heading 1", "h3": "heading 2"}
    expected = [
        ("".join(t.content for t in inline.children or []), levels[heading.tag])
        for heading, inline in pairwise(markdown.read(SAMPLE))
        if heading.type == "heading_open"
    ]
    names = ("Title", "heading 1", "heading 2", "heading 3")
    assert [(said(p), style_of(raw, p)) for p in root(raw).find(qn("w:body")).iterchildren(qn("w:p"))
            if value(p, "pPr", "pStyle") and style_of(raw, p) in names] == expected  # fmt: skip
    assert len(expected) > 5


def test_every_text_of_the_markdown_is_there_once():
    raw = word.render(piece(SAMPLE))
    everything = said(root(raw)) + said(root(raw, FOOTNOTES))
    for token in markdown.read(SAMPLE):
        for child in token.children or []:
            if child.type == "text":
                typed = child.content.replace("\u00a0%", " %")
                assert typed.removeprefix("☐ ").split("Tabel")[0] in everything
    assert everything.count("wetten.overheid.nl") == 1


def test_a_table_repeats_its_header_and_keeps_its_rows_whole():
    tables = list(root(word.render(piece(SAMPLE))).iter(qn("w:tbl")))
    assert len(tables) == 3
    for table in tables:
        rows = table.findall(qn("w:tr"))
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        headers = [i for i, row in enumerate(rows) if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
        assert headers == ([] if table is tables[0] else [0])
        grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        assert sum(grid) == 11906 - 2 * 1417
        assert all(len(row.findall(qn("w:tc"))) == len(grid) for row in rows)


def test_the_head_has_two_columns_of_which_the_first_is_bold():
    head = next(root(word.render(piece(SAMPLE))).iter(qn("w:tbl")))
    rows = [row.findall(qn("w:tc")) for row in head.iter(qn("w:tr"))]
    assert [said(first) for first, _ in rows] == ["Aan", "Van", "Datum", "Status"]
    for first, second in rows:
        assert next(first.iter(qn("w:b")), None) is not None
        assert next(second.iter(qn("w:b")), None) is None


def test_a_caption_counts_with_a_field_and_is_what_the_table_is_called():
    raw = word.render(piece(SAMPLE))
    captions = [p for p in paragraphs(root(raw)) if said(p).startswith("Tabel ")]
    assert [said(p) for p in captions] == ["Tabel 1. Plannen en hun oordeel", "Tabel 2. Wie wat doet"]
    for caption in captions:
        (field,) = caption.iter(qn("w:fldSimple"))
        assert (field.get(qn("w:instr")), said(field)) == (" SEQ Tabel \\* ARABIC ", said(caption)[6])
        assert style_of(raw, caption) == "caption"
        assert value(caption.getnext(), "tblPr", "tblCaption") == said(caption)


def test_a_caption_without_a_number_has_no_field():
    raw = word.render(piece("# T\n\n## A\n\n*Overzicht*\n\n| a | b |\n|---|---|\n| c | d |\n"))
    caption = found(root(raw), "Overzicht")
    assert style_of(raw, caption) == "caption"
    assert list(caption.iter(qn("w:fldSimple"))) == []


def test_emphasis_before_a_table_is_only_a_caption_if_it_is_all_there_is():
    raw = word.render(piece("# T\n\n## A\n\n*Let* op\n\n| a | b |\n|---|---|\n| c | d |\n"))
    assert value(found(root(raw), "Let op"), "pPr", "pStyle") is None
    assert list(root(raw).iter(qn("w:tblCaption"))) == []


def test_footnotes_are_those_of_the_markdown():
    raw = word.render(piece(SAMPLE))
    notes = root(raw, FOOTNOTES).findall(qn("w:footnote"))
    assert [note.get(qn("w:type")) for note in notes] == ["separator", "continuationSeparator", None, None]
    expected = [re.sub(r"[<>]", "", line) for line in re.findall(r"^\[\^\d\]: (.*)$", SAMPLE, re.MULTILINE)]
    assert [said(note).removeprefix(" ") for note in notes[2:]] == expected
    referred = [r.get(qn("w:id")) for r in root(raw).iter(qn("w:footnoteReference"))]
    assert referred == [note.get(qn("w:id")) for note in notes[2:]] == ["1", "2"]
    assert all(len(list(note.iter(qn("w:footnoteRef")))) == 1 for note in notes[2:])
    settings_part = root(raw, "word/settings.xml")
    assert [n.get(qn("w:id")) for n in settings_part.find(qn("w:footnotePr"))] == ["-1", "0"]


def test_a_second_reference_to_a_footnote_refers_to_the_first():
    raw = word.render(piece(SAMPLE))
    again = [f for f in root(raw).iter(qn("w:fldSimple")) if "NOTEREF" in f.get(qn("w:instr"))]
    assert [said(field) for field in again] == ["2", "1"]
    marks = {m.get(qn("w:name")): m.getnext() for m in root(raw).iter(qn("w:bookmarkStart"))}
    for field in again:
        _, name, *_ = field.get(qn("w:instr")).split()
        (reference,) = marks[name].iter(qn("w:footnoteReference"))
        assert reference.get(qn("w:id")) == said(field)


def test_every_ordered_list_counts_from_its_own_start():
    text = "# T\n\n## A\n\n1. een\n2. twee\n\n   1. diep\n\nTussen.\n\n1. weer een\n\nTussen.\n\n4. vier\n"
    raw = word.render(piece(text))
    numbers = {}
    for item in ("een", "twee", "diep", "weer een", "vier"):
        paragraph = found(root(raw), item)
        numbers[item] = value(paragraph, "pPr", "numPr", "numId"), value(paragraph, "pPr", "numPr", "ilvl")
    assert numbers["een"] == numbers["twee"]
    assert len(set(numbers.values())) == 4
    assert [level for _, level in numbers.values()] == ["0", "0", "1", "0", "0"]
    starts = {
        num.get(qn("w:numId")): [
            (o.get(qn("w:ilvl")), value(o, "startOverride")) for o in num.iter(qn("w:lvlOverride"))
        ]
        for num in root(raw, NUMBERING).iter(qn("w:num"))
    }
    assert [starts[numbers[item][0]] for item in ("een", "diep", "weer een", "vier")] == [
        [("0", "1")], [("1", "1")], [("0", "1")], [("0", "4")],
    ]  # fmt: skip


def test_what_follows_in_an_item_is_as_far_in():
    raw = word.render(piece(SAMPLE))
    further = found(root(raw), "Dit kost één kort plan.")
    assert further.find(f"{qn('w:pPr')}/{qn('w:ind')}").get(qn("w:left")) == "425"
    assert value(found(root(raw), "De rondes blijven vier."), "pPr", "numPr", "ilvl") == "1"


def test_a_box_is_the_sign_of_its_item():
    raw = word.render(piece(SAMPLE))
    number = value(found(root(raw), "Is de mbo-instelling uitgenodigd?"), "pPr", "numPr", "numId")
    (num,) = [n for n in root(raw, NUMBERING).iter(qn("w:num")) if n.get(qn("w:numId")) == number]
    abstracts = {a.get(qn("w:abstractNumId")): a for a in root(raw, NUMBERING).iter(qn("w:abstractNum"))}
    assert value(abstracts[value(num, "abstractNumId")], "lvl", "lvlText") == "☐"


def test_gaps_are_highlighted_and_nothing_else_is():
    raw = word.render(piece(SAMPLE))
    marked = [said(r) for r in root(raw).iter(qn("w:r")) if value(r, "rPr", "highlight") == "yellow"]
    assert marked == ["[steller]", "[naam]", "[In te vullen door de steller: kosten en dekking.]"]


def test_links_can_be_followed_but_only_to_the_web_and_to_mail():
    text = (
        SAMPLE + "\n[klik](javascript:alert(1)) [schijf](file:///etc/passwd) [pad](\\\\\\\\server\\\\x) [los](x.docx)\n"
    )
    raw = word.render(piece(text))
    targets = {}
    for part in ("document", "footnotes"):
        for relation in root(raw, f"word/_rels/{part}.xml.rels"):
            if relation.get("TargetMode") == "External":
                targets[relation.get("Id"), part] = relation.get("Target")
    assert sorted(targets.values()) == [
        "https://example.org/a_b?c=d&e=f",
        "https://wetten.overheid.nl/BWBR0003420/2026-08-01#Artikel18a",
        "mailto:griffie@example.org",
    ]
    used = [(link.get(qn("r:id")), part) for part in ("document", "footnotes")
            for link in root(raw, f"word/{part}.xml").iter(qn("w:hyperlink"))]  # fmt: skip
    assert sorted(used) == sorted(targets)
    assert "klik" in said(root(raw))


@pytest.mark.parametrize(("lang", "tag"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_the_document_says_its_language(lang, tag):
    raw = word.render(piece(SAMPLE, lang))
    assert value(root(raw, "word/styles.xml"), "docDefaults", "rPrDefault", "rPr", "lang") == tag
    assert value(root(raw, "word/settings.xml"), "themeFontLang") == tag
    core = docx.Document(io.BytesIO(raw)).core_properties
    assert (core.language, core.title) == (tag, "Collegevoorstel Regio Foodvalley")


def test_the_properties_are_of_the_piece_and_not_of_the_machine(monkeypatch):
    raw = word.render(piece(SAMPLE))
    core = docx.Document(io.BytesIO(raw)).core_properties
    assert core.created == core.modified == datetime(DAY.year, DAY.month, DAY.day, tzinfo=core.created.tzinfo)
    assert (core.author, core.last_modified_by, core.revision, core.comments) == ("cycleplan", "cycleplan", 1, "")
    assert parts(raw)["docProps/app.xml"].count(b">") == 5  # <?xml?>, Properties, Application
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    if hasattr(time, "tzset"):
        time.tzset()
    assert word.render(piece(SAMPLE)) == raw
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_the_page_is_a4_with_its_number_at_the_bottom():
    raw = word.render(piece(SAMPLE))
    section = docx.Document(io.BytesIO(raw)).sections[0]
    assert [round(x.mm) for x in (section.page_width, section.page_height, section.left_margin)] == [210, 297, 25]
    (field,) = section.footer._element.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == " PAGE "
    assert section.header.is_linked_to_previous


def test_the_same_piece_gives_the_same_bytes_in_a_fixed_zip():
    raw = word.render(piece(SAMPLE))
    assert word.render(piece(SAMPLE)) == raw
    house = template("{{ region }}", "{{ body }}")
    assert word.render(told(), house) == word.render(told(), house)
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        entries = file.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {(e.date_time, e.create_system, e.external_attr, e.extra) for e in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16, b"")
    }
    assert not {"docProps/thumbnail.jpeg", "word/stylesWithEffects.xml", "customXml/item1.xml"} & parts(raw).keys()


# What Word refuses or mends if it stands in another order (ECMA-376 part 1, chapter 17).
ORDER = {
    "pPr": "pStyle keepNext keepLines numPr pBdr spacing ind contextualSpacing jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs highlight u vertAlign lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt lvlText lvlJc pPr rPr",
    "numbering": "abstractNum num",
    "styles": "docDefaults latentStyles style",
    "settings": "defaultTabStop characterSpacingControl footnotePr compat themeFontLang clrSchemeMapping",
}


def test_everything_stands_in_the_order_of_the_standard():
    for name, content in parts(word.render(piece(SAMPLE))).items():
        if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
            for element in etree.fromstring(content).iter():
                order = ORDER.get(etree.QName(element).localname)
                if order:
                    places = [order.split().index(etree.QName(child).localname) for child in element]
                    assert places == sorted(places), etree.tostring(element)


def styles_exist(raw: bytes) -> None:
    for part in (DOCUMENT, FOOTNOTES):
        for kind in ("pStyle", "rStyle", "tblStyle"):
            used = {e.get(qn("w:val")) for e in root(raw, part).iter(qn(f"w:{kind}"))}
            assert used <= style_names(raw).keys()
    ids = [style.get(qn("w:styleId")) for style in root(raw, "word/styles.xml").iter(qn("w:style"))]
    assert len(ids) == len(set(ids))
    for tag in ("basedOn", "next", "link"):
        assert {e.get(qn("w:val")) for e in root(raw, "word/styles.xml").iter(qn(f"w:{tag}"))} <= set(ids)


def test_every_style_that_is_used_is_there():
    styles_exist(word.render(piece(SAMPLE)))


# --- texts of strangers


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_comes_out_as_typed_wherever_it_stands(name):
    typed = as_markdown(name)
    text = (
        f"# T {typed}\n\n| | |\n|---|---|\n| Aan | {typed} |\n\n## H {typed}\n\nP {typed} [^1]\n\n1. L {typed}\n\n"
        f"*Tabel 1. C {typed}*\n\n| K {typed} | b |\n|---|---|\n| D {typed} | **[{typed}]** |\n\n[^1]: N {typed}\n"
    )
    raw = word.render(piece(text))
    shown = [said(p) for part in (DOCUMENT, FOOTNOTES) for p in paragraphs(root(raw, part))]
    for place in ("T ", "H ", "L ", "Tabel 1. C ", "K ", "D ", " N "):
        assert f"{place}{name}" in shown
    assert {name, f"[{name}]", f"P {name} "} <= set(shown)
    assert docx.Document(io.BytesIO(raw)).core_properties.title == f"T {name}"
    only_our_fields(raw)


def only_our_fields(raw: bytes) -> None:
    for part, content in parts(raw).items():
        if part.endswith(".xml"):
            assert list(etree.fromstring(content).iter(qn("w:instrText"))) == []
            for field in etree.fromstring(content).iter(qn("w:fldSimple")):
                assert re.fullmatch(
                    r" (PAGE|SEQ Tabel \\\* ARABIC|NOTEREF _Note_*\d+ \\f \\h) ", field.get(qn("w:instr"))
                )


@settings(max_examples=60)
@given(st.text(), st.text(min_size=1))
def test_no_text_breaks_the_document(title, text):
    made = replace(piece(f"# T\n\n## A\n\nx{as_markdown(text)}x\n"), title=title)
    raw = word.render(made)
    assert said(root(raw)).startswith("TA")
    only_our_fields(raw)


@pytest.mark.parametrize("name", [*HOSTILE, "<w:b/>", "a\tb\nc\a\f\0\x1b", "\ufdd0\ufdd8body\ufdd8", "\ud800"])
def test_a_value_comes_out_of_a_template_as_typed(name):
    def fill(document):
        document.sections[0].header.paragraphs[0].text = "{{ who }}"
        document.sections[0].footer.paragraphs[0].text = "x {{ who }} x"
        document.add_table(1, 1).cell(0, 0).text = "{{ who|e }}"
        document.core_properties.title = "{{ who }} {{ 1/0 }}"
        document.core_properties.subject = "{{ no }}"

    typed = ("{{ who }}", "{{ who|safe }}", "{{ 'x' ~ who }}", "{% set a %}{{ who }}{% endset %}{{ a }}",
             "{% for c in [who] %}{{ c }}{% endfor %}", "{{ body }}")  # fmt: skip
    raw = word.render(told(who=name), template(*typed, fill=fill))
    body = [said(p) for p in paragraphs(root(raw))]
    plain = "".join(c if c not in "\t\n" else " " for c in name if c not in "\a\f\0\x1b\ufdd0\ufdd8\ud800")
    assert body[:5] == [plain, plain, f"x{plain}", plain, plain]
    assert body.count(plain) >= 5
    assert [said(root(raw, part)) for part in ("word/header1.xml", "word/footer1.xml")] == [plain, f"x {plain} x"]
    core = docx.Document(io.BytesIO(raw)).core_properties
    assert (core.title, core.subject) == ("Collegevoorstel Regio Foodvalley", "")
    only_our_fields(raw)


# --- templates that work


def test_a_template_gets_values_days_and_loops():
    typed = ("Aan {{ who }}, {{ day(today) }}", "{%p for plan in plans %}", "- {{ plan.name }}", "{%p endfor %}",
             "{% if empty %}x{% endif %}[{{ nothing }}]", "{{ body }}")  # fmt: skip
    plans = [{"name": "A"}, {"name": "B"}]
    raw = word.render(told(who="Ede", plans=plans, empty="", nothing=None), template(*typed))
    shown = [said(p) for p in paragraphs(root(raw))]
    assert shown[:5] == ["Aan Ede, 22 november 2026", "- A", "- B", "[]", "Kernboodschap"]


def test_a_tag_that_word_split_up_works_with_its_curly_quotes():
    def fill(document):
        paragraph = document.add_paragraph()
        for piece_of_it in ("{", "{ wh", "o|repl", "ace(“E”, ‘e’) }", "}"):
            paragraph.add_run(piece_of_it).bold = piece_of_it == "{ wh"

    raw = word.render(told(who="Ede"), template("{{ body }}", fill=fill))
    assert said(paragraphs(root(raw))[-1]) == "ede"


def test_the_whole_has_a_title_and_a_head_and_the_body_has_not():
    whole, body = (word.render(told(), template(f"{{{{ {name} }}}}")) for name in ("piece", "body"))
    assert said(paragraphs(root(whole))[0]) == "Collegevoorstel Regio Foodvalley"
    assert said(paragraphs(root(body))[0]) == "Kernboodschap"
    assert [len(list(root(raw).iter(qn("w:tbl")))) for raw in (whole, body)] == [3, 2]
    assert "uit de pas" in said(root(body))


def test_a_section_comes_without_its_heading():
    raw = word.render(told(), template("Eigen kop", "{{ sections.Kernboodschap }}", "{{ sections['Financiën'] }}"))
    shown = [said(p) for p in paragraphs(root(raw))]
    assert shown[0] == "Eigen kop"
    assert shown[1].startswith("PO2510")
    assert "Kernboodschap" not in shown
    assert len(root(raw, FOOTNOTES).findall(qn("w:footnote"))) == 3


def test_a_section_without_text_is_no_for_an_if():
    made = replace(told(), sections={"a": "", "b": "Tekst."})
    typed = [t for name in "ab" for t in (f"{{%p if sections.{name} %}}", f"Kop {name}", "{%p endif %}")]
    raw = word.render(made, template(*typed, "{{ sections.a }}", "{{ sections.b }}"))
    assert [said(p) for p in paragraphs(root(raw))] == ["Kop b", "Tekst."]


def test_a_block_in_a_cell_is_as_wide_as_the_cell_and_leaves_a_paragraph():
    def fill(document):
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text = "{{ sections.Argumenten }}"
        cells[1].text = "{{ sections.leeg }}"

    made = told()
    section = "Tekst.[^1]\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Noot.\n"
    raw = word.render(replace(made, sections={"Argumenten": section, "leeg": ""}), template(fill=fill))
    first, second = next(root(raw).iter(qn("w:tbl"))).find(qn("w:tr")).findall(qn("w:tc"))
    (inner,) = first.iter(qn("w:tbl"))
    assert sum(int(c.get(qn("w:w"))) for c in inner.iter(qn("w:gridCol"))) < int(
        first.find(f".//{qn('w:tcW')}").get(qn("w:w"))
    )
    assert [cell[-1].tag for cell in (first, second)] == [qn("w:p")] * 2
    assert len(list(first.iter(qn("w:footnoteReference")))) == 1


def test_text_gets_the_style_of_the_paragraph_in_which_its_block_stands():
    def fill(document):
        document.styles.add_style("Broodtekst", 1)
        document.add_paragraph("{{ body }}", style="Broodtekst")

    raw = word.render(told(), template(fill=fill))
    assert style_of(raw, found(root(raw), "Dat zijn 36 dagen.2 Niet meer.")) == "Broodtekst"
    assert style_of(raw, found(root(raw), "Kernboodschap")) == "heading 1"
    assert style_of(raw, found(root(raw), "kwetsbaar")) == "Broodtekst"


def test_the_styles_of_a_template_stay_as_they_are():
    house = template("{{ piece }}")
    raw = word.render(told(), house)
    was, now = (
        {
            s.get(qn("w:styleId")): etree.tostring(s, method="c14n")
            for s in root(r, "word/styles.xml").iter(qn("w:style"))
        }
        for r in (house, raw)
    )
    assert {key: now[key] for key in was} == was
    assert {style_names(raw)[key] for key in now.keys() - was.keys()} == {
        "footnote text", "footnote reference", "Hyperlink", "HTML Code",
    }  # fmt: skip
    styles_exist(raw)


def test_a_template_that_lacks_styles_and_lists_gets_them():
    def fill(document):
        styles = document.styles.element
        for style in list(styles.iterchildren(qn("w:style"))):
            if value(style, "name") not in ("Normal", "Normal Table", "Default Paragraph Font"):
                styles.remove(style)
        main = document.part
        for key in [k for k, r in main.rels.items() if r.reltype.endswith("/numbering")]:
            del main.rels[key]

    raw = word.render(told(), template("{{ piece }}", fill=fill))
    styles_exist(raw)
    assert style_of(raw, found(root(raw), "Kernboodschap")) == "heading 1"
    assert len(list(root(raw, NUMBERING).iter(qn("w:num")))) == 3
    assert docx.Document(io.BytesIO(raw)).part.numbering_part


def test_a_dutch_template_has_its_headings_by_their_own_ids():
    def fill(document):
        for style in document.styles.element.iter(qn("w:style")):
            dutch = {"heading 1": "Kop1", "heading 2": "Kop2", "Title": "Titel", "caption": "Bijschrift"}
            if value(style, "name") in dutch:
                style.set(qn("w:styleId"), dutch[value(style, "name")])

    raw = word.render(told(), template("{{ piece }}", fill=fill))
    body = root(raw)
    for text, style in (
        ("Collegevoorstel Regio Foodvalley", "Titel"),
        ("Kernboodschap", "Kop1"),
        ("1.2 Wie het naloopt, doet dat met één opdracht", "Kop2"),
        ("Tabel 2. Wie wat doet", "Bijschrift"),
    ):
        assert value(found(body, text), "pPr", "pStyle") == style
    assert not {"Heading1", "Heading2", "Title", "Caption"} & style_names(raw).keys()


def test_the_lists_of_a_template_look_as_it_says_and_count_anew():
    raw = word.render(told(), template("Eigen", "{{ piece }}", fill=lambda d: d.add_paragraph("eigen", "List Number")))
    first = found(root(raw), "Het OOGO over VO2509 2027–2031 te voeren van 15 januari 2027 t/m 19 februari 2027.")
    own = found(root(raw), "eigen")
    assert style_of(raw, first) == style_of(raw, own) == "List Number"
    number = value(first, "pPr", "numPr", "numId")
    (num,) = [n for n in root(raw, NUMBERING).iter(qn("w:num")) if n.get(qn("w:numId")) == number]
    assert value(num, "lvlOverride", "startOverride") == "1"
    (style,) = [s for s in root(raw, "word/styles.xml").iter(qn("w:style")) if s.get(qn("w:styleId")) == "ListNumber"]
    numbers = {n.get(qn("w:numId")): value(n, "abstractNumId") for n in root(raw, NUMBERING).iter(qn("w:num"))}
    assert numbers[number] == numbers[value(style, "pPr", "numPr", "numId")]
    assert style_of(raw, found(root(raw), "De rondes blijven vier.")) == "List Bullet 2"


def test_a_template_keeps_its_own_footnotes_and_numbering():
    own = (
        "# Huis\n\n## Vooraf\n\nEigen tekst.[^1]\n\n1. eigen lijst\n\n\\{\\{ body \\}\\}\n\nNa.[^2]\n\n"
        "[^1]: Van \\{\\{ region \\}\\}.\n[^2]: Nog een.\n"
    )
    house = word.render(piece(own))
    raw = word.render(told(), house)
    notes = root(raw, FOOTNOTES).findall(qn("w:footnote"))
    texts = {note.get(qn("w:id")): said(note).strip() for note in notes}
    order = [texts[r.get(qn("w:id"))] for r in root(raw).iter(qn("w:footnoteReference"))]
    assert order[0] == "Van Foodvalley."
    assert order[1].startswith("Berekening")
    assert order[3] == "Nog een."
    assert len(texts) == len(notes) == 6
    again = [said(f) for f in root(raw).iter(qn("w:fldSimple")) if "NOTEREF" in f.get(qn("w:instr"))]
    assert again == ["3", "2"]  # by their order in the document, after the footnote of the house
    names = [m.get(qn("w:name")) for m in root(raw).iter(qn("w:bookmarkStart"))]
    ids = [m.get(qn("w:id")) for m in root(raw).iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) == len(set(ids)) == 4
    abstracts = [a.get(qn("w:abstractNumId")) for a in root(raw, NUMBERING).iter(qn("w:abstractNum"))]
    assert len(abstracts) == len(set(abstracts))


def test_a_word_template_file_and_what_it_was_based_on():
    def fill(document):
        part = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/settings"))
        key = part.relate_to("file:///C:/huis.dotm", f"{OFFICE}/attachedTemplate", is_external=True)
        attached = etree.SubElement(document.settings.element, qn("w:attachedTemplate"))
        attached.set(qn("r:id"), key)

    files = parts(template("{{ body }}", fill=fill))
    types = "[Content_Types].xml"
    files[types] = files[types].replace(b"document.main+xml", b"template.main+xml")
    raw = word.render(told(), packed(files), "huis.dotx")
    assert b"template.main+xml" not in parts(raw)[types]
    assert not any(b"attachedTemplate" in content for content in parts(raw).values())


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_a_template_of_libreoffice_has_one_part_with_properties():
    files = parts(template("{{ body }}"))  # it gives the relation another name than the standard
    files["_rels/.rels"] = files["_rels/.rels"].replace(
        b"package/2006/relationships/metadata/core", b"officedocument/2006/relationships/metadata/core"
    )
    raw = word.render(told(), packed(files))
    assert parts(raw)["_rels/.rels"].count(b"metadata/core-properties") == 1
    assert docx.Document(io.BytesIO(raw)).core_properties.author == "cycleplan"


def test_a_block_can_stand_in_a_content_control():
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>{{{{ body }}}}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    raw = word.render(told(), template(fill=lambda document: document.element.body.insert(0, parse_xml(control))))
    assert said(next(root(raw).iter(qn("w:sdtContent")))).startswith("Kernboodschap")


def test_a_value_can_stand_in_the_rows_of_a_table():
    def fill(document):
        for row, text in zip(
            document.add_table(3, 1).rows, ("{%tr for w in who %}", "{{ w }}", "{%tr endfor %}"), strict=True
        ):
            row.cells[0].text = text

    raw = word.render(told(who=["a", "{{ b }}"]), template("{{ body }}", fill=fill))
    assert [said(row) for row in list(root(raw).iter(qn("w:tbl")))[-1].iter(qn("w:tr"))] == ["a", "{{ b }}"]


def test_a_template_in_another_language_has_its_text_marked_as_dutch():
    raw = word.render(told(), template("{{ body }}"))  # python-docx begins in American English
    run = next(found(root(raw), "Kernboodschap").iter(qn("w:r")))
    assert value(run, "rPr", "lang") == "nl-NL"
    own = word.render(told(), word.render(piece("# T\n\n## A\n\n\\{\\{ body \\}\\}\n")))
    assert next(root(own).iter(qn("w:lang")), None) is None


def test_a_section_break_and_a_bookmark_survive_the_block_in_their_paragraph():
    def fill(document):
        paragraph = document.paragraphs[0]._p
        mark = etree.SubElement(paragraph, qn("w:bookmarkStart"))
        mark.set(qn("w:id"), "0")
        mark.set(qn("w:name"), "hier")
        etree.SubElement(paragraph, qn("w:bookmarkEnd")).set(qn("w:id"), "0")
        document.add_section()
        document.add_paragraph("Na")
        (with_section,) = [
            p for p in document.element.body.iter(qn("w:p")) if p.find(f".//{qn('w:sectPr')}") is not None
        ]
        section = with_section.find(f".//{qn('w:sectPr')}")
        document.paragraphs[0]._p.get_or_add_pPr().append(section)

    raw = word.render(told(), template("{{ body }}", fill=fill))
    assert len(list(root(raw).iter(qn("w:sectPr")))) == 2
    assert "hier" in [m.get(qn("w:name")) for m in root(raw).iter(qn("w:bookmarkStart"))]


# --- templates with mistakes


@pytest.mark.parametrize(
    ("typed", "unknown", "near"),
    [
        ("Aan {{ regoin }}", "regoin", "region"),
        ("{% for p in plans %}{{ p.naam }}{% endfor %}", "naam", "name"),
        ("{{ sections.Kernbodschap }}", "Kernbodschap", "Kernboodschap"),
        ("{% if false %}{{ x }}{% endif %}{{ zzzzzz }}", "zzzzzz", None),
        ("{%p if boddy %}", "boddy", "body"),
    ],
)
def test_a_name_that_does_not_exist_is_told_with_its_place(typed, unknown, near):
    more = ("{%p endif %}",) if "%p" in typed else ()
    error = mistake("Eerst {{ region }}.", typed, *more, "{{ body }}")
    assert error.code == "word-template-unknown-name"
    assert (error.values["unknown"], error.values["near"]) == (unknown, near)
    assert (error.values["part"], error.values["paragraph"]) == ("de tekst", typed)


@pytest.mark.parametrize(
    ("typed", "detail"),
    [
        ("Geachte {{ region", "`{{` wordt in deze alinea niet gesloten"),
        ("{% for p in plans %}{{ p.name }}", "`for` wordt niet afgesloten met `endfor`"),
        ("{%p if region %}", "`if` wordt niet afgesloten met `endif`"),
        ("{% endfor %}", "`endfor` is hier geen opdracht"),
        ("{{ region|groot }}", "`groot` bestaat niet als bewerking"),
        ("{{ region van }}", "expected token 'end of print statement', got 'van'"),
        ("{{ 1/0 }}", "division by zero"),
        ("{{ day(3) }}", "'int' object has no attribute 'day'"),
        ("{% include 'x' %}", "no loader for this environment specified"),
        ("{{p body }}", "`{{p body }}` begint met een letter te veel; typ twee accolades, een spatie en dan de naam"),
    ],
)
def test_a_tag_that_is_wrong_is_told_with_its_place(typed, detail):
    error = mistake("Eerst {{ region }}.", typed, "Tussen {{ region }}.", "{{ body }}")
    assert error.code == "word-template-syntax"
    assert (error.values["detail"], error.values["paragraph"]) == (detail, typed)


@pytest.mark.parametrize("part", ["header", "footer"])
def test_a_mistake_in_a_header_or_footer_says_so(part):
    def fill(document):
        getattr(document.sections[0], part).paragraphs[0].text = "Kenmerk {{ kenmrek }}"

    error = mistake("{{ body }}", fill=fill)
    assert error.values["part"] == {"header": "een koptekst", "footer": "een voettekst"}[part]
    assert error.values["paragraph"] == "Kenmerk {{ kenmrek }}"
    assert mistake("{{ body }}", fill=fill, lang="en").values["part"] == f"a {part}"


def test_a_mistake_in_a_footnote_says_so():
    house = word.render(piece("# T\n\n## A\n\nTekst.[^1]\n\n\\{\\{ body \\}\\}\n\n[^1]: Zie \\{\\{ foo \\}\\}.\n"))
    with pytest.raises(CycleplanError) as error:
        word.render(told(), house, "huis.docx")
    assert error.value.values["part"] == "een voetnoot"


def test_a_long_paragraph_is_cut():
    assert mistake("lang " * 30 + "{{ x }}", "{{ body }}").values["paragraph"] == ("lang " * 12)[:59].rstrip() + "…"


@pytest.mark.parametrize(
    ("typed", "block"),
    [
        ("Zie {{ body }}", "{{ body }}"),
        ("{{ body }}{{ region }}", "{{ body }}"),
        ("{{ sections.Argumenten|upper }}", "{{ sections.Argumenten }}"),
        ("{{ piece ~ 'x' }}", "{{ piece }}"),
        ("{% set x %}{{ body }}{% endset %}{{ x }}", "{{ body }}"),
    ],
)
def test_a_block_stands_alone(typed, block):
    error = mistake("{{ body }}", typed)
    assert error.code == "word-template-block-not-alone"
    assert error.values["block"] == block
    assert error.values["paragraph"].replace("Foodvalley", "{{ region }}") == typed


def test_a_block_does_not_fit_in_a_footer():
    def fill(document):
        document.sections[0].footer.paragraphs[0].text = "{{ body }}"

    error = mistake("{{ body }}", fill=fill)
    assert (error.code, error.values["part"]) == ("word-template-block-not-alone", "een voettekst")


def test_a_block_does_not_fit_in_a_text_box():
    box = (
        f'<w:p {nsdecls("w")}><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>{{ body }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
        "</w:pict></w:r></w:p>"
    )
    error = mistake("{{ body }}", fill=lambda document: document.element.body.insert(0, parse_xml(box)))
    assert error.code == "word-template-block-not-alone"


@pytest.mark.parametrize(
    ("tooltip", "code"), [("Zie {{ foo }}", "unknown-name"), ("Zie {{ body }}", "block-not-alone"), ("{{ x", "syntax")]
)
def test_a_mistake_in_an_attribute_is_told_with_its_text(tooltip, code):
    def fill(document):
        link = etree.SubElement(document.paragraphs[0]._p, qn("w:hyperlink"))
        link.set(qn("w:tooltip"), tooltip)

    error = mistake("x", "{{ body }}", fill=fill)
    assert (error.code, error.values["paragraph"]) == (f"word-template-{code}", tooltip)


def test_a_template_that_asks_for_no_block_would_have_no_contents():
    assert mistake("{{ region }}").code == "word-template-empty"
    assert "{{ body }}" in WORDS["nl"].error(mistake("niets"))
    assert "{{ body }}" in WORDS["en"].error(mistake("niets"))


@pytest.mark.parametrize(
    ("typed", "detail"),
    [
        ("{{ ''.__class__ }}", "`__class__`"),
        ("{{ plans.append(1) }}", "`append`"),
        ("{{ day.__globals__ }}", "`__globals__`"),
    ],
)
def test_what_a_template_does_not_get_is_told(typed, detail):
    error = mistake("{{ body }}", typed)
    assert (error.code, error.values["detail"]) == ("word-template-unsafe", detail)
    assert error.values["paragraph"] == typed


def test_a_value_does_not_get_into_a_field_code():
    def fill(document):
        run = etree.SubElement(document.paragraphs[0]._p, qn("w:r"))
        etree.SubElement(run, qn("w:instrText")).text = 'HYPERLINK "{{ region }}"'

    assert mistake("x", "{{ body }}", fill=fill).code == "word-template-unsafe"


def test_a_command_that_tears_a_table_is_told_and_not_mended():
    def fill(document):
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(1, 1).text = "{% if false %}a", "b{% endif %}c"
        table.cell(1, 0).text = "{{ region }}"
        row = table.rows[0]._tr
        row.append(row[-1])
        document.add_paragraph("{% if false %}x")
        inner = document.add_table(1, 1).cell(0, 0)
        inner.text = "{% endif %}"

    error = mistake("{{ body }}", fill=fill)
    assert error.code == "word-template-syntax"
    assert "begint in een alinea" in error.values["detail"]
    assert error.values["paragraph"] in ("{% if false %}a", "{% if false %}x")


# --- files that are no templates


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"PK\x05\x06", b"geen zip", packed({"a.txt": b"x"}), packed({"[Content_Types].xml": b"<Types/>"}),
        template("x")[:-200], packed({"[Content_Types].xml": b"x" * 60_000_000}),
        packed({f"{i}.xml": b"" for i in range(2_001)}),
        packed({**parts(template("x")), "word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        packed({**parts(template("x")), "word/document.xml": b"<a/>"}),
        packed({**parts(template("x")), "word/styles.xml": b"<a"}),
    ],
    ids=[
        "empty", "no parts", "no zip", "no document", "no types", "cut off", "large", "many", "doctype", "other",
        "broken",
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_told(raw):
    with pytest.raises(CycleplanError) as error:
        word.render(told(), raw, "huis.docx")
    assert error.value.code == "word-template-unreadable"
    assert "huis.docx" in WORDS["nl"].error(error.value)


@pytest.mark.parametrize(
    ("tag", "detail"),
    [
        ("{{ 'a' * 999999999 }}", "*"),
        ("{{ 10 ** 100000000 }}", "**"),
        ("{{ '%0999999999d' % 1 }}", "%"),
        ("{{ 'x'.center(9) }}", "center"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "range"),
        ("{{ day }}", "function"),
        ("{{ sections }}", "dict"),
        ("{{ mark }}", "note, gap, table"),
    ],
)
def test_a_tag_cannot_run_on_or_print_what_is_no_text(tag, detail):
    with pytest.raises(CycleplanError) as told_:
        word.render(told(day=lambda d: "", mark=templating.Marked("**[x]**")), template("{{ body }}", tag))
    assert told_.value.code == "word-template-unsafe"
    assert told_.value.values["detail"] == f"`{detail}`"


def test_a_filter_over_a_block_is_told():
    assert mistake("{% filter upper %}{{ body }}{% endfilter %}").code == "word-template-block-not-alone"


def test_a_template_with_macros_is_refused():
    files = parts(template("{{ body }}"))
    with pytest.raises(CycleplanError) as error:
        word.render(told(), packed({**files, "word/vbaProject.bin": b"x"}), "huis.docm")
    assert error.value.code == "word-template-macros"


@pytest.mark.parametrize("missing", ["docx", "docxtpl"])
def test_without_the_extra_it_says_what_to_install(missing, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("cycleplan.outputs.memo.word.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(CycleplanError) as error:
        word.render(told(), template("{{ body }}"))
    assert (error.value.code, error.value.values["extra"]) == ("needs-extra", "word")
