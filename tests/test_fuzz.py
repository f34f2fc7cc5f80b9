"""Region files that nobody wrote with good intent: whatever comes in, a sentence or a right answer comes out.

What is accepted is looked at again by a second reader that shares no code with ours: PyYAML's own parser in Python,
with plain rules of this module (one document, no key twice, days that exist between 2010 and 2060, known codes).
"""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import TODAY, as_yaml, region_text, run

ROOT = Path(__file__).parents[1]
EXAMPLE = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "docs/gegevens.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
SHIPPED = [path.read_text("utf-8") for path in sorted((ROOT / "regions").glob("*.yaml"))]
TEXTS = [*EXAMPLE, region_text().decode(), *SHIPPED]
with (ROOT / "cycleplan/data/municipalities.csv").open(encoding="utf-8", newline="") as file:
    MUNICIPALITIES = {row["code"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}

SHORT = settings(suppress_health_check=list(HealthCheck), max_examples=60)
LONG = settings(suppress_health_check=list(HealthCheck), max_examples=2500)

# What is made of a region that can be planned with, beside the JSON of check.
OUTPUTS = [
    ["check"], ["check", "--problems"], ["timeline"], ["timeline", "--format", "json"],
    ["timeline", "--format", "svg"], ["calendar"], ["memo"], ["memo", "--format", "html"], ["windows"],
    ["windows", "--horizon"], ["propose"], ["explain"],
]  # fmt: skip


# --- the second reader


def nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for one in pair:
                yield from nodes(one)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from nodes(one)


_DAYS = {"elected", "nominated", "first", "last", "fell", "revised", "replaces", "college_formed", "submitted"}


def _day(text: str) -> date:
    found = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", text, re.ASCII)
    assert found, text
    day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    assert 2010 <= day.year <= 2060, text
    return day


def look_again(raw: bytes) -> None:
    """Fail if *raw* is a text that may not be accepted."""
    text = raw.decode("utf-8-sig")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", text)
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        assert not isinstance(event, yaml.AliasEvent)
        assert getattr(event, "anchor", None) is None
        assert getattr(event, "tag", None) in (None, "!")
    (top,) = yaml.compose_all(text, Loader=yaml.BaseLoader)
    assert isinstance(top, yaml.MappingNode)
    for node in nodes(top):
        if not isinstance(node, yaml.MappingNode):
            assert node is not None
            continue
        keys = [key.value for key, _ in node.value]
        assert all(isinstance(key, str) for key in keys)
        assert len(set(keys)) == len(keys), keys
        said = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
        for key in _DAYS & said.keys():
            if said[key] not in ("onbekend", "unknown"):
                _day(said[key])
        if {"first", "last"} <= said.keys() and said["last"] not in ("onbekend", "unknown"):
            assert said["first"] <= said["last"]
        if "years" in said:
            assert re.fullmatch(r"\d{4}-\d{4}", said["years"], re.ASCII)
            begins, ends = map(int, said["years"].split("-"))
            assert 2010 <= begins < ends <= 2060
        code = said.get("code", "")
        assert not code.startswith("GM") or code in MUNICIPALITIES


def look_at_answer(raw: bytes, answer: dict[str, Any]) -> None:
    """Fail if a plan of the answer that is no inference of ours stands nowhere in the file."""
    text = raw.decode("utf-8-sig")
    for plan in answer["plans"]:
        if plan["status"] in ("actual", "planned"):
            first = plan["first"]
            assert first in text or f"{first[:4]}-{int(first[:4]) + 1}"[:5] in text, first
        for one in plan["decisions"] or ():
            assert one["status"] in ("assumed", "expected") or one["date"][:7] in text, one


# --- what every text is put through


def put_through(raw: bytes, path: Path, more: int) -> int:
    """Check *raw* as a region file; if it can be planned with, one of the other outputs too. Gives the exit code."""
    path.write_bytes(raw)
    ran = run("check", path, "--json", "--today", TODAY)
    assert ran.code in (0, 1)
    assert ran.err == ""
    answer = json.loads(ran.out)
    errors = [one for one in answer["problems"] if one["level"] == "error"]
    assert bool(errors) is (ran.code == 1)
    lines = len(raw.splitlines()) + raw.count(b"\r") + 2
    assert all(1 <= one["line"] <= lines and one["column"] >= 1 and one["message"] for one in answer["problems"])
    args = OUTPUTS[more % len(OUTPUTS)]
    if ran.code:
        made = run(args[0], path, *args[1:], "--today", TODAY)
        assert made.code == 1
        assert "Traceback" not in made.err
        return 1
    look_again(raw)
    look_at_answer(raw, answer)
    made = run(args[0], path, *args[1:], "--today", TODAY)
    assert made.code == 0, made.err
    assert made.raw or args[-1] == "--problems"
    assert b"\x1b" not in made.raw
    assert "Traceback" not in made.err
    return 0


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "regio.yaml"


def test_the_texts_that_are_damaged_here_are_sound_and_the_second_reader_takes_them(path: Path) -> None:
    for number, text in enumerate(TEXTS):
        assert put_through(text.encode(), path, number) == 0


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: &b 1\n",
        "a: *b\n",
        "a: !!str 1\n",
        "a: 1\n---\nb: 1\n",
        "first: 2061-01-01\n",
        "years: 2026-2022\n",
        "first: 2026-02-30\n",
        "first: 2026-02-02\nlast: 2026-02-01\n",
        "code: GM9999\n",
        "a: \x07\n",
        "- a\n",
    ],
)
def test_the_second_reader_refuses_what_may_not_be(text: str) -> None:
    with pytest.raises((AssertionError, ValueError, yaml.YAMLError)):
        look_again(text.encode())


