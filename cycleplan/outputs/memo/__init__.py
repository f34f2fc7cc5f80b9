"""The memo that a policy officer takes to the officials and the PFO: what is the matter, and what to decide.

The sentences stand in ``templates/memo``, one file per type, language and form; here is what they can name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment, Verdict
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.outputs import templating
from cycleplan.region import Agreement, Procedure
from cycleplan.wording.words import Words


def render(alignment: Alignment, words: Words, version: str, type: str = "afstemmingsmemo") -> str:
    """The memo as Markdown."""
    template = templating.environment().get_template(f"memo/{type}.{words.lang}.md")
    return template.render(context(alignment, words, version))


def context(alignment: Alignment, words: Words, version: str) -> dict[str, Any]:
    """What a template can name. Days are dates; ``day`` writes them out."""
    region = alignment.region
    shown = alignment.shown
    judged = [a for a in shown if a.verdict]
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
        "focus": _plan(alignment.worst, alignment, words) if alignment.worst else None,
        "first_step": words.task(coming[0], whole=True) if coming else None,
        "overdue": [words.task(t, whole=True) for t in alignment.next if t.what == "overdue"],
        "plans": [_plan(a, alignment, words) for a in shown],
        "tasks": [
            {
                "date": t.date,
                "who": words.who(t),
                "what": words.task(t),
                "ground": words.article(t.basis) or ("" if t.status is Status.ASSUMED else words.status(t.status)),
                "assumed": t.status is Status.ASSUMED,
            }
            for t in coming
        ],
        "unknown": [words.unknown_plan(u) for u in alignment.unknown_plans],
        "ahead": [words.ahead(ahead) for ahead in alignment.next_ahead],
        "agreements": [_agreement(a, alignment, words) for a in region.agreements],
        "formation": _formation(alignment, words),
        "formation_note": words.formation_note(),
        "provisions": [words.provision(basis) for basis in _bases(shown)],
        "assumed_procedures": _same_assumptions(alignment, words),
    }


def _agreement(a: Agreement, alignment: Alignment, words: Words) -> dict[str, Any]:
    """An agreement, how it stands to the next election, and what could be done; its gaps have their own sentence."""
    standings = (s for ahead in alignment.next_ahead for told, how in ahead.standings if told is a for s in how)
    elected = {ahead.elected for ahead in alignment.next_ahead}
    return {
        "name": a.name,
        "agreed": a.agreed,
        "open": a.open,
        "dated": bool(a.first and a.last),
        "first": a.first,
        "last": a.last,
        "waiting": words.row(words.party(p) for p in a.waiting_for),
        "standings": [words.standing(s) for s in standings if s.how not in ("no_dates", "not_adopted")],
        "suggestions": [words.milestone(m) for m in alignment.milestones if m.agreement is a and m.elected in elected],
    }


def _plan(a: Assessment, alignment: Alignment, words: Words) -> dict[str, Any]:
    window = a.longest_window
    return {
        "name": words.plan(a.plan),
        "status": words.status(a.plan.status),
        "verdict": words.verdict(a.verdict),
        "code": a.verdict.value if a.verdict else None,
        "coverage": words.percent(a.coverage_lowest),
        "sentence": words.plan_sentence(a, alignment.today),
        "reasons": [words.reason(r) for r in a.reasons],
        "window": {"first": window.first, "last": window.last, "days": window.days} if window else None,
        "expected": a.plan.status is Status.EXPECTED,
        "past_deadline": bool(a.schedule and a.schedule.deadline and a.schedule.deadline.day < alignment.today),
        "owner": words.party(a.plan.owner),
    }


def _formation(alignment: Alignment, words: Words) -> dict[str, Any] | None:
    """The coming election, with the band of days by which a municipality has its college, and by which all have."""
    election = alignment.next_election
    if election is None:
        return None
    days = {level.value: alignment.cycles.college(election, level).day for level in Level}
    together = next((f for f in alignment.formations if f.elected == election.elected.day), None)
    said = words.formed(together) if together and len(together.municipalities) > 1 else ""
    if together and together.has_spread:
        said += f" {words.say('formation.note')}"
    return {"elected": election.elected.day, "ground": words.formation_ground(), "together": said, **days}


def _same_assumptions(alignment: Alignment, words: Words) -> list[dict[str, str]]:
    """The partnerships by what is assumed of their procedure."""
    found: dict[str, list[str]] = {}
    for code, partnership in sorted(alignment.region.partnerships.items()):
        assumed = "; ".join(_assumed(partnership.procedure, words))
        if assumed:
            found.setdefault(assumed, []).append(code)
    return [{"who": words.row(codes), "what": assumed} for assumed, codes in found.items()]


def _assumed(procedure: Procedure, words: Words) -> list[str]:
    """The parts of a procedure that nobody set, in words with their value."""
    month, day = procedure.opens
    order = [words.say(f"step.{step}") for step in procedure.order]
    said = {
        "opens": words.say("assumed.opens", day=words.day_of_year(date(2001, month, day))),
        "order": words.say("assumed.order", order=words.say("procedure.then").join(order)),
        "opr_weeks": words.say("assumed.opr_weeks", weeks=words.count(procedure.opr_weeks, "week")),
        "adoption_weeks": words.say("assumed.adoption_weeks", weeks=words.count(procedure.adoption_weeks, "week")),
    }
    return [text for part, text in said.items() if part in procedure.assumed]


def _bases(shown: Iterable[Assessment]) -> list[str]:
    found = dict.fromkeys(step.basis for a in shown if a.schedule for step in a.schedule.steps.values() if step.basis)
    return list(found)
