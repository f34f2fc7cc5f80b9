"""Proposals by trying everything: every sequence of plans, and every day of every plan.

Deliberately simple, with the standard library only, and beside the engine: it shares no code with it and must
not start to. In two layers. The first knows only days and costs: which sequences there are, and which are
best. The second works the costs out day by day over a World of ``bruteforce``. Where the definitions leave a
choice, the docstring of the function says which one was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

import bruteforce
from bruteforce import DAY, SupportPlan, World, days_of, length

Plan = tuple[date, date]  # first and last day, inclusive; the last is a 31 July


# --- days


def first_summer(today: date) -> date:
    """The first 1 August whose 30 April has not passed; on 30 April itself it has not."""
    year = today.year if today <= date(today.year, 4, 30) else today.year + 1
    return date(year, 8, 1)


def horizon_end(today: date, years: int = 12) -> date:
    """31 July at the end of the school year so many years after today's."""
    school_year = today.year if today >= date(today.year, 8, 1) else today.year - 1
    return date(school_year + years + 1, 7, 31)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 February where it must."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def choices(start: date, earliest: date | None = None) -> list[Plan]:
    """The plans that can begin on *start*: to any 31 July within four years, not before *earliest*."""
    last_possible = years_after(start, 4) - DAY
    ends = (date(year, 7, 31) for year in range(start.year, start.year + 5))
    return [(start, end) for end in ends if max(start, earliest or start) <= end <= last_possible]


def is_short(plan: Plan) -> bool:
    """Whether it lasts less than four whole years, also where it runs past the horizon."""
    return plan[1] < years_after(plan[0], 4) - DAY


def kept_choices(stays_until: date, start: date, rhythm: int = 4) -> list[Plan]:
    """The plan that began before *start* (S), with each end that it may get; empty if none did.

    If four years from its first day end before the day before *start*, the plans at the rhythm are followed
    to the one that runs on that day. Of that one, too, no end lies beyond four years: with a rhythm of more
    than four years there may be none, which is an error here.
    """
    first, eve = stays_until + DAY, start - DAY
    if first >= start:
        return []
    if years_after(first, 4) - DAY < eve:
        while years_after(first, rhythm) - DAY < eve:
            first = years_after(first, rhythm)
    found = choices(first, earliest=eve)
    if not found:
        raise ValueError("the plan that runs has no end within four years")
    return found


# --- sequences


@dataclass(frozen=True)
class Party:
    """One partnership: where its free plans begin, and what each plan costs.

    *kept*: the choices for the plan that began before S; its morrow is then the first free start. Without it
    *free* is. *uncovered*: per plan the days inside the horizon that nobody covers, for all that can occur.
    *fixed_starts*: the first days of its plans that stay as they are.
    """

    code: str
    uncovered: Mapping[Plan, int | Fraction] = field(hash=False)
    kept: tuple[Plan, ...] = ()
    free: date | None = None
    fixed_starts: tuple[date, ...] = ()


@dataclass(frozen=True)
class Instance:
    """Partnerships that are proposed for together, in the order of their codes; *start* is S, *end* is H."""

    parties: tuple[Party, ...]
    start: date
    end: date


@dataclass(frozen=True)
class Found:
    """Sequences, one per partnership and with the kept plan, and what they come to."""

    misalignment: Fraction
    short: int
    partial: int  # years in which only some renew; 0 for one partnership alone
    sequences: tuple[tuple[Plan, ...], ...]

    @property
    def point(self) -> tuple[Fraction, int, int]:
        """What the front is about."""
        return self.misalignment, self.short, self.partial


def free_sequences(start: date, end: date) -> Iterator[tuple[Plan, ...]]:
    """Every way to plan on from *start* until a plan ends on or after *end*; none begins after it."""
    if start > end:
        yield ()
        return
    for plan in choices(start):
        for rest in free_sequences(plan[1] + DAY, end):
            yield (plan, *rest)


def sequences(party: Party, end: date) -> list[tuple[Plan, ...]]:
    """Every sequence of a partnership, with the kept plan first if there is one."""
    if party.kept:
        return [(kept, *rest) for kept in party.kept for rest in free_sequences(kept[1] + DAY, end)]
    assert party.free
    return list(free_sequences(party.free, end))


