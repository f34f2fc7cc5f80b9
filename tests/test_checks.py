"""The sense checks: when each fires and, by a hair, when it does not, with the article that it names."""

from datetime import date

import pytest

from cycleplan import checks
from cycleplan.law import load_law
from cycleplan.loading import load_region, load_text
from cycleplan.register import load_register
from cycleplan.resources import region_files
from cycleplan.wording.words import Words

REGISTER, LAW = load_register(), load_law()
TODAY = date(2026, 11, 22)
HEAD = "region: proef\nname: Proef\nrevised: 2026-11-22\n"  # three lines
SOURCED = "status: actual, source: verzonnen"


def look(text, today=TODAY):
    """The region of *text* and what the sense checks find in it."""
    loaded = load_text((HEAD + text).encode(), "proef.yaml", REGISTER)
    assert loaded.problems == (), loaded.problems
    return loaded.region, checks.check(loaded.region, REGISTER, LAW, today)


def rules(text, today=TODAY):
    return [problem.rule for problem in look(text, today)[1]]


def only(text, today=TODAY):
    """The one problem of *text*."""
    (problem,) = look(text, today)[1]
    return problem


def said(text, lang="nl", today=TODAY):
    """The sentence of the one problem of *text*."""
    region, (problem,) = look(text, today)
    return Words(lang, LAW, region).problem(problem)


def partnership(*plans, code="PO2510", more=""):
    listed = "".join(f"      - {{{plan}}}\n" for plan in plans)
    return f"partnerships:\n  - code: {code}\n{more}    plans:{' []' if not plans else ''}\n{listed}"


def plan(years="2022-2026", more="", facts=SOURCED):
    return f"years: {years}, {facts}{', ' + more if more else ''}"


def both(done, year="2022"):
    """*done* with the other of the two steps that come before the adoption, long before it."""
    return f"{done}, {'opr' if done.startswith('oogo') else 'oogo'}: {year}-01-10"


def municipality(*councils, code="GM0228", more=""):
    """A municipality with its present college, so that nothing is said of that."""
    now = "elected: 2026-03-18, college_formed: 2026-06-01, status: expected, source: verzonnen"
    listed = "".join(f"      - {{{council}}}\n" for council in (now, *councils))
    return f"municipalities:\n  - code: {code}\n{more}    councils:\n{listed}"


def agreement(more):
    return f"agreements:\n  - {{name: Convenant, parties: [GM0228, PO2510], {more}}}\n"


# --- the regions that ship


SHIPPED = {
    "almere": ["college-not-in-file", "longer-than-four-years", "longer-than-four-years"],
    "de-meierij": ["college-not-in-file"],
    "foodvalley": [
        "college-not-in-file",
        "gap-between-plans",
        "adopted-after-deadline",
        "step-not-in-file",
        "gap-between-plans",
    ],
    "holland-rijnland": ["college-not-in-file", "adopted-after-deadline", "step-not-in-file"],
    "leeuwarden": ["college-not-in-file"],
    "noord-kennemerland": [
        "college-not-in-file",
        "shorter-than-four-years",
        "step-not-in-file",
        "adopted-before-oogo",
        "agreement-without-dates",
    ],
    "noordoost-friesland": ["college-not-in-file"],
    "twente": ["college-not-in-file"],
    "utrecht": ["college-not-in-file", "gap-between-plans"],
    "zuid-kennemerland": ["college-not-in-file", "agreement-without-dates"],
    "zuid-limburg": ["college-not-in-file"],
}


def _shipped(name):
    loaded = load_region(region_files()[name], REGISTER)
    assert loaded.problems == ()
    return loaded.region, checks.check(loaded.region, REGISTER, LAW, TODAY)


