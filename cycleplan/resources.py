"""Where the files that ship with cycleplan stand: in the wheel, or beside the package in a checkout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

_PACKAGE = Path(__file__).parent


def _shipped(folder: str) -> Path:
    # The wheel carries regions/ and templates/ inside the package; in a checkout they stand beside it.
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def data(name: str) -> Path:
    """The path of the package's data file *name*."""
    return _PACKAGE / "data" / name


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of the data table *name* (without ``.csv``), each as column → text."""
    import csv  # `--version` and completion read no table

    with data(f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        columns = next(rows)
        for row in rows:  # as csv.DictReader does it, which takes three times as long
            yield dict(zip(columns, row, strict=True))


def revised(name: str) -> date:
    """The day on which the data file *name* was last changed: its line ``revised:``, read without YAML.

    ``--version`` asks for it, and should not have to read the law to say of when it is.
    """
    with data(name).open(encoding="utf-8") as lines:
        line = next(line for line in lines if line.startswith("revised:"))
    return date.fromisoformat(line.removeprefix("revised:").strip())


def templates() -> Path:
    """The folder with the templates."""
    return _shipped("templates")


def region_files() -> dict[str, Path]:
    """The shipped regions: id → path, by id."""
    return {path.stem: path for path in sorted(_shipped("regions").glob("*.yaml"))}
