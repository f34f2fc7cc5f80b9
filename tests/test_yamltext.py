import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cycleplan import yamltext
from cycleplan.errors import Place
from cycleplan.yamltext import MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_TEXT


def read(text):
    return yamltext.read(text if isinstance(text, bytes) else text.encode(), "a.yaml")


def told(text):
    """What is wrong with a text: rule, line and column of each problem."""
    return [(p.rule, p.place.line, p.place.column) for p in read(text).problems]


# --- what YAML 1.1 reads as something else than it looks like


@pytest.mark.parametrize(
    "text",
    [
        # octal, binary, hexadecimal
        *("0363", "00", "-0363", "0_7", "0x1F", "0X1f", "0b101", "0o17", "-0x1F"),
        # booleans and nulls, in every spelling but true, false and null
        *("yes", "Yes", "NO", "no", "on", "Off", "y", "N", "True", "FALSE", "Null", "NULL", "~"),
        # base sixty
        *("12:30", "1:2:3", "190:20:30.15", "-12:30"),
        # numbers that look like text, and the other way round
        *("1_000", "1_000_000", "+1", "+1.5", ".5", "-.5", "5.", "1e3", "1.5e+3", "1E-3", ".inf", "-.INF", ".nan"),
        "12345678901234567890",
        # special keys and values
        *("=", "<<"),
    ],
)
def test_a_yaml_surprise_is_refused_with_its_line_and_column(text):
    found = read(f"first: 1\nkey:  {text}\n")
    assert [(p.rule, p.place) for p in found.problems] == [("yaml-surprise", Place(2, 7))]
    assert found.problems[0].values["text"] == text


def test_a_surprise_is_refused_in_a_list_and_as_a_key_as_well():
    assert told("- a\n- 0363\n- [b, no]\n") == [("yaml-surprise", 2, 3), ("yaml-surprise", 3, 7)]
    assert told("on: 1\n<<: {a: 1}\n") == [("yaml-surprise", 1, 1), ("yaml-surprise", 2, 1)]


@pytest.mark.parametrize("text", ["0363", "no", "yes", "on", "12:30", "~", "True", "1_000", "0x1F", "1e3", ".5", "<<"])
def test_what_is_quoted_is_text(text):
    assert read(f"a: '{text}'\nb: \"{text}\"\nc: |-\n  {text}\n").data == {"a": text, "b": text, "c": text}


# One by one, since chance finds them too seldom.
@pytest.mark.parametrize("text", ["1_", "1__000", "-1_", "1_000.5", "00.1", "-023.83", "09.5"])
def test_a_number_with_stray_underscores_or_zeros_is_a_surprise_as_well(text):
    assert not isinstance(yaml.safe_load(text), str), "YAML 1.1 makes a number of it"
    assert told(f"a: {text}") == [("yaml-surprise", 1, 4)]


PLAIN = st.text("0123456789_.:+-eEoOxXbBaAfFnNyY~", min_size=1, max_size=12)


@given(PLAIN)
def test_plain_text_never_becomes_another_value_than_yaml_1_1_makes_of_it(text):
    """What is not refused and not left as text is the same value to PyYAML."""
    document = f"- {text}\n"
    try:
        (theirs,) = yaml.safe_load(document)
    except (yaml.YAMLError, ValueError, TypeError):
        return
    found = read(document)
    if found.problems or isinstance(theirs, dict | list):
        return
    (ours,) = found.data
    if isinstance(ours, str):
        assert ours == text
    else:
        assert (type(ours), ours) == (type(theirs), theirs)


# --- what is read, and as what


def test_plain_values_are_what_they_look_like():
    text = "a: 12\nb: -3\nc: 0\nd: 1.5\ne: true\nf: false\ng: null\nh:\ni: text\nj: 0.25\n"
    expected = {"a": 12, "b": -3, "c": 0, "d": 1.5, "e": True, "f": False, "g": None, "h": None, "i": "text", "j": 0.25}
    found = read(text)
    assert found.problems == []
    assert found.data == expected
    assert {k: type(v) for k, v in found.data.items()} == {k: type(v) for k, v in expected.items()}


@pytest.mark.parametrize("text", ["2026-03-18", "2022-12", "2022-2026", "01-15", "2026-02-30", "2026-03-18 10:00:00"])
def test_dates_stay_text(text):
    assert read(f"a: {text}").data == {"a": text}


