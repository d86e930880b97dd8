"""« Pour corriger » : what to write where a rule is broken, and the codes that are allowed."""

from cda_tools.model.valuesets import named
from cda_tools.reports.texts import text_of
from cda_tools.rules.finding import Finding, Severity

_ORDER = "XSD-CHILD"
_EXAMPLES = frozenset({"structuration-minimale", "text-1.16", "versions"})
_FEW = 8  # codes that are listed; beyond, they are counted


def remedy(finding: Finding) -> list[str]:
    """Return the lines that say how a finding is mended; none where only its message can.

    The example is the rule's own (``right``): its values stand for the author's.
    """
    if finding.severity is Severity.INFORMATION:
        return []
    if finding.rule == _ORDER:
        return [
            "Pour corriger : mettre les éléments dans l'ordre du schéma (cda-tools inspect --diff "
            "le montre quand il ne manque rien)"
        ]
    text = text_of(finding.rule)
    if text is None or finding.layer not in _EXAMPLES or "<" not in text.right:
        return []
    where = f" à {finding.location}" if finding.location else ""
    lines = [f"Pour corriger, écrire{where} par exemple :", f"  {' '.join(text.right.split())}"]
    for name in text.sets:
        known = named(name)
        if known:
            codes = [one.code for one in known.concepts if not one.until]
            told = ", ".join(codes) if len(codes) <= _FEW else f"{len(codes)} codes"
            lines.append(f"  codes admis : {told} (cda-tools rules {name})")
    return lines
