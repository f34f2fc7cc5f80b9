"""Publishing from the command line: what is read, written, said and refused."""

import os
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

import pytest
from histories import first
from running import REGIONS, as_yaml, publisher, region_text, run
from test_calendar import events, lint, unfolded

from cycleplan.outputs.calendar import index
from cycleplan.register import load_register
from cycleplan.resources import region_files


def written(folder: Path, **edit: Any) -> Path:
    """A region file; *edit* changes its keys."""
    path = folder / "r.yaml"
    path.write_text(as_yaml({**first(), **edit}), encoding="utf-8")
    return path


def publish(region: Path, *args: str | Path) -> str:
    """Publish, and give what was said."""
    ran = run("calendar", region, *args)
    assert (ran.code, ran.raw) == (0, b""), ran.err
    return ran.err


# --- one feed


def test_a_first_publication_is_said_and_the_next_goes_on_from_it(tmp_path: Path) -> None:
    feed = tmp_path / "agenda.ics"
    assert "Voor het eerst gepubliceerd: agenda.ics (1)." in publish(written(tmp_path), "-o", feed)
    assert publish(written(tmp_path), "-o", feed) == ""
    said = publish(written(tmp_path, agreements=[], revised="2026-12-01"), "-o", feed)
    assert said == "agenda.ics: 0 nieuw, 0 gewijzigd, 2 vervallen, 0 eruit.\n"
    assert feed.read_bytes().count(b"SUMMARY:VERVALLEN: ") == 2


def test_a_feed_that_does_not_change_is_not_written_again(tmp_path: Path) -> None:
    feed, region = tmp_path / "agenda.ics", written(tmp_path)
    publish(region, "-o", feed)
    os.utime(feed, (1, 1))
    publish(region, "-o", feed, "--today", "2031-01-01")
    assert feed.stat().st_mtime == 1
    publish(written(tmp_path, name="Anders"), "-o", feed)
    assert feed.stat().st_mtime != 1


