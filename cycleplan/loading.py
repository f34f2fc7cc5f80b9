"""Loading makes a Region of the text of a region file, or says all that is wrong with it.

What cannot be read is left out and the rest is read on, so that every problem of a file is told in one run;
a region with errors is for finding more of them, not for planning with (``Loaded.usable``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from cycleplan import fileformat, resources, yamltext
from cycleplan.building import Builder
from cycleplan.errors import CycleplanError, Place, Problem, by_place, nearest
from cycleplan.region import LATEST_YEAR, Region
from cycleplan.register import Register
from cycleplan.yamltext import MarkedDict, MarkedList

MAX_PROBLEMS = 100

Path_ = tuple[str | int, ...]


class Loaded(NamedTuple):
    """A region as far as it could be read, and the problems, by place."""

    region: Region | None
    problems: tuple[Problem, ...]
    raw: bytes = b""  # the file as it was read

    @property
    def usable(self) -> bool:
        """Whether there is a region without errors."""
        return self.region is not None and not any(p.level == "error" for p in self.problems)


def find_region(name: str) -> Path:
    """The file of a region: a path as it stands, or the id of a shipped region.

    Raises CycleplanError ``no-such-region`` with the nearest id.
    """
    shipped = resources.region_files()
    path = Path(name)
    there = path.exists() and not path.is_dir()  # a pipe is as good as a file
    if name in shipped and not there:
        return shipped[name]
    if there:
        return path
    near = nearest(name, shipped)
    raise CycleplanError("no-such-region", name=name, near=near, known=sorted(shipped))


def load_region(path: Path, register: Register) -> Loaded:
    """Load the region file at *path*. Raises CycleplanError ``cannot-read`` if the file cannot be opened."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CycleplanError("cannot-read", file=str(path), reason=error.strerror or "") from error
    # One that ships is called the same wherever cycleplan is installed.
    shipped = path in resources.region_files().values()
    return load_text(raw, f"regions/{path.name}" if shipped else str(path), register)


def load_text(raw: bytes, file: str, register: Register) -> Loaded:
    """Load a region from *raw*, the bytes of *file* (a name for the messages)."""
    text = yamltext.read(raw, file)
    problems = list(text.problems)
    if not text.is_whole:  # what seems to be missing may stand in the part that was not read
        return Loaded(None, tuple(sorted(problems, key=lambda p: p.place)[:MAX_PROBLEMS]))
    if not isinstance(text.data, MarkedDict):
        if not problems:
            problems.append(Problem(file, Place(1, 1), "error", "not-a-mapping"))
        return Loaded(None, tuple(problems))
    if {"today", "horizon"} <= text.data.keys() and "revised" not in text.data:  # every key of it would be an error
        return Loaded(None, (Problem(file, Place(1, 1), "error", "saved-answer"),))
    told = {problem.place for problem in problems}
    kinds = text.data.get("kinds")
    kinds_in_file = len(kinds) if isinstance(kinds, list) else 0
    valid, wrong = _validate(text.data, file)
    problems += [p for p in wrong if p.place not in told]
    region = None
    if valid is not None:
        builder = Builder(file, text.data, valid, register, kinds_in_file)
        region = builder.region()
        problems += builder.problems
    return Loaded(region, tuple(by_place(problems)[:MAX_PROBLEMS]), raw)


def fingerprint(raw: bytes) -> str:
    """A hash of what the region file *raw* says, but for ``revised``; layout, comments and order play no part.

    Of lists in which the order means something (``fileformat.ORDERED``) it does. *raw* must have been read without
    errors before.
    """
    from hashlib import sha256  # only who publishes a calendar needs it

    said = {key: value for key, value in yamltext.read(raw, "").data.items() if key != "revised"}
    return sha256(repr(_in_one_order(said)).encode()).hexdigest()[:32]


def _in_one_order(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _in_one_order(value[name], name) for name in sorted(value)}
    if isinstance(value, list):
        items = [_in_one_order(item) for item in value]
        return items if key in fileformat.ORDERED else sorted(items, key=repr)
    return value


# --- reading against the format


