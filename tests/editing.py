"""Edited copies of a region file, and what cycleplan says has changed between them; all dates are invented."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

from running import TODAY, alignment_of, as_yaml, region_file

from cycleplan import changes, snapshot
from cycleplan.differing import Change

Edit = Callable[[dict[str, Any]], None]
FACT = {"status": "actual", "source": "bron"}
OOGO_STEP, ADOPTION_STEP = {"step": "oogo"}, {"step": "adoption", "weeks": 6}
OWN_STEP = {"step": "inspraak", "name": "inspraak van ouders", "weeks": 4}
PO, EDE, WAGENINGEN = "PO2510", "GM0228", "GM0289"
FIRST, LAST = date(2014, 8, 1), date(2039, 7, 31)


def text(*edits: Edit) -> bytes:
    """The text of the small region, edited."""
    data = deepcopy(region_file())
    for edit in edits:
        edit(data)
    return as_yaml(data).encode()


@cache
def snap(raw: bytes, today: str = TODAY) -> snapshot.Snapshot:
    """What is compared of a region file over the same days for all."""
    alignment = alignment_of(raw, today)
    longer = type(alignment)(alignment.region, alignment.register, alignment.law, alignment.today, FIRST, LAST)
    return snapshot.of(longer)


def between(old: bytes, new: bytes) -> tuple[Change, ...]:
    """What has changed between two region files."""
    return changes.compare(snap(old), snap(new))


def changed(*edits: Edit) -> list[Change]:
    """What the edits change of the small region."""
    return list(between(text(), text(*edits)))


# --- edits


def procedure(**keys: Any) -> Edit:
    """The procedure of PO2510."""
    return lambda data: data["partnerships"][0].update(procedure=keys)


def council(index: int, **fact: Any) -> Edit:
    """One more fact about a council of a municipality."""

    def edit(data: dict[str, Any]) -> None:
        data["municipalities"][index].setdefault("councils", []).append({**FACT, **fact})

    return edit


def plan(**keys: Any) -> Edit:
    """One more plan of PO2510."""
    return lambda data: data["partnerships"][0]["plans"].append({**FACT, **keys})


def first_plan(**keys: Any) -> Edit:
    """Other values in the plan 2022–2026 of PO2510; None takes a key out."""

    def edit(data: dict[str, Any]) -> None:
        own = data["partnerships"][0]["plans"][0]
        own.update(keys)
        for key in [key for key, value in own.items() if value is None]:
            del own[key]

    return edit


def no_plan(data: dict[str, Any]) -> None:
    """PO2510 without its plan."""
    data["partnerships"][0]["plans"] = []


def recess(first: str, last: str) -> Edit:
    """One more recess of Ede."""
    return lambda data: data["municipalities"][0]["recess"]["add"].append({"first": first, "last": last, **FACT})


def policy(**keys: Any) -> Edit:
    """Other thresholds."""
    return lambda data: data.setdefault("policy", {}).update(keys)


def agreement(**keys: Any) -> Edit:
    """Other values in the agreement."""
    return lambda data: data["agreements"][0].update(keys)


def one_more(code: str) -> Edit:
    """One more municipality in the region."""
    return lambda data: data["municipalities"].append({"code": code})


def partnership(**keys: Any) -> Edit:
    """Other values in PO2510."""
    return lambda data: data["partnerships"][0].update(keys)


def without(key: str, index: int) -> Edit:
    """One of a list less."""
    return lambda data: data[key].pop(index)


def one_more_partnership(data: dict[str, Any]) -> None:
    """One more partnership, with a plan."""
    new = {"code": "VO2510", "municipalities": [EDE], "plans": [{"years": "2025-2029", **FACT}]}
    data["partnerships"].append(new)


def own_kind(*steps: Mapping[str, Any]) -> Edit:
    """A plan of a kind of the region's own, with these steps after the draft."""

    def edit(data: dict[str, Any]) -> None:
        data["kinds"] = [{"kind": "visie", "name": "visie", "opens_months": 9, "steps": list(steps)}]
        data["plans"].append({"kind": "visie", "first": "2028-01-01", "last": "2031-12-31", **FACT})

    return edit


# One of each, for who wants many: those of one row speak of the same thing.
EDITS: tuple[tuple[Edit, ...], ...] = (
    (procedure(opr_weeks=9), procedure(order=["opr", "oogo"]), procedure(opens="12-01", adoption_weeks=3)),
    (
        council(0, elected="2026-03-18", college_formed="2026-06-20"),
        council(0, elected="2026-03-18", first="2026-04-08"),
    ),
    (
        council(1, elected="2027-03-17", replaces="2026-03-18"),
        council(1, elected="2022-03-16", fell="2024-02-01", college_formed="2024-04-01"),
    ),
    (
        first_plan(years="2022-2027"),
        first_plan(oogo=["2022-02-10", "2022-12"]),
        first_plan(oogo=None, adopted="2022-04-20"),
        first_plan(oogo="2022-02-17"),
        no_plan,
    ),
    (plan(years="2026-2030", oogo="2026-01-20"), plan(years="2026-2027"), plan(years="2027-2031")),
    (recess("2030-06-15", "2030-06-30"), recess("2026-01-20", "2026-01-30")),
    (policy(min_window_days=25), policy(in_step_coverage=0.95), policy(formation_days=[30, 60, 90])),
    (
        agreement(last="2029-06-30"),
        agreement(adopted={EDE: "2023-11-07", PO: "unknown"}),
        agreement(parties=[EDE, WAGENINGEN, PO]),
        agreement(first="2025-01-01", name="Anders"),
        without("agreements", 0),
    ),
    (one_more("GM0203"), one_more("GM0402"), one_more_partnership),
    (own_kind(OOGO_STEP, ADOPTION_STEP), own_kind(OOGO_STEP, OWN_STEP, ADOPTION_STEP)),
    (
        partnership(rhythm=2),
        partnership(municipalities=[EDE]),
        partnership(municipalities=[EDE, WAGENINGEN, "GM0345"]),
    ),
)
