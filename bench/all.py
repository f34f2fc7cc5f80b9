"""All that is measured, in one table: every figure a ratio of two things in the same run, with its limit if it has one.

Run it after ``pip install -e '.[bench]'`` with ``python bench/all.py``; it exits 1 if a figure is over its limit.
"""

from __future__ import annotations

import sys

import atlas
import proposals
import startup
import taskjuggler
import website
import windows
from timing import found, show

PARTS = (startup, windows, proposals, website, atlas, taskjuggler)


def main() -> None:
    """Measure part by part, and print the table."""
    figures = []
    for part in PARTS:
        print(f"measuring: {part.__name__}", file=sys.stderr)
        figures += found(part.measure)
    show(figures)


if __name__ == "__main__":
    main()
