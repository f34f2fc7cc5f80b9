"""Ctrl-C ends the process at once. Read before all else: reading the rest is most of what a command takes."""

from __future__ import annotations

import os
import signal
from contextlib import suppress


def leave_on_interrupt() -> None:
    """Let Ctrl-C end the process at once with exit code 130, where nobody set it to do something else."""
    with suppress(ValueError):  # not in the main thread, which alone is interrupted
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _leave)


def stay_to_the_end() -> None:
    """Once all is written Ctrl-C comes too late: Python would end by the signal while it tidies up."""
    if signal.getsignal(signal.SIGINT) is _leave:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave(*_: object) -> None:
    # No exception: the places of Python and its libraries that let none through would go on, after a traceback.
    if os.isatty(2) and os.name != "nt":
        os.write(2, b"\x1b[?25h\n")  # the cursor, which a progress bar hides; and the prompt on a line of its own
    os._exit(130)
