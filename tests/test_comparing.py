"""Regions side by side as screen, Markdown and CSV: it fits, it says what the JSON says, and no name acts in it."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE
from running import LANGUAGES, TODAY, as_yaml, region_file, run
from test_comparison import SHIPPED, STANDS_OUT, made_up
from wide import text as wide_text

from cycleplan.outputs.comparing import FIGURES
from cycleplan.outputs.memo import markdown
from cycleplan.resources import region_files

TITLES = {
    "nl": ("WIE DOEN ER MEE?", "WAT IS ANDERS DAN DE STANDAARD?", "WAT VALT OP?"),
    "en": ("WHO TAKES PART?", "WHAT DIFFERS FROM THE DEFAULT?", "WHAT STANDS OUT?"),
}
LONG = "Regio met een naam die veel te lang is om naast zoveel cijfers op een regel te passen"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Eleven regions: those that ship, one of each sort, long names, and thirty parties."""
    folder = tmp_path_factory.mktemp("regions")
    own = [made_up(f"r{n}", **edit) for n, edit in enumerate(STANDS_OUT.values())]
    own.append(made_up("lang", name=LONG, policy={"formation_quantiles": [0.2, 0.4, 0.8], "parallel_share": 0.5}))
    for region in own:
        (folder / f"{region['region']}.yaml").write_text(as_yaml(region), encoding="utf-8")
    (folder / "dertig.yaml").write_text(wide_text(), encoding="utf-8")
    return (*SHIPPED, *(str(path) for path in sorted(folder.iterdir())))


def told(*args: str | Path) -> str:
    ran = run("compare", *args, "--today", TODAY)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def written(folder: Path, *regions: dict[str, Any]) -> list[Path]:
    paths = [folder / f"{region['region']}.yaml" for region in regions]
    for path, region in zip(paths, regions, strict=True):
        path.write_text(as_yaml(region), encoding="utf-8")
    return paths


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


# --- the screen


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [2, 3, 11])
def test_two_regions_fit_on_the_screen_and_so_do_eleven(count: int, lang: str, files: tuple[str, ...]) -> None:
    lines = told(*files[-count:], "--lang", lang).splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip()]
    assert [line for line in lines if line in TITLES[lang]] == list(TITLES[lang])
    first, second = (lines.index(title) for title in TITLES[lang][:2])
    heads = [line for line in lines[first:second] if line.endswith("?") and line.isupper()]
    assert len(heads) == 7
    assert not re.search(r"compare\.|None|\{|\}", "\n".join(lines))


def test_a_name_that_does_not_fit_ends_in_an_ellipsis_and_the_figures_stay_whole(files: tuple[str, ...]) -> None:
    text = told(*files)
    assert LONG not in text.split("WAT VALT OP?")[0]
    cut = [line for line in text.splitlines() if line.startswith(" Regio met een") and "…" in line]
    assert len(cut) == 8  # in every block
    names = [line.split("  ")[0].strip() for line in cut[:-1]]
    assert all(LONG.startswith(name[:-1]) for name in names)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_screen_says_the_figures_of_the_json(lang: str, files: tuple[str, ...]) -> None:
    lines = told(*files, "--lang", lang).splitlines()
    start = lines.index({"nl": "LOPEN DE PLANNEN IN DE PAS?", "en": "ARE THE PLANS IN STEP?"}[lang])
    for line, one in zip(lines[start + 2 :], json.loads(told(*files, "--json"))["regions"], strict=False):
        figures = re.findall(r"\d+ %|–|\d+", line[-62:])[-6:]
        shares = [one["coverage"]["mean"], one["coverage"]["lowest"]]
        expected = [str(n) for n in one["verdicts"].values()]
        # A rounded ratio can lie on the other side of a half.
        assert figures[:4] == expected
        for figure, share in zip(figures[4:], shares, strict=True):
            assert abs(float(figure.removesuffix(" %")) - 100 * share) <= 0.51


def test_where_nothing_stands_out_nothing_is_said_of_it(tmp_path: Path) -> None:
    paths = written(tmp_path, made_up("a"), made_up("b"))
    assert "WAT VALT OP?" not in told(*paths)
    assert "Wat valt op?" not in told(*paths, "--format", "md")
    assert json.loads(told(*paths, "--json"))["observations"] == []


