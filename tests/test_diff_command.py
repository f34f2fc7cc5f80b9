"""``diff``: what it says, and that law, register and program are told apart from the file."""

import json
import os
import random
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from editing import PO, agreement, council, first_plan, no_plan, one_more, plan, policy, procedure, recess, text
from markdown_it import MarkdownIt
from running import LANGUAGES, TODAY, as_yaml, region_file, run

from cycleplan import __version__
from cycleplan.changes import CODES
from cycleplan.commands import door
from cycleplan.daterules import BeforeDay
from cycleplan.law import Law, load_law
from cycleplan.resources import region_files
from cycleplan.wording import en, nl

LATER = date(2026, 12, 24)
OPR_DUTCH = "de OPR krijgt nu negen weken (was zes)"


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[Path]]:
    """Writes texts to files of their own."""

    def write(*texts: bytes | str) -> list[Path]:
        paths = []
        for name, content in zip(("oud.yaml", "nieuw.yaml", "derde.yaml"), texts, strict=False):
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        return paths

    return write


def save(path: Path, *args: str, today: str = TODAY) -> Path:
    """The answer of ``check --json`` about a file, saved beside it."""
    to = path.with_suffix(".json")
    assert run("check", path, "--json", "--today", today, "-o", to, *args).code == 0
    return to


def said(old: Path, new: Path, *args: str, today: str = TODAY) -> str:
    ran = run("diff", old, new, "--today", today, *args)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def record(old: Path, new: Path, *args: str, today: str = TODAY) -> Any:
    return json.loads(said(old, new, "--json", *args, today=today))


def causes(answer: Any) -> set[str]:
    return {change["cause"] for change in answer["changes"]}


