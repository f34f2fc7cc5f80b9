"""A brief is what a piece has to say from one party's chair: codes and values, in the order to say it.

What there is to decide are points, each with the claims that argue for it; which of them a piece has, and how they
are said, is for the outputs and the wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from cycleplan.alignment import align, end_of_horizon
from cycleplan.assessment import Verdict
from cycleplan.chair import MUNICIPALITY, Chair
from cycleplan.checklist import holding
from cycleplan.continuity import Ahead, by_election
from cycleplan.cycles import Level
from cycleplan.errors import CycleplanError
from cycleplan.periods import Period
from cycleplan.proposals import Alternatives, NotProposed, Proposal, Proposals, ProposedPlan, propose

MOST_ALTERNATIVES = 4  # beside changing nothing: more is no choice


class Claim(NamedTuple):
    """A reason for a point: a code, and the values that prove it."""

    code: str
    values: Mapping[str, Any] = MappingProxyType({})


class Point(NamedTuple):
    """Something to decide, that can be adopted, amended or struck on its own, with the claims for it."""

    code: str
    values: Mapping[str, Any] = MappingProxyType({})
    claims: tuple[Claim, ...] = ()


class Again(NamedTuple):
    """When a plan would first be confirmed again: the polling day before it, and the last day of the window.

    *late* if the window after the election has passed, and this is the first after it.
    """

    plan: ProposedPlan
    elected: date
    day: date
    late: bool


class Brief(Chair):
    """What there is to say from a chair: beside what concerns it, what would be better and what there is to decide."""

    # --- what would be better

    @property
    def alternatives(self) -> tuple[Alternatives, ...]:
        """Per partnership what is proposed."""
        return self._proposals.alternatives if self.partnerships else ()

    @property
    def not_proposed(self) -> tuple[NotProposed, ...]:
        """The partnerships for which nothing is."""
        return self._proposals.not_proposed if self.partnerships else ()

    @cached_property
    def _proposals(self) -> Proposals:
        """Over the default horizon: as ``propose`` answers without options."""
        whole = self.alignment
        if whole.horizon.last != end_of_horizon(whole.today):
            whole = align(self.region, whole.register, whole.law, whole.today)
        try:
            return propose(whole, self.partnerships)
        except CycleplanError as error:
            if error.code != "law-unknown":
                raise
            return Proposals(whole.horizon, (), ())  # before 2014 there were no support plans to choose

    @staticmethod
    def listed(alternatives: Alternatives) -> tuple[Proposal, ...]:
        """The best of them, and to change nothing."""
        best = [p for p in alternatives.proposals if not p.unchanged][:MOST_ALTERNATIVES]
        return (*best, alternatives.unchanged)

    def again(self, alternatives: Alternatives) -> Again | None:
        """If nothing changes: the first plan that would be confirmed again, and the day from today on."""
        for plan in alternatives.unchanged.plans:
            day = next(iter(plan.confirmations), None)
            if day is None:
                continue
            elected = max(polling for polling, _ in plan.councils if polling < day)
            if day >= self.alignment.today:
                return Again(plan, elected, day, late=False)
            window = self._next_window(plan)
            return Again(plan, elected, window.last, late=True) if window else None
        return None

    def _next_window(self, plan: ProposedPlan) -> Period | None:
        """The first window that counts in what is left of a plan; None where no school holidays are known for it."""
        today = self.alignment.today
        if plan.period.last < today:
            return None
        availability = plan.assessment.availability
        runs = availability.runs(Period(today, plan.period.last), Level.LIKELY)
        least = self.region.policy.min_window_days
        window = next((run for run in runs if run.days >= least), None)
        return window if window and availability.recess_known(window) else None

    # --- what to decide

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """What there is to decide, in the order in which it presses."""
        found = [*self._consult(), *self._change(), *self._complete(), *self._carry()]
        if self.coming:
            found.append(Point("schedule", claims=(Claim("schedule"),)))
        if self.kind == MUNICIPALITY and holding("youth_plan", self.alignment.today, self.alignment.law):
            found.append(Point("inform", claims=(Claim("inform"),)))
        return tuple(found)

    def _consult(self) -> Iterator[Point]:
        """To hold the OOGOs of the coming twelve months while every college is there."""
        soon = {t.plan for t in self.coming if t.what == "oogo"}
        for a in self.consultations:
            if a.plan.id not in soon:
                continue
            window, today = self.window(a), self.alignment.today
            planned = next((fact for fact in a.plan.oogo if fact.day > today), None)
            values = {"assessment": a, "window": window, "planned": planned}
            claims = [Claim("window", values)] if window else [Claim("no_window", values)]
            claims.append(Claim("deadline", values))
            if a.verdict:
                claims.append(Claim("verdict", values))
            code = "consult" if window else "consult_by"
            if window and window.period.first < today:
                code = "consult_until"
            yield Point("consult_planned" if planned else code, values, tuple(claims))

    def _change(self) -> Iterator[Point]:
        """To make another sequence of plans, and to confirm a plan that is not in step after the election."""
        for alternatives in self.alternatives:
            best, unchanged = alternatives.recommended, alternatives.unchanged
            values: dict[str, Any] = {"alternatives": alternatives}
            now = tuple(Claim("now", {"assessment": p.assessment}) for p in unchanged.plans[:1] if p.coverage < 1)
            if best is not unchanged and best.plans:
                following = next((p for p in best.plans if self.is_ahead(p.assessment)), None)
                window = self.window(following.assessment) if following else None
                steps = (Claim("steps", {"plan": following, "window": window}),) if following else ()
                then = (Claim("then", {"plan": following}),) if following else ()
                gain = (Claim("gain", values), Claim("price", values), Claim("lasting", values))
                yield Point("change", {**values, "following": following}, (*now, *then, *gain, *steps))
            again = self.again(alternatives)
            if again and again.plan.assessment.verdict is not Verdict.IN_STEP:
                values = {**values, "again": again}
                claims = (Claim("again", values), Claim("again_light", values))
                yield Point("reconfirm", values, claims if best is not unchanged else (*now, *claims))

    def _complete(self) -> Iterator[Point]:
        """To fill in what is not known, of which nothing can be computed."""
        late = [t.who[0] for t in self.overdue]
        codes = sorted(({u.owner for u in self.unknown} | set(late)) - {self.chair})  # who speaks fills in its own
        if codes:
            values = {"codes": tuple(codes), "overdue": self.overdue, "unknown": self.unknown}
            claims = [Claim("unknown", values)] if self.unknown else []
            claims += [Claim("overdue", {"task": task}) for task in self.overdue]
            yield Point("complete", values, tuple(claims))

    def _carry(self) -> Iterator[Point]:
        """To have an agreement that runs over the coming election."""
        ahead = next((a for a in self._elections_to_come if a.elected), None)
        if ahead is None:
            return
        values: dict[str, Any] = {"elected": ahead.elected, "ahead": ahead}
        if not self.agreements:
            yield Point("carry_new", values, (Claim("standstill", values),))
        for agreement in self.agreements:
            hows = {s.how for told, standings in ahead.standings if told is agreement for s in standings}
            code = next((how for how in _TO_MEND if how in hows), None)
            if code:
                named = {**values, "agreement": agreement}
                yield Point(f"carry_{code}", named, (Claim("standstill", values), Claim(f"carry_{code}", named)))

    @property
    def _elections_to_come(self) -> Iterator[Ahead]:
        """As ``ahead``, of elections that are still to be held."""
        found = by_election(c for c in self.alignment.continuity if c.municipality in self.municipalities)
        return (a for a in found if a.elected and a.elected >= self.alignment.today)


# How an agreement may stand to an election, where something can be done about it; the first that holds is told.
_TO_MEND = ("no_dates", "not_adopted", "predecessor", "ends_before", "part")
