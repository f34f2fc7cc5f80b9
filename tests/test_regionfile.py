import json
import sys
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycleplan import resources
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.outputs.regionfile import PlanToWrite, with_plans
from cycleplan.region import NOWHERE, SUPPORT_PLAN, FactDate, Plan, Region
from cycleplan.register import load_register
from cycleplan.wording.words import Words

HEAD = "region: test\nname: Test\nrevised: 2026-11-22\nmunicipalities:\n  - code: GM0228\n"
SOURCE = "cycleplan propose"


def _to_write(*years: int, note: str | None = None) -> list[PlanToWrite]:
    return [PlanToWrite(date(a, 8, 1), date(b, 7, 31), SOURCE, note) for a, b in pairwise(years)]


def _load(text: bytes) -> Region:
    loaded = load_text(text, "test.yaml", load_register())
    assert loaded.usable, (loaded.problems, text.decode())
    return loaded.region


def _bare(region: Region, partnerships: dict | None = None) -> Region:
    """A region without the places in its file, and with other partnerships if given."""
    municipalities = {
        code: m._replace(
            mark=NOWHERE,
            councils=tuple(c._replace(mark=NOWHERE) for c in m.councils),
            recess_added=tuple(r._replace(mark=NOWHERE) for r in m.recess_added),
            recess_replaced=tuple(r._replace(mark=NOWHERE) for r in m.recess_replaced),
        )
        for code, m in region.municipalities.items()
    }
    found = partnerships or region.partnerships
    return replace(
        region,
        municipalities=municipalities,
        partnerships={code: p._replace(mark=NOWHERE) for code, p in found.items()},
        agreements=tuple(a._replace(mark=NOWHERE) for a in region.agreements),
    )


def _with(region: Region, given: dict[str, list[PlanToWrite]]) -> Region:
    """What the region must be with other plans: worked out on the nouns, not on the text."""
    partnerships = dict(region.partnerships)
    for code, new in given.items():
        old = partnerships[code]
        kind = region.kinds[SUPPORT_PLAN]
        plans = []
        ends = {plan.first: plan.last for plan in new}
        for plan in old.plans:
            mine = plan.kind == kind
            if mine and plan.first.day in ends:
                last = ends.pop(plan.first.day)
                if plan.last is None or plan.last.day != last:
                    plan = replace(plan, last=FactDate(last), status=Status.EXPECTED)
                plans.append(plan)
            elif not (mine and plan.status is Status.EXPECTED and new and plan.first.day >= new[0].first):
                plans.append(plan)
        for plan in new:
            if plan.first in ends:
                made = Plan(code, kind, FactDate(plan.first), FactDate(plan.last), Status.EXPECTED, plan.source)
                plans.append(replace(made, note=plan.note))
        plans.sort(key=lambda p: (p.first.day, p.id))
        partnerships[code] = old._replace(plans=tuple(plans))
    return _bare(region, partnerships)


def _written(text: str | bytes, given: dict[str, list[PlanToWrite]]) -> str:
    """The file with the plans, after all that must hold of it: it loads, and says just what it must."""
    raw = text.encode() if isinstance(text, str) else text
    result = with_plans(raw, given)
    assert _bare(_load(result)) == _with(_load(raw), given)
    return result.decode()


def _kept(before: list[str], after: list[str]) -> list[str]:
    """The lines of *after* that do not stand in *before*, if those of *before* are all there, in order."""
    left = iter(after)
    more = []
    for line in before:
        for other in left:
            if other == line:
                break
            more.append(other)
        else:
            pytest.fail(f"gone, or not in its place: {line!r}\n" + "".join(after))
    return more + list(left)


# --- files by hand

PO = HEAD + "partnerships:\n  - code: PO2510  # Rijn & Gelderse Vallei\n"


def test_without_a_list_of_plans_one_is_made_behind_what_the_partnership_says():
    text = PO + "    # niets bekend\n\n  - code: VO2509\n"
    assert _written(text, {"PO2510": _to_write(2027, 2031, note="Voorstel: brug")}) == (
        PO + "    plans:\n      - years: 2027-2031\n        status: expected\n        source: \"cycleplan propose\"\n"
        "        note: \"Voorstel: brug\"\n    # niets bekend\n\n  - code: VO2509\n"
    )  # fmt: skip


