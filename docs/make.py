"""Make the pages of docs/ that follow from the code and the data: the legislation matrix and the JSON Schema.

``python docs/make.py`` writes them; ``python docs/make.py --check`` writes nothing, names what is out of date
and then ends with 1.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from cycleplan import fileformat
from cycleplan.daterules import After, AtMost, BeforeDay, OnDay, Order, Roll, WeekdayWithin
from cycleplan.law import Law, Provision, load_law
from cycleplan.wording import nl

DOCS = Path(__file__).resolve().parent

# The subject groups of the matrix, in its order, by the first part of a provision's id.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Schooljaar en samenwerkingsverband": ("SY", "SWV"),
    "Gemeenteraad": ("GR",),
    "Herindeling": ("HI",),
    "Jeugd en andere plannen": ("JW", "WMO", "WPG", "RMC", "SCH", "LEA", "HV"),
    "Planning en control": ("PC",),
    "Termijnen en vrije dagen": ("AT",),
}

_EVENTS = {
    "adoption": "de vaststelling",
    "appointment_letter": "de benoemingsbrief",
    "appointment_notice": "het bericht van benoeming",
    "budget_to_board": "de behandeling in het algemeen bestuur",
    "merger": "de herindeling",
    "merger_nomination": "de kandidaatstelling",
    "national_health_memo": "de landelijke nota",
    "nomination": "de kandidaatstelling",
    "opr_refusal": "de weigering",
    "polling": "de stemming",
    "public_notice": "de openbare kennisgeving",
    "result": "de uitslag",
    "ruling_known": "de uitspraak",
}
# The event from which "at most so long" counts: the last one of its kind.
_LAST_EVENTS = {
    "adoption": "de vorige vaststelling",
    "local_education_talks": "het vorige overleg",
    "merger": "de herindeling",
    "national_health_memo": "de vorige landelijke nota",
}
_STEPS = {
    "oogo": "OOGO",
    "oogo_procedure": "procedureafspraak",
    "overlap": "overleg met het andere samenwerkingsverband",
    "opr": "instemming van de OPR",
    "adoption": "vaststelling",
}
_ROLLS = {Roll.NONE: "nee", Roll.ATW: "ja (Atw 1)", Roll.KIESWET: "ja (Kieswet Z 12)"}
_EVIDENCE = {"text": "wettekst", "published": "gepubliceerd", "reading": "lezing"}
_CONFIDENCE = {"high": "zeker", "medium": "redelijk zeker", "low": "onzeker"}

_INTRO = """\
# De wet in het programma

<!-- Gemaakt door docs/make.py uit cycleplan/data/law.yaml. Wijzig dat bestand en maak de bladzij opnieuw. -->

Hieronder staan alle bepalingen waar het programma van weet: {count} versies, bijgewerkt op {revised}. \
Een datum die uit de wet volgt, verwijst naar een van deze regels. Dit is een overzicht voor planners \
en geen juridisch advies.

*This is the legislation matrix, made from the data file that the program computes with: one row per \
version of a provision, with the days on which it holds, its rule in words, whether a day off moves the \
date, how it is known, and its source. The texts here are Dutch, as the law is; the data file has each of \
them in English too.*

Zo lees je de tabellen:

- **Id** is de naam van de bepaling. Staat een id er vaker, dan zijn dat versies door de tijd, of de wet \
voor primair (PO) en die voor voortgezet onderwijs (VO).
- **Geldig** noemt de dagen waarvan bekend is dat de tekst gold, begin en eind meegerekend. Een bepaling \
kan ouder zijn; dat is dan niet nagegaan.
- **Regel** is de datum zoals het programma hem rekent. Een streepje: de bepaling geeft geen datum.
- **Verschuift** zegt of een weekend- of feestdag de datum opschuift, en volgens welke wet. \
"Vóór 1 mei" schuift nooit op.
- **Bewijs** is *wettekst* (de tekst is gelezen), *gepubliceerd* (een bladzij die het zegt) of *lezing* \
(een uitleg van de wet, of van wat zij niet zegt), met hoe zeker het is.

