"""The Word form of a piece: a document of our own, or one in the house style of a municipality's template."""

from __future__ import annotations

from cycleplan.errors import CycleplanError
from cycleplan.outputs.memo.piece import Piece


def render(piece: Piece, template: bytes | None = None, template_name: str = "") -> bytes:
    """The .docx of *piece*: in our own sober style, or in that of *template*, a .docx or .dotx.

    The same piece and template give the same bytes. What a template can name is told in ``template``.

    Raises CycleplanError ``needs-extra`` without python-docx or docxtpl; for a template one of ``word-template-``
    ``unreadable``, ``macros``, ``syntax``, ``unknown-name``, ``block-not-alone``, ``empty``, ``unsafe``.
    """
    try:
        if template is None:
            from cycleplan.outputs.memo.word.blank import render_blank

            return render_blank(piece)
        from cycleplan.outputs.memo.word.template import render_template

        return render_template(piece, template, template_name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] not in ("docx", "docxtpl", "lxml"):
            raise
        raise CycleplanError("needs-extra", extra="word", package="python-docx") from None
