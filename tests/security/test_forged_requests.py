"""Forged requests: each form of the service refuses what did not come from its own page, whoever is signed in."""

import re
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from api import guest_pages
from core.database import Database
from core.trail import TrailEntry
from tests.api.access import PAGES
from tests.api.people import Browser
from tests.browser.test_own_pages import ADDRESSES

FORMS = sorted(path for method, path in PAGES if method != "GET")
OF_STAFF = [path for path in FORMS if not guest_pages.is_one(path)]  # guests have no session to borrow
FOREIGN = [{"Origin": "https://evil.example.org"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]


def entries(database: Database) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(TrailEntry)) or 0


def filled(path: str) -> str:
    """An address of this route."""
    return re.sub(r"{(\w+)}", lambda part: "ecampus" if part[1] == "slug" else "1", path)


def taken(answers: Iterator[object]) -> list[object]:
    """The answers that do not refuse."""
    return [one for one in answers if one.status_code != 403 or "nothing was changed" not in one.text]  # type: ignore[attr-defined]


def test_no_form_is_taken_without_its_token_with_a_wrong_one_or_from_another_site(
    browser_of: Callable[..., Browser], history: Database
) -> None:
    admin = browser_of("admin")
    token, before = admin.token(), entries(history)
    for path in OF_STAFF:
        address = filled(path)
        assert not taken(admin.post(address, data=fields) for fields in ({}, {"csrf": ""}, {"csrf": "0" * 64})), path
        assert not taken(admin.post(address, data={"csrf": token}, headers=one) for one in FOREIGN), path
        assert not taken(iter([admin.post(f"{address}?csrf={token}")])), path
    assert entries(history) == before


def test_looking_changes_nothing(browser_of: Callable[..., Browser], history: Database) -> None:
    admin = browser_of("admin", "accessibility")
    before = entries(history)
    for addresses in ADDRESSES.values():
        for address in addresses:
            assert admin.get(address).status_code < 500, address
    assert entries(history) == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_pages_know_no_other_way_to_change_something(browser_of: Callable[..., Browser], method: str) -> None:
    admin = browser_of("admin")
    assert [path for path in FORMS if admin.request(method, filled(path)).status_code != 405] == []
