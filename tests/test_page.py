"""The page of a region: what it says, that its tables say what the JSON says, that it may fetch and run nothing else.

How it looks and works in a browser is in test_page_browser.
"""

import base64
import hashlib
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE
from lxml import html
from running import LANGUAGES, REGIONS, TODAY, aligned, recent_period, record, region_text, run, words_of

LEVELS = ("possible", "likely", "certain")


@cache
def source(region: str, *more: str) -> str:
    ran = run("timeline", region, "--format", "html", "--today", TODAY, *more)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


@cache
def page(region: str, *more: str) -> Any:
    return html.document_fromstring(source(region, *more))


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def table(region: str, name: str, *more: str) -> list[list[str]]:
    """The rows of a table, without its heads; a cell that goes over several rows stands in each."""
    found = page(region, *more).xpath(f"//table[caption/@id='table-{name}']")
    rows: list[list[str]] = []
    for body in found[0].xpath("./tbody") if found else ():
        for tr in body.xpath("./tr"):
            over = [text(cell) for cell in body.xpath("./tr[1]/th[@rowspan]") if tr is not body[0]]
            rows.append(over + [text(cell) for cell in tr.xpath("./th|./td")])
    return rows


# --- what it says


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_what_next_comes_first_then_the_answers_the_picture_the_tables_and_the_grounds(region, lang):
    found = page(region, "--lang", lang)
    assert found.get("lang") == lang
    assert found.xpath("//section/@id") == ["next", "answers", "picture", "tables", "grounds"]
    words = words_of(aligned(region), lang)
    tasks = [words.task(task, whole=True) for task in aligned(region).next]
    assert [text(li) for li in found.xpath("//section[@id='next']//li")] == [" ".join(t.split()) for t in tasks]
    assert len(found.xpath("//section[@id='answers']//h3")) == 3
    answers = text(found.xpath("//section[@id='answers']")[0])
    for a in aligned(region).shown:
        assert " ".join(words.plan_sentence(a, aligned(region).today).split()) in answers


@pytest.mark.parametrize("region", REGIONS)
def test_everything_that_the_picture_leads_to_is_on_the_page(region):
    found = page(region)
    ids = found.xpath("//@id")
    assert len(set(ids)) == len(ids)
    targets = found.xpath("//a/@href")
    assert len(targets) > 100
    assert all(target.startswith("#") for target in targets)
    assert {target[1:] for target in targets} <= set(ids)
    in_picture = found.xpath("//div[@class='lanes']//a/@href")
    assert {t for t in in_picture if "/steps" not in t and not t.endswith("/windows")} <= {
        f"#{id}" for id in found.xpath("//tr/@id")
    }


@pytest.mark.parametrize("region", REGIONS)
def test_the_note_of_a_date_leads_back_to_the_law_or_to_an_assumption_step_by_step(region):
    found = page(region)
    notes = {li.get("id"): li for li in found.xpath("//ol[@class='notes']/li")}
    for a in aligned(region).recent().assessments:
        if not a.schedule or not a.plan.kind.is_support_plan:
            continue
        body = next(b for b in found.xpath("//tbody") if b.get("id") == f"{a.plan.id}/steps")
        for row, step in zip(body.xpath("./tr"), a.schedule.steps.values(), strict=True):
            note = row.xpath("./td/a/@href")[1][1:]
            told: list[str] = []
            while note:
                before = notes[note].xpath("./a/@href")
                told.insert(0, re.sub(r"^\d+ ", "", text(notes[note])) if before else text(notes[note]))
                note = before[0][1:] if before else ""
            assert told == [" ".join(t.split()) for t in words_of(aligned(region)).trace(step.latest.trace)]


# --- the tables and the JSON


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_the_plans_are_those_of_check(region, lang):
    rows = table(region, "plans", "--lang", lang)
    plans = record("check", region, "--json", "--lang", lang, *recent_period(region))["plans"]
    words = words_of(aligned(region), lang)
    verdicts = {v: words.say(f"verdict.{v}") for v in ("in_step", "at_risk", "out_of_step", None)}
    assert len(rows) == len(plans) > 5
    for row, plan in zip(rows, plans, strict=True):
        assert row[3] == (short(plan["last"], words) if plan["last"] else words.say("unknown"))
        assert row[4] == words.say(f"status.{plan['status']}")
        assert row[5] == verdicts[plan["verdict"]]
        assert row[6:8] == [percent(plan["coverage"]["lowest"]), percent(plan["coverage"]["mean"])]
        assert row[9:11] == [str(plan["windows"]["likely"]), str(plan["windows"]["longest_likely_days"] or 0)]
        for decision in plan["decisions"]:
            assert words.say(f"status.{decision['status']}") in row[11]