Het citaat en de dag van de gelezen tekst staan in `cycleplan/data/law.yaml`.
"""
_HEAD = """\
| Id | Bepaling | Wat | Geldig | Regel | Verschuift | Bewijs | Bron |
|---|---|---|---|---|---|---|---|
"""


def legislation(law: Law) -> str:
    """Return the legislation matrix of *law*.

    Raises ValueError for a provision without a group and for a code without a Dutch word.
    """
    groups: dict[str, list[Provision]] = {group: [] for group in GROUPS}
    for provision in law.provisions:
        groups[_group(provision)].append(provision)
    parts = [_INTRO.format(count=len(law.provisions), revised=_day(law.revised))]
    for group, provisions in groups.items():
        rows = "".join(f"| {' | '.join(_row(p))} |\n" for p in provisions)
        parts.append(f"## {group}\n\n{_HEAD}{rows}")
    return "\n".join(parts)


def schema() -> str:
    """Return the JSON Schema of a region file, for editors."""
    return json.dumps(fileformat.json_schema(), indent=2, ensure_ascii=False) + "\n"


def rule_in_words(provision: Provision) -> str:
    """Say the date rule of *provision* in Dutch; a dash if it gives no date."""
    rule = provision.rule
    match rule:
        case None:
            return "–"
        case OnDay():
            return f"op {_month_day((rule.month, rule.day))}"
        case BeforeDay():
            last = rule.in_year(2001)  # no leap year; no rule says "before 1 March"
            return f"vóór {_month_day((rule.month, rule.day))} (uiterlijk {_month_day((last.month, last.day))})"
        case WeekdayWithin():
            return _weekday_within(rule)
        case After():
            return _after(rule)
        case AtMost():
            amount = _amount(rule.count, rule.unit)
            return f"uiterlijk {amount} na {_word(_LAST_EVENTS, rule.event)}"
        case Order():
            return f"{_word(_STEPS, rule.before)} vóór {_word(_STEPS, rule.after)}"


def _weekday_within(rule: WeekdayWithin) -> str:
    weekday = nl.WEEKDAYS[rule.weekday]
    if rule.first == rule.last:
        return f"{weekday} {_month_day(rule.first)}"
    text = f"{weekday} in {_window(rule.first, rule.last)}"
    if rule.leap_first and rule.leap_last:
        text += f" (schrikkeljaar: {_window(rule.leap_first, rule.leap_last)})"
    return text


def _window(first: tuple[int, int], last: tuple[int, int]) -> str:
    begin = str(first[1]) if first[0] == last[0] else _month_day(first)
    return f"{begin} t/m {_month_day(last)}"


def _after(rule: After) -> str:
    event = _word(_EVENTS, rule.event)
    if rule.count == 0:
        return f"op de dag van {event}"
    if rule.unit == "working_days" and rule.count == 1:
        return f"eerste werkdag na {event}"
    return f"{_amount(abs(rule.count), rule.unit)} {'na' if rule.count > 0 else 'vóór'} {event}"


def _group(provision: Provision) -> str:
    prefix = provision.id.split("-")[0]
    for group, prefixes in GROUPS.items():
        if prefix in prefixes:
            return group
    raise ValueError(f"{provision.id}: no group of the matrix takes {prefix}; see GROUPS in docs/make.py")


def _row(provision: Provision) -> tuple[str, ...]:
    sector = f" {provision.sector}" if provision.sector else ""
    note = provision.note.get("nl")
    what = provision.about["nl"] + (f" *{note}*" if note else "")
    roll = _ROLLS[provision.roll] if provision.roll else "–"
    evidence = _word(_EVIDENCE, provision.evidence)
    cells = (
        provision.id + sector,
        provision.article,
        what,
        _validity(provision),
        rule_in_words(provision),
        roll,
        f"{evidence}, {_word(_CONFIDENCE, provision.confidence)}",
    )
    return (*(cell.replace("|", "\\|") for cell in cells), _source(provision.source))


def _validity(provision: Provision) -> str:
    if provision.valid_to is None:
        return f"vanaf {_day(provision.valid_from)}"
    return f"{_day(provision.valid_from)} t/m {_day(provision.valid_to)}"


def _source(source: str) -> str:
    """Make the source a link that shows its site; leave it as it stands if it is no address."""
    if not re.fullmatch(r"https?://\S+", source):
        return source.replace("|", "\\|")
    address = source.replace("|", "%7C").replace("(", "%28").replace(")", "%29")
    return f"[{urlsplit(source).netloc.removeprefix('www.')}]({address})"


def _amount(count: int, unit: str) -> str:
    one, more = nl.COUNTED[unit]
    return f"{count} {one if count == 1 else more}"


def _day(day: date) -> str:
    return f"{day.day} {nl.MONTHS[day.month - 1]} {day.year}"


def _month_day(month_day: tuple[int, int]) -> str:
    month, day = month_day
    return f"{day} {nl.MONTHS[month - 1]}"


def _word(words: Mapping[str, str], code: str) -> str:
    if code not in words:
        raise ValueError(f"no Dutch word for {code!r}; add it in docs/make.py")
    return words[code]


# What is made: the file in docs/ and the function that gives its text.
PAGES: Mapping[str, Callable[[], str]] = {
    "wetgeving.md": lambda: legislation(load_law()),
    "region.schema.json": schema,
}


def out_of_date(folder: Path = DOCS) -> list[str]:
    """List the made files in *folder* that are missing or differ from what would be made now."""
    found = []
    for name, text in PAGES.items():
        path = folder / name
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
            print(f"docs/{name} is out of date: run python docs/make.py", file=sys.stderr)
        return 1 if stale else 0
    for name, text in PAGES.items():
        (DOCS / name).write_bytes(text().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
