"""What ends with every wave, however it ends: released, or given up because its key is lost."""

from pulse.invitations import rate_queries
from pulse.responses import queries as responses
from pulse.surveys import queries as surveys


def burn(wave_id: int) -> None:
    """Delete sealed answers, who was counted where, running rates and a key handed in; in the caller's unit.

    The worker then destroys the key, and removes what was deleted from the database's files.
    """
    responses.delete_envelopes(wave_id)
    surveys.delete_members(wave_id)
    rate_queries.delete_unit_rates(wave_id)
    surveys.drop_handed_key(wave_id)
    surveys.set_scrub_due(wave_id, due=True)
