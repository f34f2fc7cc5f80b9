"""Changes are what differs between two snapshots for the people in a region: codes and values, by date.

Only what facts and rules give is compared. Both snapshots are seen from the same day and over the same days, so that
nothing differs only because it is another day. Turned round they give the mirror image: what appeared went, and what
moved moved back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from cycleplan.changed_plans import plan_changes
from cycleplan.changed_windows import window_changes
from cycleplan.daterules import Trace
from cycleplan.differing import Because, Change, Days, moved, pairs
from cycleplan.periods import Period
from cycleplan.snapshot import KeptAgreement, KeptCouncil, KeptParty, Snapshot

# In the order in which they stand where they are about the same day.
CODES = (
    "municipality_new", "municipality_gone", "partnership_new", "partnership_gone", "area_new", "area_gone",
    "merger_new", "merger_gone", "merger_moved",
    "nominated_moved", "elected_moved", "sitting_moved", "council_new", "council_gone",
    "college_known", "college_unknown", "college_moved", "college_status", "fall_new", "fall_gone", "fall_moved",
    "plan_new", "plan_gone", "plan_moved", "plan_status", "unknown_new", "unknown_gone",
    "consultation_moved", "step_new", "step_gone", "step_moved", "fact_new", "fact_gone", "fact_moved",
    "verdict", "coverage", "window_new", "window_gone", "window_moved",
    "agreement_new", "agreement_gone", "agreement_moved", "agreement_joined", "agreement_left",
    "adopted_new", "adopted_gone", "adopted_moved",
)  # fmt: skip

FILE, RULES, EITHER = "file", "rules", "either"  # what changes come from; either: it cannot be told


class Side(NamedTuple):
    """One of the two that are compared: the file and its last edit; *saved* is the day of a saved answer."""

    region: str
    file: str
    revised: date
    saved: date | None = None


@dataclass(frozen=True)
class Difference:
    """All that changed from *old* to *new*, by what it comes from, over *horizon* and as seen from *today*.

    *rules* are those of law, register and cycleplan that are of another version; *notes* say what the reader must
    know about how it was compared; *same_file* is whether both files say the same.
    """

    old: Side
    new: Side
    today: date
    horizon: Period
    changes: Mapping[str, tuple[Change, ...]]
    rules: tuple[str, ...]
    same_file: bool | None  # None where a saved answer does not tell
    notes: tuple[Because, ...]

    @property
    def by_cause(self) -> bool:
        """Whether it must be said what the changes come from: not where all are the file's."""
        return any(changes for cause, changes in self.changes.items() if cause != FILE)

    @property
    def shown(self) -> list[tuple[str, tuple[Change, ...]]]:
        """The changes by what they come from, as far as there are any."""
        return [(cause, changes) for cause, changes in self.changes.items() if changes]


