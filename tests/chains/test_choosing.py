import pytest
from headers import doc

from cda_tools.chains import build
from cda_tools.chains.choosing import chosen
from cda_tools.errors import InputError
from cda_tools.reports import chain_graphs

CHAINS = build([doc("a"), doc("b", replaces="a"), doc("c"), doc("d"), doc("e", replaces="d")])


def paths(chains):
    return [[one.path for one in chain.documents] for chain in chains.chains]


def test_chains_are_chosen_by_length():
    assert chosen(CHAINS) is CHAINS
    assert paths(chosen(CHAINS, least=2)) == [["a.xml", "b.xml"], ["d.xml", "e.xml"]]
    assert paths(chosen(CHAINS, least=3)) == []


def test_a_chain_is_named_by_its_key_or_by_the_id_or_path_of_a_document():
    (version, *_) = CHAINS.chains[2].documents
    root, extension = version.id.root, version.id.extension
    name = root if extension is None else f"{root}^{extension}"
    for key in (CHAINS.chains[2].key, name, "d.xml", "e.xml"):
        assert paths(chosen(CHAINS, [key])) == [["d.xml", "e.xml"]]
    assert paths(chosen(CHAINS, ["c.xml", "a.xml"])) == [["a.xml", "b.xml"], ["c.xml"]]
    assert paths(chosen(CHAINS, ["c.xml", "a.xml"], least=2)) == [["a.xml", "b.xml"]]


def test_a_key_that_names_no_chain_is_an_error_in_one_line():
    with pytest.raises(InputError, match=r"^aucune chaîne « nope » : ") as told:
        chosen(CHAINS, ["a.xml", "nope"])
    assert "\n" not in str(told.value)


def test_mermaid_draws_all_that_it_takes_and_says_what_it_leaves_out(monkeypatch):
    whole = list(chain_graphs.mermaid(CHAINS))
    assert not any(line.startswith(chain_graphs.CUT) for line in whole)
    size = sum(len(line) + 1 for line in whole)
    monkeypatch.setattr(chain_graphs, "MOST_CHARACTERS", size)
    assert list(chain_graphs.mermaid(CHAINS)) == whole
    monkeypatch.setattr(chain_graphs, "MOST_CHARACTERS", size - 1)
    monkeypatch.setattr(chain_graphs, "_ROOM", 0)
    *drawn, told = chain_graphs.mermaid(CHAINS)
    assert told.startswith("%% 2 chaînes dessinées sur 3")
    assert not any("c.xml" in line for line in drawn)
    assert any("a.xml" in line for line in drawn)


def test_mermaid_stops_at_its_number_of_links_too(monkeypatch):
    monkeypatch.setattr(chain_graphs, "MOST_LINKS", 1)
    lines = list(chain_graphs.mermaid(CHAINS))
    assert sum("-->|" in line for line in lines) == 1
    assert lines[-1].startswith("%% 2 chaînes dessinées sur 3")


def test_many_chains_stay_within_what_mermaid_takes():
    many = build([doc(f"d{number}") for number in range(2000)])
    text = "\n".join(chain_graphs.mermaid(many))
    assert len(text) <= chain_graphs.MOST_CHARACTERS
    assert "chaînes dessinées sur 2000" in text


def test_labels_of_dot_are_wrapped():
    title = "Compte rendu " * 20
    (chain,) = build([doc("a")], describe=lambda *_: title).chains
    assert chain.documents[0].line == title
    text = "\n".join(chain_graphs.dot(build([doc("a")], describe=lambda *_: title)))
    (label,) = (
        line.partition('label="')[2].partition('"')[0]
        for line in text.split("\n")
        if "d0 [" in line
    )
    assert max(map(len, label.split("\\n"))) <= 40
    assert "Compte rendu" in label
