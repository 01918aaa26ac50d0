"""Stored script: everything in the database that came from outside is hostile, and every page shows it as text.

A real browser opens each page with our Content-Security-Policy switched off, so that nothing but the escaping stands
between the text and its running; `tests/security/test_headers.py` shows that the policy is on every answer.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from core.database import Database
from core.people.models import Person
from jobs.migrations.models import metadata
from tests.api.people import add_person
from tests.browser.alerts import add_alerts
from tests.browser.conftest import Service
from tests.browser.test_own_pages import ADDRESSES
from tests.security.hostile import ADDRESS, ALL_IN_ONE, JAVASCRIPT

OURS = set(
    "slug kind state key key_hash digest password_hash language pace uid platform_slug evidence outcome verdict source "
    "trigger impact decision check viewport held zone template role rule reason state_before_exception component "
    "email subject subject_id worker lease_owner hint job status headings sha256 cut cost_line cost_type "
    "unit direction measure measured_of id response_id code_hash quarter dimension thing area method question value "
    "origin stage sentiment profile".split()
)
"""Columns that hold words, hashes and numbers of our own, or what has been checked to be a word."""
OF_A_PAGE = {"html", "message", "name", "selector", "title", "reasons", "frame", "text", "note", "detail"}
ADDRESSES_OF_A_PAGE = {"help_url", "final_url", "url"}
COUNT = """() => {
    const handlers = [...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames())
        .filter((name) => name.startsWith('on') || name === 'srcdoc');
    const links = [...document.querySelectorAll('[href], [src], [action]')]
        .flatMap((one) => ['href', 'src', 'action'].map((name) => one.getAttribute(name) || ''))
        .filter((address) => /^\\s*(javascript|vbscript|data:text)/i.test(address));
    return [window.wasHacked || 0, ...handlers, ...links];
}"""


@pytest.fixture
def sqlite_database(history: Database) -> Database:
    """The service shows the history."""
    return history


@pytest.fixture
def hostile_service(live_service: Service) -> Service:
    """The service over a database in which every text from outside is hostile."""
    person = add_person(live_service.database, "admin", "accessibility")
    with live_service.database.write() as session:
        add_alerts(session, person.id)
        for (trigger,) in session.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(sa.text(f"DROP TRIGGER {trigger}"))  # some tables only grow
        for table in metadata.sorted_tables:
            for column in table.columns:
                _make_hostile(session, table, column)
    return live_service


def _make_hostile(session: Any, table: sa.Table, column: sa.Column[Any]) -> None:
    if isinstance(column.type, sa.String) and not _is_ours(column) and table.name != "platform_role":
        text = f"{ADDRESS}#" if column.name in ("url", "address") else ALL_IN_ONE
        rows = sa.cast(table.c.id, sa.String) if "id" in table.c else sa.literal("")
        session.execute(sa.update(table).values({column: sa.literal(text) + rows}))
    elif column.name in ("finding", "facts", "result", "before", "after") and table.name != "ticket_event":
        (key,) = table.primary_key.columns
        for identity, value in session.execute(sa.select(key, column)).all():
            session.execute(sa.update(table).where(key == identity).values({column: _hostile(value)}))


def _is_ours(column: sa.Column[Any]) -> bool:
    """In the campus's books, whose rows are versions, the reason of a change is a person's text."""
    by_people = column.name == "reason" and "superseded_at" in column.table.c
    return column.name in OURS and not by_people


def _hostile(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _hostile(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_hostile(one, name) for one in value]
    if isinstance(value, str) and name in ADDRESSES_OF_A_PAGE:
        return JAVASCRIPT
    return ALL_IN_ONE if isinstance(value, str) and name in OF_A_PAGE else value


@pytest.fixture
def page(browser: Browser, hostile_service: Service) -> Iterator[Page]:
    """A browser without our policy, of an administrator who is an accessibility lead too."""
    context = browser.new_context(bypass_csp=True)
    context.add_init_script("window.hacked = () => { window.top.wasHacked = (window.top.wasHacked || 0) + 1; };")
    with hostile_service.database.read() as session:
        person = session.scalars(sa.select(Person).order_by(Person.id.desc()).limit(1)).one()
    hostile_service.sign_in_as(context, person)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("several", [1, pytest.param(2, marks=pytest.mark.long)])
def test_on_no_page_does_a_stored_text_become_more_than_text(
    hostile_service: Service, page: Page, several: int
) -> None:
    """On one address of each route; on the second one mostly the same template shows other rows."""
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    wrong, shown = {}, set()
    for route, addresses in ADDRESSES.items():
        for address in addresses[:several]:
            answer = page.goto(hostile_service.address + address, wait_until="domcontentloaded")
            assert answer is not None
            if answer.status >= 500:
                wrong[address] = [answer.status]
            elif found := [one for one in page.evaluate(COUNT) if one]:
                wrong[address] = found
            if "<script>hacked()</script>" in (page.text_content("body") or ""):
                shown.add(route)
    assert wrong == {}
    assert dialogs == []
    assert [one for one in asked if not one.startswith((hostile_service.address, "data:"))] == []
    assert len(shown) > 30, "the hostile texts are hardly shown, so nothing is proven"