def test_the_feed_before_can_stand_elsewhere(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ics", tmp_path / "new.ics"
    publish(written(tmp_path), "-o", old)
    before = old.read_bytes()
    publish(written(tmp_path, agreements=[], revised="2026-12-01"), "--previous", old, "-o", new)
    assert old.read_bytes() == before
    assert b"VERVALLEN" in new.read_bytes()
    ran = run("calendar", written(tmp_path, agreements=[], revised="2026-12-01"), "--previous", old)
    assert (ran.code, ran.raw) == (0, new.read_bytes())


def test_a_feed_before_that_is_not_there_makes_a_first_publication_and_is_said(tmp_path: Path) -> None:
    assert (
        "Voor het eerst gepubliceerd: weg.ics"
        in run("calendar", written(tmp_path), "--previous", tmp_path / "weg.ics").err
    )


def test_a_feed_before_that_is_not_there_does_not_wipe_out_the_one_that_is(tmp_path: Path) -> None:
    feed = tmp_path / "agenda.ics"
    publish(written(tmp_path), "-o", feed)
    before = feed.read_bytes()
    ran = run("calendar", written(tmp_path, name="Anders"), "--previous", tmp_path / "weg.ics", "-o", feed)
    assert ran.code == 1
    assert "weg.ics kan niet worden gelezen" in ran.err
    assert feed.read_bytes() == before


def test_a_feed_on_standard_output_has_no_past(tmp_path: Path) -> None:
    ran = run("calendar", written(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    assert ran.raw == publisher(as_yaml(first()).encode()).publish().content


def test_a_personal_file_is_not_taken_for_a_feed(tmp_path: Path) -> None:
    own = tmp_path / "eigen.ics"
    publish(written(tmp_path), "--reminders", "1m", "-o", own)
    ran = run("calendar", written(tmp_path), "-o", own)
    assert ran.code == 1
    assert "een eigen bestand met herinneringen" in ran.err


REFUSED = {
    "an older file": ({"revised": "2026-11-21"}, [], "22 november 2026", "21 november 2026"),
    "another audience": ({}, ["--for", "GM0228"], "die voor iedereen", "Kies een ander bestand"),
    "a personal file": ({}, ["--reminders", "1m"], "die voor iedereen", "Kies een ander bestand"),
    "another calendar": ({"calendar": {}}, [], "met een andere `calendar.id`", "Kies een ander bestand"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_follow_is_refused_in_a_sentence_and_the_feed_stays(case: str, tmp_path: Path) -> None:
    edit, args, *words = REFUSED[case]
    feed = tmp_path / "agenda.ics"
    publish(written(tmp_path), "-o", feed)
    before = feed.read_bytes()
    ran = run("calendar", written(tmp_path, **edit), "-o", feed, *args)
    assert (ran.code, ran.raw) == (1, b"")
    for word in [*words, "agenda.ics", "Er is niets geschreven"]:
        assert word in ran.err
    assert feed.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["agenda.ics", "r.yaml"]


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x00\xff"])
def test_a_file_that_is_no_feed_is_never_overwritten(content: bytes, tmp_path: Path) -> None:
    other = tmp_path / "brief.docx"
    other.write_bytes(content)
    ran = run("calendar", "foodvalley", "-o", other)
    assert ran.code == 1
    assert "brief.docx" in ran.err
    assert other.read_bytes() == content


def test_a_correction_under_the_same_day_is_published_with_a_warning(tmp_path: Path) -> None:
    feed = tmp_path / "agenda.ics"
    publish(written(tmp_path), "-o", feed)
    said = publish(written(tmp_path, name="Andere naam"), "-o", feed)
    assert "`revised` niet (agenda.ics)" in said
    assert "Andere naam" in feed.read_text(encoding="utf-8")


def test_a_newer_program_is_told_from_a_changed_file(tmp_path: Path) -> None:
    feed = tmp_path / "agenda.ics"
    publish(written(tmp_path), "-o", feed)
    feed.write_bytes(feed.read_bytes().replace(b"Dit is de laatste dag van het convenant", b"Zo heette het vroeger"))
    assert "Het regiobestand is niet veranderd en de agenda wel (agenda.ics)" in publish(written(tmp_path), "-o", feed)


def test_what_stands_at_o_must_be_the_same_feed_also_where_another_is_given_as_the_one_before(tmp_path: Path) -> None:
    good, other, letter = (tmp_path / name for name in ("good.ics", "ede.ics", "brief.docx"))
    publish(written(tmp_path), "-o", good)
    publish(written(tmp_path), "--for", "ede", "-o", other)
    letter.write_bytes(b"brief")
    before = other.read_bytes()
    for file in (other, letter):
        ran = run("calendar", written(tmp_path), "--previous", good, "-o", file)
        assert (ran.code, file.name in ran.err) == (1, True)
    assert (other.read_bytes(), letter.read_bytes()) == (before, b"brief")


def test_an_older_feed_given_as_the_one_before_does_not_set_the_newer_one_back(tmp_path: Path) -> None:
    old, feed = tmp_path / "old.ics", tmp_path / "agenda.ics"
    publish(written(tmp_path), "-o", old)
    publish(written(tmp_path, revised="2027-02-01"), "-o", feed)
    before = feed.read_bytes()
    assert run("calendar", written(tmp_path), "--previous", old, "-o", feed).code == 1
    assert feed.read_bytes() == before


def test_a_link_is_followed_to_the_feed_behind_it(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    feed, link = tmp_path / "www" / "agenda.ics", tmp_path / "link.ics"
    publish(written(tmp_path), "-o", feed)
    link.symlink_to(feed)
    publish(written(tmp_path, revised="2027-02-01"), "-o", link)
    assert link.is_symlink()
    assert b"X-CYCLEPLAN-REVISED:2027-02-01" in feed.read_bytes()


def test_the_feed_before_can_come_through_a_pipe(tmp_path: Path) -> None:
    feed, pipe = tmp_path / "agenda.ics", tmp_path / "pipe"
    publish(written(tmp_path), "-o", feed)
    os.mkfifo(pipe)
    writer = Thread(target=lambda: pipe.write_bytes(feed.read_bytes()))
    writer.start()
    ran = run("calendar", written(tmp_path), "--previous", pipe)
    writer.join(10)
    assert (ran.code, ran.raw, ran.err) == (0, feed.read_bytes(), "")


@pytest.mark.parametrize("name", ["mijn agenda é.ics", "a#b?c%.ics", "x\r\nATTENDEE:q.ics"])
def test_the_address_of_a_feed_is_an_address_whatever_its_file_is_called(name: str, tmp_path: Path) -> None:
    region = written(tmp_path, calendar={**first()["calendar"], "url": "https://voorbeeld.nl/agenda/"})
    publish(region, "-o", tmp_path / name)
    raw = (tmp_path / name).read_bytes()
    assert lint(raw) == []
    (address,) = (line for line in unfolded(raw) if line.startswith("SOURCE"))
    assert unquote(address.removeprefix("SOURCE;VALUE=URI:https://voorbeeld.nl/agenda/")) == name
    assert re.fullmatch(r"[!-~]+", address)


# --- every feed


def test_all_writes_a_feed_for_everybody_with_names_that_people_understand(tmp_path: Path) -> None:
    said = publish(written(tmp_path), "--all", tmp_path / "agenda")
    assert "Voor het eerst gepubliceerd: proef.ics, " in said
    assert "(7)" in said
    names = sorted(p.name for p in (tmp_path / "agenda").iterdir())
    assert names == [
        "index.html",
        "proef-ede-gm0228.ics",
        "proef-griffie.ics",
        "proef-opr.ics",
        "proef-swv-barneveld-veenendaal-vo2511.ics",
        "proef-swv-rijn-gelderse-vallei-po2510.ics",
        "proef-wageningen-gm0289.ics",
        "proef.ics",
    ]


def test_a_feed_of_all_is_the_feed_that_its_audience_gets_by_itself(tmp_path: Path) -> None:
    publish(written(tmp_path), "--all", tmp_path / "agenda")
    one = run("calendar", written(tmp_path), "--for", "GM0228").raw
    assert (tmp_path / "agenda" / "proef-ede-gm0228.ics").read_bytes() == one


def test_all_goes_on_from_what_stands_there_and_leaves_what_did_not_change(tmp_path: Path) -> None:
    folder = tmp_path / "agenda"
    publish(written(tmp_path), "--all", folder)
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    assert publish(written(tmp_path), "--all", folder) == ""
    assert {p.stat().st_mtime for p in folder.iterdir()} == {1}


def test_all_writes_nothing_if_one_feed_cannot_be_made(tmp_path: Path) -> None:
    folder = tmp_path / "agenda"
    publish(written(tmp_path), "--all", folder)
    (folder / "proef-opr.ics").write_bytes(b"kapot")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    ran = run("calendar", written(tmp_path, agreements=[], revised="2026-12-01"), "--all", folder)
    assert ran.code == 1
    assert "proef-opr.ics" in ran.err
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_all_tells_every_feed_that_cannot_be_made(tmp_path: Path) -> None:
    folder = tmp_path / "agenda"
    folder.mkdir()
    for name in ("proef.ics", "proef-opr.ics"):
        (folder / name).write_bytes(b"kapot")
    said = run("calendar", written(tmp_path), "--all", folder).err
    assert "proef.ics" in said
    assert "proef-opr.ics" in said


def test_a_feed_that_is_no_longer_made_is_named_and_one_of_another_region_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "agenda"
    publish(written(tmp_path), "--all", folder)
    other = as_yaml({**first(), "region": "proef-oost", "calendar": {"id": "6f0d3c2e-0000-4000-8000-000000000002"}})
    (tmp_path / "oost.yaml").write_text(other, encoding="utf-8")
    publish(tmp_path / "oost.yaml", "--all", folder)
    (folder / "eigen.ics").write_bytes(b"iets anders")
    assert publish(written(tmp_path), "--all", folder) == ""
    said = publish(written(tmp_path, partnerships=first()["partnerships"][:1], revised="2026-12-01"), "--all", folder)
    assert "niet meer bijgewerkt: proef-swv-barneveld-veenendaal-vo2511.ics (1)" in said


def test_all_writes_nothing_where_something_stands_that_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "agenda"
    publish(written(tmp_path), "--all", folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    for name in ("index.html", "proef-griffie.ics"):
        (folder / name).unlink()
        (folder / name).mkdir()
        ran = run("calendar", written(tmp_path, agreements=[], revised="2026-12-01"), "--all", folder)
        assert (ran.code, name in ran.err) == (1, True)
        assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}.items() <= before.items()
        (folder / name).rmdir()
        (folder / name).write_bytes(before[name])


def test_an_empty_feed_is_said(tmp_path: Path) -> None:
    region = written(tmp_path, calendar={**first()["calendar"], "audiences": {"opr": ["elected"]}})
    assert "de agenda is leeg: proef-opr.ics." in publish(region, "--all", tmp_path / "agenda")


def test_all_stands_alone(tmp_path: Path) -> None:
    for args in (["--for", "opr"], ["-o", "x.ics"], ["--previous", "x.ics"], ["--reminders", "1m"]):
        ran = run("calendar", "foodvalley", "--all", tmp_path / "a", *args)
        assert ran.code == 2
        assert "`--all` gaat niet samen" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    ran = run("calendar", "foodvalley", "--all", tmp_path / "bestand" / "agenda")
    assert ran.code == 1
    assert "kan niet worden geschreven" in ran.err


@pytest.mark.parametrize("name", REGIONS)
def test_file_names_are_safe_everywhere_and_no_two_are_the_same(name: str) -> None:
    made = publisher(region_files()[name].read_bytes())
    region = made.audiences.region
    names = [index.file_name(audience, region, load_register()) for audience in made.audiences.all()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.ics", file) and len(file) < 90 for file in names)


def test_a_name_in_the_region_file_does_not_change_the_address_that_people_subscribed_to(tmp_path: Path) -> None:
    for name in ("Proef", "../../etc/passwd", "\u05d0 👩 é"):
        (tmp_path / "r.yaml").write_bytes(region_text(name))
        folder = tmp_path / "agenda" / str(len(list(tmp_path.glob("agenda/*"))))
        publish(tmp_path / "r.yaml", "--all", folder)
    found = [sorted(p.name for p in folder.iterdir()) for folder in (tmp_path / "agenda").iterdir()]
    assert len(found) == 3
    assert found[0] == found[1] == found[2]


# --- the index


class _Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for key, value in attrs if key == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_index_lists_every_feed_by_its_file_with_the_number_of_its_events(tmp_path: Path) -> None:
    publish(written(tmp_path), "--all", tmp_path / "agenda")
    page = _Links((tmp_path / "agenda" / "index.html").read_text(encoding="utf-8"))
    assert sorted(page.links) == sorted(p.name for p in (tmp_path / "agenda").glob("*.ics"))
    for link in page.links:
        raw = (tmp_path / "agenda" / link).read_bytes()
        assert lint(raw) == []
        assert str(len(events(raw))) in page.text
    assert "Gemeente Ede" in page.text


def test_the_index_gives_addresses_to_subscribe_to_where_the_region_has_one(tmp_path: Path) -> None:
    publish(
        written(tmp_path, calendar={**first()["calendar"], "url": "https://voorbeeld.nl/agenda/"}),
        "--all",
        tmp_path / "a",
    )
    page = _Links((tmp_path / "a" / "index.html").read_text(encoding="utf-8"))
    assert "https://voorbeeld.nl/agenda/proef-opr.ics" in page.links
    assert "webcal://voorbeeld.nl/agenda/proef-opr.ics" in page.links
    assert (
        b"SOURCE;VALUE=URI:https://voorbeeld.nl/agenda/proef-opr.ics\r\n"
        in (tmp_path / "a" / "proef-opr.ics").read_bytes()
    )


def test_a_name_in_the_index_is_text_whatever_it_looks_like(tmp_path: Path) -> None:
    name = "<script>alert(1)</script>{{ 7*7 }}\" onload='x' &amp;"
    (tmp_path / "r.yaml").write_bytes(region_text(name))
    publish(tmp_path / "r.yaml", "--all", tmp_path / "a")
    page = _Links((tmp_path / "a" / "index.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert f"Agenda's van {name}" in page.text


# --- reminders


@pytest.mark.parametrize("value", ["", "m", "0m", "12", "12m,,", "1y", "-1m", "1000m", "１m"])
def test_reminders_that_are_none_are_told_with_an_example(value: str) -> None:
    ran = run("calendar", "foodvalley", "--reminders", value)
    assert ran.code == 2
    assert "12m,6m,2w" in ran.err


def test_reminders_go_in_months_weeks_and_days() -> None:
    raw = run("calendar", "foodvalley", "--reminders", "1m, 2w,3d").raw
    # The last day of the OOGO of VO2509 is 5 March 2027: a month before it is 5 February, 28 days.
    found = re.search(r"SUMMARY:VO2509 2027–2031: laatste dag OOGO\r\n.*?END:VEVENT", raw.decode(), re.DOTALL)
    assert found
    assert re.findall(r"TRIGGER:-(\S+)", found[0]) == ["P27DT15H", "P13DT15H", "P2DT15H"]
    assert (date(2027, 3, 5) - date(2027, 2, 5)).days == 28
