"""Where templates of others run: nothing in them acts, takes forever, or prints what is no text.

jinja's own sandbox keeps a template from getting at Python, and from changing what it was given. It does not keep a
line of ten characters from making a gigabyte; that is what is added here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from jinja2 import Undefined, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import do_replace
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MOST_ROUNDS = 100_000  # of all loops over numbers together
_LONGEST = 100_000  # letters of a text, or items of a list, that an operator makes
_LARGEST_POWER = 64
_MAKES_LONG = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs", "replace", "join"})
_NOT_HERE = ("lipsum", "cycler", "joiner", "namespace")  # what runs on, or grows over the rounds of a loop


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates that come from elsewhere. What it refuses is a SecurityError."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._rounds = 0
        self.globals["range"] = self._range
        for name in _NOT_HERE:
            self.globals.pop(name, None)
        for name in ("center", "format", "indent"):
            self.filters.pop(name, None)
        self.filters["replace"] = _replace

    def _range(self, *limits: int) -> range:
        found = range(*limits)
        self._rounds += len(found)
        if self._rounds > _MOST_ROUNDS:
            raise SecurityError("'range' goes on for too long")
        return found

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As jinja's, without the methods by which a short text makes a long one."""
        return super().is_safe_attribute(obj, attr, value) and not (isinstance(obj, str) and attr in _MAKES_LONG)

    def wrap_str_format(self, value: Any) -> Any:
        """Refuses ``str.format``, which jinja would let by."""
        if super().wrap_str_format(value) is not None:
            raise SecurityError("'format' makes texts of any length")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The result of an operator, where it is of a size that somebody can mean."""
        if _grows(operator, left, right):
            raise SecurityError(f"'{operator}' makes too much")
        return super().call_binop(context, operator, left, right)


@pass_eval_context
def _replace(eval_ctx: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    """Jinja's filter, where what it makes is not too long."""
    if (str(text).count(str(old)) + 1) * len(str(new)) > _LONGEST:
        raise SecurityError("'replace' makes too much")
    return do_replace(eval_ctx, text, old, new, count)


def _grows(operator: str, left: Any, right: Any) -> bool:
    sizes = [len(side) for side in (left, right) if isinstance(side, Sequence)]
    if operator == "%":
        return isinstance(left, str)  # the old way of filling in a text, with widths of any size
    if operator == "**":
        return not isinstance(right, int | float) or abs(right) > _LARGEST_POWER
    if operator == "+":
        return sum(sizes) > _LONGEST
    numbers = [side for side in (left, right) if isinstance(side, int)]
    if sizes:
        return any(size * number > _LONGEST for size in sizes for number in numbers)
    return sum(number.bit_length() for number in numbers) > _LARGEST_POWER


def printable(value: Any) -> Any:
    """*value*, where it is something to print; None prints nothing. Raises SecurityError for a list or a function."""
    if value is None:
        return ""
    if isinstance(value, str | int | float | date | Undefined) or hasattr(value, "__html__"):
        return value
    raise SecurityError(f"'{type(value).__name__}' is no text")


def refused(error: SecurityError) -> str:
    """What a template asked for that it does not get."""
    found = re.search(r"'([^']+)'", str(error))
    return found[1] if found else str(error).rstrip(".")
