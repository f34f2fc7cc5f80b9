"""The same input gives the same bytes: on every machine, in every place, at every hour."""

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from histories import first
from running import REGIONS, TODAY, as_yaml, publisher

PACKAGE = Path(__file__).parent.parent / "cycleplan"

# Every command with what it makes; {} is the region.
COMMANDS = [
    "check {}", "check {} --json", "check {} --problems", "windows {}", "windows {} --json",
    "windows {} --horizon --json", "propose {}", "propose {} --together --json", "timeline {}",
    "timeline {} --format json", "timeline {} --format csv", "timeline {} --format mermaid",
    "timeline {} --format xlsx", "memo {}", "memo {} --lang en",
    "memo {} --type collegevoorstel --format html", "memo {} --type oogo-agenda --format docx",
    "diff foodvalley {}", "diff foodvalley {} --json", "diff foodvalley {} --format md",
    "explain {}", "explain {} --json", "calendar {}", "calendar {} --for opr", "atlas --today 2026-11-22",
    "atlas --json --today 2026-11-22", "atlas --format csv --today 2026-11-22", "list", "list --json", "schema",
    "compare foodvalley noord-kennemerland --today 2026-11-22",
    "compare noord-kennemerland foodvalley --today 2026-11-22 --json",
    "compare foodvalley noord-kennemerland --today 2026-11-22 --format md",
    "compare foodvalley noord-kennemerland --today 2026-11-22 --format csv",
]  # fmt: skip

# Runs the commands by the door, in a process of its own, and prints their bytes as hexadecimal.
_PROGRAM = """
import io, json, sys
{clock}
from cycleplan.commands import main
found, real = {{}}, sys.stdout
for line in json.loads(sys.argv[1]):
    sys.argv = ["cycleplan", *line.split()]
    out = io.BytesIO()
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        main()
    except SystemExit as left:
        assert not left.code, line
    sys.stdout.flush()
    found[line] = out.getvalue().hex()
json.dump(found, real)
"""

# A clock of another year, put in the place of the real one before anything of cycleplan is read.
_OTHER_CLOCK = """
import datetime, time
class Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])
class Day(datetime.date, metaclass=Kind):
    @classmethod
    def today(cls):
        return datetime.date(2031, 7, 7)
class Moment(datetime.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return cls(2031, 7, 7, 7, 7, 7, tzinfo=tz)
    utcnow = now
    @classmethod
    def today(cls):
        return cls.now()
assert Day.today().year == 2031 and isinstance(Day(2020, 1, 1), datetime.date)
datetime.date, datetime.datetime = Day, Moment
time.time = lambda: 1_940_000_000.0
time.time_ns = lambda: 1_940_000_000_000_000_000
"""


@cache
def made(lines: tuple[str, ...], clock: str = "", cwd: Path | None = None, **env: str) -> dict[str, bytes]:
    """The bytes of each command line, in a process with this environment."""
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(clock=clock), json.dumps(lines)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **env},
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return {line: bytes.fromhex(text) for line, text in json.loads(ran.stdout).items()}


def lines_with_today() -> tuple[str, ...]:
    """Every command for every region, each on the day of these tests."""
    found = []
    for command in COMMANDS:
        for region in REGIONS if "{}" in command else ("",):
            today = f" --today {TODAY}" if "{}" in command else ""
            found.append(command.format(region) + today)
    return tuple(dict.fromkeys(found))


PLACES = {
    "here": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "far east": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "nl_NL.UTF-8", "LANG": "nl_NL.UTF-8"},
    "far west": {"PYTHONHASHSEED": "4294967295", "TZ": "Etc/GMT+12", "LC_ALL": "tr_TR.UTF-8", "LANG": "C"},
}


def test_a_feed_that_goes_on_from_another_has_the_same_bytes_wherever_it_is_made(tmp_path: Path) -> None:
    (tmp_path / "before.ics").write_bytes(publisher(as_yaml(first()).encode()).publish().content)
    after = {**first(), "agreements": [], "revised": "2026-12-01"}
    (tmp_path / "r.yaml").write_text(as_yaml(after), encoding="utf-8")
    line = (f"calendar {tmp_path / 'r.yaml'} --previous {tmp_path / 'before.ics'}",)
    found = {made(line, **env)[line[0]] for env in PLACES.values()} | set(made(line, clock=_OTHER_CLOCK).values())
    assert len(found) == 1
    assert b"SUMMARY:VERVALLEN: " in found.pop()


def test_two_runs_give_the_same_bytes_elsewhere_at_another_hour(tmp_path: Path) -> None:
    lines = lines_with_today()
    here = made(lines, **PLACES["here"])
    there = made(lines, clock=_OTHER_CLOCK, cwd=tmp_path, **PLACES["far east"])
    assert [line for line in lines if here[line] != there[line]] == []
    assert all(here.values())


@pytest.mark.slow
@pytest.mark.parametrize(("place", "clock"), [("far east", ""), ("far west", ""), ("here", _OTHER_CLOCK)])
def test_two_runs_give_the_same_bytes_wherever_and_whenever_they_are_made(
    place: str, clock: str, tmp_path: Path
) -> None:
    lines = lines_with_today()
    here, there = made(lines, **PLACES["here"]), made(lines, clock=clock, cwd=tmp_path, **PLACES[place])
    assert [line for line in lines if here[line] != there[line]] == []


def test_a_calendar_does_not_depend_on_the_clock_at_all_and_a_check_does() -> None:
    lines = tuple(f"{command} {region}" for region in REGIONS for command in ("calendar", "check"))
    now, later = made(lines, **PLACES["here"]), made(lines, clock=_OTHER_CLOCK)
    for region in REGIONS:
        assert now[f"calendar {region}"] == later[f"calendar {region}"]
        assert b"7 juli 2031" in later[f"check {region}"]


_CLOCKS = re.compile(
    r"\btoday\(|\bdate\.today\b|\bnow\(|\butcnow\b|\btime\.time\b|\btime_ns\b|\blocaltime\b|\buuid[14]\b|\brandom\."
    r"|import random|\bfromtimestamp\b|\bgetmtime\b|\bst_mtime\b"
)


def test_the_clock_and_chance_are_asked_for_at_the_door_only() -> None:
    asking = [
        f"{path.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.parent.name != "commands"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        # The sentence that tells a planner how to make a UUID of her own.
        if _CLOCKS.search(line.replace("import uuid; print(uuid.uuid4())", ""))
    ]
    assert asking == []


def test_the_door_asks_the_clock_in_one_place_and_chance_in_one_for_the_id_of_a_new_calendar() -> None:
    asking = [
        (path.name, found[0])
        for path in sorted((PACKAGE / "commands").glob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if (found := _CLOCKS.search(line))
    ]
    assert asking == [("door.py", "date.today"), ("door.py", "uuid4")]
