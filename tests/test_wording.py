"""The sentences: the same in both languages, in the voice of the design, and one for every code there is."""

import ast
import re
import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from running import LANGUAGES, REGIONS, aligned, feed, region_text, run, timeline_of, told, words_of

from cycleplan import tasks as tasks_module
from cycleplan import timeline as timeline_module
from cycleplan.assessment import Reason, Verdict
from cycleplan.building import known_kinds
from cycleplan.cycles import Level
from cycleplan.daterules import Ground, Status
from cycleplan.errors import CycleplanError, Place, Problem
from cycleplan.law import load_law
from cycleplan.periods import Period
from cycleplan.region import EVENTS, FactDate
from cycleplan.region import KNOWN_STEPS as STEPS
from cycleplan.register import ADVISED_MAY_WEEK, load_register
from cycleplan.windows import Blocker, Edge, Gap, Help
from cycleplan.wording import en, nl
from cycleplan.wording.words import Words
from cycleplan.workdays import recognised_holidays

CODE = Path(timeline_module.__file__).parent
TEMPLATES = CODE.parent / "templates"
MODULES = sorted(path for path in CODE.rglob("*.py") if path.name not in ("nl.py", "en.py"))
TABLES = ("TEXTS", "PROBLEMS", "DOOR")
LAW = load_law()


def speaker(lang="nl"):
    return Words(lang, LAW, aligned("foodvalley").region)


# --- both languages have the same


@pytest.mark.parametrize("table", [*TABLES, "COUNTED", "YAML_DETAILS"])
def test_both_languages_have_the_same_keys_in_the_same_order(table):
    assert list(getattr(nl, table)) == list(getattr(en, table))


