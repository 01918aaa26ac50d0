"""Figures in the small campus of the tests: another wording half-way, a benchmark of each kind, comments aside."""

from copy import deepcopy
from datetime import timedelta
from random import Random

from sqlalchemy.orm import Session

from campus.feedback.figures import actions
from campus.feedback.figures.actions import WantedBenchmark
from campus.feedback.quarters import Quarter
from campus.feedback.questionnaires.models import QuestionnaireVersion
from core import clock
from core.i18n import today
from tests.campus.feedback import guests

REWORDED = "How did you like the food?"


def reworded(session: Session, questionnaire_id: int) -> int:
    """The next version, which asks about the food in other words; its id."""
    content = deepcopy(guests.CONTENT)
    food = next(one for one in content["sections"][1]["questions"] if one["key"] == "food")
    food["text"] = guests.texts(REWORDED)
    version = QuestionnaireVersion(
        questionnaire_id=questionnaire_id, number=2, content=content, published_at=clock.now(), used=True
    )
    session.add(version)
    session.flush()
    return version.id


def add_forgotten(session: Session, version: int, quarter: Quarter) -> None:
    """A quarter that is over and was never closed."""
    guests.fill(session, version, quarter, 6, Random(9))


def add_benchmarks(session: Session) -> None:
    """One that counts, one of another kind, and one that has ended."""
    year_ago = today() - timedelta(days=700)
    for measure, name, value in (("room_clean", "Sample sector", 0.72), ("recommend", "Sample target", 40.0)):
        source = "Sample report on residential training, page 12 (invented)"
        wanted = WantedBenchmark(measure=measure, name=name, value=value, source=source, first=year_ago)
        actions.add_benchmark(session, wanted, "command")
    ended = WantedBenchmark(
        measure="food",
        name="Sample earlier sector",
        value=0.6,
        source="Sample report of an earlier year (invented)",
        first=year_ago,
        until=year_ago + timedelta(days=30),
    )
    actions.add_benchmark(session, ended, "command")
