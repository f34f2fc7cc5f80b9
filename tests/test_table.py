"""The timeline as CSV says what the JSON says, and no cell of it is a formula."""

import csv
import io
from typing import Any

import pytest
from hostile import HOSTILE
from running import LANGUAGES, REGIONS, TODAY, alignment_of, record, region_text, run, words_of

from cycleplan.outputs import table
from cycleplan.timeline import build


def rows_of(raw: bytes) -> list[dict[str, str]]:
    text = raw.decode()
    assert not text.startswith("\ufeff")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def hostile_rows(name: str) -> list[dict[str, str]]:
    alignment = alignment_of(region_text(name))
    return rows_of(table.render(build(alignment), words_of(alignment)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_the_rows_are_the_entries_of_the_json(region: str, lang: str) -> None:
    told = record("timeline", region, "--format", "json", "--lang", lang)
    rows = rows_of(run("timeline", region, "--format", "csv", "--today", TODAY, "--lang", lang).raw)
    names = {lane["id"]: lane["name"] for lane in told["lanes"]}
    assert len(rows) == len(told["entries"]) > 600

    def text(value: Any) -> str:
        return "" if value is None else str(value)

    for row, entry in zip(rows, told["entries"], strict=True):
        same = ("id", "lane", "kind", "title", "first", "last", "status", "certainty", "verdict", "basis")
        assert {key: row[key] for key in same} == {key: text(entry[key]) for key in same}
        assert row["party"] == names[entry["lane"]]
        assert (row["days"] == "") == (entry["last"] is None)
        assert (row["counts"] in ("true", "false")) == (entry["kind"] in ("window", "region_window"))


def test_an_open_end_and_the_days_of_a_plan() -> None:
    rows = {row["id"]: row for row in rows_of(run("timeline", "foodvalley", "--format", "csv", "--today", TODAY).raw)}
    plan = rows["PO2510/ondersteuningsplan/2022-08-01"]
    assert (plan["first"], plan["last"], plan["days"]) == ("2022-08-01", "2026-07-31", "1461")
    assert (plan["status"], plan["verdict"], plan["source"][:8]) == ("actual", "in_step", "https://")
    submission = rows["PO2510/ondersteuningsplan/2022-08-01/submission"]
    assert (submission["last"], submission["article"]) == ("2022-04-30", "WPO 18a lid 10")
    without_end = [row for row in rows.values() if not row["last"]]
    assert {row["kind"] for row in without_end} == {"plan"}
    assert {row["days"] for row in without_end} == {""}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_cell_is_a_formula_and_a_name_makes_no_row(name: str) -> None:
    rows = hostile_rows(name)
    assert len(rows) == len(hostile_rows("Proefregio"))
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝＋－＠")]
    assert not [cell for cell in cells if cell != cell.strip() or any(c < " " for c in cell)]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "＝1+1"])
def test_a_name_that_looks_like_a_formula_stands_behind_an_apostrophe(name: str) -> None:
    rows = hostile_rows(name)
    assert {row["party"] for row in rows} == {f"'{name}"}
    assert {row["source"] for row in rows if row["kind"] == "agreement"} == {f"'{name}"}


def test_the_head_is_of_english_codes_and_every_line_ends_in_crlf() -> None:
    raw = run("timeline", "noord-kennemerland", "--format", "csv", "--today", TODAY).raw
    assert raw.startswith(b"id,lane,party,kind,title,first,last,days,status,certainty,verdict,counts,basis,article,")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
