"""Random regions, told twice: as the text of a region file for the engine, and as a World for the brute force.

Nothing here comes from the package: elections and mergers are written down by hand, after the test vectors
of law.md (section 10), merger_elections.csv and mergers.csv of the facts; the holidays and the known colleges
are read from their tables, which the engine reads too but in its own way.
"""

from __future__ import annotations

import csv
import json
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from bruteforce import DAY, LEVELS, Council, Merger, SupportPlan, World, college_day, lane
from hypothesis import strategies as st

DATA = Path(__file__).parents[1] / "cycleplan" / "data"
PARTNERSHIPS = ("PO2510", "VO2509")  # one a sector; the area is always the test's own


def _days(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(word) for word in text.split())


# Nomination, polling day, first sitting.
REGULAR = {
    2010: _days("2010-01-19 2010-03-03 2010-03-11"),
    2014: _days("2014-02-03 2014-03-19 2014-03-27"),
    2018: _days("2018-02-05 2018-03-21 2018-03-29"),
    2022: _days("2022-01-31 2022-03-16 2022-03-30"),
    2026: _days("2026-02-02 2026-03-18 2026-04-01"),
    2030: _days("2030-02-04 2030-03-20 2030-04-03"),
    2034: _days("2034-01-30 2034-03-15 2034-03-29"),
    2038: _days("2038-02-01 2038-03-17 2038-03-31"),
    2042: _days("2042-02-03 2042-03-19 2042-04-02"),
}
# By the day of the merger: nomination, polling day, first sitting of the new council.
BY_MERGER = {
    "2014-01-01": _days("2013-10-01 2013-11-13 2014-01-02"),
    "2015-01-01": _days("2014-10-06 2014-11-19 2015-01-02"),
    "2016-01-01": _days("2015-10-05 2015-11-18 2016-01-04"),
    "2018-01-01": _days("2017-10-09 2017-11-22 2018-01-02"),
    "2019-01-01": _days("2018-10-08 2018-11-21 2019-01-02"),
    "2021-01-01": _days("2020-10-05 2020-11-18 2021-01-04"),
    "2022-01-01": _days("2021-10-11 2021-11-24 2022-01-03"),
    "2022-03-24": _days("2022-01-31 2022-03-16 2022-03-24"),
    "2023-01-01": _days("2022-10-10 2022-11-23 2023-01-02"),
    "2027-01-01": _days("2026-10-05 2026-11-18 2027-01-04"),
}
OWN_ACT = "2022-03-24"  # Amsterdam and Weesp: not the Wet arhi, so no college by law at the first sitting

# The mergers; where a municipality was divided up, the way to its main successor comes first.
MERGERS = [
    ("2014-01-01", "GM0055 GM0080", "GM0080"),  # Boarnsterhim into Leeuwarden
    ("2015-01-01", "GM0361 GM0365 GM0458", "GM0361"),  # Alkmaar
    ("2015-01-01", "GM0241 GM0265 GM0282", "GM0241"),  # Groesbeek
    ("2016-01-01", "GM0241", "GM1945"),  # … which was renamed Berg en Dal
    ("2016-01-01", "GM0381 GM0424 GM0425", "GM1942"),  # Gooise Meren
    ("2016-01-01", "GM0385 GM0478", "GM0385"),  # Edam-Volendam
    ("2018-01-01", "GM0140 GM1900", "GM1900"),  # Littenseradiel, for the most part into Súdwest-Fryslân
    ("2018-01-01", "GM0080 GM0081 GM0140", "GM0080"),  # Leeuwarden
    ("2019-01-01", "GM0738 GM0870 GM0874", "GM1959"),  # Altena
    ("2021-01-01", "GM0788 GM0824", "GM0824"),  # Haaren, for the most part into Oisterwijk
    ("2021-01-01", "GM0788 GM0757", "GM0757"),  # Boxtel
    ("2021-01-01", "GM0788 GM0855", "GM0855"),  # Tilburg, without an election
    ("2021-01-01", "GM0788 GM0865", "GM0865"),  # Vught
    ("2022-01-01", "GM0398 GM0416", "GM1980"),  # Dijk en Waard
    ("2022-03-24", "GM0363 GM0457", "GM0363"),  # Amsterdam
    ("2023-01-01", "GM0501 GM0530 GM0614", "GM1992"),  # Voorne aan Zee
    ("2027-01-01", "GM0402 GM1696", "GM0402"),  # Hilversum
]

