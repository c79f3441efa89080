"""The API as an OpenAPI 3.1 document, made of the models in `api.schemas` and the list of endpoints here."""

from functools import cache
from typing import Any, NamedTuple

from pydantic.json_schema import models_json_schema

from pulse.api import schemas
from pulse.domain.words import N_
from pulse.web.problems import CONTENT_TYPE, SENTENCES

VERSION = "1.0.0"
_GROUP = "/api/v1/wave/{wave_id}/groups/{number}"


class Endpoint(NamedTuple):
    """One address; what is between braces is a number."""

    path: str
    name: str
    tells: str
    gives: type[schemas.Model]
    query: tuple[tuple[str, str], ...] = ()


ENDPOINTS = (
    Endpoint("/api/v1/waves", "waves", N_("Every wave whose results you may read."), schemas.Waves),
    Endpoint(
        "/api/v1/wave/{wave_id}/groups",
        "groups",
        N_("Every group of a wave that you may read, and the teams without a result of their own."),
        schemas.Groups,
    ),
    Endpoint(f"{_GROUP}/figures", "figures", N_("Every figure of a group."), schemas.Figures),
    Endpoint(f"{_GROUP}/tallies", "tallies", N_("How many chose each option."), schemas.Tallies),
    Endpoint(f"{_GROUP}/attributes", "attributes", N_("By grade, service and the like."), schemas.Attributes),
    Endpoint(
        f"{_GROUP}/trends",
        "trends",
        N_("One measure over the waves."),
        schemas.Trend,
        (("measure", "Such as PTA (also if left out), AMB or TAA, or the code of a question."),),
    ),
    Endpoint(
        f"{_GROUP}/feelings-map", "feelings_map", N_("Hope and worry of people at once."), schemas.FeelingsMap
    ),
    Endpoint("/api/v1/actions", "actions", N_("You said, we did."), schemas.Actions),
)
_PARAMETERS = {
    "wave_id": "The id of the wave, as /waves gives it; not its number, which is its place in its survey.",
    "number": "The number of the group in this wave; 0 is the whole organisation.",
}
_LARGEST = 2**31 - 1


def document(base_url: str) -> dict[str, Any]:
    """The whole document as plain JSON types."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pulse results",
            "version": VERSION,
            "description": "Read-only. A key has the role and the unit of its account as they are when it is "
            "used, and reads what the pages show to that account. Released results never change.",
        },
        "servers": [{"url": base_url}],
        "security": [{"key": []}],
        "paths": {one.path: {"get": _operation(one)} for one in ENDPOINTS},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
            "responses": {str(status): _problem(status) for status in SENTENCES},
        },
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{one.gives.__name__}"}
    missing = {404} if "{" in one.path else set()
    return {
        "operationId": one.name,
        "summary": one.tells,
        "parameters": _parameters(one),
        "responses": {
            "200": {
                "description": one.gives.__doc__,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": schema}},
            },
            "304": {"description": "Not changed since the ETag that was sent as If-None-Match."},
        }
        | {str(status): {"$ref": f"#/components/responses/{status}"} for status in _errors() | missing},
    }


def _parameters(one: Endpoint) -> list[dict[str, Any]]:
    number = {"type": "integer", "minimum": 0, "maximum": _LARGEST}
    in_path = [
        {"name": name, "in": "path", "required": True, "description": words, "schema": number}
        for name, words in _PARAMETERS.items()
        if f"{{{name}}}" in one.path
    ]
    return in_path + [
        {"name": name, "in": "query", "description": words, "schema": {"type": "string"}}
        for name, words in one.query
    ]


def _errors() -> set[int]:
    """What any address may answer."""
    return set(SENTENCES) - {404}


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    found: dict[str, Any] = {
        "description": SENTENCES[status],
        "content": {CONTENT_TYPE: {"schema": schema}},
    }
    header = {401: "WWW-Authenticate", 405: "Allow", 429: "Retry-After"}.get(status)
    return found | ({"headers": {header: {"schema": {"type": "string"}}}} if header else {})


@cache
def _schemas() -> dict[str, Any]:
    models: list[type[schemas.Model]] = [*(one.gives for one in ENDPOINTS), schemas.Problem]
    _, found = models_json_schema(
        [(model, "serialization") for model in models], ref_template="#/components/schemas/{model}"
    )
    definitions: dict[str, Any] = found["$defs"]
    return definitions
