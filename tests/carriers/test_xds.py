"""Registry answers: what a list says of a document becomes the same header as a CDA's."""

from dataclasses import replace
from pathlib import Path

import pytest
from make_document import PATIENT, PATIENT_ROOT, Doc
from make_metadata import answer, entry, replacement, submission

from cases.makers.carriers import CDA, V1, V2
from cda_tools.carriers import Carried, open_bytes
from cda_tools.carriers.xds import read_answer
from cda_tools.carriers.xds.datatypes import coded, cx, repetitions, utc, xcn, xon
from cda_tools.document import read_carried, read_carried_header
from cda_tools.model.carriage import Availability, Place
from cda_tools.model.header import (
    AuthorKind,
    Code,
    Device,
    Identifier,
    Organization,
    ParentDocument,
    PersonName,
)
from cda_tools.model.registry import ResponseStatus
from cda_tools.reading.header import clinical_document, read_clinical_document
from cda_tools.reading.safexml import parse

FIRST, SECOND = "urn:uuid:1", "urn:uuid:2"
GOOD = answer(entry(V1, uuid=FIRST), entry(V2, uuid=SECOND))


def opened(data: bytes) -> list[Carried]:
    return list(open_bytes(data, "a.xml"))


def test_a_listed_document_has_the_header_of_its_cda() -> None:
    carried = opened(GOOD)[0]
    header = carried.header
    element = clinical_document(parse(CDA))
    assert header is not None
    assert element is not None
    own = read_clinical_document(element)
    for name in ("id", "type", "title", "language"):
        assert getattr(header, name) == getattr(own, name)
    assert header.confidentiality == own.confidentiality
    assert (header.date, own.date) != (None, None)
    assert header.date
    assert own.date
    assert header.date == own.date
    (author,), (own_author,) = header.authors, own.authors
    assert author.kind is AuthorKind.PROFESSIONAL
    assert (author.ids, author.name, author.profession) == (
        own_author.ids,
        own_author.name,
        own_author.profession,
    )
    assert author.organization == own_author.organization
    assert header.patient is not None
    assert header.patient.ids[0] == Identifier(PATIENT_ROOT, PATIENT)
    assert header.service_events[0].time is not None


def test_what_only_a_registry_says_stands_apart() -> None:
    data = answer(
        entry(V1, uuid=FIRST, status="Archived", hash="ABCDEF", size=12, uri="DOC0001.XML").replace(
            "<rim:Name>",
            '<rim:Classification classificationScheme="urn:uuid:f4f85eac-e6cb-4883-b524-'
            'f2705394840f" nodeRepresentation="MASQUE_PS"/><rim:Name>',
            1,
        )
    )
    (carried,) = opened(data)
    assert carried.path == f"a.xml!{V1.id}"
    assert carried.source is None
    assert carried.context is not None
    assert carried.context.place is Place.DMP
    registry = carried.context.registry
    assert registry is not None
    assert registry.entry_uuid == registry.logical_id == FIRST
    assert registry.availability is Availability.ARCHIVED
    assert (registry.hash, registry.size, registry.uri) == ("abcdef", 12, "DOC0001.XML")
    assert registry.mime_type == "text/xml"
    assert registry.class_code == Code("10", "1.2.250.1.213.1.1.4.1", "CR")
    assert [code.code for code in registry.confidentiality] == ["MASQUE_PS", "N"]
    assert carried.header is not None
    # The level comes before what hides a document.
    assert carried.header.confidentiality is not None
    assert carried.header.confidentiality.code == "N"


def test_a_listed_document_is_read_as_its_header_alone() -> None:
    carried = opened(GOOD)[0]
    for document in (read_carried(carried), read_carried_header(carried)):
        assert document.header == carried.header
        assert document.root is None
        assert document.findings == ()


def test_associations_tell_what_replaces_what() -> None:
    old = entry(V1, uuid=FIRST, status="Deprecated")
    _, new = opened(answer(old, entry(V2, uuid=SECOND), replacement(SECOND, FIRST)))
    assert new.header is not None
    assert new.header.replaces == (ParentDocument("RPLC", Identifier(V1.id)),)
    assert new.context is not None
    assert new.context.registry is not None
    assert new.context.registry.replaces == (FIRST,)


