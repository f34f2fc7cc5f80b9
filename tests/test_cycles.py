import csv
import re
import textwrap
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cycleplan
from cycleplan.cycles import BY_TIME, Cycles, Level, formation_days
from cycleplan.daterules import Status
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.periods import Period
from cycleplan.region import Policy
from cycleplan.register import load_register

REGISTER = load_register()
REFERENCE = Path(__file__).parent / "reference"
DAY = timedelta(days=1)
UNTIL = date(2038, 7, 31)
HEAD = "region: proef\nname: Proef\nrevised: 2026-11-22\n"

AMSTERDAM, WEESP = "GM0363", "GM0457"
DIJK_EN_WAARD, HEERHUGOWAARD, LANGEDIJK = "GM1980", "GM0398", "GM0416"
GOOISE_MEREN, EDAM_VOLENDAM = "GM1942", "GM0385"
HILVERSUM, WIJDEMEREN = "GM0402", "GM1696"
EDE, SCHERPENZEEL = "GM0228", "GM0279"  # of Ede the register knows colleges, of Scherpenzeel none


def cycles(text=""):
    loaded = load_text((HEAD + textwrap.dedent(text)).encode(), "proef.yaml", REGISTER)
    assert loaded.problems == ()
    return Cycles(loaded.region, REGISTER, load_law(), UNTIL)


def with_codes(*codes):
    return cycles("municipalities:\n" + "".join(f"  - code: {code}\n" for code in codes))


def with_council(*facts, code=SCHERPENZEEL):
    lines = "".join(f"      - {{{fact}}}\n" for fact in facts)
    return cycles(f"municipalities:\n  - code: {code}\n    councils:\n{lines}")


def with_recess(text, code=SCHERPENZEEL):
    return cycles(f"municipalities:\n  - code: {code}\n    recess:\n      {text}\n")


