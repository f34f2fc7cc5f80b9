"""What every day of an election says of itself: its status, and what it comes from (``test_cycles`` has the days)."""

from datetime import date, timedelta

import pytest

from cycleplan.daterules import Status
from cycleplan.elections import Elections
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.region import FactDate
from cycleplan.register import load_register

REGISTER, LAW = load_register(), load_law()
LAST_YEAR = 2038
EDE, SCHERPENZEEL = "GM0228", "GM0279"
DAY = timedelta(days=1)


def elections(*facts, code=SCHERPENZEEL, last_year=LAST_YEAR):
    lines = "".join(f"      - {{{fact}, source: krant}}\n" for fact in facts)
    text = f"region: proef\nname: Proef\nrevised: 2026-11-22\nmunicipalities:\n  - code: {code}\n    councils:\n{lines}"
    region = load_text(text.encode(), "proef.yaml", REGISTER).region if facts else None
    return Elections(region.municipalities if region else {}, REGISTER, LAW, last_year)


def polled(found, day, code=SCHERPENZEEL):
    return next(e for e in found.of(code) if e.elected.day == day)


def told(dated):
    """The last step that gave a day, as a reader is told of it."""
    ground = dated.trace[-1]
    return ground.code, ground.day, dict(ground.values)


ALL = elections()


# --- regular elections


def test_an_election_that_was_held_says_so_and_where_that_was_read():
    held = [e for e in ALL.regular_elections() if e.elected.day in REGISTER.council_elections]
    assert len(held) >= 4
    for election in held:
        day = election.elected.day
        assert told(election.elected) == ("held", day, {"source": REGISTER.council_elections[day]})
        assert len(election.elected.trace) > 1, "after the rule that gives it"
        days = (election.nominated, election.elected, election.first)
        assert {d.status for d in days} == {Status.ACTUAL}


def test_an_election_that_is_to_come_is_expected_and_rests_on_the_rules_alone():
    coming = [e for e in ALL.regular_elections() if e.elected.day not in REGISTER.council_elections]
    assert coming
    for election in coming:
        assert {d.status for d in (election.nominated, election.elected, election.first)} == {Status.EXPECTED}
        assert "held" not in {ground.code for ground in election.elected.trace}


def test_regular_elections_are_nobody_s_and_none_of_them_is_known_by_a_file():
    assert {(e.municipality, e.observed, e.formed) for e in ALL.regular_elections()} == {("", False, None)}
    assert {(e.municipality, e.observed) for e in ALL.of(SCHERPENZEEL)} == {(SCHERPENZEEL, False)}


@pytest.mark.parametrize(("last_year", "last"), [(2037, 2034), (2038, 2038), (2039, 2038), (2041, 2038)])
def test_elections_go_up_to_and_including_the_last_year(last_year, last):
    found = elections(last_year=last_year).regular_elections()
    assert (found[0].elected.day.year, found[-1].elected.day.year) == (2010, last)


# --- mergers


def mergers():
    return [
        (m, next(e for e in ALL.of(code) if e.merger == m.effective))
        for code, rows in REGISTER.merger_elections.items()
        for m in rows
    ]


def test_there_are_mergers_of_every_kind_to_look_at():
    rows = [m for m, _ in mergers()]
    for given in ("elected", "nominated", "first_sitting"):
        assert {bool(getattr(m, given)) for m in rows} == {True, False}, given
    assert {m.regime for m in rows} == {"arhi", "before-2014", "own-act"}


@pytest.mark.parametrize(("m", "election"), mergers())
def test_the_days_of_a_merger_election_say_whether_they_were_published_or_follow(m, election):
    source = {"source": m.source}
    if m.elected:
        assert (told(election.elected), election.elected.status) == (("published", m.elected, source), m.status)
    else:
        assert election.elected.trace[0].basis, "the Wet arhi"
        assert election.elected.status is Status.EXPECTED
    if m.nominated:
        assert told(election.nominated) == ("published", m.nominated, source)
        assert election.nominated.status is Status.EXPECTED
    starts = election.first.trace[0]
    assert (starts.code, starts.day, starts.values) == ("merger", m.effective, source)
    if m.first_sitting:
        assert (election.first.day, election.first.status) == (m.first_sitting, m.status)
        assert len(election.first.trace) == 1
    else:
        assert election.first.status is Status.EXPECTED, "it follows from the Act"


