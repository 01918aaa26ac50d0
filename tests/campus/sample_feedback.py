"""Feedback in the small campus of the tests: six closed quarters, one that is open, and something of everything."""

from random import Random

from sqlalchemy.orm import Session

from campus.feedback.responses.models import AnswerPoint
from core import clock
from tests.campus import sample_answering, sample_figures
from tests.campus.books import Campus
from tests.campus.feedback import guests
from tests.campus.sample_actions import add_actions
from tests.campus.sample_comments import add_comments
from tests.campus.sample_invitations import add_invitations
from tests.campus.sample_questionnaires import add_questionnaires
from tests.campus.sample_surveys import add_surveys

QUARTERS = 6
REWORDED_FROM = 3
POINT = "samplenorthpoint"


def add_feedback(session: Session, campus: Campus) -> None:
    """Responses of two pavilions, of which one is well liked; a third group of guests is too small to be shown."""
    version = guests.published(session)
    session.add(AnswerPoint(key=POINT, questionnaire_id=1, pavilion_id=campus.pavilions[0], made_at=clock.now()))
    chance = Random(6)
    quarters = guests.past_quarters(QUARTERS)
    for number, quarter in enumerate(quarters):
        if number == REWORDED_FROM:
            version = sample_figures.reworded(session, 1)
        north, south = ({"pavilion_id": one} for one in campus.pavilions[:2])
        guests.fill(session, version, quarter, 16, chance, level=4.2, segment_id=campus.segments[0], **north)
        guests.fill(session, version, quarter, 12, chance, level=3.4, language="fr", **south)
        guests.fill(session, version, quarter, 3, chance, language="ar", **south)
    guests.close_all(session, quarters)
    guests.fill(session, version, quarters[-1].plus(1), 4, chance)
    add_comments(session)
    add_surveys(session)
    add_questionnaires(session)
    sample_figures.add_forgotten(session, version, quarters[0].plus(-1))
    sample_figures.add_benchmarks(session)
    add_actions(session)
    add_invitations(session, campus)
    sample_answering.add_answering(session, campus)
