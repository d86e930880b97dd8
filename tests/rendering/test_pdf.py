import io
import zipfile

from documents import document
from rendered import PDF, encoded, level_1, medium, section, structured

from cda_tools import pdf_of, read
from cda_tools.rendering import pdf_files
from cda_tools.rendering.beside import pdfs_beside
from conftest import ROOT

COPY = '<templateId root="1.2.250.1.213.1.1.2.243"/>'
OTHER = PDF + b"autre"


def attachment(data=OTHER):
    return medium("a", data, "application/pdf")


def test_the_pdf_of_a_document_is_its_body():
    assert pdf_of(level_1(encoded(PDF))) == PDF


def test_the_pdf_of_a_document_is_its_copy_and_no_attachment():
    copy = section("x", medium("c", PDF, "application/pdf"), codes=COPY, title="Copie")
    whole = structured(section("x", attachment(), title="Annexes"), copy)
    assert pdf_of(whole) == PDF
    assert [(one.name, one.copy) for one in pdf_files(whole)] == [
        ("copie PDF, section « Copie »", True),
        ("fichier joint, section « Annexes »", False),
    ]


def test_a_document_without_one_has_none():
    assert pdf_of(structured(section("x", attachment()))) is None
    assert pdf_of(level_1("AAAA")) is None
    assert pdf_of(read(b"<oops>")) is None
    assert pdf_files(read(document(body=""))) == []


def archive(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, data in files.items():
            made.writestr(f"IHE_XDM/SUBSET01/{name}", data)
    return content.getvalue()


def test_the_pdfs_of_an_archive_are_told_by_their_content(tmp_path):
    data = archive(a=b"rien", b=PDF, c=document())
    assert list(pdfs_beside(data)) == [("IHE_XDM/SUBSET01/b", PDF)]
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert list(pdfs_beside(path)) == [("IHE_XDM/SUBSET01/b", PDF)]
    with zipfile.ZipFile(path) as made:
        made.extractall(tmp_path / "folder")
    assert list(pdfs_beside(tmp_path / "folder")) == [("IHE_XDM/SUBSET01/b", PDF)]


def test_the_pdfs_of_a_message_are_found(tmp_path):
    header = "MSH|^~\\&|A|B|C|D|20250101||MDM^T02^MDM_T02|1|P|2.6"
    rows = [header, f"OBX|1|ED|X||^TEXT^XML^Base64^{encoded(document())}"]
    rows += [f"OBX|2|ED|Y||^application^pdf^Base64^{encoded(PDF)}"]
    path = tmp_path / "a.hl7"
    path.write_bytes("\r".join(rows).encode())
    assert [data for _, data in pdfs_beside(path)] == [PDF]


def test_what_carries_nothing_or_cannot_be_read_has_none(tmp_path):
    assert list(pdfs_beside(document())) == []
    assert list(pdfs_beside(archive(b=PDF)[:60])) == []
    assert list(pdfs_beside(ROOT / "fixtures" / "gazelle" / "imagerie-v1.xml")) == []
