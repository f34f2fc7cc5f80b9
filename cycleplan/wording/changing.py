"""What is said of changes: what moved, by how much, and why, in the words of a planner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from cycleplan.changes import Difference, Side, folded, is_over
from cycleplan.daterules import Status
from cycleplan.differing import Because, Change, Days
from cycleplan.periods import Period, months_between
from cycleplan.region import KNOWN_STEPS, SUPPORT_PLAN
from cycleplan.snapshot import KeptPlan
from cycleplan.wording.words import Words

# --- the whole


def title(difference: Difference, words: Words) -> str:
    """What it is about."""
    return words.say("change.title", name=words.party(difference.new.region))


def preface(difference: Difference, words: Words) -> list[str]:
    """What is compared, and how: one sentence each."""
    days = {"first": difference.horizon.first, "last": difference.horizon.last}
    found = [
        words.say("change.old", side=_side(difference.old, words)),
        words.say("change.new", side=_side(difference.new, words)),
        words.say("change.period", today=difference.today, **days),
    ]
    formation = words.formation_note()
    return [*found, *([formation] if formation else []), *(note(one, difference, words) for one in difference.notes)]


def _side(side: Side, words: Words) -> str:
    code = "side_saved" if side.saved else "side"
    return words.say(f"change.{code}", file=side.file, revised=side.revised, saved=side.saved)


def note(one: Because, difference: Difference, words: Words) -> str:
    """Something that the reader must know about how it was compared."""
    return words.say(f"change.note.{one.code}", **{"rules": rules(difference, words), **one.values})


def rules(difference: Difference, words: Words) -> str:
    """What is of another version: "de wet en het register"."""
    return words.row(words.say(f"change.rule.{rule}") for rule in difference.rules or ("unknown",))


def heading(cause: str, difference: Difference, words: Words) -> str:
    """What the changes below it come from."""
    return words.say(f"change.by.{cause}", rules=rules(difference, words))


def nothing(difference: Difference, words: Words) -> str:
    """That there is no change at all, in what is compared."""
    if difference.same_file is None:
        return words.say("change.nothing_known")
    return words.say("change.nothing" if difference.same_file else "change.nothing_here")


def listed(difference: Difference, words: Words) -> list[tuple[str, list[tuple[date | None, str]], str]]:
    """Per cause its heading, the day and the sentence of each change, and how many are left out as they are over.

    The heading is empty where all changes are the file's, the last where none is left out.
    """
    found = []
    for cause, changes in difference.shown:
        coming = [change for change in changes if not is_over(change, difference.today)]
        over = len(changes) - len(coming)
        lines = [(change.date, sentence(change, words, later)) for change, later in folded(coming)]
        past = words.say("change.past", count=words.count(over, "change")) if over else ""
        found.append((heading(cause, difference, words) if difference.by_cause else "", lines, past))
    return found


# --- one change


def sentence(change: Change, words: Words, later: Iterable[Change] = ()) -> str:
    """A change in a sentence or more; *later* are those of later plans that moved alike."""
    said = [words.sentence(words.say(f"change.{code}", **_values(change, words))) for code in _codes(change)]
    said += [_own_sentence(because, words) for because in change.because if because.code in _OWN_SENTENCES]
    plans = [plan(one.values["plan"], words) for one in later]
    if plans:
        code = "likewise_one" if len(plans) == 1 else "likewise"
        said.append(words.say(f"change.{code}", plans=words.row(plans)))
    return " ".join(said)


def _codes(change: Change) -> tuple[str, ...]:
    """Which texts of a change: of a plan that begins on another day and of which the end is found out there are two."""
    old, new = change.old, change.new
    if change.code == "plan_moved" and old.first != new.first and (old.last is None) != (new.last is None):
        return "plan_first", _code(change)
    return (_code(change),)


def _code(change: Change) -> str:
    """Which text of a change: some say it differently, by what is known."""
    old, new, values = change.old, change.new, change.values
    if change.code == "adopted_moved" and None in (old, new):
        return "adopted_known" if new else "adopted_unknown"
    if change.code == "college_moved" and "by_month" in values:
        return "college_moved_month"
    if change.code == "college_known" and not change.days:
        return "college_known_same"
    if change.code == "college_moved" and not values["known"]:
        return "college_estimate_moved"
    if change.code == "plan_gone" and values["plan"].status is Status.EXPECTED:
        return "plan_gone_expected"
    if change.code == "plan_moved":
        if None in (old.last, new.last) and old.last != new.last:
            return "plan_end_known" if new.last else "plan_end_unknown"
        if old.first == new.first:
            return "plan_last"
        return "plan_first" if old.last == new.last else "plan_both"
    return change.code


# Where it is the news who they are, all are named.
_BY_NAME = ("municipality_new", "municipality_gone", "area_new", "area_gone", "joined", "left")
_FEW_NAMES, _MOST_NAMES = 4, 25


def _values(change: Change, words: Words) -> dict[str, Any]:
    most = _MOST_NAMES if change.code.endswith(_BY_NAME) else _FEW_NAMES
    v: dict[str, Any] = {"date": change.date, "parties": words.parties(change.parties, most), **change.values}
    old, new = change.old, change.new
    v |= {"old": shown(old, words), "new": shown(new, words)}
    for key in ("into", "partnership"):
        if key in v:
            v[key] = words.party(v[key])
    if isinstance(v.get("plan"), KeptPlan):
        v["status"], v["verdict"] = v["plan"].status, words.verdict(v["plan"].verdict)
        v["whom"] = words.say("change.whom_plan", plan=plan(v["plan"], words))
    else:
        v["whom"] = words.say("change.whom_region")
    if change.code == "step_moved":
        v["what"] = _step(v["step"], v["title"], plan(v["plan"], words), words)
    elif "step" in v:
        v["step"] = words.step(v["step"], v["title"])
    whole = change.code not in ("plan_new", "plan_gone", "plan_status")  # which say the status themselves
    v |= {key: plan(v[key], words, whole) for key in ("plan", "before") if key in v}
    if change.code.startswith("fact_"):
        v["when"] = words.when(new or old)
        v["done"] = words.say(f"change.done.{change.values['step']}", plan=v["plan"])
    if change.code == "plan_moved":
        v["last"] = new.last or old.last
        old, new = (old.last, new.last) if old.first == new.first else (old.first, new.first)
    if isinstance(old, date) and isinstance(new, date):
        v["move"], v["shift"] = move(old, new, words), _shift(old, new, words)
    v |= _of_days(change, words)
    why = [_why(because, words) for because in _edges_as_one(change.because) if because.code not in _OWN_SENTENCES]
    code = "because_after_days" if change.code in ("window_moved", "window_new") else "because"
    v["because"] = words.say(f"change.{code}", because="; ".join(why)) if why else ""
    return v


def _of_days(change: Change, words: Words) -> dict[str, Any]:
    """The values of what is about a run of days."""
    old, new = change.old, change.new
    if change.code == "fall_moved":
        return {"date": new.first, "college": new.last, "was": old.first, "was_college": old.last}
    if change.code.startswith("fall_"):
        return {"college": (new or old).last}
    if "by_month" in change.values:
        return {key: words.day(value) for key, value in change.values["by_month"].items()}
    if change.code.startswith("adopted_"):
        unknown = words.say("change.day_unknown")
        return {"old": old or unknown, "new": new or unknown, "day": change.date or unknown}
    if change.code in ("agreement_new", "agreement_gone"):
        return {"span": _days(Days(change.date, change.values["last"]), words)}
    if change.code.startswith(("window_", "agreement_moved")):
        return {"span": _days(new or old, words), "was": _days(old or new, words)}
    return {}


def shown(value: Any, words: Words) -> str:
    """A value before or after, in words: a verdict, a status, a share, a day or some days."""
    if isinstance(value, Days):
        return _days(value, words)
    if isinstance(value, float):
        return words.percent(value)
    if isinstance(value, str):
        code = "status" if isinstance(value, Status) else "verdict"
        return words.say(f"{code}.{value}")
    return words.say("verdict.None") if value is None else words.day(value)


def plan(kept: KeptPlan, words: Words, with_status: bool = True) -> str:
    """A plan as ``Words.plan`` calls it; an expected one says so."""
    years = words.years(Period(kept.first, kept.last) if kept.last else None, kept.first)
    owner = words.party(kept.owner)
    if kept.kind == SUPPORT_PLAN:
        name = f"{owner} {years}"
    elif kept.name:
        name = f"{owner} {kept.name}"
    else:
        name = words.say("entry.plan_name", owner=owner, kind=words.kind_called(kept.kind), years=years)
    return words.say("plan.expected", plan=name) if with_status and kept.status is Status.EXPECTED else name


def _step(name: str, title: str | None, of: str, words: Words) -> str:
    known = title is None and name in KNOWN_STEPS
    return words.say(f"change.of.{name}" if known else "change.of.step", plan=of, title=title or name)


def move(old: date, new: date, words: Words) -> str:
    """As "van 5 maart naar 12 februari 2026 (drie weken eerder)"."""
    before = words.day_of_year(old) if old.year == new.year else words.day(old)
    return words.say("change.move", old=before, new=new, shift=_shift(old, new, words))


def _shift(old: date, new: date, words: Words) -> str:
    """By how much, exactly: in years or months if it is whole ones, in weeks if whole, else in days."""
    days, months = abs((new - old).days), abs(months_between(old, new))
    if old.day == new.day and months and months % 12 == 0:
        gap = words.count_in_words(months // 12, "years")
    elif old.day == new.day and months:
        gap = words.count_in_words(months, "month")
    elif days % 7 == 0:
        gap = words.count_in_words(days // 7, "week")
    else:
        gap = words.count_in_words(days, "day")
    return words.say("change.later" if new > old else "change.earlier", gap=gap)


def _days(days: Days, words: Words) -> str:
    """As "1 t/m 12 februari 2026"; an end that is not known is left out."""
    if days.first and days.last:
        return words.span(Period(days.first, days.last)) if days.first <= days.last else words.day(days.first)
    if days.first:
        return words.say("change.span_from", first=days.first)
    return words.say("change.span_to", last=days.last) if days.last else words.say("change.span_unknown")


# --- why

_OWN_SENTENCES = ("policy", "reason")  # why a verdict changed is more than fits behind a colon


def _own_sentence(because: Because, words: Words) -> str:
    if because.code == "policy":
        return words.say("change.verdict_policy")
    was = because.values["was"]
    reason = words.reason(because.values["reason"])
    return reason if was is None else f"{reason} {words.say('change.verdict_was', percent=words.percent(was))}"


def _edges_as_one(found: Sequence[Because]) -> Sequence[Because]:
    """*found*, and where a window opens and closes with the consultation period that told once."""
    ends = [because for because in found if because.code in ("edge_opens", "edge_closes")]
    if len(ends) == 2 and [because.values["edge"].code for because in ends] == ["start", "end"]:
        return (Because("edge_both"), *(because for because in found if because not in ends))
    return found


def _why(because: Because, words: Words) -> str:
    code, v = because.code, dict(because.values)
    match code:
        case "edge_opens" | "edge_closes" if v["edge"].code not in ("start", "end"):
            opening = code == "edge_opens"
            return words.say("window.opens" if opening else "window.closes", edge=words.edge(v["edge"], opening))
        case "law":
            v["article"] = words.article(v["new"])
        case "opens":
            v = {key: words.day_of_year(v[key]) for key in ("old", "new")}
        case "months":
            v = {"old": words.number(v["old"]), "new": words.count_in_words(v["new"], "month")}
        case "order":
            v["order"] = words.say("procedure.then").join(words.step(*step) for step in v["order"])
        case "weeks":
            v |= {"old": words.number(v["old"]), "new": words.count_in_words(v["new"], "week")}
            v["step"] = words.step(v["step"], v["title"])
            code = {"opr": "weeks_opr", "adoption": "weeks_adoption"}.get(because.values["step"], code)
        case "given" | "chances" | "least":
            v = {"old": v["old"], "new": words.count(v["new"], "day")}
        case "short" | "was_short":
            v["days"] = words.count(v["days"], "day")
        case "was_part" | "now_part":
            v["days"] = _days(v["days"], words)
        case "held" | "was_held":
            v["blockers"] = words.blockers(v["gap"])
    return words.say(f"change.why.{code}", **v)


def because_text(because: Because, words: Words) -> str:
    """Why something changed, on its own."""
    return _own_sentence(because, words) if because.code in _OWN_SENTENCES else _why(because, words)
