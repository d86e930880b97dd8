"""Which report goes where: the pairs of --format and --output of one run."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from cda_tools.reports import outputs

_BY_NAME = {"gl-code-quality-report.json": "gitlab"}
_BY_SUFFIX = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xml": "junit",
    ".junit": "junit",
    ".sarif": "sarif",
    ".svrl": "svrl",
    ".tar": "tar",
}


@dataclass(frozen=True, slots=True)
class Destination:
    """One report: its format, and its file (None: standard output)."""

    form: str
    path: Path | None


def destinations(forms: Sequence[str], paths: Sequence[Path]) -> list[Destination]:
    """Pair formats and files in their order; a file alone is of the format of its name.

    Raise a usage error where they cannot be paired, where two reports go to one file, and where
    a file's name says no format.
    """
    if not paths:
        if len(forms) > 1:
            raise click.UsageError("plusieurs --format : un --output pour chacun")
        return [Destination(forms[0] if forms else outputs.DEFAULT, None)]
    if not forms:
        found = [Destination(_of_name(path), path) for path in paths]
    elif len(forms) == len(paths):
        found = [Destination(form, path) for form, path in zip(forms, paths, strict=True)]
    else:
        raise click.UsageError(
            f"{len(forms)} --format et {len(paths)} --output : autant de l'un que de l'autre, ou "
            "aucun --format (l'extension du fichier décide)"
        )
    _all_different(paths)
    return found


def _of_name(path: Path) -> str:
    form = _BY_NAME.get(path.name) or _BY_SUFFIX.get(path.suffix.lower())
    if form is None and not path.suffix:
        return outputs.DEFAULT
    if form is None:
        raise click.UsageError(
            f"--output {path} : son extension ne dit pas la forme du rapport ; ajouter --format "
            f"({', '.join(outputs.names())})"
        )
    return form


def _all_different(paths: Sequence[Path]) -> None:
    seen: dict[Path, Path] = {}
    for path in paths:
        first = seen.setdefault(path.absolute(), path)
        if first is not path:
            raise click.UsageError(f"--output {path} : deux rapports dans un même fichier")
