"""Small-group protection: which groups a wave may be shown for, decided from counts, never from answers."""

#: No threshold below this may ever be set, whatever a programme asks for.
HARD_FLOOR = 5
#: The threshold of a score when a programme sets none.
DEFAULT_K = 10
#: What a programme promises its staff: the least threshold that it may ever have. NHS staff surveys report
#: nothing of fewer than 11 people.
STANDARD, NHS = "standard", "nhs"
PROFILES = {STANDARD: DEFAULT_K, NHS: 11}


class DisclosureError(ValueError):
    """Nothing may be released; the message says in one sentence what is wrong."""


def require_threshold(k: int) -> None:
    """Raise DisclosureError for a threshold below the hard floor."""
    if k < HARD_FLOOR:
        raise DisclosureError(f"The threshold k is {k}; set it to {HARD_FLOOR} or more.")


#: in tables by attribute: counts of answers are shown to the nearest of these
NEAREST = 3
#: and where nearly all of a cell think alike, just how many do is not told: "15 or less", "85 or more"
LEAST_SHOWN, MOST_SHOWN = 15.0, 85.0


def most_counted(n: int) -> int:
    """The largest count that is shown of n answers: 15 of 20, which stands for so many or more."""
    return NEAREST * int(MOST_SHOWN * n / 100 / NEAREST)
