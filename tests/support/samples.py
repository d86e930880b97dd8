"""Results made by hand: every verdict and severity, and texts that an output must not trust."""

from cda_tools.batch import Result
from cda_tools.model.document import Document
from cda_tools.reports.run import Run
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import LayerResult, Options, Report, troubles
from cda_tools.validation.layers import layers

EVIL = "<script>alert('1')</script> & \x00\x1b[31m \u202e « % »\nfin, : suite"


def finding(rule, severity=Severity.ERROR, line=3, place="/ClinicalDocument", message="Constat."):
    return Finding(rule, severity, "structuration-minimale", place, line, text=message)


def result(path, *findings, ran=True, **others):
    found = [LayerResult("xml", ran=True)]
    for name in [layer.name for layer in layers() if layer.exists(Options())][1:]:
        mine = tuple(one for one in findings if one.layer == name)
        found.append(LayerResult(name, ran=ran, findings=mine))
    _, _, inside = path.partition("!")
    return Result(Report(path, "1.16", tuple(found), inside=inside or None), **others)


def lost(path):
    """Return the result of a document that took too long."""
    return Result(troubles.report(Document(path), "1.16", troubles.timed_out(30), Options()))


RESULTS = (
    result("dossier/valide.xml", line="Lettre · 04/03/2025 10:15"),
    result(
        "dossier/été, 1%.xml",
        finding("SM-SETID-01"),
        finding("SM-SETID-01", line=None, place=None),
        finding("SM-X-99", Severity.WARNING, message=EVIL),
        finding("SM-CODE-03", Severity.INFORMATION, line=12),
        line=EVIL,
    ),
    result("envoi.zip!IHE_XDM/SUBSET01/DOC0001.XML", finding("SM-TITLE-01", line=40)),
    result("retrait.hl7!2", ran=False),
    lost("sans-fin.xml"),
    result("connu.xml", known=2, ignored=("SM-CODE-03",)),
)
RUN = Run(ignored={"SM-CODE-03": "codes <locaux> & repris"}, baseline="connus.jsonl")


def rendered(output, results=RESULTS, run=RUN):
    """Return an output's whole text."""
    return "".join(output.render(iter(results), run))
