"""The tables of a page: what the picture shows, and what ``check`` and ``windows`` answer as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment
from cycleplan.cycles import BY_TIME, CouncilTerm, Level
from cycleplan.daterules import Dated, Status
from cycleplan.entries import Entry
from cycleplan.outputs.page.cells import Body, Cell, Row, Table
from cycleplan.outputs.page.notes import Notes
from cycleplan.periods import Period
from cycleplan.steps import SUBMISSION
from cycleplan.timeline import Timeline
from cycleplan.windows import Availability, Window
from cycleplan.wording.words import Words

_SITE = re.compile(r"https?://(?:www\.)?([A-Za-z0-9.-]+\.[a-z]{2,})(?=[/?#\s]|$)")
_LONGEST = 24  # letters of a source in a table


class Tables:
    """Makes the tables of one page; *notes* collects how their dates came about."""

    def __init__(self, alignment: Alignment, timeline: Timeline, words: Words, notes: Notes) -> None:
        self._alignment = alignment
        self._timeline = timeline
        self._words = words
        self._notes = notes

    def all(self) -> list[Table]:
        """The tables that have something to show, in their order."""
        made = (
            self._table("plans", [Body("", tuple(self._plan(a) for a in self._alignment.assessments))]),
            self._table("steps", [self._steps(a) for a in self._alignment.assessments if a.schedule]),
            self._table("windows", [b for a in self._alignment.assessments if (b := self._windows(a)).rows]),
            self._table("together", [self._together()]),
            self._table("councils", [Body("", tuple(self._councils()))]),
            self._coverage(),
            self._table("agreements", [Body("", tuple(self._agreements()))]),
            self._table("beside", [Body("", tuple(self._beside()))]),
            self._table("recess", [Body("", tuple(self._recesses()))]),
        )
        return [table for table in made if any(body.rows for body in table.bodies)]

    def _table(self, id: str, bodies: Iterable[Body]) -> Table:
        words = self._words
        heads = tuple(words.sentence(words.say(f"column.{name}")) for name in _COLUMNS[id])
        return Table(f"table-{id}", words.say(f"table.{id}"), heads, tuple(bodies))

    def _day(self, day: date) -> str:
        return self._words.short_day(day, True)

    def _dated(self, dated: Dated) -> Cell:
        return Cell(self._day(dated.day), self._notes.refer(dated))

    # --- plans

    def _plan(self, a: Assessment) -> Row:
        words, plan = self._words, a.plan
        decisions = (f"{words.short_day(d.fact or d.day, True)} ({words.status(d.dated.status)})" for d in a.decisions)
        cells = (
            Cell(words.plan(plan)),
            Cell(words.kind(plan)),
            Cell(words.short_day(plan.first, True)),
            Cell(words.short_day(plan.last, True) if plan.last else words.say("unknown")),
            Cell(words.status(plan.status)),
            Cell(words.verdict(a.verdict), style=a.verdict.value if a.verdict else ""),
            Cell(words.percent(a.coverage_lowest)),
            Cell(words.percent(a.coverage_mean)),
            Cell("–" if a.lag_lowest is None else str(a.lag_lowest)),
            Cell(str(sum(w.counts for w in a.windows(Level.LIKELY)))),
            Cell(str(a.longest_likely_days or 0)),
            Cell("; ".join(decisions) or "–"),
            self._source(plan.source),
        )
        return Row(cells, plan.id, (a.plan.owner,))

    def _source(self, source: str | None) -> Cell:
        """The name of the site that a source is on, or its beginning; the note has all of it."""
        if source is None:
            return Cell("–")
        site = _SITE.match(source)
        short = site[1] if site else source if len(source) <= _LONGEST else f"{source[:_LONGEST].rstrip()}…"
        return Cell(short, self._notes.source(self._words.say("event.source", source=source)))

    def _steps(self, a: Assessment) -> Body:
        words = self._words
        rows: list[Row] = []
        assert a.schedule
        practical = a.schedule.last_working_day
        for step in a.schedule.steps.values():
            latest = self._dated(step.latest)
            if step.name == SUBMISSION and practical and practical < step.latest.day:
                text = words.say("page.practical", day=latest.text, practical=self._day(practical))
                latest = latest._replace(text=text)
            cells = (
                Cell(words.sentence(words.step(step.name, step.title))),
                self._dated(step.earliest),
                latest,
                Cell(words.status(step.status)),
                Cell(words.article(step.basis) or "–"),
            )
            name = () if rows else (Cell(words.plan(a.plan), rows=len(a.schedule.steps)),)
            rows.append(Row((*name, *cells)))
        return Body(f"{a.plan.id}/steps", tuple(rows), (a.plan.owner,))

    def _coverage(self) -> Table:
        """Which part of each plan falls under the council that decided, by municipality."""
        judged = [a for a in self._alignment.assessments if a.per_municipality]
        codes = list(dict.fromkeys(m.code for a in judged for m in a.per_municipality))
        rows = []
        for a in judged:
            own = {m.code: self._words.percent(m.coverage) for m in a.per_municipality}
            cells = [Cell(self._words.plan(a.plan)), *(Cell(own.get(code, "")) for code in codes)]
            rows.append(Row(tuple(cells), "", (a.plan.owner,)))
        heads = (self._words.sentence(self._words.say("column.plan")), *(self._words.party(code) for code in codes))
        return Table("table-coverage", self._words.say("table.coverage"), heads, (Body("", tuple(rows)),))

    # --- windows

    def _windows(self, a: Assessment) -> Body:
        by_days = [(window, level) for level in BY_TIME for window in a.windows(level)]
        name = Cell(self._words.plan(a.plan))
        rows = (Row((name, *cells)) for cells in self._window_cells(by_days, a.availability))
        return Body("", tuple(rows), (a.plan.owner,))

    def _together(self) -> Body:
        region, area = self._alignment.region, self._alignment.whole_area()
        found: list[tuple[Window, Level]] = []
        for level in BY_TIME if area else ():
            assert area
            least = region.policy.min_window_days
            found += [(window, level) for window in area.windows(self._alignment.horizon, level, least)]
        cells = self._window_cells(found, area, horizon=True) if area else ()
        return Body(f"{region.id}/windows", tuple(map(Row, cells)))

    def _window_cells(
        self, found: list[tuple[Window, Level]], area: Availability, horizon: bool = False
    ) -> Iterator[tuple[Cell, ...]]:
        """A run of days a row; of levels that differ in nothing else only the most certain is named."""
        alike: dict[tuple[Period, bool, str, str], list[Level]] = {}
        for window, level in found:
            edges = (self._words.edge(window.opens, True, horizon), self._words.edge(window.closes, False, horizon))
            alike.setdefault((window.period, window.counts, *edges), []).append(level)
        words = self._words
        for (period, counts, opens, closes), same in sorted(alike.items()):
            # What is certain is likely and possible as well.
            unknown = "" if area.recess_known(period) else words.say("chart.holidays_unknown")
            yield (
                Cell(self._day(period.first)),
                Cell(self._day(period.last)),
                Cell(str(period.days)),
                Cell(words.say(f"certainty.{same[-1].value}") + unknown),
                Cell(words.say("answer.yes" if counts else "answer.no")),
                Cell(opens),
                Cell(closes),
            )

    # --- municipalities

    def _councils(self) -> Iterator[Row]:
        """A row per council; municipalities with the same days, for the same reasons, share one."""
        shown = {lane.id for lane in self._timeline.lanes}
        alike: dict[tuple[Cell, ...], list[CouncilTerm]] = {}
        for term in self._alignment.councils:
            if term.election.municipality in shown:
                alike.setdefault(self._council(term), []).append(term)
        for cells, terms in sorted(alike.items(), key=lambda pair: pair[1][0].period):
            codes = [term.election.municipality for term in terms]
            name = self._words.row(self._words.party(code) for code in codes)
            first, *others = (term.election.id for term in terms)
            yield Row((Cell(name), *cells), first, tuple(codes), tuple(others))

    def _council(self, term: CouncilTerm) -> tuple[Cell, ...]:
        e, cycles = term.election, self._alignment.cycles
        colleges = [cycles.college(e, level) for level in BY_TIME]
        if e.formed:
            college = [Cell("–"), Cell(self._day(e.formed.day), self._notes.refer(e.formed)), Cell("–")]
        else:
            college = [self._dated(dated) for dated in colleges]
        return (
            self._dated(e.nominated),
            self._dated(e.elected),
            self._dated(e.first),
            Cell(self._day(term.period.last)),
            *college,
            Cell(self._words.status(e.elected.status)),
            Cell(self._words.status(colleges[1].status)),
        )

    def _recesses(self) -> Iterator[Row]:
        """A row per recess; who has the same one shares it."""
        alike: dict[tuple[Period, str, Status, str], list[Entry]] = {}
        for e in self._timeline.entries:
            if e.kind == "recess":
                alike.setdefault((e.period, e.values["name"], e.status, e.source or ""), []).append(e)
        everyone = {lane.id for lane in self._timeline.lanes if lane.kind == "municipality"}
        for (period, name, status, source), found in sorted(alike.items()):
            codes = tuple(dict.fromkeys(e.lane for e in found))
            all_of_them = set(codes) == everyone
            who = self._words.say("page.everyone") if all_of_them else self._words.row(map(self._words.party, codes))
            cells = (
                Cell(self._words.sentence(self._words.say(f"holiday.{name}"))),
                Cell(self._day(period.first)),
                Cell(self._day(period.last)),
                Cell(who),
                Cell(self._words.status(status)),
                self._source(source or None),
            )
            yield Row(cells, "", () if all_of_them else codes)

    # --- together

    def _agreements(self) -> Iterator[Row]:
        words, region = self._words, self._alignment.region
        ids = {id(agreement): key for key, agreement in region.dated_agreements}
        for a in region.agreements:
            cells = (
                Cell(a.name),
                Cell(words.row(words.party(p) for p in a.parties)),
                Cell(words.short_day(a.first, True) if a.first else words.say("unknown")),
                Cell(words.short_day(a.last, True) if a.last else words.say("unknown")),
                Cell(words.status(a.status)),
                Cell(words.row(words.party(p) for p in a.waiting_for) or "–"),
                Cell("; ".join(a.agreed) or "–"),
                Cell("; ".join(a.open) or "–"),
                self._source(a.source),
            )
            yield Row(cells, ids.get(id(a), ""), a.parties)

    def _beside(self) -> Iterator[Row]:
        words = self._words
        for b in self._alignment.beside:
            parallel = self._alignment.is_parallel(b.overlap)
            cells = (
                Cell(words.plan(b.other)),
                Cell(words.plan(b.support)),
                Cell(str(b.overlap.days)),
                Cell(words.percent(b.overlap.jaccard)),
                Cell(words.say("answer.yes" if parallel else "answer.no")),
            )
            yield Row(cells, "", (b.other.owner, b.support.owner))


_COLUMNS = {
    "plans": (
        "plan", "kind", "first", "last", "status", "verdict", "coverage", "mean", "lag", "windows", "longest",
        "decisions", "source",
    ),
    "steps": ("plan", "step", "earliest", "latest", "status", "ground"),
    "windows": ("plan", "first", "last", "days", "certainty", "counts", "opens", "closes"),
    "together": ("first", "last", "days", "certainty", "counts", "opens", "closes"),
    "councils": (
        "municipality", "nominated", "elected", "first", "last", "possible", "likely", "certain", "status",
        "college_status",
    ),
    "agreements": ("agreement", "parties", "first", "last", "status", "waiting", "agreed", "open", "source"),
    "beside": ("plan", "support", "shared", "jaccard", "parallel"),
    "recess": ("recess", "first", "last", "who", "status", "source"),
}  # fmt: skip
