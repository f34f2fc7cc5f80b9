"""The workbook as openpyxl reads it back: real dates, texts that stay texts, sheets to filter and to print."""

import io
import json
import re
import zipfile
from datetime import date, datetime
from functools import cache
from typing import Any

import openpyxl
import pytest
from hostile import HOSTILE
from openpyxl.worksheet.worksheet import Worksheet
from running import LANGUAGES, REGIONS, TODAY, aligned, alignment_of, recent_period, record, region_text, run, words_of

from cycleplan.outputs import sheet
from cycleplan.timeline import build

NAMES = {
    "nl": ["Overzicht", "Regels", "Vensters", "Stappen", "Jaarrooster"],
    "en": ["Overview", "Entries", "Windows", "Steps", "Year grid"],
}


@cache
def raw_of(region: str, lang: str = "nl") -> bytes:
    ran = run("timeline", region, "--format", "xlsx", "--today", TODAY, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    return ran.raw


@cache
def raw_of_name(name: str) -> bytes:
    alignment = alignment_of(region_text(name))
    return sheet.render(build(alignment), alignment, words_of(alignment))


def book(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw))


def table(found: Worksheet) -> list[dict[str, Any]]:
    head, *rows = found.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def day(value: Any) -> str | None:
    assert value is None or isinstance(value, datetime)
    return value.date().isoformat() if value else None


