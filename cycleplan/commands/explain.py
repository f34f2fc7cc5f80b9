"""``explain``: where a date comes from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan import timeline
from cycleplan.commands import door, streams
from cycleplan.errors import nearest
from cycleplan.explain import find
from cycleplan.outputs import records
from cycleplan.outputs.terminal import timeline as timeline_screen


def _explain(
    region: str,
    id: str | None,
    today: date,
    first: date | None,
    last: date | None,
    formation: door.Formation,
    as_json: bool,
    output: Path | None,
    lang: str | None,
) -> int:
    opened = door.usable_region(region, today, lang, formation)
    words = opened.words
    alignment = opened.align(today, first, last)
    if id is None:
        inside = timeline.build(alignment)
        if as_json:
            streams.put(records.encoded(records.explain_ids(alignment, inside)), output)
        else:
            streams.put(timeline_screen.explain_ids(inside, words), output)
        return 0
    entry = find(alignment, id)
    if entry is None:
        near = nearest(id, [e.id for e in timeline.build(alignment, everything=True).entries])
        text = words.say("near", near=near) if near else ""
        streams.tell(words.say("explain.unknown", id=id, near=text))
        return 1
    if as_json:
        streams.put(records.encoded(records.explain(entry, words)), output)
    else:
        color = streams.has_color(output)
        streams.put(timeline_screen.explain(entry, words, color), output)
    return 0


COMMANDS = {
    "explain": door.command(
        "explain",
        _explain,
        [
            door.region_argument(),
            click.Argument(["id"], required=False, metavar="[ID]"),
            door.today_option(),
            *door.horizon_options(),
            door.formation_option(),
            door.json_option(),
            door.output_option(),
        ],
        "cycleplan explain foodvalley PO2510/ondersteuningsplan/2022-08-01/submission",
    )
}
