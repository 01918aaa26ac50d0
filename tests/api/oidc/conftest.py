"""A service that is set up for a provider."""

from collections.abc import Callable, Iterator

import pytest

from core.database import Database
from core.people.models import Person
from tests.api.people import add_person
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, oidc_provider


@pytest.fixture
def provider(configure: Callable[..., None]) -> Iterator[Provider]:
    """A provider, and the service set up for it."""
    with oidc_provider() as found:
        configure(
            oidc_issuer=found.issuer,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=CLIENT_SECRET,
            oidc_name="Sample Institute",
        )
        yield found


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One test is for both kinds; the others have nothing to do with them."""
    return sqlite_database


@pytest.fixture
def lead(database: Database, provider: Provider) -> Person:
    """Somebody with an account and a password, whose address the provider has verified."""
    person = add_person(database, "accessibility", name="Sample Lead")
    provider.claims |= {"email": person.email, "email_verified": True}
    return person
