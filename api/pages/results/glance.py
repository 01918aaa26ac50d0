"""What management sees at a glance: each part of the overview is a function of the list `PARTS`.

Another part is one more function: it takes a session and a moment and gives figures with the pages they come from, or
a sentence that says what would stand there.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from api.pages.results.glance_campus import closures, energy, indicators, room_nights, works
from api.pages.results.glance_feedback import feedback
from api.pages.results.glance_money import funds, money, reimbursements, running_costs
from api.pages.results.glance_parts import Part, PartOf
from campus.capacity.report import Moment

PARTS: Sequence[PartOf] = (
    room_nights,
    works,
    closures,
    money,
    reimbursements,
    funds,
    running_costs,
    energy,
    feedback,
    indicators,
)


def make(session: Session, moment: Moment) -> list[Part]:
    """Every part, those that have something to tell first; none where nothing has."""
    parts = [one(session, moment) for one in PARTS]
    told = [one for one in parts if one.figures]
    return told + [one for one in parts if not one.figures] if told else []
