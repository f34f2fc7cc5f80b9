"""``law``: the provisions in force on a day, or one of them in all its versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan.commands import door, streams
from cycleplan.law import Provision, load_law
from cycleplan.outputs import records
from cycleplan.outputs.records.law import law as record
from cycleplan.outputs.terminal import law as screen
from cycleplan.wording.words import Words


def _law(id: str | None, on: date | None, today: date, as_json: bool, output: Path | None, lang: str | None) -> None:
    law, day = load_law(), on or today
    words = Words(lang or "nl", law)
    found = law.find(id) if id else law.in_force(day)
    if as_json:
        streams.put(records.encoded(record(found, day, words)), output)
    elif id:
        streams.put(
            screen.in_full(found, day, _as_it_is_called(id, found[0]), words, streams.has_color(output)), output
        )
    else:
        streams.put(screen.listed(found, day, words, streams.has_color(output)), output)


def _as_it_is_called(id: str, found: Provision) -> str:
    """The id, id with sector, or key that was meant, in its own capitals."""
    return next(name for name in found.names if name.upper() == id.strip().upper())


COMMANDS = {
    "law": door.command(
        "law",
        _law,
        [
            click.Argument(["id"], required=False, metavar="[ID]"),
            door.day_option("--on", help="help.on"),
            door.today_option(),
            door.json_option(),
            door.output_option(),
        ],
        "cycleplan law SWV-03 --on 2022-04-30",
    )
}
