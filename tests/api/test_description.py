"""The published description: valid, complete, and kept by every real response."""

import re
from functools import cache
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import ValidationError

from pulse.api import schemas
from pulse.api.description import ENDPOINTS, document
from pulse.api.views import blueprint
from tests.api.scene import Scene

_VERSION = "/api/v1"
_DESCRIPTION = f"{_VERSION}/openapi.json"


@cache
def described() -> dict[str, Any]:
    return document("http://localhost")


def faults(name: str, body: Any) -> list[str]:
    """What is wrong with a body of the schema with this name."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": described()["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(body)]


def rules(app: Flask) -> set[str]:
    """Addresses of the API as a description writes them."""
    found = (rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{blueprint.name}."))
    return {
        re.sub(r"<int:(\w+)>", r"{\1}", rule.rule) for rule in found if rule.rule.startswith(f"{_VERSION}/")
    }


def test_the_description_is_valid_openapi_3_1() -> None:
    assert list(OpenAPIV31SpecValidator(described()).iter_errors()) == []
    assert described()["openapi"] == "3.1.0"


def test_it_is_served_to_everybody_as_it_is_made(scene: Scene) -> None:
    found = scene.app.test_client().get(_DESCRIPTION)
    assert (found.status_code, found.get_json()) == (200, described())


def test_every_address_is_described_and_every_description_has_an_address(scene: Scene) -> None:
    assert rules(scene.app) - {_DESCRIPTION} == set(described()["paths"])


def test_every_operation_says_what_it_is_and_which_errors_to_expect() -> None:
    for path, operations in described()["paths"].items():
        assert set(operations) == {"get"}
        assert operations["get"]["summary"].endswith(".")
        assert {"200", "304", "401", "429"} <= set(operations["get"]["responses"])
        assert ("404" in operations["get"]["responses"]) == ("{" in path)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_every_response_keeps_to_its_schema(scene: Scene, endpoint: Any) -> None:
    for who in ("od_editor", "leader of A1"):
        for number in range(len(scene.newest.groups)):
            for wave in scene.waves:
                path = endpoint.path.format(wave_id=wave.wave.id, number=number)
                found = scene.ask(who, path)
                name = endpoint.gives.__name__ if found.status_code == 200 else "Problem"
                assert faults(name, found.get_json(force=True)) == [], (who, path)
            if "{number}" not in endpoint.path:
                break


def test_a_body_with_anything_more_or_less_would_be_found(scene: Scene) -> None:
    body = scene.read("od_editor", "/api/v1/waves")
    assert faults("Waves", body | {"more": 1})
    assert faults("Waves", {"waves": [{"id": 1}]})
    assert faults("Waves", {"waves": [body["waves"][0] | {"k": "five"}]})
    with pytest.raises(ValidationError):
        schemas.Actions(as_of="never", actions=[])  # type: ignore[arg-type]


def test_the_page_for_people_names_every_address(scene: Scene) -> None:
    page = scene.app.test_client().get("/api")
    assert page.status_code == 200
    for endpoint in ENDPOINTS:
        assert f"<code>{endpoint.path}</code>" in page.text
    assert page.text.count("curl -H") == 4
