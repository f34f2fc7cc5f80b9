"""How certain, who is in the gap, and whose shift would help: the sentences about these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cycleplan.cycles import BY_TIME
from cycleplan.periods import Period
from cycleplan.region import Policy
from cycleplan.windows import Gap, Help
from cycleplan.wording.speech import Speech

if TYPE_CHECKING:
    from cycleplan.formations import Bounds, Formation

MOST_RUNS = 3  # as many runs are named in a sentence


class Certainty(Speech):
    """Says how certain windows are, and who holds them up."""

    def presence(self, gap: Gap) -> str:
        """How many of the parties are outside standstill and recess in a gap; empty where it is none."""
        return self.say("window.gap_free", free=len(gap.free), parties=gap.parties) if gap.free else ""

    def helps(self, help: Help) -> str:
        """Whose shift would help most, by how much, and what it would have to shift."""
        runs = [self.say(f"helps.{reason}", days=self._span(run)) for run, reason in help.runs[:MOST_RUNS]]
        if len(help.runs) > MOST_RUNS:
            runs.append(self.say("helps.more", count=len(help.runs) - MOST_RUNS))
        days = self.count(help.days, "day")
        return self.say("window.helps", party=self.party(help.party), days=days, runs=self.row(runs))

    def _span(self, days: Period) -> str:
        if days.first == days.last:
            return self.day(days.first)
        return f"{self.day(days.first)} {self.say('until')} {self.day(days.last)}"

    # --- formations

    def formation_note(self) -> str | None:
        """What the three levels rest on, if that is not the default; None if it is."""
        policy = self._policy
        if policy.formation_days:
            by = self.say(f"formation.by_{'command' if policy.formation_asked else 'file'}")
            days = (self.count(number, "day") for number in policy.formation_days)
            return self.say("formation.given", by=by, **dict(zip(BY_TIME, days, strict=True)))
        if policy.formation_quantiles != Policy().formation_quantiles:
            return self.say("formation.quantiles", **self._chances)
        return None

    @property
    def _policy(self) -> Policy:
        return self._region.policy if self._region else Policy()

    @property
    def _chances(self) -> dict[str, str]:
        shares = zip(BY_TIME, self._policy.formation_quantiles, strict=True)
        return {level.value: self.chance(share) for level, share in shares}

    def formation_ground(self) -> str:
        """What the days of a formation rest on, between brackets."""
        code = "given" if self._policy.formation_days else "estimate"
        return self.say(f"formation.ground_{code}", **self._chances)

    def formation(self, f: Formation) -> str:
        """By when all colleges of an area are there after an election."""
        sentence = self.formed(f)
        return self.say("formation.elected", elected=f.elected, sentence=sentence[0].lower() + sentence[1:])

    def formed(self, f: Formation) -> str:
        """By when all colleges are there: a range, unless they are known or given."""
        count = len(f.municipalities)
        colleges = self.count_in_words(count, "college")
        v = {level.value: self._between(bounds) for level, bounds in f.days.items()}
        v |= {f"{level}_chance": chance for level, chance in self._chances.items()}
        v["all_colleges"] = self.say("both_colleges" if count == 2 else "all_colleges", colleges=colleges)
        code = "known" if not f.estimated else "given_all" if self._policy.formation_days else "estimated"
        said = self.say(f"formation.{code}{'_one' if count == 1 else ''}", **v)
        if 0 < len(f.estimated) < count:
            known = self.count_in_words(count - len(f.estimated), "college")
            said += " " + self.say("formation.some_known", known=known)
        return said[0].upper() + said[1:]

    def _between(self, bounds: Bounds) -> str:
        if bounds.dependent == bounds.independent:
            return self.day(bounds.dependent)
        return self.say("formation.between", dependent=bounds.dependent, independent=bounds.independent)
