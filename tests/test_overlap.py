from datetime import date, timedelta
from itertools import product

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from cycleplan.overlap import compare, relation
from cycleplan.periods import Period

START = date(2024, 2, 25)  # the small periods cross a leap day
INVERSES = {
    "before": "after",
    "meets": "met_by",
    "overlaps": "overlapped_by",
    "starts": "started_by",
    "during": "contains",
    "finishes": "finished_by",
    "equals": "equals",
}
INVERSES |= {inverse: name for name, inverse in INVERSES.items()}


def small(first, last):
    return Period(START + timedelta(days=first), START + timedelta(days=last))


SMALL = [small(first, last) for first in range(7) for last in range(first, 7)]
PERIODS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: small(min(pair), max(pair)))


def days(period):
    return {date.fromordinal(n) for n in range(period.first.toordinal(), period.last.toordinal() + 1)}


def allen(a, b):
    """Allen's relation by sets of days: which of the one lie before, in and after the other.

    Written from the sets alone, one condition per relation, all thirteen; exactly one must hold.
    """
    in_a, in_b = days(a), days(b)
    both = in_a & in_b
    a_early, a_late = {d for d in in_a if d < min(in_b)}, {d for d in in_a if d > max(in_b)}
    b_early, b_late = {d for d in in_b if d < min(in_a)}, {d for d in in_b if d > max(in_a)}
    next_to = any(d + timedelta(days=1) in in_b for d in in_a), any(d + timedelta(days=1) in in_a for d in in_b)
    holds = {
        "before": not both and bool(a_early) and not next_to[0],
        "after": not both and bool(b_early) and not next_to[1],
        "meets": not both and bool(a_early) and next_to[0],
        "met_by": not both and bool(b_early) and next_to[1],
        "overlaps": bool(both and a_early and b_late),
        "overlapped_by": bool(both and b_early and a_late),
        "starts": in_a < in_b and not b_early,
        "started_by": in_b < in_a and not a_early,
        "finishes": in_a < in_b and not b_late,
        "finished_by": in_b < in_a and not a_late,
        "during": bool(in_a < in_b and b_early and b_late),
        "contains": bool(in_b < in_a and a_early and a_late),
        "equals": in_a == in_b,
    }
    found = [name for name, true in holds.items() if true]
    assert len(found) == 1
    return found[0]


def test_every_pair_of_small_periods_has_the_relation_that_sets_of_days_give():
    seen = set()
    for a, b in product(SMALL, SMALL):
        assert relation(a, b) == allen(a, b)
        seen.add(relation(a, b))
    assert seen == set(INVERSES), "all thirteen occur"


@given(PERIODS, PERIODS)
def test_the_relation_is_the_one_that_sets_of_days_give(a, b):
    assert relation(a, b) == allen(a, b)


@given(PERIODS, PERIODS)
def test_the_relation_the_other_way_round_is_the_inverse(a, b):
    assert relation(b, a) == INVERSES[relation(a, b)]


@given(PERIODS)
def test_a_period_equals_itself(a):
    assert relation(a, a) == "equals"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # Against the council term of 30 March 2022 to 31 March 2026.
        (date(2022, 8, 1), date(2026, 7, 31), "overlapped_by"),
        (date(2018, 8, 1), date(2022, 7, 31), "overlaps"),
        (date(2023, 1, 1), date(2025, 12, 31), "during"),
        (date(2026, 4, 1), date(2030, 4, 2), "met_by"),
        (date(2018, 3, 29), date(2022, 3, 29), "meets"),
        (date(2026, 8, 1), date(2030, 7, 31), "after"),
        (date(2022, 3, 30), date(2026, 3, 31), "equals"),
    ],
)
def test_plans_lie_to_a_council_term_as_their_dates_say(first, last, expected):
    council = Period(date(2022, 3, 30), date(2026, 3, 31))
    assert relation(Period(first, last), council) == expected


@given(PERIODS, PERIODS)
def test_the_shares_are_those_of_sets_of_days(a, b):
    found = compare("a", a, "b", b)
    in_a, in_b = days(a), days(b)
    assert found.days == len(in_a & in_b)
    assert found.share_a == pytest.approx(len(in_a & in_b) / len(in_a))
    assert found.share_b == pytest.approx(len(in_a & in_b) / len(in_b))
    assert found.jaccard == pytest.approx(len(in_a & in_b) / len(in_a | in_b))
    assert 0 <= found.jaccard <= min(found.share_a, found.share_b) <= 1


@given(PERIODS, PERIODS)
def test_the_comparison_the_other_way_round_has_the_same_days_and_jaccard(a, b):
    one, other = compare("a", a, "b", b), compare("b", b, "a", a)
    assert (one.days, one.jaccard) == (other.days, other.jaccard)
    assert one.start_months_apart == other.start_months_apart
    assert (one.share_a, one.share_b) == (other.share_b, other.share_a)
    assert (one.a, one.b) == (other.b, other.a)


@given(st.dates(date(2010, 1, 1), date(2050, 1, 1)), st.dates(date(2010, 1, 1), date(2050, 1, 1)))
def test_the_starts_lie_whole_months_apart(one, other):
    a, b = Period(one, one + timedelta(days=1460)), Period(other, other + timedelta(days=365))
    delta = relativedelta(max(one, other), min(one, other))
    assert compare("a", a, "b", b).start_months_apart == delta.years * 12 + delta.months


def test_a_support_plan_and_a_youth_plan_with_seven_months_between():
    # 1 January 2022 - 31 December 2025 beside 1 August 2022 - 31 July 2026: 1249 of 1461 + 1461 - 1249 days.
    found = compare("a", Period(date(2022, 1, 1), date(2025, 12, 31)), "b", Period(date(2022, 8, 1), date(2026, 7, 31)))
    assert (found.days, found.start_months_apart, found.relation) == (1249, 7, "overlaps")
    assert round(found.jaccard, 4) == 0.7466
