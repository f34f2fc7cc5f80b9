"""What a shell completes: by click's own classes, and in the shells themselves."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete
from running import program, run

from cycleplan.commands import _COMMANDS, cli
from cycleplan.resources import region_files

ROOT = Path(__file__).parent.parent
SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
# What click knows to be a usage error is none while somebody types.
ODD_LINES = [
    "nope ",
    "check --lang fr ",
    "check foodvalley --today nonsense --lang ",
    "--version ",
    "check 'open",
    "timeline foodvalley --format ",
    "check a b c ",
    "--nope check ",
]


def completed(*typed: str) -> list[CompletionItem]:
    """What may stand in the place of the last of *typed*."""
    return ShellComplete(cli, {}, "cycleplan", "_CYCLEPLAN_COMPLETE").get_completions(list(typed[:-1]), typed[-1])


def values(*typed: str) -> list[str]:
    return [item.value for item in completed(*typed) if item.type == "plain"]


def asked(monkeypatch: pytest.MonkeyPatch, shell: str, words: str, instruction: str = "complete") -> str:
    """What cycleplan answers to a shell that has *words* after its name, the cursor at the end."""
    last = words.rpartition(" ")[2]
    monkeypatch.setenv("_CYCLEPLAN_COMPLETE", f"{shell}_{instruction}")
    monkeypatch.setenv("COMP_WORDS", f"cycleplan {words}")
    monkeypatch.setenv("COMP_CWORD", last if shell == "fish" else str(words.count(" ") + 1))
    ran = run()
    assert (ran.code, ran.err) == (0, ""), ran.err
    return ran.out


def test_all_commands_are_offered_in_the_order_of_the_help() -> None:
    assert values("") == list(_COMMANDS)
    assert values("c") == ["check", "calendar", "compare"]


@pytest.mark.parametrize(("lang", "help"), [("nl", "De regio's die meekomen"), ("en", "The regions that ship")])
def test_the_help_of_commands_and_options_is_a_sentence_in_the_language_asked_for(lang: str, help: str) -> None:
    assert (completed("--lang", lang, "li")[0].help or "").startswith(help)
    told = [item.help or "" for name in _COMMANDS for item in completed("--lang", lang, name, "--")]
    told += [item.help or "" for item in completed("--lang", lang, "--")]
    assert len(told) > 50
    assert [text for text in told if not re.search(r"\w .*[.?]", text)] == []


def test_options_and_their_choices_are_offered() -> None:
    assert {"--today", "--json", "--lang", "--output", "--help"} <= set(values("check", "foodvalley", "--"))
    assert values("check", "foodvalley", "--lang", "") == ["nl", "en"]
    assert values("--lang", "") == ["nl", "en"]
    assert "svg" in values("timeline", "foodvalley", "--format", "s")


@pytest.mark.parametrize(
    "typed",
    [("check",), ("compare", "twente"), ("site", "public"), ("diff",), ("diff", "twente"), ("new", "Ede", "--like")],
    ids=" ".join,
)
def test_where_a_region_stands_the_ids_and_files_are_offered(typed: tuple[str, ...]) -> None:
    assert values(*typed, "") == sorted(region_files())
    found = completed(*typed, "fo")
    assert [(item.type, item.value) for item in found] == [("file", "fo"), ("plain", "foodvalley")]


@pytest.mark.parametrize("typed", [("check", "foodvalley", "-o"), ("check", "foodvalley", "--output")])
def test_the_name_of_a_file_is_left_to_the_shell(typed: tuple[str, ...]) -> None:
    assert [item.type for item in completed(*typed, "")] == ["file"]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script_and_its_answer(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script = asked(monkeypatch, shell, "", "source")
    assert f"_CYCLEPLAN_COMPLETE={shell}_complete" in script
    assert "_cycleplan_completion" in script
    assert "check" in asked(monkeypatch, shell, "che")
    assert "foodvalley" in asked(monkeypatch, shell, "check fo")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_page_about_installing_says_how_to_switch_it_on_in_both_languages(shell: str) -> None:
    page = (ROOT / "docs/installeren.md").read_text(encoding="utf-8")
    assert page.count(f"_CYCLEPLAN_COMPLETE={shell}_source cycleplan") == 2


@pytest.mark.parametrize("words", ODD_LINES)
@pytest.mark.parametrize("shell", SHELLS)
def test_no_line_that_somebody_types_makes_completion_say_an_error(
    shell: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "cycleplan 0" not in asked(monkeypatch, shell, words)


def test_commands_and_options_of_the_group_are_offered_without_reading_a_command() -> None:
    code = (
        "import sys; from cycleplan.commands import main\n"
        "try: main()\nfinally: print(*sorted(sys.modules), file=sys.stderr)"
    )
    asking = {"_CYCLEPLAN_COMPLETE": "zsh_complete", "COMP_WORDS": "cycleplan c", "COMP_CWORD": "1"}
    env = os.environ | asking
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, cwd=ROOT, text=True, timeout=60)
    assert "calendar" in ran.stdout
    assert not {"yaml", "pydantic", "cycleplan.commands.check"} & set(ran.stderr.split())


# --- in the shells themselves


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path with a ``cycleplan`` that is this one."""
    script = tmp_path / "cycleplan"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n{(ROOT / 'cli.py').read_text()}"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def shell(*command: str) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


@pytest.mark.programs
def test_bash_completes_commands_and_choices(on_path: Path) -> None:
    line = (
        'COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _cycleplan_completion cycleplan; echo "${COMPREPLY[@]}"'
    )
    source = 'eval "$(_CYCLEPLAN_COMPLETE=bash_source cycleplan)"'
    said = shell(
        "bash", "-c", f"{source}; COMP_WORDS=(cycleplan c); {line}; COMP_WORDS=(cycleplan check --lang ''); {line}"
    )
    assert said.splitlines() == ["check calendar compare", "nl en"]


@pytest.mark.programs
def test_fish_completes_commands_regions_and_choices(on_path: Path) -> None:
    source = "_CYCLEPLAN_COMPLETE=fish_source cycleplan | source"
    lines = " ".join(f"; complete -C '{line}'" for line in ("cycleplan --lang en ne", "cycleplan check foodv"))
    said = shell(program("fish"), "--no-config", "-c", f"{source}{lines}")
    # The script of click cuts a sentence at its first comma there.
    assert said.splitlines() == ["new\tA new region file from the national register", "foodvalley"]


@pytest.mark.programs
def test_zsh_takes_the_script(on_path: Path) -> None:
    source = (
        'autoload -Uz compinit; compinit -u -d "$HOME/.zcompdump"; eval "$(_CYCLEPLAN_COMPLETE=zsh_source cycleplan)"'
    )
    assert shell(program("zsh"), "-f", "-c", f"{source}; print $_comps[cycleplan]") == "_cycleplan_completion\n"
