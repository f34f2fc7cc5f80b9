"""What is asked of whom in the coming year: the steps that are still to be done."""

from datetime import date

import pytest
from running import LANGUAGES, alignment_of, region_text, words_of

from cycleplan.alignment import align
from cycleplan.law import load_law
from cycleplan.register import load_register


def asked(today, *steps, **facts):
    """What is asked for the plan of a region's own kind, as seen on *today*: step and day."""
    kind = {"kind": "speelplan", "name": "Speelplan", "opens_months": 12, "steps": list(steps)}
    plan = {"kind": "speelplan", "first": "2027-09-01", "last": "2031-08-31", "status": "planned", "source": "x"}
    region = alignment_of(region_text(kinds=[kind], plans=[{**plan, **facts}])).region
    alignment = align(region, load_register(), load_law(), today)
    found = [t for t in alignment.next if t.plan == "proef/speelplan/2027-09-01" and t.what != "window_closes"]
    return alignment, found


STEPS = (
    {"step": "oogo"},
    {"step": "inspraak", "name": "Inspraak van ouders", "weeks": 4},
    {"step": "adoption", "weeks": 6},
    {"step": "publicatie", "weeks": 2},
)


def names(found):
    return [(t.values["step"], t.date.isoformat()) for t in found]


def test_every_step_is_asked_by_its_last_day():
    # Back from 31 August 2027: - 14 days = 17 August, - 42 = 6 July, - 28 = 8 June; the draft on 1 September 2026.
    _, found = asked(date(2026, 9, 1), *STEPS)
    assert names(found) == [
        ("draft", "2026-09-01"),
        ("oogo", "2027-06-08"),
        ("inspraak", "2027-07-06"),
        ("adoption", "2027-08-17"),
        ("publicatie", "2027-08-31"),
    ]
    assert [t.what for t in found] == ["draft", "oogo", "step", "adoption", "step"]


def test_a_step_of_the_region_s_own_is_not_asked_once_a_later_one_is_done():
    _, found = asked(date(2026, 12, 1), *STEPS, oogo="2026-11-20")
    assert [name for name, _ in names(found)] == ["inspraak", "adoption", "publicatie"]
    _, found = asked(date(2027, 5, 1), *STEPS, oogo="2026-11-20", adopted="2027-04-01")
    assert [name for name, _ in names(found)] == ["publicatie"], "what comes after the adoption is still asked"


def test_an_adoption_that_is_yet_to_come_leaves_what_is_before_it():
    _, found = asked(date(2027, 3, 1), *STEPS, oogo="2026-11-20", adopted="2027-04-01")
    assert [name for name, _ in names(found)] == ["inspraak", "adoption", "publicatie"]


def test_of_an_adopted_plan_whose_kind_names_no_adoption_nothing_of_its_own_is_asked():
    own = ({"step": "inspraak"}, {"step": "besluit", "weeks": 4})
    assert [name for name, _ in names(asked(date(2027, 5, 1), *own)[1])] == ["inspraak", "besluit"]
    assert names(asked(date(2027, 5, 1), *own, adopted="2027-04-01")[1]) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_of_the_region_s_own_is_asked_under_its_own_name(lang):
    alignment, found = asked(date(2026, 9, 1), *STEPS, {"step": "submission", "weeks": 0})
    words = words_of(alignment, lang)
    by_step = {t.values["step"]: t for t in found}
    assert "Inspraak van ouders" in words.task(by_step["inspraak"])
    whole = words.task(by_step["inspraak"], whole=True)
    assert "Inspraak van ouders" in whole
    assert ("(aanname)" if lang == "nl" else "(assumed)") in whole
    assert by_step["publicatie"].values["title"] == "publicatie"
    # No law sets a last day for it here, so nothing is said of the Inspectorate's.
    assert by_step["submission"].what == "step"
    assert "None" not in words.task(by_step["submission"], whole=True)


def test_the_draft_of_a_support_plan_is_not_asked_once_the_opr_has_consented():
    def what(**facts):
        plan = {"years": "2027-2031", "status": "planned", "source": "x", **facts}
        procedure = {"order": ["opr", "oogo"], "opens": "02-15"}
        partnership = {"code": "PO2510", "municipalities": ["GM0228"], "plans": [plan], "procedure": procedure}
        region = alignment_of(region_text(partnerships=[partnership])).region
        alignment = align(region, load_register(), load_law(), date(2027, 2, 1))
        return [t.what for t in alignment.next if t.plan == "PO2510/ondersteuningsplan/2027-08-01"]

    assert "draft" in what()
    assert "draft" not in what(opr="2027-01-20")


@pytest.mark.parametrize(
    ("steps", "begins"),
    [
        (STEPS, True),
        (({"step": "inspraak", "weeks": 2}, {"step": "oogo", "weeks": 2}, {"step": "adoption"}), False),
        (({"step": "inspraak", "weeks": 2}, {"step": "adoption"}), False),
    ],
)
def test_with_the_draft_the_oogo_can_begin_only_where_it_comes_next(steps, begins):
    alignment, found = asked(date(2026, 9, 1), *steps)
    for lang in LANGUAGES:
        for whole in (False, True):
            assert ("OOGO" in words_of(alignment, lang).task(found[0], whole)) == begins


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "staat in het bestand nog als verwacht"), ("en", "is still expected in the file")]
)
def test_an_expected_plan_of_the_file_is_overdue_as_well_and_told_as_what_it_is(lang, words):
    plans = [
        {"years": "2022-2026", "status": "actual", "source": "x"},
        {"years": "2026-2027", "status": "expected", "source": "x"},
    ]
    alignment = alignment_of(region_text(partnerships=[{"code": "PO2510", "plans": plans}]))
    overdue = [t for t in alignment.next if t.what == "overdue"]
    assert [(t.who, t.date) for t in overdue] == [(("PO2510",), date(2026, 4, 30))]
    assert words in words_of(alignment, lang).task(overdue[0])
    plans[1]["adopted"] = "2026-04-16"
    adopted = alignment_of(region_text(partnerships=[{"code": "PO2510", "plans": plans}]))
    assert not [t for t in adopted.next if t.what == "overdue"]
