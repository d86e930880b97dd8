"""One document that passes and one that fails each rule of the layers xml, text-1.16, versions.

A case is the small document of tests/support/documents.py with the parts named here replaced.
"""

from documents import AUTHOR, PARTS, document

LAYERS = ("xml", "text-1.16", "versions")
_LAYER_OF = {"XML": "xml", "TXT": "text-1.16", "VER": "versions"}

PROFESSIONAL = '<id root="1.2.250.1.71.4.2.1" extension="899700000017"/>'
PATIENT_WRITES = (
    '<author><time value="20250304101500+0100"/><assignedAuthor>'
    '<id root="1.2.250.1.213.1.4.10" extension="255069900000034"/>{}'
    "<assignedPerson><name><family>QUENOUILLE</family></name></assignedPerson>"
    "</assignedAuthor></author>"
)
ORGANIZATION = AUTHOR[AUTHOR.index("<representedOrganization>") : AUTHOR.index("</assignedAuthor>")]
PDF = (
    '<component><nonXMLBody><text mediaType="application/pdf" representation="B64">JVBERi0xLjQK'
    "</text></nonXMLBody></component>"
)
FILE = {"body": PDF}
ROOTS = ("2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1", "1.3.6.1.4.1.19376.1.2.20")


def templates(*roots: str) -> str:
    return "".join(f'<templateId root="{root}"/>' for root in roots)


def replaced(id_: str = '<id root="1.2.250.1.999.1.0"/>', more: str = "") -> str:
    return (
        '<relatedDocument typeCode="RPLC"><parentDocument>'
        f"{id_}{more}</parentDocument></relatedDocument>"
    )


SECOND = {"version": '<versionNumber value="2"/>', "related": replaced()}
ONE_ID = PARTS["signer"]
TWO_IDS = ONE_ID.replace(
    PROFESSIONAL, PROFESSIONAL + '<id root="1.2.250.1.215.300.5" extension="1"/>'
)


def a_body(attributes: str, content: str) -> dict[str, str]:
    text = f"<text{attributes}>{content}</text>"
    return {"body": f"<component><nonXMLBody>{text}</nonXMLBody></component>"}


