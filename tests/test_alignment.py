"""Unrolling and what next, against the sentences of the design, worked out with whole years and sets of days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from running import alignment_of, as_yaml
from worlds import descriptions

from cycleplan.alignment import align
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.register import load_register

HEAD = {"region": "proef", "name": "Proef", "revised": "2026-11-22", "municipalities": [{"code": "GM0106"}]}


def region(years: str, status: str, rhythm: int | None) -> bytes:
    partnership = {"code": "PO2510", "municipalities": ["GM0106"], "plans": [{"years": years, "status": status}]}
    return as_yaml({**HEAD, "partnerships": [{**partnership, **({"rhythm": rhythm} if rhythm else {})}]}).encode()


@given(
    st.integers(2016, 2030),
    st.integers(1, 4),
    st.none() | st.integers(1, 8),
    st.sampled_from(["actual", "planned", "expected"]),
    st.dates(date(2018, 1, 1), date(2034, 12, 31)),
)
def test_a_plan_that_runs_or_ended_within_twelve_months_goes_on_at_its_rhythm_and_no_other_does(
    start: int, length: int, rhythm: int | None, status: str, today: date
) -> None:
    found = alignment_of(region(f"{start}-{start + length}", status, rhythm), today.isoformat())
    end = start + length  # the plan ends on 31 July of this year
    horizon = (today.year if today >= date(today.year, 8, 1) else today.year - 1) + 13  # and so does the horizon
    expected = []
    if today < date(end + 1, 7, 31):
        while end < horizon:
            expected.append((date(end, 8, 1), date(end + (rhythm or 4), 7, 31)))
            end += rhythm or 4
    plans = [p for p in found.plans if p.follows]
    assert [(p.first.day, p.last.day if p.last else None) for p in plans] == expected
    assert {p.status for p in plans} <= {Status.EXPECTED}
    runs = any(first <= today <= last for first, last in [(date(start, 8, 1), date(start + length, 7, 31)), *expected])
    assert [u.owner for u in found.unknown_plans] == ([] if runs else ["PO2510"])


@given(descriptions())
def test_what_next_lies_in_the_coming_twelve_months_but_for_what_is_overdue(told) -> None:
    loaded = load_text(told.text(), "test.yaml", load_register())
    assert loaded.region
    try:
        found = align(loaded.region, load_register(), load_law(), told.today).next
    except CycleplanError as error:  # which the door tells before anything is asked
        assert error.code == "impossible-procedure"  # noqa: PT017
        return
    until = told.today + timedelta(days=366)
    assert [task.date for task in found] == sorted(task.date for task in found)
    assert all(told.today <= task.date <= until for task in found if task.what != "overdue")
    assert all(task.date < told.today for task in found if task.what == "overdue")
    parties = {*loaded.region.municipalities, *loaded.region.partnerships, loaded.region.id}
    assert all(task.who and set(task.who) <= parties for task in found)
