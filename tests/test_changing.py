"""What a change says: sentences whose days were computed by hand, and words for whatever can change."""

from itertools import permutations

import pytest
from editing import (
    ADOPTION_STEP,
    EDE,
    EDITS,
    OOGO_STEP,
    OWN_STEP,
    Edit,
    agreement,
    between,
    council,
    first_plan,
    own_kind,
    text,
)
from running import LANGUAGES, TODAY, alignment_of

from cycleplan.law import load_law
from cycleplan.wording import changing
from cycleplan.wording.words import Words


def sentences(old: bytes, new: bytes, lang: str = "nl") -> list[str]:
    words = Words(lang, load_law(), alignment_of(new, TODAY).region)
    return [changing.sentence(change, words) for change in between(old, new)]


def college(**fact: str) -> Edit:
    return council(0, elected="2026-03-18", **fact)


def fall(fell: str, formed: str) -> Edit:
    return council(1, elected="2022-03-16", fell=fell, college_formed=formed)


def ends(last: str) -> Edit:
    return first_plan(years=None, first="2022-08-01", last=last)


JUNE_20 = college(college_formed="2026-06-20")
UNKNOWN_DAY = agreement(adopted={EDE: "unknown"})
FIRST_FALL, OTHER_FALL = fall("2024-02-01", "2024-04-01"), fall("2024-02-08", "2024-04-15")
SHORT, LONG = own_kind(OOGO_STEP, ADOPTION_STEP), own_kind(OOGO_STEP, OWN_STEP, ADOPTION_STEP)
LONGER = own_kind(OOGO_STEP, {**OWN_STEP, "weeks": 5}, ADOPTION_STEP)

# The OOGO about a plan from 1 January 2028: adopted on 31 December at the latest, six weeks after what comes before it,
# 19 November; with four weeks of participation between them 22 October, with five 15 October.
SAID = [
    (
        (FIRST_FALL, OTHER_FALL),
        "Het college van Proefregio valt op 8 februari 2024 en het volgende is er op 15 april 2024 "
        "(was 1 februari 2024 en 1 april 2024).",
    ),
    (
        (JUNE_20, college(college_formed="2026-06-25")),
        "Het college van Proefregio na de verkiezing van 18 maart 2026 schuift van 20 juni naar 25 juni 2026 "
        "(vijf dagen later).",
    ),
    (
        (college(college_formed="2026-06"), college(college_formed="2026-07")),
        "Het college van Proefregio na de verkiezing van 18 maart 2026 is er nu in juli 2026 (was juni 2026).",
    ),
    (
        (college(college_formed="2026-06-20", status="planned"), JUNE_20),
        "De dag van het college van Proefregio, 20 juni 2026, is nu vastgesteld (was gepland).",
    ),
    (
        (UNKNOWN_DAY, None),
        "Nu is bekend wanneer Proefregio de afspraak Proefregio heeft vastgesteld: 7 november 2023.",
    ),
    (
        (None, UNKNOWN_DAY),
        "Wanneer Proefregio de afspraak Proefregio heeft vastgesteld, is niet meer bekend (was 7 november 2023).",
    ),
    (
        (None, agreement(adopted={EDE: "2023-12-07"})),
        "De vaststelling van de afspraak Proefregio door Proefregio is nu 7 december 2023 (was 7 november 2023).",
    ),
    ((ends("unknown"), ends("2026-07-31")), "Het einde van PO2510 2022–2026 is nu bekend: 31 juli 2026."),
    ((ends("2026-07-31"), ends("unknown")), "Het einde van PO2510 2022– is niet meer bekend (was 31 juli 2026)."),
    (
        (None, first_plan(years="2021-2026")),
        "De eerste dag van PO2510 2022–2026 schuift van 1 augustus 2022 naar 1 augustus 2021 (één jaar eerder).",
    ),
    (
        (SHORT, LONG),
        "De laatste dag voor het OOGO over Proefregio visie 2028 t/m 2031 schuift van 19 november naar 22 oktober 2027 "
        "(vier weken eerder): de volgorde is nu concept klaar, dan OOGO, dan inspraak van ouders, dan vaststelling.",
    ),
    ((SHORT, LONG), "Nieuwe stap bij Proefregio visie 2028 t/m 2031: inspraak van ouders, 19 november 2027."),
    (
        (LONG, SHORT),
        "Bij Proefregio visie 2028 t/m 2031 vervalt de stap inspraak van ouders (19 november 2027).",
    ),
    (
        (LONG, LONGER),
        "De laatste dag voor het OOGO over Proefregio visie 2028 t/m 2031 schuift van 22 oktober naar 15 oktober 2027 "
        "(één week eerder): voor de stap inspraak van ouders is er nu vijf weken (was vier).",
    ),
]


@pytest.mark.parametrize(("edits", "sentence"), SAID)
def test_a_change_says_what_became_what_and_by_how_much(edits: tuple[Edit | None, Edit | None], sentence: str) -> None:
    old, new = (text(*filter(None, [edit])) for edit in edits)
    assert sentence in sentences(old, new)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("row", EDITS, ids=range(len(EDITS)))
def test_there_are_words_for_whatever_changes(row: tuple[Edit, ...], lang: str) -> None:
    for old, new in permutations([None, *row], 2):
        said = sentences(*(text(*filter(None, [edit])) for edit in (old, new)), lang=lang)
        assert said
        assert all(one == one.strip() and one.endswith(".") and "None" not in one for one in said)
