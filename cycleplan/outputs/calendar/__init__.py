"""The calendar that people subscribe to, as iCalendar (RFC 5545).

``events`` makes events of the timeline, ``history`` lets them go on from what was published before, ``feed``
reads and writes the bytes, ``index`` lists the feeds of a region. The bytes follow from the region file, the
register, the law and the feed before; the clock plays no part.
"""

from __future__ import annotations

from urllib.parse import quote

from cycleplan.alignment import Alignment
from cycleplan.audiences import EVERYONE, Audiences
from cycleplan.errors import CycleplanError
from cycleplan.outputs.calendar import events, feed, history
from cycleplan.outputs.calendar.events import Reminder
from cycleplan.outputs.calendar.history import Published
from cycleplan.region import LONGEST_PREPARATION
from cycleplan.timeline import Timeline, build
from cycleplan.wording.words import Words


class Publisher:
    """Publishes the feeds of one region: a feed per audience, each from its own past.

    *source* is the hash of the region file (``loading.fingerprint``). With *reminders* the file is a personal one,
    with identities of its own: whoever imports it beside a subscription gets no event taken away.
    """

    def __init__(self, alignment: Alignment, words: Words, source: str, reminders: tuple[Reminder, ...] = ()) -> None:
        self._within = alignment.horizon
        # Of plans that begin after these days the making may lie within them.
        self._alignment = alignment.longer(-(-LONGEST_PREPARATION // 12))
        self._words = words
        self._source = source
        self._reminders = reminders
        self.audiences = Audiences(self._alignment, build(self._alignment, within=self._within))
        self._everything: Timeline | None = None

    def publish(self, audience: str = EVERYONE, previous: bytes | None = None, file: str = "") -> Published:
        """The feed of *audience*, going on from the bytes of the feed before, if there was one; *file* is its name.

        Raises CycleplanError ``feed-unreadable``, ``feed-of-another`` or ``feed-is-newer``.
        """
        region = self._alignment.region
        space = events.space(region)
        label = f"{audience} personal" if self._reminders else audience
        new = feed.Feed(
            space=space,
            audience=label,
            revised=region.revised,
            before=events.first_sequence(region.revised),
            source=self._source,
            name=self._words.calendar_name(audience),
            about=self._words.say("calendar.description", name=region.name, revised=region.revised),
            address=self._address(file),
            events=tuple(
                events.event(entry, space, label, region.revised, self._words, self._reminders)
                for entry in self.audiences.events(audience)
            ),
        )
        if previous is None:
            return Published(feed.write(new), new)
        if self._everything is None:
            self._everything = build(self._alignment, everything=True)
        still = frozenset(
            events.uid(space, label, entry.identity)
            for entry in self._everything.entries
            if entry.last.day >= region.revised
        )
        gone = self._words.say("calendar.cancelled")
        return history.go_on(new, feed.read(previous), self._within, still, gone)

    def _address(self, file: str) -> str | None:
        url = self._alignment.region.publication.url
        if not url or not file or self._reminders:
            return None
        return url + quote(file, errors="surrogateescape")

    def is_own(self, raw: bytes) -> bool:
        """Whether *raw* is a feed of this region, for whomever."""
        try:
            return feed.read(raw).space == events.space(self._alignment.region)
        except CycleplanError:
            return False
