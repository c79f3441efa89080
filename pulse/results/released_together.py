"""What a release keeps of how the questions of a whole scale go together: of the whole organisation only."""

from pulse.domain.measurement.comoments import LEAST_PEOPLE, CoMoments
from pulse.results.released import Unsafe, read_wave
from pulse.results.released_queries import list_co_moments
from pulse.surveys.models import Wave


def read_co_moments(wave: Wave) -> dict[str, CoMoments]:
    """Name of a measure -> the covariance of its questions; none where too few people answered them all.

    Raises NotReleased, and Unsafe for a matrix of fewer people than the gate lets through.
    """
    release = read_wave(wave)
    found = {name: CoMoments.from_json(matrix) for name, matrix in list_co_moments(release.wave_id)}
    if any(one.n < LEAST_PEOPLE for one in found.values()):
        raise Unsafe(f"A matrix is kept of fewer than {LEAST_PEOPLE} people.")
    return found
