"""The door: what a planner types. Commands are read when they are asked for, so that the rest costs nothing."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from cycleplan import __version__, resources
from cycleplan.commands import streams
from cycleplan.errors import CycleplanError, nearest
from cycleplan.wording import LANGUAGES, door_text, texts

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Command → its module, in the order of the help.
_COMMANDS = {
    "list": "regions",
    "new": "new",
    "check": "check",
    "windows": "windows",
    "propose": "propose",
    "timeline": "timeline",
    "calendar": "calendar",
    "memo": "memo",
    "site": "site",
    "atlas": "atlas",
    "compare": "compare",
    "explain": "explain",
    "diff": "diff",
    "law": "law",
    "schema": "regions",
}


def language(ctx: click.Context) -> str | None:
    """The language that was asked for on the command line, or None."""
    return ctx.find_root().meta.get("cycleplan.lang")


def _set_language(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    if value:
        ctx.find_root().meta["cycleplan.lang"] = value
    return value


def lang_option() -> click.Option:
    """``--lang``; eager, so that help is in that language too."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), is_eager=True, callback=_set_language, help="help.lang"
    )


def _show_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        _say(ctx, ctx.get_help())


def _say(ctx: click.Context, text: str) -> None:
    """Print what was asked for instead of running a command, and end."""
    try:
        streams.put(f"{text}\n", None)
    except CycleplanError as error:
        tell_error(error, language(ctx))
        ctx.exit(1)
    ctx.exit()


def tell_error(error: CycleplanError, lang: str | None) -> None:
    """Say on standard error what went wrong."""
    from cycleplan.law import load_law  # --version and --help need no words but the door's
    from cycleplan.wording.words import Words

    streams.tell(Words(lang or "nl", load_law()).error(error))


