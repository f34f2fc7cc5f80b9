"""``memo``: the piece that a policy officer takes to the officials and the PFO."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan import __version__
from cycleplan.commands import door, streams


def _memo(
    region: str,
    type: str,
    form: str,
    today: date,
    first: date | None,
    last: date | None,
    formation: door.Formation,
    output: Path | None,
    lang: str | None,
) -> None:
    from cycleplan.outputs import memo

    opened = door.usable_region(region, today, lang, formation)
    alignment = opened.align(today, first, last)
    streams.put(memo.render(alignment, opened.words, __version__, type), output)


COMMANDS = {
    "memo": door.command(
        "memo",
        _memo,
        [
            door.region_argument(),
            door.option("--type", type=click.Choice(["afstemmingsmemo"]), default="afstemmingsmemo", help="help.type"),
            door.option("--format", "form", type=click.Choice(["md"]), default="md", help="help.format"),
            door.today_option(),
            *door.horizon_options(),
            door.formation_option(),
            door.output_option(),
        ],
        "cycleplan memo foodvalley -o memo.md",
    )
}
