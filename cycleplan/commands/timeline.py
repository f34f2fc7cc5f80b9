"""``timeline``: a region's story in lanes, to look at or for other programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan import timeline
from cycleplan.alignment import Alignment
from cycleplan.commands import door, language, streams
from cycleplan.outputs import records
from cycleplan.outputs.terminal import timeline as timeline_screen
from cycleplan.wording import door_text
from cycleplan.wording.words import Words


def _timeline(
    region: str,
    form: str | None,
    today: date,
    first: date | None,
    last: date | None,
    formation: door.Formation,
    style: Path | None,
    output: Path | None,
    lang: str | None,
) -> None:
    form = form or door.form_of(output, _ENDINGS)
    if style and form != "html":
        raise click.UsageError(door_text(language(click.get_current_context()), "usage.style_is_page"))
    if form == "xlsx" and streams.is_screen(output):
        ctx = click.get_current_context()
        raise click.UsageError(door_text(language(ctx), "usage.sheet_to_file"), ctx)
    opened = door.usable_region(region, today, lang, formation)
    alignment = opened.align(today, first, last)
    if form in _TO_LOOK_AT:
        alignment = alignment.recent(first, last)
    streams.put(_formed(form, alignment, opened.words, output, door.read_style(style)), output)


def _formed(form: str, alignment: Alignment, words: Words, output: Path | None, style: str) -> str | bytes:
    """The timeline in one of ``_FORMS``; what a form needs is read where it is asked for."""
    built = timeline.build(alignment)
    if form == "json":
        return records.encoded(records.timeline(built, alignment, words))
    if form == "svg":
        from cycleplan.outputs import chart

        return chart.render(built, alignment.region.name, alignment.region.revised, words)
    if form == "html":
        from cycleplan import __version__
        from cycleplan.brief import Brief
        from cycleplan.outputs import page

        return page.render(built, Brief(alignment), words, __version__, style)
    if form == "csv":
        from cycleplan.outputs import table

        return table.render(built, words)
    if form == "mermaid":
        from cycleplan.outputs import mermaid

        return mermaid.render(built, words)
    if form == "xlsx":
        from cycleplan.outputs import sheet

        return sheet.render(built, alignment, words)
    return timeline_screen.timeline(built, alignment, words, streams.has_color(output), streams.width(output))


_FORMS = ("text", "svg", "html", "mermaid", "csv", "xlsx", "json")
# What is to look at begins with what still runs; what is for programs has all that the file tells of.
_TO_LOOK_AT = frozenset({"text", "svg", "html", "mermaid", "xlsx"})
_ENDINGS = {
    "": "text", "txt": "text", "svg": "svg", "html": "html", "htm": "html", "mmd": "mermaid", "mermaid": "mermaid",
    "csv": "csv", "xlsx": "xlsx", "json": "json",
}  # fmt: skip

COMMANDS = {
    "timeline": door.command(
        "timeline",
        _timeline,
        [
            door.region_argument(),
            door.option("--format", "form", type=click.Choice(_FORMS), help="help.timeline_format"),
            door.today_option(),
            *door.horizon_options(first="help.timeline_from"),
            door.formation_option(),
            door.style_option(),
            door.output_option(),
        ],
        "cycleplan timeline foodvalley --from 2026-08-01 --to 2030-07-31",
    )
}
