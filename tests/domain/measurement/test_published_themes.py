import numpy as np

from pulse.domain.measurement.scales import person_scores
from tests.domain.measurement.datasets import rows
from tests.domain.measurement.known import KNOWN


def test_published_theme_scores_are_the_means_of_their_items() -> None:
    """Theme and item scores are both printed as whole percentages, so a mean of items may be a little off."""
    known = KNOWN["theme_from_items"]
    measures = {name: 100 * np.array(cells, dtype=np.float64) for name, *cells in rows("people_survey")[1:]}
    themes = [name for name in measures if "-" in name]
    off = []
    for theme in themes:
        first, last = (int(end[1:]) for end in theme.split("-"))
        items = np.column_stack([measures[f"B{number:02}"] for number in range(first, last + 1)])
        off.append(np.abs(person_scores(items) - measures[theme]))
    gaps = np.round(off, 9)
    assert gaps.size == known["cells"]
    assert int((gaps <= 0.5).sum()) == known["within_0.5pp"]
    assert int((gaps <= 1).sum()) == known["within_1pp"]
