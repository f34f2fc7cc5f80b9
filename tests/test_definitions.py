"""Which property tests hold which definition of the design (section 4, "what is computed"): the table, kept true.

A property test tries what chance draws, against a second implementation (``bruteforce``, ``bruteforce_proposals``,
``cpsat``, sets of days, another library) or against a law that the definition implies.
"""

import re
from pathlib import Path

import pytest

HELD_BY = {
    "time: closed periods and months between": [
        "test_periods::test_what_two_periods_share_is_what_sets_of_days_share",
        "test_periods::test_a_period_contains_its_days_and_no_others",
        "test_periods::test_months_between_are_those_of_dateutil",
    ],
    "time: before 1 May, working days, terms of the Atw": [
        "test_daterules::test_before_1_may_is_30_april_at_the_latest",
        "test_daterules::test_a_roll_never_goes_back_and_always_ends_on_a_working_day",
        "test_daterules::test_calendar_terms_are_those_of_dateutil",
    ],
    "council terms, mergers, successors": [
        "test_cycles::test_the_terms_of_every_lane_follow_each_other_without_a_gap",
        "test_windows::test_standstill_agrees_with_the_brute_force_in_many_regions",
    ],
    "college formed, its quantiles, and the joint level": [
        "test_cycles::test_a_larger_share_never_takes_fewer_days",
        "test_formations::test_on_the_independent_bound_the_chance_that_all_are_there_is_the_one_asked_for",
        "test_windows::test_a_later_formation_never_opens_a_window",
    ],
    "standstill": [
        "test_windows::test_standstill_agrees_day_by_day_with_the_brute_force",
        "test_cycles::test_standstills_lie_within_the_days_of_the_municipality",
    ],
    "recess, also replaced and added": [
        "test_windows::test_windows_and_the_blockers_of_gaps_agree_day_by_day_with_the_brute_force"
    ],
    "steps of a support plan": [
        "test_steps::test_the_network_gives_what_counting_by_hand_gives",
        "test_steps::test_with_the_oogo_first_every_procedure_is_possible",
        "test_steps::test_no_term_of_a_procedure_is_ever_moved_on",
    ],
    "steps and consultation of other kinds": [
        "test_steps::test_a_youth_plan_is_consulted_on_from_a_year_to_71_days_before_it",
        "test_steps::test_the_steps_of_a_kind_are_counted_on_from_the_opening_and_back_from_the_first_day",
    ],
    "windows, gaps and their blockers, the nearest earlier run, the profile": [
        "test_windows::test_windows_and_the_blockers_of_gaps_agree_with_the_brute_force_in_many_regions",
        "test_windows::test_windows_are_nested_certain_within_likely_within_possible",
        "test_windows::test_windows_and_gaps_tile_the_consultation_period_exactly",
        "test_windows::test_every_window_says_what_opens_it_and_what_closes_it",
        "test_windows::test_the_nearest_earlier_run_agrees_with_the_brute_force_in_many_regions",
        "test_windows::test_the_profile_and_whose_shift_helps_most_agree_with_the_brute_force",
    ],
    "overlap: days, shares, Jaccard, Allen's relations": [
        "test_overlap::test_the_shares_are_those_of_sets_of_days",
        "test_overlap::test_the_relation_is_the_one_that_sets_of_days_give",
        "test_overlap::test_the_relation_the_other_way_round_is_the_inverse",
        "test_beside::test_the_pairs_and_what_they_share_are_those_of_sets_of_days",
    ],
    "decision days, lag, verdict": [
        "test_assessment::test_decisions_coverage_lag_standstill_days_and_verdict_agree_with_the_brute_force",
        "test_assessment::test_an_assessment_does_not_depend_on_today",
        "test_assessment::test_every_verdict_has_a_reason_and_every_coverage_is_a_share",
    ],
    "coverage": [
        "test_coverage::test_a_day_is_covered_if_the_college_of_the_last_decision_is_of_the_council_of_that_day"
    ],
    "unrolling, and plans that are unknown": [
        "test_alignment::test_a_plan_that_runs_or_ended_within_twelve_months_goes_on_at_its_rhythm_and_no_other_does"
    ],
    "what next": ["test_alignment::test_what_next_lies_in_the_coming_twelve_months_but_for_what_is_overdue"],
    "continuity": [
        "test_continuity::test_the_days_left_uncovered_are_those_of_sets_of_days",
        "test_continuity::test_every_agreement_of_a_municipality_either_carries_or_says_why_not",
    ],
    "proposals, misalignment, re-confirming": [
        "test_proposals::test_proposals_are_those_of_the_brute_force_day_by_day",
        "test_sequences::test_one_partnership_has_the_front_of_all_its_sequences_over_twelve_years",
        "test_sequences::test_two_coupled_partnerships_have_the_front_of_all_their_sequences_over_eight_years",
        "test_sequences::test_cp_sat_finds_nothing_better_for_many_partnerships_over_long_horizons",
    ],
    "explanation: every day that is computed has its trace": [
        "test_commands::test_explain_finds_every_id_of_every_json"
    ],
}  # fmt: skip


@pytest.mark.parametrize("definition", HELD_BY)
def test_every_definition_is_held_by_tests_that_there_are(definition: str) -> None:
    assert HELD_BY[definition]
    for name in HELD_BY[definition]:
        module, test = name.split("::")
        text = (Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8")
        assert re.search(rf"^def {test}\(", text, re.MULTILINE), name