def test_an_empty_list_is_filled_and_its_comments_stay():
    text = PO + "    plans: []  # geen gevonden\n    # Vul aan.\n"
    assert _written(text, {"PO2510": _to_write(2027, 2028, 2032)}) == (
        PO + "    plans:  # geen gevonden\n"
        "      - years: 2027-2028\n        status: expected\n        source: \"cycleplan propose\"\n"
        "      - years: 2028-2032\n        status: expected\n        source: \"cycleplan propose\"\n"
        "    # Vul aan.\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    "empty", ["plans: [  ]", "plans:\n      []", "plans: # a\n      [ # b\n      ] # c", "plans :  []"]
)
def test_an_empty_list_in_any_spelling_is_filled(empty):
    result = _written(PO + f"    {empty}\n", {"PO2510": _to_write(2027, 2031)})
    assert [mark for mark in "abc" if f"# {mark}" in empty] == [mark for mark in "abc" if f"# {mark}" in result]


def test_expected_plans_make_way_and_comments_between_and_behind_them_stay():
    text = (
        PO
        + """\
    plans:
      # het lopende
      - years: 2022-2026
        status: actual
        source: "x"   # gezien
      # daarna, naar verwachting
      - years: 2026-2030
        status: expected  # zo gerekend
        source: 'y'
      # en dan
      - {years: 2030-2034, status: expected, source: z}  # zo gerekend
      # meer niet

plans: []
"""
    )
    result = _written(text, {"PO2510": _to_write(2026, 2027, 2031, 2035)})
    assert (
        result
        == PO
        + """\
    plans:
      # het lopende
      - years: 2022-2026
        status: actual
        source: "x"   # gezien
      # daarna, naar verwachting
      - years: 2026-2027
        status: expected  # zo gerekend
        source: 'y'
      # en dan
      - {years: 2027-2031, status: expected, source: "cycleplan propose"}
      - years: 2031-2035
        status: expected
        source: "cycleplan propose"
      # meer niet

plans: []
"""
    )


def test_fewer_plans_than_were_expected_leave_no_empty_lines_behind():
    text = (
        PO
        + """\
    plans:
      - years: 2027-2029
        status: expected
        note: |
          regel
          # geen commentaar

      # wel commentaar
      -
        # hier ook
        years: 2029-2031
        status: expected
      - years: 2031-2033
        status: expected"""
    )
    result = _written(text, {"PO2510": _to_write(2027, 2031)})
    assert (
        result
        == PO
        + """\
    plans:
      - years: 2027-2031
        status: expected
        note: |
          regel
          # geen commentaar

      # wel commentaar
"""
    )


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("years: 2026-2030", "years: 2026-2027"),
        ('"years": "2026-2030"', '"years": "2026-2027"'),
        ("first: 2026-08-01\n        last: 2030-07-31", "first: 2026-08-01\n        last: 2027-07-31"),
        ("first: 2026-08-01\n        last: '2030-07'", "first: 2026-08-01\n        last: '2027-07-31'"),
        ("first: 2026-08-01\n        last: unknown", "first: 2026-08-01\n        last: 2027-07-31"),
        ("years: >-\n          2026-2030", "years: 2026-2027"),
    ],
)
def test_a_plan_that_only_ends_on_another_day_keeps_all_else_that_it_says(said, then):
    tail = "\n        status: expected\n        rhythm: 2\n        oogo: 2026-02-01\n        source: bron  # hier\n"
    text = PO + "    plans:\n      - " + said + tail
    assert _written(text, {"PO2510": _to_write(2026, 2027)}) == PO + "    plans:\n      - " + then + tail


def test_school_years_that_no_longer_fit_become_a_first_and_a_last_day():
    text = PO + "    plans:\n      - years: 2026-2030\n        status: expected\n        source: x\n"
    plan = PlanToWrite(date(2026, 8, 1), date(2027, 12, 31), SOURCE)
    assert "- first: 2026-08-01\n        last: 2027-12-31\n        status" in _written(text, {"PO2510": [plan]})


