"""The tool's own troubles with a document: it hangs, it kills its process, a layer breaks.

They are findings like the others (``CHK-…``), so that they never stop a batch, and errors, so
that a document that was not validated fails a run; its verdict is « not run », never valid.
"""

from pathlib import Path

from cda_tools.model.document import Document
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.validation.layers import layers
from cda_tools.validation.options import Options
from cda_tools.validation.report import LayerResult, Report

LAYER = "check"

_PACKAGE = Path(__file__).resolve().parent.parent


def timed_out(seconds: float) -> Finding:
    """Return the finding for a document that took longer than ``seconds``."""
    return _finding("CHK-01", seconds=f"{seconds:g}")


def died(code: int | None) -> Finding:
    """Return the finding for a document whose process ended; ``code``: its exit code."""
    return _finding("CHK-02", code="inconnu" if code is None else code)


def unexpected(what: str, error: Exception) -> Finding:
    """Return the finding for an exception that nothing foresaw, in the part named ``what``.

    The exception's own message is left out: it may quote the document.
    """
    return _finding("CHK-03", what=what, kind=type(error).__name__, place=_place(error))


def out_of_memory() -> Finding:
    """Return the finding for a document that needs more memory than it may use."""
    return _finding("CHK-04")


def report(document: Document, profile: str, finding: Finding, options: Options) -> Report:
    """Return the report of a document of which nothing else is known: no layer ran."""
    not_run = (
        LayerResult(one.name, ran=False, asked=options.asks(one.name))
        for one in layers()
        if one.exists(options)
    )
    return Report(
        document.path,
        profile,
        (layer(finding), *not_run),
        options.edition,
        options.kit_label,
        inside=document.inside,
    )


def layer(*findings: Finding) -> LayerResult:
    """Return the tool's troubles as a layer, which is there only where there are any."""
    return LayerResult(LAYER, ran=False, findings=findings)


def _place(error: Exception) -> str:
    """Return where the exception comes from, as far as it went through our files."""
    place = "lieu inconnu"
    step = error.__traceback__
    while step is not None:
        path = Path(step.tb_frame.f_code.co_filename)
        if path.is_relative_to(_PACKAGE):
            place = f"{path.relative_to(_PACKAGE).as_posix()}:{step.tb_lineno}"
        step = step.tb_next
    return place


def _finding(rule: str, **fields: str | int) -> Finding:
    return texts.finding(rule, layer=LAYER, location=None, line=None, **fields)
