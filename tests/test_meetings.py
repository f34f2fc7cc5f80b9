"""Whether one meeting can serve two OOGOs: against sets of days over random regions, and by hand."""

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations

import bruteforce
import pytest
from bruteforce import DAY, days_of
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from running import LANGUAGES, aligned, alignment_of, as_yaml, words_of
from worlds import descriptions

from cycleplan.alignment import align
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.outputs import records
from cycleplan.outputs.terminal import windows as windows_screen
from cycleplan.register import load_register

quick = partial(settings, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
FACTS = {"status": "actual", "source": "verzonnen"}
PO, VO = "PO2510", "VO2509"


# --- against sets of days


@st.composite
def _cases(draw):
    """A world with a plan of a PO and of a VO partnership, and a youth plan of its first municipality."""
    told = replace(draw(descriptions()), oogo=(), adopted=())
    parts = st.lists(st.sampled_from(told.area), min_size=1, unique=True)
    ours, theirs = draw(parts), draw(parts)
    year = told.year + draw(st.sampled_from([0, 0, 0, 1]))
    youth = date(told.year, draw(st.integers(1, 12)), 1) + relativedelta(months=draw(st.sampled_from([0, 6, 12])))
    return told, ours, theirs, year, youth


def _file(told, ours, theirs, year, youth):
    raw = json.loads(told.text())
    [partnership] = raw["partnerships"]
    common = {"procedure": partnership["procedure"]}
    raw["partnerships"] = [
        {"code": PO, "municipalities": ours, **common, "plans": [{"years": f"{told.year}-{told.year + 4}", **FACTS}]},
        {"code": VO, "municipalities": theirs, **common, "plans": [{"years": f"{year}-{year + 4}", **FACTS}]},
    ]
    last = youth + relativedelta(years=4) - DAY
    plan = {"kind": "jeugdplan", "first": youth, "last": last, **FACTS}
    next(m for m in raw["municipalities"] if m["code"] == told.area[0])["plans"] = [plan]
    return as_yaml(raw).encode()


def _consultations(told, ours, theirs, year, youth):
    """Per plan its area and the days of its OOGO."""
    plan = told.plan()
    other = replace(plan, first=date(year, 8, 1), last=date(year + 4, 7, 31))
    return {
        f"{PO}/ondersteuningsplan/{told.year}-08-01": (ours, set(days_of(*bruteforce.consultation(plan)))),
        f"{VO}/ondersteuningsplan/{year}-08-01": (theirs, set(days_of(*bruteforce.consultation(other)))),
        f"{told.area[0]}/jeugdplan/{youth}": (
            [told.area[0]],
            set(days_of(youth - relativedelta(months=12), youth - timedelta(days=71))),
        ),
    }


def _agrees(case):
    told = case[0]
    assume(bruteforce.consultation(told.plan()))
    loaded = load_text(_file(*case), "test.yaml", load_register())
    assert loaded.usable, loaded.problems
    alignment = align(loaded.region, load_register(), load_law(), told.today)
    found = {frozenset((m.a.plan.id, m.b.plan.id)): m for m in alignment.meetings}
    assert len(found) == len(alignment.meetings)
    world = told.world()
    for (a, (area_a, days_a)), (b, (area_b, days_b)) in combinations(_consultations(*case).items(), 2):
        met = found.get(frozenset((a, b)))
        common = days_a & days_b
        if not common:
            assert met is None or (met.common is None and not met.windows and not met.possible)
            if met:
                assert met.apart == min(abs((x - y).days) for x in days_a for y in days_b)
            continue
        share = bruteforce.parties_on(world, area_a, min(common)) & bruteforce.parties_on(world, area_b, min(common))
        assert (met is not None) is bool(share)
        if met is None:
            continue
        assert set(days_of(met.common.first, met.common.last)) == common
        area = sorted({*area_a, *area_b})
        joint = bruteforce.joint_counts(world, bruteforce.parties_on(world, area, min(common)))
        for level in bruteforce.LEVELS:
            free = {day for day in common if not _blocked(world, area, day, level, joint)}
            runs = bruteforce.runs(free)
            assert [(w.period.first, w.period.last) for w in met.windows if w.level == level] == runs
            if level == "likely":
                assert met.possible is any(bruteforce.length(run) >= told.min_window_days for run in runs)


def _blocked(world, area, day, level, joint):
    return any(
        bruteforce.in_recess(world, party, day) or bruteforce.in_standstill(world, party, day, level, joint)
        for party in bruteforce.parties_on(world, area, day)
    )


@quick(max_examples=100)
@given(_cases())
def test_the_windows_of_two_oogos_together_are_those_of_sets_of_days(case):
    _agrees(case)


@pytest.mark.slow
@quick(max_examples=400)
@given(_cases())
def test_two_oogos_together_agree_with_sets_of_days_in_many_regions(case):
    _agrees(case)


# --- by hand


def region(support, youth=None, today="2026-11-22", regional=(), **other):
    """A region of Ede with support plans (owner → school years), and perhaps a youth plan from *youth* on."""
    plans = [{"kind": "jeugdplan", "first": youth, "last": "2033-12-31", **FACTS}] if youth else []
    raw = {
        "region": "r",
        "name": "R",
        "revised": today,
        "municipalities": [{"code": "GM0228", "plans": plans}],
        "partnerships": [
            {"code": code, "municipalities": area, "plans": [{"years": years, **FACTS}], **more}
            for code, (area, years, more) in support.items()
        ],
        "plans": list(regional),
        **other,
    }
    return alignment_of(as_yaml(raw).encode())


EDE = ["GM0228"]


def test_a_po_and_a_vo_plan_of_the_same_year_can_be_discussed_in_one_meeting():
    # 15 January - 5 March 2028; the spring holiday of the middle region is 26 February - 5 March 2028.
    [met] = region({PO: (EDE, "2028-2032", {}), VO: (EDE, "2028-2032", {})}).meetings[:1]
    assert (met.a.plan.owner, met.b.plan.owner) == (PO, VO)
    assert (met.common.first, met.common.last) == (date(2028, 1, 15), date(2028, 3, 5))
    assert [(w.period.first, w.period.last) for w in met.counting] == [(date(2028, 1, 15), date(2028, 2, 25))]
    assert met.possible
    assert met.is_next


def test_all_municipalities_that_either_must_consult_have_to_be_there():
    # Alkmaar is in the north, where the spring holiday is a week earlier than in the middle in 2028: 19 - 27
    # February beside 26 February - 5 March.
    holidays = {
        h.region: h.period
        for listed in load_register().school_holidays.values()
        for h in listed
        if h.school_year == "2027-2028" and h.name == "voorjaar"
    }
    [met] = region({PO: (EDE, "2028-2032", {}), VO: ([*EDE, "GM0361"], "2028-2032", {})}).meetings[:1]
    assert met.municipalities == ("GM0228", "GM0361")
    resting = {d for r in ("noord", "midden") for d in days_of(holidays[r].first, holidays[r].last)}
    assert {d for w in met.counting for d in w.period} == set(days_of(met.common.first, met.common.last)) - resting


def test_plans_that_miss_each_other_say_by_how_many_days():
    # The OOGO of 2028 ends on 5 March 2028; the one of 2029 can begin on 15 January 2029.
    apart = (date(2029, 1, 15) - date(2028, 3, 5)).days
    for years in ({PO: "2028-2032", VO: "2029-2033"}, {PO: "2029-2033", VO: "2028-2032"}):
        alignment = region({code: (EDE, years[code], {}) for code in years})
        [met] = [m for m in alignment.meetings if m.is_next]
        assert (met.apart, met.common, met.possible) == (apart, None, False)
        said = words_of(alignment).meeting(met)
        assert said.endswith(f"de overlegperioden liggen {apart} dagen uit elkaar (aanname).")


def test_periods_that_only_touch_are_one_day_apart():
    procedure = {"opens": "03-06", "order": ["oogo", "opr"], "opr_weeks": 2, "adoption_weeks": 2}
    alignment = region({PO: (EDE, "2028-2032", {}), VO: (EDE, "2028-2032", {"procedure": procedure})})
    assert [m.apart for m in alignment.meetings if m.is_next] == [1]


def test_the_support_plan_comes_first_and_a_youth_plan_meets_it_if_their_days_do():
    # A youth plan from 1 January 2029 on is discussed from 1 January to 22 October 2028.
    alignment = region({PO: (EDE, "2028-2032", {})}, youth="2029-01-01")
    [met] = [m for m in alignment.meetings if m.is_next]
    assert (met.a.plan.owner, met.b.plan.owner) == (PO, "GM0228")
    assert (met.common.first, met.common.last) == (date(2028, 1, 15), date(2028, 3, 5))
    assert (
        "één overleg past voor beide (waarschijnlijk): 15 januari 2028 t/m 25 februari 2028, met het college"
        in words_of(alignment).meeting(met)
    )


def test_a_plan_of_the_region_with_an_oogo_takes_part():
    kinds = [
        {
            "kind": "agenda",
            "name": "agenda",
            "opens_months": 9,
            "steps": [{"step": "oogo"}, {"step": "adoption", "weeks": 8}],
        }
    ]
    regional = [{"kind": "agenda", "first": "2028-08-01", "last": "2032-07-31", **FACTS}]
    [met] = region({PO: (EDE, "2028-2032", {})}, regional=regional, kinds=kinds).meetings
    assert met.b.plan.id == "r/agenda/2028-08-01"
    assert met.possible


@pytest.mark.parametrize(
    "support",
    [
        {PO: (EDE, "2028-2032", {}), VO: (["GM0267"], "2028-2032", {})},  # no municipality in common
        {PO: (EDE, "2028-2032", {}), "PO2509": (EDE, "2028-2032", {})},  # of one sector
    ],
)
def test_who_has_nothing_to_do_with_each_other_is_not_told_of(support):
    assert region(support).meetings == ()


def test_what_has_been_discussed_or_is_past_is_in_the_json_and_not_on_the_screen():
    support = {PO: (EDE, "2024-2028", {}), VO: (EDE, "2024-2028", {})}
    alignment = region(support)
    first = alignment.meetings[0]
    assert (first.common.first.year, first.is_next) == (2024, False)
    told = windows_screen.windows(alignment, alignment.assessments, words_of(alignment))
    block = told[told.index("Kan één overleg") :]
    assert "2024–2028" not in block
    assert "2028–2032" in block
    assert "2032–2036" not in block
    listed = records.windows(alignment, alignment.assessments, words_of(alignment))["together"]
    assert [m["first"].year for m in listed][:3] == [2024, 2028, 2032]


def test_a_known_oogo_is_behind_us():
    support = {code: (EDE, "2027-2031", {}) for code in (PO, VO)}
    assert any(m.is_next and m.common.first.year == 2027 for m in region(support, today="2027-02-01").meetings)
    raw = [{"years": "2027-2031", "oogo": "2027-01-20", **FACTS}]
    held = region({PO: (EDE, "2027-2031", {"plans": raw}), VO: (EDE, "2027-2031", {})}, today="2027-02-01")
    assert not any(m.is_next and m.common and m.common.first.year == 2027 for m in held.meetings)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_can_be_said_and_one_that_rests_on_an_assumption_says_so(lang):
    for alignment in (
        aligned("foodvalley"),
        region({PO: (EDE, "2028-2032", {}), VO: (EDE, "2029-2033", {})}, "2029-01-01"),
    ):
        for met in alignment.meetings:
            said = words_of(alignment, lang).meeting(met)
            assert "None" not in said
            assert met.assumed is (("aanname" if lang == "nl" else "assumed") in said)


def test_a_procedure_that_is_known_is_no_assumption():
    procedure = {"opens": "01-15", "order": ["oogo", "opr"], "opr_weeks": 6, "adoption_weeks": 2}
    support = {code: (EDE, "2028-2032", {"procedure": procedure}) for code in (PO, VO)}
    assert not region(support).meetings[0].assumed


@pytest.mark.parametrize(("vo", "area", "known"), [("VO3004", None, False), ("VO2510", ["GM0855"], True)])
def test_a_municipality_that_lies_in_one_area_as_a_whole_lies_so_in_both_together(vo, area, known):
    # Haaren was divided over four in 2021, Tilburg one of them. PO3004 and VO3004 have a part of Tilburg: whether
    # that of Haaren is not known. Who has all of Tilburg had Haaren before.
    plans = {"plans": [{"years": "2020-2024", **FACTS}]}
    raw = {
        "region": "r",
        "name": "R",
        "revised": "2026-11-22",
        "municipalities": [{"code": "GM0855"}],
        "partnerships": [
            {"code": "PO3004", **plans},
            {"code": vo, **({"municipalities": area} if area else {}), **plans},
        ],
    }
    [met] = [m for m in alignment_of(as_yaml(raw).encode()).meetings if m.common and m.common.first.year == 2020]
    assert "GM0855" in met.municipalities
    assert ("GM0788" in met.municipalities) is known