@pytest.mark.parametrize(
    "text", ["GM0228", "https://a.nl/b?c=1#d", "'s-Hertogenbosch'"[1:], "no one", "12 uur", "onze"]
)
def test_text_that_only_begins_like_a_surprise_is_text(text):
    assert read(f"a: {text}").data == {"a": text}
    assert told(f"a: {text}") == []


def test_every_key_and_value_knows_its_place():
    data = read("a: 1\nb:\n  - x\n  -  {c: 2}\n").data
    assert data.place == Place(1, 1)
    assert data.key_places == {"a": Place(1, 1), "b": Place(2, 1)}
    assert data.value_places == {"a": Place(1, 4), "b": Place(3, 3)}
    assert data["b"].value_places == [Place(3, 5), Place(4, 6)]
    assert data["b"][1].key_places == {"c": Place(4, 7)}
    assert data["b"][1].value_places == {"c": Place(4, 10)}


def test_columns_count_characters_and_not_bytes():
    assert told("a: [Súdwest-Fryslân, no]\n") == [("yaml-surprise", 1, 22)]


def test_an_empty_file_and_one_with_comments_only_hold_nothing():
    for text in ("", "\n\n", "# nothing\n"):
        found = read(text)
        assert found.data is None
        assert found.problems == []


# --- what is refused


def test_a_key_that_stands_twice_is_refused_with_the_line_of_the_first():
    found = read("a: 1\nb: 2\n\na: 3\n")
    assert [(p.rule, p.place, p.values) for p in found.problems] == [
        ("duplicate-key", Place(4, 1), {"key": "a", "line": 1})
    ]
    assert found.data == {"a": 1, "b": 2}, "the later one does not win"


def test_the_same_key_in_another_mapping_is_no_duplicate():
    assert told("a: {x: 1}\nb: {x: 1}\nx: 1\n") == []


def test_a_key_that_stands_three_times_is_told_twice():
    found = read("a: 1\na: 2\na: 3\n")
    assert [(p.place.line, p.values["line"]) for p in found.problems] == [(2, 1), (3, 1)]


def test_what_hangs_under_a_double_key_is_still_looked_at():
    assert told("a: 1\na:\n  b: no\n") == [("duplicate-key", 2, 1), ("yaml-surprise", 3, 6)]


def test_anchors_and_aliases_are_refused():
    found = read("a: &x 1\nb: *x\n")
    assert [(p.rule, p.place, p.values) for p in found.problems] == [
        ("anchor", Place(1, 4), {"name": "x"}),
        ("alias", Place(2, 4), {"name": "x"}),
    ]


def test_the_billion_laughs_are_refused_without_being_laughed():
    laughs = "\n".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 9)}]" for n in range(1, 9))
    found = read(f"l1: &l1 lol\n{laughs}\n")
    assert {p.rule for p in found.problems} == {"anchor", "alias"}


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!str", "!own", "!!binary"])
def test_tags_are_refused(tag):
    found = read(f"a: 1\nb: {tag} x\n")
    assert [(p.rule, p.place) for p in found.problems] == [("tag", Place(2, 4))]


def test_a_tag_on_a_list_or_a_mapping_is_refused():
    assert told("a: !!set {x}\nb: !!omap [x: 1]\n") == [("tag", 1, 4), ("tag", 2, 4)]


def test_a_second_document_is_refused_and_the_first_is_kept():
    found = read("a: 1\n---\nb: 2\n---\nc: 3\n")
    assert [(p.rule, p.place.line) for p in found.problems] == [("several-documents", 2)]
    assert found.data == {"a": 1}


def test_one_document_may_have_its_marker():
    assert read("---\na: 1\n...\n").data == {"a": 1}
    assert told("---\na: 1\n...\n") == []


@pytest.mark.parametrize(
    ("text", "column"), [("1: a", 1), ("true: a", 1), ("null: a", 1), ("[a, b]: c", 1), ("{a: b}: c", 1), ("1.5: a", 1)]
)
def test_a_key_that_is_not_text_is_refused(text, column):
    assert told(text) == [("key-not-text", 1, column)]


def test_after_a_key_that_is_not_text_the_rest_is_read():
    found = read("? [a, {b: c}]\n: {d: 1}\ne: 2\n")
    assert [p.rule for p in found.problems] == ["key-not-text"]
    assert found.data == {"e": 2}


