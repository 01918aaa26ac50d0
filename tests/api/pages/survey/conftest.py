"""A published questionnaire, an answer point of a pavilion, and the forms that guests send."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from httpx2 import Response as Answered

from campus.feedback.comments.models import Comment
from campus.feedback.questionnaires.models import QuestionnaireVersion
from campus.feedback.responses import points
from campus.feedback.responses.models import Answer, AnswerPoint, Response
from campus.feedback.responses.throttle import QUARTER_HOUR, Throttle
from campus.places.models import Pavilion, Room
from core import clock
from core.database import Database
from tests.api.people import Browser
from tests.campus.books import TEST
from tests.campus.feedback import guests

RATED = {"room_comfort": "4", "room_clean": "5", "food": "3", "found_way": "yes", "travel": "train", "recommend": "9"}


@dataclass
class Point:
    """An answer point of the pavilion Sample North, which has the room 101."""

    database: Database
    key: str
    version_id: int
    pavilion_id: int

    @property
    def address(self) -> str:
        """Where guests answer."""
        return f"/survey/{self.key}"

    def responses(self) -> list[tuple[Response, dict[str, str], dict[str, str]]]:
        """Every response with its answers and comments."""
        with self.database.read() as session:
            answers, comments = list(session.scalars(sa.select(Answer))), list(session.scalars(sa.select(Comment)))
            return [
                (
                    one,
                    {row.question: row.value for row in answers if row.response_id == one.id},
                    {row.question: row.text for row in comments if row.response_id == one.id},
                )
                for one in session.scalars(sa.select(Response))
            ]

    def publish(self, content: dict[str, object]) -> int:
        """A newer version."""
        with self.database.write() as session:
            made = QuestionnaireVersion(questionnaire_id=1, number=2, content=content, published_at=clock.now())
            session.add(made)
            session.flush()
            return made.id

    def end(self) -> None:
        """Take no more answers."""
        with self.database.write() as session:
            points.end(session, session.scalars(sa.select(AnswerPoint)).one(), TEST)


@dataclass
class Guest:
    """A browser without a script: it has the fields of the form that it sees, and sends them all."""

    browser: Browser
    address: str
    fields: dict[str, str] = field(default_factory=dict)

    def see(self, answer: Answered) -> Answered:
        """Read the form of a page."""
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
        chosen = re.findall(r'name="(q-[^"]+)" value="([^"]*)" checked', answer.text)
        written = re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>\n(.*?)</textarea>', answer.text, re.S)
        self.fields = {name: unescape(value) for name, value in hidden + chosen + written}
        return answer

    def open(self, language: str = "en") -> Answered:
        """The first step."""
        return self.see(self.browser.get(self.address, params={"lang": language}))

    def send(self, answers: dict[str, str] | None = None, **fields: str) -> Answered:
        """Send the form with these answers."""
        given = {f"q-{key}": value for key, value in (answers or {}).items()}
        return self.see(self.browser.post(self.address, data={"go": "next"} | self.fields | given | fields))

    def answer_all(self, answers: dict[str, str] | None = None) -> Answered:
        """Both steps."""
        self.open()
        given = RATED | (answers or {})
        self.send({key: given[key] for key in given if key.startswith("room_")})
        return self.send({key: given[key] for key in given if not key.startswith("room_")})


@pytest.fixture
def point(database: Database) -> Point:
    """An open answer point."""
    with database.write() as session:
        version = guests.published(session)
        pavilion = Pavilion(slug="sample-north", name="Sample North", uses=[], area_m2=100, invented=True)
        session.add(pavilion)
        session.flush()
        session.add(Room(pavilion_id=pavilion.id, number="101", created_at=clock.now()))
        made = points.add(session, TEST, 1, pavilion_id=pavilion.id)
        return Point(database, made.key, version, pavilion.id)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guests who take some seconds from one look at the clock to the next, in one window of the throttle."""
    now, looks = clock.now(), itertools.count()
    start = now - timedelta(seconds=now.timestamp() % QUARTER_HOUR)
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(seconds=2 * next(looks)))


@pytest.fixture
def guest(client: Browser, point: Point, patient: None) -> Guest:
    """Somebody who just found the address, in a browser that nobody has signed in with."""
    client.app.state.answers = Throttle()  # type: ignore[attr-defined]
    return Guest(client, point.address)
