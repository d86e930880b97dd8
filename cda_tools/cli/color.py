"""Whether to write in colour, and how the text of ``validate`` is coloured.

Sources: no-color.org (NO_COLOR), force-color.org (FORCE_COLOR); --color stands above both.
"""

import os
import re
import sys
from typing import Any, TextIO

import click

AUTO, ALWAYS, NEVER = "auto", "always", "never"
_WORDS = {
    "erreur": "red",
    "avertissement": "yellow",
    "information": "cyan",
    "conforme": "green",
    "non conforme": "red",
    "non validé": "yellow",
}
_SEVERITY = re.compile(r"^(    )(erreur|avertissement|information)(?= )", re.MULTILINE)
_VERDICT = re.compile(r"^(\S.* : )(non conforme|non validé|conforme)$", re.MULTILINE)


def option(command: Any) -> Any:
    """Add --color, which gives the command its ``color``."""
    return click.option(
        "--color",
        type=click.Choice([AUTO, ALWAYS, NEVER]),
        default=AUTO,
        show_default=True,
        help="Couleurs du texte ; auto : sur un terminal, ou selon NO_COLOR et FORCE_COLOR.",
    )(command)


def wanted(color: str, stream: TextIO | None = None) -> bool:
    """Tell whether to write in colour to a stream, standard output by default."""
    if color != AUTO:
        return color == ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced:
        return forced not in {"0", "false"}
    return (stream or sys.stdout).isatty() and os.environ.get("TERM") != "dumb"


def coloured(text: str) -> str:
    """Return text of a report with its verdicts and severities in colour; whole lines only."""
    return _VERDICT.sub(_styled, _SEVERITY.sub(_styled, text))


def _styled(found: re.Match[str]) -> str:
    return found[1] + click.style(found[2], fg=_WORDS[found[2]])
