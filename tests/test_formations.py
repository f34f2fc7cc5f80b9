"""By when every college of an area is there: against the study of the formations of 2022, and by plain chances."""

import json
from datetime import date, timedelta
from itertools import pairwise

import bruteforce
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import words_of
from worlds import shares

from cycleplan.alignment import Alignment, align
from cycleplan.cycles import BY_TIME, Level
from cycleplan.errors import CycleplanError
from cycleplan.formations import Formation
from cycleplan.law import load_law
from cycleplan.loading import load_text
from cycleplan.register import load_register

DAY = timedelta(days=1)
POLLING = date(2026, 3, 18)
# Municipalities of which the register does not know the college of 2026.
CODES = [
    "GM0106", "GM0228", "GM0267", "GM0310", "GM0344", "GM0345", "GM0758", "GM0935", "GM0034", "GM0096",
    "GM0373", "GM0399", "GM0855", "GM0203", "GM0279", "GM0289", "GM0339",
]  # fmt: skip


def alignment(
    count: int, formed: tuple[str, ...] = (), today: str = "2026-04-01", last: str = "2026-12-31", **policy: object
) -> Alignment:
    """A region of so many municipalities, of which the first have an observed college."""
    municipalities = []
    for code, day in zip(CODES[:count], [*formed, *[""] * count], strict=False):
        fact = {"elected": str(POLLING), "college_formed": day, "status": "planned", "source": "test"}
        municipalities.append({"code": code, "councils": [fact] if day else []})
    region = {"region": "proef", "name": "Proef", "revised": "2026-11-22"}
    file = json.dumps({**region, "municipalities": municipalities, "policy": policy})
    loaded = load_text(file.encode(), "test.yaml", load_register())
    assert loaded.problems == ()
    assert loaded.region
    end = date.fromisoformat(last)
    return align(loaded.region, load_register(), load_law(), date.fromisoformat(today), POLLING, end)


def only(found: Alignment) -> Formation:
    [formation] = found.formations
    return formation


# facts/algorithms.md D5: by when all of k are there with chance p, if independent (its quantiles are not rounded).
STUDY = {
    1: ((6, 1), (6, 28), (7, 14)),
    4: ((7, 2), (7, 13), (8, 13)),
    8: ((7, 10), (7, 16), (9, 14)),
    17: ((7, 15), (8, 11), (9, 30)),
}


@pytest.mark.parametrize("count", STUDY)
def test_the_independent_bound_is_what_the_study_found(count: int) -> None:
    found = only(alignment(count, formation_quantiles=[0.5, 0.8, 0.95]))
    assert (found.elected, len(found.municipalities), len(found.estimated)) == (POLLING, count, count)
    for level, (month, day) in zip(BY_TIME, STUDY[count], strict=True):
        assert abs((found.days[level].independent - date(2026, month, day)).days) <= 1


def test_the_dependent_bound_is_that_of_one_municipality_alone() -> None:
    found = only(alignment(8))
    # 33, 76 and 112 days after polling day; of eight independently 98, 114 and 147.
    assert [found.days[level].dependent for level in BY_TIME] == [POLLING + n * DAY for n in (33, 76, 112)]
    assert [found.days[level].independent for level in BY_TIME] == [POLLING + n * DAY for n in (98, 114, 147)]
    assert found.has_spread


def share_by(days: float) -> float:
    """The share of the colleges that is formed so many days after polling, read off the known points."""
    points = bruteforce.POINTS
    if days < points[0][0]:
        return 0.0
    for (x0, p0), (x1, p1) in pairwise(points):
        if days <= x1:
            return p0 + (p1 - p0) * (days - x0) / (x1 - x0)
    return 1.0


@given(st.integers(1, 17), shares)
def test_on_the_independent_bound_the_chance_that_all_are_there_is_the_one_asked_for(
    count: int, chances: tuple[float, float, float]
) -> None:
    found = only(alignment(count, formation_quantiles=list(chances)))
    for level, chance in zip(BY_TIME, chances, strict=True):
        days = (found.days[level].independent - POLLING).days
        # To a day: the chance that all are there half a day sooner is less, half a day later more.
        assert chance <= share_by(days + 0.5) ** count + 1e-9
        assert chance >= share_by(days - 0.5) ** count - 1e-9 or days == 22
        alone = (found.days[level].dependent - POLLING).days
        assert alone <= days
        assert chance <= share_by(alone + 0.5) + 1e-9


