"""What changed of plans: their days, steps, what was done and the verdict, each with why as far as it can be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from cycleplan.changed_windows import window_changes
from cycleplan.daterules import Status, Trace
from cycleplan.differing import Because, Change, Days, moved, pairs
from cycleplan.region import FACT_KEYS, FactDate
from cycleplan.snapshot import KeptPlan, KeptStep, Snapshot
from cycleplan.steps import DRAFT, OOGO


def plan_changes(old: Snapshot, new: Snapshot, known: Callable[[str], bool]) -> Iterator[Change]:
    """What changed of the plans whose owner is *known* on both sides.

    Where a plan begins on another day all its steps do: that is told once, with its verdict.
    """
    olds, news = ([plan for plan in snapshot.plans if known(plan.owner)] for snapshot in (old, new))
    found = pairs(
        olds,
        news,
        lambda p: p.identity,
        lambda p: (p.owner, p.kind, p.first),
        lambda p: (p.owner, p.kind, p.name) if p.name else None,
        near=lambda p: ((p.owner, p.kind), Days(p.first, p.last)),
    )
    for before, after in found:
        if before and after:
            yield from _plan(before, after, old, new)
            continue
        plan, here, there = (after, new, old) if after else (before, old, new)
        if plan and not _past_the_end(plan, here, there):
            code = "plan_new" if after else "plan_gone"
            yield Change(code, plan.first, (plan.owner,), (plan.id,), values={"plan": plan})


def _past_the_end(plan: KeptPlan, here: Snapshot, there: Snapshot) -> bool:
    """Whether an expected plan is but the last of a series of which the other's last runs past its first day."""

    def last(snapshot: Snapshot) -> KeptPlan | None:
        own = [p for p in snapshot.plans if (p.owner, p.kind) == (plan.owner, plan.kind)]
        return max(own, key=lambda p: p.first, default=None)

    other = last(there)
    ends_later = other is not None and (other.last is None or other.last >= plan.first)
    return plan.status is Status.EXPECTED and last(here) is plan and ends_later


def _plan(before: KeptPlan, after: KeptPlan, old: Snapshot, new: Snapshot) -> Iterator[Change]:
    who, plan = (after.owner,), {"plan": after}
    days = Days(before.first, before.last), Days(after.first, after.last)
    if days[0] != days[1]:
        values = {"plan": after, "before": before}
        yield moved("plan_moved", who, after.id, *days, values=values)
    if before.status is not after.status:
        values = {"plan": after}
        yield Change("plan_status", after.first, who, (after.id,), before.status, after.status, values=values)
    if before.first == after.first:
        yield from _steps(before, after)
        yield from window_changes(before.windows, after.windows, old, new, before, after)
    yield from _facts(before, after)
    if before.verdict is not after.verdict:
        because = (*_thresholds(old, new), *_reasons(before, after, old.policy != new.policy))
        yield Change(
            "verdict", after.first, who, (after.id,), before.verdict, after.verdict, because=because, values=plan
        )
    elif _percent(before.coverage) != _percent(after.coverage):
        yield Change("coverage", after.first, who, (after.id,), before.coverage, after.coverage, values=plan)


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)


# --- steps


def _steps(before: KeptPlan, after: KeptPlan) -> Iterator[Change]:
    for was, now in pairs(before.steps, after.steps, lambda step: step.name):
        step = now or was
        assert step
        values = {"plan": after, "step": step.name, "title": step.title}
        id = f"{after.id}/{step.name}"
        if was is None or now is None:
            code = "step_new" if now else "step_gone"
            yield Change(code, _asked(step), (after.owner,), (id,), values=values)
        elif _asked(was) != _asked(now):
            because = _why(was, now, (before.order, after.order), early=step.name == DRAFT)
            yield moved("step_moved", (after.owner,), id, _asked(was), _asked(now), because=because, values=values)
    yield from _opening(before, after)


def _asked(step: KeptStep) -> date:
    """The day that is asked of people, as ``steps.Step.asked`` has it."""
    return step.earliest if step.name == DRAFT else step.latest


def _opening(before: KeptPlan, after: KeptPlan) -> Iterator[Change]:
    """The first day on which the OOGO can be held, where the draft's own day does not tell it."""
    was, now = before.step(OOGO), after.step(OOGO)
    drafts = before.step(DRAFT), after.step(DRAFT)
    if was is None or now is None or was.earliest == now.earliest:
        return
    if all(draft and draft.earliest == step.earliest for draft, step in zip(drafts, (was, now), strict=True)):
        return
    because = _why(was, now, (before.order, after.order), early=True)
    values = {"plan": after, "step": OOGO, "title": now.title}
    id = f"{after.id}/consultation"
    yield moved("consultation_moved", (after.owner,), id, was.earliest, now.earliest, because=because, values=values)


