"""Grounds are why a day is what it is: the steps of a trace, what opens and closes a window, the provisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cycleplan.daterules import Ground
from cycleplan.law import Mark, Provision
from cycleplan.windows import Edge
from cycleplan.wording.speech import Speech


class Grounds(Speech):
    """Says why a day is what it is."""

    def edge(self, edge: Edge, opening: bool, horizon: bool = False) -> str:
        """What opens or closes a window."""
        if edge.code in ("start", "end"):
            return self.say(f"edge.{edge.code}_horizon" if horizon else f"edge.{edge.code}")
        values = {"parties": self.parties(edge.parties), "day": edge.day}
        if edge.code == "recess":
            values["holiday"] = self.say(f"holiday.{edge.name}")
            return self.say("edge.recess_opens" if opening else "edge.recess_closes", **values)
        if edge.code == "college" and edge.name == "fall":
            return self.say("edge.college_fall", **values)
        return self.say(f"edge.{edge.code}", **values)

    def trace(self, trace: Iterable[Ground]) -> list[str]:
        """The trace of a day, a sentence a step."""
        sentences = (self._ground(ground) for ground in trace)
        return [sentence[0].upper() + sentence[1:] for sentence in sentences]

    def _common(self, ground: Ground) -> dict[str, Any]:
        """What the sentence of any step of a trace can need."""
        v = dict(ground.values)
        v["article"] = self.article(ground.basis)
        v["article_in"] = f" ({self.in_brackets(v['article'])})" if v["article"] else ""
        v["assumption"] = self.say("assumption") if v.get("assumed") else ""
        v["day"] = v.get("shown") or v.get("day") or ground.day
        return v

    def _step_in(self, ground: Ground, key: str) -> str:
        name = ground.values[key]
        return self.step(name, ground.values.get("titles", {}).get(name))

    def _ground(self, ground: Ground) -> str:
        v, code = self._common(ground), ground.code
        if code == "within":
            if v["first"] == v["last"]:
                code = "within_day"
            v["weekday"] = self.weekday(v["weekday"])
        elif code == "after":
            v["counted"] = self.count(v["count"], v["unit"])
        elif code == "roll":
            v["by"] = self.say(f"off.{v['by']}")
        elif code == "estimate":
            v["days"], v["percent"] = self.count(v["days"], "day"), self.chance(v["share"])
            if v["together"] > 1:
                code, v["together"] = "estimate_together", self.count(v["together"], "municipality")
        elif code in ("given_in_file", "given_on_command"):
            v["days"] = self.count(v["days"], "day")
        elif code in ("back", "forward"):
            code += "" if v["weeks"] else "_same"
            v["weeks"] = self.count(v["weeks"], "week")
            v |= {key: self._step_in(ground, key) for key in ("before", "after")}
        elif code in ("assumed_opens", "suggested_evaluation"):
            v["months"] = self.count(v["months"], "month")
        elif code == "decided":
            v["what"] = self.say(f"trace.what_{v['what']}")
        elif code in ("window_opens", "window_closes"):
            v["edge"] = self.edge(v["edge"], opening=code == "window_opens")
        elif code in ("practical", "opr_refusal"):
            v["certainty"] = "" if v["certain"] else self.say("decree_unknown")
        elif code == "goes":
            v["into"] = self.party(v["into"])
        elif code == "moved":
            v["days"] = self.count(v["days"], "day")
        elif code == "school_holiday":
            v["name"] = self.say(f"holiday.{v['name']}")
        elif code == "comes":
            v["olds"] = self.row(self.party(old) for old in v["olds"])
        elif code == "unrolled":
            v["years"] = self.count(v["years"], "years")
        if "source" in v and not v["source"]:
            v["source"] = self.say("unknown")
        return self.say(f"trace.{code}", **v)

    def provision(self, basis: str) -> str:
        """A provision in a sentence, with its evidence, what its marks mean, and its source."""
        p = self._law[basis]
        evidence = "; ".join(dict.fromkeys([self.say(f"evidence.{p.evidence}"), *self.mark_notes(p)]))
        return self.say(
            "trace.provision", article=self.article(basis), about=p.about[self.lang], evidence=evidence, source=p.source
        )

    def mark_notes(self, provision: Provision) -> list[str]:
        """What each mark of a provision means for it, to be joined to a sentence."""
        reading = self.say(f"reading.{provision.reading}" if provision.reading else "evidence.reading")
        notes = {Mark.OLDER: self.say("mark_note.older", seen=provision.seen), Mark.READING: reading}
        return [notes[mark] for mark in self._law.marks(provision)]
