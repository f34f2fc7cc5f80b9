"""A file is written whole or not at all, whenever the process is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from histories import first
from running import as_yaml, publisher

from cycleplan.commands import streams

# Writes a file, and kills itself at the *number*th line of the code that does; prints the lines if it came through.
_KILLED_AT = """
import os, signal, sys
from pathlib import Path
from cycleplan.commands import streams
number, path = int(sys.argv[1]), Path(sys.argv[2])
here, seen = streams.__file__, 0
def trace(frame, event, _):
    global seen
    if frame.f_code.co_filename == here:
        if event in ("line", "return"):  # before a line, and after the last one
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
sys.settrace(trace)
streams.write_whole(path, b"new " * 50_000)
sys.settrace(None)
print(seen)
"""


def _write_and_die(path: Path, number: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _KILLED_AT, str(number), str(path)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)


def test_a_writer_that_is_killed_at_any_line_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    old, new = b"old " * 50_000, b"new " * 50_000
    path = tmp_path / "feed.ics"
    path.write_bytes(old)
    lines = int(_write_and_die(path, 0).stdout)
    assert lines > 8
    found = []
    for number in range(1, lines + 1):
        path.write_bytes(old)
        assert _write_and_die(path, number).returncode == -signal.SIGKILL
        found.append(path.read_bytes())
    assert set(found) == {old, new}
    assert found == sorted(found, reverse=True)  # "old" before "new", and nothing between


@pytest.mark.slow
def test_a_hundred_publications_killed_at_random_leave_the_old_feed_or_the_new_one(tmp_path: Path) -> None:
    before, after = first(), {**first(), "agreements": [], "revised": "2026-12-01"}
    old = publisher(as_yaml(before).encode()).publish().content
    new = publisher(as_yaml(after).encode()).publish("all", old).content
    region, feed = tmp_path / "r.yaml", tmp_path / "feed.ics"
    region.write_text(as_yaml(after), encoding="utf-8")
    program = "from cycleplan.commands import main; main()"
    command = [sys.executable, "-c", program, "calendar", str(region), "-o", str(feed)]

    def publish(delay: float | None, writing: bool = False) -> float:
        feed.write_bytes(old)
        start = time.monotonic()
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": "0"})
        if delay is not None:
            if writing:
                while process.poll() is None and not any(tmp_path.glob(".feed.ics.*")) and feed.read_bytes() == old:
                    pass
            time.sleep(delay)
            process.kill()
        process.wait(60)
        return time.monotonic() - start

    whole = min(publish(None) for _ in range(5))
    assert feed.read_bytes() == new
    chance, found = random.Random(4), []
    for number in range(100):
        # A third at any moment, the rest from the moment on which the writing begins.
        if number % 3 == 0:
            publish(chance.uniform(0, whole))
        else:
            publish(chance.uniform(0, 0.01), writing=True)
        found.append(feed.read_bytes())
        for left in tmp_path.glob(".feed.ics.*"):  # what a killed writer leaves is hidden, and no feed
            left.unlink()
    assert set(found) == {old, new}  # it was killed before, and after
    assert sorted(tmp_path.iterdir()) == [feed, region]


def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.ics"
    path.write_bytes(b"old")
    path.chmod(0o640)
    streams.write_whole(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
