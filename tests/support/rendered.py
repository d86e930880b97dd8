"""Documents of one section for the tests of rendering."""

import base64

from documents import document
from page_reading import Page

from cda_tools import read
from cda_tools.rendering import render

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xdc\xccY\xe7\x00\x00"
    b"\x00\x00IEND\xaeB`\x82"
)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


def encoded(data):
    return base64.b64encode(data).decode("ascii")


def value(data=b"", media_type="image/png", representation="B64", content=None, extra=""):
    content = encoded(data) if content is None else content
    attributes = f'mediaType="{media_type}" representation="{representation}"{extra}'
    return f"<value {attributes}>{content}</value>"


def medium(identifier, *arguments, **options):
    return (
        f'<entry><observationMedia ID="{identifier}" classCode="OBS" moodCode="EVN">'
        f"{value(*arguments, **options)}</observationMedia></entry>"
    )


def section(text, entries="", title="Résultats", codes=""):
    return (
        f"<component><section>{codes}<title>{title}</title><text>{text}</text>{entries}"
        "</section></component>"
    )


def structured(*sections):
    body = f"<structuredBody>{''.join(sections)}</structuredBody>"
    return read(document(body=f"<component>{body}</component>"))


def level_1(content, attributes='mediaType="application/pdf" representation="B64"'):
    body = f"<nonXMLBody><text {attributes}>{content}</text></nonXMLBody>"
    return read(document(body=f"<component>{body}</component>"))


def page(text, entries="", **options):
    return Page(render(structured(section(text, entries)), **options))
