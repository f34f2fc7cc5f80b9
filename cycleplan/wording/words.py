"""Words says in sentences what was computed of a region, and what is wrong with its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cycleplan.alignment import UnknownPlan
from cycleplan.assessment import Assessment, Reason, Verdict
from cycleplan.checklist import Item
from cycleplan.daterules import Ground, Status
from cycleplan.errors import CycleplanError, Problem
from cycleplan.region import Procedure
from cycleplan.tasks import Task
from cycleplan.windows import Gap
from cycleplan.wording.certainty import Certainty
from cycleplan.wording.events import Events
from cycleplan.wording.together import Together


class Words(Certainty, Events, Together):
    """Says things about a region in one language."""

    # --- problems and errors

    def problem(self, problem: Problem) -> str:
        """The sentence of a problem."""
        return self._filled_in(self._words.PROBLEMS[problem.rule], self._values(problem.rule, problem.values))

    def error(self, error: CycleplanError) -> str:
        """The sentence of an error."""
        text = self._words.TEXTS.get(f"error.{error.code}") or self._words.PROBLEMS[error.code]
        return self._filled_in(text, self._values(error.code, error.values))

    def _values(self, rule: str, values: Mapping[str, Any]) -> dict[str, Any]:
        filled = dict(values)
        if rule != "no-such-election":
            filled["near"] = self._near(rule, values)
        if "basis" in values:
            filled["article"] = self.article(values["basis"])
        if "choices" in values:
            filled["choices"] = ", ".join(f"{choice.code} {choice.name}" for choice in values["choices"])
        if rule == "yaml-syntax":
            filled["detail"] = self._yaml_detail(str(values["detail"]))
        elif rule == "feed-of-another":
            filled["which"] = self.other_feed(values["audience"]) if values["same"] else self.say("feed.other_calendar")
        elif rule == "wrong-type":
            filled["expected"] = self.say(f"type.{values['expected']}")
        elif rule == "out-of-range":
            code = "at_most" if values["least"] is None else "at_least"
            filled["limits"] = self.say(code, least=values["least"], most=values["most"])
        elif rule == "municipality-gone":
            filled["code"] = f"{self.party(values['code'])} ({values['code']})"
            filled["into"] = f"{self.party(values['into'])} ({values['into']})"
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
        elif rule in ("impossible-procedure", "impossible-kind"):
            filled["chain"] = self.chain(values["chain"])
        elif rule == "step-not-in-file":
            filled["article"] = "; ".join(self.article(basis) for basis in values["bases"])
            filled["what"] = self.row(self.say(f"done.{key}") for key in values["missing"])
            filled["keys"] = self.row(f"`{key}`" for key in values["missing"])
        elif rule == "step-after-deadline":
            filled["what"] = self.say(f"first_done.{values['step']}")
        elif rule == "law-unknown":
            known_from, known_to = values["known_from"], values["known_to"]
            code = "years.closed" if known_to else "years.open"
            filled["known_years"] = self.say(
                code,
                known_from=known_from.year if known_from else "",
                known_to=known_to.year if known_to else "",
            )
        return filled

    def chain(self, trace: Iterable[Ground]) -> str:
        """The steps that lead to a day, one after the other with their terms and days."""
        pieces = []
        for ground in trace:
            v = self._common(ground)
            if ground.code == "forward":
                v["weeks"], v["after"] = (
                    self.count(v["weeks"], "week"),
                    self.step(v["after"], v["titles"].get(v["after"])),
                )
                code = "chain.after" if ground.values["weeks"] else "chain.same"
                pieces.append(self.say(code, **v))
            elif ground.code in ("opens", "assumed_opens"):
                pieces.append(self.say("chain.opens", **v))
        return "; ".join(pieces)

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
        if a.plan.status is Status.EXPECTED:
            plan = self.say("plan.expected", plan=plan)
        if a.verdict is None:
            return self.say(f"sentence.{a.reasons[0].code}", plan=plan)
        lowest = a.coverage_lowest or 0.0
        first = a.decisions[0]
        assumed = "assumed_first" if any(d.known for d in a.decisions) else "assumed"
        tense = "past" if first.day < today else "coming"
        share = self.share(lowest)
        values = {
            "plan": plan,
            "share": share,
            "share_start": share[0].upper() + share[1:],
            "decided": self.say(f"decided.{tense}"),
            "assumed": "" if first.known else self.say(f"sentence.{assumed}", date=first.day),
        }
        leaving = next((r for r in a.reasons if r.code == "outgoing_college"), None)
        code = a.verdict.value
        if a.verdict is Verdict.OUT_OF_STEP and leaving:
            days = (leaving.values["polling"] - leaving.values["decided"]).days
            values["gap"] = self.gap(abs(days))
            code = ("outgoing" if days > 0 else "outgoing_after") + ("" if lowest == 0 else "_some")
        elif a.verdict is Verdict.OUT_OF_STEP and lowest == 0:
            code = "out_of_step_none"
        return " ".join([self.say(f"sentence.{code}", **values), *self._and_more(a, today)])

    def _and_more(self, a: Assessment, today: date) -> list[str]:
        more = []
        if any(r.code == "no_counting_window" for r in a.reasons):
            more.append(self.say("sentence.no_window"))
        again = [d.fact for d in a.decisions[1:] if d.fact and d.day <= today]
        if again:
            code = "sentence.again" if a.decisions[0].known else "sentence.known"
            more.append(self.say(code, date=self.when(again[-1])))
        if any(r.code == "decided_in_standstill" for r in a.reasons):
            known = next(d.fact for d in a.decisions if d.fact)
            more.append(self.say("sentence.in_standstill", date=self.when(known)))
        return more

    def reason(self, reason: Reason) -> str:
        """A reason for a verdict, as a sentence of its own."""
        v, after = dict(reason.values), ""
        if "lowest" in v:
            v["percent"] = self.percent(v["lowest"])
        v["assumption"] = self.say("assumption") if v.get("assumed") else ""
        if "polling" in v:
            days = (v["polling"] - v["decided"]).days
            v["gap"] = self.gap(abs(days))
            after = "" if days > 0 else "_after"
        if "municipality" in v:
            v["municipality"] = self.party(v["municipality"])
        if "municipalities" in v:
            v["municipalities"] = self.parties(v["municipalities"])
        return self.say(f"why.{reason.code}{after}", **v)

    def unknown_plan(self, unknown: UnknownPlan) -> str:
        """What a planner should add where a plan is unknown."""
        last = self.say("unknown_plan.last", last=unknown.last_known) if unknown.last_known else ""
        return self.say("unknown_plan.text", owner=self.party(unknown.owner), code=unknown.owner, last=last)

    def task(self, task: Task, whole: bool = False) -> str:
        """What is asked of someone: short for the screen, or as a *whole* sentence."""
        v = dict(task.values)
        v["colleges"] = self.count(v.get("count", 0), "college")
        if "step" in v:
            v["step"] = self.step(v["step"], v["title"])
        v["all_colleges"] = self.colleges_together(v.get("count", 0))
        # About its own plan a municipality consults others; there is one college, its own.
        one = v.get("count") == 1 and task.what in ("window_closes", "oogo")
        code = f"{task.what}_one" if one else task.what
        if v.get("in_file"):
            code = "overdue_in_file"
        if task.what == "draft" and not v["oogo_begins"]:
            code = "draft_only"
        if task.what == "submission":
            late = v["last_working_day"] < task.date
            v["practical"] = self.say("practical", day=v["last_working_day"]) if late else ""
            v["certainty"] = "" if v["certain"] else self.say("decree_unknown")
        if not whole:
            return self.say(f"task.{code}", **v)
        v["who"] = self.who(task)
        v["assumption"] = self.say("assumption") if task.status is Status.ASSUMED else ""
        return self.say(f"task_text.{code}", date=task.date, article=self.article(task.basis), **v)

    def who(self, task: Task, short: bool = False) -> str:
        """The parties of a task by name; *short* gives a code or counts them."""
        is_region = self._region is not None and task.who == (self._region.id,)
        if is_region and task.plan is None and not short:
            return self.say("everyone")
        if short and (is_region or len(task.who) > 1):
            count = task.values.get("count", len(task.who))
            everyone_is_one = is_region or all(code.startswith("GM") for code in task.who)
            return self.count(count, "municipality" if everyone_is_one else "party")
        return task.who[0] if short else self.row(self.party(code) for code in task.who)

    def checklist(self, item: Item) -> str:
        """Something to look after, in sentences: what the provision says, and what it means here."""
        provision, v = self._law[item.basis], dict(item.values)
        note = provision.note.get(self.lang)
        v |= {
            "article": self.article(item.basis),
            "about": provision.about[self.lang],
            "note": f" {note}" if note else "",
        }
        v["date"] = item.dated.day if item.dated else None
        v["assumption"] = self.say("assumption") if v.get("assumed") else ""
        v["certainty"] = "" if v.get("certain", True) else self.say("decree_unknown")
        return self.say(f"checklist.{item.code}", **v)

    def procedure(self, procedure: Procedure) -> dict[str, str]:
        """The parts of a procedure, in words with their value."""
        month, day = procedure.opens
        order = self.say("procedure.then").join(self.say(f"step.{step}") for step in procedure.order)
        return {
            "opens": self.say("assumed.opens", day=self.day_of_year(date(2001, month, day))),
            "order": self.say("assumed.order", order=order),
            "opr_weeks": self.say("assumed.opr_weeks", weeks=self.count(procedure.opr_weeks, "week")),
            "adoption_weeks": self.say("assumed.adoption_weeks", weeks=self.count(procedure.adoption_weeks, "week")),
        }

    # --- windows

    def window_cell(self, a: Assessment) -> str:
        """The longest window of a plan, for a table: "15 jan–19 feb 2027 36 d"."""
        window = a.longest_window
        if window is None:
            return self.say("screen.no_window") if a.municipalities else "–"
        days = self.say("short_days", days=window.days)
        if window.days >= 100:  # else it does not fit
            days = days.replace(" ", "")
        return f"{self.short_day(window.first)}–{self.short_day(window.last, True)} {days:>4}"

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
