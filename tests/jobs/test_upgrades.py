"""A database of every earlier revision, with rows in every table, is brought up to date and loses nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from core.database import Database
from jobs.database import bring_up_to_date, filling_anew, newest_revision, revision, upgrade
from jobs.migrations import alembic_config
from jobs.migrations.models import metadata
from tests.conftest import KINDS
from tests.jobs.sample_rows import everything, fill

REVISIONS = sorted(script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions())
# (table, column) that a migration takes away or rewrites on purpose: name the migration, and test it by itself.
CHANGED: dict[tuple[str, str], str] = {}

Content = dict[str, list[dict[str, Any]]]


def starts() -> Iterator[Any]:
    """Each earlier revision with a kind of database in turn; the first and the last with either. The rest is long."""
    for number, start in enumerate(REVISIONS[:-1]):
        for kind in KINDS:
            always = start in (REVISIONS[0], REVISIONS[-2]) or KINDS[number % len(KINDS)] == kind
            yield pytest.param(kind, start, marks=[] if always else [pytest.mark.long])


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Database]:
    database = Database(empty_database_url)
    yield database
    database.close()


@pytest.mark.parametrize(("empty_database_url", "start"), list(starts()), indirect=["empty_database_url"])
def test_a_database_of_an_earlier_revision_is_brought_up_to_date_with_all_its_rows(start: str, empty: Database) -> None:
    with filling_anew(empty) as connection:
        upgrade(connection, start)
        fill(connection)
        before = everything(connection)
    assert all(before.values())

    bring_up_to_date(empty)

    with empty.read() as session:
        assert revision(session.connection()) == newest_revision()
        after = everything(session.connection())
    assert set(after) == set(metadata.tables)
    assert kept(before, after) == kept(before, before)


def kept(wanted: Content, found: Content) -> Content:
    """Of `found` the tables and columns that `wanted` has and that no migration changes on purpose."""
    return {
        name: [{column: row.get(column) for column in rows[0] if (name, column) not in CHANGED} for row in found[name]]
        for name, rows in wanted.items()
    }


def test_what_was_upgraded_is_written_to_like_any_other(empty: Database) -> None:
    with filling_anew(empty) as connection:
        upgrade(connection, REVISIONS[0])
        fill(connection)
    bring_up_to_date(empty)

    with empty.write() as session:
        fill(session.connection())  # the tables that later revisions added
    with pytest.raises(sa.exc.IntegrityError), empty.write() as session:
        session.execute(sa.text("DELETE FROM trail_entry"))
    with pytest.raises(sa.exc.IntegrityError), empty.write() as session:
        session.execute(sa.text("INSERT INTO page (platform_id, url, title) VALUES (99, 'https://example.org/', '')"))
