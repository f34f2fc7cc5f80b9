import csv

import pytest
import yaml

from cycleplan import resources


def test_every_region_that_ships_is_found_by_its_file_name():
    found = resources.region_files()
    assert {"foodvalley", "noord-kennemerland", "zuid-limburg"} <= set(found)
    assert list(found) == sorted(found)
    assert all(path.is_file() and path.stem == name for name, path in found.items())


def test_the_templates_and_the_data_stand_where_they_are_looked_for():
    assert resources.templates().is_dir()
    assert resources.data("law.yaml").is_file()


@pytest.mark.parametrize("name", ["register.yaml", "law.yaml"])
def test_the_day_of_a_data_file_is_what_yaml_reads_in_it(name):
    read = yaml.safe_load(resources.data(name).read_bytes())
    assert resources.revised(name) == read["revised"]


@pytest.mark.parametrize("path", sorted(resources.data("").glob("*.csv")), ids=lambda path: path.stem)
def test_a_table_has_in_each_row_what_the_csv_module_reads(path):
    with path.open(encoding="utf-8", newline="") as lines:
        assert list(resources.table(path.stem)) == list(csv.DictReader(lines))


def test_a_table_gives_rows_by_column_and_keeps_codes_text():
    row = next(row for row in resources.table("municipalities") if row["name"] == "Groningen")
    assert row["code"] == "GM0014"


def test_tables_are_read_as_utf_8():
    assert "Súdwest-Fryslân" in {row["name"] for row in resources.table("municipalities")}
