"""Writes the next migration: the difference between the migrations so far and the models.

    python -m jobs.migrations.make "tickets have a due date"

Alembic does not see everything (a renamed column is a dropped and a new one): read what it wrote.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alembic import command

from core.database import Database
from jobs import migrations
from jobs.database import bring_up_to_date

TIDY = {
    "hooks": "sort, format",
    "sort.type": "module",
    "sort.module": "ruff",
    "sort.options": "check --quiet --select I --fix REVISION_SCRIPT_FILENAME",
    "format.type": "module",
    "format.module": "ruff",
    "format.options": "format --quiet REVISION_SCRIPT_FILENAME",
}


def make(message: str) -> Path | None:
    """Write the migration under the next number. Returns its file, or None when the models have not changed."""
    versions = migrations.FOLDER / "versions"
    number = f"{len(list(versions.glob('[0-9]*.py'))) + 1:04}"
    with TemporaryDirectory() as scratch:
        database = Database(f"sqlite:///{Path(scratch) / 'scratch.sqlite'}")
        bring_up_to_date(database)
        config = migrations.alembic_config()
        for name, value in TIDY.items():
            config.set_section_option("post_write_hooks", name, value)
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(
                config, message, autogenerate=True, rev_id=number, process_revision_directives=_unless_empty
            )
        database.close()
    return next(versions.glob(f"{number}_*.py"), None)


def _unless_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    if directives[0].upgrade_ops.is_empty():
        directives.clear()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('usage: python -m jobs.migrations.make "what changed"')
    print(make(sys.argv[1]) or "The models have not changed.")
