"""What a planner reads on her screen: as it was read through, 80 columns wide, and nothing hidden in it."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from running import (
    LANGUAGES,
    REGIONS,
    aligned,
    alignment_of,
    as_yaml,
    piece_of,
    region_text,
    run,
    screens,
    timeline_of,
    told,
    words_of,
)

from cycleplan.outputs.terminal import timeline as timeline_screen
from cycleplan.outputs.terminal import windows as windows_screen
from cycleplan.wording import texts as texts_of

WIDTH = 80
Golden = Callable[[str, str], None]

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
_PLAN = "VO2509/ondersteuningsplan/2027-08-01"

# Golden file → command.
GOLDEN = {
    "check-foodvalley.nl.txt": ("check", "foodvalley"),
    "check-foodvalley.en.txt": ("check", "foodvalley", "--lang", "en"),
    "check-noord-kennemerland.nl.txt": ("check", "noord-kennemerland"),
    "compare.nl.txt": ("compare", "foodvalley", "noord-kennemerland"),
    "compare.en.txt": ("compare", "noord-kennemerland", "foodvalley", "--lang", "en"),
    "windows-foodvalley.nl.txt": ("windows", "foodvalley"),
    "windows-vo2509-2027.en.txt": ("windows", "foodvalley", "--plan", _PLAN, "--lang", "en"),
    "windows-horizon-noord-kennemerland.nl.txt": (
        "windows", "noord-kennemerland", "--horizon", "--from", "2026-08-01", "--to", "2031-07-31",
    ),
    "propose-foodvalley.nl.txt": ("propose", "foodvalley"),
    "propose-together.en.txt": ("propose", "foodvalley", "--together", "--lang", "en"),
    "timeline-noord-kennemerland.nl.txt": (
        "timeline", "noord-kennemerland", "--from", "2026-08-01", "--to", "2030-07-31",
    ),
    "explain-submission.nl.txt": ("explain", "foodvalley", "PO2510/ondersteuningsplan/2022-08-01/submission"),
    "explain-consultation.nl.txt": ("explain", "foodvalley", f"{_PLAN}/consultation"),
    "explain-window.en.txt": ("explain", "foodvalley", f"{_PLAN}/window/likely/start", "--lang", "en"),
    "explain-college.nl.txt": ("explain", "foodvalley", "GM0228/council/2030-03-20/college"),
    "list.nl.txt": ("list",),
    "list.en.txt": ("list", "--lang", "en"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOLDEN)
def test_the_screen_is_as_it_was_when_it_was_last_read_through(name: str, golden: Golden) -> None:
    golden(name, told(*GOLDEN[name]))


# --- width


@cache
def texts(region: str, lang: str) -> list[str]:
    """Every text that the commands put on a screen about a region."""
    lang_ = ("--lang", lang)
    built, words = timeline_of(region), words_of(aligned(region), lang)
    return [
        told("check", region, *lang_),
        told("windows", region, *lang_),
        told("windows", region, "--horizon", *lang_),
        told("propose", region, *lang_),
        told("propose", region, "--together", "--may-shorten", "--horizon-years", "16", *lang_),
        told("timeline", region, "--from", "2026-08-01", "--to", "2030-07-31", *lang_),
        told("explain", region, *lang_),
        told("list", *lang_),
        *(timeline_screen.explain(entry, words) for entry in built.entries[::25]),
    ]


def too_wide(text: str) -> Iterator[str]:
    """The lines that are wider than a screen, but for an address that stands alone on its line: it cannot break."""
    for line in text.splitlines():
        if len(line) > WIDTH and not re.fullmatch(r"\s*https?://\S+", line):
            yield line


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_no_line_is_wider_than_80_columns(region: str, lang: str) -> None:
    assert [line for text in texts(region, lang) for line in too_wide(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_every_character_takes_one_column_so_that_length_is_width(region: str, lang: str) -> None:
    found = {c for text in texts(region, lang) for c in text if c != "\n"}
    assert [c for c in found if unicodedata.east_asian_width(c) in "WF" or unicodedata.combining(c)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_the_texts_hold_no_code_none_or_loose_end(region: str, lang: str) -> None:
    for text in texts(region, lang):
        for line in text.splitlines():
            assert line == line.rstrip()
            assert not re.search(r"\bNone\b|\bnull\b|\{[a-z_]+\}|\bin_step\b|\bout_of_step\b|\bat_risk\b", line), line
        assert text.endswith("\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_check_of_foodvalley_fits_on_one_screen_of_52_lines(lang: str) -> None:
    assert len(told("check", "foodvalley", "--lang", lang).splitlines()) <= 52


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_region_without_agreements_is_told_so_in_four_lines_at_most(lang: str) -> None:
    text = told("check", "foodvalley", "--lang", lang)
    _, block = text.split(texts_of(lang).TEXTS["screen.continuity"])
    assert len(block.split("\n\n")[0].strip().splitlines()) <= 3


def test_the_check_sums_up_the_answers_in_their_order() -> None:
    lines = told("check", "foodvalley").splitlines()
    assert lines[0].startswith("Regio Foodvalley")
    assert lines[0].endswith("22 november 2026")
    heads = [line for line in lines if line.isupper() or (line.endswith("?") and line[:1].isupper())]
    assert heads == [
        "WAT NU", "LOPEN DE PLANNEN IN DE PAS?", "LOPEN DE PLANNEN NAAST ELKAAR GELIJK OP?",
        "WAT LOOPT OVER DE VERKIEZING HEEN?",
    ]  # fmt: skip


# --- colour


def test_verdicts_are_words_and_there_are_no_colour_codes_where_there_is_no_terminal() -> None:
    text = told("check", "foodvalley")
    assert "\x1b" not in text
    rows = {line[1:18]: line for line in text.splitlines() if re.match(r" (PO|VO)\d{4}  \d{4}–\d{4}[ ?]", line)}
    verdicts = {row[:17]: re.search(r"in de pas|kwetsbaar|uit de pas", line) for row, line in rows.items()}
    assert {row: found[0] for row, found in verdicts.items() if found} == {
        "PO2509  2024–2028": "kwetsbaar",
        "PO2509  2028–2032": "kwetsbaar",
        "PO2510  2022–2026": "in de pas",
        "PO2510  2026–2030": "uit de pas",
        "VO2509  2023–2027": "in de pas",
        "VO2509  2027–2031": "in de pas",
    }


def test_colour_adds_codes_and_changes_no_character() -> None:
    raw = region_text()
    colored, plain = screens(raw, color=True), screens(raw)
    assert "\x1b[" in colored[0]
    assert [_ESCAPE.sub("", text) for text in colored] == plain
    assert not any("\x1b" in text for text in plain)
    assert not any("\x1b" in _ESCAPE.sub("", text) for text in colored)


# --- names that want to be more than a name

NASTY = {
    "markup": "[red]x[/red] [bold]y[/] [link=https://example.org]z[/link] :smile:",
    "unclosed markup": "[/] [bold",
    "escape": "\x1b[31mrood\x1b[0m \x1b]0;titel\x07 \x9b31m",
    "controls": "a\x00b\x07c\x08d\x7fe",
    "line ends": "a\nb\r\nc\rd\x0be\x0cf\x85g\u2028h\u2029i",
    "right to left": "a\u202eb\u202dc\u200fd\u200ee\u2066f\u2069g\u061ch",
    "format": "{name} {0} %s %(name)s {x!r}",
}
# What may not come out: controls but the line end, and characters that turn the direction of what follows.
_HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def readable(name: str) -> str:
    """The reader refuses some controls; what it lets through is what must come out harmless."""
    refused = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
    return re.sub(refused, "", name)


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_a_name_comes_out_harmless_wherever_it_is_shown(name: str) -> None:
    shown = screens(region_text(readable(name)))
    assert not [text for text in shown if _HARMFUL.search(text)]


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_an_agreement_that_carries_over_an_election_comes_out_harmless_with_its_suggestions(name: str) -> None:
    parties = ["GM0228", "PO2510"]
    agreement = {"name": readable(name), "parties": parties, "adopted": dict.fromkeys(parties, "unknown")}
    agreement |= {"first": "2024-01-01", "last": "2031-12-31", "source": "verzonnen", "open": [readable(name)]}
    raw = region_text(agreements=[agreement])
    assert "Suggestie, geen wet" in screens(raw)[0]
    assert not [text for text in (*screens(raw), piece_of(raw).text) if _HARMFUL.search(text.replace("\n\n", "\n"))]


def test_markup_and_format_marks_come_out_as_typed() -> None:
    for name in (NASTY["markup"], NASTY["unclosed markup"], NASTY["format"]):
        check, _, timeline, regions, *_ = screens(region_text(name))
        assert name in check
        assert name in timeline
        assert name in regions


@pytest.mark.parametrize("name", ["escape", "controls", "right to left"])
def test_controls_in_a_file_are_refused_with_their_place(name: str, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_bytes(region_text(NASTY[name]))
    ran = run("check", path)
    assert ran.code == 1
    assert "[control-character]" in ran.out
    assert not _HARMFUL.search(ran.out + ran.err)


def test_a_line_end_in_a_name_does_not_make_a_line() -> None:
    plain, broken = screens(region_text("a b")), screens(region_text("a\nb"))
    assert [len(text.splitlines()) for text in broken] == [len(text.splitlines()) for text in plain]


def test_who_takes_part_in_an_agreement_that_ends_is_told_on_the_screen() -> None:
    check = screens(region_text())[0]
    [line] = [line for line in check.splitlines() if "Proefregio loopt af" in line]
    assert "0 gemeenten" not in line
    assert " afspraak Proefregio loopt af" in line


# --- who is in the gap


def _windows_of(plan: dict[str, object], recess: dict[str, object], procedure: dict[str, object]) -> str:
    file = {
        "region": "proef",
        "name": "Proef",
        "revised": "2026-11-22",
        "municipalities": [{"code": "GM0203", "recess": recess}, {"code": "GM0228"}],
        "partnerships": [
            {"code": "PO2510", "municipalities": ["GM0203", "GM0228"], "procedure": procedure, "plans": [plan]}
        ],
    }
    found = alignment_of(as_yaml(file).encode())
    first = [a for a in found.assessments if a.consultation][:1]
    return " ".join(windows_screen.windows(found, first, words_of(found)).split())


def test_a_gap_says_how_many_are_outside_it_and_whose_shift_helps_most():
    own = {"add": [{"first": "2027-02-01", "last": "2027-02-12", "source": "griffie"}]}
    text = _windows_of({"years": "2027-2031", "status": "planned", "source": "x"}, own, {})
    assert (
        "1 februari 2027 t/m 12 februari 2027: Barneveld in reces (1 van de 2 buiten stilstand en reces) "
        "20 februari 2027 t/m 28 februari 2027: Barneveld en Ede in reces Het grootste verschil maakt Barneveld: "
        "12 dagen erbij zonder het reces van 1 februari 2027 t/m 12 februari 2027."
    ) in text


def test_without_a_window_that_counts_the_screen_says_how_much_earlier_the_draft_must_be_ready():
    # OOGO from 5 February to 5 March 2026, in standstill from 2 February on: to have ten days of the window that
    # ends on 1 February it must open by 23 January, two weeks (13 days) earlier.
    text = _windows_of({"years": "2026-2030", "status": "planned", "source": "x"}, {}, {"opens": "02-05"})
    assert "Overlegperiode 5 februari 2026 t/m 5 maart 2026" in text
    assert (
        "Het dichtstbijzijnde eerdere venster: 5 januari 2026 t/m 1 februari 2026. "
        "Dan moet het concept ten minste 2 weken eerder klaar zijn."
    ) in text


def test_the_gaps_of_another_level_are_told_where_they_differ():
    own = {"replace": [{"first": "2026-05-01", "last": "2026-05-02", "source": "griffie"}]}
    plan = {"years": "2026-2030", "status": "planned", "source": "x"}
    text = _windows_of(plan, own, {"opens": "01-15", "opr_weeks": 0, "adoption_weeks": 0})
    # Up to 30 April everyone is in standstill at every level: 2 February 2026 on.
    assert "Overige dagen (zeker, waarschijnlijk en mogelijk)" in text
    assert "voor zover anders" not in text
    found = told("windows", "foodvalley", "--horizon", "--from", "2030-01-01", "--to", "2030-12-31")
    text = " ".join(found.split())
    # Eight municipalities, 20 March 2030 + 98 and 147 days.
    assert "Overige dagen (waarschijnlijk)" in text
    assert re.search(
        r"Overige dagen \(zeker\), voor zover anders .*t/m 13 augustus 2030: 8 gemeenten in stilstand", text
    )
    assert re.search(
        r"Overige dagen \(mogelijk\), voor zover anders .*t/m 25 juni 2030: 8 gemeenten in stilstand", text
    )
