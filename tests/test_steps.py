import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycleplan.building import known_kinds
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.periods import Period
from cycleplan.region import Kind, Partnership, Procedure
from cycleplan.register import load_register
from cycleplan.steps import schedule_by_kind, schedule_support_plan, support_plan_year

LAW = load_law()
WORKDAYS = load_register().workdays
REFERENCE = Path(__file__).parent / "reference"
STEPS = ("draft", "oogo", "overlap", "opr", "adoption", "submission")


def partnership(sector="PO", **procedure):
    assumed = Procedure().assumed - procedure.keys()
    return Partnership(
        code=f"{sector}9901",
        name="",
        sector=sector,
        national=False,
        municipalities=(),
        in_part=frozenset(),
        procedure=Procedure(**procedure, assumed=assumed),
        rhythm=4,
    )


def schedule(first, sector="PO", **procedure):
    return schedule_support_plan(first, partnership(sector, **procedure), LAW, WORKDAYS)


def days(found):
    """Each step's earliest and latest day as month and day."""
    return {name: (f"{step.earliest.day:%m-%d}", f"{step.latest.day:%m-%d}") for name, step in found.steps.items()}


# --- the last day


def deadlines():
    text = (REFERENCE / "plan_deadlines.csv").read_text(encoding="utf-8")
    return [
        tuple(date.fromisoformat(row[key]) for key in ("first", "last_day", "last_working_day"))
        for row in csv.DictReader(text.splitlines())
    ]


@pytest.mark.parametrize("sector", ["PO", "VO"])
@pytest.mark.parametrize(("first", "last_day", "last_working_day"), deadlines())
def test_the_last_day_and_the_practical_one_are_those_of_the_reference(first, last_day, last_working_day, sector):
    found = schedule(first, sector)
    assert found.deadline.day == last_day
    assert found.last_working_day == last_working_day
    assert found.steps["submission"].latest.day == last_day, "the practical day never takes its place"


def test_plan_is_sent_by_30_april_when_the_law_says_before_1_may():
    found = schedule(date(2027, 8, 1))
    assert found.deadline.day == date(2027, 4, 30)
    assert LAW[found.deadline.basis].article == "WPO 18a lid 10"
    assert found.deadline.trace[0].values["limit"] == date(2027, 5, 1)
    assert found.deadline.status is Status.EXPECTED, "this is law, no assumption"


def test_the_ground_of_a_vo_plan_is_the_act_of_its_last_day():
    old, new = schedule(date(2022, 8, 1), "VO"), schedule(date(2023, 8, 1), "VO")
    assert LAW[old.deadline.basis].article == "WVO 17a lid 10"
    assert LAW[new.deadline.basis].article == "WVO 2020 2.47 lid 11"
    assert LAW[old.steps["oogo"].basis].article == "WVO 17a lid 9"
    assert LAW[new.steps["oogo"].basis].article == "WVO 2020 2.47 lid 10"
    assert LAW[new.steps["opr"].basis].article == "WMS 14a"


@pytest.mark.parametrize("first", [date(2012, 8, 1), date(2013, 8, 1)])
def test_a_plan_of_before_the_law_is_an_error_with_the_years_that_are_known(first):
    with pytest.raises(CycleplanError) as caught:
        schedule(first)
    assert caught.value.code == "law-unknown"
    assert caught.value.values["known_from"] == date(2014, 1, 6)


def test_a_plan_that_starts_within_a_school_year_counts_from_that_school_year():
    assert support_plan_year(date(2027, 8, 1)) == 2027
    assert support_plan_year(date(2028, 7, 31)) == 2027
    assert support_plan_year(date(2028, 1, 1)) == 2027
    assert schedule(date(2028, 1, 1)).deadline.day == date(2027, 4, 30)


# --- the default days (design.md, section 4)


def test_the_default_days_are_those_of_the_design():
    assert days(schedule(date(2027, 8, 1))) == {
        "draft": ("01-15", "03-05"),
        "oogo": ("01-15", "03-05"),
        "overlap": ("01-15", "04-16"),
        "opr": ("02-26", "04-16"),
        "adoption": ("03-12", "04-30"),
        "submission": ("03-12", "04-30"),
    }
    assert schedule(date(2027, 8, 1)).consultation == Period(date(2027, 1, 15), date(2027, 3, 5))


