"""A mail saved whole gives the documents of its attachments, and says what it leaves."""

import sys

import pytest
from make_document import PDF
from make_message import mdm
from make_metadata import announced, archive, submission

from cases.makers.carriers import CDA, CDA_2, NEW, V1, a_mail
from cda_tools.carriers import Carried, kind_of, open_bytes
from cda_tools.reading.safexml import Limits

DOCUMENT = ("LETTRE.XML", "text/xml", CDA)
SUBSET = "IHE_XDM/SUBSET01/"
ZIP = archive(
    [
        (f"{SUBSET}METADATA.XML", submission(announced(V1, CDA, "DOC0001.XML"))),
        (f"{SUBSET}DOC0001.XML", CDA),
    ]
)
OFFICE = archive([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")])


def opened(data: bytes) -> list[Carried]:
    return list(open_bytes(data, "m.eml"))


def rules(carried: Carried) -> list[str]:
    return [finding.rule for finding in carried.findings]


@pytest.mark.parametrize(
    ("attachment", "inside"),
    [
        (DOCUMENT, "LETTRE.XML"),
        (("IHE_XDM.ZIP", "application/zip", ZIP), f"IHE_XDM.ZIP!{SUBSET}DOC0001.XML"),
        (("IHE_XDM.ZIP", "application/octet-stream", ZIP), f"IHE_XDM.ZIP!{SUBSET}DOC0001.XML"),
        (("m.hl7", "text/plain", mdm(NEW)), "m.hl7!OBX[1]"),
        (("m.eml", "application/octet-stream", a_mail(DOCUMENT)), "m.eml!LETTRE.XML"),
    ],
)
def test_a_document_of_any_kind_may_be_attached(
    attachment: tuple[str, str, bytes], inside: str
) -> None:
    data = a_mail(attachment)
    assert kind_of(data) == "mail"
    (carried,) = opened(data)
    assert carried.path == f"m.eml!{inside}"
    assert carried.data() == CDA
    assert rules(carried) == []


def test_every_attachment_is_read_or_said() -> None:
    one, two = opened(
        a_mail(
            ("A.PDF", "application/pdf", PDF),
            DOCUMENT,
            ("L.DOCX", "application/msword", OFFICE),
            ("B.XML", "text/xml", CDA_2),
            ("page.html", "text/html", b"<html/>"),
            ("smime.p7m", "application/pkcs7-mime", b"0\x82\x01"),
        )
    )
    assert (one.data(), two.data()) == (CDA, CDA_2)
    assert rules(one) == ["MAIL-02"] * 4
    told = [finding.message.partition("(")[2] for finding in one.findings]
    assert [text.partition(")")[0] for text in told] == [
        "un PDF",
        "une archive zip",
        "une page HTML",
        "un message chiffré ou signé (S/MIME",
    ]


def test_a_mail_without_document_says_so_and_nothing_of_its_text() -> None:
    for data in (a_mail(), b"From: a@b\nSubject: PERVENCHE\n\nBonjour PERVENCHE\n"):
        (carried,) = opened(data)
        assert rules(carried) == ["MAIL-01"]
        assert "PERVENCHE" not in repr(carried)


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"\xef\xbb\xbf",
        b"From a@b Tue Jun 10 09:30:00 2025\n",
        b"Received: from x\r\n by y\r\n",
        b"X-Mailer: z\r\n",
        b"\r\n",
    ],
)
def test_a_mail_is_told_by_two_fields_of_its_header(start: bytes) -> None:
    (carried,) = opened(start + a_mail(DOCUMENT))
    assert carried.data() == CDA


def test_mails_in_mails_are_opened_to_a_bound() -> None:
    data = a_mail(DOCUMENT)
    for _ in range(3):
        data = a_mail(("m.eml", "application/octet-stream", data))
    (carried,) = opened(data)
    assert carried.inside == "m.eml!m.eml!m.eml!LETTRE.XML"
    (carried,) = opened(a_mail(("m.eml", "application/octet-stream", data)))
    assert "MAIL-01" in rules(carried)


def test_a_message_of_a_registry_in_mime_is_no_mail() -> None:
    assert kind_of(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--b") == "xds"
    assert kind_of(b"--b\r\nContent-Type: application/xop+xml\r\n") == "xds"


def test_a_mail_beyond_the_limit_is_refused_and_not_cut() -> None:
    (carried,) = open_bytes(a_mail(DOCUMENT), "m.eml", Limits(size=500))
    assert rules(carried) == ["XML-04"]


def in_packages(count: int) -> bytes:
    start = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number)
        for number in range(count)
    )
    return b"MIME-Version: 1.0\r\n" + start + b"Content-Type: text/xml\r\n\r\n" + CDA


MAIL = b"From: a@b.example\r\nSubject: x\r\n"
NO_CHARACTER_SET = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary*=x\0y''b\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (MAIL + in_packages(1100), "MAIL-01"),
        (in_packages(1100), "XDS-03"),
        (NO_CHARACTER_SET + b"--b\r\n\r\n" + CDA, "XDS-03"),
    ],
    ids=["mail", "message", "null"],
)
def test_a_package_that_no_library_reads_is_said(data: bytes, rule: str) -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)  # as Python has it; other tests' libraries raise it
    try:
        (carried,) = opened(data)
    finally:
        sys.setrecursionlimit(limit)
    assert rules(carried) == [rule]


def test_packages_in_packages_are_read() -> None:
    (carried,) = opened(MAIL + in_packages(50))
    assert carried.data().split() == CDA.split()


def test_every_mail_of_a_mailbox_is_read() -> None:
    one = b"From a@exemple.fr Tue Jun 10 10:00:00 2025\r\n" + a_mail(DOCUMENT)
    other = b"From b@exemple.fr Tue Jun 10 11:00:00 2025\n" + a_mail(("B.XML", "text/xml", CDA_2))
    found = opened(one + b"\r\n" + other)
    assert [(carried.inside, carried.data()) for carried in found] == [
        ("LETTRE.XML", CDA),
        ("B.XML", CDA_2),
    ]
