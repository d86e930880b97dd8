"""What is in a carrier that is in an archive is listed as well, to a bounded depth."""

from pathlib import Path

import pytest
from make_message import mdm
from make_metadata import announced, archive, submission

from cases.makers.carriers import CDA, CDA_2, NEW, V1, V2, a_mail
from cda_tools.carriers import Carried, open_bytes
from cda_tools.carriers.walking import LeftOut, files
from cda_tools.carriers.xdm.layout import is_ordinary
from cda_tools.reading.safexml import Limits

SUBSET = "IHE_XDM/SUBSET01/"
FILES = [
    (f"{SUBSET}METADATA.XML", submission(announced(V1, CDA, "DOC0001.XML"))),
    (f"{SUBSET}DOC0001.XML", CDA),
]
INNER = archive(
    [
        (f"{SUBSET}METADATA.XML", submission(announced(V2, CDA_2, "DOC0002.XML"))),
        (f"{SUBSET}DOC0002.XML", CDA_2),
    ]
)
MAIL = a_mail(("B.XML", "text/xml", CDA_2))
OFFICE = archive([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")])
PICTURES = archive([("a.txt", b"a"), ("b.txt", b"b")])


def opened(data: bytes, limits: Limits | None = None) -> list[Carried]:
    return list(open_bytes(data, "a.zip", limits or Limits()))


def rules(carried: Carried) -> list[str]:
    return [finding.rule for finding in carried.findings]


@pytest.mark.parametrize(
    ("name", "content", "inside"),
    [
        ("AUTRE.ZIP", INNER, f"AUTRE.ZIP!{SUBSET}DOC0002.XML"),
        ("envoi/message.hl7", mdm(NEW), "envoi/message.hl7!OBX[1]"),
        ("courriel.eml", MAIL, "courriel.eml!B.XML"),
        (f"{SUBSET}AUTRE.ZIP", INNER, f"{SUBSET}AUTRE.ZIP!{SUBSET}DOC0002.XML"),
    ],
)
def test_a_carrier_in_an_archive_is_opened(name: str, content: bytes, inside: str) -> None:
    first, second = opened(archive([*FILES, (name, content)]))
    assert first.inside == f"{SUBSET}DOC0001.XML"
    assert rules(first) == (["XDM-02"] if name.endswith(".ZIP") else [])
    assert second.inside == inside
    assert second.data() in (CDA, CDA_2)
    assert rules(second) == (["XDM-08"] if name.startswith(SUBSET) else [])


@pytest.mark.parametrize(
    ("name", "content"), [("A.ZIP", INNER), ("m.hl7", mdm(NEW)), ("m.eml", MAIL)]
)
def test_a_zip_of_carriers_is_no_ordinary_zip(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "envoi.zip"
    path.write_bytes(archive([(name, content)]))
    left_out = LeftOut()
    assert list(files(tmp_path, left_out)) == [path]
    assert left_out.total == 0
    (carried,) = opened(path.read_bytes())
    assert carried.data() in (CDA, CDA_2)
    assert rules(carried) == (["XDM-02"] if name.endswith(".ZIP") else [])


@pytest.mark.parametrize("content", [OFFICE, PICTURES])
def test_an_ordinary_zip_in_a_zip_is_ordinary(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive([("b.zip", content)]))
    assert is_ordinary(path)
    (carried,) = opened(archive([*FILES, ("viewer.zip", content)]))
    assert rules(carried) == []


def test_an_announced_archive_gives_its_documents_too() -> None:
    told = submission(announced(V1, INNER, "A.ZIP", "application/zip"))
    first, second = opened(archive([(f"{SUBSET}METADATA.XML", told), (f"{SUBSET}A.ZIP", INNER)]))
    assert rules(first) == ["XDM-02", "XDM-14"]
    assert second.inside == f"{SUBSET}A.ZIP!{SUBSET}DOC0002.XML"


def test_what_lies_too_deep_is_told() -> None:
    data = archive([("A.ZIP", INNER)])
    (carried,) = opened(archive([*FILES, ("B.ZIP", data)]), Limits(nested=0))
    assert rules(carried) == ["XDM-02"]
    for _ in range(6):
        data = archive([*FILES, ("A.ZIP", data)])
    told = [rule for one in opened(data) for rule in rules(one)]
    assert told == ["XDM-02"] * 4


def test_many_archives_in_one_are_bounded() -> None:
    many = [(f"{number}.ZIP", INNER) for number in range(105)]
    found = opened(archive([*FILES, *many]))
    assert len(found) == 101
    assert rules(found[0]) == ["XDM-02", "XDM-02"]


@pytest.mark.parametrize("name", ["INDEX.HTM", "README.TXT", f"{SUBSET}README.TXT"])
def test_a_document_under_the_name_of_a_page_is_listed(name: str) -> None:
    files = {**dict(FILES), name: CDA_2}
    found = opened(archive(files.items()))
    assert {one.inside for one in found} == {f"{SUBSET}DOC0001.XML", name}