def test_in_a_leap_year_what_is_counted_on_past_february_is_a_day_earlier():
    # 15 January 2028 + 42 days is 26 February as ever; 14 days more is 11 March, because of the 29th.
    found = days(schedule(date(2028, 8, 1)))
    assert found["oogo"] == ("01-15", "03-05")
    assert found["opr"] == ("02-26", "04-16")
    assert found["adoption"] == ("03-11", "04-30")
    assert found["submission"] == ("03-11", "04-30")


def test_with_the_opr_first_the_draft_is_ready_by_5_march_and_both_run_together():
    found = days(schedule(date(2027, 8, 1), order=("opr", "oogo")))
    assert found["draft"] == ("01-15", "03-05")
    assert found["opr"] == ("02-26", "04-16")
    assert found["oogo"] == ("02-26", "04-16")
    assert found["adoption"] == ("03-12", "04-30")


def test_a_procedure_of_the_partnership_s_own_moves_the_days():
    # 30 April 2027 - 21 days = 9 April; - 28 days = 12 March. Opens on the last 1 November before that.
    found = schedule(date(2027, 8, 1), opens=(11, 1), opr_weeks=4, adoption_weeks=3)
    assert found.steps["opr"].latest.day == date(2027, 4, 9)
    assert found.consultation == Period(date(2026, 11, 1), date(2027, 3, 12))


def test_what_nobody_set_is_assumed_and_what_somebody_set_is_not():
    assumed, own = (
        schedule(date(2027, 8, 1)),
        schedule(date(2027, 8, 1), opens=(1, 15), order=("oogo", "opr"), opr_weeks=6, adoption_weeks=2),
    )
    assert days(assumed) == days(own)
    for name in ("draft", "oogo", "overlap", "opr", "adoption"):
        assert assumed.steps[name].earliest.status is Status.ASSUMED, name
        assert own.steps[name].earliest.status is Status.EXPECTED, name
    for name in ("draft", "oogo", "overlap", "opr"):
        assert assumed.steps[name].status is Status.ASSUMED, name
        assert own.steps[name].status is Status.EXPECTED, name
    for found in (assumed, own):
        assert found.steps["adoption"].status is Status.EXPECTED, "from the law's last day, nothing assumed"
        assert found.steps["submission"].status is Status.EXPECTED


def test_every_day_carries_the_steps_it_was_counted_by():
    oogo = schedule(date(2027, 8, 1)).steps["oogo"]
    counted = [(g.code, g.day) for g in oogo.latest.trace]
    assert counted[0] == ("before", date(2027, 4, 30))
    assert counted[1:] == [
        ("back", date(2027, 4, 30)),
        ("back", date(2027, 4, 16)),
        ("back", date(2027, 3, 5)),
    ]
    assert [(g.code, g.day) for g in oogo.earliest.trace] == [
        ("opens", date(2027, 1, 15)),
        ("forward", date(2027, 1, 15)),
    ]


# --- opens


@pytest.mark.parametrize(
    ("opens", "expected"),
    [
        ((3, 4), date(2027, 3, 4)),
        ((3, 5), date(2026, 3, 5)),  # not strictly before the latest OOGO day, 5 March
        ((3, 6), date(2026, 3, 6)),
        ((9, 1), date(2026, 9, 1)),
        ((1, 1), date(2027, 1, 1)),
    ],
)
def test_opens_is_the_last_such_day_strictly_before_the_latest_oogo_day(opens, expected):
    found = schedule(date(2027, 8, 1), opens=opens)
    assert found.steps["draft"].earliest.day == expected
    assert found.steps["oogo"].earliest.day == expected


# --- impossible procedures


def test_an_impossible_procedure_is_an_error_with_the_days_that_clash():
    # OPR first, draft ready on 1 April: six weeks later is 13 May, and the OOGO must be done by 16 April.
    with pytest.raises(CycleplanError) as caught:
        schedule(date(2027, 8, 1), order=("opr", "oogo"), opens=(4, 1))
    assert caught.value.code == "impossible-procedure"
    values = caught.value.values
    assert values["opens"] == date(2027, 4, 1)
    assert values["deadline"] == date(2027, 4, 30)
    assert values["latest"] < values["earliest"]
    assert (values["order"], values["opr_weeks"], values["adoption_weeks"]) == (("opr", "oogo"), 6, 2)
    assert LAW[values["basis"]].article == "WPO 18a lid 10"


