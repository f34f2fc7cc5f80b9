"""``propose``: which sequences of plans are better in step, and what they cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan.alignment import HORIZON_SCHOOL_YEARS, end_of_horizon
from cycleplan.commands import door, language, streams
from cycleplan.errors import CycleplanError
from cycleplan.loading import find_region
from cycleplan.proposals import LONGEST_HORIZON, Proposal, Proposals, propose
from cycleplan.wording import door_text
from cycleplan.wording.words import Words


def _propose(
    region: str,
    partnership: tuple[str, ...],
    together: bool,
    may_shorten: bool,
    horizon_years: int,
    write: Path | None,
    choose: tuple[int, ...],
    today: date,
    formation: door.Formation,
    as_json: bool,
    output: Path | None,
    lang: str | None,
) -> None:
    _refuse_what_does_not_go_together(write, choose, may_shorten)
    opened = door.usable_region(region, today, lang, formation)
    alignment = opened.align(today, None, end_of_horizon(today, horizon_years))
    codes = [code.strip() for given in partnership for code in given.split(",")]
    found = propose(alignment, codes, together, may_shorten)
    if write:
        streams.put(_with_chosen(find_region(region), found, choose, today, opened.words), write)
        streams.tell(opened.words.say("propose.written", file=str(write)))
    if as_json:
        from cycleplan.outputs.records.base import encoded
        from cycleplan.outputs.records.propose import propose as record

        streams.put(encoded(record(found, alignment, opened.words)), output)
        return
    from cycleplan.outputs.terminal.propose import propose as screen

    streams.put(screen(found, alignment, opened.words, may_shorten, streams.has_color(output)), output)


def _refuse_what_does_not_go_together(write: Path | None, choose: tuple[int, ...], may_shorten: bool) -> None:
    ctx = click.get_current_context()
    if choose and not write:
        raise click.UsageError(door_text(language(ctx), "usage.choose_needs_write"), ctx)
    if write and may_shorten:  # to end an adopted plan earlier is for its partnership to decide, not for a file
        raise click.UsageError(door_text(language(ctx), "usage.write_or_shorten"), ctx)


def _with_chosen(path: Path, found: Proposals, choose: tuple[int, ...], today: date, words: Words) -> bytes:
    """The region file with the plans of the chosen proposals, of others the recommended one, as expected."""
    from cycleplan.outputs.regionfile import PlanToWrite, with_plans

    source = words.say("propose.source", day=today)
    plans: dict[str, list[PlanToWrite]] = {}
    for proposal in _chosen(found, choose):
        for plan in proposal.plans:
            new = PlanToWrite(plan.period.first, plan.period.last, source)
            plans.setdefault(plan.plan.owner, []).append(new)
    if not plans:
        raise CycleplanError("nothing-to-write")
    try:
        text = path.read_bytes()
    except OSError as error:
        raise CycleplanError("cannot-read", file=str(path), reason=error.strerror or "") from error
    return with_plans(text, plans)


def _chosen(found: Proposals, numbers: tuple[int, ...]) -> list[Proposal]:
    """One proposal per group: the one with a number asked for, else the recommended one."""
    in_order = [(group, proposal) for group in found.alternatives for proposal in group.proposals]
    chosen: dict[tuple[str, ...], tuple[int, Proposal]] = {}
    for number in numbers:
        if not 1 <= number <= len(in_order):
            raise CycleplanError("no-such-proposal", number=number, most=len(in_order))
        group, proposal = in_order[number - 1]
        other, _ = chosen.setdefault(group.partnerships, (number, proposal))
        if other != number:
            raise CycleplanError("two-chosen", number=other, other=number)
    return [chosen.get(group.partnerships, (0, group.recommended))[1] for group in found.alternatives]


COMMANDS = {
    "propose": door.command(
        "propose",
        _propose,
        [
            door.region_argument(),
            door.option("--partnership", multiple=True, help="help.propose_partnership", metavar="CODE"),
            door.option("--together", is_flag=True, help="help.together"),
            door.option("--may-shorten", is_flag=True, help="help.may_shorten"),
            door.option(
                "--horizon-years",
                type=click.IntRange(1, LONGEST_HORIZON),
                default=HORIZON_SCHOOL_YEARS,
                help="help.horizon_years",
                metavar="N",
            ),
            door.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="help.write", metavar="FILE"),
            door.option("--choose", type=int, multiple=True, help="help.choose", metavar="NUMMER"),
            door.today_option(),
            door.formation_option(),
            door.json_option(),
            door.output_option(),
        ],
        "cycleplan propose foodvalley --partnership PO2510",
    )
}
