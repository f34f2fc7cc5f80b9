"""A second, independent and deliberately simple implementation of the definitions of the design.

Day by day, with sets of dates and the standard library only; the tests compare the engine with it over random
regions. It shares no code with the engine and must not start to. Where the definitions leave a choice, the
docstring of the function says which one was made.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)
LEVELS = {"possible": 0.1, "likely": 0.5, "certain": 0.9}
# (days after polling day, share of the colleges formed by then)
POINTS = [
    (22.0, 1 / 333),
    (63.5, 0.36),
    (108.0, 287 / 333),
    (122.0, 327 / 333),
    (197.0, 332 / 333),
    (229.0, 1.0),
]


@dataclass
class Council:
    """One council of one municipality code."""

    nominated: date  # nomination day of the election that made it
    elected: date  # polling day
    first: date  # first sitting
    college: date | None  # observed, or by law appointed; None: estimate from the distribution
    falls: list[tuple[date, date]]  # (day it fell, day the next college of the same council was installed)


@dataclass
class Merger:
    """Codes that become one; `olds` may include the new code itself."""

    day: date
    olds: list[str]
    new: str


@dataclass
class World:
    """All municipalities."""

    councils: dict[str, list[Council]]
    recess: dict[str, list[tuple[date, date]]]
    mergers: list[Merger]
    exists: dict[str, tuple[date | None, date | None]]
    shares: dict[str, float] = field(default_factory=lambda: dict(LEVELS))  # what each level stands for
    given: dict[str, int] | None = None  # days after polling day, in the place of every estimate


@dataclass
class SupportPlan:
    """A support plan with the procedure it is made by."""

    first: date  # 1 August Y
    last: date
    area: list[str]
    oogo: list[date]
    adopted: list[date]
    opens: tuple[int, int]
    order: list[str]
    opr_weeks: int
    adoption_weeks: int
    min_window_days: int = 10


# --- days


def days_of(first: date, last: date) -> list[date]:
    """Every day of the closed period."""
    return [first + i * DAY for i in range((last - first).days + 1)]


def runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """The maximal runs of consecutive days."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and found[-1][1] + DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def length(run: tuple[date, date]) -> int:
    """Days in a closed period."""
    return (run[1] - run[0]).days + 1


def whole_months(start: date, end: date) -> int:
    """The largest n with start + n months <= end.

    A month that lacks the day counts to its last day: 31 May to 28 February is nine whole months.
    """
    n = 0
    while _add_months(start, n + 1) <= end:
        n += 1
    return n


def _add_months(day: date, months: int) -> date:
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


# --- municipalities


def by_day(mergers: Iterable[Merger]) -> list[Merger]:
    """The mergers in order of time."""
    return sorted(mergers, key=lambda merger: merger.day)


def exists_on(world: World, code: str, day: date) -> bool:
    """Whether the code exists that day; a code that is not listed always does."""
    first, last = world.exists.get(code, (None, None))
    return (first is None or first <= day) and (last is None or day <= last)


def code_on(world: World, code: str, day: date) -> str:
    """What the code is called that day: itself, or its successor from the merger day on.

    A code that is divided over several new ones goes on as the first of them in the list.
    """
    for merger in by_day(world.mergers):
        if merger.day <= day and code in merger.olds:
            code = merger.new
    return code


def _before(world: World, code: str, day: date, until: date) -> set[str]:
    """Who stood that day for the code as it was just before `until`."""
    later = [m for m in world.mergers if m.new == code and day < m.day < until]
    if not later:
        return {code}
    found: set[str] = set()
    for merger in later:
        for old in merger.olds:
            found |= _before(world, old, day, merger.day)
    return {old for old in found if exists_on(world, old, day)}


def parties_on(world: World, area: Iterable[str], day: date) -> set[str]:
    """The municipalities that day.

    A code of the area that has gone is its successor, and only that: a municipality that is merged into the
    successor later, and is not itself in the area, does not come in by it.
    """
    found: set[str] = set()
    for code in area:
        today = code_on(world, code, day)
        found |= {today} if today != code else _before(world, code, day, date.max)
    return found


