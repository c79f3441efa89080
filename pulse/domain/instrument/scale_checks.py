"""What makes an answer scale sound: options in order, as many as are scored, each one digit."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pulse.domain.instrument.library import Library
from pulse.domain.instrument.parts import Scale
from pulse.domain.instrument.problems import Problem, at
from pulse.domain.plain_text import as_seen
from pulse.domain.sentences import Sentence
from pulse.domain.words import N_

#: what the scoring code knows: agreement from 1 to 5, and how much of a feeling from 0 to 4
SCORED_CODES = {"bipolar": range(1, 6), "unipolar": range(5)}
#: an answer is one character of a sheet
_GREATEST_CODE = 9
_OPTIONS = ("options",)


def check_scales(library: Library) -> Iterator[Problem]:
    """Every problem of the options of every scale."""
    for scale in library.scales:
        if scale.kind != "text":
            yield from _check_options(scale)
            yield from _check_chosen(scale)
            yield from _check_apart(scale, library)
        elif scale.options or scale.max_chars is None:
            message = N_("a text scale has max_chars and no options; write it so.")
            on_page = N_("a text box has a number of characters and no options; write it so.")
            yield Problem(scale.place, scale.id, message, on_page, ("max_chars",))


def _check_options(scale: Scale) -> Iterator[Problem]:
    codes = [code for code, _ in scale.options]
    place = at(scale.place, "options")
    if len(codes) < 2:
        message = N_("a scale needs at least two options; add the others.")
        yield Problem(place, scale.id, message, fields=_OPTIONS)
    elif codes != list(range(codes[0], codes[0] + len(codes))):
        message = N_("the codes of the options must go up by one from the first; renumber them.")
        yield Problem(place, scale.id, message, fields=_OPTIONS)
    elif scale.scored and codes != list(SCORED_CODES[scale.kind]):
        yield _unscorable(scale)
    elif codes[-1] > _GREATEST_CODE:
        most = N_("codes have one digit, so the greatest is %(most)s; take some options away.")
        yield Problem(place, scale.id, Sentence(most, most=_GREATEST_CODE), fields=_OPTIONS)


def _unscorable(scale: Scale) -> Problem:
    low, high = SCORED_CODES[scale.kind][0], SCORED_CODES[scale.kind][-1]
    message = Sentence(
        N_(
            "a %(kind)s scale has the five options %(low)s to %(high)s, which scores, charts and "
            "agreement rest on; write it so, or make its kind choice."
        ),
        kind=scale.kind,
        low=low,
        high=high,
    )
    told = Sentence(
        N_(
            "answers of this kind have the five options %(low)s to %(high)s, which scores, charts "
            "and agreement rest on; write it so, or choose another kind."
        ),
        low=low,
        high=high,
    )
    return Problem(at(scale.place, "options"), scale.id, message, told, _OPTIONS)


def _check_chosen(scale: Scale) -> Iterator[Problem]:
    codes = {code for code, _ in scale.options}
    for key, chosen in (("favourable", scale.favourable), ("unfavourable", scale.unfavourable)):
        if set(chosen) - codes:
            message = Sentence(N_("%(key)s names a code that is not an option; mend it."), key=key)
            on_page = N_("this names a code that is not an option; mend it.")
            yield Problem(at(scale.place, key), scale.id, message, on_page, (key,))


def _check_apart(scale: Scale, library: Library) -> Iterator[Problem]:
    """No answer reads like another, and none is both favourable and unfavourable."""
    labels = [label for _code, label in (*scale.options, *scale.nonsubstantive)]
    for label in _alike(labels) or _alike(_filled(labels, library)):
        message = Sentence(N_('two answers read "%(label)s"; give each its own words.'), label=label)
        yield Problem(at(scale.place, "options"), scale.id, message, fields=_OPTIONS)
    for code in sorted(set(scale.favourable) & set(scale.unfavourable)):
        message = Sentence(N_("option %(code)s is both favourable and unfavourable; choose one."), code=code)
        yield Problem(at(scale.place, "favourable"), scale.id, message, fields=("favourable",))


def _alike(labels: Iterable[str]) -> list[str]:
    return [label for label, times in Counter(map(as_seen, labels)).items() if times > 1 and label]


def _filled(labels: Iterable[str], library: Library) -> list[str]:
    """As people read them, with the words of the organisation; a term that is gone is told elsewhere."""
    try:
        return [library.fill(label) for label in labels]
    except KeyError:
        return []
