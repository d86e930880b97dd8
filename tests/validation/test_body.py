"""A body that is a file can be opened, or a warning says why not."""

import base64

import pytest
from documents import document

from cda_tools import Options, read, validate

PDF = base64.b64encode(b"%PDF-1.4\n%\xe2\xe3\n").decode()
JPEG = base64.b64encode(b"\xff\xd8\xff\xe0" + b"\0" * 80).decode()


def rules(attributes: str, content: str) -> list[str]:
    body = f"<component><nonXMLBody><text{attributes}>{content}</text></nonXMLBody></component>"
    report = validate(read(document(body=body)), Options(layers=("text-1.16",)))
    return [one.rule for one in report.findings if one.rule.startswith("TXT-BODY")]


B64 = ' representation="B64"'
A_PDF = ' mediaType="application/pdf"'


@pytest.mark.parametrize(
    ("attributes", "content", "found"),
    [
        (A_PDF + B64, PDF, []),
        (A_PDF + B64, f"\n  {PDF[:8]}\n  {PDF[8:]}\n", []),
        (' mediaType="image/jpeg"' + B64, JPEG, []),
        (' mediaType="text/plain"', "Compte rendu en clair.", []),
        (' mediaType="text/plain"', "ok", []),
        (' mediaType="application/xml"' + B64, "PGEvPg==", []),
        (A_PDF, '<reference value="a.pdf"/>', ["TXT-BODY-02"]),
        (A_PDF + B64, "", ["TXT-BODY-01"]),
        (A_PDF + B64, "   ", ["TXT-BODY-01"]),
        (A_PDF + B64, "(illisible)", ["TXT-BODY-03"]),
        (A_PDF + B64, PDF[:9], ["TXT-BODY-03"]),
        (A_PDF, PDF, ["TXT-BODY-04"]),
        (' mediaType="text/plain"', JPEG, ["TXT-BODY-04"]),
        (B64, PDF, ["TXT-BODY-05"]),
        ("", "texte", ["TXT-BODY-05"]),
        ("", "", ["TXT-BODY-05", "TXT-BODY-01"]),
        (A_PDF + B64, JPEG, ["TXT-BODY-06"]),
        (A_PDF, "Un PDF, ou presque", ["TXT-BODY-06"]),
        (A_PDF + B64 + ' compression="DF"', JPEG, []),
        (' mediaType="image/png"' + B64, PDF, ["TXT-BODY-06"]),
        (' mediaType="text/plain"' + B64, PDF, ["TXT-BODY-06"]),
        (' mediaType="text/plain"' + B64, "Qm9uam91cg==", []),
        (A_PDF + B64, f"{PDF[:8]}\u00a0{PDF[8:]}", ["TXT-BODY-03"]),
        (A_PDF + B64, f"{PDF[:8]}\u2028{PDF[8:]}", ["TXT-BODY-03"]),
        (A_PDF + B64, f"{PDF[:8]}&#13;\t {PDF[8:]}", []),
        (A_PDF + B64, "JVBERi0xLjQ=", []),
        (A_PDF + B64, "JVBERi0xLjQ", ["TXT-BODY-03"]),
        (A_PDF + B64, "JVBERi0xLjQ==", ["TXT-BODY-03"]),
        (A_PDF + B64, "JVBE=Ri0xLjQ", ["TXT-BODY-03"]),
        (A_PDF + B64, "====", ["TXT-BODY-03"]),
        (A_PDF + B64, PDF[:4] + "A" * 400_001, ["TXT-BODY-03"]),
        (A_PDF + B64, PDF[:4] + "A" * 400_000, ["TXT-BODY-06"]),
        (A_PDF + B64, PDF[:8] + "A" * 400_000 + "-" * 4, ["TXT-BODY-03"]),
    ],
)
def test_a_body_is_opened_or_said_not_to_be(
    attributes: str, content: str, found: list[str]
) -> None:
    assert rules(attributes, content) == found


def test_a_body_without_text_is_empty() -> None:
    body = "<component><nonXMLBody/></component>"
    report = validate(read(document(body=body)), Options(layers=("text-1.16",)))
    assert [one.rule for one in report.findings] == ["TXT-BODY-01"]


def test_a_structured_body_is_no_file() -> None:
    report = validate(read(document()), Options(layers=("text-1.16",)))
    assert report.findings == ()
