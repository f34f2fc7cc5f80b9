"""Standard output and files: characters that a console lacks, and files that are written whole or not at all."""

from __future__ import annotations

import codecs
import errno
import os
import signal
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import click

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
    return is_screen(output) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def is_screen(output: Path | None) -> bool:
    """Whether what ``put`` writes is seen at once."""
    return output is None and sys.stdout is not None and sys.stdout.isatty()


def width(output: Path | None) -> int:
    """How many columns a line of text can have: what the screen has, from 80 to 200; elsewhere 80, or ``COLUMNS``."""
    if not is_screen(output) and "COLUMNS" not in os.environ:
        return 80
    import shutil  # only what is as wide as the screen needs it

    return min(max(shutil.get_terminal_size().columns, 80), 200)


def put(product: str | bytes, output: Path | None) -> None:
    """Write *product* to standard output, or whole to the file *output* (text as UTF-8).

    Raises CycleplanError ``cannot-write``; the file that stood there is then as it was. And ``cannot-print`` where
    standard output is closed, or leads to a full disk.
    """
    if output is not None:
        write_whole(output, product.encode(errors="cycleplan.plainer") if isinstance(product, str) else product)
        return
    if sys.stdout is None:  # started with standard output closed
        raise CycleplanError("cannot-print", reason=os.strerror(errno.EBADF))
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
        raise CycleplanError("cannot-print", reason=error.strerror or str(error)) from error


def tell(text: str) -> None:
    """Say *text* on standard error. A file can be named by a stranger: no character of it acts on a terminal."""
    click.echo("".join(c if c.isprintable() or c in "\n\u00a0" else "?" for c in text), err=True)


def drop_the_rest() -> None:
    """Let what Python still holds for standard output go nowhere: it would fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* to *path*, so that nobody ever sees a half. Raises CycleplanError ``cannot-write``."""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe has no half
            path.write_bytes(content)
            return
    except OSError as error:
        raise _cannot_write(path, error) from error
    write_all({path: content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write *files*, all or none: each beside its place first, and only when the disk has them all, to its place.

    Ctrl-C waits until what is being written is whole or gone. A link is replaced, never followed. Raises CycleplanError
    ``cannot-write`` for the first that cannot be written.
    """
    beside: dict[Path, Path] = {}
    with _interrupts_waiting() as asked:
        try:
            for path, content in files.items():
                beside[path] = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
                try:
                    _write_beside(path, beside[path], content)
                except OSError as error:
                    raise _cannot_write(path, error) from error
                if asked:
                    return
            for path, written in beside.items():
                try:
                    os.replace(written, path)
                except OSError as error:
                    raise _cannot_write(path, error) from error
        finally:
            for left in beside.values():
                with suppress(OSError):
                    left.unlink(missing_ok=True)


def _write_beside(path: Path, beside: Path, content: bytes) -> None:
    with open(beside, "xb") as file:
        if path.is_file():  # it keeps who may read it
            os.chmod(beside, path.stat().st_mode & 0o777)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _cannot_write(path: Path, error: OSError) -> CycleplanError:
    return CycleplanError("cannot-write", file=str(path), reason=error.strerror or str(error))


@contextmanager
def _interrupts_waiting() -> Iterator[list[int]]:
    """Let Ctrl-C wait until the end of the block; what is given holds something once it was asked for."""
    asked: list[int] = []
    try:
        before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    except ValueError:  # not in the main thread, which alone is interrupted
        yield asked
        return
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Make *folder*, and write into it while no other run does; the lock goes with the process, however that ends.

    Raises CycleplanError ``cannot-write``, and ``being-written`` where another run is at it.
    """
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        holding = _hold(folder)
    except BlockingIOError as error:
        raise CycleplanError("being-written", file=str(folder)) from error
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        yield
    finally:
        if holding is not None:
            os.close(holding)
        if new:
            with suppress(OSError):  # it stays, but where nothing could be made
                folder.rmdir()


def _hold(folder: Path) -> int | None:
    if sys.platform == "win32":  # no lock on a folder: a file that is gone when it is closed
        try:
            return os.open(folder / ".cycleplan", os.O_CREAT | os.O_EXCL | os.O_TEMPORARY)
        except FileExistsError as error:
            raise BlockingIOError from error
    import fcntl  # Windows has none

    holding = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(holding, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(holding)
        raise
    except OSError:  # a disk of a network that knows no locks: every file is whole all the same
        os.close(holding)
        return None
    return holding
