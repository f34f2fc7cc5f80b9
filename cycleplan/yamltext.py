"""The one strict YAML reader: plain data, with the place of every key and value.

YAML 1.1 reads ``0363`` as 243, ``no`` as false and ``12:30`` as 750, and lets a later key silently win over
an earlier one. Region files hold codes like 0363 and come from strangers, so here such spellings are refused
by name, as are aliases, tags and keys that stand twice. Dates stay text. All that is wrong is told at once,
as far as the text can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from cycleplan.errors import Place, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 30
MAX_NODES = 100_000  # all 342 municipalities with 500 plans are 7,000
MAX_TEXT = 20_000

# libyaml where PyYAML was built with it (all wheels are), PyYAML's own parser elsewhere: same events.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,8})\.[0-9]{1,9}")
# What YAML 1.1 takes for something else than what it looks like (yaml.org/type: bool, int, float, null, merge).
_SURPRISING_WORDS = frozenset(
    ["y", "yes", "n", "no", "on", "off", "true", "false", "null", "~", "=", "<<", ".inf", "-.inf", "+.inf", ".nan"]
)
_SURPRISING_NUMBERS = re.compile(
    r"""[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?
      | [-+]?0[boxBOX][0-9a-fA-F_]+ | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?""",
    re.VERBOSE,
)
# Controls, marks that turn the direction of the text around them (a name could be made to read otherwise), and the
# noncharacters of Unicode, which no text has.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


class MarkedDict(dict[str, Any]):
    """A mapping that knows where it stands, and where each of its keys and values does."""

    place: Place
    key_places: dict[str, Place]
    value_places: dict[str, Place]


class MarkedList(list[Any]):
    """A list that knows where it stands, and where each of its items does."""

    place: Place
    value_places: list[Place]

    @property
    def key_places(self) -> list[Place]:
        """An item has no key: it is looked for where it stands itself."""
        return self.value_places


@dataclass
class YamlText:
    """What was read: the data (None if nothing could be) and what is wrong with the text."""

    data: Any = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether the text was read to its end."""
        return not any(p.rule in _STOPS for p in self.problems)


# After these the rest of the text was not read.
_STOPS = frozenset({"yaml-syntax", "several-documents", "too-deep", "too-many-values"})


class _TooMuchError(Exception):
    pass


def read(raw: bytes, file: str) -> YamlText:
    """Read *raw*, the bytes of *file*, as one YAML document."""
    text, problem = _decode(raw, file)
    if problem:
        return YamlText(problems=[problem])
    reader = _Reader(file)
    try:
        reader.start(yaml.parse(text, Loader=_Loader))
    except _TooMuchError:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        reader.refuse("yaml-syntax", place, detail=error.problem or error.context or "")
    except yaml.YAMLError as error:  # the reader of libyaml: a character that YAML does not know
        reader.refuse("yaml-syntax", Place(1, 1), detail=str(error).splitlines()[0])
    return YamlText(reader.data, reader.problems)


def _decode(raw: bytes, file: str) -> tuple[str, Problem | None]:
    if len(raw) > MAX_BYTES:
        return "", Problem(file, Place(1, 1), "error", "file-too-large", {"most": MAX_BYTES // 1_000_000})
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        place = Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        return "", Problem(file, place, "error", "not-utf8", {})
    wrong = _CONTROL.search(text)
    if wrong:
        before_text = text[: wrong.start()]
        place = Place(before_text.count("\n") + 1, wrong.start() - (before_text.rfind("\n") + 1) + 1)
        values = {"character": f"U+{ord(wrong.group()):04X}"}
        return "", Problem(file, place, "error", "control-character", values)
    return text, None


class _Reader:
    """Makes data of YAML events; a stack in stead of recursion, so that depth cannot hurt."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: Any = None
        self.problems: list[Problem] = []
        self._stack: list[MarkedDict | MarkedList] = []
        self._keys: list[tuple[str, Place] | None] = []
        self._nodes = 0
        self._documents = 0
        self._skip = 0  # how deep we are inside something that is not read (a key that is no plain text)

    def refuse(self, rule: str, place: Place, **values: Any) -> None:
        self.problems.append(Problem(self.file, place, "error", rule, values))

    def start(self, events: Iterator[Any]) -> None:
        for event in events:
            mark = event.start_mark
            kind = type(event)
            if kind is yaml.ScalarEvent:
                place = Place(mark.line + 1, mark.column + 1)
                if event.anchor is not None or event.tag is not None:
                    self._refuse_extras(event, place)
                self._scalar(self._value(event, place), place)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close()
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                place = Place(mark.line + 1, mark.column + 1)
                self._refuse_extras(event, place)
                self._open(MarkedDict() if kind is yaml.MappingStartEvent else MarkedList(), place)
            elif kind is yaml.AliasEvent:
                place = Place(mark.line + 1, mark.column + 1)
                self.refuse("alias", place, name=event.anchor)
                self._scalar(None, place)
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    self.refuse("several-documents", Place(mark.line + 1, mark.column + 1))
                    raise _TooMuchError

    def _refuse_extras(self, event: Any, place: Place) -> None:
        if event.anchor is not None:
            self.refuse("anchor", place, name=event.anchor)
        if event.tag is not None and event.tag != "!":
            self.refuse("tag", place, name=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _value(self, event: Any, place: Place) -> Any:
        text: str = event.value
        if len(text) > MAX_TEXT:
            self.refuse("text-too-long", place, most=MAX_TEXT)
            return ""
        # The text as it stands was searched before; only double quotes know escapes such as "\e".
        if event.style == '"' and (wrong := _CONTROL.search(text)):
            self.refuse("control-character", place, character=f"U+{ord(wrong.group()):04X}")
            return _CONTROL.sub("", text)
        if event.style:  # quoted or block text is text
            return text
        if text in ("", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if text.lower() in _SURPRISING_WORDS or (text[0] in "0123456789+-." and _SURPRISING_NUMBERS.fullmatch(text)):
            self.refuse("yaml-surprise", place, text=text if len(text) <= 40 else f"{text[:39]}…")
        return text

    # --- building

    def _count(self, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self.refuse("too-many-values", place, most=MAX_NODES)
            raise _TooMuchError

    def _expects_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1], MarkedDict) and self._keys[-1] is None

    def _scalar(self, value: Any, place: Place) -> None:
        self._count(place)
        if self._skip:
            return
        if self._expects_key():
            self._keys[-1] = (self._key(value, place), place)
        else:
            self._put(value, place)

    def _key(self, value: Any, place: Place) -> str:
        if not isinstance(value, str):
            self.refuse("key-not-text", place, text=str(value))
            return f"\0{place.line}:{place.column}"
        mapping = self._stack[-1]
        assert isinstance(mapping, MarkedDict)
        if value in mapping:
            self.refuse("duplicate-key", place, key=value, line=mapping.key_places[value].line)
            return f"\0{place.line}:{place.column}"
        return value

    def _put(self, value: Any, place: Place) -> None:
        if not self._stack:
            self.data = value
            return
        parent = self._stack[-1]
        if isinstance(parent, MarkedList):
            parent.append(value)
            parent.value_places.append(place)
            return
        pair = self._keys[-1]
        assert pair is not None
        key, key_place = pair
        self._keys[-1] = None
        if not key.startswith("\0"):  # a refused key: its value is read over
            parent[key] = value
            parent.key_places[key] = key_place
            parent.value_places[key] = place

    def _open(self, node: MarkedDict | MarkedList, place: Place) -> None:
        self._count(place)
        if self._skip:
            self._skip += 1
            return
        if self._expects_key():
            self.refuse("key-not-text", place, text="[…]" if isinstance(node, MarkedList) else "{…}")
            self._keys[-1] = (f"\0{place.line}:{place.column}", place)
            self._skip = 1
            return
        if len(self._stack) >= MAX_DEPTH:
            self.refuse("too-deep", place, most=MAX_DEPTH)
            raise _TooMuchError
        node.place = place
        if isinstance(node, MarkedDict):
            node.key_places, node.value_places = {}, {}
        else:
            node.value_places = []
        self._put(node, place)
        self._stack.append(node)
        self._keys.append(None)

    def _close(self) -> None:
        if self._skip:
            self._skip -= 1
            return
        self._stack.pop()
        self._keys.pop()
