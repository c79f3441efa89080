"""The page of the burden: what all surveys together take of a person's time, and what was agreed."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.surveys import burden, burden_words
from pulse.surveys.burden import AgreementError
from pulse.surveys.burden_forms import AgreementForm
from pulse.web.access import Role, allow_roles

READERS = (Role.ADMINISTRATOR, Role.OD_EDITOR, Role.HR_ANALYST, Role.UNION_OBSERVER)

blueprint = Blueprint("burden", __name__, url_prefix="/programmes/burden", template_folder="templates")
allow_roles(blueprint, *READERS, change=(Role.ADMINISTRATOR,))
said_whole(blueprint)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Every survey that runs, and the quarter in which somebody is asked for the most."""
    agreed = burden.get_agreement()
    return _page(AgreementForm(data={"warn": agreed.warn, "most": agreed.most}))


@blueprint.post("/")
def change() -> ResponseReturnValue:
    """Agree on other minutes; only an administrator does."""
    form = AgreementForm()
    if form.validate_on_submit():
        try:
            burden.agree(form.warn.data or 0, form.most.data or 0)
        except AgreementError as error:
            form[error.field].errors = [str(error)]
        else:
            flash(
                _("The agreed minutes are changed. They count from the next survey that is saved."), "success"
            )
            return redirect(url_for(".show"), 303)
    return _page(form), 422


def _page(form: AgreementForm) -> str:
    found = burden.burden_of_all(datetime.now(UTC))
    return render_template(
        "surveys/burden.html",
        form=form,
        found=found,
        rows=burden_words.rows(found),
        headings=[_(heading) for heading in burden_words.HEADINGS],
        worst=burden_words.describe_worst(found),
        gap=burden_words.describe_gap(found),
        may_agree=require_account().role is Role.ADMINISTRATOR,
    )
