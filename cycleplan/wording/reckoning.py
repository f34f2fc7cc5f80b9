"""How a verdict came about: which council the days of a plan fall under, and what keeps the plan from being in step."""

from __future__ import annotations

from collections.abc import Iterable

from cycleplan.assessment import Assessment, Reason, Verdict
from cycleplan.brief import Brief
from cycleplan.coverage import Covering, WithMunicipality
from cycleplan.daterules import Status
from cycleplan.law import Law
from cycleplan.steps import OOGO, OPR
from cycleplan.wording.words import Words

# The reasons for a verdict that lie in when the decision falls.
_NOT_COVERAGE = ("decided_in_standstill", "no_counting_window", "window_short")


class Reckoning:
    """Says of the plans of a brief how they were judged; *words* speak from its chair."""

    def __init__(self, brief: Brief, words: Words) -> None:
        self.brief = brief
        self.words = words
        self._law: Law = brief.alignment.law
        self._today = brief.alignment.today
        self._goal = brief.region.policy.goal
        self._open = words.say(f"propose.open.{self._goal}")

    def plan(self, a: Assessment) -> str:
        """A plan by name; an expected one says so."""
        name = self.words.plan(a.plan)
        return self.words.say("plan.expected", plan=name) if a.plan.status is Status.EXPECTED else name

    def _decided(self, a: Assessment) -> str:
        return self.words.say("decided.past" if a.decisions[0].day < self._today else "decided.coming")

    def _assumption(self, status: Status) -> str:
        return self.words.say("assumption") if status is Status.ASSUMED else ""

    def _parties(self, codes: Iterable[str]) -> str:
        return self.words.row(self.words.party(code) for code in codes)

    def _oogo(self, a: Assessment) -> str:
        return self.words.article(a.schedule.steps[OOGO].basis) if a.schedule else ""

    def _opr(self, a: Assessment) -> str:
        return self.words.article(a.schedule.steps[OPR].basis) if a.schedule else ""

    def _other_cause(self, a: Assessment) -> Reason | None:
        """What keeps a plan from being in step where its coverage does not; None where that is low, or all is well."""
        policy, lowest = self.brief.region.policy, a.coverage_lowest or 0.0
        least = policy.out_of_step_coverage if a.verdict is Verdict.OUT_OF_STEP else policy.in_step_coverage
        if a.verdict is Verdict.IN_STEP or lowest < least:
            return None
        return next((r for r in a.reasons if r.code in _NOT_COVERAGE), None)

    def _here(self, reason: Reason, a: Assessment) -> Reason:
        """A reason at the municipality that speaks, where it holds there as well."""
        shown = self._shown(a)
        return reason._replace(values={**reason.values, "municipality": shown.code}) if shown else reason

    def coverage_note(self, a: Assessment) -> str:
        """How the coverage comes about, in days, at the municipality that speaks or where it is lowest."""
        assert a.plan.period
        at = self._shown(a)
        if at is None:
            return ""
        words, decisions = self.words, {d.day: d for d in a.decisions}
        covered = sum(c.days for c in at.coverings)
        code = "coverage_one" if len(a.per_municipality) == 1 or at.code == self.brief.chair else "coverage"
        said = [
            words.say(
                f"memo.note.{code}",
                municipality=words.party(at.code),
                covered=covered,
                days=words.count(a.plan.period.days, "day"),
                span=words.span(a.plan.period),
            )
        ]
        for one in at.coverings:
            decision = decisions[one.decided]
            shown = words.when(decision.fact or one.decided)
            said.append(self._covering(one, shown, self._assumption(decision.dated.status)))
        assumed = next((d.dated.trace[-1].code for d in a.decisions if not d.known), None)
        if assumed:
            said.append(words.say(f"memo.note.{'assumed_window' if 'window' in assumed else 'assumed_latest'}"))
        said.append(words.say("memo.note.oogo", article=self._oogo(a)))
        return " ".join(said)

    def _shown(self, a: Assessment) -> WithMunicipality | None:
        known = [m for m in a.per_municipality if m.coverage is not None]
        own = next((m for m in known if m.code == self.brief.chair), None)
        lowest = min(known, key=lambda m: (m.coverage, m.code), default=None)
        return own if own and lowest and own.coverage == lowest.coverage else lowest

    def _covering(self, one: Covering, decided: str, assumption: str) -> str:
        if one.term is None:
            return self.words.say("memo.note.covering_none", decided=decided, assumption=assumption)
        return self.words.say(
            "memo.note.covering",
            decided=decided,
            assumption=assumption,
            days=self.words.count(one.days, "day"),
            elected=one.term.election.elected.day,
            span=self.words.span(one.term.period),
        )