def plans_needed(kept: Sequence[Plan], free: date | None, end: date) -> set[Plan]:
    """Every plan that can occur from the first free start on: for which a cost is needed."""
    starts = [last + DAY for _, last in kept] or [free]
    found: set[Plan] = set()
    while starts:
        start = starts.pop()
        assert start
        new = [plan for plan in choices(start) if start <= end and plan not in found]
        found.update(new)
        starts += [last + DAY for _, last in new]
    return found


def cost(party: Party, sequence: Sequence[Plan], end: date) -> tuple[int | Fraction, int]:
    """The uncovered days from the first free start to the end of the horizon, and how many days those are."""
    free = sequence[1:] if party.kept else sequence
    start = sequence[0][1] + DAY if party.kept else party.free
    assert start
    return sum(party.uncovered[plan] for plan in free), max(0, (end - start).days + 1)


def augusts(instance: Instance) -> list[date]:
    """Every 1 August from S to the end of the horizon."""
    years = range(instance.start.year, instance.end.year + 1)
    return [day for year in years if instance.start <= (day := date(year, 8, 1)) <= instance.end]


def starts(instance: Instance, party: Party, sequence: Sequence[Plan]) -> int:
    """The Augusts on which the partnership begins a plan, of whatever status, a bit each."""
    begins = {first for first, _ in sequence} | set(party.fixed_starts)
    return sum(1 << n for n, day in enumerate(augusts(instance)) if day in begins)


def preference(many: Sequence[Sequence[Plan]]) -> tuple[int, tuple[int, ...], tuple[date, ...]]:
    """What decides between equal points; the smallest wins.

    Fewest plans; then the latest short plans (the first days of all of them by day, the larger tuple first);
    then the smallest tuple of last days, put one after the other in the order of the partnerships.
    """
    plans = [plan for sequence in many for plan in sequence]
    return (
        len(plans),
        by_day(-plan[0].toordinal() for plan in plans if is_short(plan)),
        tuple(last for _, last in plans),
    )


def by_day(shorts: Iterable[int]) -> tuple[int, ...]:
    """First days of short plans, negative, in order of time."""
    return tuple(sorted(shorts, reverse=True))


def share(uncovered: int | Fraction, days: int) -> Fraction:
    """The misalignment; 0 where no day is free."""
    return Fraction(uncovered) / days if days else Fraction(0)


def value(instance: Instance, many: Sequence[Sequence[Plan]]) -> Found:
    """What given sequences come to, one per partnership; "change nothing" can be asked as well."""
    costs = [cost(p, sequence, instance.end) for p, sequence in zip(instance.parties, many, strict=True)]
    bits = [starts(instance, p, sequence) for p, sequence in zip(instance.parties, many, strict=True)]
    return Found(
        share(sum(c for c, _ in costs), sum(days for _, days in costs)),
        sum(is_short(plan) for sequence in many for plan in sequence),
        _partial(bits),
        tuple(tuple(sequence) for sequence in many),
    )


def _partial(bits: Iterable[int]) -> int:
    """The Augusts on which some of them begin a plan, and not all."""
    some, all_ = 0, -1
    for one in bits:
        some |= one
        all_ &= one
    return (some & ~all_).bit_count()


# Starts of some and of all, short plans, days: what the rest of a combination must know of a part of it.
Key = tuple[int, int, int, int]
# Uncovered days, then ``preference`` (the number of plans, short plans, last days), and the sequences themselves.
Best = tuple[int | Fraction, int, tuple[int, ...], tuple[date, ...], tuple[tuple[Plan, ...], ...]]


def combinations(instance: Instance) -> dict[Key, Best]:
    """Every combination of sequences; of those that are alike to all others only the best.

    Alike are those with equal starts, short plans and days: whatever the partnerships after them do, the best
    of these stays the best, since it costs least and, at equal cost, comes first in ``preference``, whose
    tuples are then of equal length. ``test_oracles`` compares this with the bare product.
    """
    found: dict[Key, Best] = {(0, -1, 0, 0): (0, 0, (), (), ())}
    for party in instance.parties:
        own: dict[Key, Best] = {}
        for sequence in sequences(party, instance.end):
            uncovered, days = cost(party, sequence, instance.end)
            bits = starts(instance, party, sequence)
            one: Best = (uncovered, *preference([sequence]), (sequence,))
            _keep(own, (bits, bits, sum(map(is_short, sequence)), days), one)
        longer: dict[Key, Best] = {}
        for (some, all_, short, days), (uncovered, plans, shorts, ends, many) in found.items():
            for (bits, _, its_short, its_days), (more, its_plans, its_shorts, its_ends, it) in own.items():
                key = (some | bits, all_ & bits, short + its_short, days + its_days)
                old = longer.get(key)
                # Most lose on these two, and the tuples are slow.
                if old is None or (uncovered + more, plans + its_plans) <= old[:2]:
                    both = (
                        uncovered + more,
                        plans + its_plans,
                        by_day(shorts + its_shorts),
                        ends + its_ends,
                        (*many, *it),
                    )
                    _keep(longer, key, both)
        found = longer
    return found


