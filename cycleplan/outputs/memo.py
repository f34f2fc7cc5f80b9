"""The memo that a policy officer takes to the officials and the PFO: what is the matter, and what to decide.

The sentences stand in ``templates/memo``, one file per type, language and form; here is what they can name.
"""

from __future__ import annotations

from typing import Any

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment, Verdict
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.outputs import templating
from cycleplan.wording.words import Words

TYPES = ("afstemmingsmemo",)
_WORST_FIRST = {Verdict.OUT_OF_STEP: 0, Verdict.AT_RISK: 1, Verdict.IN_STEP: 2}


def render(alignment: Alignment, words: Words, version: str, type: str = "afstemmingsmemo") -> str:
    """The memo as Markdown."""
    template = templating.environment().get_template(f"memo/{type}.{words.lang}.md")
    return template.render(context(alignment, words, version))


def context(alignment: Alignment, words: Words, version: str) -> dict[str, Any]:
    """What a template can name. Days are dates; ``day`` writes them out."""
    region = alignment.region
    shown = [a for owner in sorted(region.partnerships) for a in alignment.running_and_next(owner)]
    judged = [a for a in shown if a.verdict]
    focus = min(
        judged,
        key=lambda a: (_WORST_FIRST[a.verdict or Verdict.IN_STEP], -a.plan.first.day.toordinal()),
        default=None,
    )
    coming = [t for t in alignment.next if t.date >= alignment.today]
    return {
        "day": words.day,
        "region": region.name,
        "region_id": region.id,
        "today": alignment.today,
        "revised": region.revised,
        "law_revised": alignment.law.revised,
        "version": version,
        "judged": len(judged),
        "out_of_step": sum(a.verdict is Verdict.OUT_OF_STEP for a in judged),
        "at_risk": sum(a.verdict is Verdict.AT_RISK for a in judged),
        "focus": _plan(focus, alignment, words) if focus else None,
        "first_step": words.task(coming[0], whole=True) if coming else None,
        "overdue": [words.task(t, whole=True) for t in alignment.next if t.what == "overdue"],
        "plans": [_plan(a, alignment, words) for a in shown],
        "tasks": [
            {
                "date": t.date,
                "who": words.everyone_or(t.who),
                "what": words.task(t),
                "ground": words.article(t.basis) or ("" if t.status is Status.ASSUMED else words.status(t.status)),
                "assumed": t.status is Status.ASSUMED,
            }
            for t in coming
        ],
        "unknown": [words.unknown_plan(u) for u in alignment.unknown_plans],
        "agreements": [
            {"name": a.name, "agreed": a.agreed, "open": a.open, "dated": bool(a.first and a.last)}
            for a in region.agreements
        ],
        "formation": _formation(alignment),
        "provisions": [words.provision(basis) for basis in _bases(shown)],
        "assumed_procedures": sorted(p.code for p in region.partnerships.values() if p.procedure.assumed),
    }


def _plan(a: Assessment, alignment: Alignment, words: Words) -> dict[str, Any]:
    window = max(a.counting, key=lambda w: w.period.days, default=None)
    return {
        "name": words.plan(a.plan),
        "status": words.status(a.plan.status),
        "verdict": words.verdict(a.verdict),
        "code": a.verdict.value if a.verdict else None,
        "coverage": words.percent(a.coverage_lowest),
        "sentence": words.plan_sentence(a, alignment.today),
        "reasons": [words.reason(r) for r in a.reasons],
        "window": {"first": window.period.first, "last": window.period.last, "days": window.period.days}
        if window
        else None,
        "expected": a.plan.status is Status.EXPECTED,
        "past_deadline": bool(a.schedule and a.schedule.deadline and a.schedule.deadline.day < alignment.today),
        "owner": words.party(a.plan.owner),
    }


def _formation(alignment: Alignment) -> dict[str, Any] | None:
    """The coming election of the region's municipalities, with the band of days by which colleges are formed."""
    cycles = alignment.cycles
    coming = [
        t.election
        for m in alignment.region.own_municipalities
        for t in cycles.lane(cycles.code_on(m.code, alignment.today))
        if t.election.elected.day >= alignment.today and t.election.formed is None
    ]
    if not coming:
        return None
    first = min(coming, key=lambda e: (e.elected.day, e.municipality))
    days = {level.value: cycles.college(first, level).day for level in Level}
    return {"nominated": first.nominated.day, "elected": first.elected.day, **days}


def _bases(shown: list[Assessment]) -> list[str]:
    found = dict.fromkeys(step.basis for a in shown if a.schedule for step in a.schedule.steps.values() if step.basis)
    return list(found)
