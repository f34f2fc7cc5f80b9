"""The memo can go to the college: whole, in one language, every figure found in the JSON, every name as typed."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from running import LANGUAGES, REGIONS, TODAY, as_yaml, memo_of, record, region_file, region_text, told, words_of
from running import aligned as aligned_

from cycleplan import __version__
from cycleplan.wording import texts

HEADINGS = {
    "nl": [
        "Kernboodschap", "Aanleiding", "Gevraagd besluit", "Beoogd effect", "Argumenten", "Kanttekeningen",
        "Alternatieven", "Planning", "Financiën", "Communicatie en participatie", "Evaluatie en overdracht",
        "Bijlagen", "Verantwoording",
    ],
    "en": [
        "Key message", "Background", "Decision asked for", "Intended effect", "Arguments", "Points to weigh",
        "Alternatives", "Schedule", "Finance", "Communication and participation", "Evaluation and hand-over",
        "Annexes", "Accountability",
    ],
}  # fmt: skip
EVERY = [(region, lang) for region in REGIONS for lang in LANGUAGES]
every_memo = pytest.mark.parametrize(("region", "lang"), EVERY)


def memo(region: str, lang: str) -> str:
    return told("memo", region, "--lang", lang)


@pytest.mark.parametrize("region", REGIONS)
def test_the_memo_is_as_it_was_when_it_was_last_read_through(region: str, golden: Callable[[str, str], None]) -> None:
    golden(f"memo-{region}.nl.md", memo(region, "nl").replace(f"cycleplan {__version__}", "cycleplan VERSION"))


# --- form


@every_memo
def test_the_memo_has_the_headings_of_an_alignment_memo_in_their_order(region: str, lang: str) -> None:
    text = memo(region, lang)
    assert re.findall("^## (.+)$", text, re.MULTILINE) == HEADINGS[lang]
    title = aligned_(region).region.name
    assert text.startswith(f"# {'Afstemmingsmemo' if lang == 'nl' else 'Alignment memo'} {title}\n\n| | |\n|---|---|\n")
    assert len(re.findall("^# ", text, re.MULTILINE)) == 1


@every_memo
def test_no_section_is_empty(region: str, lang: str) -> None:
    sections = re.split("^## .+$", memo(region, lang), flags=re.MULTILINE)
    assert all(re.search(r"\w", section) for section in sections)
    for section in sections:
        rows = [line for line in section.splitlines() if line.startswith("|")]
        assert not rows or len(rows) > 2, section


@every_memo
def test_nothing_of_the_making_shows(region: str, lang: str) -> None:
    text = memo(region, lang)
    assert not re.search(
        r"\bNone\b|\{\{|\}\}|\{%|%\}|Undefined|\[\]|in_step|out_of_step|at_risk|\bTrue\b|\bFalse\b", text
    )
    assert "cycleplan check" in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@every_memo
def test_sentences_are_set_as_a_printer_would(region: str, lang: str) -> None:
    for line in memo(region, lang).splitlines():
        inner = line.strip()
        assert line == line.rstrip()
        assert "  " not in inner, line
        assert not re.search(r" [.,;:]( |$)|\(\)|\.\.|,,|\( | \)", inner), line


@every_memo
def test_numbered_points_count_on(region: str, lang: str) -> None:
    for section in re.split("^## ", memo(region, lang), flags=re.MULTILINE):
        numbers = [int(n) for n in re.findall(r"^(\d+)\. ", section, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1))


@every_memo
def test_the_months_are_those_of_the_language(region: str, lang: str) -> None:
    text = memo(region, lang)
    own, other = texts(lang).MONTHS, texts("en" if lang == "nl" else "nl").MONTHS
    dates = re.findall(r"\d{1,2} ([A-Za-z]+) \d{4}", text)
    assert dates
    assert set(dates) <= set(own)
    for month in set(other) - set(own):
        assert not re.search(rf"\b{month} \d{{4}}\b", text)


@pytest.mark.parametrize("region", REGIONS)
def test_each_language_is_pure(region: str) -> None:
    dutch, english = memo(region, "nl"), memo(region, "en")
    assert not re.search(r"\b(the|of which|partnership|municipalit|council)\b", dutch)
    plain = re.sub(r"(?m)^  - .*|^- [^\n]*?\. Its start.*", "", english)  # what is agreed is as the file has it
    assert not re.search(r"\b(het|een|niet|dagen|gemeente|verwacht|aanname|college van)\b", plain)


# --- figures


def values(found: Any) -> Iterator[Any]:
    """Everything in a JSON answer that is no container."""
    if isinstance(found, dict | list):
        for inner in found.values() if isinstance(found, dict) else found:
            yield from values(inner)
    else:
        yield found


def known_days(region: str) -> set[date]:
    answers = [record("check", region, "--json"), record("windows", region, "--json")]
    found = {v for v in values(answers) if isinstance(v, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", v)}
    return {date.fromisoformat(day) for day in found}


@every_memo
def test_every_date_is_in_the_json(region: str, lang: str) -> None:
    words, text, known = words_of(aligned_(region), lang), memo(region, lang), known_days(region)
    long = {words.day(day) for day in known}
    months = {words.month(day) for day in known}
    names = "|".join(texts(lang).MONTHS)
    for found in re.findall(rf"\b\d{{1,2}} (?:{names}) \d{{4}}", text):
        assert found in long, found
    for found in re.findall(rf"(?<!\d )\b(?:{names}) \d{{4}}", text):
        assert found in months, found
    for address in re.findall(r"<https?://\S+>", text):
        text = text.replace(address, "")
    for found in re.findall(r"\b\d{4}-\d{2}-\d{2}\b", text):
        assert date.fromisoformat(found) in known, found


@every_memo
def test_every_percentage_is_a_coverage_or_a_quantile_in_the_json(region: str, lang: str) -> None:
    answer = record("check", region, "--json")
    shares = [p["coverage"]["lowest"] for p in answer["plans"]] + answer["formation"]["quantiles"]
    known = {round(share * 100) for share in shares if share is not None}
    found = {int(n) for n in re.findall(r"(\d+) %", memo(region, lang))}
    assert found
    assert found <= known


@every_memo
def test_every_number_of_days_is_that_of_a_window_in_the_json(region: str, lang: str) -> None:
    plans = record("windows", region, "--json")["plans"]
    known = {w["days"] for p in plans for w in p["windows"]}
    found = {int(n) for n in re.findall(r"(\d+) (?:dagen|days)\b", memo(region, lang))}
    assert found
    assert found <= known


@every_memo
def test_the_table_of_plans_says_what_check_says(region: str, lang: str) -> None:
    words = words_of(aligned_(region), lang)
    plans = {p["id"]: p for p in record("check", region, "--json")["plans"]}
    windows = {p["id"]: p["windows"] for p in record("windows", region, "--json")["plans"]}
    rows = re.findall(r"^\| ((?:PO|VO)\d{4}) (\d{4})–\d{4} \|(.+)\|$", memo(region, lang), re.MULTILINE)
    assert rows
    for owner, year, rest in rows:
        plan = plans[f"{owner}/ondersteuningsplan/{year}-08-01"]
        _, verdict, coverage, window = (cell.strip() for cell in rest.split("|"))
        assert verdict == texts(lang).TEXTS[f"verdict.{plan['verdict']}"]
        assert coverage == words.percent(plan["coverage"]["lowest"])
        counting = [w for w in windows[plan["id"]] if w["certainty"] == "likely" and w["counts"]]
        longest = max(counting, key=lambda w: int(w["days"]))
        first, last = (words.day(date.fromisoformat(longest[key])) for key in ("first", "last"))
        assert window.startswith(first)
        assert f"{last} ({longest['days']} " in window


@pytest.mark.parametrize("region", REGIONS)
def test_what_next_is_the_planning_of_the_memo(region: str) -> None:
    words = words_of(aligned_(region))
    coming = [t for t in record("check", region, "--json")["next"] if t["date"] >= TODAY]
    section = memo(region, "nl").split("\n## Planning\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\d+ [a-z]+ \d{4}) \| ([^|]+) \|", section, re.MULTILINE)
    assert rows == [(words.day(date.fromisoformat(t["date"])), t["who"]) for t in coming]


# --- names that want to be more than a name

NASTY = {
    "expression": "{{ 7*7 }} {{ region.__class__ }}",
    "statement": "{% raw %} {% endraw %} {# x #}",
    "script": "<script>alert(1)</script> <b>x</b> <!-- y -->",
    "pipe": "a | b || c",
    "backticks": "`rm` ``x`` ```",
    "link": "[x](javascript:alert(1)) ![y](data:x) [z](/z)",
    "reference": "[x]: /y [x][y] [x] [^1]",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~",
    "heading": "# kop",
    "list": "- punt",
    "number": "1. punt",
    "quote": "> citaat",
    "rule": "---",
    "backslash": "a\\b \\*c\\* d\\",
    "entity": "&lt;b&gt; &amp; &#60;",
    "quotes": "\"a\" 'b' «c»",
    "autolink": "<javascript:alert(1)> <x@example.org>",
}


def read(text: str) -> tuple[str, list[Token]]:
    """What a reader of the Markdown sees as text, and every mark that is more than text."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or []]
    seen = "".join("\n" if t.type == "inline" else "" for t in tokens)
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append("".join(c.content if c.type != "softbreak" else "\n" for c in token.children or []))
        else:
            parts.append(token.content)
    return "\n".join(parts) + seen, [*tokens, *inline]


