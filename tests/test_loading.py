import re
import textwrap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycleplan import resources
from cycleplan.building import known_kinds
from cycleplan.daterules import Status
from cycleplan.errors import CycleplanError, Place
from cycleplan.loading import MAX_PROBLEMS, find_region, load_region, load_text
from cycleplan.periods import Period
from cycleplan.region import FactDate, KindStep, Policy, Procedure
from cycleplan.register import load_register

REGISTER = load_register()
HEAD = "region: proef\nname: Proef\nrevised: 2026-11-22\n"  # three lines


def load(text, head=HEAD):
    return load_text((head + textwrap.dedent(text)).encode(), "proef.yaml", REGISTER)


def told(loaded):
    """The problems as rule and line."""
    return [(p.rule, p.place.line) for p in loaded.problems]


def region_of(text, head=HEAD):
    loaded = load(text, head)
    assert loaded.problems == ()
    assert loaded.usable
    return loaded.region


# --- what is loaded


def test_the_smallest_region_has_the_defaults_of_the_design():
    region = region_of("")
    assert (region.id, region.name, region.revised) == ("proef", "Proef", date(2026, 11, 22))
    assert region.language == "nl"
    assert region.publication.id is None
    assert region.municipalities == {}
    assert region.policy == Policy(10, 20, 0.50, 0.25, 0.70, "settled", (0.1, 0.5, 0.9), None, False)
    assert region.file == "proef.yaml"


def test_a_region_with_everything_is_loaded_as_it_is_written():
    region = region_of(
        """\
        language: en
        calendar: {id: 6F0D3C2E-1111-4222-8333-444455556666}
        municipalities:
          - code: GM0228
            councils:
              - {elected: 2022-03-16, fell: 2023-04, college_formed: 2023-05-24, status: actual, source: krant}
              - {elected: 2026-11-18, replaces: 2026-03-18, nominated: 2026-10-05, first: 2026-12-01, status: planned}
            recess:
              add: [{first: 2024-01-08, last: 2024-01-09, status: planned, source: griffie}]
              replace: [{first: 2024-07-11, last: 2024-08-28}]
            plans:
              - {kind: jeugdplan, id: jong, first: 2024-01-01, last: 2027-12-31, status: actual, oogo: 2023-10-05}
              - {kind: wmo-plan, first: 2020-01, last: unknown, status: planned, source: raad, note: geen einde}
        partnerships:
          - code: PO2510
            rhythm: 2
            plans:
              - {years: 2022-2026, status: actual, source: x, oogo: [2022-03-01, 2022-02-10], opr: 2022-03-31,
                 adopted: [2022-04-14], submitted: 2022-04-20, overlap: 2022-02}
        plans: [{kind: regiovisie, first: 2020-01-01, last: 2024-12-31, status: expected}]
        kinds:
          - {kind: speelplan, name: Speelplan, rhythm: 3, opens_months: 6, compared: true,
             steps: [{step: oogo}, {step: inspraak, name: Inspraak van ouders, weeks: 2}, {step: hoorzitting}]}
        agreements:
          - name: Convenant
            parties: [GM0228, PO2510]
            first: 2021-01-01
            last: unknown
            adopted: {GM0228: 2020-11-03, PO2510: unknown}
            agreed: [een, twee]
            open: [drie]
        policy: {min_window_days: 5, in_step_coverage: 0.6, goal: parallel}
        """
    )
    assert region.language == "en"
    assert region.publication.id == "6f0d3c2e-1111-4222-8333-444455556666"
    assert region.policy == Policy(min_window_days=5, in_step_coverage=0.6, goal="parallel")

    ede = region.municipalities["GM0228"]
    fell, moved = ede.councils
    assert (fell.elected, fell.replaces, fell.status) == (date(2022, 3, 16), None, Status.ACTUAL)
    assert (fell.fell, fell.college_formed) == (FactDate(date(2023, 4, 30), True), FactDate(date(2023, 5, 24)))
    assert (moved.elected, moved.replaces) == (date(2026, 11, 18), date(2026, 3, 18))
    assert (moved.nominated, moved.first, moved.source) == (date(2026, 10, 5), date(2026, 12, 1), None)
    (added,), (replaced,) = ede.recess_added, ede.recess_replaced
    assert (added.period, added.status) == (Period(date(2024, 1, 8), date(2024, 1, 9)), Status.PLANNED)
    assert (replaced.period, replaced.status) == (Period(date(2024, 7, 11), date(2024, 8, 28)), Status.ACTUAL)

    wmo, youth = ede.plans
    assert youth.id == "GM0228/jeugdplan/jong"
    assert wmo.id == "GM0228/wmo-plan/2020-01"
    assert wmo.first == FactDate(date(2020, 1, 31), True)
    assert (wmo.last, wmo.period, wmo.note) == (None, None, "geen einde")

    partnership = region.partnerships["PO2510"]
    assert partnership.rhythm == 2
    (plan,) = partnership.plans
    assert plan.id == "PO2510/ondersteuningsplan/2022-08-01"
    assert plan.period == Period(date(2022, 8, 1), date(2026, 7, 31))
    assert [day.day for day in plan.oogo] == [date(2022, 2, 10), date(2022, 3, 1)], "by day"
    assert plan.overlap == (FactDate(date(2022, 2, 28), True),)
    assert [d.day for d in (*plan.opr, *plan.adopted, *plan.submitted)] == [
        date(2022, 3, 31),
        date(2022, 4, 14),
        date(2022, 4, 20),
    ]

    assert region.plans[0].owner == "proef"
    kind = region.kinds["speelplan"]
    assert (kind.rhythm, kind.opens_months, kind.compared) == (3, 6, True)
    assert kind.steps == (
        KindStep("oogo"),
        KindStep("inspraak", 2, "Inspraak van ouders"),
        KindStep("hoorzitting", 0, "hoorzitting"),
    )
    (agreement,) = region.agreements
    assert agreement.parties == ("GM0228", "PO2510")
    assert agreement.adopted == {"GM0228": FactDate(date(2020, 11, 3)), "PO2510": None}
    assert (agreement.first, agreement.last) == (FactDate(date(2021, 1, 1)), None)
    assert (agreement.agreed, agreement.open) == (("een", "twee"), ("drie",))
    assert len(region.all_plans) == 4


