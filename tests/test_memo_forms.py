"""Every piece of the regions that ship says in HTML and in Word what it says in Markdown, and LibreOffice reads it."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from docx.oxml.ns import qn
from lxml import etree
from running import LANGUAGES, piece, piece_of, region_text
from test_memo import CHAIRS, EVERY, NASTY
from test_memo_html import blocks, blocks_in_markdown, one, page_of, tree
from test_memo_pages import Convert, convert, pages, some

from cycleplan.outputs.memo import html, markdown, word
from cycleplan.outputs.memo.piece import Piece
from cycleplan.region import MEMO_TYPES

every_piece = pytest.mark.parametrize(("region", "chair", "type", "lang"), EVERY)
# In other programs: the longest of each kind of chair, one of each type, both languages.
READ = [
    (region, chair, type, LANGUAGES[i % 2])
    for i, (region, chair, type) in enumerate(
        (region, CHAIRS[region][j % 2], type)
        for j, type in enumerate(MEMO_TYPES)
        for region in sorted(CHAIRS)
    )
]  # fmt: skip
__all__ = ["convert", "page_of"]


def in_word(raw: bytes) -> Iterator[str]:
    """The paragraphs of a document and then its footnotes, as they are read; a list's signs are not text."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        for part in ("word/document.xml", "word/footnotes.xml"):
            if part not in file.namelist():
                continue
            for paragraph in etree.fromstring(file.read(part)).iter(qn("w:p")):
                texts = (t.text or "" for t in paragraph.iter(qn("w:t")))
                if said := " ".join("".join(texts).split()):
                    yield said


def in_markdown(made: Piece) -> Iterator[str]:
    """The same, from the Markdown: footnotes are numbered by Word, a box to tick is the sign of its item."""
    for token in markdown.read(made.text):
        if token.type == "inline":
            parts = (" " if c.type == "softbreak" else c.content for c in token.children or [])
            said = " ".join("".join(parts).split()).removeprefix("☐ ")
            if said:
                yield said


@every_piece
def test_the_page_says_what_the_markdown_says(region: str, chair: str | None, type: str, lang: str) -> None:
    made = piece(region, type, lang, chair)
    assert blocks(one(tree(html.render(made)), "body/main")) == blocks_in_markdown(made.text)


@every_piece
def test_the_document_says_what_the_markdown_says(region: str, chair: str | None, type: str, lang: str) -> None:
    made = piece(region, type, lang, chair)
    raw = word.render(made)
    # What only Word shows: the number of a second reference to a footnote, which is a field with its own text.
    shown = [
        re.sub(r"(?<=[.)%:–\w])\d+$", "", said) if re.search(r"[.\d]\d+$", said) else said for said in in_word(raw)
    ]
    expected = list(in_markdown(made))
    assert len(shown) == len(expected)
    for found, said in zip(in_word(raw), expected, strict=True):
        assert found == said or re.fullmatch(re.escape(said) + r"\d+", found), said
    assert raw == word.render(made)


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_a_name_comes_out_as_typed_in_every_form(name: str) -> None:
    made = piece_of(region_text(name), "raadsvoorstel")
    typed = " ".join(name.split())
    assert " ".join(blocks(one(tree(html.render(made)), "body/main"))).count(typed) >= 3
    assert " ".join(in_word(word.render(made))).count(typed) >= 3


@pytest.mark.programs
@pytest.mark.parametrize(("region", "chair", "type", "lang"), READ)
def test_libreoffice_makes_pages_of_every_type_with_headings_tables_and_footnotes(
    region: str, chair: str, type: str, lang: str, convert: Convert
) -> None:
    made = piece(region, type, lang, chair)
    raw = word.render(made)
    flat = etree.fromstring(convert(raw, "fodt"))
    tokens = markdown.read(made.text)
    levels = [{"h2": "1", "h3": "2"}[t.tag] for t in tokens if t.type == "heading_open" and t.tag != "h1"]
    assert [h.get(f"{{{h.nsmap['text']}}}outline-level") for h in some(flat, "//text:h")] == levels
    tables = sum(t.type == "table_open" for t in tokens)
    assert len(some(flat, "//table:table")) == tables
    assert len(some(flat, "//table:table[table:table-header-rows]")) == tables - 1  # all but the head
    notes = sum(t.type == "footnote_open" for t in tokens)
    assert len(some(flat, "//text:note[@text:note-class='footnote']")) == notes
    shown = bare(pages(convert(raw, "pdf")))
    for said in in_markdown(made):
        for sentence in re.split(r"(?<=[.:;]) ", said):
            words = sentence.split()
            # A page can end anywhere in it.
            halves = ((bare(" ".join(words[:i])), bare(" ".join(words[i:]))) for i in range(len(words)))
            assert bare(sentence) in shown or any(a in shown and b in shown for a, b in halves), sentence


def bare(text: str) -> str:
    """Without what a page adds or breaks: spaces, numbers (of pages and notes), hyphens."""
    return re.sub(r"[\s\d-]+", "", text)


def test_what_is_read_in_other_programs_is_every_type_from_two_chairs_in_both_languages() -> None:
    assert {type for _, _, type, _ in READ} == set(MEMO_TYPES)
    assert {lang for _, _, _, lang in READ} == set(LANGUAGES)
    assert len({chair for _, chair, _, _ in READ}) == 4
