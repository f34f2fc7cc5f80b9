"""``atlas`` over all partnerships beside ``check foodvalley``, each as a whole process: time and memory.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/atlas.py``.
"""

from __future__ import annotations

import sys

from timing import CHECK, TODAY, check_process, medians, peak_memory, run, shown

ATLAS = "atlas (whole process)"
AT_MOST_TIME, AT_MOST_MEMORY = 3, 1.5
CHECKED = ["-m", "cycleplan", "check", "foodvalley", "--today", TODAY]


def main() -> None:
    """Print the times, the memory and both ratios; exit 1 if one of them is too high in three rounds."""
    for form in ("text", "json", "csv"):
        command = ["-m", "cycleplan", "atlas", "--today", TODAY, "--format", form]
        if not any(_within(command, form) for _ in range(3)):
            sys.exit(1)


def _within(command: list[str], form: str) -> bool:
    found = medians({ATLAS: lambda: run(command), CHECK: check_process})
    for name, taken in found.items():
        print(shown(name, taken, found[CHECK]))
    memory = peak_memory(command), peak_memory(CHECKED)
    ratio, of_memory = found[ATLAS] / found[CHECK], memory[0] / memory[1]
    print(f"{form}: {ratio:.2f} times the time of a check (at most {AT_MOST_TIME})")
    print(f"{form}: {of_memory:.2f} times its memory (at most {AT_MOST_MEMORY}): {memory[0]} beside {memory[1]} kB")
    return ratio <= AT_MOST_TIME and of_memory <= AT_MOST_MEMORY


if __name__ == "__main__":
    main()
