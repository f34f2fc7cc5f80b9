import csv
import hashlib
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import cycleplan
from cycleplan.daterules import Status
from cycleplan.loading import load_region
from cycleplan.region import FactDate
from cycleplan.register import ADVISED_MAY_WEEK, load_register
from cycleplan.resources import region_files

REGISTER = load_register()
DATA = Path(cycleplan.__file__).parent / "data"
TABLES = sorted(path.stem for path in DATA.glob("*.csv"))

DIJK_EN_WAARD, HEERHUGOWAARD, LANGEDIJK = "GM1980", "GM0398", "GM0416"
HILVERSUM, WIJDEMEREN = "GM0402", "GM1696"
ALKMAAR, GRAFT_DE_RIJP, SCHERMER = "GM0361", "GM0365", "GM0458"
OISTERWIJK, BOXTEL, HAAREN, TILBURG, VUGHT = "GM0824", "GM0757", "GM0788", "GM0855", "GM0865"
HOEKSCHE_WAARD, WEESP, AMSTERDAM = "GM1963", "GM0457", "GM0363"


def rows(table):
    return list(csv.DictReader((DATA / f"{table}.csv").read_text(encoding="utf-8").splitlines()))


def existing(day):
    return {code for code, m in REGISTER.municipalities.items() if m.exists_on(day)}


# --- the tables


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_source(table):
    source = "name_source" if table == "partnerships" else "source"
    found = rows(table)
    assert found
    without = [row for row in found if not row[source].strip()]
    if table == "partnerships":  # of some no name was found: then there is nothing to name a source for
        without = [row for row in without if row["name"]]
    assert without == []


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_as_many_values_as_there_are_columns(table):
    assert [row for row in rows(table) if None in row or None in row.values()] == []


# --- municipalities and mergers


@pytest.mark.parametrize(
    ("day", "count"),
    [
        # CBS: 342 since 1 January 2023; nd.nl: 345 in 2022, until Weesp went; nos.nl 2223623: 380 in March 2018.
        (date(2018, 3, 21), 380),
        (date(2022, 3, 23), 345),
        (date(2022, 3, 24), 344),
        (date(2023, 1, 1), 342),
        (date(2026, 1, 1), 342),
        (date(2026, 12, 31), 342),
        (date(2027, 1, 1), 341),
    ],
)
def test_as_many_municipalities_exist_as_there_were(day, count):
    assert len(existing(day)) == count


def test_wijdemeren_exists_until_the_day_before_it_goes_into_hilversum():
    assert WIJDEMEREN in existing(date(2026, 12, 31))
    assert WIJDEMEREN not in existing(date(2027, 1, 1))
    assert REGISTER.successor(WIJDEMEREN) == HILVERSUM


def test_every_merger_is_between_municipalities_of_the_register():
    for merger in REGISTER.mergers:
        old, new = REGISTER.municipalities[merger.old], REGISTER.municipalities[merger.new]
        assert not old.exists_on(merger.day), merger
        assert new.exists_on(merger.day), merger
        assert merger.kind in ("merge", "split", "split-part", "rename", "planned")


def test_a_municipality_that_goes_has_one_main_successor():
    main = Counter(m.old for m in REGISTER.mergers if m.kind != "split-part")
    assert set(main.values()) == {1}
    assert set(main) == {code for code, m in REGISTER.municipalities.items() if m.until}


def test_every_merger_election_is_of_a_municipality_that_exists_from_that_day():
    for code, elections in REGISTER.merger_elections.items():
        for election in elections:
            assert REGISTER.municipalities[code].exists_on(election.effective), election
            assert election.regime in ("arhi", "before-2014", "own-act")


def test_every_municipality_of_today_has_a_province_and_a_holiday_region():
    regions = {"noord", "midden", "zuid"}
    for code in existing(date(2026, 1, 1)):
        assert REGISTER.municipalities[code].province
        found = REGISTER.holiday_regions(code)
        assert found, code
        assert set(found) <= regions