def kinds(tokens: list[Token]) -> list[str]:
    return [token.type for token in tokens]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_a_name_comes_out_as_typed_and_as_nothing_else(name: str, lang: str) -> None:
    seen, tokens = read(memo_of(region_text(name), lang))
    _, plain = read(memo_of(region_text("Naam"), lang))
    assert seen.count(name) >= 5  # the title, the agreement and what is agreed, at the least
    assert kinds(tokens) == kinds(plain)
    addresses = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert all(str(address).startswith("https://") for address in addresses)


@pytest.mark.parametrize("name", ["a | b", "a \\| b", "a\nb", "a\r\n\r\nb", "| |\n|---|", "`a | b`"])
def test_a_name_in_a_table_makes_no_cell_and_no_row(name: str) -> None:
    def shape(text: str) -> list[str]:
        return [kind for kind in kinds(read(text)[1]) if kind.startswith(("t", "inline"))]

    assert shape(memo_of(region_text(name))) == shape(memo_of(region_text("Naam")))
    assert kinds(read(memo_of(region_text(name)))[1]).count("table_open") == 3


def test_an_address_in_a_name_is_a_link_to_itself() -> None:
    _, tokens = read(memo_of(region_text("Zie https://example.org/a_b*c?d=e.")))
    addresses = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert "https://example.org/a_b*c?d=e" in addresses


# --- regions with little or much in them


def test_a_region_without_partnerships_has_a_memo_without_holes() -> None:
    region = region_file(partnerships=[], agreements=[], plans=[])
    for lang in LANGUAGES:
        text = memo_of(as_yaml(region).encode(), lang)
        assert re.findall("^## (.+)$", text, re.MULTILINE) == HEADINGS[lang]
        assert "None" not in text
        assert not re.search(r"(\|---)+\|\n(?!\|)", text)


def test_an_agreement_stands_in_the_hand_over_with_what_is_agreed_and_open() -> None:
    text = memo_of(region_text(agreements=[
        {"name": "Convenant", "parties": ["GM0228"], "first": "2024-01-01", "last": "2027-06-30", "source": "x",
         "agreed": ["Eerst het kind."], "open": ["Wie betaalt."]},
    ]))  # fmt: skip
    section = text.split("\n## Evaluatie en overdracht\n")[1].split("\n## ")[0]
    assert "- Convenant." in section
    assert "Afgesproken: Eerst het kind." in section
    assert "Nog te bespreken: Wie betaalt." in section
