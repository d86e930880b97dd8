"""The layer xsd with another schema than ours, and with one that cannot be used."""

from pathlib import Path

import pytest
from lxml import etree
from xsd_documents import document, the_one

from cda_tools.errors import InputError, ResourceError
from cda_tools.validation.xsd import layer as xsd
from cda_tools.validation.xsd import libxml2


def schema(folder: Path, body: str) -> Path:
    file = folder / "autre.xsd"
    file.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:x"'
        f' targetNamespace="urn:x" elementFormDefault="qualified">{body}</xs:schema>',
        encoding="utf-8",
    )
    return file


def test_another_schema_decides_instead_of_ours(tmp_path: Path) -> None:
    other = schema(tmp_path, '<xs:element name="a" type="xs:anyType"/>')
    assert xsd.check(etree.fromstring('<a xmlns="urn:x"><b/></a>'), other) == []
    assert the_one(xsd.check(document(), other)).rule == "XSD-ROOT"


def test_an_error_without_a_rule_of_its_own_stays_readable(tmp_path: Path) -> None:
    other = schema(
        tmp_path,
        '<xs:element name="a"><xs:complexType><xs:sequence maxOccurs="9"><xs:element name="b">'
        '<xs:complexType><xs:attribute name="k"/></xs:complexType></xs:element></xs:sequence>'
        '</xs:complexType><xs:unique name="u" xmlns:x="urn:x"><xs:selector xpath="x:b"/>'
        '<xs:field xpath="@k"/></xs:unique></xs:element>',
    )
    root = etree.fromstring('<a xmlns="urn:x"><b k="1"/><b k="1"/></a>')
    found = the_one(xsd.check(root, other))
    assert found.rule == "XSD-OTHER"
    assert found.message == "Élément « {urn:x}b » non conforme au schéma (SCHEMAV_CVC_IDC)."
    assert found.location == "/a/b[2]"


def test_types_of_another_schema_are_told_by_pattern_or_name(tmp_path: Path) -> None:
    other = schema(
        tmp_path,
        '<xs:element name="a"><xs:complexType><xs:attribute name="p"><xs:simpleType>'
        '<xs:restriction base="xs:string"><xs:pattern value="A[0-9]"/></xs:restriction>'
        '</xs:simpleType></xs:attribute><xs:attribute name="d" type="xs:gYear"/>'
        '<xs:attribute name="n"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType>'
        "</xs:attribute>"
        "</xs:complexType></xs:element>",
    )
    messages = [
        f.message
        for f in xsd.check(etree.fromstring('<a xmlns="urn:x" p="b" d="c" n="x"/>'), other)
    ]
    assert messages == [
        "Attribut « p » de « {urn:x}a » = valeur non affichée :"
        " attendu une valeur de la forme A[0-9].",
        "Attribut « d » de « {urn:x}a » = valeur non affichée : attendu une valeur du type gYear.",
        "Attribut « n » de « {urn:x}a » = valeur non affichée : attendu une autre valeur.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.xsd", None, "schéma introuvable : "),
        ("dossier", "", "schéma introuvable : "),
        ("mal.xsd", "<xs:schema", "ne peut pas être chargé"),
        ("rien.xsd", "<a/>", "ne peut pas être chargé"),
        (
            "faux.xsd",
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
            '<xs:element name="a" type="nulle-part"/></xs:schema>',
            "ne peut pas être chargé",
        ),
    ],
)
def test_a_schema_that_cannot_be_used_is_said_in_one_line(
    tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    path = tmp_path / name
    if content == "":
        path.mkdir()
    elif content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said) as raised:
        xsd.check(document(), path)
    assert "\n" not in str(raised.value)


def test_our_own_schema_damaged_is_a_fault_of_the_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "CDA.xsd").write_text("<xs:schema", encoding="utf-8")
    monkeypatch.setattr(libxml2, "resource", lambda *parts: tmp_path.joinpath(*parts[1:]))
    monkeypatch.setattr(xsd, "_ours", (tmp_path / "CDA.xsd").resolve)
    with pytest.raises(ResourceError, match="ne peut pas être chargé"):
        xsd.check(document())
