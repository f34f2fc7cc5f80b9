"""Make what follows from the code and the data.

The law as the program reads it, the legislation matrix, where we read the law with doubt, the reference of the
commands, and the JSON Schema.

``python docs/make.py`` writes them; ``python docs/make.py --check`` writes nothing, names what is out of date
and then ends with 1.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))
import pages  # beside this file

from cycleplan import fileformat, resources, yamltext
from cycleplan.law import Law, Provision, load_law
from cycleplan.uses import use_of
from cycleplan.wording import legislation
from cycleplan.wording.words import Words

ROOT = Path(__file__).resolve().parents[1]

_INTRO = """\
# De wet in het programma

<!-- Gemaakt door docs/make.py uit cycleplan/data/law.yaml. Wijzig dat bestand en maak de bladzij opnieuw. -->

Hieronder staan alle bepalingen waar het programma van weet: {count} versies, bijgewerkt op {revised}. \
Een datum die uit de wet volgt, verwijst naar een van deze regels. Dit is een overzicht voor planners \
en geen juridisch advies.

*This is the legislation matrix, made from the data file that the program computes with: one row per \
version of a provision, with the days on which it holds, its rule in words, whether a day off moves the \
date, what it is used for, how it is known, and its source. The texts here are Dutch, as the law is; \
`cycleplan law --lang en` tells them in English.*

## Opvragen

    cycleplan law                          de bepalingen die vandaag gelden, per onderwerp
    cycleplan law --on 2022-03-30          die op een andere dag golden
    cycleplan law SWV-03                   één bepaling: al haar versies, met citaat en bron
    cycleplan law SWV-03/PO                alleen die voor het primair onderwijs
    cycleplan law GR-04b/2022-01-01        één versie, bij de sleutel die elders in de JSON `basis` heet
    cycleplan law SWV-03 --json            hetzelfde voor een programma

Een versie die op de gevraagde dag geldt, staat achter een `>`. Geldt er dan geen, dan staat er van welke \
dagen wel een versie bekend is. Er wordt nooit op een oudere regel teruggevallen: vraagt een berekening om een \
jaar zonder bekende regel, dan is dat een fout die de bekende jaren noemt.

## Zo lees je de tabellen

- **Id** is de naam van de bepaling. Staat een id er vaker, dan zijn dat versies door de tijd, of de wet \
voor primair (PO) en die voor voortgezet onderwijs (VO).
- **Geldig** noemt de dagen waarvan bekend is dat de tekst gold, begin en eind meegerekend. Een bepaling \
kan ouder zijn; dat is dan niet nagegaan.
- **Regel** is de datum zoals het programma hem rekent. Een streepje: de bepaling geeft geen datum.
- **Verschuift** zegt of een weekend- of feestdag de datum opschuift, en volgens welke wet. \
"Vóór 1 mei" schuift nooit op.
- **Gebruikt** zegt waarvoor, en welke opdrachten de bepaling noemen of iets anders zouden zeggen als zij \
anders was. Dat is nagegaan door haar te veranderen en te kijken welke uitvoer dan verandert; de bladzijden van \
`site` bestaan uit dezelfde uitvoer, en `atlas`, `compare`, `diff` en `new` rusten op wat `check` en `windows` \
uitrekenen en staan er niet apart bij. Een streepje: er rust geen datum of zin op.
- **Bewijs** is *wettekst* (de tekst is gelezen), *gepubliceerd* (een bladzij die het zegt) of *lezing* \
(een uitleg van de wet, of van wat zij niet zegt), met hoe zeker het is. Wat een merk betekent, staat erachter.

## Twee merken

Achter een artikel kan een merk staan, hier en overal waar het programma dat artikel noemt: op het scherm, in \
een stuk, op de bladzij, in een agenda en in een tabel. In de JSON is het `marks`.

- **(oudere tekst)**: de tekst die is gelezen, is ouder dan die geldt of gold. Dat is zo in drie gevallen. De \
bepaling geldt nog, en van dezelfde wet is voor een andere bepaling een nieuwere tekst gelezen. Of de tekst is van \
voor de eerste dag waarop deze versie geldt. Of de wet is na die tekst gewijzigd of kan dat zijn, terwijl deze \
versie gold, en die latere teksten zijn niet gelezen (`later_unread` in het gegevensbestand).
- **(lezing)**: het programma vult aan wat de tekst openlaat. Soms is de hele bepaling een lezing, soms een deel, \
zoals dat een vrije dag een termijn verlengt (`reading` in het gegevensbestand). Rekenen wat er staat, zoals dat \
"vóór 1 mei" op 30 april eindigt en niet opschuift, is geen lezing.

