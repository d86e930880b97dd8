"""Whatever comes in, a carrier gives documents and findings; it never raises."""

import random

from hypothesis import given
from hypothesis import strategies as st

from cases.makers.carriers import files
from cda_tools.carriers import kind_of, open_bytes
from cda_tools.carriers.hl7v2 import open_messages
from cda_tools.carriers.xdm import open_archive
from cda_tools.carriers.xds import read_answer
from cda_tools.document import read_carried, read_carried_header

SEEDS = [content for _, content in sorted(files().items())]


def _everything(data: bytes) -> None:
    kind_of(data)
    for carried in open_bytes(data, "-"):
        assert carried.path.startswith("-")
        read_carried(carried)
        read_carried_header(carried)


@given(st.binary(max_size=300))
def test_random_bytes(data: bytes) -> None:
    _everything(data)
    list(open_messages(data, "-"))
    list(open_archive(data, "-"))
    read_answer(data)


@given(
    st.sampled_from(
        [b"MSH|^~\\&|", b"MSH", b"FHS|", b"PK\x03\x04", b"<?xml ", b"<a:b", b"--b\r\n"]
    ),
    st.binary(max_size=200),
)
def test_random_bytes_after_a_known_start(start: bytes, data: bytes) -> None:
    _everything(start + data)


@given(st.text(alphabet="MSHOBXTAED|^~\\&\r\n.12FXC", max_size=200))
def test_random_messages(text: str) -> None:
    data = ("MSH|^~\\&|A|B|C|D|2025||MDM^T02^MDM_T02|1|P|2.6\r" + text).encode()
    for carried in open_messages(data, "-"):
        assert carried.carrier == "hl7v2"


@given(st.sampled_from(SEEDS), st.integers(min_value=0))
def test_truncated_files(seed: bytes, length: int) -> None:
    _everything(seed[: length % (len(seed) + 1)])


@given(st.sampled_from(SEEDS), st.randoms(use_true_random=False), st.integers(1, 8))
def test_files_with_flipped_bits(seed: bytes, chance: random.Random, flips: int) -> None:
    data = bytearray(seed)
    for _ in range(flips):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    _everything(bytes(data))


@given(st.sampled_from(SEEDS), st.randoms(use_true_random=False))
def test_files_whose_parts_changed_places(seed: bytes, chance: random.Random) -> None:
    cuts = sorted(chance.randrange(len(seed)) for _ in range(4))
    pieces = [seed[i:j] for i, j in zip([0, *cuts], [*cuts, len(seed)], strict=True)]
    chance.shuffle(pieces)
    _everything(b"".join(pieces))