# --- bytes and text

TOKENS = [
    "\0", "\x07", "\x1b[31m", "\t", "\r", "\r\n", "\n", "\u2028", "\x85", "\ufeff", "\u202e", " ", "  ", "- ", ": ",
    ":", "?", "? ", "{", "}", "[", "]", '"', "'", "|", ">", "#", "&a ", "*a", "!!str ", "!!python/object:os.system ",
    "%", "@", "`", "---\n", "...\n", "<<: ", "0363", "no", "~", "12:30", "1e9", ".nan", "2009-12-31", "2061-01-01",
    "2026-02-30", "2024-02-29", "9999", "{{ 7 * 7 }}", "<script>", "=1+1", "../..", "é", "🏫", "𝟚", "٣", "１",
]  # fmt: skip
DAMAGE = st.tuples(
    st.sampled_from(["put", "take", "double", "swap", "change"]),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(TOKENS),
)
ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "cp037", "utf-7"]


def damaged(text: str, damage: list[tuple[str, float, float, str]], encoding: str) -> bytes:
    for how, where, other, token in damage:
        at = int(where * len(text))
        if how == "put":
            text = text[:at] + token + text[at:]
        elif how == "take":
            text = text[:at] + text[at + int(other * 40) :]
        elif how == "change":  # one value by another
            value = re.compile(r"(?<=: )[^\n{}\[\],]+").search(text, at)
            text = text[: value.start()] + token + text[value.end() :] if value else text
        else:
            lines = text.splitlines(keepends=True) or [""]
            a, b = int(where * len(lines)), int(other * len(lines))
            if how == "double":
                lines.insert(b, lines[a])
            else:
                lines[a], lines[b] = lines[b], lines[a]
            text = "".join(lines)
    return text.encode(encoding, "replace" if encoding not in ("utf-8", "utf-8-sig") else "surrogatepass")


TEXT = st.builds(
    damaged,
    st.sampled_from(TEXTS[:2] * 3 + TEXTS),
    st.lists(DAMAGE, min_size=1, max_size=4),
    st.sampled_from(ENCODINGS),
)
HEAD = "region: proef\nname: Proef\nrevised: 2026-11-22\n"
YAMLISH = st.text("ab01-:?[]{}&*!|>'\"%@`#,. \n\t~\\<=é\u2028\x85", max_size=80).map(
    lambda text: (HEAD + text).encode()
)
BYTES = st.binary(max_size=200) | st.tuples(st.just(HEAD.encode()), st.binary(max_size=60)).map(b"".join)

# --- the same with the structure kept: what stands there is of another sort, at another place, or there too often

ODD = [
    None, True, False, 0, -1, 1, 5, 99, 10**17, 0.5, 1e-9, "", " ", "x", "unknown", "onbekend", "GM0228", "GM0230",
    "GM9999", "PO2510", "VO2511", "PO0001", "all", "region", "jeugdplan", "ondersteuningsplan", "eigen", "2009-12-31",
    "2010-01-01", "2060-12-31", "2061-01-01", "2026-11-22", "2026-02-30", "2024-02-29", "2022-12", "2010-2014",
    "2056-2060", "2022-2022", "2022-2030", "02-29", "12-31", "01-15", "n\0ul", "\x1b[31m", "a\u202eb", "x"*300,
    "x"*20_001, "../../weg", "<script>", "{{ x }}", "=1+1", "oogo", "opr", "adoption", "settled", "parallel",
    "actual", "planned", "expected", "assumed", [], {}, [[]], [{}], {"a": 1}, ["oogo", "oogo"], [35, 70, 110],
    [0, 0, 0], {"first": "2026-01-01", "last": "2026-01-01", "status": "actual"},
    {"years": "2027-2028", "status": "planned"},
]  # fmt: skip
CHANGES = st.tuples(
    st.sampled_from(["set", "set", "set", "delete", "double", "many", "swap", "rename", "deep", "borrow"]),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(ODD),
)
# With plans of the other kinds, agreements and policy: everything that a file can hold.
DATA = [yaml.load(text, Loader=yaml.CSafeLoader) for text in TEXTS]
DATA = json.loads(json.dumps(DATA, default=str))


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from places(inner)


