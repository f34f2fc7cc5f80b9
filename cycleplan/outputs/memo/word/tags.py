"""The tags that somebody typed in a template, tried out one by one, so that a mistake is told with its place.

docxtpl makes one long text of a part of a template, in which nobody finds a mistake back. So before docxtpl does its
work, the tags of each part are run here on their own, every tag on a line: the line of an error is then its tag.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from docx.oxml.ns import qn
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from cycleplan.errors import CycleplanError, nearest
from cycleplan.outputs.sandbox import refused
from cycleplan.wording import texts

_TAG = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OPENS = re.compile(r"\{[{%#]")
_PREFIXED = re.compile(r"\{\{(?:p|tr|tc|r)\s")
_PREFIX = re.compile(r"^\{%(?:p|tr|tc|r)\s")
_OF_A_CELL = re.compile(r"^\{%\s*(?:colspan|cellbg)\s+(.*?)%\}$")  # docxtpl's own; it prints what follows
_BEGINS = re.compile(r"\{%[-+]?\s*(?:if|for|macro|call|filter)\b")
_ENDS = re.compile(r"\{%[-+]?\s*end")
_MERGES = re.compile(r"^\{%\s*[vh]m\s*%\}$")
_STRAIGHT = str.maketrans("“”„‘’‚\r\n\u2028\u2029", "\"\"\"'''    ")
_SHOWN = 60  # characters


class NotAloneError(Exception):
    """A block is used as if it were a text; *args* has its name."""


@dataclass(frozen=True)
class Unfit:
    """Who to tell what about: the template's name, and the language to tell it in."""

    name: str
    lang: str

    def place(self, part: str, paragraph: str) -> dict[str, str]:
        """The values of an error that say where it stands."""
        paragraph = " ".join(paragraph.split())
        cut = paragraph if len(paragraph) <= _SHOWN else f"{paragraph[: _SHOWN - 1].rstrip()}…"
        return {"name": self.name, "part": self.say(f"word.part_{part}"), "paragraph": cut}

    def say(self, code: str, **values: str) -> str:
        """A part of a sentence."""
        text: str = texts(self.lang).TEXTS[code]
        return text.format_map(values)

    def syntax(self, part: str, paragraph: str, detail: str) -> CycleplanError:
        """The error for a tag that is not one, or that goes wrong."""
        return CycleplanError("word-template-syntax", detail=detail, **self.place(part, paragraph))

    def not_alone(self, part: str, paragraph: str, block: str) -> CycleplanError:
        """The error for a block that does not stand alone."""
        shown = f"{{{{ {block} }}}}"
        return CycleplanError("word-template-block-not-alone", block=shown, **self.place(part, paragraph))

    def mistake(self, error: Exception, part: str, paragraph: str) -> CycleplanError:
        """What went wrong in running a tag, as an error."""
        if isinstance(error, _UnknownError):
            place = self.place(part, paragraph)
            near = nearest(error.name, error.known)
            return CycleplanError("word-template-unknown-name", unknown=error.name, near=near, **place)
        if isinstance(error, SecurityError):
            return CycleplanError("word-template-unsafe", detail=f"`{refused(error)}`", **self.place(part, paragraph))
        if isinstance(error, NotAloneError):
            return self.not_alone(part, paragraph, str(error))
        return self.syntax(part, paragraph, self._detail(str(error) or type(error).__name__))

    def _detail(self, message: str) -> str:
        """The most frequent messages of jinja in our words."""
        for code, form in {
            "word.not_closed": r"innermost block that needs to be closed is '(\w+)'",
            "word.no_such_tag": r"Encountered unknown tag '(\w+)'",
            "word.no_such_filter": r"No (?:filter|test) named '(\w+)'",
        }.items():
            if found := re.search(form, message):
                return self.say(code, tag=found[1])
        return message.rstrip(".")


