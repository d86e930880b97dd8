import pytest
from documents import AUTHOR, PARTS, document, header

from cda_tools.document import read, read_header
from cda_tools.model.header import (
    AuthorKind,
    BodyKind,
    Code,
    Device,
    Header,
    Identifier,
    Organization,
    ParentDocument,
    PersonName,
)
from cda_tools.model.timestamp import Timestamp

INS_TEST = "1.2.250.1.213.1.4.10"
RPPS = Identifier("1.2.250.1.71.4.2.1", "899700000017")


def author(assigned, functions=""):
    """Return the author read from the content of an assignedAuthor."""
    xml = f"<author>{functions}<assignedAuthor>{assigned}</assignedAuthor></author>"
    return header(author=xml).authors[0]


def test_a_whole_header_is_read():
    read = header(related=RELATED)
    assert read.id == Identifier("1.2.250.1.999.1.1")
    assert read.set_id == Identifier("1.2.250.1.999.1")
    assert read.version == 1
    assert read.type == Code("11490-0", "2.16.840.1.113883.6.1", "Lettre")
    assert read.title == "Lettre de sortie"
    assert read.date == Timestamp("20250304101530+0100")
    assert read.confidentiality.code == "N"
    assert read.language == "fr-FR"
    assert read.realms == ("FR",)
    assert read.templates[1] == "1.2.250.1.213.1.1.1.1"
    assert read.custodian.name == "Hôpital des Tilleuls"
    assert read.legal_authenticator.ids == (RPPS,)
    assert read.legal_authenticator.organization.name == "Clinique des Tilleuls"
    assert read.encounter.facility == Code("SA07", "1.2.250.1.71.4.2.4")
    assert read.encounter.facility_name == "Aile sud"
    assert read.encounter.time.low == Timestamp("20250304")
    assert read.service_events[0].time.high == Timestamp("202503041000+0100")
    assert read.body.kind is BodyKind.STRUCTURED
    assert (read.french, read.self_presenting) == (True, False)


def test_an_author_is_read_with_profession_and_structure():
    one = header().authors[0]
    assert one.kind is AuthorKind.PROFESSIONAL
    assert one.ids == (RPPS,)
    assert one.time == Timestamp("20250304101500+0100")
    assert one.name == PersonName(("Léonie",), ("BRUMAIRE",), ("MME",), ("DR",))
    assert one.profession.display_name == "Médecin généraliste"
    assert one.organization == Organization(
        (Identifier("1.2.250.1.71.4.2.2", "1990000011"),), "Maison de santé des Tilleuls"
    )


def test_the_patient_stands_apart_and_is_not_in_a_repr():
    read = header()
    assert read.patient.name.family == ("QUENOUILLE",)
    assert read.patient.birth_time == Timestamp("19550602")
    assert "QUENOUILLE" not in repr(read)
    assert "255069900000034" not in repr(read)


RELATED = """
<relatedDocument typeCode="RPLC"><parentDocument>
  <id root="1.2.250.1.999.1.0"/><setId root="1.2.250.1.999.1"/><versionNumber value="0"/>
</parentDocument></relatedDocument>
<relatedDocument typeCode="XFRM"><parentDocument><id root="1.9" extension="b"/></parentDocument>
</relatedDocument>
<relatedDocument typeCode="RPLC"/>
"""


def test_related_documents_are_all_read_and_rplc_replaces():
    read = header(related=RELATED)
    replaced = ParentDocument(
        "RPLC", Identifier("1.2.250.1.999.1.0"), Identifier("1.2.250.1.999.1"), 0
    )
    assert read.related == (
        replaced,
        ParentDocument("XFRM", Identifier("1.9", "b")),
        ParentDocument("RPLC", None),
    )
    assert read.replaces == (replaced, ParentDocument("RPLC", None))


@pytest.mark.parametrize(
    ("value", "version"),
    [("2", 2), (" 3 ", 3), ("007", 7), ("-1", -1), ("1.5", None), ("two", None), ("", None)],
)
def test_a_version_number_that_is_no_integer_is_none(value, version):
    assert header(version=f'<versionNumber value="{value}"/>').version == version


@pytest.mark.parametrize(
    ("part", "xml"),
    [
        ("id", '<id nullFlavor="UNK"/>'),
        ("code", '<code nullFlavor="UNK"/>'),
        ("title", "<title/>"),
        ("title", "<title>  \n </title>"),
        ("date", '<effectiveTime nullFlavor="UNK"/>'),
        ("date", '<effectiveTime value=" "/>'),
        ("set_id", "<setId/>"),
        ("confidentiality", "<confidentialityCode/>"),
        ("language", '<languageCode code=""/>'),
        ("custodian", "<custodian/>"),
        ("patient", "<recordTarget/>"),
        ("encounter", "<componentOf/>"),
        ("body", "<component/>"),
        ("signer", ""),
    ],
)
def test_null_empty_and_missing_parts_are_none(part, xml):
    fields = {"code": "type", "signer": "legal_authenticator"}
    for one in (xml, ""):
        assert getattr(header(**{part: one}), fields.get(part, part)) is None


def test_an_empty_document_has_an_empty_header():
    parts = dict.fromkeys(PARTS, "")
    assert header(**parts) == Header()


