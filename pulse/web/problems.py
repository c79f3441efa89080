"""Errors as programs read them: JSON by RFC 9457, one sentence that says what to do, below /api/ alone."""

import json

from flask import Response, request
from werkzeug.exceptions import HTTPException, default_exceptions
from werkzeug.http import HTTP_STATUS_CODES

#: whatever lies below is for programs, also an address that is not there
BELOW = "/api/"
CONTENT_TYPE = "application/problem+json"
SENTENCES = {
    400: "This request could not be read: compare it with the description at /api/v1/openapi.json.",
    401: "Send a key that works, as “Authorization: Bearer” and the key: make one under Your account, Keys.",
    404: "There is nothing here for this key: unknown, not released and not open to it look the same.",
    405: "This is only read: send a GET request.",
    429: "Too many wrong keys came from this network: wait 15 minutes, then send a key that works.",
    500: "Something went wrong here: try again, and tell whoever runs this service if it happens twice.",
    503: "The service is not available just now: wait a minute and try again.",
}


def is_for_program() -> bool:
    """Whether this request is told of its errors in JSON."""
    return request.path.startswith(BELOW)


def problem(status: int, error: HTTPException | None = None) -> Response:
    """The error as a response, with the headers that belong to it, such as Allow or Retry-After."""
    known = status if status in SENTENCES else 400 if status < 500 else 500
    body = {
        "type": "about:blank",
        "title": HTTP_STATUS_CODES.get(status, "Error"),
        "status": status,
        "detail": SENTENCES[known],
    }
    response = Response(json.dumps(body, ensure_ascii=False) + "\n", status, content_type=CONTENT_TYPE)
    for name, value in (error or default_exceptions[known]()).get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):
            response.headers.add(name, value)
    return response