# Rule: the parts of the document that passes, and of the one that fails.
TABLE: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "XML-08": ({}, {}),  # written by wrapped()
    "XML-09": ({}, {"realm": '<realmCode code="BE"/>', "templates": templates("1.2.3")}),
    "TXT-TITLE-01": (
        {"title": f"<title>{'a' * 128}</title>"},
        {"title": f"<title>{'a' * 129}</title>"},
    ),
    "TXT-TIME-01": (
        {"date": '<effectiveTime value="20250304101530.5+0100"/>'},
        {"date": '<effectiveTime value="202503041015+0100"/>'},
    ),
    "TXT-TIME-02": (
        {},
        {"acts": PARTS["acts"].replace("202503040900+0100", "20250304")},
    ),
    "TXT-TIME-03": (
        {"encounter": PARTS["encounter"].replace('"20250304"', '"202503040800+0100"')},
        {"encounter": PARTS["encounter"].replace('"20250304"', '"202503040800"')},
    ),
    "TXT-TIME-04": (
        {"encounter": PARTS["encounter"].replace('"20250304"', '"2025"')},
        {"encounter": PARTS["encounter"].replace('"20250304"', '"202503"')},
    ),
    "TXT-TIME-05": (
        {"encounter": PARTS["encounter"].replace('"20250304"', '"20300304"')},
        {"date": '<effectiveTime value="29180304101530+0100"/>'},
    ),
    "TXT-OID-01": ({"id": '<id root="1.0.250.10"/>'}, {"id": '<id root="1.2.250.010"/>'}),
    "TXT-OID-02": (
        {"id": '<id root="2.25.329800735698586629295641978511506172918"/>'},
        {"id": '<id root="F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"/>'},
    ),
    "TXT-DMP-01": ({}, {"id": '<id root="1.2.250.1.999.1" extension="1"/>'}),
    "TXT-BODY-01": (FILE, a_body(' mediaType="text/plain"', "")),
    "TXT-BODY-02": (FILE, a_body(' mediaType="text/plain"', '<reference value="a.txt"/>')),
    "TXT-BODY-03": (FILE, a_body(' mediaType="application/pdf" representation="B64"', "%PDF-1.4")),
    "TXT-BODY-04": (FILE, a_body(' mediaType="application/pdf"', "JVBERi0xLjQK")),
    "TXT-BODY-05": (FILE, a_body(' representation="B64"', "JVBERi0xLjQK")),
    "TXT-BODY-06": (FILE, a_body(' mediaType="application/pdf" representation="B64"', "QUJD")),
    "TXT-INS-01": ({}, {"id": '<id root="1.2.250.1.999.255069900000034"/>'}),
    "TXT-ENC-01": ({}, {}),  # written by in_latin_1()
    "TXT-LANG-01": ({}, {"language": '<languageCode code="FR-fr"/>'}),
    "TXT-CONF-01": (
        {"confidentiality": '<confidentialityCode code="R" codeSystem="2.16.840.1.113883.5.25"/>'},
        {"confidentiality": '<confidentialityCode code="L" codeSystem="2.16.840.1.113883.5.25"/>'},
    ),
    "TXT-TEMPLATE-01": (
        {"templates": templates(*ROOTS), "body": PDF},
        {"templates": templates(*ROOTS[::-1]), "body": PDF},
    ),
    "TXT-AUTHOR-01": (
        {},
        {
            "author": '<author><time value="20250304101500+0100"/><assignedAuthor>'
            f"{PROFESSIONAL}{ORGANIZATION}</assignedAuthor></author>"
        },
    ),
    "TXT-AUTHOR-02": (
        {},
        {"author": AUTHOR.replace("1.2.250.1.71.4.2.1", "1.2.250.1.999.3")},
    ),
    "TXT-AUTHOR-03": (
        {},
        {"author": AUTHOR[: AUTHOR.index("<code")] + AUTHOR[AUTHOR.index("<assignedPerson") :]},
    ),
    "TXT-AUTHOR-04": ({}, {"author": AUTHOR.replace(ORGANIZATION, "")}),
    "TXT-AUTHOR-05": (
        {"author": PATIENT_WRITES.format("")},
        {"author": PATIENT_WRITES.format('<code code="EXP_PATIENT"/>')},
    ),
    "TXT-NULL-01": (
        {"custodian": PARTS["custodian"].replace("<name>", '<telecom nullFlavor="UNK"/><name>')},
        {"custodian": PARTS["custodian"].replace("<name>", '<telecom nullFlavor="NI"/><name>')},
    ),
    "TXT-NULL-02": (
        {},
        {"encounter": PARTS["encounter"].replace("<location>", '<location nullFlavor="UNK">', 1)},
    ),
    "TXT-ENTITY-01": ({"signer": ONE_ID}, {"signer": TWO_IDS}),
    "VER-01": ({}, {"version": '<versionNumber value="0"/>'}),
    "VER-02": (SECOND, {"version": '<versionNumber value="2"/>'}),
    "VER-03": (SECOND, {"related": replaced()}),
    "VER-04": (SECOND, {**SECOND, "related": replaced('<id root="1.2.250.1.999.1.1"/>')}),
    "VER-05": (
        {**SECOND, "related": replaced('<id root="1.2.250.1.999.1"/>')},  # also that of version 1
        {
            "version": '<versionNumber value="3"/>',
            "related": replaced('<id root="1.2.250.1.999.1"/>'),
        },
    ),
    "VER-06": ({}, {"related": replaced().replace("RPLC", "XFRM")}),
    "VER-07": (SECOND, {**SECOND, "set_id": '<setId root="1.2.250.1.999.1.1"/>'}),
    "VER-08": (
        {**SECOND, "related": replaced(more='<versionNumber value="1"/>')},
        {**SECOND, "related": replaced(more='<versionNumber value="7"/>')},
    ),
    "VER-09": (
        {**SECOND, "related": replaced(more='<setId root="1.2.250.1.999.1"/>')},
        {**SECOND, "related": replaced(more='<setId root="1.2.250.1.999.8"/>')},
    ),
    "VER-10": ({"set_id": "", "version": ""}, {"version": ""}),
}


def wrapped(content: bytes) -> bytes:
    """Return the document inside a style sheet."""
    return (
        b'<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
        b' xmlns:data="urn:asip-sante:ci-sis"><data:Contenu>'
        + content
        + b"</data:Contenu></xsl:stylesheet>"
    )


def in_latin_1(content: bytes) -> bytes:
    """Return the document in ISO-8859-1, declared so."""
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + content.decode()
    return text.encode("iso-8859-1")


WHOLE = {"XML-08": wrapped, "TXT-ENC-01": in_latin_1}


def path(rule: str, verdict: str) -> str:
    """Return where a case is, from the root of the project."""
    return f"tests/cases/{_LAYER_OF[rule[:3]]}/{rule}-{verdict}-a.xml"


def files() -> dict[str, bytes]:
    """Return every case by its path."""
    found = {}
    for rule, (right, wrong) in TABLE.items():
        found[path(rule, "pass")] = document(**right)
        fail = document(**wrong)
        found[path(rule, "fail")] = WHOLE[rule](fail) if rule in WHOLE else fail
    return found
