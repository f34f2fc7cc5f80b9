"""Publishing the feeds of a region: each goes on from the one that stands there, and none is ever broken."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cycleplan.commands import door, streams
from cycleplan.errors import CycleplanError
from cycleplan.loading import fingerprint

if TYPE_CHECKING:
    from cycleplan.outputs.calendar import Publisher
    from cycleplan.outputs.calendar.events import Reminder
    from cycleplan.outputs.calendar.history import Published

_MOST_NAMED = 3  # files in a sentence


class Made(NamedTuple):
    """A feed that is ready to be written to *path*; *ledger* is the file with its history, *there* what *path* has."""

    audience: str
    path: Path | None
    ledger: Path | None
    there: bytes | None
    published: Published


def publisher(
    opened: door.Opened, first: date | None, last: date | None, reminders: tuple[Reminder, ...] = ()
) -> Publisher:
    """What makes the feeds of a region.

    The day of the file's last edit stands for today, so that nothing appears or goes because time passes.
    """
    from cycleplan.audiences import Audiences
    from cycleplan.outputs.calendar import Publisher

    assert opened.region
    alignment = opened.align(opened.region.revised, first, last)
    return Publisher(Audiences(alignment), opened.words, fingerprint(opened.raw), reminders)


def make(publisher: Publisher, audience: str, output: Path | None, previous: Path | None = None) -> Made:
    """The feed of *audience*, going on from the one that stands in *output*, or in *previous*."""
    # A device or a pipe holds nothing that could be lost, or gone on from.
    ledger = None if output and output.exists() and not output.is_file() else output
    there = read(ledger)
    name = output.name if output else ""
    published = _publish(publisher, audience, there, name, ledger)
    if previous:
        # Tried on what stands there first: a slip in --previous wipes out neither its history nor another file.
        before = read(previous, must_be=there is not None)
        published, ledger = _publish(publisher, audience, before, name, previous), previous
    return Made(audience, output, ledger, there, published)


def _publish(publisher: Publisher, audience: str, before: bytes | None, name: str, ledger: Path | None) -> Published:
    try:
        return publisher.publish(audience, before, name)
    except CycleplanError as error:
        error.values.setdefault("file", str(ledger))
        raise


def read(path: Path | None, must_be: bool = False) -> bytes | None:
    """The bytes of a feed that was published, None if it was not. Raises CycleplanError ``cannot-read``."""
    if path is None or not (must_be or path.exists()):
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise CycleplanError("cannot-read", file=str(path), reason=error.strerror or "") from error


def write(made: Made) -> None:
    """Write a feed; one that did not change stays, with its date, so that nobody fetches it again."""
    if made.path is None or made.there != made.published.content:
        streams.put(made.published.content, made.path)


def make_all(publisher: Publisher, folder: Path, opened: door.Opened) -> list[Made]:
    """Every feed, ready to be written to *folder*; nothing is written yet.

    Raises CycleplanError for the first that cannot be made; the others are told on standard error before.
    """
    from cycleplan.outputs.calendar import index

    assert opened.region
    made, refused = [], []
    for audience in publisher.audiences.all():
        try:
            path = folder / index.file_name(audience, opened.region, opened.register)
            must_be_free(path)
            made.append(make(publisher, audience, path))
        except CycleplanError as error:
            refused.append(error)
    for other in refused[1:]:
        streams.tell(opened.words.error(other))
    if refused:
        raise refused[0]
    return made


def listed(made: Iterable[Made]) -> dict[str, tuple[str, int]]:
    """Per audience the file of its feed and the number of its events: what the index lists."""
    return {m.audience: (m.path.name, len(m.published.feed.events)) for m in made if m.path}


def write_all(feeds: Iterable[Made], pages: Mapping[Path, bytes]) -> int:
    """Write what differs from what stands there, all or none, the pages last; how many files that are."""
    changed = {one.path: one.published.content for one in feeds if one.path and one.there != one.published.content}
    changed |= {path: page for path, page in pages.items() if read(path) != page}
    streams.write_all(changed)
    return len(changed)


def must_be_free(path: Path) -> None:
    """Raise CycleplanError ``cannot-write`` where something stands that is no file: a folder, or a pipe that waits."""
    try:
        taken = path.exists() and not path.is_file()
    except OSError as error:  # a name that is too long, a folder that nobody may look into
        raise CycleplanError("cannot-write", file=str(path), reason=error.strerror or "") from error
    if taken:
        raise CycleplanError("cannot-write", file=str(path), reason=os.strerror(errno.EEXIST))


def make_folder(folder: Path) -> None:
    """Make *folder*, and those that it stands in. Raises CycleplanError ``cannot-write``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CycleplanError("cannot-write", file=str(folder), reason=error.strerror or "") from error


def tell_stale(publisher: Publisher, folder: Path, made: Iterable[Made], opened: door.Opened) -> None:
    """Name the feeds of this region in *folder* that are no longer made: they are never deleted."""
    written = {m.path for m in made}
    others = sorted(path for path in folder.glob("*.ics") if path not in written and path.is_file())
    stale = [path.name for path in others if publisher.is_own(read(path) or b"")]
    if stale:
        _say(opened, "calendar.stale", stale)


def report(made: Iterable[Made], opened: door.Opened) -> None:
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
        streams.tell(line)


def _say(opened: door.Opened, code: str, files: list[str]) -> None:
    shown = files[:_MOST_NAMED] + (["…"] if len(files) > _MOST_NAMED else [])
    streams.tell(opened.words.say(code, files=", ".join(shown), count=len(files)))
