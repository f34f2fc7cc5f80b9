"""What a piece says of its brief: the key message, the points to decide, what speaks against, what else there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cycleplan.assessment import Assessment, Reason
from cycleplan.brief import Brief, Point
from cycleplan.chair import MUNICIPALITY
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.proposals import Alternatives, Proposal
from cycleplan.region import Plan
from cycleplan.steps import OOGO
from cycleplan.tasks import Task
from cycleplan.wording import proposing
from cycleplan.wording.arguing import Arguing
from cycleplan.wording.words import Words


class Row(NamedTuple):
    """An alternative in a table."""

    name: str
    plans: str
    open: str
    short: str
    rounds: str
    extra: str


class Briefing(Arguing):
    """Says what a brief has; *words* speak from its chair, to a council if the piece *is for* one."""

    def __init__(self, brief: Brief, words: Words, for_council: bool = False) -> None:
        super().__init__(brief, words)
        self.for_council = for_council

    # --- the key message: three sentences, one number

    def key_message(self) -> list[str]:
        """What is the matter, what helps, and what comes first."""
        return [self.words.sentence(text) for text in (self._matter(), self._help(), self._first())]

    def _matter(self) -> str:
        focus = self.brief.focus
        if focus:
            return self._judged(focus)
        if not self.brief.partnerships:
            return self.words.say("memo.key.no_partnerships")
        return self.words.say("memo.key.none_judged", region=self.brief.region.name)

    def _judged(self, a: Assessment) -> str:
        say, first = self.words.say, a.decisions[0]
        cause = self._other_cause(a)
        if cause:
            return self._judged_by(cause, a)
        own = self.brief.coverage(a)
        ours = self.brief.kind == MUNICIPALITY and own == a.coverage_lowest
        assumed = "assumed_first" if any(d.known for d in a.decisions) else "assumed"
        return say(
            "memo.key.judged",
            plan=self._whole_plan(a.plan),
            verdict=self.words.verdict(a.verdict),
            percent=self.words.percent(a.coverage_lowest),
            college=say("memo.key.our_college" if ours else "memo.key.college"),
            decided=self._decided(a),
            assumed="" if first.known else say(f"sentence.{assumed}", date=first.day),
        )

    def _judged_by(self, cause: Reason, a: Assessment) -> str:
        known = next((d.fact for d in a.decisions if d.fact), None)
        days = self.brief.region.policy.min_window_days if cause.code == "no_counting_window" else a.longest_likely_days
        return self.words.say(
            f"memo.key.{cause.code}",
            plan=self._whole_plan(a.plan),
            verdict=self.words.verdict(a.verdict),
            days=self.words.count(days, "day"),
            when=self.words.when(known) if known else "",
            percent=self.words.percent(a.coverage_lowest),
        )

    def _help(self) -> str:
        say, focus = self.words.say, self.brief.focus
        if focus is None:
            codes = [u.owner for u in self.brief.unknown]
            count = self.words.count(len(codes), "partnership")
            unknown = say("memo.key.unknown", count=count, codes=self._parties(codes))
            if codes:
                return unknown
            return say("memo.key.not_judged" if self.brief.partnerships else "memo.key.no_plans")
        mine = next((a for a in self.brief.alternatives if focus.plan.owner in a.partnerships), None)
        if mine is None or not mine.recommended.plans:
            return say("memo.key.nothing_to_choose")
        again = any(p.code == "reconfirm" and p.values["alternatives"] is mine for p in self.brief.points)
        if mine.recommended is not mine.unchanged:
            code = "change_or_again" if again else "change"
            return say(f"memo.key.{code}", what=self._change(mine))
        found = self.brief.again(mine)
        if again and found:
            text = "memo.key.again_late" if found.late else "memo.key.again"
            return say(text, plan=self.words.plan(found.plan.plan), elected=found.elected)
        return say("memo.key.best")

    def _first(self) -> str:
        # What a window is, the planning says; here its closing would need another number.
        task = next((t for t in self.brief.coming if t.what != "window_closes"), None)
        if task is None and self.brief.overdue:
            late = self.brief.overdue[0]
            values = {"who": self.words.who(late), "first": late.values["first"], "deadline": late.date}
            return self.words.say(
                "memo.key.overdue_in_file" if late.values["in_file"] else "memo.key.overdue", **values
            )
        if task is None:
            return self.words.say("memo.key.no_step")
        ours = task.who == (self.brief.chair,)
        assumption = self.words.say("assumption") if task.status is Status.ASSUMED else ""
        return self.words.say(
            "memo.key.our_step" if ours else "memo.key.step",
            date=task.date,
            who=self._names(task.who),
            what=self._short(task),
            assumption=assumption,
        )

    def _short(self, task: Task) -> str:
        text = self.words.task(task)
        return text[:1].lower() + text[1:]

    def why_now(self) -> str:
        """Why somebody should decide now, or that nothing presses."""
        point = next((p for p in self.brief.points if p.code.startswith("consult")), None)
        if point:
            a: Assessment = point.values["assessment"]
            assert a.schedule
            oogo, deadline = a.schedule.steps[OOGO].latest, a.schedule.deadline
            window, plan = point.values["window"], self._whole_plan(a.plan)
            if window and deadline:
                return self.words.say("memo.now.window", plan=plan, last=window.period.last, deadline=deadline.day)
            assumption = self._assumption(oogo.status)
            return self.words.say("memo.now.consult", plan=plan, latest=oogo.day, assumption=assumption)
        election = self.brief.election
        if election:
            return self.words.say("memo.now.election", elected=election.elected.day)
        return self.words.say("memo.now.nothing")

    def _names(self, codes: Iterable[str]) -> str:
        """Parties by their whole names: who reads a point alone knows no codes."""
        words = self.words
        return words.row(words.party(c) if c == self.brief.chair else words.whole_party(c) for c in codes)

    def _whole_plan(self, plan: Plan) -> str:
        expected = self.words.say("memo.ahead.expected") if plan.status is Status.EXPECTED else ""
        if plan.owner == self.brief.chair:
            return self.words.plan(plan) + expected
        years = self.words.years(plan.period, plan.first.day)
        return self.words.say("memo.plan_of", years=years, expected=expected, owner=self._names([plan.owner]))

    # --- what to decide

    def point(self, point: Point) -> str:
        """A point as a sentence in the infinitive."""
        name, words = self._name(point), self.words
        own = point.code == "change" and self._is_own(point)
        if own:
            name += "_own"
        frame = "memo.point"
        if self.for_council and (own or point.code == "schedule"):
            name += "_for_council"
        elif self.for_council:
            frame = "memo.point.for_council"
        said = words.say(name, **self._point_values(point))
        college = words.say("memo.point.college" if len(self.brief.municipalities) == 1 else "memo.point.colleges")
        return words.sentence(words.say(frame, point=said, college=college))

    def _is_own(self, point: Point) -> bool:
        return tuple(point.values["alternatives"].partnerships) == (self.brief.chair,)

    def _point_values(self, point: Point) -> dict[str, object]:
        v = dict(point.values)
        found: dict[str, object] = {"elected": v.get("elected")}
        if "assessment" in v:
            a: Assessment = v["assessment"]
            assert a.schedule
            oogo = a.schedule.steps[OOGO].latest
            found |= {"plan": self._whole_plan(a.plan), "latest": oogo.day, "assumption": self._assumption(oogo.status)}
            window, planned = v["window"], v["planned"]
            found |= {"span": self.words.span(window.period), "last": window.period.last} if window else {}
            found["when"] = self.words.when(planned) if planned else ""
        if "alternatives" in v:
            found |= {"who": self._names(v["alternatives"].partnerships), "what": self._change(v["alternatives"])}
        if "again" in v:
            again = v["again"]
            found |= {"plan": self._whole_plan(again.plan.plan), "elected": again.elected, "day": again.day}
        if "codes" in v:
            found["codes"] = self._names(v["codes"])
        if "agreement" in v:
            agreement = v["agreement"]
            lacking = {code for told, standings in v["ahead"].standings if told is agreement for s in standings
                       for code in s.municipalities}  # fmt: skip
            found |= {"name": agreement.name, "last": agreement.last, "parties": self._parties(agreement.waiting_for)}
            found["municipalities"] = self._parties(sorted(lacking))
        return found

    def if_adopted(self) -> list[str]:
        """What the planning gets beside the steps of the plans as they lie, once the points are adopted."""
        found = []
        for point in self.brief.points:
            for claim in point.claims:
                if claim.code == "steps":
                    said = self.claim(claim)
                    found.append(f"{said.claim}. {said.about}")
            if point.code == "reconfirm":
                found.append(self.words.sentence(self.words.say(self._name(point), **self._point_values(point))))
        return found

    @staticmethod
    def _name(point: Point) -> str:
        late = point.code == "reconfirm" and point.values["again"].late
        return f"memo.point.{point.code}{'_late' if late else ''}"

    def _change(self, alternatives: Alternatives) -> str:
        """What the recommended proposal asks for, as it follows on "to"."""
        best = alternatives.recommended
        first = proposing.first_short(best)
        if first:
            years = proposing.length(first, self.words)
            period = proposing.span(first.period, self.words)
            code = "end" if first.kept else "first"
            return self.words.say(f"memo.change.{code}", years=years, period=period, year=str(first.period.first.year))
        return self.words.say("memo.change.other", periods=self.periods(best))

    # --- what speaks against, and what else

    def objections(self) -> list[str]:
        """What speaks against the points, and how sure all this is."""
        words, brief = self.words, self.brief
        powers = words.article(self._law.giving("powers_stay", self._today).key)
        found = [words.say("memo.but.standstill", article=powers)]
        if brief.merger:
            who, into = (words.party(code) for code in (brief.merger.old, brief.merger.new))
            found.insert(0, words.say("memo.but.merger", who=who, day=brief.merger.day, into=into))
        election = brief.election
        if election:
            days = {level.value: brief.alignment.cycles.college(election, level).day for level in Level}
            ground = words.formation_ground()
            found.append(words.say("memo.but.formation", elected=election.elected.day, ground=ground, **days))
            together = next((f for f in brief.formations if f.elected == election.elected.day), None)
            if together and len(together.municipalities) > 1:
                note = f" {words.say('formation.note')}" if together.has_spread else ""
                found.append(words.formed(together) + note)
        for a in brief.consultations:
            items = (item for item in a.checklist if item.code == "opr_refusal_late")
            if any(p.values.get("assessment") is a for p in brief.points):
                found += [words.checklist(item) for item in items]
        if brief.assumed_decisions:
            plans = words.row(words.plan(a.plan) for a in brief.assumed_decisions)
            found.append(words.say("memo.but.assumed", plans=plans))
        if brief.recess_unknown:
            plans = words.row(words.plan(a.plan) for a in brief.recess_unknown)
            found.append(words.say("memo.but.recess", plans=plans))
        changes = [p for p in brief.points if p.code == "change"]
        if changes:
            article = self._opr(changes[0].values["alternatives"].recommended.plans[0].assessment)
            found += [words.say("memo.but.own_choice", article=article), words.say("memo.but.no_law")]
        if any(p.code.startswith("carry") for p in brief.points):
            found.append(words.say("memo.but.binds"))
        if brief.judged:
            policy = brief.region.policy
            limits = {
                "in_step": words.percent(policy.in_step_coverage),
                "out_of_step": words.percent(policy.out_of_step_coverage),
                "days": words.count(policy.min_window_days, "day"),
            }
            found.append(words.say("memo.but.limits", **limits))
        return list(dict.fromkeys(words.sentence(text) for text in found))  # two plans can have the same days

    def alternative_rows(self, found: Alternatives) -> list[Row]:
        """The best proposals, to change nothing, and to change nothing but confirm again."""
        rows, letters = [], iter("ABCDEFGH")
        for proposal in self.brief.listed(found):
            if proposal.unchanged:
                name = self.words.say("memo.alternative.unchanged")
            else:
                code = "recommended" if proposal.recommended else "other"
                name = self.words.say(f"memo.alternative.{code}", letter=next(letters))
            rows.append(self._row(proposal, name, float(proposal.misalignment), 0))
            if proposal.confirmations and self._goal == "settled" and (proposal.unchanged or proposal.recommended):
                code = "again" if proposal.unchanged else "recommended_again"
                name = self.words.say(f"memo.alternative.{code}", letter="A")
                open = float(proposal.misalignment_reconfirmed)
                rows.append(self._row(proposal, name, open, proposal.confirmations))
        return rows

    def _row(self, proposal: Proposal, name: str, open: float, extra: int) -> Row:
        share = self.words.percent(open)
        counts = (str(number) for number in (proposal.short_plans, proposal.rounds, extra))
        return Row(name, self.periods(proposal), share, *counts)

    def result(self, found: Alternatives) -> str:
        """What the recommended proposal gives, for who sees no table; or that there is none."""
        if found.recommended is found.unchanged or not found.recommended.plans:
            return self.alternatives_sentence(found)
        who = self.words.sentence(self._parties(found.partnerships))
        values = {"what": self._change(found), "open": self._open, **self._shares(found)}
        return self.words.say("memo.alternative.result", who=who, **values)

    def alternatives_sentence(self, found: Alternatives) -> str:
        """Which is the best, or that there is none."""
        who = self.words.sentence(self._parties(found.partnerships))
        if not found.recommended.plans:
            return self.words.say("memo.alternative.nothing", who=who)
        if found.recommended is found.unchanged:
            return self.words.say("memo.alternative.none", who=who, open=self._open)
        return self.words.say("memo.alternative.text", who=who, open=self._open, **self._shares(found))