def lane(world: World, code: str) -> list[tuple[str, Council]]:
    """The councils of the code and, from a merger on, of its successor, in order, each with its own code."""
    found: list[tuple[str, Council]] = []
    owner, start = code, date.min
    for merger in by_day(world.mergers):
        if owner in merger.olds and merger.new != owner and merger.day >= start:
            found += [(owner, c) for c in world.councils.get(owner, []) if start <= c.first < merger.day]
            owner, start = merger.new, merger.day
    return found + [(owner, c) for c in world.councils.get(owner, []) if start <= c.first]


def merger_council(world: World, merger: Merger) -> Council | None:
    """The first council of the new municipality: the first that sits on or after the merger day."""
    after = [c for c in world.councils.get(merger.new, []) if c.first >= merger.day]
    return min(after, key=lambda c: c.first) if after else None


def in_recess(world: World, code: str, day: date) -> bool:
    """Whether the code, or its successor by then, is in recess."""
    return any(first <= day <= last for first, last in world.recess.get(code_on(world, code, day), []))


# --- colleges and standstill


def quantile_days(p: float) -> int:
    """Days after polling day by which a share p of the colleges is formed; linear, half a day rounds up.

    Below the first known point it is that point's days.
    """
    if p <= POINTS[0][1]:
        return math.floor(POINTS[0][0] + 0.5)
    for (x0, p0), (x1, p1) in pairwise(POINTS):
        if p <= p1:
            return math.floor(x0 + (x1 - x0) * (p - p0) / (p1 - p0) + 0.5)
    return math.floor(POINTS[-1][0] + 0.5)


def college_day(world: World, code: str, council: Council, level: str) -> date:
    """The day its first college is installed: observed, else the municipality's own estimate.

    An estimate is polling day plus the quantile, and nothing else: it is not moved to the first sitting.
    """
    return formed(world, council, level, None)


def formed(world: World, council: Council, level: str, joint: dict[date, int] | None) -> date:
    """As `college_day`, at the joint level when counts are given (a polling day not in them counts one).

    Days that are given stand as they are, whatever the counts.
    """
    if council.college is not None:
        return council.college
    if world.given is not None:
        return council.elected + world.given[level] * DAY
    k = joint.get(council.elected, 1) if joint is not None else 1
    return council.elected + quantile_days(world.shares[level] ** (1 / k)) * DAY


def joint_counts(world: World, codes: Iterable[str]) -> dict[date, int]:
    """Per polling day how many municipalities of these lanes elect then and have no observed college."""
    electing = {(owner, c.elected) for code in codes for owner, c in lane(world, code) if c.college is None}
    return dict(Counter(elected for _, elected in electing))


def in_standstill(world: World, code: str, day: date, level: str, joint: dict[date, int] | None = None) -> bool:
    """Whether the code, or its successor by then, is in standstill.

    A code that does not exist yet is not: before the merger that is told of its predecessors.
    """
    code = code_on(world, code, day)
    if not exists_on(world, code, day):
        return False
    for council in world.councils.get(code, []):
        if council.nominated <= day < formed(world, council, level, joint):
            return True
        if any(fell <= day < installed for fell, installed in council.falls):
            return True
    for merger in world.mergers:
        made = merger_council(world, merger)
        if code in merger.olds and made is not None and made.nominated <= day < merger.day:
            return True
    return False


def in_office(world: World, code: str, day: date) -> tuple[Council, date, date] | None:
    """The council whose college is in office, that college's installation, and the last day of its term.

    A college that fell stays in office until the next is installed. None: no college so early in the data.
    """
    councils = [council for _, council in lane(world, code)]
    for i in reversed(range(len(councils))):
        council = councils[i]
        first_college = college_day(world, code, council, "likely")
        if first_college <= day:
            installed = max([first_college] + [again for _, again in council.falls if again <= day])
            last = councils[i + 1].first - DAY if i + 1 < len(councils) else date.max
            return council, installed, last
    return None


# --- one plan


def consultation(plan: SupportPlan) -> tuple[date, date] | None:
    """OOGO's earliest and latest day; None if the procedure is impossible."""
    if sorted(plan.order) != ["oogo", "opr"]:
        raise ValueError(f"unknown order {plan.order}")
    latest = date(plan.first.year, 4, 30) - 7 * plan.adoption_weeks * DAY
    if plan.order == ["oogo", "opr"]:
        latest -= 7 * plan.opr_weeks * DAY
    opens = latest - DAY
    while (opens.month, opens.day) != plan.opens:
        opens -= DAY
    earliest = opens
    if plan.order == ["opr", "oogo"]:
        earliest += 7 * plan.opr_weeks * DAY
    return (earliest, latest) if earliest <= latest else None


