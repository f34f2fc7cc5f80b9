"""Every command line in README, LEESMIJ and docs/ is run, and what the page shows of its output is what it says."""

import re
from pathlib import Path

import pytest
from doclines import PAGES, ROOT, Edit, Line, matches, read, read_text
from icalendar import Calendar
from running import TODAY, run

from cycleplan.commands import _COMMANDS
from cycleplan.resources import region_files

# Why a line is not run here: how it begins, or a word that it has.
NOT_RUN = {
    "python3 -m venv": "makes an environment; .ci/run runs it",
    "python3 -m pip": "installs; test_quarter runs it",
    "python3 -m pipx": "installs; test_quarter runs it",
    "pipx install": "installs; test_quarter runs it",
    "mkdir ": "of the shell",
    "cd ": "of the shell",
    "#!/bin/sh": "a script for a web server",
    "set -eu": "a script for a web server",
    "PATH=": "a script for a web server",
    "rsync ": "a web server",
    "tar ": "a script for a web server",
}
# Why one of our own is not run: a pattern in it. Its examples are run.
PATTERNS = {
    r"\b(REGION|REGIO|OUD|NIEUW|OLD|NEW|DIR|ID|CODE)\b|…": "a word in capitals stands for what a reader has",
    r"\[OPTI": "how a command goes, in the reference",
    r" /var/www": "a folder of a web server; the same with a folder here is run",
    r"regions/name\.yaml": "the file that a contributor is about to make",
}
# What a page takes for granted: a file of one's own, house style, texts.
OWN = ("my-region.yaml", "mijn-regio.yaml", "oud.yaml", "nieuw.yaml", "old.yaml", "new.yaml", "region.yaml")
SLOW = {"site", "--all"}  # these make many files: on the front pages only, elsewhere in the slow test
FRONT = ("README.md", "LEESMIJ.md")


def supply(folder: Path, word: str) -> None:
    """Put what a line names by *word* into *folder*, if the page has not made it."""
    path = folder / word
    if path.exists():
        return
    if word in OWN:
        path.write_bytes(region_files()["foodvalley"].read_bytes())
    elif word.endswith(".css"):
        path.write_text("body { margin: 2em }\n", encoding="utf-8")
    elif word in ("mijn-teksten", "my-texts"):
        path.mkdir()
    elif word in ("huisstijl.docx", "house.docx"):
        import docx

        document = docx.Document()
        document.add_paragraph("{{ body }}")
        document.save(str(path))


def is_run(line: Line) -> bool:
    """Whether a line can be run: one of ours, without a pattern, and in a sentence no mere name of a command."""
    ours = line.text.startswith("cycleplan") and (line.shell or len(line.words) > 1)
    return ours and not patterns(line)


def patterns(line: Line) -> list[str]:
    """The patterns in a line, without the remark behind it."""
    return [pattern for pattern in PATTERNS if re.search(pattern, re.split(r"  +", line.text)[0])]


def is_slow(page: str, line: Line) -> bool:
    return page not in FRONT and bool(SLOW & set(line.words))


class Follower:
    """Does what pages tell, each in a folder of its own; the same line on the same files once."""

    def __init__(self) -> None:
        self.said: dict[tuple[str, ...], str] = {}

    def follow(self, page: str, folder: Path, slow: bool = False) -> None:
        """Run the lines of *page*, or the slow ones of it only."""
        expected = set()
        for step in read(page):
            if isinstance(step, Edit):
                if not slow:
                    edit(page, step, folder)
            elif is_run(step) and is_slow(page, step) == slow:
                expected |= self.check(page, step, folder)
        assert {path.name for path in folder.iterdir()} <= expected, page

    def check(self, page: str, line: Line, folder: Path) -> set[str]:
        """Run *line* and hold it against the page; the names that may stand in the folder for it."""
        words = line.words
        made = {
            words[i + 1] for i, word in enumerate(words[:-1]) if word in ("-o", "--write", "--all") or word == "site"
        }
        given = set(words) - made
        for word in sorted(given):
            supply(folder, word)
        key = tuple(words)
        if any((folder / word).exists() for word in given) or key not in self.said:
            ran = run(*words, *today(words))
            self.said[key] = ran.out + ran.err
            assert ran.code == line.code, f"{page}: {line.text}\n{self.said[key]}"
            assert self.said[key] or made, f"{page}: {line.text} says nothing"
            assert all((folder / name).exists() for name in made), f"{page}: {line.text}"
        if line.shown is not None:
            said = self.said[key]
            assert matches(line.shown, said), f"{page} does not show what `{line.text}` says:\n{said}"
        return set(words)


