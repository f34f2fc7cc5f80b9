"""``atlas``: all partnerships of the country in one table."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from cycleplan import atlas, country
from cycleplan.alignment import align
from cycleplan.atlas import Situation
from cycleplan.commands import door, streams
from cycleplan.law import load_law
from cycleplan.register import load_register
from cycleplan.wording.words import Words


def _atlas(form: str | None, as_json: bool, today: date, output: Path | None, lang: str | None) -> None:
    form = door.one_form(as_json, form, output, _ENDINGS)
    register, law = load_register(), load_law()
    region = country.region(register)
    alignment = align(region, register, law, today)
    words = Words(lang or region.language, law, region)
    said = words.say("atlas.progress")
    found = atlas.atlas(alignment, list(_watched(atlas.situations(alignment), len(region.partnerships), said)))
    if form == "text":
        from cycleplan.outputs.terminal import atlas as screen

        streams.put(screen.atlas(found, words, streams.has_color(output)), output)
        return
    from cycleplan.outputs import records
    from cycleplan.outputs.records import atlas as record

    answer = record.atlas(found, words)
    if form == "json":
        streams.put(records.encoded(answer), output)
    else:
        from cycleplan.outputs import table

        streams.put(table.partnerships(answer["partnerships"]), output)


def _watched(found: Iterable[Situation], total: int, said: str) -> Iterator[Situation]:
    """*found* one by one; after a second a bar on standard error tells how far it is, if that is a terminal."""
    begun, done = time.monotonic(), 0
    found = iter(found)
    for one in found:
        yield one
        done += 1
        if time.monotonic() - begun > 1 and sys.stderr.isatty():
            break
    else:
        return
    from rich.console import Console  # only who waits for a second sees it
    from rich.progress import track

    yield from track(found, said, total, completed=done, console=Console(stderr=True), transient=True)


_FORMS = ("text", "json", "csv")
_ENDINGS = {"": "text", "txt": "text", "json": "json", "csv": "csv"}

COMMANDS = {
    "atlas": door.command(
        "atlas",
        _atlas,
        [
            door.option("--format", "form", type=click.Choice(_FORMS), help="help.atlas_format"),
            door.json_option(),
            door.today_option(),
            door.output_option(),
        ],
        "cycleplan atlas -o samenwerkingsverbanden.csv",
    )
}