def _placeholders(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_have_the_same_placeholders(table):
    differing = [
        key for key, text in getattr(nl, table).items() if _placeholders(text) != _placeholders(getattr(en, table)[key])
    ]
    assert differing == []


def test_both_languages_have_as_many_words_of_each_sort():
    for name, count in (("MONTHS", 12), ("SHORT_MONTHS", 12), ("WEEKDAYS", 7), ("NUMBERS", 13)):
        assert len(set(getattr(nl, name))) == len(set(getattr(en, name))) == count


def test_a_placeholder_is_a_plain_word():
    for table in TABLES:
        for key, text in getattr(nl, table).items():
            assert all(re.fullmatch("[a-z_]+", name) for name in _placeholders(text)), key


# --- the voice


def _sentences(words):
    """Every sentence of a language with where it stands: the tables, and the memo's templates."""
    found = [
        (f"{table}: {key}", re.sub(r"\{[a-z_]+\}", "…", text))
        for table in TABLES
        for key, text in getattr(words, table).items()
    ]
    found += [(f"YAML_DETAILS: {key}", text) for key, text in words.YAML_DETAILS.items()]
    found.append(("YAML_DETAIL_ELSE", words.YAML_DETAIL_ELSE))
    lang = "nl" if words is nl else "en"
    for path in sorted(TEMPLATES.rglob(f"*.{lang}.*")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [(path.name, line) for line in text.splitlines()]
    for provision in LAW.provisions:
        found += [(provision.key, text[lang]) for text in (provision.about, provision.note) if text]
    found += [(kind.id, kind.name[lang]) for kind in known_kinds().values()]
    return found


@pytest.mark.parametrize(
    "banned",
    [
        "u dient", "dient te", "dienen te", "middels", "alignment", "kan niet besluiten", "mag niet besluiten",
        "kunnen niet besluiten", "mogen niet besluiten", "!", "helaas", "gelieve", "deadline", "fout opgetreden",
    ],
)  # fmt: skip
def test_what_the_dutch_never_says(banned):
    assert [place for place, text in _sentences(nl) if banned in text.lower()] == []


@pytest.mark.parametrize("banned", ["!", "cannot decide", "may not decide", "invalid", "oops", "please", "deadline"])
def test_what_the_english_never_says(banned):
    assert [place for place, text in _sentences(en) if banned in text.lower()] == []


_FORBIDS = {
    nl: r"verbod|verboden|verbied|mag niet|mogen niet|kan niet|kunnen niet|niet toegestaan|onmogelijk|niet bevoegd",
    en: r"prohibit|forbid|not allowed|may not|must not|cannot|can not|unable|impossible|no power",
}
_DENIES = {nl: "geen verbod", en: "not a prohibition"}


@pytest.mark.parametrize("words", [nl, en], ids=["nl", "en"])
def test_nothing_says_that_standstill_forbids_anything(words):
    about = [
        (place, text.lower()) for place, text in _sentences(words) if re.search("stilstand|standstill", text, re.I)
    ]
    assert len(about) > 10
    said = [place for place, text in about if re.search(_FORBIDS[words], text.replace(_DENIES[words], ""))]
    assert said == []
    assert _DENIES[words] in words.TEXTS["window.standstill_note"]
    assert "({article})" in words.TEXTS["window.standstill_note"]
    screen = told("windows", "foodvalley", "--lang", "nl" if words is nl else "en")
    assert "(Gemeentewet 42 " in screen.replace("\n", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("args", [("check",), ("windows",), ("windows", "--horizon"), ("timeline",), ("memo",)])
def test_nothing_that_is_written_says_it_either(region, args, lang):
    text = " ".join(run(args[0], region, *args[1:], "--today", "2026-11-22", "--lang", lang).out.lower().split())
    words = nl if lang == "nl" else en
    for sentence in re.split(r"(?<=[.?|])\s", text.replace(_DENIES[words], "")):
        if re.search("stilstand|standstill", sentence):
            assert not re.search(_FORBIDS[words], sentence), sentence
    assert not re.search("u dient|middels|!(?! )" if lang == "nl" else "!(?! )", text)


@pytest.mark.parametrize("words", [nl, en], ids=["nl", "en"])
def test_a_sentence_begins_with_a_capital_and_ends_with_a_full_stop(words):
    for key, text in words.PROBLEMS.items():
        assert re.match(r"[A-Z`{]", text), key
        assert re.search(r"[.)]$|\{near\}$|\{known\}\.$", text), key
    for key, text in words.TEXTS.items():
        whole_ones = ("task_text.", "sentence.", "why.", "error.", "trace.", "standing.", "milestone.", "beside.")
        if key.startswith(whole_ones) and " " in text:
            whole = key not in (
                "sentence.assumed",
                "sentence.assumed_first",
                "trace.title",
                "trace.title_span",
                "trace.provision",
            )
            whole = whole and key not in ("trace.first", "trace.last") and "python -c" not in text
            if whole:
                assert re.match(r"[A-Z`{]", text), key
                assert re.search(r"[.]$|\{near\}$", text), key


@pytest.mark.parametrize("words", [nl, en], ids=["nl", "en"])
def test_spaces_and_stops_are_where_they_belong(words):
    for table in TABLES:
        for key, text in getattr(words, table).items():
            assert not re.search(r"  | [.,;:](?!\w)|\.\{assumption\}|\.\.(?!\.)", text), key
            assert "\u00a0" not in text, key


# --- days, numbers, names


@pytest.mark.parametrize(
    ("lang", "whole", "month", "short", "on", "within"),
    [
        ("nl", "30 april 2027", "december 2022", "5 mrt", "op 30 april 2027", "in december 2022"),
        ("en", "30 April 2027", "December 2022", "5 Mar", "on 30 April 2027", "in December 2022"),
    ],
)
def test_days_and_months(lang, whole, month, short, on, within):
    words = speaker(lang)
    known_by_month = FactDate(date(2022, 12, 31), month_only=True)
    assert words.day(date(2027, 4, 30)) == words.day(FactDate(date(2027, 4, 30))) == whole
    assert words.day(known_by_month) == words.month(date(2022, 12, 31)) == month
    assert words.short_day(date(2027, 3, 5)) == short
    assert words.short_day(date(2027, 3, 5), year=True) == f"{short} 2027"
    assert words.when(date(2027, 4, 30)) == on
    assert words.when(known_by_month) == within


@pytest.mark.parametrize(("lang", "first", "last"), [("nl", "maandag", "zondag"), ("en", "Monday", "Sunday")])
def test_the_days_of_the_week(lang, first, last):
    words = speaker(lang)
    assert words.weekday(date(2026, 3, 16).weekday()) == first
    assert words.weekday(date(2026, 3, 22).weekday()) == last


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0 %"), (0.004, "0 %"), (0.418, "42 %"), (0.6685, "67 %"), (0.8125, "81 %"), (1.0, "100 %"), (None, "–")],
)
def test_percentages(share, said):
    assert speaker("nl").percent(share) == speaker("en").percent(share) == said


@pytest.mark.parametrize(
    ("number", "what", "dutch", "english"),
    [
        (0, "day", "0 dagen", "0 days"),
        (1, "day", "1 dag", "1 day"),
        (2, "day", "2 dagen", "2 days"),
        (1, "week", "1 week", "1 week"),
        (6, "week", "6 weken", "6 weeks"),
        (1, "month", "1 maand", "1 month"),
        (36, "month", "36 maanden", "36 months"),
        (1, "municipality", "1 gemeente", "1 municipality"),
        (8, "municipality", "8 gemeenten", "8 municipalities"),
        (1, "partnership", "1 samenwerkingsverband", "1 partnership"),
        (5, "partnership", "5 samenwerkingsverbanden", "5 partnerships"),
        (1, "college", "1 college", "1 college"),
        (7, "college", "7 colleges", "7 colleges"),
        (1, "problem", "1 bevinding", "1 finding"),
        (4, "problem", "4 bevindingen", "4 findings"),
        (1, "years", "1 jaar", "1 year"),
        (4, "years", "4 jaar", "4 years"),
        (44, "days", "44 dagen", "44 days"),
        (1, "working_days", "1 werkdag", "1 working day"),
    ],
)
def test_counts(number, what, dutch, english):
    assert speaker("nl").count(number, what) == dutch
    assert speaker("en").count(number, what) == english


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [(1, "één week", "one week"), (6, "zes weken", "six weeks"), (13, "13 weken", "13 weeks")],
)
def test_counts_in_words(number, dutch, english):
    assert speaker("nl").count_in_words(number, "week") == dutch
    assert speaker("en").count_in_words(number, "week") == english


@pytest.mark.parametrize(
    ("days", "dutch", "english"),
    [
        (1, "één dag", "one day"),
        (13, "13 dagen", "13 days"),
        (14, "twee weken", "two weeks"),
        (43, "zes weken", "six weeks"),
        (119, "17 weken", "17 weeks"),
        (120, "vier maanden", "four months"),
        (365, "twaalf maanden", "twelve months"),
    ],
)
def test_a_stretch_of_days_is_said_in_the_unit_people_think_in(days, dutch, english):
    assert (speaker("nl").gap(days), speaker("en").gap(days)) == (dutch, english)


@pytest.mark.parametrize(
    ("share", "dutch", "english"),
    [
        (0.66, "twee derde (66 %)", "two thirds (66 %)"),
        (2 / 3, "twee derde (67 %)", "two thirds (67 %)"),
        (0.6549, "65 %", "65 %"),
        (0.6751, "68 %", "68 %"),
        (0.5, "de helft (50 %)", "half (50 %)"),
        (1 / 3, "een derde (33 %)", "a third (33 %)"),
        (0.418, "42 %", "42 %"),
        (0.34, "34 %", "34 %"),
        (1.0, "100 %", "all (100 %)"),
    ],
)
def test_shares_in_words(share, dutch, english):
    assert (speaker("nl").share(share), speaker("en").share(share)) == (dutch, english)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_share_fits_before_of_the_plan(lang):
    # "het hele plan (100 %) van het plan" would say it twice.
    for percent in range(101):
        said = speaker(lang).share(percent / 100)
        assert "plan" not in said
        assert f"{percent} %" in said


@pytest.mark.parametrize(
    ("listed", "dutch", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a en b", "a and b"),
        (["a", "b", "c"], "a, b en c", "a, b and c"),
        (["a", "b", "c", "d"], "a, b, c en d", "a, b, c and d"),
    ],
)
def test_rows(listed, dutch, english):
    assert (speaker("nl").row(listed), speaker("en").row(listed)) == (dutch, english)
    assert speaker("nl").row(iter(listed)) == dutch


def test_parties_by_name_and_many_as_a_number():
    words = speaker()
    assert words.party("GM0228") == "Ede"
    assert words.party("PO2510") == "PO2510"
    assert words.party("foodvalley") == "Regio Foodvalley"
    assert words.party("GM9999") == "GM9999"
    codes = ["GM0203", "GM0228", "GM0267", "GM0279", "GM0289"]
    assert words.parties(codes[:2]) == "Barneveld en Ede"
    assert words.parties(codes[:4]) == "Barneveld, Ede, Nijkerk en Scherpenzeel"
    assert words.parties(codes) == "5 gemeenten"
    assert speaker("en").parties(codes) == "5 municipalities"


@pytest.mark.parametrize(
    ("period", "dutch", "english"),
    [
        (Period(date(2022, 8, 1), date(2026, 7, 31)), "2022–2026", "2022–2026"),
        (Period(date(2024, 1, 1), date(2027, 12, 31)), "2024 t/m 2027", "2024 to 2027"),
        (Period(date(2024, 1, 1), date(2024, 12, 31)), "2024", "2024"),
        (Period(date(2024, 3, 1), date(2026, 7, 31)), "1 mrt 2024 t/m 31 jul 2026", "1 Mar 2024 to 31 Jul 2026"),
        (None, "2024–", "2024–"),
    ],
)
def test_years(period, dutch, english):
    assert (speaker("nl").years(period, date(2024, 1, 1)), speaker("en").years(period, date(2024, 1, 1))) == (
        dutch,
        english,
    )


def test_a_language_that_there_is_not_becomes_dutch():
    assert Words("fr", LAW).day(date(2027, 4, 30)) == "30 april 2027"


# --- every code has its text
#
# The source is read for the codes that it can give: a string that stands there as the code of a trace, a reason,
# an edge, a task, a problem or an error must have its sentence, so that nobody meets a KeyError.


class Source:
    """A module of the package, read for the strings that a name in it can have."""

    def __init__(self, path):
        self.name = str(path.relative_to(CODE.parent))
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.owner = {}
        for function in ast.walk(self.tree):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    self.owner[node] = function  # the innermost wins: it is walked last

    def calls(self, *names):
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)
                if name in names:
                    yield node

    def strings(self, node, within=None):
        """The strings that *node* can be; None if the source does not tell."""
        within = within or self.owner.get(node)
        if isinstance(node, ast.Constant):
            return {node.value} if isinstance(node.value, str) else set()
        if isinstance(node, ast.IfExp):
            return self._all([node.body, node.orelse], within)
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            return self._all(node.elts, within)
        if isinstance(node, ast.Dict):
            return self._all(node.values, within)
        if isinstance(node, ast.Subscript):
            return self.strings(node.value, within)
        if isinstance(node, ast.JoinedStr):
            return self._joined(node, within)
        if isinstance(node, ast.Name):
            return self._named(node.id, within)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            return self._returned(node.attr)
        return None

    def _all(self, nodes, within):
        found = [self.strings(node, within) for node in nodes]
        return None if None in found else set().union(*found)

    def _joined(self, node, within):
        found = {""}
        for part in node.values:
            more = self.strings(part.value if isinstance(part, ast.FormattedValue) else part, within)
            if more is None:
                return None
            found = {before + after for before in found for after in more}
        return found

    def _named(self, name, within):
        found = []
        for node in ast.walk(within or self.tree):
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
                found.append(node.value)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
                names = [getattr(t, "id", None) for t in node.targets[0].elts]
                if name in names and isinstance(node.value, ast.Tuple):
                    found.append(node.value.elts[names.index(name)])
            elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Tuple):
                names = [getattr(t, "id", None) for t in node.target.elts]
                if name in names and isinstance(node.iter, ast.Tuple):
                    found += [row.elts[names.index(name)] for row in node.iter.elts]
        if not found:
            return self._named(name, None) if within else None
        return self._all(found, within)

    def _returned(self, name):
        """The strings that the function *name* returns."""
        for function in ast.walk(self.tree):
            if isinstance(function, ast.FunctionDef) and function.name == name:
                returned = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value]
                return self._all(returned, function)
        return None


