"""Every kind of mistake in a file of its own (bad/): what is told of it, where, and in which words."""

import json
import random
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from running import LANGUAGES, TODAY, run

from cycleplan.wording import nl
from cycleplan.yamltext import MAX_BYTES, MAX_NODES, MAX_TEXT

BAD = Path(__file__).parent / "bad"
LEVELS = {"nl": {"error": "fout", "warning": "let op"}, "en": {"error": "error", "warning": "warning"}}
HEAD = "region: proef\nname: Proef\nrevised: 2026-11-22\n"  # three lines

# Rules that no small file can cause; the tests below make a large one.
ONLY_LARGE = {
    "file-too-large": f"a file of more than {MAX_BYTES} bytes",
    "text-too-long": f"one text of more than {MAX_TEXT} characters",
    "too-many-values": f"more than {MAX_NODES} values",
    "wrong-value": "what is left for a mistake of form that pydantic may come to tell and that has no rule yet",
}


@dataclass(frozen=True)
class Row:
    """A problem that is to be told."""

    rule: str
    level: str
    line: int
    column: int
    nl: list[str]
    en: list[str]

    def words(self, lang):
        return self.nl if lang == "nl" else self.en


def _rows():
    found = defaultdict(list)
    for raw in yaml.safe_load((BAD / "expected.yaml").read_text(encoding="utf-8")):
        found[raw.pop("file")].append(Row(**raw))
    return found


EXPECTED = _rows()
FILES = list(EXPECTED)
BROKEN = [name for name, rows in EXPECTED.items() if any(row.level == "error" for row in rows)]


def check(path, *args):
    ran = run("check", path, "--today", TODAY, *args)
    assert ran.err == ""
    return ran


def problems_of(path, lang="nl"):
    ran = check(path, "--json", "--lang", lang)
    return ran.code, json.loads(ran.out)["problems"]


def written(tmp_path, text):
    path = tmp_path / "regio.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


# --- the table


def test_every_file_is_in_the_table_and_every_row_has_its_file():
    assert sorted(EXPECTED) == sorted(path.name for path in BAD.iterdir() if path.name != "expected.yaml")
    assert len(EXPECTED) >= 35


def test_every_rule_has_a_file():
    caused = {row.rule for rows in EXPECTED.values() for row in rows}
    assert sorted(nl.PROBLEMS.keys() - caused) == sorted(ONLY_LARGE)
    assert caused <= nl.PROBLEMS.keys()


