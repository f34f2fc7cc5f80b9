"""A mark stands behind an article wherever it shows, in every output."""

import json
import re
from collections import defaultdict
from pathlib import Path

import lawuses
import pytest
from lawuses import CASES, LAW
from running import LANGUAGES, TODAY, run

from cycleplan.law import load_law
from cycleplan.outputs.textpage import WIDTH
from cycleplan.uses import OUTPUTS, USES
from cycleplan.wording.words import Words

WORDS = Words("nl", LAW)


def marked():
    """The articles of which every provision that an output can name has marks, with what stands behind them."""
    found = defaultdict(set)
    for p in LAW.provisions:
        if p.gives in USES:
            found[p.article].add(WORDS.article(p.key).removeprefix(p.article).strip(" ()"))
    return {article: marks for article, marks in found.items() if "" not in marks}


def plain(text):
    """Without line ends, the folds of a calendar and the JSON, which has an article and its marks apart."""
    text = text.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";")
    return re.sub(r"\s+", " ", re.sub(r'^ *"article": .*$', "", text, flags=re.MULTILINE))


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("today", CASES, ids=str)
def test_no_output_names_a_marked_article_without_its_mark(output, today):
    text = plain(lawuses.as_it_is(today)[output])
    for article, marks in marked().items():
        # "WPO 18a lid 1" is no part of "WPO 18a lid 10", nor of an article that another word follows.
        for found in re.finditer(rf"{re.escape(article)}(?!\d| jo\.)(.{{0,30}})", text):
            assert any(found[1].startswith((f" ({m})", f", {m}")) for m in marks), (article, found[0])


def test_marks_show_in_every_output_that_tells_of_a_plan_of_the_old_vo_act():
    told = [(o, plain(text)) for today in CASES for o, text in lawuses.as_it_is(today).items()]
    shown = {o for o, text in told if re.search(r"WVO 17a lid \d+( \(|, )oudere tekst", text)}
    assert shown == set(OUTPUTS) - {"propose"}, "which names no article"


def test_explain_says_what_a_mark_means():
    text = plain(lawuses.as_it_is(CASES[0])["explain"])
    assert re.search(
        r"WVO 17a lid 10 \(oudere tekst\) – .*? Bewijs: wettekst gelezen; de gelezen tekst is van 29 november 2015, "
        r"een latere is hiervoor niet gelezen\. Bron: https://",
        text,
    )


def test_a_memo_accounts_for_the_marks_of_its_checklist():
    text = plain(lawuses.as_it_is(CASES[0])["memo"])
    assert "dat een vrije dag deze termijn verlengt (Atw 1), is een lezing. Bron:" in text


def test_a_feed_says_it_too():
    assert "WVO 17a lid 10 (oudere tekst): https://" in plain(lawuses.as_it_is(CASES[1])["calendar"])


def test_brackets_do_not_stand_within_brackets():
    for today in CASES:
        for output, text in lawuses.as_it_is(today).items():
            assert not re.search(r"\([^()]* \((oudere tekst|lezing)", plain(text)), output


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_screens_stay_as_wide_as_they_were(lang, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("proef.yaml").write_bytes(lawuses.region())
    plans = ("VO2709/ondersteuningsplan/2018-08-01", "PO2709/ondersteuningsplan/2027-08-01")
    for asked in (["check"], *(["windows", "--plan", plan] for plan in plans)):
        said = run(*asked, "proef.yaml", "--today", TODAY, "--lang", lang)
        assert said.code == 0, said.err
        assert max(map(len, said.out.splitlines())) <= WIDTH


# --- the JSON


def answered(*args, tmp_path):
    path = tmp_path / "proef.yaml"
    path.write_bytes(lawuses.region())
    return json.loads(run(args[0], path, *args[1:], "--today", TODAY, "--json").out)


def bases(record):
    if isinstance(record, dict):
        return (
            {record["basis"]} - {None}
            if "basis" in record and len(record) == 1
            else set().union({record.get("basis")} - {None}, *map(bases, record.values()))
        )
    return set().union(*map(bases, record)) if isinstance(record, list) else set()


def test_check_lists_every_provision_that_a_basis_names_once(tmp_path):
    found = answered("check", tmp_path=tmp_path)
    listed = [p["key"] for p in found["provisions"]]
    assert bases(found) <= set(listed)
    assert len(listed) == len(set(listed))
    # Those of a problem are told in its sentence.
    assert {LAW[key].gives for key in set(listed) - bases(found)} <= {"plan_length", "school_year", "submission"}
    for told in found["provisions"]:
        p = load_law()[told["key"]]
        assert told == {
            "key": p.key,
            "article": p.article,
            "source": p.source,
            "evidence": p.evidence,
            "marks": [mark.value for mark in LAW.marks(p)],
        }
    assert any(told["marks"] for told in found["provisions"])


def test_explain_lists_those_of_its_trace(tmp_path):
    found = answered("explain", "VO2709/ondersteuningsplan/2018-08-01/submission", tmp_path=tmp_path)
    assert [(p["key"], p["marks"]) for p in found["provisions"]] == [("SWV-03/VO/2014-01-06", ["older"])]