@pytest.mark.parametrize("name", ["foodvalley", "noord-kennemerland"])
def test_the_regions_that_ship_are_without_problems(name):
    loaded = load_region(find_region(name), REGISTER)
    assert loaded.problems == ()
    assert loaded.region.id == name


def test_a_fact_knows_the_line_and_column_of_each_of_its_keys():
    region = region_of(
        "municipalities:\n  - code: GM0228\n    councils:\n      - elected: 2022-03-16\n        status: actual\n"
    )
    mark = region.municipalities["GM0228"].councils[0].mark
    assert mark.place == Place(7, 9)
    assert mark.at("status") == Place(8, 17)
    assert mark.at("college_formed") == mark.place, "a key that is not there: the whole"


# --- facts known by their month, and what is unknown


@pytest.mark.parametrize(
    ("text", "last"),
    [("2022-12", date(2022, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2023-02", date(2023, 2, 28))],
)
def test_a_month_counts_as_its_last_day_and_is_shown_as_the_month(text, last):
    plan = f"plans: [{{kind: regiovisie, first: 2020-01-01, last: unknown, status: actual, adopted: {text}}}]"
    (adopted,) = region_of(plan).plans[0].adopted
    assert adopted.day == last
    assert adopted.month_only
    assert str(adopted) == text


@pytest.mark.parametrize("text", ["2022-13", "2022-00", "2023-02-29", "2022-04-31"])
def test_a_day_or_month_that_does_not_exist_is_told(text):
    loaded = load(f"plans:\n  - {{kind: regiovisie, first: 2020-01-01, last: unknown, status: actual, oogo: {text}}}")
    assert told(loaded) == [("no-such-day", 5)]
    assert loaded.problems[0].values["text"] == text


@pytest.mark.parametrize(
    ("text", "fine"), [("2009-12-31", False), ("2010-01-01", True), ("2060-12-31", True), ("2061-01", False)]
)
def test_dates_lie_between_2010_and_2060(text, fine):
    loaded = load(f"plans:\n  - {{kind: regiovisie, first: {text}, last: unknown, status: actual}}")
    assert told(loaded) == ([] if fine else [("day-out-of-range", 5)])


def test_unknown_is_a_word_for_the_end_of_a_plan_and_not_for_its_beginning():
    loaded = load("plans:\n  - {kind: regiovisie, first: unknown, last: unknown, status: actual}")
    assert told(loaded) == [("not-a-day-or-month", 5)]


def test_a_plan_without_an_end_must_say_that_it_is_unknown():
    loaded = load("plans:\n  - {kind: regiovisie, first: 2020-01-01, status: actual}")
    assert told(loaded) == [("plan-without-end", 5)]


def test_a_number_is_no_day():
    loaded = load("plans:\n  - {kind: regiovisie, first: 2020, last: unknown, status: actual}")
    assert told(loaded) == [("not-a-day", 5)]


# --- what comes from the register


def test_name_province_and_holidays_come_from_the_register_unless_the_file_says_otherwise():
    region = region_of(
        """\
        municipalities:
          - code: GM0228
          - {code: GM0361, name: Alkmaar aan Zee, province: Holland, holiday_region: zuid}
        """
    )
    ede, alkmaar = region.municipalities["GM0228"], region.municipalities["GM0361"]
    assert (ede.name, ede.province, ede.holiday_region, ede.in_region) == ("Ede", "Gelderland", "midden", True)
    assert (alkmaar.name, alkmaar.province, alkmaar.holiday_region) == ("Alkmaar aan Zee", "Holland", "zuid")


def test_the_area_of_a_partnership_comes_from_the_register_unless_the_file_says_otherwise():
    region = region_of("partnerships:\n  - code: PO2510\n  - {code: VO2703, municipalities: [GM0361], name: Eigen}\n")
    assert region.partnerships["PO2510"].municipalities == REGISTER.partnerships["PO2510"].municipalities
    assert region.partnerships["PO2510"].name == REGISTER.partnerships["PO2510"].name
    assert region.partnerships["VO2703"].municipalities == ("GM0361",)
    assert region.partnerships["VO2703"].name == "Eigen"


def test_who_must_be_consulted_is_a_party_also_outside_the_region_s_own_list():
    region = region_of("municipalities: [{code: GM0228}]\npartnerships: [{code: PO2510}]\n")
    assert set(region.partnerships["PO2510"].municipalities) <= set(region.municipalities)
    assert [m.code for m in region.own_municipalities] == ["GM0228"]


def test_predecessors_and_the_successor_of_a_municipality_are_parties_as_well():
    region = region_of("municipalities: [{code: GM1980}, {code: GM1696}]")
    # Dijk en Waard was Heerhugowaard and Langedijk; Wijdemeren goes into Hilversum.
    assert {"GM0398", "GM0416", "GM0402"} <= set(region.municipalities)
    assert [m.code for m in region.own_municipalities] == ["GM1980", "GM1696"]


# --- procedures


def test_the_partnership_s_own_parts_win_over_the_region_s_and_the_rest_is_assumed():
    region = region_of(
        """\
        procedure: {opens: 11-01, opr_weeks: 8}
        partnerships:
          - {code: PO2510, procedure: {opr_weeks: 4, order: [opr, oogo]}}
          - {code: VO2510}
        """
    )
    own, regions = region.partnerships["PO2510"].procedure, region.partnerships["VO2510"].procedure
    assert own == Procedure((11, 1), ("opr", "oogo"), 4, 2, frozenset({"adoption_weeks"}))
    assert regions == Procedure((11, 1), ("oogo", "opr"), 8, 2, frozenset({"adoption_weeks", "order"}))


def test_without_a_procedure_everything_is_assumed():
    procedure = region_of("partnerships: [{code: PO2510}]").partnerships["PO2510"].procedure
    assert procedure == Procedure()
    assert procedure.assumed == {"opens", "order", "opr_weeks", "adoption_weeks"}


def test_a_step_that_the_order_does_not_name_comes_last():
    text = "partnerships: [{code: PO2510, procedure: {order: [opr]}}]"
    assert region_of(text).partnerships["PO2510"].procedure.order == ("opr", "oogo")


@pytest.mark.parametrize("opens", ["02-29", "13-01", "00-10", "1-15"])
def test_the_draft_is_ready_on_a_day_that_every_year_has(opens):
    assert told(load(f"procedure:\n  opens: {opens}\n")) == [("not-a-month-day", 5)]


# --- unknown codes


def test_an_unknown_municipality_is_told_with_the_nearest():
    loaded = load("municipalities:\n  - code: GM0229\n")
    assert told(loaded) == [("unknown-municipality", 5)]
    assert loaded.problems[0].place == Place(5, 11)
    assert loaded.problems[0].values == {"code": "GM0229", "near": "GM0228", "near_name": "Ede"}
    assert not loaded.usable


def test_an_unknown_partnership_is_told_with_the_nearest_of_its_sector():
    loaded = load("partnerships:\n  - code: PO2519\n")
    assert told(loaded) == [("unknown-partnership", 5)]
    assert loaded.problems[0].values["near"].startswith("PO251")


def test_unknown_codes_are_told_wherever_they_stand():
    loaded = load(
        """\
        partnerships:
          - code: PO2510
            municipalities:
              - GM0228
              - GM9991
        agreements:
          - name: Afspraak
            parties: [GM0228, GM9992, VO9999]
            adopted:
              GM0228: 2020-01-01
              GM0361: 2020-01-01
        """
    )
    assert [(p.rule, p.place.line, p.values["code"]) for p in loaded.problems] == [
        ("unknown-municipality", 8, "GM9991"),
        ("unknown-municipality", 11, "GM9992"),
        ("unknown-partnership", 11, "VO9999"),
        ("not-a-party", 14, "GM0361"),
    ]


def test_a_partnership_that_went_into_another_is_told_with_its_successor():
    loaded = load("partnerships:\n  - code: PO2902\n")
    assert told(loaded) == [("partnership-gone", 5)]
    assert loaded.problems[0].values["successor"] == "PO2901"


@pytest.mark.parametrize("code", ["gm0228", "GM228", "0228", "GM02280", "PO2510", "'0228'", "[GM0228]"])
def test_what_does_not_look_like_a_municipality_code_is_told(code):
    loaded = load(f"municipalities:\n  - code: {code}\n")
    assert [line for _, line in told(loaded)] == [5]
    assert told(loaded)[0][0] in ("not-a-municipality-code", "yaml-surprise")


def test_an_unknown_key_is_told_with_the_nearest_known_one():
    loaded = load("municipalities:\n  - code: GM0228\n    councels: []\npolicy: {goals: settled}\n")
    assert [(p.rule, p.place, p.values["key"], p.values["near"]) for p in loaded.problems] == [
        ("unknown-key", Place(6, 5), "councels", "councils"),
        ("unknown-key", Place(7, 10), "goals", "goal"),
    ]


def test_an_unknown_kind_of_plan_is_told_with_the_nearest():
    loaded = load("plans:\n  - {kind: jeugdplann, first: 2020-01-01, last: unknown, status: actual}\n")
    assert told(loaded) == [("unknown-kind", 5)]
    assert loaded.problems[0].values["near"] == "jeugdplan"
    assert set(known_kinds()) == set(loaded.problems[0].values["known"])


def test_a_word_that_is_none_of_the_known_is_told_with_them():
    loaded = load("municipalities:\n  - code: GM0228\n    holiday_region: oost\n")
    assert told(loaded) == [("not-one-of", 6)]
    assert loaded.problems[0].values["known"] == ["noord", "midden", "zuid"]


# --- everything at once, and nothing that is not so


def test_a_file_with_six_mistakes_has_six_problems_in_one_run():
    loaded = load(
        """\
        municipalities:
          - code: GM0229
          - code: GM0228
            councils:
              - {elected: 2022-02-30, status: actual, source: x}
              - {elected: 2018-03-21, status: gone, source: x}
            plans:
              - {kind: jeugdplan, first: 2024-01-01, last: 2023-12-31, status: actual, source: x}
        partnerships:
          - code: PO2510
            rythm: 4
            plans:
              - {years: 2026-2022, status: actual, source: x}
        """
    )
    assert told(loaded) == [
        ("unknown-municipality", 5),
        ("no-such-day", 8),
        ("not-one-of", 9),
        ("ends-before-it-begins", 11),
        ("unknown-key", 14),
        ("not-school-years", 16),
    ]


def test_a_surprise_of_yaml_does_not_hide_what_is_wrong_elsewhere():
    loaded = load("municipalities:\n  - code: 0228\n  - code: GM0229\npolicy: {goal: best}\n")
    assert told(loaded) == [("yaml-surprise", 5), ("unknown-municipality", 6), ("not-one-of", 7)]


@pytest.mark.parametrize(
    "mistake",
    [
        "region: Proef!\nname: Proef\nrevised: 2026-11-22\n",
        "region: proef\nname:\nrevised: 2026-11-22\n",
        "region: proef\nname: Proef\nrevised: gisteren\n",
    ],
)
def test_a_mistake_in_the_head_does_not_hide_those_in_the_rest(mistake):
    loaded = load("municipalities:\n  - code: GM0229\n", head=mistake)
    assert len(loaded.problems) == 2
    assert loaded.problems[0].place.line <= 3
    assert told(loaded)[1] == ("unknown-municipality", 5)
    assert not loaded.usable


def test_keys_that_the_head_lacks_are_told_once_each_and_the_rest_is_looked_at():
    loaded = load("municipalities:\n  - code: GM0229\n", head="")
    assert sorted(p.values["key"] for p in loaded.problems if p.rule == "missing-key") == ["name", "region", "revised"]
    assert told(loaded)[-1] == ("unknown-municipality", 2)


def test_what_is_taken_out_brings_up_no_false_problems():
    # The first council cannot be read; the plans after it keep their own places, and nothing is "missing".
    loaded = load(
        """\
        municipalities:
          - code: GM0228
            councils:
              - {elected: nooit, status: actual}
              - {elected: 2018-03-21, status: actual, source: x}
            plans:
              - {kind: jeugdplan, first: 2024-01-01, last: 2027-12-31, status: wat}
              - {kind: jeugdplan, first: 2028-01-01, last: 2027-12-31, status: actual}
        """
    )
    assert told(loaded) == [("not-a-day", 7), ("not-one-of", 10), ("ends-before-it-begins", 11)]
    (council,) = loaded.region.municipalities["GM0228"].councils
    assert council.elected == date(2018, 3, 21)
    assert council.mark.place.line == 8


@pytest.mark.parametrize(
    ("plan", "rule"),
    [
        ("{kind: Regio Visie, first: 2020-01-01, last: unknown, status: actual}", "not-an-id"),
        ("{kind: regiovisie, first: nooit, last: unknown, status: actual}", "not-a-day-or-month"),
        ("{kind: regiovisie, first: 2020-01-01, last: nooit, status: actual}", "not-a-day-or-month"),
        ("{kind: regiovisie, first: 2020-01-01, last: 0363, status: actual}", "yaml-surprise"),
        ("{kind: regiovisie, years: 2026-2022, status: actual}", "not-school-years"),
    ],
)
def test_what_stands_there_and_cannot_be_read_is_not_told_as_missing_too(plan, rule):
    assert told(load(f"plans:\n  - {plan}\n")) == [(rule, 5)]


def test_plans_of_a_kind_that_cannot_be_read_are_not_told_to_have_an_unknown_kind():
    loaded = load(
        """\
        kinds:
          - {kind: speelplan, name: }
        plans:
          - {kind: speelplan, first: 2020-01-01, last: unknown, status: actual}
        """
    )
    assert told(loaded) == [("empty", 5)]


def test_a_threshold_that_cannot_be_read_does_not_cross_the_other():
    assert told(load("policy: {in_step_coverage: 60, out_of_step_coverage: 0.55}\n")) == [("out-of-range", 4)]


def test_a_region_sets_its_quantiles_or_its_days_of_formation():
    assert load("policy: {formation_quantiles: [0.2, 0.5, 0.95]}\n").region.policy.formation_quantiles == (
        0.2,
        0.5,
        0.95,
    )
    policy = load("policy: {formation_days: [35, 35, 366]}\n").region.policy
    assert (policy.formation_days, policy.formation_asked) == ((35, 35, 366), False)
    assert policy.formation_quantiles == Policy().formation_quantiles


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("quantiles", v) for v in ("[0, 0.5, 0.9]", "[0.1, 0.5, 1]", "[0.1, 0.5]", "[0.1, 0.1, 0.9]", "0.5")),
        *(("quantiles", v) for v in ("[0.9, 0.5, 0.1]", "[true, 0.5, 0.9]", "[]", "{}", "[0.1, 0.5, 0.9, 0.95]")),
        *(("days", v) for v in ("[0, 1, 2]", "[1, 2, 367]", "[3, 2, 4]", "[35, 70]", "[35.0, 70, 110]", "70")),
        *(("days", v) for v in ("[35, 70, true]", "[a, b, c]")),
    ],
)
def test_what_cannot_be_a_formation_is_told_once_and_the_default_holds(key, value):
    loaded = load(f"policy:\n  formation_{key}: {value}\n")
    assert told(loaded) == [(f"formation-{key}", 5)]
    assert loaded.region.policy == Policy()


