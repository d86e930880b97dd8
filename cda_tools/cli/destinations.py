"""Which report goes where: the pairs of --format and --output of one run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cda_tools.reports import outputs

_ORDER = "cda_tools.cli.destinations.order"
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


class InOrder(click.Command):
    """Keeps in ``ctx.meta`` the names of the options in the order in which they were written."""

    def make_parser(self, ctx: click.Context) -> Any:
        """Return a parser that notes the order."""
        parser = super().make_parser(ctx)
        parse = parser.parse_args

        def noting(args: list[str]) -> Any:
            found = parse(args)
            ctx.meta[_ORDER] = [param.name for param in found[2]]
            return found

        parser.parse_args = noting  # type: ignore[method-assign]
        return parser


def destinations(
    forms: Sequence[str], paths: Sequence[Path], order: Sequence[str] = ()
) -> list[Destination]:
    """Pair formats and files in their order; a file alone is of the format of its name.

    ``order``: ``forms`` and ``files`` as they were written. Where there are not as many formats as
    files, a format is that of the file that follows it.

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
        found = list(_as_written(forms, paths, order))
    _all_different(paths)
    return [Destination(one.form, None) if _is_standard(one.path) else one for one in found]


def written_order(ctx: click.Context) -> Sequence[str]:
    """Return the names of a command's options, as :class:`InOrder` kept them."""
    order: Sequence[str] = ctx.meta.get(_ORDER, ())
    return order


def _as_written(
    forms: Sequence[str], paths: Sequence[Path], order: Sequence[str]
) -> Iterator[Destination]:
    """Yield each file with the format written before it, else the one that its name says."""
    left, files, form = iter(forms), iter(paths), None
    for name in order:
        if name == "forms":
            if form is not None:
                break
            form = next(left)
        elif name == "files":
            path = next(files)
            yield Destination(form or _of_name(path), path)
            form = None
    if form is not None:
        raise click.UsageError(
            f"--format {form} : aucun --output après lui (sans --format, l'extension d'un fichier "
            "décide de sa forme)"
        )


def _is_standard(path: Path | None) -> bool:
    """Tell whether ``-`` was written for a file: standard output, as ``-`` is standard input."""
    return path == Path("-")


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
        first = seen.setdefault(path.resolve(), path)
        if first is not path:
            raise click.UsageError(f"--output {path} : deux rapports dans un même fichier")
