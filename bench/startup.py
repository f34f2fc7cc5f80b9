"""How long ``check foodvalley`` takes as a whole process, against a Python that only imports what it needs.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/startup.py``. All
processes are run in turn, so that a busy machine slows them alike; the median of each is taken.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 10
CHECK = "check foodvalley (whole process)"
LOADED = "only the imports: click, yaml, rich, pydantic, as cycleplan names them"
TODAY = "2026-11-22"
PROCESSES = {
    CHECK: ["-m", "cycleplan", "check", "foodvalley", "--today", TODAY],
    LOADED: [
        "-c",
        "import click, yaml; from rich.console import Console; from rich.text import Text; from pydantic import "
        "BeforeValidator, ConfigDict, Field, PlainValidator, TypeAdapter, WithJsonSchema, with_config",
    ],
    # rich and pydantic put off their own imports until a name is asked for, so this loads them only in part.
    "only `import click, yaml, rich, pydantic`": ["-c", "import click, yaml, rich, pydantic"],
    "bare Python": ["-c", "pass"],
}


def measure(runs: int = RUNS) -> dict[str, float]:
    """The median seconds of each process, run in turn."""
    times: dict[str, list[float]] = {name: [] for name in PROCESSES}
    for turn in range(runs + 1):
        for name, arguments in PROCESSES.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
            if turn:  # the first turn warms the caches
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    """Print the medians and their ratios; exit 1 if ``check`` takes more than twice the imports in three rounds.

    A machine that others use can be busy for a whole round; it says so by the rounds that it prints.
    """
    for _ in range(3):
        found = measure()
        for name, seconds in found.items():
            print(f"{seconds * 1000:7.0f} ms  {found[CHECK] / seconds:5.2f} x  {name}")
        ratio = found[CHECK] / found[LOADED]
        print(f"check takes {ratio:.2f} times its imports (at most 2)")
        if ratio <= 2:
            return
    sys.exit(1)


if __name__ == "__main__":
    main()
