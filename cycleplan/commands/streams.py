"""Standard output and files: characters that a console lacks, and files that are written whole or not at all."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from pathlib import Path

from cycleplan.errors import CycleplanError

# For consoles with an older code page: what our own texts use beyond ASCII.
_PLAIN = {"–": "-", "—": "-", "·": "-", "…": "...", "’": "'", "‘": "'", "“": '"', "”": '"', "€": "EUR"}


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Write a character that the console does not have as the nearest that it has."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = ""
    for character in error.object[error.start : error.end]:
        plain = _PLAIN.get(character) or unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
        found += plain or "?"
    return found, error.end


def prepare() -> None:
    """Let standard output and error write any text, whatever the console's code page."""
    codecs.register_error("cycleplan.plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="cycleplan.plainer")


def has_color(output: Path | None) -> bool:
    """Whether what ``put`` writes goes to a screen that can show colour."""
    return output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def width(output: Path | None) -> int:
    """How many columns a line of text can have: what the screen has, from 80 to 200; elsewhere 80, or ``COLUMNS``."""
    if (output is not None or not sys.stdout.isatty()) and "COLUMNS" not in os.environ:
        return 80
    import shutil  # only what is as wide as the screen needs it

    return min(max(shutil.get_terminal_size().columns, 80), 200)


def put(product: str | bytes, output: Path | None) -> None:
    """Write *product* to standard output, or whole to the file *output* (text as UTF-8).

    Raises CycleplanError ``cannot-write``; the file that stood there is then as it was.
    """
    if output is not None:
        write_whole(output, product.encode() if isinstance(product, str) else product)
        return
    try:
        if isinstance(product, bytes):
            sys.stdout.buffer.write(product)
        else:
            sys.stdout.write(product)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has seen enough. Told here, since click makes it exit code 1, which is of files with errors.
        drop_the_rest()
    except OSError as error:  # a full disk behind a redirection
        drop_the_rest()
        raise CycleplanError("cannot-write", file="stdout", reason=error.strerror or str(error)) from error


def drop_the_rest() -> None:
    """Let what Python still holds for standard output go nowhere: it would fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* to *path* by way of a file beside it, so that nobody ever sees a half."""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe has no half
            path.write_bytes(content)
            return
        import tempfile  # only who writes a file needs it, and it is slow to read

        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as beside:
                beside.write(content)
                beside.flush()
                os.fsync(beside.fileno())
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise CycleplanError("cannot-write", file=str(path), reason=error.strerror or str(error)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