Geen merk betekent, waar het bewijs wettekst is: de bepaling is gelezen in de nieuwste tekst van die wet die wij \
hebben, of, als zij niet meer geldt, in een tekst uit haar tijd. Is er een nog nieuwere, dan weet het programma dat \
niet; de dag van de gelezen tekst staat bij `cycleplan law ID`.

Het citaat staat daar ook, en in `cycleplan/data/law.yaml`.
"""
_HEAD = """\
| Id | Bepaling | Wat | Geldig | Regel | Verschuift | Gebruikt | Bewijs | Bron |
|---|---|---|---|---|---|---|---|---|
"""


def matrix(law: Law) -> str:
    """Return the legislation matrix of *law*. Raises ValueError for a provision without a group."""
    words = Words("nl", law)
    groups: dict[str, list[Provision]] = {group: [] for group in legislation.GROUPS}
    for provision in law.provisions:
        groups[legislation.group(provision)].append(provision)
    parts = [_INTRO.format(count=len(law.provisions), revised=words.day(law.revised))]
    for group, provisions in groups.items():
        rows = "".join(f"| {' | '.join(_row(p, words))} |\n" for p in provisions)
        parts.append(f"## {words.say(f'law.group.{group}')}\n\n{_HEAD}{rows}")
    return "\n".join(parts)


def schema() -> str:
    """Return the JSON Schema of a region file, for editors."""
    return json.dumps(fileformat.json_schema(), indent=2, ensure_ascii=False) + "\n"


def _row(provision: Provision, words: Words) -> tuple[str, ...]:
    note, mind = provision.note.get("nl"), legislation.mind(provision, words)
    cells = (
        provision.called.replace("/", " "),
        words.article(provision.key),
        provision.about["nl"] + (f" *{note}*" if note else ""),
        legislation.validity(provision, words),
        legislation.rule(provision, words) or "–",
        legislation.roll(provision, words) or "–",
        legislation.use(provision, words) if use_of(provision) else "–",
        legislation.evidence(provision, words) + (f". *{mind}*" if mind else ""),
    )
    return (*(cell.replace("|", "\\|") for cell in cells), _source(provision.source))


def _source(source: str) -> str:
    """Make the source a link that shows its site; leave it as it stands if it is no address."""
    if not re.fullmatch(r"https?://\S+", source):
        return source.replace("|", "\\|")
    address = source.replace("|", "%7C").replace("(", "%28").replace(")", "%29")
    return f"[{urlsplit(source).netloc.removeprefix('www.')}]({address})"


def law_as_json() -> str:
    """The text of ``law.json``: what ``law.yaml`` says, without its comments."""
    path = resources.data("law.yaml")
    read = yamltext.read(path.read_bytes(), path.name)
    if read.problems:
        raise ValueError(read.problems)
    return json.dumps(read.data, ensure_ascii=False, indent=1) + "\n"


# What is made, in this order: the file and the function that gives its text. The law comes first, the rest reads it.
MADE: Mapping[str, Callable[[], str]] = {
    "cycleplan/data/law.json": law_as_json,
    "docs/wetgeving.md": lambda: matrix(load_law()),
    "docs/wet-lezen.md": lambda: pages.reading(load_law(), "nl"),
    "docs/reading-the-law.md": lambda: pages.reading(load_law(), "en"),
    "docs/opdrachten.md": lambda: pages.commands("nl"),
    "docs/commands.md": lambda: pages.commands("en"),
    "docs/region.schema.json": schema,
}


def out_of_date(root: Path = ROOT) -> list[str]:
    """List the made files under *root* that are missing or differ from what would be made now."""
    found = []
    for name, text in MADE.items():
        path = root / name
        if not path.is_file() or path.read_bytes() != text().encode():
            found.append(name)
    return found


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` name those that are out of date; the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python docs/make.py [--check]", file=sys.stderr)
        return 2
    if arguments:
        for name in (stale := out_of_date()):
            print(f"{name} is out of date: run python docs/make.py", file=sys.stderr)
        return 1 if stale else 0
    for name, text in MADE.items():
        (ROOT / name).write_bytes(text().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
