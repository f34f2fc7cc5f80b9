"""The door: exit codes, what goes to which stream, files whole or not at all, and help that is true."""

import difflib
import errno
import json
import os
import re
import shlex
import subprocess
import sys
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from running import LANGUAGES, REGIONS, TODAY, region_text, run, told

from cycleplan import __version__, commands
from cycleplan.commands import streams

ROOT = Path(__file__).parent.parent
NAMES = tuple(commands._COMMANDS)
BROKEN = "region: r\nname: R\nrevised: 2026-13-01\n"
# The commands that read a region.
READING = ("check", "windows", "propose", "timeline", "calendar", "memo", "explain")


def process(*args: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run cycleplan as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cycleplan", *args],
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **env},
        timeout=60,
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.yaml"
    path.write_bytes(region_text())
    return path


# --- what if the formation takes so long

FORMATION = ("check", "windows", "propose", "timeline", "explain", "memo")
COLLEGE = "GM0228/council/2030-03-20/college"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FORMATION)
def test_given_days_of_formation_are_told_wherever_they_are_used(name: str, lang: str) -> None:
    args = [name, "foodvalley", *([COLLEGE] if name == "explain" else []), "--today", TODAY, "--lang", lang]
    said = {
        "nl": "Opgegeven formatieduur (aanname, --formation): 35 dagen (mogelijk), 70 dagen (waarschijnlijk)",
        "en": "Length of formation as given (assumed, --formation): 35 days (possible), 70 days (likely)",
    }[lang]
    assert said not in " ".join(run(*args).out.split())
    ran = run(*args, "--formation", "35,70,110")
    assert (ran.code, ran.err) == (0, "")
    assert said in " ".join(ran.out.split())


@pytest.mark.parametrize("name", FORMATION)
@pytest.mark.parametrize(
    "value", ["35", "35,70", "35,70,110,120", "0,70,110", "70,35,110", "35,70,367", "a,b,c", "35;70;110", ""]
)
def test_days_of_formation_that_cannot_be_are_wrong_usage(name: str, value: str) -> None:
    ran = run(name, "foodvalley", "--formation", value)
    assert (ran.code, ran.raw) == (2, b"")
    assert f"`{value}` kan niet bij --formation." in ran.err
    assert "35,70,110" in ran.err
    assert "Give three whole numbers from 1 to 366" in run(name, "foodvalley", "--lang", "en", "--formation", value).err


def test_a_published_calendar_never_rests_on_a_what_if() -> None:
    assert run("calendar", "foodvalley", "--formation", "35,70,110").code == 2


def test_a_what_if_replaces_what_the_file_says_of_the_formation(tmp_path: Path) -> None:
    path = tmp_path / "sound.yaml"
    path.write_bytes(region_text(policy={"formation_days": [40, 80, 120]}))
    by_file = json.loads(run("check", path, "--json", "--today", TODAY).out)
    asked = json.loads(run("check", path, "--json", "--today", TODAY, "--formation", "35,70,110").out)
    assert (by_file["formation"]["given"], by_file["formation"]["given_by"]) == ([40, 80, 120], "file")
    assert (asked["formation"]["given"], asked["formation"]["given_by"]) == ([35, 70, 110], "command")
    assert by_file["councils"] != asked["councils"]
    for answer in (by_file, asked):
        days = answer["formation"]["given"]
        coming = [c for c in answer["councils"] if c["elected"] > TODAY]
        assert coming
        for council in coming:
            polled = date.fromisoformat(council["elected"])
            formed = [council["college_formed"][level] for level in ("possible", "likely", "certain")]
            assert formed == [str(polled + timedelta(days=n)) for n in days]


@pytest.mark.parametrize(("code", "how"), [("given_in_file", "bestand"), ("given_on_command", "--formation")])
def test_a_trace_tells_who_gave_the_days(code: str, how: str, tmp_path: Path) -> None:
    path = tmp_path / "sound.yaml"
    asked = ["--formation", "70,70,70"] if code == "given_on_command" else []
    path.write_bytes(region_text() if asked else region_text(policy={"formation_days": [70, 70, 70]}))
    ids = json.loads(run("explain", path, "--json").out)["ids"]
    college = next(id for id in ids if id.endswith("2030-03-20/college"))
    found = json.loads(run("explain", path, college, "--json", *asked).out)
    assert (found["last"]["date"], found["status"]) == ("2030-05-29", "assumed")
    ground = found["last"]["trace"][-1]
    assert ground["code"] == code
    assert how in ground["text"]
    assert "70 dagen na de verkiezing van 20 maart 2030, niet gecorrigeerd voor het aantal gemeenten" in ground["text"]
    assert "nieuw college verwacht" in found["text"]  # also where the three days are the same


