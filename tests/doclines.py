"""Reads the command lines out of a page of the documentation, with what the page says comes of them."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = (
    "README.md",
    "LEESMIJ.md",
    *sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "docs").glob("*.md")),
)
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_MARK = re.compile(r"<!-- (edit|exit) (\S+) -->")
_SPAN = re.compile(r"(?<!`)`(cycleplan (?:[^`]+))`(?!`)")


@dataclass
class Line:
    """A command line; *shown* is what the page shows of its output, if anything, *code* how it must end."""

    text: str
    code: int = 0
    shown: str | None = None
    shell: bool = True  # False: in a sentence or a table

    @property
    def words(self) -> list[str]:
        """The words after ``cycleplan``, without the remark behind them."""
        return shlex.split(re.split(r"  +", self.text)[0], comments=True)[1:]


@dataclass
class Edit:
    """What the page tells to change in a file."""

    file: str
    old: str
    new: str


def read(page: str) -> list[Line | Edit]:
    """The lines and edits of *page* in their order."""
    return read_text((ROOT / page).read_text(encoding="utf-8"))


def read_text(text: str) -> list[Line | Edit]:
    """The lines and edits of the text of a page in their order.

    A block ``text`` is the output of the last line if it follows its block, or its sentence and that ends in a colon.
    """
    found: list[Line | Edit] = []
    place, editing, code = 0, "", 0
    last: Line | None = None
    for block in _FENCE.finditer(text):
        for paragraph in re.split(r"\n\n+", text[place : block.start()]):
            if mark := _MARK.fullmatch(paragraph.strip()):
                editing, code = (mark[2], code) if mark[1] == "edit" else (editing, int(mark[2]))
                continue
            told = [Line(line.strip()) for line in re.findall(r"^    (cycleplan .*)$", paragraph, re.MULTILINE)]
            told += [Line(" ".join(span.split()), shell=False) for span in _SPAN.findall(paragraph)]
            if paragraph.strip():
                last = told[-1] if told and paragraph.rstrip().endswith(":") else None
            found += told
        place = block.end()
        kind, body = block[2], re.sub(f"^{block[1]}", "", block[3], flags=re.MULTILINE)
        if kind == "text":
            if last:
                last.shown = body
            last = None
        elif kind == "yaml" and editing:
            found.append(Edit(editing, body, ""))
            editing = ""
        elif kind == "yaml" and found and isinstance(edit := found[-1], Edit) and not edit.new:
            edit.new = body
        elif kind in ("sh", "bash", "powershell", "console", "yaml"):
            lines = [Line(line.strip(), code) for line in body.splitlines() if line.strip()]
            found += [line for line in lines if kind != "yaml" or line.text.startswith("cycleplan ")]
            last, code = (lines[-1] if lines else None), 0
    rest = text[place:]
    found += [Line(line) for line in re.findall(r"^    (cycleplan .*)$", rest, re.MULTILINE)]
    found += [Line(" ".join(span.split()), shell=False) for span in _SPAN.findall(rest)]
    return found


def matches(shown: str, said: str) -> bool:
    """Whether *said* is what is *shown*; a line of only … stands for any lines, none as well."""
    parts = [re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), said) is not None
