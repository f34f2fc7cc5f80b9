"""``diff``: what has changed between two region files, or since an answer of ``check --json`` that was saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from cycleplan import __version__
from cycleplan.changes import EITHER, FILE, RULES, Difference, Side, compare
from cycleplan.commands import door, streams
from cycleplan.differing import Because, Change
from cycleplan.errors import CycleplanError
from cycleplan.loading import find_region, fingerprint
from cycleplan.outputs.records import saved
from cycleplan.outputs.records.saved import Saved
from cycleplan.periods import Period
from cycleplan.region import Municipality, Region
from cycleplan.register import Register
from cycleplan.snapshot import of
from cycleplan.wording.words import Words


def _diff(
    old: str, new: str, today: date, as_json: bool, form: str | None, output: Path | None, lang: str | None
) -> None:
    form = door.one_form(as_json, form, output, _ENDINGS)
    before, after = _read(old), _read(new)
    answer = _answer(*before)
    if saved.is_answer(*after):
        raise CycleplanError("saved-is-new", file=new)
    now = _opened(new, after[0], today, lang, answer.formation if answer else None)
    was: door.Opened | None
    if answer is None:
        was = _opened(old, before[0], today, lang, None)
        difference = _of_files(was, now, today)
    else:
        was = _then(answer, now, lang)
        difference = _since(answer, Path(old).name, was, now, today)
    assert now.region
    region = _with_all_names(now.region, was.region if was else None, now.register, difference)
    words = Words(now.words.lang, now.law, region)
    streams.put(_formed(difference, words, form, output), output)


def _formed(difference: Difference, words: Words, form: str, output: Path | None) -> str | bytes:
    if form == "json":
        from cycleplan.outputs.records import encoded
        from cycleplan.outputs.records.diff import diff as record

        return encoded(record(difference, words))
    if form == "md":
        from cycleplan.outputs import mail

        return mail.diff(difference, words)
    from cycleplan.outputs.terminal.diff import diff as screen

    return screen(difference, words, streams.has_color(output))


# --- what is compared


def _of_files(was: door.Opened, now: door.Opened, today: date) -> Difference:
    """Two files, both as seen from *today* and over the days of both horizons: all that changed is the file's."""
    horizon, changes = _by_file(was, now, today)
    return Difference(
        _side(was), _side(now), today, horizon, {FILE: changes}, (), _said(was) == _said(now), _notes(was, now)
    )


def _by_file(was: door.Opened, now: door.Opened, today: date) -> tuple[Period, tuple[Change, ...]]:
    days = [opened.align(today).horizon for opened in (was, now)]
    horizon = Period(min(d.first for d in days), max(d.last for d in days))
    old, new = (of(opened.align(today, horizon.first, horizon.last)) for opened in (was, now))
    return horizon, compare(old, new)


def _since(answer: Saved, file: str, was: door.Opened | None, now: door.Opened, today: date) -> Difference:
    """Since a saved answer. With its own text there are three points, and what comes from what is told apart.

    What the same file gave then and gives now, on the same day and over the same days, comes from law, register or
    program; what the two files give now comes from the file. Without the text the new file is computed as of then.
    """
    then, rules = answer.snapshot, _other_rules(answer, now)
    side = Side(then.region, answer.source.file if answer.source else file, answer.revised, then.today)
    older = [Because("older")] if then.lacks else []
    span = {"today": then.today, "first": then.horizon.first, "last": then.horizon.last}
    if was is not None:
        horizon, by_file = _by_file(was, now, today)
        by_rules = compare(then, of(was.align(then.today, then.horizon.first, then.horizon.last)))
        notes = [*_notes(was, now), *older]
        if by_rules:
            notes.append(Because("rules_days", span) if rules else Because("no_rule"))
        changes = {RULES: by_rules, FILE: by_file}
        return Difference(side, _side(now), today, horizon, changes, rules, _said(was) == _said(now), tuple(notes))
    same = answer.source.fingerprint == fingerprint(now.raw) if answer.source else None
    found = compare(then, of(now.align(then.today, then.horizon.first, then.horizon.last)))
    cause = RULES if same else FILE if not rules else EITHER
    unreadable = answer.source is not None and answer.source.text is not None
    notes = [Because("unreadable" if unreadable else "no_text"), *older]
    if found and cause == EITHER and not unreadable:
        notes.append(Because("either"))
    elif found and same and not rules:
        notes.append(Because("no_rule"))
    return Difference(side, _side(now), then.today, then.horizon, {cause: found}, rules, same, tuple(notes))


