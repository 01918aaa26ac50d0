"""A response comes in. No row of the trail tells of it: the week is all that is known of its time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.comments.models import Comment
from campus.feedback.figures import closing
from campus.feedback.quarters import week_of
from campus.feedback.random_ids import random_id
from campus.feedback.responses.models import Answer, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a guest sent, checked by `rules.checked_answers`. `comments` are already redacted."""

    version_id: int
    language: str
    origin: str
    answers: Mapping[str, str]
    comments: Mapping[str, str] = field(default_factory=dict)
    pavilion_id: int | None = None
    event_id: int | None = None
    segment_id: int | None = None
    id: str = field(default_factory=random_id)


def add(session: Session, given: Given, day: date) -> None:
    """Keep a response of this day, of which only the week is stored. Raises `Conflict` where its quarter is closed."""
    add_all(session, [(given, day)])


def add_all(session: Session, responses: Iterable[tuple[Given, date]]) -> None:
    """Keep many, in a few statements. Raises `Conflict` where a quarter of theirs is closed."""
    rows: dict[type[Any], list[dict[str, Any]]] = {Response: [], Answer: [], Comment: []}
    for given, day in responses:
        rows[Response].append({name: getattr(given, name) for name in _KEPT} | {"week": week_of(day)})
        told = {Answer: ("value", given.answers), Comment: ("text", given.comments)}
        for table, (column, said) in told.items():
            rows[table] += [{"response_id": given.id, "question": key, column: text} for key, text in said.items()]
    for week in {row["week"] for row in rows[Response]}:
        closing.check_open(session, week)
    for table, some in rows.items():
        if some:
            session.execute(sa.insert(table), some)


_KEPT = ("id", "version_id", "language", "origin", "pavilion_id", "event_id", "segment_id")
