"""The proposals as a table to choose from, and the recommended one beside what happens if nothing changes."""

from __future__ import annotations

from cycleplan.alignment import Alignment
from cycleplan.outputs.terminal.check import VERDICT_STYLES
from cycleplan.outputs.textpage import TextPage
from cycleplan.proposals import Alternatives, Proposal, Proposals, ProposedPlan
from cycleplan.wording import proposing
from cycleplan.wording.words import Words


def propose(proposals: Proposals, alignment: Alignment, words: Words, may_shorten: bool, color: bool = False) -> str:
    """What is proposed per partnership, or for several together."""
    page = TextPage(color)
    goal = alignment.region.policy.goal
    page.heading(words.say("propose.title", name=alignment.region.name))
    span = {"first": proposals.horizon.first, "last": proposals.horizon.last}
    page.paragraph(words.say("propose.horizon_shorten" if may_shorten else "propose.horizon", **span), 0)
    page.note(words.formation_note())
    number = 1
    for alternatives in proposals.alternatives:
        page.line()
        _alternatives(page, alternatives, number, goal, words)
        number += len(alternatives.proposals)
    if not proposals.alternatives:
        page.line()
        page.paragraph(words.say("propose.none"))
    if proposals.not_proposed:
        page.line()
    for one in proposals.not_proposed:
        page.paragraph(proposing.not_proposed(one, words), 1, 1)
    if proposals.alternatives:
        page.line()
        _legend(page, any(len(a.partnerships) > 1 for a in proposals.alternatives), goal, words)
        page.line()
        for sentence in proposing.assumptions(goal, words):
            page.paragraph(sentence, 1, 1)
    return page.text()


def _alternatives(page: TextPage, alternatives: Alternatives, number: int, goal: str, words: Words) -> None:
    coupled = len(alternatives.partnerships) > 1
    page.line((proposing.who(alternatives.partnerships, words), "bold"))
    heads = [words.say(f"propose.{k}") for k in ("plans", f"open_{goal}", "reconfirmed", "short", "rounds")]
    if goal == "parallel":
        heads[2] = ""
    plans, open_, again, short, partial, rounds = _WIDTHS[coupled]
    some = f"{words.say('propose.partial'):>{partial}}" if coupled else ""
    page.line(
        f"      {heads[0]:<{plans}}{heads[1]:>{open_}}{heads[2]:>{again}}{heads[3]:>{short}}{some}{heads[4]:>{rounds}}"
    )
    for n, proposal in enumerate(alternatives.proposals, number):
        _row(page, n, proposal, goal, words)
    for sentence in proposing.sentences(alternatives, number, goal, words):
        page.paragraph(sentence, 1, 1)
    for n, proposal in enumerate(alternatives.proposals, number):
        if proposal.plans and (proposal.recommended or proposal.unchanged):
            _detail(page, n, proposal, words)


# The columns of the table, for one partnership and for several: with the years in which only some begin.
_WIDTHS = {False: (34, 13, 14, 6, 0, 7), True: (29, 12, 14, 6, 6, 7)}


def _row(page: TextPage, number: int, proposal: Proposal, goal: str, words: Words) -> None:
    coupled = len(proposal.partnerships) > 1
    mark = ">" if proposal.recommended else "=" if proposal.unchanged else " "
    again = f"{words.percent(float(proposal.misalignment_reconfirmed))} (+{proposal.confirmations})"
    plans, open_, again_, short, partial, rounds = _WIDTHS[coupled]
    some = f"{proposal.partial_years:>{partial}}" if coupled else ""
    figures = (
        f"{words.percent(float(proposal.misalignment)):>{open_}}{again if goal == 'settled' else '':>{again_}}"
        f"{proposal.short_plans:>{short}}{some}{proposal.rounds:>{rounds}}"
    )
    for code in proposal.partnerships:
        chain = proposing.chain(p for p in proposal.plans if p.plan.owner == code)
        left = f"{code}  {chain}" if coupled else chain
        first = code == proposal.partnerships[0]
        head = f"{number:>3} {mark} " if first else " " * 6
        if len(left) >= plans:  # many short plans: the figures on a line of their own
            page.line(f"{head}{left}")
            head, left = " " * 6, ""
        page.line(f"{head}{left:<{plans}}{figures if first else ''}")


def _detail(page: TextPage, number: int, proposal: Proposal, words: Words) -> None:
    page.line()
    code = "detail_unchanged" if proposal.unchanged else "detail"
    page.line(f" {words.say(f'propose.{code}', number=number)}")
    for plan in proposal.plans:
        _plan(page, plan, words)


def _plan(page: TextPage, plan: ProposedPlan, words: Words) -> None:
    a = plan.assessment
    mark = ("*" if plan.kept else "") + ("+" if plan.beyond else "")
    shares = words.percent(plan.coverage)
    if plan.confirmations:
        shares += f" → {words.percent(plan.reconfirmed)}"
    span = proposing.span(plan.period, words) + mark
    if len(span) > 12:  # on odd days
        page.line(f"   {plan.plan.owner}  {span}")
        span = ""
    page.line(
        f"   {plan.plan.owner if span else '':<6}  {span:<13}",
        (f"{words.verdict(a.verdict):<13}", VERDICT_STYLES[a.verdict]),
        f"{shares:<15}{words.window_cell(a)}",
    )
    deadline = a.schedule.deadline if a.schedule else None
    more = [proposing.councils(plan, words)]
    if deadline:
        more.append(words.say("propose.deadline", day=words.short_day(deadline.day, year=True)))
    page.paragraph(" · ".join(more), 11)


def _legend(page: TextPage, coupled: bool, goal: str, words: Words) -> None:
    codes = ["legend", f"legend_{goal}"]
    codes += ["legend_reconfirmed", "legend_reconfirmed2"] if goal == "settled" else []
    codes += ["legend_rounds", *(["legend_partial"] if coupled else [])]
    for code in codes:
        page.line((f" {words.say(f'propose.{code}')}", "dim"))
