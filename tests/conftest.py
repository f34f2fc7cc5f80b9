"""What all tests share: golden files (an output as somebody last read it through), their order, runs that repeat."""

import difflib
import gc
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from browsing import browser
from hypothesis import settings

__all__ = ["browser"]  # one browser for all tests of a run: Playwright stands no second one beside it

# The same examples in every run, so that a red test is red for everybody. CI asks for more of them.
EXAMPLES = int(os.environ.get("CYCLEPLAN_EXAMPLES", "40"))
settings.register_profile("repeat", derandomize=True, deadline=None, max_examples=EXAMPLES)
settings.load_profile("repeat")

# No test may lean on another: modules, and tests within them, run in an order that this number gives.
ORDER = os.environ.get("CYCLEPLAN_ORDER", "1")

# A page is as wide in every terminal that the tests are run from.
os.environ.pop("COLUMNS", None)

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/ anew, to be read through")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(name: str) -> str:
        return sha256(f"{ORDER} {name}".encode()).hexdigest()

    items.sort(key=lambda item: (place(item.path.name), place(item.nodeid)))


def pytest_collection_finish() -> None:
    # What was collected stays, so nobody need look through it; a command does without the collector altogether.
    gc.freeze()
    gc.set_threshold(100_000)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"in the order of CYCLEPLAN_ORDER={ORDER}")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of that name."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        was = path.read_text(encoding="utf-8") if path.is_file() else ""
        if was != text:
            lines = difflib.unified_diff(was.splitlines(), text.splitlines(), f"golden/{name}", "now", lineterm="")
            shown = "\n".join(lines)
            pytest.fail(f"{shown}\n\nIf this is meant: pytest --update-golden, and read the file through.", False)

    return compare
