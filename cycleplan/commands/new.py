"""``new``: a region file from the national register, for any partnership or municipality."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from cycleplan import names, yamltext
from cycleplan.beginning import begin
from cycleplan.commands import door, language, streams
from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.outputs import newfile
from cycleplan.register import Register, load_register
from cycleplan.wording import door_text
from cycleplan.wording.words import Words

_LONGEST_ID = 40


def _new(
    code: tuple[str, ...], like: str | None, name: str | None, today: date, output: Path | None, lang: str | None
) -> int:
    register, law = load_register(), load_law()
    words = Words(lang or "nl", law)
    if output and output.is_file():
        raise CycleplanError("file-exists", file=str(output))
    meant = _meant(code, register, today, words)
    if meant is None:
        return 1
    beginning = begin((one.code for one in meant), register, law, today)
    called = name or _called([names.called(one.code, register) for one in meant], words)
    title = newfile.Title(_id(called), called, door.random_id(), today)
    text = newfile.render(title, beginning, register, words, _borrowed(like, today, lang) if like else None)
    loaded = load_text(text.encode(), str(output or title.id), register)
    assert loaded.usable, loaded.problems  # never a file that we would refuse ourselves
    for one in meant:
        _tell_gone(one, register, words)
    streams.put(text.encode(), output)  # as the reader wants it, whatever the console's code page
    if output:
        streams.tell(words.say("new.written", file=output))
    return 0


def _meant(asked: tuple[str, ...], register: Register, today: date, words: Words) -> list[names.Meant] | None:
    """The parties that were asked for, each once; None if one of them cannot be told, which all are told of."""
    found: list[names.Meant] = []
    wrong = []
    for name in asked:
        try:
            one = names.find(name, register, today)
        except CycleplanError as error:
            wrong.append(words.error(error))
        else:
            found += [one] if one.code not in [other.code for other in found] else []
    if wrong:
        streams.tell("\n".join(wrong))
    return None if wrong else found


def _tell_gone(one: names.Meant, register: Register, words: Words) -> None:
    for old, new in pairwise((*one.gone, one.code)):
        into = f"{names.called(new, register)} ({new})"
        day = next((merger.day for merger in register.ways_out(old) if merger.new == new), None)
        if day:
            text = words.say("new.gone", old=names.called(old, register), day=day, into=into)
        else:
            text = words.say("new.gone_partnership", old=old, into=into)
        streams.tell(text)


def _called(parties: list[str], words: Words) -> str:
    if len(parties) > 3:
        return words.say("new.several", first=parties[0], more=len(parties) - 1)
    return words.row(parties)


def _id(name: str) -> str:
    """A name as an id: small letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST_ID].strip("-") or "regio"


def _borrowed(like: str, today: date, lang: str | None) -> newfile.Borrowed:
    opened = door.usable_region(like, today, lang)
    assert opened.region
    said: dict[str, Any] = yamltext.read(opened.raw, like).data
    borrowed = newfile.Borrowed(opened.region.id, said.get("policy", {}), said.get("procedure", {}))
    if not borrowed.policy and not borrowed.procedure:
        streams.tell(opened.words.say("new.nothing_borrowed", region=opened.region.name))
    return borrowed


def _read_name(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter(door_text(language(ctx), "usage.blank_name"), ctx, param)
    return " ".join("".join(c if c.isprintable() else " " for c in value).split()) if value else None


COMMANDS = {
    "new": door.command(
        "new",
        _new,
        [
            click.Argument(["code"], metavar="CODE…", nargs=-1, required=True),
            door.option("--like", metavar="REGION", help="help.like", shell_complete=door.complete_region),
            door.option("--name", callback=_read_name, help="help.name"),
            door.today_option(),
            door.output_option(),
        ],
        "cycleplan new PO2510 VO2511 -o regio.yaml",
    )
}
