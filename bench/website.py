"""A site of the two regions of which most is known, beside one whole ``check foodvalley`` process.

Twice: in an empty folder, and over the site that stands there, of which nothing has changed.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/website.py``.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from timing import CHECK, FORMER, TODAY, Figure, check_process, former_check_process, found, medians, run, show

NEW = "site of two regions, in an empty folder"
REGIONS = ("foodvalley", "noord-kennemerland")
AGAIN = "site of two regions, over the same site"


def site(folder: Path) -> None:
    """One ``cycleplan site``, as a planner starts it."""
    run(["-m", "cycleplan", "site", str(folder), *REGIONS, "--today", TODAY])


def anew(folder: Path) -> None:
    """The same, with nothing there."""
    shutil.rmtree(folder, ignore_errors=True)
    site(folder)


def measure() -> list[Figure]:
    """The figures of a site."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "site"
        calls = {NEW: lambda: anew(folder), AGAIN: lambda: site(folder)}
        taken = medians({**calls, CHECK: check_process, FORMER: former_check_process}, rounds=5)
    held = [Figure(name, FORMER, taken[name] / taken[FORMER], most=10) for name in calls]
    return [*held, *(Figure(name, CHECK, taken[name] / taken[CHECK]) for name in calls)]


if __name__ == "__main__":
    show(found(measure))
