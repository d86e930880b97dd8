"""How the cost of each layer grows with what a document repeats, from 10^3 to 10^5 times.

    python benchmarks/bench_layers.py [--layer NAME] [--most 100000] [--limit 1.1]

One element of a small document of ours is repeated, in a place where it is admitted or refused.
The exponent is that of the growth between the last two sizes (1.0: linear), in CPU time, the best
of three; where the smaller of the two is under 5 ms, it says nothing and is not judged. Exits with
1 where an exponent is over the limit.
"""

import argparse
import math
import sys
import time
from pathlib import Path

from cda_tools import Document, Options, read, validate
from cda_tools.validation.layers import layers

SOURCE = Path(__file__).resolve().parent.parent / "fixtures" / "gazelle" / "imagerie-v2.xml"
LIMIT = 1.1
_SIZES = (1_000, 10_000, 100_000)
_LEAST = 0.005  # seconds under which a time is noise
_PATIENCE = 60.0  # seconds for one validation: the next size is then left out

# What is repeated, and the text before which it stands.
SHAPES = {
    "ids of the patient": ('<id root="1.2.250.1.999.5" extension="1"/>', "<addr"),
    "telecoms of the patient": ('<telecom value="tel:0639980104" use="MC"/>', "<patient>"),
    "setId": ('<setId root="1.2.250.1.999.7"/>', "<versionNumber"),
    "templateId of one root": ('<templateId root="1.2.250.1.999.8"/>', "<id"),
    "documentationOf": (
        "<documentationOf><serviceEvent><code nullFlavor='UNK'/></serviceEvent></documentationOf>",
        "<documentationOf",
    ),
    "relatedDocument": (
        '<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.250.1.999.9"/>'
        "</parentDocument></relatedDocument>",
        "<componentOf",
    ),
    "unknown elements in the header": ("<x/>", "<title>"),
    "two unknown elements in turn": ("<x/><y/>", "<title>"),
    "empty authors": ("<author/>", "<custodian>"),
    "rows of a table, refused": ("<tr><oups/></tr>", "</tbody>"),
    "entries, refused": ("<entry><oups/></entry>", "</section>"),
    "entries with a wrong value": (
        '<entry><act classCode="ACT" moodCode="?"><code code=" "/></act></entry>',
        "</section>",
    ),
}
SHAPES |= {
    # Elements that the schema admits, and of which a rule of ours says something each time.
    "acts with a wrong nullFlavor": (
        "<documentationOf><serviceEvent><code nullFlavor='NI'/></serviceEvent></documentationOf>",
        "<documentationOf",
    ),
    "authors far in the future": ("<author><time value='2918'/></author>", "<custodian>"),
    "replaced documents named by UUID": (
        '<relatedDocument typeCode="RPLC"><parentDocument><id root="F81D4FAE-7DEC"/>'
        '<setId root="F81D4FAE-7DEC"/><versionNumber value="7"/></parentDocument>'
        "</relatedDocument>",
        "<componentOf",
    ),
}
_TABLE = "<text><table><tbody><tr><td>1</td></tr></tbody></table></text>"


def document(shape: str, count: int) -> Document:
    """Return the document with a shape's element repeated."""
    repeated, before = SHAPES[shape]
    text = SOURCE.read_text(encoding="utf-8")
    if before == "</tbody>" and before not in text:
        text = text.replace("</title>", f"</title>{_TABLE}", 2).replace(_TABLE, "", 1)
    place = text.index(before)
    return read((text[:place] + repeated * count + text[place:]).encode())


def seconds(shape: str, count: int, layer: str) -> float:
    """Return the best time of three for one layer, of one where it is slow."""
    options = Options(layers=(layer,))
    best = math.inf
    for _ in range(3):
        made = document(shape, count)
        start = time.process_time()
        validate(made, options)
        best = min(best, time.process_time() - start)
        if best > _PATIENCE / 10:
            break
    return best


def exponent(times: list[float], sizes: tuple[int, ...]) -> float | None:
    """Return the growth between the last two times; None where they are too small to tell."""
    if len(times) < 2 or times[-2] < _LEAST:
        return None
    pairs = zip(times[-2:], sizes[len(times) - 2 : len(times)], strict=True)
    (early, few), (late, many) = pairs
    return math.log(late / early) / math.log(many / few)


def main() -> int:
    """Print a row a layer and shape; return the exit code."""
    names = [layer.name for layer in layers() if layer.option is None and layer.name != "xml"]
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--layer", choices=names, action="append")
    parser.add_argument("--shape", choices=list(SHAPES), action="append")
    parser.add_argument("--most", type=int, default=_SIZES[-1])
    parser.add_argument("--limit", type=float, default=LIMIT)
    given = parser.parse_args()
    sizes = tuple(size for size in _SIZES if size <= given.most)
    over = 0
    heading = "".join(f"{size:>11,}" for size in sizes)
    print(f"{'layer':24}{'repeated':34}{heading}{'exponent':>10}")
    for layer in given.layer or names:
        validate(read(SOURCE), Options(layers=(layer,)))
        for shape in given.shape or SHAPES:
            times: list[float] = []
            for size in sizes:
                times.append(seconds(shape, size, layer))
                if times[-1] > _PATIENCE / 10:
                    break
            growth = exponent(times, sizes)
            missing = len(sizes) - len(times)
            bad = missing > 0 or (growth is not None and growth > given.limit)
            over += bad
            row = "".join(f"{1000 * one:>8.1f} ms" for one in times) + f"{'-':>11}" * missing
            told = "-" if growth is None else f"{growth:.2f}"
            print(f"{layer:24}{shape:34}{row}{told:>10}{'  over' if bad else ''}", flush=True)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