def test_a_former_municipality_has_the_holidays_of_the_one_it_went_into():
    assert REGISTER.holiday_regions(HEERHUGOWAARD) == REGISTER.holiday_regions(DIJK_EN_WAARD) == ["noord"]


# --- who made up an area


def test_dijk_en_waard_was_two_municipalities_before_2022():
    assert REGISTER.parties_on([DIJK_EN_WAARD], date(2021, 12, 31)) == {HEERHUGOWAARD, LANGEDIJK}
    assert REGISTER.parties_on([DIJK_EN_WAARD], date(2022, 1, 1)) == {DIJK_EN_WAARD}


def test_a_former_municipality_stands_for_its_successor_once_it_has_gone():
    assert REGISTER.parties_on([HEERHUGOWAARD, LANGEDIJK], date(2022, 1, 1)) == {DIJK_EN_WAARD}
    assert REGISTER.parties_on([HEERHUGOWAARD], date(2021, 12, 31)) == {HEERHUGOWAARD}


def test_hilversum_and_wijdemeren_are_two_until_1_january_2027():
    both = [HILVERSUM, WIJDEMEREN]
    assert REGISTER.parties_on(both, date(2026, 12, 31)) == {HILVERSUM, WIJDEMEREN}
    assert REGISTER.parties_on(both, date(2027, 1, 1)) == {HILVERSUM}


def test_alkmaar_had_graft_de_rijp_and_schermer_beside_it_before_2015():
    assert REGISTER.parties_on([ALKMAAR], date(2014, 12, 31)) == {ALKMAAR, GRAFT_DE_RIJP, SCHERMER}
    assert REGISTER.parties_on([ALKMAAR], date(2015, 1, 1)) == {ALKMAAR}


def test_amsterdam_had_weesp_beside_it_until_24_march_2022():
    assert REGISTER.parties_on([AMSTERDAM], date(2022, 3, 23)) == {AMSTERDAM, WEESP}
    assert REGISTER.parties_on([AMSTERDAM], date(2022, 3, 24)) == {AMSTERDAM}


def test_haaren_was_divided_over_four_and_its_main_successor_is_oisterwijk():
    # Table 33 of the RvIG gives Oisterwijk as the single successor.
    assert {m.new for m in REGISTER.mergers if m.old == HAAREN} == {OISTERWIJK, BOXTEL, TILBURG, VUGHT}
    assert REGISTER.successor(HAAREN) == OISTERWIJK


@pytest.mark.parametrize("code", [OISTERWIJK, BOXTEL, TILBURG, VUGHT])
def test_haaren_counts_for_a_whole_area_and_not_for_one_in_part(code):
    before = date(2020, 12, 31)
    assert REGISTER.parties_on([code], before) == {code, HAAREN}
    assert REGISTER.parties_on([code], before, in_part=frozenset({code})) == {code}
    assert REGISTER.parties_on([code], date(2021, 1, 1)) == {code}


def test_a_merger_counts_for_an_area_in_part_as_well():
    # Only of a municipality that was divided up it is not known in which part it lay.
    in_part = frozenset({DIJK_EN_WAARD})
    assert REGISTER.parties_on([DIJK_EN_WAARD], date(2021, 6, 1), in_part) == {HEERHUGOWAARD, LANGEDIJK}


def test_a_new_name_is_a_new_code_from_its_day_on():
    groesbeek, berg_en_dal = "GM0241", "GM1945"
    assert REGISTER.parties_on([berg_en_dal], date(2015, 12, 31)) == {groesbeek}
    assert REGISTER.parties_on([berg_en_dal], date(2016, 1, 1)) == {berg_en_dal}


def test_on_every_day_of_a_merger_the_whole_country_is_made_up_of_what_exists():
    today = existing(date(2026, 1, 1))
    for day in sorted({merger.day for merger in REGISTER.mergers}):
        assert REGISTER.parties_on(today, day) == existing(day)


# --- partnerships


