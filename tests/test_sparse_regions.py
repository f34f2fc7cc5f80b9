"""Regions of which little is known, or in which little can be: every command answers, in both languages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import LANGUAGES, as_yaml, region_file, run

Data = dict[str, Any]
FACT = {"status": "actual", "source": "bron"}


def plans(*rows: Data) -> Callable[[Data], None]:
    return lambda data: data["partnerships"][0].update(plans=[{**row, **FACT} for row in rows])


def only_a_partnership(data: Data) -> None:
    data.update(municipalities=[], agreements=[], plans=[])
    data["partnerships"] = [{"code": "PO2510", "municipalities": [], "plans": [{"years": "2026-2030", **FACT}]}]


def only_a_municipality(data: Data) -> None:
    data.update(municipalities=[{"code": "GM0228"}], partnerships=[], agreements=[], plans=[])


def nothing_but_names(data: Data) -> None:
    data.update(municipalities=[{"code": "GM0228"}, {"code": "GM0289"}], agreements=[], plans=[])
    data["partnerships"] = [{"code": "PO2510", "municipalities": ["GM0228"]}]


def never_a_meeting(data: Data) -> None:
    data["municipalities"][0]["recess"] = {"add": [{"first": "2020-01-01", "last": "2040-12-31", **FACT}]}


def steps_that_cannot_fit(data: Data) -> None:
    data["partnerships"][0]["procedure"] = {"opr_weeks": 30, "adoption_weeks": 30}


def a_great_many_agreements(data: Data) -> None:
    one = data["agreements"][0]
    points = [f"Punt {number}." for number in range(20)]
    data["agreements"] = [{**one, "name": f"A{n}", "id": f"a{n}", "agreed": points} for n in range(25)]


SPARSE = [
    only_a_partnership,
    only_a_municipality,
    nothing_but_names,
    never_a_meeting,
    steps_that_cannot_fit,
    a_great_many_agreements,
    plans({"years": "2026-2027"}),
    plans({"first": "2024-08-01", "last": "unknown"}),
    plans({"years": "2018-2022", "adopted": "2018-04"}),
]
LINES = (
    "check {r}", "check {r} --json", "windows {r}", "windows {r} --horizon", "windows {r} --json", "propose {r}",
    "propose {r} --json", "timeline {r}", "timeline {r} --format svg", "timeline {r} --format html",
    "timeline {r} --format mermaid", "timeline {r} --format csv", "calendar {r}", "memo {r}",
    "memo {r} --type oogo-agenda --format html", "explain {r}", "compare {r} foodvalley", "diff {r} foodvalley",
)  # fmt: skip
# What a command may refuse, in a sentence, where there is nothing to answer about.
MAY_REFUSE = ("windows", "propose", "memo", "calendar")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("edit", SPARSE, ids=range(len(SPARSE)))
def test_every_command_answers_about_it(edit: Callable[[Data], None], lang: str, tmp_path: Path) -> None:
    data = region_file()
    edit(data)
    path = tmp_path / "regio.yaml"
    path.write_text(as_yaml(data), encoding="utf-8")
    for line in LINES:
        # A leap day, from which years are counted.
        ran = run(*line.format(r=path).split(), "--today", "2024-02-29", "--lang", lang)
        assert ran.code == 0 or (ran.code == 1 and line.startswith(MAY_REFUSE) and ran.err), line
        assert "None" not in (ran.out if "--json" not in line else ""), line
        assert ran.out or ran.err, line
