"""Plans beside each other: which pairs there are and what they share, against sets of days."""

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import LANGUAGES, alignment_of, as_yaml, words_of

from cycleplan.outputs import records
from cycleplan.outputs.terminal import check as check_screen
from cycleplan.timeline import build

quick = partial(settings, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
FACTS = {"status": "actual", "source": "verzonnen"}
EDE, BARNEVELD, NIJKERK = "GM0228", "GM0203", "GM0267"  # no merger of theirs is known
COMPARED = {"jeugdplan", "beleidskader-sociaal-domein", "regiovisie", "coalitieakkoord", "kansenagenda"}
KINDS = [*sorted(COMPARED), "wmo-plan", "wijkagenda"]


def region(municipal=(), support=(), regional=(), **other):
    """The alignment of a region of Ede and Barneveld; *municipal* and *support* are pairs of owner and plan."""
    areas = other.pop("areas", {"PO2510": [EDE, BARNEVELD], "VO2510": [BARNEVELD, NIJKERK]})
    raw = {
        "region": "r",
        "name": "R",
        "revised": "2026-11-22",
        "municipalities": [
            {"code": code, "plans": [{**FACTS, **plan} for owner, plan in municipal if owner == code]}
            for code in (EDE, BARNEVELD)
        ],
        "partnerships": [
            {"code": code, "municipalities": area, "plans": [{**FACTS, **p} for owner, p in support if owner == code]}
            for code, area in areas.items()
        ],
        "plans": [{**FACTS, **plan} for plan in regional],
        "kinds": [
            {"kind": "kansenagenda", "name": "kansenagenda", "compared": True},
            {"kind": "wijkagenda", "name": "wijkagenda"},
        ],
        **other,
    }
    return alignment_of(as_yaml(raw).encode())


def dated(first, last):
    return {"first": str(first), "last": str(last)}


# --- against sets of days


@st.composite
def _plans(draw, owners, kinds):
    found, used = [], set()
    for _ in range(draw(st.integers(0, 4))):
        owner, kind = draw(st.sampled_from(owners)), draw(st.sampled_from(kinds))
        first = draw(st.dates(date(2023, 1, 1), date(2030, 1, 1)))
        if (owner, kind, first) not in used:
            used.add((owner, kind, first))
            more = {"rhythm": draw(st.integers(1, 5))} if draw(st.booleans()) else {}
            last = first + timedelta(days=draw(st.integers(0, 1800)))
            found.append((owner, {"kind": kind, **dated(first, last), **more}))
    return found


@st.composite
def _support(draw):
    found = []
    for owner in ("PO2510", "VO2510"):
        start = draw(st.integers(2022, 2027))
        for _ in range(draw(st.integers(0, 2))):
            end = start + draw(st.integers(1, 4))
            found.append((owner, {"years": f"{start}-{end}"}))
            start = end
    return found


@quick(max_examples=60)
@given(_plans([EDE, BARNEVELD], KINDS), _support(), _plans(["r"], KINDS))
def test_the_pairs_and_what_they_share_are_those_of_sets_of_days(municipal, support, regional):
    alignment = region(municipal, support, [plan for _, plan in regional])
    areas = {"PO2510": {EDE, BARNEVELD}, "VO2510": {BARNEVELD, NIJKERK}, "r": {EDE, BARNEVELD}}
    days = {
        p.id: {date.fromordinal(n) for n in range(p.first.day.toordinal(), p.last.day.toordinal() + 1)}
        for p in alignment.plans
    }
    expected = {}
    for a in alignment.plans:
        for b in alignment.plans:
            po_and_vo = a.owner == "PO2510" and b.owner == "VO2510"
            beside = a.owner in ("PO2510", "VO2510") and b.kind.id in COMPARED
            near = areas.get(a.owner, {a.owner}) & areas.get(b.owner, {b.owner})
            common = days[a.id] & days[b.id]
            if (po_and_vo or beside) and near and common:
                expected[a.id, b.id] = (len(common), pytest.approx(len(common) / len(days[a.id] | days[b.id])))
    plans = {p.id for p in alignment.plans}
    found = {(o.a, o.b): (o.days, o.jaccard) for o in alignment.overlaps if o.b in plans}
    assert found == expected
    shown = {a.plan.id for a in alignment.shown}
    for pair in alignment.beside:
        rivals = [
            expected[key][0]
            for key in expected
            if key[0] in shown
            and (key[1] == pair.other.id or (pair.other.kind.is_support_plan and key[1] in shown))
            and (key[0].startswith(pair.support.owner) or not pair.other.kind.is_support_plan)
            and key[1].startswith(pair.other.owner)
        ]
        assert pair.overlap.days == max(rivals)


# --- by hand


def test_plans_run_parallel_from_the_share_that_the_policy_gives():
    # 1 January 2024 - 31 December 2027 beside 1 August 2024 - 31 July 2028: 1248 of 1461 + 1461 - 1248 days.
    plans = {
        "municipal": [(EDE, {"kind": "jeugdplan", **dated("2024-01-01", "2027-12-31")})],
        "support": [("PO2510", {"years": "2024-2028"})],
    }
    share = 1248 / (1461 + 1461 - 1248)
    for least, parallel in ((share - 0.0001, True), (share + 0.0001, False)):
        alignment = region(**plans, policy={"parallel_share": round(least, 6)})
        [pair] = alignment.beside
        assert pair.overlap.jaccard == pytest.approx(share)
        assert alignment.is_parallel(pair.overlap) is parallel
        said = words_of(alignment).beside(pair, parallel)
        ending = "gelijk op." if parallel else "niet gelijk op."
        assert said == f"Ede jeugdplan 2024 t/m 2027 en PO2510 2024–2028 delen 75 % van hun dagen: {ending}"


def test_a_plan_of_the_region_lies_beside_the_support_plans_of_its_municipalities():
    regional = [
        {"kind": "regiovisie", **dated("2025-01-01", "2028-12-31")},
        {"kind": "kansenagenda", **dated("2024-08-01", "2028-07-31"), "rhythm": 2},
    ]
    alignment = region(support=[("PO2510", {"years": "2024-2028"})], regional=regional)
    assert [(p.other.id, p.support.id) for p in alignment.beside] == [
        ("r/kansenagenda/2024-08-01", "PO2510/ondersteuningsplan/2024-08-01"),
        ("r/regiovisie/2025-01-01", "PO2510/ondersteuningsplan/2024-08-01"),
        ("r/kansenagenda/2028-08-01", "PO2510/ondersteuningsplan/2028-08-01"),
    ]
    # The region's own kind goes on at its own rhythm.
    own = [(p.first.day.year, p.last.day.year) for p in alignment.plans if p.kind.id == "kansenagenda"]
    assert own == [(2024, 2028), (2028, 2030), (2030, 2032), (2032, 2034), (2034, 2036), (2036, 2038), (2038, 2040)]
    entries = {e.id: e for e in build(alignment).entries}
    assert entries["r/regiovisie/2025-01-01"].lane == "r"
    assert entries["r/kansenagenda/2030-08-01"].lane == "r"
    # Every council of both municipalities is set beside it.
    beside = {o.b for o in alignment.overlaps if o.a == "r/regiovisie/2025-01-01"}
    assert beside == {f"{code}/council/{day}" for code in (EDE, BARNEVELD) for day in ("2022-03-16", "2026-03-18")}


def test_a_plan_of_the_region_with_an_oogo_gets_windows_for_all_its_municipalities():
    kinds = [
        {
            "kind": "onderwijsagenda",
            "name": "x",
            "rhythm": 4,
            "opens_months": 9,
            "steps": [{"step": "oogo"}, {"step": "adoption", "weeks": 8}],
        }
    ]
    alignment = region(regional=[{"kind": "onderwijsagenda", **dated("2024-01-01", "2027-12-31")}], kinds=kinds)
    following = alignment.assessments[1]
    assert following.plan.id == "r/onderwijsagenda/2028-01-01"
    assert following.municipalities == (BARNEVELD, EDE)
    assert following.consultation.first == date(2027, 4, 1)
    assert following.consultation.last == date(2027, 11, 5)  # eight weeks before 31 December
    assert following.counting
    assert following.verdict


def test_an_owner_counts_with_its_running_and_its_next_plan_only():
    plans = [(EDE, {"kind": "jeugdplan", **dated(f"{y}-01-01", f"{y + 1}-12-31")}) for y in range(2020, 2034, 2)]
    support = [("PO2510", {"years": f"{y}-{y + 4}"}) for y in (2020, 2024)]
    assert [p.other.first.day.year for p in region(plans, support).beside] == [2026, 2028]


def test_two_partnerships_are_told_once_with_the_plans_that_share_most():
    support = [("PO2510", {"years": "2024-2028"}), ("VO2510", {"years": "2023-2027"})]
    alignment = region(support=support)
    [pair] = alignment.beside
    assert (pair.support.id, pair.other.id) == (
        "PO2510/ondersteuningsplan/2024-08-01", "VO2510/ondersteuningsplan/2023-08-01",
    )  # fmt: skip
    assert round(pair.overlap.jaccard, 2) == 0.60  # three years of five
    apart = region(support=support, areas={"PO2510": [EDE], "VO2510": [NIJKERK]})
    assert apart.beside == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_screen_tells_of_three_pairs_and_counts_the_others(lang):
    kinds = ["jeugdplan", "coalitieakkoord", "beleidskader-sociaal-domein", "kansenagenda", "regiovisie"]
    plans = [(EDE, {"kind": kind, **dated("2024-01-01", "2027-12-31")}) for kind in kinds]
    alignment = region(plans, [("PO2510", {"years": "2024-2028"})])
    words = words_of(alignment, lang)
    screen = check_screen.check(alignment, [], words, "r.yaml")
    assert words.say("screen.beside") in screen
    assert " ".join(screen.split()).count("75 %") == 3
    assert words.say("screen.more_next", count=2) in screen
    assert words.say("screen.beside") not in check_screen.check(region(), [], words, "r.yaml")


def test_pairs_of_po_and_vo_are_in_the_json_with_the_others():
    alignment = region(support=[("PO2510", {"years": "2024-2028"}), ("VO2510", {"years": "2023-2027"})])
    found = records.check(alignment.region, alignment.today, [], words_of(alignment), alignment)["overlaps"]
    pairs = {(o["a"], o["b"]) for o in found if o["b"].startswith("VO")}
    assert ("PO2510/ondersteuningsplan/2024-08-01", "VO2510/ondersteuningsplan/2023-08-01") in pairs
    assert not [o for o in found if o["a"].startswith("VO") and o["b"].startswith("PO")]


def test_a_kind_goes_for_the_youth_plan_as_the_data_or_the_file_says():
    kinds = region(kinds=[{"kind": "jeugdagenda", "name": "jeugdagenda", "youth": True}]).region.kinds
    assert {id for id, kind in kinds.items() if kind.youth} == {
        "jeugdplan", "beleidskader-sociaal-domein", "jeugdagenda",
    }  # fmt: skip