def _side(opened: door.Opened) -> Side:
    assert opened.region
    return Side(opened.region.id, Path(opened.region.file).name, opened.region.revised)


def _said(opened: door.Opened) -> str:
    return fingerprint(opened.raw)


def _notes(was: door.Opened, now: door.Opened) -> tuple[Because, ...]:
    assert was.region
    assert now.region
    if was.region.id == now.region.id:
        return ()
    old, new = (f"{region.name} ({region.id})" for region in (was.region, now.region))
    return (Because("other_region", {"old": old, "new": new}),)


# --- a saved answer


def _read(name: str) -> tuple[bytes, str]:
    path = find_region(name)
    try:
        return path.read_bytes(), str(path)
    except OSError as error:
        raise CycleplanError("cannot-read", file=name, reason=error.strerror or "") from error


def _opened(name: str, raw: bytes, today: date, lang: str | None, formation: door.Formation) -> door.Opened:
    """The region *name*, of which *raw* was read: a pipe cannot be read again."""
    path = find_region(name)
    if path.is_file():
        return door.usable_region(name, today, lang, formation)
    return door.usable(door.open_text(raw, str(path), today, lang, formation))


def _answer(raw: bytes, file: str) -> Saved | None:
    """The saved answer that *raw*, the bytes of *file*, is; None for a region file."""
    if not saved.is_answer(raw, file):
        return None
    answer = saved.read(raw, file)
    source = answer.source
    # By the same program the same text has the same fingerprint.
    if source and source.text is not None and answer.versions["cycleplan"] == __version__:
        try:
            edited = fingerprint(source.text.encode()) != source.fingerprint
        except (AttributeError, ValueError):  # no region file at all
            edited = True
        if edited:
            raise CycleplanError("saved-edited", file=file)
    return answer


def _then(answer: Saved, now: door.Opened, lang: str | None) -> door.Opened | None:
    """The region file of a saved answer, read anew as of then; None where it is not there, or now has errors."""
    source = answer.source
    if source is None or source.text is None:
        return None
    opened = door.open_text(source.text.encode(), source.file, answer.snapshot.today, lang, answer.formation)
    return opened if opened.usable else None


def _other_rules(answer: Saved, now: door.Opened) -> tuple[str, ...]:
    """What an answer rests on beside the file that is of another version now, or of which it does not tell."""
    versions = {"law": str(now.law.revised), "register": str(now.register.revised), "cycleplan": __version__}
    return tuple(rule for rule in saved.RULES if answer.versions[rule] != versions[rule])


# --- names


def _with_all_names(now: Region, was: Region | None, register: Register, difference: Difference) -> Region:
    """The new region, with the names of what only the old one has, and of whom a change speaks beside both."""
    municipalities = {**(was.municipalities if was else {}), **now.municipalities}
    for change in (change for changes in difference.changes.values() for change in changes):
        for code in (*change.parties, change.values.get("into", "")):
            if code in register.municipalities and code not in municipalities:
                municipalities[code] = Municipality(code, register.municipalities[code].name, "", None, False)
    kinds = {**(was.kinds if was else {}), **now.kinds}
    return replace(now, municipalities=municipalities, kinds=kinds)


_FORMS = ("text", "md")
_ENDINGS = {"": "text", "txt": "text", "md": "md", "markdown": "md", "json": "json"}

COMMANDS = {
    "diff": door.command(
        "diff",
        _diff,
        [
            click.Argument(["old"], metavar="OLD", shell_complete=door.complete_region),
            click.Argument(["new"], metavar="NEW", shell_complete=door.complete_region),
            door.option("--format", "form", type=click.Choice(_FORMS), help="help.diff_format"),
            door.today_option(),
            door.json_option(),
            door.output_option(),
        ],
        "cycleplan diff foodvalley noord-kennemerland --format md",
    )
}
