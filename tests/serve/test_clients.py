"""The programs of docs/embedding.md, run against a real service, where their runtime is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from live import DIES, serving

DOCS = Path(__file__).resolve().parents[2] / "docs" / "embedding.md"
PROGRAMS = {
    "sh": ("validate.sh", ["sh"], "curl"),
    "java": ("Validate.java", ["java"], "java"),
    "js": ("validate.mjs", ["node"], "node"),
}


@pytest.fixture(scope="module")
def live():
    with serving("--workers", "1") as service:
        yield service


@pytest.fixture(scope="module")
def files(documents, tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    found = {}
    for name in ("good", "bad"):
        found[name] = folder / f"{name}.xml"
        found[name].write_bytes(documents.named(name))
    found["dies"] = folder / "dies.xml"
    found["dies"].write_bytes(documents.good + DIES)
    return found


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_program_of_the_page_tells_the_three_verdicts_apart(live, files, tmp_path, language):
    name, command, needed = PROGRAMS[language]
    if shutil.which(needed) is None:
        pytest.skip(f"{needed} is not on this machine")
    (code,) = re.findall(
        rf"^```{language}\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.M | re.S
    )
    program = tmp_path / name
    program.write_text(code, encoding="utf-8")

    def run(*names: str):
        address = f"http://127.0.0.1:{live.port}"
        arguments = [*command, str(program), address, *(str(files[one]) for one in names)]
        ended = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
        assert ended.stderr == ""
        return ended.returncode, [line.split()[0] for line in ended.stdout.splitlines()]

    assert run("good") == (0, ["conforme"])
    assert run("good", "bad") == (1, ["conforme", "non-conforme"])
    assert run("dies", "bad") == (2, ["non-verifie", "non-conforme"])


def test_the_service_answers_what_the_readme_shows(live, gazelle):
    text = (DOCS.parents[1] / "README.md").read_text(encoding="utf-8")
    path, data, shown = re.search(
        r"<!-- serve -->.*?@(\S+) \S+8080(\S+)'\n```\n\n```xml\n(.*?)\[\.\.\.\]", text, re.DOTALL
    ).group(1, 2, 3)
    document = (gazelle.parents[1] / path).read_bytes()
    status, _, body = live.ask("POST", data, document)
    assert status == 200
    assert body.decode().startswith(shown)