def edit(page: str, step: Edit, folder: Path) -> None:
    """Change a file as the page says."""
    file = folder / step.file
    text = file.read_text(encoding="utf-8")
    assert step.new, f"{page}: what should come of this?\n{step.old}"
    assert text.count(step.old) == 1, f"{page}: this is not once in {step.file}:\n{step.old}"
    file.write_text(text.replace(step.old, step.new), encoding="utf-8")


def today(words: list[str]) -> tuple[str, ...]:
    """The day of these pages, for a line that depends on the day and does not say it."""
    if words[0] in ("list", "schema", "--version") or "--help" in words:
        return ()
    asks = "--on" if words[0] == "law" else "--today"
    return () if asks in words else (asks, TODAY)


def follow_all(follower: Follower, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow: bool) -> None:
    for page in PAGES:
        folder = tmp_path / page.replace("/", "-")
        folder.mkdir()
        monkeypatch.chdir(folder)
        follower.follow(page, folder, slow)


def test_every_line_does_what_its_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in FRONT:
        [_] = [line for line in read(page) if isinstance(line, Line) and line.shown and line.words[0] == "check"]
    follower = Follower()
    follow_all(follower, tmp_path, monkeypatch, slow=False)
    assert {words[0] for words in follower.said} >= set(_COMMANDS)  # every command stands on some page
    assert {path.name for path in (tmp_path / "README.md/public").iterdir()} == {*region_files(), "index.html"}


@pytest.mark.slow
def test_every_slow_line_does_what_its_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follower = Follower()
    front = {tuple(line.words): "" for page in FRONT for line in read(page) if isinstance(line, Line) and is_run(line)}
    follower.said.update(front)  # the other test runs these
    follow_all(follower, tmp_path, monkeypatch, slow=True)
    assert len(follower.said) > len(front)


def test_every_line_is_ours_or_is_in_the_table_of_what_is_not_run() -> None:
    used = set()
    for page in PAGES:
        for line in read(page):
            if isinstance(line, Line) and line.text.startswith("cycleplan"):
                used.update(patterns(line))
            elif isinstance(line, Line):
                why = max((begin for begin in NOT_RUN if line.text.startswith(begin)), key=len, default="")
                assert why, f"{page}: why is this not run? {line.text}"
                used.add(why)
    assert used == {*NOT_RUN, *PATTERNS}


def test_a_line_in_a_sentence_names_a_command_that_exists() -> None:
    for page in PAGES:
        for line in read(page):
            if isinstance(line, Line) and line.text.startswith("cycleplan ") and not line.words[0].startswith("-"):
                assert line.words[0] in _COMMANDS, f"{page}: {line.text}"


@pytest.mark.parametrize(("page", "lang"), [("agenda", "nl"), ("calendar", "en")])
def test_the_event_on_the_page_is_in_the_calendar(page: str, lang: str, tmp_path: Path) -> None:
    [shown, *_] = re.findall(r"^```text\n(.*?)^```", (ROOT / f"docs/{page}.md").read_text("utf-8"), re.DOTALL | re.M)
    run("calendar", "foodvalley", "--lang", lang, "--today", TODAY, "-o", tmp_path / "feed.ics")
    feed = Calendar.from_ical((tmp_path / "feed.ics").read_bytes())
    assert shown.rstrip("\n") in {str(event.get("description")).rstrip("\n") for event in feed.walk("VEVENT")}


def test_the_lines_are_read_from_blocks_sentences_and_tables_with_what_is_shown() -> None:
    page = """
Look with `cycleplan list` first, and `cycleplan check x` gives:

```text
a
…
c
```

<!-- exit 1 -->

```sh
cycleplan check y   # a remark
```

```text
d
```

```text
not the output of anything
```

    cycleplan law   what it does
"""
    told = [(line.words, line.code, line.shown) for line in read_text(page) if isinstance(line, Line)]
    assert told == [
        (["list"], 0, None),
        (["check", "x"], 0, "a\n…\nc\n"),
        (["check", "y"], 1, "d\n"),
        (["law"], 0, None),
    ]


@pytest.mark.parametrize(
    ("shown", "said", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\nc\n", "a\nb\nb\nc\n", True),
        ("a\n…\nc\n", "a\nc\n", True),
        ("a\n…\nc\n", "a\nbc\n", False),
        ("…\n", "a\nb\n", True),
        ("a.c\n", "abc\n", False),
    ],
)
def test_a_line_with_only_an_ellipsis_stands_for_lines_left_out(shown: str, said: str, same: bool) -> None:
    assert matches(shown, said) is same
