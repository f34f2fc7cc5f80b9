"""``calendar``: the dates of a region as iCalendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan import timeline
from cycleplan.commands import door, streams


def _calendar(
    region: str, today: date, first: date | None, last: date | None, output: Path | None, lang: str | None
) -> None:
    from cycleplan.outputs import calendar

    opened = door.usable_region(region, today, lang)
    assert opened.region
    # The day of the file's last edit stands for today, so that nothing appears or goes because time passes;
    # --today is taken, as every command does, and has no effect on the bytes.
    alignment = opened.align(opened.region.revised, first, last)
    if opened.region.calendar_id is None:
        click.echo(opened.words.say("error.no-calendar-id"), err=True)
    built = timeline.build(alignment)
    if not built.for_calendar:
        click.echo(opened.words.say("calendar.empty"), err=True)
    streams.put(calendar.render(built, alignment, opened.words), output)


COMMANDS = {
    "calendar": door.command(
        "calendar",
        _calendar,
        [door.region_argument(), door.today_option(), *door.horizon_options(), door.output_option()],
        "cycleplan calendar foodvalley -o foodvalley.ics",
    )
}