@pytest.mark.parametrize("region", REGIONS)
def test_the_steps_are_those_of_check(region):
    words = words_of(aligned(region))
    rows = table(region, "steps")
    expected = []
    for plan in record("check", region, "--json", *recent_period(region))["plans"]:
        for step in plan["steps"]:
            latest = short(step["latest"], words)
            working = plan["deadline"]["last_working_day"] if step["step"] == "submission" else step["latest"]
            if working < step["latest"]:
                latest = f"{latest} (laatste werkdag: {short(working, words)})"
            expected.append([short(step["earliest"], words), latest, words.say(f"status.{step['status']}")])
    assert [row[2:5] for row in rows] == expected
    assert len(rows) > 10


@pytest.mark.parametrize("region", REGIONS)
def test_the_windows_of_plans_and_of_the_region_are_those_of_windows(region):
    words = words_of(aligned(region))
    shown = {plan["id"] for plan in record("check", region, "--json", *recent_period(region))["plans"]}
    by_plan = {p["id"]: p["windows"] for p in record("windows", region, "--json", *recent_period(region))["plans"]}
    listed = [w for id, found in by_plan.items() if id in shown for w in found]
    assert sorted(row[1:] for row in table(region, "windows")) == sorted(merged(listed, words))
    whole = record("windows", region, "--horizon", "--json", *recent_period(region))["windows"]
    assert sorted(table(region, "together")) == sorted(merged(whole, words))


def merged(windows: list[dict[str, Any]], words: Any) -> list[list[str]]:
    """The windows as rows; of the levels that share their days and edges the most certain is named."""
    found: dict[tuple[str, ...], list[str]] = {}
    for w in windows:
        owner = w["id"].partition("/window/")[0]
        key = (owner, w["first"], w["last"], str(w["counts"]), w["opens"]["text"], w["closes"]["text"])
        found.setdefault(key, []).append(w["certainty"])
    rows = []
    for (_, first, last, counts, opens, closes), levels in found.items():
        certainty = words.say(f"certainty.{max(levels, key=LEVELS.index)}") + holidays(first, last)
        told = ["ja" if counts == "True" else "nee", opens, closes]
        rows.append([short(first, words), short(last, words), str(days(first, last)), certainty, *told])
    return rows


@pytest.mark.parametrize("region", REGIONS)
def test_the_councils_are_those_of_check(region):
    words = words_of(aligned(region))
    shown = set(page(region).xpath("//div[contains(@class, 'municipality')]/@data-lane"))
    expected = []
    for c in record("check", region, "--json", *recent_period(region))["councils"]:
        if c["municipality"] not in shown:
            continue
        college = c["college_formed"]
        days_ = [college[level] for level in LEVELS]
        if college["status"]:  # known, announced or appointed: one day
            days_ = [None, college["likely"], None]
        expected.append(
            [
                words.party(c["municipality"]), short(c["nominated"], words), short(c["elected"], words),
                short(c["first"], words), short(c["last"], words),
                *(short(d, words) if d else "–" for d in days_), words.say(f"status.{c['status']}"),
            ]
        )  # fmt: skip
    found = []
    for row in table(region, "councils"):
        found += [[name, *row[1:9]] for name in re.split(", | en ", row[0]) if name not in ("Dijk", "Waard")]
        found += [["Dijk en Waard", *row[1:9]]] if "Dijk en Waard" in row[0] else []
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("region", REGIONS)
def test_the_coverage_by_municipality_is_that_of_check(region):
    words = words_of(aligned(region))
    heads = page(region).xpath("//table[caption/@id='table-coverage']/thead//th")
    plans = [p for p in record("check", region, "--json", *recent_period(region))["plans"] if p["municipalities"]]
    for row, plan in zip(table(region, "coverage"), plans, strict=True):
        own = {words.party(m["code"]): percent(m["coverage"]) for m in plan["municipalities"]}
        assert row[1:] == [own.get(text(head), "") for head in heads[1:]]


