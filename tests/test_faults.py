"""What goes wrong outside the program: a full disk, a folder in use, Ctrl-C, a reader that has gone, odd names."""

import errno
import io
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from running import TODAY, as_yaml, region_file, region_text, run

from cycleplan.commands import main, streams

# A run of every command; {r} is a region file, {o} a folder to write in.
EVERY_COMMAND = {
    "list": "list",
    "new": "new Ede",
    "check": "check {r}",
    "check json": "check {r} --json",
    "windows": "windows {r}",
    "propose": "propose {r}",
    "timeline": "timeline {r}",
    "svg": "timeline {r} --format svg",
    "html": "timeline {r} --format html",
    "xlsx": "timeline {r} --format xlsx",
    "calendar": "calendar {r}",
    "memo": "memo {r}",
    "docx": "memo {r} --format docx",
    "atlas": "atlas",
    "compare": "compare {r} twente",
    "explain": "explain {r}",
    "diff": "diff {r} foodvalley",
    "law": "law",
    "schema": "schema",
    "help": "--help",
    "version": "--version",
}
# What writes files: {} where they come.
WRITING = {
    "svg": "timeline foodvalley --today {today} -o {o}/t.svg",
    "calendar": "calendar foodvalley -o {o}/c.ics",
    "feeds": "calendar foodvalley --all {o}",
    "docx": "memo foodvalley --format docx --today {today} -o {o}/m.docx",
    "atlas": "atlas --format csv --today {today} -o {o}/a.csv",
    "site": "site {o} foodvalley --today {today}",
    "check": "check foodvalley --json --today {today} -o {o}/c.json",
}
SMALL = as_yaml(
    {**region_file(), "municipalities": [{"code": "GM0289"}], "agreements": [], "partnerships": []}
).encode()
PROGRAM = "import cycleplan.commands; from cycleplan.__main__ import main; print('ready', flush=True); main()"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def region(tmp_path: Path) -> Path:
    path = tmp_path / "regio.yaml"
    path.write_bytes(region_text())
    return path


# --- a disk that fills, a folder that cannot be written, a file in use


def site(folder: Path, *args: str) -> Any:
    region = folder.parent / "klein.yaml"
    region.write_bytes(SMALL)
    return run("site", folder, region, "--today", TODAY, *args)


