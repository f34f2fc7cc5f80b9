"""How long ``check foodvalley`` takes as a whole process, against a Python that only imports what it needs.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/startup.py``. All
processes are run in turn, so that a busy machine slows them alike; the median of each is taken.
"""

from __future__ import annotations

import sys
from functools import partial

from timing import CHECK, check_process, medians, run

RUNS = 10
LOADED = "only the imports: click, yaml, rich, pydantic, as cycleplan names them"
BESIDE = {
    LOADED: [
        "-c",
        "import click, yaml; from rich.console import Console; from rich.text import Text; from pydantic import "
        "BeforeValidator, ConfigDict, Field, PlainValidator, TypeAdapter, WithJsonSchema, with_config",
    ],
    # rich and pydantic put off their own imports until a name is asked for, so this loads them only in part.
    "only `import click, yaml, rich, pydantic`": ["-c", "import click, yaml, rich, pydantic"],
    "bare Python": ["-c", "pass"],
}


def main() -> None:
    """Print the medians and their ratios; exit 1 if ``check`` takes more than twice the imports in five rounds.

    A machine that others use can be busy for a whole round; it says so by the rounds that it prints.
    """
    beside = {name: partial(run, arguments) for name, arguments in BESIDE.items()}
    for _ in range(5):
        found = medians({CHECK: check_process, **beside}, RUNS)
        for name, seconds in found.items():
            print(f"{seconds * 1000:7.0f} ms  {found[CHECK] / seconds:5.2f} x  {name}")
        ratio = found[CHECK] / found[LOADED]
        print(f"check takes {ratio:.2f} times its imports (at most 2)")
        if ratio <= 2:
            return
    sys.exit(1)


if __name__ == "__main__":
    main()
