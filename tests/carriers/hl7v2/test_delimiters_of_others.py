"""MSH-2 that another character set or a language changed; identifiers in another form."""

from dataclasses import replace

import pytest
from make_message import mdm

from cases.makers.carriers import CDA, NEW, V1
from cda_tools.carriers import Carried, open_bytes
from cda_tools.model.header import Identifier
from cda_tools.model.identifiers import same

MESSAGE = mdm(NEW)


def opened(data: bytes) -> Carried:
    (carried,) = open_bytes(data, "m.hl7")
    assert carried.data() == CDA
    return carried


def told(carried: Carried, rule: str) -> str:
    return next(one.message for one in carried.findings if one.rule == rule)


@pytest.mark.parametrize(
    ("signs", "words"),
    [
        ("^\\u02dc\\\\&", "u 0 2 d c"),
        ("^&tilde;\\&", "& t i l d e ;"),
        ("^&#732;\\&amp;", "caractères"),
        ("^~\\&amp;", "« ^ ~ \\ & a m p ; »"),
        ("^~\\\\u0026", "u 0 0 2 6"),
        ("^\u02dc\\&", "U+02DC"),
        ("DURAND", "6 caractères, dont des lettres"),
    ],
)
def test_a_message_is_read_whatever_was_made_of_its_signs(signs: str, words: str) -> None:
    carried = opened(MESSAGE.replace(b"^~\\&", signs.encode(), 1))
    assert words in told(carried, "HL7-24")
    assert "DURAND" not in told(carried, "HL7-24")


def test_a_sign_of_windows_is_named_for_what_it_is() -> None:
    text = MESSAGE.decode().replace("UNICODE UTF-8", "8859/1").encode("latin-1", "replace")
    assert "U+02DC" in told(opened(text.replace(b"^~\\&", b"^\x98\\&", 1)), "HL7-24")


@pytest.mark.parametrize(
    "form", ["oid:{}", '"{}"', "{{{}}}", "^urn:oid:{}", "URN:OID:{}^^^ISO", "^^urn:oid:{}^ISO"]
)
def test_an_identifier_in_another_form_is_the_same(form: str) -> None:
    carried = opened(mdm(replace(NEW, txa12=form.format(V1.id))))
    rules = [one.rule for one in carried.findings]
    assert "HL7-09" not in rules
    assert {"HL7-08", "HL7-TXA-FORM"} & set(rules)
    assert same(Identifier(form.format(V1.id).strip("^").partition("^")[0]), Identifier(V1.id))
