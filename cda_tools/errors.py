"""What is raised when the work could not be done.

A bad document is never an exception: it is a :class:`cda_tools.rules.finding.Finding`.
"""

import errno


class CdaToolsError(Exception):
    """The check could not be made: the message is one line, in French, fit for a user."""


class ResourceError(CdaToolsError):
    """A file that cda-tools ships (schema, value set, rule) is missing or damaged."""


class InputError(CdaToolsError):
    """The input cannot be reached: no such file, not permitted, not a document at all."""


_WORDS = {
    "ENOENT": "fichier introuvable",
    "EACCES": "accès refusé",
    "EPERM": "accès refusé",
    "EISDIR": "c'est un dossier",
    "ENOTDIR": "fichier introuvable : un fichier est pris pour un dossier",
    "EEXIST": "il existe déjà",
    "ELOOP": "lien qui mène à lui-même",
    "ENAMETOOLONG": "nom de fichier trop long",
    "EROFS": "disque en lecture seule",
    "ENOSPC": "disque plein",
    "EDQUOT": "quota de disque dépassé",
    "EMFILE": "trop de fichiers ouverts",
    "ENFILE": "trop de fichiers ouverts",
    "EIO": "erreur du disque",
    "EBADF": "sortie fermée",
    "EPIPE": "le lecteur est parti",
    "ETXTBSY": "fichier occupé par un autre programme",
    "EADDRINUSE": "adresse et port déjà pris",
    "EADDRNOTAVAIL": "cette adresse n'est pas celle de la machine",
    "EAFNOSUPPORT": "famille d'adresses inconnue du système",
}
# Not every system has every number.
_REASONS = {getattr(errno, name): words for name, words in _WORDS.items() if hasattr(errno, name)}


def os_reason(error: OSError | ValueError) -> str:
    """Return in French why the system refused a file."""
    if not isinstance(error, OSError):
        return "nom de fichier impossible"
    number = error.errno
    if number is None:
        names = {FileNotFoundError: errno.ENOENT, PermissionError: errno.EACCES}
        number = names.get(type(error), 0)
    return _REASONS.get(number, "erreur du système")
