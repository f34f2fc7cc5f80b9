"""What ``check`` answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cycleplan import __version__
from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.coverage import Covering
from cycleplan.cycles import CouncilTerm, Level
from cycleplan.errors import Problem
from cycleplan.outputs.records.base import (
    LEVELS,
    Record,
    Source,
    bases,
    formation,
    formation_election,
    nearest_earlier,
    period,
    provisions,
    ratio,
)
from cycleplan.outputs.records.continuity import continuity, milestones
from cycleplan.outputs.records.windows import window
from cycleplan.overlap import Overlap
from cycleplan.region import Agreement, Policy, Region
from cycleplan.snapshot import agreement_identity, facts, parties, region_windows
from cycleplan.wording.words import Words


def problem(problem: Problem, words: Words) -> Record:
    """One problem."""
    return {
        "file": problem.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "level": problem.level,
        "message": words.problem(problem),
        "rule": problem.rule,
    }


def check(
    region: Region | None,
    today: date,
    problems: Iterable[Problem],
    words: Words,
    alignment: Alignment | None,
    source: Source | None = None,
) -> Record:
    """What ``check`` answers; without an alignment (a file with errors) only the problems.

    ``diff`` reads it back: what it needs of it, and only that, is in ``snapshot``.
    """
    listed = list(problems)
    record: Record = {
        "region": region.id if region else None,
        "today": today,
        "horizon": period(alignment.horizon) if alignment else None,
        "problems": [problem(p, words) for p in listed],
    }
    if alignment is None:
        return record
    record["next"] = [
        {
            "date": t.date,
            "who": ", ".join(t.who),
            "what": t.what,
            "basis": t.basis,
            "status": t.status,
            "plan": t.plan,
            "step": t.values.get("step"),
            "text": words.task(t, whole=True),
        }
        for t in alignment.next
    ]
    record["formation"] = {
        **formation(alignment.region.policy),
        "elections": [formation_election(f, words) for f in alignment.formations],
    }
    record["policy"] = _policy(alignment.region.policy)
    record["parties"] = _parties(alignment)
    record["councils"] = [_council(alignment, term) for term in alignment.councils]
    record["plans"] = [_plan(a, words, alignment.today) for a in alignment.assessments]
    record["windows"] = [window(alignment.region.id, w, words, horizon=True) for w in region_windows(alignment)]
    record["unknown_plans"] = [
        {"owner": u.owner, "kind": u.kind, "last_known": u.last_known, "text": words.unknown_plan(u)}
        for u in alignment.unknown_plans
    ]
    record["overlaps"] = [_overlap(o, alignment) for o in alignment.overlaps]
    record["continuity"] = continuity(alignment, words)
    record["milestones"] = milestones(alignment, words)
    record["agreements"] = [agreement(a) for a in alignment.region.agreements]
    asked = (key for p in listed for key in (p.values.get("basis"), *p.values.get("bases", ())))
    record["provisions"] = provisions((*bases(record), *asked), alignment.law)
    record["versions"] = versions(alignment)
    record["input"] = source._asdict() if source else None
    return record


def _parties(alignment: Alignment) -> list[Record]:
    return [
        {
            "code": party.code,
            "name": party.name,
            "consults": list(party.consults),
            "goes": {"date": party.goes[0], "into": party.goes[1]} if party.goes else None,
        }
        for party in parties(alignment)
    ]


def agreement(a: Agreement) -> Record:
    """What is agreed by whom."""
    return {
        "name": a.name,
        "identity": agreement_identity(a),
        "parties": list(a.parties),
        "first": a.first.day if a.first else None,
        "last": a.last.day if a.last else None,
        "adopted": {code: fact.day if fact else None for code, fact in a.adopted.items()},
        "agreed": list(a.agreed),
        "open": list(a.open),
        "status": a.status,
        "source": a.source,
    }


def versions(alignment: Alignment) -> Record:
    """What the answer rests on: the day of the last edit of the file, the law and the register, and the program."""
    return {
        "data": alignment.region.revised,
        "law": alignment.law.revised,
        "register": alignment.register.revised,
        "cycleplan": __version__,
    }


def _policy(p: Policy) -> Record:
    """The thresholds of the verdict; those of the formation have their own place."""
    return {
        "min_window_days": p.min_window_days,
        "in_step_window_days": p.in_step_window_days,
        "in_step_coverage": p.in_step_coverage,
        "out_of_step_coverage": p.out_of_step_coverage,
        "parallel_share": p.parallel_share,
        "goal": p.goal,
    }


def _council(alignment: Alignment, term: CouncilTerm) -> Record:
    e = term.election
    days = {level: alignment.cycles.college(e, level).day for level in LEVELS}
    return {
        "id": e.id,
        "identity": e.identity,
        "municipality": e.municipality,
        "nominated": e.nominated.day,
        "elected": e.elected.day,
        "first": term.period.first,
        "last": term.period.last,
        "status": e.elected.status,
        "college_formed": {
            "possible": days[Level.POSSIBLE],
            "likely": days[Level.LIKELY],
            "certain": days[Level.CERTAIN],
            "observed": e.formed.day if e.formed and e.observed else None,
            "status": e.formed.status if e.formed else None,
        },
        "falls": [{"fell": f.fell.day, "college_formed": f.next.day} for f in e.falls],
        "successor_of_merger": e.merger,
    }


def _plan(a: Assessment, words: Words, today: date) -> Record:
    plan, schedule = a.plan, a.schedule
    deadline = schedule.deadline if schedule else None
    likely, certain = a.windows(Level.LIKELY), a.windows(Level.CERTAIN)
    return {
        "id": plan.id,
        "identity": plan.identity,
        "owner": plan.owner,
        "kind": plan.kind.id,
        "name": plan.name,
        "first": plan.first.day,
        "last": plan.last.day if plan.last else None,
        "days": plan.period.days if plan.period else None,
        "status": plan.status,
        "source": plan.source,
        "deadline": {
            "last_day": deadline.day,
            "before": deadline.trace[-1].values.get("limit"),
            "last_working_day": schedule.last_working_day,
            "last_working_day_certain": schedule.last_working_day_certain,
            "basis": deadline.basis,
        }
        if deadline and schedule
        else None,
        "steps": [
            {
                "step": s.name,
                "name": s.title,
                "earliest": s.earliest.day,
                "latest": s.latest.day,
                "status": s.status,
                "basis": s.basis,
            }
            for s in (schedule.steps.values() if schedule else ())
        ],
        "checklist": [
            {
                "code": item.code,
                "date": item.dated.day if item.dated else None,
                "basis": item.basis,
                "text": words.checklist(item),
            }
            for item in a.checklist
        ],
        "consultation": period(a.consultation),
        "facts": [{"step": step, "date": str(fact)} for step, fact in facts(plan)],
        "decisions": [{"date": d.day, "status": d.dated.status} for d in a.decisions],
        "verdict": a.verdict,
        "reasons": [{"code": r.code, "text": words.reason(r)} for r in a.reasons],
        "text": words.plan_sentence(a, today),
        "coverage": {"mean": ratio(a.coverage_mean), "lowest": ratio(a.coverage_lowest)},
        "windows": {
            "likely": sum(w.counts for w in likely),
            "certain": sum(w.counts for w in certain),
            "longest_likely_days": a.longest_likely_days,
        },
        "likely_windows": [window(plan.id, w, words) for w in likely],
        "nearest_earlier": nearest_earlier(a),
        "recess_known": a.recess_known,
        "advised_weeks": [period(week) for week in a.advised_weeks],
        "municipalities": [
            {
                "code": m.code,
                "coverage": ratio(m.coverage),
                "covered": [_covering(one) for one in m.coverings],
                "lag_months": m.lag_months,
                "standstill_days": m.standstill_days,
                "elections_inside": m.elections_inside,
                "relation": m.most_shared.relation if m.most_shared else None,
                "overlap_days": m.most_shared.days if m.most_shared else None,
                "overlap_share": ratio(m.most_shared.share_a) if m.most_shared else None,
            }
            for m in a.per_municipality
        ],
    }


def _covering(one: Covering) -> Record:
    term = one.term
    council = {"elected": term.election.elected.day, **(period(term.period) or {})} if term else None
    return {"decided": one.decided, "council": council, "days": one.days}


def _overlap(o: Overlap, alignment: Alignment) -> Record:
    return {
        "a": o.a,
        "b": o.b,
        "days": o.days,
        "share_a": ratio(o.share_a),
        "share_b": ratio(o.share_b),
        "jaccard": ratio(o.jaccard),
        "start_months_apart": o.start_months_apart,
        "relation": o.relation,
        "parallel": alignment.is_parallel(o),
    }