def test_too_deep_is_refused_where_it_gets_too_deep():
    assert told("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    deeper = MAX_DEPTH + 1
    assert told("[" * deeper + "]" * deeper) == [("too-deep", 1, deeper)]
    assert [rule for rule, *_ in told("[" * 50_000)] == ["too-deep"]
    assert [rule for rule, *_ in told("{a: " * 50_000)] == ["too-deep"]


def test_too_much_is_refused():
    assert [rule for rule, *_ in told("a: '" + "x" * (MAX_TEXT + 1) + "'")] == ["text-too-long"]
    assert [rule for rule, *_ in told("[" + "1," * (MAX_NODES + 1) + "]")] == ["too-many-values"]
    assert told(b" " * (MAX_BYTES + 1)) == [("file-too-large", 1, 1)]


# --- characters


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x90", "\ufdd0", "\ufdef", "\ufffe", "\uffff"])
def test_a_control_character_is_refused_with_its_place(character):
    found = read(f"a: 1\nb: x{character}y\n")
    assert [(p.rule, p.place) for p in found.problems] == [("control-character", Place(2, 5))]
    assert found.problems[0].values["character"] == f"U+{ord(character):04X}"


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e", "\\x07", "\\u0000", "\\x7f", "\\uffff"])
def test_a_control_character_by_way_of_an_escape_is_refused(escape):
    found = read(f'a: 1\nb: "x{escape}y"\n')
    assert [(p.rule, p.place) for p in found.problems] == [("control-character", Place(2, 4))]
    assert found.data["b"] == "xy"


def test_tab_and_line_end_by_way_of_an_escape_are_fine():
    assert read('a: "x\\ty\\nz"').data == {"a": "x\ty\nz"}


def test_text_that_is_not_utf_8_is_refused_with_the_right_line():
    # "é" as Windows-1252 has it.
    assert told(b"a: 1\nname: caf\xe9\n") == [("not-utf8", 2, 10)]
    assert told("a: 1".encode("utf-16")) == [("not-utf8", 1, 1)]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted():
    found = read(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n  - no\r\n")
    assert [(p.rule, p.place) for p in found.problems] == [("yaml-surprise", Place(4, 5))]
    assert found.data == {"a": 1, "b": ["x", "no"]}


def test_a_byte_order_mark_does_not_shift_the_columns():
    assert told(b"\xef\xbb\xbfa: no\n") == [("yaml-surprise", 1, 4)]


def test_what_is_no_yaml_is_told_with_its_place_and_keeps_what_came_before():
    found = read("a: 1\nb: no\nc: [1, 2\nd: 3\n")
    assert [p.rule for p in found.problems] == ["yaml-surprise", "yaml-syntax"]
    assert found.problems[1].place.line >= 3
    assert found.data["a"] == 1


def test_a_tab_for_indentation_is_told_with_its_place():
    assert told("a:\n\tb: 1\n")[0][:2] == ("yaml-syntax", 2)


def test_every_problem_is_told_at_once():
    text = "a: 0363\nb: &x 1\nc: *x\nd: !t 1\na: 2\n1: 3\ne: no\n"
    assert told(text) == [
        ("yaml-surprise", 1, 4),
        ("anchor", 2, 4),
        ("alias", 3, 4),
        ("tag", 4, 4),
        ("duplicate-key", 5, 1),
        ("key-not-text", 6, 1),
        ("yaml-surprise", 7, 4),
    ]


# --- over all data and all bytes

# PyYAML writes some of what YAML 1.1 reads as a word or a number without quotes (y, 1e3): not these.
SAFE_TEXT = st.text(
    # Nothing that the reader refuses: controls, and among the format characters those that turn the direction of text.
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Co")),
    max_size=20,
).filter(lambda text: text.lower() not in ("y", "n") and not re.match(r"[-+]?[.\d]", text))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | SAFE_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SAFE_TEXT, inner, max_size=4),
    max_leaves=12,
)


def plain(data):
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    return [plain(value) for value in data] if isinstance(data, list) else data


@given(st.dictionaries(SAFE_TEXT, VALUES, max_size=5), st.booleans(), st.booleans())
def test_what_is_written_as_yaml_is_read_back_the_same(data, flow, raw):
    written = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=raw)
    found = read(written)
    assert found.problems == []
    assert plain(found.data) == data


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fall_over(raw):
    found = read(raw)
    assert all(p.level == "error" and p.place >= Place(1, 1) for p in found.problems)


YAMLISH = st.text("ab01-:?[]{}&*!|>'\"%@`#,. \n\t~\\<=é\u2028\x85", max_size=60)


@given(YAMLISH)
def test_no_text_that_looks_like_yaml_makes_the_reader_fall_over(text):
    found = read(text)
    assert all(p.level == "error" and p.place >= Place(1, 1) for p in found.problems)