def test_every_file_but_two_has_one_mistake():
    several = {name: len(rows) for name, rows in EXPECTED.items() if len(rows) > 1}
    # Beside being too deep, a list of lists is no list of plans.
    assert several == {"six-mistakes.yaml": 6}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_gives_what_the_table_says(name, lang):
    path = BAD / name
    code, problems = problems_of(path, lang)
    rows = EXPECTED[name]
    told = [(p["rule"], p["level"], p["line"], p["column"]) for p in problems]
    assert told == [(row.rule, row.level, row.line, row.column) for row in rows]
    assert code == (1 if name in BROKEN else 0)
    for problem, row in zip(problems, rows, strict=True):
        assert problem["file"] == str(path)
        for word in row.words(lang):
            assert word in problem["message"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", list(EXPECTED))
def test_the_lines_of_text_say_the_same(name, lang):
    path = BAD / name
    _, problems = problems_of(path, lang)
    ran = check(path, "--problems", "--lang", lang)
    assert ran.out.splitlines() == [
        f"{path}:{p['line']}:{p['column']}: {LEVELS[lang][p['level']]}: {p['message']} [{p['rule']}]" for p in problems
    ]
    assert ran.code == (1 if name in BROKEN else 0)
    if name in BROKEN:  # there is nothing else to tell
        assert check(path, "--lang", lang).out == ran.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_message_is_a_whole_sentence_without_loose_ends(lang):
    for name in EXPECTED:
        for problem in problems_of(BAD / name, lang)[1]:
            message = problem["message"]
            assert message[0].isupper() or message[0] == "`", message
            assert message[-1] in ".?)", message  # `)` of the keys that are known, or of a line to run
            assert not re.search(r"None|[{}](?!…)|  |\(\)| \.|\d{4}-\d\d-\d\d 00:00|Error", message.replace("{…}", ""))


# --- many mistakes in one file


def test_six_mistakes_are_told_in_one_run():
    code, problems = problems_of(BAD / "six-mistakes.yaml")
    assert code == 1
    assert len({p["rule"] for p in problems}) == 6
    assert [p["line"] for p in problems] == [4, 6, 10, 14, 15, 16]
    assert len(check(BAD / "six-mistakes.yaml").out.splitlines()) == 6


def test_of_many_mistakes_the_first_hundred_are_told(tmp_path):
    text = HEAD + "municipalities:\n" + "".join(f"  - code: nummer {number}\n" for number in range(150))
    code, problems = problems_of(written(tmp_path, text))
    assert code == 1
    assert {p["rule"] for p in problems} == {"not-a-municipality-code"}
    assert [p["line"] for p in problems] == list(range(5, 105))


_PLAN_WITHOUT_SOURCE = "  - {{kind: regiovisie, id: visie-{}, first: 2024-01-01, last: 2027-12-31, status: planned}}\n"


def test_of_many_warnings_the_first_hundred_are_told(tmp_path):
    text = HEAD + "plans:\n" + "".join(_PLAN_WITHOUT_SOURCE.format(number) for number in range(150))
    code, problems = problems_of(written(tmp_path, text))
    assert code == 0
    assert [(p["level"], p["line"]) for p in problems] == [("warning", line) for line in range(5, 105)]


def test_an_error_after_a_hundred_warnings_is_not_lost(tmp_path):
    text = HEAD + "plans:\n" + "".join(_PLAN_WITHOUT_SOURCE.format(number) for number in range(100))
    text += (
        "municipalities:\n  - {code: GM0228, councils: [{elected: 2022-03-17, status: actual, source: verzonnen}]}\n"
    )
    code, problems = problems_of(written(tmp_path, text))
    assert code == 1
    assert "no-such-election" in {p["rule"] for p in problems}


# --- what only a large file can cause

_AGREEMENT = "agreements:\n  - name: Convenant\n    parties: [PO2510]\n    agreed:\n"


@pytest.mark.parametrize(
    ("rule", "text", "place", "words"),
    [
        ("file-too-large", HEAD + "#" * MAX_BYTES, (1, 1), "2 MB"),
        ("text-too-long", HEAD + "language: " + "x" * (MAX_TEXT + 1), (4, 11), str(MAX_TEXT)),
        ("too-many-values", HEAD + _AGREEMENT + "    - a\n" * MAX_NODES, (99_991, 7), str(MAX_NODES)),
    ],
)
def test_a_large_file_is_refused(tmp_path, rule, text, place, words):
    code, problems = problems_of(written(tmp_path, text))
    assert code == 1
    (problem,) = [p for p in problems if p["rule"] == rule]
    assert (problem["level"], problem["line"], problem["column"]) == ("error", *place)
    assert words in problem["message"]
    assert rule in ONLY_LARGE


# --- the command itself


@pytest.mark.parametrize("name", ["nul.yaml", "six-mistakes.yaml", "no-source.yaml", "crlf-bom.yaml"])
def test_the_command_in_a_process_of_its_own(name):
    args = [sys.executable, "-m", "cycleplan", "check", str(BAD / name), "--problems", "--today", TODAY]
    ran = subprocess.run(args, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == (1 if name in BROKEN else 0)
    assert ran.stderr == ""
    assert ran.stdout == check(BAD / name, "--problems").out
    assert len(ran.stdout.splitlines()) == len(EXPECTED[name])


@pytest.mark.parametrize(
    "args",
    [
        ["memo"],
        ["calendar"],
        ["timeline"],
        ["timeline", "--format", "json"],
        ["windows"],
        ["windows", "--json"],
        ["windows", "--horizon"],
        ["explain"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("name", ["duplicate-key.yaml", "six-mistakes.yaml", "no-such-election.yaml", "not-utf8.yaml"])
def test_a_broken_file_makes_nothing(tmp_path, name, args):
    there = tmp_path / "stuk"
    there.write_bytes(b"as it was")
    ran = run(*args, BAD / name, "--today", TODAY, "-o", there)
    assert (ran.code, ran.raw) == (1, b"")
    assert there.read_bytes() == b"as it was"
    assert list(tmp_path.iterdir()) == [there]
    *lines, last = ran.err.splitlines()
    assert "".join(f"{line}\n" for line in lines) == check(BAD / name).out
    assert last == nl.TEXTS["error.unusable"]
    new = tmp_path / "nieuw"
    assert run(*args, BAD / name, "--today", TODAY, "-o", new).code == 1
    assert not new.exists()


def test_the_problems_are_the_product_of_check_and_go_to_the_file(tmp_path):
    there = tmp_path / "bevindingen"
    there.write_bytes(b"as it was")
    ran = check(BAD / "six-mistakes.yaml", "-o", there)
    assert (ran.code, ran.raw) == (1, b"")
    assert there.read_text(encoding="utf-8") == check(BAD / "six-mistakes.yaml").out


@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in BROKEN])
def test_with_warnings_alone_everything_is_made(name):
    for command in ("memo", "calendar", "timeline", "windows"):
        ran = run(command, BAD / name, "--today", TODAY)
        assert ran.code == 0
        assert ran.out


# --- whatever the file holds


def test_a_file_that_was_cut_off_gives_messages_and_no_traceback(tmp_path):
    whole = (Path(__file__).parents[1] / "regions" / "noord-kennemerland.yaml").read_bytes()
    path = tmp_path / "regio.yaml"
    chance = random.Random(28)
    for _ in range(25):
        path.write_bytes(whole[: chance.randrange(len(whole))])
        code, problems = problems_of(path)
        assert code == (1 if any(p["level"] == "error" for p in problems) else 0)


def test_a_file_with_a_line_lost_gives_messages_and_no_traceback(tmp_path):
    lines = (Path(__file__).parents[1] / "regions" / "noord-kennemerland.yaml").read_bytes().splitlines(keepends=True)
    path = tmp_path / "regio.yaml"
    chance = random.Random(510)
    written_lines = [n for n, line in enumerate(lines) if line.strip() and not line.strip().startswith(b"#")]
    for number in chance.sample(written_lines, 25):
        path.write_bytes(b"".join(lines[:number] + lines[number + 1 :]))
        code, problems = problems_of(path)
        assert code == (1 if any(p["level"] == "error" for p in problems) else 0)
        # A place in the file; an unclosed end is told on the line after the last.
        assert all(1 <= p["line"] <= len(lines) + 1 and p["column"] >= 1 for p in problems)
