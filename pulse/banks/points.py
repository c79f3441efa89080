"""Documents that questions are traced to, and the points of each in our own words."""

from dataclasses import replace

from pulse.banks.revising import EditError, Editor, check_seen, revise_sources
from pulse.banks.store import get_library
from pulse.domain.instrument import Document, Library, Source
from pulse.languages.saying import gettext as _


def add_document(document: Document, editor: Editor) -> None:
    """A published text; raises EditError if its id is taken."""
    if document.id in {one.id for one in get_library().documents}:
        raise EditError(_("%(id)s is the id of another document: choose a new one.", id=document.id), "id")

    def change(library: Library) -> Library:
        return replace(library, documents=(*library.documents, document))

    revise_sources(change, editor, what=f"{document.id}: new document")


def add_point(point: Source, editor: Editor) -> None:
    """One point of a document; raises EditError if its id is taken."""
    if point.id in {one.id for one in get_library().sources}:
        raise EditError(_("%(id)s is the id of another point: choose a new one.", id=point.id), "id")

    def change(library: Library) -> Library:
        sources = list(library.sources)
        places = [at for at, one in enumerate(sources) if one.document == point.document]
        sources.insert(places[-1] + 1 if places else len(sources), point)
        return replace(library, sources=tuple(sources))

    revise_sources(change, editor, what=f"{point.id}: new point")


def get_point(library: Library, point_id: str) -> Source:
    """Raises EditError."""
    found = next((one for one in library.sources if one.id == point_id), None)
    if found is None:
        raise EditError(_("There is no such point any more."))
    return found


def save_point(point: Source, seen: str, editor: Editor) -> None:
    """Another heading or paraphrase; questions that cite it go on citing it. Raises EditError."""

    def change(library: Library) -> Library:
        check_seen(get_point(library, point.id), seen)
        return replace(
            library, sources=tuple(point if one.id == point.id else one for one in library.sources)
        )

    revise_sources(change, editor, what=f"{point.id}: point")
