"""Proposals for every partnership of the country, each on its own, beside one whole ``check foodvalley`` process.

Three ways: from the text of the region file; from a region that has been loaded, so with the building of the
Alignment and of what every plan costs; and once more on the same Alignment, which has assessed the plans. The last
is what is held to 0.3 of a process: the search for the best sequences itself, as the study measured it.

Run it with the Python of the environment in which cycleplan is installed: ``python bench/proposals.py``.
"""

from __future__ import annotations

import country
from timing import CHECK, FORMER, Figure, check_process, former_check_process, found, medians, show

from cycleplan.alignment import Alignment
from cycleplan.proposals import propose

LOADED = "proposals for the country, with its Alignment and the costs of all plans"
SEARCHED = "proposals for the country, on an Alignment that has worked these out"
READ = "proposals for the country, from the text of the region file"


def propose_all(alignment: Alignment) -> int:
    """Propose for each partnership on its own, and say for how many."""
    return len(propose(alignment).alternatives)


def measure() -> list[Figure]:
    """The figures of proposals."""
    region = country.region()
    worked_out = country.aligned(region)
    taken = medians(
        {
            SEARCHED: lambda: propose_all(worked_out),
            LOADED: lambda: propose_all(country.aligned(region)),
            READ: lambda: propose_all(country.aligned(country.region())),
            CHECK: check_process,
            FORMER: former_check_process,
        },
        rounds=5,
    )
    return [
        Figure(SEARCHED, FORMER, taken[SEARCHED] / taken[FORMER], most=0.3),
        *(Figure(name, CHECK, taken[name] / taken[CHECK]) for name in (SEARCHED, LOADED, READ)),
    ]


if __name__ == "__main__":
    show(found(measure))
