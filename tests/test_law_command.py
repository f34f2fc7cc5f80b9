"""``cycleplan law``: the law on a day, and a provision in all its versions."""

import json
import re
from datetime import date

import pytest
from running import LANGUAGES, TODAY, run

from cycleplan.law import load_law
from cycleplan.outputs.textpage import WIDTH
from cycleplan.uses import OUTPUTS, USES
from cycleplan.wording import legislation
from cycleplan.wording.words import Words

LAW = load_law()


def law(*args: str) -> str:
    ran = run("law", *args, "--today", TODAY)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def asked(*args: str) -> dict:
    return json.loads(law(*args, "--json"))


# --- the list


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_has_every_provision_in_force_with_its_article_and_what_it_says(lang):
    words, said = Words(lang, LAW), flat(law("--lang", lang))
    for p in LAW.in_force(date.fromisoformat(TODAY)):
        article = words.article(p.key)
        assert f" {p.called} {article}: " in said
        # Where a line ends in a hyphen the next word follows without a space.
        assert p.about[lang].replace(" ", "") in said.replace(" ", "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("args", [(), ("SWV-03",), ("GR-04a", "--on", "2022-03-30"), ("SWV-09",), ("AT-04",)])
def test_nothing_is_wider_than_the_screen(lang, args):
    assert max(map(len, law(*args, "--lang", lang).splitlines())) <= WIDTH


def test_the_list_is_no_wall():
    lines = law().splitlines()
    starts = [n for n, line in enumerate(lines) if re.match(r"[ *] [A-Z]+-\d", line)]
    lengths = sorted(b - a for a, b in zip(starts, [*starts[1:], len(lines)], strict=True))
    assert lengths[len(lengths) // 2] <= 2
    assert sum(length > 3 for length in lengths) <= len(lengths) / 10
    for group in legislation.GROUPS:
        assert Words("nl", LAW).say(f"law.group.{group}").upper() in lines


def test_a_star_tells_that_something_rests_on_it():
    said = law()
    assert "\n* SWV-03/PO  WPO 18a lid 10: " in said
    assert "\n  PC-01      Gemeentewet 191 lid 1, 2: " in said


def test_the_list_of_another_day_has_the_versions_of_then():
    assert "WVO 17a lid 10 (oudere tekst):" in flat(law("--on", "2022-04-30"))
    assert "SWV-03/VO  WVO 2020 2.47 lid 11: " in law("--on", "2022-08-01")
    assert "WVO 17a" not in law("--on", "2022-08-01")
    assert "GR-04a" not in law("--on", "2022-03-30"), "set aside by the covid Act"
    assert "GR-04a" in law("--on", "2021-03-30")


def test_on_today_is_the_default():
    assert law() == law("--on", TODAY)
    assert json.loads(run("law", "--json", "--today", "2014-06-01").out)["on"] == "2014-06-01"


def test_a_day_of_the_oldest_rules_has_those_and_no_others():
    ids = {p["id"] for p in asked("--on", "2010-01-01")["provisions"]}
    assert ids == {"GR-02", "GR-03", "GR-04", "GR-08"}


# --- one provision


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("SWV-03", ["SWV-03/PO/2014-01-06", "SWV-03/VO/2014-01-06", "SWV-03/VO/2022-08-01"]),
        ("swv-03/vo", ["SWV-03/VO/2014-01-06", "SWV-03/VO/2022-08-01"]),
        ("SWV-03/VO/2022-08-01", ["SWV-03/VO/2022-08-01"]),
        ("GR-04", ["GR-04/2010-01-01"]),
        ("gr-04B", ["GR-04b/2022-01-01"]),
    ],
)
def test_a_provision_is_asked_for_by_id_by_sector_or_by_key_whatever_the_capitals(name, keys):
    assert [p["key"] for p in asked(name)["provisions"]] == keys


def test_every_key_finds_its_own_version_and_every_id_all_of_its():
    for p in LAW.provisions:
        assert LAW.find(p.key) == (p,)
        assert LAW.find(p.id) == tuple(q for q in LAW.provisions if q.id == p.id)


def test_a_provision_is_told_in_full_with_the_version_of_the_day_marked():
    said = law("SWV-03/VO", "--on", "2022-04-30")
    assert re.findall(r"^(.) SWV-03/VO/(\S+)", said, re.MULTILINE) == [(">", "2014-01-06"), (" ", "2022-08-01")]
    told = flat(said)
    for p in LAW.find("SWV-03/VO"):
        assert f"{p.key} {p.article}" in told
        assert p.about["nl"] in told
        assert p.note["nl"] in told
        assert p.source in told.replace("/ ", "/")
    assert 'citaat "voor 1 mei voorafgaand aan het eerste schooljaar"' in told
    assert "geldig 6 januari 2014 t/m 31 juli 2022; geldt op 30 april 2022" in told
    assert "datum vóór 1 mei (uiterlijk 30 april)" in told
    assert "verschuift nee" in told
    assert "bewijs wettekst, zeker; gelezen tekst van 29 november 2015" in told
    assert "let op De gelezen tekst is van 29 november 2015, een latere is hiervoor niet gelezen." in told
    assert "gebruikt voor de laatste dag van een ondersteuningsplan" in told


