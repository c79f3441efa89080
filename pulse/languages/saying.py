"""Words of the program's own pages, in the language of the page: `gettext` as everybody knows it.

English is written in the code. A reviewed text of this organisation comes first, then the catalogue that is
supplied (`translations/<language>/LC_MESSAGES`), then English. No string of a page holds markup: what stands
in the table of translations was typed by people, so it is shown as text.
"""

from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, LazyString
from markupsafe import Markup, escape

from pulse.db import DATABASE_AWAY
from pulse.languages import choosing, queries
from pulse.languages.catalogue import CATALOGUES, entries
from pulse.languages.choosing import current_language
from pulse.languages.models import REVIEWED
from pulse.languages.texts import ENGLISH, PAGE, PAGE_PLURAL, plural_text

_DRAFTS_KEY = "pulse.drafts_shown"
Kept = dict[tuple[str, str], tuple[str, bool]]


def gettext(words: str, **values: Any) -> str:
    """The words in the current language, `%(name)s` filled from values; without values `%` is itself."""
    found = _find(words)
    return found % values if values else found


def ngettext(one: str, many: str, num: float, **values: Any) -> str:
    """The form of the words for so many; `%(num)s` is how many."""
    return _find_plural(one, many, num) % {"num": num, **values}


def lazy_gettext(words: str, **values: Any) -> LazyString:
    """For labels of forms, which are made before there is a page: said when it is shown."""
    return LazyString(gettext, words, **values)


def noun(one: str, many: str, num: float) -> str:
    """Only the noun that follows a number: "team", "teams"."""
    return _find_plural(one, many, num)


def shows_drafts() -> bool:
    """Whether something said in this request is a translation that no person has reviewed."""
    return has_request_context() and bool(request.environ.get(_DRAFTS_KEY))


def _find(words: str) -> str:
    language = current_language()
    if language == ENGLISH or not words or not has_app_context():
        return words
    kept = _kept(language).get((PAGE, words))
    if kept and kept[1]:
        return kept[0]
    if kept:
        return _draft(kept[0])
    found = str(_translations(language).ugettext(words))
    return found if found == words or not _by_machine(language, (PAGE, words)) else _draft(found)


def _find_plural(one: str, many: str, num: float) -> str:
    language = current_language()
    if language == ENGLISH or not has_app_context():
        return one if num == 1 else many
    translations = _translations(language)
    kept = _kept(language).get(plural_text(one, many).key)
    if kept:
        forms = kept[0].split("\n")
        found = forms[min(translations.plural(num) if hasattr(translations, "plural") else 0, len(forms) - 1)]
        return found if kept[1] else _draft(found)
    said = str(translations.ungettext(one, many, int(num)))
    return _draft(said) if _by_machine(language, plural_text(one, many).key) else said


def _by_machine(language: str, key: tuple[str, str]) -> bool:
    """Whether the supplied catalogue says so itself: a person's name stands behind any other entry."""
    entry = entries(language).get(key)
    return entry is None or entry.machine


def _draft(found: str) -> str:
    if has_request_context():
        request.environ[_DRAFTS_KEY] = True
    return found


@cache
def _translations(language: str) -> NullTranslations:
    """The supplied catalogue, read once a process."""
    return Translations.load(str(CATALOGUES), [language])


def _kept(language: str) -> Kept:
    """What this organisation said itself, and whether it is reviewed; looked up once a request.

    While the database is away the supplied catalogue speaks: a page that hands answers back needs words.
    """
    kept: dict[str, Kept] = g.setdefault("pulse_page_texts", {})
    if language not in kept:
        try:
            rows = queries.list_texts(language, [PAGE, PAGE_PLURAL])
        except DATABASE_AWAY:
            rows = []
        kept[language] = {(row[0], row[1]): (row[2], row[3] == REVIEWED) for row in rows}
    return kept[language]


def forget() -> None:
    """Look the organisation's own words up anew at their next use."""
    g.pop("pulse_page_texts", None)


def _as_text(found: str, words: str) -> str:
    """For templates, where a translation counts as markup: only what is not our own is disarmed."""
    return found if found == words else str(escape(found))


def in_english(words: str) -> str:
    """For templates: what stays English on every page, such as a question in its own words.

    On a page in another language it is marked as English, so that a screen reader says it rightly
    (WCAG 2.2, 3.1.2); on an English page it needs no mark.
    """
    return (
        words
        if not words or current_language() == ENGLISH
        else Markup('<span lang="en">{}</span>').format(words)
    )


def init_app(app: Flask) -> None:
    """Flask-Babel, and `_`, `gettext`, `ngettext` and `{% trans %}` in templates."""
    Babel(app, default_locale=ENGLISH, locale_selector=current_language, configure_jinja=False)
    choosing.init_app(app)
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda words: _as_text(_find(words), words),
        ngettext=lambda one, many, num: _as_text(_find_plural(one, many, num), one if num == 1 else many),
        newstyle=True,
    )
    env.globals.update(
        current_language=current_language,
        languages_offered=choosing.offered,
        address_in=choosing.address_in,
        shows_drafts=shows_drafts,
    )
    env.filters["in_english"] = in_english
