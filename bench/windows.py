"""The windows of every partnership of the country over twenty years, by the engine and by other methods.

``portion`` and ``intervaltree`` are the interval libraries that people reach for, pandas is what they have at hand; the
two-pointer merge is what one would write. Who is in standstill or recess when is worked out beforehand, per party and
in each method's own form; timed is the way from there to the windows that all have in common, as periods, and all
must find the same. Beside it the engine as a whole, which gathers who is in standstill or recess as well, and one
region from its file to its assessments beside a whole process.

Run it after ``pip install -e '.[bench]'`` with ``python bench/windows.py``.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_, or_

import country
import intervaltree
import pandas
import portion
from timing import CHECK, Figure, check_process, found, medians, show

from cycleplan import resources
from cycleplan.alignment import align
from cycleplan.cycles import Level
from cycleplan.law import load_law
from cycleplan.loading import load_region
from cycleplan.periods import Period
from cycleplan.register import load_register
from cycleplan.windows import Availability, _bits, _runs

HORIZON = Period(date(2026, 8, 1), date(2046, 7, 31))
BEGIN, END = HORIZON.first.toordinal(), HORIZON.after.toordinal()
KERNEL = "cycleplan's kernel (a bit a day)"
MERGE = "windows by a two-pointer merge on integers"
PORTION = "windows by portion: the days free for all of them"
UNION = "windows by portion: the horizon less the union of what is not free"
TREE = "windows by intervaltree: the days that no tree has"
PANDAS = "windows by pandas: a boolean a day"
GATHER = "windows by cycleplan's Availability, with gathering standstill and recess"
REGION = "one region, from its file to all its assessments"

Runs = list[tuple[int, int]]  # from a day up to, not including, another; sorted, without overlap


def blocked_of(availability: Availability, party: str, stretch: Period) -> Runs:
    """Standstill (joint likely level) and recess of a party while it takes part, as runs without overlap."""
    periods = [s.period for s in availability._standstills(party, Level.LIKELY)]
    periods += [r.period for r in availability._cycles.recesses(party)]
    within = stretch & HORIZON
    found: Runs = []
    for period in sorted(p for period in periods if within and (p := period & within)):
        first, after = period.first.toordinal(), period.after.toordinal()
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], after))
        else:
            found.append((first, after))
    return found


def periods(runs: Runs) -> list[Period]:
    """Runs as the program uses them."""
    return [Period(date.fromordinal(first), date.fromordinal(after - 1)) for first, after in runs]


def merged(one: Runs, other: Runs) -> Runs:
    """The union of two lists, walking through both at once."""
    found: Runs = []
    i = k = 0
    while i < len(one) or k < len(other):
        if k == len(other) or (i < len(one) and one[i] <= other[k]):
            first, after = one[i]
            i += 1
        else:
            first, after = other[k]
            k += 1
        if found and first <= found[-1][1]:
            if after > found[-1][1]:
                found[-1] = (found[-1][0], after)
        else:
            found.append((first, after))
    return found


def between(blocked: Runs) -> Runs:
    """The runs of the horizon that no other run has."""
    found, at = [], BEGIN
    for first, after in blocked:
        if at < first:
            found.append((at, first))
        at = after
    return [*found, (at, END)] if at < END else found


def free_series(blocked: Runs, days: pandas.RangeIndex) -> pandas.Series:
    """Whether a party is free, per day."""
    free = pandas.Series(True, index=days)
    for first, after in blocked:
        free.loc[first : after - 1] = False
    return free


def all_windows() -> dict[str, float]:
    """The median seconds of each method for all partnerships; they must agree."""
    region = country.region()
    cycles = country.aligned(region).cycles
    areas = [(p.municipalities, p.in_part) for p in region.partnerships.values() if p.municipalities]
    new = [Availability(cycles, *area) for area in areas]
    blocked = [
        [blocked_of(a, party, stretch) for stretch, parties in a._stretches if stretch & HORIZON for party in parties]
        for a in new
    ]
    whole = portion.closedopen(BEGIN, END)
    sets = [[portion.Interval(*(portion.closedopen(*run) for run in runs)) for runs in area] for area in blocked]
    free_sets = [[whole - its for its in area] for area in sets]
    bits = [[reduce(or_, map(_bits, periods(runs)), 0) for runs in area] for area in blocked]
    all_days = _bits(HORIZON)

    def from_portion(free: portion.Interval) -> list[Period]:
        return periods([(run.lower, run.upper) for run in free])

    trees = [[intervaltree.IntervalTree.from_tuples(runs) for runs in area] for area in blocked]

    def from_tree(tree: intervaltree.IntervalTree) -> list[Period]:
        tree.merge_overlaps(strict=False)  # of the union, which is new every time
        return periods(between([(run.begin, run.end) for run in sorted(tree)]))

    days = pandas.RangeIndex(BEGIN, END)
    free_days = [[free_series(runs, days) for runs in area] for area in blocked]

    def from_days(free: pandas.Series) -> list[Period]:
        first = days[free & ~free.shift(fill_value=False)]
        after = days[free & ~free.shift(-1, fill_value=False)] + 1
        return periods(list(zip(first.tolist(), after.tolist(), strict=True)))

    def engine() -> list[list[Period]]:
        # New ones, since each remembers what it worked out; whose cycles they read remember theirs.
        return [Availability(cycles, *area).runs(HORIZON, Level.LIKELY) for area in areas]

    methods = {
        KERNEL: lambda: [list(_runs(all_days & ~reduce(or_, area))) for area in bits],
        MERGE: lambda: [periods(between(reduce(merged, area))) for area in blocked],
        PORTION: lambda: [from_portion(reduce(and_, area)) for area in free_sets],
        UNION: lambda: [from_portion(whole - reduce(or_, area)) for area in sets],
        TREE: lambda: [from_tree(reduce(or_, area)) for area in trees],
        PANDAS: lambda: [from_days(reduce(and_, area)) for area in free_days],
        GATHER: engine,
    }
    expected = engine()
    for name, method in methods.items():
        assert method() == expected, f"other windows: {name}"
    runs = sum(len(runs) for area in blocked for runs in area)
    print(
        f"{len(areas)} partnerships, 20 years: {runs} runs of standstill and recess, {sum(map(len, expected))} windows"
    )
    return medians(methods)


def one_region() -> dict[str, float]:
    """The median seconds from the file of Foodvalley to all its assessments, and of a whole process."""
    register, law, path = load_register(), load_law(), resources.region_files()["foodvalley"]

    def assess() -> None:
        region = load_region(path, register).region
        assert region
        assert all(a.reasons for a in align(region, register, law, country.TODAY).assessments)

    return medians({REGION: assess, CHECK: check_process})


def measure() -> list[Figure]:
    """The figures of windows."""
    taken, region = all_windows(), one_region()
    least = {PORTION: 30.0}
    beside = [
        Figure(name, KERNEL, seconds / taken[KERNEL], least=least.get(name))
        for name, seconds in taken.items()
        if name != KERNEL
    ]
    return [*beside, Figure(REGION, CHECK, region[REGION] / region[CHECK])]


if __name__ == "__main__":
    show(found(measure))