def test_text_is_trimmed_and_folded_whatever_splits_it():
    title = "<title>  Lettre\n\t de <!-- note -->sortie <![CDATA[& suite]]> </title>"
    assert header(title=title).title == "Lettre de sortie & suite"


def test_a_code_without_label_takes_its_original_text_then_its_translation():
    original = '<code nullFlavor="OTH"><originalText>Bilan  d\'été</originalText></code>'
    assert header(code=original).type == Code(None, None, "Bilan d'été")
    translated = '<code code="X"><translation code="Y" displayName="Autre nom"/></code>'
    assert header(code=translated).type == Code("X", None, "Autre nom")


@pytest.mark.parametrize(
    ("assigned", "kind"),
    [
        ('<id root="1.2.250.1.71.4.2.1" extension="8"/><assignedPerson/>', "professional"),
        ('<id root="1.9" extension="8"/><code code="21"/><assignedPerson/>', "professional"),
        (
            "<assignedPerson/><representedOrganization><name>X</name></representedOrganization>",
            "professional",
        ),
        ('<id root="1.2.250.1.213.1.4.8" extension="1"/><assignedPerson/>', "patient"),
        (f'<id root="{INS_TEST}" extension="255069900000034"/><assignedPerson/>', "patient"),
        ('<code code="EXP_PATIENT"/><assignedPerson/>', "patient"),
        ("<assignedAuthoringDevice><softwareName>S</softwareName>"
         "</assignedAuthoringDevice>", "device"),
        ("<assignedPerson><name><family>X</family></name></assignedPerson>", "unknown"),
        ("<representedOrganization><name>X</name></representedOrganization>", "unknown"),
        ("", "unknown"),
    ],
)  # fmt: skip
def test_the_kind_of_an_author_follows_from_what_it_has(assigned, kind):
    assert author(assigned).kind == AuthorKind(kind)


def test_an_author_with_the_patients_own_local_id_is_the_patient():
    own_id = '<id root="1.5" extension="77"/>'
    patient = f"<recordTarget><patientRole>{own_id}</patientRole></recordTarget>"
    assigned = f"<assignedAuthor>{own_id}<code code='1'/><assignedPerson/></assignedAuthor>"
    writer = f"<author>{assigned}</author>"
    assert header(patient=patient, author=writer).authors[0].kind is AuthorKind.PATIENT


def test_several_authors_keep_their_order_and_roles():
    device = (
        "<author><functionCode code='PCP' displayName='Médecin traitant'/><assignedAuthor>"
        "<assignedAuthoringDevice><manufacturerModelName>.</manufacturerModelName>"
        "<softwareName>Laborantin</softwareName></assignedAuthoringDevice>"
        "</assignedAuthor></author>"
    )
    first, second = header(author=device + AUTHOR).authors
    assert first.device == Device("Laborantin", ".")
    assert first.role == Code("PCP", None, "Médecin traitant")
    assert second.name.family == ("BRUMAIRE",)


def test_a_name_that_is_free_text_is_kept_as_text():
    assert author(
        "<assignedPerson><name> Dr  Léonie Brumaire </name></assignedPerson>"
    ).name == PersonName(text="Dr Léonie Brumaire")


@pytest.mark.parametrize(
    ("body", "kind", "media_type"),
    [
        ('<nonXMLBody><text mediaType="application/pdf">QQ==</text></nonXMLBody>', "unstructured",
         "application/pdf"),
        ('<nonXMLBody><text mediaType="text/rtf">QQ==</text></nonXMLBody>', "unstructured",
         "text/rtf"),
        ("<nonXMLBody><text>bonjour</text></nonXMLBody>", "unstructured", None),
        ("<nonXMLBody/>", "unstructured", None),
        ("<structuredBody/>", "structured", None),
    ],
)  # fmt: skip
def test_the_body_is_told_by_its_kind_from_header_and_whole_document(body, kind, media_type):
    data = document(body=f"<component>{body}</component>")
    for one in (read(data).header, read_header(data)):
        assert (one.body.kind, one.body.media_type) == (BodyKind(kind), media_type)


def test_blank_attributes_are_absent_and_others_are_trimmed():
    read = header(
        set_id='<setId root=" " extension=""/>',
        confidentiality='<confidentialityCode code="  "/>',
        language='<languageCode code=" fr-FR "/>',
        templates='<templateId root=" "/><templateId root=" 1.2 "/>',
    )
    assert (read.set_id, read.confidentiality) == (None, None)
    assert (read.language, read.templates) == ("fr-FR", ("1.2",))


def test_who_an_author_is_stays_out_of_a_repr():
    assert "BRUMAIRE" not in repr(header())
    assert "899700000017" not in repr(header().authors)


TURNED = "Lettre\u202e de\u2066 sortie\u200b\u2028du 3\u00a0mars"


def test_marks_that_turn_a_text_are_left_out_where_it_is_read():
    """So that whatever shows a header, JSON too, shows what is there in the order it is in."""
    read = header(
        title=f"<title>{TURNED}</title>",
        code=f'<code code="11490-0\u202e" codeSystem="2.16" displayName="{TURNED}"/>',
    )
    assert read.title == read.type.display_name == "Lettre de sortie du 3 mars"
    assert read.type.code == "11490-0"
