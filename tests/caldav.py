"""A CalDAV server to put feeds in, and a program that keeps it up to date with a feed, for tests marked ``programs``.

    with caldav.radicale(folder) as server:
        calendar = caldav.make(server, "ede")
        with caldav.subscribed(feed, calendar, folder) as sync:
            sync()
            feed.write_bytes(second)
            sync()
            assert caldav.events(calendar).keys() == ...

What holds for vdirsyncer 0.21, which does the keeping up to date (found by trying, and in its source):

- Every line of an event counts as a change of it, but for UID, DTSTAMP, LAST-MODIFIED and CREATED: one of which only
  these change stays on the server as it was. The lines of the calendar count too, as a part of every event, but for
  PRODID, METHOD and X-WR-CALNAME: with a new X-CYCLEPLAN-REVISED, every event of a feed is written anew.
- Its storage ``singlefile``, the default here, knows an event by its UID: one that changed is written over.
- Its storage ``http``, with which people subscribe, replaces the UID by a hash of the lines: one that changed is
  deleted and another is added, and of two that differ in nothing but the UID there is one on the server. Days and
  words can be compared with the feed, identities cannot.
- A feed without any event, after one with events, is taken for a mistake: ``sync`` raises StoppedError, and the server
  keeps what it has.
- The feed is only read. What is edited or deleted on the server comes back, but with the second ``sync`` after that.
"""

import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest

_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_SPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
_PATIENCE = 60  # seconds, for what takes one


def program(name: str) -> Path:
    """What tests/programs/install put at *name*; a test that needs it fails without."""
    folder = os.environ.get("CYCLEPLAN_PROGRAMS")
    if not folder or not (Path(folder) / name).exists():
        here = f"{folder} has no {name}" if folder else "CYCLEPLAN_PROGRAMS is not set"
        pytest.fail(f"{here}. Run `tests/programs/install DIR` and set CYCLEPLAN_PROGRAMS to DIR.", pytrace=False)
    return Path(folder).resolve() / name


# --- the server


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """The address of a Radicale of its own, which keeps what it gets under *folder*; calendars go right below it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [program("readers/bin/radicale"), "--config", "", "--hosts", f"127.0.0.1:{port}", "--auth-type", "none"]
    command += ["--logging-level", "warning", "--storage-filesystem-folder", folder / "radicale"]
    log = folder / "radicale.log"
    with log.open("wb") as to, subprocess.Popen(command, stdout=to, stderr=to) as server:
        try:
            _wait_for(port, server, log)
            url = f"http://127.0.0.1:{port}/feeds/"
            _request("MKCOL", url)
            yield url
        finally:
            server.kill()  # it has nothing to keep


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"Radicale does not answer:\n{log.read_text()}")


def make(server: str, name: str) -> str:
    """The address of a new, empty calendar."""
    _request("MKCALENDAR", f"{server}{name}/")
    return f"{server}{name}/"


def put(url: str, raw: bytes) -> None:
    """Make the calendar at *url* what *raw* holds, all at once."""
    _request("PUT", url, raw, {"Content-Type": "text/calendar; charset=utf-8"})


def events(url: str, between: tuple[date, date] | None = None) -> dict[str, str]:
    """By UID what a calendar has; with *between* what it has from the first day up to, and without, the second.

    As clients do: ask which there are, then ask for these. The text has the line ends of XML, a newline.
    """
    found: dict[str, str] = {}
    for text in _multiget(url, _query(url, between)):
        uid = re.search(r"^UID:(.+)$", text.replace("\n ", ""), re.MULTILINE)
        assert uid, text
        assert uid[1] not in found, f"{uid[1]} twice"
        found[uid[1]] = text
    return found


def name_of(url: str) -> str | None:
    """The name that a calendar is shown under."""
    asked = f"<D:propfind {_SPACES}><D:prop><D:displayname/></D:prop></D:propfind>"
    answer = ElementTree.fromstring(_request("PROPFIND", url, asked.encode(), {"Depth": "0"}))
    return answer.findtext(f".//{_DAV}displayname")


def _query(url: str, between: tuple[date, date] | None) -> list[str]:
    times = '<C:time-range start="{:%Y%m%d}T000000Z" end="{:%Y%m%d}T000000Z"/>'.format(*between) if between else ""
    which = f'<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{times}</C:comp-filter></C:comp-filter>'
    return [href for href, _ in _report(url, "calendar-query", "<D:getetag/>", f"<C:filter>{which}</C:filter>")]


def _multiget(url: str, hrefs: list[str]) -> Iterator[str]:
    which = "".join(f"<D:href>{escape(href)}</D:href>" for href in hrefs)
    for href, answer in _report(url, "calendar-multiget", "<C:calendar-data/>", which) if hrefs else ():
        text = answer.findtext(f".//{_CALDAV}calendar-data")
        assert text, href
        yield text


def _report(url: str, kind: str, wanted: str, which: str) -> Iterator[tuple[str, ElementTree.Element]]:
    asked = f"<C:{kind} {_SPACES}><D:prop>{wanted}</D:prop>{which}</C:{kind}>"
    for answer in ElementTree.fromstring(_request("REPORT", url, asked.encode(), {"Depth": "1"})):
        yield answer.findtext(f"{_DAV}href") or "", answer


def _request(method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    to = urlsplit(url)
    connection = HTTPConnection(to.netloc, timeout=_PATIENCE)
    try:
        connection.request(method, to.path, body, headers or {})
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status not in (200, 201, 204, 207):
        raise RuntimeError(f"{method} {url}: {answer.status} {content.decode(errors='replace')}")
    return content


# --- the program that keeps it up to date


class StoppedError(RuntimeError):
    """vdirsyncer did not do all of what it was asked to; the text is what it said."""


@contextmanager
def subscribed(
    feed: Path, calendar: str, folder: Path, storage: Literal["singlefile", "http"] = "singlefile"
) -> Iterator[Callable[[], str]]:
    """A function that brings a calendar on the server up to date with the file *feed*, and says what vdirsyncer said.

    One way: nothing is written to the file. What the two kinds of *storage* do stands at the top of this one.
    """
    with _serving(feed.parent) as address:
        source = {"singlefile": f'path = "{feed}"', "http": f'url = "{address}{feed.name}"'}[storage]
        config = folder / "vdirsyncer.conf"
        config.write_text(_CONFIG.format(folder=folder, storage=storage, source=source, calendar=calendar))
        _vdirsyncer(config, "discover")
        yield partial(_vdirsyncer, config, "sync")


_CONFIG = """\
[general]
status_path = "{folder}/vdirsyncer"

[pair feed]
a = "source"
b = "server"
collections = null
conflict_resolution = "a wins"

[storage source]
type = "{storage}"
read_only = true
{source}

[storage server]
type = "caldav"
url = "{calendar}"
"""


def _vdirsyncer(config: Path, *asked: str) -> str:
    ran = subprocess.run(
        [program("readers/bin/vdirsyncer"), "-c", config, *asked],
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        env={**os.environ, "no_proxy": "127.0.0.1"},  # it minds the proxies of its surroundings
    )
    if ran.returncode:
        raise StoppedError(ran.stderr)
    return ran.stderr


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
