"""``cda-tools completion``: the script with which a shell completes commands, options, rule ids."""

import click
from click import shell_completion

from cda_tools.cli import french
from cda_tools.cli.output import say

SUMMARY = "le script de complétion d'un shell : commandes, options, valeurs, règles"
EXAMPLE = 'eval "$(cda-tools completion bash)"'

_VARIABLE = "_CDA_TOOLS_COMPLETE"  # that click reads when it is asked to complete


@click.command(short_help=SUMMARY)
@click.argument("shell", metavar="SHELL", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Affiche le script de complétion de SHELL : bash, zsh, fish ou powershell.

    \b
    bash        eval "$(cda-tools completion bash)"          dans ~/.bashrc
    zsh         eval "$(cda-tools completion zsh)"           dans ~/.zshrc
    fish        cda-tools completion fish | source           dans config.fish
    powershell  cda-tools completion powershell | Out-String | Invoke-Expression
                                                             dans $PROFILE
    """
    french.speak_in(shell_completion)
    completes = shell_completion.get_completion_class(shell)
    assert completes is not None
    program = ctx.find_root()
    say(completes(program.command, {}, "cda-tools", _VARIABLE).source())