def consulted(plan: SupportPlan) -> tuple[date, date]:
    """The consultation period; an impossible procedure is an error."""
    period = consultation(plan)
    if period is None:
        raise ValueError("impossible procedure")
    return period


def municipalities(world: World, plan: SupportPlan) -> list[str]:
    """The parties on the first day of the consultation period."""
    return sorted(parties_on(world, plan.area, consulted(plan)[0]))


def blockers_on(world: World, plan: SupportPlan, level: str) -> dict[date, set[tuple[str, str]]]:
    """Per day of the consultation period who is in standstill or recess, under the code of that day."""
    joint = joint_counts(world, municipalities(world, plan))
    found: dict[date, set[tuple[str, str]]] = {}
    for day in days_of(*consulted(plan)):
        found[day] = set()
        for party in parties_on(world, plan.area, day):
            if in_standstill(world, party, day, level, joint):
                found[day].add((party, "standstill"))
            if in_recess(world, party, day):
                found[day].add((party, "recess"))
    return found


def window_days(world: World, plan: SupportPlan, level: str) -> set[date]:
    """Days of the consultation period outside every party's standstill (joint level) and recess."""
    return {day for day, who in blockers_on(world, plan, level).items() if not who}


def windows(world: World, plan: SupportPlan, level: str) -> list[tuple[date, date]]:
    """The maximal runs of window days, also those too short to count."""
    return runs(window_days(world, plan, level))


def counting_windows(world: World, plan: SupportPlan) -> list[tuple[date, date]]:
    """The likely windows that are long enough to count."""
    return [run for run in windows(world, plan, "likely") if length(run) >= plan.min_window_days]


def gap_blockers(world: World, plan: SupportPlan, level: str) -> dict[date, set[tuple[str, str]]]:
    """Per day of the consultation period that is no window day: who is in the way, and why."""
    return {day: who for day, who in blockers_on(world, plan, level).items() if who}


def profile(world: World, plan: SupportPlan, level: str) -> dict[date, tuple[set[str], int]]:
    """Per day of the consultation period who is outside standstill and recess, and how many parties there are."""
    found = {}
    for day, who in blockers_on(world, plan, level).items():
        parties = parties_on(world, plan.area, day)
        found[day] = (parties - {party for party, _ in who}, len(parties))
    return found


def helps_most(world: World, plan: SupportPlan, level: str) -> tuple[str, int, dict[str, set[date]]] | None:
    """The party without whose standstill and recess there are most window days more; tried one by one.

    With it the days that it alone holds up, per reason. Ties: the longest window then, then the code.
    """
    blockers = blockers_on(world, plan, level)
    before = {day for day, who in blockers.items() if not who}
    tried = []
    for code in sorted({party for who in blockers.values() for party, _ in who}):
        after = {day for day, who in blockers.items() if all(party == code for party, _ in who)}
        if after != before:
            longest = max(length(run) for run in runs(after))
            reasons: dict[str, set[date]] = {}
            for day in after - before:
                for _, reason in blockers[day]:
                    reasons.setdefault(reason, set()).add(day)
            tried.append((-len(after - before), -longest, code, reasons))
    if not tried:
        return None
    gained, _, code, reasons = min(tried, key=lambda one: one[:3])
    return code, -gained, reasons


def decision_days(world: World, plan: SupportPlan) -> list[tuple[date, str]]:
    """The decision days in order, each "actual" or "assumed"."""
    known = set(plan.oogo or plan.adopted)
    found = [(day, "actual") for day in known]
    if not any(day <= date(plan.first.year, 4, 30) for day in known):
        counting = counting_windows(world, plan)
        found.append((counting[-1][1] if counting else consulted(plan)[1], "assumed"))
    return sorted(found)


def coverage(world: World, plan: SupportPlan) -> dict[str, float]:
    """Per municipality the share of the plan's days in the term of the council whose college decided.

    Days for which the college that decided is not known (no council so early in the data) are not covered.
    The last council in the data has a term without end.
    """
    days = days_of(plan.first, plan.last)
    decisions = [day for day, _ in decision_days(world, plan)]
    found: dict[str, float] = {}
    for code in municipalities(world, plan):
        office = {decision: in_office(world, code, decision) for decision in decisions}
        covered = 0
        for day in days:
            decided_by = office[max(decision for decision in decisions if decision <= day)]
            if decided_by is not None and decided_by[0].first <= day <= decided_by[2]:
                covered += 1
        found[code] = covered / len(days)
    return found