def test_a_plan_that_is_not_free_becomes_expected_only_where_its_end_changes():
    text = PO + "    plans:\n      - {years: 2024-2028, status: actual, source: x}  # besloten\n"
    assert _written(text, {"PO2510": _to_write(2024, 2028)}) == text
    shorter = text.replace("2024-2028, status: actual", "2024-2027, status: expected")
    assert _written(text, {"PO2510": _to_write(2024, 2027)}) == shorter


def test_plans_of_another_kind_or_before_the_given_ones_are_left_alone():
    text = (
        PO
        + """\
    plans:
      - years: 2024-2026
        status: expected
      - kind: coalitieakkoord
        years: 2028-2032
        status: expected
      - years: 2026-2030
        status: expected
"""
    )
    assert _written(text, {"PO2510": _to_write(2027, 2031)}).startswith(text)


def test_a_list_in_flow_style_stays_one():
    text = PO + "    plans: [{years: 2022-2026, status: actual}, {years: 2026-2030, status: expected}, ]  # x\n"
    assert _written(text, {"PO2510": _to_write(2026, 2027, 2031)}) == text.replace(
        "2026-2030, status: expected}",
        '2026-2027, status: expected}, {years: 2027-2031, status: expected, source: "cycleplan propose"}',
    )


def test_of_a_list_in_flow_style_over_several_lines_the_comments_stay():
    text = (
        PO
        + """\
    plans: [
      {years: 2022-2026, status: actual},  # een, twee
      {years: 2026-2027, status: expected},
      # drie
      {years: 2027-2031, status: expected}  # vier
    ]
"""
    )
    result = _written(text, {"PO2510": _to_write(2026, 2030)})
    assert [word for word in ("# een, twee", "# drie", "# vier") if word not in result] == []
    more = _written(text, {"PO2510": _to_write(2026, 2027, 2030, 2034)})
    assert _kept([line for line in text.splitlines(True) if "2027-2031" not in line], more.splitlines(True))


def test_a_partnership_in_flow_style_stays_one():
    text = HEAD + "partnerships: [{code: PO2510}, {code: VO2509, plans: []}]\n"
    new = '{years: 2027-2031, status: expected, source: "cycleplan propose"}'
    given = {"PO2510": _to_write(2027, 2031), "VO2509": _to_write(2027, 2031)}
    assert _written(text, given) == HEAD + (
        f"partnerships: [{{code: PO2510, plans: [{new}]}}, {{code: VO2509, plans: [{new}]}}]\n"
    )


def test_a_file_of_json_stays_json():
    plans = [
        {"years": "2022-2026", "status": "actual"},
        {"years": "2026-2030", "status": "expected"},
        {"years": "2030-2034", "status": "expected"},
    ]
    region = {
        "region": "test",
        "name": "Test",
        "revised": "2026-11-22",
        "partnerships": [{"code": "PO2510", "plans": plans}, {"code": "VO2509"}, {"code": "VO2510", "plans": []}],
    }
    given = {
        "PO2510": _to_write(2026, 2027, 2031, 2035),
        "VO2509": _to_write(2027, 2031, note='zegt "ja"'),
        "VO2510": _to_write(2027, 2031),
    }
    for indent in (None, 1, 4):
        text = json.dumps(region, indent=indent)
        result = json.loads(_written(text, given))
        years = [[plan["years"] for plan in p["plans"]] for p in result["partnerships"]]
        assert years == [["2022-2026", "2026-2027", "2027-2031", "2031-2035"], ["2027-2031"], ["2027-2031"]]
        assert result["partnerships"][1]["plans"][0]["note"] == 'zegt "ja"'
        assert _written(text, {"PO2510": _to_write(2026, 2030)}).count("years") == 2


def test_no_plans_given_change_nothing():
    text = (PO + "    plans:\n      - {years: 2026-2030, status: expected}\n").encode()
    assert with_plans(text, {}) == text
    assert with_plans(text, {"PO2510": []}) == text


