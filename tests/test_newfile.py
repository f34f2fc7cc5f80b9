"""The text of a new region file: it loads, and all of it that is a comment is a comment."""

import json
import re
from datetime import date

import pytest
import yaml

from cycleplan import checks
from cycleplan.alignment import align
from cycleplan.beginning import begin
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.outputs import newfile
from cycleplan.register import load_register
from cycleplan.wording.words import Words

REGISTER, LAW = load_register(), load_law()
TODAY = date(2026, 11, 22)
TITLE = newfile.Title("nieuw", "Nieuw", "b2a6f3a0-0000-4000-8000-000000000000", TODAY)


def text_of(*codes, lang="nl", today=TODAY, title=TITLE, borrowed=None):
    beginning = begin(codes, REGISTER, LAW, today)
    return newfile.render(title._replace(today=today), beginning, REGISTER, Words(lang, LAW), borrowed)


def loaded(text):
    found = load_text(text.encode(), "nieuw.yaml", REGISTER)
    assert found.problems == ()
    return found.region


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("code", [code for code, p in REGISTER.partnerships.items() if not p.successor])
def test_the_file_of_every_partnership_loads_and_has_nothing_worse_than_a_warning(code, lang):
    region = loaded(text_of(code, lang=lang))
    known = REGISTER.partnerships[code]
    assert {m.code for m in region.own_municipalities} == set(known.municipalities)
    assert region.partnerships[code].municipalities == known.municipalities
    problems = checks.check(region, REGISTER, LAW, TODAY)
    assert [p for p in problems if p.level == "error"] == []
    assert known.national == ("no-municipalities" in [p.rule for p in problems])
    assert align(region, REGISTER, LAW, TODAY).assessments is not None


def test_the_file_of_every_municipality_loads():
    for code, municipality in REGISTER.municipalities.items():
        if municipality.exists_on(TODAY):
            region = loaded(text_of(code))
            assert [m.code for m in region.own_municipalities] == [code]
            assert all(code in p.municipalities for p in region.partnerships.values())


def test_all_that_the_register_knows_of_a_plan_is_in_the_file():
    for code, plans in REGISTER.plans.items():
        found = loaded(text_of(code)).partnerships[code].plans
        assert [(p.first.day, p.last and p.last.day, p.status, p.source, p.note) for p in found] == [
            (p.first, p.last, p.status, p.source, p.note.get("nl")) for p in plans
        ]
        for mine, theirs in zip(found, plans, strict=True):
            done = {key: "".join(map(str, days)) for key, days in mine.facts.items() if days}
            assert done == theirs.steps


def test_the_colleges_that_the_register_knows_are_in_the_file():
    region = loaded(text_of("GM0228"))
    assert [(str(c.elected), str(c.college_formed)) for c in region.municipalities["GM0228"].councils] == [
        ("2018-03-21", "2018-05-17"),  # facts/data/college_dates.csv
        ("2022-03-16", "2022-05-31"),
    ]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_place_to_complete_loads_once_it_is_filled_in_and_is_refused_as_it_stands(lang):
    lines = text_of("GM0279", "PO2402", lang=lang).splitlines()
    places = [i for i, line in enumerate(lines) if re.match(r" *# (-|procedure:|councils:|plans:)", line)]
    assert len(places) >= 5
    for i in places:
        line = re.sub("# ", "", lines[i], count=1)
        opened = "\n".join([*lines[:i], line, *lines[i + 1 :]]).encode()
        filled = re.sub(rb"(JJJJ|YYYY)-(JJJJ|YYYY)", b"2026-2030", opened)
        filled = filled.replace(b'source: ""', b'source: "x"')
        day = iter([b"2026-04-01", b"2026-12-31"] * 20)
        for word in (b"JJJJ-MM-DD", b"YYYY-MM-DD"):
            while word in line.encode() and word in filled.split(b"\n")[i]:
                head, rest = filled.split(b"\n")[:i], filled.split(b"\n")[i:]
                rest[0] = rest[0].replace(word, next(day), 1)
                filled = b"\n".join([*head, *rest])
        assert load_text(filled, "x.yaml", REGISTER).usable, line
        if "DD" in line:
            assert not load_text(opened, "x.yaml", REGISTER).usable


def test_the_agreement_and_the_partnerships_beside_it_load_once_their_hashes_are_gone():
    text = text_of("PO2510")
    agreement = text[text.index("# agreements:") :]
    filled = re.sub(r"(?m)^# ?", "", agreement).replace('""', '"x"')
    filled = re.sub("JJJJ-MM-DD", "2027-01-01", filled)
    beside = re.sub(r"(?m)^  # - code", "  - code", text[: text.index("# agreements:")])
    region = loaded(beside + filled)
    assert set(region.partnerships) == {"PO2510", "VO2510", "VO2511"}
    assert region.agreements[0].parties[0] == "GM0203"


def test_a_name_of_a_stranger_stays_a_name():
    for name in ('x"\nregion: y', "a: b # c", "{{ 1 }}", "- x", "!!python/object", "''", "é\\u0007"):
        assert loaded(text_of("GM0228", title=TITLE._replace(name=name))).name == name


def test_what_is_borrowed_is_what_the_other_region_says():
    said = {"procedure": {"opens": "02-01", "order": ["opr", "oogo"]}, "policy": {"min_window_days": 14}}
    region = loaded(text_of("GM0228", borrowed=newfile.Borrowed("ander", said["policy"], said["procedure"])))
    assert region.policy.min_window_days == 14
    assert {p.procedure.opens for p in region.partnerships.values()} == {(2, 1)}
    assert {p.procedure.order for p in region.partnerships.values()} == {("opr", "oogo")}


def test_the_part_of_a_municipality_that_lies_in_an_area_is_told():
    text = text_of("PO2709")
    assert "Amsterdam (voor een deel: voormalig Weesp)" in text
    staphorst = re.sub(r"\n *# ", " ", text_of("PO2203"))
    assert "Staphorst (voor een deel: postcodes 7951, 7955)" in staphorst


def test_dates_and_merged_municipalities_are_told_as_they_were():
    text = re.sub(r"\n *# ", " ", text_of("PO2709"))
    assert "Op 24 maart 2022 kwam hier bij: Weesp." in text
    assert "Gaat op 1 januari 2027 op in Hilversum" in text
    assert "Ontstaan op 1 januari 2022 uit Heerhugowaard en Langedijk." in text_of("GM1980")


def test_the_same_input_gives_the_same_text():
    assert text_of("PO2510", "GM0267") == text_of("GM0267", "PO2510")


def test_a_plain_yaml_reader_sees_what_ours_sees():
    data = yaml.safe_load(text_of("PO2510"))
    assert [m["code"] for m in data["municipalities"]][:2] == ["GM0203", "GM0228"]
    assert json.dumps(data["calendar"]) == json.dumps({"id": TITLE.calendar})
