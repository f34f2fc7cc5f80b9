"""Who gets which events: what a party must act on or know, and nothing else."""

from functools import cache
from typing import Any

import pytest
from running import REGIONS, alignment_of, as_yaml, region_file

from cycleplan.audiences import Audiences
from cycleplan.entries import Entry
from cycleplan.errors import CycleplanError
from cycleplan.region import AGREEMENT_EVENTS, COUNCIL_EVENTS, EVENTS
from cycleplan.resources import region_files


def audiences(raw: bytes) -> Audiences:
    return Audiences(alignment_of(raw))


@cache
def shipped(region: str) -> Audiences:
    return audiences(region_files()[region].read_bytes())


def kinds(entries: tuple[Entry, ...], lane: str) -> set[str]:
    return {e.kind for e in entries if e.lane == lane}


def region(**calendar: Any) -> bytes:
    """The region with one of everything, with what is given under ``calendar``."""
    file = region_file()
    file["calendar"] |= calendar
    file["municipalities"][0]["plans"][0] |= {"first": "2028-01-01", "last": "2031-12-31", "status": "planned"}
    file["agreements"][0]["adopted"] = {"GM0228": "2023-11-07", "PO2510": "2023-12-01"}
    return as_yaml(file).encode()


WHOLE = audiences(region())
# What a municipality gets of a plan about which it is consulted.
CONSULTED = {"consultation", "window", "oogo", "plan_starts", "plan_ends"}


# --- by default


def test_everyone_gets_all_events() -> None:
    assert WHOLE.events("all") == WHOLE.timeline.for_calendar


def test_a_municipality_gets_its_own_council_and_no_others() -> None:
    entries = WHOLE.events("GM0228")
    assert {"nominated", "elected", "standstill", "college"} <= kinds(entries, "GM0228")
    assert kinds(entries, "GM0289") == set()


def test_a_municipality_gets_all_of_its_own_plan() -> None:
    own = kinds(WHOLE.events("GM0228"), "GM0228") - set(COUNCIL_EVENTS)
    assert own == kinds(WHOLE.events("all"), "GM0228") - set(COUNCIL_EVENTS)
    assert {"plan_ends", "adoption", "oogo"} <= own


def test_a_municipality_gets_of_a_support_plan_what_it_is_consulted_on() -> None:
    assert kinds(WHOLE.events("GM0228"), "PO2510") == CONSULTED


def test_a_municipality_gets_nothing_of_a_partnership_that_does_not_consult_it() -> None:
    assert kinds(WHOLE.events("GM0228"), "VO2511") == set()
    foodvalley = shipped("foodvalley")
    # Ede lies in PO2510 and VO2510; Nijkerk in PO2509 and VO2509 (facts/regions.md).
    assert not kinds(foodvalley.events("GM0228"), "PO2509")
    assert not kinds(foodvalley.events("GM0267"), "PO2510")
    assert kinds(foodvalley.events("GM0267"), "PO2509") == CONSULTED


def test_a_partnership_gets_all_of_its_own_plan_and_the_councils_it_must_consult() -> None:
    entries = WHOLE.events("PO2510")
    assert kinds(entries, "PO2510") == kinds(WHOLE.events("all"), "PO2510")
    assert kinds(entries, "GM0289") == {"elected", "standstill", "college"}
    assert {"oogo", "consultation", "plan_ends"} <= kinds(entries, "GM0228")  # its youth plan


def test_a_partnership_gets_the_talks_with_the_one_that_it_overlaps_with() -> None:
    entries = shipped("foodvalley").events("VO2509")  # Nijkerk and its neighbours, as PO2509
    assert kinds(entries, "PO2509") == {"overlap"}
    assert not kinds(entries, "PO2510")


def test_a_party_gets_the_agreements_that_it_is_party_to_and_nobody_else_does() -> None:
    for party, expected in (("GM0228", True), ("PO2510", True), ("GM0289", False), ("VO2511", False)):
        assert bool({e.kind for e in WHOLE.events(party)} & set(AGREEMENT_EVENTS)) is expected, party


def test_the_opr_gets_its_steps_of_support_plans_only() -> None:
    entries = WHOLE.events("opr")
    assert {"draft", "opr", "adoption", "submission", "plan_ends"} <= {e.kind for e in entries}
    assert {e.values["plan"].kind.id for e in entries} == {"ondersteuningsplan"}
    assert not {e.kind for e in entries} & {"oogo", "overlap", "window", "elected"}


def test_the_clerks_get_the_councils_and_what_comes_to_a_council() -> None:
    entries = WHOLE.events("griffie")
    assert {"nominated", "elected", "adoption", "agreement_ends"} <= {e.kind for e in entries}
    assert not {e.lane for e in entries} & {"PO2510", "VO2511"}


@pytest.mark.parametrize("name", REGIONS)
def test_every_event_reaches_somebody_beside_everyone(name: str) -> None:
    told = {e.id for a in shipped(name).all() if a != "all" for e in shipped(name).events(a)}
    assert told == {e.id for e in shipped(name).events("all")}


# --- mergers