def test_quantiles_and_days_together_are_told_but_not_if_one_of_them_cannot_be_read():
    both = "policy:\n  formation_quantiles: [0.1, 0.5, {}]\n  formation_days: [35, 70, 110]\n"
    assert told(load(both.format(0.9))) == [("formation-twice", 6)]
    assert told(load(both.format(9))) == [("formation-quantiles", 5)]


def test_a_kind_that_stands_twice_is_told():
    loaded = load("kinds:\n  - {kind: speelplan, name: Een}\n  - {kind: speelplan, name: Twee}\n")
    assert [line for _, line in told(loaded)] == [6]


def test_a_municipality_that_stands_twice_in_an_area_counts_once():
    loaded = load("partnerships:\n  - code: PO2510\n    municipalities: [GM0228, GM0228]\n")
    area = loaded.region.partnerships["PO2510"].municipalities
    assert loaded.problems or area == ("GM0228",)


def test_several_mistakes_in_one_entry_are_told_together():
    loaded = load("plans:\n  - {kind: regiovisie, first: 2020-13, last: 31-12-2024, status: nee, colour: red}\n")
    assert sorted(p.rule for p in loaded.problems) == [
        "no-such-day",
        "not-a-day-or-month",
        "not-one-of",
        "unknown-key",
    ]