# Whose councils were elected when: years are regular elections, days are mergers; a plus is every later year.
LIVES = {
    "GM0055": "2010",
    "GM0080": "2010 2014-01-01 2018-01-01 2022+",
    "GM0081": "2010 2014",
    "GM0140": "2010 2014",
    "GM0241": "2010 2015-01-01",
    "GM0265": "2010",
    "GM0282": "2010",
    "GM0361": "2010 2015-01-01 2018+",
    "GM0363": "2010 2014 2018 2022-03-24 2026+",
    "GM0365": "2010",
    "GM0381": "2010 2014",
    "GM0385": "2010 2014 2016-01-01 2022+",
    "GM0398": "2010 2014 2018",
    "GM0402": "2010 2014 2018 2022 2027-01-01 2030+",
    "GM0416": "2010 2014 2018",
    "GM0424": "2010 2014",
    "GM0425": "2010 2014",
    "GM0457": "2010 2014 2018",
    "GM0458": "2010",
    "GM0478": "2010 2014",
    "GM0501": "2010 2014 2018",
    "GM0530": "2010 2014 2018",
    "GM0614": "2010 2014 2018",
    "GM0738": "2010 2014",
    "GM0757": "2010 2014 2018 2021-01-01 2026+",
    "GM0788": "2010 2014 2018",
    "GM0824": "2010 2014 2018 2021-01-01 2026+",
    "GM0865": "2010 2014 2018 2021-01-01 2026+",
    "GM0870": "2010 2014",
    "GM0874": "2010 2014",
    "GM1696": "2010 2014 2018 2022",
    "GM1900": "2010 2014 2018-01-01 2022+",
    "GM1942": "2016-01-01 2018+",  # took part in 2018, though the Act would have it skip
    "GM1945": "2018+",
    "GM1959": "2019-01-01 2022+",
    "GM1980": "2022-01-01 2026+",
    "GM1992": "2023-01-01 2026+",
}
ORDINARY = [  # in all three holiday regions, some with a college that the register knows
    "GM0034", "GM0096", "GM0106", "GM0228", "GM0267", "GM0310", "GM0344", "GM0345", "GM0373", "GM0399",
    "GM0758", "GM0855", "GM0935",
]  # fmt: skip
# Which codes can stand in an area together with the year of their merger.
FOCI: list[tuple[int, list[str]]] = [
    (2015, ["GM0361", "GM0365", "GM0458"]),
    (2015, ["GM0241", "GM0282", "GM1945"]),
    (2016, ["GM1942", "GM0424"]),
    (2016, ["GM0385", "GM0478"]),
    (2018, ["GM0080", "GM0081"]),
    (2019, ["GM1959", "GM0874"]),
    (2021, ["GM0788", "GM0757", "GM0824", "GM0855", "GM0865"]),
    (2022, ["GM1980", "GM0398"]),
    (2022, ["GM0363", "GM0457"]),
    (2023, ["GM1992", "GM0530"]),
    (2027, ["GM0402", "GM1696"]),
]


def _merger_day(text: str) -> date:
    return date.fromisoformat(text)


def _exists() -> dict[str, tuple[date | None, date | None]]:
    found: dict[str, tuple[date | None, date | None]] = {}
    for text, olds, new in MERGERS:
        day = _merger_day(text)
        if new not in olds.split():
            found[new] = (day, None)
        for old in olds.split():
            if old != new:
                found[old] = (found.get(old, (None, None))[0], day - DAY)
    return found


def _councils(code: str) -> list[Council]:
    found = []
    for word in LIVES.get(code, "2010+").split():
        if len(word) == 10:
            nominated, elected, first = BY_MERGER[word]
            found.append(Council(nominated, elected, first, None if word == OWN_ACT else first, []))
            continue
        year = int(word[:4])
        years = [y for y in REGULAR if y >= year] if word.endswith("+") else [year]
        found += [Council(*REGULAR[y], None, []) for y in years]
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def known_colleges() -> dict[tuple[str, date], date]:
    """The colleges that the register knows."""
    return {
        (r["code"], date.fromisoformat(r["elected"])): date.fromisoformat(r["college_formed"])
        for r in _rows(DATA / "colleges.csv")
    }