def _keep(found: dict[Key, Best], key: Key, new: Best) -> None:
    old = found.get(key)
    if old is None or new[:4] < old[:4]:
        found[key] = new


def front(instance: Instance) -> list[Found]:
    """The Pareto front of the partnerships together, by misalignment; of equal points the one preferred."""
    by_point: dict[tuple[Fraction, int, int], Best] = {}
    for (some, all_, short, days), new in combinations(instance).items():
        point = (share(new[0], days), short, (some & ~all_).bit_count())
        if point not in by_point or new[1:4] < by_point[point][1:4]:
            by_point[point] = new
    return [Found(*point, by_point[point][4]) for point in undominated(by_point)]


def undominated(points: Iterable[tuple[Fraction, int, int]]) -> list[tuple[Fraction, int, int]]:
    """The points than which no other is at least as good in everything, in order."""
    found: list[tuple[Fraction, int, int]] = []
    for point in sorted(set(points)):  # whatever dominates a point comes before it
        if not any(short <= point[1] and partial <= point[2] for _, short, partial in found):
            found.append(point)
    return found


def fronts(instance: Instance) -> list[list[Found]]:
    """A front for each of the partnerships on its own."""
    return [front(replace(instance, parties=(party,))) for party in instance.parties]


# --- plans, day by day


def in_school_years(plan: SupportPlan) -> SupportPlan:
    """The plan as it is made: one that begins within a school year by the 30 April before that year."""
    year = plan.first.year if plan.first >= date(plan.first.year, 8, 1) else plan.first.year - 1
    return replace(plan, first=date(year, 8, 1))


def covered(world: World, plan: SupportPlan, code: str, first: date, last: date, decisions: Sequence[date]) -> int:
    """The days of the plan from *first* to *last* on which the council in office at the latest decision sits.

    Before the first of *decisions* none is.
    """
    days = 0
    offices = {decision: bruteforce.in_office(world, code, decision) for decision in decisions}
    for day in days_of(max(plan.first, first), min(plan.last, last)):
        before = [decision for decision in decisions if decision <= day]
        office = offices[max(before)] if before else None
        days += office is not None and office[0].first <= day <= office[2]
    return days


def _lowest(world: World, plan: SupportPlan, first: date, last: date, decisions: Sequence[date]) -> int:
    codes = bruteforce.municipalities(world, in_school_years(plan))
    return min(covered(world, plan, code, first, last, decisions) for code in codes)


def decisions_of(world: World, plan: SupportPlan) -> list[date]:
    """Its decision days; none if no window counts and none is known: then nobody covers it."""
    found = bruteforce.decision_days(world, in_school_years(plan))
    if not bruteforce.counting_windows(world, in_school_years(plan)):
        found = [one for one in found if one[1] == "actual"]
    return [day for day, _ in found]


def uncovered_days(world: World, plan: SupportPlan, first: date, last: date) -> int:
    """The days of the plan from *first* to *last* that its worst municipality does not cover (goal settled)."""
    inside = length((max(plan.first, first), min(plan.last, last)))
    return inside - _lowest(world, plan, first, last, decisions_of(world, plan))