def _why(was: KeptStep, now: KeptStep, orders: tuple[Sequence[str], Sequence[str]], early: bool) -> tuple[Because, ...]:
    """Why a step is on another day: which steps of the way to it differ."""
    before, after = (step.why_earliest if early else step.why_latest for step in (was, now))
    if not before or not after:  # one of them was read back
        other = was.basis != now.basis and now.basis
        return (Because("law", {"old": was.basis, "new": now.basis}),) if other else ()
    found = [*_law(before, after), *_opens(before, after), *_order(before, after, orders), *_terms(before, after)]
    return tuple(because for i, because in enumerate(found) if because not in found[:i])


def _law(before: Trace, after: Trace) -> Iterator[Because]:
    """Another version of a provision that sets the day from which is counted."""
    was, now = ([g.basis for g in trace if g.basis and "weeks" not in g.values] for trace in (before, after))
    for old, new in zip(was, now, strict=False):
        if old != new:
            yield Because("law", {"old": old, "new": new})


def _opens(before: Trace, after: Trace) -> Iterator[Because]:
    """The draft is ready on another day of the year, or another number of months before the plan."""
    was, now = ({g.code: g for g in trace if g.code in ("opens", "assumed_opens")} for trace in (before, after))
    for code in was.keys() & now.keys():
        old, new = was[code].day, now[code].day
        assert old
        assert new
        if code == "assumed_opens" and was[code].values["months"] != now[code].values["months"]:
            yield Because("months", {"old": was[code].values["months"], "new": now[code].values["months"]})
        elif code == "opens" and (old.month, old.day) != (new.month, new.day):
            yield Because("opens", {"old": old, "new": new})
        elif code == "opens" and old != new:
            yield Because("opens_before", {"new": now[code].values["before"]})


def _order(before: Trace, after: Trace, orders: tuple[Sequence[str], Sequence[str]]) -> Iterator[Because]:
    """Another order of the steps on the way to it."""
    ways = [
        [(g.values["before"], g.values["after"]) for g in trace if "weeks" in g.values] for trace in (before, after)
    ]
    if orders[0] != orders[1] and ways[0] != ways[1]:
        titles: Mapping[str, str] = next((g.values["titles"] for g in after if "weeks" in g.values), {})
        yield Because("order", {"order": tuple((step, titles.get(step)) for step in orders[1])})


def _terms(before: Trace, after: Trace) -> Iterator[Because]:
    """Another term of a step on the way to it; it is the step's own, whatever step comes before."""
    terms = [{g.values["after"]: g for g in trace if "weeks" in g.values} for trace in (before, after)]
    for name, ground in terms[1].items():
        old = terms[0].get(name)
        if old and old.values["weeks"] != ground.values["weeks"]:
            values = {"old": old.values["weeks"], "new": ground.values["weeks"]}
            yield Because("weeks", {**values, "step": name, "title": ground.values["titles"].get(name)})


# --- what was done, and the verdict


def _facts(before: KeptPlan, after: KeptPlan) -> Iterator[Change]:
    """The steps that were done, as the file has them: of one day in the place of another it says so."""
    if before.facts is None or after.facts is None:
        return
    for step in FACT_KEYS:
        olds, news = ({fact.day: fact for name, fact in plan.facts or () if name == step} for plan in (before, after))
        went, came = ([side[day] for day in side if day not in other] for side, other in ((olds, news), (news, olds)))
        if len(went) == len(came) == 1:
            yield _fact("fact_moved", step, after, went[0], came[0])
        else:
            yield from (_fact("fact_gone", step, after, fact, None) for fact in went)
            yield from (_fact("fact_new", step, after, None, fact) for fact in came)


def _fact(code: str, step: str, plan: KeptPlan, old: FactDate | None, new: FactDate | None) -> Change:
    fact, days = new or old, (new.day - old.day).days if old and new else None
    assert fact
    id, values = f"{plan.id}/{step}", {"plan": plan, "step": step, "title": None}
    return Change(code, fact.day, (plan.owner,), (id,), old, new, days, values=values)


def _thresholds(old: Snapshot, new: Snapshot) -> Iterator[Because]:
    if old.policy != new.policy:
        yield Because("policy")


def _reasons(before: KeptPlan, after: KeptPlan, other_thresholds: bool) -> Iterator[Because]:
    """The reasons for the verdict that were not there before; with other thresholds all of them."""
    for reason in after.why:
        if other_thresholds:
            yield Because("reason", {"reason": reason, "was": None})
            continue
        is_old = reason in before.why if before.why else reason.code in before.reasons
        if reason.code == "coverage":
            is_old = before.coverage == after.coverage
        if not is_old:
            was = before.coverage if reason.code == "coverage" else None
            yield Because("reason", {"reason": reason, "was": was})
