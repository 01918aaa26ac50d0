"""The security pass works on the small history of `tests/accessibility/seed.py`, where every page has something."""

from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.conftest import _shared_app  # noqa: F401
from tests.api.pages.accessibility.conftest import app, browser_of, lead  # noqa: F401
from tests.api.rest.conftest import _ledger_folder, ledger, service  # noqa: F401
from tests.browser.conftest import browser, context, live_service  # noqa: F401
