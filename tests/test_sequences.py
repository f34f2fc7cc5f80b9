"""Sequences of plans: the front is that of trying everything, and of CP-SAT where that takes too long."""

from functools import partial

import bruteforce_proposals as tried
import pytest
from bruteforce_proposals import Instance, Party
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from instances import instances

from cycleplan.periods import Period
from cycleplan.sequences import Course, Found, Years, front

quick = partial(settings, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def _course(party: Party) -> Course:
    costs = party.uncovered
    return Course(
        lambda period: costs.get((period.first, period.last), 0),  # what nobody can reach has no cost
        tuple(Period(*plan) for plan in party.kept),
        party.free,
        party.fixed_starts,
    )


def _front(instance: Instance) -> list[Found]:
    years = Years(tried.augusts(instance), instance.end)
    return front([_course(party) for party in instance.parties], years)


def _agrees(instance: Instance) -> None:
    expected = tried.front(instance)
    found = _front(instance)
    assert [(f.misalignment, f.short, f.partial) for f in found] == [e.point for e in expected]
    told = [tuple(tuple((p.first, p.last) for p in plans) for plans in f.plans) for f in found]
    assert told == [e.sequences for e in expected]


@quick(max_examples=30)
@given(instances(1, 12))
def test_one_partnership_has_the_front_of_all_its_sequences_over_twelve_years(instance):
    _agrees(instance)


@quick(max_examples=25)
@given(st.one_of(instances(2, 8), instances(2, 6)))
def test_two_coupled_partnerships_have_the_front_of_all_their_sequences_over_eight_years(instance):
    _agrees(instance)


@quick(max_examples=8)
@given(st.one_of(instances(3, 8, kept=False), instances(3, 5)))
def test_three_coupled_partnerships_have_the_front_of_all_their_sequences_over_eight_years(instance):
    _agrees(instance)


@pytest.mark.slow
@quick(max_examples=400)
@given(st.one_of(instances(1, 12), instances(2, 8), instances(3, 5)))
def test_the_fronts_of_many_instances_are_those_of_all_sequences(instance):
    _agrees(instance)


@pytest.mark.slow
@quick(max_examples=40)
@given(instances(3, 8))
def test_the_fronts_of_many_threes_over_eight_years_are_those_of_all_sequences(instance):
    _agrees(instance)


def _agrees_with_cp_sat(instance: Instance) -> None:
    import cpsat

    found = _front(instance)
    optimum = cpsat.best(instance)
    assert (found[0].misalignment, found[0].short, found[0].partial) == optimum.point
    assert sum(map(len, found[0].plans)) == optimum.plans


@quick(max_examples=3)
@given(instances(4, 8))
def test_cp_sat_finds_nothing_better_for_four_partnerships(instance):
    _agrees_with_cp_sat(instance)


@pytest.mark.slow
@quick(max_examples=8)
@given(instances(4, 8))
def test_cp_sat_finds_the_same_front_for_four_partnerships(instance):
    import cpsat

    assert cpsat.front(instance) == [(f.misalignment, f.short, f.partial) for f in _front(instance)]


@pytest.mark.slow
@quick(max_examples=25)
@given(st.one_of(instances(10, 12), instances(6, 12), instances(3, 14)))
def test_cp_sat_finds_nothing_better_for_many_partnerships_over_long_horizons(instance):
    _agrees_with_cp_sat(instance)


@quick(max_examples=20)
@given(st.one_of(instances(1, 12), instances(2, 8), instances(4, 8)))
def test_no_point_of_a_front_is_as_good_as_another_in_everything(instance):
    points = [(f.misalignment, f.short, f.partial) for f in _front(instance)]
    assert points == sorted(points)
    for a in points:
        assert not any(a is not b and all(x <= y for x, y in zip(b, a, strict=True)) for b in points)