@pytest.mark.parametrize(("m", "election"), mergers())
def test_the_aldermen_of_a_merged_municipality_are_appointed_at_the_first_sitting(m, election):
    # Wet arhi 56 lid 3; that of Amsterdam was by an act of its own.
    if (m.municipality, election.elected.day) in REGISTER.colleges:
        assert (election.formed.trace[-1].code, election.observed) == ("college", True)
        return
    assert not election.observed
    if m.regime == "own-act":
        assert election.formed is None
        return
    assert told(election.formed) == ("appointed", election.first.day, {})
    assert election.formed.trace[:-1] == election.first.trace
    assert (election.formed.day, election.formed.status) == (election.first.day, election.first.status)


# --- what a file or the register knows


def test_a_college_of_the_register_says_where_it_was_read():
    known = REGISTER.colleges[EDE, date(2018, 3, 21)]
    election = polled(ALL, date(2018, 3, 21), EDE)
    assert election.observed
    assert (told(election.formed), election.formed.status) == (
        ("college", known.day, {"source": known.source, "municipality": EDE}),
        known.status,
    )


def test_every_day_that_the_file_gives_says_so_and_is_shown_as_it_was_given():
    found = polled(
        elections(
            "elected: 2026-03-18, nominated: 2026-02-09, first: 2026-04-08, college_formed: 2026-06, status: planned"
        ),
        date(2026, 3, 18),
    )
    for dated, shown in (
        (found.nominated, FactDate(date(2026, 2, 9))),
        (found.first, FactDate(date(2026, 4, 8))),
        (found.formed, FactDate.read("2026-06")),
    ):
        values = {"source": "krant", "municipality": SCHERPENZEEL, "shown": shown}
        assert (told(dated), dated.status) == (("fact", dated.day, values), Status.PLANNED)
    assert found.formed.day == date(2026, 6, 30)
    assert found.observed


def test_a_moved_election_says_by_how_much_its_nomination_goes_before_it_and_keeps_the_day_by_rule():
    found = polled(elections("elected: 2026-11-18, replaces: 2026-03-18, status: planned"), date(2026, 11, 18))
    fact = {"source": "krant", "municipality": SCHERPENZEEL, "shown": FactDate(date(2026, 11, 18))}
    assert (told(found.elected), found.elected.status) == (("fact", date(2026, 11, 18), fact), Status.PLANNED)
    # Kieswet J 1: 44 days before the polling day.
    nominated = date(2026, 11, 18) - 44 * DAY
    assert told(found.nominated) == ("moved", nominated, {"days": 44, "elected": date(2026, 11, 18)})
    assert found.nominated.trace[:-1] == found.elected.trace
    assert found.nominated.status is Status.PLANNED
    assert found.by_rule == date(2026, 3, 18)


def test_falls_are_told_by_day_with_the_college_after_each():
    found = polled(
        elections(
            "elected: 2026-03-18, fell: 2028-04-01, college_formed: 2028-05-24, status: actual",
            "elected: 2026-03-18, fell: 2027-04-01, college_formed: 2027-05-24, status: actual",
        ),
        date(2026, 3, 18),
    )
    assert [(f.fell.day, f.next.day) for f in found.falls] == [
        (date(2027, 4, 1), date(2027, 5, 24)),
        (date(2028, 4, 1), date(2028, 5, 24)),
    ]
    assert {f.trace[-1].values["municipality"] for fall in found.falls for f in (fall.fell, fall.next)} == {
        SCHERPENZEEL
    }
    assert found.formed is None
    assert polled(ALL, date(2026, 3, 18)).falls == ()


def test_a_municipality_that_was_renamed_has_the_elections_of_its_old_code():
    renamed = [
        (m.old, m.new) for code in REGISTER.municipalities for m in REGISTER.predecessors(code) if m.kind == "rename"
    ]
    assert renamed
    for old, new in renamed:
        before = [e.elected.day for e in ALL.of(old)]
        assert [e.elected.day for e in ALL.of(new)][: len(before)] == before
        assert {e.municipality for e in ALL.of(new)} == {new}
