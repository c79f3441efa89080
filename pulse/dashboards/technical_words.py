"""The fixed words around the tables behind the numbers: what each one asks, and how it is read."""

from dataclasses import dataclass

from pulse.domain.measurement.aggregation import COMPARE_FROM, WITH_CARE_FROM
from pulse.domain.measurement.equivalence import MARGIN
from pulse.domain.measurement.trend import HEADLINE_FROM
from pulse.web.formatting import MINUS


@dataclass(frozen=True)
class Text:
    """Words of one table. The last `prose` columns hold words, those between the first and them numbers.

    `method` is the section of the method page that explains the numbers.
    """

    title: str
    words: tuple[str, ...]
    caption: str
    headers: tuple[str, ...]
    method: str
    prose: int = 0
    #: (column, section of the method page), where several sections explain one table
    columns: tuple[tuple[str, str], ...] = ()


RELIABILITY = Text(
    "Do the questions of a scale hang together?",
    (
        "A scale asks about one thing in several ways. A score is steady if its questions tell one story; "
        "where they hang together loosely, read them one by one.",
    ),
    "Alpha and omega run up to 1: the higher, the more the questions of a scale tell one story.",
    ("Scale", "Alpha", "95 % interval", "Omega", "Questions", "n", "Hang together"),
    "reliability",
    prose=1,
)
VALIDITY = Text(
    "Do people with mixed feelings say that they feel torn?",
    ("Mixed feelings are worked out from two answers. Feeling torn was also asked outright.",),
    f"The correlation runs from {MINUS}1 to 1; near 0, the index should be read with doubt.",
    ("Compared", "Correlation", "95 % interval", "n"),
    "validity",
)
GOES = Text(
    "What goes together with",
    (
        "This cannot show cause. The same people answered everything on the same day, so a principle may "
        "lift the score, the score may lift the principle, or something else may lift both.",
        "Johnson's weights are a second way of sharing out the same total; where the two differ much, trust "
        "neither.",
    ),
    "Each row is one principle's part of the differences between people.",
    ("Principle", "Part, %", "95 % interval", "By Johnson's weights, %"),
    "drivers",
)
BRIDGES = Text(
    "Do the old and the new wording agree?",
    (
        "In this survey half the people, drawn by chance, were asked the old question, half the new. Where "
        "the two agree, lines are carried on across the change. Neither counts in a score of this survey.",
    ),
    f"They agree if the whole interval lies between {MINUS}{MARGIN:.0f} and {MARGIN:.0f} points. That they "
    "were not shown to agree does not mean that they differ.",
    ("Bridge", "New less old", "90 % interval", "n, old", "n, new", "Shown to agree?"),
    "equivalence",
    prose=1,
)
UNITS = Text(
    "Can teams be compared?",
    (
        "ICC(1) is the part of all differences between people that lies between teams. ICC(2) says how far "
        "the teams' means can be trusted to set them apart.",
    ),
    f"From an ICC(2) of {COMPARE_FROM:.2f} on teams can be compared, from {WITH_CARE_FROM:.2f} with care, "
    "and below that only the whole organisation's score means much.",
    ("Score", "ICC(1)", "ICC(2)", "Teams", "Spread, points", "Compare?"),
    "aggregation",
    prose=1,
)
BESIDE = Text(
    "This team beside the others",
    (
        "The fewer people answer, the more chance moves a score. So beside a team's own score stands one "
        "that is drawn towards the mean of all teams, the more so the smaller the team. No team has a rank.",
        "By chance alone, one score in 20 lies outside the 95 % limits, and one in 500 outside the 99.8 %.",
    ),
    "Place says whether the team lies further from the others than its size alone would explain.",
    ("Score", "Its own", "Drawn to the mean", "Place"),
    "funnel",
    prose=1,
    columns=(("Drawn to the mean", "shrinkage"), ("Place", "funnel")),
)
AGREEMENT = Text(
    "Do people here agree?",
    (
        "Both numbers say how much closer people's answers lie than if everybody had answered at random. "
        "r wg(j) flatters scores of many questions, so it is never read without r*.",
    ),
    "Near 1: people here answer alike; near 0: no more alike than by chance.",
    ("Score", "r wg(j)", "r*", "Questions"),
    "aggregation",
)
STAGES = Text(
    "The stages of change, side by side",
    ("Where a stage counts as in place is our judgement: nothing validates it yet.",),
    "z says how far a stage lies above or below the line for being in place, in standard errors.",
    ("Stage", "Score", "95 % interval", "z", "Standing"),
    "stages",
    prose=1,
)
SAY_DO = Text(
    "What is expected of staff, and what they experience",
    ("Above 0, staff are expected to treat local people in ways in which they are not treated themselves.",),
    f"The gap is expected less experienced, from {MINUS}100 to 100 points: how things are now. Who "
    "answered only one side counts in neither, so the gap is the difference of the two, rounded last.",
    ("Principle", "Expected", "Experienced", "Gap", "95 % interval", "n"),
    "assets",
)
WEIGHTED = Text(
    "If every team counted by its size",
    (
        "Teams in which more people answer count for more in the plain score. Weighting by headcount mends "
        "that. It cannot mend silence that depends on what people think.",
    ),
    "Effective n is how many answers the weighted score is worth.",
    ("Score", "As answered", "Weighted", "95 % interval", "n", "Effective n"),
    "poststrat",
)
BOUNDS = Text(
    "What those who did not answer could change",
    ("Nothing is assumed here: not even that those who kept silent think like those who answered.",),
    "The least and the most that a score could be, had all the others answered at one end or the other.",
    ("Score", "As answered", "Could be", "n"),
    "response",
)
TRENDS = Text(
    "Is there a steady rise or fall?",
    (
        f"A trend is named from {HEADLINE_FROM} surveys on, if it is more than noise and makes 5 points or "
        "more. With fewer surveys, only its interval is shown.",
    ),
    "Points a survey, along the straight line that fits best.",
    ("Score", "Points a survey", "95 % interval", "Surveys", "Since", "In words"),
    "trend",
    prose=2,
)