@pytest.mark.parametrize("value", ["niets", "3", "[GM0228]", "{code: GM0228}", ""])
def test_a_value_of_the_wrong_sort_is_told_once_at_its_place(value):
    loaded = load(f"municipalities: {value}\nplans: []\npolicy: {{goal: best}}\n")
    assert len(loaded.problems) == 2
    assert loaded.problems[0].place.line == 4
    assert told(loaded)[1] == ("not-one-of", 6)


def test_a_key_without_a_value_is_told_by_its_name():
    loaded = load("municipalities:\n  - code: GM0228\n    name:\n")
    assert [(p.rule, p.place.line, p.values) for p in loaded.problems] == [("empty", 6, {"key": "name"})]


def test_problems_are_told_in_the_order_of_the_file_and_a_hundred_at_most():
    wrong = "".join(f"  - code: GM{9900 + n}\n" for n in range(99)) + "".join(["  - code: x\n"] * 50)
    loaded = load(f"municipalities:\n{wrong}")
    assert len(loaded.problems) == MAX_PROBLEMS == 100
    assert [p.place for p in loaded.problems] == sorted(p.place for p in loaded.problems)
    assert loaded.problems[0].place.line == 5


# --- what does not fit together


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("municipalities:\n  - code: GM0228\n  - code: GM0228\n", "listed-twice", 6),
        ("partnerships:\n  - code: PO2510\n  - code: PO2510\n", "listed-twice", 6),
        ("plans:\n  - {first: 2020-01-01, last: unknown, status: actual}\n", "missing-key", 5),
        ("plans:\n  - {kind: regiovisie, status: actual}\n", "plan-without-period", 5),
        ("plans:\n  - {kind: regiovisie, years: 2022-2026, last: 2026-01-01, status: actual}\n", "years-and-days", 5),
        ("plans:\n  - {kind: ondersteuningsplan, years: 2022-2026, status: actual}\n", "kind-not-for-owner", 5),
        ("kinds:\n  - {kind: jeugdplan, name: Jeugdplan}\n", "kind-exists", 5),
        ("policy:\n  {in_step_coverage: 0.2, out_of_step_coverage: 0.3}\n", "thresholds-cross", 5),
        ("policy:\n  in_step_coverage: 1.5\n", "out-of-range", 5),
        ("policy:\n  min_window_days: 0\n", "out-of-range", 5),
        ("policy:\n  min_window_days: tien\n", "wrong-type", 5),
        ("calendar:\n  id: mijn-kalender\n", "not-a-uuid", 5),
        (
            "agreements:\n  - {name: A, parties: [GM0228], first: 2024-01-01, last: 2023-12-31}\n",
            "ends-before-it-begins",
            5,
        ),
        (
            "municipalities:\n  - code: GM0228\n    recess:\n      add:\n"
            "        - {first: 2024-01-09, last: 2024-01-08}\n",
            "ends-before-it-begins",
            8,
        ),
    ],
)
def test_what_does_not_fit_together_is_told_with_its_line(text, rule, line):
    assert told(load(text)) == [(rule, line)]