def other_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if plans must be there before 15 April, by a law that was looked at later."""
    law = load_law()
    provisions = [
        p._replace(rule=BeforeDay(4, 15), valid_from=date(2014, 1, 7)) if p.gives == "submission" else p
        for p in law.provisions
    ]
    changed = Law(provisions, LATER)
    monkeypatch.setattr(door, "load_law", lambda: changed)


# --- what it says


def test_a_screen_in_dutch(files: Callable[..., list[Path]]) -> None:
    new = text(procedure(opr_weeks=9), plan(years="2026-2030", oogo="2026-01-20"), recess("2027-01-20", "2027-01-22"))
    screen = said(*files(text(), new), today="2025-11-22")
    assert max(map(len, screen.splitlines())) <= 80
    flat = " ".join(screen.split())
    assert flat.startswith("Wat er is veranderd: Proefregio Oud: oud.yaml, herzien 22 november 2026. Nieuw: nieuw")
    assert (
        "12 feb 2026 De laatste dag voor het OOGO over PO2510 2026–2030 schuift van 5 maart naar 12 februari 2026 "
        "(drie weken eerder): de OPR krijgt nu negen weken (was zes)." in flat
    )
    assert "1 aug 2026 PO2510 2026–2030 is nu vastgesteld (was verwacht)." in flat
    assert "20 jan 2026 Nu in het bestand: het OOGO over PO2510 2026–2030, op 20 januari 2026." in flat
    assert "eindigt: begin van het eigen reces (Proefregio)." in flat
    days = re.findall(r"^ (\d+ \w{3} \d{4}) ", screen, re.MULTILINE)
    assert days == ["20 jan 2026", "12 feb 2026", "1 aug 2026", "19 jan 2027"]


def test_a_verdict_says_what_it_rests_on_and_what_it_was(files: Callable[..., list[Path]]) -> None:
    again = text(first_plan(oogo=["2022-02-10", "2022-12"]))
    flat = " ".join(said(*files(text(), again)).split())
    assert "Het oordeel over PO2510 2022–2026 gaat van uit de pas naar kwetsbaar." in flat
    assert re.search(r"De laagste dekking is \d+ %, in Proefregio\. Dat was 0 %\.", flat)
    assert "het OOGO over PO2510 2022–2026, in december 2022." in flat


def test_what_is_over_is_counted_and_stands_in_the_json(files: Callable[..., list[Path]]) -> None:
    old, new = files(text(), text(procedure(opr_weeks=9)))
    screen = said(old, new)
    assert "Niet getoond, want al voorbij:" in screen
    assert "2026 (drie weken eerder)" not in screen
    steps = [change for change in record(old, new)["changes"] if change["code"] == "step_moved"]
    assert [change["plan"][-10:-6] for change in steps] == ["2022", "2026", "2030", "2034", "2038"]


def test_no_change_is_a_sentence_and_exit_code_0(files: Callable[..., list[Path]]) -> None:
    raw = text()
    assert "Er is niets veranderd:" in said(*files(raw, raw))
    noted = as_yaml(region_file() | {"name": "Anders"})
    assert "De bestanden zijn niet hetzelfde, maar wat hier wordt vergeleken is gelijk" in " ".join(
        said(*files(raw, noted)).split()
    )


def test_shipped_regions_go_by_their_id_and_two_regions_are_told_as_such() -> None:
    ran = run("diff", "foodvalley", "noord-kennemerland", "--today", TODAY)
    assert ran.code == 0
    noted = "dit zijn twee regio's, Regio Foodvalley (foodvalley) en Regio Noord-Kennemerland (noord-kennemerland)."
    assert noted in " ".join(ran.out.split()).replace("- ", "-")  # a line can end at a hyphen
    assert "Nieuw in de regio: Alkmaar, Bergen (NH.), Castricum," in ran.out
    assert "Niet meer in de regio: Barneveld, Ede, Nijkerk," in ran.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_json_has_the_codes_and_the_days_and_only_the_text_in_the_language(
    files: Callable[..., list[Path]], lang: str
) -> None:
    answer = record(*files(text(), text(procedure(opr_weeks=9))), "--lang", lang)
    assert list(answer) == ["old", "new", "today", "horizon", "rules", "same_file", "notes", "changes"]
    assert (answer["rules"], answer["same_file"], answer["notes"]) == ([], False, [])
    change = next(c for c in answer["changes"] if c["code"] == "step_moved" and "2026" in c["plan"])
    text_ = change.pop("text")
    because = change["because"][0].pop("text")
    assert (
        because == {"nl": "de OPR krijgt nu negen weken (was zes)", "en": "the OPR now gets nine weeks (was six)"}[lang]
    )
    assert because in text_
    assert change == {
        "cause": "file",
        "code": "step_moved",
        "date": "2026-02-12",
        "parties": [PO],
        "ids": [f"{PO}/ondersteuningsplan/2026-08-01/oogo"],
        "plan": f"{PO}/ondersteuningsplan/2026-08-01",
        "step": "oogo",
        "old": "2026-03-05",
        "new": "2026-02-12",
        "days": -21,
        "because": [{"code": "weeks", "old": 6, "new": 9}],
    }


@pytest.mark.parametrize("words", [nl, en], ids=LANGUAGES)
def test_every_change_and_every_reason_has_a_text(words: Any) -> None:
    said_otherwise = {"plan_moved"}
    assert {f"change.{code}" for code in set(CODES) - said_otherwise} <= words.TEXTS.keys()
    reasons = {
        "law", "opens", "opens_before", "months", "order", "weeks", "weeks_opr", "weeks_adoption", "election", "given",
        "chances", "least", "was_short", "short", "held", "was_held", "was_part", "now_part",
        "outside", "was_outside", "edge_opens", "edge_closes",
    }  # fmt: skip
    assert {f"change.why.{code}" for code in reasons} <= words.TEXTS.keys()


# --- in a mail

HOSTILE = "<script>alert(1)</script> [klik](javascript:x) **vet** | `code` \n# kop =1+1 ![x](http://x.nl/y.png)"


def test_markdown_is_a_heading_and_a_list(files: Callable[..., list[Path]]) -> None:
    made = said(*files(text(), text(procedure(opr_weeks=9))), "--format", "md")
    assert made.startswith("# Wat er is veranderd: Proefregio\n\nOud: oud.yaml, herzien 22 november 2026.\n")
    tokens = MarkdownIt().parse(made)
    assert {token.type for token in tokens} <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "bullet_list_open",
        "bullet_list_close", "list_item_open", "list_item_close",
    }  # fmt: skip
    assert sum(token.type == "bullet_list_open" for token in tokens) == 1
    assert "- **12 februari 2030** – De laatste dag voor het OOGO over PO2510 2030–2034 (verwacht) schuift" in made


def test_nothing_from_a_file_breaks_out_of_the_mail_or_acts_on_the_screen(
    files: Callable[..., list[Path]],
) -> None:
    def hostile(data: dict[str, Any]) -> None:
        data["name"] = HOSTILE
        for municipality in data["municipalities"]:
            municipality["name"] = HOSTILE
        data["agreements"][0]["name"] = HOSTILE
        data["agreements"][0]["last"] = "2029-06-30"

    edits = (hostile, one_more("GM0203"), council(0, elected="2026-03-18", college_formed="2026-06-20"))
    old, new = files(text(hostile, no_plan), text(*edits))
    made = said(old, new, "--format", "md")
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(made):
        children = token.children or []
        # An address is a link that shows where it goes, as in the memo; nothing else is more than text.
        for link, shown in ((c, children[i + 1]) for i, c in enumerate(children) if c.type == "link_open"):
            assert link.attrs["href"] == shown.content
            assert shown.content.startswith("http://x.nl/")
        kinds = {child.type for child in children}
        assert kinds <= {"text", "text_special", "softbreak", "strong_open", "strong_close", "link_open", "link_close"}
        assert token.type not in ("html_block", "table_open", "fence", "hr")
    assert made.count("\n# ") == 0
    assert "\x1b" not in said(old, new)


def test_the_form_follows_the_name_of_the_file(files: Callable[..., list[Path]], tmp_path: Path) -> None:
    old, new = files(text(), text(procedure(opr_weeks=9)))
    for name, begin in (("a.md", "# Wat"), ("a.txt", "Wat"), ("a.json", "{")):
        to = tmp_path / name
        assert run("diff", old, new, "--today", TODAY, "-o", to).code == 0
        assert to.read_text(encoding="utf-8").startswith(begin)
    assert run("diff", old, new, "-o", tmp_path / "a.docx").code == 2
    assert run("diff", old, new, "-o", new).code == 2
    assert run("diff", old, new, "-o", old).code == 2


# --- what comes from what


def test_a_saved_answer_of_the_same_file_gives_nothing(files: Callable[..., list[Path]]) -> None:
    (old,) = files(text())
    answer = save(old)
    found = record(answer, old)
    assert (found["changes"], found["rules"], found["same_file"], found["notes"]) == ([], [], True, [])
    assert found["old"] == {"region": "proef", "file": "oud.yaml", "revised": TODAY, "saved": TODAY}


@pytest.mark.parametrize(("then", "now"), [("2024-01-01", "2027-08-02"), ("2027-08-02", "2024-01-01")])
def test_another_day_is_no_change(files: Callable[..., list[Path]], then: str, now: str) -> None:
    (old,) = files(text())
    assert record(save(old, today=then), old, today=now)["changes"] == []
    assert record(save(old, "--formation", "30,60,90", today=then), old, today=now)["changes"] == []
    assert record(save(old, "--from", "2025-01-01", "--to", "2031-01-01", today=then), old, today=now)["changes"] == []


def test_without_the_text_it_is_as_of_then_and_another_day_is_no_change_either(
    files: Callable[..., list[Path]],
) -> None:
    old, new = files(text(), text(procedure(opr_weeks=9)))
    answer = save(old, today="2024-01-01")
    held_back(answer)
    found = record(answer, old, today="2027-08-02")
    assert (found["changes"], found["same_file"], found["today"]) == ([], True, "2024-01-01")
    assert [note["code"] for note in found["notes"]] == ["no_text"]
    # The rules are the same, so that what differs is the file's.
    assert causes(record(answer, new)) == {"file"}


def held_back(answer: Path, **versions: str | None) -> None:
    """A saved answer without the text, as a website has it; with other versions."""
    data = json.loads(answer.read_bytes())
    data["input"]["text"] = None
    data["versions"] |= versions
    answer.write_text(json.dumps(data), encoding="utf-8")


def test_another_law_gives_only_changes_of_the_rules(
    files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = files(text())
    answer = save(old)
    other_law(monkeypatch)
    found = record(answer, old)
    assert causes(found) == {"rules"}
    assert (found["rules"], found["same_file"]) == (["law"], True)
    moved = next(c for c in found["changes"] if c["step"] == "submission" and "2026" in c["plan"])
    assert (moved["old"], moved["new"], moved["days"]) == ("2026-04-30", "2026-04-14", -16)
    assert [b["code"] for b in moved["because"]] == ["law"]
    assert moved["because"][0]["new"].endswith("/2014-01-07")
    screen = said(answer, old)
    assert "\nDoor de wet\n" in screen
    assert "Door het bestand" not in screen


def test_another_file_under_the_same_law_gives_only_changes_of_the_file(files: Callable[..., list[Path]]) -> None:
    old, new = files(text(), text(procedure(opr_weeks=9)))
    found = record(save(old), new)
    assert causes(found) == {"file"}
    assert found["changes"] == record(old, new)["changes"]
    assert "Door" not in said(save(old), new)


def test_another_law_and_another_file_are_told_apart(
    files: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = files(text(), text(procedure(opr_weeks=9)))
    answer = save(old)
    other_law(monkeypatch)
    found = record(answer, new)
    assert causes(found) == {"rules", "file"}
    by_cause = {
        cause: next(c for c in found["changes"] if (c["cause"], c["step"]) == (cause, "oogo") and "2026" in c["plan"])
        for cause in ("rules", "file")
    }
    # 5 March, by the law 16 days earlier; from there by the file three weeks.
    assert (by_cause["rules"]["old"], by_cause["rules"]["new"]) == ("2026-03-05", "2026-02-17")
    assert (by_cause["file"]["old"], by_cause["file"]["new"]) == ("2026-02-17", "2026-01-27")
    screen = said(answer, new)
    assert screen.index("\nDoor de wet\n") < screen.index("\nDoor het bestand\n")
    assert "## Door de wet\n" in said(answer, new, "--format", "md")


@pytest.mark.parametrize(
    ("edits", "versions", "cause", "notes"),
    [
        ((), {"law": "2020-01-01"}, "rules", ["no_text"]),
        ((procedure(opr_weeks=9),), {}, "file", ["no_text"]),
        ((procedure(opr_weeks=9),), {"law": "2020-01-01"}, "either", ["no_text", "either"]),
        ((procedure(opr_weeks=9),), {"register": None}, "either", ["no_text", "either"]),
    ],
)
def test_without_the_text_it_says_what_can_and_what_cannot_be_told(
    files: Callable[..., list[Path]],
    monkeypatch: pytest.MonkeyPatch,
    edits: tuple[Any, ...],
    versions: dict[str, Any],
    cause: str,
    notes: list[str],
) -> None:
    old, new = files(text(), text(*edits))
    answer = save(old)
    held_back(answer, **versions)
    if "law" in versions:
        other_law(monkeypatch)
    found = record(answer, new)
    assert causes(found) == {cause}
    assert [note["code"] for note in found["notes"]] == notes


def test_an_answer_that_was_changed_by_hand_is_told_or_refused(files: Callable[..., list[Path]]) -> None:
    (old,) = files(text())
    answer = save(old)
    data = json.loads(answer.read_bytes())
    data["plans"][0]["steps"][1]["latest"] = "2022-03-06"
    answer.write_text(json.dumps(data), encoding="utf-8")
    found = record(answer, old)
    assert (causes(found), found["rules"]) == ({"rules"}, [])
    assert [note["code"] for note in found["notes"]] == ["no_rule"]
    data["input"]["text"] = text(procedure(opr_weeks=9)).decode()
    answer.write_text(json.dumps(data), encoding="utf-8")
    ran = run("diff", answer, old)
    assert (ran.code, ran.raw) == (1, b"")
    assert "is gewijzigd nadat het antwoord is gemaakt" in ran.err


def test_a_text_that_now_has_errors_is_not_planned_with(files: Callable[..., list[Path]]) -> None:
    old, new = files(text(), text(procedure(opr_weeks=9)))
    answer = save(old)
    data = json.loads(answer.read_bytes())
    data["input"]["text"] = "region: [x\n"
    answer.write_text(json.dumps(data), encoding="utf-8")
    ran = run("diff", answer, new)
    assert (ran.code, ran.raw) == (1, b"")  # by this version it was never that
    data["versions"]["cycleplan"] = "0.0.9"
    answer.write_text(json.dumps(data), encoding="utf-8")
    found = record(answer, new)
    assert causes(found) == {"either"}
    assert [note["code"] for note in found["notes"]] == ["unreadable"]
    assert found["rules"] == ["cycleplan"]
    assert __version__ != "0.0.9"


def test_what_an_older_answer_lacks_is_not_compared_and_said(files: Callable[..., list[Path]]) -> None:
    old, new = files(text(), text(one_more("GM0203"), procedure(opr_weeks=9)))
    answer = save(old)
    data = json.loads(answer.read_bytes())
    for key in ("input", "parties", "windows"):
        del data[key]
    answer.write_text(json.dumps(data), encoding="utf-8")
    found = record(answer, new)
    assert [note["code"] for note in found["notes"]] == ["no_text", "older"]
    assert "step_moved" in {change["code"] for change in found["changes"]}
    assert "municipality_new" not in {change["code"] for change in found["changes"]}


def test_the_answer_on_a_website_has_no_text(tmp_path: Path, files: Callable[..., list[Path]]) -> None:
    (old,) = files(text())
    assert run("site", tmp_path / "site", old, "--today", TODAY).code == 0
    published = tmp_path / "site" / "proef" / "check.json"
    source = json.loads(published.read_bytes())["input"]
    assert (source["file"], source["text"]) == ("oud.yaml", None)
    assert source["fingerprint"] == json.loads(save(old).read_bytes())["input"]["fingerprint"]
    assert record(published, old)["changes"] == []


# --- what goes wrong


def test_errors_are_told_as_by_other_commands_and_nothing_is_made(files: Callable[..., list[Path]]) -> None:
    good, bad = files(text(), "region: r\nname: R\nrevised: 2026-13-01\n")
    for args in ((good, bad), (bad, good)):
        ran = run("diff", *args, "--today", TODAY)
        assert (ran.code, ran.raw) == (1, b"")
        assert f"{bad}:3:10: fout: " in ran.err
        assert "[no-such-day]" in ran.err


@pytest.mark.parametrize("content", ["{", "[1, 2]", '{"plans": []}', "", '{"horizon": null, "problems": []}'])
def test_what_is_no_saved_answer_is_an_error_with_a_sentence(
    files: Callable[..., list[Path]], tmp_path: Path, content: str
) -> None:
    (good,) = files(text())
    broken = tmp_path / "broken.json"
    broken.write_text(content, encoding="utf-8")
    for lang in LANGUAGES:
        ran = run("diff", broken, good, "--lang", lang)
        assert (ran.code, ran.raw) == (1, b"")
        assert str(broken) in ran.err
        assert "Traceback" not in ran.err


_VALUES = (
    None, "", "x", "\ud800", "draft", "2026-02-30", "2026-01-01", "1990-01-01", "2129-12", "GM0228", -1, 0, 3, 1e9,
    0.5, True, [], {}, [[]], "\x1b[2J", "SWV-99/PO/2014-01-01", "actual", "out_of_step", "<b>", "9" * 50,
)  # fmt: skip


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(inner, (*path, key))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("args", [("--format", "md"), ("--json",)], ids=["md", "json"])
def test_whatever_stands_in_a_saved_answer_gives_changes_or_a_refusal(
    files: Callable[..., list[Path]], seed: int, args: tuple[str, ...]
) -> None:
    choose = random.Random(seed)
    old, new = files(
        text(), text(procedure(opr_weeks=9), council(0, elected="2026-03-18", college_formed="2026-06-20"))
    )
    answer = save(old)
    sound = json.loads(answer.read_bytes())
    needed = {
        key: sound[key] for key in sound if key not in ("next", "problems", "overlaps", "continuity", "milestones")
    }
    paths = [path for path in _leaves(needed) if path and path[-1] != "text"]
    codes = set()
    for _ in range(12):
        data = deepcopy(sound)
        if choose.random() < 0.5:
            data["input"]["text"] = None
        for path in choose.sample(paths, choose.choice([1, 1, 3])):
            inner = data
            try:
                for part in path[:-1]:
                    inner = inner[part]
                inner[path[-1]] = choose.choice(_VALUES)
            except (TypeError, KeyError, IndexError):  # it went with another
                continue
        answer.write_text(json.dumps(data), encoding="utf-8")
        ran = run("diff", answer, new, "--today", TODAY, *args)
        codes.add(ran.code)
        assert ran.code in (0, 1)
        assert bool(ran.raw) is (ran.code == 0)
        assert "\x1b" not in ran.out + ran.err
    assert 1 in codes


def test_a_saved_answer_comes_first(files: Callable[..., list[Path]]) -> None:
    (old,) = files(text())
    ran = run("diff", old, save(old))
    assert (ran.code, ran.raw) == (1, b"")
    assert "Zet het als eerste" in ran.err


def test_a_region_that_is_not_there_is_an_error_for_either() -> None:
    for args in (("foodvaley", "foodvalley"), ("foodvalley", "foodvaley")):
        ran = run("diff", *args)
        assert ran.code == 1
        assert "foodvalley" in ran.err
    assert run("diff", "foodvalley").code == 2


def test_check_without_json_reads_nothing_of_it() -> None:
    code = (
        "import sys; sys.argv = ['cycleplan', 'check', 'foodvalley']\n"
        "from cycleplan.commands import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print({'cycleplan.' + name for name in ('snapshot', 'changes', 'outputs.records')} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert ran.stdout.endswith("set()\n"), ran.stderr


# --- what a hostile reader found


def flat(old: bytes, new: bytes, files: Callable[..., list[Path]], *args: str, today: str = TODAY) -> str:
    return " ".join(said(*files(old, new), *args, today=today).split())


def test_a_first_day_that_moves_is_told_also_where_the_end_is_found_out(files: Callable[..., list[Path]]) -> None:
    def vision(first: str, last: str) -> bytes:
        plan = {"kind": "regiovisie", "first": first, "last": last, "status": "actual", "source": "verzonnen"}
        return as_yaml(region_file() | {"plans": [plan]}).encode()

    told = flat(vision("2017-01-16", "unknown"), vision("2017-02-01", "2028-12-31"), files)
    assert "schuift van 16 januari naar 1 februari 2017 (16 dagen later)." in told
    assert "is nu bekend: 31 december 2028." in told


def test_with_other_thresholds_all_reasons_of_a_verdict_are_said(files: Callable[..., list[Path]]) -> None:
    new = text(policy(min_window_days=30, in_step_coverage=0.99, out_of_step_coverage=0.98))
    told = flat(text(), new, files)
    assert "De drempels van de regio zijn anders." in told
    for sentence in re.findall(r"Het oordeel over .*?(?= \d+ \w{3} \d{4} |$)", told):
        assert "De laagste dekking is" in sentence


def test_an_expected_plan_says_so_once(files: Callable[..., list[Path]]) -> None:
    told = flat(text(no_plan), text(), files)
    assert "(verwacht)" in told
    assert "(verwacht) (verwacht)" not in told


def test_a_college_that_is_known_by_its_month_is_shown_as_the_month(files: Callable[..., list[Path]]) -> None:
    was = text(council(1, elected="2022-03-16", college_formed="2022-06-18", status="actual"))
    now = text(council(1, elected="2022-03-16", college_formed="2022-06", status="planned"))
    told = flat(was, now, files)
    assert "is er nu in juni 2022 (was 18 juni 2022)." in told
    assert "is nu gepland (was vastgesteld)." in told


def test_an_adoption_of_which_the_day_is_not_known_any_more_is_told(
    files: Callable[..., list[Path]],
) -> None:
    def adopted(day: str) -> bytes:
        return text(agreement(adopted={"GM0228": day}))

    told = flat(adopted("2023-11-07"), adopted("unknown"), files)
    assert "heeft vastgesteld, is niet meer bekend (was 7 november 2023)." in told
    assert "heeft vastgesteld: 7 november 2023." in flat(adopted("unknown"), adopted("2023-11-07"), files)


def test_where_a_window_begins_and_ends_with_the_consultation_that_is_told_once(
    files: Callable[..., list[Path]],
) -> None:
    raw = region_files()["foodvalley"].read_bytes()
    other = raw.replace(b"language: nl", b"language: nl\nprocedure: {opens: 02-02, opr_weeks: 2, adoption_weeks: 1}")
    told = flat(raw, other, files)
    assert "de overlegperiode begint en eindigt op andere dagen." in told
    assert "begint dan; de overlegperiode eindigt dan" not in told


def test_a_saved_answer_that_does_not_tell_its_file_is_not_said_to_be_of_another(
    files: Callable[..., list[Path]], tmp_path: Path
) -> None:
    region, _ = files(text(), text())
    answer = json.loads(run("check", region, "--json", "--today", TODAY).out) | {"input": None}
    (tmp_path / "oud.json").write_text(json.dumps(answer))
    told = " ".join(said(tmp_path / "oud.json", region).split())
    assert "De bestanden zijn niet hetzelfde" not in told
    assert "Of het bestand hetzelfde is, staat niet in het bewaarde antwoord." in told


def test_a_region_can_come_out_of_a_pipe(files: Callable[..., list[Path]], tmp_path: Path) -> None:
    old, new = files(text(), text(procedure(opr_weeks=9)))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(old.read_bytes()))
    writer.start()
    told = said(pipe, new, today="2025-11-22")
    writer.join()
    assert "drie weken eerder" in told


@pytest.mark.parametrize("command", ["diff foodvalley foodvalley", "compare foodvalley twente", "atlas"])
def test_json_with_a_format_is_wrong_usage(command: str) -> None:
    assert run(*command.split(), "--json", "--format", "text").code == 2
