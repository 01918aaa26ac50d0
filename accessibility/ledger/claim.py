"""How a worker takes one waiting piece of work for itself, whoever else tries at the same moment."""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.database import Base

T = TypeVar("T", bound=Base)


def claim_first(
    session: Session,
    table: type[T],
    free: sa.ColumnElement[bool],
    order: sa.SQLColumnExpression[Any],
    **values: Any,
) -> T | None:
    """Set `values` on the first row, by `order`, that is `free`, and give it; None when no row is.

    1. Look for a candidate.
    2. UPDATE it under the same condition: the row that comes back is ours.
    3. Nothing came back: another worker was faster, so look again.
    """
    key = table.__table__.c["id"]
    first = sa.select(key).where(free).order_by(order, key).limit(1)
    while (candidate := session.scalar(first)) is not None:
        ours = sa.update(table).where(key == candidate, free).values(**values).returning(key)
        if session.execute(ours).first():
            return session.get_one(table, candidate, populate_existing=True)
    return None
