"""What each requirement asks to be shown, and which piece of a dossier shows it.

Source: referentiel texts of CDA/DD.15, CDA/DD.05 and DMP/UX.15 (answers of 11/12/2025);
structuration minimale 1.16. A point is settled by what was found (:class:`Facts`), never by the
mere presence of a file.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

INDEX, LINES, REPORT, REPORT_JSON = (
    "index.html",
    "lignes.html",
    "validation.html",
    "validation.json",
)
CHAINS, DMP, LOG, HASHES, EDITIONS = (
    "chaines.html",
    "dmp.html",
    "journal.txt",
    "empreintes.txt",
    "editions.json",
)
SCREENS = "captures/"


@dataclass(slots=True)
class Facts:
    """What was found: numbers of documents, of lines and what they show, of chains, of the DMP.

    ``dmp``: the lines that sum the visit up; None where no answer of the DMP was given.
    ``kit``: the label of the official kit, None without. ``screens``: how many screenshots.
    ``unread``: files that could not be copied. ``files``: those that were, each with its digest.
    """

    documents: int = 0
    valid: int = 0
    invalid: int = 0
    unchecked: int = 0
    lines: int = 0
    shows: dict[str, int] = field(default_factory=dict)
    chains: int = 0
    versions: int = 0
    dmp: tuple[str, ...] | None = None
    other_patient: bool = False
    newer: int = 0
    vanished: int = 0
    counted: str = ""
    structures: int = 0
    kit: str | None = None
    edition: str = ""
    screens: int = 0
    unread: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to show. ``told``: what the piece shows, None where it does not show it.

    ``missing``: what to do then. ``piece``: None for what only the vendor can bring.
    """

    text: str
    piece: str | None
    told: Callable[[Facts], str | None]
    missing: str = ""

    def lacks(self, facts: Facts) -> str:
        """Return what to do where the point is not shown."""
        if self.piece == DMP and facts.other_patient:
            return _OTHER_PATIENT
        return self.missing or "non montré"


@dataclass(frozen=True, slots=True)
class Requirement:
    """``needs_dmp``: there is no dossier without an answer of the DMP."""

    id: str
    title: str
    points: tuple[Point, ...]
    needs_dmp: bool = False


def _several(number: int, one: str, more: str) -> str:
    return f"{number} {one if number < 2 else more}"


def _nothing(_: Facts) -> None:
    return None


def _of(*names: str) -> Callable[[Facts], str | None]:
    """Tell how many lines show each of some fields; None where one of them misses one."""

    def told(facts: Facts) -> str | None:
        if not facts.lines or any(facts.shows.get(name, 0) < facts.lines for name in names):
            return None
        shown = _several(facts.lines, "ligne", "lignes")
        return f"{', '.join(_FIELDS[name] for name in names)} : {shown} sur {facts.lines}"

    return told


_HAVE = ("a", "ont")
_FIELDS = {"type": "type", "date": "date", "author": "auteur"}


def _lines(facts: Facts) -> str | None:
    return (
        _several(facts.lines, "document", "documents") + ", une ligne chacun"
        if facts.lines
        else None
    )


def _details(facts: Facts) -> str | None:
    with_author, detailed = facts.shows.get("author", 0), facts.shows.get("details", 0)
    shown = _several(detailed, "ligne", "lignes")
    return f"{shown} sur {with_author} qui {_HAVE[with_author > 1]} un auteur" if detailed else None


def _elsewhere(facts: Facts) -> str | None:
    found = [
        f"{facts.shows[name]} de {name}" for name in ("DMP", "MSSanté") if facts.shows.get(name)
    ]
    return " et ".join(found) if found else None


def _screens(facts: Facts) -> str | None:
    return f"{facts.screens} captures, à 360 et 1280 px" if facts.screens else None


def _verdict(facts: Facts) -> str | None:
    return verdicts(facts) if facts.valid + facts.invalid else None


def verdicts(facts: Facts) -> str:
    """Return how many documents had each verdict."""
    told = (
        _several(facts.valid, "conforme", "conformes"),
        _several(facts.invalid, "non conforme", "non conformes"),
        _several(facts.unchecked, "non validé", "non validés"),
    )
    return ", ".join(told)


def _conform(facts: Facts) -> str | None:
    whole = facts.valid and not (facts.invalid or facts.unchecked or facts.unread)
    return _several(facts.valid, "document conforme", "documents conformes") if whole else None


def _list(facts: Facts) -> str | None:
    return None if facts.dmp is None or facts.other_patient else facts.dmp[0]


def _newer(facts: Facts) -> str | None:
    return (
        _several(facts.newer, "document local", "documents locaux")
        if facts.newer and not facts.other_patient
        else None
    )


def _vanished(facts: Facts) -> str | None:
    return (
        _several(facts.vanished, "document local", "documents locaux")
        if facts.vanished and not facts.other_patient
        else None
    )


def _chained(facts: Facts) -> str | None:
    return (
        _several(facts.versions, "chaîne", "chaînes") + " de plusieurs versions"
        if facts.versions
        else None
    )


