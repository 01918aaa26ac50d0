"""The campus at a glance: nothing to press, each number leads to its page, empty parts say what would stand there."""

import re
from collections.abc import Callable
from datetime import timedelta

from api.pages.results import glance
from campus.capacity.report import Moment
from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.campus.sample_campus import add_campus

Client = Callable[..., Browser]


def test_each_number_leads_to_a_page_that_is_there_and_nothing_can_be_pressed(
    signed_in: Client, database: Database
) -> None:
    add_campus(database, "forecast", "works", "closures", "money", "funds", "costs", "energy", "results", "feedback")
    reader = signed_in("viewer")
    page = reader.get("/results/overview").text
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main
    assert "<button" not in main
    with database.read() as session:
        parts = glance.make(session, Moment.now())
    assert len(parts) == len(glance.PARTS)
    assert all(part.figures for part in parts)
    addresses = {figure.address for part in parts for figure in part.figures}
    assert addresses <= {one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+)"', main)}
    for address in sorted(addresses):
        assert reader.get(address).status_code == 200, address


def test_an_empty_part_says_what_would_stand_there(signed_in: Client, sqlite_database: Database) -> None:
    add_campus(sqlite_database, "works")
    with sqlite_database.read() as session:
        empty = [part for part in glance.make(session, Moment.now()) if not part.figures]
    assert {part.name for part in empty} >= {
        "closures",
        "money",
        "reimbursements",
        "funds",
        "running-costs",
        "energy",
        "feedback",
    }
    assert all(part.said.startswith("Once ") for part in empty)
    assert all(part.page for part in empty)


def test_of_a_past_day_it_tells_what_was_known_then(signed_in: Client, database: Database) -> None:
    add_campus(database, "works", "closures", "money", "funds", "costs", "energy", "results")
    before = signed_in("viewer").get(f"/results/overview?as_of={today() - timedelta(days=1)}").text
    assert "Sample refit" not in before
    assert "Sample north heat" not in before
