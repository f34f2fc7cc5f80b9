"""``calendar``: the dates of a region as iCalendar, for everyone or for one audience; ``--all`` writes every feed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cycleplan.commands import door, language, publishing, streams
from cycleplan.region import EVERYONE
from cycleplan.wording import door_text

if TYPE_CHECKING:
    from cycleplan.outputs.calendar import Publisher

Reminders = tuple[tuple[int, str], ...]
_UNITS = {"m": "months", "w": "weeks", "d": "days"}


def _read_reminders(ctx: click.Context, param: click.Parameter, value: str | None) -> Reminders:
    found = [re.fullmatch(r"([1-9]\d{0,2})([mwd])", part.strip(), re.ASCII) for part in (value or "").split(",")]
    if value is None:
        return ()
    if not all(found):
        raise click.BadParameter(door_text(language(ctx), "usage.reminders", value=value), ctx, param)
    return tuple((int(one[1]), _UNITS[one[2]]) for one in found if one)


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
    if all_to and (audience or output or previous or reminders):
        raise click.UsageError(door_text(lang, "usage.all_alone"), click.get_current_context())
    opened = door.usable_region(region, today, lang)
    assert opened.region
    # --today is taken, as every command does, and has no effect on the bytes.
    publisher = publishing.publisher(opened, first, last, reminders)
    if opened.region.publication.id is None:
        streams.tell(opened.words.say("error.no-calendar-id"))
    if all_to:
        _put_all(publisher, all_to, opened)
        return
    one = publisher.audiences.find(audience) if audience else EVERYONE
    made = publishing.make(publisher, one, output, previous)
    publishing.write(made)
    publishing.report([made], opened)


def _put_all(publisher: Publisher, folder: Path, opened: door.Opened) -> None:
    """Write every feed and their index. Nothing is written if one of them cannot be made."""
    from cycleplan.outputs.calendar import index

    assert opened.region
    with streams.alone_in(folder):
        publishing.must_be_free(folder / index.NAME)
        made = publishing.make_all(publisher, folder, opened)
        page = index.render(opened.region, publishing.listed(made), opened.words)
        publishing.write_all(made, {folder / index.NAME: page.encode()})
    publishing.report(made, opened)
    publishing.tell_stale(publisher, folder, made, opened)


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
