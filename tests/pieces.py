"""Pieces for the tests of the forms: from any Markdown, and one with everything that a piece can have."""

import re
from datetime import date
from itertools import pairwise

from cycleplan.outputs.memo.markdown import read
from cycleplan.outputs.memo.piece import Piece

DAY = date(2026, 11, 22)
SAMPLE = """\
# Collegevoorstel Regio Foodvalley

| | |
|---|---|
| Aan | het college van Ede |
| Van | **[steller]** |
| Datum | 22 november 2026 |
| Status | concept, gemaakt met cycleplan |

## Kernboodschap

PO2510 2026–2030 (verwacht) is **uit de pas**: 0 % van het plan valt onder de raad waarvan het college erover \
besloot.[^1] Zie <https://wetten.overheid.nl/BWBR0003420/2026-08-01#Artikel18a>.

## Voorgesteld besluit

1. Het OOGO over VO2509 2027–2031 te voeren van 15 januari 2027 t/m 19 februari 2027.[^2]
2. Aan PO2510 voor te stellen eerst een plan van één jaar te maken (2026–2027).

   Dit kost één kort plan.

   - De rondes blijven vier.
   - \\{\\{ 7\\*7 \\}\\} \\<w:p\\> & "x"

## Argumenten

### 1.1 Van 15 januari t/m 19 februari 2027 zijn alle zeven colleges buiten stilstand en reces

Dat zijn 36 dagen.[^2] *Niet* meer.

*Tabel 1. Plannen en hun oordeel*

| Plan | Oordeel | Laagste dekking |
|---|---|---:|
| PO2509 2024–2028 | kwetsbaar | 42 % |
| PO2510 2026–2030 | **uit de pas** | 0 % [^1] |

### 1.2 Wie het naloopt, doet dat met één opdracht

Typ `cycleplan check foodvalley --today 2026-11-22`:

    cycleplan check foodvalley
    cycleplan windows foodvalley

> Zo staat het in de afspraak.

---

*Tabel 2. Wie wat doet*

| Dag | Wie | Wat |
|---|---|---|
| 15 januari 2027 | **[naam]** | <griffie@example.org> vragen om een plaats op de agenda |

## Financiën

**[In te vullen door de steller: kosten en dekking.]**

- ☐ Is er een procedure voor het OOGO afgesproken?
- ☐ Is de mbo-instelling uitgenodigd?

[^1]: Berekening: 0 van de 1461 dagen. Besluit (aanname) op 1 februari 2026; WPO 18a lid 9.
[^2]: Venster: 15 januari 2027 t/m 19 februari 2027, 36 dagen. Zie <https://example.org/a_b?c=d&e=f>.
"""


def piece(text: str, lang: str = "nl") -> Piece:
    """The piece that *text* is: a section per heading of the second level, named as its heading."""
    heading = next((inline for before, inline in pairwise(read(text)) if before.tag == "h1"), None)
    notes = "\n".join(re.findall(r"^\[\^\w+\]: .*$", text, re.MULTILINE))
    start = re.search("^## ", text, re.MULTILINE)
    body = text[start.start() :] if start else ""
    parts = re.split("^## (.*)$", body.replace(notes, "") if notes else body, flags=re.MULTILINE)
    sections = {name: f"{section.strip()}\n\n{notes}\n" for name, section in zip(parts[1::2], parts[2::2], strict=True)}
    return Piece(
        lang=lang,
        type="afstemmingsmemo",
        title="".join(child.content for child in heading.children or []).replace("\u00a0%", " %") if heading else "",
        day=DAY,
        text=text,
        body=body,
        sections=sections,
        context={"region": "Foodvalley", "today": DAY},
    )
