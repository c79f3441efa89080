"""Which passwords are refused: short ones, and those that a guessing program tries first.

No list of leaked passwords is shipped. Past twelve characters the common ones are almost all made of a few
common words, figures in a row, keys in a row and repetition; so those parts are taken out, and what is left
must still be something.
"""

import re

from pulse.languages.saying import gettext as _

SHORTEST = 12
LONGEST = 200
#: letters and figures that must remain when the guessable parts are gone
_MUST_REMAIN = 4
_MUST_DIFFER = 5

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "01234567890",
    "1qaz2wsx3edc4rfv",
)
_LOOKALIKES = str.maketrans("013457@$!", "oleastasi")
_COMMON = sorted(
    """
    password passphrase passcode pass secret letmein login logon welcome hello admin administrator root user
    guest test testing demo default change changeme temp temporary access master super computer internet
    qwerty keyboard monkey dragon shadow sunshine princess football baseball superman batman pokemon starwars
    iloveyou trustno love lovely angel freedom whatever summer winter autumn spring january february march
    april may june july august september october november december monday tuesday wednesday thursday friday
    saturday sunday liverpool arsenal chelsea manchester united everton rangers celtic england scotland wales
    london britain charlie michael jordan thomas daniel jessica ashley hunter ginger pepper cheese chocolate
    banana orange purple flower buttercup pulse survey council hospital nurse nhs trust government company
    work office the and my is your this new old one two three for
    """.split(),  # noqa: SIM905 - a list literal of a hundred words would be a page long
    key=len,
    reverse=True,
)


def find_fault(password: str, email: str) -> str | None:
    """One sentence that says what to do, or None when the password may be used."""
    if len(password) < SHORTEST:
        return _(
            "Choose a password of %(least)s or more characters; three or four unrelated words work well.",
            least=SHORTEST,
        )
    if len(password) > LONGEST:
        return _("Choose a password of %(most)s characters or fewer.", most=LONGEST)
    if _holds_email(password, email):
        return _("Choose a password that does not contain your e-mail address.")
    if _is_guessable(password):
        return _("Choose a password that is harder to guess, such as three or four unrelated words.")
    return None


def _holds_email(password: str, email: str) -> bool:
    """The whole address, or a password that is little more than the part before the @."""
    given, address = password.casefold(), email.strip().casefold()
    local = address.partition("@")[0]
    if address and address in given:
        return True
    return len(local) >= _MUST_REMAIN and local in given and _is_guessable(given.replace(local, ""))


def _is_guessable(password: str) -> bool:
    """Whether common words, rows and repetition are all there is to it."""
    plain = password.casefold()
    if len(set(plain)) < _MUST_DIFFER:
        return True
    # with figures read as letters and without: pa55word and summer2027 are both first guesses
    return any(_left(form) < _MUST_REMAIN for form in (plain, plain.translate(_LOOKALIKES)))


def _left(password: str) -> int:
    """How many different letters remain once every guessable part is taken out."""
    for row in _rows():
        password = password.replace(row, " ")
    for word in _COMMON:
        password = password.replace(word, " ")
    return len(set(re.sub(r"[\W\d_]", "", password)))


def _rows() -> list[str]:
    """Runs of four to twelve neighbours in the alphabet or on a keyboard, both ways, longest first."""
    both = [direction for row in _ROWS for direction in (row, row[::-1])]
    lengths = range(12, 3, -1)
    return [row[at : at + size] for size in lengths for row in both for at in range(len(row) - size + 1)]
