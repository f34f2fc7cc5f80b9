"""The wheel holds cycleplan with its data, asks for the core dependencies only, and is small."""

import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
MOST = 1_000_000  # bytes of the wheel without data
DATA = ("cycleplan/data/", "cycleplan/regions/", "cycleplan/templates/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    made = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(made), str(ROOT)]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    assert ran.returncode == 0, ran.stderr
    (path,) = made.glob("*.whl")
    assert path.name.endswith("-py3-none-any.whl")
    return zipfile.ZipFile(path)


def tracked(*folders: str) -> set[str]:
    command = ["git", "ls-files", "-z", "--", *folders]
    return set(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")) - {""}


def test_the_wheel_weighs_less_than_a_megabyte_beside_its_data(wheel: zipfile.ZipFile) -> None:
    code = sum(entry.compress_size for entry in wheel.infolist() if not entry.filename.startswith(DATA))
    data = sum(entry.compress_size for entry in wheel.infolist() if entry.filename.startswith(DATA))
    print(f"the wheel: {code / 1000:.0f} kB of code, {data / 1000:.0f} kB of data")
    assert 100_000 < code < MOST
    assert code + data < MOST  # today even with its data


def test_the_wheel_holds_what_git_has_of_the_package_its_regions_and_templates_and_nothing_else(
    wheel: zipfile.ZipFile,
) -> None:
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    expected = tracked("cycleplan") | {f"cycleplan/{name}" for name in tracked("regions", "templates")}
    assert names == expected
    about = {name.partition(".dist-info/")[2] for name in wheel.namelist()} - {""}
    assert about == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def test_the_wheel_asks_for_the_core_dependencies_only(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
    asked = [Requirement(line) for line in Parser().parsestr(wheel.read(name).decode()).get_all("Requires-Dist") or []]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    core = {str(Requirement(line)) for line in project["dependencies"]}
    assert {str(one) for one in asked if one.marker is None} == core
    assert all("extra ==" in str(one.marker) for one in asked if one.marker)
    assert len(core) == 10  # as docs/dependencies.md says
