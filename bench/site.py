"""A site of the two regions of which most is known, beside one whole ``check foodvalley`` process.

Twice: in an empty folder, and over the site that stands there, of which nothing has changed.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/site.py``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from timing import CHECK, TODAY, check_process, medians, run, shown

NEW = "site, in an empty folder (whole process)"
REGIONS = ("foodvalley", "noord-kennemerland")
AGAIN = "site, over the same site (whole process)"


def site(folder: Path) -> None:
    """One ``cycleplan site``, as a planner starts it; what it says goes nowhere."""
    code = "import os, sys; sys.stderr = open(os.devnull, 'w'); from cycleplan.commands import main; main()"
    run(["-c", code, "site", str(folder), *REGIONS, "--today", TODAY])


def anew(folder: Path) -> None:
    """The same, with nothing there."""
    shutil.rmtree(folder, ignore_errors=True)
    site(folder)


def main() -> None:
    """Print the times and their ratios; exit 1 if a site takes more than ten times a process in three rounds."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "site"
        for _ in range(3):
            found = medians({NEW: lambda: anew(folder), AGAIN: lambda: site(folder), CHECK: check_process}, rounds=5)
            for name, taken in found.items():
                print(shown(name, taken, found[CHECK]))
            ratio = max(found[NEW], found[AGAIN]) / found[CHECK]
            print(f"a site takes {ratio:.1f} processes (at most 10)")
            if ratio <= 10:
                return
    sys.exit(1)


if __name__ == "__main__":
    main()