def test_where_all_colleges_are_known_there_is_no_spread() -> None:
    found = alignment(3, ("2026-05-20", "2026-06-04", "2026-06-30"))
    formation = only(found)
    assert formation.estimated == ()
    assert not formation.has_spread
    assert set(formation.days.values()) == {(date(2026, 6, 30), date(2026, 6, 30))}
    dutch, english = (words_of(found, lang).formation(formation) for lang in ("nl", "en"))
    assert dutch == (
        "Verkiezing van 18 maart 2026: van alle drie colleges is de dag bekend, en er is geen spreiding; "
        "het laatste is er op 30 juni 2026."
    )
    assert "no spread" in english


def test_a_known_college_counts_beside_the_estimated_ones() -> None:
    found = alignment(3, ("2026-07-30",))
    formation = only(found)
    assert formation.estimated == (CODES[1], CODES[2])
    # Two together: at the square root of a half 94 days, 20 June; the known one is later, but for certain.
    assert formation.days[Level.LIKELY] == (date(2026, 7, 30), date(2026, 7, 30))
    assert words_of(found).formation(formation).endswith("Van één college is de dag bekend.")


def test_given_days_have_no_range_and_are_told_as_given() -> None:
    found = alignment(8, formation_days=[35, 70, 110])
    formation = only(found)
    assert not formation.has_spread
    assert [formation.days[level].independent for level in BY_TIME] == [POLLING + n * DAY for n in (35, 70, 110)]
    assert words_of(found).formation(formation) == (
        "Verkiezing van 18 maart 2026: alle acht colleges zijn er met de opgegeven duur (aanname) "
        "mogelijk op 22 april 2026, waarschijnlijk op 27 mei 2026 en zeker op 6 juli 2026."
    )


def test_the_range_is_a_sentence() -> None:
    found = alignment(8)
    assert words_of(found).formation(only(found)) == (
        "Verkiezing van 18 maart 2026: alle acht colleges zijn er (schatting) met 10 % kans uiterlijk op een dag "
        "tussen 20 april 2026 en 24 juni 2026, met 50 % kans uiterlijk op een dag tussen 2 juni 2026 en 10 juli 2026 "
        "en met 90 % kans uiterlijk op een dag tussen 8 juli 2026 en 12 augustus 2026."
    )
    one = alignment(1)
    assert words_of(one, "en").formation(only(one)) == (
        "Election of 18 March 2026: the new college is there (estimate) with a chance of 10 % by 20 April 2026, "
        "with a chance of 50 % by 2 June 2026 and with a chance of 90 % by 8 July 2026."
    )


@pytest.mark.parametrize(("today", "told"), [("2026-08-12", 1), ("2026-08-13", 0)])
def test_an_election_is_told_until_all_its_colleges_are_certainly_there(today: str, told: int) -> None:
    assert len(alignment(8, today=today).formations) == told


def test_coming_elections_are_told_up_to_the_end_of_the_horizon() -> None:
    days = [f.elected for f in alignment(2, today="2026-11-22", last="2034-12-31").formations]
    assert days == [date(2030, 3, 20), date(2034, 3, 15)]
    assert alignment(2, today="2026-11-22", last="2030-03-19").formations == ()


def test_the_college_that_a_merger_appoints_is_known() -> None:
    # Hilversum and Wijdemeren: the council elected on 18 November 2026 appoints the aldermen on 4 January 2027.
    file = b"region: proef\nname: Proef\nrevised: 2026-11-22\nmunicipalities: [{code: GM0402}]\n"
    loaded = load_text(file, "test.yaml", load_register())
    assert loaded.region
    found = align(loaded.region, load_register(), load_law(), date(2026, 11, 1), last=date(2027, 12, 31))
    formation = only(found)
    assert (formation.elected, formation.municipalities) == (date(2026, 11, 18), ("GM0402",))
    assert (formation.estimated, formation.days[Level.CERTAIN].independent) == ((), date(2027, 1, 4))


def test_a_partnership_has_its_own_range() -> None:
    file = (
        b"region: proef\nname: Proef\nrevised: 2026-11-22\nmunicipalities: [{code: GM0228}]\n"
        b"partnerships: [{code: PO2510, municipalities: [GM0228, GM0267, GM0203, GM0279]}]\n"
    )
    loaded = load_text(file, "test.yaml", load_register())
    assert loaded.region
    found = align(loaded.region, load_register(), load_law(), date(2026, 4, 1), last=date(2026, 12, 31))
    assert len(only(found).municipalities) == 1
    area = found.whole_area("PO2510")
    assert area
    [formation] = found.formations_of(area)
    assert len(formation.municipalities) == 4
    assert formation.days[Level.LIKELY].independent == date(2026, 7, 2)  # D5, four municipalities
    with pytest.raises(CycleplanError):
        found.whole_area("PO9999")
