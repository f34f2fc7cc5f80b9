"""The pieces that a policy officer hands in: a memo, a letter to the council, a proposal, an agenda for the OOGO.

Their sentences stand in ``templates/memo``, a file per section and language. Which sections a type has, in which
order and under which heading, stands in ``headings.yaml`` beside them; a region can set that with ``memo.headings``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cycleplan import resources, yamltext
from cycleplan.brief import Brief
from cycleplan.outputs import templating
from cycleplan.outputs.memo.context import Notes, context
from cycleplan.outputs.memo.piece import Piece
from cycleplan.region import MEMO_TYPES

FOR_COUNCILS = ("raadsvoorstel", "raadsinformatiebrief", "oplegger")  # the pieces that a council reads


@cache
def _shipped_headings() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    path = resources.templates() / "memo" / "headings.yaml"
    read = yamltext.read(path.read_bytes(), path.name)
    assert not read.problems, read.problems
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = read.data
    return found


def headings(type: str, lang: str, own: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The sections of a type with their headings, in their order; *own* are those of the region.

    What a piece accounts for always comes, at the end where the region does not place it.
    """
    shipped = _shipped_headings()[type][lang]
    found = dict(own.get(type, shipped))
    found.setdefault("accountability", shipped["accountability"])
    return found


def write(brief: Brief, lang: str, version: str, type: str = MEMO_TYPES[0], folder: Path | None = None) -> Piece:
    """The piece of *type* that *brief* gives; a template in *folder* stands in the place of ours.

    Raises CycleplanError ``template-mistake`` as ``templating.render`` does.
    """
    named = context(brief, lang, version, type, type in FOR_COUNCILS)
    lang = named["lang"]
    notes = Notes()
    named["note"] = notes.refer
    environment = templating.environment(folder)

    def rendered(name: str) -> str:
        text = templating.render(environment, f"memo/{lang}/{name}.md", named)
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    own = headings(type, lang, brief.region.headings)
    head = rendered("head")
    sections = {name: rendered(name) for name in own}
    body = "\n\n".join(f"## {templating.markdown(own[name])}\n\n{text}" for name, text in sections.items())
    end = f"\n\n{notes}\n" if str(notes) else "\n"
    return Piece(
        lang,
        type,
        named["title"],
        brief.alignment.today,
        f"{head}\n\n{body}{end}",
        body + end,
        {name: text + end for name, text in sections.items()},
        named,
    )
