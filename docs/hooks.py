"""What MkDocs does besides: the language of a page, and links to what is not on the site."""

from __future__ import annotations

import re
from typing import Any

_OUTSIDE = re.compile(r"\[([^\]]*)\]\(\.\./[^)]*\)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The text with a link to a file of the checkout, such as a template, as its text only."""
    return _OUTSIDE.sub(r"\1", markdown)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """The page in its own language in the place of that of the site, for screen readers and hyphenation."""
    if page.ancestors and page.ancestors[-1].title == "English":
        return output.replace('<html lang="nl"', '<html lang="en"', 1)
    return output
