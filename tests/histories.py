"""A region file with a past: edits of the kinds that people make, one after the other.

An edit is a name and a number; the number chooses what is edited, so that hypothesis can make and shrink histories.
"""

import copy
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from running import as_yaml

from cycleplan.region import EVENTS

START = date(2026, 11, 22)
LONGEST = 40  # edits
YEAR, A_WHILE = timedelta(days=365), timedelta(days=61)


def first() -> dict[str, Any]:
    """A region with plans that can move, a council and agreements; all dates are invented."""
    fact = {"status": "planned", "source": "verzonnen"}
    return {
        "region": "proef",
        "name": "Proefregio",
        "revised": START.isoformat(),
        "calendar": {"id": "6f0d3c2e-0000-4000-8000-000000000001"},
        "municipalities": [
            {
                "code": "GM0228",
                "councils": [{"elected": "2026-03-18", "college_formed": "2026-06-01", **fact}],
                "plans": [{"kind": "jeugdplan", "id": "jeugd", "first": "2028-01-01", "last": "2031-12-31", **fact}],
            },
            {"code": "GM0289"},
        ],
        "partnerships": [
            {
                "code": "PO2510",
                "municipalities": ["GM0228", "GM0289"],
                "plans": [
                    {"years": "2023-2027", "oogo": "2023-02-10", **fact},
                    {"id": "plan-twee", "years": "2027-2031", **fact},
                ],
            },
            {"code": "VO2511", "municipalities": ["GM0289"], "plans": [{"years": "2025-2029", **fact}]},
        ],
        "agreements": [
            {"name": name, "parties": ["GM0228", "PO2510"], "first": day, "last": "2033-06-30", **fact}
            for name, day in (("Convenant jeugd", "2024-01-01"), ("Afspraak, thuiszitters; extra", "2025-08-01"))
        ],
    }


Region = dict[str, Any]


def _plans(region: Region) -> list[dict[str, Any]]:
    owners = [*region["municipalities"], *region["partnerships"]]
    return [plan for owner in owners for plan in owner.get("plans", ())]


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _move_plan(region: Region, chance: random.Random) -> None:
    movable = [plan for plan in _plans(region) if "id" in plan]
    for plan in movable[:1] if not movable else [chance.choice(movable)]:
        if "years" in plan:
            start = 2027 + chance.randrange(4)
            plan["years"] = f"{start}-{start + chance.randint(1, 4)}"
        else:
            start = 2028 + chance.randrange(3)
            plan["first"], plan["last"] = f"{start}-01-01", f"{start + 3}-12-31"


def _move_agreement(region: Region, chance: random.Random) -> None:
    if region["agreements"]:
        chance.choice(region["agreements"])["last"] = _shifted("2030-01-01", chance.randrange(1500))


def _move_college(region: Region, chance: random.Random) -> None:
    councils = region["municipalities"][0].setdefault("councils", [])
    fact = {"elected": "2026-03-18", "status": "planned", "source": "x"}
    councils[:] = [{**fact, "college_formed": _shifted("2026-04-20", chance.randrange(60))}]


def _rename(region: Region, chance: random.Random) -> None:
    names = ["Zorg; jeugd, en \\ onderwijs", "é’\N{WOMAN}", "Naam\nATTENDEE:x", "Gewoon"]
    places = [region, *region["agreements"], *region["municipalities"], *_plans(region)]
    chance.choice(places)["name"] = chance.choice(names) + str(chance.randrange(9))


def _reword(region: Region, chance: random.Random) -> None:
    """Change a source: of an event it changes the description only."""
    places = [*region["agreements"], *_plans(region)]
    if places:
        chance.choice(places)["source"] = f"bron {chance.randrange(99)}"


def _rename_id(region: Region, chance: random.Random) -> None:
    for plan in _plans(region):
        if "id" in plan:
            new = f"plan-{chance.randrange(999)}"
            if chance.random() < 0.7:
                plan.setdefault("was", plan["id"])
            plan["id"] = new
            return


def _delete(region: Region, chance: random.Random) -> None:
    places = [owner["plans"] for owner in [*region["municipalities"], *region["partnerships"]] if owner.get("plans")]
    places += [region["agreements"]] if region["agreements"] else []
    if places:
        place = chance.choice(places)
        place.pop(chance.randrange(len(place)))


def _restore(region: Region, chance: random.Random) -> None:
    """Put back what was there at first, but for the calendar and the day."""
    kept = {key: region[key] for key in ("calendar", "revised")}
    region.clear()
    region.update(first() | kept)


def _reorder(region: Region, chance: random.Random) -> None:
    for key in ("agreements", "municipalities", "partnerships"):
        chance.shuffle(region[key])
    turned = dict(reversed(region.items()))
    region.clear()
    region.update(turned)


def _change_audience(region: Region, chance: random.Random) -> None:
    some = sorted(chance.sample(EVENTS, chance.randint(3, len(EVENTS))))
    audiences = region["calendar"].setdefault("audiences", {})
    audiences[chance.choice(["all", "GM0228", "partnership", "opr"])] = some


def _restore_audiences(region: Region, chance: random.Random) -> None:
    region["calendar"].pop("audiences", None)


def _nothing(region: Region, chance: random.Random) -> None:
    pass


EDITS: dict[str, Callable[[Region, random.Random], None]] = {
    "move a plan": _move_plan,
    "move an agreement": _move_agreement,
    "move a college": _move_college,
    "rename": _rename,
    "reword": _reword,
    "rename an id": _rename_id,
    "delete": _delete,
    "restore": _restore,
    "reorder": _reorder,
    "change an audience": _change_audience,
    "restore the audiences": _restore_audiences,
    "nothing": _nothing,
    "lose the feed": _nothing,
}
# The days that pass before an edit is published; none is a second correction on one day.
PASSING = [timedelta(0), timedelta(0), timedelta(days=1), timedelta(days=20), A_WHILE, YEAR]

Edit = tuple[str, timedelta, int]


def edits(number: int = LONGEST) -> st.SearchStrategy[list[Edit]]:
    """Histories of so many edits."""
    edit = st.tuples(st.sampled_from(sorted(EDITS)), st.sampled_from(PASSING), st.integers(0, 10**6))
    return st.lists(edit, min_size=number, max_size=number)


def publications(history: list[Edit]) -> Iterator[tuple[str, date, bytes]]:
    """What was done, the day, and the region file after it; the first is the file before any edit."""
    region, day, corrections = first(), START, 0
    yield "first", day, as_yaml(region).encode()
    for name, passing, number in history:
        # A feed that is lost is published again on a later day, as the documentation asks.
        passing = timedelta(days=corrections + 1) if name == "lose the feed" else passing
        if day + passing > date(2036, 1, 1):
            passing = timedelta(days=1)
        corrections = corrections + 1 if not passing else 0
        region = copy.deepcopy(region)
        EDITS[name](region, random.Random(number))
        day += passing
        region["revised"] = day.isoformat()
        yield name, day, as_yaml(region).encode()
