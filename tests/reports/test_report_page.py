import re
from itertools import pairwise

import pytest
from lxml import html
from samples import EVIL, RESULTS, RUN, rendered

from cda_tools.reports import outputs
from cda_tools.reports.run import Run


def page(results=RESULTS, run=RUN):
    return rendered(outputs.output("html"), results, run)


@pytest.fixture(scope="module")
def tree():
    """Return the page as a parser of HTML reads it."""
    return html.document_fromstring(page())


def text(element):
    return " ".join(" ".join(element.itertext()).split())


def test_every_document_has_its_verdict_its_line_and_its_layers(tree):
    documents = tree.xpath("//article[@class='document']")
    # What fails comes first, then what was not validated: who reads it is looking for that.
    assert [one.get("data-verdict") for one in documents] == [
        "INVALID",
        "INVALID",
        "UNCHECKED",
        "UNCHECKED",
        "VALID",
        "VALID",
    ]
    assert [text(one.find("h3")) for one in documents][::4] == [
        "dossier/été, 1%.xml",
        "dossier/valide.xml",
    ]
    assert text(documents[4].xpath("p[@class='line']")[0]) == "Lettre · 04/03/2025 10:15"
    layers = [text(one) for one in documents[2].xpath("ul/li")]
    assert layers[:2] == ["xml : conforme", "xsd : non exécutée"]
    assert "2 connus, 1 de règles ignorées" in text(documents[5])


def test_every_finding_links_to_the_text_of_its_rule(tree):
    rows = tree.xpath("//table[@class='findings']/tbody/tr")
    assert len(rows) == 6
    ids = set(tree.xpath("//article[@class='rule']/@id"))
    for row in rows:
        (link,) = row.xpath(".//a/@href")
        assert link == f"#regle-{row.get('data-rule')}"
        assert link[1:] in ids
    (rule,) = tree.xpath("//article[@id='regle-SM-SETID-01']")
    assert "Source : Schematron officiel" in text(rule)
    assert rule.xpath(".//pre")[0].text.startswith("<ClinicalDocument>")
    (unknown,) = tree.xpath("//article[@id='regle-SM-X-99']")
    assert "pas de texte au catalogue" in text(unknown)


def test_the_summary_says_what_was_counted_and_what_was_left_out(tree):
    figures = [text(one) for one in tree.xpath("//dl[@class='figures']/div")]
    assert figures == [
        "documents 6",
        "conformes 2",
        "non conformes 2",
        "non validés 2",
        "erreurs 4",
        "avertissement 1",
        "information 1",
    ]
    hidden = text(tree.xpath("//section[@aria-labelledby='bilan']/ul")[0])
    assert "2 constats déjà connus, dans « connus.jsonl »" in hidden
    assert "Motif : codes <locaux> & repris" in hidden
    assert "Validation interrompue" in page(run=Run(interrupted=True))


def test_a_document_cannot_write_into_the_page(tree):
    assert len(tree.xpath("//script")) == 1
    assert "<script>alert" not in page()
    assert "alert('1')" in text(tree.xpath("//article[@id='document-2']")[0])
    assert not [character for character in EVIL if ord(character) < 9 and character in page()]


def test_the_page_asks_nothing_of_the_network(tree):
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert not tree.xpath("//@src | //link | //img | //iframe | //object")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert not re.search(r"https?://|@import|url\(", page())


def test_the_page_can_be_used_without_eyes_or_mouse(tree):
    assert tree.get("lang") == "fr"
    assert tree.xpath("//title")[0].text
    levels = [int(one.tag[1]) for one in tree.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(one.xpath("ancestor::label") for one in tree.xpath("//select | //input"))
    assert all(one.get("scope") for one in tree.xpath("//th"))
    assert all(one.xpath("caption") for one in tree.xpath("//table"))
    assert tree.xpath("//*[@role='status']")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//@href")} <= set(ids)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_texts_stand_out_from_what_is_behind_them():
    schemes = re.findall(r":root \{(.*?)\}", page(), re.DOTALL)
    assert len(schemes) == 3, "light, dark, printed"
    for scheme in schemes:
        colours = {
            name: value if len(value) == 7 else "#" + "".join(2 * one for one in value[1:])
            for name, value in re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", scheme)
        }
        for name in ("ink", "soft", "valid", "invalid", "warning", "information"):
            for behind in ("paper", "back"):
                dark, light = sorted((luminance(colours[name]), luminance(colours[behind])))
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, behind)
