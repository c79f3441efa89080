"""The pages of answer scales, and of the documents that questions are traced to."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from pulse.banks import points, scales
from pulse.banks.forms import WhyForm
from pulse.banks.refusing import editor_of, is_meanwhile, refuse, refused_page
from pulse.banks.revising import ChangedMeanwhile, EditError, fingerprint
from pulse.banks.scale_forms import DocumentForm, NewScaleForm, PointForm, ScaleForm
from pulse.banks.store import get_library
from pulse.banks.studio_views import EDITORS
from pulse.languages.choosing import said_whole
from pulse.languages.saying import gettext as _
from pulse.web.access import allow_roles

blueprint = Blueprint("scales", __name__, url_prefix="/questions", template_folder="templates")
allow_roles(blueprint, *EDITORS)
said_whole(blueprint)


@blueprint.get("/answers")
def list_scales() -> ResponseReturnValue:
    """Every scale, and which questions are answered on it."""
    library = get_library()
    rows = [(scale, scales.questions_with(library, scale.id)) for scale in library.scales]
    return render_template("banks/scales.html", rows=rows, library=library)


@blueprint.route("/answers/new", methods=["GET", "POST"])
def add_scale() -> ResponseReturnValue:
    """A scale of one's own, from nothing or from a copy."""
    form, copied = NewScaleForm(), request.args.get("copy", "")
    if form.validate_on_submit():
        try:
            scales.add_scale(form.id.data or "", form.typed(), editor_of(form.why.data))
        except EditError as error:
            return _page("studio_scale", form, error, scale=None), 422
        flash(_("The scale is added."), "success")
        return redirect(url_for(".list_scales"), 303)
    if copied and not form.is_submitted():
        form.show(scales.shown(scales.get_scale(get_library(), copied))[0], "")
    return _page("studio_scale", form, scale=None), 422 if form.errors else 200


@blueprint.route("/answers/<scale_id>", methods=["GET", "POST"])
def edit_scale(scale_id: str) -> ResponseReturnValue:
    """Spelling; of a scale that no question uses, anything."""
    form, scale = ScaleForm(), scales.get_scale(get_library(), scale_id)
    if form.validate_on_submit():
        try:
            scales.save_scale(scale_id, form.typed(), form.seen.data or "", editor_of(form.why.data))
        except EditError as error:
            return _page("studio_scale", form, error, scale=scale), 409 if is_meanwhile(error) else 422
        flash(_("The scale is changed."), "success")
        return redirect(url_for(".list_scales"), 303)
    if not form.is_submitted():
        form.show(*scales.shown(scale))
    return _page("studio_scale", form, scale=scale), 422 if form.errors else 200


@blueprint.post("/answers/<scale_id>/delete")
def delete_scale(scale_id: str) -> ResponseReturnValue:
    """A scale without questions goes."""
    form = WhyForm()
    form.validate()
    try:
        scales.delete_scale(scale_id, editor_of(form.why.data))
    except EditError as error:
        flash(str(error), "error")
    else:
        flash(_("The scale is deleted."), "success")
    return redirect(url_for(".list_scales"), 303)


@blueprint.get("/sources")
def list_sources() -> ResponseReturnValue:
    """Every document with its points."""
    library = get_library()
    rows = [
        (one, [point for point in library.sources if point.document == one.id]) for one in library.documents
    ]
    return render_template("banks/sources.html", rows=rows, library=library)


@blueprint.route("/sources/documents/new", methods=["GET", "POST"])
def add_document() -> ResponseReturnValue:
    """A text that questions can be traced to."""
    form = DocumentForm()
    if form.validate_on_submit():
        try:
            points.add_document(form.document(), editor_of(form.why.data))
        except EditError as error:
            return _page("studio_source", form, error, heading=_("Add a document")), 422
        flash(_("The document is added. Add its points now."), "success")
        return redirect(url_for(".list_sources"), 303)
    return _page("studio_source", form, heading=_("Add a document")), 422 if form.errors else 200


@blueprint.route("/sources/points/new", methods=["GET", "POST"])
def add_point() -> ResponseReturnValue:
    """One point of a document."""
    form = PointForm()
    form.offer(get_library())
    if form.validate_on_submit():
        try:
            points.add_point(form.point(), editor_of(form.why.data))
        except EditError as error:
            return _page("studio_source", form, error, heading=_("Add a point")), 422
        flash(_("The point is added. Questions can name it as their source."), "success")
        return redirect(url_for(".list_sources"), 303)
    if not form.is_submitted():
        form.document.data = request.args.get("document", "")
    return _page("studio_source", form, heading=_("Add a point")), 422 if form.errors else 200


@blueprint.route("/sources/points/<point_id>", methods=["GET", "POST"])
def edit_point(point_id: str) -> ResponseReturnValue:
    """Another heading or paraphrase."""
    point, form = points.get_point(get_library(), point_id), PointForm()
    form.offer(get_library())
    form.id.data = point_id
    if form.validate_on_submit():
        try:
            points.save_point(form.point(), form.seen.data or "", editor_of(form.why.data))
        except EditError as error:
            status = 409 if is_meanwhile(error) else 422
            return _page(
                "studio_source", form, error, heading=_("Change %(id)s", id=point_id), fixed=True
            ), status
        flash(_("The point is changed."), "success")
        return redirect(url_for(".list_sources"), 303)
    if not form.is_submitted():
        form.process(obj=point)
        form.seen.data = fingerprint(point)
    return _page(
        "studio_source", form, heading=_("Change %(id)s", id=point_id), fixed=True
    ), 422 if form.errors else 200


def _page(name: str, form: FlaskForm, error: EditError | None = None, **values: object) -> str:
    refuse(form, error)
    theirs = error.theirs if isinstance(error, ChangedMeanwhile) else None
    return render_template(f"banks/{name}.html", form=form, library=get_library(), theirs=theirs, **values)


@blueprint.errorhandler(EditError)
def show_refused(error: EditError) -> ResponseReturnValue:
    """An old link."""
    return refused_page(error)
