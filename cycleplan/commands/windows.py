"""``windows``: when all colleges are outside standstill and recess."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cycleplan.alignment import Alignment
from cycleplan.commands import door, language, streams
from cycleplan.errors import CycleplanError, nearest
from cycleplan.outputs import records
from cycleplan.outputs.terminal import windows as windows_screen
from cycleplan.wording import door_text
from cycleplan.wording.words import Words


def _windows(
    region: str,
    plan: str | None,
    horizon: bool,
    partnership: str | None,
    today: date,
    first: date | None,
    last: date | None,
    formation: door.Formation,
    as_json: bool,
    output: Path | None,
    lang: str | None,
) -> None:
    if plan and horizon:
        ctx = click.get_current_context()
        raise click.UsageError(door_text(language(ctx), "usage.plan_or_horizon"), ctx)
    if partnership and not horizon:
        ctx = click.get_current_context()
        raise click.UsageError(door_text(language(ctx), "usage.one_horizon"), ctx)
    opened = door.usable_region(region, today, lang, formation)
    alignment = opened.align(today, first, last)
    color = streams.has_color(output)
    make = _over_horizon if horizon else _per_plan
    streams.put(make(alignment, opened.words, partnership if horizon else plan, as_json, color), output)


def _per_plan(alignment: Alignment, words: Words, plan: str | None, as_json: bool, color: bool) -> str | bytes:
    with_oogo = [a for a in alignment.assessments if a.consultation]
    if plan:
        chosen = [a for a in with_oogo if a.plan.id == plan]
        if not chosen:
            near = nearest(plan, [a.plan.id for a in with_oogo])
            raise CycleplanError("no-such-plan", id=plan, near=near)
    else:
        chosen = [a for a in with_oogo if a.plan.last is None or a.plan.last.day >= alignment.today]
        if as_json:
            chosen = with_oogo
    if as_json:
        return records.encoded(records.windows(alignment, chosen, words))
    return windows_screen.windows(alignment, chosen, words, color, with_steps=bool(plan))


def _over_horizon(alignment: Alignment, words: Words, owner: str | None, as_json: bool, color: bool) -> str | bytes:
    availability = alignment.whole_area(owner)
    name = owner or alignment.region.id
    if as_json:
        return records.encoded(records.horizon_windows(alignment, name, availability, words))
    return windows_screen.horizon_windows(alignment, words.party(name), availability, words, color)


COMMANDS = {
    "windows": door.command(
        "windows",
        _windows,
        [
            door.region_argument(),
            door.option("--plan", help="help.plan", metavar="ID"),
            door.option("--horizon", is_flag=True, help="help.horizon"),
            door.option("--partnership", help="help.partnership", metavar="CODE"),
            door.today_option(),
            *door.horizon_options(),
            door.formation_option(),
            door.json_option(),
            door.output_option(),
        ],
        "cycleplan windows foodvalley --plan VO2509/ondersteuningsplan/2027-08-01",
    )
}
