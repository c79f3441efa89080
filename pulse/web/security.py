"""What every response carries and what every request must pass: headers, form tokens, hosts, sizes."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from pulse.config import Settings
from pulse.web import logs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
_UNUSED_FEATURES = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # a respondent's link must not travel to the next site in a Referer header
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED_FEATURES),
}
#: a year; subdomains are left to whoever runs them
TRANSPORT_SECURITY = "max-age=31536000"

#: what a program may keep, in a store of its own, if it asks each time whether it still holds
PRIVATE = "private, no-cache"

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Call after static files are set up, so that they carry the headers too, and before the role check."""
    settings: Settings = app.config["PULSE"]
    logs.init_app(app)
    # Referrer-Policy no-referrer leaves no Referer to compare; Sec-Fetch-Site below does that work
    app.config["WTF_CSRF_SSL_STRICT"] = False
    if not settings.demo:
        app.config["TRUSTED_HOSTS"] = [urlsplit(settings.base_url).hostname]
    app.url_map.converters["int"] = RowNumberConverter
    app.before_request(_forget_earlier_request)
    app.before_request(_expect_the_whole_body)  # before anything looks at the form
    app.before_request(_bound_forms)  # what follows reads the form
    app.before_request(_refuse_nul)
    app.before_request(_refuse_other_sites)
    csrf.init_app(app)
    app.after_request(_keep_out_of_caches)
    app.wsgi_app = HeadersMiddleware(app.wsgi_app, _headers(settings))  # type: ignore[method-assign]
    if settings.proxies > 0:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


class RowNumberConverter(IntegerConverter):
    """A number in an address is a row's; one that no database column can hold leads nowhere (404)."""

    def __init__(self, url_map: Map, *args: Any, **options: Any) -> None:
        super().__init__(url_map, *args, **({"max": 2**31 - 1} | options))


def _expect_the_whole_body() -> None:
    """A body whose sender hung up half-way is answered with 400.

    gunicorn says that its bodies end by themselves. Werkzeug then takes what has arrived for all of it, and
    half of somebody's answers would be stored as all of them, with the link used up.
    """
    if request.content_length is not None:
        request.environ.pop("wsgi.input_terminated", None)


def _bound_forms() -> None:
    """Only an upload may be large: Werkzeug's limit on what is typed holds for parts of uploads alone."""
    if request.mimetype == "application/x-www-form-urlencoded":
        limits = (current_app.config["MAX_CONTENT_LENGTH"], current_app.config["MAX_FORM_MEMORY_SIZE"])
        request.max_content_length = min(limits)


def _refuse_nul() -> None:
    """No text that people type has a NUL in it, and PostgreSQL stores none."""
    if "\0" in request.path or any(
        "\0" in value for values in request.values.listvalues() for value in values
    ):
        abort(400)


class HeadersMiddleware:
    """Adds the headers to whatever leaves, also to static files and to errors that no view sees."""

    def __init__(self, app: "WSGIApplication", headers: dict[str, str]) -> None:
        self._app = app
        self._headers = headers

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            ours = {name.lower() for name in self._headers}
            kept = [(name, value) for name, value in headers if name.lower() not in ours]
            return start_response(status, kept + list(self._headers.items()), exc_info)

        return self._app(environ, start)


def _headers(settings: Settings) -> dict[str, str]:
    """Strict-Transport-Security only where the site is served over https."""
    secure = {"Strict-Transport-Security": TRANSPORT_SECURITY} if settings.secure_cookies else {}
    return HEADERS | secure


def _forget_earlier_request() -> None:
    """Where a test or command holds an application context open, `g` outlives the request, and with it the
    verdict that some other form's token was valid."""
    g.pop("csrf_valid", None)
    g.pop(current_app.config["WTF_CSRF_FIELD_NAME"], None)


def _refuse_other_sites() -> None:
    """A form sent from another site, or from a neighbour below the same domain; old browsers do not say."""
    if request.method not in current_app.config["WTF_CSRF_METHODS"] or not request.endpoint:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(400)


def _keep_out_of_caches(response: Response) -> Response:
    """Pages hold form tokens and results: no browser or proxy may keep them. Static files are not secret, and
    views for programs say themselves that an answer may be kept (PRIVATE)."""
    if request.endpoint != "static" and response.headers.get("Cache-Control") != PRIVATE:
        response.headers["Cache-Control"] = "no-store"
    return response
