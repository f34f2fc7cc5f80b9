"""A site: per region its page with what stands beside it, and an index that sets the regions side by side.

All links between its files are relative, so that it works from a folder and at any address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cycleplan.alignment import Alignment
from cycleplan.assessment import Assessment, Verdict
from cycleplan.brief import Brief
from cycleplan.daterules import Status
from cycleplan.errors import Problem
from cycleplan.outputs import chart, memo, page, records, templating
from cycleplan.outputs.calendar import index as feeds
from cycleplan.outputs.memo import html
from cycleplan.outputs.page import Link
from cycleplan.outputs.records.propose import propose
from cycleplan.outputs.styling import styled
from cycleplan.proposals import Proposals
from cycleplan.region import EVERYONE
from cycleplan.timeline import Timeline
from cycleplan.wording.words import Words

INDEX, FEEDS, DRAWING, MEMO = "index.html", "agenda", "timeline.svg", "afstemmingsmemo"
ANSWERS = ("check", "windows", "propose", "timeline")  # what it has as JSON, each named after its command
_SIGNS = {Verdict.IN_STEP: "✓", Verdict.AT_RISK: "▲", Verdict.OUT_OF_STEP: "✕"}


class Told(NamedTuple):
    """A region with all that its files tell; the page, the drawing, the memo and the JSON are of one *brief*."""

    brief: Brief
    timeline: Timeline
    proposals: Proposals
    whole: Alignment  # over the default horizon, which the proposals are about
    problems: Sequence[Problem]
    words: Words
    source: records.Source | None = None  # without its text: what is published of a region is not its file

    @property
    def alignment(self) -> Alignment:
        """What all of it is about."""
        return self.brief.alignment

    @property
    def address(self) -> str:
        """The address of its feeds, if it is known."""
        return self.alignment.region.publication.url or ""


def pages(told: Told, version: str, style: str = "") -> dict[str, str]:
    """The files of a region by name, without its feeds; *style* is CSS of whoever publishes it."""
    alignment, timeline, words = told.alignment, told.timeline, told.words
    region = alignment.region
    piece = memo.write(told.brief, words.lang, version)
    with_oogo = [a for a in alignment.assessments if a.consultation]
    answers = (
        records.check(region, alignment.today, told.problems, words, alignment, told.source),
        records.windows(alignment, with_oogo, words),
        propose(told.proposals, told.whole, words),
        records.timeline(timeline, alignment, words),
    )
    return {
        INDEX: page.render(timeline, told.brief, words, version, style, list(_beside(told))),
        DRAWING: chart.render(timeline, region.name, region.revised, words),
        f"{MEMO}.html": html.render(piece),
        f"{MEMO}.md": piece.text,
        **{f"{name}.json": records.dumps(answer) for name, answer in zip(ANSWERS, answers, strict=True)},
    }


def _beside(told: Told) -> Iterator[Link]:
    """What stands beside the page of a region."""
    say, everyone = told.words.say, feeds.file_name(EVERYONE, told.alignment.region, told.alignment.register)
    yield Link(say("site.all"), f"../{INDEX}")
    yield Link(say("site.feeds"), f"{FEEDS}/{feeds.NAME}")
    if told.address:
        yield Link(say("site.subscribe"), feeds.webcal(told.address + everyone))
        yield Link(say("site.subscribe_https"), told.address + everyone)
    else:
        yield Link(say("site.feed"), f"{FEEDS}/{everyone}")
    yield Link(say("site.memo"), f"{MEMO}.html")
    yield Link(say("site.memo_md"), f"{MEMO}.md")
    yield Link(say("site.drawing"), DRAWING)
    for name in ANSWERS:
        yield Link(say(f"site.json.{name}"), f"{name}.json")


def index(regions: Iterable[Told], words: Words, version: str, style: str = "") -> str:
    """The page that sets *regions* side by side, in the language of *words*."""
    found = list(regions)
    first = found[0].alignment
    context = {
        **styled(style, "site/style.css"),
        "lang": words.lang,
        "say": words.say,
        "title": words.say("site.title"),
        "subtitle": words.say("site.subtitle", regions=words.count(len(found), "region"), today=first.today),
        "regions": [_row(told, Words(words.lang, told.alignment.law, told.alignment.region)) for told in found],
        "version": version,
        "law_revised": first.law.revised,
    }
    return templating.render(templating.html_environment(), "site/index.html", context)


def _row(told: Told, words: Words) -> dict[str, Any]:
    alignment, brief = told.alignment, told.brief
    region = alignment.region
    unknown = [words.say("site.unknown", owner=words.party(u.owner)) for u in alignment.unknown_plans]
    coming = [words.task(task, whole=True) for task in brief.coming[:1]]
    return {
        "name": region.name,
        "href": f"{region.id}/{INDEX}",
        "municipalities": len(region.own_municipalities),
        "partnerships": len(region.partnerships),
        "late": [words.task(task, whole=True) for task in brief.overdue],
        "next": coming or ([] if brief.overdue else [words.say("screen.next_none")]),
        "plans": [_judged(a, words) for a in alignment.shown] + [{"sign": "", "text": text} for text in unknown],
        "window": _window(told, words),
        "note": words.formation_note() or "",
        "election": _election(brief, words),
        "revised": words.day(region.revised),
    }


def _judged(a: Assessment, words: Words) -> dict[str, str]:
    name = words.plan(a.plan)
    plan = words.say("plan.expected", plan=name) if a.plan.status is Status.EXPECTED else name
    text = words.say("site.judged", plan=plan, verdict=words.verdict(a.verdict))
    return {"sign": _SIGNS[a.verdict] if a.verdict else "", "text": text}


def _window(told: Told, words: Words) -> str:
    """What is left of the next likely window of the whole region that counts."""
    found = told.alignment.next_for_everyone()
    if found is None:
        return words.say("site.no_window", last=told.timeline.period.last)
    left, known = found
    return words.span(left) + ("" if known else words.say("chart.holidays_unknown"))


def _election(brief: Brief, words: Words) -> str:
    """The next polling day, and in how many municipalities."""
    days = [election.elected.day for election in brief.next_elections]
    if not days:
        return "–"
    municipalities = words.count(days.count(min(days)), "municipality")
    return words.say("site.in", elected=min(days), municipalities=municipalities)
