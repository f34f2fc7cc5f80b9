"""Wording turns codes and values into Dutch and English sentences; nothing else in cycleplan holds a sentence.

``nl`` and ``en`` hold the texts, ``speech`` the days, numbers and names, ``words`` the sentences about a region.
"""

from __future__ import annotations

from types import ModuleType

LANGUAGES = ("nl", "en")


def texts(lang: str | None) -> ModuleType:
    """The texts of a language; Dutch unless it is English. Only the language that is asked for is read."""
    if lang == "en":
        from cycleplan.wording import en

        return en
    from cycleplan.wording import nl

    return nl


def door_text(lang: str | None, code: str, /, **values: str) -> str:
    """A text of the door (help, wrong usage), which needs no law and no region."""
    text: str = texts(lang).DOOR[code]
    return text.format_map(values)
