import pytest

from cda_tools.line.companions import companions
from cda_tools.model.carriage import Context, RegistryEntry
from cda_tools.model.document import Document
from cda_tools.model.header import (
    Body,
    BodyKind,
    Code,
    Header,
    Identifier,
    ParentDocument,
    Patient,
)
from cda_tools.model.timestamp import Timestamp

STRUCTURED = Body(BodyKind.STRUCTURED)
PDF_BODY = Body(BodyKind.UNSTRUCTURED, "application/pdf")
LISTED_PDF = Context(registry=RegistryEntry(mime_type="application/pdf"))
INS = "1.2.250.1.213.1.4.10"


def document(inside, number, context=None, file="a.zip", **parts):
    given = {
        "type": Code("11502-2"),
        "title": "Hémogramme",
        "date": Timestamp("20250304101530+0100"),
        "body": STRUCTURED,
    }
    header = Header(id=Identifier(f"1.2.250.1.999.{number}"), **{**given, **parts})
    return Document(file, inside=inside, header=header, context=context)


CDA = document("1", 1)


@pytest.mark.parametrize(
    "pdf",
    [
        document("2", 2, body=PDF_BODY),
        document("2", 2, body=PDF_BODY, title="HEMOGRAMME, version imprimable"),
        document("2", 2, body=None, context=LISTED_PDF),
        document("2", 2, body=None, context=LISTED_PDF, date=Timestamp("20250304091530+0000")),
        document("2", 1, body=None, context=LISTED_PDF, title="Autre", date=None),
        document(
            "2",
            2,
            body=PDF_BODY,
            title="Autre",
            related=(ParentDocument("XFRM", Identifier("1.2.250.1.999.1")),),
        ),
    ],
)
def test_a_document_and_its_pdf_are_one(pdf):
    assert companions([CDA, pdf]) == ([CDA], ["a.zip!2"])
    assert companions([pdf, CDA]) == ([CDA], ["a.zip!2"])


@pytest.mark.parametrize(
    "other",
    [
        document("2", 2),
        document("2", 2, body=PDF_BODY, title="Annexe"),
        document("2", 2, body=PDF_BODY, type=Code("18748-4")),
        document("2", 2, body=PDF_BODY, date=Timestamp("20250305101530+0100")),
        document("2", 2, body=PDF_BODY, date=None),
        document("2", 2, body=PDF_BODY, file="b.zip"),
        document(None, 2, body=PDF_BODY),
    ],
)
def test_another_document_keeps_its_line(other):
    assert companions([CDA, other]) == ([CDA, other], [None, None])


def test_the_pdf_of_another_patient_keeps_its_line():
    one, two = (Patient(ids=(Identifier(INS, number),)) for number in ("1" * 15, "2" * 15))
    found = [document("1", 1, patient=one), document("2", 2, patient=two, body=PDF_BODY)]
    assert companions(found) == (found, [None, None])


def test_a_pdf_that_may_be_that_of_two_documents_keeps_its_line():
    found = [CDA, document("3", 3), document("2", 2, body=PDF_BODY)]
    assert companions(found) == (found, [None] * 3)


def test_a_second_pdf_of_one_document_keeps_its_line():
    pdfs = [document(str(number), number, body=PDF_BODY) for number in (2, 3)]
    assert companions([CDA, *pdfs]) == ([CDA, pdfs[1]], ["a.zip!2", None])


def test_documents_that_could_not_be_read_stay():
    broken = Document("a.zip", inside="2")
    assert companions([CDA, broken]) == ([CDA, broken], [None, None])
