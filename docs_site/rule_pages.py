"""One page a rule, from the catalogue: what is asked, why, right, wrong, how to mend, source."""

from collections.abc import Iterator
from itertools import groupby

from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.catalogue import Rule, rules
from cda_tools.validation.layers import is_official, is_ours

FOLDER = "regles"

_OFFICIAL = (
    "Couche officielle : l'outil de l'autorité refuse le même document. Une erreur le rend "
    "« non conforme »."
)
_OURS = (
    "Couche propre à cda-tools : le texte le demande, et l'outil officiel ne le vérifie pas. Une "
    "remarque ne change pas « conforme » ; `--strict` la compte pour le code de retour."
)
_OTHER = (
    "Constat sur ce qui porte le document, sur un lot de documents ou sur l'exécution : il ne "
    "change pas le verdict « conforme » du document."
)
_BY_SUBJECT = {
    "check": "L'outil n'a pas pu valider : le document n'est ni conforme ni non conforme.",
    "limits": "Une limite de l'outil est atteinte : ce qui n'a pas été montré est compté.",
}


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path and the Markdown of every page: the list first, then a page a rule."""
    yield f"{FOLDER}/index.md", _index()
    for rule in rules():
        yield f"{FOLDER}/{rule.id}.md", _page(rule)


def _index() -> str:
    parts = [
        "# Règles\n\nUne page par règle. `cda-tools rules ID` montre la même chose au terminal, "
        "`cda-tools rules --search MOTS` cherche.\n"
    ]
    for layer, found in groupby(rules(), key=lambda rule: rule.layer):
        parts.append(f"\n## {layer}\n\n{_why(layer)}\n\n| règle | gravité | ce qui est demandé |\n")
        parts.append("|---|---|---|\n")
        for rule in found:
            title = rule.title.replace("|", "\\|")
            parts.append(f"| [{rule.id}]({rule.id}.md) | {SEVERITIES[rule.severity]} | {title} |\n")
    return "".join(parts)


def _page(rule: Rule) -> str:
    until = f"\n- Jusqu'à : l'édition {rule.until} ne l'a plus" if rule.until else ""
    editions = "".join(f"\n- En {edition} : {title}" for edition, title in rule.otherwise)
    sets = "".join(f"\n- Jeu de valeurs : `cda-tools rules {name}`" for name in rule.sets)
    return (
        f"# {rule.id}\n\n{rule.title}\n\n"
        f"- Gravité : {SEVERITIES[rule.severity]}\n- Couche : {rule.layer}\n"
        f"- Depuis : {rule.since}{until}{editions}{sets}\n\n"
        f"## Correct\n\n{_example(rule.right)}\n\n"
        f"## Incorrect\n\n{_example(rule.wrong)}\n\n"
        f"## Le constat\n\n{_fenced(rule.message, 'text')}\n\n"
        f"## Pourquoi\n\n{_why(rule.layer)}\n\n"
        f"## Corriger\n\n{_how(rule)}\n\n"
        f"## Source\n\n{rule.source}\n"
    )


def _why(layer: str) -> str:
    if is_official(layer):
        return _OFFICIAL
    return _OURS if is_ours(layer) else _BY_SUBJECT.get(layer, _OTHER)


def _how(rule: Rule) -> str:
    if rule.layer == "check":
        return "Relancer avec plus de temps (`--timeout`) ou de mémoire (`--max-memory`)."
    steps = "Le constat donne la ligne et le chemin de l'élément. "
    if rule.right.lstrip().startswith("<"):
        steps += "Y écrire ce que montre « Correct », avec les valeurs du document. "
    else:
        steps += "Ramener le document à ce que dit « Correct ». "
    if rule.sets:
        codes = " ou ".join(f"`cda-tools rules {name}`" for name in rule.sets)
        steps += f"Les codes admis : {codes}. "
    if rule.layer == "xsd":
        steps += "`cda-tools inspect --explain` dit ce que le schéma attend à cet endroit. "
    return steps + "Valider à nouveau."


def _example(text: str) -> str:
    return _fenced(text, "xml") if "<" in text else text


def _fenced(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"
