"""What it takes to start: ``--version`` beside bare click, ``check foodvalley`` beside the libraries that it needs.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/startup.py``.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from timing import CHECK, CHECKED, Figure, check_process, found, paired, run, show, turns

from cycleplan import resources

TURNS = 15
VERSION = "cycleplan --version"
CLICK = "a bare click command that prints a version"
IMPORTS = "a Python that imports the same libraries"
LOADED = "a Python that imports the same libraries and reads the file with PyYAML's C loader"
BARE = "a Python that does nothing"
BARE_CLICK = "import click; click.version_option('1', prog_name='bare')(click.command()(lambda: None))()"
# All that a check leaves imported of others, in its order: what stands where click stands, and is not ours.
_TELL = """
import sys
from cycleplan.commands import click, main
try:
    main()
finally:
    beside = click.__path__[0].removesuffix("click")
    files = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
    told = [name for name, file in files.items() if file.startswith(beside) and not name.startswith("cycleplan")]
    print(*(name for name in told if "distutils" not in name), file=sys.stderr)
"""


def libraries() -> list[str]:
    """The modules of other packages that ``check foodvalley`` imports."""
    line = [sys.executable, "-c", _TELL, *CHECKED[2:]]
    return subprocess.run(line, check=True, capture_output=True, encoding="utf-8").stderr.split()


def measure() -> list[Figure]:
    """The figures of the start."""
    imports = f"import {', '.join(libraries())}"
    path = resources.region_files()["foodvalley"]
    load = f"{imports}; yaml.load(open({str(path)!r}, 'rb'), yaml.CSafeLoader)"
    taken = turns(
        {
            VERSION: partial(run, ["-m", "cycleplan", "--version"]),
            CLICK: partial(run, ["-c", BARE_CLICK, "--version"]),
            CHECK: check_process,
            LOADED: partial(run, ["-c", load]),
            IMPORTS: partial(run, ["-c", imports]),
            BARE: partial(run, ["-c", "pass"]),
        },
        TURNS,
    )
    return [
        Figure(VERSION, CLICK, paired(taken, VERSION, CLICK), most=1.5),
        Figure(CHECK, LOADED, paired(taken, CHECK, LOADED), most=1.3),
        Figure(CHECK, IMPORTS, paired(taken, CHECK, IMPORTS)),
        Figure(CHECK, BARE, paired(taken, CHECK, BARE)),
    ]


if __name__ == "__main__":
    show(found(measure))
