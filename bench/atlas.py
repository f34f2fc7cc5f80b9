"""``atlas`` over all partnerships beside ``check foodvalley``, each as a whole process: time and memory.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/atlas.py``.
"""

from __future__ import annotations

from functools import partial

from timing import CHECK, CHECKED, TODAY, Figure, check_process, found, medians, peak_memory, run, show

FORMS = ("text", "json", "csv")


def measure() -> list[Figure]:
    """The time and the memory of the atlas in each form."""
    lines = {f"atlas, as {form}": ("-m", "cycleplan", "atlas", "--today", TODAY, "--format", form) for form in FORMS}
    taken = medians({**{name: partial(run, line) for name, line in lines.items()}, CHECK: check_process})
    memory = peak_memory(CHECKED)
    times = [Figure(name, CHECK, taken[name] / taken[CHECK], most=3) for name in lines]
    return times + [Figure(f"memory of {n}", CHECK, peak_memory(line) / memory, most=1.5) for n, line in lines.items()]


if __name__ == "__main__":
    show(found(measure))
