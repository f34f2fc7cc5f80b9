"""How the process ends. Read before all else, for Ctrl-C: reading the rest is most of what a command takes."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn


def leave_on_interrupt() -> None:
    """Let Ctrl-C end the process at once with exit code 130, where nobody set it to do something else."""
    with suppress(ValueError):  # not in the main thread, which alone is interrupted
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _leave)


def leave(code: int) -> NoReturn:
    """End the process with exit code *code*, once all is written: Ctrl-C then comes too late to matter.

    Python would first clear away, piece by piece, all that was read: time that nobody has anything from.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):  # closed from the start, or its reader has gone
            stream.flush()
    os._exit(code)


def _leave(*_: object) -> None:
    # No exception: the places of Python and its libraries that let none through would go on, after a traceback.
    if os.isatty(2) and os.name != "nt":
        os.write(2, b"\x1b[?25h\n")  # the cursor, which a progress bar hides; and the prompt on a line of its own
    os._exit(130)
