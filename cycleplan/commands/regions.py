"""``list`` and ``schema``: what ships, and what may stand in a region file."""

from __future__ import annotations

from pathlib import Path

from cycleplan import fileformat, resources
from cycleplan.commands import door, streams
from cycleplan.law import load_law
from cycleplan.loading import load_region
from cycleplan.outputs import records
from cycleplan.outputs.terminal import timeline as timeline_screen
from cycleplan.register import load_register
from cycleplan.wording.words import Words


def _list(as_json: bool, output: Path | None, lang: str | None) -> None:
    loaded = [load_region(path, load_register()).region for path in resources.region_files().values()]
    found = [region for region in loaded if region]
    if as_json:
        streams.put(records.encoded(records.regions(found)), output)
    else:
        color = streams.has_color(output)
        streams.put(timeline_screen.regions(found, Words(lang or "nl", load_law()), color), output)


def _schema(output: Path | None, lang: str | None) -> None:
    streams.put(records.encoded(fileformat.json_schema()), output)


COMMANDS = {
    "list": door.command("list", _list, [door.json_option(), door.output_option()], "cycleplan list"),
    "schema": door.command("schema", _schema, [door.output_option()], "cycleplan schema -o region.schema.json"),
}
