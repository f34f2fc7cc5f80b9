"""What a piece says of its brief: the key message, the points to decide, why, what speaks against, what else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cycleplan.alignment import UnknownPlan
from cycleplan.assessment import Assessment, Reason
from cycleplan.brief import MUNICIPALITY, Brief, Claim, Point
from cycleplan.continuity import Ahead
from cycleplan.coverage import Covering, WithMunicipality
from cycleplan.cycles import Level
from cycleplan.daterules import Status
from cycleplan.law import Law
from cycleplan.periods import Period
from cycleplan.proposals import Alternatives, Proposal, ProposedPlan
from cycleplan.region import Plan
from cycleplan.steps import OOGO, OPR
from cycleplan.tasks import Task
from cycleplan.wording import proposing
from cycleplan.wording.words import Words


class Said(NamedTuple):
    """A claim in words: the claim itself, what may be said about it, and for the footnote the calculation."""

    claim: str
    about: str
    note: str


class Row(NamedTuple):
    """An alternative in a table."""

    name: str
    plans: str
    open: str
    short: str
    rounds: str
    extra: str


class Briefing:
    """Says what a brief has; *words* speak from its chair, to a council if the piece *is for* one."""

    def __init__(self, brief: Brief, words: Words, for_council: bool = False) -> None:
        self.brief = brief
        self.words = words
        self.for_council = for_council
        self._law: Law = brief.alignment.law
        self._today = brief.alignment.today
        self._goal = brief.region.policy.goal
        self._open = words.say(f"propose.open.{self._goal}")

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
        own = self.brief.coverage(a)
        ours = self.brief.kind == MUNICIPALITY and own == a.coverage_lowest
        assumed = "assumed_first" if any(d.known for d in a.decisions) else "assumed"
        return say(
            "memo.key.judged",
            plan=self.plan(a),
            verdict=self.words.verdict(a.verdict),
            percent=self.words.percent(a.coverage_lowest),
            college=say("memo.key.our_college" if ours else "memo.key.college"),
            decided=self._decided(a),
            assumed="" if first.known else say(f"sentence.{assumed}", date=first.day),
        )

    def _decided(self, a: Assessment) -> str:
        return self.words.say("decided.past" if a.decisions[0].day < self._today else "decided.coming")

    def plan(self, a: Assessment) -> str:
        """A plan by name; an expected one says so."""
        name = self.words.plan(a.plan)
        return self.words.say("plan.expected", plan=name) if a.plan.status is Status.EXPECTED else name

    def _help(self) -> str:
        say, focus = self.words.say, self.brief.focus
        if focus is None:
            codes = [u.owner for u in self.brief.unknown]
            count = self.words.count(len(codes), "partnership")
            unknown = say("memo.key.unknown", count=count, codes=self._parties(codes))
            return unknown if codes else say("memo.key.no_plans")
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
            return self.words.say("memo.key.overdue", **values)
        if task is None:
            return self.words.say("memo.key.no_step")
        ours = task.who == (self.brief.chair,)
        assumption = self.words.say("assumption") if task.status is Status.ASSUMED else ""
        return self.words.say(
            "memo.key.our_step" if ours else "memo.key.step",
            date=task.date,
            who=self.words.who(task),
            what=self._short(task),
            assumption=assumption,
        )

    def _short(self, task: Task) -> str:
        text = self.words.task(task)
        return text[:1].lower() + text[1:]

    def why_now(self) -> str:
        """Why somebody should decide now, or that nothing presses."""
        point = next((p for p in self.brief.points if p.code in ("consult", "consult_by")), None)
        if point:
            a: Assessment = point.values["assessment"]
            assert a.schedule
            oogo, deadline = a.schedule.steps[OOGO].latest, a.schedule.deadline
            window = point.values["window"]
            if window and deadline:
                closes = window.period.last
                return self.words.say("memo.now.window", plan=self.plan(a), last=closes, deadline=deadline.day)
            return self.words.say(
                "memo.now.consult", plan=self.plan(a), latest=oogo.day, assumption=self._assumption(oogo.status)
            )
        election = self.brief.election
        if election:
            return self.words.say("memo.now.election", elected=election.elected.day)
        return self.words.say("memo.now.nothing")

    def _assumption(self, status: Status) -> str:
        return self.words.say("assumption") if status is Status.ASSUMED else ""

    def _parties(self, codes: Iterable[str]) -> str:
        return self.words.row(self.words.party(code) for code in codes)

    def _names(self, codes: Iterable[str]) -> str:
        """Parties by their whole names: who reads a point alone knows no codes."""
        words = self.words
        return words.row(words.party(c) if c == self.brief.chair else words.whole_party(c) for c in codes)

    def _whole_plan(self, plan: Plan) -> str:
        name = self.words.plan(plan)
        if plan.owner != self.brief.chair:
            years = self.words.years(plan.period, plan.first.day)
            name = self.words.say("memo.plan_of", years=years, owner=self._names([plan.owner]))
        return self.words.say("plan.expected", plan=name) if plan.status is Status.EXPECTED else name

    # --- what to decide

    def point(self, point: Point) -> str:
        """A point as a sentence in the infinitive."""
        name, words = f"memo.point.{point.code}", self.words
        own = point.code in ("change", "complete") and self._is_own(point)
        if own:
            name += "_own"
        if point.code == "reconfirm" and point.values["again"].late:
            name += "_late"
        frame = "memo.point"
        if self.for_council and (point.code == "schedule" or (own and point.code == "change")):
            name += "_for_council"
        elif self.for_council and not own:
            frame = "memo.point.for_council"
        said = words.say(name, **self._point_values(point))
        college = words.say("memo.point.college" if len(self.brief.municipalities) == 1 else "memo.point.colleges")
        return words.sentence(words.say(frame, point=said, college=college))

    def _is_own(self, point: Point) -> bool:
        codes = point.values.get("codes") or point.values["alternatives"].partnerships
        return tuple(codes) == (self.brief.chair,)

    def _point_values(self, point: Point) -> dict[str, object]:
        v = dict(point.values)
        found: dict[str, object] = {"elected": v.get("elected")}
        if "assessment" in v:
            a: Assessment = v["assessment"]
            assert a.schedule
            oogo = a.schedule.steps[OOGO].latest
            found |= {"plan": self._whole_plan(a.plan), "latest": oogo.day, "assumption": self._assumption(oogo.status)}
            found["span"] = self.words.span(v["window"].period) if v["window"] else ""
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

    def periods(self, proposal: Proposal) -> str:
        """The years of the plans of a proposal, in their order."""
        return ", ".join(proposing.span(p.period, self.words) for p in proposal.plans)

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
        text = "memo.claim.window_one" if count == 1 else "memo.claim.window"
        said = words.say(text, all_colleges=words.colleges_together(count), span=words.span(window.period))
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

    def _oogo(self, a: Assessment) -> str:
        return self.words.article(a.schedule.steps[OOGO].basis) if a.schedule else ""

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
        share = self.words.share(a.coverage_lowest or 0.0)
        assert a.verdict
        return Said(
            self.words.say(f"memo.claim.{a.verdict.value}", share=share),
            self.words.say(f"memo.about.{a.verdict.value}"),
            self.coverage_note(a),
        )

    def _claim_now(self, claim: Claim) -> Said:
        a: Assessment = claim.values["assessment"]
        values = {"plan": self.plan(a), "verdict": self.words.verdict(a.verdict), "decided": self._decided(a)}
        said = self.words.say("memo.claim.now", share=self.words.share(a.coverage_lowest or 0.0), **values)
        leaving = next((self._here(r, a) for r in a.reasons if r.code == "outgoing_college"), None)
        assert a.verdict
        about = self.words.reason(leaving) if leaving else self.words.say(f"memo.about.{a.verdict.value}")
        return Said(said, about, self.coverage_note(a))

    def _here(self, reason: Reason, a: Assessment) -> Reason:
        """A reason at the municipality that speaks, where it holds there as well."""
        shown = self._shown(a)
        return reason._replace(values={**reason.values, "municipality": shown.code}) if shown else reason

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

    def _shares(self, found: Alternatives) -> dict[str, str]:
        return {
            "share": self.words.percent(float(found.recommended.misalignment)),
            "unchanged": self.words.percent(float(found.unchanged.misalignment)),
        }

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
        length = self._law.giving("plan_length", first.period.first, sector).article
        return Said(said, self.words.say("memo.about.price"), self.words.say("memo.note.price", article=length))

    def _claim_steps(self, claim: Claim) -> Said:
        plan: ProposedPlan = claim.values["plan"]
        a = plan.assessment
        assert a.schedule
        oogo, deadline = a.schedule.steps[OOGO].latest, a.schedule.deadline
        assert deadline
        window = a.counting[-1] if a.counting else None
        said = self.words.say(
            "memo.claim.steps" if window else "memo.claim.steps_by",
            years=proposing.span(plan.period, self.words),
            span=self.words.span(window) if window else "",
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
        a = claim.values["again"].plan.assessment
        opr = self.words.article(a.schedule.steps[OPR].basis) if a.schedule else ""
        return Said(
            self.words.say("memo.claim.again_light", times=times),
            self.words.say("memo.about.again_light"),
            self.words.say("memo.note.again_light", opr=opr, oogo=self._oogo(a)),
        )

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
        powers = self._law.giving("powers_stay", self._today).article
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
        youth = self._law.giving("youth_plan", self._today).article
        oogo = self._law.giving("oogo_before_adoption", self._today, "PO").article
        note = self.words.say("memo.note.inform", youth=youth, oogo=oogo)
        return Said(self.words.say("memo.claim.inform"), self.words.say("memo.about.inform"), note)

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

    # --- what speaks against, and what else

    def objections(self) -> list[str]:
        """What speaks against the points, and how sure all this is."""
        words, brief = self.words, self.brief
        powers = self._law.giving("powers_stay", self._today).article
        found = [words.say("memo.but.standstill", article=powers)]
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
        if any(p.code == "change" for p in brief.points):
            found.append(words.say("memo.but.no_law"))
        return [words.sentence(text) for text in found]

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