def test_every_region_that_ships_is_listed_here():
    assert sorted(region_files()) == sorted(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_regions_have_no_errors_and_only_these_warnings(name):
    _, found = _shipped(name)
    assert [(p.level, p.rule) for p in found] == [("warning", rule) for rule in SHIPPED[name]]


def test_the_plan_of_ijmond_was_adopted_before_its_oogo():
    region, found = _shipped("noord-kennemerland")
    (problem,) = [p for p in found if p.rule == "adopted-before-oogo"]
    (ijmond,) = [p for p in region.partnerships["PO2711"].plans if p.first.day == date(2024, 8, 1)]
    assert problem.place == ijmond.mark.at("adopted")
    sentence = Words("nl", LAW, region).problem(problem)
    assert all(words in sentence for words in ("11 april 2024", "19 april 2024", "WPO 18a lid 9"))


def test_a_small_region_without_anything_unusual_has_no_problems():
    done = "oogo: 2022-02-10, opr: 2022-03-31, adopted: 2022-04-14"
    text = municipality() + partnership(plan("2018-2022"), plan("2022-2026", done))
    assert rules(text) == []


def test_the_problems_come_by_place():
    _, found = look(agreement("source: verzonnen") + partnership(plan("2016-2017", facts="status: actual")))
    assert [p.rule for p in found] == ["agreement-without-dates", "no-source", "shorter-than-four-years"]
    assert [p.place for p in found] == sorted(p.place for p in found)


# --- what was done before what


@pytest.mark.parametrize(
    ("done", "adopted", "rule"),
    [
        ("oogo: 2022-02-10", "2022-02-09", "adopted-before-oogo"),
        ("oogo: 2022-02-10", "2022-02-10", None),
        ("oogo: 2022-02-10", "2022-02-11", None),
        ("opr: 2022-03-31", "2022-03-30", "adopted-before-opr"),
        ("opr: 2022-03-31", "2022-03-31", None),
        ("opr: 2022-03-31", "2022-04-01", None),
        # A month says nothing of the days within it.
        ("oogo: 2022-02-10", "2022-02", None),
        ("oogo: 2022-02", "2022-01-31", "adopted-before-oogo"),
        ("oogo: 2022-02", "2022-02-28", None),
        # The first of each counts: a later OOGO while the plan runs confirms it again.
        ("oogo: [2022-02-10, 2023-01-20]", "2022-04-14", None),
        ("oogo: [2023-01-20, 2022-02-10]", "[2023-02-01, 2022-04-14]", None),
    ],
)
def test_the_adoption_comes_after_the_oogo_and_the_opr(done, adopted, rule):
    found = rules(partnership(plan(more=f"{both(done)}, adopted: {adopted}")))
    assert found == ([rule] if rule else [])


@pytest.mark.parametrize("key", ["oogo", "opr"])
def test_an_oogo_known_by_its_month_can_have_been_before_an_adoption_in_it(key):
    assert rules(partnership(plan(more=f"{both(f'{key}: 2022-02')}, adopted: 2022-02-20"))) == []


@pytest.mark.parametrize(
    ("code", "years", "done", "article"),
    [
        ("PO2510", "2022-2026", "oogo", "WPO 18a lid 9"),
        ("VO2511", "2018-2022", "oogo", "WVO 17a lid 9"),
        ("VO2511", "2023-2027", "oogo", "WVO 2020 2.47 lid 10"),
        ("PO2510", "2022-2026", "opr", "WMS 14a"),
        ("VO2511", "2023-2027", "opr", "WMS 14a"),
    ],
)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_order_names_its_article(code, years, done, article, lang):
    year = years[:4]
    text = partnership(plan(years, f"{both(f'{done}: {year}-03-20', year)}, adopted: {year}-03-10"), code=code)
    mark = {"nl": ", oudere tekst", "en": ", older text"}[lang] if "17a" in article else ""
    assert f"({article}{mark})" in said(text, lang)


def test_a_youth_plan_adopted_before_its_oogo():
    youth = "kind: jeugdplan, first: 2024-01-01, last: 2027-12-31, status: actual, source: verzonnen, oogo: 2023-10-05"
    text = "    plans:\n      - {" + youth + ", adopted: %s}\n"
    assert "(Jeugdwet 2.2 lid 3)" in said(municipality() + text % "2023-10-04")
    assert rules(municipality() + text % "2023-10-05") == []


OWN_KIND = "kinds:\n  - {kind: speelplan, name: Speelplan, opens_months: 6, steps: [{step: oogo}, {step: adoption}]}\n"


@pytest.mark.parametrize(("kind", "done"), [("speelplan", "oogo"), ("speelplan", "opr"), ("jeugdplan", "opr")])
def test_where_no_law_asks_for_an_order_nothing_is_said_of_it(kind, done):
    text = f"plans:\n  - {{kind: {kind}, first: 2024-01-01, last: 2027-12-31, {SOURCED}, {done}: 2023-10-05, "
    assert rules(OWN_KIND + text + "adopted: 2023-10-04}\n") == []


# --- what the file does not tell, or tells of after the last day


def test_zeeuws_vlaanderen_2018_adopted_before_its_oogo_and_its_opr_and_after_the_last_day():
    # law.md, section 8: OOGO done on 22 June 2018, OPR on 21 June, adopted on 13 and 20 June.
    done = "oogo: 2018-06-22, opr: 2018-06-21, adopted: [2018-06-13, 2018-06-20]"
    region, found = look(partnership(plan("2018-2022", done), code="PO2903"))
    assert [p.rule for p in found] == ["adopted-after-deadline", "adopted-before-oogo", "adopted-before-opr"]
    late, before_oogo, before_opr = (Words("nl", LAW, region).problem(p) for p in found)
    assert all(words in late for words in ("13 juni 2018", "30 april 2018", "(WPO 18a lid 10)"))
    assert all(words in before_oogo for words in ("13 juni 2018", "22 juni 2018", "(WPO 18a lid 9)"))
    assert all(words in before_opr for words in ("13 juni 2018", "21 juni 2018", "(WMS 14a)"))


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ("oogo: 2022-02-10, opr: 2022-03-31, adopted: 2022-04-14", None),
        ("oogo: 2022-02-10, adopted: 2022-04-14", ("opr",)),
        ("opr: 2022-03-31, adopted: 2022-04-14", ("oogo",)),
        ("adopted: 2022-04-14", ("oogo", "opr")),
        ("adopted: [2022-04-14, 2022-12]", ("oogo", "opr")),
        ("submitted: 2022-04-20", None),  # that it was adopted is not in the file either
        ("", None),
    ],
)
def test_of_an_adopted_plan_the_file_tells_what_went_before(more, missing):
    found = look(partnership(plan(more=more)))[1]
    assert [(p.rule, p.level, p.values["missing"]) for p in found] == (
        [("step-not-in-file", "warning", missing)] if missing else []
    )


