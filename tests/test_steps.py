import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycleplan.building import known_kinds
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.periods import Period
from cycleplan.region import FactDate, Kind, KindStep, Partnership, Plan, Procedure
from cycleplan.register import load_register
from cycleplan.steps import schedule as schedule_of
from cycleplan.steps import schedule_by_kind, schedule_support_plan, support_plan_year, tightest_start

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
    assert [(g.code, g.values.get("after"), g.values.get("weeks"), g.day) for g in values["chain"]] == [
        ("opens", None, None, date(2027, 4, 1)),
        ("forward", "opr", 6, date(2027, 5, 13)),
        ("forward", "oogo", 0, date(2027, 5, 13)),
        ("forward", "adoption", 2, date(2027, 5, 27)),
        ("forward", "submission", 0, date(2027, 5, 27)),
    ]
    assert (values["earliest"], values["deadline"]) == (date(2027, 5, 27), date(2027, 4, 30))
    assert LAW[values["basis"]].article == "WPO 18a lid 10"
    assert [LAW[g.basis].article for g in values["chain"] if g.basis] == ["WPO 18a lid 9"]


def test_with_the_oogo_first_the_way_to_the_last_step_goes_by_the_consent_and_its_article():
    # The OOGO has no term, so that the consent is as far from the draft as from the OOGO.
    found = schedule(date(2027, 8, 1), opens=(3, 4)).steps["submission"].earliest
    assert [g.values.get("after") for g in found.trace] == [None, "opr", "adoption", "submission"]
    assert [LAW[g.basis].article for g in found.trace if g.basis] == ["WMS 14a"]


def test_an_error_about_a_plan_says_which():
    kind = Kind("eigen", {}, opens_months=1, steps=(KindStep("adoption", 6),))
    first = FactDate(date(2027, 1, 1))
    with pytest.raises(CycleplanError) as caught:
        schedule_of(Plan("proef", kind, first, None, Status.PLANNED), None, LAW, WORKDAYS)
    assert caught.value.values["plan"] == "proef/eigen/2027-01-01"


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
        assert caught.value.code == "impossible-procedure"
        assert_sums_up(caught.value.values, *expected["submission"], ready=expected["draft"][0])


def assert_sums_up(values, earliest, latest, ready):
    """The chain begins with the draft, each link counts its own weeks in days, and it ends after the last day."""
    opens, *links = [g for g in values["chain"] if g.code != "plan_start"]
    assert opens.day == ready
    day = ready
    for before, link in pairwise([opens, *links]):
        assert link.values["from"] == before.day
        assert link.values["before"] == before.values.get("after", "draft")
        for _ in range(7 * link.values["weeks"]):
            day = date.fromordinal(day.toordinal() + 1)
        assert link.day == day
    assert (values["earliest"], values["deadline"]) == (earliest, latest)
    assert day == earliest > latest


@given(st.integers(2014, 2060), PROCEDURES)
def test_with_the_oogo_first_every_procedure_is_possible(year, procedure):
    # The draft is ready before the latest OOGO day by definition, and all else has its own term after it.
    found = schedule(date(year, 8, 1), **{**procedure, "order": ("oogo", "opr")})
    assert found.consultation.days >= 2


# --- plans of kinds whose steps are data


def test_a_youth_plan_of_2024_is_consulted_on_from_1_january_to_22_october_2023():
    # design.md, section 4: from twelve months before its first day to the day before its first day - 70 days
    found = schedule_by_kind(date(2024, 1, 1), known_kinds()["jeugdplan"], LAW)
    assert found.consultation == Period(date(2023, 1, 1), date(2023, 10, 22))
    assert found.deadline is None, "no law sets a last day"
    assert found.last_working_day is None
    assert {step.status for step in found.steps.values()} == {Status.ASSUMED}
    assert LAW[found.steps["oogo"].basis].article == "Jeugdwet 2.2 lid 3"
    assert found.steps["adoption"].latest.day == date(2023, 12, 31)


@given(st.dates(date(2015, 1, 1), date(2060, 12, 31)))
def test_a_youth_plan_is_consulted_on_from_a_year_to_71_days_before_it(first):
    consultation = schedule_by_kind(first, known_kinds()["jeugdplan"], LAW).consultation
    a_year_before = date(first.year - 1, first.month, 28 if (first.month, first.day) == (2, 29) else first.day)
    assert consultation == Period(a_year_before, first - timedelta(days=71))


OWN = Kind(
    "eigen",
    {"nl": "eigen", "en": "own"},
    opens_months=9,
    steps=(KindStep("oogo"), KindStep("inspraak", 4, "inspraak van ouders"), KindStep("adoption", 6)),
)