def compare(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """What differs between *old* and *new*, by the day that it is about; what has no day comes first.

    Of a party that only one of them has it tells that, and not all that goes with it.
    """
    known = _in_both(old, new)
    found = [
        *_parties(old, new),
        *_unknown(old, new, known),
        *plan_changes(old, new, known),
        *window_changes(old.windows, new.windows, old, new),
        *_councils(old, new),
        *_agreements(old, new),
    ]
    return tuple(sorted(_alike(found), key=_order))


def _order(change: Change) -> tuple[date, int, tuple[str, ...], tuple[str, ...], str]:
    return change.date or date.min, CODES.index(change.code), change.parties, change.ids, repr((change.old, change.new))


def _alike(found: Iterable[Change]) -> Iterator[Change]:
    """What happens alike to several municipalities as one change of them all."""
    groups: dict[str, list[Change]] = {}
    for change in found:
        of_many = "elected" in change.values or change.code.startswith("municipality_")
        same = replace(change, parties=(), ids=() if of_many else change.ids)
        groups.setdefault(repr(same), []).append(change)
    for group in groups.values():
        parties, ids = (
            tuple(dict.fromkeys(one for change in group for one in getattr(change, key))) for key in ("parties", "ids")
        )
        yield replace(group[0], parties=parties, ids=ids)


def folded(changes: Iterable[Change]) -> list[tuple[Change, tuple[Change, ...]]]:
    """The changes, each with those of later plans of the same series that moved as much for the same reason."""
    found: list[tuple[Change, list[Change]]] = []
    series: dict[str, list[Change]] = {}
    for change in changes:
        plan = change.values.get("plan")
        if change.code == "step_moved" and plan:
            key = repr((plan.owner, plan.kind, change.values["step"], change.days, change.because))
            if key in series:
                series[key].append(change)
                continue
            series[key] = []
            found.append((change, series[key]))
        else:
            found.append((change, []))
    return [(change, tuple(later)) for change, later in found]


_OVER = ("consultation_moved", "step_new", "step_gone", "step_moved", "window_new", "window_gone", "window_moved")


def is_over(change: Change, today: date) -> bool:
    """Whether it is about a step or a window that was in the past before and is so now: nobody acts on it any more."""
    if change.code not in _OVER:
        return False
    days = [change.old, change.new, change.date]
    lasts = [day.last if isinstance(day, Days) else day for day in days if day]
    return all(day and day < today for day in lasts)


def _in_both(old: Snapshot, new: Snapshot) -> Callable[[str], bool]:
    """Whether the owner of a plan takes part on both sides, or is no party of its own; all do if one does not tell."""
    if old.parties is None or new.parties is None:
        return lambda code: True
    once = {party.code for party in old.parties} ^ {party.code for party in new.parties}
    return lambda code: code not in once


# --- who takes part


def _parties(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    if old.parties is None or new.parties is None:
        return
    for before, after in pairs(old.parties, new.parties, lambda party: party.code):
        party = after or before
        assert party
        if before is None or after is None:
            what = "municipality" if party.code.startswith("GM") else "partnership"
            yield Change(f"{what}_{'new' if after else 'gone'}", None, (party.code,), (party.code,))
        else:
            yield from _area(before, after)
            yield from _merger(before, after)


def _area(before: KeptParty, after: KeptParty) -> Iterator[Change]:
    for code, there, here in (
        ("area_new", after.consults, before.consults),
        ("area_gone", before.consults, after.consults),
    ):
        for municipality in there:
            if municipality not in here:
                values = {"partnership": after.code}
                yield Change(code, None, (municipality,), (after.code,), values=values)


def _merger(before: KeptParty, after: KeptParty) -> Iterator[Change]:
    who, was, now = (after.code,), before.goes, after.goes
    if was and now and was != now and was[1] == now[1]:
        yield moved("merger_moved", who, after.code, was[0], now[0], values={"into": now[1]})
    elif was != now:
        for code, goes in (("merger_gone", was), ("merger_new", now)):
            if goes:
                yield Change(code, goes[0], who, who, values={"into": goes[1]})


def _unknown(old: Snapshot, new: Snapshot, known: Callable[[str], bool]) -> Iterator[Change]:
    for code, there, here in (("unknown_new", new, old), ("unknown_gone", old, new)):
        for owner in there.unknown:
            if owner not in here.unknown and known(owner):
                yield Change(code, None, (owner,), (owner,))


# --- councils


def _councils(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Of the municipalities that have a council on both sides: that a municipality takes part is told already."""
    codes = {c.municipality for c in old.councils} & {c.municipality for c in new.councils}
    olds, news = ([c for c in snapshot.councils if c.municipality in codes] for snapshot in (old, new))
    for before, after in pairs(
        olds, news, lambda c: c.identity, near=lambda c: (c.municipality, Days(c.first, c.last))
    ):
        if before and after:
            yield from _council(before, after)
            continue
        one = after or before
        assert one
        code, values = "council_new" if after else "council_gone", {"elected": one.elected}
        yield Change(code, one.elected, (one.municipality,), (one.id,), values=values)


def _council(before: KeptCouncil, after: KeptCouncil) -> Iterator[Change]:
    who, values = (after.municipality,), {"elected": after.elected}
    election: tuple[Because, ...] = ()
    if before.elected != after.elected:
        election = (Because("election", {"elected": after.elected}),)
        yield moved("elected_moved", who, f"{after.id}/elected", before.elected, after.elected, values=values)
    for code, part, was, now in (
        ("nominated_moved", "nominated", before.nominated, after.nominated),
        ("sitting_moved", "first", before.first, after.first),
    ):
        if was != now:
            yield moved(code, who, f"{after.id}/{part}", was, now, because=election, values=values)
    yield from _college(before, after, election)
    yield from _falls(before, after)


def _college(before: KeptCouncil, after: KeptCouncil, election: tuple[Because, ...]) -> Iterator[Change]:
    who, id, values = (after.municipality,), f"{after.id}/college", {"elected": after.elected, "known": after.known}
    was, now = before.likely, after.likely
    if before.known != after.known:
        code = "college_known" if after.known else "college_unknown"
        yield Change(code, now, who, (id,), was, now, (now - was).days, values=values)
    elif was != now:
        because = () if after.known else (*election, *_estimated(before.why, after.why))
        shown = {"old": before.shown, "new": after.shown}
        by_month = {"by_month": shown} if any(fact.month_only for fact in shown.values()) else {}
        yield moved("college_moved", who, id, was, now, because=because, values=values | by_month)
    if before.known and after.known and before.status is not after.status:
        yield Change("college_status", now, who, (id,), before.status, after.status, values=values)


def _estimated(was: Trace, now: Trace) -> Iterator[Because]:
    """Why an estimate is another, beside the election: days that were given, or other chances."""
    by = [trace[-1] for trace in (was, now) if trace and "days" in trace[-1].values]
    if len(by) == 2 and by[0].values["days"] != by[1].values["days"]:
        given = {ground.code for ground in by} != {"estimate"}
        yield Because("given" if given else "chances", {"old": by[0].values["days"], "new": by[1].values["days"]})


def _falls(before: KeptCouncil, after: KeptCouncil) -> Iterator[Change]:
    who, values = (after.municipality,), {"elected": after.elected}
    olds, news = ([Days(*fall) for fall in council.falls] for council in (before, after))
    for was, now in pairs(olds, news, lambda fall: fall.first, near=lambda fall: ("", fall)):
        fall = now or was
        assert fall
        id = f"{after.id}/fell-{fall.first}"
        if was is None or now is None:
            code = "fall_new" if now else "fall_gone"
            yield Change(code, fall.first, who, (id,), was, now, values=values)
        elif was != now:
            yield moved("fall_moved", who, id, was, now, values=values)


# --- agreements


def _agreements(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for before, after in pairs(
        old.agreements,
        new.agreements,
        lambda a: a.identity,
        lambda a: a.name,
        near=lambda a: (a.parties, Days(a.first, a.last)),
    ):
        one = after or before
        assert one
        id, values = one.identity or one.name, {"name": one.name}
        if before is None or after is None:
            code = "agreement_new" if after else "agreement_gone"
            yield Change(code, one.first, one.parties, (id,), values=values | {"last": one.last})
            continue
        days = Days(before.first, before.last), Days(after.first, after.last)
        if days[0] != days[1]:
            everyone = tuple(sorted({*before.parties, *after.parties}))
            yield moved("agreement_moved", everyone, id, *days, values=values)
        yield from _who_agrees(before, after, id, values)


def _who_agrees(before: KeptAgreement, after: KeptAgreement, id: str, values: Mapping[str, Any]) -> Iterator[Change]:
    for code, there, here in (("agreement_joined", after, before), ("agreement_left", before, after)):
        more = tuple(party for party in there.parties if party not in here.parties)
        if more:
            yield Change(code, None, more, (id,), values=values)
    was, now = dict(before.adopted), dict(after.adopted)
    for party in sorted({*was, *now}):
        if party not in was or party not in now:
            code, day = ("adopted_new", now[party]) if party in now else ("adopted_gone", was[party])
            yield Change(code, day, (party,), (id,), values=values)
        elif was[party] != now[party]:
            old, new = was[party], now[party]
            days = (new - old).days if old and new else None
            yield Change("adopted_moved", new or old, (party,), (id,), old, new, days, values=values)