SOURCES = [Source(path) for path in MODULES]


def codes(position, *names, keyword=None, untold=()):
    """The strings that stand at *position* in the calls of *names*; what cannot be told must be in *untold*."""
    found, unknown = set(), set()
    for source in SOURCES:
        for call in source.calls(*names):
            given = next((k.value for k in call.keywords if keyword and k.arg == keyword), None)
            node = given or (call.args[position] if len(call.args) > position else None)
            if node is None or isinstance(node, ast.Starred):
                continue
            strings = source.strings(node)
            if strings is None:
                unknown.add(f"{source.name}: {ast.unparse(node)}")
            else:
                found |= strings
    assert unknown == set(untold)
    assert found
    return found


def missing(found, table, prefix=""):
    return sorted(code for code in found for words in (nl, en) if f"{prefix}{code}" not in getattr(words, table))


def test_every_ground_has_a_text():
    found = codes(0, "Ground")
    assert {"on", "before", "back", "forward", "window_opens", "window_closes", "school_holiday", "fact"} <= found
    more = {"back_same", "forward_same", "estimate_together"}  # what ``words`` makes of them
    assert missing(found | more, "TEXTS", "trace.") == []


def test_every_reason_has_a_text():
    found = codes(0, "Reason")
    assert {"coverage", "no_oogo", "no_municipalities", "open_ended", "college_unknown"} <= found
    assert missing(found, "TEXTS", "why.") == []
    # These are told instead of a verdict.
    assert missing(["no_oogo", "no_municipalities", "open_ended", "college_unknown"], "TEXTS", "sentence.") == []


