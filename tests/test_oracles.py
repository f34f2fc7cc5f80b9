"""The oracles themselves: by hand, against the bare product of everything, and against each other."""

from functools import partial
from itertools import product

import bruteforce
import bruteforce_proposals as tried
import pytest
from bruteforce_proposals import Found, Instance
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from instances import instances

quick = partial(settings, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def test_the_brute_force_agrees_with_the_figures_of_the_design():
    bruteforce.self_check()


def test_the_brute_force_of_proposals_agrees_with_the_figures_of_the_issue():
    tried.self_check()


def _bare_front(instance: Instance) -> list[Found]:
    """The front by the definition: no two combinations are taken for alike."""
    everything = product(*(tried.sequences(party, instance.end) for party in instance.parties))
    found = [tried.value(instance, many) for many in everything]
    points = {f.point for f in found}
    front = [
        p for p in points if not any(q != p and all(a <= b for a, b in zip(q, p, strict=True)) for q in points)
    ]  # fmt: skip
    return [
        min((f for f in found if f.point == point), key=lambda f: tried.preference(f.sequences))
        for point in sorted(front)
    ]


@quick(max_examples=20)
@given(st.one_of(instances(1, 5), instances(2, 4), instances(3, 3, kept=False, spread=False)))
def test_the_front_is_that_of_the_bare_product(instance):
    assert tried.front(instance) == _bare_front(instance)


@quick(max_examples=12)
@given(instances(3, 6))
def test_no_point_of_a_front_is_dominated_and_its_sequences_come_to_it(instance):
    front = tried.front(instance)
    for found in front:
        assert tried.value(instance, found.sequences) == found
        others = [other for other in front if other is not found]
        assert not any(all(a <= b for a, b in zip(o.point, found.point, strict=True)) for o in others)


def _agree(instance: Instance) -> None:
    import cpsat

    front = tried.front(instance)
    assert cpsat.front(instance) == [found.point for found in front]
    optimum = cpsat.best(instance)
    assert optimum.point == front[0].point
    assert optimum.plans == sum(map(len, front[0].sequences))


@quick(max_examples=12)
@given(st.one_of(instances(1, 12), instances(2, 6), instances(3, 5)))
def test_cp_sat_finds_the_fronts_that_trying_everything_finds(instance):
    _agree(instance)


@pytest.mark.slow
@quick(max_examples=40)
@given(st.one_of(instances(1, 12), instances(2, 8), instances(3, 8, kept=False)))
def test_cp_sat_finds_the_fronts_of_longer_horizons_too(instance):
    _agree(instance)


@pytest.mark.slow
@quick(max_examples=10)
@given(instances(10, 16))
def test_cp_sat_proves_the_optimum_of_ten_partnerships_over_sixteen_years(instance):
    import cpsat

    optimum = cpsat.best(instance)
    # Within the bounds that it meets itself it is the best again, and with one short plan less it is not.
    assert cpsat.best(instance, optimum.short, optimum.partial) == optimum
    if optimum.short:
        fewer = cpsat.best(instance, optimum.short - 1)
        assert fewer is None or fewer.misalignment > optimum.misalignment


def test_the_random_instances_have_all_that_they_are_for():
    seen: dict[str, int] = {}

    @quick(max_examples=100)
    @given(instances(2, 5))
    def look(instance: Instance) -> None:
        front = tried.front(instance)
        facts = {
            "kept": any(party.kept for party in instance.parties),
            "several ends": any(len(party.kept) > 1 for party in instance.parties),
            "no 1 August": any(p.free and (p.free.month, p.free.day) != (8, 1) for p in instance.parties),
            "later": any(p.free and p.free > instance.start for p in instance.parties),
            "fixed starts": any(party.fixed_starts for party in instance.parties),
            "a front of several": len(front) > 2,
            "partly together": any(found.partial for found in front),
            "wholly together": any(not found.partial for found in front),
            "costs nothing": any(not found.misalignment for found in front),
        }
        for name, holds in facts.items():
            seen[name] = seen.get(name, 0) + holds

    look()
    assert min(seen.values()) >= 5, seen
    assert len(seen) == 9
