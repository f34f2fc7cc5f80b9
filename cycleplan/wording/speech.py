"""Speech is how days, numbers and names are said in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cycleplan.assessment import Verdict
from cycleplan.daterules import Status
from cycleplan.law import Law
from cycleplan.periods import Period
from cycleplan.region import FactDate, Plan, Region
from cycleplan.wording import LANGUAGES, texts


class Speech:
    """Days, numbers and names in one language; knows the law (to name articles) and the region (to name parties)."""

    def __init__(self, lang: str, law: Law, region: Region | None = None, chair: str | None = None) -> None:
        self.lang = lang if lang in LANGUAGES else "nl"
        self._law = law
        self._region = region
        self._chair = chair  # the party that speaks: what is its own is then "ours"
        self._words = texts(self.lang)

    @property
    def law(self) -> Law:
        """The law that articles are named after."""
        return self._law

    # --- days, numbers, names

    def day(self, day: date | FactDate) -> str:
        """As "30 april 2027"; a fact known by its month is shown as the month."""
        if isinstance(day, FactDate):
            if day.month_only:
                return self.month(day.day)
            day = day.day
        return f"{day.day} {self._words.MONTHS[day.month - 1]} {day.year}"

    def month(self, day: date) -> str:
        """As "december 2022"."""
        return f"{self._words.MONTHS[day.month - 1]} {day.year}"

    def short_day(self, day: date | FactDate, year: bool = False) -> str:
        """As "30 apr", or "30 apr 2027"."""
        only_month = isinstance(day, FactDate) and day.month_only
        day = day.day if isinstance(day, FactDate) else day
        month: str = self._words.SHORT_MONTHS[day.month - 1]
        return ("" if only_month else f"{day.day} ") + month + (f" {day.year}" if year else "")

    def month_of(self, day: date, year: bool = False) -> str:
        """As "apr", or "apr 2027"."""
        month: str = self._words.SHORT_MONTHS[day.month - 1]
        return f"{month} {day.year}" if year else month

    def day_of_year(self, day: date) -> str:
        """As "15 januari", of every year."""
        return f"{day.day} {self._words.MONTHS[day.month - 1]}"

    def span(self, days: Period) -> str:
        """As "15 januari t/m 19 februari 2027"; the year is said twice only where it differs."""
        if days.first == days.last:
            return self.day(days.first)
        first = self.day_of_year(days.first) if days.first.year == days.last.year else self.day(days.first)
        return f"{first} {self.say('until')} {self.day(days.last)}"

    def weekday(self, number: int) -> str:
        """The name of a day of the week; Monday is 0."""
        return str(self._words.WEEKDAYS[number])

    def when(self, day: date | FactDate) -> str:
        """As "op 30 april 2027", or "in december 2022"."""
        if isinstance(day, FactDate) and day.month_only:
            return self.say("in_month", month=self.day(day))
        return self.say("on_day", date=self.day(day))

    def count(self, number: int, what: str) -> str:
        """As "1 gemeente", "8 gemeenten"."""
        one, more = self._words.COUNTED[what]
        return f"{number} {one if number == 1 else more}"

    def number(self, number: int) -> str:
        """Small numbers as a word."""
        return str(self._words.NUMBERS[number]) if 0 <= number < len(self._words.NUMBERS) else str(number)

    def count_in_words(self, number: int, what: str) -> str:
        """As "zes weken"."""
        one, more = self._words.COUNTED[what]
        return f"{self.number(number)} {one if number == 1 else more}"

    def percent(self, share: float | None) -> str:
        """As "67 %"; a dash if it is not known."""
        return "–" if share is None else f"{round(share * 100)} %"

    def chance(self, share: float) -> str:
        """As "90 %", or "99,5 %": a chance is never rounded to what it is not."""
        number = f"{share * 100:.6g}"
        return f"{number.replace('.', ',') if self.lang == 'nl' else number} %"

    def share(self, share: float) -> str:
        """A share in words where there are words for it, with the percentage: "twee derde (67 %)"."""
        percent = round(share * 100)
        code = {100: "all", 66: "two_thirds", 67: "two_thirds", 50: "half", 33: "one_third"}.get(percent, "plain")
        return self.say(f"share.{code}", percent=self.percent(share))

    def gap(self, days: int) -> str:
        """A stretch of days in the unit in which people think of it."""
        if days < 14:
            return self.count_in_words(days, "day")
        if days < 120:
            return self.count_in_words(round(days / 7), "week")
        return self.count_in_words(round(days / 30.4), "month")

    def party(self, code: str) -> str:
        """A municipality by its name, a partnership by its code, the region by its name; "ours" for who speaks."""
        if code == self._chair:
            return self.say(f"chair.{'municipality' if code.startswith('GM') else 'partnership'}")
        if code.startswith("GM") and self._region and code in self._region.municipalities:
            return self._region.municipalities[code].name
        return self._region.name if self._region and code == self._region.id else code

    def parties(self, codes: Iterable[str], most: int = 4) -> str:
        """Parties in a row, by name; counted where there are more than *most*."""
        names = [self.party(code) for code in codes]
        if len(names) > most:
            return self.count(len(names), "municipality")
        return self.row(names)

    def row(self, words: Iterable[str]) -> str:
        """As "a, b en c"."""
        listed = list(words)
        if len(listed) < 2:
            return "".join(listed)
        return f"{', '.join(listed[:-1])} {self.say('and')} {listed[-1]}"

    def years(self, period: Period | None, first: date) -> str:
        """As "2022–2026" for school years, "2024 t/m 2027" for calendar years, else the days."""
        if period is None:
            return f"{first.year}–"
        start, end = period.first, period.last
        if (start.month, start.day, end.month, end.day) == (8, 1, 7, 31):
            return f"{start.year}–{end.year}"
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return f"{start.year} {self.say('until')} {end.year}" if start.year != end.year else str(start.year)
        return f"{self.short_day(start, True)} {self.say('until')} {self.short_day(end, True)}"

    def plan(self, plan: Plan) -> str:
        """A plan as people call it: "PO2510 2022–2026"; other kinds with their kind."""
        years = self.years(plan.period, plan.first.day)
        if plan.kind.is_support_plan:
            own = plan.owner == self._chair
            return self.say("chair.plan", years=years) if own else f"{plan.owner} {years}"
        owner = self.party(plan.owner)
        if plan.name:
            return f"{owner} {plan.name}"
        return self.say("entry.plan_name", owner=owner, kind=self.kind(plan), years=years)

    def kind(self, plan: Plan) -> str:
        """The kind of a plan."""
        return plan.kind.name.get(self.lang) or plan.kind.id

    def kind_called(self, id: str) -> str:
        """The kind of plan with this id, as the region calls it."""
        kind = self._region.kinds.get(id) if self._region else None
        return (kind and kind.name.get(self.lang)) or id

    def step(self, name: str, title: str | None = None) -> str:
        """A step: what a region calls its own, else as "vaststelling"."""
        return title or self.say(f"step.{name}")

    def article(self, basis: str | None) -> str:
        """The article of a provision, by its key, with its marks: "WMS 32 lid 1 (lezing)"; empty if there is none."""
        if not basis:
            return ""
        provision = self._law[basis]
        marks = ", ".join(self.say(f"mark.{mark.value}") for mark in self._law.marks(provision))
        return f"{provision.article} ({marks})" if marks else provision.article

    def in_brackets(self, article: str) -> str:
        """An article where brackets are around it already: "WMS 32 lid 1, lezing"."""
        return article.replace(" (", ", ").replace(")", "")

    def status(self, status: Status) -> str:
        """As "aanname", "verwacht"."""
        return self.say(f"status.{status.value}")

    def verdict(self, verdict: Verdict | None) -> str:
        """As "in de pas"."""
        return self.say(f"verdict.{verdict.value if verdict else None}")

    def sentence(self, text: str) -> str:
        """*text* with a capital, as a sentence begins; a code or a name that has one keeps it."""
        return text[:1].upper() + text[1:]

    def say(self, code: str, /, **values: Any) -> str:
        """The text of *code* with its values filled in; days and numbers are written out."""
        return self._filled_in(self._words.TEXTS[code], values)

    def _filled_in(self, text: str, values: Mapping[str, Any]) -> str:
        shown = {key: self._shown(value) for key, value in values.items()}
        for key in ("article", "oogo", "opr"):
            if f"({{{key}}})" in text:
                shown[key] = self.in_brackets(shown[key])
        return text.format_map(shown)

    def _shown(self, value: Any) -> str:
        if isinstance(value, date | FactDate):
            return self.day(value)
        if isinstance(value, Status):
            return self.status(value)
        if type(value) in (tuple, list):
            return self.row(str(v) for v in value)
        return "" if value is None else str(value)
