"""The text of a new region file: what the register knows, and as comments the places for what only people know."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from cycleplan.beginning import Beginning, CouncilThen, Joining
from cycleplan.names import called
from cycleplan.outputs.regionfile import period_keys
from cycleplan.register import KnownPlan, Register, RegisteredPartnership
from cycleplan.wording.words import Words

_WIDTH = 110
_SOURCE = 'source: ""'  # the reader asks for one where it is left empty


class Title(NamedTuple):
    """What the file says of itself; *calendar* is a random UUID, *today* the day of its first edit."""

    id: str
    name: str
    calendar: str
    today: date


class Borrowed(NamedTuple):
    """What is taken over of the file of another region: its ``policy`` and ``procedure``, as read."""

    region: str
    policy: Mapping[str, Any]
    procedure: Mapping[str, Any]


def render(title: Title, beginning: Beginning, register: Register, words: Words, borrowed: Borrowed | None) -> str:
    """The region file as YAML; ``loading`` reads it without errors."""
    lines = [*_head(title, beginning, register, words), ""]
    lines += [
        f"region: {json.dumps(title.id)}",  # in quotes: 2030 and no are ids, and YAML takes them for something else
        f"name: {json.dumps(title.name, ensure_ascii=False)}",
        f"language: {words.lang}",
        f"revised: {title.today}",
        f"calendar: {{id: {title.calendar}}}",
    ]
    lines += [*_blocks(borrowed, words), "", *_comment(words.say("new.municipalities"))]
    lines.append("municipalities:" if beginning.municipalities else "municipalities: []\n")
    for joining in beginning.municipalities:
        lines += [*_municipality(joining, beginning, register, words), ""]
    lines += _comment(words.say("new.partnerships"))
    lines.append("partnerships:" if beginning.partnerships else "partnerships: []\n")
    for partnership in beginning.partnerships:
        lines += [*_partnership(partnership, beginning, register, words), ""]
    for partnership in beginning.beside:
        name = called(partnership.code, register)
        lines += [*_comment(words.say("new.beside"), 2)] if partnership == beginning.beside[0] else []
        lines.append(f"  # - code: {partnership.code}  # {name}")
    lines += ["", *_comment(words.say("new.region_plans")), *_example("plans", words, "kind: regiovisie", 0)]
    lines += ["", *_comment(words.say("new.agreements")), *_agreement(beginning, words)]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _comment(text: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=" " * indent + "# ", subsequent_indent=" " * indent + "# ")


def _head(title: Title, beginning: Beginning, register: Register, words: Words) -> Iterator[str]:
    yield from _comment(words.say("new.head", today=title.today, revised=register.revised))
    yield "#"
    yield from _comment(words.say("new.how"))
    yield "#"
    yield from _comment(words.say("new.missing"))
    missing = [words.say("new.missing_plans", codes=words.row(beginning.unknown))] if beginning.unknown else []
    awaited = next((joining.awaited for joining in beginning.municipalities if joining.awaited), None)
    if awaited:
        missing.append(words.say("new.missing_colleges", election=awaited))
    if beginning.municipalities:
        missing.append(words.say("new.missing_youth"))
    missing.append(words.say("new.missing_procedure"))
    for number, text in enumerate(missing, 1):
        yield from _comment(f"  {number}. {text}")


def _blocks(borrowed: Borrowed | None, words: Words) -> Iterator[str]:
    """``procedure`` and ``policy``: those of another region, or the places for them."""
    yield ""
    if borrowed and (borrowed.policy or borrowed.procedure):
        yield from _comment(words.say("new.borrowed", region=borrowed.region))
        for key, block in (("procedure", borrowed.procedure), ("policy", borrowed.policy)):
            if block:
                yield f"{key}:"
                yield from (f"  {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in block.items())
        return
    yield from _comment(words.say("new.procedure"))
    yield "# procedure: {opens: 01-15, order: [oogo, opr], opr_weeks: 6, adoption_weeks: 2}"


def _municipality(joining: Joining, beginning: Beginning, register: Register, words: Words) -> Iterator[str]:
    yield f"  - code: {joining.code}  # {called(joining.code, register)}"
    yield from _comment(" ".join(_about(joining, beginning, register, words)), 4)
    place = f"elected: {joining.awaited}, college_formed: {words.say('new.day')}" if joining.awaited else ""
    if joining.councils:
        yield "    councils:"
        for council in joining.councils:
            yield from _council(council)
        if place:
            yield f"      # - {{{place}, status: actual, {_SOURCE}}}"
    elif place:
        yield from _example("councils", words, place, 4)
    yield from _example("plans", words, "kind: jeugdplan", 4)


def _about(joining: Joining, beginning: Beginning, register: Register, words: Words) -> Iterator[str]:
    """What is to be told of a municipality: sentences."""
    for day, old in joining.joined:
        code = "new.came_of" if day == joining.since else "new.grew"
        yield words.say(code, day=day, names=words.row(called(one, register) for one in old))
    for day in joining.skipped:
        yield words.say("new.skipped", day=day)
    if joining.goes:
        day, into = joining.goes
        yield words.say("new.goes", day=day, into=called(into, register))
    if len(joining.holiday_regions) > 1:
        used, *others = joining.holiday_regions
        yield words.say("new.holiday_regions", used=used, others=words.row(others), first=others[0])
    for code, sector in beginning.without:
        if code == joining.code:
            yield words.say("new.without", sector=sector)


def _council(council: CouncilThen) -> Iterator[str]:
    yield f"      - elected: {council.elected}"
    if council.college:
        yield f"        college_formed: {council.college.day}"
    yield f"        status: {council.status}"
    yield f"        source: {json.dumps(council.source, ensure_ascii=False)}"


def _partnership(
    partnership: RegisteredPartnership, beginning: Beginning, register: Register, words: Words
) -> Iterator[str]:
    yield f"  - code: {partnership.code}  # {called(partnership.code, register)}"
    yield from _comment(_area(partnership, register, words), 4)
    plans = beginning.plans[partnership.code]
    steps = ", ".join(f"{key}: {words.say('new.day')}" for key in ("oogo", "opr", "adopted", "submitted"))
    place = f"{{years: {words.say('new.years')}, status: actual, {_SOURCE}, {steps}}}"
    if plans:
        yield "    plans:"
        for plan in plans:
            yield from _plan(plan, words.lang)
        if partnership.code in beginning.unknown:
            yield from _comment(words.say("new.running_plan"), 6)
            yield f"      # - {place}"
    else:
        yield from _comment(words.say("new.running_plan"), 4)
        yield f"    # plans: [{place}]"


def _area(partnership: RegisteredPartnership, register: Register, words: Words) -> str:
    if partnership.national:
        return words.say("new.national")
    names = []
    for code in partnership.municipalities:
        part = partnership.in_part.get(code)
        name = called(code, register)
        if part and part.former:
            name = words.say("new.part_former", name=name, former=words.row(part.former))
        elif part:
            name = words.say("new.part_postcodes", name=name, postcodes=", ".join(part.postcodes))
        names.append(name)
    vintage = partnership.vintage
    day = words.day(date.fromisoformat(vintage)) if len(vintage) > len("2022-11") else vintage
    return words.say("new.area", vintage=day, names=words.row(names))


def _plan(plan: KnownPlan, lang: str) -> Iterator[str]:
    keys = period_keys(plan.first, plan.last) if plan.last else {"first": f"{plan.first}", "last": "unknown"}
    said = {**keys, "status": plan.status.value, **plan.steps, "source": json.dumps(plan.source, ensure_ascii=False)}
    if plan.note:
        said["note"] = json.dumps(plan.note[lang], ensure_ascii=False)
    for number, (key, value) in enumerate(said.items()):
        yield f"      {'-' if number == 0 else ' '} {key}: {value}"


def _example(key: str, words: Words, first: str, indent: int) -> list[str]:
    """The place for something, on one line that is a comment."""
    days = "" if key == "councils" else f", first: {words.say('new.day')}, last: {words.say('new.day')}"
    return [f"{' ' * indent}# {key}: [{{{first}{days}, status: actual, {_SOURCE}}}]"]


def _agreement(beginning: Beginning, words: Words) -> list[str]:
    parties = ", ".join([*(m.code for m in beginning.municipalities), *(p.code for p in beginning.partnerships)])
    day = words.say("new.day")
    lines = (
        "agreements:",
        '  - name: ""',
        f"    parties: [{parties}]",
        f"    first: {day}",
        f"    last: {day}",
        f"    adopted: {{{beginning.municipalities[0].code if beginning.municipalities else 'GM0000'}: {day}}}",
        f"    {_SOURCE}",
    )
    return [f"# {line}" for line in lines]
