"""Both sides together: whether plans run parallel, and whether one meeting can serve two OOGOs."""

from __future__ import annotations

from collections.abc import Collection

from cycleplan.alignment import Alignment
from cycleplan.outputs.textpage import TextPage
from cycleplan.wording.words import Words

MOST_PAIRS = 3


def beside(page: TextPage, alignment: Alignment, words: Words) -> None:
    """Whether the plans of municipalities and region run parallel to the support plans, and PO to VO."""
    found = alignment.beside
    if not found:
        return
    page.line()
    page.line((words.say("screen.beside"), "bold"))
    for pair in found[:MOST_PAIRS]:
        page.paragraph(words.beside(pair, alignment.is_parallel(pair.overlap)), 1, 1)
    if len(found) > MOST_PAIRS:
        page.line(f" {words.say('screen.more_next', count=len(found) - MOST_PAIRS)}")


def meetings(page: TextPage, alignment: Alignment, plans: Collection[str], words: Words) -> None:
    """Of the next plans to be discussed, as far as they are of *plans* (ids), whether one meeting can serve two."""
    found = [m for m in alignment.meetings if m.is_next and {m.a.plan.id, m.b.plan.id} & set(plans)]
    if not found:
        return
    page.line()
    page.line((words.say("meeting.title"), "bold"))
    for meeting in found:
        page.paragraph(words.meeting(meeting), 1, 1)
