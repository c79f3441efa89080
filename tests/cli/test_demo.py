"""`pulse demo`: build, serve, links, remove, without any environment."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pulse.app import main
from pulse.demo.folder import holding
from tests.demo.corner import PORT, SMALL, Corner
from tests.demo.test_serving import taken_port

__all__ = ["taken_port"]
ROLES = ["administrator", "od_editor", "hr_analyst", "leader", "union_observer"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PULSE_HOME, and none of the settings that a real installation needs."""
    for name in ("SECRET_KEY", "DATABASE_URL", "PULSE_DEMO", "PORT", "MAIL_URL", "PULSE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PULSE_HOME", str(tmp_path))
    return tmp_path


def demo(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["demo", *arguments])


def test_links_for_a_script_name_the_doors_of_every_role(corner: Corner, home: Path) -> None:
    shutil.copytree(corner.settings.home, home / "demo")
    result = demo("links", "--json")
    links = json.loads(result.stdout)
    base = f"http://127.0.0.1:{PORT}"
    assert result.exit_code == 0
    assert (links["base_url"], links["mailbox"]) == (base, f"{base}/mailbox")
    assert [one["who"] for one in links["answer"]] == ["staff", "leader", "told but no time"]
    assert len({one["url"] for one in links["answer"] if one["url"].startswith(f"{base}/a/")}) == 3
    assert [one["role"] for one in links["sign_in"]] == ROLES
    assert {one["password"] for one in links["sign_in"]} == {corner.notes.password}


def test_the_password_of_the_links_signs_every_role_in(
    corner: Corner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(corner.app.config, "WTF_CSRF_ENABLED", False)
    for email in corner.notes.accounts.values():
        client = corner.app.test_client()
        answer = client.post("/sign-in", data={"email": email, "password": corner.notes.password})
        assert answer.status_code == 303 or answer.status_code == 302
        assert client.get("/account").status_code == 200


def test_the_links_for_people_say_the_same(corner: Corner, home: Path) -> None:
    shutil.copytree(corner.settings.home, home / "demo")
    told = demo("links").stdout
    for link in json.loads(demo("links", "--json").stdout)["answer"]:
        assert link["url"] in told
    assert corner.notes.password in told
    assert "Union observer" in told


def test_building_makes_a_whole_demo_of_half_a_one_and_tells_how_far_it_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulse.cli.demo.Size", lambda: SMALL)
    (home / "pulse.db").write_text("a real database")
    with holding(home / "demo"):
        (home / "demo" / "pulse.db").write_text("what was left when the lights went out")
    result = demo("build")
    assert result.exit_code == 0, result.output
    assert "people answer" in result.stderr
    assert "done in" in result.stderr
    assert demo("links").exit_code == 0
    assert (home / "pulse.db").read_text() == "a real database"


def test_removing_takes_only_the_demo(corner: Corner, home: Path) -> None:
    shutil.copytree(corner.settings.home, home / "demo")
    (home / "pulse.db").write_text("a real database")
    assert demo("remove").output == "The demo was removed.\n"
    assert [path.name for path in home.iterdir()] == ["pulse.db"]
    assert demo("remove").output == "There is no demo here.\n"


@pytest.mark.parametrize("command", ["serve", "links"])
def test_without_a_demo_a_command_says_how_to_make_one(home: Path, command: str) -> None:
    result = demo(command)
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: There is no demo here yet: run pulse demo first.\n",
    )


def test_a_taken_port_is_told_before_anything_is_built(
    home: Path, monkeypatch: pytest.MonkeyPatch, taken_port: int
) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    result = demo()
    assert result.exit_code == 1
    assert f"Port {taken_port} is in use" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (home / "demo" / "pulse.db").exists()


def test_the_command_line_loads_no_analysis_packages() -> None:
    """The web process imports it with the application."""
    program = (
        "import sys, pulse.cli.demo; print([m for m in ('pandas', 'scipy', 'plotly') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
