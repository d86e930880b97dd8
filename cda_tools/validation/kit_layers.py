"""The kit's layers as steps of a validation: what a kit says of a document, as findings.

An official assert that fails is an error, whatever its role says, and a report that speaks is an
information outside the verdict, as in the official tool.
"""

import hashlib
import re
from collections.abc import Iterator

from lxml.etree import _Element

from cda_tools.kit.compiled import Compiled, Source
from cda_tools.kit.kit import Kit, Verdict, open_kit
from cda_tools.kit.running import Failed
from cda_tools.kit.volets import Claim
from cda_tools.reading.location import Locator, Tree
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.layers import Checked, Job
from cda_tools.validation.options import VOLET

_TERMINOLOGIES = "terminologies"
_TECHNICAL = re.compile(r"[\d.]{1,80}(:[\d.]{1,20})?")
_LONG = re.compile(r"\d{13}")  # as an INS has


def check_layer(job: Job, name: str) -> Checked:
    """Return what one layer of the options' kit says of a document."""
    options = job.options
    assert options.kit is not None
    return checked(open_kit(options.kit), job.root, name, options.volet)


def rule_id(source: Source) -> str:
    """Return the id of a kit's check: its pattern and 6 hex digits of its context and test."""
    digest = hashlib.sha1(f"{source.context}\n{source.test}".encode(), usedforsecurity=False)
    return f"{source.pattern}/{digest.hexdigest()[:6]}"


def checked(kit: Kit, root: _Element, layer: str, volet: str) -> Checked:
    """Return what one layer of the kit says of a document.

    ``volet``: ``auto``, ``none`` or a name.
    """
    verdict = kit.check(root, volet)
    say = _Saying(kit, root, layer)
    if layer == VOLET:
        kit.forget()
        return _volet(say, verdict)
    compiled = next(one for one in kit.layers if one.name == layer)
    return say.outcome(compiled, verdict)


def _volet(say: "_Saying", verdict: Verdict) -> Checked:
    claim = verdict.claim
    if claim is None:
        return Checked(ran=False)
    if claim.volet is None and claim.level_1:
        return Checked([say.ours("KIT-11")], applied=False)
    if claim.volet is None:
        templates = ", ".join(map(_safe, claim.templates)) or "aucun"
        return Checked([say.ours("KIT-12", templates=templates)], ran=False)
    result = say.outcome(claim.volet, verdict)
    return Checked(
        [_about(say, claim, claim.volet.name), *result.findings],
        ran=result.ran,
        applied=result.applied,
    )


def _about(say: "_Saying", claim: Claim, volet: str) -> Finding:
    """Return what is said of the choice of the volet."""
    if claim.by is not None:
        return say.ours("KIT-18", volet=volet, template=_safe(claim.by))
    if claim.wanted is not None:
        return say.ours("KIT-13", volet=volet, version=_safe(claim.wanted))
    return say.ours("KIT-14", volet=volet)


class _Saying:
    """Makes the findings of one layer on one document."""

    def __init__(self, kit: Kit, root: _Element, layer: str) -> None:
        self._kit = kit
        self._root = root
        self._layer = layer
        self._locator = Locator()
        self._tree = Tree(root.getroottree().getroot())

    def outcome(self, compiled: Compiled, verdict: Verdict) -> Checked:
        """Return what the Schematron of the layer says."""
        if compiled.number is None:
            return Checked([self.ours("KIT-15", file=compiled.file)], ran=False)
        outcome = verdict.outcomes[compiled.number]
        findings = [self._failed(failed) for failed in outcome.failed]
        stops = list(self._stops(compiled, verdict))
        if self._layer == _TERMINOLOGIES and verdict.unavailable:
            findings.append(self.ours("KIT-17", systems=_systems(verdict.unavailable)))
        return Checked([*findings, *stops], ran=not stops, applied=outcome.fired > 0)

    def _stops(self, compiled: Compiled, verdict: Verdict) -> Iterator[Finding]:
        for stop in verdict.stopped:
            source = self._kit.sources[stop.number]
            if compiled.owns(stop.number):
                element = self._tree.element(stop.at)
                yield self.ours("KIT-16", element, reason=stop.reason, test=source.test)

    def _failed(self, failed: Failed) -> Finding:
        source = self._kit.sources[failed.number]
        element = self._tree.element(failed.at)
        return texts.worded(
            rule_id(source),
            Severity.INFORMATION if source.kind == "report" else Severity.ERROR,
            message(source, failed.values),
            layer=self._layer,
            location=self._locator.xpath(element),
            line=element.sourceline,
        )

    def ours(self, rule: str, element: _Element | None = None, **fields: str) -> Finding:
        """Return a finding in our own words, on the document unless an element is given."""
        where = self._root if element is None else element
        return texts.finding(
            rule,
            layer=self._layer,
            location=self._locator.xpath(where),
            line=where.sourceline,
            **fields,
        )


def message(source: Source, values: tuple[str, ...]) -> str:
    """Return the kit's own text with the document's values in it, blanks folded."""
    following = iter(values)
    parts = [next(following, "") if part is None else part for part in source.message]
    return " ".join("".join(parts).split())


def _systems(files: tuple[str, ...]) -> str:
    """Return the code systems of vocabularies that are not there, e.g. ``…/2.16.rdf``."""
    names = dict.fromkeys(file.rpartition("/")[2].rpartition(".")[0] for file in files)
    return ", ".join(_safe(name) for name in names if name)


def _safe(text: str) -> str:
    """Return an OID, a version or both as they are written, and nothing else of the document."""
    return text if _TECHNICAL.fullmatch(text) and not _LONG.search(text) else "non affiché"