def test_an_association_may_name_an_entry_that_is_not_listed_or_another_relation() -> None:
    transformed = replacement(SECOND, FIRST).replace("RPLC", "XFRM")
    appended = replacement(SECOND, FIRST).replace("RPLC", "APND")
    both = entry(V1, uuid=FIRST), entry(V2, uuid=SECOND)
    (new,) = opened(answer(entry(V2, uuid=SECOND), replacement(SECOND, FIRST)))
    assert new.header is not None
    assert new.header.related == ()
    assert new.context is not None
    assert new.context.registry is not None
    assert new.context.registry.replaces == (FIRST,)
    _, new = opened(answer(*both, transformed))
    assert new.header is not None
    assert new.header.related == (ParentDocument("XFRM", Identifier(V1.id)),)
    assert new.header.replaces == ()
    _, new = opened(answer(*both, appended))
    assert new.header is not None
    assert new.header.related == (ParentDocument("APND", Identifier(V1.id)),)
    assert new.header.replaces == ()
    _, new = opened(answer(*both, replacement("urn:uuid:9", FIRST)))
    assert new.header is not None
    assert new.header.related == ()


def test_thousands_of_associations_take_no_time() -> None:
    many = "".join(replacement(SECOND, f"urn:uuid:9{number}") for number in range(20_000))
    (new,) = opened(answer(entry(V2, uuid=SECOND), many))
    assert new.context is not None
    assert new.context.registry is not None
    assert len(new.context.registry.replaces) == 20_000


def test_a_submission_is_no_answer() -> None:
    data = submission(entry(V1, uuid=FIRST))
    (carried,) = opened(data)
    assert carried.context is not None
    assert carried.context.place is None
    assert carried.context.sent is not None
    assert carried.context.sent.iso == "2025-06-10T09:45:00+02:00"
    told = read_answer(data)
    assert (told.status, told.complete) == (None, False)


@pytest.mark.parametrize(
    ("data", "status", "complete"),
    [
        (GOOD, ResponseStatus.SUCCESS, True),
        (answer(), ResponseStatus.SUCCESS, True),
        (answer(entry(V1, uuid=FIRST), status="PartialSuccess"), ResponseStatus.PARTIAL, False),
        (answer(status="Failure"), ResponseStatus.FAILURE, False),
        (answer(entry(V1, uuid=FIRST), status="Odd"), None, False),
        (answer(entry(V1, uuid=FIRST), total=9), ResponseStatus.SUCCESS, False),
        (answer('<rim:ObjectRef id="urn:uuid:1"/>'), ResponseStatus.SUCCESS, False),
        (GOOD.replace(b"2e82c1f6", b"00000000", 1), ResponseStatus.SUCCESS, False),
        (GOOD[:600], None, False),
        (b"not xml", None, False),
        (CDA, None, False),
        (b"", None, False),
    ],
)
def test_only_a_whole_answer_is_complete(
    data: bytes, status: ResponseStatus | None, *, complete: bool
) -> None:
    told = read_answer(data)
    assert told.status is status
    assert told.complete is complete


def test_references_are_kept() -> None:
    assert read_answer(answer('<rim:ObjectRef id="urn:uuid:1"/>')).references == ("urn:uuid:1",)


def test_what_a_registry_says_of_an_error_is_not_repeated_beyond_its_code() -> None:
    error = (
        '<rs:RegistryErrorList><rs:RegistryError errorCode="OCTAVIE PERVENCHE" '
        f'codeContext="{PATIENT}" severity="a:Error"/></rs:RegistryErrorList>'
    )
    (carried,) = opened(answer(status="Failure", errors=error))
    (finding,) = carried.findings
    assert finding.rule == "XDS-04"
    assert "PERVENCHE" not in finding.message
    assert PATIENT not in finding.message


def test_nothing_of_source_patient_info_is_read() -> None:
    for carried in opened(GOOD):
        assert "PERVENCHE" not in repr(carried)
        assert PATIENT not in repr(carried)
        assert carried.header is not None
        assert carried.header.patient is not None
        assert carried.header.patient.name is None


def test_a_document_type_declaration_is_refused() -> None:
    data = b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + GOOD.partition(b"?>\n")[2]
    assert [one.rule for one in read_answer(data).findings] == ["XDS-01"]


