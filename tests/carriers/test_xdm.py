"""Archives: documents with their metadata, and nothing that an archive does to us."""

import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from make_document import PATIENT, PDF, Doc, document
from make_metadata import PAGES, announced, archive, submission

from cases.makers.carriers import CDA, CDA_2, V1, V2
from cda_tools.carriers import Carried, open_bytes, open_path
from cda_tools.carriers.xdm import archive as reading
from cda_tools.document import read_carried, read_carried_header
from cda_tools.model.carriage import Place
from cda_tools.model.header import Identifier
from cda_tools.reading.safexml import Limits

SUBSET = "IHE_XDM/SUBSET01/"
METADATA = submission(announced(V1, CDA, "DOC0001.XML"))
FILES = [(f"{SUBSET}METADATA.XML", METADATA), (f"{SUBSET}DOC0001.XML", CDA)]


def opened(data: bytes, limits: Limits | None = None) -> list[Carried]:
    return list(open_bytes(data, "a.zip", *([limits] if limits else [])))


def rules(carried: Carried) -> list[str]:
    return [finding.rule for finding in carried.findings]


def deflated(*files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in (*PAGES, *files):
            target.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [archive(FILES), deflated(*FILES)])
def test_a_document_with_its_metadata(data: bytes) -> None:
    (carried,) = opened(data)
    assert rules(carried) == []
    assert carried.path == "a.zip!IHE_XDM/SUBSET01/DOC0001.XML"
    assert carried.carrier == "xdm"
    assert carried.data() == CDA
    assert carried.header is not None
    assert carried.header.id == Identifier(V1.id)
    assert carried.context is not None
    assert carried.context.place is Place.MSSANTE
    assert carried.context.sent is not None
    assert carried.context.sent.raw == "20250610094500+0200"
    assert carried.context.registry is not None
    assert carried.context.registry.size == len(CDA)
    # The document's own header is the one that counts.
    assert read_carried(carried).header == read_carried_header(carried).header
    header = read_carried(carried).header
    assert header is not None
    assert header.version == 1


def test_an_unpacked_folder_is_read_like_the_zip(tmp_path: Path) -> None:
    for name, content in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (carried,) = open_path(tmp_path)
    assert rules(carried) == []
    assert carried.path == f"{tmp_path}!IHE_XDM/SUBSET01/DOC0001.XML"
    assert carried.data() == CDA
    assert carried.source == CDA


def test_links_of_an_unpacked_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(CDA)
    folder = tmp_path / "a" / "IHE_XDM" / "SUBSET01"
    folder.mkdir(parents=True)
    (folder / "METADATA.XML").write_bytes(METADATA)
    try:
        (folder / "DOC0001.XML").symlink_to(secret)
    except OSError:
        pytest.skip("this system makes no links")
    (carried,) = open_path(tmp_path / "a")
    assert carried.source is None
    assert rules(carried) == ["XDM-05"]


def test_a_folder_beyond_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "IHE_XDM" / "SUBSET01"
    folder.mkdir(parents=True)
    for number in range(4):
        (folder / f"{number}.XML").write_bytes(CDA)
    monkeypatch.setattr(reading, "MOST_ENTRIES", 3)
    (carried,) = open_path(tmp_path)
    assert rules(carried) == ["XDM-01"]


def test_several_documents_in_several_subsets() -> None:
    second = submission(announced(V2, CDA_2, "DOC0001.XML"))
    both = [
        *FILES,
        ("IHE_XDM/SUBSET02/METADATA.XML", second),
        ("IHE_XDM/SUBSET02/DOC0001.XML", CDA_2),
    ]
    one, two = opened(archive(both))
    assert (one.data(), two.data()) == (CDA, CDA_2)
    assert two.path == "a.zip!IHE_XDM/SUBSET02/DOC0001.XML"
    assert rules(one) + rules(two) == []


