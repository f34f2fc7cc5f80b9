"""What carries over an election: against day-by-day sets over random regions, and figures counted by hand."""

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import bruteforce
import pytest
from bruteforce import DAY, days_of
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import LANGUAGES, alignment_of, as_yaml, region_file, words_of
from worlds import Description, descriptions, last_day, related

from cycleplan.alignment import align
from cycleplan.continuity import by_election
from cycleplan.daterules import Status
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.register import load_register
from cycleplan.timeline import build

quick = partial(settings, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def aligned(raw, today):
    loaded = load_text(raw, "test.yaml", load_register())
    assert loaded.usable, loaded.problems
    return align(loaded.region, load_register(), load_law(), today)


# --- against sets of days


@st.composite
def agreements(draw, told: Description):
    """An agreement of some municipalities of a world, with dates around its coming elections."""
    codes = related(list(told.area))
    parties = draw(st.lists(st.sampled_from([told.area[0], *codes]), min_size=1, max_size=3, unique=True))
    first = draw(st.dates(date(2024, 1, 1), date(2030, 7, 31)))
    last = draw(st.dates(first, date(2031, 12, 31)))
    adopted = {}
    for party in parties:
        known = draw(
            st.sampled_from(
                ["day", "day", "unknown", "unknown", "unknown", "no"] if draw(st.booleans()) else ["unknown"]
            )
        )
        if known != "no":
            early = first - timedelta(days=draw(st.integers(-400, 400)))
            adopted[party] = "unknown" if known == "unknown" else str(early)[: draw(st.sampled_from([10, 10, 7]))]
    unknown = draw(st.integers(0, 5))
    return {
        "name": "A",
        "parties": parties,
        "first": "unknown" if unknown == 0 else str(first),
        "last": "unknown" if unknown == 1 else str(last)[: draw(st.sampled_from([10, 10, 7]))],
        "adopted": adopted,
        "source": "test",
    }


@st.composite
def regions(draw):
    told = draw(descriptions())
    if draw(st.booleans()):
        # Often the one merger that is still to come.
        area = draw(st.sampled_from([("GM0402", "GM0228"), ("GM1696", "GM0402"), ("GM1696", "GM0034")]))
        told = replace(told, area=area, colleges=(), falls=(), added=(), replaced=(), holiday_regions=(), year=2027)
    today = draw(st.one_of(st.just(told.today), st.dates(date(2025, 12, 1), date(2027, 3, 31))))
    return replace(told, today=today), draw(st.lists(agreements(told), max_size=4))


def with_agreements(told, found):
    return as_yaml({**json.loads(told.text()), "agreements": found}).encode()


def covers(agreement, code, day):
    """Whether an agreement of the file covers a standstill day of a municipality under its code of that day."""
    if code not in agreement["parties"] or "unknown" in (agreement["first"], agreement["last"]):
        return False
    if set(agreement["parties"]) != set(agreement["adopted"]):
        return False
    days = [last_day(text) for text in agreement["adopted"].values() if text != "unknown"]
    return last_day(agreement["first"]) <= day <= last_day(agreement["last"]) and all(d <= day for d in days)


def codes_from(world, code, today):
    """The codes of a municipality from *today* on."""
    return sorted({bruteforce.code_on(world, code, today), bruteforce.code_on(world, code, date(2060, 1, 1))})


@quick(max_examples=120)
@given(regions())
def test_the_days_left_uncovered_are_those_of_sets_of_days(drawn):
    told, found = drawn
    world, alignment = told.world(), aligned(with_agreements(told, found), told.today)
    by_code = {}
    for c in alignment.continuity:
        days = set(days_of(c.standstill.period.first, c.standstill.period.last))
        by_code.setdefault(c.municipality, set()).update(days)
        same = {c.municipality, "GM0241"} if c.municipality == "GM1945" else {c.municipality}
        assert all(bruteforce.in_standstill(world, c.municipality, day, "likely") for day in days)
        uncovered = {d for d in days if not any(covers(a, code, d) for a in found for code in same)}
        assert c.uncovered_days == len(uncovered)
        shares = [sum(any(covers(a, code, day) for code in same) for day in days) for a in found]
        assert [k.days for k in c.carrying] == [share for share in shares if share]
        assert all(k.whole is (k.days == len(days)) for k in c.carrying)
    own = {m.code for m in alignment.region.own_municipalities}
    for code in {then for m in own for then in codes_from(world, m, told.today)}:
        for day in days_of(told.today, alignment.horizon.last - timedelta(days=60)):
            stands = bruteforce.code_on(world, code, day) == code and bruteforce.exists_on(world, code, day)
            if stands and bruteforce.in_standstill(world, code, day, "likely"):
                assert day in by_code.get(code, ()), (code, day)


@quick(max_examples=60)
@given(regions())
def test_every_agreement_of_a_municipality_either_carries_or_says_why_not(drawn):
    told, found = drawn
    alignment = aligned(with_agreements(told, found), told.today)
    olds = {"GM0402": {"GM1696"}}
    for c in alignment.continuity:
        named = [k.agreement for k in (*c.carrying, *c.not_carrying)]
        for agreement in alignment.region.agreements:
            party = c.municipality in agreement.parties
            if party:
                assert agreement in named
            elif agreement in named:
                [why] = {n.reason for n in c.not_carrying if n.agreement == agreement}
                assert why == "predecessor" or c.municipality == "GM1945"
        for n in c.not_carrying:
            if n.reason == "predecessor" and c.municipality in olds:
                assert set(n.parties) == olds[c.municipality]


@quick(max_examples=60)
@given(regions())
def test_milestones_are_those_of_a_calendar_and_sets_of_days(drawn):
    told, found = drawn
    world, alignment = told.world(), aligned(with_agreements(told, found), told.today)
    expected = set()
    for id, agreement in alignment.region.dated_agreements:
        raw = {"parties": list(agreement.parties), "first": str(agreement.first), "last": str(agreement.last)}
        raw["adopted"] = {c: str(d) if d else "unknown" for c, d in agreement.adopted.items()}
        councils = {}
        for party in agreement.parties:
            for _, council in bruteforce.lane(world, party):
                # A year on, nobody confirms anew any more; before that the college may be there and still do it.
                coming = council.elected + relativedelta(years=1) > told.today
                if coming and council.elected <= alignment.horizon.last:
                    councils.setdefault(council.elected, []).append(council)
        told_once = set()
        for elected, those in sorted(councils.items()):
            nominated = min(c.nominated for c in those)
            if not covers(raw, agreement.parties[0], nominated):
                continue
            days = {"evaluation": nominated - relativedelta(months=6), "handover": nominated - DAY}
            again = _first_window(world, told, agreement.parties, elected, alignment.horizon.last)
            if again and again <= agreement.last.day:
                days["reconfirmation"] = again
            # Where one party votes later than another, the same day is suggested once.
            expected |= {(f"{id}/{what}-{elected}", day) for what, day in days.items() if (what, day) not in told_once}
            told_once |= set(days.items())
    coming = {(id, day) for id, day in expected if day >= told.today}  # nothing is suggested for the past
    assert {(m.id, m.dated.day) for m in alignment.milestones} == coming
    assert all(m.dated.status is Status.ASSUMED for m in alignment.milestones)


RECESS_KNOWN_UNTIL = date(2030, 7, 31)  # the last school year of school_holidays.csv


def _first_window(world, told, area, elected, until):
    joint = bruteforce.joint_counts(world, area)
    free = {
        day
        for day in days_of(elected, until)
        if not any(
            bruteforce.in_recess(world, party, day) or bruteforce.in_standstill(world, party, day, "likely", joint)
            for party in bruteforce.parties_on(world, area, day)
        )
    }
    counting = [run for run in bruteforce.runs(free) if bruteforce.length(run) >= told.min_window_days]
    if not counting or counting[0][1] == until or counting[0][1] > RECESS_KNOWN_UNTIL:
        return None
    return counting[0][1]


# --- by hand: Ede, nominated on 4 February 2030, polling day 20 March, college 76 days later on 4 June

NOMINATED, COLLEGE = date(2030, 2, 4), date(2030, 6, 4)
WHOLE = (COLLEGE - NOMINATED).days  # 120
FACTS = {"status": "actual", "source": "verzonnen"}


def one(agreement=None, code="GM0228", today="2026-11-22", **other):
    """What carries over the election of 2030 for one municipality with one agreement."""
    full = {"name": "Convenant", "parties": [code], "first": "2026-01-01", "last": "2031-12-31", **FACTS}
    full["adopted"] = {code: "2025-12-01"}
    listed = [] if agreement is None else [{**full, **agreement}]
    raw = {"region": "r", "name": "R", "revised": today, "municipalities": [{"code": code}], "agreements": listed}
    alignment = alignment_of(as_yaml({**raw, **other}).encode())
    return alignment, next(c for c in alignment.continuity if c.elected == date(2030, 3, 20))


def test_without_an_agreement_all_120_days_are_uncovered():
    alignment, found = one()
    assert (found.standstill.period.first, found.standstill.period.after) == (NOMINATED, COLLEGE)
    assert found.uncovered_days == WHOLE == 120
    assert words_of(alignment).continuity(found) == (
        "Van 4 februari 2030 t/m 3 juni 2030 (verwacht) is Ede in bestuurlijke stilstand; "
        "geen afspraak loopt daar doorheen: 120 dagen zonder."
    )


@pytest.mark.parametrize(
    ("agreement", "days"),
    [
        ({}, 120),
        ({"first": "2030-02-04", "last": "2030-06-03"}, 120),
        ({"first": "2030-02-05", "last": "2030-06-03"}, 119),
        ({"last": "2030-02-04"}, 1),
        ({"first": "2030-06-03"}, 1),
        ({"adopted": {"GM0228": "2030-06-01"}}, 3),
        ({"adopted": {"GM0228": "unknown"}}, 120),
        ({"last": "2030-02"}, 25),  # the month counts as its last day: 4 to 28 February
    ],
)
def test_an_agreement_covers_the_days_on_which_it_holds(agreement, days):
    _, found = one(agreement)
    [carrying] = found.carrying
    assert (carrying.days, carrying.whole, found.uncovered_days) == (days, days == 120, 120 - days)
    assert found.not_carrying == ()


@pytest.mark.parametrize(
    ("agreement", "reason", "parties"),
    [
        ({"first": "unknown"}, "no_dates", ()),
        ({"last": "unknown"}, "no_dates", ()),
        ({"adopted": {}}, "not_adopted", ("GM0228",)),
        ({"parties": ["GM0228", "PO2510"]}, "not_adopted", ("PO2510",)),
        ({"last": "2030-02-03"}, "ends_before", ()),
        ({"first": "2030-06-04"}, "begins_after", ()),
        ({"adopted": {"GM0228": "2030-06-04"}}, "begins_after", ()),
        ({"last": "2030-03-01", "adopted": {"GM0228": "2030-03-02"}}, "adopted_after_end", ()),
        ({"parties": ["GM0203"], "adopted": {"GM0203": "2025-12-01"}}, None, ()),
    ],
)
def test_an_agreement_that_covers_nothing_says_why(agreement, reason, parties):
    alignment, found = one(agreement)
    assert (found.carrying, found.uncovered_days) == ((), 120)
    assert [(n.reason, n.parties) for n in found.not_carrying] == ([(reason, parties)] if reason else [])
    for lang in LANGUAGES:
        for ahead in by_election(alignment.continuity):
            for _, standings in ahead.standings:
                assert all("None" not in words_of(alignment, lang).standing(s) for s in standings)


def test_whether_a_successor_took_an_agreement_over_is_not_guessed():
    # Heerhugowaard and Langedijk became Dijk en Waard on 1 January 2022.
    alignment, found = one({"parties": ["GM0398", "GM0416"], "adopted": {"GM0398": "2020-01-01"}}, "GM1980")
    [why] = found.not_carrying
    assert (why.reason, why.parties, found.uncovered_days) == ("predecessor", ("GM0398", "GM0416"), 120)
    told = by_election([found])[0].standings[0][1][0]
    assert (
        words_of(alignment)
        .standing(told)
        .endswith("of Dijk en Waard haar heeft overgenomen, staat niet in het bestand.")
    )


def test_a_municipality_that_only_changed_its_name_is_party_under_its_old_code():
    # Groesbeek became Berg en Dal in name only, on 1 January 2016.
    _, found = one({"parties": ["GM0241"], "adopted": {"GM0241": "2025-12-01"}}, "GM1945")
    assert [c.days for c in found.carrying] == [120]


def test_a_municipality_that_goes_is_told_of_until_it_goes_and_its_successor_after_that():
    # Wijdemeren goes into Hilversum on 1 January 2027: polling 18 November 2026, college on 4 January 2027.
    raw = {"region": "r", "name": "R", "revised": "2026-11-22", "municipalities": [{"code": "GM1696"}]}
    alignment = alignment_of(as_yaml(raw).encode())
    found = [(c.municipality, c.elected, c.standstill.cause) for c in alignment.continuity]
    assert found[:3] == [
        ("GM0402", date(2026, 11, 18), "election"),
        ("GM1696", date(2026, 11, 18), "merger"),
        ("GM0402", date(2030, 3, 20), "election"),
    ]
    going = alignment.continuity[1].standstill.period
    assert (going.first, going.last) == (date(2026, 10, 5), date(2026, 12, 31))


def test_a_fall_that_is_going_on_is_told_first_and_one_that_is_over_is_not():
    fell = {"elected": "2026-03-18", "fell": "2026-10-01", "college_formed": "2027-01-15", **FACTS}
    municipalities = [{"code": "GM0228", "councils": [fell]}, {"code": "GM0203"}]
    alignment, _ = one(municipalities=municipalities)
    falls, election = alignment.next_ahead
    assert (falls.elected, falls.municipalities, falls.first) == (None, ("GM0228",), date(2026, 10, 1))
    assert (election.elected, len(election.municipalities)) == (date(2030, 3, 20), 2)
    text = words_of(alignment).ahead(falls)
    assert text == (
        "Val van het college op 1 oktober 2026: Ede in stilstand van 1 oktober 2026 t/m 14 januari 2027; "
        "geen afspraak loopt erdoorheen."
    )
    over, _ = one(today="2027-01-15", municipalities=municipalities)
    assert all(ahead.elected for ahead in over.next_ahead)


def test_the_last_day_of_a_standstill_is_a_coming_one_and_the_day_after_is_not():
    college = {"elected": "2026-03-18", "college_formed": "2026-06-11", **FACTS}
    for today, expected in (("2026-06-10", True), ("2026-06-11", False)):
        municipalities = [{"code": "GM0228", "councils": [college | {"status": "planned"}]}]
        alignment, _ = one(today=today, municipalities=municipalities)
        assert any(c.elected == date(2026, 3, 18) for c in alignment.continuity) is expected


def test_the_region_is_told_how_many_of_its_municipalities_an_agreement_carries_over():
    two = [{"code": "GM0203"}, {"code": "GM0228"}]
    for parties, ending in (
        ([], "geen afspraak loopt erdoorheen."),
        (["GM0228"], "voor 1 van de 2 gemeenten geldt op elke dag daarvan een afspraak."),
        (["GM0203", "GM0228"], "overal geldt op elke dag daarvan een afspraak."),
    ):
        adopted = dict.fromkeys(parties, "2025-12-01")
        alignment, _ = one({"parties": parties, "adopted": adopted} if parties else None, municipalities=two)
        text = words_of(alignment).ahead(alignment.next_ahead[0])
        assert text.startswith(
            "Verkiezing 20 maart 2030: 2 gemeenten in stilstand van 4 februari 2030 t/m 3 juni 2030 (verw"
        )
        assert text.endswith(ending)


def test_an_election_is_told_as_long_as_it_is_the_next_of_some_municipality():
    both = [{"code": "GM1696"}, {"code": "GM0228"}]
    alignment, _ = one(municipalities=both)
    assert [ahead.elected for ahead in alignment.next_ahead] == [date(2026, 11, 18), date(2030, 3, 20)]


# --- suggestions


def test_the_three_suggestions_of_an_agreement_lie_around_the_election():
    # For one municipality the likely window opens with the college on 4 June and ends at the summer holiday of
    # the middle region, 13 July 2030.
    alignment, _ = one({})
    assert [(m.id, m.dated.day) for m in alignment.milestones] == [
        ("r/agreement/2026-01-01/evaluation-2030-03-20", date(2029, 8, 4)),
        ("r/agreement/2026-01-01/handover-2030-03-20", date(2030, 2, 3)),
        ("r/agreement/2026-01-01/reconfirmation-2030-03-20", date(2030, 7, 12)),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_suggestion_says_that_no_law_asks_for_it_and_that_it_is_assumed(lang):
    alignment, _ = one({})
    words = words_of(alignment, lang)
    no_law, assumed = ("geen wet", "aanname") if lang == "nl" else ("not law", "assumed")
    entries = {e.id: e for e in build(alignment).entries}
    for m in alignment.milestones:
        assert no_law in words.milestone(m)
        assert assumed in words.milestone(m)
        entry = entries[m.id]
        assert (entry.kind, entry.lane) == (f"suggested_{m.what}", "r")
        assert entry.status is Status.ASSUMED
        assert entry.for_calendar
        assert no_law in words.trace(entry.first.trace)[-1]
        assert words.day(m.dated.day) in words.trace(entry.first.trace)[-1]


@pytest.mark.parametrize(
    ("agreement", "whats"),
    [
        ({"last": "2030-02-03"}, []),  # not in force on the nomination day
        ({"last": "2030-02-04"}, ["evaluation", "handover"]),
        ({"last": "2030-07-11"}, ["evaluation", "handover"]),  # a day before the re-confirmation
        ({"last": "2030-07-12"}, ["evaluation", "handover", "reconfirmation"]),
        ({"adopted": {}}, []),
        ({"first": "unknown"}, []),
    ],
)
def test_there_is_no_suggestion_for_an_agreement_that_does_not_hold_then(agreement, whats):
    alignment, _ = one(agreement)
    assert [m.what for m in alignment.milestones] == whats


def test_a_window_that_is_too_short_is_no_day_for_a_re_confirmation_and_an_end_that_is_not_known_neither():
    # The first window has 39 days; the next one begins after a summer whose school year is the last one known.
    for least, whats in ((39, 3), (40, 2)):
        alignment, _ = one({}, policy={"min_window_days": least})
        assert len(alignment.milestones) == whats


def test_the_first_nomination_day_of_the_parties_counts():
    parties = ["GM0203", "GM0228"]
    council = {"elected": "2030-03-20", "nominated": "2030-01-31", "status": "planned", "source": "verzonnen"}
    municipalities = [{"code": "GM0203"}, {"code": "GM0228", "councils": [council]}]
    agreement = {"parties": parties, "adopted": dict.fromkeys(parties, "unknown")}
    alignment, _ = one(agreement, municipalities=municipalities)
    assert [m.dated.day for m in alignment.milestones][:2] == [date(2029, 7, 31), date(2030, 1, 30)]


def test_a_party_that_the_file_does_not_list_takes_part_all_the_same():
    # Nijkerk is in no list of this file; both municipalities estimate their college together.
    alignment, _ = one({"parties": ["GM0228", "GM0267"], "adopted": {"GM0228": "unknown", "GM0267": "unknown"}})
    assert words_of(alignment).party("GM0267") == "Nijkerk"
    assert [m.what for m in alignment.milestones] == ["evaluation", "handover", "reconfirmation"]
    assert {c.municipality for c in alignment.continuity} == {"GM0228"}


def test_the_suggestions_of_two_agreements_that_begin_on_a_day_have_ids_of_their_own():
    raw = region_file()
    first = {**raw["agreements"][0], "adopted": {"GM0228": "2023-11-07", "PO2510": "unknown"}, "last": "2031-12-31"}
    other = {**first, "parties": ["GM0228"], "adopted": {"GM0228": "2023-11-07"}}
    alignment = alignment_of(as_yaml({**raw, "agreements": [first, other]}).encode())
    ids = [m.id for m in alignment.milestones]
    assert len(set(ids)) == len(ids) == 6