def test_authors_of_all_kinds() -> None:
    person = f"{V1.author}^ORMEAU^Gaspard^^DR^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^D^^^IDNPS"
    base = entry(V1, uuid=FIRST)
    assert person in base

    def author(xcn_text: str) -> object:
        (carried,) = opened(answer(base.replace(person, xcn_text)))
        assert carried.header is not None
        return carried.header.authors[0]

    device = author("7001^MODELE^LOGICIEL^^^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^U^^^RI")
    assert device.kind is AuthorKind.DEVICE  # type: ignore[attr-defined]
    assert device.device == Device("LOGICIEL", "MODELE")  # type: ignore[attr-defined]
    assert device.name is None  # type: ignore[attr-defined]
    patient = author(f"{PATIENT}^A^B^^^^^^&amp;{PATIENT_ROOT}&amp;ISO^D^^^INS-NIA")
    assert patient.kind is AuthorKind.PATIENT  # type: ignore[attr-defined]
    nobody = author("")
    assert (nobody.name, nobody.ids) == (None, ())  # type: ignore[attr-defined]
    system = author("7001^^^^^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^U")
    assert system.kind is AuthorKind.PROFESSIONAL  # type: ignore[attr-defined]


def test_datatypes() -> None:
    person = xcn("7^ORMEAU^Gaspard^Paul^DR^M^^^NS&1.2.3&ISO^D")
    assert person.id == Identifier("1.2.3", "7")
    assert person.name == PersonName(("Gaspard", "Paul"), ("ORMEAU",), ("M",), ("DR",))
    assert xcn("^Seul").id is None
    assert xcn("").name is None
    assert xcn("7^A^B^^^^^^SANS-OID").id == Identifier(None, "7")
    assert xon("Clinique") == Organization(name="Clinique")
    assert xon("") is None
    assert cx("7^^^&1.2.3&ISO^PI") == Identifier("1.2.3", "7")
    assert coded("A^B^1.2") == Code("A", "1.2", "B")
    assert coded("Orthopédie") == Code(None, None, "Orthopédie")
    assert coded("") is None


def test_what_the_datatypes_escape_and_repeat() -> None:
    assert xon(r"Dupont \T\ Fils") == Organization(name="Dupont & Fils")
    assert xon("Dupont & Fils") == Organization(name="Dupont & Fils")
    assert coded(r"A^a\S\b\X41\^1.2") == Code("A", "1.2", "a^bA")
    assert coded(r"A^\XC3A9\t\XC3\\XA9\^1.2") == Code("A", "1.2", "été")
    assert coded(r"A^\XE9\t\XE9\ c\X9C\ur \Zx\^1.2") == Code("A", "1.2", "été cœur \\Zx\\")
    assert coded(r"A^a\X0D0A\b^1.2") == Code("A", "1.2", "a b")
    assert xcn("7^de Rivière&de&Rivière^Anne").name == PersonName(("Anne",), ("de Rivière",))
    alone = xcn("Docteur Gaspard ORMEAU")
    assert (alone.id, alone.name) == (None, PersonName(text="Docteur Gaspard ORMEAU"))
    assert xcn("899700000124").name is None
    assert repetitions("a~b~ ~") == ["a", "b"]


def test_two_persons_of_one_author_are_two_authors() -> None:
    base = entry(V1, uuid=FIRST)
    person = f"{V1.author}^ORMEAU^Gaspard^^DR^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^D^^^IDNPS"
    (carried,) = opened(answer(base.replace(person, f"{person}~899700000125^DURAND^Anne")))
    assert carried.header is not None
    names = [one.name.family for one in carried.header.authors if one.name]
    assert names == [("ORMEAU",), ("DURAND",)]