def windows_of_horizon(world: World, plan: SupportPlan, first: date, last: date) -> list[tuple[date, date]]:
    """The counting likely windows of its area from *first* to *last*, whatever the plan's own consultation.

    At the joint level: on each polling day as many elect as then stand for the area and have no known college.
    """
    joint: dict[date, int] = {}
    for code, councils in world.councils.items():
        for council in councils:
            if council.college is None and code in bruteforce.parties_on(world, plan.area, council.elected):
                joint[council.elected] = joint.get(council.elected, 0) + 1
    free = []
    for day in days_of(first, last):
        parties = bruteforce.parties_on(world, plan.area, day)
        if not any(
            bruteforce.in_recess(world, party, day) or bruteforce.in_standstill(world, party, day, "likely", joint)
            for party in parties
        ):
            free.append(day)
    return [run for run in bruteforce.runs(free) if length(run) >= plan.min_window_days]


# The school years of which the holidays are published: cycleplan/data/school_holidays.csv has no others.
HOLIDAYS_KNOWN = (date(2019, 8, 1), date(2030, 7, 31))


def as_far_as_known(horizon: Sequence[tuple[date, date]], plan: SupportPlan) -> list[tuple[date, date]]:
    """The windows; one of which not all holidays are published ends after the days of the consultation period."""
    consulted = bruteforce.consultation(in_school_years(plan))
    assert consulted
    longest = (length(consulted) - 1) * DAY
    first, last = HOLIDAYS_KNOWN
    return [(begin, end if first <= begin and end <= last else min(end, begin + longest)) for begin, end in horizon]


def reconfirmations(world: World, plan: SupportPlan, horizon: Sequence[tuple[date, date]]) -> list[date]:
    """The days on which the plan is re-confirmed, given the counting windows of the horizon.

    For each polling day after its original decision and within it: the last day of the first window that
    begins after it, unless that lies after the plan.
    """
    made = in_school_years(plan)
    original = bruteforce.decision_days(world, made)[0][0]
    found = set()
    for code in bruteforce.municipalities(world, made):
        for _, council in bruteforce.lane(world, code):
            if original < council.elected <= plan.last:
                day = next((end for begin, end in horizon if begin > council.elected), date.max)
                if day <= plan.last:
                    found.add(day)
    return sorted(found)


def uncovered_reconfirmed(
    world: World, plan: SupportPlan, first: date, last: date, horizon: Sequence[tuple[date, date]]
) -> int:
    """As ``uncovered_days``, if the plan is re-confirmed after every election.

    Without a counting window the days before the first re-confirmation stay uncovered.
    """
    inside = length((max(plan.first, first), min(plan.last, last)))
    decisions = sorted({*decisions_of(world, plan), *reconfirmations(world, plan, horizon)})
    return inside - _lowest(world, plan, first, last, decisions)


def reconfirmed_share(world: World, plan: SupportPlan, horizon: Sequence[tuple[date, date]]) -> Fraction:
    """The lowest coverage over the whole plan, if it is re-confirmed after every election.

    Here an original decision assumed without a counting window does count, as in ``bruteforce.coverage``.
    """
    known = [day for day, _ in bruteforce.decision_days(world, in_school_years(plan))]
    decisions = sorted({*known, *reconfirmations(world, plan, horizon)})
    return Fraction(_lowest(world, plan, plan.first, plan.last, decisions), length((plan.first, plan.last)))


def not_parallel(plan: Plan, youth: Mapping[str, Sequence[Plan]], first: date, last: date) -> Fraction:
    """The days of the plan from *first* to *last*, times 1 less the Jaccard share (goal parallel).

    That share is the lowest, over the municipalities that have a youth plan, of each one's highest; of the
    whole plan, day by day. Where no municipality has one it is 0.
    """
    days = set(days_of(*plan))
    highest = []
    for plans in youth.values():
        sets = [set(days_of(*other)) for other in plans]
        if sets:
            highest.append(max(Fraction(len(days & other), len(days | other)) for other in sets))
    inside = sum(first <= day <= last for day in days)
    return inside * (1 - min(highest, default=Fraction(0)))


def party_of(
    world: World, code: str, like: SupportPlan, stays_until: date, today: date, years: int = 12, rhythm: int = 4
) -> Party:
    """A partnership whose last fixed plan ends on *stays_until*, with the costs of all its plans (goal settled).

    *like* is a plan of its area and procedure; its own days do not matter.
    """
    start, end = first_summer(today), horizon_end(today, years)
    kept = kept_choices(stays_until, start, rhythm)
    free = None if kept else stays_until + DAY
    plain = replace(like, oogo=[], adopted=[])
    uncovered = {
        (first, last): uncovered_days(world, replace(plain, first=first, last=last), first, end)
        for first, last in plans_needed(kept, free, end)
    }
    return Party(code, uncovered, tuple(kept), free)


