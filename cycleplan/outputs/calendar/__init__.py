"""The calendar that people subscribe to, as iCalendar (RFC 5545).

``events`` makes events of the timeline, ``history`` lets them go on from what was published before, ``feed``
reads and writes the bytes, ``index`` lists the feeds of a region. The bytes follow from the region file, the
register, the law and the feed before; the clock plays no part.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from cycleplan.audiences import Audiences
from cycleplan.errors import CycleplanError
from cycleplan.outputs.calendar import events, feed, history
from cycleplan.outputs.calendar.events import Reminder
from cycleplan.outputs.calendar.history import Changes, Published
from cycleplan.region import EVERYONE
from cycleplan.wording.words import Words


class Publisher:
    """Publishes the feeds of one region: a feed per audience, each from its own past.

    *source* is the hash of the region file (``loading.fingerprint``). With *reminders* the file is a personal one,
    with identities of its own: whoever imports it beside a subscription gets no event taken away.
    """

    def __init__(self, audiences: Audiences, words: Words, source: str, reminders: tuple[Reminder, ...] = ()) -> None:
        self.audiences = audiences
        self._region = audiences.region
        self._space = events.space(audiences.region)
        self._words = words
        self._source = source
        self._reminders = reminders

    def publish(self, audience: str = EVERYONE, previous: bytes | None = None, file: str = "") -> Published:
        """The feed of *audience*, going on from the bytes of the feed before, if there was one; *file* is its name.

        Raises CycleplanError ``feed-unreadable``, ``feed-of-another`` or ``feed-is-newer``.
        """
        new = self._new(audience, file)
        if previous is None:
            return Published(feed.write(new), new)
        if _is_first(previous, new) and previous == feed.write(new):  # nothing changed: no need to read it
            return Published(previous, new, Changes(0, 0, 0, 0))
        entries = self.audiences.still_to_come
        still = frozenset(events.uid(self._space, new.label, entry.identity) for entry in entries)
        gone = self._words.say("calendar.cancelled")
        return history.go_on(new, feed.read(previous), self.audiences.horizon, still, gone)

    def _new(self, audience: str, file: str) -> feed.Feed:
        """The feed of *audience* as it is without a past."""
        revised, url = self._region.revised, self._region.publication.url
        empty = feed.Feed(
            space=self._space,
            audience=audience,
            personal=bool(self._reminders),
            revised=revised,
            before=events.first_sequence(revised),
            source=self._source,
            name=self._words.calendar_name(audience),
            about=self._words.say("calendar.description", name=self._region.name, revised=revised),
            address=url + quote(file, errors="surrogateescape") if url and file and not self._reminders else None,
            events=(),
        )
        made = (
            events.event(entry, self._space, empty.label, revised, self._words, self._reminders)
            for entry in self.audiences.events(audience)
        )
        return replace(empty, events=tuple(made))

    def is_own(self, raw: bytes) -> bool:
        """Whether *raw* is a feed of this region, for whomever."""
        try:
            return feed.read(raw).space == self._space
        except CycleplanError:
            return False


def _is_first(raw: bytes, new: feed.Feed) -> bool:
    """Whether *raw* looks like the first publication of *new*: each of its events is of the same day."""
    return raw.count(b"\nCREATED:") == raw.count(f"\nCREATED:{new.revised:%Y%m%d}T".encode())
