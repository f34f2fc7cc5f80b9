"""Events are what stands in an agenda and on a timeline: their titles, what they mean, and for whom they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cycleplan.daterules import Status
from cycleplan.region import EVERYONE, GRIFFIE, OPR, FactDate, Plan
from cycleplan.wording.grounds import Grounds

if TYPE_CHECKING:
    from cycleplan.entries import Entry


class Events(Grounds):
    """Says what an entry of the timeline is, and whom a calendar is for."""

    def entry(self, entry: Entry) -> str:
        """The title of an entry, short enough for a phone."""
        return self.say(f"entry.{self._kind(entry)}", **self._told(entry))

    def in_lane(self, entry: Entry) -> str:
        """Its title for who sees whose lane it stands in: without the party, and with its status if that is no fact."""
        title = self.entry(entry)
        for name in (self.party(entry.lane), entry.lane):
            title = title.removeprefix(f"{name}: ")
        if entry.status is Status.ACTUAL or entry.kind == "college":  # whose title says it
            return title
        return f"{title} ({self.status(entry.status)})"

    def short(self, entry: Entry) -> str:
        """What stands in or beside a bar of a drawing: a few words, which need the lane and the axis to be read."""
        v, code = dict(entry.values), entry.kind
        if code == "plan":
            plan = v["plan"]
            code = "plan" if plan.kind.is_support_plan else "named_plan" if plan.name else "other_plan"
            v["years"] = self.years(plan.period, plan.first.day)
            v["mark"] = self.say("plan.expected_mark") if entry.status in (Status.EXPECTED, Status.ASSUMED) else ""
            v["name"], v["kind"], v["verdict"] = plan.name, self.kind(plan), self.verdict(v["verdict"])
        elif code == "council":
            v["year"] = v["elected"].year
        elif "days" in v:
            v["days"] = self.say("short_days", days=v["days"])
        return self.say(f"short.{code}", **v)

    def _kind(self, entry: Entry) -> str:
        return "college_formed" if entry.kind == "college" and "likely" not in entry.values else entry.kind

    def _told(self, entry: Entry) -> dict[str, Any]:
        """The values of an entry, in words."""
        v = dict(entry.values)
        if "plan" in v:
            v["plan"] = self.plan(v["plan"]) if entry.kind == "plan" else self._short_plan(v["plan"])
        v |= {key: self.party(v[key]) for key in ("municipality", "into") if key in v}
        if "olds" in v:
            v["olds"] = self.row(self.party(old) for old in v["olds"])
        if entry.kind == "recess":
            v["holiday"] = self.say(f"holiday.{v['name']}")
        if "days" in v:
            v["days"] = self.count(v["days"], "day")
        if "level" in v:
            v["certainty"] = self.say(f"certainty.{v['level'].value}")
        return v

    def _short_plan(self, plan: Plan) -> str:
        """A plan in a title: a support plan with its years, another by its kind, as its name may be long."""
        if plan.kind.is_support_plan:
            last = plan.last.day.year if plan.last else ""
            return f"{self.party(plan.owner)} {plan.first.day.year}–{last}"
        return self.say("entry.plan_short", owner=self.party(plan.owner), kind=self.kind(plan))

    def event_text(self, entry: Entry) -> str:
        """What an event means, how sure it is and why it is on these days, with the law and the source."""
        v = entry.values
        lines = [self.say(f"about.{self._kind(entry)}{_but(entry)}", **self._told(entry))]
        if "plan" in v:
            lines.append(self._whole_plan(v["plan"]))
        if "parties" in v:
            lines.append(self.say("event.parties", parties=self.row(self.whole_party(p) for p in v["parties"])))
        if v.get("waiting"):
            lines.append(self.say("event.waiting", parties=self.row(self.whole_party(p) for p in v["waiting"])))
        lines += [self.say("event.month", month=self.day(month)) for month in _months(entry)]
        why = self._why(entry)
        source = self.say("event.source", source=entry.source) if entry.source else ""
        if not any(source in line for line in why):
            lines.append(source)
        lines += [self.say("event.status", status=entry.status), "", *why]
        if entry.bases:
            lines.append("")
        lines += [self.say("event.law", article=self.article(b), source=self._law[b].source) for b in entry.bases]
        return "\n".join(lines)

    def _why(self, entry: Entry) -> list[str]:
        """The traces of its days, each step on a line."""
        if entry.first == entry.last:
            return [self.say("event.why"), *self.trace(entry.last.trace)]
        lines = [self.say("event.why_span"), self.say("event.first", day=entry.first.day)]
        lines += self.trace(entry.first.trace)
        return [*lines, self.say("event.last", day=entry.last.day), *self.trace(entry.last.trace)]

    def _whole_plan(self, plan: Plan) -> str:
        what = {"kind": self.kind(plan), "years": self.years(plan.period, plan.first.day), "name": plan.name}
        code = "event.named_plan" if plan.name else "event.plan"
        return self.say(code, owner=self.whole_party(plan.owner), **what)

    def whole_party(self, code: str) -> str:
        """A party as somebody knows it who does not know codes: "Zeeluwe (PO2509)", "gemeente Ede"."""
        if self._region and code in self._region.partnerships:
            name = self._region.partnerships[code].name
            return f"{name} ({code})" if name else code
        if code.startswith("GM"):
            return self.say("party.municipality", name=self.party(code))
        return self.party(code)

    # --- calendars

    def audience(self, audience: str) -> str:
        """Whom a calendar is for."""
        if audience in (EVERYONE, OPR, GRIFFIE):
            return self.say(f"audience.{audience}")
        return self.whole_party(audience)

    def other_feed(self, audience: str | None) -> str:
        """Whose feed it is, where another was meant; None for a personal file."""
        if audience is None:
            return self.say("feed.personal")
        return self.say("feed.other_audience", audience=self.audience(audience))

    def calendar_name(self, audience: str) -> str:
        """What a program calls the calendar of an audience."""
        region = self._region.name if self._region else ""
        if audience == EVERYONE:
            return self.say("calendar.name", name=region)
        who = self.say("audience.short_opr") if audience == OPR else audience
        if audience.startswith("GM"):
            who = self.party(audience)
        return self.say("calendar.name_for", who=who, name=region)


def _but(entry: Entry) -> str:
    """What makes an event of its kind mean something else."""
    if entry.values.get("fall"):
        return "_after_a_fall"
    return "_short" if entry.values.get("counts") is False else ""


def _months(entry: Entry) -> list[FactDate]:
    """The months, where of its day no more is known."""
    shown = (ground.values.get("shown") for ground in entry.last.trace[-1:])
    return [fact for fact in shown if isinstance(fact, FactDate) and fact.month_only]
