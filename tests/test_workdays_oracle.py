"""The calendar against the public `holidays` package; alone in its file, since it needs that package."""

import csv
from datetime import date, timedelta
from pathlib import Path

import holidays

import cycleplan
from cycleplan.register import load_register

FIRST, LAST = date(2000, 1, 1), date(2050, 12, 31)


def test_working_days_are_those_of_the_holidays_package_and_the_decrees():
    # Right for the Atw only with both categories (Good Friday, and 5 May of every year), and without the
    # days equated by decree, which come from our table.
    table = Path(cycleplan.__file__).parent / "data" / "equated_days.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    equated = {date.fromisoformat(row["date"]) for row in rows}
    recognised = set(holidays.NL(years=range(FIRST.year, LAST.year + 1), categories=("public", "optional")))
    ours = load_register().workdays
    different = []
    for n in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        expected = day.weekday() < 5 and day not in recognised and day not in equated
        if ours.is_working_day(day) != expected:
            different.append(day)
    assert different == []