@cache
def school_holidays() -> dict[str, list[tuple[date, date]]]:
    """The school holidays per region, without the extra May week."""
    found: dict[str, list[tuple[date, date]]] = {"noord": [], "midden": [], "zuid": []}
    for r in _rows(DATA / "school_holidays.csv"):
        if r["name"] != "mei_adviesweek":
            found[r["region"]].append((date.fromisoformat(r["first"]), date.fromisoformat(r["last"])))
    return found


@cache
def holiday_region(code: str) -> str:
    """The holiday region of a municipality, of a former one its main successor's."""
    rows = [r for r in _rows(DATA / "holiday_regions.csv") if r["code"] == code]
    if not rows:
        return holiday_region(next(new for _, olds, new in MERGERS if code in olds.split() and code != new))
    main = [r for r in rows if r["part"] == "whole" or r["part"].startswith("rest")]
    return main[0]["region"]


def related(area: list[str]) -> list[str]:
    """The codes of an area with all that they came from or went into."""
    found = set(area)
    while True:
        more = {
            c
            for _, olds, new in MERGERS
            for c in (*olds.split(), new)
            if found & {*olds.split(), new} and c not in found
        }
        if not more:
            return sorted(found)
        found |= more


def last_day(text: str) -> date:
    """A day, or the last day of a month."""
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:])
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True)
class Description:
    """A region with one partnership and one plan."""

    area: tuple[str, ...]
    year: int
    years: int = 4
    opens: tuple[int, int] = (1, 15)
    order: tuple[str, str] = ("oogo", "opr")
    opr_weeks: int = 6
    adoption_weeks: int = 2
    oogo: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    colleges: tuple[tuple[str, date, date], ...] = ()  # code, polling day, college installed
    falls: tuple[tuple[str, date, date, date], ...] = ()  # code, polling day, fell, next college installed
    added: tuple[tuple[str, date, date], ...] = ()
    replaced: tuple[tuple[str, date, date], ...] = ()
    holiday_regions: tuple[tuple[str, str], ...] = ()
    min_window_days: int = 10
    partnership: str = PARTNERSHIPS[0]
    quantiles: tuple[float, float, float] | None = None
    given: tuple[int, int, int] | None = None  # formation days
    today: date = field(default=date(2026, 11, 22))

    @property
    def plan_id(self) -> str:
        """The id of its plan."""
        return f"{self.partnership}/ondersteuningsplan/{self.year}-08-01"

    def text(self) -> bytes:
        """The region file; JSON is YAML."""
        plan = {"years": f"{self.year}-{self.year + self.years}", "status": "actual", "source": "test"}
        plan |= {k: v for k, v in (("oogo", [*self.oogo]), ("adopted", [*self.adopted])) if v}
        codes = {r[0] for r in (*self.colleges, *self.falls, *self.added, *self.replaced, *self.holiday_regions)}
        partnership = {
            "code": self.partnership,
            "municipalities": list(self.area),
            "procedure": {
                "opens": f"{self.opens[0]:02}-{self.opens[1]:02}",
                "order": list(self.order),
                "opr_weeks": self.opr_weeks,
                "adoption_weeks": self.adoption_weeks,
            },
            "plans": [plan],
        }
        region = {
            "region": "test",
            "name": "Test",
            "revised": "2026-11-22",
            "municipalities": [self._municipality(code) for code in sorted({*codes, self.area[0]})],
            "partnerships": [partnership],
            "policy": self._policy(),
        }
        return json.dumps(region, default=str, indent=1).encode()

    def _policy(self) -> dict[str, object]:
        how = {"formation_quantiles": self.quantiles, "formation_days": self.given}
        return {"min_window_days": self.min_window_days} | {k: list(v) for k, v in how.items() if v}

    def _municipality(self, code: str) -> dict[str, object]:
        fact = {"status": "actual", "source": "test"}
        councils = [
            {"elected": elected, "college_formed": day, **fact} for c, elected, day in self.colleges if c == code
        ] + [
            {"elected": elected, "fell": fell, "college_formed": following, **fact}
            for c, elected, fell, following in self.falls
            if c == code
        ]
        recess = {
            how: [{"first": first, "last": last, **fact} for c, first, last in rows if c == code]
            for how, rows in (("add", self.added), ("replace", self.replaced))
        }
        own = dict(self.holiday_regions)
        region = {"holiday_region": own[code]} if code in own else {}
        return {"code": code, "councils": councils, "recess": recess, **region}

    def world(self) -> World:
        """The same for the brute force."""
        codes = related(list(self.area))
        councils = {code: _councils(code) for code in codes}
        for code in codes:
            for council in councils[code]:
                council.college = known_colleges().get((code, council.elected), council.college)
        for code, elected, day in self.colleges:
            _council(councils, code, elected).college = day
        for code, elected, fell, following in self.falls:
            _council(councils, code, elected).falls.append((fell, following))
        if "GM1945" in councils:  # a municipality that only changed its name keeps its council
            councils["GM1945"] = [*councils["GM0241"], *councils["GM1945"]]
        return World(
            councils,
            {code: self._recess(code) for code in codes},
            [Merger(_merger_day(day), olds.split(), new) for day, olds, new in MERGERS if new in codes],
            _exists(),
            dict(zip(LEVELS, self.quantiles or LEVELS.values(), strict=True)),
            dict(zip(LEVELS, self.given, strict=True)) if self.given else None,
        )

    def _recess(self, code: str) -> list[tuple[date, date]]:
        replaced = [(first, last) for c, first, last in self.replaced if c == code]
        added = [(first, last) for c, first, last in self.added if c == code]
        region = dict(self.holiday_regions).get(code) or holiday_region(code)
        holidays = [
            (first, last)
            for first, last in school_holidays()[region]
            if not any(first <= other_last and other_first <= last for other_first, other_last in replaced)
        ]
        return holidays + replaced + added

    def plan(self) -> SupportPlan:
        """Its plan for the brute force."""
        return SupportPlan(
            date(self.year, 8, 1),
            date(self.year + self.years, 7, 31),
            list(self.area),
            [last_day(text) for text in self.oogo],
            [last_day(text) for text in self.adopted],
            self.opens,
            list(self.order),
            self.opr_weeks,
            self.adoption_weeks,
            self.min_window_days,
        )