def test_the_steps_of_a_kind_follow_one_another():
    # 1 September 2025 - 9 months = 1 December 2024. On: + 28 days = 29 December, + 42 days = 9 February 2025.
    # Back from 31 August 2025: - 42 days = 20 July, - 28 days = 22 June.
    found = schedule_by_kind(date(2025, 9, 1), OWN, LAW)
    assert list(found.steps) == ["draft", "oogo", "inspraak", "adoption"]
    assert {name: (s.earliest.day.isoformat(), s.latest.day.isoformat()) for name, s in found.steps.items()} == {
        "draft": ("2024-12-01", "2025-06-22"),
        "oogo": ("2024-12-01", "2025-06-22"),
        "inspraak": ("2024-12-29", "2025-07-20"),
        "adoption": ("2025-02-09", "2025-08-31"),
    }
    assert [step.title for step in found.steps.values()] == [None, None, "inspraak van ouders", None]
    assert {step.basis for step in found.steps.values()} == {None}
    assert {d.status for step in found.steps.values() for d in (step.earliest, step.latest)} == {Status.ASSUMED}


def told(trace):
    """Each ground with what a reader is told of it."""
    return [(g.code, g.day, g.basis, {k: v for k, v in g.values.items() if k != "titles"}) for g in trace]


def test_the_days_of_a_kind_s_steps_say_what_they_were_counted_from():
    found = schedule_by_kind(date(2025, 9, 1), OWN, LAW).steps["inspraak"]
    start = ("plan_start", date(2025, 9, 1), None, {})

    def counted(code, day, before, after, weeks, since):
        values = {"before": before, "after": after, "weeks": weeks, "from": since, "assumed": True}
        return code, day, None, values

    ready = date(2024, 12, 1)
    opens = ("assumed_opens", ready, None, {"months": 9, "from": date(2025, 9, 1), "assumed": True})
    assert told(found.earliest.trace) == [
        start,
        opens,
        counted("forward", ready, "draft", "oogo", 0, ready),
        counted("forward", date(2024, 12, 29), "oogo", "inspraak", 4, ready),
    ]
    limit = date(2025, 8, 31)
    assert told(found.latest.trace) == [
        start,
        ("day_before_start", limit, None, {}),
        counted("back", date(2025, 7, 20), "inspraak", "adoption", 6, limit),
    ]
    assert {g.values["titles"]["inspraak"] for g in found.latest.trace if "titles" in g.values} == {
        "inspraak van ouders"
    }
    assert found.name == "inspraak"


def test_a_step_of_a_kind_that_the_law_asks_for_carries_its_provision_on_the_way_back():
    (gives,) = {step.gives for step in known_kinds()["jeugdplan"].steps if step.gives and step.name == "oogo"}
    found = schedule_by_kind(date(2028, 1, 1), known_kinds()["jeugdplan"], LAW).steps["oogo"]
    assert found.basis == LAW.giving(gives, date(2028, 1, 1)).key
    assert found.latest.trace[-1].basis == found.basis


PRESUMED = {"opens": (1, 15), "order": ("oogo", "opr"), "opr_weeks": 6, "adoption_weeks": 2}


@pytest.mark.parametrize("own", PRESUMED)
def test_each_part_of_a_procedure_says_by_itself_whether_it_is_assumed(own):
    found = schedule(date(2027, 8, 1), **{own: PRESUMED[own]}).steps
    (opens, *_) = found["draft"].earliest.trace
    assert opens.values["assumed"] is (own != "opens")
    assert opens.values["before"] == date(2027, 3, 5)
    links = {
        (g.values["before"], g.values["after"]): g.values["assumed"]
        for step in found.values()
        for g in (*step.earliest.trace, *step.latest.trace)
        if g.code in ("forward", "back")
    }
    assert links["oogo", "opr"] is True, "it rests on the order and on the weeks, and one of them is assumed"
    assert links["opr", "adoption"] is links["overlap", "adoption"] is (own != "adoption_weeks")
    assert links["draft", "oogo"] is links["draft", "overlap"] is links["adoption", "submission"] is False


@pytest.mark.parametrize(("order", "last"), [(("oogo", "opr"), "oogo"), (("opr", "oogo"), "opr")])
def test_an_order_that_somebody_set_rests_on_no_assumption_where_its_weeks_do_not(order, last):
    set_weeks = schedule(date(2027, 8, 1), order=order, opr_weeks=6).steps[last].latest.trace
    assert [g.values["assumed"] for g in set_weeks if g.values.get("before") == last] == [False]
    # The OOGO has no weeks of its own that could be assumed.
    assumed_weeks = schedule(date(2027, 8, 1), order=order).steps[last].latest.trace
    assert [g.values["assumed"] for g in assumed_weeks if g.values.get("before") == last] == [last == "oogo"]


def test_the_weeks_of_the_consent_are_assumed_from_the_draft_on_as_well():
    for weeks, assumed in (({}, True), ({"opr_weeks": 6}, False)):
        found = schedule(date(2027, 8, 1), order=("opr", "oogo"), **weeks).steps["opr"].earliest
        assert [g.values["assumed"] for g in found.trace if g.values.get("after") == "opr"] == [assumed]


