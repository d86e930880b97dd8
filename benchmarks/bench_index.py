"""Indexes invented documents: a first run, a run with nothing new, and one with a few changes.

``python benchmarks/bench_index.py`` makes 100,000 small documents in a temporary folder (about
400 MB), which is removed at the end; ``--documents 10000`` for less. Ratios are to the first
run, in the same run of the benchmark; the floor is reading the header of every document.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from cda_tools.carriers.sources import files
from cda_tools.chains import build
from cda_tools.chains.intake import decide
from cda_tools.document import read_header
from cda_tools.index import Index, Progress, update

_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><realmCode code="FR"/>
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<templateId root="2.16.840.1.113883.2.8.2.1"/><templateId root="1.2.250.1.213.1.1.1.1"/>
<id root="1.2.250.1.999.1.{number}"/>
<code code="11502-2" codeSystem="2.16.840.1.113883.6.1" displayName="CR d'examens biologiques"/>
<title>Compte rendu {number}</title><effectiveTime value="20250304{minute:04}00+0100"/>
<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="fr-FR"/>
<setId root="1.2.250.1.999.2.{history}"/><versionNumber value="{version}"/>
<recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="{patient:013}"/>
<patient><name><family>PATIENT</family><given>ESSAI</given></name></patient></patientRole>
</recordTarget>
<author><time value="20250304101500+0100"/><assignedAuthor>
<id root="1.2.250.1.71.4.2.1" extension="899700000017"/>
<code code="G15_10/SM03" codeSystem="1.2.250.1.213.1.1.4.5" displayName="Biologie médicale"/>
<assignedPerson><name><family>ESSAI</family><given>AUTEUR</given></name></assignedPerson>
<representedOrganization><name>Laboratoire d'essai</name></representedOrganization>
</assignedAuthor></author>{related}
<component><structuredBody><component><section><title>Résultats</title><text>{filler}</text>
</section></component></structuredBody></component></ClinicalDocument>
"""
_RELATED = (
    '<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.250.1.999.1.{number}"/>'
    "</parentDocument></relatedDocument>"
)
_VERSIONS = 4


def document(number: int) -> str:
    history, version = divmod(number, _VERSIONS)
    return _DOCUMENT.format(
        number=number,
        history=history,
        version=version + 1,
        patient=history // 5,
        minute=number % 2400 // 100 * 100 + number % 60,
        related=_RELATED.format(number=number - 1) if version else "",
        filler="Résultat sans particularité. " * 80,
    )


def make(folder: Path, count: int) -> None:
    for number in range(count):
        if number % 1000 == 0:
            (folder / f"{number // 1000:04}").mkdir()
        (folder / f"{number // 1000:04}" / f"{number}.xml").write_text(document(number), "utf-8")


def change(folder: Path, count: int) -> int:
    changed = list(_some(folder, max(1, count // 1000)))
    for path in changed:
        path.write_text(document(count * _VERSIONS + int(path.stem)), "utf-8")
        os.utime(path, ns=(0, 1))
    return len(changed)


def _some(folder: Path, count: int) -> Iterator[Path]:
    for number in range(count):
        yield folder / f"{number:04}" / f"{number * 1000}.xml"


def timed(work: Callable[[], object]) -> tuple[float, object]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory(prefix="bench-index-") as name:
        store, base = Path(name) / "store", Path(name) / "index.sqlite"
        store.mkdir()
        make(store, count)
        floor, _ = timed(lambda: [read_header(path) for path in files(store)])

        def run() -> Progress:
            with Index(base, create=True) as index:
                return update(index, files(store), roots=[store])

        first, done = timed(run)
        assert done == Progress(new=count, documents=count), done
        again = []
        for _ in range(3):
            seconds, done = timed(run)
            assert done == Progress(same=count), done
            again.append(seconds)
        changed = change(store, count)
        few, done = timed(run)
        assert done == Progress(changed=changed, same=count - changed, documents=changed), done
        with Index(base) as index:
            chain, chains = timed(lambda: build(index.documents()))
            received = next(index.documents())
            intake, _ = timed(lambda: decide(index, received))
        size = base.stat().st_size / 2**20
    print(f"documents              {count:>10}")
    print(f"floor, headers alone   {floor:>10.2f} s")
    print(f"first run              {first:>10.2f} s   {first / floor:.2f} x the floor")
    print(f"run again, unchanged   {min(again):>10.2f} s   {min(again) / first:.1%} of the first")
    print(f"run with {changed:>4} changed  {few:>10.2f} s   {few / first:.1%} of the first")
    print(f"chains from the index  {chain:>10.2f} s   {chain / floor:.2f} x the floor")
    print(f"one intake decision    {intake * 1000:>10.2f} ms")
    print(f"size of the index      {size:>10.1f} MiB")
    assert chains


if __name__ == "__main__":
    main()
