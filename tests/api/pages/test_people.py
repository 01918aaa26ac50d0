"""The pages about people."""

import re
from collections.abc import Callable

import pytest

from core.database import Database
from core.people import passwords, queries
from core.people.models import Person
from tests.api.people import PASSWORD, Browser, add_person

LIST = "/settings/people"


@pytest.fixture
def admin(signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("admin")


def stored(database: Database, person: Person) -> Person:
    with database.read() as session:
        return queries.person(session, person.id)


def test_the_list_says_how_many_may_sign_in(admin: Browser, database: Database) -> None:
    add_person(database, "viewer", name="Sample <b>Viewer</b>")
    page = admin.get(LIST).text
    assert "2 people may sign in." in page
    assert "Sample &lt;b&gt;Viewer&lt;/b&gt;" in page


def test_a_new_person_gets_a_one_time_password_shown_once(admin: Browser, database: Database) -> None:
    fields = {"name": "Sample Person", "email": "New.Person@example.org", "roles": ["viewer", "quality"]}
    page = admin.post_form(f"{LIST}/add", fields).text
    secret = re.findall(r'<code class="secret"[^>]*>([^<]+)</code>', page)[0]
    with database.read() as session:
        person = queries.person_by_email(session, "new.person@example.org")
    assert person
    assert person.roles == ["viewer", "quality"]
    assert person.must_change_password
    assert passwords.matches(secret, person.password_hash)
    assert secret not in admin.get(f"{LIST}/{person.id}").text


def test_errors_stand_at_their_fields_and_entries_survive(admin: Browser) -> None:
    answer = admin.post_form(f"{LIST}/add", {"name": "Sample Person"})
    assert answer.status_code == 422
    assert 'value="Sample Person"' in answer.text
    assert '<a href="#email">Enter an e-mail address, such as name@example.org.</a>' in answer.text
    again = admin.post_form(f"{LIST}/add", {"name": "Sample", "email": "not an address", "roles": "viewer"})
    assert 'aria-describedby="email-hint email-error" aria-invalid="true"' in again.text
    assert '<a href="#email">The e-mail address is not an e-mail address</a>' in again.text
    assert 'value="viewer" checked' in again.text


def test_an_address_that_somebody_has_is_refused(admin: Browser) -> None:
    fields = {"name": "Sample", "email": admin.person.email, "roles": "viewer"}
    answer = admin.post_form(f"{LIST}/add", fields)
    assert answer.status_code == 422
    assert "somebody else has this address" in answer.text


def test_name_and_roles_can_be_changed(admin: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    fields = {"name": "Sample Renamed", "roles": ["facilities", "quality"], "version": str(person.version)}
    assert admin.post_form(f"{LIST}/{person.id}", fields).headers["location"] == LIST
    assert "Sample Renamed is changed." in admin.get(LIST).text
    assert stored(database, person).roles == ["facilities", "quality"]


def test_a_change_based_on_an_older_version_is_refused(admin: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    fields = {"name": "Sample First", "roles": "viewer", "version": str(person.version)}
    admin.post_form(f"{LIST}/{person.id}", fields)
    answer = admin.post_form(f"{LIST}/{person.id}", fields | {"name": "Sample Second"})
    assert answer.status_code == 422
    assert "Somebody else has changed this person meanwhile." in answer.text
    assert 'value="Sample Second"' in answer.text
    assert stored(database, person).name == "Sample First"


def test_taking_access_away_asks_first_signs_out_and_can_be_undone(admin: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    theirs = Browser(admin.app, follow_redirects=False).sign_in_as(database, person)
    assert "signed out everywhere at once" in admin.get(f"{LIST}/{person.id}/deactivate").text
    assert theirs.get("/account").status_code == 200
    admin.post_form(f"{LIST}/{person.id}/deactivate")
    assert theirs.get("/account").status_code == 303
    page = admin.get(LIST).text
    assert f'action="{LIST}/{person.id}/activate"' in page
    assert "Give access back" not in admin.get(LIST).text
    admin.post_form(f"{LIST}/{person.id}/activate")
    assert stored(database, person).active


def test_the_last_administrator_cannot_lock_everybody_out(admin: Browser, database: Database) -> None:
    answer = admin.post_form(f"{LIST}/{admin.person.id}/deactivate")
    assert answer.status_code == 409
    assert "appoint another one first" in answer.text
    assert stored(database, admin.person).active


def test_who_has_no_access_can_be_given_it_back_on_their_page(admin: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    admin.post_form(f"{LIST}/{person.id}/deactivate")
    page = admin.get(f"{LIST}/{person.id}").text
    assert "This person cannot sign in." in page
    assert f'action="{LIST}/{person.id}/activate"' in page


def test_a_forgotten_password_is_replaced_by_a_one_time_one(admin: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    assert "signed out everywhere" in admin.get(f"{LIST}/{person.id}/password").text
    page = admin.post_form(f"{LIST}/{person.id}/password").text
    secret = re.findall(r'<code class="secret"[^>]*>([^<]+)</code>', page)[0]
    now = stored(database, person)
    assert now.must_change_password
    assert passwords.matches(secret, now.password_hash)
    assert not passwords.matches(PASSWORD, now.password_hash)