def test_the_partnerships_have_a_sector_that_goes_with_their_code():
    assert all(code.startswith(p.sector) for code, p in REGISTER.partnerships.items())
    assert {p.sector for p in REGISTER.partnerships.values()} == {"PO", "VO"}


def test_every_municipality_of_a_partnership_exists_in_the_register():
    today = existing(date(2026, 1, 1))
    for partnership in REGISTER.partnerships.values():
        assert set(partnership.municipalities) <= today, partnership.code
        assert len(set(partnership.municipalities)) == len(partnership.municipalities)
        assert set(partnership.in_part) <= set(partnership.municipalities)


def test_every_row_of_an_area_is_of_a_partnership_of_the_register():
    assert {row["partnership"] for row in rows("partnership_municipalities")} <= set(REGISTER.partnerships)


def test_every_partnership_with_an_area_says_of_when_that_is():
    for partnership in REGISTER.partnerships.values():
        if partnership.national:
            assert not partnership.municipalities
            assert not partnership.vintage
        else:
            assert partnership.vintage
            assert partnership.municipalities or partnership.successor


def test_koers_vo_has_no_hoeksche_waard():
    # It has had its own partnership since 2018 (koersvo.nl: nine municipalities, without it).
    assert HOEKSCHE_WAARD not in REGISTER.partnerships["VO2810"].municipalities


def test_kind_op_1_is_one_partnership():
    # swvkindop1.nl: the Oosterschelde region and Walcheren, one partnership, one OPR, one plan.
    assert REGISTER.partnerships["PO2902"].successor == "PO2901"
    names = {REGISTER.municipalities[code].name for code in REGISTER.partnerships["PO2901"].municipalities}
    walcheren = {"Middelburg (Z.)", "Veere", "Vlissingen"}
    oosterschelde = {"Borsele", "Goes", "Kapelle", "Noord-Beveland", "Reimerswaal", "Schouwen-Duiveland", "Tholen"}
    assert names == walcheren | oosterschelde
    assert REGISTER.partnerships["PO2902"].municipalities == ()


def test_every_municipality_lies_in_a_partnership_of_either_sector():
    # Hoeksche Waard VO is the exception: the code of its own partnership was not found.
    today = existing(date(2026, 1, 1))
    found = defaultdict(set)
    for partnership in REGISTER.partnerships.values():
        found[partnership.sector].update(partnership.municipalities)
    assert today - found["PO"] == set()
    assert today - found["VO"] == {HOEKSCHE_WAARD}


# --- school holidays


def test_school_holidays_are_known_to_the_summer_of_2030():
    last = {region: max(h.period.last for h in found) for region, found in REGISTER.school_holidays.items()}
    assert set(last) == {"noord", "midden", "zuid"}
    assert all(day.year == 2030 for day in last.values())
    assert max(REGISTER.holiday_years) == 2029


@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
def test_every_school_year_has_its_five_holidays_of_9_16_9_9_and_44_days(region):
    # With the weekends around them: one week, two, one, one and six.
    lengths = defaultdict(dict)
    for holiday in REGISTER.school_holidays[region]:
        if holiday.name != ADVISED_MAY_WEEK:
            assert holiday.name not in lengths[holiday.school_year]
            lengths[holiday.school_year][holiday.name] = holiday.period.days
    assert set(lengths) == {f"{year}-{year + 1}" for year in range(2019, 2030)}
    for year, found in lengths.items():
        assert found == {"herfst": 9, "kerst": 16, "voorjaar": 9, "mei": 9, "zomer": 44}, year


@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
def test_school_holidays_run_from_saturday_to_sunday_within_their_school_year(region):
    for holiday in REGISTER.school_holidays[region]:
        assert (holiday.period.first.weekday(), holiday.period.last.weekday()) == (5, 6)
        start = int(holiday.school_year[:4])
        # The summer holiday closes the school year and may run past 31 July.
        assert date(start, 8, 1) < holiday.period.first < date(start + 1, 8, 1)
        assert holiday.status in ("fixed", "advised")


