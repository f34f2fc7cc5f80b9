"""``memo``: the piece that a policy officer takes to the officials, the college or the council."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cycleplan import __version__
from cycleplan.commands import door, language, streams
from cycleplan.errors import CycleplanError
from cycleplan.region import MEMO_TYPES
from cycleplan.wording import door_text

if TYPE_CHECKING:
    from cycleplan.outputs.memo.piece import Piece


def _memo(
    region: str,
    type: str,
    form: str | None,
    party: str | None,
    template: Path | None,
    templates: Path | None,
    today: date,
    first: date | None,
    last: date | None,
    formation: door.Formation,
    output: Path | None,
    lang: str | None,
) -> None:
    from cycleplan.brief import Brief
    from cycleplan.outputs import memo, templating

    ctx = click.get_current_context()
    form = form or door.form_of(output, _ENDINGS)
    if output and templates and output.resolve().is_relative_to(templates.resolve()):
        raise click.UsageError(door_text(language(ctx), "usage.same_file", what="-o"), ctx)
    if template and form != "docx":
        raise click.UsageError(door_text(language(ctx), "usage.template_is_word"), ctx)
    if form == "docx" and streams.is_screen(output):
        raise click.UsageError(door_text(language(ctx), "usage.word_to_file"), ctx)
    opened = door.usable_region(region, today, lang, formation)
    alignment = opened.align(today, first, last)
    brief = Brief(alignment, alignment.region.find_party(party) if party is not None else None)
    for file, near in templating.strangers(templates) if templates else ():
        suggestion = opened.words.say("near", near=near)
        streams.tell(opened.words.say("memo.stranger", file=file, near=suggestion))
    piece = memo.write(brief, opened.words.lang, __version__, type, templates)
    streams.put(_formed(piece, form, template, templates), output)


def _formed(piece: Piece, form: str, template: Path | None, templates: Path | None) -> str | bytes:
    if form == "md":
        return piece.text
    if form == "html":
        from cycleplan.outputs import templating
        from cycleplan.outputs.memo import html

        return html.render(piece, templating.html_environment(templates))
    from cycleplan.outputs.memo import word

    return word.render(piece, _read(template) if template else None, template.name if template else "")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CycleplanError("cannot-read", file=str(path), reason=error.strerror or "") from error


_FORMS = ("md", "html", "docx")
_ENDINGS = {"": "md", "md": "md", "markdown": "md", "txt": "md", "html": "html", "htm": "html", "docx": "docx"}
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

COMMANDS = {
    "memo": door.command(
        "memo",
        _memo,
        [
            door.region_argument(),
            door.option(
                "--type", type=click.Choice(MEMO_TYPES), default=MEMO_TYPES[0], help="help.type", metavar="TYPE"
            ),
            door.option("--format", "form", type=click.Choice(_FORMS), help="help.memo_format"),
            door.option("--for", "party", help="help.memo_for", metavar="CODE"),
            door.option("--template", type=_FILE, help="help.template", metavar="FILE"),
            door.option("--templates", type=_FOLDER, help="help.templates", metavar="DIR"),
            door.today_option(),
            *door.horizon_options(),
            door.formation_option(),
            door.output_option(),
        ],
        "cycleplan memo foodvalley --type collegevoorstel --for GM0228 -o voorstel.docx",
    )
}
