"""The command line: a thin skin over the API, one file a command in ``commands/``.

A command's module is imported only when it is used, so that ``line`` starts fast.
"""

import pkgutil
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from cda_tools.cli import commands, ending, french
from cda_tools.cli.output import use_replacement_characters
from cda_tools.errors import CdaToolsError

french.speak()  # before any command is made: a type takes its name then

_SUMMARY = re.compile(r'^SUMMARY = "(.*)"$', re.MULTILINE)


class _Commands(click.Group):
    """Finds a command in the module of its name, in the folder ``commands``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{commands.__name__}.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        command.epilog = french.example(module.EXAMPLE)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:  # click suggests only commands already imported
            names = self.list_commands(ctx)
            if Path(args[0]).exists() or set(args[1:]).intersection(names):
                raise _wrong_order(args, names, ctx) from None
            raise click.NoSuchCommand(error.command_name, possibilities=names, ctx=ctx) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            named = [one for one in given if one in self.list_commands(ctx)]
            if not named:
                raise
            told = f"« {error.option_name} » est avant la commande : ses options la suivent"
            raise click.UsageError(
                f"{told} (cda-tools {named[0]} {error.option_name} …)", ctx
            ) from None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CdaToolsError as error:
            click.echo(f"cda-tools : {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:  # the reader has what it wanted; click would say 1, findings
            ctx.exit(ending.READER_IS_GONE)
        except KeyboardInterrupt:
            click.echo("cda-tools : interrompu", err=True)
            ctx.exit(2)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commandes"):
            formatter.write_dl([(name, _summary(name)) for name in self.list_commands(ctx)])


def _wrong_order(args: list[str], names: list[str], ctx: click.Context) -> click.UsageError:
    """Return what is said where a path, or another word, stands before the command."""
    command = next((one for one in args[1:] if one in names), "inspect")
    told = f"« {args[0]} » n'est pas une commande : la commande vient d'abord, puis ses chemins"
    return click.UsageError(f"{told} (cda-tools {command} {args[0]})", ctx)


def _summary(name: str) -> str:
    """Return a command's SUMMARY, read in its file: the help need not import every command."""
    spec = find_spec(f"{commands.__name__}.{name}")
    source = spec.loader.get_source(spec.name) if spec and spec.loader else ""  # type: ignore[attr-defined]
    found = _SUMMARY.search(source)
    return found[1] if found else ""


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    epilog=french.example("cda-tools inspect document.xml"),
)
@click.version_option(None, "-V", "--version", package_name="cda-tools", prog_name="cda-tools")
def cli() -> None:
    """Valide et lit les documents cliniques français (HL7 CDA R2).

    Codes de retour : 0 rien à signaler, 1 des constats, 2 la commande n'a pas pu travailler.
    """


def main() -> None:
    """Run the command line; whatever goes wrong is one line on stderr and exit code 2."""
    ending.take_closed_streams()
    ending.hear_terminate()
    use_replacement_characters()
    try:
        cli(prog_name="cda-tools", standalone_mode=True)
    except BaseException as error:
        ending.end(error)
