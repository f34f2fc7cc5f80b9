import csv
from datetime import date
from pathlib import Path

import pytest

import cycleplan
from cycleplan import names
from cycleplan.errors import CycleplanError
from cycleplan.register import load_register

REGISTER = load_register()
TODAY = date(2026, 11, 22)


def find(asked, today=TODAY):
    return names.find(asked, REGISTER, today)


def refused(asked, today=TODAY):
    with pytest.raises(CycleplanError) as error:
        find(asked, today)
    return error.value


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("Ede", "GM0228"),
        ("ede", "GM0228"),
        ("  EDE ", "GM0228"),
        ("Gemeente Ede", "GM0228"),
        ("gemeente 's-Gravenhage", "GM0518"),
        ("’s Gravenhage", "GM0518"),
        ("Den Haag", "GM0518"),
        ("den bosch", "GM0796"),
        ("Bergen (NH.)", "GM0373"),
        ("Bergen NH", "GM0373"),
        ("Bergen Limburg", "GM0893"),
        ("Hengelo", "GM0164"),
        ("Nuenen", "GM0820"),
        ("sudwest fryslan", "GM1900"),
        ("Utrecht", "GM0344"),
        ("Dordrecht", "GM0505"),  # a partnership has it in its name
        ("GM0228", "GM0228"),
        ("gm0228", "GM0228"),
        ("GM228", "GM0228"),
        ("0228", "GM0228"),
        ("PO2510", "PO2510"),
        ("po 25.10", "PO2510"),
        ("VO-25-11", "VO2511"),
        ("Zeeluwe", "PO2509"),
        ("Samenwerkingsverband Driegang", "PO2816"),
        ("Rijn & Gelderse Vallei", "PO2510"),
        ("koers vo", "VO2810"),
    ],
)
def test_a_party_is_known_by_what_people_call_it(asked, code):
    assert find(asked) == names.Meant(code)


def test_every_party_of_today_is_known_by_its_name_and_its_code():
    now = [m for m in REGISTER.municipalities.values() if m.exists_on(TODAY)]
    assert len(now) == 342  # CBS
    assert [m.name for m in now if find(m.name).code != m.code or find(m.code).code != m.code] == []
    assert [p for p, known in REGISTER.partnerships.items() if find(p).code != (known.successor or p)] == []


@pytest.mark.parametrize(
    ("asked", "code", "gone"),
    [
        ("Heerhugowaard", "GM1980", ("GM0398",)),
        ("Gemeente Langedijk", "GM1980", ("GM0416",)),
        ("GM0398", "GM1980", ("GM0398",)),
        ("De Friese Meren", "GM1940", ("GM1921",)),
        ("Skarsterlân", "GM1940", ("GM0051", "GM1921")),  # by way of De Friese Meren, which then got its Frisian name
        ("PO2902", "PO2901", ("PO2902",)),
    ],
)
def test_a_party_that_is_gone_answers_with_its_successor(asked, code, gone):
    assert find(asked) == names.Meant(code, gone)


def test_a_municipality_that_will_go_is_itself_until_then():
    assert find("Wijdemeren", date(2026, 12, 31)) == names.Meant("GM1696")
    assert find("Wijdemeren", date(2027, 1, 1)) == names.Meant("GM0402", ("GM1696",))


def test_every_former_municipality_leads_to_one_of_today_or_to_the_choice_between_those_it_was_divided_over():
    with (Path(cycleplan.__file__).parent / "data" / "mergers.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["date"] <= str(TODAY)]
    ways = {}
    for row in rows:
        if row["old_code"] != row["new_code"]:
            ways.setdefault(row["old_code"], set()).add(row["new_code"])

    def ends(code):
        return {end for new in ways[code] for end in ends(new)} if code in ways else {code}

    divided = {code for code in ways if len(ends(code)) > 1}
    assert len(divided) >= 4
    for code in ways:
        if code in divided:
            assert {choice.code for choice in refused(code).values["choices"]} == ends(code)
        else:
            assert {find(code).code} == ends(code)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("Bergen", ["GM0373", "GM0893"]),
        ("Haaren", ["GM0757", "GM0824", "GM0855", "GM0865"]),  # divided over four on 1 January 2021
        ("2510", ["PO2510", "VO2510"]),
        ("De Meierij", ["PO3005", "VO3005"]),
        ("Noord-Kennemerland", ["PO2703", "VO2703"]),
        ("Twente", ["GM1735", "PO2301", "PO2302"]),
        ("Samenwerkingsverband Passend Onderwijs Dordrecht", ["PO2810", "VO2804"]),
    ],
)
def test_a_name_of_several_is_answered_with_the_choices(asked, codes):
    error = refused(asked)
    assert error.code == "ambiguous-name"
    assert [choice.code for choice in error.values["choices"]] == codes
    assert all(choice.name for choice in error.values["choices"])


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("Eede", "GM0228"),
        ("GM0229", "GM0228"),
        ("PO2519", "PO2510"),
        ("Koers", "VO2810"),
        ("foodvalley", None),
        ("xyzzy", None),
        ("", None),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(asked, near):
    error = refused(asked)
    assert error.code == "unknown-name"
    assert error.values["near"] == near


@pytest.mark.parametrize("asked", ["\x00", "🙂", "gemeente", "SWV", "(", "𝟘𝟚𝟚𝟠", "a" * 10_000, "PO25101", "-"])
def test_no_text_whatever_is_taken_for_a_party(asked):
    assert refused(asked).code == "unknown-name"


def test_a_partnership_without_a_name_goes_by_its_municipalities():
    assert names.called("PO2402", REGISTER) == "Noordoostpolder, Urk"  # facts/regions-current.md section 2
    assert names.by_municipalities(["a", "b", "c", "d"]) == "a, b, c, …"