def test_every_edge_has_a_text():
    found = codes(0, "Edge")
    assert {"start", "end", "college", "nomination", "fall", "merger", "recess"} == found
    said = (found - {"recess"}) | {"recess_opens", "recess_closes", "start_horizon", "end_horizon"}
    assert missing(said, "TEXTS", "edge.") == []


def test_every_task_has_a_short_and_a_whole_text():
    found = codes(2, "Task", untold={"cycleplan/tasks.py: what"})  # a step under its own name
    everything = set(tasks_module._WHAT_ORDER)
    assert found | set(STEPS) | {"step"} == everything
    assert missing(everything, "TEXTS", "task.") == []
    assert missing(everything, "TEXTS", "task_text.") == []


def test_every_problem_has_a_text():
    found = _loosely(1, "_error", "_warning") | _loosely(3, "Problem")
    found |= _loosely(0, "_tell", "_tell_unknown", "refuse", "_wrong", "_pattern")
    found |= {rule for source in SOURCES if source.name == "cycleplan/loading.py" for rule in _assigned(source, "rule")}
    assert {"duplicate-key", "unknown-key", "wrong-type", "not-a-day", "no-source", "adopted-before-opr"} <= found
    assert missing(found, "PROBLEMS") == []
    # The other way round: no sentence that nothing can say. Two come from the engine, as errors.
    assert set(nl.PROBLEMS) - found == {"impossible-procedure", "law-unknown"}