def test_a_step_that_is_not_in_the_file_is_a_gap_and_no_offence():
    assert said(partnership(plan(more="oogo: 2022-02-10, adopted: 2022-04-14"))) == (
        "Van de instemming van de OPR staat niets in het bestand; de wet vraagt dat vóór de vaststelling (WMS 14a). "
        "Vul `opr` aan."
    )
    assert said(partnership(plan("2023-2027", "adopted: 2023-04-14"), code="VO2511"), "en") == (
        "The file says nothing of the OOGO and the consent of the OPR; the law asks for that before the adoption "
        "(WVO 2020 2.47 lid 10; WMS 14a). Add `oogo` and `opr`."
    )


def test_of_a_plan_that_is_yet_to_be_adopted_or_of_another_kind_nothing_is_missing():
    planned = plan("2027-2031", "adopted: 2027-04-14", "status: planned, source: verzonnen")
    assert rules(partnership(planned)) == []
    text = "plans:\n  - {kind: regiovisie, first: 2024-01-01, last: 2027-12-31, adopted: 2023-11-01, " + SOURCED + "}\n"
    assert rules(text) == []


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("oogo: 2022-04-30", []),
        ("oogo: 2022-04", []),
        ("oogo: 2022-05-01", ["step-after-deadline"]),
        ("opr: 2022-05-01", ["step-after-deadline"]),
        ("oogo: 2022-05-01, opr: 2022-05", ["step-after-deadline", "step-after-deadline"]),
        ("oogo: [2022-02-10, 2022-12]", []),  # again, while the plan runs
        # The adoption is told of, and says it all.
        ("oogo: 2022-05-01, opr: 2022-05-02, adopted: 2022-05-12", ["adopted-after-deadline"]),
        ("oogo: 2022-05-01, opr: 2022-03-31, adopted: 2022-04-12", ["adopted-before-oogo"]),
    ],
)
def test_an_oogo_or_a_consent_after_the_last_day(more, found):
    assert rules(partnership(plan(more=more))) == found


def test_an_oogo_after_the_last_day_names_its_article():
    sentence = said(partnership(plan("2018-2022", "oogo: 2018-05-01"), code="VO2511"))
    assert all(words in sentence for words in ("1 mei 2018", "30 april 2018", "(WVO 17a lid 10, oudere tekst)"))


