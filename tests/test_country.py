"""The country has every partnership of the register, as a region file that names them all would give them."""

import csv
from dataclasses import replace

from running import as_yaml

from cycleplan import country, resources
from cycleplan.loading import load_text
from cycleplan.region import NOWHERE, Region
from cycleplan.register import load_register


def rows(table: str) -> list[dict[str, str]]:
    """A table of the register, read by ourselves."""
    with resources.data(f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_the_country() -> Region:
    return country.region(load_register())


def from_a_file() -> Region:
    """The same by way of YAML: the codes and the plans, typed out of the tables of the register."""
    plans: dict[str, list[dict[str, object]]] = {}
    for row in rows("plans"):
        plan = {key: row[key] for key in ("first", "status", "source", "oogo", "opr", "adopted", "submitted")}
        told = {key: value for key, value in plan.items() if value} | {"last": row["last"] or "unknown"}
        plans.setdefault(row["partnership"], []).append(told)
    codes = [row["code"] for row in rows("partnerships") if not row["successor"]]
    partnerships = [{"code": code, "plans": plans.get(code, [])} for code in codes]
    raw = as_yaml({"region": "nederland", "name": "Nederland", "revised": "2026-11-22", "partnerships": partnerships})
    loaded = load_text(raw.encode(), "nederland.yaml", load_register())
    assert loaded.usable, loaded.problems[:3]
    assert loaded.region
    return loaded.region


def test_there_are_as_many_partnerships_as_the_sources_count() -> None:
    # By the annex 76 for primary and 74 for secondary education, and Berséba; of these PO2902 went into PO2901.
    found = of_the_country().partnerships
    regional = [p for p in found.values() if not p.national]
    assert [sum(p.sector == sector for p in regional) for sector in ("PO", "VO")] == [76 - 1, 74]
    assert [p.name for p in found.values() if p.national] == ["Berséba"]
    assert len(found) == 150
    assert "PO2902" not in found
    assert {"GM0687", "GM0654"} <= set(found["PO2901"].municipalities)  # Middelburg, and Borsele of the other one


def test_every_partnership_has_the_municipalities_of_the_register_and_knows_which_lie_in_part() -> None:
    areas: dict[str, dict[str, str]] = {}
    for row in rows("partnership_municipalities"):
        areas.setdefault(row["partnership"], {})[row["municipality"]] = row["part"]
    for code, partnership in of_the_country().partnerships.items():
        assert sorted(partnership.municipalities) == sorted(areas.get(code, {}))
        assert partnership.in_part == {m for m, part in areas.get(code, {}).items() if part == "part"}
    assert "GM1963" not in of_the_country().partnerships["VO2810"].municipalities  # Hoeksche Waard left


def test_the_partnerships_and_their_plans_are_those_of_a_file_that_names_them() -> None:
    ours, theirs = of_the_country(), from_a_file()
    assert set(ours.partnerships) == set(theirs.partnerships)
    for code, partnership in theirs.partnerships.items():
        assert ours.partnerships[code] == partnership._replace(mark=NOWHERE)
    assert sum(len(p.plans) for p in ours.partnerships.values()) == len(rows("plans"))


def test_the_municipalities_are_those_of_such_a_file_and_all_in_an_area_belong_to_the_country() -> None:
    ours, theirs = of_the_country(), from_a_file()
    assert {c: m._replace(in_region=False) for c, m in ours.municipalities.items()} == dict(theirs.municipalities)
    in_areas = {code for p in ours.partnerships.values() for code in p.municipalities}
    assert {m.code for m in ours.own_municipalities} == in_areas


def test_all_else_is_as_in_a_file_that_says_nothing_of_it() -> None:
    ours, theirs = of_the_country(), from_a_file()
    bare = {"municipalities": {}, "partnerships": {}, "file": ""}
    assert replace(ours, **bare) == replace(theirs, **bare, revised=load_register().revised)
