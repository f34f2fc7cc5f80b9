"""Templates: where they run, and how what they print is escaped."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from cycleplan import resources

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~#]|&(?=#?\w+;))|^(\s*)([+-]|\d+[.)])(?=[\s-]|$)")
_ADDRESS = re.compile(r"(https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*[A-Za-z0-9/=])")
_ACTS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Marked(str):
    """Markdown of our own: it stands as it is."""


def markdown(value: Any) -> Any:
    """*value* as it must stand in Markdown to be shown as typed: marks escaped, on one line, addresses as links."""
    if isinstance(value, Marked) or not isinstance(value, str):
        return value
    parts = _ADDRESS.split(_on_one_line(value))  # every other part is an address
    return "".join(f"<{part}>" if i % 2 else _MARKDOWN.sub(_escape, part) for i, part in enumerate(parts))


def _on_one_line(text: str) -> str:
    return " ".join(_ACTS.sub(" ", text).split()) if _ACTS.search(text) else text


def _escape(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\{match[1]}"
    start = match[3]
    return f"{match[2]}{start[:-1]}\\{start[-1]}"  # what would begin a heading or a list


def environment(folder: Path | None = None) -> SandboxedEnvironment:
    """Where templates in Markdown run: everything that one prints is escaped for Markdown."""
    return _sandbox(folder, finalize=markdown, autoescape=False)


def html_environment(folder: Path | None = None) -> SandboxedEnvironment:
    """Where templates in HTML run: everything that one prints is escaped for HTML."""
    return _sandbox(folder, autoescape=True)


def _sandbox(folder: Path | None, **escaping: Any) -> SandboxedEnvironment:
    """Where templates run: sandboxed, since templates travel; a name that does not exist is an error.

    A template in *folder* stands in the place of ours of that name.
    """
    folders = [resources.templates()] if folder is None else [folder, resources.templates()]
    return SandboxedEnvironment(
        loader=FileSystemLoader(folders, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **escaping,
    )
