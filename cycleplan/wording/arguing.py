"""Why a point should be decided: every claim of a brief in words, with the calculation for its footnote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cycleplan.alignment import UnknownPlan
from cycleplan.assessment import Assessment
from cycleplan.brief import Claim
from cycleplan.continuity import Ahead
from cycleplan.daterules import Status
from cycleplan.periods import Period
from cycleplan.proposals import Alternatives, Proposal, ProposedPlan
from cycleplan.steps import OOGO, OPR
from cycleplan.tasks import Task
from cycleplan.wording import proposing
from cycleplan.wording.reckoning import Reckoning


class Said(NamedTuple):
    """A claim in words: the claim itself, what may be said about it, and for the footnote the calculation."""

    claim: str
    about: str
    note: str


class Arguing(Reckoning):
    """Says the claims of a brief; *words* speak from its chair."""

    def periods(self, proposal: Proposal) -> str:
        """The years of the plans of a proposal, in their order."""
        return ", ".join(proposing.span(p.period, self.words) for p in proposal.plans)

    def _shares(self, found: Alternatives) -> dict[str, str]:
        return {
            "share": self.words.percent(float(found.recommended.misalignment)),
            "unchanged": self.words.percent(float(found.unchanged.misalignment)),
        }

    # --- why

    def claim(self, claim: Claim) -> Said:
        """A claim with what may be said about it and its calculation."""
        said: Said = getattr(self, f"_claim_{claim.code}")(claim)
        return Said(self.words.sentence(said.claim), said.about, said.note)

    def _claim_window(self, claim: Claim) -> Said:
        a, window = claim.values["assessment"], claim.values["window"]
        count, words = len(a.municipalities), self.words
        note = words.say(
            "memo.note.window",
            days=words.count(window.period.days, "day"),
            certainty=words.say(f"certainty.{window.level.value}"),
            opens=words.edge(window.opens, opening=True),
            closes=words.edge(window.closes, opening=False),
            article=self._oogo(a),
        )
        code = "window_until" if window.period.first < self._today else "window"
        said = words.say(
            f"memo.claim.{code}{'_one' if count == 1 else ''}",
            all_colleges=words.colleges_together(count),
            span=words.span(window.period),
            last=window.period.last,
        )
        return Said(said, words.say("memo.about.window"), note)

    def _claim_no_window(self, claim: Claim) -> Said:
        a: Assessment = claim.values["assessment"]
        assert a.consultation
        least = self.words.count(self.brief.region.policy.min_window_days, "day")
        note = self.words.say(
            "memo.note.no_window",
            span=self.words.span(a.consultation),
            assumption=self.words.say("assumption") if a.consultation_assumed else "",
            article=self._oogo(a),
        )
        about = self.words.say("memo.about.no_window", least=least)
        return Said(self.words.say("memo.claim.no_window"), about, note)

    def _claim_deadline(self, claim: Claim) -> Said:
        a: Assessment = claim.values["assessment"]
        assert a.schedule
        oogo = a.schedule.steps[OOGO].latest
        opr_first = oogo.day >= a.schedule.steps[OPR].latest.day
        about = self.words.say("memo.about.deadline_opr_first" if opr_first else "memo.about.deadline")
        said = self.words.say("memo.claim.deadline", latest=oogo.day, assumption=self._assumption(oogo.status))
        return Said(said, about, " ".join(self.words.trace(oogo.trace)))

    def _claim_verdict(self, claim: Claim) -> Said:
        a: Assessment = claim.values["assessment"]
        assert a.verdict
        cause, note = self._other_cause(a), self.coverage_note(a)
        if cause:
            said = self.words.say("memo.claim.still", verdict=self.words.verdict(a.verdict))
            return Said(said, self.words.reason(cause), note)
        share = self.words.share(a.coverage_lowest or 0.0)
        said = self.words.say(f"memo.claim.{a.verdict.value}", share=share)
        return Said(said, self.words.say(f"memo.about.{a.verdict.value}"), note)

    def _claim_then(self, claim: Claim) -> Said:
        plan: ProposedPlan = claim.values["plan"]
        a = plan.assessment
        assert a.verdict
        said = self.words.say(
            "memo.claim.then",
            years=proposing.span(plan.period, self.words),
            verdict=self.words.verdict(a.verdict),
            share=self.words.share(a.coverage_lowest or 0.0),
        )
        cause = self._other_cause(a)
        about = self.words.reason(cause) if cause else self.words.say(f"memo.about.{a.verdict.value}")
        return Said(said, about, self.coverage_note(a))

    def _claim_now(self, claim: Claim) -> Said:
        a: Assessment = claim.values["assessment"]
        assert a.verdict
        values = {"plan": self.plan(a), "verdict": self.words.verdict(a.verdict), "decided": self._decided(a)}
        cause, note = self._other_cause(a), self.coverage_note(a)
        if cause:
            return Said(self.words.say("memo.claim.now_still", **values), self.words.reason(cause), note)
        said = self.words.say("memo.claim.now", share=self.words.share(a.coverage_lowest or 0.0), **values)
        leaving = next((self._here(r, a) for r in a.reasons if r.code == "outgoing_college"), None)
        about = self.words.reason(leaving) if leaving else self.words.say(f"memo.about.{a.verdict.value}")
        return Said(said, about, note)

    def _claim_gain(self, claim: Claim) -> Said:
        found: Alternatives = claim.values["alternatives"]
        best = found.recommended
        since = min(p.period.first for p in (*best.plans, *found.unchanged.plans) if not p.kept)
        until = max(p.inside.last for p in (*best.plans, *found.unchanged.plans))
        return Said(
            self.words.say("memo.claim.gain", open=self._open, **self._shares(found)),
            self.words.say(f"memo.about.gain.{self._goal}"),
            self.words.say("memo.note.gain", span=self.words.span(Period(since, until)), periods=self.periods(best)),
        )

    def _claim_price(self, claim: Claim) -> Said:
        best, unchanged = claim.values["alternatives"].recommended, claim.values["alternatives"].unchanged
        same = best.rounds == unchanged.rounds
        said = self.words.say(
            "memo.claim.price_same" if same else "memo.claim.price",
            short=proposing.short_plans(best, self.words),
            rounds=self.words.number(best.rounds) if same else self.words.count_in_words(best.rounds, "round"),
            unchanged_rounds=self.words.number(unchanged.rounds),
        )
        first = best.plans[0]
        sector = self.brief.region.partnerships[first.plan.owner].sector
        length = self.words.article(self._law.giving("plan_length", first.period.first, sector).key)
        return Said(said, self.words.say("memo.about.price"), self.words.say("memo.note.price", article=length))

    def _claim_lasting(self, claim: Claim) -> Said:
        said = self._again_note(claim.values["alternatives"].recommended.plans[0].assessment)
        return Said(self.words.say("memo.claim.lasting"), self.words.say("memo.about.lasting"), said)

    def _claim_steps(self, claim: Claim) -> Said:
        plan: ProposedPlan = claim.values["plan"]
        a = plan.assessment
        assert a.schedule
        oogo, deadline = a.schedule.steps[OOGO].latest, a.schedule.deadline
        assert deadline
        window = claim.values["window"]
        whole = window and window.period.first >= self._today
        said = self.words.say(
            "memo.claim.steps" if whole else "memo.claim.steps_by",
            years=proposing.span(plan.period, self.words),
            span=self.words.span(window.period) if whole else "",
            latest=oogo.day,
            assumption=self._assumption(oogo.status),
        )
        about = self.words.say("memo.about.steps", deadline=deadline.day)
        return Said(said, about, " ".join(self.words.trace(oogo.trace)))

    def _claim_again(self, claim: Claim) -> Said:
        unchanged: Proposal = claim.values["alternatives"].unchanged
        days = [day for plan in unchanged.plans for day in plan.confirmations]
        said = self.words.say(
            "memo.claim.again",
            open=self._open,
            unchanged=self.words.percent(float(unchanged.misalignment)),
            share=self.words.percent(float(unchanged.misalignment_reconfirmed)),
        )
        gone = self.words.row(self.words.day(day) for day in days if day < self._today)
        past = self.words.say("memo.note.again_past", days=gone) if gone else ""
        note = self.words.say("memo.note.again", days=self.words.row(map(self.words.day, days)), past=past)
        return Said(said, self.words.say("memo.about.again"), note)

    def _claim_again_light(self, claim: Claim) -> Said:
        unchanged: Proposal = claim.values["alternatives"].unchanged
        times = self.words.count_in_words(unchanged.confirmations, "times")
        return Said(
            self.words.say("memo.claim.again_light", times=times),
            self.words.say("memo.about.again_light"),
            self._again_note(claim.values["again"].plan.assessment),
        )

    def _again_note(self, a: Assessment) -> str:
        return self.words.say("memo.note.again_light", opr=self._opr(a), oogo=self._oogo(a))

    def _claim_unknown(self, claim: Claim) -> Said:
        unknown: Sequence[UnknownPlan] = claim.values["unknown"]
        notes = [self._last_known(u) for u in unknown]
        said = self.words.say("memo.claim.unknown", codes=self._parties(u.owner for u in unknown))
        return Said(said, self.words.say("memo.about.unknown"), " ".join(notes))

    def _last_known(self, u: UnknownPlan) -> str:
        last = "unknown_last" if u.last_known else "unknown_none"
        said = self.words.say(f"memo.note.{last}", last=u.last_known)
        return self.words.sentence(self.words.say("memo.note.unknown", owner=self.words.party(u.owner), last=said))

    def _claim_overdue(self, claim: Claim) -> Said:
        task: Task = claim.values["task"]
        values = {"who": self.words.who(task), "first": task.values["first"], "deadline": task.date}
        about = "memo.about.overdue_in_file" if task.values["in_file"] else "memo.about.overdue"
        note = self.words.say("memo.note.overdue", article=self.words.article(task.basis))
        return Said(self.words.say("memo.claim.overdue", **values), self.words.say(about), note)

    def _claim_standstill(self, claim: Claim) -> Said:
        said = self.ahead(claim.values["ahead"]).rstrip(".")
        powers = self.words.article(self._law.giving("powers_stay", self._today).key)
        note = self.words.say("memo.note.standstill", article=powers, ground=self.words.formation_ground())
        return Said(said, self.words.say("memo.about.standstill"), note)

    def ahead(self, ahead: Ahead) -> str:
        """What carries over one coming election."""
        words, covered, count = self.words, len(ahead.covered), len(ahead.municipalities)
        code = "all" if covered == count else "some"
        if not covered:
            code = "part" if any(c.carrying for c in ahead.found) else "none"
        known = ahead.last.ends.status in (Status.ACTUAL, Status.PLANNED)
        are = words.say(
            f"memo.ahead.{'one' if count == 1 else 'more'}", municipalities=words.parties(ahead.municipalities)
        )
        return words.say(
            "memo.ahead.election" if ahead.elected else "memo.ahead.fall",
            elected=ahead.elected,
            fell=ahead.found[0].standstill.event,
            are=are,
            span=words.span(Period(ahead.first, ahead.last.period.last)),
            expected="" if known else words.say("memo.ahead.expected"),
            what=words.say(f"memo.ahead.{code}", covered=covered, count=words.count(count, "municipality")),
        )

    def _carry(self, claim: Claim) -> Said:
        agreement = claim.values["agreement"]
        how = claim.code.removeprefix("carry_")
        standing = next(
            s for told, found in claim.values["ahead"].standings if told is agreement for s in found if s.how == how
        )
        said = self.words.say("memo.claim.carry", standing=self.words.standing(standing).rstrip("."))
        note = self.words.say("memo.note.carry", parties=self._parties(agreement.parties))
        return Said(said, self.words.say("memo.about.carry"), note)

    _claim_carry_no_dates = _claim_carry_not_adopted = _claim_carry_predecessor = _carry
    _claim_carry_ends_before = _claim_carry_part = _carry

    def _claim_schedule(self, _: Claim) -> Said:
        bases = dict.fromkeys(t.basis for t in self.brief.coming if t.basis)
        articles = self.words.row(dict.fromkeys(self.words.article(basis) for basis in bases))
        note = self.words.say("memo.note.schedule", articles=articles) if articles else ""
        return Said(self.words.say("memo.claim.schedule"), self.words.say("memo.about.schedule"), note)

    def _claim_inform(self, _: Claim) -> Said:
        youth = self.words.article(self._law.giving("youth_plan", self._today).key)
        oogo = self.words.article(self._law.giving("oogo_before_adoption", self._today, "PO").key)
        note = self.words.say("memo.note.inform", youth=youth, oogo=oogo)
        return Said(self.words.say("memo.claim.inform"), self.words.say("memo.about.inform"), note)
