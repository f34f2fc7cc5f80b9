"""The house: format, lint, types, floors, and that what README and docs show is what cycleplan says."""

import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from cycleplan.law import load_law
from cycleplan.loading import load_region
from cycleplan.register import load_register
from cycleplan.resources import region_files

ROOT = Path(__file__).parent.parent
SCREEN_DAY = "2026-11-22"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize(
    "tool",
    [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"],
    ],
    ids=["ruff check", "ruff format", "mypy strict", "import-linter"],
)
def test_the_tools_find_nothing(tool):
    done = run(*tool)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("region", region_files())
def test_a_shipped_region_has_no_errors(region):
    from cycleplan import checks

    loaded = load_region(region_files()[region], load_register())
    assert loaded.usable
    assert loaded.region
    assert loaded.region.id == region
    found = checks.check(loaded.region, load_register(), load_law(), date.fromisoformat(SCREEN_DAY))
    assert [p for p in found if p.level == "error"] == []


def test_the_python_examples_in_the_docs_run():
    examples = re.findall(
        r"^```python\n(.*?)^```", (ROOT / "docs/api.md").read_text(encoding="utf-8"), re.DOTALL | re.M
    )
    assert len(examples) >= 12
    names: dict[str, object] = {}
    for example in examples:  # one goes on from the other; their assertions are the test
        exec(compile(example, "docs/api.md", "exec"), names)


def test_the_oldest_versions_that_are_tried_are_those_that_are_promised():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    promised = [*project["dependencies"], *extras["write"], *extras["word"], *extras["sheet"]]
    text = (ROOT / "tests/minimum.txt").read_text(encoding="utf-8")
    tried = [tuple(line.split("==")) for line in text.splitlines() if not line.startswith("#")]
    assert [name for name, _ in tried] == [name for name, _ in (line.split(">=") for line in promised)]
    for (name, version), line in zip(tried, promised, strict=True):
        assert f"{version}.".startswith(f"{line.split('>=')[1]}."), name


def test_the_readme_opens_with_the_two_commands():
    first, second = re.findall(r"^python3 -m venv .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first.endswith("cycleplan check foodvalley")
    assert second.endswith("pytest")


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in names.split("\0") if name]


def test_nothing_names_a_registry_or_a_path_of_a_machine():
    hosts = re.compile(
        r"pypi[.]org|python" + r"hosted|npm" + r"js[.]|deb[.]" + r"debian|(^|[\s\"'(])/(work|root|home)/"
    )
    texts = {path: path.read_bytes().decode("utf-8", "replace") for path in tracked() if path.is_file()}
    assert [str(path) for path, text in texts.items() if path != Path(__file__) and hosts.search(text)] == []


def test_only_the_door_reads_the_clock():
    clock = re.compile(r"date\.today\b|datetime\.(now|utcnow)\b|time\.time\b|uuid4\(")
    modules = [p for p in (ROOT / "cycleplan").rglob("*.py") if "commands" not in p.parts]
    assert [p.name for p in modules if clock.search(p.read_text(encoding="utf-8"))] == []
