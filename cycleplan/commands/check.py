"""``check``: problems, what next, and whether the plans are in step."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cycleplan.alignment import Alignment
from cycleplan.assessment import Verdict
from cycleplan.commands import door, streams
from cycleplan.errors import Problem
from cycleplan.outputs.terminal import check as check_screen

if TYPE_CHECKING:
    from cycleplan.outputs.records import Source

_THRESHOLDS = ("warning", "at_risk", "out_of_step")


def _check(
    region: str,
    today: date,
    first: date | None,
    last: date | None,
    formation: door.Formation,
    as_json: bool,
    problems: bool,
    fail_on: str | None,
    output: Path | None,
    lang: str | None,
) -> int:
    opened = door.open_region(region, today, lang, formation)
    words = opened.words
    alignment = opened.align(today, first, last) if opened.usable else None
    if as_json:
        from cycleplan.outputs import records

        source = _source(opened) if alignment else None
        record = records.check(opened.region, today, opened.problems, words, alignment, source)
        streams.put(records.encoded(record), output)
    elif problems or alignment is None:
        streams.put(check_screen.problem_lines(opened.problems, words), output)
    else:
        color = streams.has_color(output)
        streams.put(check_screen.check(alignment, opened.problems, words, region, color), output)
    return 1 if alignment is None or _crossed(fail_on, opened.problems, alignment) else 0


def _source(opened: door.Opened) -> Source:
    """The file itself, so that ``diff`` can later tell a change of the law from a change of the file."""
    from cycleplan.loading import fingerprint
    from cycleplan.outputs.records import Source

    assert opened.region
    text = opened.raw.decode("utf-8-sig").replace("\r\n", "\n")  # as YAML reads it
    return Source(Path(opened.region.file).name, fingerprint(opened.raw), text)


def _crossed(threshold: str | None, problems: tuple[Problem, ...], alignment: Alignment) -> bool:
    """Whether the threshold asked for with ``--fail-on`` is crossed by a warning or a running or next plan."""
    if threshold is None:
        return False
    if threshold == "warning":
        return bool(problems)
    bad = {Verdict.OUT_OF_STEP} if threshold == "out_of_step" else {Verdict.OUT_OF_STEP, Verdict.AT_RISK}
    return any(a.verdict in bad for a in alignment.shown)


COMMANDS = {
    "check": door.command(
        "check",
        _check,
        [
            door.region_argument(),
            door.today_option(),
            *door.horizon_options(),
            door.formation_option(),
            door.json_option(),
            door.option("--problems", is_flag=True, help="help.problems"),
            door.option("--fail-on", type=click.Choice(_THRESHOLDS), help="help.fail_on"),
            door.output_option(),
        ],
        "cycleplan check foodvalley",
    )
}
