"""What a piece or a page accounts for: what is missing, its facts, what is assumed, what is not computed and why."""

from __future__ import annotations

from cycleplan.brief import Brief
from cycleplan.wording.words import Words


def missing(brief: Brief, words: Words) -> list[str]:
    """The plans that should be there and are not known."""
    found = []
    for task in brief.overdue:
        late = "in_file" if task.values["in_file"] else "overdue"
        values = {"who": words.who(task), "first": task.values["first"], "deadline": task.date}
        found.append(words.say(f"memo.missing.{late}", article=words.article(task.basis), **values))
    for u in brief.unknown:
        last = words.say("unknown_plan.last", last=u.last_known) if u.last_known else ""
        found.append(words.say("memo.missing.unknown", owner=words.party(u.owner), last=last))
    return [words.sentence(text) for text in found]


def procedures(brief: Brief, words: Words) -> list[str]:
    """The partnerships by what is assumed of their procedure."""
    found: dict[str, list[str]] = {}
    for code in brief.partnerships:
        procedure = brief.region.partnerships[code].procedure
        parts = "; ".join(text for part, text in words.procedure(procedure).items() if part in procedure.assumed)
        if parts:
            found.setdefault(parts, []).append(words.party(code))
    return [words.say("memo.but.procedure", who=words.row(who), what=what) for what, who in found.items()]


def facts(brief: Brief, words: Words) -> list[str]:
    """Where the plans that it speaks of come from."""
    found = []
    for a in brief.plans:
        plan, name = a.plan, words.plan(a.plan)
        if plan.follows:
            rhythm = plan.rhythm or brief.region.partnerships[plan.owner].rhythm
            found.append(words.say("memo.fact.expected", plan=name, rhythm=words.count(rhythm, "years")))
            continue
        source = plan.source or words.say("unknown")
        values = {"plan": name, "status": plan.status, "source": source, "line": plan.mark.place.line}
        found.append(words.say("memo.fact.plan", **values))
    return found


def assumed(brief: Brief, words: Words) -> list[str]:
    """What was taken to be so without a source."""
    found = [
        words.say("memo.assumed.decision", plan=words.plan(a.plan), day=a.decisions[0].day)
        for a in brief.assumed_decisions
    ]
    found += procedures(brief, words)
    found.append(words.say("memo.assumed.recess"))
    if brief.election:
        found.append(words.say("memo.assumed.formation", ground=words.formation_ground()))
    return found


def not_computed(brief: Brief, words: Words) -> list[str]:
    """What somebody could expect here and does not find, and why."""
    found = [words.say("memo.not.unknown_plan", owner=words.party(u.owner)) for u in brief.unknown]
    for one in brief.not_proposed:
        reason = "" if one.reason == "unknown_plan" else f"_{one.reason}"
        found.append(words.say(f"memo.not.proposal{reason}", owner=words.party(one.partnership)))
    found += [words.say("memo.not.agreement", name=a.name) for a in brief.agreements if not (a.first and a.last)]
    return [*found, words.say("memo.not.money")]


def provisions(brief: Brief, words: Words) -> list[str]:
    """The provisions that the steps of its plans rest on, with evidence and source; and that on standstill.

    Of what stands in a checklist only those with a mark, which is explained here.
    """
    shown, law = (*brief.plans, *brief.consultations), brief.alignment.law
    steps = (step.basis for a in shown if a.schedule for step in a.schedule.steps.values() if step.basis)
    marked = (item.basis for a in shown for item in a.checklist if law.marks(law[item.basis]))
    powers = law.giving("powers_stay", brief.alignment.today).key
    return [words.provision(basis) for basis in dict.fromkeys((*steps, *marked, powers))]
