"""The OpenAPI 3.1 description of the service, made from the routes that there are."""

import re
from typing import Any

from cda_tools.serve.routes import Told, Work, adapter, names
from cda_tools.serve.service import VERSION

_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


def document(base: str) -> dict[str, Any]:
    """Return the description; ``base``: the service's own URL."""
    paths: dict[str, dict[str, Any]] = {}
    for name in names():
        for number, route in enumerate(adapter(name).ROUTES):
            path = _PARAMETER.sub(r"{\1}", route.path)
            for method in route.methods:
                operation = _operation(name, number, route, method)
                paths.setdefault(path, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "cda-tools",
            "version": VERSION,
            "description": "Validation de documents CDA (CI-SIS) sur cette machine.",
        },
        "servers": [{"url": base}],
        "paths": paths,
    }


def _operation(name: str, number: int, route: Work | Told, method: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": f"{name}{number}{method.title()}",
        "summary": route.about,
        "tags": [name],
        "responses": {"200": {"description": "Réponse, selon le contrat"}},
    }
    parameters = [
        {"name": one, "in": "path", "required": True, "schema": {"type": "string"}}
        for one in _PARAMETER.findall(route.path)
    ]
    parameters += [
        {
            "name": query,
            "in": "query",
            "required": False,
            "description": about,
            "schema": {"type": "string"},
        }
        for query, about in route.query
    ]
    if parameters:
        found["parameters"] = parameters
    if isinstance(route, Work):
        content: dict[str, Any] = {kind: {} for kind in route.takes}
        found["requestBody"] = {"required": True, "content": content}
        found["responses"]["503"] = {"description": "Trop de requêtes, ou démarrage"}
        found["responses"]["413"] = {"description": "Corps trop grand"}
    return found
