"""A history of publications, synced into a CalDAV server after each: what people see is always what the feed says."""

import contextlib
import re
from pathlib import Path

import caldav
import pytest
from histories import LONGEST, Edit, edits, publications
from hypothesis import HealthCheck, Phase, given, settings
from running import publisher
from test_calendar_history import MEANING, seen

pytestmark = pytest.mark.programs


def shown(raw: bytes) -> dict[str, tuple[object, ...]]:
    """What a subscriber sees of each event."""
    return {uid: tuple(event[key] for key in (*MEANING, "text")) for uid, event in seen(raw).items()}


def on_server(calendar: str) -> dict[str, tuple[object, ...]]:
    """The same of what stands on the server; an event that stands there twice is an error of ``caldav.events``."""
    found = {}
    for uid, text in caldav.events(calendar).items():
        lines = re.sub(r"\r?\n", "\r\n", text)
        found[uid] = shown(lines.encode())[uid]
    return found


# Not made smaller where one fails: that takes a minute each time. A failure names the edits, for a test of its own.
@settings(
    max_examples=3,
    phases=[Phase.generate],
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(history=edits(LONGEST))
def test_after_forty_edits_the_server_has_the_events_of_the_feed(
    tmp_path_factory: pytest.TempPathFactory, history: list[Edit]
) -> None:
    folder: Path = tmp_path_factory.mktemp("sync")
    feed = folder / "feed.ics"
    with caldav.radicale(folder) as server:
        calendar = caldav.make(server, "region")
        feed.write_bytes(publisher(next(iter(publications(history)))[2]).publish().content)
        with caldav.subscribed(feed, calendar, folder) as sync:
            for name, _, region in publications(history):
                before = None if name in ("first", "lose the feed") else feed.read_bytes()
                feed.write_bytes(publisher(region).publish("all", before).content)
                expected = shown(feed.read_bytes())
                # Of a feed without any event vdirsyncer takes it that something went wrong, and leaves the server be.
                with contextlib.nullcontext() if expected else pytest.raises(caldav.StoppedError):
                    sync()
                if expected:
                    assert on_server(calendar) == expected, name