def changed(data: Any, changes: list[tuple[str, int, int, Any]]) -> bytes:
    data = deepcopy(data)
    for how, where, other, odd in changes:
        found = list(places(data))
        if not found:
            break
        holder, key = found[where % len(found)]
        holder2, key2 = found[other % len(found)]
        if how == "set":
            holder[key] = deepcopy(odd)
        elif how == "delete":
            del holder[key]
        elif how in ("double", "many") and isinstance(holder[key], list):
            holder[key] = [deepcopy(one) for _ in range(2 if how == "double" else 12) for one in holder[key]]
        elif how == "swap":
            holder[key], holder2[key2] = deepcopy(holder2[key2]), deepcopy(holder[key])
        elif how == "rename" and isinstance(holder, dict):
            holder[str(key2)] = holder.pop(key)
        elif how == "deep":
            for _ in range(other % 40):
                holder[key] = [holder[key]] if other % 2 else {"a": holder[key]}
        elif how == "borrow":
            holder[key] = deepcopy(holder2[key2])
    return as_yaml(data).encode("utf-8", "surrogatepass")


STRUCTURE = st.builds(changed, st.sampled_from(DATA[:2] * 4 + DATA), st.lists(CHANGES, min_size=1, max_size=3))


def _fuzz(limits: settings, *sources: st.SearchStrategy[bytes]) -> Callable[[Path], None]:
    @limits
    @given(raw=st.one_of(*sources), more=st.integers(0, 10**3))
    def every(path: Path, raw: bytes, more: int) -> None:
        put_through(raw, path, more)

    return every


def test_whatever_the_bytes_are_there_is_an_answer_or_a_sentence(path: Path) -> None:
    _fuzz(settings(SHORT, max_examples=40), BYTES, YAMLISH)(path=path)


def test_a_sound_file_with_its_text_damaged_gives_an_answer_or_a_sentence(path: Path) -> None:
    _fuzz(SHORT, TEXT)(path=path)


def test_a_sound_file_with_its_structure_changed_gives_an_answer_or_a_sentence(path: Path) -> None:
    _fuzz(SHORT, STRUCTURE)(path=path)


@pytest.mark.slow
@pytest.mark.parametrize("source", [BYTES | YAMLISH, TEXT, STRUCTURE], ids=["bytes", "text", "structure"])
def test_thousands_of_files_give_an_answer_or_a_sentence(source: st.SearchStrategy[bytes], path: Path) -> None:
    _fuzz(LONG, source)(path=path)


# --- a megabyte of it, in a process of its own

MEGABYTE = 1_000_000


