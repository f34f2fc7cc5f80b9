"""Proposals for every partnership of the country, each on its own, beside one whole ``check foodvalley`` process.

Three ways: from the text of the region file; from a region that has been loaded, so with the building of the
Alignment and of what every plan costs; and once more on the same Alignment, which has assessed the plans. The last
is what is held to 0.3 of a process: the search for the best sequences itself, as the study measured it.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/proposals.py``.
"""

from __future__ import annotations

import sys

import country
from timing import CHECK, check_process, medians, shown

from cycleplan.alignment import Alignment
from cycleplan.proposals import propose

LOADED = "proposals, with building the Alignment and the costs of all plans"
SEARCHED = "proposals, on an Alignment that has worked these out"
READ = "proposals, from the text of the region file"


def propose_all(alignment: Alignment) -> int:
    """Propose for each partnership on its own, and say for how many."""
    return len(propose(alignment).alternatives)


def main() -> None:
    """Print the times and their ratios; exit 1 if proposals take more than 0.3 of a process in three rounds."""
    region = country.region()
    worked_out = country.aligned(region)
    print(f"proposals for {propose_all(worked_out)} of {len(region.partnerships)} partnerships")
    for _ in range(3):
        found = medians(
            {
                SEARCHED: lambda: propose_all(worked_out),
                LOADED: lambda: propose_all(country.aligned(region)),
                READ: lambda: propose_all(country.aligned(country.region())),
                CHECK: check_process,
            },
            rounds=5,
        )
        for name, taken in found.items():
            print(shown(name, taken, found[CHECK]))
        ratio = found[SEARCHED] / found[CHECK]
        print(f"proposals take {ratio:.2f} of one process (at most 0.3)")
        if ratio <= 0.3:
            return
    sys.exit(1)


if __name__ == "__main__":
    main()