def test_every_step_goes_by_its_name_and_the_last_working_day_says_whether_it_is_certain():
    for year, certain in ((2027, True), (2040, False)):  # the decrees on equated days are known to 2028
        found = schedule(date(year, 8, 1))
        assert {name: step.name for name, step in found.steps.items()} == dict(zip(STEPS, STEPS, strict=True))
        assert found.last_working_day_certain is certain


def test_the_steps_of_a_kind_that_do_not_fit_clash_with_the_day_before_the_plan():
    kind = OWN._replace(opens_months=1)  # 1 August to 31 August 2025: 30 days for the ten weeks
    with pytest.raises(CycleplanError) as caught:
        schedule_by_kind(date(2025, 9, 1), kind, LAW)
    assert (caught.value.values["earliest"], caught.value.values["deadline"]) == (
        date(2025, 10, 10),
        date(2025, 8, 31),
    )


def test_a_kind_without_an_oogo_has_steps_and_no_consultation():
    kind = OWN._replace(steps=(KindStep("inspraak", 2, "inspraak"), KindStep("adoption", 4)))
    found = schedule_by_kind(date(2025, 9, 1), kind, LAW)
    assert found.consultation is None
    assert found.steps["inspraak"].latest.day == date(2025, 8, 3)


STEPS_OF_A_KIND = st.lists(st.integers(0, 12), min_size=1, max_size=5)


@given(st.dates(date(2016, 3, 1), date(2060, 12, 31)), st.integers(1, 48), STEPS_OF_A_KIND)
def test_the_steps_of_a_kind_are_counted_on_from_the_opening_and_back_from_the_first_day(first, months, weeks):
    kind = Kind("eigen", {}, opens_months=months, steps=tuple(KindStep(f"s{n}", w) for n, w in enumerate(weeks)))
    whole = (first.year * 12 + first.month - 1) - months
    year, month = whole // 12, whole % 12 + 1
    opened = max(day for n in range(1, 32) if (day := _day(year, month, n)) and n <= first.day)
    total = sum(weeks) * 7
    if opened + timedelta(days=total) > first - timedelta(days=1):
        with pytest.raises(CycleplanError) as caught:
            schedule_by_kind(first, kind, LAW)
        assert caught.value.code == "impossible-procedure"
        end = opened + timedelta(days=total)
        assert_sums_up(caught.value.values, end, first - timedelta(days=1), ready=opened)
        return
    found = schedule_by_kind(first, kind, LAW)
    for n in range(len(weeks)):
        step = found.steps[f"s{n}"]
        assert (step.earliest.day - opened).days == 7 * sum(weeks[: n + 1])
        assert (first - step.latest.day).days == 1 + 7 * sum(weeks[n + 1 :])


def _day(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


@pytest.mark.parametrize("months", range(1, 49))
def test_the_tightest_start_leaves_fewer_days_than_any_other(months):
    kind = OWN._replace(opens_months=months)

    def room(first):
        return (first - schedule_by_kind(first, kind, LAW).steps["draft"].earliest.day).days

    kind = kind._replace(steps=(KindStep("oogo"),))
    every_day = (date(2025, 1, 1) + timedelta(days=n) for n in range(4 * 366))
    assert room(tightest_start(kind)) == min(map(room, every_day))


# --- a procedure's own weeks are no term of an Act


def test_the_weeks_of_a_procedure_end_on_a_day_off_as_well():
    # 30 April 2028 - 14 days is Easter Sunday; an Act's term would move on to Tuesday (Easter Monday is off too).
    steps = schedule(date(2028, 8, 1)).steps
    assert steps["opr"].latest.day == date(2028, 4, 16)
    assert WORKDAYS.day_off(date(2028, 4, 16)) == "sunday"
    assert WORKDAYS.day_off(date(2028, 4, 17)) == "easter_monday"
    # Counted on: 15 January 2028 (a Saturday) + 42 days is Saturday 26 February.
    assert steps["opr"].earliest.day.weekday() == 5


@given(st.integers(2014, 2060), PROCEDURES)
def test_no_term_of_a_procedure_is_ever_moved_on(year, procedure):
    found = schedule(date(year, 8, 1), **{**procedure, "order": ("oogo", "opr")}).steps
    assert (found["adoption"].latest.day - found["opr"].latest.day).days == 7 * procedure["adoption_weeks"]
    assert (found["opr"].latest.day - found["oogo"].latest.day).days == 7 * procedure["opr_weeks"]
    assert (found["opr"].earliest.day - found["oogo"].earliest.day).days == 7 * procedure["opr_weeks"]
    assert not any(g.code == "roll" for s in found.values() for d in (s.earliest, s.latest) for g in d.trace)