# What these modules pass on was told where it came from.
_PASSED_ON = {
    "cycleplan/building.py: rule",
    "cycleplan/checks.py: error.code",  # the engine's: test_every_error_has_a_text
    "cycleplan/checks.py: rule",
    "cycleplan/fileformat.py: code",
    "cycleplan/loading.py: rule",
    "cycleplan/yamltext.py: rule",
}


def _loosely(position, *names):
    """As ``codes``, beside what is passed on."""
    found = set()
    for source in SOURCES:
        for call in source.calls(*names):
            strings = source.strings(call.args[position]) if len(call.args) > position else set()
            if strings is None:
                assert f"{source.name}: {ast.unparse(call.args[position])}" in _PASSED_ON
            else:
                found |= strings
    return found


def _assigned(source, name):
    """The strings that *name* is given anywhere in *source*."""
    found = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    found |= source.strings(node.value) or set()
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    for part, value in zip(target.elts, node.value.elts, strict=True):
                        if getattr(part, "id", None) == name:
                            found |= source.strings(value) or set()
    return found


def test_every_error_has_a_text():
    found = codes(0, "CycleplanError")
    assert {"no-such-region", "cannot-read", "law-unknown", "impossible-procedure", "horizon"} <= found
    assert [code for code in found if f"error.{code}" not in nl.TEXTS and code not in nl.PROBLEMS] == []
    # What the checks pass on as a problem.
    assert {"law-unknown", "impossible-procedure"} <= nl.PROBLEMS.keys()


def test_every_text_that_is_asked_for_by_name_is_there():
    asked = {
        string
        for source in SOURCES
        for call in source.calls("say")
        for string in source.strings(call.args[0]) or ()
        if source.name != "cycleplan/wording/speech.py"
    }
    assert len(asked) > 30
    assert missing(asked, "TEXTS") == []