def test_plans_that_the_file_has_already_change_nothing():
    text = (PO + "    plans:\n      - {years: 2026-2030, status: expected}\n").encode()
    assert with_plans(text, {"PO2510": _to_write(2026, 2030)}) == text


def test_writing_the_same_plans_again_changes_nothing():
    given = {"PO2510": _to_write(2026, 2027, 2031), "VO2509": _to_write(2027, 2031)}
    once = with_plans(resources.region_files()["foodvalley"].read_bytes(), given)
    assert with_plans(once, given) == once


# --- what can be wrong


def test_a_partnership_that_the_file_does_not_have_is_an_error_with_the_nearest():
    with pytest.raises(CycleplanError) as error:
        with_plans(PO.encode(), {"PO2511": _to_write(2027, 2031)})
    assert (error.value.code, error.value.values["near"]) == ("no-such-partnership", "PO2510")


def test_without_the_library_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    with pytest.raises(CycleplanError) as error:
        with_plans(PO.encode(), {"PO2510": _to_write(2027, 2031)})
    assert error.value.code == "needs-extra"
    assert "pip install 'cycleplan[write]'" in Words("nl", load_law()).error(error.value)
    assert "pip install 'cycleplan[write]'" in Words("en", load_law()).error(error.value)


def test_a_note_that_a_region_file_cannot_hold_is_an_error_and_not_a_broken_file():
    with pytest.raises(CycleplanError) as error:
        with_plans(PO.encode(), {"PO2510": _to_write(2027, 2031, note="a\u202eb")})
    assert error.value.code == "plans-not-written"


# --- the regions that ship


@pytest.mark.parametrize("name", sorted(resources.region_files()))
@pytest.mark.parametrize("marked", [False, True], ids=["plain", "crlf-bom"])
def test_in_a_region_that_ships_every_line_stays_as_it_was(name, marked):
    raw = resources.region_files()[name].read_bytes()
    if marked:
        raw = b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n")
    given = {code: _to_write(2027, 2028, 2032, note="Voorstel") for code in _load(raw).partnerships}
    result = _written(raw, given)
    before, after = raw.decode().splitlines(True), result.splitlines(True)
    empty = [line for line in before if line.strip() == "plans: []" and line.startswith("    ")]
    more = _kept([line for line in before if line not in empty], after)
    assert len(more) == sum("plans:" in line for line in more) + 2 * 4 * len(given)
    assert all(line.endswith("\r\n") for line in after) == marked


# --- files of all layouts


@dataclass(frozen=True)
class Line:
    text: str
    stays: bool = True


@st.composite
def files(draw: st.DrawFn) -> tuple[str, dict[str, list[PlanToWrite]], list[str]]:
    """A region file in some layout, plans for it, and the lines that must stay, in order."""
    dash = draw(st.sampled_from([0, 2, 4]))  # how far in the dashes stand
    gap = draw(st.sampled_from([2, 4]))  # from a dash to its key
    quote = draw(st.sampled_from(["", "'", '"']))
    lines = [Line(line) for line in HEAD.splitlines()]
    lines.append(Line("partnerships:"))
    given = {}
    for code in draw(st.lists(st.sampled_from(["PO2510", "VO2509", "VO2510"]), min_size=1, max_size=3, unique=True)):
        start = draw(st.integers(2026, 2028))
        own = _to_write(start, *sorted(draw(st.sets(st.integers(start + 1, start + 9), min_size=1, max_size=4))))
        given[code] = own if draw(st.integers(0, 3)) else []
        lines += _partnership(draw, code, given[code], dash, gap, quote)
    lines += [Line(line) for line in draw(st.sampled_from([[], ["", "# einde"], ["plans: []", "agreements: []"]]))]
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = newline.join(line.text for line in lines) + draw(st.sampled_from(["", newline]))
    return text, given, [line.text for line in lines if line.stays]