def test_every_version_of_every_provision_can_be_told_in_both_languages():
    for lang in LANGUAGES:
        for id in {p.id for p in LAW.provisions}:
            said = law(id, "--lang", lang)
            assert not re.search(r"None|\{|\}", said)
            for p in LAW.find(id):
                assert p.key in said
                assert not p.quote or f'"{p.quote}"' in flat(said).replace("- ", "-") or "-" in p.quote


def test_a_version_that_another_goes_before_says_so_and_is_not_in_force():
    assert "maar GR-04b/2022-01-01 gaat voor" in flat(law("GR-04a", "--on", "2022-03-30"))
    found = asked("GR-04a", "--on", "2022-03-30")
    assert found["in_force"] == []
    assert found["provisions"][0]["set_aside_by"] == "GR-04b/2022-01-01"
    assert asked("GR-04a", "--on", "2021-03-30")["provisions"][0]["set_aside_by"] is None


def test_a_day_on_which_no_version_is_in_force_says_which_days_are_known():
    said = flat(law("swv-14", "--on", "2013-06-01"))
    known = "PO vanaf 6 januari 2014 en VO vanaf 1 augustus 2022"
    assert said.startswith(f"Op 1 juni 2013 geldt geen bekende versie van SWV-14. Bekend: {known}.")
    english = flat(law("GR-04b", "--on", "2026-01-01", "--lang", "en"))
    assert english.startswith("No known version of GR-04b is in force on 1 January 2026. Known: 1 January 2022 to 31")


@pytest.mark.parametrize(
    ("wrong", "near"), [("SWV-033", "SWV-03"), ("GR-04bb", "GR-04b"), ("SWV-03/P", "SWV-03/PO"), ("HI-11", "HI-01")]
)
def test_an_unknown_id_is_an_error_with_the_nearest(wrong, near):
    ran = run("law", wrong)
    assert (ran.code, ran.out) == (1, "")
    assert f"`{wrong}` is geen bepaling die het programma kent. Bedoel je `{near}`?" in ran.err


def test_an_id_like_no_other_is_an_error_too():
    ran = run("law", "\x1b[31m" + "?" * 40, "--lang", "en")
    assert (ran.code, ran.out) == (1, "")
    assert "is no provision that the program knows. `cycleplan law` shows them." in ran.err


def test_it_is_written_to_a_file_whole(tmp_path):
    path = tmp_path / "wet.txt"
    assert run("law", "SWV-03", "--today", TODAY, "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == law("SWV-03")


# --- the JSON


def test_the_json_has_every_provision_in_force_in_full():
    found = asked()
    assert found["on"] == TODAY
    assert found["in_force"] == [p["key"] for p in found["provisions"]]
    assert found["versions"] == {"law": LAW.revised.isoformat()}
    for told in found["provisions"]:
        p = LAW[told["key"]]
        assert (told["id"], told["sector"], told["article"], told["quote"]) == (p.id, p.sector, p.article, p.quote)
        assert (told["source"], told["evidence"], told["confidence"]) == (p.source, p.evidence, p.confidence)
        assert told["text"] == p.about["nl"]
        assert told["valid_from"] == p.valid_from.isoformat()
        assert told["marks"] == [mark.value for mark in LAW.marks(p)]
        assert (told["mind"] is not None) == bool(told["marks"])
        assert (told["rule"] is not None) == (p.rule is not None)


def test_the_json_says_what_uses_it_or_that_nothing_does():
    used = {p["key"]: p["used"] for p in asked()["provisions"]}
    assert used["SWV-03/PO/2014-01-06"]["outputs"] == list(OUTPUTS)
    assert used["SWV-16/PO/2014-01-06"]["outputs"] == ["memo"]
    told_of = used["PC-01/2015-11-29"]
    assert (told_of["for"], told_of["outputs"]) == (None, [])
    assert told_of["text"] == "alleen genoemd: geen datum of zin rust erop"
    assert {u["for"] for u in used.values()} - {None} <= USES.keys()


# --- words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_a_provision_is_used_for_has_words(lang):
    words = Words(lang, LAW)
    for p in LAW.provisions:
        assert legislation.use(p, words)
        assert legislation.rule(p, words) != ""
        assert legislation.group(p) in legislation.GROUPS


def test_a_rule_is_told_in_english():
    words = Words("en", LAW)
    told = {p.key: legislation.rule(p, words) for p in LAW.provisions}
    assert told["SWV-03/PO/2014-01-06"] == "before 1 May (30 April at the latest)"
    assert told["GR-04b/2022-01-01"] == "Wednesday 30 March"
    assert told["GR-03/2013-12-01"] == "44 days after the nomination"
    assert told["GR-12/2014-01-06"] == "42 days before the nomination"
    assert told["HI-04/2014-01-01"] == "the first working day after the merger"
    assert told["SWV-04/PO/2014-01-06"] == "OOGO before adoption"
    assert told["SY-02/PO/2015-11-29"] is None