@pytest.fixture(scope="module")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A site as it was made on an earlier day, in Dutch."""
    folder = tmp_path_factory.mktemp("oud") / "site"
    assert site(folder).code == 0
    return files(folder)


def put(folder: Path, content: dict[str, bytes]) -> Path:
    for name, raw in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


@pytest.mark.parametrize("at", [1, 7])
def test_a_disk_that_fills_while_a_site_is_written_leaves_the_old_one_as_it_was(
    at: int, old_site: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "site", old_site)
    real, written = os.fsync, 0

    def fill(handle: int) -> None:
        nonlocal written
        written += 1
        if written == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", fill)
    ran = site(folder, "--lang", "en")  # another language: every page changes
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "cannot be written: No space left on device" in ran.err
    assert files(folder) == old_site


@pytest.mark.parametrize("name", ["feeds", "docx"])
def test_a_file_that_may_not_grow_so_large_ends_in_a_sentence_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    line = WRITING[name].format(o=tmp_path, today=TODAY)
    ran = subprocess.run(
        [sys.executable, "-m", "cycleplan", *line.split()],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000)),  # the system's own refusal
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "kan niet worden geschreven: File too large" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert files(tmp_path) == {}


@pytest.mark.parametrize("name", WRITING)
def test_a_folder_that_nobody_may_write_in_ends_in_a_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(streams, "open", refuse, raising=False)
    ran = run(*WRITING[name].format(o=tmp_path, today=TODAY).split())
    assert (ran.code, ran.raw) == (1, b"")
    assert ran.err.splitlines()[-1].endswith(
        "kan niet worden geschreven: Permission denied. Dit bestand is niet veranderd."
    )
    assert files(tmp_path) == {}


def test_a_file_that_another_program_holds_ends_in_a_sentence_and_every_file_is_whole(
    old_site: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = files_of_new_site(tmp_path / "nieuw")
    folder = put(tmp_path / "site", old_site)
    real = os.replace

    def held(source: Path, target: Path) -> None:  # as Windows refuses a file that is open elsewhere
        if Path(target).name == "check.json":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    ran = site(folder, "--lang", "en")
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    found = files(folder)
    assert found.keys() == old_site.keys()
    assert all(raw in (old_site[name], new[name]) for name, raw in pages(found).items())
    assert found["index.html"] == old_site["index.html"]


def files_of_new_site(folder: Path) -> dict[str, bytes]:
    assert site(folder, "--lang", "en").code == 0
    return files(folder)


# --- links, and names that would lead elsewhere


@pytest.mark.parametrize("name", ["index.html", "proef/check.json", "proef/agenda/proef.ics"])
def test_a_link_in_a_site_is_replaced_or_refused_and_what_it_leads_to_stays(name: str, tmp_path: Path) -> None:
    folder, outside = tmp_path / "site", tmp_path / "buiten"
    (folder / name).parent.mkdir(parents=True)
    outside.write_bytes(b"van een ander")
    (folder / name).symlink_to(outside)
    ran = site(folder)
    assert outside.read_bytes() == b"van een ander"
    assert (ran.code == 0) != (folder / name).is_symlink()


def test_a_link_among_the_feeds_is_replaced_and_what_it_leads_to_stays(region: Path, tmp_path: Path) -> None:
    outside, folder = tmp_path / "buiten", tmp_path / "b"
    folder.mkdir()
    outside.write_bytes(b"van een ander")
    (folder / "proef.ics").symlink_to(tmp_path / "nergens")  # leads to nothing
    (folder / "index.html").symlink_to(outside)
    assert run("calendar", region, "--all", folder).code == 0
    assert not (tmp_path / "nergens").exists()
    assert outside.read_bytes() == b"van een ander"
    assert not (folder / "proef.ics").is_symlink()
    assert not (folder / "index.html").is_symlink()


@pytest.mark.parametrize("id", ["../weg", "/weg", "a/b", "a\\b", "..", "~", "c:", "$HOME", "-", "a\nb", "a%2fb", "é"])
@pytest.mark.parametrize("command", ["site {o} {r}", "calendar {r} --all {o}"])
def test_an_id_that_would_be_a_path_is_refused_by_the_reader(command: str, id: str, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_bytes(region_text(region=id))
    ran = run(*command.format(o=tmp_path / "uit", r=path).split())
    assert ran.code == 1
    assert "[not-an-id]" in ran.err
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_of_a_file_does_not_act_on_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)  # as on a terminal
    for line in ("check \x1b[31m", "check foodvalley --\x1b[31m", "memo foodvalley -o {o}/\x1b[31m/m.md", "\x9b31m"):
        ran = run(*line.format(o=tmp_path).split())
        assert ran.code in (1, 2)
        assert "31m" in ran.err
        assert not any(c in ran.err for c in "\x1b\x9b\r")


def test_a_name_of_a_file_that_is_no_text_breaks_nothing(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml"))  # as Latin-1 has it
    path.write_bytes(region_text())
    for line in (["check"], ["check", "--json"], ["timeline", "--format", "json"], ["explain"]):
        ran = run(*line, path, "-o", tmp_path / "uit.json")
        assert (ran.code, ran.err) == (0, ""), line
    path.write_bytes(b"{")
    ran = run("check", path, "--problems", "-o", tmp_path / "uit.txt")
    assert (ran.code, ran.err) == (1, "")
    assert b"?.yaml:2:1" in (tmp_path / "uit.txt").read_bytes()


# --- two at once


@pytest.mark.parametrize(("lang", "words"), [("nl", "schrijft op dit moment in"), ("en", "is writing in")])
@pytest.mark.parametrize("command", ["site {o} {r}", "calendar {r} --all {o}"])
def test_who_comes_while_another_writes_is_told_so_and_writes_nothing(
    command: str, lang: str, words: str, region: Path, tmp_path: Path
) -> None:
    line = command.format(o=tmp_path / "uit", r=region).split()
    with streams.alone_in(tmp_path / "uit"):
        ran = run(*line, "--lang", lang)
        assert (ran.code, ran.raw, len(ran.err.splitlines())) == (1, b"", 1)
        assert words in ran.err
        assert str(tmp_path / "uit") in ran.err
        assert files(tmp_path / "uit") == {}
    assert run(*line).code == 0
    assert files(tmp_path / "uit")


def test_a_disk_that_knows_no_locks_is_written_on_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def none(*_: Any) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(fcntl, "flock", none)
    with streams.alone_in(tmp_path / "a"), streams.alone_in(tmp_path / "a"):
        streams.write_all({tmp_path / "a" / "b": b"c"})
    assert files(tmp_path) == {"a/b": b"c"}


def test_a_folder_that_was_there_stays_and_one_in_which_nothing_came_goes(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    for name in ("leeg", "nieuw"):
        with streams.alone_in(tmp_path / name):
            pass
    assert [p.name for p in tmp_path.iterdir()] == ["leeg"]


@pytest.mark.slow
def test_two_sites_at_once_end_as_one_of_them(tmp_path: Path) -> None:
    nl, en, folder = tmp_path / "nl", tmp_path / "en", tmp_path / "site"
    whole = {lang: put_site(path, lang) for lang, path in (("nl", nl), ("en", en))}
    chance = random.Random(11)
    for _ in range(8):
        started = []
        for lang in ("nl", "en"):
            args = ["site", folder, tmp_path / "klein.yaml", "--today", TODAY, "--lang", lang]
            started.append(subprocess.Popen([sys.executable, "-m", "cycleplan", *args], stderr=subprocess.PIPE))
            time.sleep(chance.uniform(0, 0.15))
        said = [(process.communicate(timeout=120)[1].decode(), process.returncode) for process in started]
        assert {code for _, code in said} <= {0, 1}
        assert 0 in {code for _, code in said}
        assert all("Traceback" not in err for err, _ in said)
        assert all(len(err.splitlines()) == 1 for err, code in said if code == 1)
        assert pages(files(folder)) in (pages(whole["nl"]), pages(whole["en"]))


def put_site(folder: Path, lang: str) -> dict[str, bytes]:
    assert site(folder, "--lang", lang).code == 0
    return files(folder)


def pages(content: dict[str, bytes]) -> dict[str, bytes]:
    """Without the feeds, that go on from what stood there."""
    return {name: raw for name, raw in content.items() if not name.endswith(".ics")}


# --- Ctrl-C

# Interrupts the writing of two files at every line of the code that does; prints what each time was left.
_INTERRUPTED = """
import json, os, signal, sys
from pathlib import Path
from cycleplan.commands import main, streams
folder, here, found = Path(sys.argv[1]), streams.__file__, []
a, b = folder / "a", folder / "b"
def trace(frame, event, _):
    global seen
    if frame.f_code.co_filename == here:
        if event in ("line", "return"):
            seen += 1
            if seen == number:
                signal.raise_signal(signal.SIGINT)
        return trace
