"""A chair has what concerns its party: whose plans, which steps, which agreements."""

import pytest
from running import REGIONS, aligned, brief_of, record


@pytest.mark.parametrize("region", REGIONS)
def test_the_region_has_all_and_each_party_its_part(region: str) -> None:
    whole = brief_of(region)
    assert whole.plans == aligned(region).shown
    assert whole.coming == tuple(t for t in aligned(region).next if t.what != "overdue")
    for code, partnership in aligned(region).region.partnerships.items():
        mine = brief_of(region, code)
        assert (mine.kind, mine.partnerships) == ("partnership", (code,))
        assert mine.plans == tuple(a for a in whole.plans if a.plan.owner == code)
        assert set(mine.municipalities) <= set(partnership.municipalities)
    for municipality in aligned(region).region.own_municipalities:
        mine = brief_of(region, municipality.code)
        assert (mine.kind, mine.municipalities) == ("municipality", (municipality.code,))
        assert all(municipality.code in a.municipalities for a in mine.plans)


def test_what_is_asked_of_another_partnership_is_not_asked_of_this_one() -> None:
    # Nijkerk has PO2509 and VO2509, Ede has PO2510 and VO2510: of these only VO2509 has steps in the coming year.
    assert {t.who for t in brief_of("foodvalley", "GM0267").coming} == {("VO2509",)}
    assert brief_of("foodvalley", "GM0228").coming == ()
    assert [t.who for t in brief_of("foodvalley", "GM0228").overdue] == [("PO2510",)]


def test_the_focus_is_the_plan_furthest_out_of_step() -> None:
    plans = {p["id"]: p["verdict"] for p in record("check", "foodvalley", "--json")["plans"]}
    order = ["in_step", "at_risk", "out_of_step"]
    for chair in (None, "GM0267", "PO2510"):
        found = brief_of("foodvalley", chair)
        worst = max(order.index(plans[a.plan.id]) for a in found.judged)
        assert found.focus
        assert order.index(plans[found.focus.plan.id]) == worst


def test_an_agreement_concerns_its_parties_and_what_they_went_into() -> None:
    # Jeugdhulp in het onderwijs was made by Heerhugowaard and Langedijk, that are now Dijk en Waard.
    assert [a.name for a in brief_of("noord-kennemerland", "GM1980").agreements] == ["Jeugdhulp in het onderwijs"]
    assert brief_of("noord-kennemerland", "PO2703").agreements == ()


def test_all_colleges_are_those_of_the_area_that_speaks() -> None:
    def counted(chair: str | None) -> list[int]:
        return [len(f.municipalities) for f in brief_of("foodvalley", chair).formations if f.elected.year == 2030]

    assert (counted(None), counted("PO2510"), counted("GM0228")) == ([8], [7], [])


def test_coverage_is_that_of_the_municipality_that_speaks_or_else_the_lowest() -> None:
    answer = {p["id"]: p for p in record("check", "foodvalley", "--json")["plans"]}
    for chair in ("GM0267", None):
        for a in brief_of("foodvalley", chair).judged:
            own = {m["code"]: m["coverage"] for m in answer[a.plan.id]["municipalities"]}
            expected = own[chair] if chair else answer[a.plan.id]["coverage"]["lowest"]
            assert round(brief_of("foodvalley", chair).coverage(a) or 0, 4) == expected
