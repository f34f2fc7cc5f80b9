"""What carries over the next election: a part of the first screen."""

from __future__ import annotations

from cycleplan.alignment import Alignment
from cycleplan.continuity import Ahead
from cycleplan.outputs.textpage import TextPage
from cycleplan.region import Agreement
from cycleplan.wording.words import Words

MOST_AGREEMENTS, MOST_ITEMS = 3, 2


def continuity(page: TextPage, alignment: Alignment, words: Words) -> None:
    """The next election of the region, and a fall that is going on, with how each agreement stands to it."""
    if not alignment.next_ahead:
        return
    page.line()
    page.line((words.say("screen.continuity"), "bold"))
    for ahead in alignment.next_ahead:
        page.paragraph(words.ahead(ahead), 1, 1)
        standings = ahead.standings
        for agreement, how in standings[:MOST_AGREEMENTS]:
            for standing in how:
                page.paragraph(words.standing(standing), 1, 1)
            _items(page, agreement, words)
            _suggestions(page, ahead, agreement, alignment, words)
        if len(standings) > MOST_AGREEMENTS:
            page.line(f" {words.say('screen.more_next', count=len(standings) - MOST_AGREEMENTS)}")


def _items(page: TextPage, agreement: Agreement, words: Words) -> None:
    """What is agreed and what is still open, the first few."""
    for code, items in (("agreement.agreed", agreement.agreed), ("agreement.open", agreement.open)):
        for item in items[:MOST_ITEMS]:
            page.paragraph(words.say(code, item=item), 3, 2)
        if len(items) > MOST_ITEMS:
            page.line(f"   {words.say('screen.more_next', count=len(items) - MOST_ITEMS)}")


def _suggestions(page: TextPage, ahead: Ahead, agreement: Agreement, alignment: Alignment, words: Words) -> None:
    found = [m for m in alignment.milestones if m.agreement is agreement and m.elected == ahead.elected]
    if found:
        page.paragraph(words.milestones(found), 3, 2)
