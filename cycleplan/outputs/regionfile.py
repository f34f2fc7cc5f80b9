"""A region file with other expected plans in it, and for the rest the file as its owner wrote it.

No text is written anew: ruamel.yaml says where each plan stands, and only those places are cut out and filled
in, so that comments, order, quotes, indentation and line ends elsewhere stay as they were, byte for byte.
What was made is read back by the strict reader before it is given.
"""

from __future__ import annotations

import calendar
import copy
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from cycleplan import yamltext
from cycleplan.errors import CycleplanError, nearest
from cycleplan.region import SUPPORT_PLAN
from cycleplan.workdays import school_years

_BOM = b"\xef\xbb\xbf"
_NEWLINE = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as the libraries count lines
_COMMA = re.compile("(#[^\r\n]*)|,")  # in what stands between two items of a flow list, and not in a comment
_FREE_TEXT = frozenset({"source", "note"})  # always quoted; the rest is dates and words


class PlanToWrite(NamedTuple):
    """A support plan to put into a file as expected; *last* is inclusive."""

    first: date
    last: date
    source: str
    note: str | None = None


def with_plans(text: bytes, plans: Mapping[str, Sequence[PlanToWrite]]) -> bytes:
    """The region file *text* with, per partnership code, other expected support plans.

    *text* loads without errors. Of each partnership the expected support plans from the first of the given
    ones on make way for these. A plan of the file that begins on the same day as a given one stays where it
    is: where it ends on another day only its end and its status change, and all else that it says is kept.

    Raises CycleplanError ``needs-extra`` without ruamel.yaml, ``no-such-partnership`` for a code that the file
    does not have, ``plans-not-written`` if the result would not say what it must.
    """
    body = text.decode("utf-8-sig")
    data = yamltext.read(text, "").data
    entries = {entry["code"]: i for i, entry in enumerate(data.get("partnerships", ()))}
    for code in plans:
        if code not in entries:
            raise CycleplanError("no-such-partnership", id=code, near=nearest(code, entries))
    writer = _Writer(body, _compose(body))
    meant = copy.deepcopy(data)
    for code, given in plans.items():
        if given:
            writer.put(entries[code], meant["partnerships"][entries[code]], sorted(given, key=lambda plan: plan.first))
    result = (_BOM if text.startswith(_BOM) else b"") + writer.text().encode()
    read = yamltext.read(result, "")
    if read.problems or read.data != meant:
        raise CycleplanError("plans-not-written", partnerships=sorted(plans))
    return result


def _compose(body: str) -> Any:
    """The nodes of the text, which know where they begin and end."""
    try:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError
    except ImportError:
        raise CycleplanError("needs-extra", extra="write", package="ruamel.yaml") from None
    try:
        return YAML(typ="safe", pure=True).compose(body)
    except YAMLError:  # YAML 1.2, where the strict reader reads 1.1: what only one of them reads is not touched
        raise CycleplanError("plans-not-written", partnerships=[]) from None


def _pairs(mapping: Any) -> dict[str, tuple[Any, Any]]:
    return {key.value: (key, value) for key, value in mapping.value}


def _is_expected(raw: Mapping[str, Any]) -> bool:
    return bool(raw["status"] in ("expected", "assumed") and raw.get("kind", SUPPORT_PLAN) == SUPPORT_PLAN)


def _day(text: str) -> date | None:
    """A day of the file; of a month its last day; None for the word unknown."""
    if re.fullmatch(r"\d{4}-\d{2}", text):
        year, month = int(text[:4]), int(text[5:])
        return date(year, month, calendar.monthrange(year, month)[1])
    return None if text == "unknown" else date.fromisoformat(text)


def _ends(raw: Mapping[str, Any]) -> tuple[date | None, date | None]:
    if "years" in raw:
        period = school_years(int(raw["years"][:4]), int(raw["years"][5:]))
        return period.first, period.last
    return _day(raw["first"]), _day(raw["last"])


def period_keys(first: date, last: date) -> dict[str, str]:
    """What a plan says of its days: school years if it can."""
    if first.year < last.year:
        years = school_years(first.year, last.year)
        if (years.first, years.last) == (first, last):
            return {"years": f"{first.year}-{last.year}"}
    return {"first": first.isoformat(), "last": last.isoformat()}


def _raw(plan: PlanToWrite) -> dict[str, str]:
    note = {"note": plan.note} if plan.note else {}
    return {**period_keys(plan.first, plan.last), "status": "expected", "source": plan.source, **note}