def _council(councils: dict[str, list[Council]], code: str, elected: date) -> Council:
    return next(c for c in councils[code] if c.elected == elected)


# --- strategies


@st.composite
def descriptions(draw: st.DrawFn) -> Description:
    """Random regions; two in three with a merger, most of those with a plan around it."""
    merges = draw(st.integers(0, 2)) < 2
    area: list[str] = []
    years = st.integers(2015, 2034)
    months = st.sampled_from([1, 2, 3, 3, 3, 4, 5, 7, 9, 11, 12])  # of integers the small ones come up most
    if merges:
        merger, codes = draw(st.sampled_from(FOCI))
        area = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True))
        if draw(st.sampled_from([True, True, False])):
            months = st.sampled_from([6, 8, 10, 11, 12, 1])
            years = st.sampled_from([max(2015, merger - 1), *[merger] * 4, merger + 1, merger + 2, merger + 3])
    area += draw(st.lists(st.sampled_from(ORDINARY), min_size=0 if area else 1, max_size=3, unique=True))
    area = list(dict.fromkeys(area))
    year = draw(years)
    length = draw(st.integers(1, 4))
    made = Description(
        area=tuple(area),
        year=year,
        years=length,
        opens=(1, 15) if draw(st.integers(0, 3)) == 3 else (draw(months), draw(st.integers(1, 28))),
        order=draw(st.sampled_from([("oogo", "opr"), ("opr", "oogo")])),
        opr_weeks=draw(st.one_of(st.just(6), st.integers(0, 14), st.integers(0, 60))),
        adoption_weeks=draw(st.one_of(st.just(2), st.integers(0, 8), st.integers(0, 30))),
        holiday_regions=tuple(
            (code, draw(st.sampled_from(["noord", "midden", "zuid"])))
            for code in draw(st.lists(st.sampled_from(related(area)), max_size=1))
        ),
        min_window_days=draw(st.one_of(st.just(10), st.integers(1, 25))),
        partnership=draw(st.sampled_from(PARTNERSHIPS)),
        today=draw(st.dates(date(2024, 1, 1), date(2028, 12, 31))),
    )
    made = replace(made, **draw(_decided(year, length)))
    made = replace(made, added=draw(_recesses(made)), replaced=draw(_recesses(made)))
    made = replace(made, colleges=draw(_colleges(made)))
    return replace(made, falls=draw(_falls(made)))


