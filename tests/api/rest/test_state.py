"""The state of the service for machines of administrators."""

from datetime import timedelta

from core import clock, heartbeats
from core.database import Database
from core.people import keys
from tests.api.people import Browser, add_person
from tests.api.rest.ledger import Ledger
from tests.api.workers import worker


def administrator(ledger: Ledger, database: Database) -> Browser:
    person = add_person(database, "admin")
    with database.write() as session:
        expires = clock.now() + timedelta(days=1)
        key, _row = keys.create_token(
            session, "command", person.id, name="Sample", scopes=["admin"], expires_at=expires
        )
    return Browser(ledger.app, headers={"Authorization": f"Bearer {key}"})


def test_an_administrator_gets_the_state_as_json(ledger: Ledger, sqlite_database: Database) -> None:
    planned = clock.now() + timedelta(hours=1)
    with sqlite_database.write() as session:
        heartbeats.beat(session, worker(), {"clean sign-ins": planned})
    state = administrator(ledger, sqlite_database).get("/api/v1/state").json()
    assert state["database"]["kind"] == "sqlite"
    assert state["folder"]["free_bytes"] > 0
    assert [(one["alive"], one["browser"], one["doing"]) for one in state["workers"]] == [
        (True, "Sample browser 1", [])
    ]
    assert [one["queue"] for one in state["queues"]] == ["audits", "gates", "messages"]
    assert (state["jobs"][0]["job"], state["jobs"][0]["last_state"]) == ("clean sign-ins", None)
    assert [one["next_at"] for one in state["jobs"][1:]] == [None, None]
    assert "no worker" not in state["cautions"]
    assert "no mail" in state["cautions"]


def test_others_get_nothing_of_it(lead: Browser) -> None:
    assert lead.get("/api/v1/state").status_code == 403