class Command(click.Command):
    """A command whose help is in the language asked for; ``help`` holds a code of ``wording``, *example* a line."""

    example = ""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; the language first, so that help and errors are in it wherever it stands."""
        for before, value in zip(["", *args], args, strict=False):
            given = value.removeprefix("--lang=") if value.startswith("--lang=") else value
            if (before == "--lang" or value.startswith("--lang=")) and given in LANGUAGES:
                ctx.find_root().meta["cycleplan.lang"] = given
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, with a text of our own."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "help.help"
            option.callback = _show_help
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """The code of the help, which the group turns into a sentence."""
        return self.help or ""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What can stand here, with its help as a sentence."""
        found = click.Command.shell_complete(self, ctx, incomplete)  # not Group's, which would read every command
        for item in found:
            item.help = item.help and door_text(language(ctx), item.help)
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = " ".join(self._usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=door_text(language(ctx), "usage.prefix"))

    def _usage_pieces(self, ctx: click.Context) -> list[str]:
        if isinstance(self, click.Group):
            return [door_text(language(ctx), "usage.pieces")]
        pieces = self.collect_usage_pieces(ctx)
        return [door_text(language(ctx), "usage.options_piece") if p == "[OPTIONS]" else p for p in pieces]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sentence about the command, and an example."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(door_text(language(ctx), self.help or ""))
            if self.example:
                formatter.write_paragraph()
                formatter.write_text(f"{door_text(language(ctx), 'help.examples')}: {self.example}")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options with their help."""
        rows = []
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record and isinstance(param, click.Option):
                rows.append((record[0], door_text(language(ctx), param.help or "")))
        with formatter.section(door_text(language(ctx), "usage.options")):
            formatter.write_dl(rows)


class _Group(Command, click.Group):
    """All commands; each is imported when it is asked for. Nothing asked for is asking for help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the command."""
        return super().parse_args(ctx, args or ([] if ctx.resilient_parsing else ["--help"]))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"cycleplan.commands.{_COMMANDS[cmd_name]}")
        command: click.Command = module.COMMANDS[cmd_name]
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands and the options; said without reading the commands, since somebody waits between two keys."""
        from click.shell_completion import CompletionItem

        commands = [name for name in _COMMANDS if name.startswith(incomplete)]
        items = [CompletionItem(name, help=door_text(language(ctx), f"help.{name}")) for name in commands]
        return [*items, *super().shell_complete(ctx, incomplete)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the commands with a sentence each."""
        super().format_options(ctx, formatter)
        with formatter.section(door_text(language(ctx), "usage.commands")):
            formatter.write_dl([(name, door_text(language(ctx), f"help.{name}")) for name in _COMMANDS])


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:  # completion only reads along
        lang = language(ctx)
        days = {"data": resources.revised("register.yaml"), "law": resources.revised("law.yaml")}
        said = {of: f"{day.day} {texts(lang).MONTHS[day.month - 1]} {day.year}" for of, day in days.items()}
        _say(ctx, door_text(lang, "help.version_line", version=__version__, **said))


cli = _Group(
    "cycleplan",
    help="help.group",
    params=[
        lang_option(),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help="help.version",
        ),
    ],
    callback=lambda lang: None,
)


def main() -> None:
    """Run cycleplan: exit 0 if all is well, 1 if the input has errors, 2 if the command line is wrong."""
    try:
        streams.prepare()
        code = cli.main(prog_name="cycleplan", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.UsageError as error:
        streams.tell(usage_text(error))
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        streams.drop_the_rest()
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


def usage_text(error: click.UsageError) -> str:
    """What is wrong with the command line, in the language asked for."""
    lang = language(error.ctx) if error.ctx else None
    text = _usage_sentence(error, lang)
    path = error.ctx.command_path if error.ctx else "cycleplan"
    return f"{text}\n{door_text(lang, 'usage.try', command=path)}"


def _usage_sentence(error: click.UsageError, lang: str | None) -> str:
    if isinstance(error, click.NoSuchOption):
        near = error.possibilities[0] if error.possibilities else None
        return door_text(lang, "usage.no_such_option", option=error.option_name, near=_near(lang, near))
    if isinstance(error, click.MissingParameter):
        return door_text(lang, "usage.missing", what=_called(error.param))
    if isinstance(error, click.BadOptionUsage):
        code = "usage.flag_value" if "does not take" in error.message else "usage.needs_value"
        return door_text(lang, code, option=error.option_name)
    if isinstance(error, click.BadParameter):
        kind = error.param.type if error.param else None
        if isinstance(kind, click.Choice):
            listed = ", ".join(str(choice) for choice in kind.choices)
            value = error.message.split("'")[1] if "'" in error.message else ""
            choices = door_text(lang, "usage.choices", choices=listed)
            return door_text(lang, "usage.bad_value", value=value, what=_called(error.param), choices=choices)
        if isinstance(kind, click.IntRange):
            value = error.message.split(" ")[0].strip("'")
            return door_text(lang, "usage.not_in_range", value=value, what=_called(error.param))
        if isinstance(kind, click.types.IntParamType):
            value = error.message.split("'")[1] if "'" in error.message else ""
            return door_text(lang, "usage.not_a_number", value=value, what=_called(error.param))
        if isinstance(kind, click.Path):
            value = error.message.split("'")[1] if "'" in error.message else ""
            code = "usage.bad_file" if kind.file_okay else "usage.bad_folder"
            if "does not exist" in error.message and kind.file_okay:
                code = "usage.no_such_file"
            return door_text(lang, code, value=value, what=_called(error.param))
        return error.message
    if "Missing command" in error.message:
        return door_text(lang, "usage.missing_command")
    words = error.message.split("'")
    if "No such command" in error.message and len(words) > 1:
        near = nearest(words[1], _COMMANDS)
        return door_text(lang, "usage.no_such_command", command=words[1], near=_near(lang, near))
    if "unexpected extra argument" in error.message:
        return door_text(lang, "usage.too_many", extra=error.message[error.message.find("(") + 1 : -1])
    return error.message


def _called(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return param.opts[-1] if isinstance(param, click.Option) else (param.name or "").upper()


def _near(lang: str | None, near: str | None) -> str:
    return door_text(lang, "usage.near", near=near) if near else ""
