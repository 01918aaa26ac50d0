"""The service over a small campus with an answer point, for guests and for staff."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.app import create_app
from campus.feedback.responses.models import AnswerPoint
from core import clock
from core.database import Database
from core.settings import Settings
from tests.api.people import Browser, add_person
from tests.campus.books import Campus, open_campus
from tests.campus.feedback import guests

POINT = "samplepoint"


@dataclass
class Desk:
    """A campus and the service over it."""

    database: Database
    campus: Campus
    app: FastAPI

    def guest(self) -> Browser:
        """Somebody without an account."""
        return Browser(self.app, follow_redirects=False)

    def staff(self, *roles: str) -> Browser:
        """Somebody new with these roles."""
        person = add_person(self.database, *roles)
        return Browser(self.app, follow_redirects=False).sign_in_as(self.database, person)


@pytest.fixture
def desk(sqlite_database: Database, tmp_path: Path, configure: Callable[..., None]) -> Desk:
    with sqlite_database.write() as session:
        campus = open_campus(session)
        guests.published(session)
        pavilion = campus.pavilions[0]
        session.add(AnswerPoint(key=POINT, questionnaire_id=1, pavilion_id=pavilion, made_at=clock.now()))
    return Desk(sqlite_database, campus, create_app(sqlite_database, Settings(data_dir=tmp_path)))
