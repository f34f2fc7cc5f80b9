"""The atlas says of every partnership what a region file with the same plan says, and counts right."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE
from running import LANGUAGES, TODAY, as_yaml, run, told
from test_country import rows

from cycleplan import atlas, country
from cycleplan.alignment import Alignment, align
from cycleplan.commands import atlas as command
from cycleplan.law import load_law
from cycleplan.outputs import table
from cycleplan.outputs.records import atlas as record
from cycleplan.outputs.terminal import atlas as screen
from cycleplan.region import Region
from cycleplan.register import load_register
from cycleplan.wording.words import Words

CODES = [row["code"] for row in rows("partnerships") if not row["successor"]]
# A plan that runs, one that is over, one decided again, three decisions in the file, a merger ahead, a year's plan.
SOME = ("PO2001", "PO2101", "PO2510", "PO2711", "PO2709", "VO3103", "VO2810", "VO2509", "PO2303", "VO2510")


@cache
def answer(today: str = TODAY) -> Any:
    return json.loads(run("atlas", "--json", "--today", today).out)


def partnership(code: str, today: str = TODAY) -> Any:
    return next(one for one in answer(today)["partnerships"] if one["code"] == code)


def aligned(region: Region, today: str = TODAY) -> Alignment:
    return align(region, load_register(), load_law(), date.fromisoformat(today))


def found_in(region: Region) -> atlas.Atlas:
    alignment = aligned(region)
    return atlas.atlas(alignment, list(atlas.situations(alignment)))


def region_file(path: Path, code: str, plans: list[dict[str, Any]]) -> Path:
    """A region file of one partnership, with nothing in it but its plans."""
    partnerships = [{"code": code, "plans": plans}]
    text = as_yaml({"region": "een", "name": "Een", "revised": TODAY, "partnerships": partnerships})
    path.write_text(text, encoding="utf-8")
    return path


def known_plans(code: str) -> list[dict[str, Any]]:
    """The plans of a partnership as the table of the register has them."""
    keys = ("first", "status", "source", "oogo", "opr", "adopted", "submitted")
    own = [row for row in rows("plans") if row["partnership"] == code]
    return [{k: r[k] for k in keys if r[k]} | {"last": r["last"] or "unknown"} for r in own]


# --- every partnership


def test_every_partnership_of_the_register_is_there_once() -> None:
    assert [one["code"] for one in answer()["partnerships"]] == sorted(CODES)
    shown = [line[1:7] for line in told("atlas").splitlines() if line[1:7] in CODES]
    assert [code for code, times in Counter(shown).items() if times > 1] == ["PO0001"]  # with why it has no verdict
    assert set(shown) == set(CODES)


@pytest.mark.parametrize("code", SOME)
def test_the_plans_have_the_verdict_and_the_coverage_that_check_gives_to_the_same_plans(
    code: str, tmp_path: Path
) -> None:
    path = region_file(tmp_path / "een.yaml", code, known_plans(code))
    checked = json.loads(run("check", path, "--json", "--today", TODAY).out)["plans"]
    own, today = partnership(code), date.fromisoformat(TODAY)

    def shown(plan: Any) -> Any:
        if plan is None:
            return None
        counts = plan["windows"]["likely"] > 0
        same = {key: plan[key] for key in ("id", "first", "last", "status", "verdict")}
        last_day = plan["deadline"]["last_day"]
        return {**same, "coverage": plan["coverage"]["lowest"], "last_day": last_day, "window_counts": counts}

    dated = [plan for plan in checked if plan["last"]]
    running = [p for p in dated if p["first"] <= TODAY <= p["last"]]
    coming = [p for p in dated if date.fromisoformat(p["first"]) > today]
    assert own["running"] == shown(running[0] if running else None)
    assert own["next"] == shown(coming[0] if coming else None)
    ahead = [p["deadline"]["last_day"] for p in checked if p["deadline"]["last_day"] >= TODAY]
    assert own["deadline"] == min(ahead, default=None)


@pytest.mark.parametrize("code", SOME)
def test_the_next_window_is_what_is_left_of_the_first_that_windows_gives(code: str, tmp_path: Path) -> None:
    path = region_file(tmp_path / "een.yaml", code, known_plans(code))
    given = json.loads(run("windows", path, "--horizon", "--partnership", code, "--json", "--today", TODAY).out)
    counting = [w for w in given["windows"] if w["certainty"] == "likely" and w["counts"] and w["last"] >= TODAY]
    window = partnership(code)["window"]
    assert (window["first"], window["last"]) == (max(counting[0]["first"], TODAY), counting[0]["last"])
    assert window["days"] == (date.fromisoformat(window["last"]) - date.fromisoformat(window["first"])).days + 1


@pytest.mark.parametrize("code", SOME)
def test_the_four_rhythms_are_what_check_says_of_four_files(code: str, tmp_path: Path) -> None:
    rhythms = partnership(code)["rhythms"]
    assert [one["first"] for one in rhythms] == [f"{year}-08-01" for year in (2027, 2028, 2029, 2030)]
    for one in rhythms:
        year = int(one["first"][:4])
        plan = {"years": f"{year}-{year + 4}", "status": "expected"}
        path = region_file(tmp_path / f"{year}.yaml", code, [plan])
        checked = json.loads(run("check", path, "--json", "--today", TODAY).out)["plans"]
        same = next(p for p in checked if p["first"] == one["first"])
        assert (one["verdict"], one["coverage"]) == (same["verdict"], same["coverage"]["lowest"])
        assert one["window_counts"] == (same["windows"]["likely"] > 0)
        assert (one["last"], one["last_day"]) == (f"{year + 4}-07-31", f"{year}-04-30")


def test_a_regular_municipality_has_the_coverages_of_the_design() -> None:
    # design.md, section 4: a four-year plan with an assumed decision, by its first day 2026, 2027, 2028, 2029.
    rhythms = partnership("PO2303", "2026-01-10")["rhythms"]  # Sine Limite: Deventer
    assert [one["coverage"] for one in rhythms] == pytest.approx([0.0, 0.668, 0.418, 0.168], abs=0.0006)
    assert [one["verdict"] for one in rhythms] == ["out_of_step", "in_step", "at_risk", "out_of_step"]


def test_the_best_year_is_the_first_of_those_with_the_highest_coverage() -> None:
    for today in (TODAY, "2026-01-10", "2030-01-10"):
        for one in answer(today)["partnerships"]:
            best = max((r["coverage"] or 0 for r in one["rhythms"]), default=0)
            first = next((r["first"] for r in one["rhythms"] if r["coverage"] == best and r["verdict"]), None)
            assert one["best_start"] == first


def test_of_equals_the_first_is_best() -> None:
    made = found_in(country.region(load_register())).situations[1].rhythms
    assert atlas._best([one._replace(coverage=0.5) for one in made]) == made[0].period.first
    assert atlas._best([one._replace(coverage=None) for one in made]) is None
    assert atlas._best([one._replace(coverage=0.0) for one in made]) == made[0].period.first


def test_on_the_first_of_may_the_next_four_years_come() -> None:
    for today, year in (("2027-04-30", 2027), ("2027-05-01", 2028)):
        assert {one["rhythms"][0]["first"] for one in answer(today)["partnerships"]} == {f"{year}-08-01"}
        assert answer(today)["summary"]["deadline"] == f"{year}-04-30"


def test_after_its_last_day_a_next_plan_that_is_not_known_has_a_mark() -> None:
    def line(today: str) -> str:
        ran = run("atlas", "--today", today).out
        return next(one for one in ran.splitlines() if one.startswith(" VO2509"))

    assert "2027–2031 p  67 %!" in line("2027-05-01")
    assert "!" not in line("2027-04-30")


def test_a_national_partnership_says_why_it_has_no_verdict() -> None:
    own = partnership("PO0001")
    assert own["national"] is True
    assert (own["reason"]["code"], own["window"], own["best_start"], own["vintage"]) == (
        "no_municipalities",
        *[None] * 3,
    )
    assert (own["running"]["verdict"], own["running"]["coverage"], own["running"]["last"]) == (None, None, "2027-07-31")
    assert own["deadline"] == "2027-04-30"
    assert {(r["verdict"], r["coverage"], r["window_counts"]) for r in own["rhythms"]} == {(None, None, None)}
    assert "PO0001 (Berséba) is landelijk" in told("atlas")
    assert [p["code"] for p in answer()["partnerships"] if p["reason"]] == ["PO0001"]


def test_the_number_of_municipalities_and_of_those_in_part_is_that_of_the_register() -> None:
    area = [row for row in rows("partnership_municipalities") if row["partnership"] == "PO3004"]
    own = partnership("PO3004")
    assert (own["municipalities"], own["in_part"]) == (len(area), sum(row["part"] == "part" for row in area)) == (5, 3)


# --- the country's figures


def test_the_plans_of_2022_are_out_of_step_by_their_first_decision_and_those_of_2023_in_step() -> None:
    # design.md, section 1: all 10 that began in the summer after the election, and all 10 of a year later.
    cohorts = {one["first"]: one for one in answer()["summary"]["cohorts"]}
    after, later = cohorts["2022-08-01"], cohorts["2023-08-01"]
    assert (after["plans"], after["out_of_step"], after["uncovered"]) == (10, 10, 10)
    assert (later["plans"], later["in_step"]) == (10, 10)
    assert [(one["elected"], one["years_after"]) for one in (after, later)] == [("2022-03-16", 0), ("2022-03-16", 1)]
    # By its second decision, of December 2022, the plan of PO2510 is in step; the figures are about the first.
    assert partnership("PO2510", "2025-01-01")["running"]["verdict"] == "in_step"


def test_the_figures_of_what_was_decided_count_every_plan_since_2020_with_a_verdict() -> None:
    national = {row["code"] for row in rows("partnerships") if row["national"]}
    counted = Counter(
        row["first"]
        for row in rows("plans")
        if row["first"] >= "2020" and row["last"] and row["partnership"] not in national
    )
    summary = answer()["summary"]
    assert {one["first"]: one["plans"] for one in summary["cohorts"]} == counted
    for key in ("plans", "in_step", "at_risk", "out_of_step", "uncovered"):
        assert summary["decided"][key] == sum(one[key] for one in summary["cohorts"])


@pytest.mark.parametrize("today", [TODAY, "2024-06-01"])
def test_the_other_figures_are_those_of_the_tables(today: str) -> None:
    plans: dict[str, list[dict[str, str]]] = {}
    for row in rows("plans"):
        plans.setdefault(row["partnership"], []).append(row)
    in_a_year = f"{int(today[:4]) + 1}{today[4:]}"
    last = {code: max(own, key=lambda r: r["first"])["last"] for code, own in plans.items()}
    states = Counter({"unknown": len(CODES) - len(last)})
    for end in last.values():
        states["unknown" if not end else "ended" if end < today else "ending" if end <= in_a_year else "lasting"] += 1
    summary = answer(today)["summary"]
    assert summary["states"] == dict(states)
    assert summary["partnerships"] == len(CODES)
    assert summary["with_period"] == sum(any(r["last"] for r in own) for own in plans.values())
    running = [any(r["last"] and r["first"] <= today <= r["last"] for r in own) for own in plans.values()]
    assert summary["known_running"] == sum(running)


def test_the_plans_due_are_those_that_begin_in_the_summer_after() -> None:
    # The last known plan of these ends on 31 July 2027: the next one must be there on 30 April before.
    last: dict[str, str] = {}
    for row in rows("plans"):
        last[row["partnership"]] = max(row["last"], last.get(row["partnership"], ""))
    due = sorted(code for code, end in last.items() if end == "2027-07-31")
    assert sorted(one["code"] for one in answer()["partnerships"] if one["deadline"] == "2027-04-30") == due
    assert answer()["summary"]["due"] == len(due)


def test_those_without_a_plan_are_the_unknown_plans_of_the_alignment() -> None:
    alignment = aligned(country.region(load_register()))
    without = [one["code"] for one in answer()["partnerships"] if one["running"] is None and one["next"] is None]
    assert without == sorted(unknown.owner for unknown in alignment.unknown_plans)
    assert answer()["summary"]["without_rhythm"] == len(without)


def test_the_vintage_tells_of_when_areas_plans_and_law_are() -> None:
    assert answer()["vintage"] == {
        "areas": "2015-04-23",
        "amended": ["2022-04", "2022-11"],
        "plans": str(load_register().revised),
        "law": str(load_law().revised),
    }
    assert "bijlage van 23 april 2015" in (shown := " ".join(told("atlas").split()))
    assert "in april 2022 en november 2022" in shown


# --- screen, table, language


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("today", [TODAY, "2014-03-05", "2021-06-01", "2027-05-01", "2060-12-31"])
def test_the_screen_has_eighty_columns_on_any_day(today: str, lang: str) -> None:
    ran = run("atlas", "--today", today, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "None" not in ran.out


def test_the_language_is_the_one_asked_for() -> None:
    dutch, english = told("atlas"), told("atlas", "--lang", "en")
    assert dutch.startswith("Alle samenwerkingsverbanden")
    assert english.startswith("All partnerships")
    assert "uit de pas" not in english
    assert "partnerships" not in dutch
    codes = [json.loads(told("atlas", "--json", "--lang", lang)) for lang in LANGUAGES]
    for one in codes:
        del one["summary"]["text"]
        for own in one["partnerships"]:
            (own["reason"] or {}).pop("text", None)
    assert codes[0] == codes[1]


def test_the_screen_says_the_summary_of_the_json() -> None:
    assert answer()["summary"]["text"] in " ".join(told("atlas").split())


def test_the_table_has_what_the_json_has() -> None:
    raw = run("atlas", "--format", "csv", "--today", TODAY).raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") == len(CODES) + 1
    found = list(csv.DictReader(io.StringIO(raw.decode(), newline=""), strict=True))
    for row, one in zip(found, answer()["partnerships"], strict=True):
        rhythms = {f"rhythm_{n}": rhythm for n, rhythm in enumerate(one["rhythms"], 1)}
        parts = {key: one[key] or {} for key in ("known", "running", "next", "window", "reason")} | rhythms
        flat = {f"{part}_{key}": value for part, values in parts.items() for key, value in values.items()}
        flat |= {key: value for key, value in one.items() if not isinstance(value, dict | list)}
        for column, cell in row.items():
            value = flat.get(column)
            assert cell == (str(value).lower() if isinstance(value, bool) else "" if value is None else str(value))


def hostile(name: str) -> atlas.Atlas:
    whole = country.region(load_register())
    own = {code: whole.partnerships[code]._replace(name=name) for code in ("PO2001", "PO2101")}
    return found_in(replace(whole, partnerships=own))


@pytest.mark.parametrize("name", [*HOSTILE.values(), "\x1b[31mrood", "a\x07b\u202ec"])
def test_no_name_is_a_formula_or_acts_on_a_screen(name: str) -> None:
    found = hostile(name)
    words = Words("nl", load_law())
    raw = table.partnerships(record.atlas(found, words)["partnerships"]).decode()
    lines = list(csv.reader(io.StringIO(raw, newline=""), strict=True))
    assert len(lines) == 3
    assert not [cell for line in lines for cell in line if cell[:1] in tuple("=+-@\t\r＝＋－＠")]
    shown = screen.atlas(found, words)
    assert not [c for c in shown if c < " " and c != "\n"]
    assert "\u202e" not in shown


def test_colour_says_nothing_that_the_words_do_not() -> None:
    found, words = found_in(country.region(load_register())), Words("nl", load_law())
    colored = screen.atlas(found, words, color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == screen.atlas(found, words)


def test_a_name_that_is_too_long_is_cut_with_an_ellipsis() -> None:
    shown = screen.atlas(hostile("Samenwerkingsverband met een heel lange naam die niet past"), Words("nl", load_law()))
    assert " PO2001 Samenwerkings… 2023–2027" in shown
    assert " PO2101 Samenwerkingsverband met een…  18 " in shown


def test_a_partnership_without_a_name_goes_by_its_first_municipalities() -> None:
    assert partnership("PO2602")["name"] == "Amersfoort, Baarn, Bunschoten, …"


def test_partnerships_for_which_the_rhythms_differ_stand_apart() -> None:
    # In 2013 some have a merger ahead and others do not: nobody would see whose figures they are.
    blocks = run("atlas", "--today", "2013-05-01").out.split("1 aug 2014 ")
    assert len(blocks) > 2
    assert len({block.split("gemeenten")[0] for block in blocks[1:]}) == len(blocks) - 1


# --- the door


@pytest.mark.parametrize(("args", "form"), [(["--format", "csv"], "csv"), (["--json"], "json"), ([], "text")])
def test_the_form_follows_from_the_option_or_the_name_of_the_file(args: list[str], form: str, tmp_path: Path) -> None:
    ending = {"csv": "csv", "json": "json", "text": "txt"}[form]
    asked, named = tmp_path / "a", tmp_path / f"b.{ending}"
    assert run("atlas", *args, "--today", TODAY, "-o", asked.with_suffix(".txt")).raw == b""
    assert run("atlas", "--today", TODAY, "-o", named).raw == b""
    assert asked.with_suffix(".txt").read_bytes() == named.read_bytes()
    assert run("atlas", *args, "--today", TODAY).raw == named.read_bytes()


def test_a_file_that_we_do_not_make_is_wrong_usage(tmp_path: Path) -> None:
    ran = run("atlas", "-o", tmp_path / "a.pdf")
    assert (ran.code, list(tmp_path.iterdir())) == (2, [])
    assert ".txt, .json, .csv" in ran.err


def test_a_year_of_which_the_law_is_not_known_is_said(tmp_path: Path) -> None:
    ran = run("atlas", "--today", "2012-06-01", "-o", tmp_path / "a.txt")
    assert (ran.code, list(tmp_path.iterdir())) == (1, [])
    assert "Voor 30 april 2013 is geen regel bekend" in ran.err


class Clock:
    """A clock that goes on by so many seconds each time that somebody looks."""

    def __init__(self, seconds: float) -> None:
        self.now, self.seconds = 0.0, seconds

    def monotonic(self) -> float:
        self.now += self.seconds
        return self.now


@pytest.mark.parametrize(
    ("seconds", "terminal", "bar"), [(0.4, True, True), (0.4, False, False), (0.0001, True, False)]
)
def test_a_bar_comes_only_after_a_second_and_only_on_a_terminal(
    seconds: float, terminal: bool, bar: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(command, "time", Clock(seconds))
    found: Any = list(range(10))
    assert list(command._watched(found, 10, "Samenwerkingsverbanden")) == found
    assert ("Samenwerkingsverbanden" in screen.getvalue()) is bar
    assert bool(screen.getvalue()) is bar