class _UnknownError(UndefinedError):
    """A name that does not exist, with those that do."""

    def __init__(self, name: str, known: list[str], message: str | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.known = known


def undefined(context: Mapping[str, Any]) -> type[StrictUndefined]:
    """What stands for a name that is not in *context*: an error as soon as it is used."""

    class Undefined(StrictUndefined):
        def __init__(
            self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError
        ) -> None:
            if exc is UndefinedError and name is not None:
                among = context if obj is missing else obj
                known = [key for key in among if isinstance(key, str)] if isinstance(among, Mapping) else []

                def exc(message: str) -> _UnknownError:
                    return _UnknownError(str(name), known, message)

            super().__init__(hint, obj, name, exc)

    return Undefined


@dataclass(frozen=True)
class _Tag:
    line: str
    paragraph: str


def paragraphs(root: Any) -> Iterator[tuple[Any, str]]:
    """Each paragraph with its own text, without that of a text box in it."""
    for paragraph in root.iter(qn("w:p")):
        own = (t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph)
        yield paragraph, "".join(t.text or "" for t in own)


def attributes(root: Any, holding: re.Pattern[str] = _OPENS) -> Iterator[str]:
    """The values of attributes in which there is something: by default a tag."""
    for element in root.iter():
        yield from (value for value in element.attrib.values() if holding.search(value))


def half_open(root: Any) -> Iterator[str]:
    """The paragraphs in which a command opens that ends in another, without saying of what (a row, a paragraph)."""
    for _, text in paragraphs(root):
        if len(_BEGINS.findall(text)) > len(_ENDS.findall(text)):
            yield text


def try_out(part: str, root: Any, env: SandboxedEnvironment, context: Mapping[str, Any], unfit: Unfit) -> None:
    """Run the tags of a part of a template.

    Raises CycleplanError ``word-template-syntax``, ``-unknown-name``, ``-unsafe`` or ``-block-not-alone`` for the
    first that is wrong.
    """
    tags = list(_tags(part, root, unfit))
    try:
        template = env.from_string("\n".join(tag.line for tag in tags))
        template.render(context)
    except TemplateSyntaxError as error:
        _raise(error, tags[error.lineno - 1], part, tags, unfit)
    except Exception as error:  # a tag can do anything that Python can
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == "<template>" and f.lineno]
        _raise(error, tags[lines[-1] - 1] if lines else None, part, tags, unfit)


def _raise(error: Exception, tag: _Tag | None, part: str, tags: list[_Tag], unfit: Unfit) -> NoReturn:
    open_one = re.search(r"innermost block that needs to be closed is '(\w+)'", str(error))
    if open_one:  # jinja tells the end; what is open is what somebody looks for
        opened = [t for t in tags if re.match(rf"\{{%[-+]?\s*{open_one[1]}\b", t.line)]
        tag = opened[-1] if opened else tag
    raise unfit.mistake(error, part, tag.paragraph if tag else "") from None


def _tags(part: str, root: Any, unfit: Unfit) -> Iterator[_Tag]:
    """The tags in their order, each on one line and with straight quotes, as docxtpl will read them."""
    for code in root.iter(qn("w:instrText")):
        if _OPENS.search(code.text or ""):  # there a value would become a command of Word
            detail = unfit.say("word.in_field")
            raise CycleplanError("word-template-unsafe", detail=detail, **unfit.place(part, code.text))
    for _, text in paragraphs(root):
        if not _OPENS.search(text):
            continue
        stray = _OPENS.search(_TAG.sub("", text))
        if stray:
            raise unfit.syntax(part, text, unfit.say("word.not_ended", sign=stray[0]))
        for found in _TAG.finditer(text):
            if _PREFIXED.match(found[0]):
                raise unfit.syntax(part, text, unfit.say("word.prefixed", tag=found[0]))
            yield _Tag(_line(found[0]), text)


def _line(tag: str) -> str:
    line = _PREFIX.sub("{% ", tag.translate(_STRAIGHT))
    return "" if line.startswith("{#") or _MERGES.match(line) else _OF_A_CELL.sub(r"{{ \1 }}", line)
