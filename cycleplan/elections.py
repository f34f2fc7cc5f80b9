"""An election makes a council: its days follow from the law, from mergers, and from what a region file knows.

Regular elections come from the Kieswet by its date; those because of a merger, and the regular ones that they
take the place of, from the Wet arhi. What happened or was decided wins over what is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from cycleplan.daterules import AtMost, Dated, Ground, Status
from cycleplan.law import Law
from cycleplan.region import CouncilFact, FactDate, Municipality
from cycleplan.register import MergerElection, Register

FIRST_ELECTION, ELECTION_EVERY = 2010, 4  # Kieswet C 4 lid 1; 2010 is the first under a known rule


class Fall(NamedTuple):
    """A college that fell within the term: standstill from *fell* to the day before the *next* college."""

    fell: Dated
    next: Dated


class Election(NamedTuple):
    """The election of one council, with the college that came of it.

    *formed* is the day of the college if it is known or set by law; otherwise the day is estimated.
    """

    municipality: str
    nominated: Dated
    elected: Dated
    first: Dated
    formed: Dated | None
    observed: bool
    falls: tuple[Fall, ...] = ()
    merger: date | None = None
    by_rule: date | None = None  # the polling day that law and register give, if the file moved it

    @property
    def id(self) -> str:
        """Stable name of the council: municipality and polling day."""
        return f"{self.municipality}/council/{self.elected.day}"

    @property
    def identity(self) -> str:
        """As ``id``, but by the day of the law: moving an election makes no other council of it."""
        return f"{self.municipality}/council/{self.by_rule or self.elected.day}"


class Elections:
    """The elections of municipalities, up to and including *last_year*, with what a region file knows of them."""

    def __init__(
        self, municipalities: Mapping[str, Municipality], register: Register, law: Law, last_year: int
    ) -> None:
        self._municipalities = municipalities
        self._register = register
        self._law = law
        self._workdays = register.workdays
        self._last_year = last_year
        self._elections: dict[str, tuple[Election, ...]] = {}
        self._regular: tuple[Election, ...] | None = None

    def regular_elections(self) -> tuple[Election, ...]:
        """The regular council elections of the country (Kieswet F 1, J 1, C 4), without a municipality."""
        if self._regular is None:
            years = range(FIRST_ELECTION, self._last_year + 1, ELECTION_EVERY)
            self._regular = tuple(self._regular_election(year) for year in years)
        return self._regular

    def _regular_election(self, year: int) -> Election:
        on = date(year, 1, 1)
        nominated = self._law.giving("nomination", on).in_year(year, self._workdays)
        elected = self._law.giving("polling", on).after(nominated, self._workdays)
        first = self._law.giving("first_sitting", on).in_year(year, self._workdays)
        source = self._register.council_elections.get(elected.day)
        if source:
            fact = Ground("held", elected.day, values={"source": source})
            elected = Dated(elected.day, Status.ACTUAL, (*elected.trace, fact))
            nominated, first = (d._replace(status=Status.ACTUAL) for d in (nominated, first))
        return Election("", nominated, elected, first, None, observed=False)

    def of(self, code: str) -> tuple[Election, ...]:
        """The elections of the councils of one municipality code, by first sitting, with what the file knows."""
        if code not in self._elections:
            self._elections[code] = tuple(self._with_facts(code, e) for e in self._computed(code))
        return self._elections[code]

    def _computed(self, code: str) -> list[Election]:
        known = self._register.municipalities[code]
        own = self._register.merger_elections.get(code, [])
        merger = [self._merger_election(m) for m in own]
        skipped = {day for m in own for day in self._skipped(m)} - {m.takes_part for m in own}
        gone = self._register.merger_of(code)
        if gone:
            for m in self._register.merger_elections.get(gone.new, []):
                if m.effective == gone.day:
                    # The people of a municipality that goes vote for the new council, not for their own again.
                    skipped |= self._skipped(m) | {self._merger_election(m).elected.day}
        same_day = {e.elected.day for e in merger}
        regular = [
            e._replace(municipality=code)
            for e in self.regular_elections()
            if known.exists_on(e.elected.day) and e.elected.day not in skipped | same_day
        ]
        renamed = [m.old for m in self._register.predecessors(code) if m.kind == "rename"]
        before = [e._replace(municipality=code) for old in renamed for e in self.of(old)]
        return sorted([*before, *merger, *regular], key=lambda e: e.first.day)

    def computed_days(self, code: str) -> list[date]:
        """The polling days that law and register give for a municipality, whatever the file says."""
        return [e.elected.day for e in self._computed(code)]

    def _skipped(self, m: MergerElection) -> set[date]:
        """The regular elections that a merger takes the place of (Wet arhi 56a, 56b, 56e)."""
        if m.skips:
            return {m.skips}
        if m.regime != "arhi":
            return set()
        within = self._law.giving("merger_skips", m.effective).rule
        assert isinstance(within, AtMost)
        limit = within.until(m.effective, self._workdays)
        postponed_from = date(m.effective.year - 1, 1, 1)
        return {
            e.elected.day
            for e in self.regular_elections()
            if m.effective <= e.elected.day <= limit
            or (postponed_from <= e.elected.day < m.effective and self._postpones(e.elected.day))
        }

    def _postpones(self, polling: date) -> bool:
        # A merger on 1 January after an election year: its bill was lodged in the last months of the year
        # before, and the old councils sit until the merger (Wet arhi 56a, 56b, in force at that election).
        return bool(self._law.giving("merger_postpones", polling))

    def _merger_election(self, m: MergerElection) -> Election:
        fact = Ground("merger", m.effective, values={"source": m.source})
        if m.regime == "arhi":
            year = m.effective.year - 1
            nominated = self._law.giving("merger_nomination", date(year, 10, 5)).in_year(year, self._workdays)
            elected = self._law.giving("merger_polling", date(year, 10, 5)).after(nominated, self._workdays)
        if m.elected:
            elected = Dated(m.elected, m.status, (Ground("published", m.elected, values={"source": m.source}),))
        if m.nominated:
            nominated = Dated(
                m.nominated, Status.EXPECTED, (Ground("published", m.nominated, values={"source": m.source}),)
            )
        if m.first_sitting:
            first = Dated(m.first_sitting, m.status, (fact,))
        else:
            rule = self._law.giving("merger_first_sitting", m.effective)
            first = rule.after(Dated(m.effective, m.status, (fact,)), self._workdays)
        appointed = None
        if m.regime != "own-act":  # Wet arhi 56 lid 3: the aldermen are appointed at the first sitting
            appointed = Dated(first.day, first.status, (*first.trace, Ground("appointed", first.day)))
        return Election(m.municipality, nominated, elected, first, appointed, observed=False, merger=m.effective)

    def _with_facts(self, code: str, election: Election) -> Election:
        municipality = self._municipalities.get(code)
        facts = _facts_about(municipality, election)
        for fact in facts:
            if fact.replaces:
                election = _moved(election, fact)
            election = _with_days(election, fact)
        known = self._register.colleges.get((code, election.elected.day))
        formed = next((f for f in facts if f.college_formed and not f.fell), None)
        if formed and formed.college_formed:
            election = election._replace(observed=True, formed=_fact(formed.college_formed, formed, code))
        elif known:
            ground = Ground("college", known.day, values={"source": known.source, "municipality": code})
            election = election._replace(observed=True, formed=Dated(known.day, known.status, (ground,)))
        falls = [
            Fall(_fact(f.fell, f, code), _fact(f.college_formed, f, code))
            for f in facts
            if f.fell and f.college_formed and f.fell.day < f.college_formed.day
        ]
        falls += election.falls  # those under the old code, where only the name changed
        return election._replace(falls=tuple(sorted(falls, key=lambda fall: fall.fell.day))) if falls else election


def _facts_about(municipality: Municipality | None, election: Election) -> list[CouncilFact]:
    if municipality is None:
        return []
    moved = [f for f in municipality.councils if f.replaces == election.elected.day]
    days = {election.elected.day, *(f.elected for f in moved)}
    same = [f for f in municipality.councils if f.elected in days and not f.replaces]
    return [*moved, *same]


def _fact(day: date | FactDate, fact: CouncilFact, code: str) -> Dated:
    shown = day if isinstance(day, FactDate) else FactDate(day)
    values = {"source": fact.source, "municipality": code, "shown": shown}
    return Dated(shown.day, fact.status, (Ground("fact", shown.day, values=values),))


def _moved(election: Election, fact: CouncilFact) -> Election:
    """The election on another polling day; nomination goes with it, as many days before (Kieswet J 1)."""
    gap = election.elected.day - election.nominated.day
    day = fact.elected - gap
    ground = Ground("moved", day, values={"days": gap.days, "elected": fact.elected})
    elected = _fact(fact.elected, fact, election.municipality)
    nominated = Dated(day, fact.status, (*elected.trace, ground))
    return election._replace(elected=elected, nominated=nominated, by_rule=election.elected.day)


def _with_days(election: Election, fact: CouncilFact) -> Election:
    code = election.municipality
    if fact.nominated:
        election = election._replace(nominated=_fact(fact.nominated, fact, code))
    if fact.first:
        first = _fact(fact.first, fact, code)
        # A college that the law appoints at the first sitting goes with it.
        election = election._replace(first=first, formed=first if election.formed else None)
    return election