def test_terms_that_do_not_fit_between_the_draft_and_the_last_day_are_impossible():
    # OPR first: from 15 January fourteen weeks go to 23 April, two weeks before 30 April is the 16th.
    with pytest.raises(CycleplanError) as caught:
        schedule(date(2027, 8, 1), order=("opr", "oogo"), opr_weeks=14)
    assert caught.value.code == "impossible-procedure"
    assert schedule(date(2027, 8, 1), order=("opr", "oogo"), opr_weeks=13).consultation.days == 1


# --- an independent computation

PROCEDURES = st.fixed_dictionaries(
    {
        "opens": st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda day: (day.month, day.day)),
        "order": st.sampled_from([("oogo", "opr"), ("opr", "oogo")]),
        "opr_weeks": st.integers(0, 30),
        "adoption_weeks": st.integers(0, 20),
    }
)


def by_hand(year, opens, order, opr_weeks, adoption_weeks):
    """The days of every step, each written out by itself."""
    before_adoption, term = timedelta(weeks=adoption_weeks), timedelta(weeks=opr_weeks)
    last = date(year, 4, 30)
    late = {"submission": last, "adoption": last, "overlap": last - before_adoption}
    if order == ("oogo", "opr"):
        late["opr"] = last - before_adoption
        late["oogo"] = last - before_adoption - term
        late["draft"] = late["oogo"]
    else:
        late["oogo"] = late["opr"] = last - before_adoption
        late["draft"] = last - before_adoption - term
    ready = max(day for y in (late["oogo"].year - 1, late["oogo"].year) if (day := date(y, *opens)) < late["oogo"])
    early = {"draft": ready, "overlap": ready, "opr": ready + term}
    early["oogo"] = ready if order == ("oogo", "opr") else ready + term
    early["adoption"] = early["submission"] = ready + term + before_adoption
    return {name: (early[name], late[name]) for name in STEPS}


@given(st.integers(2014, 2060), st.sampled_from(["PO", "VO"]), PROCEDURES)
def test_the_network_gives_what_counting_by_hand_gives(year, sector, procedure):
    expected = by_hand(year, **procedure)
    if all(early <= late for early, late in expected.values()):
        found = schedule(date(year, 8, 1), sector, **procedure)
        assert {name: (s.earliest.day, s.latest.day) for name, s in found.steps.items()} == expected
        assert all(step.earliest.day <= step.latest.day for step in found.steps.values())
    else:
        with pytest.raises(CycleplanError) as caught:
            schedule(date(year, 8, 1), sector, **procedure)
        values = caught.value.values
        assert caught.value.code == "impossible-procedure"
        assert (values["earliest"], values["latest"]) == expected[values["step"]]


@given(st.integers(2014, 2060), PROCEDURES)
def test_with_the_oogo_first_every_procedure_is_possible(year, procedure):
    # The draft is ready before the latest OOGO day by definition, and all else has its own term after it.
    found = schedule(date(year, 8, 1), **{**procedure, "order": ("oogo", "opr")})
    assert found.consultation.days >= 2


# --- plans whose OOGO is counted back from the first day


def test_a_youth_plan_of_2024_is_consulted_on_from_1_january_to_22_october_2023():
    # design.md, section 4: from twelve months before its first day to the day before its first day - 70 days
    found = schedule_by_kind(date(2024, 1, 1), known_kinds()["jeugdplan"], LAW)
    assert found.consultation == Period(date(2023, 1, 1), date(2023, 10, 22))
    assert found.deadline is None, "no law sets a last day"
    assert found.last_working_day is None
    assert found.steps["oogo"].status is Status.ASSUMED
    assert LAW[found.steps["oogo"].basis].article == "Jeugdwet 2.2 lid 3"
    assert found.steps["adoption"].latest.day == date(2023, 12, 31)


@given(st.dates(date(2016, 3, 1), date(2060, 12, 31)), st.integers(3, 48), st.integers(0, 60))
def test_the_oogo_of_a_kind_is_counted_back_from_the_first_day(first, months, closing):
    kind = Kind("eigen", {"nl": "eigen", "en": "own"}, opens_months=months, closes_days=closing)
    found = schedule_by_kind(first, kind, LAW)
    whole = (first.year * 12 + first.month - 1) - months
    opened = found.consultation.first
    assert (opened.year, opened.month) == (whole // 12, whole % 12 + 1)
    assert opened.day == first.day or (opened + timedelta(days=1)).day == 1
    assert (first - found.consultation.last).days == closing + 1
    assert all(step.earliest.day <= step.latest.day for step in found.steps.values())
