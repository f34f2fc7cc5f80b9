"""``check``, ``timeline`` as a page and ``calendar`` of Foodvalley beside TaskJuggler with a comparable project.

``foodvalley.tjp`` has the same parties, plans and steps; ``tj3`` (Debian's tj3) schedules it and writes its HTML and
iCal. Where there is no tj3 the figure is left out.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/taskjuggler.py``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from timing import TODAY, Figure, check_process, command, found, medians, run, show

PROJECT = Path(__file__).with_name("foodvalley.tjp")
OURS = "check, timeline and calendar of foodvalley (three processes)"
THEIRS = "TaskJuggler (tj3) with a comparable project"


def measure() -> list[Figure]:
    """How ours take beside theirs; nothing where there is no tj3."""
    tj3 = shutil.which("tj3")
    if tj3 is None:
        print("left out: TaskJuggler, since there is no `tj3` on the path", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as made:
        theirs_to = Path(made) / "tj3"
        theirs_to.mkdir()

        def ours() -> None:
            check_process()
            for name, file in (("timeline", "tijdlijn.html"), ("calendar", "agenda.ics")):
                run(["-m", "cycleplan", name, "foodvalley", "--today", TODAY, "-o", f"{made}/{file}"])

        def theirs() -> None:
            command([tj3, "--silent", "--no-color", "--output-dir", str(theirs_to), str(PROJECT)])

        taken = medians({OURS: ours, THEIRS: theirs}, rounds=5)
    return [Figure(OURS, THEIRS, taken[OURS] / taken[THEIRS])]


if __name__ == "__main__":
    show(found(measure))
