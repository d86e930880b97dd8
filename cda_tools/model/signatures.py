"""Which registry entries are the signature of a lot, and no document of the patient's.

Source: CI-SIS, DMP (electronic signature of a submission set, IHE DSG).
"""

from cda_tools.model.document import Document

_SIGNS = {
    "class": frozenset({"1.3.6.1.4.1.19376.1.2.1.1.1"}),
    "type": frozenset({"e1762"}),
    "format": frozenset(
        {
            "http://www.w3.org/2000/09/xmldsig#",
            "urn:ihe:iti:dsg:detached:2014",
            "urn:ihe:iti:dsg:enveloping:2014",
        }
    ),
}


def is_signature(document: Document) -> bool:
    """Tell whether a registry lists the document as the signature of a lot.

    One sign is enough: its class, its type or its format.
    """
    registry = document.context.registry if document.context else None
    if registry is None:
        return False
    codes = {
        "class": registry.class_code,
        "type": document.header.type if document.header else None,
        "format": registry.format_code,
    }
    return any(
        code is not None and (code.code or "").lower().removeprefix("urn:oid:") in _SIGNS[kind]
        for kind, code in codes.items()
    )
