"""The words that an organisation sets once: terms that questions leave open, and swaps of single words."""

from collections.abc import Mapping
from dataclasses import replace

from pulse.banks.revising import EditError, Editor, check_seen, fingerprint, revise_scales
from pulse.domain.instrument import Library
from pulse.languages.saying import gettext as _

LONGEST = 120
_MOST = 60


def shown(library: Library) -> tuple[str, str, str]:
    """Terms and swaps as lines to edit, and the fingerprint of both."""
    return _lines(library.terms), _lines(library.swaps), fingerprint(_words(library))


def save_words(terms: str, swaps: str, seen: str, editor: Editor) -> list[str]:
    """Keep both; ids of the questions that read otherwise now. Raises EditError.

    Each of those is the same question in another term: its wording is what charts are marked by, so the
    change needs a reason.
    """
    own, instead = read_lines(terms, "terms"), read_lines(swaps, "swaps")
    reworded: list[str] = []

    def change(library: Library) -> Library:
        check_seen(_words(library), seen)
        changed = replace(library, terms=own, swaps=instead)
        reworded.extend(reads_otherwise(library, changed))
        if reworded and not editor.why.strip():
            raise EditError(_("Say why: charts are marked where the words of a question change."), "why")
        return changed

    revise_scales(change, editor, act="edited", what="words")
    return reworded


def read_lines(text: str, field: str) -> dict[str, str]:
    """ours = yours of each line; raises EditError."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        ours, equals, yours = (part.strip() for part in line.partition("="))
        if not line.strip():
            continue
        if not (equals and ours and yours):
            raise EditError(
                _("Line %(line)s: write two words or phrases with = between them.", line=number), field
            )
        if ours in found:
            raise EditError(
                _("Line %(line)s: “%(ours)s” stands there twice; keep one.", line=number, ours=ours), field
            )
        if max(len(ours), len(yours)) > LONGEST:
            raise EditError(
                _("Line %(line)s: write up to %(most)s characters on each side.", line=number, most=LONGEST),
                field,
            )
        found[ours] = yours
    if len(found) > _MOST:
        raise EditError(_("Write up to %(most)s lines.", most=_MOST), field)
    return found


def reads_otherwise(before: Library, after: Library) -> list[str]:
    """Ids of the questions with other words for people; none if a term is gone, which checks tell."""
    try:
        return [item.id for item in before.all_items() if before.fill(item.text) != after.fill(item.text)]
    except KeyError:
        return []


def _words(library: Library) -> tuple[dict[str, str], dict[str, str]]:
    return dict(library.terms), dict(library.swaps)


def _lines(words: Mapping[str, str]) -> str:
    return "\n".join(f"{ours} = {yours}" for ours, yours in words.items())
