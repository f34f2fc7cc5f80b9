from datetime import date

import pytest

from cycleplan.beginning import begin
from cycleplan.law import load_law
from cycleplan.register import load_register

REGISTER, LAW = load_register(), load_law()
TODAY = date(2026, 11, 22)


def beginning(*codes, today=TODAY):
    return begin(codes, REGISTER, LAW, today)


def municipalities(found):
    return [m.code for m in found.municipalities]


def partnerships(found):
    return [p.code for p in found.partnerships]


def joining(code, today=TODAY):
    (found,) = (m for m in beginning(code, today=today).municipalities if m.code == code)
    return found


def test_a_partnership_brings_its_municipalities_and_names_the_partnerships_beside_it():
    found = beginning("PO2510")
    # facts/regions.md section 5: the eight of the region without Nijkerk
    assert municipalities(found) == ["GM0203", "GM0228", "GM0279", "GM0289", "GM0339", "GM0340", "GM0345"]
    assert partnerships(found) == ["PO2510"]
    assert [p.code for p in found.beside] == ["VO2510", "VO2511"]


def test_a_municipality_brings_the_partnerships_in_which_it_lies_and_not_their_other_municipalities():
    found = beginning("GM0267")  # Nijkerk: facts/regions.md section 5
    assert municipalities(found) == ["GM0267"]
    assert partnerships(found) == ["PO2509", "VO2509"]
    assert found.beside == ()


def test_parties_together_bring_what_each_of_them_brings():
    found = beginning("PO2510", "VO2511", "GM0267")
    assert len(municipalities(found)) == 8
    assert partnerships(found) == ["PO2509", "PO2510", "VO2509", "VO2511"]
    assert [p.code for p in found.beside] == ["VO2510"]


@pytest.mark.parametrize("code", REGISTER.partnerships)
def test_the_municipalities_of_a_partnership_are_those_of_the_register(code):
    if not REGISTER.partnerships[code].successor:
        assert set(municipalities(beginning(code))) == set(REGISTER.partnerships[code].municipalities)


def test_a_municipality_without_a_partnership_of_a_sector_says_so():
    # facts/regions-current.md: Hoeksche Waard left Koers VO; the code of its own partnership was not seen.
    assert beginning("GM1963").without == (("GM1963", "VO"),)
    assert "GM1963" not in municipalities(beginning("VO2810"))
    assert beginning("GM0228").without == ()


def test_a_municipality_tells_the_election_of_its_merger_and_those_that_it_skipped():
    found = joining("GM1980")  # Dijk en Waard, facts/regions.md section 3
    assert [(c.elected, c.status.value) for c in found.councils] == [(date(2021, 11, 24), "planned")]
    assert found.skipped == (date(2022, 3, 16),)
    assert found.joined == ((date(2022, 1, 1), ("GM0398", "GM0416")),)
    assert found.since == date(2022, 1, 1)


def test_a_municipality_that_goes_says_into_which_and_has_no_election_of_its_own_any_more():
    found = joining("GM1696")  # Wijdemeren
    assert found.goes == (date(2027, 1, 1), "GM0402")
    assert found.councils == ()
    assert found.skipped == (date(2026, 3, 18),)


def test_an_election_that_lies_ahead_is_planned():
    (council,) = joining("GM0402", date(2026, 11, 1)).councils  # Hilversum
    assert (council.elected, council.status.value) == (date(2026, 11, 18), "planned")


def test_after_a_merger_its_municipality_stands_in_the_place_of_those_that_went():
    found = beginning("PO2709", today=date(2027, 2, 1))  # Unita: with Hilversum and Wijdemeren
    assert "GM0402" in municipalities(found)
    assert "GM1696" not in municipalities(found)


def test_plans_are_those_that_the_register_knows():
    assert [p.first.year for p in beginning("PO3009").plans["PO3009"]] == [2018, 2022]  # facts: PO De Kempen
    assert beginning("VO2511").plans["VO2511"] == []
