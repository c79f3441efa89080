"""The pages for people who translate and review: what stands where, one text, and reviewing several."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulse.accounts.identity import require_account
from pulse.banks import translating
from pulse.banks import translation_pages as pages
from pulse.banks.refusing import refused_page
from pulse.banks.revising import EditError
from pulse.banks.store import get_library
from pulse.banks.studio_views import EDITORS
from pulse.banks.translating import Group
from pulse.banks.translation_forms import TranslationForm, version_seen
from pulse.languages import standing
from pulse.languages.catalogue import count_forms
from pulse.languages.checking import TranslationRefused
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.languages.saying import ngettext
from pulse.languages.standing import ChangedMeanwhile, Standing
from pulse.languages.texts import ENGLISH, LANGUAGES, Text
from pulse.web.access import allow_roles

blueprint = Blueprint("translations", __name__, url_prefix="/translations", template_folder="templates")
allow_roles(blueprint, *EDITORS)
said_whole(blueprint)
_FIRST = next(code for code in LANGUAGES if code != ENGLISH)


@blueprint.get("/")
def first() -> ResponseReturnValue:
    """The first language besides English; there is only one so far."""
    return redirect(url_for(".show_language", language=_FIRST))


@blueprint.get("/<language>")
def show_language(language: str) -> ResponseReturnValue:
    """Everything there is to translate, and how far it is."""
    groups = translating.list_groups(pages.check_language(language), get_library())
    surveys = [group for group in groups if group.kind == "survey"]
    return _page(
        "translations",
        language,
        groups=[group for group in groups if group.kind != "survey"],
        surveys=surveys,
        counts=translating.count_groups(language, groups),
        left={group.id: translating.count_left(language, group) for group in surveys},
    )


@blueprint.get("/<language>/<group_id>")
def show_group(language: str, group_id: str) -> ResponseReturnValue:
    """A group as a table of English and translation, to be filtered and searched."""
    group = pages.get_group(language, group_id)
    found = _look(language, group)
    return _page("translations_group", language, group=group, found=found, states=pages.STATES, **_asked())


@blueprint.route("/<language>/<group_id>/review", methods=["GET", "POST"])
def review_page(language: str, group_id: str) -> ResponseReturnValue:
    """What is on one page of a group, listed once more, then reviewed as a whole."""
    group = pages.get_group(language, group_id)
    if request.method == "POST":
        _review_all(language, group)
        return redirect(url_for(".show_group", language=language, group_id=group_id), 303)
    mine = require_account().id
    rows = [(row, standing.why_not_review(row.standing, mine)) for row in _look(language, group).rows]
    return _page("translations_review", language, group=group, rows=rows, **_asked())


@blueprint.route("/<language>/<group_id>/<text_id>", methods=["GET", "POST"])
def edit_text(language: str, group_id: str, text_id: str) -> ResponseReturnValue:
    """One text: its English, its translation, who did what, and what may be done now."""
    group = pages.get_group(language, group_id)
    text, form = pages.get_text(group, text_id), TranslationForm()
    if not form.validate_on_submit():
        return _text_page(language, group, text, form), 422 if form.errors else 200
    typed, mine = (form.words.data or "", form.note.data or ""), require_account().id
    try:
        with translating.answers_kept_apart(language, group.texts):
            standing.draft(language, text, *typed, mine, datetime.now(UTC), seen=version_seen(form))
    except ChangedMeanwhile as error:
        return _text_page(language, group, text, form, theirs=error), 409
    except TranslationRefused as error:
        form.words.errors = [str(error)]
        return _text_page(language, group, text, form), 422
    flash(_("It is saved. Somebody else can review it now."), "success")
    return redirect(url_for(".show_group", language=language, group_id=group_id, _anchor=text_id), 303)


@blueprint.post("/<language>/<group_id>/<text_id>/review")
def review_text(language: str, group_id: str, text_id: str) -> ResponseReturnValue:
    """This person has read the words, and they are right."""
    text = pages.get_text(pages.get_group(language, group_id), text_id)
    seen, mine = version_seen(TranslationForm()), require_account().id
    try:
        after = standing.review(language, text, mine, datetime.now(UTC), seen=seen)
    except TranslationRefused as error:
        flash(str(error), "error")
        return redirect(url_for(".edit_text", language=language, group_id=group_id, text_id=text_id), 303)
    half = _("You have reviewed it. The question is reversed, so a second person reviews it too.")
    flash(_("It is reviewed.") if after.reviewed else half, "success")
    return redirect(url_for(".show_group", language=language, group_id=group_id, _anchor=text_id), 303)


def _review_all(language: str, group: Group) -> None:
    """Each text that was listed, by the rules; what changed meanwhile stays as it is, and is told of."""
    listed = {name: value for name, value in request.form.items() if value.isascii() and value.isdigit()}
    mine, now, done, refused = require_account().id, datetime.now(UTC), 0, ""
    for text in group.texts:
        seen = listed.get(translating.text_id(text), "")
        if not seen or len(seen) > 9:
            continue
        try:
            standing.review(language, text, mine, now, seen=int(seen))
            done += 1
        except TranslationRefused as error:
            refused = f"{text.source[:80]}: {error}"
    said = ngettext("You have reviewed %(num)s text.", "You have reviewed %(num)s texts.", done)
    flash(said, "success" if done else "error")
    if refused:
        flash(_("Some stay as they were, such as “%(text)s”", text=refused), "error")


def _text_page(
    language: str,
    group: Group,
    text: Text,
    form: TranslationForm,
    *,
    theirs: ChangedMeanwhile | None = None,
) -> str:
    found: Standing = theirs.theirs if theirs else standing.find_one(language, text)
    if request.method == "GET":
        form.seen.data, form.words.data, form.note.data = str(found.number), found.words, found.note
    return _page(
        "translations_text",
        language,
        group=group,
        form=form,
        standing=found,
        text_id=translating.text_id(text),
        theirs=theirs,
        refused=standing.why_not_review(found, require_account().id),
        history=pages.list_history(language, text),
        former=[] if found.number else translating.list_former(language, group, text),
        places=pages.places_of(language, text),
        forms=count_forms(language) if pages.is_plural(text) else 0,
    )


def _asked() -> dict[str, str]:
    """State and words that are looked for, as the address gives them."""
    return {"state": request.args.get("state", ""), "q": request.args.get("q", "").strip()[:100]}


def _look(language: str, group: Group) -> pages.Found:
    asked, page = _asked(), request.args.get("page", 1, type=int)
    return pages.look(language, group, asked["state"], asked["q"], page, require_account().id)


@blueprint.errorhandler(EditError)
def show_refused(error: EditError) -> ResponseReturnValue:
    """A text that went while it was translated."""
    return refused_page(error)


def _page(name: str, language: str, **values: object) -> str:
    called = {"language": language, "language_name": _(pages.NAMES[language]), "heading_of": pages.heading}
    return render_template(f"banks/{name}.html", **called, **values)
