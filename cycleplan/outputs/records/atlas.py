"""What ``atlas`` answers."""

from __future__ import annotations

from cycleplan.assessment import Reason, Verdict
from cycleplan.atlas import DECIDED_SINCE, STATES, Atlas, Cohort, Judged, Situation
from cycleplan.outputs.records.base import Record, next_window, period, ratio
from cycleplan.region import Plan
from cycleplan.wording import atlas as wording
from cycleplan.wording.words import Words


def atlas(found: Atlas, words: Words) -> Record:
    """What ``atlas --json`` answers."""
    return {
        "today": found.today,
        "summary": _summary(found, words),
        "partnerships": [situation(one, words) for one in found.situations],
        "vintage": {
            "areas": str(found.areas),
            "amended": [str(day) for day in found.amended],
            "plans": found.plans_revised,
            "law": found.law_revised,
        },
    }


def situation(one: Situation, words: Words) -> Record:
    """One partnership."""
    p = one.partnership
    return {
        "code": p.code,
        "name": one.called,
        "sector": p.sector,
        "national": p.national,
        "municipalities": len(p.municipalities),
        "in_part": len(p.in_part),
        "vintage": str(one.vintage) if one.vintage else None,
        "state": one.state,
        "known": _known(one.known),
        "running": _judged(one.running),
        "next": _judged(one.next),
        "deadline": one.deadline,
        "window": next_window(one.window),
        "rhythms": [_judged(rhythm) for rhythm in one.rhythms],
        "best_start": one.best,
        "reason": _reason(one.reason, words),
    }


def _known(plan: Plan | None) -> Record | None:
    if plan is None:
        return None
    last = plan.last.day if plan.last else None
    return {"first": plan.first.day, "last": last, "status": plan.status, "source": plan.source}


def _judged(one: Judged | None) -> Record | None:
    if one is None:
        return None
    return {
        "id": one.id,
        **(period(one.period) or {}),
        "status": one.status,
        "verdict": one.verdict,
        "coverage": ratio(one.coverage),
        "last_day": one.last_day,
        "window_counts": one.window_counts,
    }


def _reason(reason: Reason | None, words: Words) -> Record | None:
    return {"code": reason.code, "text": words.reason(reason)} if reason else None


def _summary(found: Atlas, words: Words) -> Record:
    return {
        "partnerships": len(found.situations),
        "sectors": dict(sorted(found.sectors.items())),
        "national": found.national,
        "with_period": found.with_period,
        "known_running": found.known_running,
        "states": {state: found.count(state) for state in STATES},
        "deadline": found.deadline,
        "due": found.due,
        "without_rhythm": found.without_rhythm,
        "decided": {"since": DECIDED_SINCE, **_verdicts(found)},
        "cohorts": [_cohort(cohort) for cohort in found.cohorts],
        "text": " ".join(wording.summary(found, words)),
    }


def _cohort(cohort: Cohort) -> Record:
    return {
        "first": cohort.first,
        "elected": cohort.elected,
        "years_after": cohort.years_after,
        **_verdicts(cohort),
    }


def _verdicts(found: Atlas | Cohort) -> Record:
    counts = {verdict.value: found.verdicts[verdict] for verdict in Verdict}
    return {"plans": sum(counts.values()), **counts, "uncovered": found.uncovered}
