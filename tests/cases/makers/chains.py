"""The cases of chains: a folder of documents each, from the tables of tests/support/chain_rules.py.

``CHN-05-fail-b`` is the second entry of the rule in FAIL. What no file can be has no folder: a
header whose content is not known, an entry of a registry.
"""

from collections import Counter
from collections.abc import Iterator
from string import ascii_lowercase

import chain_rules
from documents import document
from make_message import Mdm, mdm

from cda_tools.model.carriage import Action
from cda_tools.model.document import Document
from cda_tools.model.header import Header, Identifier

LAYERS = ("chains",)
_OF_MESSAGE = b"279069900000016"
_EVENTS = {Action.DELETE: "T04", Action.REPLACE: "T10"}


def named() -> Iterator[tuple[str, list[Document]]]:
    """Yield each case that files can be: the name of its folder, its documents."""
    seen: Counter[str] = Counter()
    for verdict, table in (("fail", chain_rules.FAIL), ("pass", chain_rules.PASS)):
        for rule, documents, *_ in table:
            name = f"{rule}-{verdict}"
            letter = ascii_lowercase[seen[name]]
            seen[name] += 1
            if all(one.digest and one.carrier == "cda" for one in documents):
                yield f"{name}-{letter}", documents


def files() -> dict[str, bytes]:
    """Return every document of every case, by its path from the root of the project."""
    return {
        f"tests/cases/chains/{name}/{_file(one)}": _content(one)
        for name, documents in named()
        for one in documents
    }


def _file(one: Document) -> str:
    return one.path if one.context is None else one.path.replace(".xml", ".hl7")


def _content(one: Document) -> bytes:
    assert one.header is not None
    assert one.digest is not None
    content = _document(one.header, one.digest)
    if one.context is None:
        return content
    own, parent = one.header.id, one.context.parent_id
    assert one.context.action is not None
    event = _EVENTS[one.context.action]
    ids = {"txa12": own.root if own else "", "txa13": parent.root if parent else ""}
    message = mdm(Mdm(content, event, **ids))
    patient = one.header.patient
    number = patient.ids[0].extension if patient and patient.ids else None
    # The message is the patient's own: one of another's asks nothing.
    return message.replace(_OF_MESSAGE, number.encode()) if number else message


def _document(header: Header, title: str) -> bytes:
    """Return a ClinicalDocument of that header; the title tells contents apart."""
    known_ids = header.patient.ids if header.patient else ()
    ids = "".join(_identifier("id", known) for known in known_ids)
    name = "<patient><name><family>QUENOUILLE</family></name></patient>"
    parts = {
        "id": _identifier("id", header.id),
        "title": f"<title>{title}</title>",
        "set_id": _identifier("setId", header.set_id),
        "version": "" if header.version is None else f'<versionNumber value="{header.version}"/>',
        "related": "".join(
            f'<relatedDocument typeCode="{parent.type_code}"><parentDocument>'
            f"{_identifier('id', parent.id)}</parentDocument></relatedDocument>"
            for parent in header.related
        ),
        "patient": f"<recordTarget><patientRole>{ids}{name}</patientRole></recordTarget>",
    }
    if header.date:
        parts["date"] = f'<effectiveTime value="{header.date.raw}"/>'
    return document(**parts)


def _identifier(name: str, identifier: Identifier | None) -> str:
    if identifier is None:
        return ""
    extension = f' extension="{identifier.extension}"' if identifier.extension else ""
    return f'<{name} root="{identifier.root}"{extension}/>'
