"""What a refusal by the OPR leaves, against a search of its own, and what stands on the checklist."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from running import LANGUAGES, alignment_of, region_file, region_text, words_of

from cycleplan.building import known_kinds
from cycleplan.checklist import checklist, refusal, term_after_refusal
from cycleplan.daterules import Dated, Status
from cycleplan.law import load_law
from cycleplan.region import Kind, KindStep, Partnership, Procedure
from cycleplan.register import load_register
from cycleplan.steps import schedule_by_kind, schedule_support_plan

LAW = load_law()
WORKDAYS = load_register().workdays
DAY = timedelta(days=1)


def scheduled(year, sector="PO", **procedure):
    made = Procedure(**procedure, assumed=Procedure().assumed - procedure.keys())
    partnership = Partnership(f"{sector}9901", "", sector, False, (), frozenset(), made, 4)
    return schedule_support_plan(date(year, 8, 1), partnership, LAW, WORKDAYS)


def left(year, **procedure):
    return refusal(scheduled(year, **procedure), LAW, WORKDAYS)


def items(year, sector="PO", **procedure):
    made = scheduled(year, sector, **procedure)
    return checklist(made, refusal(made, LAW, WORKDAYS), sector, LAW)


def term(*day):
    return term_after_refusal(Dated(date(*day), Status.ACTUAL), LAW, WORKDAYS)


# --- the term of WMS 32, which the Atw moves on


@pytest.mark.parametrize(
    ("refused", "ends", "because"),
    [
        ((2027, 3, 19), date(2027, 4, 30), None),
        # Ascension Day 2026 is 14 May, and the 15th was equated by decree; then comes a weekend.
        ((2026, 4, 2), date(2026, 5, 18), "ascension"),
        # Ascension Day 2023 is 18 May, and the 19th was equated; the 22nd is a Monday.
        ((2023, 4, 6), date(2023, 5, 22), "ascension"),
        # Christmas: Friday 25, Saturday 26 and Sunday 27 December 2026.
        ((2026, 11, 13), date(2026, 12, 28), "christmas"),
        ((2024, 11, 14), date(2024, 12, 30), "boxing_day"),  # 26 December; the 27th was equated; then a weekend
        ((2026, 11, 16), date(2026, 12, 28), None),  # in the school holidays, which the Atw does not know
        ((2026, 3, 14), date(2026, 4, 27) + DAY, "saturday"),  # 25 April; the 27th is King's Day
        # By the old version three months, and no more than three: the Atw moves those as well.
        ((2016, 1, 29), date(2016, 4, 29), None),
        ((2016, 1, 30), date(2016, 5, 2), "saturday"),
        ((2015, 11, 30), date(2016, 2, 29), None),  # a month that is too short gives its last day
    ],
)
def test_the_term_after_a_refusal_ends_on_a_working_day(refused, ends, because):
    found = term(*refused)
    assert found.day == ends
    assert WORKDAYS.is_working_day(found.day)
    rolls = [g.values["by"] for g in found.trace if g.code == "roll"]
    assert rolls == ([because] if because else [])
    assert LAW[found.basis].article == "WMS 32 lid 1 jo. 37"


@pytest.mark.parametrize("day", [(2013, 12, 11), (2014, 4, 30), (2014, 3, 1)])
def test_before_the_act_and_for_the_first_plans_no_version_gives_a_term(day):
    # WMS 14a is there from 12 December 2013; the plans of 2014 had terms of their own (SWV-12).
    assert term(*day) is None


def test_from_2017_on_it_is_six_weeks_and_before_that_three_months():
    assert term(2016, 12, 31).basis == "SWV-09/2013-12-12"
    assert term(2016, 12, 31).day == date(2017, 3, 31)
    assert term(2017, 1, 1).basis == "SWV-09/2017-01-01"
    assert term(2017, 1, 1).day == date(2017, 2, 13), "42 days later is a Sunday"


# --- the last day of a refusal that leaves the whole term

HOLIDAYS = {  # by hand, from Easter and the decrees: days off from mid April to mid May that are no weekend
    2017: ["2017-04-27", "2017-04-28"],
    2018: ["2018-04-27", "2018-05-10"],
    2022: ["2022-04-27", "2022-05-05"],
    2023: ["2023-04-27", "2023-04-28", "2023-05-05"],
    2027: ["2027-04-27", "2027-05-05"],
    2028: ["2028-04-27", "2028-04-28", "2028-05-05"],
}


def off(day):
    return day.weekday() >= 5 or day.isoformat() in HOLIDAYS[day.year]


@pytest.mark.parametrize("year", [2017, 2018, 2022, 2023, 2027, 2028])
def test_the_last_refusal_is_found_by_trying_every_day(year):
    limit = date(year, 4, 30)

    def ends(day):
        day += 42 * DAY
        while off(day):
            day += DAY
        return day

    # From the middle of March on; where the term is longer it was so too long ago to matter.
    tried = [date(year, 3, 1) + n * DAY for n in range(60)]
    expected = max(day for day in tried if ends(day) <= limit)
    found = left(year).last
    assert found.day == expected
    assert all(ends(day) > limit for day in tried if day > expected)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2027, date(2027, 3, 19)),  # law-current.md, SWV-09: to Friday 30 April
        # 30 April 2017 is a Sunday, and the 27th and 28th are off: the last good end is the 26th.
        (2017, date(2017, 3, 15)),
        (2023, date(2023, 3, 15)),  # the same days as in 2017
        (2022, date(2022, 3, 18)),  # 30 April is a Saturday; Friday 29 April - 42 days
        (2028, date(2028, 3, 15)),  # 30 April is a Sunday, 28 April equated, 27 April King's Day
        (2016, date(2016, 1, 29)),  # three months: to Friday 29 April; 30 January would end on Monday 2 May
        (2015, date(2015, 1, 31)),  # three months: to Thursday 30 April, as April has no 31st
    ],
)
def test_the_last_refusal_of_known_years(year, expected):
    found = left(year).last
    assert found.day == expected
    assert found.status is Status.EXPECTED, "it is law, no assumption"


@pytest.mark.parametrize("year", range(2017, 2061))
def test_a_day_later_never_leaves_the_whole_term(year):
    found, limit = left(year).last, date(year, 4, 30)
    assert term_after_refusal(found, LAW, WORKDAYS).day <= limit
    after = [term_after_refusal(Dated(found.day + n * DAY, Status.ACTUAL), LAW, WORKDAYS).day for n in range(1, 45)]
    assert min(after) > limit
    assert all(earlier <= later for earlier, later in pairwise(after))


def test_it_says_how_it_was_found_and_what_a_day_later_gives():
    trace = left(2027).last.trace
    assert [(g.code, g.day) for g in trace] == [
        ("before", date(2027, 4, 30)),
        ("after", date(2027, 4, 30)),
        ("opr_refusal", date(2027, 3, 19)),
    ]
    # 20 March + 42 days is Saturday 1 May; Monday is the 3rd.
    assert dict(trace[-1].values) == {
        "limit": date(2027, 4, 30),
        "next": date(2027, 3, 20),
        "next_ends": date(2027, 5, 3),
        "certain": True,
    }
    assert left(2034).last.trace[-1].values["certain"] is False, "the decree of 2034 is not known"


# --- a refusal on the last day for the consent


def test_a_refusal_on_the_last_day_for_the_consent_ends_after_the_last_day_of_the_plan():
    # 30 April 2027 - 14 days = 16 April; + 42 days = Friday 28 May.
    found = left(2027)
    assert found.at_latest.day == date(2027, 5, 28)
    assert [i.code for i in items(2027)] == [
        "oogo_procedure", "opr_refusal", "opr_refusal_late", "opr_ruling", "opr_nullity",
    ]  # fmt: skip


def test_with_six_weeks_to_the_adoption_even_the_last_day_leaves_the_term():
    # 30 April 2027 - 42 days = 19 March; + 42 days = 30 April.
    assert left(2027, adoption_weeks=6).at_latest.day == date(2027, 4, 30)
    assert "opr_refusal_in_time" in [i.code for i in items(2027, adoption_weeks=6)]
    assert "opr_refusal_late" in [i.code for i in items(2027, adoption_weeks=5)]


def test_the_first_plans_had_terms_of_their_own_and_other_kinds_have_no_opr():
    assert left(2014) is None
    assert left(2015) is not None
    assert refusal(schedule_by_kind(date(2024, 1, 1), known_kinds()["jeugdplan"], LAW), LAW, WORKDAYS) is None


# --- the list


@pytest.mark.parametrize(
    ("year", "sector", "articles"),
    [
        (2027, "PO", {"oogo_procedure": "WPO 18a lid 9"}),
        (2018, "VO", {"oogo_procedure": "WVO 17a lid 9"}),
        (2022, "VO", {"oogo_procedure": "WVO 17a lid 9"}),  # made before 1 August 2022
        (2023, "VO", {"oogo_procedure": "WVO 2020 2.47 lid 10", "mbo_invitation": "WVO 2020 2.47 lid 10"}),
    ],
)
def test_the_procedure_and_the_invitation_by_sector_and_day(year, sector, articles):
    found = {i.code: LAW[i.basis].article for i in items(year, sector) if not i.code.startswith("opr")}
    assert found == articles


@pytest.mark.parametrize(
    ("year", "codes"),
    [
        (2014, []),
        (2015, ["opr_refusal", "opr_refusal_late"]),  # what is known of the ruling holds from November 2015
        (2018, ["opr_refusal", "opr_refusal_late", "opr_ruling"]),
        (2026, ["opr_refusal", "opr_refusal_late", "opr_ruling", "opr_nullity"]),
    ],
)
def test_of_a_refusal_it_says_what_is_known_of_that_year(year, codes):
    assert [i.code for i in items(year) if i.code.startswith("opr")] == codes


def test_a_youth_plan_has_a_procedure_of_its_own_and_an_own_kind_has_none():
    made = schedule_by_kind(date(2024, 1, 1), known_kinds()["jeugdplan"], LAW)
    assert [(i.code, LAW[i.basis].article) for i in checklist(made, None, None, LAW)] == [
        ("oogo_procedure", "Jeugdwet 2.2 lid 3")
    ]
    own = Kind("eigen", {}, opens_months=6, steps=(KindStep("oogo"),))
    assert checklist(schedule_by_kind(date(2024, 1, 1), own, LAW), None, None, LAW) == ()


def region(first, code="PO2510"):
    plan = {"years": f"{first}-{first + 4}", "status": "planned", "source": "verzonnen"}
    partnership = {"code": code, "municipalities": ["GM0228"], "plans": [plan]}
    return region_text(**{**region_file(), "partnerships": [partnership]})


def texts(first, lang="nl", code="PO2510"):
    alignment = alignment_of(region(first, code))
    (a,) = [a for a in alignment.assessments if a.plan.id == f"{code}/ondersteuningsplan/{first}-08-01"]
    return {i.code: words_of(alignment, lang).checklist(i) for i in a.checklist}


def test_the_sentences_of_2027():
    assert texts(2027)["opr_refusal"] == (
        "WMS 32 lid 1 jo. 37 (lezing): Stemt de ondersteuningsplanraad niet in, dan kan het samenwerkingsverband "
        "binnen zes weken de geschillencommissie om toestemming vragen. Na een weigering op of vóór 19 maart 2027 "
        "eindigt die termijn uiterlijk op 30 april 2027. De commissie heeft geen wettelijke beslistermijn; reken dus "
        "met meer tijd dan zes weken."
    )
    assert texts(2027)["opr_refusal_late"] == (
        "Weigert de OPR op 16 april 2027, de laatste dag voor de instemming (aanname), dan eindigt de termijn "
        "van WMS 32 lid 1 jo. 37 (lezing) op 28 mei 2027: na 30 april 2027, de laatste dag voor de inspectie."
    )
    assert "bindende uitspraak" in texts(2027)["opr_ruling"]
    assert "tot zes weken na dat besluit de nietigheid" in texts(2027)["opr_nullity"]
    assert "mbo-instelling" in texts(2027, code="VO2511")["mbo_invitation"]
    assert "regeling voor geschillen" in texts(2027)["oogo_procedure"]


def test_the_sentences_of_2016_are_those_of_the_version_of_then():
    said = texts(2016)["opr_refusal"]
    assert "binnen drie maanden" in said
    assert "zes weken om het geschil voor te leggen" in said
    assert "29 januari 2016" in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("first", [2015, 2018, 2026, 2034])
def test_every_item_can_be_said(first, lang):
    for code in ("PO2510", "VO2511"):
        for text in texts(first, lang, code).values():
            assert text.endswith(".")
            assert not any(wrong in text for wrong in ("None", "{", "  ", "..", "( ", "()"))
    unknown = "nog niet bekend" if lang == "nl" else "not known"
    assert (unknown in texts(first, lang)["opr_refusal"]) == (first in (2015, 2034)), "the decree of that year"


def test_the_equated_days_used_here_are_in_the_table():
    path = Path(__file__).parents[1] / "cycleplan" / "data" / "equated_days.csv"
    known = {row["date"] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}
    assert {"2017-04-28", "2023-04-28", "2028-04-28", "2026-05-15", "2023-05-19", "2024-12-27"} <= known
