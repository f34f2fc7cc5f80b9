"""``calendar``: the dates of a region as iCalendar, for everyone or for one audience; ``--all`` writes every feed."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cycleplan.commands import door, language, streams
from cycleplan.errors import CycleplanError
from cycleplan.loading import fingerprint
from cycleplan.region import EVERYONE
from cycleplan.wording import door_text

if TYPE_CHECKING:
    from cycleplan.outputs.calendar import Publisher
    from cycleplan.outputs.calendar.history import Published

Reminders = tuple[tuple[int, str], ...]
_UNITS = {"m": "months", "w": "weeks", "d": "days"}
_MOST_NAMED = 3  # files in a sentence


def _read_reminders(ctx: click.Context, param: click.Parameter, value: str | None) -> Reminders:
    found = [re.fullmatch(r"([1-9]\d{0,2})([mwd])", part.strip(), re.ASCII) for part in (value or "").split(",")]
    if value is None:
        return ()
    if not all(found):
        raise click.BadParameter(door_text(language(ctx), "usage.reminders", value=value), ctx, param)
    return tuple((int(one[1]), _UNITS[one[2]]) for one in found if one)


class _Made(NamedTuple):
    """A feed that is ready to be written to *path*; *ledger* is the file with its history, *there* what *path* has."""

    audience: str
    path: Path | None
    ledger: Path | None
    there: bytes | None
    published: Published


def _calendar(
    region: str,
    audience: str | None,
    all_to: Path | None,
    previous: Path | None,
    reminders: Reminders,
    today: date,
    first: date | None,
    last: date | None,
    output: Path | None,
    lang: str | None,
) -> None:
    from cycleplan.audiences import Audiences
    from cycleplan.outputs.calendar import Publisher

    if all_to and (audience or output or previous or reminders):
        raise click.UsageError(door_text(lang, "usage.all_alone"), click.get_current_context())
    opened = door.usable_region(region, today, lang)
    assert opened.region
    # The day of the file's last edit stands for today, so that nothing appears or goes because time passes;
    # --today is taken, as every command does, and has no effect on the bytes.
    alignment = opened.align(opened.region.revised, first, last)
    if opened.region.publication.id is None:
        click.echo(opened.words.say("error.no-calendar-id"), err=True)
    publisher = Publisher(Audiences(alignment), opened.words, fingerprint(opened.raw), reminders)
    if all_to:
        _put_all(publisher, all_to, opened)
        return
    one = publisher.audiences.find(audience) if audience else EVERYONE
    made = _make(publisher, one, output, previous)
    _write(made)
    _report([made], opened)


def _make(publisher: Publisher, audience: str, output: Path | None, previous: Path | None = None) -> _Made:
    # A device or a pipe holds nothing that could be lost, or gone on from.
    ledger = None if output and output.exists() and not output.is_file() else output
    there = _read(ledger)
    name = output.name if output else ""
    published = _publish(publisher, audience, there, name, ledger)
    if previous:
        # Tried on what stands there first: a slip in --previous wipes out neither its history nor another file.
        before = _read(previous, must_be=there is not None)
        published, ledger = _publish(publisher, audience, before, name, previous), previous
    return _Made(audience, output, ledger, there, published)


def _publish(publisher: Publisher, audience: str, before: bytes | None, name: str, ledger: Path | None) -> Published:
    try:
        return publisher.publish(audience, before, name)
    except CycleplanError as error:
        error.values.setdefault("file", str(ledger))
        raise


def _read(path: Path | None, must_be: bool = False) -> bytes | None:
    """The bytes of a feed that was published, None if it was not. Raises CycleplanError ``cannot-read``."""
    if path is None or not (must_be or path.exists()):
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise CycleplanError("cannot-read", file=str(path), reason=error.strerror or "") from error


def _write(made: _Made) -> None:
    """Write a feed; one that did not change stays as it stands, with its date, so that nobody fetches it again."""
    if made.path is None or made.there != made.published.content:
        streams.put(made.published.content, made.path)


def _put_all(publisher: Publisher, folder: Path, opened: door.Opened) -> None:
    """Write every feed and their index. Nothing is written if one of them cannot be made."""
    from cycleplan.outputs.calendar import index

    assert opened.region
    _must_be_free(folder / index.NAME)
    made, refused = [], []
    for audience in publisher.audiences.all():
        try:
            path = folder / index.file_name(audience, opened.region, opened.register)
            _must_be_free(path)
            made.append(_make(publisher, audience, path))
        except CycleplanError as error:
            refused.append(error)
    for other in refused[1:]:
        click.echo(opened.words.error(other), err=True)
    if refused:
        raise refused[0]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CycleplanError("cannot-write", file=str(folder), reason=error.strerror or "") from error
    for one in made:
        _write(one)
    feeds = {m.audience: (m.path.name, len(m.published.feed.events)) for m in made if m.path}
    page = index.render(opened.region, feeds, opened.words).encode()
    if _read(folder / index.NAME) != page:
        streams.put(page, folder / index.NAME)
    written = {m.path for m in made}
    others = sorted(path for path in folder.glob("*.ics") if path not in written)
    stale = [path.name for path in others if publisher.is_own(_read(path) or b"")]
    _report(made, opened)
    if stale:
        _say(opened, "calendar.stale", stale)


def _must_be_free(path: Path) -> None:
    """Raise CycleplanError ``cannot-write`` where something stands that is no file: a folder, or a pipe that waits."""
    if path.exists() and not path.is_file():
        raise CycleplanError("cannot-write", file=str(path), reason=os.strerror(errno.EEXIST))


def _report(made: Iterable[_Made], opened: door.Opened) -> None:
    """Say on standard error what is published for the first time, what changed, and what to look out for."""
    told: dict[str, list[str]] = {"first_publication": [], "same-day": [], "other-data": [], "empty": []}
    changed = []
    for one in made:
        if not one.published.feed.events:
            told["empty"].append(one.path.name if one.path else "stdout")
        if one.ledger is None:
            continue
        published, name = one.published, one.ledger.name
        code = "first_publication" if published.changes is None else published.warning
        if code:
            told[code].append(name)
        if published.changes and any(published.changes):
            changed.append(opened.words.say("calendar.changes", file=name, **published.changes._asdict()))
    for code, names in told.items():
        if names:
            _say(opened, f"calendar.{code}", names)
    for line in changed:
        click.echo(line, err=True)


def _say(opened: door.Opened, code: str, files: list[str]) -> None:
    shown = files[:_MOST_NAMED] + (["…"] if len(files) > _MOST_NAMED else [])
    click.echo(opened.words.say(code, files=", ".join(shown), count=len(files)), err=True)


COMMANDS = {
    "calendar": door.command(
        "calendar",
        _calendar,
        [
            door.region_argument(),
            door.option("--for", "audience", help="help.for", metavar="GM0228"),
            door.option(
                "--all", "all_to", type=click.Path(file_okay=False, path_type=Path), help="help.all", metavar="DIR"
            ),
            door.option(
                "--previous", type=click.Path(dir_okay=False, path_type=Path), help="help.previous", metavar="FILE"
            ),
            door.option("--reminders", callback=_read_reminders, help="help.reminders", metavar="12m,6m,3m,1m"),
            door.today_option(),
            *door.horizon_options(),
            door.output_option(),
        ],
        "cycleplan calendar foodvalley --for GM0228 -o ede.ics",
    )
}
