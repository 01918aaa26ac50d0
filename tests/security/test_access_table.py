"""Role escalation: the table of role and route that people read is the one that every route is asked against.

`tests/api/test_access.py` asks each route of the application as each role, with each scope, and without any.
"""

from pathlib import Path

from tests.security import access_table

TABLE = Path(__file__).parents[2] / "docs/access.md"


def test_the_documented_table_is_the_tested_one() -> None:
    said = "renew it: .venv/bin/python -m tests.security.access_table > docs/access.md"
    assert TABLE.read_text(encoding="utf-8") == access_table.text(), said