def _counted(facts: Facts) -> str | None:
    return facts.counted or None


def _own(facts: Facts) -> str | None:
    return f"structures nommées : {facts.structures}" if facts.structures else None


def _kit(facts: Facts) -> str | None:
    return facts.kit


def _edition(facts: Facts) -> str | None:
    return f"édition {facts.edition}"


_GIVE_ANSWER = "donner parmi les chemins la liste (TD3.1) que le DMP a donnée pour ce patient"
_OTHER_PATIENT = (
    "la réponse du DMP n'est pas du patient des documents, ou ceux-ci sont de plusieurs : ne "
    "donner que les documents et les réponses d'un patient"
)
_HASHED = Point(
    "Chaque fichier est désigné par son empreinte SHA-256",
    HASHES,
    lambda facts: _several(facts.files, "fichier", "fichiers") if facts.files else None,
)
_SCREEN = "relancer avec --screenshots (Playwright et Chromium)"


def _vendor(text: str) -> Point:
    return Point(text, None, _nothing, "à joindre par l'éditeur : cet outil ne peut pas le montrer")


_ALL = (
    Requirement(
        "validation",
        "Les documents CDA produits sont conformes au cadre d'interopérabilité",
        (
            Point(
                "Chaque document est validé, couche par couche",
                REPORT,
                _verdict,
                "aucun document validé",
            ),
            Point(
                "Aucun document n'est en échec",
                REPORT,
                _conform,
                "corriger les documents non conformes ou non validés, puis refaire le dossier",
            ),
            Point(
                "Modèles, terminologies et volets sont contrôlés avec le kit officiel",
                REPORT,
                _kit,
                "relancer avec --kit",
            ),
            Point("L'édition appliquée est nommée", EDITIONS, _edition),
            _HASHED,
            _vendor("Ces documents sont ceux que le logiciel produit (export, journal d'envoi)"),
        ),
    ),
    Requirement(
        "DD.15",
        "CDA/DD.15 : les métadonnées d'un document tiennent sur une seule ligne",
        (
            Point(
                "Chaque document a une ligne, et une seule", LINES, _lines, "aucun document lisible"
            ),
            Point(
                "La ligne dit le type, la date et l'auteur, et le titre quand il ajoute au type",
                LINES,
                _of("type", "date", "author"),
                "une ligne n'a pas tout (« non indiqué ») : son document ne le dit pas",
            ),
            Point(
                "La structure ou la profession de l'auteur est montrée où elle existe",
                LINES,
                _details,
                "aucun auteur n'a de structure ni de profession",
            ),
            Point(
                "Des documents reçus par MSSanté ou venus du DMP sont parmi eux",
                LINES,
                _elsewhere,
                "donner une archive IHE_XDM.ZIP de MSSanté ou une réponse du DMP parmi les chemins",
            ),
            Point("La ligne tient à l'écran, étroit ou large", SCREENS, _screens, _SCREEN),
            _HASHED,
            _vendor("Capture de la liste des documents d'un patient dans le logiciel"),
        ),
    ),
    Requirement(
        "DD.05",
        "CDA/DD.05 : le logiciel dit quels documents ont une version plus récente dans le DMP, "
        "et lesquels n'y apparaissent plus",
        (
            Point("La liste du DMP a été reçue", DMP, _list, _GIVE_ANSWER),
            Point(
                "Un document local qui a une version plus récente est signalé",
                DMP,
                _newer,
                "aucun dans ce jeu : y mettre un document que le DMP a remplacé",
            ),
            Point(
                "Un document qui n'apparaît plus est signalé, avec le choix de le garder ou de le "
                "retirer",
                DMP,
                _vanished,
                "aucun dans ce jeu : y mettre un document qui n'est plus dans la liste, et --visit",
            ),
            Point(
                "Les versions d'un document forment une chaîne",
                CHAINS,
                _chained,
                "aucune chaîne de plusieurs versions dans ce jeu",
            ),
            _HASHED,
            _vendor("Capture de l'ouverture du dossier du patient dans le logiciel"),
        ),
        needs_dmp=True,
    ),
    Requirement(
        "UX.15",
        "DMP/UX.15 : le nombre de documents déposés par d'autres se voit sans clic",
        (
            Point("La liste du DMP a été reçue", DMP, _list, _GIVE_ANSWER),
            Point(
                "Les structures à soi sont nommées",
                DMP,
                _own,
                "relancer avec --structure (FINESS, SIRET, RPPS-rang) : sans elles, « d'autres » "
                "n'est pas connu",
            ),
            Point(
                "Le nombre est donné, avec ce qui est compté à part",
                DMP,
                _counted,
                "nombre inconnu",
            ),
            _HASHED,
            _vendor("Capture de l'écran qui montre ce nombre sans clic dans le logiciel"),
        ),
        needs_dmp=True,
    ),
)
REQUIREMENTS = {one.id: one for one in _ALL}
IDS = tuple(REQUIREMENTS)
