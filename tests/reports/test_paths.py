import hashlib

import pytest

from cda_tools.reports.digests import Digests
from cda_tools.reports.paths import below


@pytest.mark.parametrize(
    ("path", "roots", "shown"),
    [
        ("/srv/essais/kit/a/b.xml", ["/srv/essais/kit"], "kit/a/b.xml"),
        ("/srv/essais/kit/a.xml", ["/srv/essais/kit/"], "kit/a.xml"),
        ("/srv/essais/kit/a.xml", ["/srv/essais/kit/a.xml"], "a.xml"),
        ("kit/a.zip!IHE_XDM/D.XML", ["kit"], "kit/a.zip!IHE_XDM/D.XML"),
        ("/srv/kitten/a.xml", ["/srv/kit"], "/srv/kitten/a.xml"),
        ("a.xml", ["."], "a.xml"),
        ("-", [], "-"),
    ],
)
def test_a_path_is_told_from_the_folder_that_was_given(path, roots, shown):
    assert below(path, roots) == shown


def test_a_digest_is_that_of_the_files_bytes(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<a/>")
    digests = Digests()
    assert digests.of(str(path)) == hashlib.sha256(b"<a/>").hexdigest()
    path.unlink()
    assert digests.of(str(path)) is not None, "it was read once"
    assert digests.of("-") is None
