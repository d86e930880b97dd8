import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_reading import Page, lost_words
from rendered import page, section, structured

from cda_tools.rendering import render


def test_paragraphs_contents_and_styles_are_shown():
    shown = page(
        '<paragraph styleCode="Bold">Un <content styleCode="Italics Underline xUnknown">deux'
        "</content></paragraph>H<sub>2</sub>O x<sup>2</sup><br/>fin"
    )
    assert "Un deuxH2O x2fin" in shown.text
    assert {"class": "paragraph bold"} in shown.all("div")
    assert {"class": "italics underline"} in shown.all("span")
    assert len(shown.all("sub")) == len(shown.all("sup")) == 1


def test_a_table_keeps_its_caption_spans_scopes_and_alignment():
    shown = page(
        "<table><caption>Bilan</caption><colgroup><col/></colgroup><thead><tr>"
        '<th scope="col" colspan="2" align="center">Analyse</th></tr></thead>'
        '<tbody><tr><td rowspan="3">Na</td><td colspan="99999" styleCode="Botrule">139</td></tr>'
        "</tbody><tfoot><tr><td>pied</td></tr></tfoot></table>"
    )
    assert len(shown.all("caption")) == 1
    assert shown.all("th") == [{"colspan": "2", "scope": "col", "class": "align-center"}]
    assert shown.all("td") == [{"rowspan": "3"}, {"class": "botrule"}, {}]


@pytest.mark.parametrize(
    ("kind", "tag", "style"),
    [("ordered", "ol", "LittleAlpha"), ("unordered", "ul", "Square"), ("", "ul", "")],
)
def test_lists_have_their_items_and_their_caption_stands_before(kind, tag, style):
    shown = page(
        f'<list listType="{kind}" styleCode="{style}"><caption>Titre</caption>'
        "<item>a<list><item>b</item></list></item><item>c</item></list>"
    )
    assert shown.all(tag)[0] == ({"class": style.lower()} if style else {})
    assert len(shown.all("li")) == 3
    assert shown.text.index("Titre") < shown.text.index("abc")


def test_revisions_are_told_and_what_was_deleted_is_still_shown():
    shown = page(
        '<content revised="delete">ancien</content> <content revised="insert">neuf</content>'
        '<list><item revised="insert">point</item></list>'
    )
    assert "ancien neuf" in shown.text
    assert shown.all("del") == [{"title": "supprimé"}]
    assert shown.all("ins") == [{"title": "ajouté"}] * 2


def test_a_footnote_and_what_refers_to_it_have_one_number():
    shown = page(
        'x<footnoteRef IDREF="n1"/> <footnote ID="n1">première</footnote>'
        "<footnote>seconde</footnote>"
    )
    assert shown.text.count("[1]") == 2
    assert "[2] seconde" in shown.text
    assert "#n-n1" in shown.links


@pytest.mark.parametrize(
    "href", ["https://exemple.fr/a?b=1&amp;c=2", "HTTP://x", "mailto:a@b.fr", "tel:0199"]
)
def test_a_link_that_is_safe_leads_there_and_tells_nobody_where_it_was(href):
    link = page(f'<linkHtml href="{href}">voir</linkHtml>').all("a")[0]
    assert link["href"] == href.replace("&amp;", "&")
    assert link["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " java&#10;script:alert(1)",
        "data:text/html,x",
        "Documents/a.pdf",
        "vbscript:x",
        "//host/x",
        "file:///etc/passwd",
        "#",
        "",
    ],
)
def test_another_link_is_named_and_leads_nowhere(href):
    shown = page(f'<linkHtml href="{href}">voir</linkHtml>')
    assert (shown.all("a"), shown.unsafe) == ([], [])
    assert "voir" in shown.text


def test_a_link_inside_the_page_leads_to_what_has_the_id():
    shown = page('<linkHtml href="#a1">voir</linkHtml><content ID="a1">ici</content>')
    assert "#n-a1" in shown.links
    assert {"id": "n-a1"} in shown.all("span")


def test_an_id_that_stands_twice_is_one_anchor():
    shown = page('<content ID="a">x</content><paragraph ID="a">y</paragraph>')
    assert [one.get("id") for tag in ("span", "div") for one in shown.all(tag) if "id" in one] == [
        "n-a"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<table>perdu<tbody>perdu2<tr>perdu3<td>case</td>perdu4</tr></tbody>perdu5</table>",
        "<table><tr><content>hors</content><td>case</td></tr><paragraph>après</paragraph></table>",
        "<tr><td>sans table</td></tr><td>seule</td><item>point</item><col/>",
        "<list>texte<item>a</item>entre<paragraph>autre</paragraph></list>",
        "<inconnu>mot<autre>deux</autre></inconnu>",
        "<br>dans un saut</br>",
        "<table><caption>un</caption><caption>deux</caption><colgroup>col<col>x</col></colgroup></table>",
        '<renderMultiMedia referencedObject="x">corps<caption>légende</caption></renderMultiMedia>',
        "avant<!-- commentaire -->après<?pi rien?>fin",
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;",
        '<footnoteRef IDREF="x">appel</footnoteRef>',
        "<paragraph>a<paragraph>b<table><tbody><tr><td><list><item>c</item></list></td></tr>"
        "</tbody></table></paragraph></paragraph>",
    ],
)
def test_no_word_is_lost_wherever_it_stands(text):
    document = structured(section(text))
    shown = Page(render(document))
    assert lost_words(document, shown) == []
    assert shown.unsafe == []
    assert "commentaire" not in shown.text


NAMES = st.sampled_from(
    [
        "content",
        "paragraph",
        "list",
        "item",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "caption",
        "br",
        "sub",
        "sup",
        "linkHtml",
        "renderMultiMedia",
        "footnote",
        "footnoteRef",
        "col",
        "colgroup",
        "other",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        'ID="a"',
        'href="javascript:x"',
        'href="#a"',
        'styleCode="Bold x"',
        'colspan="&quot;&gt;"',
        'align="center&quot; onclick=&quot;x"',
        'revised="delete"',
        'referencedObject="&lt;b&gt;"',
        'IDREF="&quot;&gt;&lt;script&gt;"',
        'listType="ordered"',
    ]
)
TEXTS = st.sampled_from(
    ["", " ", "mot", "&lt;img src=x onerror=alert(1)&gt;", "é\u202eא", "]]&gt;"]
)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        lambda name, attributes, children: f"<{name} {attributes}>{''.join(children)}</{name}>",
        NAMES,
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(TREES)
def test_any_narrative_keeps_its_words_and_gives_nothing_to_run(text):
    document = structured(section(text))
    shown = Page(render(document))
    assert lost_words(document, shown) == []
    assert shown.unsafe == []