def test_a_plan_that_stands_twice_is_told_with_the_line_of_the_first():
    plan = "  - {kind: regiovisie, first: 2020-01-01, last: 2024-12-31, status: actual}\n"
    loaded = load(f"plans:\n{plan}{plan}")
    assert told(loaded) == [("plan-twice", 6)]
    assert loaded.problems[0].values == {"id": "proef/regiovisie/2020-01-01", "line": 5}


def test_plans_of_one_first_day_are_told_apart_by_their_own_id():
    plan = "  - {{kind: regiovisie, id: {}, first: 2020-01-01, last: 2024-12-31, status: actual}}\n"
    region = region_of("plans:\n" + plan.format("een") + plan.format("twee"))
    assert [p.id for p in region.plans] == ["proef/regiovisie/een", "proef/regiovisie/twee"]


@pytest.mark.parametrize("raw", [b"", b"# niets\n", b"- een\n- twee\n", b"tekst\n"])
def test_a_file_that_holds_no_mapping_is_told(raw):
    loaded = load_text(raw, "proef.yaml", REGISTER)
    assert [p.rule for p in loaded.problems] == ["not-a-mapping"]
    assert loaded.region is None
    assert not loaded.usable


# --- finding and reading the file


def test_a_region_is_found_by_the_id_under_which_it_ships():
    assert find_region("foodvalley") == resources.region_files()["foodvalley"]


