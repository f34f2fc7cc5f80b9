from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations

import pytest

from cycleplan.daterules import AtMost, BeforeDay, Dated, Order, Roll, Status, WeekdayWithin
from cycleplan.errors import CycleplanError
from cycleplan.law import Law, Mark, load_law
from cycleplan.register import load_register

LAW = load_law()
WORKDAYS = load_register().workdays
BY_KEY = {p.key: p for p in LAW.provisions}


def overlap(a, b):
    return a.valid_from <= (b.valid_to or date.max) and b.valid_from <= (a.valid_to or date.max)


# --- the rows


def test_every_row_has_its_own_key():
    assert len(BY_KEY) == len(LAW.provisions)
    assert all(LAW[key] is provision for key, provision in BY_KEY.items())


@pytest.mark.parametrize("key", BY_KEY)
def test_every_row_has_what_it_must(key):
    provision = BY_KEY[key]
    assert provision.article.strip()
    assert provision.source.startswith(("https://", "http://"))
    assert set(provision.about) == {"nl", "en"}
    assert all(text.endswith(".") for text in provision.about.values())
    assert set(provision.note) in (set(), {"nl", "en"})
    assert provision.evidence in ("text", "published", "reading")
    assert provision.confidence in ("high", "medium", "low")
    assert provision.sector in (None, "PO", "VO")
    assert provision.valid_to is None or provision.valid_from <= provision.valid_to
    if provision.evidence == "text":
        assert provision.seen, "a row that rests on the text says of when that text is"
    if provision.quote:
        assert provision.evidence != "reading", "a reading has no words to quote"


@pytest.mark.parametrize("key", BY_KEY)
def test_every_row_with_a_date_rule_states_its_roll_and_an_order_has_none(key):
    provision = BY_KEY[key]
    if provision.rule is None or isinstance(provision.rule, Order):
        assert provision.roll is None
    else:
        assert isinstance(provision.roll, Roll)


@pytest.mark.parametrize("key", [p.key for p in LAW.provisions if isinstance(p.rule, BeforeDay)])
def test_a_rule_before_a_day_is_never_moved(key):
    assert BY_KEY[key].roll is Roll.NONE


@pytest.mark.parametrize("key", [p.key for p in LAW.provisions if p.roll is Roll.ATW])
def test_only_short_terms_counted_forward_move_by_the_termijnenwet(key):
    # Atw 4 onder a: not for terms in years, nor of more than 90 days, 12 weeks or 3 months; Atw 1 lid 2: not
    # for terms counted back.
    rule = BY_KEY[key].rule
    assert 0 < rule.count <= {"days": 90, "weeks": 12, "months": 3}[rule.unit]


@pytest.mark.parametrize("key", [p.key for p in LAW.provisions if isinstance(p.rule, WeekdayWithin)])
def test_a_weekday_rule_gives_a_day_in_every_year_it_holds(key):
    provision = BY_KEY[key]
    last = provision.valid_to.year if provision.valid_to else 2060
    for year in range(provision.valid_from.year, last + 1):
        assert provision.rule.in_year(year).weekday() == provision.rule.weekday


@pytest.mark.parametrize("key", BY_KEY)
def test_a_reading_is_of_a_known_sort_and_what_the_termijnenwet_moves_is_one(key):
    # law.md, section 5: that Atw 1 applies to these terms is a legal reading (medium).
    provision = BY_KEY[key]
    assert provision.reading in (None, "atw", "school_years", "duty", "context")
    assert (provision.roll is Roll.ATW) == (provision.reading == "atw")
    assert not (provision.reading and provision.evidence == "reading"), "then all of it is one"


def test_versions_of_one_rule_do_not_overlap():
    versions = defaultdict(list)
    for provision in LAW.provisions:
        versions[provision.id, provision.sector].append(provision)
    found = [(a.key, b.key) for group in versions.values() for a, b in combinations(group, 2) if overlap(a, b)]
    assert found == []


def test_what_gives_the_same_does_not_hold_together_unless_one_overrides_the_other():
    versions = defaultdict(list)
    for provision in LAW.provisions:
        if provision.gives:
            versions[provision.gives].append(provision)
    found = [
        (a.key, b.key)
        for group in versions.values()
        for a, b in combinations(group, 2)
        if overlap(a, b)
        and (a.sector == b.sector or None in (a.sector, b.sector))
        and not (a.id in b.overrides or b.id in a.overrides)
    ]
    assert found == []


def test_an_overriding_row_names_rows_that_are_there():
    ids = {p.id for p in LAW.provisions}
    assert {id for p in LAW.provisions for id in p.overrides} <= ids


