"""The styles and the script that stand in a page, and the Content-Security-Policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from markupsafe import Markup

from cycleplan.outputs import templating


def styled(own: str, sheet: str, script: str = "", more: str = "") -> dict[str, Any]:
    """The styles and the script of a page, and the policy that lets nothing else in; *own* is CSS of the publisher."""
    environment = templating.html_environment()
    styles = [_plain(f"{templating.render(environment, sheet, {})}\n{more}")]
    if own:
        # In CSS `<\/` is the same as `</`, which in HTML would be the end of the styles. A house style is made for
        # light; one that has dark colours as well says so itself.
        styles.append(_plain(f":root {{ color-scheme: light; }}\n{own}").replace("</", "<\\/").replace("\0", ""))
    code = _plain(templating.render(environment, script, {})) if script else ""
    policy = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
    policy += f"; style-src {' '.join(_hash(text) for text in styles)}"
    policy += f"; script-src {_hash(code)}" if code else ""
    theme = re.search(r"\.([a-z][a-z0-9-]*-theme)\b", own)  # NL Design System: the tokens of a theme hang on a class
    return {
        "policy": policy,
        "theme": theme[1] if theme else "",
        "styles": [Markup(text) for text in styles],
        "script": Markup(code),
    }


def _plain(code: str) -> str:
    """Code without the room before its lines and the lines of comment, which only who writes it needs."""
    lines = (line.strip() for line in code.splitlines())
    kept = "\n".join(line for line in lines if line and not re.fullmatch(r"//.*|/\*[^*]*\*/", line))
    return kept.replace(">\n<", "><")  # as the page has it: its policy knows the code by its hash


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