def lag(world: World, plan: SupportPlan) -> dict[str, int | None]:
    """Per municipality the whole months from installation to the first decision day, known or assumed.

    None if the college in office that day is not known.
    """
    first = decision_days(world, plan)[0][0]
    found: dict[str, int | None] = {}
    for code in municipalities(world, plan):
        office = in_office(world, code, first)
        found[code] = None if office is None else whole_months(office[1], first)
    return found


def standstill_days(world: World, plan: SupportPlan) -> dict[str, int]:
    """Per municipality the days of the consultation period in standstill (its own likely estimate)."""
    days = days_of(*consulted(plan))
    return {
        code: sum(in_standstill(world, code, day, "likely") for day in days) for code in municipalities(world, plan)
    }


def verdict(world: World, plan: SupportPlan) -> str:
    """In step, at risk or out of step; a plan without municipalities has no verdict and is an error here."""
    codes = municipalities(world, plan)
    if not codes:
        raise ValueError("no municipalities: no verdict")
    lowest = min(coverage(world, plan).values())
    known = [day for day, status in decision_days(world, plan) if status == "actual"]
    counting = counting_windows(world, plan)
    if lowest < 0.25 or (not known and not counting):
        return "out_of_step"
    if known:
        settled = not any(in_standstill(world, code, known[0], "likely") for code in codes)
    else:
        settled = max(length(run) for run in counting) >= 20
    return "in_step" if lowest >= 0.5 and settled else "at_risk"


# --- self-checks


def regular_councils() -> list[Council]:
    """The councils of a municipality without mergers, facts or falls."""
    iso = """2018-02-05 2018-03-21 2018-03-29
             2022-01-31 2022-03-16 2022-03-30
             2026-02-02 2026-03-18 2026-04-01
             2030-02-04 2030-03-20 2030-04-03
             2034-01-30 2034-03-15 2034-03-29"""
    rows = [[date.fromisoformat(word) for word in line.split()] for line in iso.splitlines()]
    return [Council(nominated, elected, first, None, []) for nominated, elected, first in rows]


def four_years(year: int, area: list[str], *, oogo: list[date] | None = None, opr_first: bool = False) -> SupportPlan:
    """A plan of four school years by the default procedure."""
    order = ["opr", "oogo"] if opr_first else ["oogo", "opr"]
    return SupportPlan(date(year, 8, 1), date(year + 4, 7, 31), area, oogo or [], [], (1, 15), order, 6, 2)


