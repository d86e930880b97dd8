"""Coverage-guided fuzzing of the readers, by hand: ``python fuzzing/readers.py [options]``.

Needs the extra ``fuzz`` (atheris; Linux and macOS). Seeds are the case files; what is found is
written to the current folder. Options are libFuzzer's: ``-max_total_time=600 -max_len=65536``.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cda_tools"]):
    from cda_tools import read_all, validate
    from cda_tools.chains import build
    from cda_tools.line import one_line
    from cda_tools.validation import Options

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = Options(layers=("xml", "text-1.16", "versions"))


def one(data: bytes) -> None:
    """Read, validate, chain and show what the bytes hold: nothing may be raised, nothing lost."""
    documents = list(read_all(data))
    assert documents, "no document and no finding"
    for document in documents:
        validate(document, OPTIONS)
        if document.header is not None:
            one_line(document.header)
    build(documents)


def main() -> None:
    """Fuzz, from the case files unless a corpus is given."""
    arguments = list(sys.argv)
    if not any(not argument.startswith("-") for argument in arguments[1:]):
        corpus = Path(tempfile.mkdtemp(prefix="cda-tools-corpus-"))
        for number, path in enumerate(sorted((ROOT / "tests" / "cases").rglob("*-*-a.*"))):
            if path.is_file():
                (corpus / f"{number}{path.suffix}").write_bytes(path.read_bytes())
        arguments.append(str(corpus))
    atheris.Setup(arguments, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