def holidays(first: str, last: str) -> str:
    """What is said where not all school holidays are published: before 2019-2020 and after 2029-2030."""
    return "" if first >= "2019-08-01" and last <= "2030-07-31" else " (schoolvakanties nog niet bekend)"


def short(day: str, words: Any) -> str:
    year, month, number = day.split("-")
    return f"{int(number)} {words._words.SHORT_MONTHS[int(month) - 1]} {year}"


def percent(share: float | None) -> str:
    return "–" if share is None else f"{round(share * 100)} %"


def days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


# --- nothing from outside


@pytest.mark.parametrize("region", REGIONS)
def test_the_policy_allows_the_styles_and_the_script_that_stand_in_it_and_nothing_else(region):
    found = page(region)
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"  # the empty icon, which a browser else asks the server for
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", source(region), re.DOTALL)
        hashes = [base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies]
        assert rules[rule].split() == [f"'sha256-{one}'" for one in hashes]
    assert not found.xpath("//@style|//@*[starts-with(name(), 'on')]|//@src|//iframe|//object|//base")


def shape(page: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The elements with the names of their attributes; how many lines a name takes is left out."""
    found = ((e.tag, tuple(sorted(e.attrib))) for e in page.iter() if isinstance(e.tag, str))
    return [one for one in found if one[0] not in ("text", "span")]


def page_of(path: Path, name: str, lang: str = "nl") -> Any:
    path.write_bytes(region_text(name))
    ran = run("timeline", path, "--format", "html", "--today", TODAY, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    return html.document_fromstring(ran.out)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_what_a_stranger_typed_stays_text(name: str, tmp_path: Path) -> None:
    path = tmp_path / "vreemd.yaml"
    assert shape(page_of(path, name)) == shape(page_of(path, "gewoon"))


@pytest.mark.parametrize(
    "style",
    [
        "p { color: red }",
        "</style><script>alert(1)</script>",
        "</STYLE ><img src=x onerror=alert(1)>",
        "<!-- </style> --><b>",
        "@import url(https://example.org/x.css); p { background: url(https://example.org/x.png) }",
    ],
)
def test_a_house_style_is_put_over_it_and_cannot_end_its_own_style(style: str, tmp_path: Path) -> None:
    path = tmp_path / "huisstijl.css"
    path.write_text(style, encoding="utf-8")
    ran = run("timeline", "foodvalley", "--format", "html", "--style", path, "--today", TODAY)
    assert (ran.code, ran.err) == (0, "")
    found = html.document_fromstring(ran.out)
    assert len(found.xpath("//style")) == 2
    assert len(found.xpath("//script")) == 1
    assert not found.xpath("//img|//b")
    assert found.xpath("//style")[1].text.replace("<\\/", "</").endswith(style)


def test_the_tokens_of_a_theme_of_nl_design_system_hang_on_its_class(tmp_path: Path) -> None:
    path = tmp_path / "thema.css"
    path.write_text(".voorbeeld-theme { --utrecht-document-color: #123456 }", encoding="utf-8")
    ran = run("timeline", "foodvalley", "--format", "html", "--style", path, "--today", TODAY)
    assert html.document_fromstring(ran.out).get("class") == "voorbeeld-theme"
    assert page("foodvalley").get("class") is None


@pytest.mark.parametrize("form", ["svg", "text", "json"])
def test_a_house_style_is_for_the_page_only(form: str, tmp_path: Path) -> None:
    path = tmp_path / "huisstijl.css"
    path.write_text("p {}", encoding="utf-8")
    ran = run("timeline", "foodvalley", "--format", form, "--style", path)
    assert (ran.code, ran.raw) == (2, b"")
    assert "--style" in ran.err


def test_a_house_style_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "huisstijl.css"
    path.write_bytes(b"\xff\xfe\xfa")
    ran = run("timeline", "foodvalley", "--format", "html", "--style", path)
    assert (ran.code, ran.raw) == (1, b"")
    assert "huisstijl.css" in ran.err


# --- weight, and the same every time


def test_the_page_of_foodvalley_weighs_at_most_150_kb():
    for lang in LANGUAGES:
        assert len(source("foodvalley", "--lang", lang).encode()) <= 150_000


def test_the_page_is_the_same_every_time():
    again = run("timeline", "foodvalley", "--format", "html", "--today", TODAY)
    assert again.out == source("foodvalley")
