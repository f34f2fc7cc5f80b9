"""A browser for the tests that read what we make as a browser does: a page, a drawing, a Mermaid chart.

Playwright and the scripts come from tests/programs/install; where something is missing, the tests fail.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from caldav import program as installed
from running import program


def script(package: str, file: str) -> Path:
    """The path of a file of a package that npm installed, such as ``mermaid``."""
    return Path(installed(f"npm/node_modules/{package}/package.json")).parent / file


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Playwright ``Browser``: Chromium without a window."""
    chromium = program("chromium")
    sys.path.insert(0, str(installed("python/playwright/__init__.py").parents[1]))
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()
