"""What is said of regions side by side: what stands out in one of them, and where it goes its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cycleplan.comparison import Compared, Observation, Own
from cycleplan.daterules import Status
from cycleplan.region import Agreement, Plan, Procedure
from cycleplan.wording.words import Words


def observation(o: Observation, words: Words) -> str:
    """What stands out in a region, and what another could take from it; *words* are that region's."""
    code, v = o.code, o.values
    said = {"region": o.compared.region.name, "percent": words.percent(v.get("lowest")), "elected": v.get("elected")}
    if code in ("begins_after", "short"):
        code += "_one" if len(v["plans"]) == 1 else ""
        said["plans"] = words.row(_plan(a.plan, words) for a in v["plans"])
    elif code == "po_vo":
        said["pairs"] = "; ".join(words.row(_plan(p, words) for p in (b.support, b.other)) for b in v["pairs"])
    elif code == "decided_again":
        said |= {"plan": _plan(v["assessment"].plan, words), "when": words.when(v["decided"])}
    elif code == "carries":
        said["standings"] = " ".join(words.standing(s) for s in v["standings"])
    elif code == "agreed":
        code += "" if v["open"] else "_only"
        said["names"] = words.row(a.name for a in v["agreements"])
    elif code == "procedure":
        said["ways"] = "; ".join(ways(o.compared.procedures, o.compared, words))
    return words.say(f"compare.saw.{code}", assumed=words.say("compare.assumed") if v.get("assumed") else "", **said)


def ways(found: Iterable[Own], one: Compared, words: Words) -> list[str]:
    """How partnerships make their plans, where that is not the default: each way once, with whose it is."""
    whose: dict[tuple[str, str], list[str]] = {}
    for own in found:
        procedure = one.region.partnerships[own.partnership].procedure
        way = words.procedure(procedure)[own.part], words.procedure(_USUAL)[own.part]
        whose.setdefault(way, []).append(words.party(own.partnership))
    return [
        words.say("compare.way", partnership=words.row(who), what=what, usual=usual)
        for (what, usual), who in whose.items()
    ]


_USUAL = Procedure()


def policies(one: Compared, words: Words) -> Iterator[str]:
    """What the policy of a region sets in another way than the default."""
    for key, value in one.policy.items():
        if key.startswith("formation"):
            yield words.formation_note() or ""
        else:
            said = words.percent(value) if isinstance(value, float) else value
            yield words.say(f"compare.policy.{key}", value=said)


def agreement(a: Agreement, words: Words) -> str:
    """An agreement: of how many, and from when to when."""
    known = a.first and a.last
    span = words.say("compare.span", first=a.first, last=a.last) if known else words.say("compare.no_dates")
    return words.say("compare.agreement", name=a.name, parties=words.count(len(a.parties), "party"), span=span)


def _plan(plan: Plan, words: Words) -> str:
    name = words.plan(plan)
    return words.say("plan.expected", plan=name) if plan.status is Status.EXPECTED else name
