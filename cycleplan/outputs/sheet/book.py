"""A workbook and its sheets: what XlsxWriter is told once, so that no text of a region file can act in it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cycleplan.outputs.textpage import one_line
from cycleplan.region import FactDate, Region
from cycleplan.wording.words import Words

A3, A4 = 8, 9
_MOST = 32_000  # characters in a cell: Excel has room for 32,767
_MOST_IN_HEADER = 100  # of 255, with the rest that stands there
_LANGUAGES = {"nl": ("nl-NL", "[$-413]"), "en": ("en-GB", "[$-809]")}
_TEXT = {"valign": "top", "text_wrap": True}
_NOT_PRINTED = ("source", "id")  # the last columns of a table: addresses, for who reads on the screen
HEAD = {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "valign": "vcenter", "text_wrap": True}


def clean(text: str) -> str:
    """*text* on one line, and no longer than a cell holds."""
    return one_line(text)[:_MOST]


class Book:
    """A workbook in one language. A cell is a day, a number or a text; no text is taken for a formula or a link."""

    def __init__(self, region: Region, words: Words) -> None:
        self.words = words
        self._region = region
        self._raw = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._raw, {**options, "strings_to_numbers": False})
        revised = region.revised
        created = datetime(revised.year, revised.month, revised.day, tzinfo=UTC)
        title = clean(words.say("chart.title", name=region.name))
        self._book.set_properties({"title": title, "author": "cycleplan", "created": created})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._language, code = _LANGUAGES[words.lang]
        self._day, self._month = f"{code}d mmm yyyy;@", f"{code}mmm yyyy;@"

    def format(self, **wanted: Any) -> Format:
        """A format of cells, made once."""
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(wanted)
        return self._formats[key]

    def sheet(self, code: str, paper: int = A4) -> Worksheet:
        """A new sheet, by the code of its name; to be printed on wide paper, with the region and the page on it."""
        words, region = self.words, self._region
        name = words.say(f"sheet.{code}")
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
        said = clean(region.name)[:_MOST_IN_HEADER].replace("&", "&&")  # there & begins a code
        sheet.set_header(f"&L {said}&R{name}")
        sheet.set_footer(f"&L{words.day(region.revised)}&R{words.say('sheet.page', page='&P', pages='&N')}")
        return sheet

    def put(self, sheet: Worksheet, row: int, column: int, value: Any, **look: Any) -> None:
        """Write a cell: a day as a day, a number as a number, all else as a text; only the look for an empty one."""
        if isinstance(value, FactDate):
            kind = self._month if value.month_only else self._day
            sheet.write_datetime(row, column, value.day, self.format(num_format=kind, align="left", **_TEXT | look))
        elif isinstance(value, date):
            self.put(sheet, row, column, FactDate(value), **look)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.format(align="center", **_TEXT | look))
        elif value == "":
            sheet.write_blank(row, column, None, self.format(**look))
        elif value is not None:
            sheet.write_string(row, column, clean(str(value)), self.format(**_TEXT | look))

    def table(
        self, code: str, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[Any]], paper: int = A4
    ) -> None:
        """A sheet with a table: its columns by code and width, the head in the first row, to be filtered."""
        sheet = self.sheet(code, paper)
        for i, (column, width) in enumerate(columns):
            sheet.set_column(i, i, width)
            self.put(sheet, 0, i, self.words.say(f"column.{column}"), **HEAD)
        for number, row in enumerate(rows, 1):
            for i, value in enumerate(row):
                self.put(sheet, number, i, value, text_wrap=columns[i][0] not in _NOT_PRINTED)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        sheet.repeat_rows(0)
        printed = [i for i, (column, _) in enumerate(columns) if column not in _NOT_PRINTED]
        sheet.print_area(0, 0, len(rows), printed[-1])
        sheet.fit_to_pages(1, 0)

    def content(self) -> bytes:
        """The bytes of the workbook, which says its language; XlsxWriter has no word for that."""
        self._book.close()
        out = BytesIO()
        told = f"<dc:language>{self._language}</dc:language></cp:coreProperties>".encode()
        with zipfile.ZipFile(self._raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for part in made.infolist():
                content = made.read(part)
                if part.filename == "docProps/core.xml":
                    content = content.replace(b"</cp:coreProperties>", told)
                file.writestr(part, content)
        return out.getvalue()
