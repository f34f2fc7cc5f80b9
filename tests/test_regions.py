"""The regions that ship: which they are, that they tell no more than their sources, and that every output shows them.

The other tests of outputs look closely at two of them; here each of the eleven goes through all outputs once.
"""

import re
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest
from running import LANGUAGES, REGIONS, TODAY, record, run, told
from test_terminal import texts, too_wide

from cycleplan.loading import load_region
from cycleplan.region import Plan, Region
from cycleplan.register import load_register
from cycleplan.resources import region_files

REGISTER = load_register()

# With how Met Andere Ogen names them: netwerkmetandereogen.nl/inspiratieregios, in the order that stands there.
INSPIRING = {
    "twente": "Twente",
    "noord-kennemerland": "Noord-Kennemerland",
    "noordoost-friesland": "NO-Friesland",
    "holland-rijnland": "Holland-Rijnland",
    "zuid-kennemerland": "Zuid-Kennemerland",
    "de-meierij": "De Meierij",
    "utrecht": "Utrecht",
    "leeuwarden": "Leeuwarden",
    "zuid-limburg": "Zuid-Limburg",
    "almere": "Almere",
    "foodvalley": "FoodValley",
}

# The municipalities that a source lists: hollandrijnland.nl/over-ons, netwerkmetandereogen.nl/inspiratieregios/15,
# passendonderwijs-zk.nl and demeierij-po.nl (the villages that it lists by the municipality in which they lie now).
LISTED = {
    "holland-rijnland": "Alphen aan den Rijn, Hillegom, Kaag en Braassem, Katwijk, Leiden, Leiderdorp, Lisse, "
    "Nieuwkoop, Noordwijk, Oegstgeest, Teylingen, Voorschoten, Zoeterwoude",
    "noordoost-friesland": "Achtkarspelen, Dantumadiel, Noardeast-Fryslân, Tytsjerksteradiel",
    "zuid-kennemerland": "Bloemendaal, Haarlem, Haarlemmermeer, Heemstede, Velsen, Zandvoort",
    "de-meierij": "Boxtel, 's-Hertogenbosch, Maasdriel, Meierijstad, Oisterwijk, Sint-Michielsgestel, Tilburg, Vught, "
    "Zaltbommel",
}


def shipped(name: str) -> Region:
    region = load_region(region_files()[name], REGISTER).region
    assert region
    return region


def support_plans(region: Region) -> dict[str, tuple[Plan, ...]]:
    """The plans of the partnerships of the region, as the file has them."""
    return {code: partnership.plans for code, partnership in region.partnerships.items()}


def test_the_eleven_regions_with_which_met_andere_ogen_began_ship_and_no_other() -> None:
    assert set(region_files()) == set(INSPIRING)
    assert len(INSPIRING) == 11


@pytest.mark.parametrize("name", LISTED)
def test_a_region_of_which_a_source_lists_the_municipalities_has_those(name: str) -> None:
    assert [m.name for m in shipped(name).own_municipalities] == LISTED[name].split(", ")


@pytest.mark.parametrize("name", INSPIRING)
def test_every_municipality_of_a_region_is_in_the_area_of_one_of_its_partnerships(name: str) -> None:
    region = shipped(name)
    consulted = {code for p in region.partnerships.values() for code in p.municipalities}
    assert {m.code for m in region.own_municipalities} <= consulted
    # The register knows the area of each of them; no file lists it anew.
    assert all("municipalities" not in p.mark.keys for p in region.partnerships.values())


@pytest.mark.parametrize("name", INSPIRING)
def test_every_plan_of_a_partnership_in_the_register_has_school_years_or_days_and_a_source(name: str) -> None:
    region = shipped(name)
    assert set(region.partnerships) <= set(REGISTER.partnerships)
    for code, plans in support_plans(region).items():
        for plan in plans:
            assert "years" in plan.mark.keys or {"first", "last"} <= plan.mark.keys.keys(), (code, plan.first)
            assert plan.source, (code, plan.first)
            assert re.search(r"\w\.\w{2,}", plan.source), (code, plan.source)  # an address


def test_no_two_regions_share_a_calendar_id_and_each_is_random() -> None:
    ids = [shipped(name).publication.id for name in region_files()]
    assert all(id and UUID(id).version == 4 for id in ids)
    assert len(set(ids)) == len(ids)


def test_a_partnership_that_is_in_two_regions_has_the_same_plans_in_both() -> None:
    known = [support_plans(shipped(name)) for name in region_files()]
    both = [(a[code], b[code]) for a, b in combinations(known, 2) for code in a.keys() & b.keys()]
    assert both  # Fryslân, of which two regions are a part
    assert [(one, other) for one, other in both if one != other] == []


@pytest.mark.parametrize("name", INSPIRING)
def test_a_region_file_tells_what_is_certain_what_is_read_into_it_and_what_is_missing(name: str) -> None:
    text = region_files()[name].read_text(encoding="utf-8")
    assert "# Dit ontbreekt en helpt het meest:" in text
    assert ("# Wat zeker is en wat een lezing:" in text) == (name not in REGIONS)
    assert max(map(len, text.splitlines())) <= 180


@pytest.mark.parametrize("lang", ["nl", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", [name for name in INSPIRING if name not in REGIONS])  # test_terminal has those
def test_the_screens_of_every_region_are_whole_and_80_columns_wide(name: str, lang: str) -> None:
    for text in texts(name, lang):
        assert list(too_wide(text)) == []
        assert not re.search(r"\bNone\b|\{[a-z_]+\}|\b(\w\w\d{4}) \1\b", text)  # a code is not said twice
    assert told("memo", name, "--lang", lang)
    assert record("check", name, "--json", "--lang", lang)["region"] == name
    assert told("calendar", name, "--lang", lang).startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize("name", INSPIRING)
def test_an_objection_is_said_once_in_a_memo(name: str) -> None:
    section = told("memo", name, "--lang", "nl").split("\n## Kanttekeningen\n")[1].split("\n## ")[0]
    said = re.findall(r"^\d+\. (.*)", section, re.MULTILINE)
    assert len(said) == len(set(said)) > 2


# The page, the picture, the memo as a page and the feeds of every region are in the site that the tests of the README
# make; the forms that a region chooses itself take long together.
@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", INSPIRING)
def test_every_form_of_every_region_is_made(name: str, lang: str, tmp_path: Path) -> None:
    made = [("timeline", form) for form in ("html", "svg", "xlsx", "mmd", "csv", "json")]
    for command, form in [*made, ("memo", "html"), ("memo", "docx")]:
        file = tmp_path / f"{command}.{form}"
        assert run(command, name, "--lang", lang, "--today", TODAY, "-o", file).code == 0
        assert file.stat().st_size > 100