def self_check() -> None:
    """The figures of the design, and a merger by hand."""
    assert [quantile_days(p) for p in (0.1, 0.5, 0.9)] == [33, 76, 112]
    assert [quantile_days(p ** (1 / 8)) for p in (0.1, 0.5, 0.9)] == [98, 114, 147]
    assert [quantile_days(p) for p in (0.0, 1 / 333, 1.0)] == [22, 22, 229]
    assert whole_months(date(2022, 5, 31), date(2023, 2, 28)) == 9
    assert whole_months(date(2022, 5, 31), date(2023, 2, 27)) == 8
    assert whole_months(date(2022, 5, 15), date(2023, 2, 14)) == 8

    assert consultation(four_years(2027, [])) == (date(2027, 1, 15), date(2027, 3, 5))
    assert consultation(four_years(2027, [], opr_first=True)) == (date(2027, 2, 26), date(2027, 4, 16))
    impossible = four_years(2027, [], opr_first=True)
    impossible.opens = (4, 1)
    assert consultation(impossible) is None
    on_the_day = four_years(2027, [])
    on_the_day.opens = (3, 5)
    assert consultation(on_the_day) == (date(2026, 3, 5), date(2027, 3, 5))

    plain = World({"A": regular_councils()}, {}, [], {})
    for year, share in {2026: 0.000, 2027: 0.668, 2028: 0.418, 2029: 0.168}.items():
        assert round(coverage(plain, four_years(year, ["A"]))["A"], 3) == share
    assert [verdict(plain, four_years(y, ["A"])) for y in (2026, 2027, 2028, 2029)] == [
        "out_of_step", "in_step", "at_risk", "out_of_step",
    ]  # fmt: skip
    twice = four_years(2022, ["A"], oogo=[date(2022, 2, 15), date(2022, 12, 31)])
    assert round(coverage(plain, twice)["A"], 4) == 0.8125
    assert verdict(plain, twice) == "at_risk"
    assert lag(plain, twice) == {"A": 44}  # 5 June 2018 (polling day + 76) to 15 February 2022
    assert standstill_days(plain, four_years(2026, ["A"])) == {"A": 32}
    assert windows(plain, four_years(2026, ["A"]), "likely") == [(date(2026, 1, 15), date(2026, 2, 1))]
    assert decision_days(plain, four_years(2026, ["A"])) == [(date(2026, 2, 1), "assumed")]
    late = four_years(2026, ["A"], oogo=[date(2026, 12, 1)])
    assert decision_days(plain, late) == [(date(2026, 2, 1), "assumed"), (date(2026, 12, 1), "actual")]
    assert verdict(plain, late) == "in_step"
    early = four_years(2018, ["A"])
    assert (coverage(plain, early), lag(plain, early)) == ({"A": 0.0}, {"A": None})

    # A recess in the middle, and a college that fell and came back.
    resting = World({"A": regular_councils()}, {"A": [(date(2027, 2, 13), date(2027, 2, 21))]}, [], {})
    resting.councils["A"][2].falls.append((date(2027, 2, 20), date(2027, 2, 24)))
    p2027 = four_years(2027, ["A"])
    assert windows(resting, p2027, "certain") == [
        (date(2027, 1, 15), date(2027, 2, 12)), (date(2027, 2, 24), date(2027, 3, 5)),
    ]  # fmt: skip
    blockers = gap_blockers(resting, p2027, "likely")
    assert blockers[date(2027, 2, 20)] == {("A", "standstill"), ("A", "recess")}
    assert len(blockers) == 11
    assert lag(resting, p2027) == {"A": 0}  # decided 5 March 2027, college of 24 February

    # A and B become N on 1 January 2022; C keeps its code and takes in D on the same day.
    sits = date(2022, 1, 3)
    made = [Council(date(2021, 10, 11), date(2021, 11, 24), sits, sits, []) for _ in range(2)]
    regular = regular_councils()
    day, eve = date(2022, 1, 1), date(2021, 12, 31)
    world = World(
        {"A": regular[:1], "B": regular[:1], "C": [regular[0], made[0], *regular[2:]], "D": regular[:1],
         "N": [made[1], *regular[2:]]},
        {},
        [Merger(day, ["A", "B"], "N"), Merger(day, ["C", "D"], "C")],
        {"A": (None, eve), "B": (None, eve), "D": (None, eve), "N": (day, None)},
    )  # fmt: skip
    area = ["C", "N"]
    assert parties_on(world, area, eve) == {"A", "B", "C", "D"}
    assert parties_on(world, area, day) == {"C", "N"} == parties_on(world, ["A", "B", "D"], day)
    for code in ("A", "B", "C", "D"):
        states = [in_standstill(world, code, d, "likely") for d in days_of(date(2021, 10, 10), date(2022, 1, 3))]
        assert states == [False, *[True] * 84, False]
    assert not in_standstill(world, "N", eve, "likely")
    assert in_standstill(world, "N", day, "likely")
    assert joint_counts(world, ["A", "B", "C", "D"]) == {
        date(2018, 3, 21): 4, date(2026, 3, 18): 2, date(2030, 3, 20): 2, date(2034, 3, 15): 2,
    }  # fmt: skip
    crossing = four_years(2022, area)
    crossing.opens = (12, 1)
    assert municipalities(world, crossing) == ["A", "B", "C", "D"]
    assert windows(world, crossing, "likely") == [(date(2022, 1, 3), date(2022, 3, 5))]
    assert {code for code, _ in gap_blockers(world, crossing, "likely")[day]} == {"C", "N"}
    assert lag(world, crossing) == {"A": 2, "B": 2, "C": 2, "D": 2}
    assert standstill_days(world, crossing) == {"A": 33, "B": 33, "C": 33, "D": 33}
    term = in_office(world, "A", date(2022, 1, 2))
    assert term is not None
    assert term[2] == date(2022, 1, 2)
    assert verdict(world, crossing) == "in_step"


if __name__ == "__main__":
    self_check()
    print("bruteforce: all self-checks hold")
