"""The table of uses against an experiment: a law with one thing changed, and which outputs then tell something else."""

import lawuses
import pytest
from lawuses import CASES, LAW

from cycleplan import workdays
from cycleplan.daterules import Roll
from cycleplan.errors import CycleplanError
from cycleplan.law import Law
from cycleplan.uses import OUTPUTS, USES, use_of

GIVEN = {p.gives for p in LAW.provisions if p.gives}
BY_EXPERIMENT = GIVEN - {"merger_postpones"}


def test_the_table_is_about_what_provisions_give_and_about_what_outputs_there_are():
    assert USES.keys() - {p.id for p in LAW.provisions} <= GIVEN
    assert all(outputs == tuple(o for o in OUTPUTS if o in outputs) != () for outputs in USES.values())


@pytest.fixture(scope="module")
def named():
    """Per output what it names, over all cases and both regions."""
    found = {output: set() for output in OUTPUTS}
    for case in (*((lawuses.region(), today) for today in CASES), (lawuses.shipped(), CASES[0])):
        for output, gives in lawuses.named(*case).items():
            found[output] |= gives
    return found


def test_what_an_output_names_is_listed_as_used_there(named):
    missing = {(gives, o) for o, found in named.items() for gives in found if o not in USES.get(gives, ())}
    assert missing == set()


@pytest.mark.parametrize("gives", sorted(BY_EXPERIMENT & USES.keys() - set(lawuses.gives_a_day())))
def test_what_gives_no_day_is_used_where_it_is_named_and_nowhere_else(gives, named):
    assert USES[gives] == tuple(o for o in OUTPUTS if gives in named[o])


@pytest.mark.slow
@pytest.mark.parametrize("gives", sorted(BY_EXPERIMENT & USES.keys() & set(lawuses.gives_a_day())))
def test_what_gives_a_day_is_used_where_it_is_named_or_another_day_would_tell(gives, named):
    changed = set().union(*(lawuses.changes(gives, today) for today in CASES))
    assert USES[gives] == tuple(o for o in OUTPUTS if o in changed or gives in named[o])


@pytest.mark.slow
def test_what_is_given_and_not_used_is_named_nowhere_and_can_be_left_out(named):
    unused = GIVEN - USES.keys()
    assert unused == {"national"}, "what the engine asks for by another name"
    assert not any(unused & found for found in named.values())
    rest = Law((p for p in LAW.provisions if p.gives not in unused), LAW.revised)
    assert all(lawuses.differ(rest, today) == set() for today in CASES)


def test_what_gives_nothing_can_be_left_out_without_any_output_noticing():
    # The two of the Algemene termijnenwet are in the engine as kinds of roll and as holidays.
    rest = Law((p for p in LAW.provisions if p.gives), LAW.revised)
    assert all(lawuses.differ(rest, today) == set() for today in CASES)


def test_without_the_provision_that_postpones_an_election_nothing_can_be_told():
    rest = Law((p for p in LAW.provisions if p.gives != "merger_postpones"), LAW.revised)
    with pytest.raises(CycleplanError) as caught:
        lawuses.outputs(rest, CASES[0])
    assert caught.value.values["gives"] == "merger_postpones"
    assert USES["merger_postpones"] == OUTPUTS


@pytest.mark.slow
def test_the_termijnenwet_is_used_where_a_term_that_is_not_moved_on_would_tell():
    moved = set().union(*(lawuses.without_roll(Roll.ATW, today) for today in CASES))
    assert USES["AT-01"] == tuple(o for o in OUTPUTS if o in moved)


@pytest.mark.slow
def test_the_kieswet_moves_no_day_so_that_its_rule_on_that_is_only_told_of():
    # law.md, section 3: Z 12 never fires for councils from 2014 to 2042.
    assert all(lawuses.without_roll(Roll.KIESWET, today) == set() for today in CASES)
    assert {p.id for p in LAW.provisions if "Z 12" in p.article} == {"GR-06"}
    assert "GR-06" not in USES


def test_holidays_are_used_where_a_calendar_without_them_would_tell(monkeypatch):
    # A plan of 2023 has its last working day before the King's Day (law.md, section 10).
    was = lawuses.outputs(LAW, CASES[0], lawuses.shipped())
    monkeypatch.setattr(workdays, "recognised_holidays", lambda year: {})
    told = lawuses.outputs(LAW, CASES[0], lawuses.shipped())
    assert USES["AT-03"] == tuple(o for o in OUTPUTS if was[o] != told[o])


def test_the_experiment_finds_a_use_that_the_table_does_not_have():
    # The gauge itself: a provision with another article is seen by name, one with another day by what it changes.
    law = Law((p._replace(article="§") if p.gives == "contents" else p for p in LAW.provisions), LAW.revised)
    assert lawuses.differ(law, CASES[0]) == {"memo"}
    assert "propose" in lawuses.changes("submission", CASES[0])


def test_a_provision_is_used_by_what_it_gives_by_its_id_or_not_at_all():
    by_key = {p.key: use_of(p) for p in LAW.provisions}
    assert by_key["SWV-03/PO/2014-01-06"] == "submission"
    assert by_key["AT-03/2010-10-10"] == "AT-03"
    assert by_key["PC-01/2015-11-29"] is None