def test_a_region_is_found_by_its_path(tmp_path):
    path = tmp_path / "proef.yaml"
    path.write_text(HEAD, encoding="utf-8")
    assert find_region(str(path)) == path
    assert load_region(path, REGISTER).usable


def test_an_unknown_region_is_an_error_with_the_nearest():
    with pytest.raises(CycleplanError) as caught:
        find_region("foodvaley")
    assert caught.value.code == "no-such-region"
    assert caught.value.values["near"] == "foodvalley"
    assert "noord-kennemerland" in caught.value.values["known"]


def test_a_name_that_is_like_no_region_has_no_nearest():
    with pytest.raises(CycleplanError) as caught:
        find_region("xyzzy")
    assert caught.value.values["near"] is None


def test_a_folder_is_no_region(tmp_path):
    with pytest.raises(CycleplanError) as caught:
        find_region(str(tmp_path))
    assert caught.value.code == "no-such-region"


def test_a_file_that_cannot_be_opened_is_an_error_with_the_reason(tmp_path):
    with pytest.raises(CycleplanError) as caught:
        load_region(tmp_path / "weg.yaml", REGISTER)
    assert caught.value.code == "cannot-read"
    assert caught.value.values["reason"]


# --- over many broken files

EXAMPLE = resources.region_files()["noord-kennemerland"].read_text(encoding="utf-8")


@given(st.integers(0, len(EXAMPLE) - 1), st.integers(0, 40), st.text("ab0-: \n{}[]'#", max_size=6))
def test_a_damaged_file_is_told_about_and_never_makes_loading_fall_over(at, length, put):
    damaged = EXAMPLE[:at] + put + EXAMPLE[at + length :]
    loaded = load_text(damaged.encode(), "a.yaml", REGISTER)
    lines = len(re.split("\n", damaged))
    assert all(1 <= p.place.line <= lines + 1 for p in loaded.problems)
    assert loaded.region is not None or loaded.problems