# --- kinds of plan of the region's own


def kind_of_plan(months, *steps):
    listed = "".join(f"      - {{step: {name}, weeks: {weeks}}}\n" for name, weeks in steps)
    return f"kinds:\n  - kind: speelplan\n    name: Speelplan\n    opens_months: {months}\n    steps:\n{listed}"


# The fewest days of so many months on end, without a leap day, from the lengths of the months; four years have one.
FEWEST = {1: 28, 2: 59, 3: 89, 6: 181, 12: 365, 24: 730, 47: 1430, 48: 1461}


@pytest.mark.parametrize("months", FEWEST)
@pytest.mark.parametrize("day", [1, 15, 31])
def test_the_steps_of_a_kind_fit_whenever_the_plan_begins_or_are_an_error(months, day):
    from cycleplan.periods import years_later

    # The last step is done the day before the first day, so there is a day less than the months have.
    weeks = (FEWEST[months] - 1) // 7
    plans = "".join(
        f"  - {{kind: speelplan, first: {f}, last: {years_later(f, 4)}, {SOURCED}}}\n"
        for month in (1, 3, 5, 12)
        if (f := date(2025, month, day))
    )
    third = weeks // 3
    first, last = [("inspraak", third), ("hoorzitting", third)], weeks - 2 * third
    assert rules(kind_of_plan(months, *first, ("adoption", last)) + f"plans:\n{plans}") == []
    problem = only(kind_of_plan(months, *first, ("adoption", last + 1)) + f"plans:\n{plans}")
    assert (problem.rule, problem.level, problem.place) == ("impossible-kind", "error", (9, 7))


def test_a_kind_that_does_not_fit_shows_the_chain():
    # 1 March 2025 - 2 months = 1 January; + 4 weeks = 29 January; + 5 weeks = 5 March, after 28 February.
    text = kind_of_plan(2, ("oogo", 0), ("inspraak", 4), ("adoption", 5))
    assert (
        "Begint het plan op 1 maart 2025: concept klaar op 1 januari 2025 (aanname); OOGO: 1 januari 2025 (aanname); "
        "4 weken tot inspraak: 29 januari 2025 (aanname); 5 weken tot vaststelling: 5 maart 2025 (aanname). "
        "De laatste dag is dan 28 februari 2025."
    ) in said(text)


# --- before 1 May


@pytest.mark.parametrize(
    ("submitted", "late"),
    [
        ("2014-04-29", False),
        ("2014-04-30", False),
        ("2014-05-01", True),  # as Driegang's was: a day late
        ("2014-04", False),
        ("2014-05", True),
        ("[2014-04-30, 2014-05-12]", False),  # a second version may follow
    ],
)
def test_the_inspectorate_has_the_plan_before_the_first_of_may(submitted, late):
    text = partnership(plan("2014-2018", f"submitted: {submitted}"), code="PO2816")
    assert rules(text) == (["submitted-after-deadline"] if late else [])


def test_a_late_submission_names_the_day_and_the_article():
    text = partnership(plan("2014-2018", "submitted: 2014-05-01"), code="PO2816")
    problem = only(text)
    assert (problem.level, problem.place) == ("warning", (7, text.splitlines()[-1].index("2014-05-01") + 1))
    sentence = said(text)
    assert all(words in sentence for words in ("1 mei 2014", "30 april 2014", "(WPO 18a lid 10)"))
    assert "30 April 2014" in said(text, "en")


def test_a_sunday_does_not_move_the_last_day():
    assert date(2023, 4, 30).weekday() == 6
    assert rules(partnership(plan("2023-2027", "submitted: 2023-05-01"))) == ["submitted-after-deadline"]
    assert rules(partnership(plan("2023-2027", "submitted: 2023-04-30"))) == []


@pytest.mark.parametrize(
    ("adopted", "late"),
    [
        ("2022-04-30", False),
        ("2022-05-01", True),
        ("2022-12", True),
        ("[2022-04-14, 2022-12-20]", False),
    ],
)
def test_the_first_adoption_is_in_time_too(adopted, late):
    done = "oogo: 2022-02-10, opr: 2022-03-31"
    text = partnership(plan(more=f"{done}, adopted: {adopted}"))
    assert rules(text) == (["adopted-after-deadline"] if late else [])


