"""The words for what carries over an election, and for both sides together: plans beside plans, one meeting for two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cycleplan.beside import Beside
from cycleplan.continuity import Ahead, Continuity, Milestone, Standing
from cycleplan.cycles import Standstill
from cycleplan.daterules import Status
from cycleplan.wording.speech import Speech

if TYPE_CHECKING:
    from cycleplan.meetings import Meeting


class Together(Speech):
    """Says what carries over an election, and how both sides lie beside each other."""

    # --- over an election

    def until(self, standstill: Standstill) -> str:
        """The last day of a standstill; an estimate says so."""
        day = self.day(standstill.period.last)
        known = standstill.ends.status in (Status.ACTUAL, Status.PLANNED)
        return day if known else self.say("expected_day", day=day)

    def continuity(self, c: Continuity) -> str:
        """What carries over one standstill of one municipality."""
        names = [a.agreement.name for a in c.carrying]
        code = "none"
        if names:
            code = f"{'part' if c.uncovered_days else 'whole'}_{'one' if len(names) == 1 else 'more'}"
        what = self.say(f"continuity.{code}", names=self.row(names), days=self.count(c.uncovered_days, "day"))
        municipality, first = self.party(c.municipality), c.standstill.period.first
        return self.say(
            "continuity.standstill", municipality=municipality, first=first, last=self.until(c.standstill), what=what
        )

    def ahead(self, ahead: Ahead) -> str:
        """What carries over one coming election for the whole region."""
        covered, count = len(ahead.covered), len(ahead.municipalities)
        code = "all" if covered == count else "some"
        if not covered:
            code = "part" if any(c.carrying for c in ahead.found) else "none"
        what = self.say(f"ahead.{code}", covered=covered, count=self.count(count, "municipality"))
        return self.say(
            "ahead.election" if ahead.elected else "ahead.fall",
            elected=ahead.elected,
            fell=ahead.found[0].standstill.event,
            municipalities=self.count(count, "municipality") if ahead.elected else self.parties(ahead.municipalities),
            first=ahead.first,
            last=self.until(ahead.last),
            what=what,
        )

    def standing(self, s: Standing) -> str:
        """How an agreement stands to an election."""
        in_force = s.agreement.in_force
        return self.say(
            f"standing.{s.how}",
            name=s.agreement.name,
            municipalities=self.parties(s.municipalities),
            parties=self.row(self.party(p) for p in s.parties),
            first=in_force.first if in_force else None,
            last=s.agreement.last,
        )

    def milestone(self, m: Milestone) -> str:
        """What could be done about an agreement: a suggestion."""
        assumption = self.say("assumption")
        return self.say(f"milestone.{m.what}", name=m.agreement.name, date=m.dated.day, assumption=assumption)

    def milestones(self, found: Iterable[Milestone]) -> str:
        """The suggestions about one agreement around one election, in one sentence."""
        items = self.row(self.say(f"milestones.{m.what}", date=m.dated.day) for m in found)
        return self.say("milestones", items=items)

    # --- both sides

    def beside(self, b: Beside, parallel: bool) -> str:
        """Whether two plans of one area run parallel."""
        code = "parallel" if parallel else "apart"
        percent = self.percent(b.overlap.jaccard)
        return self.say(f"beside.{code}", other=self.plan(b.other), support=self.plan(b.support), percent=percent)

    def meeting(self, m: Meeting) -> str:
        """Whether one meeting can serve the OOGOs about two plans, and when."""
        code = "apart" if m.common is None else "possible" if m.possible else "none"
        spans = (self.say("meeting.span", first=w.period.first, last=w.period.last) for w in m.counting)
        return self.say(
            f"meeting.{code}",
            a=self.plan(m.a.plan),
            b=self.plan(m.b.plan),
            first=m.common.first if m.common else None,
            last=m.common.last if m.common else None,
            days=self.count(m.apart, "day"),
            windows=self.row(spans),
            all_colleges=self.colleges_together(len(m.municipalities)),
            assumption=self.say("assumption") if m.assumed else "",
        )

    def colleges_together(self, count: int) -> str:
        """As "het college", "beide colleges", "alle 7 colleges"."""
        code = {1: "one_college", 2: "both_colleges"}.get(count, "all_colleges")
        return self.say(code, colleges=self.count(count, "college"))
