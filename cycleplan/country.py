"""The country is the one region that no file describes: every partnership of the register, with what is known there."""

from __future__ import annotations

from typing import Any

from cycleplan.building import add_those_before_and_after, known_kinds, municipality_of, partnership_of
from cycleplan.region import FACT_KEYS, SUPPORT_PLAN, FactDate, Partnership, Plan, Policy, Publication, Region
from cycleplan.register import KnownPlan, Register

COUNTRY = "nederland"


def region(register: Register) -> Region:
    """Every partnership that exists today, national ones too, with its municipalities and its plans as far as known."""
    codes = sorted(code for code, known in register.partnerships.items() if known.successor is None)
    partnerships = {code: _partnership(code, register) for code in codes}
    in_areas = sorted({code for p in partnerships.values() for code in p.municipalities})
    municipalities = {code: municipality_of(code, register, in_region=True) for code in in_areas}
    add_those_before_and_after(municipalities, register)
    return Region(
        id=COUNTRY,
        name="Nederland",
        language="nl",
        revised=register.revised,
        publication=Publication(),
        municipalities=municipalities,
        partnerships=partnerships,
        plans=(),
        agreements=(),
        kinds=known_kinds(),
        policy=Policy(),
    )


def _partnership(code: str, register: Register) -> Partnership:
    return partnership_of(code, register)._replace(plans=tuple(map(_plan, register.plans.get(code, ()))))


def _plan(known: KnownPlan) -> Plan:
    done: dict[str, Any] = {key: (FactDate.read(known.steps[key]),) for key in FACT_KEYS.values() if key in known.steps}
    return Plan(
        owner=known.partnership,
        kind=known_kinds()[SUPPORT_PLAN],
        first=FactDate(known.first),
        last=FactDate(known.last) if known.last else None,
        status=known.status,
        source=known.source,
        **done,
    )
