"""The OpenAPI 3.1 description of the service, made from the routes that there are."""

import re
from typing import Any

from cda_tools.serve.routes import Endpoint, Work, paths
from cda_tools.serve.service import VERSION

_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


def document(base: str) -> dict[str, Any]:
    """Return the description; ``base``: the service's own URL."""
    described = {
        _PARAMETER.sub(r"{\1}", path): {
            method.lower(): _operation(endpoint, method) for method, endpoint in methods.items()
        }
        for path, methods in paths().items()
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "cda-tools",
            "version": VERSION,
            "description": "Validation de documents CDA (CI-SIS) sur cette machine.",
        },
        "servers": [{"url": base}],
        "paths": described,
    }


def _operation(endpoint: Endpoint, method: str) -> dict[str, Any]:
    route = endpoint.route
    found: dict[str, Any] = {
        "operationId": f"{endpoint.adapter}{endpoint.number}{method.title()}",
        "summary": route.about,
        "tags": [endpoint.adapter],
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
