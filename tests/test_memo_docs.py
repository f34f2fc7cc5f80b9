"""What docs/stukken.md and docs/pieces.md tell of the pieces is so: every name, every example, every sentence."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from running import REGIONS, TODAY, brief_of, piece, run

from cycleplan.outputs.memo import word
from cycleplan.region import MEMO_SECTIONS, MEMO_TYPES
from cycleplan.wording import texts

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"nl": "stukken.md", "en": "pieces.md"}
CHAPTERS = {"nl": "### Wat een sjabloon kan noemen", "en": "### What a template can name"}
STYLES = {"nl": "## Een huisstijl in Word", "en": "## A house style in Word"}
each_page = pytest.mark.parametrize("lang", PAGES)


def text(lang: str) -> str:
    return (DOCS / PAGES[lang]).read_text(encoding="utf-8")


def chapter(lang: str, heading: str) -> str:
    return text(lang).split(f"\n{heading}\n")[1].split("\n## ")[0]


def code_in(cell: str) -> list[str]:
    return [re.sub(r"\(.*\)$", "", code) for code in re.findall(r"`([^`]+)`", cell)]


def rows(part: str) -> Iterator[list[str]]:
    """The cells of the rows of the tables in a part of a page."""
    for line in part.splitlines():
        if line.startswith("| ") and line.endswith(" |"):
            yield line[2:-2].split(" | ")


def block(lang: str, language: str) -> str:
    """The one example in that language."""
    [found] = re.findall(rf"^```{language}\n(.*?)^```$", text(lang), re.DOTALL | re.MULTILINE)
    return str(found)


def contexts() -> Iterator[dict[str, Any]]:
    for region in REGIONS:
        for chair in (None, *brief_of(region).municipalities, *brief_of(region).partnerships):
            for type in MEMO_TYPES:
                yield dict(piece(region, type, "nl", chair).context)


def mappings(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Each key in the mappings under a name, with the name it is found by: that of the nearest list or mapping."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if name:
                yield name, key
            yield from mappings(inner, key)
    elif isinstance(value, list):
        for item in value:
            yield from mappings(item, name)


# --- what a template can name


@each_page
def test_every_name_that_a_template_can_use_is_told_and_no_other(lang: str) -> None:
    names = {key for context in contexts() for key in context}
    told = {code for row in rows(chapter(lang, CHAPTERS[lang])) if len(row) == 3 for code in code_in(row[0])}
    assert told == names


@each_page
def test_every_key_within_them_is_told(lang: str) -> None:
    keys = {pair for context in contexts() for pair in mappings(context, "")}
    assert {"claims", "rows", "papers", "agreements", "window"} <= {name for name, _ in keys}
    told = {
        code_in(row[0])[0]: set(code_in(row[1]))
        for row in rows(chapter(lang, CHAPTERS[lang]))
        if len(row) == 2 and code_in(row[0])
    }
    assert sorted(f"{name}.{key}" for name, key in keys if key not in told.get(name, ())) == []


@each_page
def test_days_are_told_as_days(lang: str) -> None:
    context = next(contexts())
    days = {key for key, value in context.items() if hasattr(value, "year")}
    kinds = {code: row[1] for row in rows(chapter(lang, CHAPTERS[lang])) if len(row) == 3 for code in code_in(row[0])}
    assert {name for name, kind in kinds.items() if kind.startswith(("dag", "day"))} == days


# --- types and sections


@each_page
def test_every_type_and_every_section_has_a_line(lang: str) -> None:
    first = [code for row in rows(text(lang)) for code in code_in(row[0])]
    assert [name for name in (*MEMO_TYPES, *MEMO_SECTIONS) if first.count(name) < 1] == []


@each_page
def test_the_example_of_headings_gives_those_headings(lang: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    start = "region: x\nname: X\nrevised: 2026-11-22\nmunicipalities: [{code: GM0228}]\n"
    file.write_text(start + block(lang, "yaml"), encoding="utf-8")
    ran = run("memo", file, "--type", "raadsvoorstel", "--today", TODAY)
    told = re.findall(r": ([A-Z].*)$", block(lang, "yaml"), re.MULTILINE)
    assert re.findall(r"^## (.*)$", ran.out, re.MULTILINE) == [*told, "Verantwoording"]


# --- templates


@each_page
@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_the_example_of_an_own_text_works_in_every_form(lang: str, form: str, tmp_path: Path) -> None:
    own = tmp_path / "memo" / lang / "finance.md"
    own.parent.mkdir(parents=True)
    own.write_text(block(lang, "jinja"), encoding="utf-8")
    asked = ("memo", "foodvalley", "--type", "raadsvoorstel", "--for", "ede", "--lang", lang, "--today", TODAY)
    ran = run(*asked, "--templates", tmp_path, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    said = "\n".join(p.text for p in docx.Document(io.BytesIO(ran.raw)).paragraphs) if form == "docx" else ran.out
    found = {
        "nl": ("Bedrag en dekking, in te vullen door Financiën", "PO2510 2026–2030 is uit de pas", "31 juli 2030."),
        "en": ("Amount and cover, for Finance to fill in", "PO2510 2026–2030 is out of step", "31 July 2030."),
    }[lang]
    for one in found:
        assert one in said


@each_page
def test_a_slip_in_an_own_text_is_told_with_its_file_and_line(lang: str, tmp_path: Path) -> None:
    own = tmp_path / "memo" / lang / "finance.md"
    own.parent.mkdir(parents=True)
    own.write_text(block(lang, "jinja").replace("plan.verdict", "plan.oordel"), encoding="utf-8")
    ran = run("memo", "foodvalley", "--lang", lang, "--templates", tmp_path, "--today", TODAY)
    assert (ran.code, ran.out) == (1, "")
    assert "finance.md" in ran.err
    assert {"nl": "regel 4", "en": "line 4"}[lang] in ran.err


@each_page
def test_the_page_knows_the_names_that_are_told(lang: str, tmp_path: Path) -> None:
    [told] = [line for line in chapter(lang, CHAPTERS[lang]).splitlines() if "(`memo/page.html`)" in line]
    names = [name for name in dict.fromkeys(code_in(told)) if re.fullmatch(r"[a-z.]+", name) and name != "sections"]
    assert {"title", "document", "body", "sections.decision", "notes"} <= set(names)
    own = tmp_path / "memo" / "page.html"
    own.parent.mkdir()
    own.write_text("".join(f"<i>{{{{ {name} }}}}</i>" for name in names), encoding="utf-8")
    ran = run("memo", "foodvalley", "--templates", tmp_path, "--format", "html", "--today", TODAY)
    assert (ran.code, ran.err) == (0, "")
    assert "<i>Afstemmingsmemo Regio Foodvalley</i>" in ran.out


@each_page
def test_every_tag_of_the_house_style_can_be_typed(lang: str) -> None:
    typed = [code for row in rows(chapter(lang, STYLES[lang])) for code in re.findall(r"^`(\{\{.*\}\})`$", row[0])]
    assert {"{{ body }}", "{{ title }}", "{{ day(today) }}"} <= set(typed)
    house = docx.Document()
    for one in (*typed, "{%p if election %}", "{{ day(election) }}", "{%p endif %}"):
        house.add_paragraph(one)
    table = house.add_table(3, 2)
    table.cell(0, 0).text, table.cell(2, 0).text = "{%tr for c in councils %}", "{%tr endfor %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ c.name }}", "{{ day(c.elected) }}"
    for part in (house.sections[0].header, house.sections[0].footer):
        part.paragraphs[0].text = "{{ title }}, {{ day(today) }}"
    raw = io.BytesIO()
    house.save(raw)
    made = word.render(piece("foodvalley", "raadsvoorstel", "nl", "GM0228"), raw.getvalue(), "huisstijl.docx")
    document = docx.Document(io.BytesIO(made))
    assert document.sections[0].footer.paragraphs[0].text == "Raadsvoorstel gemeente Ede, 22 november 2026"
    assert [cell.text for cell in document.tables[-1].rows[0].cells] == ["Ede", "20 maart 2030"]


@each_page
def test_the_sentences_on_mistakes_are_those_of_the_program(lang: str) -> None:
    dictionaries = (found for found in vars(texts(lang)).values() if isinstance(found, dict))
    said = "\n".join(str(text) for found in dictionaries for text in found.values()).replace("{extra}", "word")
    told = [
        part.strip()
        for row in rows(chapter(lang, STYLES[lang]))
        for sentence in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", row[0])
        for part in sentence.split("…")
        if part.strip()
    ]
    assert len(told) > 14
    assert [part for part in told if part.lstrip(", ") not in said] == []


# --- from Python


@each_page
def test_the_lines_of_python_give_three_files(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(block(lang, "python"), {})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["voorstel.docx", "voorstel.html", "voorstel.md"]
