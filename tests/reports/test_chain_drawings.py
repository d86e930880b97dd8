"""Chains drawn: trees of odd shapes, Mermaid and DOT that no text can break out of."""

from dataclasses import replace

import pytest
from headers import doc, message, oid

from cda_tools.chains import build
from cda_tools.model.carriage import Action
from cda_tools.model.header import Identifier, ParentDocument
from cda_tools.reports import chain_graphs, chain_tree
from cda_tools.reports.chains import to_json


def tree(*documents) -> list[str]:
    lines = list(chain_tree.lines(build(documents)))
    return [line for line in lines if ".xml]" in line or ".hl7]" in line]


def related(one, *names):
    parents = tuple(ParentDocument("RPLC", oid(name)) for name in names)
    return replace(one, header=replace(one.header, related=parents))


def test_branches_and_what_follows_them():
    documents = [
        doc("a"),
        doc("b", replaces="a"),
        doc("c", replaces="a"),
        doc("d", replaces="b"),
        doc("e", replaces="d"),
        doc("f", replaces="d"),
        doc("g", replaces="c"),
    ]
    assert tree(*documents) == [
        "  v? · remplacé [a.xml]",
        "  ├─ v? · remplacé [b.xml]",
        "  │  v? · remplacé [d.xml]",
        "? │  ├─ v? · en vigueur ? [e.xml]",
        "? │  └─ v? · en vigueur ? [f.xml]",
        "  └─ v? · remplacé [c.xml]",
        "?    v? · en vigueur ? [g.xml]",
    ]


def test_a_loop_is_shown_whole():
    lines = tree(doc("a", replaces="c"), doc("b", replaces="a"), doc("c", replaces="b"))
    assert len(lines) == 3
    text = list(chain_tree.lines(build([doc("a", replaces="b"), doc("b", replaces="a")])))
    assert text[1] == "  aucune version en vigueur ne peut être désignée"


def test_a_document_that_replaces_two_stands_under_one():
    assert len(tree(doc("a"), doc("b"), related(doc("c"), "a", "b"))) == 3


def test_copies_follow_each_other_in_a_branch():
    documents = [
        doc("a"),
        doc("b", replaces="a"),
        doc("b", path="copy.xml", replaces="a"),
        doc("c", replaces="a"),
    ]
    assert tree(*documents) == [
        "  v? · remplacé [a.xml]",
        "? ├─ v? · en vigueur ? [b.xml]",
        "? │  v? · en vigueur ? [copy.xml]",
        "? └─ v? · en vigueur ? [c.xml]",
    ]


def test_a_deleted_document_says_so():
    lines = list(chain_tree.lines(build([doc("a", context=message(Action.DELETE))])))
    assert lines[1] == "  aucune version en vigueur : le document est supprimé"
    assert "supprimé" in lines[2]


def test_findings_between_chains_come_last():
    found = [doc("a", set_id="s"), doc("b", set_id="s", patient=doc("x").header.patient)]
    other = replace(found[1], header=replace(found[1].header, patient=None))
    lines = list(chain_tree.lines(build([found[0], other])))
    assert "Constats qui ne sont pas d'une seule chaîne" in lines
    assert lines[-1] == "2 documents · 2 chaînes · 0 erreur · 1 avertissement"


@pytest.mark.parametrize("form", chain_graphs.FORMATS)
def test_a_transformation_is_drawn_between_chains(form):
    transform = replace(
        doc("b"), header=replace(doc("b").header, related=(ParentDocument("XFRM", oid("a")),))
    )
    text = "\n".join(chain_graphs.FORMATS[form](build([doc("a"), transform])))
    assert "c0d0" in text
    assert text.count("transformé en") == 1
    lost = replace(
        doc("b"), header=replace(doc("b").header, related=(ParentDocument("XFRM", oid("z")),))
    )
    assert "transformé en" not in "\n".join(chain_graphs.FORMATS[form](build([lost])))


def test_no_text_breaks_out_of_a_label():
    evil = 'a"] --> x; "\\" `b` <script>\n```'
    document = replace(doc("a"), file=evil)
    chains = build([replace(document, header=replace(document.header, id=Identifier(evil)))])
    (label,) = [line for line in chain_graphs.mermaid(chains) if ":::current" in line]
    inside = label.partition('["')[2].removesuffix('"]:::current')
    assert not set('"<`[]\\') & set(inside.replace("<br/>", ""))
    (label,) = [line for line in chain_graphs.dot(chains) if "c0d0 [" in line]
    assert label.count('"') - label.count('\\"') == 6
    assert "\n" not in label


def test_evidence_is_named_on_the_arrow():
    chains = build([doc("a", set_id="s", version=1), doc("b", set_id="s", version=2)])
    assert any("(setId)" in line for line in chain_graphs.dot(chains))
    chains = build([doc("a"), doc("b", context=message(Action.REPLACE, parent="a"))])
    assert any("(HL7v2)" in line for line in chain_graphs.mermaid(chains))


def test_json_of_an_impossible_date_and_of_no_id():
    document = replace(doc("a", date="20251399"))
    (one,) = to_json(build([document]))["chains"][0]["documents"]
    assert one["date"] is None
    bare = replace(document, header=replace(document.header, id=None))
    (chain,) = to_json(build([bare]))["chains"]
    assert chain["current"] is None
    assert chain["documents"][0]["id"] is None
