"""Find the programs that tests need besides Python packages, and install them where that is possible.

`python -m tools.programs chromium postgresql` finds both, installs Debian's packages when it is root and one
is missing, and otherwise says in one line what to install. Standard library only.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_DEBIAN_SERVERS = Path("/usr/lib/postgresql")


def find_chromium() -> Path | None:
    """The browser's executable: $CHROMIUM, else the first known name on PATH."""
    given = os.environ.get("CHROMIUM")
    candidates = [given] if given else list(_CHROMIUM_NAMES)
    found = (shutil.which(name) for name in candidates)
    return next((Path(path) for path in found if path), None)


def find_postgresql() -> Path | None:
    """The folder of initdb and postgres: $PG_BIN, else PATH, else the newest of Debian's versions."""
    given = os.environ.get("PG_BIN")
    if given:
        return Path(given) if _has_server(Path(given)) else None
    on_path = shutil.which("postgres")
    if on_path and _has_server(Path(on_path).parent):
        return Path(on_path).parent
    folders = sorted(_DEBIAN_SERVERS.glob("*/bin"), key=_version, reverse=True)
    return next((folder for folder in folders if _has_server(folder)), None)


def _has_server(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


#: program -> how it is found, and the Debian packages that bring it (a browser draws no text without a font)
PROGRAMS: dict[str, tuple[Callable[[], Path | None], tuple[str, ...]]] = {
    "chromium": (find_chromium, ("chromium", "fonts-liberation")),
    "postgresql": (find_postgresql, ("postgresql",)),
}


def missing(names: Sequence[str]) -> list[str]:
    """Those of the named programs that are not on this machine."""
    return [name for name in names if PROGRAMS[name][0]() is None]


def install(names: Sequence[str]) -> None:
    """Debian's packages for these programs; root only. Raises CalledProcessError when apt-get fails."""
    packages = [package for name in names for package in PROGRAMS[name][1]]
    print(f"Installing Debian packages for the tests: {' '.join(packages)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (("update",), ("install", "--yes", "--no-install-recommends", *packages)):
        done = subprocess.run(
            ["apt-get", "-qq", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            done.check_returncode()


def main(names: Sequence[str]) -> int:
    """0 when every named program is there in the end."""
    lacking = missing(names)
    if lacking and os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            install(lacking)
        except subprocess.CalledProcessError as error:
            print(f"apt-get could not install them (exit {error.returncode}).", file=sys.stderr)
        lacking = missing(names)
    if lacking:
        packages = " ".join(PROGRAMS[name][1][0] for name in lacking)
        print(
            f"The tests need {' and '.join(lacking)}: install them "
            f"(Debian: sudo apt-get install {packages}), or set CHROMIUM to the browser and PG_BIN to the "
            "folder of initdb and postgres.",
            file=sys.stderr,
        )
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