number, seen = 0, 1
while seen >= number:
    number, seen, stopped = number + 1, 0, False
    a.write_bytes(b"old")
    b.write_bytes(b"old")
    sys.settrace(trace)
    try:
        streams.write_all({a: b"new", b: b"new"})
    except KeyboardInterrupt:
        stopped = True
    sys.settrace(None)
    found.append([stopped, a.read_text(), b.read_text(), sorted(os.listdir(folder))])
print(json.dumps(found))
"""


def hear() -> None:
    """Let a process hear Ctrl-C, also where these tests run in the background, which does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_at_any_line_of_writing_leaves_all_old_or_all_new_and_nothing_beside(tmp_path: Path) -> None:
    import json

    args = [sys.executable, "-c", _INTERRUPTED, str(tmp_path)]
    ran = subprocess.run(args, capture_output=True, encoding="utf-8", timeout=60, check=True, preexec_fn=hear)
    *found, last = json.loads(ran.stdout)
    assert len(found) > 40
    assert last == [False, "new", "new", ["a", "b"]]  # after the last line
    assert all(stopped and names == ["a", "b"] for stopped, _, _, names in found)
    assert {(a, b) for _, a, b, _ in found} == {("old", "old"), ("new", "new")}


def interrupted(line: str, delay: float) -> tuple[int, str]:
    """The exit code and standard error of a run that got Ctrl-C so many seconds after it began."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *line.split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear,
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=120)[1].decode()
    return process.returncode, said


@pytest.mark.parametrize("name", ["check", "feeds"])
def test_ctrl_c_gives_130_without_a_word(name: str, tmp_path: Path) -> None:
    for attempt in range(9):  # a busy machine can be late with it: then the run has come through
        folder = tmp_path / str(attempt)
        folder.mkdir()
        code, said = interrupted(WRITING[name].format(o=folder, today=TODAY), 0.05 / 2**attempt)
        if code:
            break
    assert (code, said) == (130, "")
    assert files(folder) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITING)
def test_ctrl_c_at_any_moment_gives_130_and_leaves_no_half_file(name: str, tmp_path: Path) -> None:
    line = WRITING[name].format(o=tmp_path, today=TODAY)
    start = time.monotonic()
    subprocess.run([sys.executable, "-m", "cycleplan", *line.split()], check=True, capture_output=True, timeout=120)
    whole, new = time.monotonic() - start, files(tmp_path)
    old = dict.fromkeys(new, b"") if name not in ("calendar", "feeds", "site") else {}
    chance, codes = random.Random(5), []
    for number in range(16):
        for path in tmp_path.rglob("*"):
            if path.is_file():
                path.unlink()
        put(tmp_path, old)
        code, said = interrupted(line, whole * (number + chance.random()) / 16)
        codes.append(code)
        assert "Traceback" not in said
        assert files(tmp_path) in (old, new), (number, code)
    assert set(codes) <= {0, 130}  # 0 where it had come through
    assert 130 in codes


@pytest.mark.parametrize("how", ["-m cycleplan", "-c from cycleplan.__main__ import main; main()"])
def test_ctrl_c_while_the_commands_are_still_being_read_gives_130_without_a_word(how: str, tmp_path: Path) -> None:
    # A click that is never read to its end: what is read first of all that is not our own.
    (tmp_path / "click.py").write_text("import time\nprint('reading', flush=True)\ntime.sleep(60)\n")
    line = [sys.executable, *how.split(" ", 1)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(line, **pipes, env=environment, preexec_fn=hear) as process:
        assert process.stdout
        assert process.stdout.readline() == b"reading\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30) == (b"", b"")
    assert process.returncode == 130


# --- a reader that has gone, a console of another code page, files of Notepad


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_a_reader_that_has_gone_is_left_in_silence(name: str, region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    err = io.StringIO()
    monkeypatch.setattr(sys, "argv", ["cycleplan", *EVERY_COMMAND[name].format(r=region).split()])
    monkeypatch.setattr(sys, "stdout", os.fdopen(writing, "w"))
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit) as left:
        main()
    assert (left.value.code, err.getvalue()) == (0, "")
    sys.stdout.close()


@pytest.mark.parametrize("where", ["full", "closed"])
@pytest.mark.parametrize("name", [*EVERY_COMMAND, "nothing"])
def test_output_that_cannot_be_written_ends_in_a_sentence(
    name: str, where: str, region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    err = io.StringIO()
    line = EVERY_COMMAND.get(name, "").format(r=region).split()
    monkeypatch.setattr(sys, "argv", ["cycleplan", *line])
    monkeypatch.setattr(sys, "stderr", err)
    out = Path("/dev/full").open("w") if where == "full" else None  # noqa: SIM115 - None: as Python has it when closed
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(SystemExit) as left:
        main()
    if out:
        out.close()
    assert left.value.code == 1
    said = err.getvalue().splitlines()
    assert [s for s in said if s.startswith("De uitvoer kan niet worden geschreven: ")] == said[-1:]
    assert "Traceback" not in err.getvalue()


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_every_command_comes_out_on_a_console_of_windows(name: str, region: Path) -> None:
    region.write_bytes(region_text("Südwest ﷽ 🏫"))
    line = EVERY_COMMAND[name].format(r=region)
    ran = run(*line.split(), encoding="cp1252")
    assert (ran.code, ran.err) == (0, "")
    if name not in ("xlsx", "docx", "calendar"):  # bytes
        encoding = "utf-8" if "json" in line else "cp1252"  # RFC 8259, section 8.1
        assert len(ran.raw.decode(encoding).splitlines()) == len(run(*line.split()).out.splitlines())


def test_a_file_of_notepad_is_read_by_every_command(region: Path, tmp_path: Path) -> None:
    """With a byte order mark and Windows line ends; also a saved answer, a style and a text of one's own."""
    notepad = tmp_path / "notepad"
    notepad.mkdir()
    other, saved, style = notepad / "regio.yaml", notepad / "toen.json", notepad / "stijl.css"
    other.write_bytes(b"\xef\xbb\xbf" + region.read_bytes().replace(b"\n", b"\r\n"))
    saved.write_bytes(b"\xef\xbb\xbf" + run("check", region, "--json", "--today", TODAY).raw.replace(b"\n", b"\r\n"))
    style.write_bytes("\ufeffbody { color: red }\r\n".encode())
    for args in (["windows"], ["propose"], ["timeline", "--format", "html"], ["compare", "twente"], ["memo"]):
        found = [run(args[0], path, *args[1:], "--today", TODAY) for path in (region, other)]
        assert found[0].code == found[1].code == 0
        assert found[0].out.replace(str(region), "") == found[1].out.replace(str(other), ""), args
    assert "niets" in run("diff", region, other, "--today", TODAY).out.lower()
    ran = run("diff", saved, other, "--today", TODAY)
    assert (ran.code, ran.err) == (0, "")
    assert run("new", "Ede", "--like", other).code == 0
    assert run("site", tmp_path / "site", other, "--style", style).code == 0
    assert "body { color: red }" in run("timeline", other, "--format", "html", "--style", style).out