def test_po_and_vo_twins_give_the_same_kind_of_thing():
    # Only VO invites the board of the vocational institution (WVO 2020 2.47 lid 10); PO has no such step.
    sectors = defaultdict(set)
    for provision in LAW.provisions:
        if provision.sector and provision.gives:
            sectors[provision.gives].add(provision.sector)
    assert {gives for gives, found in sectors.items() if found != {"PO", "VO"}} <= {"mbo_invitation"}


# --- asking


def test_the_plan_of_2022_went_out_under_the_old_vo_act_and_that_of_2023_under_the_new():
    # WVO 2020 holds from 1 August 2022; in it every lid number of the article is one higher.
    assert LAW.giving("submission", date(2022, 4, 30), "VO").article == "WVO 17a lid 10"
    assert LAW.giving("submission", date(2023, 4, 30), "VO").article == "WVO 2020 2.47 lid 11"
    assert LAW.giving("submission", date(2022, 4, 30), "PO").article == "WPO 18a lid 10"
    assert LAW.giving("submission", date(2023, 4, 30), "PO").article == "WPO 18a lid 10"


def test_a_version_holds_on_its_first_and_on_its_last_day():
    old = LAW.giving("submission", date(2022, 7, 31), "VO")
    new = LAW.giving("submission", date(2022, 8, 1), "VO")
    assert (old.article, new.article) == ("WVO 17a lid 10", "WVO 2020 2.47 lid 11")
    assert old.valid_to + timedelta(days=1) == new.valid_from


@pytest.mark.parametrize(
    ("year", "id", "day"),
    [
        (2010, "GR-04", date(2010, 3, 11)),
        (2014, "GR-04a", date(2014, 3, 27)),
        (2018, "GR-04a", date(2018, 3, 29)),
        (2022, "GR-04b", date(2022, 3, 30)),  # not Thursday 24 March: the covid Act sets it aside
        (2026, "GR-04c", date(2026, 4, 1)),
        (2030, "GR-04c", date(2030, 4, 3)),
    ],
)
def test_the_day_on_which_councils_change_follows_the_act_of_its_year(year, id, day):
    # Days: facts/law.md, section 3.
    provision = LAW.giving("first_sitting", date(year, 1, 1))
    assert provision.id == id
    assert provision.in_year(year, WORKDAYS).day == day


@pytest.mark.parametrize("gives", ["submission", "oogo_before_adoption", "overlap_before_adoption", "plan_length"])
@pytest.mark.parametrize("sector", ["PO", "VO"])
def test_every_provision_a_support_plan_needs_is_known_from_the_first_plans_on(gives, sector):
    for year in range(2014, 2061):
        assert LAW.giving(gives, date(year, 4, 30), sector).sector == sector
        assert LAW.giving("opr_before_adoption", date(year, 4, 30), sector).sector is None


def test_a_year_without_a_known_rule_is_an_error_that_says_which_are_known():
    with pytest.raises(CycleplanError) as caught:
        LAW.giving("submission", date(2013, 4, 30), "PO")
    assert caught.value.code == "law-unknown"
    values = caught.value.values
    assert values["on"] == date(2013, 4, 30)
    assert values["article"] == "WPO 18a lid 10"
    assert values["known_from"] == date(2014, 1, 6)
    assert values["known_to"] is None


def test_a_rule_that_ended_is_not_used_after_its_end():
    # Merger elections before 2014 had days of their own: no rule is borrowed for them.
    with pytest.raises(CycleplanError) as caught:
        LAW.giving("merger_nomination", date(2013, 10, 5))
    assert caught.value.code == "law-unknown"
    assert caught.value.values["known_from"] == date(2014, 1, 6)


def test_asking_for_what_no_provision_gives_is_the_same_error_without_years():
    with pytest.raises(CycleplanError) as caught:
        LAW.giving("no-such-thing", date(2026, 1, 1))
    assert caught.value.code == "law-unknown"
    assert caught.value.values["known_from"] is None


def test_a_provision_of_a_sector_is_not_given_without_one():
    with pytest.raises(CycleplanError):
        LAW.giving("submission", date(2026, 4, 30))


def test_the_rule_on_skipped_elections_is_three_years_from_16_august_2014():
    # law.md HI-06: Wet arhi 56e, in force 16 August 2014
    rule = LAW.giving("merger_skips", date(2014, 8, 16)).rule
    assert isinstance(rule, AtMost)
    assert (rule.count, rule.unit) == (3, "years")
    with pytest.raises(CycleplanError):
        LAW.giving("merger_skips", date(2014, 8, 15))


# --- what comes out


