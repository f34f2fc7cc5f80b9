"""To explain is to find an id and give its trace: of the timeline, of a window, of a plan that could be made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cycleplan import entries, timeline
from cycleplan.alignment import Alignment
from cycleplan.cycles import Level
from cycleplan.entries import Entry, window_entry
from cycleplan.region import SUPPORT_PLAN

_POSSIBLE_PLAN = re.compile(rf"([A-Z]{{2}}\d{{4}})/{SUPPORT_PLAN}/(\d{{4}})-08-01(/.+)?")


def find(alignment: Alignment, id: str) -> Entry | None:
    """The entry with this id, or None: whatever a plan or council has, also outside the horizon.

    Beyond the timeline: the windows of the region and of each partnership over the horizon and those in which one
    meeting can serve two OOGOs, at every level; and the days of a support plan that a proposal could begin.
    """
    entry = timeline.build(alignment, everything=True).find(id)
    if entry:
        return entry
    more = (*_councils(alignment, id), *_windows(alignment, id), *_possible_plan(alignment, id))
    return next((entry for entry in more if entry.id == id), None)


def _councils(alignment: Alignment, id: str) -> Iterator[Entry]:
    """Those after the horizon, and of municipalities that have no lane."""
    code, _, rest = id.partition("/")
    if rest.startswith("council/") and code in alignment.register.municipalities:
        for term in alignment.cycles.lane(code):
            yield from entries.council_entries(alignment, term)


def _windows(alignment: Alignment, id: str) -> Iterator[Entry]:
    if "/window/" not in id:
        return
    region, least = alignment.region, alignment.region.policy.min_window_days
    for owner in (None, *region.partnerships):
        availability = alignment.whole_area(owner)
        for level in Level if availability else ():
            assert availability
            for window in availability.windows(alignment.horizon, level, least):
                yield window_entry(owner or region.id, window)
    for meeting in alignment.meetings:
        for window in meeting.windows:
            yield window_entry(meeting.id, window, lane=meeting.a.plan.owner)


def _possible_plan(alignment: Alignment, id: str) -> Iterator[Entry]:
    found = _POSSIBLE_PLAN.fullmatch(id)
    code, year = (found[1], int(found[2])) if found else ("", 0)
    partnership = alignment.region.partnerships.get(code)
    if (
        partnership
        and partnership.municipalities
        and alignment.horizon.first.year <= year <= alignment.horizon.last.year
    ):
        assessment = alignment.assessor.expected(code, date(year, 8, 1))
        yield from entries.plan_entries(assessment, alignment.horizon)
