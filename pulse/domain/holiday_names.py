"""What the package of bank holidays calls the days of the United Kingdom, so that pages can say them."""

from pulse.domain.words import N_

#: of every year; a holiday that was proclaimed once, and is not named here, is told by its English name
HOLIDAY_NAMES = (
    *(N_("New Year's Day"), N_("New Year's Day (observed)")),
    *(N_("New Year Holiday"), N_("New Year Holiday (observed)")),
    *(N_("Saint Patrick's Day"), N_("Saint Patrick's Day (observed)")),
    *(N_("Good Friday"), N_("Easter Monday"), N_("May Day"), N_("Spring Bank Holiday")),
    *(N_("Battle of the Boyne"), N_("Battle of the Boyne (observed)")),
    *(N_("Summer Bank Holiday"), N_("Late Summer Bank Holiday")),
    *(N_("Saint Andrew's Day"), N_("Saint Andrew's Day (observed)")),
    *(N_("Christmas Day"), N_("Christmas Day (observed)")),
    *(N_("Boxing Day"), N_("Boxing Day (observed)")),
)
