"""Templates: where they run, and how what they print is escaped."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from cycleplan import resources
from cycleplan.errors import CycleplanError, nearest
from cycleplan.outputs.sandbox import Sandbox, printable, refused

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~#]|&(?=#?\w+;))|^(\s*)([+-]|\d+[.)])(?=[\s-]|$)")
_ADDRESS = re.compile(r"(https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*[A-Za-z0-9/=])")
_ACTS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Marked(str):
    """Markdown of our own: it stands as it is."""


def markdown(value: Any) -> Any:
    """*value* as it must stand in Markdown to be shown as typed: marks escaped, on one line, addresses as links."""
    value = printable(value)
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


def render(environment: Sandbox, path: str, context: Mapping[str, Any]) -> str:
    """The template *path* with *context* filled in.

    Raises CycleplanError ``template-unknown-name``, ``template-missing``, ``template-unsafe`` or ``template-mistake``,
    each with the file and the line, for one that cannot be rendered.
    """
    try:
        return environment.get_template(path).render(context)
    except Exception as error:  # what a template calls can raise anything, and it is its author who must hear of it
        raise _mistake(error, path, context) from error


def _mistake(error: Exception, path: str, known: Iterable[str]) -> CycleplanError:
    if isinstance(error, TemplateSyntaxError):
        name, line = error.filename or error.name or path, error.lineno
    else:
        # Jinja gives the lines of templates to Python's own trace: the last of them is where it went wrong.
        frames = [(f.filename, f.lineno) for f in traceback.extract_tb(error.__traceback__)]
        template = [(name, line or 1) for name, line in frames if name.endswith((".md", ".html"))]
        name, line = template[-1] if template else (path, 1)
    ours = Path(name).is_relative_to(resources.templates())
    place = {"file": str(Path(name).relative_to(resources.templates())) if ours else name, "line": line}
    detail = (getattr(error, "message", None) or str(error) or type(error).__name__).rstrip(".")
    unknown = re.search(r"'([^']+)' is undefined|has no attribute '([^']+)'", detail)
    if isinstance(error, TemplateNotFound):
        asked = str(error.name)
        return CycleplanError("template-missing", name=asked, near=nearest(asked, _shipped()), **place)
    if isinstance(error, UndefinedError) and unknown:
        asked = unknown[1] or unknown[2]
        return CycleplanError("template-unknown-name", name=asked, near=nearest(asked, known), **place)
    if isinstance(error, SecurityError):
        return CycleplanError("template-unsafe", detail=refused(error), **place)
    return CycleplanError("template-mistake", detail=detail, **place)


def _shipped() -> list[str]:
    """The names of the templates that ship."""
    root = resources.templates()
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.suffix in (".md", ".html")]


def strangers(folder: Path) -> list[tuple[str, str]]:
    """The templates in *folder* that nothing asks for, since ours have other names, each with the nearest of these."""
    found = (str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".html"))
    named = ((name, nearest(name, _shipped())) for name in found if name not in _shipped())
    return [(name, near) for name, near in named if near]


def environment(folder: Path | None = None) -> Sandbox:
    """Where templates in Markdown run: everything that one prints is escaped for Markdown."""
    return _sandbox(folder, finalize=markdown, autoescape=False)


def html_environment(folder: Path | None = None) -> Sandbox:
    """Where templates in HTML run: everything that one prints is escaped for HTML."""
    return _sandbox(folder, autoescape=True, finalize=printable)


def _sandbox(folder: Path | None, **escaping: Any) -> Sandbox:
    """Where templates run: sandboxed, since templates travel; a name that does not exist is an error.

    A template in *folder* stands in the place of ours of that name.
    """
    folders = [resources.templates()] if folder is None else [folder, resources.templates()]
    return Sandbox(
        loader=FileSystemLoader(folders, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **escaping,
    )
