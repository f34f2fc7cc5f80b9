"""``propose``: which sequences of plans are better in step, and what they cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan.commands import door, streams
from cycleplan.proposals import LONGEST_HORIZON, propose
from cycleplan.workdays import SchoolYear


def _propose(
    region: str,
    partnership: tuple[str, ...],
    together: bool,
    may_shorten: bool,
    horizon_years: int,
    today: date,
    as_json: bool,
    output: Path | None,
    lang: str | None,
) -> None:
    opened = door.usable_region(region, today, lang)
    last = SchoolYear(SchoolYear.on(today).start + horizon_years).period.last
    alignment = opened.align(today, None, last)
    found = propose(alignment, partnership, together, may_shorten)
    if as_json:
        from cycleplan.outputs.records.base import dumps
        from cycleplan.outputs.records.propose import propose as record

        streams.put(dumps(record(found, alignment, opened.words)), output)
        return
    from cycleplan.outputs.terminal.propose import propose as screen

    streams.put(screen(found, alignment, opened.words, may_shorten, streams.has_color(output)), output)


COMMANDS = {
    "propose": door.command(
        "propose",
        _propose,
        [
            door.region_argument(),
            door.option("--partnership", multiple=True, help="help.propose_partnership", metavar="CODE"),
            door.option("--together", is_flag=True, help="help.together"),
            door.option("--may-shorten", is_flag=True, help="help.may_shorten"),
            door.option(
                "--horizon-years",
                type=click.IntRange(1, LONGEST_HORIZON),
                default=12,
                help="help.horizon_years",
                metavar="N",
            ),
            door.today_option(),
            door.json_option(),
            door.output_option(),
        ],
        "cycleplan propose foodvalley --partnership PO2510",
    )
}
