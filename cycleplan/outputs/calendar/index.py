"""The list of a region's feeds, as a page: for whom each is, and its address to subscribe to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from cycleplan.outputs import templating
from cycleplan.outputs.styling import styled
from cycleplan.region import EVERYONE, Region
from cycleplan.register import Register
from cycleplan.wording.words import Words

NAME = "index.html"
_LONGEST_SLUG = 40


def file_name(audience: str, region: Region, register: Register) -> str:
    """The file of a feed: ``foodvalley.ics``, ``foodvalley-ede-gm0228.ics``, ``foodvalley-opr.ics``.

    By the register's name of a party, which another name in the region file does not change: whoever subscribed
    keeps the address.
    """
    if audience == EVERYONE:
        return f"{region.id}.ics"
    known = register.municipalities.get(audience) or register.partnerships.get(audience)
    slug = _slug(known.name) if known else ""
    return "-".join(filter(None, (region.id, slug, audience.lower()))) + ".ics"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    return slug if len(slug) <= _LONGEST_SLUG else slug[: _LONGEST_SLUG + 1].rpartition("-")[0]


def webcal(address: str) -> str:
    """The address by which a calendar program opens the feed at *address* to subscribe to it."""
    return re.sub("^https?:", "webcal:", address)


def render(region: Region, feeds: Mapping[str, tuple[str, int]], words: Words, style: str = "", back: str = "") -> str:
    """The page; *feeds* has per audience its file and the number of its events.

    *style* is CSS of whoever publishes it, *back* the address of the region's own page, if there is one.
    """
    url = region.publication.url or ""
    rows = []
    for audience, (file, events) in feeds.items():
        address = url + file
        who = words.audience(audience)
        who = who[0].upper() + who[1:]
        rows.append(
            {
                "who": who,
                "address": address,
                "webcal": webcal(address) if url else "",
                "events": words.count(events, "event"),
            }
        )
    title = words.say("index.title", name=region.name)
    context = {
        **styled(style, "calendar/style.css"),
        "lang": words.lang,
        "title": title,
        "region": region.name,
        "revised": region.revised,
        "feeds": rows,
        "back": back,
        "say": words.say,
    }
    return templating.render(templating.html_environment(), "calendar/index.html", context)
