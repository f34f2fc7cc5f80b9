"""Words says in sentences what was computed of a region, and what is wrong with its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cycleplan.alignment import Task, UnknownPlan
from cycleplan.assessment import Assessment, Reason, Verdict
from cycleplan.daterules import Ground, Status
from cycleplan.errors import CycleplanError, Problem
from cycleplan.timeline import Entry
from cycleplan.windows import Edge, Gap
from cycleplan.wording.speech import Speech

_SUPPORT_PLAN = "ondersteuningsplan"


class Words(Speech):
    """Says things about a region in one language."""

    # --- problems and errors

    def problem(self, problem: Problem) -> str:
        """The sentence of a problem."""
        text: str = self._words.PROBLEMS[problem.rule]
        return text.format_map({k: self._shown(v) for k, v in self._filled(problem.rule, problem.values).items()})

    def error(self, error: CycleplanError) -> str:
        """The sentence of an error."""
        if f"error.{error.code}" in self._words.TEXTS:
            return self.say(f"error.{error.code}", **self._filled(error.code, error.values))
        text: str = self._words.PROBLEMS[error.code]
        return text.format_map({k: self._shown(v) for k, v in self._filled(error.code, error.values).items()})

    def _filled(self, rule: str, values: Mapping[str, Any]) -> dict[str, Any]:
        filled = dict(values)
        if rule != "no-such-election":
            filled["near"] = self._near(rule, values)
        if "basis" in values:
            filled["article"] = self.article(values["basis"])
        if rule == "yaml-syntax":
            filled["detail"] = self._yaml_detail(str(values["detail"]))
        elif rule == "wrong-type":
            filled["expected"] = self.say(f"type.{values['expected']}")
        elif rule == "out-of-range":
            code = "at_most" if values["least"] is None else "at_least"
            filled["limits"] = self.say(code, least=values["least"], most=values["most"])
        elif rule == "no-source":
            filled["what"] = self.say(f"what.{values['what']}")
        elif rule == "no-such-election":
            filled["near_iso"] = values["near"].isoformat()
        elif rule == "college-not-in-file":
            filled["codes"] = self.parties(values["codes"], most=20)
        elif rule in ("longer-than-four-years", "shorter-than-four-years"):
            filled["months"] = self.count(values["months"], "month")
        elif rule == "split-holiday-region":
            filled["code"] = f"{self.party(values['code'])} ({values['code']})"
        elif rule == "impossible-procedure":
            filled["order"] = self.row(self.say(f"step.{s}") for s in values["order"])
            filled["articles"] = ", ".join(self.article(basis) for basis in values["bases"])
            filled["step"] = self.say(f"step.{values['step']}")
            filled |= {key: self.count(values[key], "week") for key in ("opr_weeks", "adoption_weeks")}
        elif rule == "law-unknown":
            known_from, known_to = values["known_from"], values["known_to"]
            code = "years.closed" if known_to else "years.open"
            filled["known_years"] = self.say(
                code,
                known_from=known_from.year if known_from else "",
                known_to=known_to.year if known_to else "",
            )
        return filled

    def _near(self, rule: str, values: Mapping[str, Any]) -> str:
        near = values.get("near")
        if near and values.get("near_name"):
            return self.say("near_name", near=near, near_name=values["near_name"])
        if near:
            return self.say("near", near=near)
        return self.say("known_keys", known=", ".join(values["known"])) if rule == "unknown-key" else ""

    def _yaml_detail(self, detail: str) -> str:
        known: Mapping[str, str] = self._words.YAML_DETAILS
        return next((text for piece, text in known.items() if piece in detail), str(self._words.YAML_DETAIL_ELSE))

    # --- plans

    def plan_sentence(self, a: Assessment, today: date) -> str:
        """One or two plain sentences on how a plan lies; what rests on an assumed decision says so."""
        plan = self.plan(a.plan)
        if a.verdict is None:
            return self.say(f"sentence.{a.reasons[0].code}", plan=plan)
        lowest = a.coverage_lowest or 0.0
        first = a.decisions[0]
        tense = "past" if first.day < today else "coming"
        share = self.share(lowest)
        known_later = any(d.known for d in a.decisions[1:])
        values = {
            "plan": plan,
            "share": share,
            "share_start": share[0].upper() + share[1:],
            "decided": self.say(f"decided.{tense}"),
            "decide": self.say(f"decide.{tense}"),
            "assumed": "" if first.known or known_later else self.say("sentence.assumed", date=first.day),
        }
        leaving = next((r for r in a.reasons if r.code == "outgoing_college"), None)
        code = a.verdict.value
        if a.verdict is Verdict.OUT_OF_STEP and leaving:
            values["gap"] = self.gap((leaving.values["polling"] - leaving.values["decided"]).days)
            code = "outgoing" if lowest == 0 else "outgoing_some"
        elif a.verdict is Verdict.OUT_OF_STEP and lowest == 0:
            code = "out_of_step_none"
        return " ".join([self.say(f"sentence.{code}", **values), *self._and_more(a)])

    def _and_more(self, a: Assessment) -> list[str]:
        more = []
        if any(r.code == "no_counting_window" for r in a.reasons):
            more.append(self.say("sentence.no_window"))
        again = [d.fact for d in a.decisions[1:] if d.fact]
        if again:
            more.append(self.say("sentence.again", date=self.when(again[-1])))
        if any(r.code == "decided_in_standstill" for r in a.reasons):
            known = next(d.fact for d in a.decisions if d.fact)
            more.append(self.say("sentence.in_standstill", date=self.when(known)))
        return more

    def reason(self, reason: Reason) -> str:
        """A reason for a verdict, as a sentence of its own."""
        v = dict(reason.values)
        if "lowest" in v:
            v["percent"] = self.percent(v["lowest"])
        v["assumption"] = self.say("assumption") if v.get("assumed") else ""
        if "polling" in v:
            v["gap"] = self.gap((v["polling"] - v["decided"]).days)
        if "municipality" in v:
            v["municipality"] = self.party(v["municipality"])
        if "municipalities" in v:
            v["municipalities"] = self.parties(v["municipalities"])
        return self.say(f"why.{reason.code}", **v)

    def unknown_plan(self, unknown: UnknownPlan) -> str:
        """What a planner should add where a plan is unknown."""
        last = self.say("unknown_plan.last", last=unknown.last_known) if unknown.last_known else ""
        return self.say("unknown_plan.text", owner=self.party(unknown.owner), code=unknown.owner, last=last)

    def task(self, task: Task, whole: bool = False) -> str:
        """What is asked of someone: short for the screen, or as a *whole* sentence."""
        v = dict(task.values)
        v["colleges"] = self.count(v.get("count", 0), "college")
        # About its own plan a municipality consults others; there is one college, its own.
        own = "_own" if v.get("kind", _SUPPORT_PLAN) != _SUPPORT_PLAN or v.get("count") == 1 else ""
        own = own if task.what == "window_closes" or (task.what == "oogo" and whole) else ""
        if not whole:
            return self.say(f"task.{task.what}{own}", **v)
        v["who"] = self.everyone_or(task.who)
        v["assumption"] = self.say("assumption") if task.status is Status.ASSUMED else ""
        if task.what == "submission" and v.get("last_working_day") is None:
            v["last_working_day"] = task.date
        return self.say(f"task_text.{task.what}{own}", date=task.date, article=self.article(task.basis), **v)

    def everyone_or(self, who: str, short: bool = False) -> str:
        """The parties of a task by name; *short* counts them."""
        codes = who.split(", ")
        everyone = self._region is not None and who == self._region.id
        if short and self._region:
            if everyone:
                codes = [m.code for m in self._region.own_municipalities]
            kind = "municipality" if all(code.startswith("GM") for code in codes) else "party"
            return self.count(len(codes), kind)
        return self.say("everyone") if everyone else self.row(self.party(code) for code in codes)

    # --- windows

    def edge(self, edge: Edge, opening: bool, horizon: bool = False) -> str:
        """What opens or closes a window."""
        if edge.code in ("start", "end"):
            return self.say(f"edge.{edge.code}_horizon" if horizon else f"edge.{edge.code}")
        values = {"parties": self.parties(edge.parties), "day": edge.day}
        if edge.code == "recess":
            values["holiday"] = self.say(f"holiday.{edge.name}")
            return self.say("edge.recess_opens" if opening else "edge.recess_closes", **values)
        return self.say(f"edge.{edge.code}", **values)

    def blockers(self, gap: Gap) -> str:
        """Who holds up a gap, and why."""
        by_reason = {
            reason: [b.party for b in gap.blockers if b.reason == reason] for reason in ("standstill", "recess")
        }
        shown = {reason: self.parties(parties) for reason, parties in by_reason.items()}
        if all(by_reason.values()):
            return self.say("gap.both", **shown)
        reason = "standstill" if by_reason["standstill"] else "recess"
        return self.say(f"gap.{reason}", parties=shown[reason])

    # --- entries and traces

    def entry(self, entry: Entry) -> str:
        """The title of an entry, short enough for a phone."""
        v = dict(entry.values)
        if "plan" in v:
            v["plan"] = self.plan(v["plan"])
        if "municipality" in v:
            v["municipality"] = self.party(v["municipality"])
        if entry.kind == "recess":
            v["holiday"] = self.say(f"holiday.{v['name']}")
        if entry.kind == "council":
            v["elected"] = date.fromisoformat(entry.id.rsplit("/", 1)[1])
        if "level" in v:
            v["certainty"] = self.say(f"certainty.{v['level'].value}")
        kind = "college_formed" if entry.kind == "college" and entry.first.day == entry.last.day else entry.kind
        return self.say(f"entry.{kind}", **v)

    def trace(self, trace: Iterable[Ground]) -> list[str]:
        """The trace of a day, a sentence a step."""
        sentences = (self._ground(ground) for ground in trace)
        return [sentence[0].upper() + sentence[1:] for sentence in sentences]

    def _ground(self, ground: Ground) -> str:
        v = dict(ground.values)
        code = ground.code
        v["article"] = self.article(ground.basis)
        v["article_in"] = f" ({v['article']})" if v["article"] else ""
        v["assumption"] = self.say("assumption") if v.get("assumed") else ""
        if code == "within":
            v["weekday"] = self.weekday(v["weekday"])
        elif code == "after":
            v["counted"] = self.count(v["count"], v["unit"])
        elif code == "roll":
            v["by"] = self.say(f"off.{v['by']}")
        elif code == "estimate":
            v["days"], v["percent"] = self.count(v["days"], "day"), self.percent(v["share"])
            if v["together"] > 1:
                code, v["together"] = "estimate_together", self.count(v["together"], "municipality")
        elif code in ("back", "forward"):
            code += "" if v["weeks"] else "_same"
            v["weeks"] = self.count(v["weeks"], "week")
            v |= {key: self.say(f"step.{v[key]}") for key in ("before", "after")}
        elif code == "assumed_opens":
            v["months"] = self.count(v["months"], "month")
        elif code == "decided":
            v["what"] = self.say(f"trace.what_{v['what']}")
        elif code in ("window_opens", "window_closes"):
            v["edge"] = self.edge(v["edge"], opening=code == "window_opens")
        elif code == "unrolled":
            v["owner"] = self.party(v["owner"])
        if "source" in v and not v["source"]:
            v["source"] = self.say("unknown")
        v["day"] = v.get("shown") or v.get("day") or ground.day
        return self.say(f"trace.{code}", **v)

    def provision(self, basis: str) -> str:
        """A provision in a sentence, with its evidence and source."""
        p = self._law[basis]
        evidence = self.say(f"evidence.{p.evidence}")
        return self.say(
            "trace.provision", article=p.article, about=p.about[self.lang], evidence=evidence, source=p.source
        )
