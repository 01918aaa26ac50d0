"""Scripts that keep or read the campus's books."""

from datetime import timedelta

from fastapi import FastAPI

from core import clock
from core.database import Database
from core.people import keys
from tests.api.people import Browser, add_person


def client(app: FastAPI, database: Database, *scopes: str, role: str = "facilities") -> Browser:
    """A client whose token has these scopes, of somebody in this role."""
    person = add_person(database, role)
    with database.write() as session:
        expires = clock.now() + timedelta(days=1)
        key, _row = keys.create_token(
            session, "command", person.id, name="Sample", scopes=list(scopes), expires_at=expires
        )
    return Browser(app, follow_redirects=False, headers={"Authorization": f"Bearer {key}"})
