"""An ISO Schematron as plain values: includes, abstract patterns and rules, phases, refusals."""

import pytest

from cda_tools.kit.folder import Folder, Unreadable
from cda_tools.kit.includes import Invalid
from cda_tools.kit.schematron import Check, Let, read_schema

ISO = 'xmlns="http://purl.oclc.org/dsdl/schematron"'
HEAD = '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"{}>{}</schema>'
RULE = '<rule context="a"><assert test="b">m</assert></rule>'


@pytest.fixture
def read(tmp_path):
    """Return a function that writes files of a kit and reads the Schematron ``s.sch``."""
    (tmp_path / "schematrons").mkdir()

    def reader(content: str, attributes: str = "", **files: str):
        (tmp_path / "s.sch").write_text(HEAD.format(attributes, content), "utf-8")
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.with_suffix(".sch").write_text(
                text.replace(
                    "<pattern", '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"', 1
                ),
                "utf-8",
            )
        return read_schema(Folder(tmp_path), "s.sch")

    return reader


def asserted(schema) -> list[tuple[str, str, str]]:
    return [
        (pattern.id, rule.context, item.test)
        for pattern in schema.patterns
        for rule in pattern.rules
        for item in rule.items
        if isinstance(item, Check)
    ]


def test_only_the_patterns_of_the_default_phase_are_read_with_their_lets(read):
    schema = read(
        '<phase id="p"><active pattern="x"/></phase><let name=" top " value="1"/>'
        f'<pattern id="x"><let name="a" value="2"/>{RULE}</pattern>'
        f'<pattern id="y"><let name="a" value="3"/>{RULE}</pattern>',
        ' defaultPhase="p"',
    )
    assert [pattern.id for pattern in schema.patterns] == ["x"]
    assert schema.lets == (Let("top", "1"), Let("a", "2"))


def test_a_phase_that_is_not_there_runs_nothing(read):
    assert read(f'<pattern id="x">{RULE}</pattern>', ' defaultPhase="q"').patterns == ()


def test_without_phase_all_patterns_run_and_one_without_id_has_the_name_of_its_file(read):
    assert [one.id for one in read(f"<pattern>{RULE}</pattern>").patterns] == ["s"]


def test_the_parameters_of_an_abstract_pattern_are_replaced_one_after_the_other(read):
    schema = read(
        '<pattern id="base" abstract="true"><rule context="$where"><let name="v" value="$x"/>'
        '<assert test="$x and $xy">text $x<value-of select="$x"/></assert></rule></pattern>'
        '<pattern id="real" is-a="base"><param name="where" value="c:$x"/>'
        '<param name="x" value="@a"/></pattern>',
    )
    # As in the official tool: $x inside $xy too, not in the value of a let.
    assert asserted(schema) == [("real", "c:@a", "@a and @ay")]
    let, check = schema.patterns[0].rules[0].items
    assert let == Let("v", "$x")
    assert [part.text for part in check.message] == ["text @a", "@a"]


def test_extends_takes_the_rule_of_its_own_pattern_before_others(read):
    def abstract(test):
        return f'<rule abstract="true" id="r"><assert test="{test}">m</assert></rule>'

    use = '<rule context="a"><extends rule="r"/></rule>'
    schema = read(
        f'<pattern id="p">{abstract("own")}{use}</pattern>'
        f'<pattern id="q">{use}</pattern><pattern id="r">{abstract("other")}</pattern>'
    )
    assert asserted(schema) == [("p", "a", "own"), ("q", "a", "own"), ("q", "a", "other")]


def test_what_the_official_tool_leaves_out_in_silence_is_said(read):
    schema = read(
        '<include href="whole.sch"/><pattern id="p" is-a="none"/>'
        '<pattern id="q"><rule context="a"><extends rule="none"/></rule></pattern>',
        whole=HEAD.format("", ""),
    )
    assert len(schema.dropped) == 3
    assert asserted(schema) == []


def test_an_include_gives_way_to_its_file_wherever_it_stands(read):
    schema = read(
        '<include href="one.sch"/><pattern id="q"><include href="sub/rule.sch"/></pattern>',
        one=f'<pattern id="o">{RULE}</pattern>',
        sub__rule=RULE.replace("<rule", f"<rule {ISO}"),
    )
    assert [one.id for one in schema.patterns] == ["o", "q"]
    (check,) = schema.patterns[1].rules[0].items
    assert (check.file, check.line) == ("sub/rule.sch", 1)


def test_a_missing_include_is_told_with_the_file_that_asks_for_it(read):
    assert read('<include href="none.sch"/>').missing == (
        ("none.sch (dans s.sch)", "fichier absent"),
    )


def test_a_part_of_a_file_is_included_by_its_id(read):
    two = f'<pattern id="a">{RULE}<p id="x"/></pattern>'
    schema = read('<include href="two.sch#a"/><include href="two.sch#z"/>', two=two)
    assert [one.id for one in schema.patterns] == ["a"]
    assert schema.missing == (("two.sch#z (dans s.sch)", "identifiant absent"),)


@pytest.mark.parametrize("href", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "..\\x"])
def test_an_include_out_of_the_kit_is_not_opened(read, href):
    assert read(f'<include href="{href}"/>').missing == (
        (f"{href} (dans s.sch)", "le nom mène hors du kit"),
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<include href="s.sch"/>', "circulaire"),
        ("<include/>", "sans nom"),
        ('<xsl:key xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="k"/>', "xsl:"),
        ('<pattern><rule context=""/></pattern>', "sans contexte"),
        ('<pattern><rule context="a"><assert>m</assert></rule></pattern>', "sans test"),
        ('<let name="a"/>', "sans valeur"),
        ('<let name="a" value="1"/><let name="a" value="2"/>', "deux fois"),
        ('<ns prefix="a" uri="x"/><ns prefix="a" uri="y"/>', "deux fois"),
        ('<pattern id="p" is-a="x"/><pattern id="p"/>', "deux motifs"),
        (
            '<pattern><rule abstract="true" id="r"><extends rule="r"/></rule>'
            '<rule context="a"><extends rule="r"/></rule></pattern>',
            "elle-même",
        ),
    ],
)
def test_a_schematron_that_cannot_be_followed_is_refused_with_the_reason(read, content, reason):
    with pytest.raises(Invalid, match=reason):
        read(content)


def test_another_query_language_is_refused(tmp_path):
    text = HEAD.replace("xslt2", "xslt").format("", "")
    (tmp_path / "s.sch").write_text(text, "utf-8")
    with pytest.raises(Invalid, match="langage"):
        read_schema(Folder(tmp_path), "s.sch")


def test_a_schematron_with_a_dtd_is_not_read(tmp_path):
    (tmp_path / "s.sch").write_text('<!DOCTYPE s [<!ENTITY x "y">]><s>&x;</s>', "utf-8")
    with pytest.raises(Unreadable, match="XML refusé"):
        read_schema(Folder(tmp_path), "s.sch")


def test_includes_one_in_the_other_end_somewhere(read):
    files = {
        f"f{n}": f'<pattern id="f{n}"><include href="f{n + 1}.sch"/></pattern>' for n in range(30)
    }
    with pytest.raises(Invalid, match="l'une dans l'autre"):
        read('<include href="f0.sch"/>', **files)