@pytest.mark.parametrize(
    ("titles", "title"),
    [
        ((("en-US", "Letter"), ("fr-FR", "Lettre")), "Lettre"),
        ((("FR", "Lettre"), (None, "Autre")), "Lettre"),
        (((" ", "Autre"), ("fr_FR", "Lettre")), "Lettre"),
        ((("en", "Letter"), (" fra", "Lettre")), "Lettre"),
        ((("frp", "Lètra"), (None, "Autre")), "Autre"),
        ((("en", "Letter"), (None, "Autre")), "Autre"),
        ((("de", "Brief"), ("en", "Letter")), "Brief"),
        (((None, "  "), ("en", "Letter")), "Letter"),
    ],
)
def test_a_title_in_several_languages_is_the_french_one(
    titles: tuple[tuple[str | None, str], ...], title: str
) -> None:
    strings = "".join(
        f'<rim:LocalizedString{f" xml:lang={language!r}" if language else ""} value="{text}"/>'
        for language, text in titles
    )
    base = entry(V1, uuid=FIRST)
    own = f'<rim:LocalizedString value="{V1.title}"/>'
    assert own in base
    (carried,) = opened(answer(base.replace(own, strings)))
    assert carried.header is not None
    assert carried.header.title == title


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20250514082000", "2025-05-14T10:20:00+02:00"),
        ("202501312330", "2025-02-01T00:30+01:00"),
        ("2025013123+0000", "2025-02-01T00+01:00"),
        ("20250514", "2025-05-14"),
        ("2025", "2025"),
        ("20250514082000+0400", "2025-05-14T08:20:00+04:00"),
        ("14/05/2025", None),
    ],
)
def test_times_in_utc_are_read_in_local_time(text: str, iso: str | None) -> None:
    timestamp = utc(text)
    assert timestamp is not None
    assert timestamp.iso == iso


def test_a_time_may_be_missing() -> None:
    assert utc("  ") is None
    data = GOOD.replace(b'name="creationTime"', b'name="other"', 1)
    assert [one.rule for one in read_answer(data).findings] == ["XDS-11"]


def test_a_long_uri_is_put_together_again() -> None:
    values = "</rim:Value><rim:Value>".join(("2|SUBSET01/", "1|IHE_XDM/", "3|DOC0001.XML"))
    data = answer(entry(V1, uuid=FIRST, uri="URI").replace(">URI<", f">{values}<"))
    (carried,) = opened(data)
    assert carried.context is not None
    assert carried.context.registry is not None
    assert carried.context.registry.uri == "IHE_XDM/SUBSET01/DOC0001.XML"


def test_entries_without_name_of_their_own_are_named_by_position() -> None:
    bare = entry(V1, uuid="").replace("2e82c1f6", "00000000")
    (carried,) = opened(answer(bare))
    assert carried.path == "a.xml!ExtrinsicObject[1]"
    named = entry(V1, uuid=FIRST).replace("2e82c1f6", "00000000")
    (carried,) = opened(answer(named))
    assert carried.path == f"a.xml!{FIRST}"


def test_a_name_is_shown_on_one_line() -> None:
    (carried,) = opened(answer(entry(V1, uuid=FIRST).replace(V1.id, "1.2&#10;3&#8238;4")))
    assert carried.path == "a.xml!1.2 34"


def test_a_unique_id_may_have_an_extension() -> None:
    doc = Doc(id="1.2.250.1.999", extension="A7")
    (carried,) = opened(answer(entry(doc, uuid=FIRST)))
    assert carried.header is not None
    assert carried.header.id == Identifier("1.2.250.1.999", "A7")


def test_a_self_presenting_document_is_told_by_its_mime_type() -> None:
    (carried,) = opened(answer(entry(V1, uuid=FIRST, mime="application/xslt+xml")))
    assert carried.header is not None
    assert carried.header.self_presenting


def test_real_answers(shared: Path) -> None:
    folder = shared / "samples" / "xds"
    full = read_answer((folder / "sq-resp-lc.xml").read_bytes())
    assert full.complete
    assert [str(one.header.id) for one in full.documents] == [
        "1.42.20100312104638.15",
        "1.42.20100312104638.26",
    ]
    assert [len(one.header.authors) for one in full.documents] == [2, 2]
    assert full.findings == ()
    references = read_answer((folder / "sq-resp-objectref.xml").read_bytes())
    assert len(references.references) == 6
    assert [one.rule for one in references.findings] == ["XDS-06"]
    failed = read_answer((folder / "soap-xcq-resp-error.xml").read_bytes())
    assert failed.status is ResponseStatus.FAILURE
    assert [one.rule for one in failed.findings] == ["XDS-04"]
    assert len(failed.documents) == 2


def test_marks_that_turn_a_text_are_left_out_where_metadata_are_read() -> None:
    turned = "Lettre\u202e de\u2066 sortie\u200b"
    one = entry(replace(V1, title=turned), uuid=FIRST).replace("ORMEAU", "OR\u202eMEAU")
    (carried,) = opened(answer(one))
    assert carried.header is not None
    assert carried.header.title == "Lettre de sortie"
    (author,) = carried.header.authors
    assert author.name is not None
    assert author.name.family == ("ORMEAU",)
