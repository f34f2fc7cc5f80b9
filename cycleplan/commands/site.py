"""``site``: pages, feeds, memos and data of regions in one folder, with an index that compares them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cycleplan import __version__, fileformat, resources, timeline
from cycleplan.commands import door, language, publishing, streams
from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.loading import fingerprint
from cycleplan.wording import door_text
from cycleplan.wording.words import Words

if TYPE_CHECKING:
    from cycleplan.outputs.calendar import Publisher
    from cycleplan.outputs.site import Told


class _Made(NamedTuple):
    """A region of which everything is ready to be written: *pages* by their path, and the feeds in *folder*."""

    opened: door.Opened
    told: Told
    pages: dict[Path, bytes]
    folder: Path
    publisher: Publisher
    feeds: list[publishing.Made]


def _site(
    dir: Path,
    region: tuple[str, ...],
    base_url: str | None,
    style: Path | None,
    today: date,
    first: date | None,
    last: date | None,
    lang: str | None,
) -> int:
    from cycleplan.outputs import site

    own = door.read_style(style)
    opened = door.usable_regions(region or tuple(resources.region_files()), today, lang)
    told = [_told(_at(one, base_url), today, first, last) for one in opened]
    with streams.alone_in(dir):
        made = _make_all(told, dir, own, first, last)
        if made is None:
            return 1
        index = site.index([one.told for one in made], Words(lang or "nl", load_law()), __version__, own)
        pages = {path: page for one in made for path, page in one.pages.items()}
        pages[dir / site.INDEX] = index.encode()  # last, so that what it leads to is there
        _write(pages, [feed for one in made for feed in one.feeds], dir, lang)
    for one in made:
        publishing.report(one.feeds, one.opened)
        publishing.tell_stale(one.publisher, one.folder, one.feeds, one.opened)
    _tell_stale(dir, {one.opened.region.id for one in made if one.opened.region}, lang)
    return 0


# --- what comes in


def _read_base_url(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not fileformat.is_folder_url(value):
        raise click.BadParameter(door_text(language(ctx), "usage.base_url", value=value), ctx, param)
    return value


def _at(opened: door.Opened, base_url: str | None) -> door.Opened:
    """The region with the address that its feeds get at *base_url*; without one it keeps its own."""
    from cycleplan.outputs.site import FEEDS

    if base_url is None:
        return opened
    assert opened.region
    url = f"{base_url}{opened.region.id}/{FEEDS}/"
    region = replace(opened.region, publication=opened.region.publication._replace(url=url))
    return opened._replace(region=region)


# --- what goes out


def _told(opened: door.Opened, today: date, first: date | None, last: date | None) -> tuple[door.Opened, Told]:
    from cycleplan.brief import Brief
    from cycleplan.outputs.records import Source
    from cycleplan.outputs.site import Told
    from cycleplan.proposals import propose

    whole = opened.align(today)
    alignment = whole.recent(first, last)
    # Where the file stands on somebody's computer is nobody's business.
    problems = [problem._replace(file=Path(problem.file).name) for problem in opened.problems]
    built = timeline.build(alignment)
    source = Source(Path(alignment.region.file).name, fingerprint(opened.raw), None)
    return opened, Told(Brief(alignment), built, propose(whole), whole, problems, opened.words, source)


def _make_all(
    regions: Iterable[tuple[door.Opened, Told]], dir: Path, style: str, first: date | None, last: date | None
) -> list[_Made] | None:
    """Everything of every region; None if a feed cannot go on from the one that stands there, after it was told."""
    from cycleplan.outputs import site
    from cycleplan.outputs.calendar import index

    made, usable = [], True
    for opened, told in regions:
        assert opened.region
        home = dir / opened.region.id
        folder = home / site.FEEDS
        publisher = publishing.publisher(opened, first, last)
        try:
            feeds = publishing.make_all(publisher, folder, opened)
        except CycleplanError as error:
            streams.tell(opened.words.error(error))
            usable = False
            continue
        if opened.region.publication.id is None:
            streams.tell(f"{opened.region.id}: {opened.words.say('error.no-calendar-id')}")
        pages = {home / name: text.encode() for name, text in site.pages(told, __version__, style).items()}
        listed = index.render(opened.region, publishing.listed(feeds), opened.words, style, f"../{site.INDEX}")
        pages[folder / index.NAME] = listed.encode()
        made.append(_Made(opened, told, pages, folder, publisher, feeds))
    return made if usable else None


def _write(pages: dict[Path, bytes], feeds: list[publishing.Made], dir: Path, lang: str | None) -> None:
    """Write what changed, once it is sure that a file can stand wherever one must come."""
    folders = sorted({path.parent for path in pages})
    for path in pages:
        publishing.must_be_free(path)
        _must_be_ours(path, dir)
    for folder in _all_above(folders):
        if folder.exists() and not folder.is_dir():
            raise CycleplanError("cannot-write", file=str(folder), reason=os.strerror(errno.ENOTDIR))
    for folder in folders:
        publishing.make_folder(folder)
    changed = publishing.write_all(feeds, pages)
    words = Words(lang or "nl", load_law())
    said = words.say("site.written", folder=dir, files=len(feeds) + len(pages), changed=changed)
    streams.tell(said)


def _must_be_ours(path: Path, dir: Path) -> None:
    """Raise CycleplanError ``not-ours`` where a page of somebody else stands, or a link leads out of the site."""
    from cycleplan.outputs import site

    outside = not path.parent.resolve().is_relative_to(dir.resolve())
    if outside or (path.name == site.INDEX and b"cycleplan" not in (publishing.read(path) or b"cycleplan")):
        raise CycleplanError("not-ours", file=str(path))


def _all_above(folders: Iterable[Path]) -> Iterator[Path]:
    yield from dict.fromkeys(one for folder in folders for one in (folder, *folder.parents))


def _tell_stale(dir: Path, made: set[str], lang: str | None) -> None:
    """Name the folders of regions that a former run made and this one did not: they are never deleted."""
    stale = [path.name for path in sorted(dir.iterdir()) if path.name not in made and _is_region(path)]
    if stale:
        streams.tell(Words(lang or "nl", load_law()).say("site.stale", folders=", ".join(stale)))


def _is_region(folder: Path) -> bool:
    """Whether a former run made *folder*: its answer to ``check`` is about a region of that name."""
    answer = folder / "check.json"
    try:
        return answer.is_file() and f'"region": "{folder.name}"'.encode() in answer.read_bytes()[:200]
    except OSError:  # nobody's to read
        return False


COMMANDS = {
    "site": door.command(
        "site",
        _site,
        [
            click.Argument(["dir"], type=click.Path(file_okay=False, path_type=Path), metavar="DIR"),
            click.Argument(["region"], nargs=-1, metavar="[REGION]…", shell_complete=door.complete_region),
            door.option("--base-url", callback=_read_base_url, help="help.base_url", metavar="URL"),
            door.style_option(),
            door.today_option(),
            *door.horizon_options(),
        ],
        "cycleplan site public foodvalley noord-kennemerland --base-url https://example.org/cyclus/",
    )
}
