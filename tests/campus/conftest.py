"""How many random series a test of the books tries."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from core.database import Database

Tries = Callable[[int], settings]


@pytest.fixture(params=[pytest.param(1, id="few"), pytest.param(5, id="many", marks=pytest.mark.long)])
def tries(request: pytest.FixtureRequest, database: Database) -> Tries:
    """`@tries(12)` tries twelve examples. On PostgreSQL a third of them: they are the same series, and only how their
    statements are carried out differs. A long run tries many more."""
    share = request.param / (3 if database.engine.name == "postgresql" else 1)
    return lambda few: settings(
        max_examples=max(2, round(few * share)), suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
