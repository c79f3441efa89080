"""Static files: addresses that change with the content, served precompressed and cached for good."""

import hashlib
from pathlib import Path, PurePosixPath
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

STATIC_DIR = Path(__file__).parent.parent / "static"
STATIC_URL = "/static/"
_COMPRESSED = (".br", ".gz")


class UnknownAssetError(LookupError):
    """A template asked for a static file that is not there; the message names it."""


def list_assets(folder: Path = STATIC_DIR) -> dict[str, str]:
    """Each file below `folder`, compressed twins left out, and its address (/static/app.1f2e3d4c.css)."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in _COMPRESSED)
    return {path.relative_to(folder).as_posix(): _hashed_url(path, folder) for path in files}


def _hashed_url(path: Path, folder: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    name = PurePosixPath(path.relative_to(folder).as_posix())
    return f"{STATIC_URL}{name.with_name(f'{name.stem}.{digest}{name.suffix}')}"


def init_app(app: Flask) -> None:
    """Give templates `asset_url(name)`; the digests are computed once, here."""
    urls = list_assets()

    def asset_url(name: str) -> str:
        """The address of a static file, by its path below pulse/static; raises UnknownAssetError."""
        try:
            return urls[name]
        except KeyError:
            raise UnknownAssetError(f"There is no static file called {name!r}: run `make assets`.") from None

    app.jinja_env.globals["asset_url"] = asset_url


def init_static(app: Flask, folder: Path = STATIC_DIR) -> None:
    """Serve `folder` at /static in front of the application.

    A file answers at its hashed address (cached for good) and at its plain one (cached for a minute, for
    anything that cannot know the digest). Only files that exist now are served: paths are never searched.
    """
    urls = list_assets(folder)
    forever = frozenset(urls.values())
    server = WhiteNoise(
        app.wsgi_app,
        allow_all_origins=False,
        add_headers_function=_add_headers,
        immutable_file_test=lambda _path, url: url in forever,
    )
    for name, url in urls.items():
        for address in (url, STATIC_URL + name):
            server.add_file_to_dictionary(address, str(folder / name))
    app.wsgi_app = server  # type: ignore[method-assign]  # Flask's documented way to add middleware


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    """Static answers bypass the application's own headers, so the two that matter to a file go here."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
