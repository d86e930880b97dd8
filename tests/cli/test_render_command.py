from click.testing import CliRunner
from documents import document
from rendered import PDF, encoded, medium, section

from cda_tools.cli import cli
from conftest import ROOT

CARRIERS = ROOT / "fixtures" / "gazelle" / "carriers"
TWO = CARRIERS / "oru-deux-documents.hl7"


def run(*arguments, data=None):
    return CliRunner().invoke(cli, [str(one) for one in arguments], input=data)


def structured(*sections):
    body = f"<structuredBody>{''.join(sections)}</structuredBody>"
    return document(body=f"<component>{body}</component>")


def test_a_document_is_a_page_on_standard_output_or_in_a_file(tmp_path):
    done = run("render", "-", data=structured(section("Texte")))
    assert done.exit_code == 0
    assert done.output.startswith("<!DOCTYPE html>")
    file = tmp_path / "page.html"
    assert run("render", "-", "-o", file, data=structured(section("Texte"))).output == ""
    assert file.read_text("utf-8") == done.output


def test_a_page_or_a_pdf_in_a_folder_that_is_not_there_says_so(tmp_path):
    for command, name in (("render", "page.html"), ("pdf", "lettre.pdf")):
        file = tmp_path / "absent" / name
        done = run(command, ROOT / "fixtures/gazelle/lettre-niveau-1-pdf.xml", "--output", file)
        assert (done.exit_code, done.output) == (2, f"cda-tools : {file} : dossier introuvable\n")


def test_identity_and_findings_are_shown_on_request():
    data = structured(section("Texte"))
    assert "QUENOUILLE" not in run("render", "-", data=data).output
    assert "QUENOUILLE" in run("render", "--patient", "-", data=data).output
    wrong = structured(section("<inconnu/>"))
    assert 'class="findings"' not in run("render", "-", data=wrong).output
    done = run("render", "--findings", "--layer", "xsd", "-", data=wrong)
    assert done.exit_code == 1
    assert 'class="findings"' in done.output


def test_one_of_several_documents_is_chosen_by_its_number():
    done = run("render", TWO)
    assert done.exit_code == 2
    assert "2 documents, choisir avec --number" in done.output
    assert "OBX[2]" in done.output
    assert "Hémogramme" in run("render", TWO, "--number", 2).output
    assert run("render", TWO, "--number", 3).exit_code == 2


def test_what_cannot_be_shown_is_told_in_a_line():
    done = run("render", "-", data=b"<oops>")
    assert (done.exit_code, done.output.count("\n")) == (2, 1)
    listed = run("render", CARRIERS / "dmp-liste.xml", "--number", 1)
    assert listed.exit_code == 2
    assert "métadonnées" in listed.output


def test_the_pdf_of_a_document_comes_out_as_it_is(tmp_path):
    lettre = ROOT / "fixtures" / "gazelle" / "lettre-niveau-1-pdf.xml"
    done = run("pdf", lettre)
    assert (done.exit_code, done.stdout_bytes[:5]) == (0, b"%PDF-")
    file = tmp_path / "a.pdf"
    assert run("pdf", lettre, "-o", file).exit_code == 0
    assert file.read_bytes() == done.stdout_bytes
    assert run("pdf", lettre, "--output", tmp_path / "no" / "a.pdf").exit_code == 2


def test_several_pdfs_are_listed_and_one_is_chosen():
    first = medium("a", PDF, "application/pdf")
    second = medium("b", PDF + b"2", "application/pdf")
    data = structured(section("x", first, title="A"), section("x", second, title="B"))
    done = run("pdf", "-", data=data)
    assert done.exit_code == 2
    assert "2 PDF, choisir avec --number" in done.stderr
    assert run("pdf", "-", "--number", 2, data=data).stdout_bytes == PDF + b"2"


def test_the_one_pdf_that_is_the_document_is_taken_and_the_others_are_named():
    copy = '<templateId root="1.2.250.1.213.1.1.2.243"/>'
    data = structured(
        section("x", medium("a", PDF + b"2", "application/pdf"), title="A"),
        section("x", medium("b", PDF, "application/pdf"), codes=copy),
    )
    done = run("pdf", "-", data=data)
    assert done.stdout_bytes == PDF
    assert done.stderr == "autre PDF, --number 2 : - : fichier joint, section « A »\n"


def test_a_file_that_a_document_holds_is_not_said_to_be_the_document():
    data = structured(section("x", medium("a", PDF, "application/pdf"), title="Annexe"))
    done = run("pdf", "-", data=data)
    given = "- : fichier joint, section « Annexe »"
    assert (done.exit_code, done.stdout_bytes) == (0, PDF)
    assert done.stderr == f"aucun PDF n'est le document même ; donné : {given}\n"
    assert run("pdf", "-", "--number", 1, data=data).stderr == ""


def test_a_pdf_beside_a_document_in_its_message_is_reached():
    header = "MSH|^~\\&|A|B|C|D|20250101||MDM^T02^MDM_T02|1|P|2.6"
    rows = [header, f"OBX|1|ED|X||^TEXT^XML^Base64^{encoded(document())}"]
    rows += [f"OBX|2|ED|Y||^application^pdf^Base64^{encoded(PDF)}"]
    message = "\r".join(rows).encode()
    done = run("pdf", "-", data=message)
    assert (done.stdout_bytes, done.stderr) == (PDF, "")
    line = run("line", "-", data=message).stdout
    assert (line.count("\n"), line.endswith(" · PDF\n")) == (1, True)


def test_a_document_without_pdf_or_that_cannot_be_read_is_told_in_a_line():
    done = run("pdf", "-", data=document())
    assert (done.exit_code, "aucun PDF" in done.output) == (2, True)
    broken = run("pdf", "-", data=b"<oops>")
    assert (broken.exit_code, "XML mal formé" in broken.output) == (2, True)
