"""Leaders beside staff on the same content, for the whole organisation only.

Who leads is one more partition of the people who answered a question. A total of staff beside a total of a
group, or of a cell, may leave one person: so the gate decides whether it may be shown, as it does of cells.
"""

import numpy as np

from pulse.domain.measurement.moments import Moment
from pulse.domain.sheets import asked_in_part
from pulse.results.attribute_families import Declared
from pulse.results.counting import Sheets
from pulse.results.drafting import Drafting
from pulse.results.figures import Draft, gap_figure
from pulse.results.scoring import item_scores
from pulse.results.softening import leader_pairs, leads_of

#: in place of a headcount that is not known: answers from so many people are corrected for nothing
_MANY = 10**9


def leader_gaps(sheets: Sheets, declared: Declared, drafting: Drafting) -> list[Draft]:
    """Leaders' view minus staff's, item by item, from k leaders and k others on.

    Leaders are those who answered any of the leaders' questions; everybody else is staff, so that the two are
    separate people. People in no block are left out here too: their part of a total would otherwise be what
    is left of it.
    """
    context = drafting.context
    items = {item["id"]: item for item in context.plan["items"] + context.plan["leader_items"]}
    inside, leads = declared.where >= 0, leads_of(sheets, context.plan)
    staff_asked = sum(unit.headcount for unit in context.units) - context.leaders
    in_part = asked_in_part(context.plan)
    drafts = []
    for pair in leader_pairs(context.plan):
        theirs, staffs = (items[pair["sides"][side]] for side in ("leaders", "staff"))
        leaders = Moment.from_values(item_scores(sheets, theirs)[inside & leads])
        answers = item_scores(sheets, staffs)
        staff = Moment.from_values(answers[inside & ~leads])
        shown = drafting.shown[staffs["id"]]
        if staffs["id"] in in_part and 0 not in shown:
            continue
        if leaders.n >= context.k and declared.may_tell_apart(~np.isnan(answers), shown, leads):
            # under cohorts nobody counts who leads among the others: no correction for headcount then.
            # a leader who answered none of the leaders' questions is counted with staff
            sizes = (_MANY, _MANY) if context.cohorts else (context.leaders, max(staff_asked, staff.n))
            drafts.append(gap_figure(pair["id"], leaders, sizes[0], staff, sizes[1], staffs["text"]))
    return drafts
