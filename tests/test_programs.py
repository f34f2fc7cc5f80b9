"""Programs that are not ours read our files as we mean them."""

import json
import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from running import LANGUAGES, REGIONS, TODAY, aligned, record, region_text, run, timeline_of, words_of

from cycleplan.outputs import calendar

pytestmark = pytest.mark.programs

DAY = timedelta(days=1)
PROGRAMS = Path(__file__).parent / "programs"


def node(script: str, file: Path) -> Any:
    """What a script for Node prints about a file, as JSON."""
    if "CYCLEPLAN_NODE_MODULES" not in os.environ:
        pytest.fail(
            "CYCLEPLAN_NODE_MODULES is not set. Run `npm install --no-package-lock --prefix DIR ical.js@2.2.1` "
            "and set it to DIR/node_modules.",
            pytrace=False,
        )
    program = shutil.which("node")
    if program is None:
        pytest.fail("There is no `node` on the path; these tests need Node 20 or later.", pytrace=False)
    ran = subprocess.run([program, PROGRAMS / script, file], capture_output=True, encoding="utf-8", timeout=60)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_ical_js_reads_the_days_and_titles_that_the_timeline_has(region: str, lang: str, tmp_path: Path) -> None:
    file = tmp_path / "feed.ics"
    assert run("calendar", region, "--lang", lang, "-o", file).code == 0
    told = record("timeline", region, "--format", "json", "--lang", lang)
    assert told["today"] == TODAY == aligned(region).region.revised.isoformat()
    meant = sorted((e["first"], e["last"], e["title"]) for e in told["entries"] if e["calendar"])

    read = node("read_calendar.mjs", file)
    assert read["others"] == 0
    assert read["name"].startswith(aligned(region).region.name)
    assert all(e["wholeDays"] for e in read["events"])
    found = [(e["first"], (date.fromisoformat(e["after"]) - DAY).isoformat(), e["title"]) for e in read["events"]]
    assert sorted(found) == meant
    assert len({e["uid"] for e in read["events"]}) == len(meant) > 50


@pytest.mark.parametrize("region", REGIONS)
def test_ical_js_reads_the_descriptions_as_they_were_written(region: str, tmp_path: Path) -> None:
    file = tmp_path / "feed.ics"
    assert run("calendar", region, "-o", file).code == 0
    words = words_of(aligned(region))
    meant = sorted(calendar.description(e, words) for e in timeline_of(region).for_calendar)
    assert sorted(e["text"] for e in node("read_calendar.mjs", file)["events"]) == meant


def test_ical_js_reads_a_name_with_marks_of_every_kind_as_typed(tmp_path: Path) -> None:
    name = 'Zorg; "jeugd", én \\ onderwijs 👩‍🏫 \\n'
    region, file = tmp_path / "r.yaml", tmp_path / "feed.ics"
    region.write_bytes(region_text(name))
    assert run("calendar", region, "-o", file).code == 0
    titles = {e["title"] for e in node("read_calendar.mjs", file)["events"]}
    assert f"{name}: gemeenteraadsverkiezing" in titles