@pytest.mark.parametrize(
    ("code", "years", "article"),
    [
        ("PO2510", "2022-2026", "WPO 18a lid 10"),
        ("VO2511", "2018-2022", "WVO 17a lid 10, oudere tekst"),
        ("VO2511", "2023-2027", "WVO 2020 2.47 lid 11"),
    ],
)
@pytest.mark.parametrize("key", ["adopted", "submitted"])
def test_the_last_day_names_its_article(code, years, article, key):
    done = f"oogo: {years[:4]}-02-10, opr: {years[:4]}-03-31, {key}: {years[:4]}-05-02"
    assert f"({article})" in said(partnership(plan(years, done), code=code))


# --- the length of a plan, and the plans one after another


@pytest.mark.parametrize(
    ("years", "found"),
    [
        ("2022-2023", ("shorter-than-four-years", 12)),
        ("2022-2024", ("shorter-than-four-years", 24)),
        ("2022-2025", ("shorter-than-four-years", 36)),
        ("2022-2026", None),
        ("2022-2027", ("longer-than-four-years", 60)),
    ],
)
def test_a_plan_of_another_length_than_four_years(years, found):
    text = partnership(plan(years))
    if found is None:
        assert rules(text) == []
        return
    problem = only(text)
    assert (problem.rule, problem.values["months"], problem.level) == (*found, "warning")
    assert f"{found[1]} maanden" in said(text)
    assert "(WPO 18a lid 7, lezing)" in said(text)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2022-08-01", "2026-07-31", []),
        ("2022-08-01", "2026-07-30", ["shorter-than-four-years"]),
        ("2022-08-01", "2026-08-31", ["longer-than-four-years"]),
        ("2022-08-01", "unknown", []),
        ("2022-08-02", "2026-07-31", ["shorter-than-four-years", "not-a-school-year"]),
        ("2022-07-31", "2026-07-31", ["not-a-school-year"]),
        ("2022-01-01", "2025-12-31", ["not-a-school-year"]),
    ],
)
def test_a_plan_by_days(first, last, expected):
    assert rules(partnership(f"first: {first}, last: {last}, {SOURCED}")) == expected


@pytest.mark.parametrize(
    ("code", "first", "last", "article"),
    [
        ("PO2510", "2022-01-01", "2025-12-31", "WPO 1"),
        ("VO2511", "2020-01-01", "2023-12-31", "WVO 17a lid 10, oudere tekst, lezing"),
        ("VO2511", "2023-01-01", "2026-12-31", "WVO 2020 1.1"),
    ],
)
def test_a_plan_that_begins_on_another_day_names_the_school_year(code, first, last, article):
    text = partnership(f"first: {first}, last: {last}, {SOURCED}", code=code)
    problem = only(text)
    assert (problem.rule, problem.place) == ("not-a-school-year", (7, 17))
    assert f"({article})" in said(text)
    assert "1 augustus" in said(text)


def test_a_plan_of_another_kind_may_have_any_length():
    text = "plans:\n  - {kind: regiovisie, first: 2020-01-01, last: 2031-12-31, " + SOURCED + "}\n"
    assert rules(text) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2018-2022", "2022-2026", []),
        ("2018-2022", "2023-2027", ["gap-between-plans"]),
        ("2018-2022", "2021-2025", ["plans-overlap"]),
        ("2022-2026", "2018-2022", []),  # the order in the file does not matter
        ("2022-2026", "2016-2020", ["gap-between-plans"]),
    ],
)
def test_plans_follow_each_other(first, second, expected):
    assert rules(partnership(plan(first), plan(second))) == expected


def test_a_gap_and_an_overlap_of_a_single_day():
    by_days = "first: 2022-08-0{}, last: 2026-07-31, " + SOURCED
    first = "first: 2018-08-01, last: 2022-07-31, " + SOURCED
    gap = [p for p in look(partnership(first, by_days.format(2)))[1] if p.rule == "gap-between-plans"]
    assert [(p.values["first"], p.values["last"]) for p in gap] == [(date(2022, 8, 1), date(2022, 8, 1))]
    longer = "first: 2018-08-01, last: 2022-08-01, " + SOURCED
    assert rules(partnership(longer, plan())) == ["plans-overlap"]


