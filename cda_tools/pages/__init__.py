"""HTML: the templates of each room, in which every text is escaped, and the page around a list.

A module that uses this one is itself imported only where HTML is asked for: Jinja2 is loaded here.
"""

from functools import cache

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from cda_tools.text import clean


@cache
def environment(room: str) -> Environment:
    """Return the templates of a package, which lie in its folder ``templates``.

    A line that only holds a statement leaves nothing behind. Filter ``clean``: a text on one line,
    without controls.
    """
    made = Environment(
        loader=PackageLoader(room), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["clean"] = lambda text: clean(text) or ""
    return made


@cache
def asset(room: str, name: str) -> Markup:
    """Return a style sheet or a script of a package's templates, to stand in a page as it is."""
    found = environment(room)
    assert found.loader is not None
    return Markup(found.loader.get_source(found, name)[0])


def page(caption: str, content: Markup, css: str) -> str:
    """Return a whole page, to open or print as it is (A4, landscape): a heading, and a list."""
    template = environment(__name__).get_template("page.html")
    return template.render(caption=caption, content=content, css=Markup(css))
