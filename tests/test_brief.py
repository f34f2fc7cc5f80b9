"""A brief tells what there is to decide from its chair, and why."""

from datetime import date
from typing import Any

from running import REGIONS, aligned, alignment_of, brief_of, record, region_text

from cycleplan.brief import Brief
from cycleplan.law import load_law

COLLEGE = {"college_formed": "2026-06-01", "status": "actual", "source": "x"}
IN_OFFICE = {"councils": [{"elected": "2026-03-18", **COLLEGE}]}
PLAN = {"status": "actual", "source": "x"}


def brief(chair: str | None = None, *plans: dict[str, Any], **other: Any) -> Brief:
    """The brief of Ede and Wageningen with PO2510, whose plans these are."""
    region = {
        "municipalities": [{"code": "GM0228", **IN_OFFICE}, {"code": "GM0289", **IN_OFFICE}],
        "partnerships": [{"code": "PO2510", "municipalities": ["GM0228", "GM0289"], "plans": list(plans)}],
        "agreements": [],
        "plans": [],
        **other,
    }
    return Brief(alignment_of(region_text(**region)), chair)


def codes(found: Brief) -> list[str]:
    return [point.code for point in found.points]


# --- what to decide


def test_an_oogo_of_the_coming_year_is_to_be_held_in_its_last_window_that_counts() -> None:
    found = brief(None, {"years": "2023-2027", "oogo": "2023-02-01", **PLAN})
    assert codes(found)[0] == "consult"
    window = found.points[0].values["window"]
    # The spring holiday of region midden begins on 20 February 2027 (data of the Ministry).
    assert (window.period.first, window.period.last) == (date(2027, 1, 15), date(2027, 2, 19))
    assert [claim.code for claim in found.points[0].claims] == ["window", "deadline", "verdict"]


def test_an_oogo_that_was_held_or_lies_further_off_is_no_point() -> None:
    held = {"years": "2027-2031", "oogo": "2026-11-03", "status": "planned", "source": "x"}
    last = {"years": "2023-2027", "oogo": "2023-02-01", **PLAN}
    assert "consult" not in codes(brief(None, last, held))
    assert [a.plan.first.day.year for a in brief(None, last, held).consultations] == [2031]
    assert "consult" not in codes(brief(None, {"years": "2024-2028", "oogo": "2024-02-01", **PLAN}))


def test_without_a_window_that_counts_the_oogo_is_asked_for_by_its_last_day() -> None:
    recess = {"add": [{"first": "2027-01-01", "last": "2027-03-31", "status": "actual", "source": "x"}]}
    municipalities = [{"code": "GM0228", **IN_OFFICE, "recess": recess}, {"code": "GM0289", **IN_OFFICE}]
    found = brief(None, {"years": "2023-2027", "oogo": "2023-02-01", **PLAN}, municipalities=municipalities)
    assert codes(found)[0] == "consult_by"
    assert found.points[0].claims[0].code == "no_window"


def test_a_plan_in_step_asks_for_no_change_and_no_confirmation() -> None:
    assert not {"change", "reconfirm"} & set(codes(brief(None, {"years": "2023-2027", "oogo": "2023-02-01", **PLAN})))


def test_a_plan_on_the_rhythm_of_the_elections_asks_for_both() -> None:
    found = brief("PO2510", {"years": "2026-2030", "oogo": "2026-02-01", **PLAN})
    assert {"change", "reconfirm"} <= set(codes(found))


def test_confirming_again_is_asked_for_from_today_on() -> None:
    for region in REGIONS:
        for code in (None, *aligned(region).region.partnerships):
            for alternatives in brief_of(region, code).alternatives:
                again = brief_of(region, code).again(alternatives)
                assert again is None or again.day >= aligned(region).today
    late = brief_of("foodvalley", "PO2510")
    again = late.again(late.alternatives[0])
    assert again
    assert again.late
    assert again.elected == date(2026, 3, 18)
    # The colleges of today are in office until the Christmas holiday, that begins on 19 December 2026.
    assert again.day == date(2026, 12, 18)


def test_what_is_not_known_is_to_be_filled_in() -> None:
    found = brief(None)
    assert "complete" in codes(found)
    assert [u.owner for u in found.unknown] == ["PO2510"]
    late = brief(None, {"years": "2022-2026", "oogo": "2022-02-01", **PLAN})
    assert [claim.code for p in late.points if p.code == "complete" for claim in p.claims] == ["overdue"]


def test_without_an_agreement_one_is_to_be_made_and_with_a_whole_one_nothing() -> None:
    assert "carry_new" in codes(brief(None))
    whole = {"name": "A", "parties": ["GM0228", "GM0289"], "first": "2024-01-01", "last": "2032-12-31", "source": "x",
             "adopted": {"GM0228": "2023-11-01", "GM0289": "2023-11-01"}}  # fmt: skip
    assert not [code for code in codes(brief(None, agreements=[whole])) if code.startswith("carry")]


def test_a_municipality_informs_its_council_from_the_day_of_the_youth_act_on() -> None:
    assert codes(brief("GM0228"))[-1] == "inform"
    assert "inform" not in codes(brief("PO2510"))
    youth = load_law().giving("youth_plan", date(2026, 11, 22))
    assert youth.valid_from == date(2015, 1, 1)


def test_proposals_are_those_of_propose_whatever_part_of_the_horizon_is_shown() -> None:
    whole = aligned("foodvalley")
    narrow = type(whole)(whole.region, whole.register, whole.law, whole.today, date(2026, 1, 1), date(2028, 12, 31))
    shares = [p["misalignment"] for p in record("propose", "foodvalley", "--json")["proposals"]]
    for found in (brief_of("foodvalley"), Brief(narrow)):
        assert [round(float(p.misalignment), 4) for a in found.alternatives for p in a.proposals] == shares