def test_a_gap_names_its_days_and_its_article():
    sentence = said(partnership(plan("2016-2020"), plan("2021-2025")))
    assert all(words in sentence for words in ("1 augustus 2020 t/m 31 juli 2021", "(WPO 18a lid 7, lezing)"))
    assert "(WVO 17a lid 7, oudere tekst, lezing)" in said(
        partnership(plan("2014-2018"), plan("2019-2023"), code="VO2511")
    )


def test_a_plan_without_an_end_has_no_gap_after_it():
    open_ended = "first: 2014-08-01, last: unknown, " + SOURCED
    assert rules(partnership(open_ended, plan("2022-2026"))) == []


def test_plans_of_two_partnerships_do_not_overlap():
    assert rules(partnership(plan("2022-2026")) + partnership(plan("2022-2026"), code="PO2509")[14:]) == []


# --- councils


@pytest.mark.parametrize(
    ("elected", "near"),
    [
        ("2022-03-15", date(2022, 3, 16)),
        ("2022-03-17", date(2022, 3, 16)),
        ("2024-03-16", date(2022, 3, 16)),
        ("2024-03-18", date(2026, 3, 18)),
        ("2010-03-04", date(2010, 3, 3)),
    ],
)
def test_an_elected_day_that_is_no_election_is_told_with_the_nearest(elected, near):
    text = municipality(f"elected: {elected}, college_formed: {elected[:4]}-10-01, {SOURCED}")
    problem = only(text)
    assert (problem.rule, problem.level, problem.place) == ("no-such-election", "error", (8, 19))
    assert problem.values["near"] == near
    assert f"`replaces: {near}`" in said(text)


@pytest.mark.parametrize("elected", ["2010-03-03", "2014-03-19", "2018-03-21", "2022-03-16", "2030-03-20"])
def test_an_elected_day_that_the_law_gives_is_fine(elected):
    assert rules(municipality(f"elected: {elected}, college_formed: {elected[:4]}-06-01, {SOURCED}")) == []


def test_a_merged_municipality_votes_on_its_own_day():
    # Dijk en Waard: elected on 24 November 2021 for the merger of 1 January 2022, and not in March 2022.
    fact = "elected: {}, college_formed: 2022-06-01, " + SOURCED
    assert rules(municipality(fact.format("2021-11-24"), code="GM1980")) == []
    problem = only(municipality(fact.format("2022-03-16"), code="GM1980"))
    assert (problem.rule, problem.values["near"]) == ("no-such-election", date(2021, 11, 24))


def test_an_election_that_replaces_another():
    moved = "elected: 2022-11-23, replaces: {}, first: 2022-12-06, college_formed: 2023-02-01, " + SOURCED
    assert rules(municipality(moved.format("2022-03-16"))) == []
    problem = only(municipality(moved.format("2022-03-23")))
    assert (problem.rule, problem.place) == ("no-such-election", (8, 41))
    assert (problem.values["day"], problem.values["near"]) == (date(2022, 3, 23), date(2022, 3, 16))


def test_a_second_fact_about_a_moved_election_needs_no_replaces():
    moved = f"elected: 2022-11-23, replaces: 2022-03-16, first: 2022-12-06, {SOURCED}"
    later = f"elected: 2022-11-23, fell: 2024-02-01, college_formed: 2024-04-01, {SOURCED}"
    assert rules(municipality(moved, later)) == []
    assert rules(municipality(later)) == ["no-such-election"]


@pytest.mark.parametrize(
    ("first", "early"),
    [("", True), (", first: 2022-06-14", True), (", first: 2022-06-15", True), (", first: 2022-06-16", False)],
)
def test_a_moved_election_needs_a_first_sitting_after_it(first, early):
    text = municipality(f"elected: 2022-06-15, replaces: 2022-03-16{first}, {SOURCED}")
    assert rules(text) == (["first-sitting-too-early"] if early else [])


def test_a_college_that_fell_needs_the_next_one():
    fell = "elected: 2022-03-16, fell: 2024-04-11{}, " + SOURCED
    problem = only(municipality(fell.format("")))
    assert (problem.rule, problem.level, problem.place) == ("fell-without-college", "error", (8, 37))
    assert rules(municipality(fell.format(", college_formed: 2024-06-20"))) == []
    assert rules(municipality(fell.format(", college_formed: 2024-04-12"))) == []
    assert rules(municipality(fell.format(", college_formed: 2024-04-11"))) == ["college-too-early"]


