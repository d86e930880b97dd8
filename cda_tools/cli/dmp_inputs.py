"""What ``cda-tools dmp`` is given, in any order: documents, answers, requests, told by content."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cda_tools.carriers import kind_of, kind_of_file, open_bytes, sniffing, xds
from cda_tools.carriers.base import unreadable
from cda_tools.carriers.sources import Source
from cda_tools.carriers.walking import LeftOut
from cda_tools.cli.dmp_record import patients_of, same, sources_of
from cda_tools.cli.exits import Outcome
from cda_tools.cli.inputs import headers, say_left_out
from cda_tools.document import found, split_indexes
from cda_tools.errors import InputError
from cda_tools.model.carriage import Context, Place
from cda_tools.model.document import Document, Known
from cda_tools.model.header import Identifier
from cda_tools.model.patients import ins_number, is_ins, patient_key
from cda_tools.model.registry import NO_QUERY, RegistryAnswer, Request, Role
from cda_tools.reading.safexml import Limits
from cda_tools.reports.paths import shown

_REQUEST = ".request"


@dataclass(slots=True)
class Given:
    """The documents of the record, the messages exchanged with the DMP, what a visit left.

    ``kept``: the files among the paths that hold what was kept of a visit (JSON).
    """

    limits: Limits
    outcome: Outcome
    kept: list[Path] = field(default_factory=list)
    documents: list[Known] = field(default_factory=list)
    answers: list[RegistryAnswer] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def read(self, paths: Iterable[str]) -> None:
        """Read what is under some paths: a message of a registry is no document of the record."""
        left_out = LeftOut()
        files, indexes = split_indexes(paths)
        for source in found(files, limits=self.limits, left_out=left_out) if files else ():
            if _is_json(source):
                self.kept.append(Path(source.path))
                continue
            data = _message(source)
            if data is None:
                carried = source.open(self.limits)
                self.documents += headers(carried, self.limits, self.outcome)
            else:
                self._take(data, source.path)
        say_left_out(left_out)
        self._requests_beside()
        for index in indexes:
            self._read_index(Path(index))

    def _read_index(self, path: Path) -> None:
        """Read the documents of an index that are of the patient of the answers."""
        patients = patients_of(self.answers, self.requests)
        keys = {patient_key(one) for one in patients}
        for source in sources_of(path, patients):
            carried = source.open(self.limits)
            documents = headers(carried, self.limits, self.outcome)
            self.documents += (one for one in documents if same(one, keys))

    def visit(self, told: Path | None) -> Path | None:
        """Return where the last visit was kept: as it is told, else the file among the paths.

        Raise InputError where there are several.
        """
        if told is not None or not self.kept:
            return told
        if len(self.kept) > 1:
            names = ", ".join(shown(str(one)) for one in self.kept)
            raise InputError(f"plusieurs fichiers de visite ({names}) : préciser --visit")
        return self.kept[0]

    def _take(self, data: bytes, path: str) -> None:
        message = xds.read_message(data, path, self.limits)
        if isinstance(message, Request):
            self.requests.append(message)
        else:
            self.answers.append(message)

    def _requests_beside(self) -> None:
        """Read the request that was kept beside an answer: ``X.request.xml`` beside ``X.xml``."""
        read = {one.path for one in self.requests}
        for answer in self.answers:
            path = Path(answer.path)
            beside = path.with_name(f"{path.stem}{_REQUEST}{path.suffix}") if path.name else path
            if str(beside) in read or not path.name or not beside.is_file():
                continue
            message = xds.read_message(_bytes(beside), str(beside), self.limits)
            if isinstance(message, Request):
                self.requests.append(message)

    def retrieved(self) -> Iterator[Known]:
        """Yield the documents that the DMP gave back (TD3.2) among the answers."""
        for answer in self.answers:
            for number, one in enumerate(answer.retrieved, start=1):
                if not one.content:
                    continue
                carried = open_bytes(one.content, answer.path, self.limits)
                for document in headers(carried, self.limits, self.outcome):
                    inside = one.unique_id or f"DocumentResponse[{number}]"
                    yield replace(document, inside=inside, context=_from_dmp(document))


def answers_of(paths: Iterable[str], limits: Limits) -> list[RegistryAnswer]:
    """Return the answers of some files. Raise InputError for a file that is none."""
    found = []
    for path in paths:
        data = _bytes(Path(path))
        message = xds.read_message(data, path, limits) if kind_of(data) == sniffing.XDS else None
        if not isinstance(message, RegistryAnswer):
            raise InputError(f"{shown(path)} : ce n'est pas une réponse du DMP (TD3.1)")
        found.append(message)
    return found


class Roles:
    """What the options --role say: of one answer (``FILE=ROLE`` or ``ROLE=FILE``), or of all.

    Roles are the names of queries, in any case: ``FindDocuments``, ``find-documents``. Where
    there are as many without file as answers, they are those of the answers in their order.
    """

    def __init__(self, told: Iterable[str], answers: Sequence[RegistryAnswer]) -> None:
        """Raise InputError for a role or an answer that is not known, or several for all."""
        paths = {_normal(one.path): one.path for one in answers}
        self.default: Role | None = None
        self.of_answers: dict[str, Role] = {}
        bare = []
        for one in told:
            role, path = _role_and_path(one)
            if path is None:
                bare.append(role)
            elif _normal(path) in paths:
                self.of_answers[paths[_normal(path)]] = role
            else:
                raise InputError(f"--role : {shown(path)} n'est pas une des réponses")
        if len(set(bare)) == 1:
            self.default = bare[0]
        elif len(bare) == len(answers):
            self.of_answers |= {one.path: role for one, role in zip(answers, bare, strict=True)}
        elif bare:
            raise InputError("--role : un rôle, ou un par réponse ; ou FICHIER=RÔLE")


def _role_and_path(text: str) -> tuple[Role, str | None]:
    if role := _role(text):
        return role, None
    for start, end in (text.partition("=")[::2], text.rpartition("=")[::2]):
        if role := _role(start):
            return role, end
        if role := _role(end):
            return role, start
    known = ", ".join(one for one in Role if one not in NO_QUERY)
    raise InputError(f"--role {shown(text)} : rôle inconnu ; connus : {known}")


def _role(text: str) -> Role | None:
    name = text.replace("-", "").replace("_", "").strip().lower()
    return next((one for one in Role if one.lower() == name), None)


def _normal(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100  resolve() would follow links


def patient_of(
    documents: Iterable[Document], answers: Iterable[RegistryAnswer]
) -> tuple[Identifier | None, bool]:
    """Return the INS of the record's patient, and whether its documents name more than one.

    The answers tell where the record has no document with an INS.
    """
    found = _numbers(documents)
    if not found:
        found = _numbers(one for answer in answers for one in answer.documents)
    return (next(iter(found.values())) if len(found) == 1 else None), len(found) > 1


def _numbers(documents: Iterable[Document]) -> dict[str, Identifier]:
    found: dict[str, Identifier] = {}
    for one in documents:
        for each in one.header.patient.ids if one.header and one.header.patient else ():
            if is_ins(each) and each.extension:
                found.setdefault(ins_number(each.extension), each)
    return found


def _from_dmp(document: Known) -> Context:
    return replace(document.context or Context(), place=Place.DMP)


def _is_json(source: Source) -> bool:
    """Tell whether a source is a JSON object: no document and no message is."""
    path = Path(source.path)
    if source.data is not None or path.suffix.lower() != ".json" or not path.is_file():
        return False
    return _bytes(path).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _message(source: Source) -> bytes | None:
    """Return the bytes of a source that is a message of a registry, else None."""
    if source.data is not None:
        return source.data if kind_of(source.data) == sniffing.XDS else None
    path = Path(source.path)
    return _bytes(path) if path.is_file() and kind_of_file(path) == sniffing.XDS else None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