# --- exit codes and streams


@pytest.mark.parametrize("name", READING)
def test_a_region_that_can_be_planned_with_gives_0_and_only_the_product(name: str) -> None:
    ran = run(name, "foodvalley", "--today", TODAY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.raw


@pytest.mark.parametrize("name", READING)
def test_a_region_file_with_errors_gives_1_and_tells_each_with_its_place(name: str, broken: Path) -> None:
    ran = run(name, broken, "--today", TODAY)
    assert ran.code == 1
    where = ran.out if name == "check" else ran.err  # the problems are what check makes
    assert f"{broken}:3:10: fout: " in where
    assert "[no-such-day]" in where
    if name != "check":
        assert ran.raw == b""


@pytest.mark.parametrize("name", READING)
def test_a_region_that_is_not_there_gives_1_and_the_nearest_that_is(name: str) -> None:
    ran = run(name, "foodvaley")
    assert (ran.code, ran.raw) == (1, b"")
    assert "`foodvaley`" in ran.err
    assert "Bedoel je `foodvalley`?" in ran.err
    assert len(ran.err.splitlines()) == 1


# Wrong usage: the words on the line, and what is told of it in Dutch and in English.
WRONG = {
    "unknown command": (("chek", "foodvalley"), "`check`", "`check`"),
    "unknown command that is like none": (("xyzzy",), "bestaat niet", "no command"),
    "unknown option": (("check", "foodvalley", "--tody", "2026-01-01"), "`--today`", "`--today`"),
    "region missing": (("check",), "REGION", "REGION"),
    "two regions": (("check", "foodvalley", "noord-kennemerland"), "noord-kennemerland", "noord-kennemerland"),
    "no day": (("check", "foodvalley", "--today", "morgen"), "`morgen` is geen dag", "`morgen` is"),
    "a day that does not exist": (("check", "foodvalley", "--today", "2027-02-29"), "is geen dag", "2027-02-29"),
    "a day in another form": (("check", "foodvalley", "--today", "20270228"), "is geen dag", "20270228"),
    "no value": (("check", "foodvalley", "--today"), "--today", "--today"),
    "a value too many": (("check", "foodvalley", "--json=1"), "--json", "--json"),
    "unknown threshold": (("check", "foodvalley", "--fail-on", "red"), "out_of_step", "out_of_step"),
    "unknown form": (("memo", "foodvalley", "--format", "pdf"), "md", "md"),
    "partnership without horizon": (("windows", "foodvalley", "--partnership", "PO2510"), "--horizon", "--horizon"),
    "o is a folder": (("check", "foodvalley", "-o", "."), "--output", "--output"),
    "no command": ((), "opdracht", "command"),
}


@pytest.mark.parametrize(("args", "dutch", "english"), WRONG.values(), ids=WRONG)
def test_wrong_usage_gives_2_and_says_on_standard_error_what_was_meant(
    args: tuple[str, ...], dutch: str, english: str
) -> None:
    for lang, expected in (("nl", dutch), ("en", english)):
        ran = run("--lang", lang, *args)
        assert (ran.code, ran.raw) == (2, b"")
        sentence, way_out = ran.err.splitlines()
        assert expected.lower() in sentence.lower()
        assert "--help`" in way_out
        if lang == "nl":
            assert not re.search(r"\b(the|missing|such|directory|did you mean|does not|try)\b", ran.err, re.IGNORECASE)
        else:
            assert not re.search(r"\b(bestaat|bedoel|geen|kies|probeer)\b", ran.err, re.IGNORECASE)


def test_an_unknown_language_gives_2_and_the_languages_there_are() -> None:
    ran = run("check", "foodvalley", "--lang", "de")
    assert (ran.code, ran.raw) == (2, b"")
    assert "nl, en" in ran.err


@pytest.mark.parametrize("day", ["1999-01-01", "0001-01-01", "2061-01-01", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("option", ["--today", "--from", "--to"])
def test_a_day_far_off_is_answered_or_refused_with_a_sentence(option: str, day: str) -> None:
    ran = run("check", "foodvalley", option, day)
    assert ran.code in (0, 1, 2)
    assert (ran.code == 0) == (ran.err == "")
    assert len(ran.err.splitlines()) <= 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_process_itself_leaves_with_the_right_code(lang: str) -> None:
    for args, code in ((("list",), 0), (("check", "nergens"), 1), (("chek",), 2)):
        ran = process("--lang", lang, *args)
        assert ran.returncode == code
        assert bool(ran.stdout) is (code == 0)
        assert bool(ran.stderr) is (code != 0)
        assert b"Traceback" not in ran.stderr


# --- --fail-on


@pytest.mark.parametrize(
    ("region", "threshold", "code"),
    [
        ("foodvalley", "out_of_step", 1),  # PO2510 from 2026
        ("foodvalley", "at_risk", 1),
        ("foodvalley", "warning", 1),
        ("noord-kennemerland", "out_of_step", 0),
        ("noord-kennemerland", "at_risk", 1),
    ],
)
def test_a_threshold_that_is_crossed_gives_1_and_the_product_all_the_same(
    region: str, threshold: str, code: int
) -> None:
    ran = run("check", region, "--today", TODAY, "--fail-on", threshold)
    assert (ran.code, ran.err) == (code, "")
    assert ran.out == told("check", region)


def test_a_file_without_a_warning_does_not_cross_that_threshold(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("region: r\nname: R\nrevised: 2026-11-22\n", encoding="utf-8")
    assert run("check", path, "--today", TODAY, "--fail-on", "warning").code == 0


# --- the horizon


def test_a_period_that_ends_before_it_begins_gives_1_and_says_so() -> None:
    for name in (name for name in READING if name != "propose"):  # it has --horizon-years
        ran = run(name, "foodvalley", "--from", "2030-01-02", "--to", "2030-01-01")
        assert (ran.code, ran.raw) == (1, b"")
        assert ran.err == "De periode eindigt (1 januari 2030) voordat zij begint (2 januari 2030).\n"


def test_from_and_to_set_the_horizon_and_each_can_be_given_alone() -> None:
    def horizon(*args: str) -> tuple[str, str]:
        found = json.loads(run("check", "foodvalley", "--today", TODAY, "--json", *args).out)["horizon"]
        return found["first"], found["last"]

    first, last = horizon()
    assert (first, last) == ("2014-08-01", "2039-07-31")
    assert horizon("--from", "2027-01-01", "--to", "2028-12-31") == ("2027-01-01", "2028-12-31")
    assert horizon("--from", "2027-01-01") == ("2027-01-01", last)
    assert horizon("--to", "2028-12-31") == (first, "2028-12-31")
    assert horizon("--from", "2027-01-01", "--to", "2027-01-01") == ("2027-01-01", "2027-01-01")


def test_today_is_the_day_that_everything_is_seen_from() -> None:
    before = run("check", "foodvalley", "--today", "2026-04-30").out
    after = run("check", "foodvalley", "--today", "2026-05-01").out
    assert "30 april 2026" in before.splitlines()[0]
    assert " ! PO2510" not in before
    assert " ! PO2510" in after


# --- files


def test_o_writes_the_product_and_nothing_to_standard_output(tmp_path: Path) -> None:
    for args in (("check", "foodvalley"), ("list",), ("memo", "foodvalley"), ("schema",), ("explain", "foodvalley")):
        path = tmp_path / "out"
        today = () if args[0] in ("list", "schema") else ("--today", TODAY)
        ran = run(*args, *today, "-o", path)
        assert (ran.code, ran.raw, ran.err) == (0, b"", "")
        assert path.read_bytes() == run(*args, *today).raw
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_o_replaces_the_file_that_stood_there_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("oud", encoding="utf-8")
    path.chmod(0o640)
    assert run("list", "-o", path).code == 0
    assert path.read_bytes() == run("list").raw
    assert path.stat().st_mode & 0o777 == 0o640


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def fail_halfway(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("what", ["a folder without rights", "a full disk", "no right to replace"])
def test_a_file_that_cannot_be_written_stays_as_it_was(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    path.write_text("oud", encoding="utf-8")
    if what == "a folder without rights":
        monkeypatch.setattr(streams, "open", refuse, raising=False)
    elif what == "a full disk":
        monkeypatch.setattr(os, "fsync", fail_halfway)
    else:
        monkeypatch.setattr(os, "replace", refuse)
    ran = run("memo", "foodvalley", "-o", path)
    assert (ran.code, ran.raw) == (1, b"")
    assert str(path) in ran.err
    assert len(ran.err.splitlines()) == 1
    assert path.read_text(encoding="utf-8") == "oud"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_region_with_errors_leaves_the_file_that_stood_there(broken: Path, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("oud", encoding="utf-8")
    for name in READING:
        if name != "check":  # its product is the list of problems
            assert run(name, broken, "-o", path).code == 1
    assert path.read_text(encoding="utf-8") == "oud"


@pytest.mark.parametrize("inside", ["nergens", "bestand"])
def test_a_folder_that_is_not_there_gives_a_sentence_and_1(inside: str, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("", encoding="utf-8")
    path = tmp_path / inside / "out.md"
    for lang, words in (("nl", "kan niet worden geschreven"), ("en", "cannot be written")):
        ran = run("memo", "foodvalley", "-o", path, "--lang", lang)
        assert (ran.code, ran.raw) == (1, b"")
        assert str(path) in ran.err
        assert words in ran.err
        assert len(ran.err.splitlines()) == 1


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_reads_the_same(sound: Path) -> None:
    was = sound.read_bytes()
    for args in (("check",), ("check", "--json"), ("calendar",), ("memo",), ("timeline", "--format", "json")):
        found = []
        for raw in (was, b"\xef\xbb\xbf" + was.replace(b"\n", b"\r\n")):
            sound.write_bytes(raw)
            found.append(run(args[0], sound, *args[1:], "--today", TODAY))
        assert found[0] == found[1]
        assert found[0].code == 0


# --- consoles of all kinds


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii", "latin-1", "utf-16"])
def test_a_console_with_an_older_code_page_breaks_nothing(encoding: str) -> None:
    for args in (("check",), ("windows",), ("timeline",), ("memo",), ("explain",), ("check", "--json")):
        for lang in LANGUAGES:
            ran = run(args[0], "foodvalley", *args[1:], "--today", TODAY, "--lang", lang, encoding=encoding)
            assert (ran.code, ran.err) == (0, "")
            # JSON is UTF-8 wherever it goes (RFC 8259, section 8.1); the screens are in the console's own.
            text = ran.raw.decode("utf-8" if "--json" in args else encoding)
            whole = told(args[0], "foodvalley", *args[1:], "--lang", lang)
            assert len(text.splitlines()) == len(whole.splitlines())
            plain = [re.sub("[^a-z0-9]", "", t.encode("ascii", "ignore").decode().lower()) for t in (text, whole)]
            assert len(plain[0]) >= len(plain[1])
    assert json.loads(run("check", "foodvalley", "--json", encoding=encoding).raw)


def test_a_calendar_is_utf8_whatever_the_console() -> None:
    assert run("calendar", "foodvalley", encoding="ascii").raw == run("calendar", "foodvalley").raw


def test_help_and_errors_come_out_on_an_older_code_page_too() -> None:
    for encoding in ("cp850", "ascii"):
        assert run("--help", encoding=encoding).code == 0
        assert run("check", "één", encoding=encoding).code == 1
        assert run("chék", encoding=encoding).code == 2


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
def test_the_process_obeys_pythonioencoding(encoding: str) -> None:
    ran = process("check", "foodvalley", "--today", TODAY, PYTHONIOENCODING=encoding)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "uit de pas" in ran.stdout.decode(encoding)


def test_a_reader_that_has_seen_enough_is_left_in_silence() -> None:
    # More than a pipe holds, so that the process is still writing when the reader goes.
    args = [sys.executable, "-m", "cycleplan", "check", "foodvalley", "--json"]
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ran:
        assert ran.stdout
        assert ran.stderr
        assert ran.stdout.readline() == b"{\n" if os.name != "nt" else ran.stdout.readline()
        ran.stdout.close()
        assert ran.stderr.read() == b""
        assert ran.wait(60) == 0


@pytest.mark.parametrize("line", ["check foodvalley", "calendar foodvalley", "list", "", "--help", "--version"])
def test_a_reader_that_has_gone_before_the_first_byte_is_left_in_silence(line: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    args = [sys.executable, "-m", "cycleplan", *line.split()]
    ran = subprocess.run(args, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


# --- ways in


def test_the_ways_in_lead_to_the_same_door() -> None:
    text = f"cycleplan {__version__} · gegevens 22 november 2026 · wet 22 november 2026"  # as the two files say
    script = Path(sys.executable).with_name("cycleplan")
    ways = [[sys.executable, "cli.py"], [sys.executable, "-m", "cycleplan"], [str(script)]]
    for way in ways:
        ran = subprocess.run([*way, "--version"], capture_output=True, cwd=ROOT, encoding="utf-8", timeout=60)
        assert (ran.returncode, ran.stdout.strip(), ran.stderr) == (0, text, "")


def test_the_version_comes_with_the_days_of_the_data_and_the_law_in_both_languages() -> None:
    said = f"cycleplan {__version__} · data 22 November 2026 · law 22 November 2026\n"
    assert run("--version", "--lang", "en").out == run("--lang", "en", "--version").out == said


def test_the_version_needs_no_yaml_no_pydantic_and_no_law() -> None:
    code = (
        "import sys; sys.argv = ['cycleplan', '--version']; from cycleplan.commands import main\n"
        "try: main()\nfinally: print(*sorted(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, encoding="utf-8", timeout=60)
    read = set(ran.stderr.split())
    assert "click" in read
    assert not {"yaml", "pydantic", "rich", "dateutil", "csv", "cycleplan.law", "cycleplan.register"} & read


def test_cli_py_runs_from_another_folder(tmp_path: Path) -> None:
    args = [sys.executable, ROOT / "cli.py", "list"]
    ran = subprocess.run(args, capture_output=True, cwd=tmp_path, encoding="utf-8", timeout=60)
    assert (ran.returncode, ran.stdout) == (0, told("list"))


def test_a_path_to_a_region_file_does_what_its_id_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for region in REGIONS:
        assert run("memo", f"regions/{region}.yaml", "--today", TODAY).out == told("memo", region)


# --- help


def test_the_help_names_every_command_with_a_sentence() -> None:
    for lang in LANGUAGES:
        text = run("--lang", lang, "--help").out
        for name in NAMES:
            assert re.search(rf"^  {name} +\S.+", text, re.MULTILINE)


def test_the_help_of_every_command_is_in_the_language_asked_for() -> None:
    for name in NAMES:
        dutch, english = (run("--lang", lang, name, "--help").out for lang in LANGUAGES)
        assert dutch.startswith(f"Gebruik: cycleplan {name} ")
        assert "Opties:" in dutch
        assert "Voorbeeld: " in dutch
        assert english.startswith(f"Usage: cycleplan {name} ")
        assert "Options:" in english
        assert "Example: " in english
        for text in (dutch, english):
            assert not re.search(r"help\.[a-z]|usage\.[a-z]|\bNone\b", text)
            assert max(len(line) for line in text.splitlines()) <= 80


def test_every_option_has_a_help_text() -> None:
    for name in NAMES:
        command = import_module(f"cycleplan.commands.{commands._COMMANDS[name]}").COMMANDS[name]
        options = [p for p in command.params if p.param_type_name == "option"]
        assert all(option.help for option in options)
        text = " ".join(run(name, "--help").out.split())
        assert all(option.opts[-1] in text for option in options)


def test_the_language_counts_wherever_it_stands_on_the_line() -> None:
    english = run("--lang", "en", "check", "--help").out
    assert run("check", "--lang", "en", "--help").out == english
    assert run("check", "--help", "--lang", "en").out == english
    assert run("--lang", "en", "check", "foodvalley", "--today", TODAY).out == told(
        "check", "foodvalley", "--lang", "en"
    )
    assert run("list", "--lang", "en").out == run("--lang", "en", "list").out


def test_no_words_at_all_give_the_help() -> None:
    assert run() == run("--help")


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_command_stands_whole_in_its_help_and_works(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = import_module(f"cycleplan.commands.{commands._COMMANDS[name]}").COMMANDS[name]
    help_ = run(name, "--help").out
    # Wrapped at spaces only: who copies it must not have to mend a code or a date.
    assert " ".join(command.example.split()) in " ".join(help_.split())
    monkeypatch.chdir(tmp_path)
    program, *args = shlex.split(command.example)
    assert program == "cycleplan"
    assert args[0] == name
    ran = run(*args)
    # Of a calendar that did not stand there yet it says so, a site how many files it wrote, a new file what comes next.
    says = {
        "calendar": "Voor het eerst gepubliceerd: ede.ics (1)",
        "site": "public: 58 bestanden",
        "new": "cycleplan check regio.yaml",
    }.get(name, "")
    assert (ran.code, bool(ran.err), says in ran.err) == (0, bool(says), True)
    written = [p.name for p in tmp_path.iterdir()]
    assert written == (args[1:2] if name == "site" else [args[args.index("-o") + 1]] if "-o" in args else [])
    assert bool(ran.raw) is not bool(written)


# --- schema, list, explain


def test_the_schema_is_the_one_in_the_documents() -> None:
    assert json.loads(told("schema")) == json.loads((ROOT / "docs/region.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_id_that_is_none_is_told_with_the_nearest(lang: str) -> None:
    id = "PO2510/ondersteuningsplan/2026-08-01/submision"
    ran = run("explain", "foodvalley", id, "--lang", lang)
    assert (ran.code, ran.raw) == (1, b"")
    assert "`PO2510/ondersteuningsplan/2026-08-01/submission`" in ran.err
    ran = run("windows", "foodvalley", "--plan", "PO2510/ondersteuningsplan/2026-08-02", "--lang", lang)
    assert (ran.code, ran.raw) == (1, b"")
    assert "`PO2510/ondersteuningsplan/2026-08-01`" in ran.err
    ran = run("windows", "foodvalley", "--horizon", "--partnership", "PO2519", "--lang", lang)
    assert (ran.code, ran.raw) == (1, b"")
    assert "PO2510" in ran.err


def test_the_problems_alone_are_a_line_each_with_file_and_place() -> None:
    for region in REGIONS:
        lines = told("check", region, "--problems").splitlines()
        assert len(lines) == len(json.loads(told("check", region, "--json"))["problems"])
        assert all(re.fullmatch(r".+\.yaml:\d+:\d+: let op: .+ \[[a-z0-9-]+\]", line) for line in lines), lines[0]


# --- propose


def _written(*args: str, cwd: Path) -> bytes:
    target = cwd / "new.yaml"
    ran = run("propose", *args, "--write", str(target), "--today", TODAY)
    assert ran.code == 0, ran.err
    assert "new.yaml" in ran.err
    return target.read_bytes()


def test_the_chosen_proposal_is_written_as_expected_plans_and_every_other_line_stays(tmp_path: Path) -> None:
    before = (ROOT / "regions" / "foodvalley.yaml").read_text(encoding="utf-8").splitlines()
    after = _written("foodvalley", "--partnership", "PO2510", cwd=tmp_path).decode().splitlines()
    changes = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert all(line.startswith("+") for line in changes)
    new = "\n".join(changes)
    assert re.findall(r"years: (\S+)", new) == ["2026-2027", "2027-2031", "2031-2035", "2035-2039"]
    assert json.loads(told("check", str(tmp_path / "new.yaml"), "--json"))["region"] == "foodvalley"


def test_another_proposal_can_be_chosen_by_its_number(tmp_path: Path) -> None:
    after = _written("foodvalley", "--partnership", "PO2510", "--choose", "2", cwd=tmp_path).decode()
    assert "years: 2026-2030" in after  # change nothing
    assert "years: 2026-2027" not in after


def test_what_is_written_is_what_is_then_proposed_as_changing_nothing(tmp_path: Path) -> None:
    _written("foodvalley", cwd=tmp_path)
    again = json.loads(told("propose", str(tmp_path / "new.yaml"), "--json"))
    unchanged = {p["partnerships"][0]: p for p in again["proposals"] if p["unchanged"]}
    assert {code for code, p in unchanged.items() if p["recommended"]} == {"PO2509", "PO2510", "VO2509"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (("--write", "{}", "--choose", "99"), 1, "5"),
        (("--write", "{}", "--choose", "1", "--choose", "2"), 1, "2"),
        (("--write", "{}", "--partnership", "VO2510"), 1, ""),  # nothing is proposed
        (("--write", "{}", "--may-shorten"), 2, "--may-shorten"),
        (("--choose", "1"), 2, "--write"),
        (("--choose", "x", "--write", "{}"), 2, "x"),
        (("--horizon-years", "17"), 2, "16"),
        (("--partnership", "PO9999"), 1, "PO9999"),
    ],
)
def test_propose_says_what_it_cannot_do_and_writes_nothing(
    args: tuple[str, ...], code: int, word: str, lang: str, tmp_path: Path
) -> None:
    target = tmp_path / "new.yaml"
    ran = run("propose", "foodvalley", *(arg.format(target) for arg in args), "--lang", lang, "--today", TODAY)
    assert ran.code == code, ran.out
    assert word in ran.err
    assert not target.exists()
    assert "Traceback" not in ran.err


def test_without_the_extra_writing_says_which_one_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    target = tmp_path / "new.yaml"
    ran = run("propose", "foodvalley", "--write", str(target), "--today", TODAY)
    assert ran.code == 1
    assert "cycleplan[write]" in ran.err
    assert not target.exists()


def test_a_proposal_that_cannot_be_written_is_not_shown_either(tmp_path: Path) -> None:
    ran = run("propose", "foodvalley", "--write", str(tmp_path / "no-such-folder" / "new.yaml"), "--today", TODAY)
    assert ran.code == 1
    assert ran.out == ""


# --- explain


def test_explain_finds_every_id_of_every_json(tmp_path: Path) -> None:
    told_of = [
        json.loads(told("windows", "foodvalley", "--json")),
        json.loads(told("windows", "foodvalley", "--horizon", "--json")),
        json.loads(told("windows", "foodvalley", "--horizon", "--partnership", "PO2510", "--json")),
        json.loads(told("propose", "foodvalley", "--json")),
    ]
    ids = sorted(set(re.findall(r'"id": "([^"]+/[^"]+)"', json.dumps(told_of))))
    assert len(ids) > 200
    for id in ids[::17]:
        ran = run("explain", "foodvalley", id, "--today", TODAY)
        assert ran.code == 0, id


# --- found by a hostile reader


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_output_never_takes_the_place_of_the_region_file_or_of_another_output(sound: Path, lang: str) -> None:
    before = sound.read_bytes()
    other = sound.with_name("other.yaml")
    for args in (
        ("check", sound, "-o", sound),
        ("propose", sound, "--write", sound, "-o", sound),
        ("propose", sound, "--write", other, "-o", other),
    ):
        ran = run(*args, "--today", TODAY, "--lang", lang)
        assert ran.code == 2
        assert "-o" in ran.err
    assert sound.read_bytes() == before
    assert not other.exists()


def test_one_plan_and_the_horizon_do_not_go_together() -> None:
    ran = run("windows", "foodvalley", "--plan", "x", "--horizon")
    assert ran.code == 2
    assert "--horizon" in ran.err


def test_explain_finds_a_council_of_after_the_horizon() -> None:
    assert run("explain", "foodvalley", "GM0203/council/2042-03-19", "--today", TODAY).code == 0
    assert run("explain", "foodvalley", "GM0203/council/2042-03-20", "--today", TODAY).code == 1


def test_an_assumed_plan_makes_way_for_the_written_ones_as_an_expected_one_does(tmp_path: Path) -> None:
    plans = [
        {"years": "2023-2027", "status": "actual", "source": "x"},
        {"years": "2030-2034", "status": "assumed", "source": "x"},
    ]
    path = tmp_path / "r.yaml"
    path.write_bytes(region_text(partnerships=[{"code": "PO2510", "plans": plans}]))
    after = _written(str(path), cwd=tmp_path).decode()
    assert "assumed" not in after
    assert "plans-overlap" not in run("check", tmp_path / "new.yaml", "--problems", "--today", TODAY).out


def test_a_municipality_that_merges_away_makes_no_plan_after_it(tmp_path: Path) -> None:
    youth = {"kind": "jeugdplan", "first": "2024-01-01", "last": "2027-12-31", "rhythm": 4, "status": "actual"}
    path = tmp_path / "r.yaml"
    path.write_bytes(region_text(municipalities=[{"code": "GM1696", "plans": [{**youth, "source": "x"}]}]))
    plans = json.loads(run("check", path, "--json", "--today", TODAY).out)["plans"]
    assert [p["first"] for p in plans if p["owner"] == "GM1696"] == ["2024-01-01"]