def reference(name):
    return list(csv.DictReader((REFERENCE / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def elected(found):
    return [election.elected.day for election in found]


def election_of(found, code, polling):
    return next(e for e in found.elections(code) if e.elected.day == polling)


ALL = cycles()


# --- regular elections


@pytest.mark.parametrize("row", reference("councils"), ids=lambda row: row["year"])
def test_a_regular_council_has_the_dates_of_the_reference(row):
    year = int(row["year"])
    (found,) = [e for e in ALL.all_elections.regular_elections() if e.elected.day.year == year]
    days = [found.nominated.day, found.elected.day, found.first.day]
    assert [day.isoformat() for day in days] == [row["nominated"], row["elected"], row["first_sitting"]]
    # What was held is a fact with a source, what comes is computed.
    held = year <= 2026
    assert found.elected.status is (Status.ACTUAL if held else Status.EXPECTED)
    assert bool(found.elected.trace[-1].values.get("source")) == held


def test_regular_elections_come_every_four_years_from_2010_until_past_the_horizon():
    years = [e.elected.day.year for e in ALL.all_elections.regular_elections()]
    assert years == list(range(2010, years[-1] + 1, 4))
    assert years[-1] > UNTIL.year, "the council that sits at the end needs the next one"


def test_a_municipality_without_mergers_has_the_regular_elections_and_no_others():
    found = with_codes(SCHERPENZEEL)
    assert elected(found.elections(SCHERPENZEEL)) == elected(ALL.all_elections.regular_elections())
    assert {e.municipality for e in found.elections(SCHERPENZEEL)} == {SCHERPENZEEL}
    assert found.elections(SCHERPENZEEL)[4].id == f"{SCHERPENZEEL}/council/2026-03-18"


# --- elections because of a merger


def merger_rows():
    return [
        pytest.param(row, id=f"{row['municipality']}-{row['effective_date']}") for row in reference("merger_elections")
    ]


@pytest.mark.parametrize("row", merger_rows())
def test_a_merger_election_is_on_the_day_of_the_reference(row):
    effective = date.fromisoformat(row["effective_date"])
    (found,) = [e for e in ALL.elections(row["code"]) if e.merger == effective]
    assert found.elected.day.isoformat() == row["election_date"]
    assert found.nominated.day < found.elected.day < found.first.day
    assert effective <= found.first.day


@pytest.mark.parametrize("row", merger_rows())
def test_neither_the_new_council_nor_the_old_ones_take_part_in_the_election_that_is_skipped(row):
    if not row["skipped_regular_election"]:
        return
    skipped = date.fromisoformat(row["skipped_regular_election"])
    effective = date.fromisoformat(row["effective_date"])
    olds = [m.old for m in REGISTER.predecessors(row["code"]) if m.day == effective and m.kind != "split-part"]
    for code in [row["code"], *olds]:
        assert skipped not in elected(ALL.elections(code)), code


@pytest.mark.parametrize("row", merger_rows())
def test_after_a_merger_the_first_regular_election_is_that_of_the_reference(row):
    if not row["next_regular_election"]:
        return
    effective = date.fromisoformat(row["effective_date"])
    # In the lane, for a municipality that took another name.
    later = [
        t.election.elected.day
        for t in ALL.lane(row["code"])
        if t.election.merger is None and t.election.elected.day > effective
    ]
    assert later[0].isoformat() == row["next_regular_election"]


def herindeling_cases():
    effective = {row["effective"]: row for row in reference("herindeling")}
    return [
        pytest.param(row["code"], effective[row["effective_date"]], id=f"{row['municipality']}-{row['effective_date']}")
        for row in reference("merger_elections")
        if row["effective_date"] in effective
    ]


@pytest.mark.parametrize(("code", "row"), herindeling_cases())
def test_a_merger_has_the_nomination_polling_and_first_sitting_of_the_reference(code, row):
    effective = date.fromisoformat(row["effective"])
    (found,) = [e for e in ALL.elections(code) if e.merger == effective]
    days = [found.nominated.day, found.elected.day, found.first.day]
    assert [day.isoformat() for day in days] == [row["nominated"], row["elected"], row["first_sitting"]]


def test_every_vector_of_the_reference_has_a_merger_that_it_is_checked_on():
    assert {case.values[1]["effective"] for case in herindeling_cases()} == {
        row["effective"] for row in reference("herindeling")
    }


def test_gooise_meren_voted_in_2018_and_edam_volendam_of_the_same_day_did_not():
    # gemeente.nu: the Act of Gooise Meren says otherwise than Wet arhi 56e.
    assert date(2018, 3, 21) in elected(ALL.elections(GOOISE_MEREN))
    assert date(2018, 3, 21) not in elected(ALL.elections(EDAM_VOLENDAM))
    assert ALL.elections(GOOISE_MEREN)[0].merger == date(2016, 1, 1)


def test_no_municipality_has_a_rule_of_its_own_in_the_code():
    # Exceptions are data of the register: no code of a municipality stands in the engine.
    code = (Path(cycleplan.__file__).parent / "cycles.py").read_text(encoding="utf-8")
    assert re.findall(r"GM\d{4}", code) == []
    assert re.findall(r"date\((19|20)\d\d", code) == []


def test_the_old_councils_of_hilversum_and_wijdemeren_sit_until_the_merger():
    # Elections of March 2026 dropped (Wet arhi 56a, 56b), the term extended to 1 January 2027.
    for code in (HILVERSUM, WIJDEMEREN):
        assert date(2026, 3, 18) not in elected(ALL.elections(code))
        sitting = next(t for t in ALL.lane(code) if date(2026, 6, 1) in t.period)
        assert sitting.election.elected.day == date(2022, 3, 16)
        assert sitting.period.last == date(2027, 1, 3)
    assert election_of(ALL, HILVERSUM, date(2026, 11, 18)).first.day == date(2027, 1, 4)


# --- Amsterdam and Weesp


def test_amsterdam_voted_in_march_2022_and_its_new_council_sat_on_24_march():
    # nd.nl: the one exception to 30 March, because of the merger with Weesp on the 24th.
    found = election_of(ALL, AMSTERDAM, date(2022, 3, 16))
    assert (found.nominated.day, found.first.day) == (date(2022, 1, 31), date(2022, 3, 24))
    assert elected(ALL.elections(AMSTERDAM)).count(date(2022, 3, 16)) == 1


def test_the_college_of_amsterdam_is_estimated_since_its_merger_was_under_another_act():
    found = election_of(ALL, AMSTERDAM, date(2022, 3, 16))
    assert found.formed is None
    assert ALL.college(found).day == date(2022, 3, 16) + 76 * DAY


def test_weesp_voted_for_amsterdam_and_its_council_ended_the_day_before_the_new_one_sat():
    assert elected(ALL.elections(WEESP)) == [date(2010, 3, 3), date(2014, 3, 19), date(2018, 3, 21)]
    *_, last_own, amsterdam = [t for t in ALL.lane(WEESP) if t.period.first <= date(2022, 12, 31)]
    assert last_own.period == Period(date(2018, 3, 29), date(2022, 3, 23))
    assert amsterdam.election.municipality == AMSTERDAM
    assert amsterdam.period.first == date(2022, 3, 24)


# --- terms


def test_a_term_runs_to_the_day_before_the_next_council_sits():
    lane = with_codes(SCHERPENZEEL).lane(SCHERPENZEEL)
    term = next(t for t in lane if t.election.elected.day == date(2022, 3, 16))
    assert term.period == Period(date(2022, 3, 30), date(2026, 3, 31))


def test_heerhugowaard_goes_on_as_dijk_en_waard():
    lane = ALL.lane(HEERHUGOWAARD)
    own = [t for t in lane if t.election.municipality == HEERHUGOWAARD]
    later = [t for t in lane if t.election.municipality != HEERHUGOWAARD]
    assert [*own, *later] == list(lane)
    assert own[-1].period == Period(date(2018, 3, 29), date(2022, 1, 2))
    assert later[0].election.elected.day == date(2021, 11, 24)
    assert later[0].period == Period(date(2022, 1, 3), date(2026, 3, 31))
    assert {t.election.municipality for t in later} == {DIJK_EN_WAARD}
    assert later == list(ALL.lane(DIJK_EN_WAARD))


@pytest.mark.parametrize("code", sorted(REGISTER.municipalities))
def test_the_terms_of_every_lane_follow_each_other_without_a_gap(code):
    lane = ALL.lane(code)
    assert lane
    assert all(a.period.after == b.period.first for a, b in pairwise(lane))
    assert all(t.election.nominated.day < t.election.elected.day < t.period.first for t in lane)
    assert lane[-1].period.last >= UNTIL


# --- the college


def test_the_quantiles_of_the_formation_are_33_76_and_112_days():
    # design.md, section 4
    shares = dict(zip(BY_TIME, Policy().formation_quantiles, strict=True))
    days = {level: formation_days(REGISTER.formation_lengths, share) for level, share in shares.items()}
    assert days == {Level.POSSIBLE: 33, Level.LIKELY: 76, Level.CERTAIN: 112}


def test_eight_municipalities_together_take_98_114_or_147_days():
    found = with_codes(SCHERPENZEEL)
    election = election_of(found, SCHERPENZEEL, date(2026, 3, 18))
    days = {level: (found.college(election, level, 8).day - date(2026, 3, 18)).days for level in Level}
    assert days == {Level.POSSIBLE: 98, Level.LIKELY: 114, Level.CERTAIN: 147}


@given(st.floats(0.001, 1.0), st.floats(0.001, 1.0))
def test_a_larger_share_never_takes_fewer_days(one, other):
    less, more = sorted((one, other))
    points = REGISTER.formation_lengths
    assert 22 <= formation_days(points, less) <= formation_days(points, more) <= 229


def test_the_known_points_give_themselves():
    for days, share in REGISTER.formation_lengths:
        assert abs(formation_days(REGISTER.formation_lengths, share) - days) <= 0.5


def test_an_estimated_college_says_what_it_was_estimated_from():
    found = with_codes(SCHERPENZEEL)
    college = found.college(election_of(found, SCHERPENZEEL, date(2026, 3, 18)))
    assert (college.day, college.status) == (date(2026, 6, 2), Status.EXPECTED)
    estimate = college.trace[-1]
    assert (estimate.code, estimate.values["days"], estimate.values["share"]) == ("estimate", 76, 0.5)


def test_an_estimate_for_several_says_for_how_many_and_what_it_would_be_for_one():
    found = with_codes(SCHERPENZEEL)
    polled = date(2026, 3, 18)
    estimate = found.college(election_of(found, SCHERPENZEEL, polled), Level.LIKELY, 8).trace[-1]
    # 114 days for eight together, 76 for one (the figures of the reference).
    assert (estimate.day, estimate.values) == (
        polled + 114 * DAY,
        {"from": polled, "days": 114, "share": 0.5, "together": 8, "dependent": polled + 76 * DAY},
    )


@pytest.mark.parametrize(("asked", "code"), [(True, "given_on_command"), (False, "given_in_file")])
def test_given_days_stand_for_each_level_as_an_assumption_that_says_who_gave_them(asked, code):
    region = cycles("municipalities:\n  - code: GM0279\n").region
    policy = region.policy._replace(formation_days=(30, 60, 90), formation_asked=asked)
    found = Cycles(replace(region, policy=policy), REGISTER, load_law(), UNTIL)
    polled = date(2030, 3, 20)
    election = election_of(found, SCHERPENZEEL, polled)
    for level, days in zip((Level.POSSIBLE, Level.LIKELY, Level.CERTAIN), (30, 60, 90), strict=True):
        for together in (1, 8):  # taken as they stand
            college = found.college(election, level, together)
            assert (college.day, college.status) == (polled + days * DAY, Status.ASSUMED)
            assert college.trace[:-1] == election.elected.trace
            given = college.trace[-1]
            assert (given.code, given.day, given.values) == (
                code,
                college.day,
                {"from": polled, "days": days, "level": level},
            )


def test_a_known_college_is_the_same_at_every_level():
    # Ede 2018: installed on 17 May 2018 (ede.vvd.nl).
    found = with_codes(EDE)
    election = election_of(found, EDE, date(2018, 3, 21))
    assert election.observed
    for level in Level:
        assert found.college(election, level, 8).day == date(2018, 5, 17)
    assert found.college(election).status is Status.ACTUAL


def test_the_college_of_the_file_wins_over_that_of_the_register():
    found = with_council("elected: 2018-03-21, college_formed: 2018-06-01, status: planned, source: krant", code=EDE)
    college = found.college(election_of(found, EDE, date(2018, 3, 21)))
    assert (college.day, college.status) == (date(2018, 6, 1), Status.PLANNED)
    assert college.trace[0].values["source"] == "krant"


def test_a_college_known_by_its_month_counts_from_the_last_day_of_it():
    found = with_council("elected: 2026-03-18, college_formed: 2026-06, status: actual, source: krant")
    assert found.college(election_of(found, SCHERPENZEEL, date(2026, 3, 18))).day == date(2026, 6, 30)


def test_after_a_merger_the_aldermen_are_appointed_at_the_first_sitting():
    # Wet arhi 56 lid 3
    found = election_of(ALL, HILVERSUM, date(2026, 11, 18))
    assert ALL.college(found).day == date(2027, 1, 4)
    assert ALL.college(found, Level.CERTAIN, 8).day == date(2027, 1, 4)
    assert not found.observed


def test_a_new_council_counts_from_the_installation_of_its_college():
    found = with_council("elected: 2022-03-16, college_formed: 2022-06-01, status: actual, source: krant")
    before, after = (found.in_office(SCHERPENZEEL, day) for day in (date(2022, 5, 31), date(2022, 6, 1)))
    assert before[1].election.elected.day == date(2018, 3, 21)
    assert after == (date(2022, 6, 1), after[1])
    assert after[1].election.elected.day == date(2022, 3, 16)
    assert found.in_office(SCHERPENZEEL, date(2010, 1, 1)) is None


# --- facts of the file


def test_a_fact_that_replaces_an_election_moves_it_and_its_nomination():
    found = with_council(
        "elected: 2026-11-18, replaces: 2026-03-18, first: 2026-12-02, status: planned, source: besluit"
    )
    assert date(2026, 3, 18) not in elected(found.elections(SCHERPENZEEL))
    moved = election_of(found, SCHERPENZEEL, date(2026, 11, 18))
    assert moved.nominated.day == date(2026, 10, 5), "44 days before (Kieswet J 1)"
    assert moved.first.day == date(2026, 12, 2)
    assert moved.elected.status is Status.PLANNED
    assert moved.id == f"{SCHERPENZEEL}/council/2026-11-18"
    assert found.all_elections.computed_days(SCHERPENZEEL) == elected(ALL.all_elections.regular_elections()), (
        "as the law has them"
    )
    before = next(t for t in found.lane(SCHERPENZEEL) if date(2026, 6, 1) in t.period)
    assert before.period == Period(date(2022, 3, 30), date(2026, 12, 1))
    assert found.college(moved).day == date(2026, 11, 18) + 76 * DAY


def test_a_fact_about_an_election_that_was_moved_is_found_by_its_new_day():
    found = with_council(
        "elected: 2026-11-18, replaces: 2026-03-18, first: 2026-12-02, status: planned, source: besluit",
        "elected: 2026-11-18, college_formed: 2027-01-20, status: actual, source: krant",
    )
    moved = election_of(found, SCHERPENZEEL, date(2026, 11, 18))
    assert found.college(moved).day == date(2027, 1, 20)


def test_a_fact_without_replaces_adds_to_the_computed_election():
    found = with_council(
        "elected: 2026-03-18, nominated: 2026-01-30, first: 2026-04-02, status: actual, source: besluit"
    )
    election = election_of(found, SCHERPENZEEL, date(2026, 3, 18))
    assert (election.nominated.day, election.first.day) == (date(2026, 1, 30), date(2026, 4, 2))
    assert elected(found.elections(SCHERPENZEEL)) == elected(ALL.all_elections.regular_elections())


def test_a_merger_council_that_sits_later_appoints_its_aldermen_then():
    # Wet arhi 53 lid 2: credentials not approved in time, so a later first sitting; 56 lid 3: aldermen in it.
    found = with_council("elected: 2026-11-18, first: 2027-01-11, status: planned, source: besluit", code=HILVERSUM)
    election = election_of(found, HILVERSUM, date(2026, 11, 18))
    assert election.first.day == date(2027, 1, 11)
    assert found.college(election).day == date(2027, 1, 11)


# --- standstill


def standstill_in(found, code, year, level=Level.LIKELY):
    return next(s for s in found.standstills(code, level) if s.period.first.year == year)


def test_standstill_runs_from_nomination_day_to_the_day_before_the_new_college():
    found = with_council("elected: 2026-03-18, college_formed: 2026-06-01, status: actual, source: krant")
    standstill = standstill_in(found, SCHERPENZEEL, 2026)
    assert standstill.period == Period(date(2026, 2, 2), date(2026, 5, 31))
    assert (standstill.cause, standstill.event) == ("election", date(2026, 3, 18))
    assert not found.in_standstill(SCHERPENZEEL, date(2026, 2, 1))
    assert found.in_standstill(SCHERPENZEEL, date(2026, 2, 2))
    assert found.in_standstill(SCHERPENZEEL, date(2026, 5, 31))
    assert not found.in_standstill(SCHERPENZEEL, date(2026, 6, 1))


@pytest.mark.parametrize(("level", "days"), [(Level.POSSIBLE, 33), (Level.LIKELY, 76), (Level.CERTAIN, 112)])
def test_an_estimated_standstill_ends_at_the_quantile_of_its_level(level, days):
    found = with_codes(SCHERPENZEEL)
    assert standstill_in(found, SCHERPENZEEL, 2030, level).period == Period(
        date(2030, 2, 4), date(2030, 3, 20) + (days - 1) * DAY
    )


def test_a_college_that_fell_gives_a_standstill_up_to_the_day_before_the_next():
    found = with_council(
        "elected: 2022-03-16, college_formed: 2022-05-30, status: actual, source: krant",
        "elected: 2022-03-16, fell: 2023-04-01, college_formed: 2023-05-24, status: actual, source: krant",
    )
    fall = standstill_in(found, SCHERPENZEEL, 2023)
    assert fall.period == Period(date(2023, 4, 1), date(2023, 5, 23))
    assert (fall.cause, fall.event) == ("fall", date(2023, 4, 1))
    assert standstill_in(found, SCHERPENZEEL, 2022).period.last == date(2022, 5, 29)
    assert [day for day, _ in found.installations(SCHERPENZEEL) if day.year in (2022, 2023)] == [
        date(2022, 5, 30),
        date(2023, 5, 24),
    ]


def test_a_college_that_fell_leaves_the_first_college_of_the_term_as_it_was():
    found = with_council("elected: 2022-03-16, fell: 2023-04-01, college_formed: 2023-05-24, status: actual, source: k")
    election = election_of(found, SCHERPENZEEL, date(2022, 3, 16))
    assert election.formed is None
    assert found.college(election).day == date(2022, 3, 16) + 76 * DAY


def test_before_a_merger_the_old_municipality_is_in_standstill_until_it_goes():
    # Nomination for the new council on 11 October 2021, merger on 1 January 2022.
    for code in (HEERHUGOWAARD, LANGEDIJK):
        last = ALL.standstills(code)[-1]
        assert last.period == Period(date(2021, 10, 11), date(2021, 12, 31))
        assert last.cause == "merger"
        assert (last.ends.day, last.ends.status) == (date(2022, 1, 1), Status.EXPECTED)
        (goes,) = last.ends.trace
        assert (goes.code, goes.day, goes.values) == ("goes", date(2022, 1, 1), {"into": DIJK_EN_WAARD})
        assert last.starts.day == date(2021, 10, 11)
    # The new municipality exists from 1 January and has aldermen from the first sitting on the 3rd.
    assert ALL.standstills(DIJK_EN_WAARD)[0].period == Period(date(2022, 1, 1), date(2022, 1, 2))


def test_standstill_is_asked_of_the_successor_once_a_municipality_has_gone():
    assert ALL.in_standstill(HEERHUGOWAARD, date(2021, 12, 31))
    assert ALL.in_standstill(HEERHUGOWAARD, date(2022, 1, 2))
    assert not ALL.in_standstill(HEERHUGOWAARD, date(2022, 1, 3))
    assert ALL.standstill_days(HEERHUGOWAARD, Period(date(2021, 1, 1), date(2022, 12, 31))) == 82 + 2


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2021, 12, 1), date(2021, 12, 31), 31),  # its own to its last day
        (date(2021, 12, 31), date(2021, 12, 31), 1),
        (date(2021, 12, 31), date(2022, 1, 1), 2),  # and on the first day the new one's
        (date(2022, 1, 1), date(2022, 12, 31), 2),
        (date(2022, 1, 3), date(2022, 12, 31), 0),
    ],
)
def test_days_of_standstill_are_counted_on_both_sides_of_a_merger(first, last, days):
    assert ALL.standstill_days(HEERHUGOWAARD, Period(first, last)) == days


