"""The service as a browser meets it: on a port of the loopback, with people who can sign in."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from accessibility.engine.crawl.chromium import DISABLED_FEATURES, find_browser, uses_sandbox
from api import cookies
from api.app import create_app
from core.database import Database
from core.people import keys
from core.people.models import Person
from tests.api.people import add_person

ARGUMENTS = [
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"),
    f"--disable-features={','.join(DISABLED_FEATURES)}",
]
START_SECONDS = 20
EXECUTABLE = os.environ.get("CAMPUS_BROWSER", "")  # read before the tests take all settings away
SANDBOX = os.environ.get("CAMPUS_BROWSER_SANDBOX", "auto")


@dataclass(frozen=True)
class Service:
    """A running service. `address` has no slash at its end."""

    address: str
    database: Database

    def sign_in(self, context: BrowserContext, *roles: str) -> Person:
        """Somebody new with these roles, signed in in this context as the sign-in page does it."""
        person = add_person(self.database, *roles, name="Sample Person")
        self.sign_in_as(context, person)
        return person

    def sign_in_as(self, context: BrowserContext, person: Person) -> None:
        """Sign this person in."""
        with self.database.write() as session:
            key = keys.start_sign_in(session, person.id, "Mozilla/5.0 (X11; Linux) Chrome/156", 12)
        context.add_cookies([{"name": cookies.SESSION, "value": key, "url": self.address}])


@pytest.fixture
def live_service(sqlite_database: Database) -> Iterator[Service]:
    """The service on a free port, over a fresh SQLite file."""
    config = uvicorn.Config(create_app(sqlite_database), host="127.0.0.1", port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    started = time.monotonic()
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        assert time.monotonic() - started < START_SECONDS, "the service did not start in time"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Service(f"http://127.0.0.1:{port}", sqlite_database)
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. It ends with the module: while the synchronous Playwright runs, no other test can run a loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(EXECUTABLE), args=ARGUMENTS, chromium_sandbox=uses_sandbox(SANDBOX)
        )
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies, 1280 by 800."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    yield context
    context.close()