def test_every_text_of_the_door_that_is_asked_for_is_there_and_no_other():
    written = {
        node.value
        for source in SOURCES
        if source.name.startswith("cycleplan/commands/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and re.fullmatch(r"(help|usage)\.[a-z_]+", str(node.value))
    }
    from cycleplan.commands import _COMMANDS

    written |= {f"help.{name}" for name in _COMMANDS}
    assert missing(written, "DOOR") == []
    assert set(nl.DOOR) - written == set()


# What is drawn beside plans.
_DRAWN = ("windows", "elected", "standstill", "council", "agreement")

# Codes that come from data or from an enumeration: prefix → what can follow it.
_FROM_ELSEWHERE = {
    "status": [status.value for status in Status],
    "verdict": [*(verdict.value for verdict in Verdict), "None"],
    "certainty": [level.value for level in Level],
    "level": ["error", "warning"],
    "step": STEPS,
    "off": ["saturday", "sunday", "equated", *recognised_holidays(2013).values(), *recognised_holidays(2027).values()],
    "holiday": [
        *{h.name for listed in load_register().school_holidays.values() for h in listed} - {ADVISED_MAY_WEEK}, "own",
    ],
    "mark": [*(verdict.value for verdict in Verdict), "not_judged", *_DRAWN],
    "sheet": [*(f"mark_{code}" for code in ("not_judged", *_DRAWN)), "entries", "about_entries"],
    "evidence": {provision.evidence for provision in LAW.provisions},
    "type": ["string", "int", "float", "bool", "list", "dict"],
    "what": ["plan", "council", "recess", "agreement"],
    "gap": ["both", "standstill", "recess"],
    "helps": ["standstill", "recess", "more"],
    "formation": [
        "by_file", "by_command", "ground_given", "ground_estimate", "known", "known_one", "given_all", "given_all_one",
        "estimated", "estimated_one",
    ],
    "share": ["all", "two_thirds", "half", "one_third", "plain"],
    "decided": ["past", "coming"],
    "trace": ["what_oogo", "what_adopted"],
    "continuity": ["standstill", "none", "part_one", "part_more", "whole_one", "whole_more"],
    "ahead": ["election", "fall", "none", "some", "all"],
    "standing": [
        "whole", "part", "no_dates", "not_adopted", "predecessor", "adopted_after_end", "ends_before", "begins_after",
    ],
    "milestone": ["evaluation", "handover", "reconfirmation"],
    "milestones": ["evaluation", "handover", "reconfirmation"],
    "meeting": ["possible", "none", "apart"],
    "beside": ["parallel", "apart"],
    "sentence": [*(verdict.value for verdict in Verdict), "out_of_step_none", "outgoing", "outgoing_some"],
}  # fmt: skip


@pytest.mark.parametrize("prefix", _FROM_ELSEWHERE)
def test_every_code_from_elsewhere_has_a_text(prefix):
    assert missing(_FROM_ELSEWHERE[prefix], "TEXTS", f"{prefix}.") == []


def test_every_unit_that_the_law_counts_in_has_a_word():
    found = set()
    for provision in LAW.provisions:
        unit = getattr(provision.rule, "unit", None)
        found |= {unit} if unit else set()
    assert found
    assert found <= nl.COUNTED.keys()
    legislation = {f"cycleplan/wording/legislation.py: {unit}" for unit in ("unit", "rule.unit")}
    untold = {"cycleplan/wording/grounds.py: v['unit']", *legislation}  # the law's
    assert codes(1, "count", "count_in_words", untold=untold) <= nl.COUNTED.keys()


# --- entries of the timeline


def _entry_kinds():
    """The kinds of entry that ``entries`` makes, from its source."""
    (source,) = [s for s in SOURCES if s.name == "cycleplan/entries.py"]
    found = set()
    for names, position in ((("entry", "day"), 1), (("_day", "Entry"), 2), (("_window",), 3)):
        for call in source.calls(*names):
            if len(call.args) > position and not any(isinstance(a, ast.Starred) for a in call.args):
                strings = source.strings(call.args[position])
                if strings is None:  # a step under its own name, or the kind that a helper was given
                    assert ast.unparse(call.args[position]) in ("name", "kind")
                found |= strings or set()
    return found | set(STEPS) | {"step"}


def test_every_kind_of_entry_has_a_title():
    kinds = _entry_kinds()
    assert {"plan", "window", "region_window", "council", "college", "fell", "recess", "agreement_ends"} <= kinds
    assert kinds >= set(EVENTS)
    assert missing(kinds | {"college_formed"}, "TEXTS", "entry.") == []
    assert missing(kinds, "TEXTS", "kind.") == []


def test_every_event_of_a_calendar_says_what_it_means():
    said = {*EVENTS, "college_formed", "standstill_after_a_fall", "window_short"}
    assert missing(said, "TEXTS", "about.") == []
    assert said == {key.removeprefix("about.") for key in nl.TEXTS if key.startswith("about.")}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_every_entry_and_every_trace_of_the_shipped_regions_can_be_said(region, lang):
    words = words_of(aligned(region), lang)
    for entry in timeline_of(region).entries:
        title = words.entry(entry)
        assert title
        assert "None" not in title
        for dated in (entry.first, entry.last):
            for sentence in words.trace(dated.trace):
                assert sentence.endswith(".")
                assert not re.search(r"None|[{}]|  | \.|\(\)|\.\.", sentence.replace("…", "")), sentence
            for ground in dated.trace:
                if ground.basis:
                    assert words.provision(ground.basis)


def test_between_them_the_regions_show_nearly_every_kind_of_entry():
    shown = {entry.kind for region in REGIONS for entry in timeline_of(region).entries}
    # No agreement in them has dates.
    suggested = {"suggested_evaluation", "suggested_handover", "suggested_reconfirmation"}
    assert _entry_kinds() - shown == {"agreement", "agreement_starts", "agreement_ends", "step"} | suggested


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_every_task_reason_and_plan_of_the_shipped_regions_can_be_said(region, lang):
    alignment = aligned(region)
    words = words_of(alignment, lang)
    said = [words.task(task, whole) for task in alignment.next for whole in (False, True)]
    said += [words.unknown_plan(unknown) for unknown in alignment.unknown_plans]
    for assessment in alignment.assessments:
        said += [words.plan_sentence(assessment, alignment.today), *map(words.reason, assessment.reasons)]
        for level in Level:
            for window in assessment.windows(level):
                said += [words.edge(window.opens, True), words.edge(window.closes, False)]
            said += [words.blockers(gap) for gap in assessment.gaps(level)]
    assert len(said) > 100
    for sentence in said:
        assert not re.search(r"None|[{}]|  | \.(?!\.)|\(\)|\d\.\d{3}|\d{4}-\d\d-\d\d", sentence), sentence


# --- one of each, in both languages


@pytest.mark.parametrize(
    ("edge", "opening", "horizon", "dutch", "english"),
    [
        (Edge("start"), True, False, "begin van de overlegperiode", "start of the consultation period"),
        (Edge("end"), False, True, "einde van de periode", "end of the period"),
        (
            Edge("college", ("GM0228",), day=date(2026, 3, 18)), True, False,
            "einde van de formatie na de verkiezing van 18 maart 2026 (Ede)",
            "end of the formation after the election of 18 March 2026 (Ede)",
        ),
        (
            Edge("recess", ("GM0203", "GM0228"), "voorjaar", None, "2026-2027"), False, False,
            "begin van de voorjaarsvakantie (Barneveld en Ede)", "start of the spring holiday (Barneveld and Ede)",
        ),
        (
            Edge("recess", ("GM0228",), "own", date(2027, 1, 4)), True, False,
            "einde van het eigen reces (Ede)", "end of the council's own recess (Ede)",
        ),
    ],
)  # fmt: skip
def test_edges(edge, opening, horizon, dutch, english):
    assert speaker("nl").edge(edge, opening, horizon) == dutch
    assert speaker("en").edge(edge, opening, horizon) == english


def test_who_holds_up_a_gap():
    def gap(*blockers):
        return Gap(Period(date(2026, 2, 2), date(2026, 2, 8)), Level.LIKELY, blockers)

    ede, barneveld = Blocker("GM0228", "standstill"), Blocker("GM0203", "recess")
    assert speaker().blockers(gap(ede)) == "Ede in stilstand"
    assert speaker().blockers(gap(barneveld)) == "Barneveld in reces"
    assert speaker().blockers(gap(ede, barneveld)) == "Ede in stilstand, Barneveld in reces"
    assert speaker("en").blockers(gap(ede, barneveld)) == "Ede in standstill, Barneveld in recess"


def test_how_many_are_outside_a_gap_and_whose_shift_helps_most():
    period = Period(date(2027, 2, 7), date(2027, 2, 18))
    gap = Gap(period, Level.LIKELY, (Blocker("GM0203", "recess"),), ("GM0228", "GM0267"))
    assert speaker().presence(gap) == " (2 van de 3 buiten stilstand en reces)"
    assert speaker("en").presence(gap) == " (2 of 3 outside standstill and recess)"
    assert speaker().presence(gap._replace(free=())) == ""
    helps = Help("GM0203", 12, ((period, "recess"),))
    assert speaker().helps(helps) == (
        "Het grootste verschil maakt Barneveld: 12 dagen erbij zonder het reces van "
        "7 februari 2027 t/m 18 februari 2027."
    )
    assert speaker("en").helps(helps) == (
        "Barneveld makes the most difference: 12 days more without the recess of 7 February 2027 to 18 February 2027."
    )
    one = Period(date(2027, 3, 1), date(2027, 3, 1))
    many = Help("GM0203", 5, ((one, "standstill"), *[(one, "recess")] * 4))
    assert speaker().helps(many) == (
        "Het grootste verschil maakt Barneveld: 5 dagen erbij zonder de stilstand van 1 maart 2027, "
        "het reces van 1 maart 2027, het reces van 1 maart 2027 en nog 2 keer."
    )


def test_a_chance_is_not_rounded_to_what_it_is_not():
    chances = [0.1, 0.125, 0.5, 0.995, 0.999]
    assert [speaker().chance(c) for c in chances] == ["10 %", "12,5 %", "50 %", "99,5 %", "99,9 %"]
    assert speaker("en").chance(0.995) == "99.5 %"


def test_a_region_that_sets_its_own_chances_says_so():
    region = aligned("foodvalley").region
    own = replace(region, policy=region.policy._replace(formation_quantiles=(0.2, 0.5, 0.95)))
    assert speaker().formation_note() is None
    assert Words("nl", LAW, own).formation_note() == (
        "Mogelijk, waarschijnlijk en zeker staan in dit bestand voor 20 %, 50 % en 95 % kans op een college."
    )


def test_a_trace_in_sentences():
    trace = (
        Ground("before", date(2027, 4, 30), "SWV-03/PO/2014-01-06", {"limit": date(2027, 5, 1)}),
        Ground(
            "back",
            date(2027, 4, 16),
            None,
            {"before": "opr", "after": "adoption", "weeks": 2, "from": date(2027, 4, 30), "assumed": True},
        ),
        Ground(
            "back",
            date(2027, 4, 16),
            None,
            {"before": "oogo", "after": "opr", "weeks": 0, "from": date(2027, 4, 16), "assumed": False},
        ),
    )
    assert speaker().trace(trace) == [
        "WPO 18a lid 10: vóór 1 mei 2027, dus uiterlijk op 30 april 2027.",
        "2 weken vóór 30 april 2027 (vaststelling): instemming OPR uiterlijk op 16 april 2027 (aanname).",
        "OOGO uiterlijk op dezelfde dag als instemming OPR: 16 april 2027.",
    ]


def test_a_fact_known_by_its_month_is_shown_as_the_month_in_a_trace():
    fact = FactDate(date(2022, 12, 31), month_only=True)
    ground = Ground("fact", fact.day, values={"source": "verzonnen", "shown": fact})
    assert speaker().trace([ground]) == ["Feit uit het regiobestand: december 2022. Bron: verzonnen."]


def test_a_reason_rests_on_an_assumption_and_says_so():
    values = {"lowest": 0.418, "municipality": "GM0228"}
    assert speaker().reason(Reason("coverage", {**values, "assumed": False})) == "De laagste dekking is 42 %, in Ede."
    assert "(aanname)" in speaker().reason(Reason("coverage", {**values, "assumed": True}))


def test_a_problem_and_an_error():
    problem = Problem(
        "f", Place(1, 1), "error", "unknown-municipality", {"code": "GM0229", "near": "GM0228", "near_name": "Ede"}
    )
    assert speaker().problem(problem) == "`GM0229` is geen gemeente. Bedoel je `GM0228` (Ede)?"
    error = CycleplanError("horizon", first=date(2027, 1, 1), last=date(2026, 1, 1))
    assert speaker().error(error) == "De periode eindigt (1 januari 2026) voordat zij begint (1 januari 2027)."
    assert "2014 and later" in speaker("en").error(
        CycleplanError("law-unknown", on=date(2012, 4, 30), article="WPO 1", known_from=date(2014, 1, 6), known_to=None)
    )


@pytest.mark.parametrize(("value", "said"), [(104, "104"), (0, "0")])
def test_a_value_out_of_range_names_the_limit_that_there_is(value, said):
    from cycleplan.loading import load_text

    text = region_text(procedure={"opr_weeks": 105 if value else -1})
    (problem,) = load_text(text, "f", load_register()).problems
    sentence = speaker().problem(problem)
    assert said in sentence
    assert "( " not in sentence
    assert " )" not in sentence


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("naam: Regio: Proef\n", "dubbele punt"),
        ("a:\n\tb: 1\n", "tab"),
        ("a:\n  b: 1\n\tc: 2\n", "tab"),
        ("a: [1, 2\nb: 3\n", "sluithaak"),
        ("a: [b,,c]\n", "te veel"),
        ("a: 'it's'\n", "aanhalingsteken"),
        ('a: "C:\\data"\n', "backslash"),
        ('a: "\\ud800"\n', "backslash"),
        ("a: - b\n", "streepje"),
        ("a: *\n", "aanhalingstekens"),
        ("a: 'x\n", "niet gesloten"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_in_words(text, word):
    from cycleplan import yamltext

    (problem,) = yamltext.read(text.encode(), "f").problems
    sentence = speaker().problem(problem)
    assert word in sentence
    assert problem.values["detail"] not in sentence, "not what the parser says in English"


def test_kinds_have_a_name_in_both_languages():
    kinds = yaml.safe_load((CODE / "data" / "kinds.yaml").read_text(encoding="utf-8"))["kinds"]
    assert all(set(kind["name"]) == {"nl", "en"} for kind in kinds)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_agreement_is_in_the_calendar(lang):
    text = feed(region_text(), lang).decode()
    assert ("laatste dag" if lang == "nl" else "last day") in text
