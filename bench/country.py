"""The whole country as one region: every partnership of the register, each with a plan of four school years."""

from __future__ import annotations

from datetime import date

from timing import TODAY as TODAY_TEXT

from cycleplan.alignment import Alignment, align
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.region import Region
from cycleplan.register import load_register

TODAY = date.fromisoformat(TODAY_TEXT)


def text() -> bytes:
    """A region file with every partnership that exists today; a national one has no municipalities of its own."""
    lines = ["region: nederland", "name: Nederland", "revised: 2026-11-22", "partnerships:"]
    partnerships = [p for p in load_register().partnerships.values() if not p.successor]
    for n, partnership in enumerate(sorted(partnerships, key=lambda p: p.code)):
        first = 2023 + n % 4  # by turns, so that all phases of the councils' cycle occur
        plan = f"{{years: {first}-{first + 4}, status: actual, source: bench}}"
        lines += [f"  - code: {partnership.code}", f"    plans: [{plan}]"]
    return "\n".join(lines).encode()


def region() -> Region:
    """The region, loaded."""
    loaded = load_text(text(), "nederland.yaml", load_register())
    assert loaded.region, loaded.problems[:3]
    assert loaded.usable, [p for p in loaded.problems if p.level == "error"][:3]
    return loaded.region


def aligned(region: Region) -> Alignment:
    """Its alignment, in which nothing has been worked out yet."""
    return align(region, load_register(), load_law(), TODAY)