@pytest.mark.parametrize(
    ("formed", "early"),
    [("2022-03-15", True), ("2022-03-16", True), ("2022-03-17", False), ("2022-02", True), ("2022-03", False)],
)
def test_a_college_comes_after_the_election(formed, early):
    text = municipality(f"elected: 2022-03-16, college_formed: {formed}, {SOURCED}")
    assert rules(text) == (["college-too-early"] if early else [])


@pytest.mark.parametrize("first", ["2026-12-01", "2026-04-01", "2018-03-01"])
def test_a_first_sitting_beyond_the_next_council_is_told_and_does_not_break(first):
    found = rules(municipality(f"elected: 2022-03-16, first: {first}, {SOURCED}"))
    assert len(found) == 1


def test_a_college_that_must_be_there_by_now_and_is_not_in_the_file():
    text = "municipalities:\n  - code: GM0228\n  - code: GM0289\n"
    # 112 days after 18 March 2026 nine in ten colleges are in office.
    assert rules(text, date(2026, 7, 7)) == []
    problem = only(text, date(2026, 7, 8))
    assert (problem.rule, problem.level, problem.place) == ("college-not-in-file", "warning", (5, 5))
    assert problem.values["codes"] == ("GM0228", "GM0289")
    assert "Ede en Wageningen" in said(text, today=date(2026, 7, 8))


def test_of_the_colleges_only_the_missing_ones_are_named():
    text = municipality() + "  - code: GM0289\n"
    assert only(text).values["codes"] == ("GM0289",)
    assert rules(municipality()) == []


# --- parties


def test_a_national_partnership_has_no_municipalities():
    text = "partnerships:\n  - code: PO0001\n"
    problem = only(text)
    assert (problem.rule, problem.level, problem.place) == ("no-municipalities", "warning", (5, 11))
    assert rules(text + "    municipalities: [GM0228]\n") == []
    assert rules("partnerships:\n  - code: PO2510\n") == []


def test_a_municipality_in_two_holiday_regions():
    problem = only(municipality(code="GM1959"))
    assert (problem.rule, problem.level) == ("split-holiday-region", "warning")
    assert problem.values["used"] == "midden"
    assert "Altena (GM1959)" in said(municipality(code="GM1959"))
    assert rules(municipality(code="GM0228")) == []


def test_a_holiday_region_of_its_own_settles_it():
    assert rules(municipality(code="GM1959", more="    holiday_region: zuid\n")) == []


# --- what cannot be planned with


@pytest.mark.parametrize(
    ("procedure", "fits"),
    [
        ("order: [opr, oogo], opr_weeks: 13", True),
        ("order: [opr, oogo], opr_weeks: 14", False),
        ("order: [opr, oogo], opens: 03-05", True),
        ("order: [opr, oogo], opens: 03-06", False),
        ("opens: 03-04", True),
        ("opr_weeks: 30", True),  # then the draft is ready a year earlier
    ],
)
def test_a_procedure_that_cannot_end_in_time_is_an_error(procedure, fits):
    more = f"    procedure: {{{procedure}}}\n"
    for text in (partnership(more=more), partnership(plan("2026-2030"), more=more)):
        found = look(text)[1]
        assert [(p.rule, p.level, p.place) for p in found] == (
            [] if fits else [("impossible-procedure", "error", (6, 16))]
        )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "nl",
            [
                "PO2510/ondersteuningsplan/2026-08-01", "concept klaar op 15 januari 2026 (aanname); "
                "14 weken tot instemming OPR: 23 april 2026; OOGO: 23 april 2026; 2 weken tot vaststelling: 7 mei 2026",
                "WPO 18a lid 9", "De laatste dag is 30 april 2026 (WPO 18a lid 10)",
            ],
        ),
        ("en", ["draft ready on 15 January 2026", "14 weeks to consent of the OPR: 23 April 2026", "30 April 2026"]),
    ],
)  # fmt: skip
def test_an_impossible_procedure_names_its_steps_days_and_articles(lang, words):
    more = "    procedure: {order: [opr, oogo], opr_weeks: 14}\n"
    sentence = said(partnership(plan("2026-2030"), more=more), lang)
    assert [word for word in words if word not in sentence] == []


