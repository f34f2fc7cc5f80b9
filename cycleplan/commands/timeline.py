"""``timeline``: a region's story in lanes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan import timeline
from cycleplan.commands import door, streams
from cycleplan.outputs import records
from cycleplan.outputs.terminal import timeline as timeline_screen


def _timeline(
    region: str,
    form: str,
    today: date,
    first: date | None,
    last: date | None,
    formation: door.Formation,
    output: Path | None,
    lang: str | None,
) -> None:
    opened = door.usable_region(region, today, lang, formation)
    alignment = opened.align(today, first, last)
    built = timeline.build(alignment)
    if form == "json":
        streams.put(records.dumps(records.timeline(built, alignment, opened.words)), output)
    else:
        color = streams.has_color(output)
        streams.put(timeline_screen.timeline(built, alignment, opened.words, color), output)


COMMANDS = {
    "timeline": door.command(
        "timeline",
        _timeline,
        [
            door.region_argument(),
            door.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="help.format"),
            door.today_option(),
            *door.horizon_options(),
            door.formation_option(),
            door.output_option(),
        ],
        "cycleplan timeline foodvalley --from 2026-08-01 --to 2030-07-31",
    )
}
