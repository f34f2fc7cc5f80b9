"""What ``compare`` answers."""

from __future__ import annotations

from collections.abc import Mapping

from cycleplan.comparison import MOST_YEARS_AFTER, Begin, Carried, Compared, Comparison, Share
from cycleplan.formations import Formation
from cycleplan.outputs.records.base import Record, formation, formation_election, next_window, period, ratio
from cycleplan.outputs.records.check import agreement
from cycleplan.wording import comparing
from cycleplan.wording.words import Words


def compare(comparison: Comparison, words: Mapping[str, Words]) -> Record:
    """The figures of every region and what stands out; *words* has the words of each region by its id."""
    return {
        "today": comparison.seen_from,
        "regions": [_region(one, words[one.region.id]) for one in comparison.regions],
        "observations": [
            {
                "code": o.code,
                "region": o.compared.region.id,
                "text": comparing.observation(o, words[o.compared.region.id]),
            }
            for o in comparison.observations
        ],
    }


def _region(one: Compared, words: Words) -> Record:
    region = one.region
    last, coming = one.formations
    return {
        "region": region.id,
        "name": region.name,
        "revised": region.revised,
        "municipalities": len(region.own_municipalities),
        "partnerships": len(region.partnerships),
        "formation": formation(region.policy),
        "rhythm": _rhythm(one),
        "verdicts": {verdict.value if verdict else "unknown": n for verdict, n in one.verdicts.items()},
        "coverage": {"mean": ratio(one.coverage_mean), "lowest": ratio(one.coverage_lowest)},
        "windows": {**_share(one.share), "next": next_window(one.alignment.next_for_everyone())},
        "colleges": {"last": _formation(last, words), "next": _formation(coming, words)},
        "continuity": _carried(one.carried, words),
        "agreements": [agreement(a) for a in one.agreements],
        "procedure": [
            {
                "partnership": own.partnership,
                "part": own.part,
                "value": getattr(region.partnerships[own.partnership].procedure, own.part),
                "text": " ".join(comparing.ways([own], one, words)),
            }
            for own in one.procedures
        ],
        "policy": dict(one.policy),
    }


def _rhythm(one: Compared) -> Record:
    counts = one.by_years_after
    return {
        "plans": [_begin(b) for b in one.begins],
        "begins": {**{str(n): counts[n] for n in range(MOST_YEARS_AFTER + 1)}, "differs": counts[None]},
        "months": list(one.lengths),
        "po_vo": {"pairs": len(one.po_vo), "together": one.po_vo_together},
    }


def _begin(b: Begin) -> Record:
    plan = b.assessment.plan
    return {
        "id": plan.id,
        "owner": plan.owner,
        "first": plan.first.day,
        "last": plan.last.day if plan.last else None,
        "status": plan.status,
        "verdict": b.assessment.verdict,
        "months": b.months,
        "years_after_election": list(b.years_after),
    }


def _share(share: Share | None) -> Record:
    if share is None:
        return {"period": None, "days": None, "share": None, "recess_known": None}
    return {
        "period": period(share.period),
        "days": share.free,
        "share": ratio(share.free / share.period.days),
        "recess_known": share.recess_known,
    }


def _formation(found: Formation | None, words: Words) -> Record | None:
    return formation_election(found, words) if found else None


def _carried(carried: Carried | None, words: Words) -> Record | None:
    if carried is None:
        return None
    return {
        "elected": carried.elected,
        "municipalities": carried.municipalities,
        "covered": carried.covered,
        "standstill_days": carried.standstill_days,
        "uncovered_days": carried.uncovered_days,
        "agreements": [
            {
                "name": s.agreement.name,
                "covers": s.how,
                "municipalities": list(s.municipalities),
                "text": words.standing(s),
            }
            for s in carried.standings
        ],
    }
