"""Writing many rows of the books at once, as single changes write them: versions, ids, entries of the trail."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import Recorded
from core import clock
from core.trail import TrailEntry, as_json

CHUNK = 500  # as many values go into one statement on every SQLite
One = TypeVar("One")


def chunks(things: Iterable[One], size: int = CHUNK) -> Iterator[list[One]]:
    """The same things, so many at a time."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part


def supersede_all(session: Session, table: type[Recorded], ids: Sequence[int]) -> None:
    """From now on the books believe something else than these versions, which must be the current ones."""
    key: Any = table.id  # type: ignore[attr-defined]
    for part in chunks(ids):
        session.execute(
            sa.update(table).where(key.in_(part)).values(superseded_at=clock.now()),
            execution_options={"synchronize_session": False},
        )


def insert(session: Session, table: type[Any], rows: list[dict[str, Any]]) -> list[int]:
    """The ids of the new rows, in their order."""
    if not rows:
        return []
    found = session.execute(sa.insert(table).returning(table.id, sort_by_parameter_order=True), rows)
    return list(found.scalars())


class Told:
    """Entries of the audit trail, gathered and written at once."""

    def __init__(self, session: Session, actor: str, action: str, subject: str) -> None:
        self._session = session
        self._shared = {"at": clock.now(), "actor": actor, "action": action, "subject": subject}
        self._rows: list[dict[str, Any]] = []

    def add(self, subject_id: object, before: Any, after: Any) -> None:
        """One change, as `core.trail.record` takes it."""
        told = {"subject_id": str(subject_id), "before": as_json(before), "after": as_json(after)}
        self._rows.append(self._shared | told)

    def write(self) -> None:
        """Append them."""
        if self._rows:
            self._session.execute(sa.insert(TrailEntry), self._rows)