def test_after_a_merger_the_successor_has_a_feed_and_what_went_into_it_has_none() -> None:
    # Heerhugowaard and Langedijk became Dijk en Waard on 1 January 2022 (Wet arhi).
    file = {
        "region": "proef",
        "name": "Proef",
        "revised": "2026-11-22",
        "municipalities": [{"code": "GM1980"}],
        "agreements": [
            {"name": "A", "parties": ["GM0398"], "first": "2021-01-01", "last": "2027-12-31", "status": "actual"}
        ],
    }
    merged = audiences(as_yaml(file).encode())
    assert list(merged.all()) == ["all", "GM1980", "griffie"]
    assert "agreement_ends" in {e.kind for e in merged.events("GM1980")}


def test_the_successor_gets_the_plan_that_it_took_over_and_who_goes_the_election_it_votes_in() -> None:
    # Wijdemeren goes into Hilversum on 1 January 2027; its people vote with it on 18 November 2026 (data/mergers.csv).
    plan = {"kind": "jeugdplan", "first": "2026-01-01", "last": "2029-12-31", "status": "planned", "source": "x"}
    file = {
        "region": "proef",
        "name": "Proef",
        "revised": "2026-09-01",
        "municipalities": [{"code": "GM1696", "plans": [plan]}, {"code": "GM0402"}],
    }
    merging = audiences(as_yaml(file).encode())
    assert "plan_ends" in {e.kind for e in merging.events("GM0402") if e.lane == "GM1696"}
    assert "elected" in {e.kind for e in merging.events("GM1696") if e.lane == "GM0402"}
    assert "nominated" not in {e.kind for e in merging.events("GM1696") if e.lane == "GM0402"}


# --- which there are


def test_every_party_of_the_region_has_a_feed_and_so_do_oprs_and_clerks() -> None:
    assert list(WHOLE.all()) == ["all", "PO2510", "VO2511", "GM0228", "GM0289", "opr", "griffie"]
    assert list(audiences(as_yaml({"region": "a", "name": "A", "revised": "2026-11-22"}).encode()).all()) == ["all"]


@pytest.mark.parametrize(
    ("asked", "audience"),
    [("gm0228", "GM0228"), ("Ede", "GM0228"), ("ede", "GM0228"), ("po2510", "PO2510"), ("OPR", "opr"), ("All", "all")],
)
def test_an_audience_is_found_by_code_or_name_whatever_the_capitals(asked: str, audience: str) -> None:
    assert shipped("foodvalley").find(asked) == audience


def test_an_audience_that_is_none_is_answered_with_the_nearest() -> None:
    with pytest.raises(CycleplanError) as told:
        shipped("foodvalley").find("grifie")
    assert (told.value.code, told.value.values["near"]) == ("no-such-audience", "griffie")


# --- changed by the region file


def test_a_list_for_one_party_takes_the_place_of_the_default() -> None:
    changed = audiences(region(audiences={"GM0228": ["oogo", "adoption"]}))
    assert {e.kind for e in changed.events("GM0228")} == {"oogo", "adoption"}
    assert "PO2510" in {e.lane for e in changed.events("GM0228") if e.kind == "adoption"}
    assert changed.events("GM0289") == audiences(region()).events("GM0289")


def test_a_list_for_all_municipalities_holds_for_each_without_one_of_its_own() -> None:
    changed = audiences(region(audiences={"municipality": ["elected"], "GM0228": ["oogo"]}))
    assert {e.kind for e in changed.events("GM0289")} == {"elected"}
    assert {e.kind for e in changed.events("GM0228")} == {"oogo"}
    assert {e.lane for e in changed.events("GM0289")} == {"GM0289"}


def test_a_list_does_not_bring_the_other_partnerships_plan_along() -> None:
    file = region_files()["foodvalley"].read_bytes()
    old = b"calendar: {id: 031ed6d5-deb6-47ba-9638-fc503f5803f8}"
    assert old in file
    changed = audiences(file.replace(old, b"calendar: {audiences: {partnership: [overlap, adoption]}}"))
    assert kinds(changed.events("VO2509"), "VO2509") == {"overlap", "adoption"}
    assert kinds(changed.events("VO2509"), "PO2509") == {"overlap"}


def test_a_municipality_that_is_only_party_to_an_agreement_has_a_feed() -> None:
    file = region_file()
    file["agreements"][0]["parties"] = ["GM0228", "GM0345"]
    assert "GM0345" in list(audiences(as_yaml(file).encode()).all())


def test_a_name_of_its_own_is_an_audience_over_everything() -> None:
    changed = audiences(region(audiences={"bestuur": ["window", "adoption"]}))
    assert list(changed.all())[-1] == "bestuur"
    assert {e.kind for e in changed.events("bestuur")} == {"window", "adoption"}
    assert changed.find("Bestuur") == "bestuur"


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_can_be_chosen_by_its_name(event: str) -> None:
    changed = audiences(region(audiences={"all": [event]}))
    assert {e.kind for e in changed.events("all")} <= {event}
    assert {e.kind for e in changed.events("all")} == {event} & {e.kind for e in WHOLE.events("all")}
