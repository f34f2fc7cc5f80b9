"""A piece can go to the college: whole, in one language, every figure found in the JSON, every name as typed."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from markdown_it.token import Token
from running import (
    LANGUAGES,
    REGIONS,
    TODAY,
    aligned,
    as_yaml,
    brief_of,
    piece,
    piece_of,
    record,
    region_file,
    region_text,
    run,
    told,
    words_of,
)

from cycleplan import __version__
from cycleplan.law import load_law, plan_subjects
from cycleplan.outputs.memo import headings, markdown
from cycleplan.region import MEMO_SECTIONS, MEMO_TYPES
from cycleplan.wording import texts

# Of each region a municipality and a partnership of which something is known, and the region as a whole.
CHAIRS = {"foodvalley": ("GM0267", "PO2510", None), "noord-kennemerland": ("GM0450", "PO2711", None)}
PARTIES = [(region, chair) for region, chairs in CHAIRS.items() for chair in chairs if chair]
EVERY = [
    (region, chair, type, lang)
    for region, chairs in CHAIRS.items()
    for chair in chairs
    for type in MEMO_TYPES
    for lang in LANGUAGES
]
every_piece = pytest.mark.parametrize(("region", "chair", "type", "lang"), EVERY)
WITH_ARGUMENTS = ("afstemmingsmemo", "collegevoorstel", "raadsvoorstel")


HEADINGS = {
    "nl": [
        "Kernboodschap", "Aanleiding", "Gevraagd besluit", "Beoogd effect", "Argumenten", "Kanttekeningen",
        "Alternatieven", "Planning", "Financiën", "Communicatie en participatie", "Evaluatie en overdracht",
        "Bijlagen", "Verantwoording",
    ],
    "en": [
        "Key message", "Background", "Decision requested", "Intended effect", "Arguments", "Points to weigh",
        "Alternatives", "Schedule", "Finance", "Communication and participation", "Evaluation and hand-over",
        "Annexes", "Accountability",
    ],
}  # fmt: skip


def text_of(region: str, chair: str | None, type: str, lang: str) -> str:
    return piece(region, type, lang, chair).text


def section(text: str, heading: str) -> str:
    """What stands under a heading."""
    return text.split(f"\n## {heading}\n\n")[1].split("\n## ")[0]


def without_addresses(text: str) -> str:
    return re.sub(r"<https?://\S+>|`[^`]*`", "", text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("type", MEMO_TYPES)
@pytest.mark.parametrize(("region", "chair"), PARTIES)
def test_a_piece_is_as_it_was_when_it_was_last_read_through(
    region: str, chair: str, type: str, lang: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"memo-{region}-{chair}-{type}.{lang}.md", text_of(region, chair, type, lang))


@pytest.mark.parametrize("region", REGIONS)
def test_the_memo_of_a_whole_region_is_as_it_was_too(region: str, golden: Callable[[str, str], None]) -> None:
    golden(f"memo-{region}.nl.md", text_of(region, None, "afstemmingsmemo", "nl"))


# --- form


@every_piece
def test_a_piece_has_its_title_its_head_and_the_headings_of_its_type(
    region: str, chair: str | None, type: str, lang: str
) -> None:
    text = text_of(region, chair, type, lang)
    assert re.findall("^## (.+)$", text, re.MULTILINE) == list(headings(type, lang, {}).values())
    assert len(re.findall("^# ", text, re.MULTILINE)) == 1
    assert re.match(r"# .+\n\n\| \| \|\n\|---\|---\|\n(\| [^|]+ \| [^\n]+ \|\n){6,}\n## ", text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_the_memo_has_the_headings_of_an_alignment_memo_in_their_order(region: str, lang: str) -> None:
    text = text_of(region, None, "afstemmingsmemo", lang)
    assert re.findall("^## (.+)$", text, re.MULTILINE) == HEADINGS[lang]
    title = aligned(region).region.name
    assert text.startswith(
        f"# {'Afstemmingsmemo' if lang == 'nl' else 'Alignment memo:'} {title}\n\n| | |\n|---|---|\n"
    )


def test_the_headings_are_those_of_the_pieces_that_municipalities_make() -> None:
    # facts/memo-formats.md: seen in Goeree-Overflakkee 2014, Zutphen, Hilversum 2021 and Tiel 2013.
    council = list(headings("raadsvoorstel", "nl", {}).values())
    order = ["Beslispunten", "Inleiding", "Beoogd effect", "Argumenten", "Kanttekeningen", "Financiën", "Communicatie"]
    assert [h for h in council if h in order] == order
    college = list(headings("collegevoorstel", "nl", {}).values())
    assert college[0] == "Voorgesteld besluit"
    assert [h for h in college if h in order[3:]] == order[3:]
    letter = list(headings("raadsinformatiebrief", "nl", {}).values())
    wanted = ["Kennisnemen van", "Inleiding", "Kernboodschap", "Consequenties", "Communicatie", "Vervolg", "Bijlagen"]
    assert letter[: len(wanted)] == wanted


@every_piece
def test_no_section_is_empty(region: str, chair: str | None, type: str, lang: str) -> None:
    made = piece(region, type, lang, chair)
    for name, found in made.sections.items():
        own = found.split("\n[^1]: ")[0]
        assert re.search(r"\w", own), name
        for table in re.findall(r"(?:^\|.*\n?)+", own, re.MULTILINE):
            assert table.count("\n") > 2 or len(table.splitlines()) > 2, table


@every_piece
def test_nothing_of_the_making_shows(region: str, chair: str | None, type: str, lang: str) -> None:
    text = text_of(region, chair, type, lang)
    marks = r"\bNone\b|\{\{|\}\}|\{%|%\}|Undefined|\[\]|in_step|out_of_step|at_risk|\bTrue\b|\bFalse\b|\(\)|: \."
    assert not re.search(marks, text)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text


@every_piece
def test_sentences_are_set_as_a_printer_would(region: str, chair: str | None, type: str, lang: str) -> None:
    for line in text_of(region, chair, type, lang).splitlines():
        inner = line.strip()
        assert line == line.rstrip()
        assert "  " not in inner, line
        assert not re.search(r" [.,;:]( |$)|\(\)|\.\.|,,|\( | \)|;\.|:\.", inner), line
        start = re.sub(r"^(#+ |[-☐ ]+|\d+\. |\[\^\d+\]: |\| |\*+|\[)*(\d+\.\d+ )?", "", inner)
        assert not start[:1].islower() or start.startswith("cycleplan"), line


@every_piece
def test_numbered_points_count_on(region: str, chair: str | None, type: str, lang: str) -> None:
    text = text_of(region, chair, type, lang)
    for part in re.split("^## ", text, flags=re.MULTILINE):
        numbers = [int(n) for n in re.findall(r"^(\d+)\. ", part, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1))
    tables = [int(n) for n in re.findall(r"^\*(?:Tabel|Table) (\d+)\. .+\*$", text, re.MULTILINE)]
    assert tables == list(range(1, len(tables) + 1))


@every_piece
def test_every_footnote_is_referred_to_in_order_and_every_reference_has_one(
    region: str, chair: str | None, type: str, lang: str
) -> None:
    text = text_of(region, chair, type, lang)
    notes = [int(n) for n in re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)]
    assert notes == list(range(1, len(notes) + 1))
    referred = [int(n) for n in re.findall(r"(?<!\\)\[\^(\d+)\](?!:)", text)]
    assert list(dict.fromkeys(referred)) == notes


@every_piece
def test_the_months_are_those_of_the_language(region: str, chair: str | None, type: str, lang: str) -> None:
    text = text_of(region, chair, type, lang)
    own, other = texts(lang).MONTHS, texts("en" if lang == "nl" else "nl").MONTHS
    dates = re.findall(r"\b\d{1,2} ([A-Za-z]+) \d{4}", text)
    assert dates
    assert set(dates) <= set(own)
    for month in set(other) - set(own):
        assert not re.search(rf"\b{month}\b", without_addresses(text))
    assert not re.search(r"\d{4}-\d{2}-\d{2}", without_addresses(text))


@every_piece
def test_each_language_is_pure(region: str, chair: str | None, type: str, lang: str) -> None:
    text = without_addresses(text_of(region, chair, type, lang))
    if lang == "nl":
        assert not re.search(r"\b(the|of which|partnership|municipality|council)\b", text)
    else:
        plain = re.sub(r"(?m)^ *- (Agreed|Still).*|.*Jeugdhulp in het onderwijs.*", "", text)  # as the file has it
        assert not re.search(r"\b(het|een|niet|dagen|gemeente|verwacht|aanname|van de|vóór)\b", plain)


# --- what it says


@every_piece
def test_the_key_message_has_three_sentences_and_one_number(
    region: str, chair: str | None, type: str, lang: str
) -> None:
    shown = headings(type, lang, {})
    if "message" not in shown:
        return
    said = section(text_of(region, chair, type, lang), shown["message"]).strip()
    assert len(re.split(r"(?<=\.) (?=[A-Z])", said)) == 3, said
    months = "|".join(texts(lang).MONTHS)
    plain = re.sub(
        rf"\d{{1,2}} (?:{months}) \d{{4}}|\b(?:PO|VO)\d{{4}}\b|\d{{4}}–\d{{4}}|(?:vanaf|from) \d{{4}}", "", said
    )
    assert len(re.findall(r"\d+", plain)) == 1, plain


@every_piece
def test_every_point_can_be_read_and_struck_on_its_own(region: str, chair: str | None, type: str, lang: str) -> None:
    if type not in (*WITH_ARGUMENTS, "oplegger"):
        return
    points = re.findall(
        r"^\d+\. (.+)$", section(text_of(region, chair, type, lang), headings(type, lang, {})["decision"]), re.M
    )
    assert points
    for point in points:
        assert point.endswith(".")
        assert not re.search(r"\b(hierboven|hieronder|voorgaande|dit plan|punt \d|above|below|said)\b", point)
        assert re.match("To " if lang == "en" else r"[A-Z]", point)


@pytest.mark.parametrize("type", WITH_ARGUMENTS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("region", "chair"), PARTIES)
def test_every_point_has_arguments_and_most_a_calculation_with_an_article(
    region: str, chair: str, lang: str, type: str
) -> None:
    context = piece(region, type, lang, chair).context
    text = text_of(region, chair, type, lang)
    for point in context["points"]:
        assert point["claims"], point["text"]
        for number, claim in enumerate(point["claims"], 1):
            assert claim["number"] == f"{point['number']}.{number}"
            assert f"### {claim['number']} " in text
            assert claim["note"]
            assert not claim["claim"].endswith(".")
            assert claim["about"].endswith(".")
    notes = [claim["note"] for point in context["points"] for claim in point["claims"]]
    articles = {p.article for p in load_law().provisions}
    # Those without one tell of what the file has or lacks, or of a choice that no law makes.
    assert sum(any(article in note for article in articles) for note in notes) >= len(notes) / 2


def test_a_plan_out_of_step_has_alternatives_with_changing_nothing_and_confirming_again() -> None:
    text = text_of("foodvalley", "PO2510", "raadsvoorstel", "nl")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| (\d+ %) \|", section(text, "Alternatieven"), re.MULTILINE)
    proposals = record("propose", "foodvalley", "--partnership", "PO2510", "--json")["proposals"]
    best = next(p for p in proposals if p["recommended"])
    unchanged = next(p for p in proposals if p["unchanged"])

    def years(proposal: Any) -> str:
        return ", ".join(f"{p['first'][:4]}–{int(p['last'][:4])}" for p in proposal["plans"])

    def percent(share: float) -> str:
        return f"{round(share * 100)} %"

    assert rows == [
        ("A (aanbevolen)", years(best), percent(best["misalignment"])),
        ("A, en na elke verkiezing herbevestigen", years(best), percent(best["misalignment_reconfirmed"])),
        ("Niets veranderen", years(unchanged), percent(unchanged["misalignment"])),
        ("Niets veranderen, wel na elke verkiezing herbevestigen", years(unchanged),
         percent(unchanged["misalignment_reconfirmed"])),
    ]  # fmt: skip


def test_where_nothing_is_better_one_sentence_says_so() -> None:
    text = section(text_of("foodvalley", None, "afstemmingsmemo", "nl"), "Alternatieven")
    assert "VO2509: er is geen andere reeks plannen waarmee minder dagen ongedekt blijven." in text


def test_a_confirmation_that_has_passed_is_not_asked_for_again() -> None:
    # The window after the election of 2026 closed in October; what is asked is a day after today, and the note says so.
    context = piece("foodvalley", "raadsvoorstel", "nl", "PO2510").context
    again = next(p for p in context["points"] if p["code"] == "reconfirm")
    assert "alsnog" in again["text"]
    plan = next(
        p
        for p in record("propose", "foodvalley", "--json")["proposals"]
        if p["unchanged"] and "PO2510" in p["partnerships"]
    )
    gone = words_of(aligned("foodvalley")).day(date.fromisoformat(plan["plans"][0]["confirmations"][0]))
    assert plan["plans"][0]["confirmations"][0] < TODAY
    assert f"Daarvan is voorbij: {gone}." in again["claims"][0]["note"]


@pytest.mark.parametrize(("region", "chair"), PARTIES)
def test_the_piece_speaks_from_the_chair_of_its_party(region: str, chair: str) -> None:
    dutch, english = (text_of(region, chair, "raadsvoorstel", lang) for lang in LANGUAGES)
    if chair.startswith("GM"):
        name = aligned(region).region.municipalities[chair].name
        assert f"# Raadsvoorstel gemeente {name}\n" in dutch
        assert f"| de raad van {name} |" in dutch
        assert re.search(r"\bonze (gemeente|raad)\b", dutch)
        assert re.search(r"\bour (municipality|council)\b", english)
    else:
        assert "ns plan 20" in dutch
        assert "ur plan 20" in english
    others = {code for code in aligned(region).region.partnerships if code not in brief_of(region, chair).partnerships}
    assert not [code for code in others if re.search(rf"\b{code}\b", dutch)]


@pytest.mark.parametrize("region", REGIONS)
def test_a_municipality_has_the_plans_of_the_partnerships_that_consult_it(region: str) -> None:
    for code, municipality in aligned(region).region.municipalities.items():
        if not municipality.in_region:
            continue
        own = [p.code for p in aligned(region).region.partnerships.values() if code in p.municipalities]
        assert list(brief_of(region, code).partnerships) == sorted(own)


def test_a_municipality_that_is_gone_speaks_as_the_one_that_it_went_into() -> None:
    assert brief_of("noord-kennemerland", "GM0398").chair == "GM1980"


def test_the_agenda_names_the_subjects_of_the_act_and_a_paper_for_every_step() -> None:
    text = text_of("foodvalley", None, "oogo-agenda", "nl")
    for sector, basis, marks in (
        ("PO", "WPO 18a lid 8", "oudere tekst"),
        ("VO", "WVO 2020 2.47 lid 9", "oudere tekst, lezing"),
    ):
        assert load_law().giving("contents", date(2027, 3, 5), sector).article == basis
        assert f"({basis}, {marks}):" in text
        for subject in plan_subjects():
            assert subject["nl"] in text.replace("- D", "- d").replace("- H", "- h")
    plan = next(
        p
        for p in record("check", "foodvalley", "--json")["plans"]
        if p["id"].startswith("VO2509/") and p["first"] == "2027-08-01"
    )
    table = text.split("VO2509 2027–2031: wat er ligt")[1].split("*Tabel")[0]
    words = words_of(aligned("foodvalley"))
    for step in plan["steps"]:
        asked = step["earliest"] if step["step"] == "draft" else step["latest"]
        assert words.day(date.fromisoformat(asked)) in table


@pytest.mark.parametrize(("region", "chair"), PARTIES)
def test_what_next_is_the_planning_of_the_piece(region: str, chair: str) -> None:
    words = words_of(aligned(region))
    plans = {p["id"]: p["owner"] for p in record("check", region, "--json")["plans"]}
    brief = brief_of(region, chair)
    mine = {*brief.partnerships, *brief.municipalities, chair}
    coming = [
        t
        for t in record("check", region, "--json")["next"]
        if t["date"] >= TODAY and (plans.get(t["plan"]) in mine or (not t["plan"] and mine & set(t["who"].split(", "))))
    ]
    rows = re.findall(
        r"^\| (\d+ [a-z]+ \d{4}) \| ([^|]+) \|",
        section(text_of(region, chair, "afstemmingsmemo", "nl"), "Planning"),
        re.M,
    )
    own = "Ons samenwerkingsverband" if chair in aligned(region).region.partnerships else "Onze gemeente"

    def who(codes: str) -> str:
        return own if codes == chair else words.sentence(words.row(words.party(c) for c in codes.split(", ")))

    assert rows == [(words.day(date.fromisoformat(t["date"])), who(t["who"])) for t in coming]


# --- figures


def values(found: Any) -> Iterator[Any]:
    """Everything in a JSON answer that is no container."""
    if isinstance(found, dict | list):
        for inner in found.values() if isinstance(found, dict) else found:
            yield from values(inner)
    else:
        yield found


@cache
def answers(region: str) -> dict[str, Any]:
    horizon = [record("windows", region, "--horizon", "--json")]
    for code in aligned(region).region.partnerships:
        if aligned(region).region.partnerships[code].municipalities:
            horizon.append(record("windows", region, "--horizon", "--partnership", code, "--json"))
    return {
        "check": record("check", region, "--json"),
        "windows": record("windows", region, "--json"),
        "horizon": horizon,
        "propose": record("propose", region, "--json"),
    }


@cache
def known_days(region: str) -> frozenset[date]:
    found = (v for v in values(answers(region)) if isinstance(v, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", v))
    return frozenset(map(date.fromisoformat, found))


def days_in(text: str, lang: str) -> Iterator[tuple[str, bool]]:
    """The days that a text names, and whether it says the year; of a span in one year both have it."""
    names = "|".join(texts(lang).MONTHS)
    for day, year, later in re.findall(
        rf"\b(\d{{1,2}} (?:{names}))\b(?:( \d{{4}})| (?:t/m|to) \d{{1,2}} (?:{names}) (\d{{4}}))?", text
    ):
        yield (f"{day}{year}", True) if year else (f"{day} {later}", True) if later else (day, False)


def is_of_law(text: str) -> bool:
    """Whether words stand so in the data of the law: those are read, not computed."""
    said = {t for p in load_law().provisions for t in (*p.about.values(), *p.note.values())}
    return any(text in t for t in said)


@every_piece
def test_every_date_is_in_the_json(region: str, chair: str | None, type: str, lang: str) -> None:
    words, text, known = words_of(aligned(region), lang), text_of(region, chair, type, lang), known_days(region)
    long, short = {words.day(day) for day in known}, {words.day_of_year(day) for day in known}
    found = list(days_in(without_addresses(text), lang))
    assert found
    for day, has_year in found:
        assert day in (long if has_year else short) or is_of_law(day), day
    months = {words.month(day) for day in known}
    names = "|".join(texts(lang).MONTHS)
    for month in re.findall(rf"(?<!\d )\b(?:{names}) \d{{4}}", text):
        assert month in months, month


def percentages(region: str) -> set[int]:
    check, proposals = answers(region)["check"], answers(region)["propose"]["proposals"]
    shares = [
        s for p in check["plans"] for s in (p["coverage"]["lowest"], *(m["coverage"] for m in p["municipalities"]))
    ]
    shares += [
        *check["formation"]["quantiles"],
        *(check["policy"][f"{k}_coverage"] for k in ("in_step", "out_of_step")),
    ]
    shares += [s for p in proposals for s in (p["misalignment"], p["misalignment_reconfirmed"])]
    shares += [plan["coverage"] for p in proposals for plan in p["plans"]]
    return {round(share * 100) for share in shares if share is not None}


@every_piece
def test_every_percentage_is_in_the_json(region: str, chair: str | None, type: str, lang: str) -> None:
    found = {int(n) for n in re.findall(r"(\d+) %", text_of(region, chair, type, lang))}
    assert found <= percentages(region), found - percentages(region)
    if type != "oogo-agenda":
        assert found


@every_piece
def test_every_number_of_days_is_in_the_json(region: str, chair: str | None, type: str, lang: str) -> None:
    check, windows = answers(region)["check"], answers(region)["windows"]["plans"]
    known = {w["days"] for p in windows for w in p["windows"]} | {p["days"] for p in check["plans"]}
    covered = [[c["days"] for c in m["covered"]] for p in check["plans"] for m in p["municipalities"]]
    known |= {days for listed in covered for days in (*listed, sum(listed))} | {check["policy"]["min_window_days"]}
    proposed = [plan for p in answers(region)["propose"]["proposals"] for plan in p["plans"]]
    known |= {days for plan in proposed for days in (plan["days"], plan["covered_days"])}
    text = text_of(region, chair, type, lang)
    found = {int(n) for n in re.findall(r"(\d+) (?:dag|dagen|day|days)\b", text)}
    found |= {int(n) for n in re.findall(r"(\d+) (?:van de|of the) \d+ (?:dagen|days)", text)}
    assert found <= known, found - known
    if (region, chair, type) == ("foodvalley", None, "afstemmingsmemo"):
        assert len(found) > 10


@every_piece
def test_the_table_of_plans_says_what_check_says(region: str, chair: str | None, type: str, lang: str) -> None:
    if type not in WITH_ARGUMENTS:
        return
    words = words_of(aligned(region), lang)
    plans = {p["id"]: p for p in answers(region)["check"]["plans"]}
    windows = {p["id"]: p["windows"] for p in answers(region)["windows"]["plans"]}
    text = text_of(region, chair, type, lang)
    rows = re.findall(r"^\| ((?:PO|VO)\d{4}) (\d{4})–\d{4}(?:\[\^\d+\])? \|(.+)\|$", text, re.MULTILINE)
    shown = brief_of(region, chair).plans
    assert len(rows) == len(shown)
    for owner, year, rest in rows:
        plan = plans[f"{owner}/ondersteuningsplan/{year}-08-01"]
        cells = [cell.strip() for cell in rest.split("|")]
        assert cells[1] == texts(lang).TEXTS[f"verdict.{plan['verdict']}"]
        assert cells[-2] == words.percent(plan["coverage"]["lowest"])
        counting = [w for w in windows[plan["id"]] if w["certainty"] == "likely" and w["counts"]]
        longest = max(counting, key=lambda w: int(w["days"]))
        first, last = (date.fromisoformat(longest[key]) for key in ("first", "last"))
        assert cells[-1].startswith(words.day_of_year(first))
        assert f"{words.day(last)} ({longest['days']} " in cells[-1]
        if chair and chair.startswith("GM"):
            own = next(m["coverage"] for m in plan["municipalities"] if m["code"] == chair)
            assert cells[2] == words.percent(own)


# --- headings of the region's own


def test_a_region_sets_the_headings_and_their_order_and_the_account_always_comes() -> None:
    own = {"raadsvoorstel": {"planning": "Wanneer", "decision": "Wij stellen voor"}}
    made = piece_of(region_text(memo={"headings": own}), "raadsvoorstel")
    assert re.findall("^## (.+)$", made.text, re.MULTILINE) == ["Wanneer", "Wij stellen voor", "Verantwoording"]
    other = piece_of(region_text(memo={"headings": own}), "collegevoorstel")
    assert "## Voorgesteld besluit" in other.text


@pytest.mark.slow
@pytest.mark.parametrize("name", MEMO_SECTIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_can_stand_in_every_piece(name: str, lang: str) -> None:
    own = {type: {name: "Kop"} for type in MEMO_TYPES}
    for type in MEMO_TYPES:
        made = piece_of(region_text(memo={"headings": own}), type, lang)
        assert "## Kop\n\n" in made.text
        assert re.search(r"\w", made.sections[name])


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
    tokens = markdown.read(text)
    inline = [child for token in tokens for child in token.children or []]
    parts = []
    for token in tokens:
        children = token.children or []
        parts.append("".join(" " if c.type == "softbreak" else c.content for c in children) or token.content)
    return "\n".join(parts), [*tokens, *inline]


def kinds(tokens: list[Token]) -> list[str]:
    return [token.type for token in tokens]


@cache
def plain(type: str, lang: str, chair: str | None) -> list[str]:
    """What there is beside text in a piece with every section and names without marks."""
    own = {type: dict.fromkeys(MEMO_SECTIONS, "Naam")}
    return kinds(read(piece_of(region_text("Naam", memo={"headings": own}), type, lang, chair).text)[1])


@pytest.mark.parametrize(("number", "name"), list(enumerate(NASTY.values())), ids=NASTY)
def test_a_name_comes_out_as_typed_and_as_nothing_else(number: int, name: str) -> None:
    type = MEMO_TYPES[number % len(MEMO_TYPES)]  # they differ in the head only, once each has every section
    own = {type: dict.fromkeys(MEMO_SECTIONS, name)}
    for lang, chair in (("nl", None), ("en", "GM0228"), ("nl", "PO2510")):
        made = piece_of(region_text(name, memo={"headings": own}), type, lang, chair)
        seen, tokens = read(made.text)
        assert seen.count(name) >= len(MEMO_SECTIONS) + 3
        assert kinds(tokens) == plain(type, lang, chair)
        assert name in made.title
        addresses = [token.attrs["href"] for token in tokens if token.type == "link_open"]
        assert all(str(address).startswith("https://") for address in addresses)


@pytest.mark.parametrize("name", ["a | b", "a \\| b", "a\nb", "a\r\n\r\nb", "| |\n|---|", "`a | b`"])
def test_a_name_in_a_table_makes_no_cell_and_no_row(name: str) -> None:
    def shape(text: str) -> list[str]:
        return [kind for kind in kinds(read(text)[1]) if kind.startswith(("t", "inline"))]

    found = shape(piece_of(region_text(name)).text)
    assert found == shape(piece_of(region_text("Naam")).text)
    assert found.count("table_open") == 4  # the head, the plans, the alternatives, the planning


def test_an_address_in_a_name_is_a_link_to_itself() -> None:
    _, tokens = read(piece_of(region_text("Zie https://example.org/a_b*c?d=e.")).text)
    addresses = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert "https://example.org/a_b*c?d=e" in addresses


# --- regions with little or much in them


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("type", MEMO_TYPES)
def test_a_region_without_partnerships_has_pieces_without_holes(type: str, lang: str) -> None:
    region = region_file(partnerships=[], agreements=[], plans=[])
    for chair in (None, "GM0228"):
        text = piece_of(as_yaml(region).encode(), type, lang, chair).text
        assert re.findall("^## (.+)$", text, re.MULTILINE) == list(headings(type, lang, {}).values())
        assert "None" not in text
        assert not re.search(r"(\|---)+\|\n(?!\|)", text)
        assert not re.search(r"\b(over|about) \. | {2}", text)


def test_an_agreement_stands_in_the_hand_over_with_what_is_agreed_and_open() -> None:
    text = piece_of(region_text(agreements=[
        {"name": "Convenant", "parties": ["GM0228"], "first": "2024-01-01", "last": "2027-06-30", "source": "x",
         "agreed": ["Eerst het kind."], "open": ["Wie betaalt."]},
    ])).text  # fmt: skip
    found = section(text, "Evaluatie en overdracht")
    assert "- Convenant" in found
    assert "Afgesproken: Eerst het kind." in found
    assert "Nog te bespreken: Wie betaalt." in found


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"first": "unknown"}, "Van de afspraak Convenant het begin en het einde vast te leggen"),
        ({"adopted": {}}, "De afspraak Convenant te laten vaststellen door Ede."),
        ({"last": "2029-06-30"}, "De afspraak Convenant, die loopt t/m 30 juni 2029, te verlengen tot na de formatie"),
        ({"last": "2030-04-30"}, "De afspraak Convenant te laten gelden tot na de formatie"),
    ],
)
def test_what_an_agreement_lacks_to_run_over_the_election_is_a_point(changed: dict[str, Any], asked: str) -> None:
    agreement = {"name": "Convenant", "parties": ["GM0228"], "first": "2024-01-01", "last": "2032-06-30",
                 "adopted": {"GM0228": "2023-11-07"}, "source": "x"}  # fmt: skip
    councils = [{"elected": "2026-03-18", "college_formed": "2026-06-01", "status": "actual", "source": "x"}]
    region = {"municipalities": [{"code": "GM0228", "councils": councils}], "partnerships": []}
    whole = piece_of(region_text(**region, agreements=[agreement]))
    assert not [p for p in whole.context["points"] if p["code"].startswith("carry")]
    made = piece_of(region_text(**region, agreements=[{**agreement, **changed}]))
    assert [p["text"] for p in made.context["points"] if p["text"].startswith(asked)]


# --- from other days, and of other plans

COLLEGE = {"college_formed": "2026-06-01", "status": "actual", "source": "x"}
TWO = [{"code": code, "councils": [{"elected": "2026-03-18", **COLLEGE}]} for code in ("GM0228", "GM0289")]


def with_plans(*plans: dict[str, Any], **other: Any) -> bytes:
    """A region of Ede and Wageningen with PO2510, whose plans these are."""
    partnership = {"code": "PO2510", "municipalities": ["GM0228", "GM0289"], "plans": list(plans)}
    return region_text(**{"municipalities": TWO, "partnerships": [partnership], "agreements": [], "plans": [], **other})


LAST = {"years": "2023-2027", "oogo": "2023-02-01", "status": "actual", "source": "x"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plan_that_is_not_in_step_for_its_windows_is_not_told_for_its_coverage(lang: str) -> None:
    text = piece_of(with_plans(LAST, policy={"in_step_window_days": 60}), "collegevoorstel", lang).text
    message = section(text, headings("collegevoorstel", lang, {})["message"])
    assert ("maar 36 dagen" if lang == "nl" else "only 36 days") in message
    assert "67 %" not in message
    none = piece_of(with_plans(LAST, policy={"min_window_days": 60}), "collegevoorstel", lang)
    assert ("60 dagen of langer" if lang == "nl" else "60 days or longer") in none.text
    assert not re.search("die er niet over besloten|that did not decide on it", text + none.text)


def test_where_colleges_differ_the_lowest_is_told_and_to_a_municipality_its_own() -> None:
    # On 15 April 2022 Dijk en Waard had the college of its council of 2021, and Alkmaar still that of 2018.
    plan = {"years": "2022-2026", "oogo": "2022-04-15", "status": "actual", "source": "x"}
    partnership = {"code": "PO2703", "municipalities": ["GM0361", "GM1980"], "plans": [plan]}
    municipalities = [{"code": "GM0361"}, {"code": "GM1980"}]
    raw = region_text(municipalities=municipalities, partnerships=[partnership], agreements=[], plans=[])
    rows = {
        chair: next(
            [cell.strip() for cell in line.split("|")[4:6]]
            for line in piece_of(raw, "collegevoorstel", chair=chair).text.splitlines()
            if line.startswith("| PO2703 2022–2026")
        )
        for chair in (None, "GM0361", "GM1980")
    }
    # From 1 August 2022 to 31 March 2026, the last day of that council, are 1339 of the 1461 days.
    assert rows[None][0] == "0 %"
    assert rows["GM0361"] == ["0 %", "0 %"]
    assert rows["GM1980"] == ["92 %", "0 %"]


def test_in_a_window_only_what_is_left_of_it_is_asked_for() -> None:
    ran = told_on("2027-01-20", "--type", "collegevoorstel", "--for", "GM0267")
    point = section(ran, "Voorgesteld besluit")
    assert "te voeren uiterlijk op 19 februari 2027, de laatste dag van het venster." in point
    assert "15 januari" not in point
    assert "### 1.1 Tot en met 19 februari 2027 zijn alle 7 colleges buiten stilstand en reces" in ran
    past = told_on("2027-03-01", "--type", "raadsvoorstel", "--for", "PO2510")
    assert "is het OOGO uiterlijk op 5 maart 2027 (aanname)" in past


def told_on(day: str, *asked: str) -> str:
    ran = run("memo", "foodvalley", "--today", day, *asked)
    assert ran.code == 0, ran.err
    return ran.out


def test_an_election_that_was_held_needs_no_agreement_any_more() -> None:
    text = told_on("2026-04-15", "--type", "collegevoorstel", "--for", "GM0228")
    assert "over de verkiezing van 20 maart 2030 heen loopt" in section(text, "Voorgesteld besluit")


def test_an_oogo_that_is_planned_is_asked_for_on_its_day() -> None:
    planned = {"years": "2027-2031", "oogo": "2027-01-20", "status": "planned", "source": "x"}
    points = piece_of(with_plans(LAST, planned)).context["points"]
    assert points[0]["text"].endswith("te voeren op 20 januari 2027, zoals gepland.")


def test_a_municipality_that_will_go_is_not_asked_for_what_comes_after() -> None:
    # Wijdemeren (GM1696) goes into Hilversum on 1 January 2027 (mergers.csv).
    partnership = {"code": "PO2510", "municipalities": ["GM1696", "GM0402"], "plans": [LAST]}
    raw = region_text(municipalities=[{"code": "GM1696"}, {"code": "GM0402"}], partnerships=[partnership], plans=[],
                      agreements=[])  # fmt: skip
    made = piece_of(raw, "collegevoorstel", chair="GM1696")
    assert not [p for p in made.context["points"] if p["code"].startswith("consult")]
    assert made.context["objections"][0].startswith("Onze gemeente gaat op 1 januari 2027 op in Hilversum.")
    assert [p for p in piece_of(raw, "collegevoorstel", chair="GM0402").context["points"] if p["code"] == "consult"]


@pytest.mark.parametrize("type", MEMO_TYPES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_partnership_without_municipalities_has_gaps_and_no_holes(type: str, lang: str) -> None:
    partnership = {"code": "PO2510", "municipalities": [], "plans": [LAST]}
    raw = region_text(municipalities=[], partnerships=[partnership], plans=[], agreements=[])
    for chair in (None, "PO2510"):
        text = piece_of(raw, type, lang, chair).text
        assert not [line for line in text.splitlines() if "  " in line.strip()]
        assert not re.search(r"\b(van|of) (\||\.|,)", text)


@pytest.mark.parametrize("day", ["2012-01-01", "2014-01-05", "2026-02-02", "2026-03-18", "2030-03-20", "2059-12-31"])
def test_a_piece_can_be_made_on_any_day_on_which_check_answers(day: str) -> None:
    for type in MEMO_TYPES:
        asked = ("foodvalley", "--today", day)
        assert run("memo", *asked, "--type", type).code == run("check", *asked).code


def test_the_address_of_the_calendar_is_that_of_the_chair() -> None:
    calendar = {"id": "6f0d3c2e-0000-4000-8000-000000000001", "url": "https://voorbeeld.nl/agenda/"}
    for chair, file in ((None, "proef.ics"), ("GM0228", "proef-ede-gm0228.ics")):
        annexes = section(piece_of(region_text(calendar=calendar), chair=chair).text, "Bijlagen")
        assert f": <https://voorbeeld.nl/agenda/{file}>" in annexes


# --- at the door


def test_the_command_writes_the_piece_that_was_asked_for() -> None:
    asked = told("memo", "foodvalley", "--type", "collegevoorstel", "--for", "Nijkerk")
    assert asked.replace(f"cycleplan {__version__}", "cycleplan VERSION") == text_of(
        "foodvalley", "GM0267", "collegevoorstel", "nl"
    )
    ran = run("memo", "foodvalley", "--for", "Nijkrk", "--today", TODAY)
    assert ran.code == 1
    assert "`Nijkrk` is geen gemeente of samenwerkingsverband in deze regio. Bedoel je `Nijkerk`?" in ran.err
