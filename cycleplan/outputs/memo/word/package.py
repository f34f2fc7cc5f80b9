"""A .docx as the parts in its zip: read within bounds, and written the same way every time."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime, time
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from cycleplan.errors import CycleplanError

MOST_BYTES = 50_000_000  # unpacked
MOST_PARTS = 2_000
TYPES = "[Content_Types].xml"
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_DAWN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows


def read(raw: bytes, name: str) -> dict[str, bytes]:
    """The parts of a .docx or .dotx, the latter made into the former.

    Raises CycleplanError ``word-template-unreadable`` for what is neither, is damaged, has a password or is too
    large when unpacked, and ``word-template-macros`` for one with macros.
    """
    unreadable = CycleplanError("word-template-unreadable", name=name, most=MOST_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            entries = file.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise unreadable
            parts = {entry.filename: file.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError):
        raise unreadable from None  # a password is a RuntimeError, an unknown way of packing a NotImplementedError
    if any("vbaproject" in part.lower() for part in parts) or b"macroEnabled" in parts.get(TYPES, b""):
        raise CycleplanError("word-template-macros", name=name)
    if TYPES not in parts or any(b"<!DOCTYPE" in text for part, text in parts.items() if part.endswith(".xml")):
        raise unreadable  # Word refuses a document type as well; with one a few bytes can say gigabytes
    parts[TYPES] = parts[TYPES].replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
    return parts


def write(parts: dict[str, bytes]) -> bytes:
    """The zip of *parts*: the types first, as readers expect, then by name, without a clock or a machine in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in sorted(parts, key=lambda name: (name != TYPES, name != "_rels/.rels", name)):
            entry = zipfile.ZipInfo(name, _DAWN)
            entry.create_system = 0
            file.writestr(entry, parts[name], zipfile.ZIP_DEFLATED, 6)
    return made.getvalue()


def saved(document: Any) -> dict[str, bytes]:
    """The parts of an open document."""
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as file:
        return {name: file.read(name) for name in file.namelist()}


def sign(document: Any, title: str, language: str, day: date) -> None:
    """Give the document core properties of ours, and none besides."""
    rels = document.part.package.rels
    for key, relation in list(rels.items()):  # LibreOffice names the relation its own way, which python-docx passes by
        if relation.reltype.endswith("/core-properties") and relation.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES:
            del rels[key]
    core = document.core_properties
    for child in list(core._element):
        core._element.remove(child)
    core.title = title[:255]  # python-docx takes no more
    core.language = language
    core.author = core.last_modified_by = "cycleplan"
    core.revision = 1
    core.created = core.modified = datetime.combine(day, time())
