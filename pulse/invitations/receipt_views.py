"""Where GOV.UK Notify brings its delivery receipts. The same reply whatever the receipt is about."""

import hmac
import json
from datetime import UTC, datetime

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from pulse.accounts.signing_in import network_prefix
from pulse.config import Settings
from pulse.invitations.brake import Brake
from pulse.invitations.receipts import note_receipt
from pulse.web.access import allow_everyone
from pulse.web.security import csrf

blueprint = Blueprint("receipts", __name__)
allow_everyone(blueprint)
csrf.exempt(blueprint)  # no form and no cookie: what comes here shows a token that no browser holds
#: a receipt has ten short values
LARGEST = 16 * 1024


@blueprint.post("/notify/callback")
def take_receipt() -> ResponseReturnValue:
    """One receipt, with the bearer token that was given to Notify."""
    settings: Settings = current_app.config["PULSE"]
    if not settings.notify.callback_token:
        return "", 404
    if not _shows(settings.notify.callback_token):
        brake: Brake = current_app.extensions.setdefault("pulse.receipt_brake", Brake())
        network = network_prefix(request.remote_addr or "")
        if not brake.claim(network, datetime.now(UTC)):
            return "", 429
        return "", 401, {"WWW-Authenticate": "Bearer"}
    body = request.stream.read(LARGEST + 1)
    if len(body) > LARGEST:
        return "", 413
    receipt = _read(body)
    if receipt is None:
        return "", 400
    note_receipt(receipt)
    return "", 204


def _shows(token: str) -> bool:
    """Whether the request shows the token; takes as long whichever of its characters is wrong."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer"
    return hmac.compare_digest(given.strip().encode(), token.encode()) and is_bearer


def _read(body: bytes) -> dict[str, object] | None:
    """The receipt, or None if it is not one JSON object."""
    try:
        receipt = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return receipt if isinstance(receipt, dict) else None
