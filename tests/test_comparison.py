"""Regions side by side: the figures are those of the other commands, and what stands out follows from them.

Expected figures are worked out here from the JSON of ``check`` and ``windows --horizon`` of each region, or by hand.
"""

import json
from bisect import bisect_left
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from running import LANGUAGES, TODAY, alignment_of, as_yaml, region_file, run
from wide import text as wide_text

from cycleplan.comparison import Comparison, compare

DAY = timedelta(days=1)
NOW = date.fromisoformat(TODAY)
FACT = {"status": "actual", "source": "verzonnen"}
SHIPPED = ("foodvalley", "noord-kennemerland")  # two, however many more there are
BOTH = ["GM0228", "GM0289"]


def made_up(id: str, **other: Any) -> dict[str, Any]:
    """A made-up region of two municipalities, one PO and one VO, with nothing in it that stands out."""
    plan = {"years": "2024-2028", **FACT}
    return {
        "region": id,
        "name": f"Regio {id}",
        "revised": TODAY,
        "municipalities": [{"code": code} for code in BOTH],
        "partnerships": [
            {"code": "PO2510", "municipalities": BOTH, "plans": [plan]},
            {"code": "VO2511", "municipalities": ["GM0289"], "plans": [{**plan, "years": "2022-2026"}]},
        ],
        **other,
    }


def partnerships(po: dict[str, Any], vo: dict[str, Any]) -> list[dict[str, Any]]:
    found = made_up("x")["partnerships"]
    return [{**found[0], **po}, {**found[1], **vo}]


def agreement(**other: Any) -> dict[str, Any]:
    """An agreement that both municipalities adopted, over the election of 2030."""
    adopted = dict.fromkeys(BOTH, "2026-02-03")
    days = {"first": "2026-02-01", "last": "2031-12-31"}
    return {"name": "Convenant", "parties": BOTH, **days, "adopted": adopted, **FACT, **other}


def years(*spans: str, **other: Any) -> dict[str, Any]:
    return {"plans": [{"years": span, **FACT} for span in spans], **other}


# Per code of what stands out: a region of which it does, beside regions of which it does not.
STANDS_OUT: dict[str, dict[str, Any]] = {
    "begins_after": {"partnerships": partnerships(years("2023-2027"), {})},
    "po_vo": {"partnerships": partnerships({}, years("2024-2028"))},
    "decided_again": {
        "partnerships": partnerships(
            {"plans": [{"years": "2025-2029", **FACT, "oogo": ["2025-02-03", "2026-10-05"]}]}, {}
        )
    },
    "short": {"partnerships": partnerships(years("2024-2027"), {})},
    "carries": {"agreements": [agreement()]},
    "agreed": {"agreements": [agreement(last="unknown", agreed=["samen"], open=["geld"])]},
    "procedure": {"partnerships": partnerships({"procedure": {"order": ["opr", "oogo"], "opr_weeks": 4}}, {})},
}


def side_by_side(*regions: dict[str, Any]) -> Comparison:
    return compare(alignment_of(as_yaml(region).encode(), TODAY) for region in regions)


