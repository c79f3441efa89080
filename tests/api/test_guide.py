"""The guide speaks to people in their language; what programs get is the same in every language."""

import pytest

from tests.api.scene import Scene


def test_the_guide_is_in_welsh_too(scene: Scene) -> None:
    told = scene.app.test_client().get("/api?lang=cy").text

    assert '<html lang="cy"' in told
    assert "Mewn pedwar cam" in told
    assert "In four steps" in scene.app.test_client().get("/api").text


@pytest.mark.parametrize("path", ["waves", "wave/{id}/groups", "wave/{id}/groups/0/figures", "actions"])
def test_what_programs_get_is_the_same_in_every_language(scene: Scene, path: str) -> None:
    address = f"/api/v1/{path.format(id=scene.newest.wave.id)}"
    key = {"Authorization": f"Bearer {scene.keys['administrator']}"}
    plain, welsh = (
        scene.app.test_client().get(f"{address}{query}", headers=key).json for query in ("", "?lang=cy")
    )

    assert plain
    assert plain == welsh