# --- self-checks


def self_check() -> None:
    """The figures of the design and of the issue, and small cases by hand."""
    assert first_summer(date(2026, 4, 30)) == date(2026, 8, 1)
    assert first_summer(date(2026, 5, 1)) == date(2027, 8, 1)
    assert horizon_end(date(2026, 11, 22)) == date(2039, 7, 31)
    assert horizon_end(date(2026, 7, 31)) == date(2038, 7, 31)

    august = date(2026, 8, 1)
    assert [last.year for _, last in choices(august)] == [2027, 2028, 2029, 2030]
    assert [is_short(plan) for plan in choices(august)] == [True, True, True, False]
    assert [last.year for _, last in choices(date(2028, 1, 1))] == [2028, 2029, 2030, 2031]
    assert all(is_short(plan) for plan in choices(date(2028, 1, 1)))
    assert kept_choices(date(2027, 7, 31), date(2027, 8, 1)) == []
    kept = kept_choices(date(2026, 7, 31), date(2027, 8, 1))
    assert [(first, last.year) for first, last in kept] == [(august, year) for year in (2027, 2028, 2029, 2030)]
    assert kept_choices(date(2023, 7, 31), date(2027, 8, 1)) == [(date(2023, 8, 1), date(2027, 7, 31))]
    assert [(a.year, b.year) for a, b in kept_choices(date(2019, 7, 31), date(2025, 8, 1))] == [
        (2023, 2025), (2023, 2026), (2023, 2027),
    ]  # fmt: skip

    # facts/algorithms.md D4: 4,819 paths for 12 years, 66,526 for 16.
    assert sum(1 for _ in free_sequences(august, date(2038, 7, 31))) == 4819
    assert sum(1 for _ in free_sequences(august, date(2042, 7, 31))) == 66526

    # Two years, days that cost nothing in plans of one year: (1, 1) costs 0 with two short plans, (2) 1 with one.
    end = date(2028, 7, 31)
    costs = {plan: 0 if plan[1].year - plan[0].year == 1 else 1 for plan in plans_needed([], august, end)}
    alone = Instance((Party("A", costs, free=august),), august, end)
    assert [f.point for f in front(alone)] == [(0, 2, 0), (Fraction(1, 731), 0, 0)]
    assert [last.year for _, last in front(alone)[1].sequences[0]] == [2030]
    # Of equal points: fewest plans, then the latest short plan.
    flat = Instance((Party("A", dict.fromkeys(plans_needed([], august, date(2031, 7, 31)), 1), free=august),), august,
                    date(2031, 7, 31))  # fmt: skip
    (best,) = front(flat)
    assert [(a.year, b.year) for a, b in best.sequences[0]] == [(2026, 2030), (2030, 2034)]
    # Together: B has to begin in 2027, A in 2026; to renew together once costs a short plan.
    later = date(2027, 8, 1)
    end = date(2032, 7, 31)
    two = Instance(
        (
            Party("A", dict.fromkeys(plans_needed([], august, end), 0), free=august),
            Party("B", dict.fromkeys(plans_needed([], later, end), 0), free=later),
        ),
        august,
        end,
    )
    assert [f.point for f in front(two)] == [(0, 0, 4), (0, 1, 1)]
    assert [[(a.year, b.year) for a, b in s] for s in front(two)[1].sequences] == [
        [(2026, 2027), (2027, 2031), (2031, 2035)], [(2027, 2031), (2031, 2035)],
    ]  # fmt: skip
    assert [len(found) for found in fronts(two)] == [1, 1]
    assert value(two, front(two)[1].sequences) == front(two)[1]

    # A regular municipality.
    iso = """2038-02-01 2038-03-17 2038-03-31
             2042-02-03 2042-03-19 2042-04-02"""
    rows = [[date.fromisoformat(word) for word in line.split()] for line in iso.splitlines()]
    councils = bruteforce.regular_councils() + [bruteforce.Council(n, e, f, None, []) for n, e, f in rows]
    world = World({"A": councils}, {}, [], {})
    like = bruteforce.four_years(2026, ["A"])
    for year, covering in {2026: 0.0, 2027: 0.668, 2028: 0.4175, 2029: 0.1677}.items():
        plan = bruteforce.four_years(year, ["A"])
        uncovered = uncovered_days(world, plan, plan.first, plan.last)
        assert round(1 - uncovered / 1461, 4) == covering, year
    for stays_until, years in {2026: 1, 2028: 3, 2029: 2}.items():
        today = date(2025, 11, 22)
        party = party_of(world, "A", like, date(stays_until, 7, 31), today)
        best = front(Instance((party,), first_summer(today), horizon_end(today)))[0]
        first, last = best.sequences[0][0]
        assert last.year - first.year == years, stays_until
    # Part of a plan, and a plan for which no window counts.
    assert uncovered_days(world, like, date(2027, 1, 1), date(2027, 12, 31)) == 365
    none = replace(bruteforce.four_years(2027, ["A"]), min_window_days=51)
    assert uncovered_days(world, none, none.first, none.last) == 1461

    # Re-confirmed: a plan of 2028 from 5 March 2028; elected on 20 March 2030, college 76 days later.
    plan = bruteforce.four_years(2028, ["A"])
    horizon = windows_of_horizon(world, plan, date(2025, 8, 1), date(2039, 7, 31))
    # From the new college to the next nomination.
    assert horizon[1:3] == [(date(2026, 6, 2), date(2030, 2, 3)), (date(2030, 6, 4), date(2034, 1, 29))]
    assert reconfirmations(world, plan, horizon) == []  # 29 January 2034 lies after it
    resting = replace_recess(world, [(date(2030, 7, 13), date(2030, 8, 25))])
    horizon = windows_of_horizon(resting, plan, date(2025, 8, 1), date(2039, 7, 31))
    assert reconfirmations(resting, plan, horizon) == [date(2030, 7, 12)]
    # Under the council of 2026 until 2 April 2030, under that of 2030 from 12 July 2030 on.
    gap = (date(2030, 7, 12) - date(2030, 4, 3)).days
    assert uncovered_reconfirmed(resting, plan, plan.first, plan.last, horizon) == gap
    assert reconfirmed_share(resting, plan, horizon) == 1 - Fraction(gap, 1461)
    # Decided in January 2026 for 2026: re-confirmed before its first day it counts from then.
    early = bruteforce.four_years(2026, ["A"])
    resting = replace_recess(world, [(date(2026, 7, 11), date(2026, 8, 23))])
    horizon = windows_of_horizon(resting, early, date(2024, 8, 1), date(2039, 7, 31))
    assert reconfirmations(resting, early, horizon) == [date(2026, 7, 10)]
    assert uncovered_reconfirmed(resting, early, early.first, early.last, horizon) == 120  # 3 April to 31 July 2030
    # No window counts: uncovered until the first re-confirmation.
    none = replace(plan, min_window_days=52)
    resting = replace_recess(world, [(date(2030, 8, 1), date(2030, 8, 25))])
    horizon = windows_of_horizon(resting, none, date(2025, 8, 1), date(2039, 7, 31))
    assert decisions_of(resting, none) == []
    assert reconfirmations(resting, none, horizon) == [date(2030, 7, 31)]
    assert (
        uncovered_reconfirmed(resting, none, none.first, none.last, horizon)
        == (date(2030, 7, 31) - date(2028, 8, 1)).days
    )

    # Parallel to a youth plan of calendar years.
    days = length((date(2027, 8, 1), date(2031, 7, 31)))
    youth = {"A": [(date(2024, 1, 1), date(2027, 12, 31)), (date(2028, 1, 1), date(2031, 12, 31))], "B": []}
    shared, together = length((date(2028, 1, 1), date(2031, 7, 31))), length((date(2027, 8, 1), date(2031, 12, 31)))
    plan_days = (date(2027, 8, 1), date(2031, 7, 31))
    assert not_parallel(plan_days, youth, *plan_days) == days * (1 - Fraction(shared, together))
    assert not_parallel(plan_days, {}, date(2031, 7, 1), date(2040, 1, 1)) == 31


def replace_recess(world: World, recess: list[tuple[date, date]]) -> World:
    """The same world in which every municipality rests on these days."""
    return replace(world, recess=dict.fromkeys(world.councils, recess))


if __name__ == "__main__":
    self_check()
    print("bruteforce_proposals: all self-checks hold")
