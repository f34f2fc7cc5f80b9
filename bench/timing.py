"""What the benches share: medians of calls that take turns, so that a busy machine slows them alike."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

TODAY = "2026-11-22"
CHECK = "check foodvalley (whole process)"


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    gc.collect()
    gc.disable()  # as a command does
    start = time.perf_counter()
    call()
    taken = time.perf_counter() - start
    gc.enable()
    return taken


def medians(calls: Mapping[str, Callable[[], object]], rounds: int = 7) -> dict[str, float]:
    """The median seconds of each call, run in turn; a first round warms the caches and is not counted."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        for name, call in calls.items():
            taken = seconds(call)
            if turn:
                times[name].append(taken)
    return {name: statistics.median(found) for name, found in times.items()}


def run(arguments: Sequence[str]) -> None:
    """One whole Python process."""
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def peak_memory(arguments: Sequence[str]) -> int:
    """The most memory that one whole Python process takes, in kB as Linux counts (``ru_maxrss``).

    In a process between, since it is the largest of all children that is told.
    """
    told = "import resource, subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]], check=True, "
    told += "stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    return int(subprocess.run([sys.executable, "-c", told, *arguments], check=True, capture_output=True).stdout)


def check_process() -> None:
    """One ``cycleplan check foodvalley``, as a planner starts it."""
    run(["-m", "cycleplan", "check", "foodvalley", "--today", TODAY])


def shown(name: str, taken: float, beside: float) -> str:
    """A line with the milliseconds and how often *beside* goes into them."""
    return f"{taken * 1000:8.1f} ms  {taken / beside:6.2f} x  {name}"
