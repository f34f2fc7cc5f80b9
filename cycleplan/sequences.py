"""Sequences of plans: of all ways to follow one plan by another, those that no other way beats on every count.

Exact and without a region: what a plan costs is given. The years are nodes, plans are pieces from node to node,
and the best sequences are shortest paths. Several partnerships are coupled by the years in which only some of them
begin a plan. A few are set side by side: the state is where each of them is. For many there are too many states; for
them the years in which only some begin are chosen first, all subsets of them, and given such a choice the partnerships
no longer depend on each other. Between two years in which all begin, the parts are independent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from cycleplan.periods import Period, years_later
from cycleplan.region import LONGEST_PLAN
from cycleplan.workdays import SchoolYear

MOST_SIDE_BY_SIDE = 3  # each more takes twenty times as long side by side, and hardly longer year by year
OPENING = -1  # the node before the first: what comes before the plans that can be chosen


class Piece(NamedTuple):
    """One or more plans from node to node; the last node is the end of the horizon.

    *cost* is in days not covered, *short* the number of plans shorter than four years. *days* is what the cost of
    all that follows is a share of: only an opening, which says where the free plans begin, has it.
    """

    start: int
    end: int
    plans: tuple[Period, ...]
    cost: int | Fraction = 0
    short: int = 0
    short_starts: tuple[int, ...] = ()
    days: int = 0


Track = Mapping[int, Sequence[Piece]]  # of one partnership: the pieces by the node where they start


class Label(NamedTuple):
    """What a beginning of sequences costs, in the order in which ties are broken; the smaller the better."""

    cost: int | Fraction
    plans: int
    # The first days of short plans, the earliest first, negative: of equals the one whose short plans come later.
    short_starts: tuple[int, ...]
    ends: tuple[tuple[int, ...], ...]  # per partnership
    pieces: tuple[tuple[Piece, ...], ...]  # per partnership


class Counts(NamedTuple):
    """What labels are set against each other by: only those with the same *days* can be."""

    days: int
    short: int
    partial: int


Labels = dict[Counts, Label]


class Found(NamedTuple):
    """Plans per partnership, with what they cost: a point of the front."""

    plans: tuple[tuple[Period, ...], ...]
    cost: int | Fraction
    days: int
    short: int
    partial: int

    @property
    def misalignment(self) -> Fraction:
        """The share of the days that is not covered; 0 if there are no days to cover."""
        return Fraction(self.cost) / self.days if self.days else Fraction(0)


class Course(NamedTuple):
    """How the plans of one partnership can go: what stays, what is free, and what a plan costs.

    *kept* are the choices for a plan that keeps its first day; its morrow is then the first free day, else *free*
    is (None: no plan can be chosen). *stays* has the first days of plans that stay as they are.
    """

    cost: Callable[[Period], int | Fraction]
    kept: tuple[Period, ...] = ()
    free: date | None = None
    stays: tuple[date, ...] = ()


def is_short(period: Period) -> bool:
    """Whether a plan lasts less than four years."""
    return period.after < years_later(period.first, LONGEST_PLAN)


def ends(first: date) -> Iterator[date]:
    """The 31 Julys on which a plan that begins on *first* can end: within four years."""
    end = SchoolYear.on(first).period.last
    while end < years_later(first, LONGEST_PLAN):
        yield end
        end = years_later(end, 1)


class Years:
    """The days *starts* (1 Augusts) on which plans can begin, up to and including the day *until*."""

    def __init__(self, starts: Sequence[date], until: date) -> None:
        self.starts = starts
        self.until = until
        self._nodes = {day: node for node, day in enumerate(starts)}
        self._possible: dict[tuple[int, date], tuple[Piece, ...]] = {}

    def track(self, course: Course) -> Track:
        """The pieces of one partnership."""
        track: dict[int, Sequence[Piece]] = {
            node: self._from(node, first, course) for node, first in enumerate(self.starts)
        }
        if course.kept:
            track[OPENING] = [piece for kept in course.kept for piece in self._openings(kept, course)]
            return track
        # What stays and begins on one of these days makes it a year in which this partnership begins a plan.
        stops = sorted(self._nodes[first] for first in course.stays if first in self._nodes)
        for here, following in pairwise([OPENING, *stops]):
            track[here] = [Piece(here, following, ())]
        last = stops[-1] if stops else OPENING
        track[last] = self._first_free(last, course)
        days = max(0, (self.until - course.free).days + 1) if course.free else 0
        track[OPENING] = [piece._replace(days=days) for piece in track[OPENING]]
        return track

    def _openings(self, kept: Period, course: Course) -> Iterator[Piece]:
        """A plan that keeps its first day; what comes after it is judged."""
        opening = self._piece(OPENING, kept)._replace(days=max(0, (self.until - kept.last).days))
        if kept.after in self._nodes or kept.after > self.until:
            yield opening
            return
        for first in self._from(OPENING, kept.after, course):  # not on a 1 August
            yield opening._replace(
                end=first.end,
                plans=opening.plans + first.plans,
                cost=first.cost,
                short=opening.short + first.short,
                short_starts=opening.short_starts + first.short_starts,
            )

    def _first_free(self, node: int, course: Course) -> Sequence[Piece]:
        if course.free is None or course.free > self.until:
            return [Piece(node, len(self.starts), ())]
        if course.free in self._nodes:
            return [Piece(node, self._nodes[course.free], ())]
        return self._from(node, course.free, course)  # not on a 1 August

    def _from(self, node: int, first: date, course: Course) -> Sequence[Piece]:
        """The plans that can begin on *first*; but for their costs they are the same for all."""
        if (node, first) not in self._possible:
            periods = (Period(first, end) for end in ends(first))
            self._possible[node, first] = tuple(self._piece(node, period) for period in periods)
        possible = self._possible[node, first]
        return [Piece(*piece[:3], course.cost(piece.plans[0]), *piece[4:]) for piece in possible]

    def _piece(self, node: int, period: Period) -> Piece:
        short = is_short(period)
        starts = (-period.first.toordinal(),) if short else ()
        return Piece(node, self._nodes.get(period.after, len(self.starts)), (period,), 0, int(short), starts)


def front(courses: Sequence[Course], years: Years) -> list[Found]:
    """The sequences that none beats in misalignment, short plans and years in which only some begin, best first.

    Of sequences that are equal in all three there is one: that with the fewest plans, then the latest short plans,
    then the earliest ends. Empty if there is no way through.
    """
    tracks, scale = _in_whole_numbers([years.track(course) for course in courses])
    nodes = len(years.starts)
    labels = (_side_by_side if len(tracks) <= MOST_SIDE_BY_SIDE else _year_by_year)(tracks, nodes)
    found = sorted(_points(labels, scale), key=lambda point: point[0])
    kept: list[Found] = []
    for _, point in found:  # by misalignment: one that is kept before is not worse in it
        if not any(k.short <= point.short and k.partial <= point.partial for k in kept):
            kept.append(point)
    return kept


def _side_by_side(tracks: Sequence[Track], nodes: int) -> Labels:
    """The labels at the end, year by year: a state says at which node each partnership begins its next plan."""
    count = len(tracks)
    states: dict[tuple[int, ...], Labels] = {(OPENING,) * count: {Counts(0, 0, 0): _empty(count)}}
    for node in range(OPENING, nodes):
        for state in [state for state in states if node in state]:
            begin = [i for i in range(count) if state[i] == node]
            labels = _undominated(states.pop(state))
            if node != OPENING and len(begin) < count:
                labels = {c._replace(partial=c.partial + 1): label for c, label in labels.items()}
            grown = {state: labels}
            for i in begin:
                grown = _begun(grown, i, tracks[i][node])
            for after, labels in grown.items():
                target = states.setdefault(after, labels)
                for counts, label in labels.items() if target is not labels else ():
                    _offer(target, counts, label)
    return states.get((nodes,) * count, {})


def _begun(states: Mapping[tuple[int, ...], Labels], i: int, pieces: Sequence[Piece]) -> dict[tuple[int, ...], Labels]:
    """The states after the *i*-th partnership has begun one of *pieces*."""
    found: dict[tuple[int, ...], Labels] = {}
    for state, labels in states.items():
        for piece in pieces:
            _go(found.setdefault((*state[:i], piece.end, *state[i + 1 :]), {}), labels, piece, i)
    return found


def _year_by_year(tracks: Sequence[Track], nodes: int) -> Labels:
    """The labels at the end for many: from year to year in which all begin, with all choices of years between."""
    joint: dict[int, Labels] = {OPENING: {Counts(0, 0, 0): _empty(len(tracks))}}
    for node in range(OPENING, nodes):
        if node in joint:
            here = _undominated(joint[node])
            for end, parts in _parts(tracks, node, nodes).items():
                _join(joint.setdefault(end, {}), here, parts)
    return joint.get(nodes, {})


def _in_whole_numbers(tracks: Sequence[Track]) -> tuple[list[Track], int]:
    """The same with whole costs, and what they were multiplied by: adding fractions is slow."""
    costs = (piece.cost for track in tracks for pieces in track.values() for piece in pieces)
    scale = lcm(*{cost.denominator for cost in costs})
    if scale == 1:
        return list(tracks), 1
    return [
        {node: [piece._replace(cost=int(piece.cost * scale)) for piece in pieces] for node, pieces in track.items()}
        for track in tracks
    ], scale


def _points(labels: Labels, scale: int) -> Iterable[tuple[tuple[Fraction, int, int, Label], Found]]:
    for counts, label in labels.items():
        plans = tuple(tuple(plan for piece in pieces for plan in piece.plans) for pieces in label.pieces)
        cost = label.cost if scale == 1 else Fraction(label.cost, scale)
        point = Found(plans, cost, counts.days, counts.short, counts.partial)
        yield (point.misalignment, counts.short, counts.partial, label._replace(cost=0)), point


def _empty(partnerships: int) -> Label:
    return Label(0, 0, (), ((),) * partnerships, ((),) * partnerships)


def _undominated(labels: Labels) -> Labels:
    """Without those that another with the same days beats or equals in cost, short plans and partial years."""
    kept: Labels = {}
    for counts, label in sorted(labels.items(), key=lambda item: (item[1].cost, item[0])):
        if not any(c.days == counts.days and c.short <= counts.short and c.partial <= counts.partial for c in kept):
            kept[counts] = label
    return kept


def _parts(tracks: Sequence[Track], start: int, nodes: int) -> dict[int, Labels]:
    """The ways from *start*, where all begin, to the next node where all do, or to the end; by that node."""
    found: dict[int, Labels] = defaultdict(dict)
    zero = {Counts(0, 0, 0): _empty(1)}

    def go_on(node: int, begun: list[dict[int, Labels]], partial: int) -> None:
        """*begun* has per partnership the nodes at which a plan of it begins, with the labels to there."""
        reached = [_reach(track, at, node) for track, at in zip(tracks, begun, strict=True)]
        if all(reached):
            _close(found[node], reached, partial)
        if node == nodes:
            return
        if any(reached):
            more = [{**at, node: labels} if labels else at for at, labels in zip(begun, reached, strict=True)]
            if all(_alive(track, at, node) for track, at in zip(tracks, more, strict=True)):
                go_on(node + 1, more, partial + 1)
        if all(_alive(track, at, node) for track, at in zip(tracks, begun, strict=True)):
            go_on(node + 1, begun, partial)

    go_on(start + 1, [{start: zero} for _ in tracks], 0)
    return found


def _alive(track: Track, begun: Mapping[int, Labels], node: int) -> bool:
    """Whether a plan that has begun can still end after *node*."""
    return any(piece.end > node for at in begun for piece in track.get(at, ()))


def _reach(track: Track, begun: Mapping[int, Labels], node: int) -> Labels:
    """The labels of one partnership at *node*."""
    found: Labels = {}
    for at, labels in begun.items():
        for piece in track.get(at, ()):
            if piece.end == node:
                _go(found, labels, piece)
    return _undominated(found)


def _go(found: Labels, labels: Labels, piece: Piece, i: int = 0) -> None:
    """What comes before a piece of the *i*-th partnership, and the piece."""
    ends = tuple(plan.last.toordinal() for plan in piece.plans)
    for (days, short, partial), label in labels.items():
        counts = Counts(days + piece.days, short + piece.short, partial)
        cost = label.cost + piece.cost
        if counts in found and found[counts].cost < cost:
            continue
        starts = label.short_starts
        if piece.short_starts:
            starts = tuple(sorted(starts + piece.short_starts, reverse=True))
        both = Label(
            cost,
            label.plans + len(piece.plans),
            starts,
            (*label.ends[:i], label.ends[i] + ends, *label.ends[i + 1 :]),
            (*label.pieces[:i], (*label.pieces[i], piece), *label.pieces[i + 1 :]),
        )
        _offer(found, counts, both)


def _close(found: Labels, reached: Sequence[Labels], partial: int) -> None:
    """The partnerships side by side."""
    together: Labels = {Counts(0, 0, partial): Label(0, 0, (), (), ())}
    for labels in reached:
        both: Labels = {}
        for counts, label in together.items():
            for own, more in labels.items():
                starts = tuple(sorted(label.short_starts + more.short_starts, reverse=True))
                _offer(
                    both,
                    Counts(counts.days + own.days, counts.short + own.short, partial),
                    Label(
                        label.cost + more.cost,
                        label.plans + more.plans,
                        starts,
                        label.ends + more.ends,
                        label.pieces + more.pieces,
                    ),
                )
        together = _undominated(both)
    for counts, label in together.items():
        _offer(found, counts, label)


def _join(found: Labels, here: Labels, parts: Labels) -> None:
    """What comes before a node, followed by a part."""
    for counts, label in here.items():
        for more, part in parts.items():
            _offer(
                found,
                Counts(counts.days + more.days, counts.short + more.short, counts.partial + more.partial),
                Label(
                    label.cost + part.cost,
                    label.plans + part.plans,
                    label.short_starts + part.short_starts,
                    tuple(a + b for a, b in zip(label.ends, part.ends, strict=True)),
                    tuple(a + b for a, b in zip(label.pieces, part.pieces, strict=True)),
                ),
            )


def _offer(found: Labels, counts: Counts, label: Label) -> None:
    if counts not in found or label[:4] < found[counts][:4]:
        found[counts] = label
