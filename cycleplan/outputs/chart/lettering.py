"""How wide a text can be: an upper bound, as the fonts of who looks are not known.

The widths are those of DejaVu Sans, the widest of the fonts that browsers fall back on; in Arial or Segoe UI a text
takes about an eighth less. A label that fits by this measure fits.
"""

from __future__ import annotations

import unicodedata

# The characters of each width, in hundredths of the size of the letter.
_WIDTHS = {
    0: "\u00ad",
    28: "ijlI'‘’",
    32: " .,·J",
    36: "-/:;",
    40: "()[]ft!|",
    44: "r",
    50: "s–",
    56: "cvxyzkLF?+",
    64: "abdeghnopqu0123456789",
    71: "ABEKPSTVXYZRC",
    80: "DGHNUOQw&",
    88: "M→",
    100: "mW%—@…",
}
_BY_CHARACTER = {character: width for width, characters in _WIDTHS.items() for character in characters}
_LETTER, _WIDEST, _BOLD = 80, 140, 1.12


def width(text: str, size: float, bold: bool = False) -> float:
    """The most room that *text* takes, in the unit of *size*: the height of its letters."""
    hundredths = sum(_of(character) for character in text)
    return hundredths / 100 * size * (_BOLD if bold else 1)


def _of(character: str) -> int:
    plain = character if character in _BY_CHARACTER else unicodedata.normalize("NFD", character)[0]
    return _BY_CHARACTER.get(plain, _LETTER if ord(character) < 0x500 else _WIDEST)


def fitting(texts: tuple[str, ...], room: float, size: float, bold: bool = False) -> str:
    """The first of *texts* that fits in *room*; empty if none does."""
    return next((text for text in texts if width(text, size, bold) <= room), "")


def lines(text: str, room: float, size: float, most: int, bold: bool = False) -> tuple[str, ...]:
    """*text* on at most so many lines, cut off where it does not fit."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and (width(longer, size, bold) <= room or len(found) == most):
            found[-1] = longer
        else:
            found.append(word)
    return tuple(shortened(line, room, size, bold) for line in found)


def shortened(text: str, room: float, size: float, bold: bool = False) -> str:
    """*text*, cut off with an ellipsis where it does not fit in *room*; empty where that leaves next to nothing."""
    if width(text, size, bold) <= room:
        return text
    cut = text
    while cut and width(f"{cut.rstrip()}…", size, bold) > room:
        cut = cut[:-1]
    return f"{cut.rstrip()}…" if len(cut.strip()) > 2 else ""