def test_decoys_of_another_system_are_left_alone() -> None:
    decoys = [
        ("__MACOSX/IHE_XDM/SUBSET01/._METADATA.XML", b"\0\5\x16\7"),
        ("__MACOSX/IHE_XDM/SUBSET01/METADATA.XML", b"\0\5\x16\7"),
        ("README.TXT", b"x"),
        ("INDEX.HTM", b"<html/>"),
        ("CDA.XSL", b"<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'/>"),
    ]
    (carried,) = opened(archive([*decoys, *FILES]))
    assert rules(carried) == []
    assert carried.data() == CDA


def test_metadata_in_another_place_are_found_all_the_same() -> None:
    (carried,) = opened(archive([(name.rpartition("/")[2], content) for name, content in FILES]))
    assert rules(carried) == ["XDM-16"]
    assert carried.data() == CDA


@pytest.mark.parametrize("uri", ["./DOC0001.XML", "doc0001.xml", ".\\Doc0001.XML"])
def test_a_document_is_found_whatever_the_form_of_its_name(uri: str) -> None:
    files = [(f"{SUBSET}METADATA.XML", submission(announced(V1, CDA, uri))), FILES[1]]
    (carried,) = opened(archive(files))
    assert carried.data() == CDA


@pytest.mark.parametrize("uri", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", ""])
def test_a_name_is_only_looked_up(uri: str) -> None:
    told = submission(announced(V1, CDA, uri))
    (carried, *_) = opened(archive([(f"{SUBSET}METADATA.XML", told)]))
    assert carried.source is None
    assert rules(carried) == (["XDM-05"] if uri else ["XDM-26", "XDM-05"])
    assert carried.header is not None


def test_unsafe_names_are_ignored_and_told_once() -> None:
    names = ["../a.xml", "/a.xml", "C:/a.xml", "C:\\b.xml", "a/../../b.xml"]
    (carried,) = opened(archive([*FILES, *((name, CDA_2) for name in names)]))
    assert rules(carried) == ["XDM-15"]


def test_an_attachment_is_known_by_its_metadata() -> None:
    scan = Doc(id="1.2.250.1.999.7.103", title="Annexe")
    told = submission(
        announced(V1, CDA, "DOC0001.XML"),
        announced(scan, PDF, "ANNEXE.PDF", "application/pdf", number=2),
    )
    files = [(f"{SUBSET}METADATA.XML", told), FILES[1], (f"{SUBSET}ANNEXE.PDF", PDF)]
    _, attachment = opened(archive(files))
    assert attachment.source is None
    assert attachment.header is not None
    assert attachment.header.title == "Annexe"
    assert rules(attachment) == ["XDM-14"]
    assert "application/pdf, 25 octets" in attachment.findings[0].message


def test_files_of_an_archive_without_metadata_are_listed_too() -> None:
    files = [FILES[1], (f"{SUBSET}ANNEXE.PDF", PDF), ("README.TXT", b"x")]
    (carried,) = opened(archive(files))
    assert carried.data() == CDA
    assert rules(carried) == ["XDM-03", "XDM-14"]
    (nothing,) = opened(archive([("README.TXT", b"x")]))
    assert rules(nothing) == ["XDM-30"]
    assert nothing.source is None


def test_an_unannounced_file_that_is_no_document_is_told() -> None:
    (carried,) = opened(archive([*FILES, (f"{SUBSET}ANNEXE.PDF", PDF)]))
    assert rules(carried) == ["XDM-08"]
    assert carried.findings[0].location == "IHE_XDM/SUBSET01/ANNEXE.PDF"


def test_compressed_files_inside_are_told() -> None:
    packed = gzip.compress(CDA, mtime=0)
    (carried,) = opened(archive([*FILES, (f"{SUBSET}A.XML.GZ", packed), ("B.gz", packed)]))
    assert rules(carried) == ["XDM-02"]


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    zeros = CDA.replace(b"<component>", b"<!--" + b" " * 30_000_000 + b"--><component>", 1)
    told = submission(announced(V1, zeros, "DOC0001.XML"))
    data = deflated((f"{SUBSET}METADATA.XML", told), (f"{SUBSET}DOC0001.XML", zeros))
    assert len(data) < 100_000
    (carried,) = opened(data)
    assert carried.source is None
    assert rules(carried) == ["XDM-19"]
    assert "compression" in carried.findings[0].message


def test_sizes_are_bounded_by_what_is_read_and_not_by_what_is_told() -> None:
    limits = Limits(size=len(CDA) - 1)
    (carried,) = opened(archive(FILES), limits)
    assert rules(carried) == ["XDM-19"]
    many = [
        announced(replace(V1, id=f"1.2.3.{number}"), CDA, f"{number}.XML", number=number)
        for number in range(1, 5)
    ]
    files = [(f"{SUBSET}{number}.XML", CDA) for number in range(1, 5)]
    told = submission(*many)
    limits = Limits(size=max(len(told), len(CDA)))
    documents = opened(archive([(f"{SUBSET}METADATA.XML", told), *files]), limits)
    assert rules(documents[-1]) == ["XDM-19"]
    assert "dans l'archive" in documents[-1].findings[0].message


def test_too_many_entries() -> None:
    data = archive([*FILES, *((f"{number}.TXT", b"") for number in range(reading.MOST_ENTRIES))])
    (carried,) = opened(data)
    assert rules(carried) == ["XDM-01"]


def test_a_directory_of_millions_of_names_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive([*FILES, *((f"{number:0900d}", b"") for number in range(2300))])

    def opened_all_the_same(*_: object) -> None:
        raise AssertionError("the directory was read")

    monkeypatch.setattr(zipfile, "ZipFile", opened_all_the_same)
    (carried,) = opened(data)
    assert rules(carried) == ["XDM-01"]
    assert "entrées" in carried.findings[0].message
    # The same told by zip64's record, with a small number where others look.
    end = data.rindex(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    record = b"PK\x06\x06" + b"\0" * 36 + size.to_bytes(8, "little") + b"\0" * 8
    wide = data[:end] + record + b"PK\x06\x07" + b"\0" * 16 + data[end : end + 12] + b"\0" * 10
    (carried,) = opened(wide)
    assert rules(carried) == ["XDM-01"]
    assert "entrées" in carried.findings[0].message


@pytest.mark.parametrize(
    ("local", "central", "value", "word"), [(6, 8, 1, "chiffrée"), (8, 10, 99, "compression")]
)
def test_encrypted_and_unknown_entries_are_told(
    local: int, central: int, value: int, word: str
) -> None:
    data = bytearray(archive(FILES))
    with zipfile.ZipFile(io.BytesIO(data)) as target:
        start = target.infolist()[1].header_offset
    data[start + local] = value
    data[data.rindex(b"PK\x01\x02") + central] = value
    (carried,) = opened(bytes(data))
    assert rules(carried) == ["XDM-19"]
    assert word in carried.findings[0].message


def test_metadata_that_cannot_be_read_leave_the_documents() -> None:
    data = bytearray(archive(FILES))
    data[data.index(b"<lcm:SubmitObjectsRequest") + 3] ^= 0x20
    (carried,) = opened(bytes(data))
    assert rules(carried) == ["XDM-04"]
    assert carried.data() == CDA


def test_a_damaged_file_without_metadata_is_told() -> None:
    data = bytearray(archive([FILES[1]]))
    data[data.index(b"<ClinicalDocument") + 30] ^= 0x20
    (carried,) = opened(bytes(data))
    assert rules(carried) == ["XDM-03", "XDM-19"]


def test_control_characters_of_a_name_are_not_shown() -> None:
    (carried,) = opened(archive([(f"{SUBSET}\x1b[31mA\n.XML", CDA)]))
    assert carried.path.isprintable()


def test_dates_are_compared_as_far_as_both_go() -> None:
    minutes = document(replace(V1, date="202505141020+0200"))
    told = submission(announced(V1, minutes, "DOC0001.XML"))
    files = [(f"{SUBSET}METADATA.XML", told), (f"{SUBSET}DOC0001.XML", minutes)]
    assert [rules(one) for one in opened(archive(files))] == [[]]
    without_offset = document(V1).replace(b"20250514102000+0200", b"20250514102000", 1)
    told = submission(announced(V1, without_offset, "DOC0001.XML"))
    files = [(f"{SUBSET}METADATA.XML", told), (f"{SUBSET}DOC0001.XML", without_offset)]
    assert [rules(one) for one in opened(archive(files))] == [[]]


CDA_OF_BOTH = document(V1).replace(
    b"<patientRole>", b'<patientRole><id root="1.2.250.1.999.9" extension="IPP123"/>', 1
)


def test_patients_of_two_authorities_are_not_compared() -> None:
    other = document(V1).replace(b'root="1.2.250.1.213.1.4.10"', b'root="1.2.250.1.999.9"')
    told = submission(announced(V1, other, "DOC0001.XML"))
    files = [(f"{SUBSET}METADATA.XML", told), (f"{SUBSET}DOC0001.XML", other)]
    assert [rules(one) for one in opened(archive(files))] == [[]]


def test_another_ins_is_another_patient_though_the_local_id_is_the_same() -> None:
    """What a mix-up in the sending software looks like: its own number, another's INS."""
    told = announced(replace(V1, patient="199069900000099"), CDA_OF_BOTH, "DOC0001.XML")
    source = '<rim:Slot name="sourcePatientId"><rim:ValueList><rim:Value>'
    source += "IPP123^^^&amp;1.2.250.1.999.9&amp;ISO^PI</rim:Value></rim:ValueList></rim:Slot>"
    told = told.replace('<rim:Slot name="creationTime">', f'{source}<rim:Slot name="creationTime">')
    assert "sourcePatientId" in told
    files = [(f"{SUBSET}METADATA.XML", submission(told)), (f"{SUBSET}DOC0001.XML", CDA_OF_BOTH)]
    assert [rules(one) for one in opened(archive(files))] == [["XDM-12"]]


def test_a_document_that_is_broken_is_left_to_its_own_layer() -> None:
    broken = CDA[:-20]
    told = submission(announced(V1, broken, "DOC0001.XML"))
    files = [(f"{SUBSET}METADATA.XML", told), (f"{SUBSET}DOC0001.XML", broken)]
    (carried,) = opened(archive(files))
    assert [one.rule for one in read_carried(carried).findings] == ["XML-01"]
    html = b"<html/>"
    told = submission(announced(V1, html, "DOC0001.XML"))
    files = [(f"{SUBSET}METADATA.XML", told), (f"{SUBSET}DOC0001.XML", html)]
    (carried,) = opened(archive(files))
    assert [one.rule for one in read_carried(carried).findings] == ["XML-07"]


def test_nothing_of_the_patient_gets_out() -> None:
    other = document(replace(V1, patient="199069900000099"))
    told = submission(announced(V1, other, "DOC0001.XML"))
    files = [(f"{SUBSET}METADATA.XML", told), (f"{SUBSET}DOC0001.XML", other)]
    (carried,) = opened(archive(files))
    assert rules(carried) == ["XDM-12"]
    said = repr((carried.findings, carried.context, carried))
    for value in (PATIENT, "199069900000099", "PERVENCHE"):
        assert value not in said


def test_real_archives(shared: Path) -> None:
    for path in sorted((shared / "samples" / "xdm").iterdir()):
        (carried,) = open_path(path)
        assert rules(carried) == []
        assert carried.path.endswith("!IHE_XDM/SUBSET01/DOC0001.XML")
        header = read_carried(carried).header
        assert header is not None
        assert carried.header is not None
        assert header.id == carried.header.id
        assert header.title == carried.header.title
