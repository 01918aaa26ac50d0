"""What the steps at an audit's end need to know of it."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from accessibility.engine.page import RowState
from accessibility.ledger.audits.models import AuditRow
from accessibility.ledger.tickets.models import Occurrence


@dataclass(frozen=True, slots=True)
class Closing:
    """An audit that is being closed. `previous` is the number of the platform's last closed night, `previous_deep` that
    of the last deep one: what only deep checks find (`deep_rules`) is looked for in such nights alone.

    `rules` are check and rule of all that could have been found: where a check did not run, or an engine no longer has
    the rule, absence proves nothing.
    """

    audit_id: int
    platform_id: int
    number: int
    previous: int | None
    rules: Collection[tuple[str, str]]
    previous_deep: int | None = None
    deep_rules: Collection[tuple[str, str]] = ()
    recheck: bool = False  # it looked at a few rows only: what it did not look at stays as it is


def is_place_of(row: type[AuditRow], place: type[Occurrence]) -> sa.ColumnElement[bool]:
    """The row looked at the page, role and viewport of this occurrence."""
    return sa.and_(row.page_id == place.page_id, row.role == place.role, row.viewport == place.viewport)


def looked_at() -> sa.ColumnElement[bool]:
    """Rows whose findings count: audited in full or in part."""
    return AuditRow.state.in_((RowState.AUDITED.value, RowState.PARTLY.value))