def test_a_region_with_its_own_formation_says_so(tmp_path: Path) -> None:
    paths = written(tmp_path, made_up("a", policy={"formation_days": [35, 70, 110]}), made_up("b"))
    for form in ("text", "md"):
        said = " ".join(told(*paths, "--format", form).split())
        assert said.count("Opgegeven formatieduur (aanname, uit het bestand): 35 dagen (mogelijk)") == 1


# --- Markdown


def read(text: str) -> tuple[str, list[str]]:
    """What a reader of the Markdown sees, and the kinds of its blocks; an address is shown as it is."""
    tokens = markdown.read(text)
    seen = "\n".join(c.content for t in tokens for c in t.children or [] if c.type == "text")
    return seen, [t.type for t in tokens] + [c.type for t in tokens for c in t.children or [] if c.type != "text"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_markdown_has_a_table_per_subject_with_a_row_per_region(lang: str, files: tuple[str, ...]) -> None:
    text = told(*files, "--format", "md", "--lang", lang)
    _, kinds = read(text)
    assert kinds.count("table_open") == 8
    assert kinds.count("tr_open") == 8 * (1 + len(files))
    assert [title.upper() for title in re.findall(r"^## (.+)$", text, re.MULTILINE) if title.upper() in TITLES[lang]]
    assert not re.search(r"\n\n\n|None|compare\.", text)
    for table in re.split(r"\n\n+", text):
        if table.startswith("|"):
            assert len({line.count("|") for line in table.splitlines()}) == 1


def without_marks(name: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", name).split())


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_comes_out_of_the_markdown_as_typed_and_as_nothing_else(name: str, tmp_path: Path) -> None:
    def made(called: str, folder: str) -> str:
        (tmp_path / folder).mkdir()
        own = region_file(called, partnerships=made_up("x")["partnerships"])
        return told(*written(tmp_path / folder, own, made_up("b")), "--format", "md")

    seen, kinds = read(made(name, "hostile"))
    assert kinds == read(made("Proefregio", "plain"))[1]
    assert without_marks(name.strip()) in seen


# --- CSV


def test_the_csv_has_a_row_per_region_and_the_figures_of_the_json(files: tuple[str, ...]) -> None:
    text = told(*files, "--format", "csv")
    rows = rows_of(text)
    assert text.count("\n") == text.count("\r\n") == 1 + len(files)
    assert tuple(rows[0]) == FIGURES
    for row, one in zip(rows, json.loads(told(*files, "--json"))["regions"], strict=True):
        assert row["region"] == one["region"]
        assert row["municipalities"] == str(one["municipalities"])
        assert row["rhythm.begins.1"] == str(one["rhythm"]["begins"]["1"])
        assert row["rhythm.months"] == "; ".join(map(str, one["rhythm"]["months"]))
        assert row["verdicts.at_risk"] == str(one["verdicts"]["at_risk"])
        assert row["coverage.lowest"] == str(one["coverage"]["lowest"])
        assert row["windows.next.first"] == one["windows"]["next"]["first"]
        assert row["windows.recess_known"] == "false"
        assert row["colleges.next.likely.independent"] == one["colleges"]["next"]["likely"]["independent"]
        assert row["continuity.uncovered_days"] == str(one["continuity"]["uncovered_days"])
        assert row["agreements.name"] == "; ".join(a["name"] for a in one["agreements"])
        assert row["procedure.text"] == "; ".join(p["text"] for p in one["procedure"])
        if one["region"] == "lang":
            assert row["policy"] == "parallel_share: 0.5; formation_quantiles: 0.2; 0.4; 0.8"


def test_the_csv_leaves_empty_what_there_is_not(tmp_path: Path) -> None:
    empty = region_file(municipalities=[], partnerships=[], plans=[], agreements=[])
    row = rows_of(told(*written(tmp_path, empty, made_up("b")), "--format", "csv"))[0]
    gaps = {key for key, value in row.items() if not value}
    assert {
        "coverage.mean",
        "windows.share",
        "windows.next.first",
        "colleges.last.elected",
        "continuity.elected",
    } < gaps
    assert row["municipalities"] == row["verdicts.unknown"] == "0"


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_cell_is_a_formula_and_nothing_on_the_screen_acts(name: str, tmp_path: Path) -> None:
    paths = written(tmp_path, region_file(name), made_up("b"))
    rows = rows_of(told(*paths, "--format", "csv"))
    assert len(rows) == 2
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝＋－＠")]
    screen = told(*paths)
    assert max(map(len, screen.splitlines())) <= 80
    assert not [c for c in screen if (c < " " and c != "\n") or c in "\x7f\u2028\u2029\u202e"]


# --- the door


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("regions", [(), ("foodvalley",)])
def test_fewer_than_two_regions_are_wrong_usage(regions: tuple[str, ...], lang: str) -> None:
    ran = run("compare", *regions, "--lang", lang)
    assert (ran.code, ran.raw) == (2, b"")
    assert {"nl": "Geef ten minste twee regio's", "en": "Give at least two regions"}[lang] in ran.err


def test_the_same_region_twice_is_refused(tmp_path: Path) -> None:
    [copy] = written(tmp_path, made_up("foodvalley"))
    for twice in ("foodvalley", copy):
        ran = run("compare", "foodvalley", "noord-kennemerland", twice)
        assert (ran.code, ran.raw) == (1, b"")
        assert f"foodvalley en {twice} hebben dezelfde `region`" in ran.err


def test_all_that_is_wrong_with_any_region_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    bad = tmp_path / "fout.yaml"
    bad.write_text("region: fout\nname: Fout\nrevised: 2026-13-01\n", encoding="utf-8")
    out = tmp_path / "uit.md"
    ran = run("compare", bad, "foodvaley", "noord-kennemerland", "-o", out)
    assert (ran.code, ran.raw, out.exists()) == (1, b"", False)
    for said in ("fout.yaml:3:10: fout:", "Bedoel je `foodvalley`?", "er niets geschreven"):
        assert said in ran.err


@pytest.mark.parametrize(("name", "form"), [("a.md", "md"), ("a.csv", "csv"), ("a.txt", "text"), ("a.json", "json")])
def test_the_name_of_the_file_asks_for_the_form(name: str, form: str, tmp_path: Path) -> None:
    out = tmp_path / name
    assert told(*SHIPPED, "-o", out) == ""
    asked = ["--json"] if form == "json" else ["--format", form]
    assert out.read_bytes() == run("compare", *SHIPPED, *asked, "--today", TODAY).raw


def test_what_does_not_go_together_is_wrong_usage(tmp_path: Path) -> None:
    assert "`--json` gaat niet samen met `--format`" in run("compare", *SHIPPED, "--json", "--format", "md").err
    assert run("compare", *SHIPPED, "-o", tmp_path / "a.docx").code == 2
    paths = written(tmp_path, made_up("a"), made_up("b"))
    before = paths[1].read_bytes()
    ran = run("compare", *paths, "-o", paths[1], "--format", "text")
    assert (ran.code, paths[1].read_bytes()) == (2, before)
    assert "hetzelfde bestand" in ran.err


def test_a_comparison_is_in_one_language_whatever_that_of_the_regions(tmp_path: Path) -> None:
    paths = written(tmp_path, made_up("a", language="en", **STANDS_OUT["short"]), made_up("b"))
    assert "duren korter dan vier jaar" in told(*paths) or "duurt korter dan vier jaar" in told(*paths)
    assert "Who takes part" not in told(*paths)
    assert "WHO TAKES PART?" in told(*paths, "--lang", "en")


def test_a_way_of_working_of_several_partnerships_is_told_once(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    raw = region_files()["foodvalley"].read_text(encoding="utf-8").replace("region: foodvalley", "region: ander")
    other.write_text(raw.replace("name: Regio Foodvalley", "name: Ander\nprocedure: {opr_weeks: 9}"), encoding="utf-8")
    told = " ".join(run("compare", "noord-kennemerland", other, "--today", TODAY).out.split())
    whose = "PO2509, PO2510, VO2509, VO2510 en VO2511"
    assert whose in told
    assert "PO2509: " not in told.partition("WAT VALT OP?")[2]
