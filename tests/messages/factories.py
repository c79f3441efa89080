"""Mails for tests."""

from pulse.messages.mail import Mail

SENDER = "Pulse <pulse@example.org>"


def make_mail(**defaults: str) -> Mail:
    """An invitation to one person."""
    values = {
        "to": "jo.bloggs@example.org",
        "subject": "Staff survey: your questions",
        "text": "Hello,\n\nPlease answer:\n\nhttp://localhost/a/abcdefgh\n",
        "kind": "invitation",
    }
    return Mail(**(values | defaults))
