"""Who may enter what, written a second time and by hand, to be compared with what the blueprints state.

A new view fails the tests until it has a line here: somebody has to decide who may call it.
"""

from pulse.web.access import Role

EVERYONE_SIGNED_IN = frozenset(Role)
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
#: they shape surveys; an administrator too, who is told when a wave is held and has to have it counted again
SURVEY_EDITORS = ADMINISTRATORS | {Role.OD_EDITOR}
#: questions, threshold and key mode are open to those who must be able to trust them; leaders read results
SURVEY_READERS = SURVEY_EDITORS | {Role.HR_ANALYST, Role.UNION_OBSERVER}
#: leaders and the union read what was promised, and write none of it
ACTION_EDITORS = SURVEY_EDITORS | {Role.HR_ANALYST}
#: they alone read what waits or is withheld; an administrator, who runs the system, does not
COMMENT_READERS = frozenset({Role.OD_EDITOR, Role.HR_ANALYST})
#: also people without an account
PUBLIC = EVERYONE_SIGNED_IN | {None}

TABLE: dict[str, frozenset[Role | None]] = {
    "account_keys.list_own": EVERYONE_SIGNED_IN,
    "account_keys.revoke_own": EVERYONE_SIGNED_IN,
    "account_keys.list_all": ADMINISTRATORS,
    "account_keys.revoke_any": ADMINISTRATORS,
    "accounts.front_door": EVERYONE_SIGNED_IN,
    "accounts.sign_in": PUBLIC,
    "accounts.sign_out": EVERYONE_SIGNED_IN,
    "accounts.own_account": EVERYONE_SIGNED_IN,
    "accounts.list_accounts": ADMINISTRATORS,
    "accounts.add_account": ADMINISTRATORS,
    "accounts.edit_account": ADMINISTRATORS,
    "accounts.reset_password": ADMINISTRATORS,
    "actions.list_actions": EVERYONE_SIGNED_IN,
    "actions.add_action": ACTION_EDITORS,
    "actions.edit_action": ACTION_EDITORS,
    # whoever has the address of a channel can post there
    "announcements.edit_channels": SURVEY_EDITORS,
    "announcements.remove_channel": SURVEY_EDITORS,
    "api.guide": PUBLIC,
    "api.openapi": PUBLIC,
    # no cookie opens these: each asks for a key, and a key has the role of its account (tests/api)
    "api.waves": PUBLIC,
    "api.groups": PUBLIC,
    "api.figures": PUBLIC,
    "api.tallies": PUBLIC,
    "api.attributes": PUBLIC,
    "api.trends": PUBLIC,
    "api.feelings_map": PUBLIC,
    "api.actions": PUBLIC,
    "calendar.feed": PUBLIC,  # its key is in its address
    "calendar.download": SURVEY_READERS,
    "banks.list_banks": EVERYONE_SIGNED_IN,
    "banks.show_bank": EVERYONE_SIGNED_IN,
    "banks.preview_bank": EVERYONE_SIGNED_IN,
    "question_files.download": EVERYONE_SIGNED_IN,
    "question_files.upload": SURVEY_EDITORS,
    "question_files.bring_in": SURVEY_EDITORS,
    # how they became what they are
    "question_history.show": EVERYONE_SIGNED_IN,
    "question_history.compare": EVERYONE_SIGNED_IN,
    "question_history.restore": SURVEY_EDITORS,
    "studio.add_bank": SURVEY_EDITORS,
    "studio.copy_bank": SURVEY_EDITORS,
    "studio.add_item": SURVEY_EDITORS,
    "studio.edit_item": SURVEY_EDITORS,
    "studio.move_item": SURVEY_EDITORS,
    "studio.retire_item": SURVEY_EDITORS,
    "studio.words": SURVEY_EDITORS,
    "studio.check_wording": SURVEY_EDITORS,
    # redacted comments, before anybody else reads them
    "comments.list_questions": COMMENT_READERS,
    "comments.read": COMMENT_READERS,
    "comments.decide": COMMENT_READERS,
    # everyone reads the whole organisation's results; which parts a role may open is the scope's affair
    "dashboards.latest": EVERYONE_SIGNED_IN,
    "dashboards.show": EVERYONE_SIGNED_IN,
    "dashboards.answers": EVERYONE_SIGNED_IN,
    "dashboards.technical": EVERYONE_SIGNED_IN,
    "dashboards.attributes": EVERYONE_SIGNED_IN,
    "dashboards.comments": EVERYONE_SIGNED_IN,
    "downloads.index": EVERYONE_SIGNED_IN,
    "downloads.table": EVERYONE_SIGNED_IN,
    "dashboards.teams": EVERYONE_SIGNED_IN,
    "directory.show_roster": ADMINISTRATORS,
    "directory.upload_roster": ADMINISTRATORS,
    "directory.preview_upload": ADMINISTRATORS,
    "directory.apply_upload": ADMINISTRATORS,
    "directory.cancel_upload": ADMINISTRATORS,
    "directory.download_template": ADMINISTRATORS,
    "invitations.start": PUBLIC,
    "invitations.begin": PUBLIC,
    "invitations.code": PUBLIC,
    "invitations.exchange_code": PUBLIC,
    "invitations.start_by_code": PUBLIC,
    # a device that many answer on; it asks for a code like the page for codes
    "kiosk.start": PUBLIC,
    "kiosk.start_survey": PUBLIC,
    "kiosk.leave": PUBLIC,
    "method.show": PUBLIC,
    "mailbox.mails": PUBLIC,  # in the demo only; elsewhere its addresses are unknown
    "mailbox.mail": PUBLIC,
    "receipts.take_receipt": PUBLIC,  # no cookie opens it: it asks for the token that Notify was given
    "responses.form": PUBLIC,
    "responses.send": PUBLIC,
    "responses.thanks": PUBLIC,
    "service.healthz": PUBLIC,
    "service.readyz": PUBLIC,
    "service.robots": PUBLIC,
    "service.security_txt": PUBLIC,
    "service.privacy": PUBLIC,
    "service.how_anonymity_works": PUBLIC,
    "service.cookies": PUBLIC,
    "service.accessibility": PUBLIC,
    "forecasts.show_forecast": SURVEY_READERS,
    "posters.download": SURVEY_READERS,
    # on paper what the results page shows; a group that a role may not open is not found
    "participation.show": SURVEY_READERS | {Role.LEADER},
    "packs.board": EVERYONE_SIGNED_IN,
    "packs.publication": EVERYONE_SIGNED_IN,
    # the link is for everybody who was asked: whole organisation, released, headline results only
    "staff_results.show": PUBLIC,
    "surveys.list_programmes": SURVEY_READERS,
    "surveys.show_programme": SURVEY_READERS,
    "surveys.show_wave": SURVEY_READERS,
    "surveys.preview_wave": SURVEY_READERS,
    "wizard.add_programme": SURVEY_EDITORS,
    "wizard.edit_programme": SURVEY_EDITORS,
    "wizard.edit_step": SURVEY_EDITORS,
    "wizard.show_step": SURVEY_EDITORS,
    "wizard.check": SURVEY_EDITORS,
    "wizard.remove_draft": SURVEY_EDITORS,
    "wizard.preview": SURVEY_EDITORS,
    "burden.show": SURVEY_READERS,
    "burden.change": ADMINISTRATORS,
    "surveys.pause_programme": SURVEY_EDITORS,
    "surveys.resume_programme": SURVEY_EDITORS,
    "surveys.open_wave": SURVEY_EDITORS,
    "surveys.let_open_unanswered": SURVEY_EDITORS,
    "surveys.close_wave": SURVEY_EDITORS,
    "surveys.cancel_wave": SURVEY_EDITORS,
    "surveys.count_again": SURVEY_EDITORS,
    "keys.show_key": SURVEY_READERS,
    "keys.make_key": SURVEY_EDITORS,
    "keys.try_key": SURVEY_EDITORS,
    "keys.discard_key": SURVEY_EDITORS,
    "keys.hand_key": SURVEY_EDITORS,
    "keys.give_up": SURVEY_EDITORS,
}
