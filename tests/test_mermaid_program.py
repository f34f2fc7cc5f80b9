"""Mermaid itself reads our charts as we mean them: as many tasks and sections, their names, their days."""

import html
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from browsing import script
from hostile import HOSTILE
from running import LANGUAGES, REGIONS, told
from test_mermaid import chart, name_of

pytestmark = pytest.mark.programs

READ = """async (text) => {
  mermaid.initialize({startOnLoad: false});
  await mermaid.parse(text);
  const db = (await mermaid.mermaidAPI.getDiagramFromText(text)).db;
  const day = (d) => [d.getFullYear(), d.getMonth() + 1, d.getDate()];
  const read = {
    title: db.getDiagramTitle(), sections: [...db.getSections()],
    tasks: db.getTasks().map(t => ({name: t.task, id: t.id, first: day(t.startTime), after: day(t.endTime),
      milestone: !!t.milestone})),
  };
  document.body.innerHTML = (await mermaid.render('chart', text)).svg;  // which puts the tasks in another order
  return {
    ...read,
    theme: mermaid.mermaidAPI.getConfig().theme,
    active: document.querySelectorAll("svg :is(script, a, foreignObject, [onclick], [onload], [onerror])").length,
    shown: [...document.querySelectorAll("text.taskText, text.taskTextOutsideRight, text.taskTextOutsideLeft")]
      .map(t => t.textContent),
  };
}"""


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    opened = browser.new_page()
    opened.set_content("<body></body>")
    opened.add_script_tag(path=script("mermaid", "dist/mermaid.min.js"))
    return opened


def decoded(text: str) -> str:
    """A text as Mermaid holds it until it is drawn."""
    return html.unescape(text.replace("ﬂ°°", "&#").replace("ﬂ°", "&").replace("¶ß", ";")).strip()


def meant(text: str) -> tuple[list[str], list[tuple[str, str, date, date]]]:
    """The sections and the tasks that a chart means."""
    sections, tasks = [], []
    for line in text.splitlines()[9:]:
        if line.startswith("    section "):
            sections.append(name_of(line))
        else:
            id, first, last = re.search(r"(t\d+), (\d{4}-\d\d-\d\d), (\S+)$", line).groups()  # type: ignore[union-attr]
            start = date.fromisoformat(first)
            tasks.append((name_of(line), id, start, start if last == "0d" else date.fromisoformat(last)))
    return sections, tasks


def check(found: dict[str, Any], text: str) -> None:
    sections, tasks = meant(text)
    assert [decoded(s) for s in found["sections"]] == sections
    assert [(decoded(t["name"]), t["id"], date(*t["first"]), date(*t["after"])) for t in found["tasks"]] == tasks
    assert [t["milestone"] for t in found["tasks"]] == [first == after for *_, first, after in tasks]
    assert (found["active"], found["theme"]) == (0, "default")
    assert sorted(t.strip() for t in found["shown"]) == sorted(name for name, *_ in tasks)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_mermaid_reads_the_chart_of_a_region_that_ships(region: str, lang: str, page: Any) -> None:
    text = told("timeline", region, "--format", "mermaid", "--lang", lang)
    found = page.evaluate(READ, text)
    check(found, text)
    days = json.loads(told("timeline", region, "--format", "json"))["entries"]
    held = {e["first"] for e in days if e["kind"] in ("elected", "submission")}
    assert {str(date(*t["first"])) for t in found["tasks"] if t["milestone"]} <= held
    # A plan that ends within the period: the day after its last is Mermaid's end.
    ends = {str(date(*t["after"]) - timedelta(days=1)) for t in found["tasks"]}
    plan = next(e for e in days if e["kind"] == "plan" and e["verdict"] and e["first"] >= "2022" and e["last"])
    assert plan["last"] in ends


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_mermaid_reads_a_chart_with_any_name(name: str, page: Any) -> None:
    text = chart(name)
    found = page.evaluate(READ, text)
    check(found, text)
    plain = page.evaluate(READ, chart("Proefregio"))
    assert len(found["tasks"]) == len(plain["tasks"]) > 10
    assert len(found["sections"]) == len(plain["sections"])
