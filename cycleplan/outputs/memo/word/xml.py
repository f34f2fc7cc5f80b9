"""WordprocessingML, a piece at a time: elements, runs, fields. All text gets into a document here, as text."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

# What XML cannot hold, and the noncharacters that only the template side uses, for itself.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]")


def fit(text: str) -> str:
    """*text* as XML can hold it, on one line."""
    return _UNFIT.sub("", _BREAKS.sub(" ", text))


def el(tag: str, *children: Any, **attributes: Any) -> Any:
    """An element of the main namespace: ``el("jc", val="right")`` is ``<w:jc w:val="right"/>``."""
    made: Any = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), fit(str(value)))
    made.extend(children)
    return made


def text(value: str) -> Any:
    """``w:t`` with *value* as it was typed."""
    made = el("t")
    made.text = fit(value)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def run(*content: Any, style: str | None = None, looks: tuple[Any, ...] = ()) -> Any:
    """A run; *looks* are run properties in the order of the schema, after the style."""
    properties = [el("rStyle", val=style)] if style else []
    properties += looks
    return el("r", *([el("rPr", *properties)] if properties else []), *content)


def field(code: str, shown: Any) -> Any:
    """A field of ours: *shown* is the run that stands there until a program counts again."""
    return el("fldSimple", shown, instr=f" {code} ")


def next_id(root: Any, tag: str, attribute: str = "id") -> int:
    """A number that no *tag* under *root* has yet."""
    found = (e.get(qn(f"w:{attribute}"), "") for e in root.iter(qn(f"w:{tag}")))
    return max((int(n) for n in found if re.fullmatch(r"-?\d{1,9}", n)), default=0) + 1