def _validate(data: MarkedDict, file: str) -> tuple[Any, list[Problem]]:
    """Read *data* against the format; what is wrong is told and taken out of it, so that the rest stays."""
    problems: list[Problem] = []
    for turn in range(20):  # taking something out can bring something else to light
        try:
            return fileformat.adapter().validate_python(data), problems
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_input=True)
        # A key that only now is missing was there, and has been told: what stood at it was wrong. Likewise a list
        # that only now is empty.
        told = [one for one in wrong if turn == 0 or one["type"] not in ("missing", "too_short")]
        told.sort(key=lambda one: _key_place(data, tuple(one["loc"])))
        found = [_problem(data, file, one) for one in told[:MAX_PROBLEMS]]  # nobody reads a thousand
        problems += [p for p in found if p not in problems]
        _take_out(data, [tuple(one["loc"]) for one in wrong])
    return None, problems


def _problem(data: MarkedDict, file: str, error: Any) -> Problem:
    path: Path_ = tuple(error["loc"])
    code, values = error["type"], dict(error.get("ctx", {}))
    values.pop("error", None)
    place = _place(data, path)
    match code:
        case "missing":
            rule, values = "missing-key", {"key": path[-1]}
            place = _place(data, path[:-1])
        case "extra_forbidden":
            rule = "unknown-key"
            known = fileformat.keys_at(path[:-1])
            values = {"key": path[-1], "near": nearest(str(path[-1]), known), "known": known}
            place = _key_place(data, path)
        case "string_type" | "int_type" | "list_type" | "dict_type" | "bool_type" | "float_type" | "int_from_float":
            rule = "wrong-type"
            values = {"expected": code.split("_")[0], "text": _short(error["input"])}
        case "literal_error":
            rule = "not-one-of"
            known = [word.strip(" '\"") for word in str(values["expected"]).replace(" or ", ", ").split(", ")]
            values = {
                "text": _short(error["input"]),
                "known": known,
                "near": nearest(str(error["input"]), known),
            }
        case "too_short":
            rule, values = "empty", {"key": path[-1]}
        case "greater_than_equal" | "less_than_equal":
            rule = "out-of-range"
            values = {"text": _short(error["input"]), "least": values.get("ge"), "most": values.get("le")}
        case _ if values.get("code") == code:
            rule = code
            values.pop("code")
        case _:
            rule, values = "wrong-value", {"text": _short(error["input"])}
    if error["input"] is None and rule not in ("missing-key", "unknown-key"):
        rule, values = "empty", {"key": next((p for p in reversed(path) if isinstance(p, str)), "")}
    return Problem(file, place, "error", rule, values)


def _short(value: Any) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _walk(data: Any, path: Path_) -> Iterator[tuple[Any, str | int]]:
    """The containers along *path* with the key taken in each, as far as the path can be followed."""
    for part in path:
        if (isinstance(data, MarkedDict) and isinstance(part, str) and part in data) or (
            isinstance(data, MarkedList) and isinstance(part, int) and part < len(data)
        ):
            yield data, part
        else:
            return
        container: Any = data
        data = container[part]


def _place(data: MarkedDict, path: Path_) -> Place:
    place = data.place
    for container, key in _walk(data, path):
        place = container.value_places[key]
    return place


def _key_place(data: MarkedDict, path: Path_) -> Place:
    place = data.place
    for container, key in _walk(data, path):
        place = container.key_places[key]
    return place


# What stands in for a key that the file must have, so that the rest of the file can be looked at as well.
_STAND_INS = {"region": "x", "name": "?", "revised": f"{LATEST_YEAR}-01-01"}


def _take_out(data: MarkedDict, paths: list[Path_]) -> None:
    """Take what stands at *paths* out of *data*; where a key is missing, what lacks it goes."""
    todo: dict[tuple[int, str | int], tuple[Any, str | int]] = {}
    for path in paths:
        steps = list(_walk(data, path))
        if steps:
            container, key = steps[-1]
            todo[id(container), key] = (container, key)
    # Items of a list from the back, so that the numbers of the others keep.
    for container, key in sorted(todo.values(), key=lambda pair: str(pair[1]).zfill(9), reverse=True):
        if isinstance(container, MarkedList):
            container.value_places.pop(int(key))
        container.pop(key)
    for key, stand_in in _STAND_INS.items():
        if key not in data:
            data[key] = stand_in
            data.key_places[key] = data.value_places[key] = data.place
