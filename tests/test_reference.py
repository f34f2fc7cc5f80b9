"""The law's rules against what really happened: every day that a source names, and why where it differs.

The days here are computed from the provisions alone, without the register, which holds published days itself; that the
engine comes to the same is in ``test_cycles`` and ``test_steps``. ``explained`` says in a table why a published day is
another than the computed one, and is empty everywhere else.
"""

import csv
from calendar import monthrange
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cycleplan.daterules import Dated, Status
from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.register import load_register
from cycleplan.wording.words import Words

REFERENCE = Path(__file__).parent / "reference"
LAW, WORKDAYS = load_law(), load_register().workdays
TABLES = sorted(path.stem for path in REFERENCE.glob("*.csv"))


def table(name):
    return list(csv.DictReader((REFERENCE / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def cases(name, *keys):
    return [pytest.param(row, id="-".join(row[key] for key in keys)) for row in table(name)]


def giving(gives, on, sector=None):
    """The provision, or None where none is known."""
    try:
        return LAW.giving(gives, on, sector)
    except CycleplanError:
        return None


def held(id, on):
    return next((p for p in LAW.in_force(on) if p.id == id), None)


def must_be_explained(row, differs):
    """The table explains a difference where there is one, and only there."""
    assert bool(row["explained"]) == differs, row


# --- the tables


@pytest.mark.parametrize("name", TABLES)
def test_every_row_names_its_source_and_has_a_place_for_what_differs(name):
    for row in table(name):
        assert row["source"].strip()
        if name != "plan_starts":  # which has years, no days
            assert row["explained"] == "" or row["explained"].endswith(".")


def test_the_tables_have_all_that_is_documented_from_2010_to_2026():
    # Counted in the facts, which are not in the repository: elections.csv (type GR, held), merger_elections.csv,
    # kiesraad_timetables.csv (about 2018, 2022 and 2026, for what a provision gives), plan_periods.csv (with a code and
    # a first year), and in its columns oogo and adopted and its notes every day or month, with those of law.md.
    assert [row["year"] for row in table("councils") if row["year"] <= "2026"] == [
        "2010",
        "2014",
        "2018",
        "2022",
        "2026",
    ]
    assert Counter(row["election_date"] for row in table("merger_elections")) == {
        "2013-11-13": 4, "2014-11-19": 6, "2015-11-18": 2, "2016-11-23": 1, "2017-11-22": 6, "2018-11-21": 12,
        "2020-11-18": 4, "2021-11-24": 4, "2022-03-16": 1, "2022-11-23": 1, "2026-11-18": 1,
    }  # fmt: skip
    assert Counter(row["election"] for row in table("timetables")) == {"GR2018": 8, "GR2022": 8, "GR2026": 8}
    assert Counter(row["first_year"] for row in table("plan_starts")) == {
        "2014": 16, "2015": 2, "2016": 4, "2017": 1, "2018": 13, "2019": 6, "2020": 4, "2021": 1, "2022": 11,
        "2023": 11, "2024": 2,
    }  # fmt: skip
    assert Counter(row["what"] for row in table("plan_days")) == {
        "oogo": 10, "opr": 7, "adopted": 11, "submitted": 1, "deadline": 3,
    }  # fmt: skip


# --- regular elections


@pytest.mark.parametrize("row", cases("councils", "year"))
def test_the_rules_of_its_year_give_the_days_of_an_election(row):
    on = date(int(row["year"]), 1, 1)
    nominated = LAW.giving("nomination", on).in_year(on.year, WORKDAYS)
    elected = LAW.giving("polling", on).after(nominated, WORKDAYS)
    first = LAW.giving("first_sitting", on).in_year(on.year, WORKDAYS)
    days = [d.day.isoformat() for d in (nominated, elected, first)]
    must_be_explained(row, days != [row["nominated"], row["elected"], row["first_sitting"]])


# Milestone of a timetable → what gives it, by its name for the engine or by its id, and the milestone it counts from.
MILESTONES = {
    "last_day_party_name_registration": ("GR-12", "nomination"),
    "nomination": ("nomination", None),
    "election_day": ("polling", "nomination"),
    "result_determined": ("GR-13", "election_day"),
    "appointment_letters": ("GR-14", "result_determined"),
    "last_day_accept_appointment": ("GR-14b", "appointment_letters"),
    "old_council_resigns": ("first_sitting", None),
    "new_council_installed": ("first_sitting", None),
}


def computed(milestone, published):
    """The day of a milestone by the law as it was then, or None where no version of then is known."""
    gives, counted_from = MILESTONES[milestone]
    year = date.fromisoformat(published["election_day"]).year
    day = date.fromisoformat(published[milestone])
    provision = held(gives, day) if gives.startswith("GR-") else giving(gives, date(year, 1, 1))
    if provision is None:
        return None
    if counted_from is None:
        return provision.in_year(year, WORKDAYS).day
    start = Dated(date.fromisoformat(published[counted_from]), Status.ACTUAL)
    return provision.after(start, WORKDAYS).day


@pytest.mark.parametrize("row", cases("timetables", "election", "milestone"))
def test_a_published_timetable_has_the_days_of_the_law_of_then(row):
    published = {r["milestone"]: r["date"] for r in table("timetables") if r["election"] == row["election"]}
    found = computed(row["milestone"], published)
    must_be_explained(row, found is None or found.isoformat() != row["date"])


def test_the_three_days_that_everything_rests_on_are_as_published_without_explanation():
    rest = [row for row in table("timetables") if not MILESTONES[row["milestone"]][0].startswith("GR-")]
    assert len(rest) == 12
    assert not any(row["explained"] for row in rest)


def test_2022_is_the_one_off_it_was():
    # Without the covid Act the Kieswet of then gives Thursday 24 March 2022 (law.md, section 10).
    assert LAW.giving("first_sitting", date(2022, 1, 1)).in_year(2022, WORKDAYS).day == date(2022, 3, 30)
    assert held("GR-04a", date(2022, 1, 1)) is None
    by_the_rule = next(p for p in LAW.find("GR-04a") if p.holds_on(date(2022, 1, 1)))
    assert by_the_rule.in_year(2022, WORKDAYS).day == date(2022, 3, 24)
    assert LAW.set_aside(by_the_rule, date(2022, 1, 1)).id == "GR-04b"
    for year in (2021, 2023):
        assert held("GR-04b", date(year, 1, 1)) is None


# --- mergers


def regular_days():
    return [date.fromisoformat(row["elected"]) for row in table("councils")]


def skipped_by_rule(effective):
    """The regular election that the Wet arhi of its day drops: within three years after a merger, or just before it."""
    after, found = giving("merger_skips", effective), []
    for day in regular_days():
        if after and effective <= day <= after.rule.until(effective, WORKDAYS):
            found.append(day)
        if day.year == effective.year - 1 and giving("merger_postpones", day):
            found.append(day)
    return found


def iso(day):
    return day.isoformat() if day else ""


@pytest.mark.parametrize("row", cases("merger_elections", "municipality", "effective_date"))
def test_the_rules_of_its_year_give_the_days_of_a_merger_election(row):
    effective = date.fromisoformat(row["effective_date"])
    october = date(effective.year - 1, 10, 5)
    nomination = giving("merger_nomination", october)
    polling = None
    if nomination:
        nominated = nomination.in_year(october.year, WORKDAYS)
        polling = LAW.giving("merger_polling", october).after(nominated, WORKDAYS).day
    skipped = skipped_by_rule(effective)
    differs = iso(polling) != row["election_date"]
    differs |= list(map(iso, skipped)) != [day for day in [row["skipped_regular_election"]] if day]
    if row["next_regular_election"]:
        coming = next(day for day in regular_days() if day > effective and day not in skipped)
        differs |= iso(coming) != row["next_regular_election"]
    must_be_explained(row, differs)


@pytest.mark.parametrize("row", cases("herindeling", "effective"))
def test_the_rules_of_its_year_give_the_days_of_a_merger(row):
    effective = date.fromisoformat(row["effective"])
    october = date(effective.year - 1, 10, 5)
    nominated = LAW.giving("merger_nomination", october).in_year(october.year, WORKDAYS)
    elected = LAW.giving("merger_polling", october).after(nominated, WORKDAYS)
    first = LAW.giving("merger_first_sitting", effective).after(Dated(effective, Status.ACTUAL), WORKDAYS)
    skipped = skipped_by_rule(effective)
    coming = next(day for day in regular_days() if day > effective and day not in skipped)
    found = [nominated.day.isoformat(), elected.day.isoformat(), first.day.isoformat(), str(coming.year)]
    must_be_explained(row, found != [row[k] for k in ("nominated", "elected", "first_sitting", "next_regular_year")])


# --- plans


def last_day(first_year, sector):
    return LAW.giving("submission", date(first_year, 4, 30), sector).in_year(first_year, WORKDAYS).day


@pytest.mark.parametrize("row", cases("plan_deadlines", "first"))
@pytest.mark.parametrize("sector", ["PO", "VO"])
def test_the_rule_of_its_year_gives_the_last_day_of_a_plan(row, sector):
    day = last_day(int(row["first"][:4]), sector)
    differs = [day.isoformat(), WORKDAYS.on_or_before(day).isoformat()] != [row["last_day"], row["last_working_day"]]
    must_be_explained(row, differs)


def test_every_year_in_which_a_plan_is_known_to_start_has_its_last_day():
    years = {row["first_year"] for row in table("plan_starts")}
    assert years == {str(year) for year in range(2014, 2025)}, "in 2025 no plan is known to start"
    assert years | {"2026"} <= {row["first"][:4] for row in table("plan_deadlines")}
    for row in table("plan_starts"):
        assert last_day(int(row["first_year"]), row["code"][:2])


def end_of(text):
    """The day, or the last day of the month."""
    year, month, *day = map(int, text.split("-"))
    return date(year, month, day[0] if day else monthrange(year, month)[1])


def begin_of(text):
    return end_of(text).replace(day=1) if len(text) == 7 else end_of(text)


@pytest.mark.parametrize("row", cases("plan_days", "code", "first_year", "what"))
def test_what_partnerships_did_is_in_time_and_in_order_or_the_table_says_how_not(row):
    same = {
        r["what"]: r["day"]
        for r in table("plan_days")
        if (r["code"], r["first_year"]) == (row["code"], row["first_year"])
    }
    limit = last_day(int(row["first_year"]), row["code"][:2] or "PO")
    day = row["day"]
    wrong = end_of(day) != limit if row["what"] == "deadline" else end_of(day) > limit
    if row["what"] in ("oogo", "opr") and "adopted" in same:
        wrong |= begin_of(day) > end_of(same["adopted"])
    must_be_explained(row, wrong)


# --- a year without a version


def gaps():
    """What provisions give, with a day before the first version that is known."""
    for gives in sorted({p.gives for p in LAW.provisions if p.gives}):
        for sector in sorted({p.sector or "" for p in LAW.provisions if p.gives == gives}):
            first = min(p.valid_from for p in LAW.provisions if p.gives == gives and (p.sector or "") == sector)
            yield pytest.param(gives, sector or None, first, id=f"{gives}-{sector}")


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(("gives", "sector", "first"), list(gaps()))
def test_a_year_without_a_version_is_an_error_that_names_the_years_that_are_known(gives, sector, first, lang):
    with pytest.raises(CycleplanError) as caught:
        LAW.giving(gives, date(first.year - 1, 6, 1), sector)
    assert caught.value.values["known_from"] == first
    text = Words(lang, LAW).error(caught.value)
    assert str(first.year) in text
    assert str(first.year - 1) in text


def test_every_year_from_2010_on_has_the_rules_of_an_election_and_from_2014_those_of_a_plan_and_a_merger():
    # Nothing falls between two versions.
    for year in range(2010, 2061):
        for gives in ("nomination", "polling", "first_sitting", "powers_stay"):
            assert giving(gives, date(year, 1, 1)), (gives, year)
    for year in range(2014, 2061):
        for gives in ("submission", "plan_length", "oogo_before_adoption"):
            assert all(giving(gives, date(year, 4, 30), sector) for sector in ("PO", "VO")), (gives, year)
        assert giving("merger_nomination", date(year, 10, 5)), year


def test_what_ended_and_what_came_after_it_follow_each_other_without_a_day_between():
    for p in LAW.provisions:
        if p.gives is None or p.valid_to is None or p.overrides:
            continue
        later = (q.valid_from for q in LAW.provisions if q.gives == p.gives and q.sector == p.sector)
        assert any((day - p.valid_to).days == 1 for day in later), p.key


def test_polling_is_the_third_wednesday_of_march_since_2014():
    # An oracle of its own: what Kieswet F 1 and J 1 come to (law.md, GR-03).
    for row in table("councils"):
        if row["year"] >= "2014":
            march = [date(int(row["year"]), 3, day) for day in range(1, 32)]
            assert row["elected"] == [day for day in march if day.weekday() == 2][2].isoformat()
