"""LibreOffice reads the Word form as we mean it: levels, tables, footnotes, language; and its pages have the text.

It is installed by tests/programs/install; where it is missing, these tests fail.
"""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pieces import SAMPLE, piece
from running import program
from test_memo_word import template, told

from cycleplan.outputs.memo import markdown, word

pytestmark = pytest.mark.programs

SPACES = {
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
Convert = Callable[[bytes, str], bytes]
HOUSE = template("Gemeente {{ region }}", "{{ piece }}", "Met groet")


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    """Turns a .docx into another form, in a LibreOffice that knows nothing of a user or of another test."""

    def converted(raw: bytes, form: str) -> bytes:
        source = tmp_path / "memo.docx"
        source.write_bytes(raw)
        command = [
            program("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", form, "--outdir", tmp_path, source,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=180, check=False)
        made = source.with_suffix(f".{form}")
        assert made.is_file(), done.stdout + done.stderr
        return made.read_bytes()

    return converted


def pages(pdf: bytes) -> str:
    """The text of a PDF, on one line."""
    done = subprocess.run([program("pdftotext"), "-", "-"], input=pdf, capture_output=True, timeout=60, check=True)
    return " ".join(done.stdout.decode().split())


def some(flat: Any, path: str) -> list[Any]:
    found: list[Any] = flat.xpath(path, namespaces=SPACES)
    return found


def attribute(element: Any, name: str) -> str | None:
    prefix, _, local = name.partition(":")
    value: str | None = element.get(f"{{{SPACES[prefix]}}}{local}")
    return value


def without_notes(element: Any) -> str:
    return "".join(some(element, ".//text()[not(ancestor::text:note)]"))


@pytest.mark.parametrize("house", [None, HOUSE], ids=["own style", "house style"])
def test_libreoffice_finds_the_structure_of_the_markdown(house: bytes | None, convert: Convert) -> None:
    flat = etree.fromstring(convert(word.render(told(), house), "fodt"))
    tokens = markdown.read(SAMPLE)
    headings = [(t.tag, tokens[i + 1].content) for i, t in enumerate(tokens) if t.type == "heading_open"]
    found = [(attribute(h, "text:outline-level"), without_notes(h)) for h in some(flat, "//text:h")]
    assert found == [({"h2": "1", "h3": "2"}[tag], text) for tag, text in headings if tag != "h1"]
    tables = some(flat, "//table:table")
    assert len(tables) == 3
    assert [len(some(t, "table:table-header-rows")) for t in tables] == [0, 1, 1]
    notes = some(flat, "//text:note[@text:note-class='footnote']")
    assert len(notes) == 2
    assert "0 van de 1461 dagen" in "".join(notes[0].itertext())
    counted = [(attribute(s, "text:name"), s.text) for s in some(flat, "//text:sequence")]
    assert counted == [("Tabel", "1"), ("Tabel", "2")]
    lists = [without_notes(item).strip() for item in some(flat, "//text:list-item/text:p")]
    assert any(item.startswith("Het OOGO over VO2509") for item in lists)


@pytest.mark.parametrize(("lang", "tag"), [("nl", ("nl", "NL")), ("en", ("en", "GB"))])
def test_libreoffice_takes_the_language(lang: str, tag: tuple[str, str], convert: Convert) -> None:
    flat = etree.fromstring(convert(word.render(piece(SAMPLE, lang)), "fodt"))
    found = {
        (attribute(p, "fo:language"), attribute(p, "fo:country"))
        for p in some(flat, "//style:text-properties[@fo:language]")
    }
    assert found - {("none", "none"), ("zxx", "none")} == {tag}


@pytest.mark.parametrize("house", [None, HOUSE], ids=["own style", "house style"])
def test_the_pages_have_the_text(house: bytes | None, convert: Convert) -> None:
    text = pages(convert(word.render(told(), house), "pdf"))
    for said in (
        "Collegevoorstel Regio Foodvalley",
        "Voorgesteld besluit",
        "1.1 Van 15 januari t/m 19 februari 2027",
        "Tabel 2. Wie wat doet",
        "0 van de 1461 dagen",
        '{{ 7*7 }} <w:p> & "x"',
        "[In te vullen door de steller: kosten en dekking.]",
    ):
        assert said in text
    assert re.search(r"Dat zijn 36 dagen\. ?2", text)  # the second reference to a footnote, that is a field
    assert ("Gemeente Foodvalley" in text) == (house is not None)
