"""The cases of the comparison with the DMP: local documents and the DMP's answer, a folder each.

``local/`` holds the documents compared, ``known/`` others that are known here, ``answer.xml`` the
list of the DMP, ``previous.xml`` that of an earlier visit. Rules that need more than files (a
clock, what was kept of a visit, several answers) have their cases in tests/dmp alone.
"""

from dataclasses import replace

from make_document import BIOLOGY, Doc, document
from make_message import Mdm, mdm
from make_metadata import answer, entry

LAYERS = ("dmp",)

V1 = Doc(id="1.2.250.1.999.7.101", set_id="1.2.250.1.999.7.100")
V2 = replace(V1, id="1.2.250.1.999.7.102", version=2, replaces=V1.id, date="20250516090000+0200")
OTHER = Doc(id="1.2.250.1.998.1", type=BIOLOGY, author="899700000330", structure="1990000052")
ONE, TWO = document(V1), document(V2)


def _listed(*docs: Doc, status: str = "Approved") -> bytes:
    return answer(*(entry(doc, uuid=f"urn:uuid:{doc.id}", status=status) for doc in docs))


WHOLE = _listed(OTHER)
RIGHT = {"local/v1.xml": ONE, "answer.xml": _listed(V1, OTHER)}
FAIL: dict[str, dict[str, bytes]] = {
    "DMP-01": {"local/v1.xml": ONE, "known/v2.xml": TWO, "answer.xml": _listed(V2)},
    "DMP-02": {"local/v1.xml": ONE, "answer.xml": WHOLE, "previous.xml": _listed(V1)},
    "DMP-03": {"local/v1.hl7": mdm(Mdm(ONE, txa12=V1.id, dmp="N")), "answer.xml": WHOLE},
    "DMP-04": {"local/v1.xml": ONE, "answer.xml": WHOLE},
    "DMP-05": {"local/v1.xml": ONE, "answer.xml": _listed()},
    "DMP-06": {
        "local/v1.xml": document(replace(V1, patient="199069900000099")),
        "answer.xml": WHOLE,
    },
    "DMP-07": {"local/v1.xml": ONE, "answer.xml": _listed(V2)},
    "DMP-08": {
        "local/v1.xml": ONE.replace(f'<id root="{V1.id}"/>'.encode(), b""),
        "answer.xml": WHOLE,
    },
    "DMP-09": {
        "local/v1.xml": ONE,
        "local/suppression.hl7": mdm(Mdm(ONE, "T04", txa12=V1.id)),
        "answer.xml": _listed(V1),
    },
    "DMP-10": {"local/v1.xml": ONE, "answer.xml": _listed(V1, status="Deprecated")},
    "DMP-11": {"local/v1.xml": ONE, "local/v2.xml": TWO, "answer.xml": _listed(V2)},
}


def files() -> dict[str, bytes]:
    """Return every file of every case, by its path from the root of the project."""
    return {
        f"tests/cases/dmp/{rule}-{verdict}-a/{name}": content
        for rule, wrong in FAIL.items()
        for verdict, case in (("pass", RIGHT), ("fail", wrong))
        for name, content in case.items()
    }
