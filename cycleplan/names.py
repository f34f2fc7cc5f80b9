"""Names are what people call a municipality or a partnership; each stands for one code of the register.

"Ede", "Gemeente Ede", "'s-Gravenhage", "Den Haag", "Bergen NH", "PO 25.10" and "po2510" are all understood, and so are
the names of municipalities that have gone into another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from cycleplan import resources
from cycleplan.errors import CycleplanError, nearest
from cycleplan.register import Register

_CODE = re.compile(r"(gm|po|vo)[\s-]*(\d\d)[.\s-]?(\d\d)", re.IGNORECASE)
_SHORT_CODE = re.compile(r"gm[\s-]*(\d{1,3})", re.IGNORECASE | re.ASCII)  # without the zeros that it begins with
_MOST_CHOICES = 8
_ALIKE = 0.7  # among so many names there is always one that is a little like
_SAID_BESIDE_A_NAME = frozenset({"gemeente", "municipality"})
_IN_MANY_NAMES = frozenset({"swv", "samenwerkingsverband", "stichting", "vereniging", "partnership"})


class Meant(NamedTuple):
    """The party that a name stands for; *gone* are the codes that it was asked by and that went into it, in turn."""

    code: str
    gone: tuple[str, ...] = ()


class Choice(NamedTuple):
    """A party that a name can stand for."""

    code: str
    name: str


def find(asked: str, register: Register, today: date) -> Meant:
    """The party that exists on *today* and that *asked* stands for: a name or a code.

    Raises CycleplanError ``unknown-name`` with the nearest, ``ambiguous-name`` with the ``Choice`` of each, also where
    several have the words asked for in their names.
    """
    found = sorted({now for code in _called(asked, register, today) for now in _of_today((code,), register, today)})
    codes = {gone_and_now[-1] for gone_and_now in found}
    if len(codes) == 1:
        return Meant(found[0][-1], found[0][:-1])
    likely = sorted(codes) or _with_the_words(asked, register, today)
    choices = tuple(Choice(code, called(code, register)) for code in likely)
    if len(choices) > 1:
        raise CycleplanError("ambiguous-name", name=asked, choices=choices)
    near = choices[0] if choices else _near(asked, register, today)
    raise CycleplanError("unknown-name", name=asked, near=near.code if near else None, near_name=near and near.name)


def called(code: str, register: Register) -> str:
    """What people call a party; a partnership without a known name goes by its first municipalities."""
    if code in register.municipalities:
        return register.municipalities[code].name
    partnership = register.partnerships[code]
    return partnership.name or by_municipalities(called(m, register) for m in partnership.municipalities)


def by_municipalities(names: Iterable[str]) -> str:
    """What a partnership without a known name goes by: the first three of its municipalities."""
    listed = list(names)
    return ", ".join(listed[:3]) + (", …" if len(listed) > 3 else "")


def nearest_code(code: str, known: Iterable[str]) -> str | None:
    """The code of the same kind with most digits in the same place; of these the nearest in number."""
    number = int(code[2:])
    return min(
        (c for c in known if c[:2] == code[:2]),
        key=lambda c: (sum(a != b for a, b in zip(code, c, strict=True)), abs(int(c[2:]) - number), c),
        default=None,
    )


def _called(asked: str, register: Register, today: date) -> set[str]:
    """The codes that *asked* can stand for, of yesterday's municipalities only if there is none of today."""
    known = {*register.municipalities, *register.partnerships}
    code = _CODE.fullmatch(asked.strip())
    if code:
        return {f"{code[1].upper()}{code[2]}{code[3]}"} & known
    short = _SHORT_CODE.fullmatch(asked.strip())
    if short:
        return {f"GM{short[1].zfill(4)}"} & known
    digits = asked.strip()
    if re.fullmatch(r"\d{4}", digits, re.ASCII):
        return {f"{kind}{digits}" for kind in ("GM", "PO", "VO")} & known
    for cut, names in _tiers(register, today):
        wanted = _plain(asked, cut)
        found = {code for name, code in names if _plain(name, cut) == wanted}
        if wanted and found:
            return found
    return set()


def _tiers(register: Register, today: date) -> Iterator[tuple[frozenset[str], Iterable[tuple[str, str]]]]:
    """Names with their codes, those in full before those cut short; and the words that count for nothing in them."""
    now = [m for m in register.municipalities.values() if m.exists_on(today)]
    partnerships = [(p.name, p.code) for p in register.partnerships.values() if p.name]
    other = [(r["name"], r["code"]) for r in resources.table("other_names")]
    no_words: frozenset[str] = frozenset()
    yield no_words, [*((m.name, m.code) for m in now), *partnerships, *other]
    short = [(cut, m.code) for m in now for cut in (_short(m.name), f"{_short(m.name)} {m.province}")]
    yield no_words, [*short, *((_short(name), code) for name, code in partnerships)]
    yield _IN_MANY_NAMES, [(_short(name), code) for name, code in partnerships]
    yield no_words, [(cut, m.code) for m in register.municipalities.values() for cut in (m.name, _short(m.name))]


def _plain(name: str, without: frozenset[str]) -> str:
    """A name by its words only: no capitals, accents, signs, and not the words that say what it is of."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub(r"['’‘`]", "", kept))
    return " ".join(word for word in words if word not in _SAID_BESIDE_A_NAME | without)


def _short(name: str) -> str:
    """A name without what stands in brackets or after a comma: Bergen for Bergen (NH.)."""
    return re.sub(r"\s*\(.*?\)|,.*", "", name)


def _of_today(codes: tuple[str, ...], register: Register, today: date) -> Iterator[tuple[str, ...]]:
    """Every way from the last of *codes* to what it has become by *today*."""
    last = codes[-1]
    partnership = register.partnerships.get(last)
    if partnership:
        yield from _of_today((*codes, partnership.successor), register, today) if partnership.successor else (codes,)
        return
    ways = [merger.new for merger in register.ways_out(last) if merger.day <= today]
    if not ways:
        yield codes
    for new in ways:
        yield from _of_today((*codes, new), register, today)


def _with_the_words(asked: str, register: Register, today: date) -> list[str]:
    """The parties of today that have all words asked for in their name, if they are few enough to choose from."""
    wanted = set(_plain(asked, _IN_MANY_NAMES).split())
    parties = _parties_of_today(register, today)
    found = [code for name, code in parties if wanted and wanted <= set(_plain(name, _IN_MANY_NAMES).split())]
    return sorted(found) if len(found) <= _MOST_CHOICES else []


def _parties_of_today(register: Register, today: date) -> list[tuple[str, str]]:
    now = [(m.name, m.code) for m in register.municipalities.values() if m.exists_on(today)]
    return [*now, *((called(p.code, register), p.code) for p in register.partnerships.values() if not p.successor)]


def _near(asked: str, register: Register, today: date) -> Choice | None:
    code = _CODE.fullmatch(asked.strip())
    if code:
        known = {*register.municipalities, *register.partnerships}
        near = nearest_code(f"{code[1].upper()}{code[2]}{code[3]}", known)
        return Choice(near, called(near, register)) if near else None
    names = dict(_parties_of_today(register, today))
    name = nearest(re.sub(r"(?i)^gemeente\s+", "", asked.strip()), names, _ALIKE)
    return Choice(names[name], name) if name else None