def country(plans: int) -> str:
    """A region of every municipality that there is in 2026, with *plans* plans of as many of them."""
    with (ROOT / "cycleplan/data/municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(line for line in file if not line.startswith("#")) if not row["until"]]
    text = HEAD + "municipalities:\n"
    for number, row in enumerate(rows):
        text += f"  - code: {row['code']}\n"
        if number < plans:
            several = 2 if number < plans - len(rows) else 1
            text += "    plans:\n"
            for year in range(several):
                first = f"20{24 + 4 * year}-01-01, last: 20{27 + 4 * year}-12-31"
                text += f"      - {{kind: jeugdplan, first: {first}, status: planned, source: bron}}\n"
    return text


BOMB = f"a{{0}}: &a{{0}} [{', '.join(['*a{1}'] * 9)}]\n"
PLAN = "  - {kind: jeugdplan, first: 2024-01-01, last: 2027-12-31, status: planned}\n"
AGREEMENT = "- {name: a, parties: [GM0228], first: 2024-01-01, last: 2023-01-01, status: planned}\n"
NASTY = {
    "a huge text": lambda: HEAD + "language: " + "x" * MEGABYTE,
    "a huge quoted text": lambda: HEAD + 'language: "' + "\\u0041" * (MEGABYTE // 6) + '"',
    "a huge block": lambda: HEAD + "language: |\n" + "  regel\n" * (MEGABYTE // 8),
    "a huge key": lambda: HEAD + "? " + "x" * MEGABYTE + "\n: 1\n",
    "100,000 keys": lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(100_000)),
    "100,000 times a key": lambda: HEAD + "sleutel: 1\n" * 100_000,
    "66,000 wrong municipalities": lambda: HEAD + "municipalities:\n" + "- {code: x}\n" * 66_000,
    "33,000 wrong municipalities": lambda: HEAD + "municipalities:\n" + "- {code: x}\n" * 33_000,
    "33,000 times a municipality": lambda: HEAD + "municipalities:\n" + "- code: GM0228\n" * 33_000,
    "49,000 unknown keys": lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(49_000)),
    "99,000 items": lambda: HEAD + "municipalities:\n" + "- a\n" * 99_000,
    "200,000 items": lambda: HEAD + "municipalities:\n" + "- a\n" * 200_000,
    "200,001 empty lists": lambda: HEAD + "municipalities: [" + "[]," * 200_001 + "]",
    "deep lists": lambda: HEAD + "municipalities: " + "[" * MEGABYTE,
    "deep mappings": lambda: HEAD + "policy: " + "{a: " * (MEGABYTE // 4),
    "deep lines": lambda: HEAD + "".join(" " * n + "a:\n" for n in range(1400)),
    "deep keys": lambda: HEAD + "? " * (MEGABYTE // 2),
    "an alias bomb": lambda: HEAD + "a0: &a0 [x]\n" + "".join(BOMB.format(n, n - 1) for n in range(1, 16_000)),
    "99,000 aliases": lambda: HEAD + "a: &a x\nb: [" + "*a," * 99_000 + "]",
    "many documents": lambda: HEAD + "---\na: 1\n" * 100_000,
    "many markers": lambda: "---\n...\n" * 125_000,
    "one long line": lambda: "{" + "a, " * (MEGABYTE // 3) + "}",
    "one long comment": lambda: "#" * MEGABYTE,
    "blanks": lambda: HEAD + "policy:" + " " * MEGABYTE + "x",
    "ends of lines": lambda: HEAD + "\r" * MEGABYTE + "x",
    "colons": lambda: HEAD + ":" * MEGABYTE,
    "quotes": lambda: HEAD + "a: " + "'" * (MEGABYTE - 1),
    "digits": lambda: HEAD + "policy: " + "1" * MEGABYTE,
    "underscores": lambda: HEAD + "policy: [" + "1_000_000_," * 90_000 + "]",
    "a key like many": lambda: HEAD + "".join(f"municipalitie{'s' * (n % 50)}{n}: 1\n" for n in range(40_000)),
    "9,000 plans at once": lambda: HEAD + "municipalities:\n- code: GM0228\n  plans:\n" + PLAN * 9_000,
    "7,000 agreements": lambda: HEAD + "agreements:\n" + AGREEMENT * 7_000,
    "bytes that are no text": lambda: b"\xff" * MEGABYTE,
    "zeros": lambda: b"\0" * MEGABYTE,
    "UTF-16": lambda: (HEAD * 9_000).encode("utf-16"),
}  # fmt: skip


# In a process between: what Linux tells of a process's memory begins with that of the one that started it.
_BETWEEN = """
import json, resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
line = [sys.executable, "-m", "cycleplan", *sys.argv[1:]]
ran = subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stdout.buffer.write(ran.stdout)
print(json.dumps([ran.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]), file=sys.stderr)
"""


def spent(*args: str | Path) -> tuple[int, str, float, float]:
    """Exit code, what was said, seconds of the processor (not of the clock: others work here too) and megabytes."""
    ran = subprocess.run([sys.executable, "-c", _BETWEEN, *map(str, args)], capture_output=True, check=True)
    code, seconds, megabytes = json.loads(ran.stderr)
    return code, ran.stdout.decode(), seconds, megabytes


@pytest.mark.slow
@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_megabyte_is_refused_within_two_seconds_and_300_megabytes(name: str, path: Path) -> None:
    text = NASTY[name]()
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, said, seconds, megabytes = spent("check", path, "--today", TODAY)
    print(f"{name}: {path.stat().st_size / 1e6:.2f} MB, {seconds:.2f} s, {megabytes:.0f} MB")
    assert code == 1
    assert "Traceback" not in said
    assert re.search(rf"^{re.escape(str(path))}:\d+:\d+: fout: .*\]$", said, re.MULTILINE)
    assert seconds < 2
    assert megabytes < 300


@pytest.mark.slow
def test_all_municipalities_of_the_country_with_500_plans_can_be_planned_with(path: Path) -> None:
    path.write_text(country(500), encoding="utf-8")
    assert path.read_text(encoding="utf-8").count("jeugdplan") == 500
    for args in (["check"], ["check", "--json"], ["timeline"], ["calendar"]):
        code, said, seconds, megabytes = spent(args[0], path, *args[1:], "--today", TODAY)
        print(f"{args}: {seconds:.2f} s, {megabytes:.0f} MB")
        assert code == 0, said[:500]
        assert megabytes < 300
        assert seconds < 20
