"""Sense checks: what in a region file contradicts the law or itself, and what is unusual but real.

An error is something that cannot be planned with; a warning is worth a look, with the article where the law
asks for something else than what happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from cycleplan.cycles import Cycles, Level
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError, Place, Problem, by_place
from cycleplan.law import Law
from cycleplan.periods import DAY, months_between
from cycleplan.region import (
    LATEST_YEAR,
    NOWHERE,
    SUPPORT_PLAN,
    FactDate,
    Mark,
    Municipality,
    Partnership,
    Plan,
    Region,
)
from cycleplan.register import Register
from cycleplan.steps import Schedule, schedule, schedule_by_kind, schedule_support_plan, tightest_start
from cycleplan.workdays import SchoolYear


def check(region: Region, register: Register, law: Law, today: date) -> list[Problem]:
    """All problems of *region* beyond those of its form, by place."""
    checker = _Checker(region, register, law, today)
    found = [
        *checker.councils(), *checker.parties(), *checker.kinds(), *checker.plans(), *checker.agreements(),
    ]  # fmt: skip
    return by_place(found)


@dataclass
class _Checker:
    region: Region
    register: Register
    law: Law
    today: date

    def __post_init__(self) -> None:
        self.cycles = Cycles(self.region, self.register, self.law, date(LATEST_YEAR, 12, 31))

    def _error(self, place: Place, rule: str, **values: Any) -> Problem:
        return Problem(self.region.file, place, "error", rule, values)

    def _warning(self, place: Place, rule: str, **values: Any) -> Problem:
        return Problem(self.region.file, place, "warning", rule, values)

    def _source(self, source: str | None, mark: Mark, what: str) -> Iterator[Problem]:
        if not source and "source" not in mark.keys:  # one that is wrong has been told
            yield self._warning(mark.place, "no-source", what=what)

    # --- councils

    def councils(self) -> Iterator[Problem]:
        unknown = []
        for municipality in self.region.own_municipalities:
            problems = [*self._council_facts(municipality)]
            problems += [] if any(p.level == "error" for p in problems) else self._terms(municipality)
            yield from problems
            if any(p.level == "error" for p in problems):
                continue
            if self._college_missing(municipality.code):
                unknown.append(municipality)
        if unknown:
            values = {"count": len(unknown), "codes": tuple(m.code for m in unknown)}
            yield self._warning(unknown[0].mark.place, "college-not-in-file", **values)

    def _council_facts(self, municipality: Municipality) -> Iterator[Problem]:
        """What is wrong with a fact about a council by itself."""
        computed = self.cycles.all_elections.computed_days(municipality.code)
        moved = {f.elected for f in municipality.councils if f.replaces}
        for fact in municipality.councils:
            yield from self._source(fact.source, fact.mark, "council")
            key = "replaces" if fact.replaces else "elected"
            day = fact.replaces or fact.elected
            if day not in computed and (fact.replaces or day not in moved):
                near = min(computed, key=lambda d: (abs((d - day).days), d))
                yield self._error(fact.mark.at(key), "no-such-election", day=day, near=near, key=key)
            if fact.nominated and fact.nominated >= fact.elected:
                values = {"nominated": fact.nominated, "elected": fact.elected}
                yield self._error(fact.mark.at("nominated"), "nominated-too-late", **values)
            if fact.fell and not fact.college_formed:
                yield self._error(fact.mark.at("fell"), "fell-without-college")
            after = fact.fell or FactDate(fact.elected)
            if fact.college_formed and fact.college_formed.day <= after.day:
                place = fact.mark.at("college_formed")
                yield self._error(place, "college-too-early", day=fact.college_formed, after=after)

    def _terms(self, municipality: Municipality) -> Iterator[Problem]:
        """What is wrong with a fact beside the other councils of the municipality."""
        elections = self.cycles.elections(municipality.code)
        facts = {f.elected: f for f in municipality.councils if f.first or f.replaces}
        for election in elections:
            fact, elected = facts.get(election.elected.day), election.elected.day
            if fact and election.first.day <= elected:
                values = {"first": election.first.day, "elected": elected}
                yield self._error(fact.mark.at("first"), "first-sitting-too-early", **values)
                return
        for earlier, later in pairwise(elections):
            wrong = facts.get(earlier.elected.day) or facts.get(later.elected.day)
            if later.first.day <= earlier.first.day and wrong:
                election = earlier if wrong.elected == earlier.elected.day else later
                values = {"first": election.first.day, "elected": election.elected.day}
                yield self._error(wrong.mark.at("first"), "first-sitting-out-of-order", **values)
                return
        terms = {t.election.elected.day: t.period for t in self.cycles.lane(municipality.code)}
        seen: set[date] = set()
        for fact in municipality.councils:
            period = terms.get(fact.elected)
            for key in ("fell", "college_formed"):
                day = getattr(fact, key)
                if day and period and day.day > period.last:
                    values = {"day": day, "elected": fact.elected, "first": period.first, "last": period.last}
                    yield self._error(fact.mark.at(key), "outside-term", **values)
            if fact.college_formed and not fact.fell:
                if fact.elected in seen:
                    yield self._error(fact.mark.at("college_formed"), "college-twice", elected=fact.elected)
                seen.add(fact.elected)

    def _college_missing(self, code: str) -> bool:
        """Whether the college of the running council must be in office by now and is not in the file."""
        if self.cycles.register.code_on(code, self.today) != code:
            return False  # it has gone, and has none of its own
        term = next((t for t in self.cycles.lane(code) if self.today in t.period), None)
        if term is None or term.election.formed:
            return False
        return self.cycles.college(term.election, Level.CERTAIN).day <= self.today

    # --- parties

    def parties(self) -> Iterator[Problem]:
        for municipality in self.region.own_municipalities:
            for recess in (*municipality.recess_added, *municipality.recess_replaced):
                yield from self._source(recess.source, recess.mark, "recess")
            gone = self.register.merger_of(municipality.code)
            if gone and gone.day <= self.today:
                place = municipality.mark.at("code")
                yield self._warning(place, "municipality-gone", code=municipality.code, day=gone.day, into=gone.new)
            regions = self.register.holiday_regions(municipality.code)
            if len(regions) > 1 and "holiday_region" not in municipality.mark.keys:
                place = municipality.mark.at("code")
                yield self._warning(
                    place, "split-holiday-region", code=municipality.code, used=municipality.holiday_region
                )
        for partnership in self.region.partnerships.values():
            if not partnership.municipalities:
                yield self._warning(partnership.mark.at("code"), "no-municipalities", code=partnership.code)

    # --- kinds of plan

    def kinds(self) -> Iterator[Problem]:
        """A kind of the region's own whose steps do not fit before a plan's first day, whenever that is."""
        for kind in self.region.kinds.values():
            if kind.steps and kind.mark is not NOWHERE:
                first = tightest_start(kind)
                try:
                    schedule_by_kind(first, kind, self.law)
                except CycleplanError as error:
                    place = kind.mark.at("steps")
                    yield self._error(place, "impossible-kind", kind=kind.id, first=first, **error.values)

    # --- plans

    def plans(self) -> Iterator[Problem]:
        impossible = set()
        for plan in self.region.all_plans:
            yield from self._source(plan.source, plan.mark, "plan")
            try:
                made = schedule(plan, self.region, self.law, self.register.workdays)
            except CycleplanError as error:
                place = plan.mark.place
                if error.code == "impossible-procedure":
                    if not plan.kind.is_support_plan:
                        continue  # told of its kind
                    place = self.region.partnerships[plan.owner].mark.at("procedure")
                    impossible.add(plan.owner)
                yield self._error(place, error.code, **error.values)
                continue
            yield from self._facts(plan)
            if plan.kind.is_support_plan:
                yield from self._support_plan(plan)
            if made:
                yield from self._order(plan, made)
        for partnership in self.region.partnerships.values():
            yield from self._sequence(partnership)
            if partnership.code not in impossible:
                yield from self._procedure(partnership)

    def _facts(self, plan: Plan) -> Iterator[Problem]:
        """Days of the plan that cannot be, or hardly."""
        for key, facts in plan.facts.items():
            for fact in facts:
                if plan.last and fact.day > plan.last.day:
                    yield self._warning(plan.mark.at(key), "after-the-plan", day=fact, last=plan.last)
                elif plan.status is Status.ACTUAL and fact.day > self.region.revised and not fact.month_only:
                    yield self._warning(plan.mark.at(key), "actual-in-future", day=fact, revised=self.region.revised)

    def _procedure(self, partnership: Partnership) -> Iterator[Problem]:
        """A procedure that does not fit in one of the coming years is told even where no plan begins in it."""
        # The law on support plans is known from the plans of 2014 on. Of four years one has a day more.
        coming = max(SchoolYear.on(self.today).start + 1, 2014)
        for year in range(coming, coming + 4):
            first = SchoolYear(year).period.first
            try:
                schedule_support_plan(first, partnership, self.law, self.register.workdays)
            except CycleplanError as error:
                plan = f"{partnership.code}/{SUPPORT_PLAN}/{first}"
                yield self._error(partnership.mark.at("procedure"), error.code, plan=plan, **error.values)
                return

    def _support_plan(self, plan: Plan) -> Iterator[Problem]:
        basis = self._basis("plan_length", plan)
        if plan.first.day != SchoolYear.on(plan.first.day).period.first:
            place = plan.mark.at("first")
            yield self._warning(place, "not-a-school-year", first=plan.first, basis=self._basis("school_year", plan))
        if plan.last:
            months = months_between(plan.first.day, plan.last.day + DAY)
            if months > 48:
                yield self._warning(plan.mark.place, "longer-than-four-years", months=months, basis=basis)
            elif months < 48:
                yield self._warning(plan.mark.place, "shorter-than-four-years", months=months, basis=basis)

    def _basis(self, gives: str, plan: Plan) -> str:
        return self.law.giving(gives, plan.first.day, self._sector(plan)).key

    def _sector(self, plan: Plan) -> str | None:
        partnership = self.region.partnerships.get(plan.owner)
        return partnership.sector if partnership else None

    def _order(self, plan: Plan, made: Schedule) -> Iterator[Problem]:
        """What happened against what the law asks: first the OOGO and the consent of the OPR, then the adoption."""
        adopted = plan.adopted[0] if plan.adopted else None
        for key, rule in (("oogo", "adopted-before-oogo"), ("opr", "adopted-before-opr")):
            done = getattr(plan, key)
            basis = made.steps[key].basis if key in made.steps else None
            if basis and adopted and done and not adopted.month_only and adopted.day < _earliest(done[0]):
                yield self._warning(plan.mark.at("adopted"), rule, adopted=adopted, done=done[0], basis=basis)
        if made.deadline is None:
            return
        yield from self._not_in_file(plan, made)
        limit, basis = made.deadline.day, made.deadline.basis
        for key in ("oogo", "opr"):
            done = getattr(plan, key)
            if done and done[0].day > limit and not adopted:  # else the adoption is late, or comes before it
                values = {"step": key, "day": done[0], "limit": limit, "basis": basis}
                yield self._warning(plan.mark.at(key), "step-after-deadline", **values)
        if adopted and adopted.day > limit:
            yield self._warning(
                plan.mark.at("adopted"), "adopted-after-deadline", day=adopted, limit=limit, basis=basis
            )
        if plan.submitted and plan.submitted[0].day > limit:
            day = plan.submitted[0]
            yield self._warning(
                plan.mark.at("submitted"), "submitted-after-deadline", day=day, limit=limit, basis=basis
            )

    def _not_in_file(self, plan: Plan, made: Schedule) -> Iterator[Problem]:
        """An adopted plan of which the file does not tell what the law asks for before the adoption."""
        if plan.status is not Status.ACTUAL or not plan.adopted:
            return
        missing = tuple(key for key in ("oogo", "opr") if not getattr(plan, key) and key not in plan.mark.keys)
        if missing:
            bases = tuple(dict.fromkeys(made.steps[key].basis for key in missing))
            yield self._warning(plan.mark.at("adopted"), "step-not-in-file", missing=missing, bases=bases)

    def _sequence(self, partnership: Partnership) -> Iterator[Problem]:
        own = [p for p in partnership.plans if p.kind.is_support_plan and p.last]
        for earlier, later in pairwise(own):
            assert earlier.last
            if later.first.day <= earlier.last.day:
                yield self._warning(later.mark.place, "plans-overlap", first=later.first, last=earlier.last)
            elif later.first.day > earlier.last.day + DAY:
                basis = self._basis("plan_length", later)
                first, last = earlier.last.day + DAY, later.first.day - DAY
                yield self._warning(later.mark.place, "gap-between-plans", first=first, last=last, basis=basis)

    # --- agreements

    def agreements(self) -> Iterator[Problem]:
        for agreement in self.region.agreements:
            yield from self._source(agreement.source, agreement.mark, "agreement")
            if agreement.status is Status.ACTUAL and not (agreement.first and agreement.last):
                yield self._warning(agreement.mark.place, "agreement-without-dates", name=agreement.name)


def _earliest(fact: FactDate) -> date:
    """The first day on which it can have been."""
    return fact.day.replace(day=1) if fact.month_only else fact.day
