"""Sample feedback: the standard questionnaire, answered by invented guests of the sample events since two years.

One thing truly changed, so that there is something to find: nights in Africa 10 are quieter since its windows were
replaced. Everything else only varies by chance.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.figures import closing
from campus.feedback.figures.models import Benchmark
from campus.feedback.quarters import Quarter, quarter_of, week_of
from campus.feedback.questionnaires import actions as questionnaires
from campus.feedback.questionnaires.content import Content, Kind, Question
from campus.feedback.questionnaires.models import Questionnaire
from campus.feedback.questionnaires.standard import standard
from campus.feedback.responses import actions as responses
from campus.feedback.responses import points, rules
from campus.feedback.responses.actions import Given
from campus.places.models import Event, Pavilion
from campus.sample import plan
from campus.sample.feedback_remarks import DISLIKED, LIKED
from core.i18n import today

QUARTERS = 8
ANSWERING = 0.12  # of the guests of an event
LANGUAGES = {"en": 0.5, "fr": 0.2, "es": 0.15, "it": 0.1, "ar": 0.05}
LEVELS = {
    "arrival_welcome": 4.4,
    "room_comfort": 3.8,
    "room_clean": 4.3,
    "room_quiet": 3.3,
    "food_quality": 4.0,
    "food_choice": 3.5,
    "learning_rooms": 4.1,
    "learning_equipment": 3.7,
    "staff_helpful": 4.5,
    "access_campus": 3.9,
    "value": 4.0,
}
QUIET_PAVILION, QUIETER = "Africa 10", 1.0
REMARKS, LIKED_BEST = 0.5, "best"  # of the guests write something; the question that asks for praise
CONTENT = -0.2  # the mood above which guests rather praise


def quiet_since() -> date:
    """The day on which the windows of `QUIET_PAVILION` were done: at the end of a quarter, three before this one."""
    return quarter_of(today()).plus(-3).first - timedelta(days=4)


def write_feedback(session: Session, seed: int, actor: str) -> int:
    """Write it; how many responses."""
    content = standard()
    version = questionnaires.add(session, "Stay on the campus", content, actor, "stay")
    questionnaire = session.get_one(Questionnaire, version.questionnaire_id)
    questionnaires.publish(session, questionnaire, actor, questionnaire.version)
    questionnaires.mark_used(session, version)
    hotels = _hotels(session)
    points.add(session, actor, questionnaire.id)
    for pavilion_id in hotels.values():
        points.add(session, actor, questionnaire.id, pavilion_id=pavilion_id)
    given = list(_Guests(content, version.id, hotels, seed).all(session))
    responses.add_all(session, given)
    session.add(
        Benchmark(
            measure="recommend",
            name="Sample benchmark of training centres",
            value=38.0,
            source="Invented sample value",
            first=plan.START,
        )
    )
    session.flush()
    for quarter in _quarters():
        closing.close(session, quarter, actor)
    return len(given)


def _quarters() -> list[Quarter]:
    """Those that can be closed, the oldest first."""
    last = quarter_of(week_of(today())).plus(-1)
    return [last.plus(-back) for back in reversed(range(QUARTERS))]


def _hotels(session: Session) -> dict[str, int]:
    names = [one.name for one in plan.PAVILIONS if one.rooms]
    found = session.execute(sa.select(Pavilion.name, Pavilion.id).where(Pavilion.name.in_(names)))
    return dict(sorted(row._tuple() for row in found))


class _Guests:
    """Guests of events that are over, and what they answer."""

    def __init__(self, content: Content, version_id: int, hotels: dict[str, int], seed: int) -> None:
        self._content, self._version_id, self._hotels = content, version_id, hotels
        self._chance = random.Random(seed + 7)  # noqa: S311

    def all(self, session: Session) -> Iterator[tuple[Given, date]]:
        """Every response with its day."""
        first = _quarters()[0].first
        over = sa.select(Event).where(Event.until > first, Event.until <= today()).order_by(Event.id)
        for event in session.scalars(over):
            pavilions = self._chance.sample(sorted(self._hotels), k=min(2, len(self._hotels)))
            for _guest in range(sum(self._chance.random() < ANSWERING for _one in range(event.on_site))):
                day = min(event.until + timedelta(days=self._chance.randint(0, 9)), today())
                if week_of(day) >= first:
                    yield self._response(event, self._chance.choice(pavilions), day), day

    def _response(self, event: Event, pavilion: str, day: date) -> Given:
        [language] = self._chance.choices(list(LANGUAGES), list(LANGUAGES.values()))
        mood = self._chance.gauss(0, 0.5)
        quieter = QUIETER if pavilion == QUIET_PAVILION and day >= quiet_since() else 0.0
        given = {
            question.key: self._answer(question, mood + (quieter if question.key == "room_quiet" else 0.0), language)
            for question in self._content.questions()
        }
        answers, comments = rules.checked_answers(self._content, given)
        return Given(
            version_id=self._version_id,
            language=language,
            origin=rules.INVITATION,
            answers=answers,
            comments=comments,
            pavilion_id=self._hotels[pavilion],
            event_id=event.id,
            segment_id=event.segment_id,
        )

    def _answer(self, question: Question, mood: float, language: str) -> str:
        chance = self._chance
        if question.kind is Kind.RATING:
            return str(max(1, min(5, round(chance.gauss(LEVELS.get(question.key, 4.0) + mood, 0.8)))))
        if question.kind is Kind.SCORE:
            return str(max(0, min(10, round(chance.gauss(8.2 + 3 * mood, 1.2)))))
        if question.kind is Kind.YES_NO:
            return "yes" if chance.random() < 0.85 else "no"
        if question.kind is Kind.CHOICE:
            return question.values[0] if chance.random() < 0.8 else chance.choice(question.values)
        liked = question.key == LIKED_BEST
        writes = REMARKS if (mood > CONTENT) == liked else REMARKS / 10  # who is content seldom says what to improve
        return chance.choice((LIKED if liked else DISLIKED)[language]) if chance.random() < writes else ""
