"""The law on a day: a list by subject, or one provision in full with all its versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cycleplan.law import Provision
from cycleplan.outputs.textpage import TextPage
from cycleplan.uses import use_of
from cycleplan.wording import legislation
from cycleplan.wording.words import Words

_ID, _LABEL = 13, 14  # the widths of the first column


def listed(provisions: Sequence[Provision], on: date, words: Words, color: bool = False) -> str:
    """The provisions in force on a day, each in a few lines, by subject."""
    page = TextPage(color)
    if not provisions:
        first = min(p.valid_from for p in words.law.provisions)
        page.paragraph(words.say("law.none_in_force", on=on, first=first), 0)
        return page.text()
    page.heading(words.say("law.title", on=on, provisions=words.count(len(provisions), "provision")))
    page.paragraph(words.say("law.legend"), 0)
    for group in legislation.GROUPS:
        found = [p for p in provisions if legislation.group(p) == group]
        if found:
            page.line()
            page.heading(words.say(f"law.group.{group}").upper())
        for p in found:
            mark = "*" if use_of(p) else " "
            about = f"{words.article(p.key)}: {p.about[words.lang]}"
            page.columns(f"{mark} {p.called}", _ID, about)
    return page.text()


def in_full(versions: Sequence[Provision], on: date, asked: str, words: Words, color: bool = False) -> str:
    """Versions of a provision, each in full; those in force on the day marked."""
    page = TextPage(color)
    if not any(p.holds_on(on) for p in versions):
        page.paragraph(words.say("law.not_in_force", on=on, id=asked, known=_known(versions, words)), 0)
        page.line()
    for number, p in enumerate(versions):
        if number:
            page.line()
        _version(page, p, on, words)
    return page.text()


def _known(versions: Sequence[Provision], words: Words) -> str:
    """The days of the versions, with the sector where there are more."""
    several = len({p.sector for p in versions}) > 1
    return words.row(f"{f'{p.sector} ' if several else ''}{legislation.validity(p, words)}" for p in versions)


def _version(page: TextPage, p: Provision, on: date, words: Words) -> None:
    mark = ">" if p in words.law.in_force(on) else " "
    page.heading(f"{mark} {p.key}  {words.article(p.key)}")
    page.paragraph(p.about[words.lang], 2)
    page.note(p.note.get(words.lang), 2)
    known = legislation.evidence(p, words)
    if p.seen:
        known = f"{known}; {words.say('law.seen', seen=p.seen)}"
    rows = {
        "valid": _validity(p, on, words),
        "rule": legislation.rule(p, words),
        "roll": legislation.roll(p, words),
        "quote": words.say("law.quote", quote=p.quote) if p.quote else None,
        "evidence": known,
        "mark": legislation.mind(p, words),
        "use": legislation.use(p, words),
        "source": p.source,
    }
    for label, text in rows.items():
        if text:
            page.columns(f"  {words.say(f'law.label.{label}')}", _LABEL, text)


def _validity(p: Provision, on: date, words: Words) -> str:
    valid = legislation.validity(p, words)
    if not p.holds_on(on):
        return valid
    by = words.law.set_aside(p, on)
    said = words.say("law.set_aside", on=on, by=by.key) if by else words.say("law.in_force", on=on)
    return f"{valid}; {said}"
