"""Every night: what guests left is deleted when its time is over, and the order of what stays tells nothing.

An answer has a random id, but a database remembers more than its rows say: PostgreSQL writes rows one behind the other
and marks each with its transaction, and SQLite fills its pages in the order of arrival, and keeps deleted bytes until
something else needs their place. So, each night:

- PostgreSQL: all rows are written anew in one transaction, which gives them its mark, and each table then in the order
  of its ids (CLUSTER), which leaves none of the old behind.
- SQLite: deleting overwrites with zeros (`secure_delete`), VACUUM writes the whole file anew in the order of the ids,
  and the log of writes is emptied into it.

What remains within a day, in backups and in the database's own log is told in docs/security.md.
"""

import sqlalchemy as sa

from campus.feedback import retention
from campus.feedback.cases.models import CaseNote, GuestCase
from campus.feedback.comments.models import Comment
from campus.feedback.invitations.models import Invitation, InvitationAddress, RecentGuest
from campus.feedback.responses.models import Answer, Response
from core import clock
from core.database import Base, Database
from core.errors import Unavailable
from core.i18n import today

UNORDERED: tuple[type[Base], ...] = (Response, Answer, Comment, Invitation, InvitationAddress, RecentGuest)
WITH_GUESTS: tuple[type[Base], ...] = (*UNORDERED, GuestCase, CaseNote)


def delete_old_guest_data(database: Database) -> dict[str, int]:
    """Delete what is too old, in small transactions; how many rows of each kind."""
    done = {}
    for name, step in retention.STEPS.items():
        done[name] = 0
        while deleted := _deleted(database, step):
            done[name] += deleted
            if deleted < retention.STEP:
                break
    return done


def forget_order(database: Database) -> dict[str, int]:
    """Write the tables of guests anew, in the order of their random ids; how many tables.

    Raises what the database says when somebody holds a table for too long: the next night tries again.
    """
    if database.engine.dialect.name == "postgresql":
        _rewrite_postgresql(database)
    else:
        _rewrite_sqlite(database)
    return {"tables": len(UNORDERED)}


def _deleted(database: Database, step: retention.Step) -> int:
    with database.write() as session:
        return step(session, today(), clock.now())


def _rewrite_postgresql(database: Database) -> None:
    with database.write() as session:
        for table in UNORDERED:
            rows = Base.metadata.tables[table.__tablename__]
            key = next(iter(rows.primary_key))
            session.execute(sa.update(rows).values({key: key}))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in WITH_GUESTS:
            connection.exec_driver_sql(f'CLUSTER "{table.__tablename__}" USING "pk_{table.__tablename__}"')


def _rewrite_sqlite(database: Database) -> None:
    connection = database.engine.raw_connection()  # neither works inside a transaction
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise Unavailable("The log of writes could not be emptied: somebody was reading all the time.")
    finally:
        connection.close()
