"""What ``propose`` answers."""

from __future__ import annotations

from itertools import count

from cycleplan.alignment import Alignment
from cycleplan.outputs.records.base import Record, formation, period, ratio
from cycleplan.proposals import Proposal, Proposals, ProposedPlan
from cycleplan.wording import proposing
from cycleplan.wording.words import Words


def propose(proposals: Proposals, alignment: Alignment, words: Words) -> Record:
    """Every proposal with its plans, numbered through; per group the recommended one first."""
    goal = alignment.region.policy.goal
    numbers = count(1)
    asked = [code for a in proposals.alternatives for code in a.partnerships]
    asked += [one.partnership for one in proposals.not_proposed]
    found, texts = [], []
    for alternatives in proposals.alternatives:
        first = None
        for proposal in alternatives.proposals:
            number = next(numbers)
            first = first or number
            found.append(_proposal(number, proposal, goal, words))
        assert first
        texts += proposing.sentences(alternatives, first, goal, words)
    return {
        "region": alignment.region.id,
        "today": alignment.today,
        "horizon": period(proposals.horizon),
        "formation": formation(alignment.region.policy),
        "goal": goal,
        "partnerships": sorted(asked),
        "proposals": found,
        "not_proposed": [
            {"partnership": one.partnership, "reason": one.reason, "text": proposing.not_proposed(one, words)}
            for one in proposals.not_proposed
        ],
        "text": " ".join([*texts, *(proposing.assumptions(goal, words) if found else [])]),
    }


def _proposal(number: int, proposal: Proposal, goal: str, words: Words) -> Record:
    return {
        "number": number,
        "partnerships": list(proposal.partnerships),
        "plans": [_plan(p) for p in proposal.plans],
        "misalignment": ratio(float(proposal.misalignment)),
        "misalignment_reconfirmed": ratio(float(proposal.misalignment_reconfirmed)),
        "short_plans": proposal.short_plans,
        "partial_years": proposal.partial_years,
        "rounds": proposal.rounds,
        "confirmations": proposal.confirmations,
        "unchanged": proposal.unchanged,
        "recommended": proposal.recommended,
        "text": proposing.summary(proposal, goal, words),
    }


def _plan(p: ProposedPlan) -> Record:
    deadline = p.assessment.schedule.deadline if p.assessment.schedule else None
    return {
        "id": p.plan.id,
        "owner": p.plan.owner,
        "first": p.period.first,
        "last": p.period.last,
        "kept": p.kept,
        "beyond_horizon": p.beyond,
        "days": p.period.days,
        "covered_days": min((sum(c.days for c in m.coverings) for m in p.assessment.per_municipality), default=None),
        "coverage": ratio(p.coverage),
        "coverage_reconfirmed": ratio(p.reconfirmed),
        "confirmations": list(p.confirmations),
        "verdict": p.assessment.verdict,
        "decision": p.assessment.decisions[0].day,
        "deadline": deadline.day if deadline else None,
        "consultation": period(p.assessment.consultation),
        "windows": [{**(period(run) or {}), "days": run.days} for run in p.assessment.counting],
        "recess_known": p.assessment.recess_known,
        "councils": [{"elected": polling, "share": ratio(share)} for polling, share in p.councils],
    }
