"""``new`` from the command line: what it says, what it writes, what it leaves alone."""

import json
import re
from datetime import date

import pytest
from running import TODAY, run

from cycleplan.loading import load_text
from cycleplan.register import load_register

LIKE = """\
region: voorbeeld
name: Voorbeeld
revised: 2026-11-22
municipalities: [{code: GM0228}]
procedure: {opens: 02-01, order: [opr, oogo], opr_weeks: 8}
policy: {min_window_days: 14}
"""


def new(*args):
    return run("new", *args, "--today", TODAY)


def region(text):
    found = load_text(text, "x.yaml", load_register())
    assert found.problems == ()
    return found.region


def test_check_works_on_the_new_file_at_once(tmp_path):
    path = tmp_path / "vallei.yaml"
    done = new("PO2510", "VO2511", "GM0228", "-o", path)
    assert done.code == 0
    assert done.raw == b""
    assert done.err == f"{path} is klaar. Kijk nu: cycleplan check {path}\n"
    check = run("check", path, "--json", "--today", TODAY)
    assert check.code == 0
    record = json.loads(check.out)
    assert {p["level"] for p in record["problems"]} == {"warning"}
    assert {p["owner"] for p in record["unknown_plans"]} == {"VO2510", "VO2511"}
    # That of PO2510 ended less than a year ago and goes on as expected.
    assert {p["first"] for p in record["plans"] if p["owner"] == "PO2510"} >= {"2022-08-01", "2026-08-01"}


def test_every_new_file_has_a_calendar_id_of_its_own_and_is_of_today():
    first, second = (region(new("Ede").raw) for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first.publication.id)
    assert first.publication.id != second.publication.id
    assert first.revised == date.fromisoformat(TODAY)


@pytest.mark.parametrize(
    ("args", "name", "id"),
    [
        (["Ede"], "Ede", "ede"),
        (["Ede", "PO2509"], "Ede en Zeeluwe", "ede-en-zeeluwe"),
        (["Súdwest-Fryslân"], "Súdwest-Fryslân", "sudwest-fryslan"),
        (["Ede", "Rhenen", "Nijkerk", "Wageningen"], "Ede en 3 meer", "ede-en-3-meer"),
        (["Ede", "--name", "Regio: #1"], "Regio: #1", "regio-1"),
        (["Ede", "--name", "x\ny\u202e\x1b[31m"], "x y [31m", "x-y-31m"),
        (["Ede", "--name", "京都"], "京都", "regio"),
        (["Ede", "--name", "2030"], "2030", "2030"),
        (["Ede", "--name", "No"], "No", "no"),
        (["Ede", "--name", "a" * 99], "a" * 99, "a" * 40),
    ],
)
def test_a_region_is_called_after_its_parties_or_as_asked(args, name, id):
    found = region(new(*args).raw)
    assert (found.name, found.id) == (name, id)


def test_the_language_asked_for_is_that_of_the_file():
    assert region(new("Ede", "--lang", "en").raw).language == "en"
    assert new("Ede", "--lang", "en").out.startswith("# The beginning of a region file, made on 22 November 2026")


def test_all_names_that_cannot_be_told_are_told_at_once_and_nothing_is_written(tmp_path):
    path = tmp_path / "x.yaml"
    done = new("Bergen", "Eede", "Ede", "PO9999", "-o", path)
    assert done.code == 1
    assert done.raw == b""
    assert not path.exists()
    assert done.err.splitlines() == [
        "`Bergen` kan meer dan één zijn: GM0373 Bergen (NH.), GM0893 Bergen (L.). Geef de code.",
        "`Eede` is geen gemeente en geen samenwerkingsverband in het register. Bedoel je `GM0228` (Ede)?",
        "`PO9999` is geen gemeente en geen samenwerkingsverband in het register. Bedoel je `PO3009` (PO De Kempen)?",
    ]


def test_a_party_that_is_gone_is_replaced_and_that_is_told():
    done = new("Heerhugowaard", "PO2902")
    assert done.code == 0
    found = region(done.raw)
    assert "GM1980" in found.municipalities
    assert "PO2901" in found.partnerships
    assert done.err.splitlines() == [
        "Heerhugowaard is op 1 januari 2022 opgegaan in Dijk en Waard (GM1980).",
        "PO2902 is opgegaan in Kind op 1 (PO2901).",
    ]


@pytest.mark.parametrize(
    ("name", "today"),
    [("Heerhugowaard", "2018-01-01"), ("Haaren", "2020-01-01"), ("Weesp", "2021-01-01"), ("Ede", "2010-01-01")],
)
def test_a_file_can_be_made_as_of_any_day_on_which_a_party_was_there(name, today):
    done = run("new", name, "--today", today)
    assert (done.code, done.err) == (0, "")
    assert [m.name for m in region(done.raw).own_municipalities] == [name]


def test_no_college_is_asked_for_after_an_election_that_was_not_held():
    assert "18 maart 2026" not in new("Hilversum").out.partition("region:")[0]
    assert "18 maart 2026" in new("Ede").out.partition("region:")[0]
    assert "jeugdplannen" not in new("PO0001").out.partition("region:")[0]


def test_a_new_file_is_utf8_whatever_the_console():
    assert region(run("new", "PO2101", encoding="cp1252").raw).name == "SWV Passend Onderwijs in Fryslân"


def test_a_party_that_is_named_twice_is_taken_once():
    assert len(region(new("Ede", "gm0228", "0228").raw).own_municipalities) == 1


def test_a_file_that_is_there_stays_as_it_is(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("mine")
    done = new("Ede", "-o", path)
    assert done.code == 1
    assert path.read_text() == "mine"
    assert done.err == f"{path} bestaat al en blijft zoals het is. Kies een andere naam.\n"


def test_the_policy_and_procedure_of_another_region_are_taken_over(tmp_path):
    like = tmp_path / "voorbeeld.yaml"
    like.write_text(LIKE)
    done = new("PO2510", "--like", like)
    found = region(done.raw)
    assert found.policy.min_window_days == 14
    procedure = found.partnerships["PO2510"].procedure
    assert (procedure.opens, procedure.order, procedure.opr_weeks) == ((2, 1), ("opr", "oogo"), 8)
    assert "# Overgenomen van voorbeeld." in done.out
    assert done.err == ""


def test_a_region_without_a_policy_of_its_own_gives_nothing_and_that_is_told():
    done = new("Ede", "--like", "foodvalley")
    assert done.code == 0
    assert done.err.startswith("Regio Foodvalley heeft geen eigen procedure of drempels")


def test_a_region_with_errors_is_not_followed(tmp_path):
    like = tmp_path / "x.yaml"
    like.write_text("region: x\n")
    done = new("Ede", "--like", like)
    assert done.code == 1
    assert done.raw == b""


@pytest.mark.parametrize("args", [[], ["Ede", "--name", " "], ["Ede", "--wat"]])
def test_a_wrong_command_line_ends_with_two(args):
    assert new(*args).code == 2


def test_a_folder_that_is_not_there_ends_in_one_sentence(tmp_path):
    done = new("Ede", "-o", tmp_path / "no" / "x.yaml")
    assert done.code == 1
    assert done.err.count("\n") == 1
