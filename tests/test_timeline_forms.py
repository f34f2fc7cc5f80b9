"""Which form of the timeline is made, from which day it begins, and where it may go."""

import json
import re
from pathlib import Path

import pytest
from running import LANGUAGES, TODAY, aligned, run

from cycleplan.commands import streams

ENDINGS = {
    "txt": b"Regio Foodvalley", "mmd": b"---\ndisplayMode", "mermaid": b"---\ndisplayMode", "csv": b"id,lane,",
    "xlsx": b"PK", "json": b"{", "JSON": b"{",
}  # fmt: skip


@pytest.mark.parametrize(("ending", "begins"), ENDINGS.items())
def test_the_name_of_the_file_says_its_form(ending: str, begins: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"tijdlijn.{ending}"
    ran = run("timeline", "foodvalley", "--today", TODAY, "-o", path)
    assert (ran.code, ran.raw, ran.err) == (0, b"", "")
    assert path.read_bytes().startswith(begins)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_ending_is_refused_with_those_that_there_are(lang: str, tmp_path: Path) -> None:
    ran = run("timeline", "foodvalley", "--lang", lang, "-o", tmp_path / "tijdlijn.pdf")
    assert ran.code == 2
    assert ".txt, .svg, .html, .htm, .mmd, .mermaid, .csv, .xlsx, .json" in ran.err
    assert not list(tmp_path.iterdir())


def test_format_goes_before_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "tijdlijn.pdf"
    assert run("timeline", "foodvalley", "--today", TODAY, "--format", "csv", "-o", path).code == 0
    assert path.read_bytes().startswith(b"id,")


def test_what_is_to_look_at_begins_with_what_still_runs_and_what_is_for_programs_with_all() -> None:
    whole, recent = aligned("foodvalley").horizon, aligned("foodvalley").recent().horizon
    assert (str(whole.first), str(recent.first)) == ("2014-08-01", "2022-08-01")
    assert (str(whole.last), str(recent.last)) == ("2039-07-31", "2035-07-31")  # twelve and eight school years on
    text = run("timeline", "foodvalley", "--today", TODAY).out
    assert text.startswith("Regio Foodvalley  1 augustus 2022 t/m 31 juli 2035")
    mermaid = run("timeline", "foodvalley", "--today", TODAY, "--format", "mermaid").out
    assert min(re.findall(r", (\d{4}-\d\d-\d\d),", mermaid)) == "2022-08-01"
    csv = run("timeline", "foodvalley", "--today", TODAY, "--format", "csv").out
    assert "PO2509/ondersteuningsplan/2016-08-01," in csv
    told = json.loads(run("timeline", "foodvalley", "--today", TODAY, "--format", "json").out)
    assert told["horizon"] == {"first": "2014-08-01", "last": "2039-07-31"}


def test_from_goes_before_it_and_a_period_that_is_over_can_be_asked_for() -> None:
    text = run("timeline", "foodvalley", "--today", TODAY, "--from", "2016-08-01").out
    assert text.startswith("Regio Foodvalley  1 augustus 2016 t/m 31 juli 2035")
    text = run("timeline", "foodvalley", "--today", TODAY, "--to", "2045-07-31").out
    assert text.startswith("Regio Foodvalley  1 augustus 2022 t/m 31 juli 2045")
    assert run("timeline", "foodvalley", "--today", TODAY, "--to", "2020-07-31").code == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_says_where_each_form_begins(lang: str) -> None:
    text = " ".join(run("timeline", "--help", "--lang", lang).out.split())
    assert "(text, svg, html, mermaid, xlsx)" in text
    assert "(csv, json)" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_does_not_go_to_a_screen(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "is_screen", lambda output: output is None)
    ran = run("timeline", "foodvalley", "--format", "xlsx", "--lang", lang)
    assert ran.code == 2
    assert "-o" in ran.err
    assert ".xlsx" in ran.err


# --- how wide


@pytest.mark.parametrize(("columns", "width"), [("60", 80), ("120", 120), ("500", 200), ("nonsense", 80)])
def test_columns_says_how_wide_a_page_is_within_bounds(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert streams.width(None) == width


def test_without_a_screen_a_page_is_80_columns_wide(tmp_path: Path) -> None:
    assert streams.width(None) == streams.width(tmp_path / "x.txt") == 80
