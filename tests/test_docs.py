"""The documents are true: what is made is up to date, the example loads, every key and word is explained."""

import importlib.util
import re
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import click
import pytest
from typing_extensions import is_typeddict

from cycleplan import checks, fileformat
from cycleplan.assessment import Assessor
from cycleplan.commands import Command, cli
from cycleplan.cycles import Cycles
from cycleplan.law import Law, load_law
from cycleplan.loading import load_text
from cycleplan.region import Region
from cycleplan.register import load_register
from cycleplan.wording import door_text, legislation

DOCS = Path(__file__).parent.parent / "docs"

# The words of the code that a reader meets, each with a line in the glossary.
WORDS = (
    "Region", "Municipality", "Partnership", "CouncilTerm", "college_formed", "Plan", "Agreement",
    "SchoolYear", "Provision", "LegalBasis", "Step", "Standstill", "Recess", "Window", "Coverage", "Verdict",
    "in_step", "at_risk", "out_of_step", "Proposal", "Alignment", "Timeline", "Lane", "Entry", "Horizon",
    "Status", "Problem",
)  # fmt: skip
TERMS = (
    "OOGO", "OPR", "SWV", "kandidaatstelling", "stemming", "installatie", "formatie", "reces", "inspectie",
    "griffie", "herindeling",
)  # fmt: skip


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_make", DOCS / "make.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def example() -> tuple[str, Region]:
    [block] = re.findall(r"^```yaml\n(.*?)^```$", text("gegevens.md"), re.DOTALL | re.MULTILINE)
    loaded = load_text(block.encode(), "docs/gegevens.md", load_register())
    assert loaded.problems == ()
    assert loaded.region
    return block, loaded.region


def format_keys() -> dict[str, set[str]]:
    types = [t for t in vars(fileformat).values() if is_typeddict(t) and t.__module__ == fileformat.__name__]
    return {t.__name__: set(get_type_hints(t)) for t in types}


# --- what is made


def test_made_files_are_up_to_date(make: ModuleType) -> None:
    assert make.out_of_date() == []


def test_check_ends_with_1_and_names_what_is_out_of_date(
    make: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/wetgeving.md").write_text("old", encoding="utf-8")
    (tmp_path / "docs/region.schema.json").write_bytes(make.schema().encode())
    monkeypatch.setattr(make.out_of_date, "__defaults__", (tmp_path,))
    assert make.main(["--check"]) == 1
    assert "docs/wetgeving.md" in (told := capsys.readouterr().err)
    assert "cycleplan/data/law.json" in told
    assert "region.schema.json" not in told
    assert (tmp_path / "docs/wetgeving.md").read_text(encoding="utf-8") == "old"


def test_every_version_of_every_provision_is_in_the_matrix(make: ModuleType) -> None:
    law = load_law()
    rows = [line for line in make.matrix(law).splitlines() if re.match(r"\| [A-Z]+-", line)]
    assert len(rows) == len(law.provisions)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 10 for row in rows)


def test_a_rule_is_told_in_words(make: ModuleType) -> None:
    law = load_law()
    rows = [re.split(r"(?<!\\) \| ", row) for row in make.matrix(law).splitlines() if re.match(r"\| [A-Z]+-", row)]
    by_group = sorted(law.provisions, key=lambda p: list(legislation.GROUPS).index(legislation.group(p)))
    told = {p.key: row[4] for p, row in zip(by_group, rows, strict=True)}
    assert told["SWV-03/PO/2014-01-06"] == "vóór 1 mei (uiterlijk 30 april)"
    nomination = "maandag in 30 januari t/m 5 februari (schrikkeljaar: 31 januari t/m 6 februari)"
    assert told["GR-02/2013-12-01"] == nomination
    assert told["GR-03/2013-12-01"] == "44 dagen na de kandidaatstelling"
    assert told["GR-04b/2022-01-01"] == "woensdag 30 maart"
    assert told["SWV-04/PO/2014-01-06"] == "OOGO vóór vaststelling"
    assert told["HI-04/2014-01-01"] == "eerste werkdag na de herindeling"
    assert told["SY-02/PO/2015-11-29"] == "–"


def test_a_provision_that_no_group_takes_is_refused(make: ModuleType) -> None:
    law = load_law()
    provision = type(law.provisions[0])("XX-01", "", {"nl": ""}, "", "text", "high", law.revised)
    with pytest.raises(ValueError, match="XX-01"):
        make.matrix(Law([provision], law.revised))


@pytest.mark.parametrize(("page", "lang"), [("opdrachten.md", "nl"), ("commands.md", "en")])
def test_every_command_and_every_option_is_in_the_reference_with_its_help_and_an_example(page: str, lang: str) -> None:
    parts = re.split(r"^## (\S+)$", text(page), flags=re.MULTILINE)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    with click.Context(cli) as group:
        assert list(told) == cli.list_commands(group)
        for name, part in told.items():
            command = cli.get_command(group, name)
            assert isinstance(command, Command)
            assert door_text(lang, command.help or "") in part
            assert command.example.startswith(f"cycleplan {name}")
            assert f"```sh\n{command.example}\n```" in part
            options = [param for param in command.params if isinstance(param, click.Option)]
            assert len(re.findall(r"^- `", part, re.MULTILINE)) == len(options) + 1  # and --help
            for option in options:
                [line] = [line for line in part.splitlines() if re.match(rf"- `[^`]*{option.opts[-1]}\b", line)]
                assert line.endswith(f": {door_text(lang, option.help or '')}")


