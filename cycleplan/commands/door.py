"""What every command does at the door: options, reading the region, and errors with exit code 1."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cycleplan import checks, resources
from cycleplan.alignment import Alignment, align
from cycleplan.commands import Command, lang_option, language, streams, tell_error
from cycleplan.errors import CycleplanError, Problem, by_place
from cycleplan.law import Law, load_law
from cycleplan.loading import MAX_PROBLEMS, Loaded, find_region, load_region, load_text
from cycleplan.outputs.terminal import check as check_screen
from cycleplan.region import EARLIEST_YEAR, LATEST_YEAR, LONGEST_FORMATION, Region
from cycleplan.register import Register, load_register
from cycleplan.wording import door_text
from cycleplan.wording.words import Words

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _read_day(ctx: click.Context, param: click.Parameter, value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        if len(value) != 10:  # the short forms of ISO 8601 are for machines
            raise ValueError
        day = date.fromisoformat(value)
    except ValueError:
        text = door_text(language(ctx), "usage.not_a_day", value=str(value))
        raise click.BadParameter(text, ctx, param) from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:  # the law is known from 2010 on; files hold days until 2060
        raise click.BadParameter(door_text(language(ctx), "usage.day_out_of_range", value=value), ctx, param)
    return day


def option(*names: str, help: str, **kwargs: Any) -> click.Option:
    """An option, with a code of ``wording`` for its help."""
    return click.Option(list(names), help=help, **kwargs)


def today_option() -> click.Option:
    """``--today``; the one place where the clock is read."""
    return option("--today", callback=_read_day, default=date.today, help="help.today", metavar="2027-04-30")


def day_option(*names: str, help: str) -> click.Option:
    """An option that is a day."""
    return option(*names, callback=_read_day, help=help, metavar="2027-04-30")


def random_id() -> str:
    """A random UUID, for a calendar that there is not yet; the one place where chance comes in."""
    import uuid  # only ``new`` needs it

    return str(uuid.uuid4())


Formation = tuple[int, int, int] | None  # days that were given for the formation, or None


def _read_formation(ctx: click.Context, param: click.Parameter, value: str | None) -> Formation:
    if value is None:
        return None
    found = re.fullmatch(r"(\d{1,3}), ?(\d{1,3}), ?(\d{1,3})", value, re.ASCII)
    possible, likely, certain = map(int, found.groups()) if found else (0, 0, 0)
    if not 1 <= possible <= likely <= certain <= LONGEST_FORMATION:
        text = door_text(language(ctx), "usage.formation", value=value, most=str(LONGEST_FORMATION))
        raise click.BadParameter(text, ctx, param)
    return possible, likely, certain


def formation_option() -> click.Option:
    """``--formation``: what if there is a college so many days after the election."""
    return option("--formation", callback=_read_formation, help="help.formation", metavar="35,70,110")


def horizon_options(first: str = "help.from") -> list[click.Option]:
    """``--from`` and ``--to``; *first* is the code of the help of ``--from``."""
    return [
        day_option("--from", "first", help=first),
        day_option("--to", "last", help="help.to"),
    ]


def json_option() -> click.Option:
    """``--json``."""
    return option("--json", "as_json", is_flag=True, help="help.json")


def output_option() -> click.Option:
    """``-o FILE``; of a link it is the file behind it that is written."""
    kind = click.Path(dir_okay=False, path_type=Path)
    return option("-o", "--output", type=kind, callback=_behind, help="help.output", metavar="FILE")


def _behind(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    return value.resolve() if value and value.is_symlink() else value


def form_of(output: Path | None, endings: Mapping[str, str]) -> str:
    """The form that the name of a file asks for, by its ending; that of the ending "" where it asks for none.

    Raises UsageError for a file that we do not make.
    """
    ending = output.suffix.lower().lstrip(".") if output else ""
    if output and ending not in endings:
        ctx = click.get_current_context()
        listed = ", ".join(f".{known}" for known in endings if known)
        text = door_text(language(ctx), "usage.unknown_ending", value=output.name, endings=listed)
        raise click.UsageError(text, ctx)
    return endings[ending]


def one_form(as_json: bool, form: str | None, output: Path | None, endings: Mapping[str, str]) -> str:
    """The form asked for: by ``--json``, by ``--format``, or by the name of the file.

    Raises UsageError where both options are given, and as ``form_of`` does.
    """
    if as_json and form:
        ctx = click.get_current_context()
        raise click.UsageError(door_text(language(ctx), "usage.json_or_format"), ctx)
    return "json" if as_json else form or form_of(output, endings)


def style_option() -> click.Option:
    """``--style``: CSS of whoever publishes, put over a page."""
    kind = click.Path(exists=True, dir_okay=False, path_type=Path)
    return option("--style", type=kind, help="help.style", metavar="FILE")


def read_style(path: Path | None) -> str:
    """The CSS in *path*; empty without one. Raises CycleplanError ``style-unreadable`` or ``cannot-read``."""
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CycleplanError("style-unreadable", file=str(path)) from error
    except OSError as error:
        raise CycleplanError("cannot-read", file=str(path), reason=error.strerror or "") from error


def region_argument() -> click.Argument:
    """``REGION``: a path, or the id of a shipped region."""
    return click.Argument(["region"], metavar="REGION", shell_complete=complete_region)


def complete_region(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What a shell can put where a region is asked: a file, or the id of one that ships.

    Files are left to the shell, which knows how to quote them; bash offers them only where no id fits.
    """
    from click.shell_completion import CompletionItem

    ids = [id for id in resources.region_files() if id.startswith(incomplete)]
    return [CompletionItem(incomplete, type="file"), *map(CompletionItem, ids)]


