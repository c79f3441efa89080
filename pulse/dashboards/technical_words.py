"""The fixed words around the tables behind the numbers: what each one asks, and how it is read."""

from dataclasses import dataclass, replace

from pulse.domain.measurement.aggregation import COMPARE_FROM, WITH_CARE_FROM
from pulse.domain.measurement.equivalence import MARGIN
from pulse.domain.measurement.trend import HEADLINE_FROM
from pulse.domain.words import N_
from pulse.languages.saying import gettext as _
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

    def said(self) -> "Text":
        """In the language of the page, numbers filled in."""
        return replace(
            self,
            title=say(self.title),
            words=tuple(map(say, self.words)),
            caption=say(self.caption),
            headers=tuple(map(say, self.headers)),
            columns=tuple((say(column), section) for column, section in self.columns),
        )


#: what the words may name
_VALUES = {
    "minus": MINUS,
    "margin": f"{MARGIN:.0f}",
    "compare": f"{COMPARE_FROM:.2f}",
    "care": f"{WITH_CARE_FROM:.2f}",
    "surveys": HEADLINE_FROM,
}


def say(words: str) -> str:
    """Words of a table in the language of the page; a per cent sign is one where nothing is filled in."""
    return _(words, **_VALUES) if "%(" in words else _(words)


RELIABILITY = Text(
    N_("Do the questions of a scale hang together?"),
    (
        N_(
            "A scale asks about one thing in several ways. A score is steady if its questions tell one "
            "story; where they hang together loosely, read them one by one."
        ),
    ),
    N_("Alpha and omega run up to 1: the higher, the more the questions of a scale tell one story."),
    (N_("Scale"), N_("Alpha"), N_("95 % interval"), N_("Omega"), N_("Questions"), "n", N_("Hang together")),
    "reliability",
    prose=1,
)
VALIDITY = Text(
    N_("Do people with mixed feelings say that they feel torn?"),
    (N_("Mixed feelings are worked out from two answers. Feeling torn was also asked outright."),),
    N_("The correlation runs from %(minus)s1 to 1; near 0, the index should be read with doubt."),
    (N_("Compared"), N_("Correlation"), N_("95 % interval"), "n"),
    "validity",
)
GOES = Text(
    N_("What goes together with"),
    (
        N_(
            "This cannot show cause. The same people answered everything on the same day, so a principle may "
            "lift the score, the score may lift the principle, or something else may lift both."
        ),
        N_(
            "Johnson's weights are a second way of sharing out the same total; where the two differ much, "
            "trust neither."
        ),
    ),
    N_("Each row is one principle's part of the differences between people."),
    (N_("Principle"), N_("Part, %"), N_("95 % interval"), N_("By Johnson's weights, %")),
    "drivers",
)
BRIDGES = Text(
    N_("Do the old and the new wording agree?"),
    (
        N_(
            "In this survey half the people, drawn by chance, were asked the old question, half the new. "
            "Where the two agree, lines are carried on across the change. Neither counts in a score of this "
            "survey."
        ),
    ),
    N_(
        "They agree if the whole interval lies between %(minus)s%(margin)s and %(margin)s points. That they "
        "were not shown to agree does not mean that they differ."
    ),
    (
        N_("Bridge"),
        N_("New less old"),
        N_("90 % interval"),
        N_("n, old"),
        N_("n, new"),
        N_("Shown to agree?"),
    ),
    "equivalence",
    prose=1,
)
UNITS = Text(
    N_("Can teams be compared?"),
    (
        N_(
            "ICC(1) is the part of all differences between people that lies between teams. ICC(2) says how "
            "far the teams' means can be trusted to set them apart."
        ),
    ),
    N_(
        "From an ICC(2) of %(compare)s on teams can be compared, from %(care)s with care, "
        "and below that only the whole organisation's score means much."
    ),
    (N_("Score"), N_("ICC(1)"), N_("ICC(2)"), N_("Teams"), N_("Spread, points"), N_("Compare?")),
    "aggregation",
    prose=1,
)
BESIDE = Text(
    N_("This team beside the others"),
    (
        N_(
            "The fewer people answer, the more chance moves a score. So beside a team's own score stands one "
            "that is drawn towards the mean of all teams, the more so the smaller the team. No team has a "
            "rank."
        ),
        N_(
            "By chance alone, one score in 20 lies outside the 95 % limits, and one in 500 outside the 99.8 "
            "%."
        ),
    ),
    N_("Place says whether the team lies further from the others than its size alone would explain."),
    (N_("Score"), N_("Its own"), N_("Drawn to the mean"), N_("Place")),
    "funnel",
    prose=1,
    columns=((N_("Drawn to the mean"), "shrinkage"), (N_("Place"), "funnel")),
)
AGREEMENT = Text(
    N_("Do people here agree?"),
    (
        N_(
            "Both numbers say how much closer people's answers lie than if everybody had answered at random. "
            "r wg(j) flatters scores of many questions, so it is never read without r*."
        ),
    ),
    N_("Near 1: people here answer alike; near 0: no more alike than by chance."),
    (N_("Score"), "r wg(j)", "r*", N_("Questions")),
    "aggregation",
)
STAGES = Text(
    N_("The stages of change, side by side"),
    (N_("Where a stage counts as in place is our judgement: nothing validates it yet."),),
    N_("z says how far a stage lies above or below the line for being in place, in standard errors."),
    (N_("Stage"), N_("Score"), N_("95 % interval"), "z", N_("Standing")),
    "stages",
    prose=1,
)
SAY_DO = Text(
    N_("What is expected of staff, and what they experience"),
    (
        N_(
            "Above 0, staff are expected to treat local people in ways in which they are not treated "
            "themselves."
        ),
    ),
    N_(
        "The gap is expected less experienced, from %(minus)s100 to 100 points: how things are now. Who "
        "answered only one side counts in neither, so the gap is the difference of the two, rounded last."
    ),
    (N_("Principle"), N_("Expected"), N_("Experienced"), N_("Gap"), N_("95 % interval"), "n"),
    "assets",
)
WEIGHTED = Text(
    N_("If every team counted by its size"),
    (
        N_(
            "Teams in which more people answer count for more in the plain score. Weighting by headcount "
            "mends that. It cannot mend silence that depends on what people think."
        ),
    ),
    N_("Effective n is how many answers the weighted score is worth."),
    (N_("Score"), N_("As answered"), N_("Weighted"), N_("95 % interval"), "n", N_("Effective n")),
    "poststrat",
)
BOUNDS = Text(
    N_("What those who did not answer could change"),
    (N_("Nothing is assumed here: not even that those who kept silent think like those who answered."),),
    N_("The least and the most that a score could be, had all the others answered at one end or the other."),
    (N_("Score"), N_("As answered"), N_("Could be"), "n"),
    "response",
)
TRENDS = Text(
    N_("Is there a steady rise or fall?"),
    (
        N_(
            "A trend is named from %(surveys)s surveys on, if it is more than noise and makes 5 points or "
            "more. With fewer surveys, only its interval is shown."
        ),
    ),
    N_("Points a survey, along the straight line that fits best."),
    (N_("Score"), N_("Points a survey"), N_("95 % interval"), N_("Surveys"), N_("Since"), N_("In words")),
    "trend",
    prose=2,
)
