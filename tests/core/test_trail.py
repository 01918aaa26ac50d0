"""The audit trail can only grow."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core import trail
from core.database import Database


def _record(database: Database, *numbers: int) -> None:
    with database.write() as session:
        for number in numbers:
            trail.record(
                session, "person:1", "room.close", "room", number, before={"open": True}, after={"open": False}
            )


@pytest.mark.parametrize("change", ["UPDATE trail_entry SET actor = 'nobody'", "DELETE FROM trail_entry"])
def test_the_database_refuses_to_change_what_was_recorded(database: Database, change: str) -> None:
    _record(database, 7)

    with pytest.raises(IntegrityError, match="never changed or deleted"):
        _run(database, change)

    with database.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM trail_entry WHERE actor = 'person:1'")) == 1


def test_replacing_a_recorded_row_is_refused(sqlite_database: Database) -> None:
    _record(sqlite_database, 7)

    with pytest.raises(IntegrityError, match="never changed or deleted"):
        _run(sqlite_database, "INSERT OR REPLACE INTO trail_entry SELECT * FROM trail_entry")


def test_emptying_the_whole_table_is_refused(postgres_database: Database) -> None:
    with pytest.raises(IntegrityError, match="never changed or deleted"):
        _run(postgres_database, "TRUNCATE trail_entry")


def test_the_history_of_a_subject_is_listed_newest_first_in_pages(database: Database) -> None:
    _record(database, 1, 2, 1)

    with database.read() as session:
        newest, oldest = trail.entries(session, "room", 1)
        assert newest.id > oldest.id
        assert newest.before == {"open": True}
        assert newest.after == {"open": False}
        assert [entry.id for entry in trail.entries(session, "room", limit=2)] == [3, 2]
        assert [entry.id for entry in trail.entries(session, "room", before=2)] == [1]


def _run(database: Database, statement: str) -> None:
    with database.write() as session:
        session.execute(sa.text(statement))
