"""A newcomer follows docs/kwartier.md or docs/quarter.md literally, in bash, with a home and a Python of her own."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from doclines import ROOT, Edit, Line, read
from test_doc_lines import is_run

from cycleplan import __version__

NOTEPAD = """
import sys
from pathlib import Path
file, old, new = Path(sys.argv[1]), *sys.argv[2:]
text = file.read_text()
assert text.count(old) == 1
file.write_text(text.replace(old, new))
"""
LESSONS = {"kwartier": "mijn-regio", "quarter": "my-region"}


def script(page: str, wheel: Path) -> str:
    """All that the lesson says to type or to change, in its order; a new window begins at home."""
    lines = ['say() { printf "> %s\\n" "$*"; }', "cd", 'export PATH="$NEWCOMER:$PATH"']
    for step in read(f"docs/{page}.md"):
        if isinstance(step, Edit):
            lines.append(f"python3 -X utf8 -c {quoted(NOTEPAD)} {step.file} {quoted(step.old)} {quoted(step.new)}")
        elif step.shell and (is_run(step) or not step.text.startswith("cycleplan")):
            if step.text == "cd cycleplan" and any("ensurepath" in line for line in lines):
                lines += ["cd", 'export PATH="$HOME/.local/bin:$PATH"']  # what ensurepath does for a new window
            line = step.text if step.code == 0 else f"{step.text} && exit 9 || test $? -eq {step.code}"
            lines += [f"say {quoted(step.text)}", line]
            if step.text == "cd cycleplan" and not any("ensurepath" in line for line in lines):
                lines.append(f"cp {quoted(str(wheel))} .")
    return "\n".join(lines)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    [made] = folder.glob("*.whl")
    return made


@pytest.mark.parametrize("page", LESSONS)
def test_the_lesson_names_the_wheel_of_this_version(page: str) -> None:
    named = re.findall(r"cycleplan-[\w.]+-py3-none-any\.whl", (ROOT / f"docs/{page}.md").read_text(encoding="utf-8"))
    assert set(named) == {f"cycleplan-{__version__}-py3-none-any.whl"}


@pytest.mark.programs
@pytest.mark.parametrize("page", LESSONS)
def test_who_follows_the_lesson_has_a_page_a_feed_and_a_memo(page: str, wheel: Path, tmp_path: Path) -> None:
    home, python = tmp_path / "home", tmp_path / "python"
    home.mkdir()
    subprocess.run([sys.executable, "-m", "venv", python], check=True)
    kept = {
        name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "LANG", "http", "HTTP"))
    }
    pip_settings = Path.home() / ".config/pip/pip.conf"  # where this machine gets its packages
    if "PIP_CONFIG_FILE" not in kept and pip_settings.exists():
        kept["PIP_CONFIG_FILE"] = str(pip_settings)
    done = subprocess.run(
        ["bash", "-euc", script(page, wheel)],
        cwd=home, env={**kept, "HOME": str(home), "PATH": "/usr/bin:/bin", "NEWCOMER": str(python / "bin")},
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    folder, region = home / "cycleplan", LESSONS[page]
    assert "<svg" in (folder / f"{region}.html").read_text(encoding="utf-8")
    assert (folder / f"{region}.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    with zipfile.ZipFile(folder / "memo-ede.docx") as memo:
        assert "Ede" in memo.read("word/document.xml").decode()
    for step in read(f"docs/{page}.md"):  # all lines of the lesson were in it
        assert not isinstance(step, Line) or not step.shell or not is_run(step) or f"> {step.text}" in done.stdout
