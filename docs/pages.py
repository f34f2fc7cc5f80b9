"""The pages that docs/make.py makes of the commands' own help, and of the doubts in the law file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from cycleplan.commands import Command, cli
from cycleplan.law import Law, Mark, Provision
from cycleplan.wording import door_text, legislation
from cycleplan.wording.words import Words

_MADE = "<!-- Gemaakt door docs/make.py. Wijzig deze bladzij niet zelf. Made by docs/make.py; do not edit. -->"
_COMMANDS = {
    "nl": """\
# Alle opdrachten

{made}

*In English: [commands.md](commands.md).*

Deze lijst is gemaakt van de uitleg die de opdrachten zelf geven: `cycleplan --help`, en `cycleplan check --help` voor \
één ervan. REGION is de naam van een regio die meekomt (`cycleplan list`) of van je eigen regiobestand. Wat tussen \
rechte haken staat, mag je weglaten. Een bestand komt er heel of niet, en nooit over het \
bestand dat is gelezen.
""",
    "en": """\
# All commands

{made}

*In Dutch: [opdrachten.md](opdrachten.md).*

This list is made of the commands' own help: `cycleplan --help`, and `cycleplan check --help` for one of them. REGION is \
the name of a region that ships (`cycleplan list`) or of a region file of your own. What stands in square brackets may \
be left out. A file is written whole or not at all, and never over the file that was read.
""",
}

_READING = {
    "nl": """\
# Hoe wij de wet lezen, en waar dat twijfel geeft

{made}

*In English: [reading-the-law.md](reading-the-law.md).*

Het programma rekent met {count} versies van bepalingen, bijgewerkt op {revised}. De meeste geven een datum die \
letterlijk in de wet staat: "vóór 1 mei" is uiterlijk 30 april. Op deze bladzij staat de rest: waar de wet iets openlaat en \
wij dat invullen, waar wij een oudere tekst lazen, en waar wij minder zeker zijn. Alles komt uit hetzelfde bestand als de \
berekening. Alle bepalingen staan in [de wet in het programma](wetgeving.md); één ervan vraag je op, met citaat en bron:

```sh
cycleplan law SWV-03
```

Lees je de wet anders, dan kun je vaak zelf kiezen: een regiobestand heeft `procedure` en `policy` \
([zo houd je het bij](gegevens.md)). Dit is geen juridisch advies.
""",
    "en": """\
# How we read the law, and where that leaves doubt

{made}

*In Dutch: [wet-lezen.md](wet-lezen.md).*

The program computes with {count} versions of provisions, revised on {revised}. Most give a date that the law states \
literally: "before 1 May" is 30 April at the latest. This page has the rest: where the law leaves something open and we \
fill it in, where we read an older text, and where we are less sure. All of it comes from the file that is computed with. All \
provisions are in [the legislation matrix](wetgeving.md) (Dutch); one of them, with quote and source, you get with:

```sh
cycleplan law SWV-03 --lang en
```

If you read the law otherwise you can often choose: a region file has `procedure` and `policy` \
([how to keep it](data-format.md)). This is no legal advice.
""",
}
_PARTS = {
    "nl": {
        "reading": (
            "Waar wij iets invullen",
            "De wet laat hier iets open. Achter het artikel staat overal **(lezing)**.",
        ),
        "older": (
            "Waar wij een oudere tekst lazen",
            "De tekst die is gelezen, is ouder dan die nu geldt. Achter het artikel staat overal **(oudere tekst)**.",
        ),
        "unsure": ("Waar wij minder zeker zijn", "Deze bepalingen dragen geen merk, maar zijn niet helemaal zeker."),
        "note": ("Wat je erbij moet weten", "Hier is geen twijfel over de tekst; dit zegt hij erbij, of juist niet."),
        "past": ("Wat niet meer geldt", "Voor plannen van vroeger. Ook hier is iets ingevuld of niet gelezen."),
    },
    "en": {
        "reading": (
            "Where we fill something in",
            "The law leaves something open here. Everywhere the article has **(a reading)** behind it.",
        ),
        "older": (
            "Where we read an older text",
            "The text that was read is older than the one in force. Everywhere the article has **(older text)** behind it.",
        ),
        "unsure": ("Where we are less sure", "These provisions have no mark, but are not wholly certain."),
        "note": (
            "What to know besides",
            "There is no doubt about the text here; this is what it says besides, or does not.",
        ),
        "past": ("What is no longer in force", "For plans of the past. Here too something was filled in or not read."),
    },
}


def commands(lang: str) -> str:
    """The reference of all commands: sentence, example, arguments and every option with its help."""
    with click.Context(cli, info_name="cycleplan") as group:
        group.meta["cycleplan.lang"] = lang
        parts = [_COMMANDS[lang].format(made=_MADE), *_options(cli, group)]
        for name in cli.list_commands(group):
            command = cli.get_command(group, name)
            assert isinstance(command, Command)
            assert command.help
            with click.Context(command, parent=group, info_name=name) as ctx:
                pieces = " ".join(command._usage_pieces(ctx))
                parts += [f"\n## {name}\n", f"{door_text(lang, command.help)}\n"]
                parts += [
                    f"    cycleplan {name} {pieces}\n",
                    f"{door_text(lang, 'help.examples')}:\n",
                    f"```sh\n{command.example}\n```\n",
                    *_options(command, ctx),
                ]
    return "\n".join(parts) + "\n"


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record and isinstance(param, click.Option):
            yield f"- `{record[0]}`: {door_text(ctx.find_root().meta['cycleplan.lang'], param.help or '')}"


def reading(law: Law, lang: str) -> str:
    """Where the program reads the law, an older text of it, or is less than sure, of the provisions in force and gone."""
    words = Words(lang, law)
    kinds: dict[str, list[Provision]] = {part: [] for part in _PARTS[lang]}
    for provision in law.provisions:
        if kind := _kind(provision, law):
            kinds[kind].append(provision)
    parts = [_READING[lang].format(made=_MADE, count=len(law.provisions), revised=words.day(law.revised))]
    for kind, (title, intro) in _PARTS[lang].items():
        lines = [_doubt(provision, words, lang) for provision in kinds[kind]]
        if lines:
            parts.append(f"## {title}\n\n{intro}\n\n" + "".join(lines))
    return "\n".join(parts)


def _kind(provision: Provision, law: Law) -> str | None:
    marks = law.marks(provision)
    if not provision.holds_on(law.revised) and provision.valid_from <= law.revised:
        return "past" if marks else None
    if Mark.READING in marks:
        return "reading"
    if Mark.OLDER in marks:
        return "older"
    if provision.confidence != "high":
        return "unsure"
    return "note" if provision.note else None


def _doubt(provision: Provision, words: Words, lang: str) -> str:
    known = f"({provision.called}, {legislation.evidence(provision, words)})"
    told: list[Any] = [provision.about[lang], provision.note.get(lang), legislation.mind(provision, words), known]
    return f"- **{words.article(provision.key)}.** {' '.join(filter(None, told))}\n"
