"""A snapshot and the answer that is read back as one: the same, whatever came in between, or a clear refusal."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from editing import EDITS, text
from hypothesis import given, settings
from hypothesis import strategies as st
from running import REGIONS, TODAY, aligned, alignment_of, record, told, words_of

from cycleplan import snapshot
from cycleplan.errors import CycleplanError
from cycleplan.outputs import records
from cycleplan.outputs.records import saved

FILE = "antwoord.json"


def answer_of(raw: bytes) -> bytes:
    """What ``check --json`` answers about the text of a region file."""
    alignment = alignment_of(raw)
    made = records.check(alignment.region, alignment.today, [], words_of(alignment), alignment)
    return records.dumps(made).encode()


@pytest.mark.parametrize("region", REGIONS)
def test_what_is_read_back_is_what_is_compared(region: str) -> None:
    assert saved.read(told("check", region, "--json").encode(), FILE).snapshot == snapshot.of(aligned(region))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_so_it_is_of_any_region(data: st.DataObject) -> None:
    chosen = [data.draw(st.sampled_from([None, *row])) for row in EDITS]
    raw = text(*(edit for edit in chosen if edit))
    assert saved.read(answer_of(raw), FILE).snapshot == snapshot.of(alignment_of(raw))


def test_an_answer_keeps_what_it_was_made_of() -> None:
    found = saved.read(told("check", "foodvalley", "--json", "--formation", "30,60,90").encode(), FILE)
    assert found.formation == (30, 60, 90)
    assert found.revised == date(2026, 11, 22)
    assert found.source
    assert found.source.file == "foodvalley.yaml"
    assert found.source.text
    assert found.source.text.startswith("# Regio Foodvalley")
    assert all(found.versions.values())
    # Days that the file gives are in the file, and not asked for again.
    given_by_file = json.loads(answer_of(text(lambda data: data.update(policy={"formation_days": [30, 60, 90]}))))
    assert given_by_file["formation"]["given"] == [30, 60, 90]
    assert saved.read(json.dumps(given_by_file).encode(), FILE).formation is None


# --- what may be otherwise


def answer() -> dict[str, Any]:
    return deepcopy(record("check", "foodvalley", "--json"))


def read(data: Any) -> saved.Saved:
    return saved.read(json.dumps(data).encode(), FILE)


def _with_strangers(value: Any) -> Any:
    """The same with a key more in every object."""
    if isinstance(value, dict):
        return {key: _with_strangers(inner) for key, inner in value.items()} | {"later": {"first": [None]}}
    return [_with_strangers(item) for item in value] if isinstance(value, list) else value


def test_keys_that_came_later_are_passed_over() -> None:
    data = answer()
    adopted = [agreement.pop("adopted") for agreement in data["agreements"]]  # whose keys are parties
    strange = _with_strangers(data)
    for agreement, parties in zip(strange["agreements"], adopted, strict=True):
        agreement["adopted"] = parties
    assert read(strange) == read(answer())


def test_an_older_answer_that_lacks_what_came_later_is_read() -> None:
    data = answer()
    for key in ("parties", "windows", "input"):
        del data[key]
    for plan in data["plans"]:
        del plan["identity"], plan["likely_windows"], plan["facts"]
    for council in data["councils"]:
        del council["identity"]
    del data["versions"]["register"]
    found = read(data)
    assert found.snapshot.lacks
    assert not read(answer()).snapshot.lacks
    assert (found.source, found.versions["register"]) == (None, None)
    assert [plan.id for plan in found.snapshot.plans] == [plan["id"] for plan in answer()["plans"]]


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n  "])
def test_an_answer_is_told_from_a_region_file_also_one_in_json(start: bytes) -> None:
    made = start + json.dumps(answer()).encode()
    assert saved.is_answer(made, FILE)
    assert saved.is_answer(made, "antwoord")
    assert not saved.is_answer(start + text(), "regio.json")
    assert not saved.is_answer(start + b"region: x\nname: X\nrevised: 2026-11-22\n", "regio.yaml")
    assert not saved.is_answer(start + b"{region: x, name: X, revised: 2026-11-22}", "regio.yaml")


# --- what may not

_PATHS = [
    ("today",), ("horizon",), ("horizon", "first"), ("versions",), ("versions", "data"), ("policy",),
    ("policy", "min_window_days"), ("policy", "in_step_coverage"), ("plans",), ("plans", 0), ("plans", 0, "id"),
    ("plans", 0, "first"), ("plans", 0, "status"), ("plans", 0, "steps"), ("plans", 0, "steps", 0, "latest"),
    ("plans", 0, "windows"), ("plans", 0, "windows", "longest_likely_days"), ("plans", 0, "recess_known"),
    ("plans", 0, "coverage"), ("plans", 0, "reasons", 0, "code"), ("councils",), ("councils", 0, "elected"),
    ("councils", 0, "college_formed", "likely"), ("agreements",), ("unknown_plans", 0, "owner"),
    ("windows", 0, "first"), ("windows", 0, "counts"), ("parties", 0, "code"), ("input", "fingerprint"), ("region",),
]  # fmt: skip


def _put(data: Any, path: tuple[str | int, ...], value: Any) -> None:
    for part in path[:-1]:
        data = data[part]
    data[path[-1]] = value


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: ".".join(map(str, path)))
@pytest.mark.parametrize("value", [17.5, "x", [1], {"a": 1}, "2026-02-30", True], ids=str)
def test_what_is_needed_is_read_strictly_and_refused_by_its_place(path: tuple[str | int, ...], value: Any) -> None:
    data = answer()
    _put(data, path, value)
    refused = None
    try:
        read(data)
    except CycleplanError as error:
        refused = error
    is_text = path[-1] in ("id", "code", "owner", "fingerprint", "region") and isinstance(value, str)
    if is_text or (path[-1] in ("recess_known", "counts") and value is True):
        assert refused is None
        return
    assert refused
    assert refused.code == "saved-broken"
    assert refused.values["file"] == FILE
    assert str(path[0]) in refused.values["place"]


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: ".".join(map(str, path)))
def test_what_is_needed_may_not_be_missing(path: tuple[str | int, ...]) -> None:
    data = answer()
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    del inner[path[-1]]
    if isinstance(path[-1], int):  # one of a list less is no hole in it
        read(data)
        return
    with pytest.raises(CycleplanError) as caught:
        read(data)
    assert caught.value.code == "saved-broken"
    assert caught.value.values["place"].endswith(str(path[-1]))


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"\xff\xfe{}", b'{"a": 1', b"{" * 100_000, b'{"a":' * 100_000, b"[" * 100_000, b"1" * 5_000,
        b'{"region": "x"}' * 2,
    ],
    ids=range(9),
)  # fmt: skip
def test_broken_json_is_a_clear_refusal(raw: bytes) -> None:
    for ask in (saved.is_answer, saved.read):
        with pytest.raises(CycleplanError) as caught:
            ask(raw, FILE)
        assert caught.value.code == "saved-not-json"


@pytest.mark.parametrize("data", [{}, [], "x", None, 1, {"region": "x", "plans": []}, {"horizon": {}}], ids=str)
def test_json_that_is_no_answer_is_a_clear_refusal(data: Any) -> None:
    with pytest.raises(CycleplanError) as caught:
        read(data)
    assert caught.value.code == "saved-broken"


def test_an_answer_about_a_file_with_errors_has_nothing_to_compare() -> None:
    with pytest.raises(CycleplanError) as caught:
        read({"region": None, "today": TODAY, "horizon": None, "problems": []})
    assert caught.value.code == "saved-with-errors"


def test_a_huge_file_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MAX_BYTES", 1000)
    for ask in (saved.is_answer, saved.read):
        with pytest.raises(CycleplanError) as caught:
            ask(b"{" + b" " * 1000, "regio.yaml")
        assert caught.value.code == "saved-too-large"


@pytest.mark.parametrize("key", ["first", "last"])
@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "2105-01-01", "9999-12-31"])
def test_a_horizon_that_nothing_is_known_of_is_refused(key: str, day: str) -> None:
    data = answer()
    data["horizon"][key] = day
    with pytest.raises(CycleplanError) as caught:
        read(data)
    assert caught.value.code == "saved-broken"


@pytest.mark.parametrize("given_days", [[0, 1, 2], [3, 2, 1], [1, 2], [1, 2, 367], "30,60,90"])
def test_days_of_formation_that_cannot_be_are_refused(given_days: Any) -> None:
    data = answer()
    data["formation"] |= {"given": given_days, "given_by": "command"}
    with pytest.raises(CycleplanError):
        read(data)
