"""What is said of proposals: why one is recommended, what it costs, and what re-confirming would give."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from cycleplan.periods import Period
from cycleplan.proposals import Alternatives, NotProposed, Proposal, ProposedPlan
from cycleplan.wording.words import Words


def who(codes: Iterable[str], words: Words) -> str:
    """One partnership by its code, or "PO2509 en VO2509 samen"."""
    listed = [words.party(code) for code in codes]
    return listed[0] if len(listed) == 1 else words.say("propose.together", partnerships=words.row(listed))


def chain(plans: Iterable[ProposedPlan]) -> str:
    """The years in which plans follow each other: "2027–31–35"; * where the beginning is fixed, + past the horizon."""
    text = ""
    for plan in plans:
        first, after = plan.period.first, plan.period.after
        if not text:
            text = f"{first.year}{'*' if plan.kept else ''}"
        text += f"–{after.year % 100:02}{'+' if plan.beyond else ''}"
    return text or "–"


def sentences(alternatives: Alternatives, number: int, goal: str, words: Words) -> list[str]:
    """Why the recommended proposal (the *number*-th) is, what it costs, and what re-confirming would give."""
    best, unchanged = alternatives.recommended, alternatives.unchanged
    said = who(alternatives.partnerships, words)
    is_open = words.say(f"propose.open.{goal}")
    if not best.plans:
        return [words.say("propose.nothing")]
    found = []
    if best is unchanged:
        code = "keep" if len(alternatives.partnerships) == 1 else "keep_many"
        found.append(words.say(f"propose.{code}", who=said, open=is_open))
    else:
        shares = {"share": _percent(best.misalignment, words), "unchanged": _percent(unchanged.misalignment, words)}
        found.append(words.say("propose.change", who=said, number=number, open=is_open, **shares))
        found += _first_step(best, goal, words)
        found.append(_price(best, unchanged, words))
    if goal == "settled" and unchanged.confirmations:
        values = {
            "times": words.count_in_words(unchanged.confirmations, "times"),
            "share": _percent(unchanged.misalignment_reconfirmed, words),
        }
        found.append(words.say("propose.again", open=is_open, **values))
    return found


def _first_step(best: Proposal, goal: str, words: Words) -> list[str]:
    """The plan that must be shorter first, and what follows, for one partnership."""
    first = first_short(best)
    if first is None:
        return []
    period, year = span(first.period, words), str(first.period.first.year)
    code = "end_short" if first.kept else "first_short"
    said = [words.say(f"propose.{code}", years=length(first, words), period=period, year=year)]
    later = best.plans[1:]
    elections = {polling.year for plan in best.plans for polling, _ in plan.councils}
    if goal == "settled" and later and all(p.period.first.year - 1 in elections for p in later):
        said.append(words.say("propose.then_settled"))
    return said


def first_short(best: Proposal) -> ProposedPlan | None:
    """The plan that must be shorter first, for one partnership; None if the first plan is not the short one."""
    first = best.plans[0] if best.plans else None
    return first if first and first.short and len(best.partnerships) == 1 else None


def length(plan: ProposedPlan, words: Words) -> str:
    """How long a plan lasts: "drie jaar", "18 maanden"."""
    return words.count_in_words(*((plan.months, "month") if plan.months % 12 else (plan.months // 12, "years")))


def _price(best: Proposal, unchanged: Proposal, words: Words) -> str:
    values = {"short": short_plans(best, words), "rounds": words.count_in_words(best.rounds, "round")}
    if best.rounds == unchanged.rounds:
        return words.say("propose.price_same", **{**values, "rounds": words.number(best.rounds)})
    return words.say("propose.price", unchanged_rounds=words.number(unchanged.rounds), **values)


def short_plans(proposal: Proposal, words: Words) -> str:
    """As "één kort plan", "geen kort plan"."""
    if not proposal.short_plans:
        return words.say("propose.none_short")
    return words.count_in_words(proposal.short_plans, "short_plan")


def summary(proposal: Proposal, goal: str, words: Words) -> str:
    """A proposal in one sentence."""
    by_owner = [
        f"{words.party(code)} {chain(p for p in proposal.plans if p.plan.owner == code)}"
        for code in proposal.partnerships
    ]
    return words.say(
        "propose.text",
        plans=words.row(by_owner),
        share=_percent(proposal.misalignment, words),
        open=words.say(f"propose.open.{goal}"),
        again=_percent(proposal.misalignment_reconfirmed, words),
        short=short_plans(proposal, words),
        rounds=words.count_in_words(proposal.rounds, "round"),
    )


def not_proposed(not_: NotProposed, words: Words) -> str:
    """Why there is nothing for a partnership."""
    return words.say(f"propose.not.{not_.reason}", who=words.party(not_.partnership))


def assumptions(goal: str, words: Words) -> list[str]:
    """What every proposal rests on."""
    if goal == "parallel":
        return [words.say("propose.assumed_parallel")]
    return [words.say("propose.assumed"), words.say("propose.advice")]


def councils(plan: ProposedPlan, words: Words) -> str:
    """Which councils a plan runs under: "raad van 2026 67 %, 2030 33 %"."""
    listed = (
        words.say("propose.council", year=str(day.year), share=words.percent(share)) for day, share in plan.councils
    )
    return words.say("propose.councils", councils=", ".join(listed))


def span(period: Period, words: Words) -> str:
    """The years of a plan."""
    return words.years(period, period.first)


def _percent(share: Fraction, words: Words) -> str:
    return words.percent(float(share))
