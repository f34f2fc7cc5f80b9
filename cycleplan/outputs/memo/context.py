"""What a template of a piece can name. Days are dates; ``day`` writes them out. Documented in docs/stukken.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cycleplan.assessment import Assessment, Verdict
from cycleplan.brief import Brief, Point
from cycleplan.chair import MUNICIPALITY, PARTNERSHIP
from cycleplan.continuity import Ahead
from cycleplan.daterules import Status
from cycleplan.elections import Election
from cycleplan.law import plan_subjects
from cycleplan.outputs import accounts
from cycleplan.outputs.calendar.index import file_name
from cycleplan.outputs.templating import Marked, markdown
from cycleplan.periods import Period
from cycleplan.region import EVERYONE, Agreement
from cycleplan.steps import DRAFT
from cycleplan.wording.briefing import Briefing
from cycleplan.wording.words import Words


class Notes:
    """The footnotes of a piece, numbered as they are first referred to; the same text is one note."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def refer(self, text: str) -> Marked:
        """The reference to a footnote with *text*; none for an empty one."""
        if not text:
            return Marked("")
        number = self._numbers.setdefault(markdown(text), len(self._numbers) + 1)
        return Marked(f"[^{number}]")

    def __str__(self) -> str:
        return "\n".join(f"[^{number}]: {text}" for text, number in self._numbers.items())


