"""``compare``: regions side by side, so that they can learn from each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan.commands import door, language, streams
from cycleplan.law import load_law
from cycleplan.wording import door_text
from cycleplan.wording.words import Words


def _compare(
    region: tuple[str, ...],
    form: str | None,
    today: date,
    as_json: bool,
    output: Path | None,
    lang: str | None,
) -> None:
    ctx = click.get_current_context()
    if len(region) < 2:
        raise click.UsageError(door_text(language(ctx), "usage.two_regions"), ctx)
    form = door.one_form(as_json, form, output, _ENDINGS)
    from cycleplan.comparison import compare

    comparison = compare(opened.align(today) for opened in door.usable_regions(region, today, lang))
    # Regions can have different languages; a comparison has one.
    words, law = Words(lang or "nl", load_law()), load_law()
    of = {one.region.id: Words(words.lang, law, one.region) for one in comparison.regions}
    if form in ("json", "csv"):
        from cycleplan.outputs import comparing
        from cycleplan.outputs.records.base import encoded
        from cycleplan.outputs.records.compare import compare as answer

        record = answer(comparison, of)
        streams.put(encoded(record) if form == "json" else comparing.csv(record), output)
    elif form == "md":
        from cycleplan.outputs import comparing

        streams.put(comparing.markdown(comparison, words, of), output)
    else:
        from cycleplan.outputs.terminal.compare import compare as screen

        streams.put(screen(comparison, words, of, streams.has_color(output)), output)


_FORMS = ("text", "md", "csv")
_ENDINGS = {"": "text", "txt": "text", "md": "md", "markdown": "md", "csv": "csv", "json": "json"}

COMMANDS = {
    "compare": door.command(
        "compare",
        _compare,
        [
            click.Argument(["region"], nargs=-1, metavar="REGION REGION…", shell_complete=door.complete_region),
            door.option("--format", "form", type=click.Choice(_FORMS), help="help.compare_format"),
            door.today_option(),
            door.json_option(),
            door.output_option(),
        ],
        "cycleplan compare foodvalley noord-kennemerland",
    )
}
