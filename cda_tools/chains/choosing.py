"""Some of the chains: those that are asked for by name or by length."""

from collections.abc import Collection
from dataclasses import replace

from cda_tools.chains.result import Chain, Chains
from cda_tools.errors import InputError
from cda_tools.model.header import Identifier
from cda_tools.text import without_ins


def chosen(chains: Chains, keys: Collection[str] = (), least: int = 1) -> Chains:
    """Return the chains that ``keys`` name, of at least ``least`` documents.

    A key is a chain's, as it is or as it is shown, or the id (``root``, ``root^extension``), the
    setId or the path of one of its documents. What was found on several chains stays where one of
    their documents does. Raise InputError for a key that names no chain.
    """
    if not keys and least <= 1:
        return chains
    named = {key: [one for one in chains.chains if key in _names(one)] for key in keys}
    for key, found in named.items():
        if not found:
            raise InputError(f"aucune chaîne « {without_ins(key)} » : clé, id ou chemin attendu")
    kept = [id(one) for found in named.values() for one in found]
    some = tuple(
        one
        for one in chains.chains
        if len(one.documents) >= least and (not keys or id(one) in kept)
    )
    paths = {version.path for one in some for version in one.documents}
    findings = tuple(one for one in chains.findings if paths.intersection(one.paths))
    return replace(chains, chains=some, findings=findings)


def _names(chain: Chain) -> set[str]:
    names = {chain.key, without_ins(chain.key)}
    for version in chain.documents:
        names.add(version.path)
        names |= {name for one in (version.id, version.set_id) for name in _written(one)}
    return names


def _written(identifier: Identifier | None) -> list[str]:
    if identifier is None or identifier.root is None:
        return []
    if identifier.extension is None:
        return [identifier.root]
    return [f"{identifier.root}^{identifier.extension}"]
