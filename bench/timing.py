"""What the benches share: medians of calls that take turns, so that a busy machine slows them alike, and the table.

Every figure is a ratio of two things that were measured in the same run.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

TODAY = "2026-11-22"
CHECK = "check foodvalley (whole process)"
CHECKED = ("-m", "cycleplan", "check", "foodvalley", "--today", TODAY)
ROUNDS = 5

# pip compiles what it installs, so nobody waits for that; without this a process would do it every time.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


# Limits of before: they were set beside a check that read the law as YAML and, as Python left, looked through all that
# was read. What they hold has not become slower, but a check has become quicker: they keep what they were set beside.
FORMER = "check foodvalley as it was: the law read as YAML, and leaving as Python does by itself"
_FORMER = """
import gc; gc.disable()
from cycleplan import commands, resources, yamltext
law = resources.data("law.yaml")
yamltext.read(law.read_bytes(), law.name)
commands.main()
"""


class Figure(NamedTuple):
    """How many times as long (or as much memory) *what* takes as *beside*, and between what limits that must be."""

    what: str
    beside: str
    ratio: float
    most: float | None = None
    least: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the figure is within its limits."""
        return (self.most is None or self.ratio <= self.most) and (self.least is None or self.ratio >= self.least)

    @property
    def limit(self) -> str:
        """Its limit as the table says it; empty where there is none."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else ""


def found(measure: Callable[[], list[Figure]]) -> list[Figure]:
    """What *measure* finds; again, up to five times, for figures that are not within their limits.

    A machine that others use can be busy for a whole round; a figure that never holds is what it was the last time.
    """
    figures = measure()
    for _ in range(ROUNDS - 1):
        if all(figure.holds for figure in figures):
            break
        figures = [old if old.holds else new for old, new in zip(figures, measure(), strict=True)]
    return figures


def table(figures: Iterable[Figure]) -> str:
    """The figures as lines of text."""
    lines = [f"{'ratio':>8}  {'limit':<7}  what, beside what"]
    for figure in figures:
        told = "" if figure.holds else "   OVER ITS LIMIT"
        lines.append(f"{figure.ratio:8.2f}  {figure.limit:<7}  {figure.what}, beside {figure.beside}{told}")
    return "\n".join(lines)


def show(figures: Sequence[Figure]) -> None:
    """Print the table; exit 1 if a figure is not within its limits."""
    print(table(figures))
    if not all(figure.holds for figure in figures):
        sys.exit(1)


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    gc.collect()
    gc.disable()  # as a command does
    start = time.perf_counter()
    call()
    taken = time.perf_counter() - start
    gc.enable()
    return taken


def turns(calls: Mapping[str, Callable[[], object]], rounds: int) -> list[dict[str, float]]:
    """The seconds of each call, turn by turn; a first turn warms the caches and is not counted."""
    return [{name: seconds(call) for name, call in calls.items()} for _ in range(rounds + 1)][1:]


def medians(calls: Mapping[str, Callable[[], object]], rounds: int = 7) -> dict[str, float]:
    """The median seconds of each call, run in turn."""
    taken = turns(calls, rounds)
    return {name: statistics.median(turn[name] for turn in taken) for name in calls}


def paired(taken: Sequence[Mapping[str, float]], what: str, beside: str) -> float:
    """The median of how many times as long *what* took as *beside* in the same turn: the machine's pace drops out."""
    return statistics.median(turn[what] / turn[beside] for turn in taken)


def run(arguments: Sequence[str]) -> None:
    """One whole Python process."""
    command([sys.executable, *arguments])


def command(line: Sequence[str]) -> None:
    """One whole process of any program; what it says is shown only if it fails."""
    ran = subprocess.run(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_ENVIRONMENT)
    if ran.returncode:
        sys.exit(f"this failed: {line}\n{ran.stderr.decode(errors='replace')}")


def peak_memory(arguments: Sequence[str]) -> int:
    """The most memory that one whole Python process takes, in kB as Linux counts (``ru_maxrss``).

    In a process between, since it is the largest of all children that is told.
    """
    told = "import resource, subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]], check=True, "
    told += "stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    line = [sys.executable, "-c", told, *arguments]
    return int(subprocess.run(line, check=True, capture_output=True, env=_ENVIRONMENT).stdout)


def former_check_process() -> None:
    """The same, looking for cycles as it leaves."""
    run(["-c", _FORMER, *CHECKED[2:]])


def check_process() -> None:
    """One ``cycleplan check foodvalley``, as a planner starts it."""
    run(CHECKED)
