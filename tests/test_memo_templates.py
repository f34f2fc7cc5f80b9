"""Templates of one's own: a file in a folder takes the place of ours, and a mistake in it is told with its place."""

from datetime import date
from pathlib import Path

import pytest
from running import TODAY, piece, run

SECTION = "memo/nl/communication.md"


def with_template(folder: Path, text: str, *asked: str, name: str = SECTION) -> tuple[int, str, str]:
    """What the command says with *text* as the template *name*."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    ran = run("memo", "foodvalley", "--templates", folder, "--today", TODAY, *asked)
    return ran.code, ran.out, ran.err


def test_a_file_of_ones_own_takes_the_place_of_ours_and_the_rest_stays(tmp_path: Path) -> None:
    code, out, err = with_template(tmp_path, "Wij vertellen het op {{ day(today) }} aan {{ row(municipalities) }}.\n")
    assert (code, err) == (0, "")
    assert "## Communicatie en participatie\n\nWij vertellen het op 22 november 2026 aan Barneveld, Ede," in out
    ours = piece("foodvalley").text.split("## Communicatie en participatie")[0]
    assert out.startswith(ours)


def test_days_are_days(tmp_path: Path) -> None:
    text = "{{ today.year }} {{ (tasks[0].date - today).days }} {{ span(tasks[0].date, tasks[-1].date) }}"
    _, out, _ = with_template(tmp_path, text)
    first = piece("foodvalley").context["tasks"][0]["date"]
    assert f"2026 {(first - date(2026, 11, 22)).days} 15 januari t/m 30 april 2027" in out


def test_a_note_and_a_gap_of_ones_own_count_with_ours(tmp_path: Path) -> None:
    _, out, _ = with_template(tmp_path, 'Zo zit het.{{ note("Omdat het *zo* zit.") }} {{ gap("vul in") }}')
    assert "**[vul in]**" in out
    assert "]: Omdat het \\*zo\\* zit." in out


def test_the_page_can_be_ones_own_and_what_is_typed_in_names_stays_typed(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="{{ lang }}"><title>{{ title }}</title><p>{{ region }}</p>{{ body }}</html>'
    code, out, _ = with_template(tmp_path, page, "--format", "html", name="memo/page.html")
    assert code == 0
    assert "<p>Regio Foodvalley</p>" in out
    assert "<h2" in out


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Eerst dit.\n{{ nergens }}\n", 2, "nergens"),
        ("{% for a in tasks %}\n{{ a.datum }}\n{% endfor %}", 2, "datum"),
        ("Een\n\n{% if today %}\n", 3, "endif"),
        ("{{ day(today }}", 1, ""),
        ("x\n{{ 1 / 0 }}", 2, "division"),
        ("x\n\n{{ day('morgen') }}", 3, ""),
        ("{{ today.replace(month=13) }}", 1, "month"),
        ("{{ tasks | geenfilter }}", 1, "geenfilter"),
        ("{{ ''.__class__.__mro__ }}", 1, "__class__"),
        ("{{ day.__globals__ }}", 1, "__globals__"),
        ("a\n{% include 'memo/nl/nergens.md' %}", 2, "nergens"),
        ("{% include '../../../etc/passwd' %}", 1, "passwd"),
        ("{% for i in range(999999999) %}x{% endfor %}", 1, "ange"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line_and_nothing_is_written(
    text: str, line: int, said: str, tmp_path: Path
) -> None:
    target = tmp_path / "stuk.md"
    target.write_text("was er al", encoding="utf-8")
    code, out, err = with_template(tmp_path / "eigen", text, "-o", str(target))
    assert (code, out) == (1, "")
    assert str(tmp_path / "eigen" / SECTION) in err
    assert f"regel {line}, " in err
    assert said in err
    assert "Traceback" not in err
    assert target.read_text(encoding="utf-8") == "was er al"


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 'a' * 999999999 }}",
        "{{ [1] * 999999999 }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ 'x' | center(999999999) }}",
        "{{ 'x'.center(999999999) }}",
        "{{ 'a' | replace('', 'b' * 99999) | replace('b', 'c' * 99999) }}",
        "{{ 10 ** 100000000 }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ lipsum(100000) }}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        "{% include 'memo/nl/communication.md' %}",
        "{{ cycler() }}",
        "{{ points.clear() }}",
        "{{ day }}",
        "{{ chair }}",
        "{{ tasks }}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_template_cannot_run_on_change_what_it_got_or_print_what_is_no_text(
    tag: str, form: str, tmp_path: Path
) -> None:
    name = SECTION if form == "md" else "memo/page.html"
    code, _, err = with_template(tmp_path, f"x\n{tag}", "--format", form, name=name)
    assert code == (0 if (form, "include" in tag) == ("html", True) else 1)
    assert "regel " in err or not code
    assert "Traceback" not in err


def test_a_mistake_in_the_page_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    code, _, err = with_template(tmp_path, "<p>\n{{ nergens }}", "--format", "html", name="memo/page.html")
    assert code == 1
    assert "page.html" in err
    assert "regel 2, " in err


def test_a_name_that_is_nearly_right_is_told_with_the_right_one(tmp_path: Path) -> None:
    _, _, err = with_template(tmp_path, "{{ regoin }}")
    assert "staat `regoin`, en dat bestaat hier niet. Bedoel je `region`?" in err


def test_a_file_that_nothing_asks_for_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    code, _, err = with_template(tmp_path, "x", name="memo/nl/finnance.md")
    assert code == 0
    assert "finnance.md is geen sjabloon van cycleplan en wordt niet gebruikt. Bedoel je `memo/nl/finance.md`?" in err


def test_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / SECTION
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff\xfe\x00")
    ran = run("memo", "foodvalley", "--templates", tmp_path, "--today", TODAY)
    assert ran.code == 1
    assert "communication.md" in ran.err
    assert "Traceback" not in ran.err


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert run("memo", "foodvalley", "--templates", tmp_path / "nergens").code == 2
    assert run("memo", "foodvalley", "--template", tmp_path / "nergens.docx", "--format", "docx").code == 2


def test_a_word_template_goes_with_word_only_and_is_never_written_over(tmp_path: Path) -> None:
    template = tmp_path / "huisstijl.docx"
    template.write_bytes(b"x")
    ran = run("memo", "foodvalley", "--template", template, "-o", tmp_path / "stuk.md")
    assert ran.code == 2
    assert "`--template` hoort bij Word" in ran.err
    ran = run("memo", "foodvalley", "--template", template, "-o", template)
    assert ran.code == 2
    assert template.read_bytes() == b"x"
    own = tmp_path / "eigen" / SECTION
    own.parent.mkdir(parents=True)
    own.write_text("x", encoding="utf-8")
    assert run("memo", "foodvalley", "--templates", tmp_path / "eigen", "-o", own).code == 2
    assert own.read_text(encoding="utf-8") == "x"
    ran = run("memo", "foodvalley", "-o", tmp_path / "stuk.pdf")
    assert (ran.code, "stuk.pdf" in ran.err) == (2, True)
    ran = run("memo", "foodvalley", "--template", template, "-o", tmp_path / "stuk.docx")
    assert ran.code == 1
    assert "huisstijl.docx is geen Word-bestand" in ran.err
    assert not (tmp_path / "stuk.docx").exists()
