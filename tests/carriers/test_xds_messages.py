"""Lots, associations, requests, acknowledgements and retrieved documents are told apart."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_document import Doc, document
from make_exchange import request
from make_metadata import answer, entry, replacement

from cda_tools.carriers import open_bytes
from cda_tools.carriers.xds import read_answer, read_message
from cda_tools.model.carriage import Place
from cda_tools.model.registry import (
    NO_QUERY,
    Association,
    RegistryAnswer,
    Request,
    ResponseStatus,
    Role,
)

FIRST, SECOND = "urn:uuid:1", "urn:uuid:2"
V1 = Doc(id="1.2.250.1.999.7.101")
_RIM = 'xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"'


def package(name: str, *, folder: bool = False, time: str = "20260101080000") -> str:
    node = (
        "d9d542f3-6cc4-48b6-8870-ea235fbc94c2" if folder else "a54d6aa5-d40d-43f9-88c5-b4633d873bdd"
    )
    return (
        f'<rim:RegistryPackage id="{name}"><rim:Slot name="submissionTime"><rim:ValueList>'
        f"<rim:Value>{time}</rim:Value></rim:ValueList></rim:Slot>"
        f'<rim:Classification classificationNode="urn:uuid:{node}"/></rim:RegistryPackage>'
    )


def member(source: str, target: str, status: str = "Original") -> str:
    return (
        '<rim:Association associationType="urn:oasis:names:tc:ebxml-regrep:AssociationType:'
        f'HasMember" sourceObject="{source}" targetObject="{target}"><rim:Slot '
        f'name="SubmissionSetStatus"><rim:ValueList><rim:Value>{status}</rim:Value>'
        "</rim:ValueList></rim:Slot></rim:Association>"
    )


def soap(body: str, action: str = "", message: str = "", relates: str = "") -> bytes:
    wsa = 'xmlns="http://www.w3.org/2005/08/addressing"'
    return (
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>'
        f"<Action {wsa}>{action}</Action><MessageID {wsa}>{message}</MessageID>"
        f"<RelatesTo {wsa}>{relates}</RelatesTo></s:Header><s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


def read(data: bytes) -> RegistryAnswer:
    told = read_message(data)
    assert isinstance(told, RegistryAnswer)
    return told


@pytest.mark.parametrize(
    ("objects", "role"),
    [
        ((package("urn:uuid:9"),), Role.FIND_SUBMISSION_SETS),
        ((member("urn:uuid:9", FIRST),), Role.GET_ASSOCIATIONS),
        ((package("urn:uuid:9"), member("urn:uuid:9", FIRST)), Role.GET_SUBMISSION_SETS),
        (
            (entry(V1, uuid=FIRST), member("urn:uuid:9", FIRST)),
            Role.GET_DOCUMENTS_AND_ASSOCIATIONS,
        ),
        ((entry(V1, uuid=FIRST),), None),
        ((), None),
    ],
)
def test_a_query_s_answer_is_told_by_its_objects_as_far_as_they_tell(
    objects: tuple[str, ...], role: Role | None
) -> None:
    assert read(answer(*objects)).role is role


def test_lots_are_read_and_folders_are_none() -> None:
    told = read(answer(package("urn:uuid:9"), package("urn:uuid:8", folder=True)))
    (lot,) = told.sets
    assert lot.entry_uuid == "urn:uuid:9"
    assert lot.submitted is not None
    assert lot.submitted.iso == "2026-01-01T09:00:00+01:00"


def test_a_folder_may_be_classified_beside_its_package() -> None:
    beside = (
        '<rim:Classification classificationNode="urn:uuid:d9d542f3-6cc4-48b6-8870-ea235fbc94c2" '
        'classifiedObject="urn:uuid:8"/>'
    )
    plain = '<rim:RegistryPackage id="urn:uuid:8"/>'
    assert read(answer(plain, beside)).sets == ()
    assert [one.entry_uuid for one in read(answer(plain)).sets] == ["urn:uuid:8"]


def test_a_reference_is_no_new_deposit() -> None:
    told = read(answer(member("urn:uuid:9", FIRST), member("urn:uuid:9", SECOND, "Reference")))
    assert told.associations == (
        Association("HasMember", "urn:uuid:9", FIRST),
        Association("HasMember", "urn:uuid:9", SECOND, original=False),
    )


def test_an_association_may_have_its_bare_type_and_needs_both_ends() -> None:
    bare = replacement(SECOND, FIRST).replace("urn:ihe:iti:2007:AssociationType:", "")
    without = replacement(SECOND, "")
    assert read(answer(bare, without)).associations == (Association("RPLC", SECOND, FIRST),)


def test_only_more_than_all_objects_is_a_cut_answer() -> None:
    objects = (package("urn:uuid:9"), member("urn:uuid:9", FIRST))
    assert read(answer(*objects, total=2)).complete
    assert [one.rule for one in read(answer(*objects, total=3)).findings] == ["XDS-09"]
    for digits in (26, 5_000):
        many = answer(*objects, total=7).replace(b'"7"', b'"' + b"7" * digits + b'"')
        assert [one.rule for one in read(many).findings] == ["XDS-09"]
    assert read(answer(*objects, total=-1)).complete


def test_an_answer_that_starts_further_on_is_no_whole_one() -> None:
    later = answer(entry(V1, uuid=FIRST)).replace(
        b" status=", b' startIndex="50000000000" status=', 1
    )
    assert not read(later).complete


@pytest.mark.parametrize(
    ("body", "action", "role"),
    [
        ("<r:RegistryResponse {rs} status='a:Success'/>",
         "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse", Role.PROVIDE),
        ("<r:RegistryResponse {rs} status='a:Success'/>",
         "urn:ihe:iti:2010:UpdateDocumentSet-Response", Role.UPDATE),
        ("<r:RegistryResponse {rs} status='a:Success'/>", "", Role.ACKNOWLEDGEMENT),
        ("<x:RetrieveDocumentSetResponse xmlns:x='urn:ihe:iti:xds-b:2007'/>", "", Role.RETRIEVE),
    ],
)  # fmt: skip
def test_an_acknowledgement_is_no_empty_list(body: str, action: str, role: Role) -> None:
    data = soap(
        body.replace("{rs}", 'xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"'), action
    )
    told = read(data)
    assert told.role is role
    assert role in NO_QUERY
    refused = read_answer(data)
    assert not refused.complete
    assert [one.rule for one in refused.findings] == ["XDS-02"]


def test_a_document_given_back_is_decoded() -> None:
    content = base64.b64encode(document(V1)).decode()

    def told(inside: str) -> bytes:
        body = (
            "<x:RetrieveDocumentSetResponse xmlns:x='urn:ihe:iti:xds-b:2007'><x:DocumentResponse>"
            f"<x:DocumentUniqueId>{V1.id}</x:DocumentUniqueId><x:Document>{inside}</x:Document>"
            "</x:DocumentResponse></x:RetrieveDocumentSetResponse>"
        )
        (one,) = read(soap(body)).retrieved
        assert one.unique_id == V1.id
        return one.content

    assert told(content) == document(V1)
    assert told("not base64!") == b""
    include = '<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:1"/>'
    assert told(include) == b""


def test_what_is_already_in_the_registry_is_named_for_us_alone() -> None:
    body = (
        '<r:RegistryResponse xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" '
        'status="a:Failure"><r:RegistryErrorList><r:RegistryError severity="a:Error" '
        f'errorCode="XDSDuplicateUniqueIdInRegistry" codeContext="id {V1.id} connu"/>'
        "</r:RegistryErrorList></r:RegistryResponse>"
    )
    told = read(soap(body))
    assert told.refused == (V1.id,)
    assert V1.id not in " ".join(one.message for one in told.findings)


def test_a_request_says_what_was_asked() -> None:
    body = (
        f'<q:AdhocQueryRequest xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" {_RIM}>'
        '<rim:AdhocQuery id="URN:UUID:14d4debf-8f97-4251-9a74-a90016b0af0d">'
        "<rim:Slot name=\"$XDSDocumentEntryStatus\"><rim:ValueList><rim:Value>('a:Approved',"
        "\n 'a:Archived')</rim:Value></rim:ValueList></rim:Slot>"
        '<rim:Slot name="$XDSDocumentEntryServiceStartTimeFrom"><rim:ValueList><rim:Value>'
        "20240101</rim:Value></rim:ValueList></rim:Slot>"
        "<rim:Slot name=\"$XDSDocumentEntryTitle\"><rim:ValueList><rim:Value>'l''été, (2)'"
        "</rim:Value></rim:ValueList></rim:Slot></rim:AdhocQuery></q:AdhocQueryRequest>"
    )
    told = read_message(soap(body, message="urn:uuid:7"), "r.xml")
    assert isinstance(told, Request)
    assert (told.role, told.message_id, told.path) == (Role.FIND_DOCUMENTS, "urn:uuid:7", "r.xml")
    assert told.values("XDSDocumentEntryStatus") == ("a:Approved", "a:Archived")
    assert told.values("XDSDocumentEntryServiceStartTimeFrom") == ("20240101",)
    assert told.values("XDSDocumentEntryTitle") == ("l'été, (2)",)
    assert told.values("XDSDocumentEntryTypeCode") == ()
    assert [one.rule for one in read_answer(soap(body)).findings] == ["XDS-02"]


def test_a_query_that_is_not_known_and_a_request_without_one_have_no_role() -> None:
    for query in ('<rim:AdhocQuery id="urn:uuid:0"/>', ""):
        told = read_message(
            f'<q:AdhocQueryRequest xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" {_RIM}>'
            f"{query}</q:AdhocQueryRequest>".encode()
        )
        assert isinstance(told, Request)
        assert told.role is None


def test_a_submission_names_what_it_deposits() -> None:
    body = (
        '<l:SubmitObjectsRequest xmlns:l="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" '
        f"{_RIM}>{entry(V1, uuid=FIRST)}</l:SubmitObjectsRequest>"
    )
    told = read_message(soap(body))
    assert isinstance(told, Request)
    assert (told.role, told.deposited) == (Role.PROVIDE, (V1.id,))
    update = read_message(soap(body, "urn:ihe:iti:2010:UpdateDocumentSet"))
    assert isinstance(update, Request)
    assert update.role is Role.UPDATE


def test_an_entry_keeps_its_version_and_every_structure() -> None:
    text = entry(V1, uuid=FIRST).replace(
        "<rim:Name>", '<rim:VersionInfo versionName="3"/><rim:Name>', 1
    )
    one = "<rim:Value>Clinique du Val d'Ormeau"
    text = text.replace(one, f"<rim:Value>Cabinet^^^^^&amp;1.2.3&amp;ISO^X^^^7</rim:Value>{one}")
    (document_,) = read(answer(text)).documents
    assert document_.context is not None
    registry = document_.context.registry
    assert registry is not None
    assert registry.version == "3"
    assert [str(one.ids[0]) for one in registry.institutions] == [
        "1.2.3^7",
        f"1.2.250.1.71.4.2.2^{V1.structure}",
    ]


def retrieval(inside: str) -> str:
    return (
        "<x:RetrieveDocumentSetResponse xmlns:x='urn:ihe:iti:xds-b:2007'><x:DocumentResponse>"
        f"<x:DocumentUniqueId>{V1.id}</x:DocumentUniqueId><x:Document>{inside}</x:Document>"
        "</x:DocumentResponse></x:RetrieveDocumentSetResponse>"
    )


def multipart(root: bytes, attachment: bytes, *, headers: bytes = b"") -> bytes:
    return (
        headers
        + b"--b1\r\nContent-Type: application/xop+xml\r\nContent-ID: <root@a>\r\n\r\n"
        + root
        + b"\r\n--b1\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: binary\r\n"
        + b"Content-ID: <1@urn:b>\r\n\r\n"
        + attachment
        + b"\r\n--b1--\r\n"
    )


INCLUDE = '<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:1@urn%3Ab"/>'


def test_a_document_given_back_is_opened_as_a_document() -> None:
    data = soap(retrieval(base64.b64encode(document(V1)).decode()))
    (carried,) = open_bytes(data, "td32.xml")
    assert carried.path == f"td32.xml!{V1.id}"
    assert carried.source == document(V1)
    assert carried.findings == ()
    assert carried.context is not None
    assert carried.context.place is Place.DMP


@pytest.mark.parametrize(
    "headers", [b"", b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b1"\r\n\r\n']
)
def test_a_message_in_mime_is_read_with_its_attachments(headers: bytes) -> None:
    (one,) = read(multipart(soap(retrieval(INCLUDE)), document(V1), headers=headers)).retrieved
    assert one.content.strip() == document(V1).strip()
    told = read_answer(multipart(answer(entry(V1, uuid=FIRST)), b"", headers=headers))
    assert told.complete
    assert len(told.documents) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"--b1\r\nContent-Type: text/plain\r\n\r\nrien\r\n--b1--\r\n",
        b'--b1\r\nContent-Type: a; charset="\xff\r\n\r\n\r\n',
        b"Content-Type: multipart/related; boundary=\r\n\r\n",
        b"MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
    ],
)
def test_mime_without_xml_is_said(data: bytes) -> None:
    assert [one.rule for one in read(data).findings] == ["XDS-03"]


SEEDS = [
    answer(entry(V1, uuid=FIRST), package("urn:uuid:9"), member("urn:uuid:9", FIRST), total=3),
    soap(retrieval(base64.b64encode(document(V1)).decode())),
    multipart(soap(retrieval(INCLUDE)), document(V1)),
    request("FindDocuments", 1, XDSDocumentEntryStatus="('a:Approved')"),
]


@settings(max_examples=60)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 9999), st.binary(max_size=6))))
def test_whatever_comes_is_read_or_refused_in_words(
    seed: bytes, changes: list[tuple[int, bytes]]
) -> None:
    data = bytearray(seed)
    for place, text in changes:
        start = place % len(data)
        data[start : start + len(text) + 1] = text
    told = read_message(bytes(data))
    if isinstance(told, RegistryAnswer):
        assert all(finding.message for finding in told.findings)
        assert told.complete <= (told.status is ResponseStatus.SUCCESS)
