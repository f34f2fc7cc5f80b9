"""The site: its files are what the other commands give, none is half, nothing typed acts, links lead somewhere."""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from histories import first
from running import REGIONS, TODAY, as_yaml, region_text, run
from test_calendar import lint

from cycleplan.resources import region_files

NAMES = {
    "index.html", "timeline.svg", "afstemmingsmemo.html", "afstemmingsmemo.md", "check.json", "windows.json",
    "propose.json", "timeline.json", "agenda/index.html",
}  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    """Every file in *folder* by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def make(folder: Path, *args: str | Path) -> str:
    """Make a site, and give what was said."""
    ran = run("site", folder, *args, "--today", TODAY)
    assert (ran.code, ran.raw) == (0, b""), ran.err
    return ran.err


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two regions that ship: of all of them it would take four times as long and tell no more."""
    folder = tmp_path_factory.mktemp("shipped") / "site"
    make(folder, *REGIONS)
    return folder


def written(folder: Path, name: str = "r.yaml", **edit: Any) -> Path:
    """A region file; *edit* changes its keys."""
    path = folder / name
    path.write_text(as_yaml({**first(), **edit}), encoding="utf-8")
    return path


class Page(HTMLParser):
    """The tags, addresses, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.cells: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.tags.append((tag, found))
        self.links += [found[key] for key in ("href", "src") if tag in ("a", "script", "img") and key in found]
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.cells:
            self.cells[-1] += data

    @property
    def policy(self) -> str:
        """What the page may fetch and run."""
        return next(a["content"] for _, a in self.tags if a.get("http-equiv") == "Content-Security-Policy")


def page_at(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


# --- what it makes


def is_whole(made: Path, regions: Iterable[str]) -> bool:
    """Whether the site is of these regions and has all that belongs to each."""
    found = set(files(made))
    wanted = {f"{region}/{name}" for region in regions for name in (*NAMES, f"agenda/{region}.ics")}
    return wanted <= found and {name.split("/")[0] for name in found} == {*regions, "index.html"}


def test_it_makes_the_regions_that_are_named(shipped: Path) -> None:
    assert is_whole(shipped, REGIONS)


@pytest.mark.slow  # the tests of the README do it as well, and look at less
def test_without_a_region_it_makes_all_that_ship(tmp_path: Path) -> None:
    make(tmp_path / "site")
    assert is_whole(tmp_path / "site", region_files())
    page = page_at(tmp_path / "site/index.html")
    assert sum(tag == "th" and a.get("scope") == "row" for tag, a in page.tags) == len(region_files())


def horizon(region: str, shipped: Path) -> list[str]:
    """The options that ask another command for the period of the site."""
    told = json.loads((shipped / region / "check.json").read_bytes())["horizon"]
    return ["--from", told["first"], "--to", told["last"]]


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("name", ["windows", "timeline", "memo-md", "memo-html"])
def test_a_file_is_what_the_command_of_that_name_gives_over_the_same_period(
    region: str, name: str, shipped: Path
) -> None:
    asked = {
        "windows": (["windows", region, "--json"], "windows.json"),
        "timeline": (["timeline", region, "--format", "json"], "timeline.json"),
        "memo-md": (["memo", region], "afstemmingsmemo.md"),
        "memo-html": (["memo", region, "--format", "html"], "afstemmingsmemo.html"),
    }
    args, file = asked[name]
    ran = run(*args, *horizon(region, shipped), "--today", TODAY)
    assert (shipped / region / file).read_bytes() == ran.raw


@pytest.mark.parametrize("region", REGIONS)
def test_the_proposals_are_those_of_the_command(region: str, shipped: Path) -> None:
    assert (shipped / region / "propose.json").read_bytes() == run("propose", region, "--json", "--today", TODAY).raw


@pytest.mark.parametrize("region", REGIONS)
def test_check_is_that_of_the_command_but_for_the_file_and_where_it_stands(region: str, shipped: Path) -> None:
    mine = json.loads((shipped / region / "check.json").read_bytes())
    other = json.loads(run("check", region, "--json", *horizon(region, shipped), "--today", TODAY).raw)
    assert {p["file"] for p in mine["problems"]} <= {f"{region}.yaml"}
    for problem in (*mine["problems"], *other["problems"]):
        del problem["file"]
    # Nor is the file itself published; whether it still says the same can be seen.
    assert mine["input"].pop("text") is None
    assert other["input"].pop("text").startswith("#")
    assert mine == other


def test_where_a_region_file_stands_is_told_nowhere(tmp_path: Path) -> None:
    make(tmp_path / "site", written(tmp_path))
    assert [name for name, raw in files(tmp_path / "site").items() if str(tmp_path).encode() in raw] == []


@pytest.mark.parametrize("region", REGIONS)
def test_the_feeds_are_those_of_calendar_all(region: str, shipped: Path, tmp_path: Path) -> None:
    run("calendar", region, "--all", tmp_path / "a")
    mine, other = files(shipped / region / "agenda"), files(tmp_path / "a")
    assert mine.keys() == other.keys()
    assert {name: raw for name, raw in mine.items() if name.endswith(".ics")} == {
        name: raw for name, raw in other.items() if name.endswith(".ics")
    }


def test_the_period_can_be_chosen(tmp_path: Path) -> None:
    make(tmp_path / "site", "foodvalley", "--from", "2026-08-01", "--to", "2028-07-31")
    told = json.loads((tmp_path / "site/foodvalley/timeline.json").read_bytes())["horizon"]
    assert told == {"first": "2026-08-01", "last": "2028-07-31"}
    ran = run("site", tmp_path / "other", "--from", "2030-01-01", "--to", "2027-01-01")
    assert (ran.code, (tmp_path / "other").exists()) == (1, False)


def test_it_speaks_the_language_that_is_asked_for(tmp_path: Path) -> None:
    make(tmp_path / "site", "foodvalley", "--lang", "en")
    for name in ("index.html", "foodvalley/index.html", "foodvalley/agenda/index.html"):
        assert page_at(tmp_path / "site" / name).tags[0] == ("html", {"lang": "en"})
    assert "Regions side by side" in page_at(tmp_path / "site/index.html").text


# --- the index


def test_the_index_compares_the_regions_by_what_the_other_commands_say(shipped: Path) -> None:
    page = page_at(shipped / "index.html")
    words = {"in_step": "✓ {}: in de pas", "at_risk": "▲ {}: kwetsbaar", "out_of_step": "✕ {}: uit de pas"}
    listed = {r["id"]: r for r in json.loads(run("list", "--json").raw)["regions"]}
    rows = dict(zip(REGIONS, (page.cells[8:16], page.cells[16:24]), strict=True))
    assert len(page.cells) == 24
    for region, cells in rows.items():
        check = json.loads((shipped / region / "check.json").read_bytes())
        cells = [" ".join(cell.split()) for cell in cells]
        assert cells[0] == listed[region]["name"]
        assert cells[5:7] == [str(listed[region]["municipalities"]), str(listed[region]["partnerships"])]
        late = [task["text"] for task in check["next"] if task["what"] == "overdue"]
        coming = [task["text"] for task in check["next"] if task["what"] != "overdue"]
        assert all(text in cells[1] for text in late + coming[:1])
        assert coming[1:2] == [] or coming[1] not in cells[1]
        unknown = [one["owner"] for one in check["unknown_plans"]]
        assert all(f"{owner}: plan onbekend" in cells[2] for owner in unknown)
        for verdict, form in words.items():
            sentence = form.split("{}")
            assert (sentence[0].strip() in cells[2]) == (sentence[1] in cells[2]), verdict
        next_election = min(one["elected"] for one in check["continuity"] if one["elected"])
        assert next_election == "2030-03-20"
        assert cells[4].startswith("20 maart 2030 (")
    assert "VO2509 2027–2031 (verwacht): in de pas" in rows["foodvalley"][2]


def test_the_index_does_not_say_that_nothing_asks_for_a_step_where_something_is_overdue(tmp_path: Path) -> None:
    make(tmp_path / "site", "utrecht", "leeuwarden")
    page = page_at(tmp_path / "site/index.html")
    told = dict(zip(map(str.strip, page.cells[8::8]), page.cells[9::8], strict=True))
    # Of Utrecht a plan should have been with the inspectorate on 30 April 2026; of Leeuwarden no running plan is known.
    assert ("VO2601" in told["Utrecht (stad)"], "vraagt niets" in told["Utrecht (stad)"]) == (True, False)
    assert "vraagt niets" in told["Leeuwarden"]


@pytest.mark.parametrize("region", REGIONS)
def test_the_next_window_of_the_index_is_what_is_left_of_the_first_of_windows_horizon(
    region: str, shipped: Path
) -> None:
    told = json.loads(run("windows", region, "--horizon", "--json", "--today", TODAY).raw)["windows"]
    coming = [w for w in told if w["certainty"] == "likely" and w["counts"] and w["last"] >= TODAY]
    assert coming[0]["first"] < TODAY == "2026-11-22"
    assert coming[0]["last"] == "2026-12-18"
    text = page_at(shipped / "index.html").cells[8 + 8 * REGIONS.index(region) + 3].strip()
    assert text == "22 november t/m 18 december 2026"
    page = (shipped / region / "index.html").read_text(encoding="utf-8")
    assert f"van {text} is iedereen buiten stilstand en reces" in page  # the page says the same


def test_the_table_can_be_reached_and_scrolled_by_keyboard_and_says_what_it_is(shipped: Path) -> None:
    tags = page_at(shipped / "index.html").tags
    around = next(a for tag, a in tags if tag == "div" and a.get("role") == "region")
    assert around["tabindex"] == "0"
    assert ("caption", {"class": "utrecht-table__caption", "id": around["aria-labelledby"]}) in tags
    assert sum(tag == "th" and a.get("scope") == "col" for tag, a in tags) == 8
    assert sum(tag == "th" and a.get("scope") == "row" for tag, a in tags) == 2
    assert not [tag for tag, _ in tags if tag == "script"]


# --- links and addresses


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_link_within_the_site_is_relative_and_leads_to_a_file(shipped: Path) -> None:
    checked = 0
    for path in pages(shipped):
        for link in page_at(path).links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("https", "http", "mailto"), link
                continue
            assert not parts.path.startswith("/")
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), (path, link)
            assert target.is_relative_to(shipped.resolve())
            checked += 1
    assert checked > 60


def test_everything_that_stands_beside_a_page_is_linked_from_it(shipped: Path) -> None:
    for region in REGIONS:
        links = set(page_at(shipped / region / "index.html").links)
        assert NAMES - {"index.html"} <= links
        assert "../index.html" in links
        assert "../index.html" in page_at(shipped / region / "agenda/index.html").links


def test_with_a_base_url_the_feeds_know_their_address_and_can_be_subscribed_to(tmp_path: Path) -> None:
    make(tmp_path / "site", written(tmp_path), "--base-url", "https://voorbeeld.nl/cyclus/")
    folder = tmp_path / "site/proef/agenda"
    index = page_at(folder / "index.html")
    for path in folder.glob("*.ics"):
        address = f"https://voorbeeld.nl/cyclus/proef/agenda/{path.name}"
        raw = path.read_bytes()
        assert lint(raw) == []
        assert f"SOURCE;VALUE=URI:{address}\r\n".encode() in raw.replace(b"\r\n ", b"")
        assert {address, address.replace("https:", "webcal:")} <= set(index.links)
    page = page_at(tmp_path / "site/proef/index.html")
    assert "webcal://voorbeeld.nl/cyclus/proef/agenda/proef.ics" in page.links
    assert "https://voorbeeld.nl/cyclus/proef/agenda/proef.ics" in page.links


def test_without_one_a_region_keeps_the_address_of_its_own(tmp_path: Path) -> None:
    calendar = {**first()["calendar"], "url": "http://anders.nl/a/"}
    make(tmp_path / "site", written(tmp_path, calendar=calendar))
    assert b"SOURCE;VALUE=URI:http://anders.nl/a/proef.ics" in (tmp_path / "site/proef/agenda/proef.ics").read_bytes()
    assert "webcal://anders.nl/a/proef.ics" in page_at(tmp_path / "site/proef/index.html").links


@pytest.mark.parametrize(
    "value",
    [
        "", "voorbeeld.nl/", "https://voorbeeld.nl", "https://voorbeeld.nl/a", "ftp://voorbeeld.nl/",
        "javascript:alert(1)/", "https://voorbeeld.nl/?a=/", "https://voorbeeld.nl/#/", "https:///", "https://a b.nl/", "https://x.nl/\"><b>/",
        "https://naam:woord@x.nl/", "https://x.nl/\n",
    ],
)  # fmt: skip
def test_an_address_that_is_no_folder_on_the_web_is_refused_in_words(value: str, tmp_path: Path) -> None:
    ran = run("site", tmp_path / "site", "--base-url", value)
    assert (ran.code, (tmp_path / "site").exists()) == (2, False)
    assert "Geef het adres van de map" in ran.err


# --- house style


def test_the_css_of_the_municipality_goes_over_every_page_and_its_policy_knows_it(tmp_path: Path) -> None:
    css = tmp_path / "huis.css"
    css.write_bytes(
        b"\xef\xbb\xbf.stad-theme { --utrecht-link-color: #ff0000 }\r\n\r\n\r\nh1::after { content: '</style>' }\r\n"
    )
    make(tmp_path / "site", "noord-kennemerland", "--style", css)
    for name in ("index.html", "noord-kennemerland/index.html", "noord-kennemerland/agenda/index.html"):
        text = (tmp_path / "site" / name).read_text(encoding="utf-8")
        styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        assert len(styles) == 2
        assert "--utrecht-link-color: #ff0000" in styles[1]
        page = Page(text)
        assert page.tags[0][1]["class"] == "stad-theme"
        assert all(hashed(style) in page.policy for style in styles)


def hashed(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def test_a_style_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "huis.css").write_bytes(b"\xff\xfe\x00")
    ran = run("site", tmp_path / "site", "--style", tmp_path / "huis.css")
    assert (ran.code, (tmp_path / "site").exists()) == (1, False)
    assert "huis.css is geen tekst in UTF-8" in ran.err
    assert run("site", tmp_path / "site", "--style", tmp_path / "weg.css").code == 2


# --- once more


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    region = written(tmp_path)
    total = len(NAMES) + 7 + 1
    assert f"{total} bestanden, waarvan {total} nieuw of gewijzigd" in make(folder, region)
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    said = make(folder, region)
    assert said == f"{folder}: {total} bestanden, waarvan 0 nieuw of gewijzigd.\n"
    assert {path.stat().st_mtime for path in folder.rglob("*") if path.is_file()} == {1}
    (folder / "proef/timeline.svg").write_bytes(b"half")
    assert "waarvan 1 nieuw of gewijzigd" in make(folder, region)
    changed = [path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime != 1]
    assert changed == ["timeline.svg"]


def test_the_feeds_go_on_from_those_that_stand_there(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    make(folder, written(tmp_path))
    said = make(folder, written(tmp_path, agreements=[], revised="2026-12-01"))
    assert "proef.ics: 0 nieuw, 0 gewijzigd, 2 vervallen, 0 eruit." in said
    assert (folder / "proef/agenda/proef.ics").read_bytes().count(b"SUMMARY:VERVALLEN: ") == 2
    before = files(folder)
    assert "waarvan 0 nieuw" in make(folder, written(tmp_path, agreements=[], revised="2026-12-01"))
    assert files(folder) == before


def test_a_region_that_is_no_longer_made_is_named_and_left(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    make(folder, written(tmp_path), "noord-kennemerland")
    (folder / "eigen").mkdir()
    (folder / "eigen/check.json").write_text("{}")
    before = files(folder / "proef")
    said = make(folder, "noord-kennemerland")
    assert "niet meer bijgewerkt: proef." in said
    assert files(folder / "proef") == before
    assert "proef" not in (folder / "index.html").read_text(encoding="utf-8")


def test_a_feed_that_is_no_longer_made_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    make(folder, written(tmp_path))
    said = make(folder, written(tmp_path, partnerships=first()["partnerships"][:1], revised="2026-12-01"))
    assert "niet meer bijgewerkt: proef-swv-barneveld-veenendaal-vo2511.ics (1)" in said
    assert (folder / "proef/agenda/proef-swv-barneveld-veenendaal-vo2511.ics").is_file()


@cache
def elsewhere(seed: str, zone: str, folder: Path) -> dict[str, bytes]:
    """The site of a process with another seed, time zone and working folder."""
    folder.mkdir(parents=True)
    env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
    args = [sys.executable, "-m", "cycleplan", "site", "s", *REGIONS, "--today", TODAY]
    subprocess.run(args, cwd=folder, env=env, check=True, capture_output=True)
    return files(folder / "s")


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_everywhere(shipped: Path, tmp_path: Path) -> None:
    assert elsewhere("1", "Pacific/Kiritimati", tmp_path / "a") == files(shipped)
    assert elsewhere("4711", "America/Los_Angeles", tmp_path / "b") == files(shipped)


# --- what is refused


def test_nothing_is_written_where_a_region_has_errors_and_all_of_them_are_told(tmp_path: Path) -> None:
    bad = tmp_path / "fout.yaml"
    bad.write_text("region: fout\nname: Fout\nrevised: 2026-13-01\n", encoding="utf-8")
    (tmp_path / "leeg.yaml").write_text("", encoding="utf-8")
    ran = run("site", tmp_path / "site", written(tmp_path), bad, "fodvalley", tmp_path / "leeg.yaml")
    assert (ran.code, ran.raw, (tmp_path / "site").exists()) == (1, b"", False)
    for said in ("fout.yaml:3:10: fout:", "Bedoel je `foodvalley`?", "leeg.yaml:1:1", "niets geschreven"):
        assert said in ran.err


def test_two_regions_of_one_name_are_refused(tmp_path: Path) -> None:
    ran = run("site", tmp_path / "site", written(tmp_path), written(tmp_path, "s.yaml"))
    assert (ran.code, (tmp_path / "site").exists()) == (1, False)
    assert "`proef`" in ran.err
    assert run("site", tmp_path / "site", "foodvalley", "foodvalley").code == 1


@pytest.mark.parametrize("id", ["../weg", "/tmp/weg", "a/b", "..", ".", "A", "a.b", "a\\b", "a\0b", "", "a-", "é"])
def test_a_name_that_would_lead_out_of_the_folder_is_no_name_of_a_region(id: str, tmp_path: Path) -> None:
    ran = run("site", tmp_path / "site", written(tmp_path, region=id))
    assert ran.code == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.yaml"]


def test_a_name_that_is_too_long_for_a_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    ran = run("site", tmp_path / "site", written(tmp_path, region="a" * 300))
    assert (ran.code, files(tmp_path / "site")) == (1, {})
    assert "kan niet worden geschreven" in ran.err


@pytest.mark.parametrize(
    "taken", ["index.html", "proef/index.html", "proef/check.json", "proef/agenda/index.html", "proef/agenda/proef.ics"]
)
def test_nothing_is_written_where_something_stands_that_is_no_file(taken: str, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / taken).mkdir(parents=True)
    ran = run("site", folder, written(tmp_path), "--today", TODAY)
    assert ran.code == 1
    assert PurePosixPath(taken).name in ran.err
    assert files(folder) == {}


@pytest.mark.parametrize("taken", ["proef", "proef/agenda"])
def test_nothing_is_written_where_a_file_stands_in_the_place_of_a_folder(taken: str, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / taken).parent.mkdir(parents=True)
    (folder / taken).write_text("x")
    ran = run("site", folder, written(tmp_path), "--today", TODAY)
    assert ran.code == 1
    assert "kan niet worden geschreven" in ran.err
    assert files(folder) == {taken: b"x"}


def test_a_file_in_the_place_of_the_site_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    ran = run("site", tmp_path / "bestand", "foodvalley")
    assert ran.code == 2
    assert "bij DIR: het is geen map" in ran.err
    assert run("site", tmp_path / "bestand" / "site", "foodvalley").code == 1
    assert "Hier ontbreekt DIR." in run("site").err


def test_nothing_is_written_if_one_feed_cannot_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    make(folder, written(tmp_path), "noord-kennemerland")
    (folder / "proef/agenda/proef-opr.ics").write_bytes(b"kapot")
    before = files(folder)
    args = [written(tmp_path, agreements=[], revised="2026-12-01"), "noord-kennemerland"]
    ran = run("site", folder, *args, "--today", "2026-12-02")
    assert (ran.code, "proef-opr.ics" in ran.err) == (1, True)
    assert files(folder) == before


def test_a_region_without_a_calendar_id_is_made_and_said(tmp_path: Path) -> None:
    said = make(tmp_path / "site", written(tmp_path, calendar={}))
    assert "proef: Dit bestand heeft geen calendar.id" in said


# --- strangers

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" \'><b>',
    "closing": "</style></title></svg></script><h1>x</h1>",
    "template": "{{ 7*7 }} {% raw %}",
    "address": "javascript:alert(1)",
    "entity": "&lt;b&gt; ]]> <!-- -->",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_what_a_stranger_typed_is_text_in_every_page(name: str, tmp_path: Path) -> None:
    def shape(text: str) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attrs)) for tag, attrs in Page(text).tags]

    for folder, typed in (("plain", "naam"), ("hostile", name)):
        (tmp_path / "r.yaml").write_bytes(region_text(typed))
        make(tmp_path / folder, tmp_path / "r.yaml")
    assert files(tmp_path / "plain").keys() == files(tmp_path / "hostile").keys()
    for page in ("index.html", "proef/agenda/index.html"):
        plain, hostile = ((tmp_path / folder / page).read_text(encoding="utf-8") for folder in ("plain", "hostile"))
        assert shape(hostile) == shape(plain)
        assert name in Page(hostile).text
        assert Page(hostile).policy == Page(plain).policy
    for path in pages(tmp_path / "hostile"):
        found = page_at(path)
        assert not [tag for tag, attrs in found.tags for key in attrs if key.startswith("on")]
        assert not [link for link in found.links if urlsplit(link).scheme in ("javascript", "data")]
        assert not [tag for tag, _ in found.tags if tag == "img"]
        assert found.policy.startswith("default-src 'none'")


def test_a_page_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>van een ander", encoding="utf-8")
    ran = run("site", tmp_path, "foodvalley", "--today", TODAY)
    assert ran.code == 1
    assert "index.html" in ran.err
    assert [p.name for p in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "<p>van een ander"


def test_a_link_does_not_lead_the_site_out_of_its_folder(tmp_path: Path) -> None:
    other, site = tmp_path / "elders", tmp_path / "site"
    other.mkdir()
    site.mkdir()
    (site / "foodvalley").symlink_to(other)
    ran = run("site", site, "foodvalley", "--today", TODAY)
    assert ran.code == 1
    assert not list(other.iterdir())
