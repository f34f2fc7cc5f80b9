"""Proposals as a flow through the school years, solved by CP-SAT: the oracle where trying everything takes too long.

A plan is an arc from its first day to its morrow, and a partnership's sequence is a path of such arcs from its
first free start past the end of the horizon. With this formulation the solver proves tens of partnerships
optimal in seconds, where one boolean per renewal does not (facts/algorithms.md D4). It needs ortools, whose
import takes over half a second: import this module within the test that uses it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from bruteforce_proposals import DAY, Instance, Party, augusts, is_short, plans_needed, undominated
from ortools.sat.python import cp_model

Point = tuple[Fraction, int, int]


class Optimum(NamedTuple):
    """The best that can be: by misalignment, then short plans, then years in which only some renew, then plans."""

    misalignment: Fraction
    short: int
    partial: int
    plans: int

    @property
    def point(self) -> Point:
        """What the front is about."""
        return self.misalignment, self.short, self.partial


class _Flow:
    """One model: what it counts are expressions that objectives and bounds are made of."""

    def __init__(self, instance: Instance) -> None:
        self.model = cp_model.CpModel()
        self.uncovered: Any = 0
        self.days: Any = 0
        self.short: Any = 0
        self.plans: Any = 0
        begins = [self._path(party, instance.end) for party in instance.parties]
        self.partial: Any = 0
        for day in augusts(instance):
            some, every = self.model.new_bool_var(""), self.model.new_bool_var("")
            for party, by_day in zip(instance.parties, begins, strict=True):
                own = 1 if day in party.fixed_starts else sum(by_day[day])
                self.model.add(some >= own)
                self.model.add(every <= own)
            self.partial += some - every

    def _path(self, party: Party, end: date) -> dict[date, list[Any]]:
        """The arcs of one partnership, by the day on which they begin."""
        leaving: dict[date, list[Any]] = defaultdict(list)
        arriving: dict[date, list[Any]] = defaultdict(list)
        for plan in [*party.kept, *sorted(plans_needed(party.kept, party.free, end))]:
            first, last = plan
            arc = self.model.new_bool_var("")
            leaving[first].append(arc)
            arriving[last + DAY].append(arc)
            self.short += is_short(plan) * arc
            self.plans += arc
            if plan in party.kept:
                self.days += ((end - last).days) * arc
            else:
                self.uncovered += party.uncovered[plan] * arc
        source = party.kept[0][0] if party.kept else party.free
        assert source
        if not party.kept:
            self.days += (end - source).days + 1
        self.model.add(sum(leaving[source]) == 1)
        for day in set(leaving) | set(arriving):
            if day != source and day <= end:
                self.model.add(sum(arriving[day]) == sum(leaving[day]))
        return leaving


class _Solution(NamedTuple):
    uncovered: int
    days: int
    short: int
    partial: int
    plans: int


def _solve(instance: Instance, objective: Callable[[_Flow], Any], *bounds: Callable[[_Flow], Any]) -> _Solution | None:
    """The solution with the least *objective*, proven; None if there is none within the bounds."""
    flow = _Flow(instance)
    for bound in bounds:
        flow.model.add(bound(flow))
    flow.model.minimize(objective(flow))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 20261122
    status = solver.solve(flow.model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    counted = (flow.uncovered, flow.days, flow.short, flow.partial, flow.plans)
    return _Solution(*(int(solver.value(one)) for one in counted))


def best(instance: Instance, most_short: int | None = None, most_partial: int | None = None) -> Optimum | None:
    """The lexicographic optimum within the bounds; None if nothing is.

    The days of the horizon may depend on what is chosen (a kept plan), so that the misalignment is a ratio:
    after Dinkelbach (1967) the numerator less the ratio times the denominator is made smaller until it is 0.
    The horizon must be long enough that some day is free whatever is chosen.
    """
    bounds: list[Callable[[_Flow], Any]] = []
    if most_short is not None:
        bounds.append(lambda flow: flow.short <= most_short)
    if most_partial is not None:
        bounds.append(lambda flow: flow.partial <= most_partial)
    found = _solve(instance, lambda flow: flow.uncovered, *bounds)
    if found is None:
        return None
    while True:
        assert found.days > 0
        ratio = Fraction(found.uncovered, found.days)

        def excess(flow: _Flow, ratio: Fraction = ratio) -> Any:
            return ratio.denominator * flow.uncovered - ratio.numerator * flow.days

        better = _solve(instance, excess, *bounds)
        assert better
        if Fraction(better.uncovered, better.days) == ratio:
            break
        found = better
    for count in (lambda flow: flow.short, lambda flow: flow.partial, lambda flow: flow.plans):
        bounds.append(lambda flow, excess=excess: excess(flow) <= 0)
        least = _solve(instance, count, *bounds)
        assert least
        most = int(count(least))
        bounds.append(lambda flow, count=count, most=most: count(flow) <= most)
        found = least
    return Optimum(ratio, found.short, found.partial, found.plans)


def front(instance: Instance) -> list[Point]:
    """The points of the Pareto front, by bounding the short plans and the years in which only some renew.

    The best within the bounds bounds the next: what it does with fewer needs no search of its own.
    """
    found: set[Point] = set()
    most_partial: int | None = None
    while True:
        here: list[Optimum] = []
        most_short: int | None = None
        while (optimum := best(instance, most_short, most_partial)) is not None:
            here.append(optimum)
            most_short = optimum.short - 1
            if most_short < 0:
                break
        if not here:
            break
        found.update(optimum.point for optimum in here)
        most_partial = max(optimum.partial for optimum in here) - 1
        if most_partial < 0:
            break
    return undominated(found)