@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
def test_school_holidays_of_one_region_do_not_overlap(region):
    # The advised May week does: it begins a week earlier and shares a weekend with the fixed one.
    found = sorted(h.period for h in REGISTER.school_holidays[region] if h.name != ADVISED_MAY_WEEK)
    assert all(a.last < b.first for a, b in pairwise(found))


# --- elections, colleges, formation


def test_the_regular_elections_that_were_held_are_known_with_their_source():
    held = [day.isoformat() for day, source in REGISTER.council_elections.items() if source]
    assert held == ["2010-03-03", "2014-03-19", "2018-03-21", "2022-03-16", "2026-03-18"]


def test_a_known_college_came_after_its_election():
    for (code, elected), college in REGISTER.colleges.items():
        assert REGISTER.municipalities[code].exists_on(college.day)
        assert college.day > elected
        assert college.status in (Status.ACTUAL, Status.PLANNED, Status.EXPECTED)


def test_the_points_of_the_formation_lengths_are_those_of_2022():
    # design.md, section 4
    expected = [(22, 1 / 333), (63.5, 0.36), (108, 287 / 333), (122, 327 / 333), (197, 332 / 333), (229, 1)]
    assert REGISTER.formation_lengths == tuple(pytest.approx(point) for point in expected)


# --- plans, and the day of the last change


def test_every_plan_of_the_register_is_of_a_partnership_that_exists_and_they_do_not_overlap():
    assert set(REGISTER.plans) <= set(REGISTER.partnerships)
    assert [code for code in REGISTER.plans if REGISTER.partnerships[code].successor] == []
    for plans in REGISTER.plans.values():
        for before, after in pairwise(plans):
            assert before.last is None or before.last < after.first, after


def test_plan_periods_are_those_that_the_findings_count():
    # design.md section 1: all 10 that began in the summer after the election of 2022, and all 10 a year later; the
    # national partnership, which has no municipalities, is not among them.
    starts = Counter(
        plan.first.isoformat()
        for code, plans in REGISTER.plans.items()
        for plan in plans
        if plan.last and not REGISTER.partnerships[code].national
    )
    assert (starts["2022-08-01"], starts["2023-08-01"]) == (10, 10)


def test_steps_of_the_plans_of_the_register_are_days_or_months():
    texts = [text for plans in REGISTER.plans.values() for plan in plans for text in plan.steps.values()]
    assert "2022-12" in texts
    assert str(FactDate.read("2022-12").day) == "2022-12-31"
    assert [text for text in texts if str(FactDate.read(text)) != text] == []


def test_a_note_of_the_register_stands_in_both_languages():
    plans = [plan for plans in REGISTER.plans.values() for plan in plans]
    assert [plan for plan in plans if set(plan.note) not in (set(), {"nl", "en"})] == []


def test_the_tables_have_not_changed_since_the_day_that_the_register_names():
    text = (DATA / "register.yaml").read_text(encoding="utf-8")
    content = b"".join((DATA / f"{table}.csv").read_bytes() for table in TABLES)
    said = re.search(r"^tables: ([0-9a-f]{64})$", text, re.MULTILINE)
    found = hashlib.sha256(content).hexdigest()
    assert said, found
    # A table has changed: put this hash at `tables` in data/register.yaml, and the day of today at `revised`.
    assert said[1] == found
    assert date(2026, 1, 1) <= REGISTER.revised


@pytest.mark.parametrize("region", region_files())
def test_a_region_that_ships_knows_the_plans_that_the_register_knows(region):
    found = load_region(region_files()[region], REGISTER).region
    for code, partnership in found.partnerships.items():
        own = [
            (p.first.day, p.last and p.last.day, p.status, *map(str, p.oogo), *map(str, p.opr))
            for p in partnership.plans
        ]
        known = [
            (p.first, p.last, p.status, *(p.steps[key] for key in ("oogo", "opr") if key in p.steps))
            for p in REGISTER.plans.get(code, [])
        ]
        assert own == known, code