def _partnership(draw: st.DrawFn, code: str, given: list[PlanToWrite], dash: int, gap: int, quote: str) -> list[Line]:
    inner = " " * (dash + gap)
    comment = st.sampled_from(["", "", "  # opmerking: 'x' [a, b]"])
    lines = [Line(f"{' ' * dash}-{' ' * (gap - 1)}code: {quote}{code}{quote}{draw(comment)}")]
    if draw(st.booleans()):
        lines.append(Line(f"{inner}procedure: {{opens: 01-10}}"))
    if not draw(st.booleans()):
        if draw(st.booleans()):
            lines.append(Line(f"{inner}plans: []{draw(comment)}", stays=not given))
        return lines
    lines.append(Line(f"{inner}plans:{draw(comment)}"))
    at = inner + " " * dash
    year = draw(st.integers(2020, 2027))
    for n in range(draw(st.integers(1, 4))):
        last = year + draw(st.integers(1, 5))
        status = draw(st.sampled_from(["actual", "planned", "expected", "expected"]))
        plan = next((p for p in given if p.first == date(year, 8, 1)), None)
        if plan:
            stays = plan.last == date(last, 7, 31)
        else:
            stays = not (given and status == "expected" and date(year, 8, 1) >= given[0].first)
        if draw(st.integers(0, 2)) == 0:
            lines.append(Line(f"{at}# voor {code} {n}"))
        lines += [Line(line, stays) for line in _item(draw, at, gap, (year, last), status, quote, comment)]
        year = last
    lines += draw(st.sampled_from([[], [Line("")], [Line(f"{inner}# na"), Line("")], [Line(f"{at}# na")]]))
    if draw(st.booleans()):
        lines.append(Line(f"{inner}rhythm: 4"))
    return lines


def _item(
    draw: st.DrawFn, at: str, gap: int, years: tuple[int, int], status: str, quote: str, comment: st.SearchStrategy
) -> list[str]:
    said = [("years", f"{years[0]}-{years[1]}")]
    if draw(st.integers(0, 3)) == 0:
        said = [("first", f"{years[0]}-08-01"), ("last", f"{years[1]}-07-31")]
    said += [("status", status), ("source", "https://voorbeeld.nl/a#b")]
    pairs = [f"{key}: {quote}{value}{quote}" for key, value in draw(st.permutations(said))]
    lead = at + "-" + " " * (gap - 1)
    shape = draw(st.sampled_from(["block", "block", "flow", "long flow", "own line"]))
    if shape == "flow":
        return [f"{lead}{{{', '.join(pairs)}}}{draw(comment)}"]
    deeper = at + " " * gap
    if shape == "long flow":
        return [f"{lead}{{{pairs[0]},", *(f"{deeper}  {pair}," for pair in pairs[1:]), f"{deeper}}}{draw(comment)}"]
    if draw(st.booleans()):
        pairs.insert(draw(st.integers(0, len(pairs))), f"note: |\n{deeper}  een regel\n{deeper}  # geen commentaar\n")
    lines = "\n".join(deeper + pair + ("" if "\n" in pair else draw(comment)) for pair in pairs).split("\n")
    return [at + "-", *lines] if shape == "own line" else [lead + lines[0].lstrip(), *lines[1:]]


@given(files(), st.booleans())
def test_in_any_layout_the_plans_are_put_in_and_every_other_line_stays(made, bom):
    text, plans, stays = made
    raw = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    result = _written(raw, plans)
    assert result.startswith("\ufeff") == bom
    newline = "\r\n" if "\r\n" in text else "\n"
    after = result.removeprefix("\ufeff").split(newline)
    assert "\r" not in "".join(after)
    more = [line.strip() for line in _kept(stays, after)]
    known = (
        "- ",
        "-",
        "years",
        "first",
        "last",
        "status",
        "source",
        "note",
        "{",
        "}",
        "een regel",
        "# geen",
        "plans:",
        "# opm",
    )
    assert [line for line in more if line and not line.startswith(known)] == []
    assert sum(line.count("cycleplan propose") for line in more) <= sum(map(len, plans.values()))
    if not any(plans.values()):
        assert result.encode() == raw


@given(files())
def test_the_layouts_are_valid_files_and_the_same_plans_again_change_nothing(made):
    text, plans, _ = made
    _load(text.encode())
    once = with_plans(text.encode(), plans)
    assert with_plans(once, plans) == once
