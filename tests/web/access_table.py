"""Who may enter what, written a second time and by hand, to be compared with what the blueprints state.

A new view fails the tests until it has a line here: somebody has to decide who may call it.
"""

from pulse.web.access import Role

EVERYONE_SIGNED_IN = frozenset(Role)
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
#: also people without an account
PUBLIC = EVERYONE_SIGNED_IN | {None}

TABLE: dict[str, frozenset[Role | None]] = {
    "accounts.sign_in": PUBLIC,
    "accounts.sign_out": EVERYONE_SIGNED_IN,
    "accounts.own_account": EVERYONE_SIGNED_IN,
    "accounts.list_accounts": ADMINISTRATORS,
    "accounts.add_account": ADMINISTRATORS,
    "accounts.edit_account": ADMINISTRATORS,
    "accounts.reset_password": ADMINISTRATORS,
    "service.healthz": PUBLIC,
    "service.readyz": PUBLIC,
    "service.robots": PUBLIC,
    "service.security_txt": PUBLIC,
    "service.privacy": PUBLIC,
    "service.cookies": PUBLIC,
    "service.accessibility": PUBLIC,
    "directory.show_roster": ADMINISTRATORS,
    "directory.upload_roster": ADMINISTRATORS,
    "directory.preview_upload": ADMINISTRATORS,
    "directory.apply_upload": ADMINISTRATORS,
    "directory.cancel_upload": ADMINISTRATORS,
    "directory.download_template": ADMINISTRATORS,
    "mailbox.mails": PUBLIC,  # in the demo only; elsewhere its addresses are unknown
    "mailbox.mail": PUBLIC,
    "invitations.start": PUBLIC,
    "invitations.begin": PUBLIC,
    "responses.form": PUBLIC,
    "responses.send": PUBLIC,
    "responses.thanks": PUBLIC,
}