@pytest.mark.parametrize(("page", "lang"), [("wet-lezen.md", "nl"), ("reading-the-law.md", "en")])
def test_every_provision_with_a_mark_or_less_than_certain_is_among_the_doubts(page: str, lang: str) -> None:
    law = load_law()
    lines = [line for line in text(page).splitlines() if line.startswith("- **")]
    wanted = [
        p for p in law.provisions
        if law.marks(p) or (p.holds_on(law.revised) and (p.confidence != "high" or p.note))
    ]  # fmt: skip
    assert len(wanted) > 40
    for provision in wanted:
        assert any(provision.about[lang] in line and f"({provision.called}, " in line for line in lines), provision.key
    assert len(lines) == len(wanted)


# --- the example


def test_the_example_loads_without_errors_and_says_that_it_is_invented() -> None:
    block, region = example()
    assert region.id == "voorbeeld"
    assert "verzonnen" in block.splitlines()[0]
    assert {plan.status.value for plan in region.all_plans} <= {"assumed", "planned"}


def test_the_example_can_be_planned_with() -> None:
    _, region = example()
    problems = checks.check(region, load_register(), load_law(), region.revised)
    assert [p for p in problems if p.level == "error"] == []


def test_the_example_shows_every_key_that_a_file_can_have() -> None:
    block, _ = example()
    shown = set(re.findall(r"([a-z_]+):(?=\s|$)", block, re.MULTILINE))
    assert set().union(*format_keys().values()) - shown == set()


# --- the figures of the verdict


def test_the_worked_example_of_the_verdict_is_what_the_engine_gives() -> None:
    plans = "".join(f"      - {{years: {y}-{y + 4}, status: assumed}}\n" for y in range(2026, 2030))
    file = f"""
region: x
name: x
revised: 2026-11-22
municipalities: [{{code: GM0279}}]
partnerships:
  - code: PO2510
    municipalities: [GM0279]
    plans:
{plans}"""
    loaded = load_text(file.encode(), "x", load_register())
    assert loaded.problems == ()
    assert loaded.region
    cycles = Cycles(loaded.region, load_register(), load_law(), date(2033, 7, 31))
    assessor = Assessor(loaded.region, cycles)
    months = {"februari": 2}
    rows = [line.split("|")[1:-1] for line in text("oordeel.md").splitlines() if " / 1461" in line]
    told = [row for row in rows if row[0].startswith(" 1 augustus")]
    assert len(told) == 4
    words = {"in_step": "in de pas", "at_risk": "kwetsbaar", "out_of_step": "uit de pas"}
    for row, plan in zip(told, loaded.region.partnerships["PO2510"].plans, strict=True):
        found = assessor.assess(plan)
        assert plan.period
        assert found.coverage_lowest is not None
        days = round(found.coverage_lowest * plan.period.days)
        share = f"{found.coverage_lowest:.3f}".replace(".", ",")
        assert row[4].strip() == f"{days} / {plan.period.days} = **{share}**"
        assert row[0].strip() == f"1 augustus {plan.first.day.year}"
        day, month, year = row[1].split(",")[0].split()
        assert found.decisions[0].day == date(int(year), months[month], int(day))
        assert found.verdict
        assert row[5].strip() == words[found.verdict.value]


# --- what is explained


@pytest.mark.parametrize(
    ("section", "key"), [(name, key) for name, keys in format_keys().items() for key in sorted(keys)]
)
def test_every_key_is_explained(section: str, key: str) -> None:
    assert f"`{key}`" in text("gegevens.md"), section


def test_what_the_reader_is_said_to_refuse_is_refused() -> None:
    table = text("gegevens.md").split("## Wat het programma weigert")[1].split("##")[0]
    base = "region: x\nname: {}\nrevised: 2026-11-22\n"
    assert load_text(base.format("x").encode(), "x", load_register()).problems == ()
    for spelling in ("0363", "no", "yes", "on", "off", "True", "12:30", "1_000", "+5", ".5", "1e3", "~"):
        assert f"`{spelling}`" in table
        assert load_text(base.format(spelling).encode(), "x", load_register()).problems, spelling
    for spelling, rule in (
        ("&naam x", "anchor"),
        ("*naam", "alias"),
        ("!!date 2026-01-01", "tag"),
        ("!iets x", "tag"),
    ):
        assert f"`{spelling.split()[0]}`" in table
        rules = {p.rule for p in load_text(base.format(spelling).encode(), "x", load_register()).problems}
        assert rules & {rule, "yaml-syntax"}, spelling


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_code_is_in_the_glossary(word: str) -> None:
    assert f"`{word}`" in text("woordenlijst.md")


@pytest.mark.parametrize("term", TERMS)
def test_every_term_of_the_field_has_a_line_in_the_glossary(term: str) -> None:
    dutch = [line.split("|")[1] for line in text("woordenlijst.md").splitlines() if line.startswith("| ")]
    assert any(term in cell for cell in dutch)


def test_the_glossary_is_in_alphabetical_order() -> None:
    lines = [line for line in text("woordenlijst.md").splitlines() if line.startswith("| ")][1:]
    words = [line.split("|")[1].strip().lower() for line in lines]
    assert words == sorted(words)


def test_every_dependency_has_a_line() -> None:
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    page = text("dependencies.md").lower()
    names = [re.split(r"[<>=!\[; ]", one)[0].lower() for one in wanted]
    assert [name for name in names if name not in page] == []


def test_links_between_the_documents_lead_somewhere() -> None:
    for page in DOCS.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