def test_a_procedure_of_the_region_is_told_at_each_partnership_that_it_does_not_fit():
    text = "procedure: {order: [opr, oogo], opr_weeks: 14}\npartnerships:\n  - code: PO2510\n  - code: VO2511\n"
    assert rules(text) == ["impossible-procedure", "impossible-procedure"]
    own = text.replace("  - code: VO2511\n", "  - {code: VO2511, procedure: {opr_weeks: 6}}\n")
    assert rules(own) == ["impossible-procedure"]


@pytest.mark.parametrize(
    ("procedure", "fails"),
    [
        # From 16 January to 30 April are 104 days, in a leap year 105: fifteen weeks.
        ("opens: 01-16, order: [opr, oogo], opr_weeks: 13, adoption_weeks: 2", 2027),
        ("opens: 01-15, order: [opr, oogo], opr_weeks: 13, adoption_weeks: 2", None),
        # 30 April - 63 days is 26 February, in a leap year the 27th: only then the draft of the 26th is of that year.
        ("opens: 02-26, order: [opr, oogo], opr_weeks: 1, adoption_weeks: 9", 2028),
        ("opens: 02-27, order: [opr, oogo], opr_weeks: 1, adoption_weeks: 9", None),
    ],
)
def test_a_procedure_that_does_not_fit_in_every_coming_year_is_told_now(procedure, fails):
    more = f"    procedure: {{{procedure}}}\n"
    year = 2028 if fails == 2027 else 2027
    for text in (partnership(more=more), partnership(plan(f"{year}-{year + 4}"), more=more)):
        found = [(p.rule, p.values["plan"]) for p in look(text)[1]]
        expected = f"PO2510/ondersteuningsplan/{fails}-08-01"
        assert found == ([("impossible-procedure", expected)] if fails else [])


@pytest.mark.parametrize("years", ["2010-2014", "2012-2014", "2013-2014"])
def test_a_plan_from_before_the_law_is_an_error_that_names_the_known_years(years):
    text = partnership(plan(years))
    problem = only(text)
    assert (problem.rule, problem.level, problem.place) == ("law-unknown", "error", (7, 9))
    assert "2014 en later" in said(text)
    assert "2014 and later" in said(text, "en")
    assert "(WPO 18a lid 10)" in said(text)


def test_the_first_plans_under_the_law_are_known():
    assert rules(partnership(plan("2014-2018"))) == []
    assert rules(partnership(plan("2014-2018"), code="VO2511")) == []


# --- sources and agreements


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (partnership(plan(facts="status: actual")), "Dit plan"),
        (municipality("elected: 2022-03-16, college_formed: 2022-05-31, status: actual"), "college"),
        (municipality() + "    recess: {add: [{first: 2027-01-04, last: 2027-01-08}]}\n", "Dit reces"),
        (municipality() + "    recess: {replace: [{first: 2027-01-04, last: 2027-01-08}]}\n", "Dit reces"),
        (agreement("first: 2024-01-01, last: 2027-12-31"), "Deze afspraak"),
    ],
    ids=["plan", "council", "recess added", "recess replaced", "agreement"],
)
def test_a_fact_without_a_source_is_a_warning(text, what):
    problem = only(text)
    assert (problem.rule, problem.level) == ("no-source", "warning")
    assert what in said(text)


@pytest.mark.parametrize("source", ["", "2022", "*bron"])
def test_a_source_that_is_there_and_wrong_is_told_once(source):
    text = HEAD + partnership(plan(facts=f"status: actual, source: {source}"))
    loaded = load_text(text.encode(), "proef.yaml", REGISTER)
    assert len(loaded.problems) == 1
    assert checks.check(loaded.region, REGISTER, LAW, TODAY) == []


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ("", True),
        ("first: 2024-01-01, ", True),
        ("last: 2027-12-31, ", True),
        ("first: 2024-01-01, last: unknown, ", True),
        ("first: unknown, last: unknown, ", True),
        ("first: 2024-01-01, last: 2027-12-31, ", False),
        ("first: 2024-01, last: 2027-12, ", False),
        ("status: planned, ", False),  # what is still to come need not have its dates
    ],
)
def test_an_agreement_without_dates_covers_no_election(dates, told):
    assert rules(agreement(f"{dates}source: verzonnen")) == (["agreement-without-dates"] if told else [])