def told(region: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = record("timeline", region, "--format", "json", *recent_period(region))["entries"]
    return entries


# --- what it says


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_the_sheets_have_names_in_the_language(region: str, lang: str) -> None:
    assert book(raw_of(region, lang)).sheetnames == NAMES[lang]


@pytest.mark.parametrize("region", REGIONS)
def test_the_entries_are_those_of_the_json_with_real_dates(region: str) -> None:
    rows = table(book(raw_of(region))["Regels"])
    entries = told(region)
    assert len(rows) == len(entries) > 500
    for row, entry in zip(rows, entries, strict=True):
        assert (row["id"], row["partij"], row["wat"]) == (entry["id"], entry["lane"], entry["title"])
        assert (day(row["eerste dag"]), day(row["laatste dag"])) == (entry["first"], entry["last"])
    assert {row["soort"] for row in rows} >= {"plan", "reces", "raadsperiode", "stilstand", "venster van de regio"}


@pytest.mark.parametrize("region", REGIONS)
def test_the_windows_are_those_of_windows(region: str) -> None:
    rows = table(book(raw_of(region))["Vensters"])
    levels = {"possible": "mogelijk", "likely": "waarschijnlijk", "certain": "zeker"}
    entries = [e for e in told(region) if e["kind"] in ("window", "region_window")]
    assert [(day(r["eerste dag"]), day(r["laatste dag"]), r["zekerheid"]) for r in rows] == [
        (e["first"], e["last"], levels[e["certainty"]]) for e in entries
    ]
    listed = [w for p in record("windows", region, "--json")["plans"] for w in p["windows"]]
    shown = {(w["first"], w["last"], levels[w["certainty"]]): w for w in listed}
    of_plans = [r for r in rows if r["plan"]]
    for row in of_plans:
        window = shown[day(row["eerste dag"]), day(row["laatste dag"]), row["zekerheid"]]
        assert row["dagen"] == window["days"]
        assert row["telt mee"] == ("ja" if window["counts"] else "nee")
        assert (row["begint door"], row["eindigt door"]) == (window["opens"]["text"], window["closes"]["text"])


@pytest.mark.parametrize("region", REGIONS)
def test_the_steps_are_those_of_check_with_the_last_working_day_beside_the_last_day(region: str) -> None:
    rows = table(book(raw_of(region))["Stappen"])
    plans = [p for p in record("check", region, "--json", *recent_period(region))["plans"] if p["last"]]
    assert plans
    found = {(day(r["op zijn vroegst"]), day(r["uiterlijk"]), day(r["laatste werkdag"])) for r in rows}
    for plan in plans:
        for step in plan["steps"]:
            working = plan["deadline"]["last_working_day"] if step["step"] == "submission" else None
            assert (step["earliest"], step["latest"], working) in found
    submissions = [r for r in rows if r["stap"] == "inzending bij de inspectie"]
    assert submissions
    assert {day(r["uiterlijk"])[5:] for r in submissions} == {"04-30"}  # type: ignore[index]
    assert all(r["laatste werkdag"] <= r["uiterlijk"] for r in submissions)


def test_the_grid_shows_plans_windows_and_councils_under_their_months_with_a_sign() -> None:
    grid = book(raw_of("foodvalley"))["Jaarrooster"]
    years = [str(cell.value) for cell in grid[1] if cell.value][2:]
    assert years == [f"{y}–{y + 1}" for y in range(2022, 2035)]
    months = " ".join(str(cell.value) for cell in grid[2][2:14])
    assert months == "aug sep okt nov dec jan feb mrt apr mei jun jul"
    rows = {(row[0].value, row[1].value): row for row in grid.iter_rows(min_row=3)}

    def sign(party: str, what: str, month: date) -> Any:
        column = 2 + (month.year - 2022) * 12 + month.month - 8
        cell = rows[party, what][column]
        assert bool(cell.value) == (cell.fill.fgColor.rgb != "00000000")  # no colour without a sign
        return cell.value

    rijn = "SWV Rijn & Gelderse Vallei (PO2510)"
    assert sign(rijn, "ondersteuningsplan", date(2026, 7, 1)) == "P"
    assert sign(rijn, "ondersteuningsplan", date(2026, 8, 1)) == "u"
    # Their window is from 15 January to 1 February 2026.
    around = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert [sign(rijn, "vensters", month) for month in around] == [None, "#", "#", None]
    assert sign("gemeente Ede", "raad", date(2026, 3, 1)) == "V"
    assert sign("gemeente Ede", "raad", date(2026, 4, 1)) == "~"
    assert sign("gemeente Ede", "raad", date(2027, 4, 1)) == "."


def test_the_overview_says_what_the_workbook_is_about() -> None:
    found = {str(row[0]): row[1] for row in book(raw_of("foodvalley"))["Overzicht"].iter_rows(values_only=True)}
    assert found["Regio"] == "Regio Foodvalley"
    assert found["Periode"] == "1 augustus 2022 t/m 31 juli 2035"
    assert found["Gezien vanaf"] == datetime(2026, 11, 22)
    assert set(NAMES["nl"][1:]) <= set(found)
    assert found["U"] == "uit de pas"


# --- how it can be used


@pytest.mark.parametrize("name", ["Regels", "Vensters", "Stappen"])
def test_a_list_has_its_head_in_the_first_row_a_filter_and_frozen_panes(name: str) -> None:
    found = book(raw_of("foodvalley"))[name]
    assert all(isinstance(cell.value, str) and cell.font.bold for cell in found[1])
    assert found.freeze_panes == "B2"
    assert found.auto_filter.ref == found.dimensions
    assert found.print_title_rows == "$1:$1"
    assert (found.page_setup.orientation, found.page_setup.fitToHeight) == ("landscape", 0)
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert all(found.column_dimensions[cell.column_letter].width >= 8 for cell in found[1])


def test_the_grid_is_printed_on_a3_with_its_heads_on_every_page() -> None:
    found = book(raw_of("foodvalley"))["Jaarrooster"]
    assert (found.page_setup.orientation, found.page_setup.paperSize) == ("landscape", 8)
    assert (found.print_title_rows, found.print_title_cols) == ("$1:$2", "$A:$B")
    assert found.freeze_panes == "C3"
    assert [b.id for b in found.col_breaks.brk] == [62, 122]  # after five school years each


@pytest.mark.parametrize(("lang", "code", "language"), [("nl", "413", "nl-NL"), ("en", "809", "en-GB")])
def test_dates_and_the_document_are_in_the_language(lang: str, code: str, language: str) -> None:
    found = book(raw_of("noord-kennemerland", lang))
    formats = {c.number_format for row in found.worksheets[1].iter_rows(min_row=2) for c in row if c.is_date}
    assert formats >= {f"[$-{code}]d mmm yyyy;@"}
    assert found.properties.language == language
    assert "Noord-Kennemerland" in found.properties.title


def test_a_day_known_by_its_month_is_shown_as_the_month() -> None:
    found = book(raw_of("foodvalley"))["Regels"]
    [cell] = [
        row[4]
        for row in found.iter_rows()
        if row[12].value == "PO2510/ondersteuningsplan/2022-08-01/decision-2022-12-31"
    ]
    assert (cell.value, cell.number_format) == (datetime(2022, 12, 31), "[$-413]mmm yyyy;@")


# --- names that want to be more than a name


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_a_text_as_typed_and_no_formula_or_link(name: str) -> None:
    raw = raw_of_name(name)
    typed = re.sub(r"[\x00-\x1f\u2028]+", " ", name).strip()
    found = book(raw)
    assert found.sheetnames == NAMES["nl"]
    cells = [cell for one in found for row in one.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    texts = [str(cell.value) for cell in cells if cell.data_type == "s"]
    assert texts.count(typed) > 10
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        parts = {part: file.read(part).decode() for part in file.namelist()}
    assert not [part for part, text in parts.items() if "<f>" in text or "<hyperlink" in text]
    assert not [part for part in parts if "external" in part or "vba" in part.lower()]
    assert len(parts) == len(zipfile.ZipFile(io.BytesIO(raw_of_name("Proefregio"))).namelist())


def test_a_name_in_the_header_of_a_page_holds_no_code() -> None:
    found = book(raw_of_name("A &D & &P"))["Regels"]
    assert found.oddHeader.left.text.strip() in ("A &&D && &&P", "A &D & &P")
    with zipfile.ZipFile(io.BytesIO(raw_of_name("A &D & &P"))) as file:
        assert b"<oddHeader>&amp;L A &amp;&amp;D &amp;&amp; &amp;&amp;P&amp;R" in file.read("xl/worksheets/sheet2.xml")


def test_a_very_long_name_fits_in_its_cell_and_in_the_header() -> None:
    found = book(raw_of_name("Zeer lang " * 400))
    assert len(found["Overzicht"]["B3"].value) == 3999


# --- the file; that its bytes are the same everywhere is told in test_determinism


def test_the_workbook_is_dated_by_the_region() -> None:
    created = book(raw_of("foodvalley")).properties.created
    assert created.date() == aligned("foodvalley").region.revised  # type: ignore[union-attr]


def test_without_xlsxwriter_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for module in [
        m for m in sys.modules if m.split(".")[0] == "xlsxwriter" or m.startswith("cycleplan.outputs.sheet.")
    ]:
        monkeypatch.delitem(sys.modules, module)
    for part in ("book", "grid", "lists"):
        monkeypatch.delattr(sheet, part, raising=False)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    ran = run("timeline", "foodvalley", "--format", "xlsx", "--today", TODAY)
    assert (ran.code, ran.raw) == (1, b"")
    assert "pip install 'cycleplan[sheet]'" in ran.err
    assert json.loads(run("timeline", "foodvalley", "--format", "json", "--today", TODAY).raw)["entries"]
