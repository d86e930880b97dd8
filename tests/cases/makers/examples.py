"""The examples of the catalogue, right and wrong, from the cases of the header profile."""

from header_changes import NAMES, change, cut, find
from lxml import etree
from lxml.etree import _Element

from cda_tools.reading.location import local_name

from .structuration_minimale import Case, cases

LAYERS = ()


def files() -> dict[str, bytes]:
    """Return the file ``examples.tsv``: rule, right, wrong."""
    lines = ["\t".join((case.rule, *example(case))) for case in cases()]
    table = "\n".join(["rule\tright\twrong", *lines, ""]).encode()
    return {"profile_compiler/examples.tsv": table}


def example(case: Case) -> tuple[str, str]:
    """Return what the changed part looks like in the two files, for the catalogue."""
    _, target = cut(case.at)
    change(target, case.both)
    focus = target
    below, colon, verb = case.fail.partition(": ")
    if colon and " " not in below:
        focus = find(target, below)
    verb = (verb if colon and " " not in below else case.fail).split()[0]
    if verb in ("remove", "repeat", "after"):
        name, focus = local_name(focus), focus.getparent()
    else:
        name = ""
    right = outline(focus, name)
    change(target, case.fail)
    return right, outline(focus, name)


def outline(element: _Element, name: str = "") -> str:
    """Return an element with its children but not what is inside them, on one line.

    Where they are many, only those called ``name`` are shown, and those that do not belong there.
    """
    attributes = "".join(f' {_prefixed(k)}="{escape(v)}"' for k, v in element.attrib.items())
    opening = _prefixed(element.tag) + attributes
    inner = escape((element.text or "").strip())
    for child in element:
        if len(element) > 6 and local_name(child) not in (name, "remarque"):
            inner += "" if inner.endswith("…") else "…"
            continue
        tag = _prefixed(child.tag)
        own = "".join(f' {_prefixed(k)}="{escape(v)}"' for k, v in child.attrib.items())
        content = "…" if len(child) else escape((child.text or "").strip())
        inner += f"<{tag}{own}>{content}</{tag}>" if content else f"<{tag}{own}/>"
    return f"<{opening}>{inner}</{_prefixed(element.tag)}>" if inner else f"<{opening}/>"


def escape(text: str) -> str:
    """Return text as XML writes it, on one line."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return escaped.replace("\t", "&#9;")


def _prefixed(tag: str) -> str:
    name = etree.QName(tag)
    prefix = next((p for p, uri in NAMES.items() if uri == name.namespace), "h")
    return name.localname if prefix == "h" else f"{prefix}:{name.localname}"
