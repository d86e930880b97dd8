"""Counts invented messages: ``history`` over documents and answers, ``consent`` over movements.

``python benchmarks/bench_indicators.py`` writes a million messages of each kind into a temporary
folder, one batch file each, which is removed at the end; ``--messages 100000`` for less, ``--only
consent`` for one of them. Processor time and memory are those of the command, in a process of its
own. The floor is the splitting of the same messages; linearity is the time for all over ten times
that for a tenth.
"""

import argparse
import base64
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import verdict

_CDA = """<ClinicalDocument xmlns="urn:hl7-org:v3"><realmCode code="FR"/>
<id root="1.2.250.1.999.1.{number}"/><code code="11502-2" codeSystem="2.16.840.1.113883.6.1"/>
<title>CR</title><effectiveTime value="20230304"/><recordTarget><patientRole>
<id root="1.2.250.1.213.1.4.10" extension="{patient:013}"/></patientRole></recordTarget>
<component><structuredBody/></component></ClinicalDocument>"""
_INDICATORS = "".join(
    f"OBX|{number}|CWE|{name}^^MetaDMPMSS||{value}^^expandedYes-NoIndicator||||||F\r"
    for number, (name, value) in enumerate((("DESTDMP", "Y"), ("ACK_RECEPTION", "Y")), start=2)
)
_HEADER = "MSH|^~\\&|{0}|CHU|{1}|CHU|{at}||{kind}|{control}|P|2.6|||||FRA|UNICODE UTF-8"
_PROFILE = "|||2.1^CISIS_CDA_HL7_V2"
_MEMORY_LIMIT = 500
"""MiB, for a million messages."""


def _moment(number: int) -> str:
    return f"202609{number // 86400 % 28 + 1:02}{number // 3600 % 24:02}{number // 60 % 60:02}00"


def sendings(count: int) -> Iterator[str]:
    """Yield two messages with a document for two answers, some of which are failures."""
    for number in range(count // 4 * 2):
        at, control = _moment(number), f"C{number}"
        content = base64.b64encode(_CDA.format(number=number, patient=number // 5).encode())
        yield (
            _HEADER.format("DPI", "PFI", at=at, kind="MDM^T02^MDM_T02", control=control)
            + f"{_PROFILE}\rEVN||{at}\rPID|||{number // 5}^^^CHU&1.2.250.1.999.1&ISO^PI||X^Y\r"
            "PV1|1|N\rORC|NW\rOBR|1|||11502-2^CR^LN\r"
            f"TXA|1|11502-2|TEXT|{at}||||||||1.2.250.1.999.1.{number}|||||AU\r"
            f"OBX|1|ED|11502-2^CR^LN||^text^XML^Base64^{content.decode()}||||||F\r{_INDICATORS}"
        )
        if number % 2:
            yield (
                _HEADER.format("PFI", "DPI", at=at, kind="ACK^T02^ACK", control=f"A{number}")
                + f"\rMSA|AA|{control}\r"
            )
        else:
            value = "N" if number % 10 == 0 else "Y"
            error = "ERR|||207^x|E|DMPClosed\r" if value == "N" else ""
            yield (
                _HEADER.format("PFI", "DPI", at=at, kind="ZAM^Z01^ZAM_Z01", control=f"Z{number}")
                + f"{_PROFILE}\rEVN||{at}\rOBX|1|CWE|ACK_RECEPTION_DMP^^AckMetierZAM|{control}"
                f"|{value}^^expandedYes-NoIndicator||||||F\r{error}"
            )


def movements(count: int) -> Iterator[str]:
    """Yield admissions, updates and cancellations; a patient has about five visits."""
    for number in range(count):
        visit, at = number // 2, _moment(number)
        event, action, original = (
            ("A04", "INSERT", "")
            if number % 2 == 0
            else (("A11", "CANCEL", "A04") if visit % 20 == 0 else ("Z99", "UPDATE", "A04"))
        )
        decided = f"INO|{at}|IC|{at}" if visit % 3 == 0 else "NA||NA|"
        zfa = f"ZFA|ACTIF|{at}|||||||{decided}\r" if event != "A11" else ""
        yield (
            f"MSH|^~\\&|GAM|CHU|DPI|CHU|{at}||ADT^{event}^ADT_A01|M{number}|P|2.5^FRA^2.11"
            "|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM\r"
            f"EVN||{at}\rPID|1||{visit // 5}^^^CHU&1.2.250.1.999.1&ISO^PI"
            f"~{visit // 5:013}^^^INS&1.2.250.1.213.1.4.10&ISO^INS||X^Y||19800101|F||||||||||"
            f"D{visit}^^^CHU&1.2.250.1.999.2&ISO^AN\r"
            f"PV1|1|O|||||||||||||||||V{visit}^^^CHU&1.2.250.1.999.3&ISO^VN\r"
            f"ZBE|M1^CHU^1.2.250.1.999.5^ISO|{at}||{action}|N|{original}"
            f"|UF{visit % 40}^^^^^CHU&1.2.250.1.999.4&ISO^UF^^^{visit % 40}||HMS\r{zfa}"
        )


def write(path: Path, messages: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("FHS|^~\\&|MOTEUR\rBHS|^~\\&|MOTEUR\r")
        file.writelines(messages)
        file.write("BTS\rFTS\r")


def run(*arguments: str | Path) -> float:
    """Return the processor time of a command, in seconds: other load on the machine weighs less."""
    command = [sys.executable, *map(str, arguments)]
    before = _processor()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    assert done.returncode in (0, 1), command  # 1: the messages are short, and not as foreseen
    return _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


_FLOOR = """
import sys
from pathlib import Path
from cda_tools.carriers.hl7v2 import _blocks
from cda_tools.carriers.hl7v2.message import messages
for message, _ in messages(_blocks(Path(sys.argv[1]))):
    message.value("MSH", 9)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("history", "consent"))
    arguments = parser.parse_args()
    count = arguments.messages
    with tempfile.TemporaryDirectory(prefix="bench-indicators-") as name:
        for command, make in (("history", sendings), ("consent", movements)):
            if arguments.only not in (None, command):
                continue
            few, all_of_them = Path(name) / "few.hl7", Path(name) / f"{command}.hl7"
            write(few, make(count // 10))
            write(all_of_them, make(count))
            floor = run("-c", _FLOOR, all_of_them)
            asked = ("-m", "cda_tools", command, "--month", "2026-09", "--format", "json")
            tenth = run(*asked, few)
            whole = run(*asked, all_of_them)
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            size = all_of_them.stat().st_size / 2**20
            all_of_them.unlink()
            print(f"{command}: {count} messages, {size:.0f} MiB")
            print(f"  splitting alone    {floor:8.1f} s   {floor / count * 1e6:6.1f} µs a message")
            print(f"  {command:18} {whole:8.1f} s   {whole / count * 1e6:6.1f} µs a message")
            print(f"  most memory so far {memory:8.0f} MiB (at most {_MEMORY_LIMIT})")
            verdict("  time over splitting", whole / floor, 12)
            verdict("  all over ten times a tenth", whole / (10 * tenth), 1.25)


if __name__ == "__main__":
    main()
