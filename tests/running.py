"""Runs cycleplan within this process, by the same door as a terminal does, and tells what came out of it."""

import io
import json
import shutil
import signal
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cycleplan.alignment import Alignment, align
from cycleplan.audiences import Audiences
from cycleplan.brief import Brief
from cycleplan.commands import main
from cycleplan.law import load_law
from cycleplan.loading import fingerprint, load_region, load_text
from cycleplan.outputs import calendar, memo
from cycleplan.outputs.memo.piece import Piece
from cycleplan.outputs.terminal import check as check_screen
from cycleplan.outputs.terminal import timeline as timeline_screen
from cycleplan.outputs.terminal import windows as windows_screen
from cycleplan.register import load_register
from cycleplan.resources import region_files
from cycleplan.timeline import Timeline, build
from cycleplan.wording.words import Words

TODAY = "2026-11-22"
REGIONS = ("foodvalley", "noord-kennemerland")
LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.raw.decode()


def run(*args: str | Path, encoding: str = "utf-8") -> Ran:
    """Run cycleplan with *args*; standard output and error are pipes with this *encoding*."""
    was = sys.argv, sys.stdout, sys.stderr
    interrupt = signal.getsignal(signal.SIGINT)
    out, err = io.BytesIO(), io.BytesIO()
    sys.argv = ["cycleplan", *map(str, args)]
    sys.stdout = io.TextIOWrapper(out, encoding=encoding, newline="")
    sys.stderr = io.TextIOWrapper(err, encoding=encoding, newline="")
    code = 0
    try:
        main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        found = out.getvalue(), err.getvalue().decode(encoding, "replace")  # click makes UTF-8 of ASCII there
        sys.argv, sys.stdout, sys.stderr = was
        signal.signal(signal.SIGINT, interrupt)
    return Ran(code, *found)


def program(name: str) -> str:
    """The path of a program of others; the test fails where it is not there."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"There is no `{name}` on the path; `tests/programs/install DIR` installs it.", pytrace=False)
    return found


@cache
def told(*args: str) -> str:
    """What cycleplan says to *args* of a region that ships, on the day of these tests."""
    today = () if args[0] in ("list", "schema") else ("--today", TODAY)
    ran = run(*args, *today)
    assert (ran.code, ran.err) == (0, ""), ran.err
    return ran.out


def record(*args: str) -> Any:
    """The JSON that cycleplan answers to *args*."""
    return json.loads(told(*args))


@cache
def aligned(region: str, today: str = TODAY) -> Alignment:
    """The alignment of a region that ships."""
    found = load_region(region_files()[region], load_register()).region
    assert found
    return align(found, load_register(), load_law(), date.fromisoformat(today))


def recent_period(region: str) -> tuple[str, ...]:
    """The options that ask for the period of what is to look at."""
    recent = aligned(region).recent().horizon
    return "--from", str(recent.first), "--to", str(recent.last)


@cache
def timeline_of(region: str) -> Timeline:
    """The timeline of a region that ships."""
    return build(aligned(region))


def words_of(alignment: Alignment, lang: str = "nl") -> Words:
    """The words for a region."""
    return Words(lang, load_law(), alignment.region)


def alignment_of(raw: bytes, today: str | None = None) -> Alignment:
    """The alignment of the text of a region file, which must be without errors; else as of its last edit."""
    loaded = load_text(raw, "test.yaml", load_register())
    assert loaded.usable, loaded.problems
    assert loaded.region
    day = date.fromisoformat(today) if today else loaded.region.revised
    return align(loaded.region, load_register(), load_law(), day)


def feed(raw: bytes, lang: str = "nl") -> bytes:
    """The calendar of the text of a region file."""
    return publisher(raw, lang).publish().content


def publisher(raw: bytes, lang: str = "nl", reminders: tuple[tuple[int, str], ...] = ()) -> calendar.Publisher:
    """What publishes the feeds of the text of a region file."""
    alignment = alignment_of(raw)
    return calendar.Publisher(Audiences(alignment), words_of(alignment, lang), fingerprint(raw), reminders)


@cache
def brief_of(region: str, chair: str | None = None) -> Brief:
    """The brief of a region that ships."""
    return Brief(aligned(region), chair)


@cache
def piece(region: str, type: str = "afstemmingsmemo", lang: str = "nl", chair: str | None = None) -> Piece:
    """A piece of a region that ships."""
    return memo.write(brief_of(region, chair), lang, "VERSION", type)


def piece_of(raw: bytes, type: str = "afstemmingsmemo", lang: str = "nl", chair: str | None = None) -> Piece:
    """A piece of the text of a region file."""
    return memo.write(Brief(alignment_of(raw), chair), lang, "0", type)


def screens(raw: bytes, lang: str = "nl", color: bool = False) -> list[str]:
    """Everything that the text of a region file puts on a screen."""
    alignment = alignment_of(raw)
    words, built = words_of(alignment, lang), build(alignment)
    explained = [timeline_screen.explain(entry, words, color) for entry in built.entries if entry.kind != "recess"]
    return [
        check_screen.check(alignment, [], words, "test.yaml", color),
        windows_screen.windows(alignment, [a for a in alignment.assessments if a.consultation], words, color),
        timeline_screen.timeline(built, alignment, words, color),
        timeline_screen.regions([alignment.region], words, color),
        timeline_screen.explain_ids(built, words),
        *explained,
    ]


# --- region files with names of all kinds


def as_yaml(value: Any) -> str:
    """*value* as YAML in its JSON form; characters that YAML wants escaped are."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    return "".join(f"\\u{ord(c):04x}" if "\x7f" <= c <= "\x9f" or c in "\u2028\u2029\ufeff" else c for c in text)


def region_file(name: str = "Proefregio", **other: Any) -> dict[str, Any]:
    """A region with one of everything, in which *name* stands wherever a text can stand; all dates are invented."""
    fact = {"status": "actual", "source": name, "note": name}
    return {
        "region": "proef",
        "name": name,
        "revised": TODAY,
        "calendar": {"id": "6f0d3c2e-0000-4000-8000-000000000001"},
        "municipalities": [
            {
                "code": "GM0228",
                "name": name,
                "councils": [{"elected": "2022-03-16", "college_formed": "2022-06-01", **fact}],
                "recess": {"add": [{"first": "2027-02-01", "last": "2027-02-05", **fact}]},
                "plans": [{"kind": "jeugdplan", "name": name, "first": "2024-01-01", "last": "2027-12-31", **fact}],
            },
            {"code": "GM0289", "name": name},
        ],
        "partnerships": [
            {
                "code": "PO2510",
                "name": name,
                "municipalities": ["GM0228", "GM0289"],
                "plans": [{"years": "2022-2026", "oogo": "2022-02-10", **fact}],
            },
            {"code": "VO2511", "name": name, "municipalities": ["GM0289"]},
        ],
        "plans": [{"kind": "regiovisie", "name": name, "first": "2024-01-01", "last": "2027-12-31", **fact}],
        "agreements": [
            {
                "name": name,
                "parties": ["GM0228", "PO2510"],
                "first": "2024-01-01",
                "last": "2027-06-30",
                "adopted": {"GM0228": "2023-11-07"},
                "agreed": [name],
                "open": [name],
                **fact,
            }
        ],
        **other,
    }


def region_text(name: str = "Proefregio", **other: Any) -> bytes:
    """The same as the bytes of a region file."""
    return as_yaml(region_file(name, **other)).encode()