class Tables:
    """The captions of a piece's tables, numbered through."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._count = 0

    def caption(self, text: str) -> Marked:
        """The caption of the next table: a paragraph of emphasis."""
        self._count += 1
        return Marked(f"*{self._words.say('memo.table', number=self._count, caption=markdown(text))}*")


def gap(text: str) -> Marked:
    """What is left for the author, as a mark that stands out."""
    return Marked(f"**[{markdown(text)}]**")


def context(brief: Brief, lang: str, version: str, type: str, is_for_council: bool) -> dict[str, Any]:
    """What a template can name for a piece of *type*."""
    alignment, region = brief.alignment, brief.region
    words = Words(lang, alignment.law, region, brief.chair)
    plain = Words(lang, alignment.law, region)
    says = Briefing(brief, words, is_for_council)
    tables = Tables(words)
    who = plain.whole_party(brief.chair or region.id)
    points = [p for p in brief.points if _belongs(p, type, is_for_council)]
    return {
        "day": plain.day,
        "gap": gap,
        "table": tables.caption,
        "lang": words.lang,
        "type": type,
        "title": plain.say("memo.title", type=plain.say(f"memo.type.{type}"), who=who),
        "subject": plain.say("memo.subject"),
        "version": version,
        "region": region.name,
        "region_id": region.id,
        "today": alignment.today,
        "revised": region.revised,
        "law_revised": alignment.law.revised,
        "chair": {"kind": brief.kind, "code": brief.chair or "", "name": who},
        "partnerships": [_partnership(code, brief, plain) for code in brief.partnerships],
        "municipalities": [plain.party(code) for code in brief.municipalities],
        "row": plain.row,
        "span": lambda first, last: plain.span(Period(first, last)),
        "count": plain.count_in_words,
        "key_message": " ".join(says.key_message()),
        "why_now": words.sentence(says.why_now()),
        "missing": accounts.missing(brief, words),
        "points": [_point(number, point, says) for number, point in enumerate(points, 1)],
        "plans": [_plan(a, says, words, plain) for a in brief.plans],
        "in_step_share": plain.share(region.policy.in_step_coverage),
        "objections": [*says.objections(), *accounts.procedures(brief, words)],
        "alternatives": [
            {
                "who": plain.row(a.partnerships),
                "sentence": says.alternatives_sentence(a),
                "result": says.result(a),
                "choice": a.recommended is not a.unchanged and bool(a.recommended.plans),
                "rows": [row._asdict() for row in says.alternative_rows(a)] if a.recommended.plans else [],
            }
            for a in brief.alternatives
        ],
        "goal": region.policy.goal,
        "tasks": [_task(t, words) for t in brief.coming],
        "if_adopted": says.if_adopted(),
        "councils": [_council(election, brief, plain) for election in brief.next_elections],
        "consultations": [_consultation(a, brief, says, words, plain) for a in brief.consultations],
        "ahead": [words.sentence(says.ahead(ahead)) for ahead in brief.ahead],
        "election": brief.election.elected.day if brief.election else None,
        "agreements": [_agreement(a, brief, words) for a in brief.agreements],
        "calendar_url": _calendar_address(brief),
        "facts": accounts.facts(brief, plain),
        "assumed": accounts.assumed(brief, plain),
        "not_computed": accounts.not_computed(brief, plain),
        "formation_note": plain.formation_note() or "",
        "provisions": accounts.provisions(brief, plain),
    }


def _belongs(point: Point, type: str, is_for_council: bool) -> bool:
    """Whether a point is for who reads a piece: a council does not ask for data, and only a college informs it."""
    if point.code == "inform":
        return type == "collegevoorstel"
    return not (point.code == "complete" and is_for_council)


def _partnership(code: str, brief: Brief, plain: Words) -> dict[str, Any]:
    found = brief.region.partnerships[code]
    area = [plain.party(c) for c in found.municipalities]
    return {"code": code, "name": plain.whole_party(code), "sector": found.sector, "municipalities": area}


def _point(number: int, point: Any, says: Briefing) -> dict[str, Any]:
    claims = [{"number": f"{number}.{i}", **says.claim(claim)._asdict()} for i, claim in enumerate(point.claims, 1)]
    return {"number": number, "code": point.code, "text": says.point(point), "claims": claims}


def _plan(a: Assessment, says: Briefing, words: Words, plain: Words) -> dict[str, Any]:
    window = a.longest_window
    own = says.brief.coverage(a) if says.brief.kind == MUNICIPALITY else None
    return {
        "name": plain.plan(a.plan),
        "owner": plain.whole_party(a.plan.owner),
        "first": a.plan.first.day,
        "last": a.plan.last.day if a.plan.last else None,
        "status": plain.status(a.plan.status),
        "verdict": plain.verdict(a.verdict),
        "code": a.verdict.value if a.verdict else "",
        "coverage": plain.percent(a.coverage_lowest),
        "own_coverage": plain.percent(own),
        "sentence": words.sentence(words.plan_sentence(a, says.brief.alignment.today)),
        "reasons": [words.sentence(words.reason(r)) for r in a.reasons],
        "calculation": says.coverage_note(a) if a.verdict else "",
        "window": _window(window, window) if window else None,
        "needs_attention": a.verdict in (Verdict.AT_RISK, Verdict.OUT_OF_STEP),
    }


def _window(left: Period, whole: Period) -> dict[str, Any]:
    """What is left of a window; its number of days where that is all of it."""
    return {"first": left.first, "last": left.last, "days": whole.days if left == whole else 0}


def _task(t: Any, words: Words) -> dict[str, Any]:
    return {
        "date": t.date,
        "who": words.sentence(words.who(t)),
        "what": words.task(t),
        "ground": words.article(t.basis) or ("" if t.status is Status.ASSUMED else words.status(t.status)),
        "assumed": t.status is Status.ASSUMED,
    }


def _council(e: Election, brief: Brief, plain: Words) -> dict[str, Any]:
    """The next election of a council, and when its college is likely there."""
    own = [a for a in brief.consultations if e.municipality in a.municipalities]
    return {
        "name": plain.party(e.municipality),
        "nominated": e.nominated.day,
        "elected": e.elected.day,
        "college": brief.alignment.cycles.college(e).day,
        "plans": plain.row(plain.plan(a.plan) for a in own),
    }


def _consultation(a: Assessment, brief: Brief, says: Briefing, words: Words, plain: Words) -> dict[str, Any]:
    """An OOGO that is to come: when, with whom, about what, and which papers by when."""
    assert a.schedule
    partnership = brief.region.partnerships[a.plan.owner]
    window, oogo = brief.window(a), a.schedule.steps["oogo"]
    contents = brief.alignment.law.giving("contents", oogo.latest.day, partnership.sector)
    return {
        "plan": plain.plan(a.plan),
        "expected": a.plan.status is Status.EXPECTED,
        "owner": plain.whole_party(a.plan.owner),
        "sector": partnership.sector,
        "municipalities": [plain.party(code) for code in a.municipalities],
        "sentence": words.sentence(plain.plan_sentence(a, brief.alignment.today)),
        "first": oogo.earliest.day,
        "latest": oogo.latest.day,
        "assumed": oogo.latest.status is Status.ASSUMED,
        "window": _window(brief.still_open(window), window.period) if window else None,
        "why": " ".join(words.trace(oogo.latest.trace)),
        "article": words.article(oogo.basis),
        "subjects": [words.sentence(subject[words.lang]) + "." for subject in plan_subjects()],
        "subjects_article": words.in_brackets(words.article(contents.key)),
        "subjects_note": contents.note.get(words.lang, ""),
        "papers": [_paper(step, a, words) for step in a.schedule.steps.values()],
        "checklist": [words.checklist(item) for item in a.checklist],
    }


def _paper(step: Any, a: Assessment, words: Words) -> dict[str, Any]:
    return {
        "step": step.name,
        "what": words.sentence(words.step(step.name, step.title)),
        "date": step.asked.day,
        "ground": words.article(step.basis),
        "assumed": step.asked.status is Status.ASSUMED,
        "is_draft": step.name == DRAFT,
    }


def _agreement(a: Agreement, brief: Brief, words: Words) -> dict[str, Any]:
    """An agreement, how it stands to the next election, and what could be done; its gaps have their own sentence."""
    aheads: Iterable[Ahead] = brief.ahead
    standings = [s for ahead in aheads for told, how in ahead.standings if told is a for s in how]
    elected = {ahead.elected for ahead in aheads}
    milestones = (m for m in brief.alignment.milestones if m.agreement is a and m.elected in elected)
    return {
        "name": a.name,
        "parties": words.row(_party(p, brief, words) for p in a.parties),
        "agreed": a.agreed,
        "open": a.open,
        "dated": bool(a.first and a.last),
        "first": a.first.day if a.first else None,
        "last": a.last.day if a.last else None,
        "period": f"{words.day(a.first)} {words.say('until')} {words.day(a.last)}" if a.first and a.last else "",
        "waiting": words.row(words.party(p) for p in a.waiting_for),
        "standings": [words.standing(s) for s in standings if s.how not in ("no_dates", "not_adopted")],
        "suggestions": [words.milestone(m) for m in milestones],
    }


def _party(code: str, brief: Brief, words: Words) -> str:
    """A party of an agreement; of one that has gone, with what it went into."""
    into = brief.alignment.register.code_on(code, brief.alignment.today) if code.startswith("GM") else code
    if into == code:
        return words.party(code)
    return words.say("memo.party_since", name=words.party(code), into=words.party(into))


def _calendar_address(brief: Brief) -> str:
    """Where whoever speaks subscribes to its calendar; empty where it is not published."""
    url = brief.region.publication.url
    audience = brief.chair if brief.kind in (MUNICIPALITY, PARTNERSHIP) else EVERYONE
    return url + file_name(audience or EVERYONE, brief.region, brief.alignment.register) if url else ""