class _Style(NamedTuple):
    """How an item is written: as a block from a column on, or (*flow*) between braces, if need be as JSON."""

    column: int = 0
    flow: bool = False
    json: bool = False


class _Writer:
    """The edits of one text: what stands from one index to another makes way for something else."""

    def __init__(self, body: str, root: Any) -> None:
        self._body = body
        self._root = root
        found = _NEWLINE.search(body)
        self._newline = found.group() if found else "\n"
        self._edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        """The text with all edits made."""
        body = self._body
        for start, end, new in sorted(self._edits, reverse=True):
            body = body[:start] + new + body[end:]
        return body

    def put(self, number: int, raw: dict[str, Any], given: Sequence[PlanToWrite]) -> None:
        """Put the given plans into the partnership with that number, and into *raw*, what was read of it."""
        listed = _pairs(self._root)["partnerships"][1]
        partnership = listed.value[number]
        raws = raw.setdefault("plans", [])
        by_first = {plan.first: plan for plan in given}
        slots = []
        for i, item in enumerate(raws):
            first, last = _ends(item)
            same = by_first.pop(first, None) if first and item.get("kind", SUPPORT_PLAN) == SUPPORT_PLAN else None
            if same is None:
                if _is_expected(item) and first and first >= given[0].first:
                    slots.append(i)
            elif last != same.last:
                self._change_end(_pairs(partnership)["plans"][1].value[i], item, same)
        new = [_raw(plan) for plan in by_first.values()]
        if new or slots:
            pair = _pairs(partnership).get("plans")
            if pair is None or not pair[1].value:
                self._fill(listed, partnership, pair, new)
            elif pair[1].flow_style:
                self._replace_in_flow(pair[1], slots, new)
            else:
                self._replace_in_block(pair[1], slots, new)
        for i, plan in zip(slots, new, strict=False):
            raws[i] = plan
        for i in reversed(slots[len(new) :]):
            del raws[i]
        at = slots[-1] + 1 if slots else len(raws)
        raws[at:at] = new[len(slots) :]

    # --- one plan

    def _change_end(self, node: Any, raw: dict[str, Any], plan: PlanToWrite) -> None:
        pairs = _pairs(node)
        keys = period_keys(plan.first, plan.last)
        if "years" in raw and "years" not in keys:
            key, value = pairs["years"]
            quote = key.style or ""
            between = ", " if node.flow_style else self._newline + " " * key.start_mark.column
            new = between.join(f"{quote}{k}{quote}: {quote}{v}{quote}" for k, v in keys.items())
            self._edits.append((key.start_mark.index, self._end(value), new))
            del raw["years"]
            raw.update(keys)
        else:
            name = "years" if "years" in raw else "last"
            raw[name] = keys["years"] if name == "years" else plan.last.isoformat()
            self._set(pairs[name][1], raw[name])
        if raw["status"] != "expected":
            raw["status"] = "expected"
            self._set(pairs["status"][1], "expected")

    def _set(self, scalar: Any, word: str) -> None:
        quote = scalar.style if scalar.style in ("'", '"') else ""
        self._edits.append((scalar.start_mark.index, self._end(scalar), f"{quote}{word}{quote}"))

    def _item(self, raw: Mapping[str, str], style: _Style) -> str:
        """A plan, without the dash before it."""

        def scalar(key: str, value: str) -> str:
            return json.dumps(value, ensure_ascii=False) if style.json or key in _FREE_TEXT else value

        lines = [f"{json.dumps(k) if style.json else k}: {scalar(k, v)}" for k, v in raw.items()]
        return "{" + ", ".join(lines) + "}" if style.flow else (self._newline + " " * style.column).join(lines)

    # --- the list of plans

    def _fill(self, listed: Any, partnership: Any, pair: Any, new: Sequence[Mapping[str, str]]) -> None:
        """Write the plans of a partnership that has none yet: no list, or an empty one."""
        column = partnership.value[0][0].start_mark.column
        last_value = partnership.value[-1][1]
        if partnership.flow_style:
            style = _Style(flow=True, json=partnership.value[0][0].style == '"')
            items = ", ".join(self._item(raw, style) for raw in new)
            if pair:
                at = pair[1].start_mark.index + 1
                self._edits.append((at, at, items))
            else:
                key = '"plans"' if style.json else "plans"
                self._edits.append((self._end(last_value), self._end(last_value), f", {key}: [{items}]"))
            return
        # Dashes as far in as those of the list of partnerships, and keys as far after them.
        outer = _pairs(self._root)["partnerships"][0].start_mark.column
        dash = listed.start_mark.column
        indent, gap = (0, 2) if listed.flow_style else (dash - outer, column - dash)
        style = _Style(column + indent + gap)
        items = "".join(self._after(raw, column + indent, style) for raw in new)
        if pair is None:
            at = self._line_end(self._end(last_value))
            self._edits.append((at, at, f"{self._newline}{' ' * column}plans:{items}"))
            return
        key, value = pair
        # The brackets go; a comment before, within or behind them stays.
        colon = self._body.index(":", key.end_mark.index) + 1
        opens, closes = value.start_mark.index, value.end_mark.index
        at = self._line_end(closes)
        parts = (self._body[colon:opens], self._body[opens + 1 : closes - 1], self._body[closes:at])
        self._edits.append((colon, at, "".join(part.rstrip() for part in parts) + items))

    def _after(self, raw: Mapping[str, str], dash: int, style: _Style) -> str:
        """A plan of a block list on lines of its own, to stand behind the line before it."""
        gap = " " * max(1, style.column - dash - 1)
        return f"{self._newline}{' ' * dash}-{gap}{self._item(raw, style)}"

    def _replace_in_block(self, node: Any, slots: Sequence[int], new: Sequence[Mapping[str, str]]) -> None:
        items = node.value
        flow = all(item.flow_style for item in items)
        styles = [_Style(item.start_mark.column, item.flow_style) for item in items]
        for i, raw in zip(slots, new, strict=False):
            end = self._line_end(self._end(items[i]))
            self._edits.append((items[i].start_mark.index, end, self._item(raw, styles[i])))
        for i in slots[len(new) :]:
            start = self._body.rindex("-", 0, items[i].start_mark.index)
            while self._column(start) != node.start_mark.column or self._line(start).lstrip()[:1] != "-":
                start = self._body.rindex("-", 0, start)
            after = _NEWLINE.search(self._body, self._end(items[i]))
            self._edits.append((start - node.start_mark.column, after.end() if after else len(self._body), ""))
        anchor = items[slots[-1] if slots else -1]
        style = _Style(next((i.start_mark.column for i in items if i.flow_style == flow), 0), flow)
        more = "".join(self._after(raw, node.start_mark.column, style) for raw in new[len(slots) :])
        at = self._line_end(self._end(anchor))
        self._edits.append((at, at, more))

    def _replace_in_flow(self, node: Any, slots: Sequence[int], new: Sequence[Mapping[str, str]]) -> None:
        items = node.value
        style = _Style(flow=True, json=items[0].value[0][0].style == '"')
        for i, raw in zip(slots, new, strict=False):
            self._edits.append((items[i].start_mark.index, items[i].end_mark.index, self._item(raw, style)))
        going = slots[len(new) :]
        for i in going:
            # With the comma before it or, if all before it go too, the one after it; comments stay.
            start, end = items[i].start_mark.index, items[i].end_mark.index
            if any(k not in going for k in range(i)):
                start, between = items[i - 1].end_mark.index, self._body[items[i - 1].end_mark.index : start]
            else:
                end, between = items[i + 1].start_mark.index, self._body[end : items[i + 1].start_mark.index]
            comments = _COMMA.sub(r"\1", between) if "#" in between else ""
            self._edits.append((start, end, comments))
        anchor = items[slots[-1] if slots else -1]
        own_line = not self._line(anchor.start_mark.index)[: anchor.start_mark.column].strip()
        between = self._newline + " " * anchor.start_mark.column if own_line else " "
        more = "".join(f",{between}{self._item(raw, style)}" for raw in new[len(slots) :])
        self._edits.append((anchor.end_mark.index, anchor.end_mark.index, more))

    # --- places in the text

    def _end(self, node: Any) -> int:
        """Where what the node says ends: for a block, not counting blank lines and comments after it."""
        if isinstance(node.value, list) and not node.flow_style:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        start: int = node.start_mark.index
        return start + len(self._body[start : node.end_mark.index].rstrip())

    def _line_end(self, at: int) -> int:
        found = _NEWLINE.search(self._body, at)
        return found.start() if found else len(self._body)

    def _line_start(self, at: int) -> int:
        return max((found.end() for found in _NEWLINE.finditer(self._body, 0, at)), default=0)

    def _line(self, at: int) -> str:
        return self._body[self._line_start(at) : self._line_end(at)]

    def _column(self, at: int) -> int:
        return at - self._line_start(at)