def test_a_municipality_that_goes_keeps_the_standstills_of_its_elections_by_day():
    found = ALL.standstills(HEERHUGOWAARD)
    assert [s.period.first.year for s in found] == [2010, 2014, 2018, 2021]
    assert [s.cause for s in found] == ["election", "election", "election", "merger"]


def test_colleges_and_standstills_are_in_the_order_of_their_days():
    # A fall that is told before the college that fell.
    found = with_council(
        "elected: 2026-03-18, fell: 2028-04-01, college_formed: 2028-05-24, status: actual, source: krant",
        "elected: 2026-03-18, fell: 2027-04-01, college_formed: 2027-05-24, status: actual, source: krant",
    )
    standstills = [s.period.first for s in found.standstills(SCHERPENZEEL)]
    assert standstills == sorted(standstills)
    assert {date(2027, 4, 1), date(2028, 4, 1)} < set(standstills)
    days = [day for day, _ in found.installations(SCHERPENZEEL)]
    assert days == sorted(days)


def test_a_standstill_that_others_must_wait_for_too_ends_later_and_only_after_that_election():
    found = with_codes(SCHERPENZEEL)
    polled = {year: e.elected.day for e in found.elections(SCHERPENZEEL) if (year := e.elected.day.year) >= 2030}
    together = {polled[2030]: 8}
    ends = {s.event.year: s.ends.day for s in found.standstills(SCHERPENZEEL, Level.LIKELY, together)}
    assert ends[2030] == polled[2030] + 114 * DAY
    assert ends[2034] == polled[2034] + 76 * DAY