def seen(comparison: Comparison) -> list[tuple[str, str]]:
    return [(o.code, o.compared.region.id) for o in comparison.observations]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Two regions that ship, and files of all sorts beside them: eleven in all."""
    folder = tmp_path_factory.mktemp("regions")
    own = {code: made_up(f"r{n}", **edit) for n, (code, edit) in enumerate(STANDS_OUT.items())}
    for code, region in own.items():
        (folder / f"{code}.yaml").write_text(as_yaml(region), encoding="utf-8")
    (folder / "dertig.yaml").write_text(wide_text(), encoding="utf-8")
    merging = {"municipalities": [{"code": "GM0402"}, {"code": "GM1696"}], "partnerships": [{"code": "PO2703"}]}
    (folder / "samen.yaml").write_text(as_yaml(made_up("samen", **merging)), encoding="utf-8")
    return (*SHIPPED, *(str(path) for path in sorted(folder.iterdir())))


@cache
def answer(*regions: str) -> Any:
    ran = run("compare", *regions, "--today", TODAY, "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


@cache
def checked(region: str) -> Any:
    return json.loads(run("check", region, "--today", TODAY, "--json").out)


@cache
def windows(region: str) -> Any:
    return json.loads(run("windows", region, "--horizon", "--today", TODAY, "--json").out)


def spoken_of(told: Any) -> list[Any]:
    """The plans that ``check`` speaks of, by the rule of design and docs: running and next; where the running one
    is only expected because the file has none, the one before it and that one."""
    found = []
    support = [p for p in told["plans"] if p["kind"] == "ondersteuningsplan"]
    for owner in sorted({p["owner"] for p in support}):
        own = [p for p in support if p["owner"] == owner and p["last"]]
        going = [p for p in own if p["last"] >= TODAY][:2]
        if going and going[0]["status"] == "expected" and going[0]["source"] is None:
            going = [*[p for p in own if p["last"] < TODAY][-1:], *going[:1]]
        found += going
    return found


def pairs(files: tuple[str, ...]) -> list[tuple[Any, Any, Any]]:
    """Per region its figures, and what ``check`` and ``windows --horizon`` answer about it."""
    regions = answer(*files)["regions"]
    assert len(regions) == len(files) == 11
    return [(one, checked(file), windows(file)) for one, file in zip(regions, files, strict=True)]


# --- the figures


def test_verdicts_and_coverage_are_those_of_the_plans_that_check_speaks_of(files: tuple[str, ...]) -> None:
    for one, told, _ in pairs(files):
        plans = spoken_of(told)
        assert [p["id"] for p in one["rhythm"]["plans"]] == [p["id"] for p in plans]
        for verdict in ("in_step", "at_risk", "out_of_step"):
            assert one["verdicts"][verdict] == sum(p["verdict"] == verdict for p in plans)
        assert one["verdicts"]["unknown"] == sum(p["verdict"] is None for p in plans) + len(told["unknown_plans"])
        means = [p["coverage"]["mean"] for p in plans if p["coverage"]["mean"] is not None]
        lows = [p["coverage"]["lowest"] for p in plans if p["coverage"]["lowest"] is not None]
        assert one["coverage"]["mean"] == (pytest.approx(sum(means) / len(means), abs=1.1e-4) if means else None)
        assert one["coverage"]["lowest"] == min(lows, default=None)


def test_a_plan_begins_so_many_whole_years_after_the_last_election_before_it(files: tuple[str, ...]) -> None:
    for one, told, _ in pairs(files):
        by_class: dict[str, int] = {}
        for begin, plan in zip(one["rhythm"]["plans"], spoken_of(told), strict=True):
            first = date.fromisoformat(plan["first"])
            after = set()
            for municipality in plan["municipalities"]:
                own = [c["elected"] for c in told["councils"] if c["municipality"] == municipality["code"]]
                last = date.fromisoformat(max(day for day in own if day <= plan["first"]))
                # A year is whole once the same month and day have come round.
                after.add(first.year - last.year - ((first.month, first.day) < (last.month, last.day)))
            assert begin["years_after_election"] == sorted(after)
            key = str(min(*after, 3)) if len(after) == 1 else "differs"
            by_class[key] = by_class.get(key, 0) + 1
        assert {key: n for key, n in one["rhythm"]["begins"].items() if n} == by_class


def test_the_lengths_and_the_starts_of_po_beside_vo() -> None:
    rhythm = {"po": years("2024-2027", "2027-2028"), "vo": years("2024-2028")}
    [one, other] = side_by_side(
        made_up("a", partnerships=partnerships(rhythm["po"], rhythm["vo"])), made_up("b")
    ).regions
    assert one.lengths == (12, 36, 48)
    assert other.lengths == (48,)
    # The VO's plan runs beside two of the PO's, and shares most days with the one that begins with it.
    assert (len(one.po_vo), one.po_vo_together) == (1, 1)
    # 2024-2028 beside 2022-2026 and 2026-2030: two of four years with either.
    assert (len(other.po_vo), other.po_vo_together) == (1, 0)


def test_a_municipality_with_an_election_of_its_own_makes_the_beginning_differ() -> None:
    # Hilversum and Wijdemeren vote on 18 November 2026 (merger), Amersfoort on 18 March 2026.
    codes = ["GM0402", "GM0307"]
    own = {"code": "PO2510", "municipalities": codes, "plans": [{"years": "2027-2031", **FACT}]}
    [one, _] = side_by_side(
        made_up("a", municipalities=[{"code": c} for c in codes], partnerships=[own]), made_up("b")
    ).regions
    # On 1 August 2027 it is 16 months after the one, and 8 after the other.
    assert one.begins[0].years_after == (0, 1)
    assert one.by_years_after[None] == 1


def test_the_share_and_the_next_window_are_those_of_the_windows_of_the_region(files: tuple[str, ...]) -> None:
    end = NOW.replace(year=NOW.year + 4) - DAY
    for one, _, told in pairs(files):
        spans = [
            (max(date.fromisoformat(w["first"]), NOW), date.fromisoformat(w["last"]), w["counts"])
            for w in told["windows"]
            if w["certainty"] == "likely" and date.fromisoformat(w["last"]) >= NOW
        ]
        free = sum((min(last, end) - first).days + 1 for first, last, _ in spans if first <= end)
        assert one["windows"]["days"] == free
        assert one["windows"]["share"] == round(free / ((end - NOW).days + 1), 4)
        assert one["windows"]["period"] == {"first": TODAY, "last": str(end)}
        first, last, _ = next(span for span in spans if span[2])
        assert one["windows"]["next"] == {
            "first": str(first),
            "last": str(last),
            "days": (last - first).days + 1,
            "recess_known": True,
        }
        # The register has the school holidays up to the school year 2029-2030.
        assert one["windows"]["recess_known"] is False


# The known points of the distribution of formation lengths, as the design has them: days, share.
POINTS = [(22, 1 / 333), (63.5, 0.36), (108, 287 / 333), (122, 327 / 333), (197, 332 / 333), (229, 1.0)]


def quantile(share: float) -> int:
    n = bisect_left([done for _, done in POINTS], share)
    (days, done), (after, all_done) = POINTS[n - 1], POINTS[n]
    return round(days + (share - done) / (all_done - done) * (after - days))


@pytest.mark.parametrize(("region", "count"), [("foodvalley", 8), ("noord-kennemerland", 6)])
def test_all_colleges_are_there_after_the_last_and_the_next_election(region: str, count: int) -> None:
    one = next(r for r in answer(*SHIPPED)["regions"] if r["region"] == region)
    for key, elected in (("last", "2026-03-18"), ("next", "2030-03-20")):
        found = one["colleges"][key]
        assert (found["elected"], found["municipalities"], found["estimated"]) == (elected, count, count)
        day = date.fromisoformat(elected)
        assert found["likely"] == {
            "dependent": str(day + quantile(0.5) * DAY),
            "independent": str(day + quantile(0.5 ** (1 / count)) * DAY),
        }


def test_what_carries_over_is_the_sum_over_the_municipalities(files: tuple[str, ...]) -> None:
    for one, told, _ in pairs(files):
        coming = min(c["elected"] for c in told["continuity"] if c["elected"])
        around = [c for c in told["continuity"] if c["elected"] == coming]
        spans = [c["standstill"] for c in around]
        days = [(date.fromisoformat(s["last"]) - date.fromisoformat(s["first"])).days + 1 for s in spans]
        bare = {c["municipality"] for c in around if c["uncovered_days"]}
        found = one["continuity"]
        assert found["elected"] == coming
        assert found["standstill_days"] == sum(days)
        assert found["uncovered_days"] == sum(c["uncovered_days"] for c in around)
        assert found["municipalities"] == len({c["municipality"] for c in around})
        assert found["covered"] == found["municipalities"] - len(bare)
        names = {(a["name"], a["covers"]) for c in around for a in c["agreements"]}
        assert {(a["name"], a["covers"]) for a in found["agreements"]} == names


def test_the_agreements_are_those_of_check(files: tuple[str, ...]) -> None:
    for one, told, _ in pairs(files):
        assert one["agreements"] == told["agreements"]
        assert one["formation"] == {k: v for k, v in told["formation"].items() if k != "elections"}


def test_only_what_differs_from_the_default_is_a_way_of_its_own() -> None:
    procedure = {"opens": "01-15", "order": ["oogo", "opr"], "opr_weeks": 5, "adoption_weeks": 2}
    policy = {"min_window_days": 10, "in_step_coverage": 0.6, "formation_days": [35, 70, 110]}
    own = made_up("a", policy=policy, partnerships=partnerships({"procedure": procedure}, {}))
    [one, other] = side_by_side(own, made_up("b")).regions
    assert [tuple(way) for way in one.procedures] == [("PO2510", "opr_weeks")]
    assert one.policy == {"in_step_coverage": 0.6, "formation_days": (35, 70, 110)}
    assert (other.procedures, other.policy) == ((), {})


def test_a_region_without_municipalities_or_partnerships_has_gaps_and_no_figure_made_up() -> None:
    empty = region_file(municipalities=[], partnerships=[], plans=[], agreements=[])
    [one, _] = side_by_side(empty, made_up("b")).regions
    assert (one.share, one.formations, one.carried) == (None, (None, None), None)
    assert (one.begins, one.lengths, one.coverage_mean, one.coverage_lowest) == ((), (), None, None)
    assert set(one.verdicts.values()) == {0}


# --- what stands out


@pytest.mark.parametrize("code", STANDS_OUT)
def test_what_stands_out_in_one_region_of_two_is_told_of_that_region(code: str) -> None:
    plain = made_up("gewoon")
    assert seen(side_by_side(plain, made_up("ook-gewoon"))) == []
    found = seen(side_by_side(plain, made_up("apart", **STANDS_OUT[code])))
    assert (code, "apart") in found
    assert {region for _, region in found} == {"apart"}


@pytest.mark.parametrize("code", STANDS_OUT)
def test_what_most_regions_do_stands_out_in_none(code: str) -> None:
    own = [made_up(f"apart-{n}", **STANDS_OUT[code]) for n in range(2)]
    assert code not in dict(seen(side_by_side(*own)))
    assert code not in dict(seen(side_by_side(*own, made_up("gewoon"))))
    found = seen(side_by_side(*own, made_up("gewoon"), made_up("ook-gewoon")))
    assert [region for told, region in found if told == code] == ["apart-0", "apart-1"]


def test_a_plan_that_begins_a_year_after_the_election_and_is_not_in_step_is_no_example() -> None:
    # In step asks for 20 days of window; with a threshold of a coverage of 0.9 it is at risk.
    own = made_up("apart", policy={"in_step_coverage": 0.9}, **STANDS_OUT["begins_after"])
    comparison = side_by_side(own, made_up("gewoon"))
    assert [b.years_after for b in comparison.regions[0].begins if b.assessment.plan.owner == "PO2510"] == [(1,), (1,)]
    assert "begins_after" not in dict(seen(comparison))


def test_a_decision_before_the_election_or_before_the_plan_began_is_no_decision_again() -> None:
    for second in ("2025-10-06", "2025-04-07", "2027-01-11"):  # no election since; not begun; not yet held
        plan = {"years": "2025-2029", **FACT, "oogo": ["2025-02-03", second]}
        own = made_up("apart", partnerships=partnerships({"plans": [plan]}, {}))
        assert "decided_again" not in dict(seen(side_by_side(own, made_up("gewoon"))))


def test_a_short_plan_that_is_only_expected_is_no_example() -> None:
    own = partnerships({"plans": [{"years": "2024-2027", "status": "expected", "source": "verzonnen"}]}, {})
    assert "short" not in dict(seen(side_by_side(made_up("apart", partnerships=own), made_up("gewoon"))))


@pytest.mark.parametrize(
    "edit",
    [{"last": "2029-12-31"}, {"last": "2030-02-28"}, {"adopted": {"GM0228": "2026-02-03"}}, {"last": "unknown"}],
    ids=["ends before", "ends halfway", "not adopted", "no end"],
)
def test_an_agreement_that_does_not_run_through_the_whole_standstill_is_no_example(edit: dict[str, Any]) -> None:
    own = made_up("apart", agreements=[agreement(**edit)])
    assert "carries" not in dict(seen(side_by_side(own, made_up("gewoon"))))


def test_what_stands_out_of_foodvalley_and_noord_kennemerland() -> None:
    # By hand: VO2509 began in 2023 and 2027, the summer after the year of an election; PO2510 has a decision of
    # December 2022 for a plan that began in August of that year, after the election of 16 March 2022; only the
    # other region has an agreement with what is agreed, and no day of it is known.
    told = answer(*SHIPPED)["observations"]
    assert [(o["code"], o["region"]) for o in told] == [
        ("begins_after", "foodvalley"),
        ("decided_again", "foodvalley"),
        ("agreed", "noord-kennemerland"),
    ]
    assert "VO2509 2023–2027 en VO2509 2027–2031 (verwacht) beginnen een jaar na de verkiezing" in told[0]["text"]
    assert "PO2510 2022–2026 is in december 2022 besloten toen het al liep" in told[1]["text"]
    assert "na de verkiezing van 16 maart 2022" in told[1]["text"]
    assert "Jeugdhulp in het onderwijs" in told[2]["text"]


# --- order and language


def test_the_order_of_the_regions_is_that_of_the_answer_and_changes_nothing_else(files: tuple[str, ...]) -> None:
    there, back = answer(*files), answer(*reversed(files))
    assert back["regions"] == there["regions"][::-1]
    assert back["observations"] == there["observations"]
    assert back["today"] == there["today"] == TODAY


def test_the_figures_of_a_region_do_not_depend_on_what_stands_beside_it(files: tuple[str, ...]) -> None:
    assert answer(*SHIPPED)["regions"] == answer(*files)["regions"][:2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_what_is_named_text_is_in_the_language(lang: str, files: tuple[str, ...]) -> None:
    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: without(item) for key, item in value.items() if key != "text"}
        return [without(item) for item in value] if isinstance(value, list) else value

    told = json.loads(run("compare", *files, "--today", TODAY, "--json", "--lang", lang).out)
    assert without(told) == without(answer(*files))
    said = {o["code"]: o["text"] for o in told["observations"]}
    assert said.keys() == {o["code"] for o in answer(*files)["observations"]} >= {"carries", "procedure", "short"}
    assert ("beginnen" in said["begins_after"]) == (lang == "nl")


def test_no_region_file_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(as_yaml(made_up("a")), encoding="utf-8")
    before = path.read_bytes()
    assert run("compare", "foodvalley", path, "--today", TODAY).code == 0
    assert path.read_bytes() == before
