"""Every SQL statement about webhooks and what was posted to them."""

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError

from pulse.db import count_changed, db
from pulse.surveys.models import Wave
from pulse.surveys.running_models import Webhook, WebhookPost

CLAIMED, SENT, FAILED = "claimed", "sent", "failed"


def list_webhooks(programme_id: int) -> list[Webhook]:
    """Those of one programme, oldest first."""
    return list(
        db.session.scalars(select(Webhook).where(Webhook.programme_id == programme_id).order_by(Webhook.id))
    )


def list_all_webhooks() -> list[Webhook]:
    return list(db.session.scalars(select(Webhook).order_by(Webhook.programme_id, Webhook.id)))


def add_webhook(webhook: Webhook) -> Webhook:
    db.session.add(webhook)
    db.session.flush()
    return webhook


def delete_webhook(webhook: Webhook) -> None:
    """With what was posted there."""
    for post in _posts_of(webhook.id):
        db.session.delete(post)
    db.session.flush()
    db.session.delete(webhook)


def _posts_of(webhook_id: int) -> list[WebhookPost]:
    return list(db.session.scalars(select(WebhookPost).where(WebhookPost.webhook_id == webhook_id)))


def list_posts(programme_id: int) -> list[tuple[WebhookPost, Wave]]:
    """What was posted to the webhooks of a programme, with the wave that it was about, oldest wave first."""
    statement = (
        select(WebhookPost, Wave)
        .join(Webhook, Webhook.id == WebhookPost.webhook_id)
        .join(Wave, Wave.id == WebhookPost.wave_id)
        .where(Webhook.programme_id == programme_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement.order_by(Wave.number))]


def find_post_state(webhook_id: int, wave_id: int, occasion: str) -> str | None:
    """CLAIMED, SENT or FAILED; None if it has not been told of this."""
    statement = select(WebhookPost.state).where(*_which(webhook_id, wave_id, occasion))
    return db.session.scalar(statement)


def claim_post(webhook_id: int, wave_id: int, occasion: str) -> bool:
    """Take a post that was never tried, or that failed; False if another process has it, or it was sent."""
    again = update(WebhookPost).where(*_which(webhook_id, wave_id, occasion), WebhookPost.state == FAILED)
    if count_changed(again.values(state=CLAIMED)):
        return True
    try:
        with db.session.begin_nested():
            db.session.add(
                WebhookPost(webhook_id=webhook_id, wave_id=wave_id, occasion=occasion, state=CLAIMED)
            )
    except IntegrityError:
        return False
    return True


def set_post_state(webhook_id: int, wave_id: int, occasion: str, state: str) -> None:
    statement = update(WebhookPost).where(*_which(webhook_id, wave_id, occasion))
    count_changed(statement.values(state=state))


def _which(webhook_id: int, wave_id: int, occasion: str) -> tuple[ColumnElement[bool], ...]:
    return (
        WebhookPost.webhook_id == webhook_id,
        WebhookPost.wave_id == wave_id,
        WebhookPost.occasion == occasion,
    )