def command(
    name: str, callback: Callable[..., int | None], params: list[click.Parameter], example: str
) -> click.Command:
    """A command with ``--lang`` and the errors of cycleplan as a sentence and exit code 1."""

    @wraps(callback)
    def guarded(**kwargs: Any) -> int:
        ctx = click.get_current_context()
        lang = kwargs["lang"] = language(ctx)
        output, region = kwargs.get("output"), kwargs.get("region")
        regions = region if isinstance(region, tuple) else (region,)
        for other in (*regions, *map(kwargs.get, ("old", "new", "write", "template", "style"))):
            if output and other and output.exists() and Path(other).exists() and output.samefile(other):
                raise click.UsageError(door_text(lang, "usage.same_file", what="-o"), ctx)
        if output and kwargs.get("write") and output.absolute() == kwargs["write"].absolute():
            raise click.UsageError(door_text(lang, "usage.same_file", what="-o"), ctx)
        try:
            return callback(**kwargs) or 0
        except CycleplanError as error:
            tell_error(error, lang)
            return 1

    made = Command(name, callback=guarded, params=[*params, lang_option()], help=f"help.{name}")
    made.example = example
    return made


class Opened(NamedTuple):
    """A region that was read, with its problems, ready to be aligned."""

    region: Region | None
    problems: tuple[Problem, ...]
    usable: bool  # whether it can be planned with: no problem is an error
    words: Words
    register: Register
    law: Law
    raw: bytes  # the region file as it was read

    def align(self, today: date, first: date | None = None, last: date | None = None) -> Alignment:
        """The alignment over the horizon asked for, or the default one."""
        assert self.region
        return align(self.region, self.register, self.law, today, first, last)


def open_region(name: str, today: date, lang: str | None, formation: Formation = None) -> Opened:
    """Read the region *name* and look it over; *formation* are the days of ``--formation``, if it was given."""
    return _look_over(load_region(find_region(name), load_register()), today, lang, formation)


def open_text(raw: bytes, file: str, today: date, lang: str | None, formation: Formation = None) -> Opened:
    """As ``open_region``, of the text of a region file that stands somewhere else."""
    return _look_over(load_text(raw, file, load_register()), today, lang, formation)


def _look_over(loaded: Loaded, today: date, lang: str | None, formation: Formation) -> Opened:
    register, law = load_register(), load_law()
    if loaded.region and formation:
        policy = loaded.region.policy._replace(formation_days=formation, formation_asked=True)
        loaded = loaded._replace(region=replace(loaded.region, policy=policy))
    problems = list(loaded.problems)
    if loaded.region:
        problems += checks.check(loaded.region, register, law, today)
    words = Words(lang or (loaded.region.language if loaded.region else "nl"), law, loaded.region)
    # Nobody reads more than so many; errors go before warnings.
    told = sorted(by_place(problems), key=lambda p: p.level)[:MAX_PROBLEMS]
    loaded = loaded._replace(problems=tuple(by_place(told)))
    return Opened(loaded.region, loaded.problems, loaded.usable, words, register, law, loaded.raw)


def usable_region(name: str, today: date, lang: str | None, formation: Formation = None) -> Opened:
    """As ``open_region``, but a file with errors ends here: they are told on standard error, exit code 1."""
    return usable(open_region(name, today, lang, formation))


def usable(opened: Opened) -> Opened:
    """What was opened; of a file with errors these are told on standard error, exit code 1."""
    if not opened.usable:
        streams.tell(check_screen.problem_lines(opened.problems, opened.words).rstrip("\n"))
        streams.tell(opened.words.say("error.unusable"))
        sys.exit(1)
    return opened


def usable_regions(names: Iterable[str], today: date, lang: str | None) -> list[Opened]:
    """Several regions in the order of *names*; all that is wrong with any is told on standard error.

    Raises CycleplanError ``regions-unusable`` then, and ``same-region`` where two have one id.
    """
    found: dict[str, tuple[str, Opened]] = {}
    usable = True
    for name in names:
        try:
            opened = open_region(name, today, lang)
        except CycleplanError as error:
            streams.tell(Words(lang or "nl", load_law()).error(error))
            usable = False
            continue
        if not opened.usable:
            streams.tell(check_screen.problem_lines(opened.problems, opened.words).rstrip("\n"))
            usable = False
            continue
        assert opened.region
        id = opened.region.id
        if id in found:
            raise CycleplanError("same-region", a=found[id][0], b=name, id=id)
        found[id] = (name, opened)
    if not usable:
        raise CycleplanError("regions-unusable")
    return [opened for _, opened in found.values()]