shares = st.lists(st.integers(1, 999), min_size=3, max_size=3, unique=True).map(
    lambda thousandths: tuple(n / 1000 for n in sorted(thousandths))
)
formation_days = st.lists(st.integers(14, 366), min_size=3, max_size=3).map(lambda v: tuple(sorted(v)))


@st.composite
def with_policies(draw: st.DrawFn) -> Description:
    """Random regions of which most set their own quantiles or days of formation."""
    made, which = draw(descriptions()), draw(st.integers(0, 4))
    if which < 2:
        made = replace(made, quantiles=draw(shares))
    elif which < 4:
        made = replace(made, given=draw(formation_days))
    # A college cannot fall before it is there, at whatever level.
    slowest = made.given[2] if made.given else 229
    return replace(made, falls=tuple(f for f in made.falls if f[2] > f[1] + slowest * DAY))


@st.composite
def _decided(draw: st.DrawFn, year: int, length: int) -> dict[str, tuple[str, ...]]:
    early = st.dates(date(year - 1, 9, 1), date(year, 4, 30))
    late = st.dates(date(year, 5, 1), date(year + length, 7, 31))

    def days() -> tuple[str, ...]:
        found = draw(st.lists(st.one_of(early, early, late), max_size=3, unique=True))
        texts = [str(day)[: draw(st.sampled_from([10, 10, 10, 7]))] for day in found]
        return tuple({last_day(text): text for text in texts}.values())  # no day twice

    which = draw(st.integers(0, 5))
    oogo = days() if which in (2, 3, 4) else ()
    return {"oogo": oogo, "adopted": days() if which in (4, 5) else ()}


@st.composite
def _recesses(draw: st.DrawFn, made: Description) -> tuple[tuple[str, date, date], ...]:
    codes = related(list(made.area))
    found = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        first = date(made.year, 1, 1) + draw(st.integers(-400, 130)) * DAY
        found.append((draw(st.sampled_from(codes)), first, first + draw(st.integers(0, 20)) * DAY))
    return tuple(found)


def _terms(made: Description, codes: list[str]) -> list[tuple[str, Council, date]]:
    """The councils that matter to a plan, each with the day before the next one of its lane sits."""
    world = made.world()
    found = []
    for code in codes:
        terms = lane(world, code)
        for (owner, council), (_, following) in pairwise(terms):
            # A renamed municipality's own councils only: those before belong to its old code.
            mine = owner == code and not (code == "GM1945" and council.elected.year < 2018)
            if mine and made.year - 9 < council.elected.year < made.year + made.years:
                found.append((code, council, following.first - DAY))
    return found


@st.composite
def _colleges(draw: st.DrawFn, made: Description) -> tuple[tuple[str, date, date], ...]:
    terms = _terms(made, related(list(made.area)))
    chosen = draw(st.lists(st.integers(0, len(terms) - 1), max_size=3, unique=True)) if terms else []
    found = []
    for n in chosen:
        code, council, last = terms[n]
        day = council.first + draw(st.integers(0, min(240, (last - council.first).days))) * DAY
        found.append((code, council.elected, day))
    return tuple(found)


@st.composite
def _falls(draw: st.DrawFn, made: Description) -> tuple[tuple[str, date, date, date], ...]:
    terms = _terms(made, related(list(made.area)))
    found: list[tuple[str, date, date, date]] = []
    # Mostly about the time at which the plan is made, at times in any term.
    days = st.integers(-500, 130) if draw(st.integers(0, 3)) else st.integers(-2500, 1500)
    for _ in range(draw(st.sampled_from([0, 0, 1, 2])) if terms else 0):
        fell = date(made.year, 1, 1) + draw(days) * DAY
        length = draw(st.integers(1, 200)) * DAY
        running = []
        for code, council, last in terms:
            earlier = [following for c, _, _, following in found if c == code]
            begin = max([college_day(made.world(), code, council, "likely"), *earlier])
            if begin < fell and fell + length <= last:
                running.append((code, council.elected))
        if running:
            found.append((*draw(st.sampled_from(running)), fell, fell + length))
    return tuple(found)
