"""Reads calendars with vobject, the parser of Radicale, and prints of each what it holds, as JSON.

DIR/readers/bin/python read_calendar.py FILE.ics ...
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import vobject


def read(file: str) -> dict[str, Any]:
    # Exactly one calendar, and with the line ends that the file has.
    (calendar,) = vobject.readComponents(Path(file).read_bytes().decode())
    calendar.validate(raiseException=True)
    events = []
    for event in calendar.contents.get("vevent", []):
        first, after = event.dtstart.value, event.dtend.value
        events.append(
            {
                "uid": event.uid.value,
                "title": event.summary.value,
                "text": event.description.value,
                "wholeDays": not isinstance(first, datetime) and not isinstance(after, datetime),
                "first": first.isoformat(),
                "after": after.isoformat(),
            }
        )
    others = sum(1 for _ in calendar.components()) - len(events)
    return {"name": calendar.x_wr_calname.value, "others": others, "events": events}


def read_or_refuse(file: str) -> dict[str, Any]:
    try:
        return read(file)
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"}


print(json.dumps([read_or_refuse(file) for file in sys.argv[1:]]))
