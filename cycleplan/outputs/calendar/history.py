"""How a feed goes on from the one before: the published feed is its own ledger.

An event keeps its stamps while nothing about it changes; one that goes is called off before it leaves; numbers
only rise. Only the two feeds matter, never the clock: ``revised`` is the day on which things change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from cycleplan.errors import CycleplanError
from cycleplan.outputs.calendar import feed
from cycleplan.outputs.calendar.events import CANCELLED, Event, first_sequence
from cycleplan.outputs.calendar.feed import Feed
from cycleplan.periods import Period

KEPT_CANCELLED = timedelta(days=60)  # by then every program has asked for the feed again


class Published(NamedTuple):
    """The bytes of a feed, what they hold, and how they came from the feed before (None if there was none)."""

    content: bytes
    feed: Feed
    changes: Changes | None = None
    warning: str | None = None  # same-day: another edit under the same day; other-data: the file did not change


class Changes(NamedTuple):
    """How many events are new, changed, called off, and out of the feed."""

    new: int
    changed: int
    cancelled: int
    left: int


def go_on(new: Feed, before: Feed, horizon: Period, still: frozenset[str], cancelled: str) -> Published:
    """The feed that *new* becomes after *before*.

    *still* are the identities of all that is still to come, whether or not this audience and horizon show it;
    *cancelled* goes before the title of what is called off. Raises CycleplanError ``feed-of-another`` or
    ``feed-is-newer``.
    """
    if (before.space, before.label) != (new.space, new.label):
        audience = None if before.personal else before.audience
        raise CycleplanError("feed-of-another", audience=audience, same=before.space == new.space)
    if before.revised > new.revised:
        raise CycleplanError("feed-is-newer", revised=new.revised, before=before.revised)
    old = {event.uid: event for event in before.events}
    highest = max(before.highest, first_sequence(new.revised))
    stayed = [_stayed(event, old.get(event.uid), new.revised, highest) for event in new.events]
    here = {event.uid for event in stayed}
    gone = [event for event in before.events if event.uid not in here and event.uid not in still]
    kept = list(_called_off(gone, new.revised, horizon, cancelled))
    result = replace(new, events=(*stayed, *kept), before=highest)
    content = feed.write(result)
    changes = _changes(old, result.events)
    return Published(content, result, changes, _noted(new, before, changes))


def _stayed(event: Event, old: Event | None, revised: date, highest: int) -> Event:
    """*event* with the stamps that it has after *old*."""
    if old is None:
        # Not below any number that this feed ever gave: it may have been here, and left.
        return replace(event, sequence=highest)
    if event.meaning != old.meaning:
        return replace(event, created=old.created, sequence=max(old.sequence + 1, first_sequence(revised)))
    modified = old.modified if event.text == old.text else revised
    return replace(event, created=old.created, modified=modified, sequence=old.sequence)


def _called_off(gone: list[Event], revised: date, horizon: Period, prefix: str) -> Iterator[Event]:
    """Of what the region no longer has: that which is still to come, called off, for as long as that is told."""
    for event in gone:
        if event.period.last < revised or not event.period & horizon:
            continue
        if event.status != CANCELLED:
            sequence = max(event.sequence + 1, first_sequence(revised))
            title = f"{prefix}: {event.title}"
            yield replace(event, title=title, status=CANCELLED, modified=revised, sequence=sequence)
        elif revised - event.modified < KEPT_CANCELLED:
            yield event


def _changes(old: Mapping[str, Event], events: tuple[Event, ...]) -> Changes:
    here = {event.uid for event in events}
    cancelled = {e.uid for e in events if e.status == CANCELLED and old[e.uid].status != CANCELLED}
    changed = sum(e.uid in old and replace(e, alarms=()) != old[e.uid] for e in events) - len(cancelled)
    return Changes(len(here - old.keys()), changed, len(cancelled), len(old.keys() - here))


def _noted(new: Feed, before: Feed, changes: Changes) -> str | None:
    if new.revised != before.revised:
        return None
    if new.source != before.source:
        return "same-day"
    return "other-data" if any(changes) else None