@pytest.mark.parametrize("code", sorted(REGISTER.municipalities))
def test_standstills_lie_within_the_days_of_the_municipality(code):
    known = REGISTER.municipalities[code]
    for level in Level:
        for standstill in ALL.standstills(code, level):
            assert known.since is None or known.since <= standstill.period.first
            assert known.until is None or standstill.period.last <= known.until


# --- recess


def school_holidays(region, *years):
    """The days of the school holidays, straight from the table, without the advised May week."""
    text = (Path(cycleplan.__file__).parent / "data" / "school_holidays.csv").read_text(encoding="utf-8")
    return {
        Period(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        for row in csv.DictReader(text.splitlines())
        if row["region"] == region and row["name"] != "mei_adviesweek"
    }


def test_recess_is_every_school_holiday_of_its_region_but_the_advised_may_week():
    found = with_codes(SCHERPENZEEL)
    recesses = found.recesses(SCHERPENZEEL)
    assert {r.period for r in recesses} == school_holidays("midden")
    assert "mei_adviesweek" not in {r.name for r in recesses}
    assert {r.status for r in recesses} == {Status.ASSUMED}, "that a council keeps them is assumed"
    advised = [h for h in found.holidays(found.region.municipalities[SCHERPENZEEL]) if h.name == "mei_adviesweek"]
    assert [(h.period.first, h.period.last) for h in advised] == [
        (date(2028, 4, 22), date(2028, 4, 30)),
        (date(2029, 4, 21), date(2029, 4, 29)),
    ]


def test_a_recess_has_the_name_the_school_year_and_the_source_of_its_holiday():
    text = (Path(cycleplan.__file__).parent / "data" / "school_holidays.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["region"] == "midden"]
    kept = [row for row in rows if row["name"] != "mei_adviesweek"]
    names = (Path(cycleplan.__file__).parent / "data" / "school_holiday_sources.csv").read_text(encoding="utf-8")
    named = {row["key"]: row["source"] for row in csv.DictReader(names.splitlines())}
    recesses = {r.period.first.isoformat(): r for r in with_codes(SCHERPENZEEL).recesses(SCHERPENZEEL)}
    assert len(recesses) == len(kept)
    for row in kept:
        found = recesses[row["first"]]
        assert (found.name, found.school_year) == (row["name"], row["school_year"])
        assert found.source.startswith(named[row["source"][0]])


@pytest.mark.parametrize("what", ["add", "replace"])
def test_a_recess_of_its_own_is_of_that_council_alone(what):
    own = f"{what}: [{{first: 2027-02-23, last: 2027-02-26, status: actual, source: krant}}]"
    first, second = f"{{code: {SCHERPENZEEL}, recess: {{{own}}}}}", f"{{code: {EDE}, holiday_region: midden}}"
    both = cycles(f"municipalities:\n  - {first}\n  - {second}\n")
    assert {r.period for r in both.recesses(EDE)} == school_holidays("midden")
    (mine,) = (r for r in both.recesses(SCHERPENZEEL) if r.name == "own")
    assert (mine.period, mine.school_year) == (Period(date(2027, 2, 23), date(2027, 2, 26)), "")
    assert (mine.status, mine.source) == (Status.ACTUAL, "krant")


def test_recesses_are_in_the_order_of_their_days_also_those_of_a_council_itself():
    found = with_recess("add: [{first: 2015-06-01, last: 2015-06-05, status: actual, source: krant}]")
    first = [r.period.first for r in found.recesses(SCHERPENZEEL)]
    assert first == sorted(first)


def test_the_holiday_region_of_the_file_decides():
    found = cycles(f"municipalities: [{{code: {SCHERPENZEEL}, holiday_region: noord}}]")
    assert {r.period for r in found.recesses(SCHERPENZEEL)} == school_holidays("noord")


def test_replace_stands_in_the_place_of_the_school_holidays_it_overlaps():
    # Barneveld's own recess of 2024: 11 July to 28 August (its table of meetings).
    own = Period(date(2024, 7, 11), date(2024, 8, 28))
    found = with_recess("replace: [{first: 2024-07-11, last: 2024-08-28, status: expected, source: rooster}]")
    summer = {period for period in school_holidays("midden") if period & own}
    assert len(summer) == 1
    assert {r.period for r in found.recesses(SCHERPENZEEL)} == (school_holidays("midden") - summer) | {own}
    (recess,) = [r for r in found.recesses(SCHERPENZEEL) if r.period == own]
    assert (recess.name, recess.status, recess.source) == ("own", Status.EXPECTED, "rooster")


def test_replace_by_a_shorter_recess_frees_the_rest_of_the_holiday():
    (summer,) = [p for p in school_holidays("midden") if p.first.year == 2026 and p.days == 44]
    short = f"first: {summer.first}, last: {summer.first + 13 * DAY}"
    found = with_recess(f"replace: [{{{short}, source: griffie}}]")
    assert not any(summer.last in r.period for r in found.recesses(SCHERPENZEEL))
    assert any(summer.first in r.period for r in found.recesses(SCHERPENZEEL))


def test_add_adds_and_takes_nothing_away():
    found = with_recess("add: [{first: 2024-07-11, last: 2024-08-28, source: griffie}]")
    own = Period(date(2024, 7, 11), date(2024, 8, 28))
    assert {r.period for r in found.recesses(SCHERPENZEEL)} == school_holidays("midden") | {own}
