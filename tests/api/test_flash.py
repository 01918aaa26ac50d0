"""The message for the next page."""

from collections.abc import Callable

import pytest

from api import cookies, flash
from core.database import Database
from tests.api.people import Browser, add_person


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """None of this has to do with the kind of database."""
    return sqlite_database


def test_a_message_is_shown_once(signed_in: Callable[..., Browser], database: Database) -> None:
    browser, person = signed_in("admin"), add_person(database, "viewer")
    browser.post_form(f"/settings/people/{person.id}/deactivate")
    assert 'class="flash good" role="status"' in browser.get("/settings/people").text
    assert 'class="flash' not in browser.get("/settings/people").text


@pytest.mark.parametrize("value", ["x", "x.y", ".", "0.e30="])
def test_a_message_that_we_did_not_write_is_not_shown(signed_in: Callable[..., Browser], value: str) -> None:
    browser = signed_in("viewer")
    browser.cookies.set(cookies.FLASH, value)
    page = browser.get("/account")
    assert page.status_code == 200
    assert 'class="flash' not in page.text


def test_a_message_that_no_cookie_can_hold_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="too long"):
        flash.put(None, None, flash.Flash("x" * 4000), key="k")  # type: ignore[arg-type]
