"""Exit codes, the same for every command: 0 nothing to report, 1 findings, 2 no work done."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from cda_tools.document import UNREADABLE, Document
from cda_tools.rules.finding import Finding, Severity

if TYPE_CHECKING:
    from cda_tools.batch import Result


def fail_on(command: Any) -> Any:
    """Add the option --fail-on, which gives the command its ``fail_on`` severity."""
    return click.option(
        "--fail-on",
        type=click.Choice([one.value for one in Severity]),
        default=Severity.ERROR.value,
        show_default=True,
        callback=lambda _, __, value: Severity(value),
        help="Gravité à partir de laquelle le code de retour est 1.",
    )(command)


class Outcome:
    """Watches documents and findings go by, and ends the command with the right code."""

    def __init__(self, fail_on: Severity = Severity.ERROR) -> None:
        """Fail on findings of ``fail_on`` and above."""
        self._fail_on = fail_on
        self._found = False
        self._seen = self._readable = False

    def watch(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield the documents, noting what they say."""
        for document in documents:
            self.note(document.findings)
            yield document

    def validated(self, results: "Iterable[Result]", *, strict: bool) -> "Iterator[Result]":
        """Yield the results of a validation, noting what counts in each."""
        for result in results:
            self.note(result.report.counting(strict=strict))
            yield result

    def note(self, findings: Iterable[Finding]) -> None:
        """Take note of one document's findings."""
        findings = list(findings)
        self._seen = True
        self._readable = self._readable or all(one.rule != UNREADABLE for one in findings)
        self.count(findings)

    def count(self, findings: Iterable[Finding]) -> None:
        """Take note of findings that are no document's own, or of documents noted before."""
        for one in findings:
            self._found = self._found or one.severity >= self._fail_on

    def exit(self) -> None:
        """Leave with 2 where no file could be opened at all, 1 where something was found."""
        if self._seen and not self._readable:
            sys.exit(2)
        if self._found:
            sys.exit(1)