def test_a_computed_day_carries_its_rule_and_the_days_it_was_made_of():
    nominated = LAW.giving("nomination", date(2026, 1, 1)).in_year(2026, WORKDAYS)
    elected = LAW.giving("polling", date(2026, 1, 1)).after(nominated, WORKDAYS)
    assert (nominated.day, elected.day) == (date(2026, 2, 2), date(2026, 3, 18))
    assert [ground.code for ground in elected.trace] == ["within", "after"]
    assert [LAW[ground.basis].article for ground in elected.trace] == ["Kieswet F 1 lid 1", "Kieswet J 1 lid 1"]
    assert elected.trace[0].values["first"] == date(2026, 1, 30)
    assert elected.trace[1].values["from"] == date(2026, 2, 2)
    assert elected.status is Status.EXPECTED


def test_a_day_that_moved_says_why():
    # Kieswet G 3: 42 days before nomination on 5 February 2018 is Christmas, and so became 27 December 2017.
    provision = next(p for p in LAW.provisions if p.id == "GR-12")
    found = provision.after(Dated(date(2018, 2, 5), Status.ACTUAL), WORKDAYS)
    assert found.day == date(2017, 12, 27)
    roll = found.trace[-1]
    assert (roll.code, roll.values["from"], roll.values["by"]) == ("roll", date(2017, 12, 25), "christmas")
    assert found.basis == provision.key


def test_the_submission_of_2023_stays_on_a_sunday():
    found = LAW.giving("submission", date(2023, 4, 30), "PO").in_year(2023, WORKDAYS)
    assert found.day == date(2023, 4, 30)
    assert [ground.code for ground in found.trace] == ["before"]


def test_asking_a_rule_for_what_it_does_not_give_is_a_mistake_of_the_program():
    polling = LAW.giving("polling", date(2026, 1, 1))
    with pytest.raises(TypeError):
        polling.in_year(2026, WORKDAYS)
    with pytest.raises(TypeError):
        LAW.giving("nomination", date(2026, 1, 1)).after(Dated(date(2026, 1, 1), Status.ACTUAL), WORKDAYS)


# --- marks


def marked(mark):
    return {p.key for p in LAW.provisions if mark in LAW.marks(p)}


def test_what_is_known_to_be_read_in_an_older_text_than_that_in_force_is_marked():
    # law-current.md: Gemeentewet 145 was not re-read; of WPO 18a lid 8 and WVO 2020 2.47 lid 9 only the opening words
    # were; of the old WVO nothing after the copy of 2015; WMS 32 between 2015 and 2017 and WPO 16 after 2015 neither.
    old_vo = {f"{id}/VO/2014-01-06" for id in ("SY-01", "SWV-01", "SWV-02", "SWV-03", "SWV-04", "SWV-05", "SWV-06")}
    contents = {"SWV-16/PO/2014-01-06", "SWV-16/VO/2014-01-06", "SWV-16/VO/2022-08-01"}
    assert marked(Mark.OLDER) == old_vo | contents | {"AT-04/2015-11-29", "SWV-09/2013-12-12", "SCH-01/PO/2015-11-29"}


def test_what_is_applied_by_a_reading_is_marked():
    by_evidence = {p.key for p in LAW.provisions if p.evidence == "reading"}
    assert {"GR-09/2026-10-01", "SWV-10/2014-01-06", "SWV-11/2014-01-06"} <= by_evidence
    in_part = {p.key for p in LAW.provisions if p.reading}
    assert {"SWV-09/2017-01-01", "SWV-01/PO/2014-01-06", "JW-03/2026-01-01"} <= in_part
    assert marked(Mark.READING) == by_evidence | in_part


def test_what_follows_from_a_text_as_it_stands_has_no_mark():
    for key in (
        "SWV-03/PO/2014-01-06",
        "SWV-03/VO/2022-08-01",
        "SWV-07/2013-12-12",
        "GR-02/2013-12-01",
        "HI-06/2014-08-16",
    ):
        assert LAW.marks(BY_KEY[key]) == ()


def test_a_text_shows_to_be_older_as_soon_as_a_newer_one_of_the_same_act_is_read_for_another_rule():
    submission = BY_KEY["SWV-03/PO/2014-01-06"]
    newer = BY_KEY["SWV-02/PO/2014-01-06"]._replace(seen=date(2027, 1, 1))
    assert Law([submission, newer], LAW.revised).marks(submission) == (Mark.OLDER,)
    other_act = newer._replace(source=BY_KEY["SWV-07/2013-12-12"].source)
    assert Law([submission, other_act], LAW.revised).marks(submission) == ()
    ended = submission._replace(valid_to=date(2026, 12, 31))
    assert Law([ended, newer], LAW.revised).marks(ended) == (), "the newer text is not of its time"


def test_a_text_of_before_the_first_day_of_a_version_is_older():
    provision = BY_KEY["SWV-03/PO/2014-01-06"]._replace(seen=date(2014, 1, 5))
    assert Law([provision], LAW.revised).marks(provision) == (Mark.OLDER,)
