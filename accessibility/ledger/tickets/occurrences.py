"""Folds an audit's findings into occurrences, and says where their absence is proven.

Set-based: a statement per rule, however many occurrences there are. A place is (page, role, viewport, state).
"""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from accessibility.engine.page import Reason, RowState
from accessibility.ledger.audits.models import AuditedState, AuditFinding, AuditRow
from accessibility.ledger.insert import insert_into
from accessibility.ledger.tickets.closing import Closing, is_place_of, looked_at
from accessibility.ledger.tickets.models import Component, Occurrence

GONE = (Reason.NOT_FOUND.value, Reason.GONE.value)


def fold_occurrences(session: Session, closing: Closing) -> None:
    """What was seen, then what was not. The components must have been folded before."""
    _fold_seen(session, closing)
    _fold_gone_pages(session, closing)
    _fold_clean(session, closing)


def _fold_seen(session: Session, closing: Closing) -> None:
    """An open occurrence at the place goes on, otherwise one begins."""
    per_place = (
        sa.select(
            sa.func.min(AuditFinding.id).label("first_id"),
            AuditFinding.row_id,
            AuditFinding.component,
            AuditFinding.state,
            sa.func.min(AuditFinding.outcome).label("outcome"),  # "failed" comes before "needs review"
            sa.func.count(sa.distinct(AuditFinding.selector)).label("elements"),
        )
        .where(AuditFinding.audit_id == closing.audit_id)
        .group_by(AuditFinding.row_id, AuditFinding.component, AuditFinding.state)
        .subquery()
    )
    first = aliased(AuditFinding)
    seen = (
        sa.select(
            sa.literal(closing.platform_id),
            Component.id,
            AuditRow.page_id,
            AuditRow.role,
            AuditRow.viewport,
            per_place.c.state,
            per_place.c.outcome,
            per_place.c.elements,
            first.selector,
            sa.literal(closing.number),
            sa.literal(closing.number),
            sa.false(),
            sa.false(),
        )
        .join(first, first.id == per_place.c.first_id)
        .join(AuditRow, AuditRow.id == per_place.c.row_id)
        .join(
            Component,
            sa.and_(Component.platform_id == closing.platform_id, Component.key == per_place.c.component),
        )
        .where(looked_at())
    )
    place = ["component_id", "page_id", "role", "viewport", "state"]
    columns = ["platform_id", *place, "outcome", "count", "selector", "first", "last", "page_gone", "moved"]
    insert = insert_into(session, Occurrence).from_select(columns, seen)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=place,
            index_where=Occurrence.ended.is_(None),
            set_={name: insert.excluded[name] for name in ("outcome", "count", "selector", "last")} | {"clean": None},
        )
    )


def _fold_gone_pages(session: Session, closing: Closing) -> None:
    """The page answered 404 or 410: its occurrences end, which is no repair."""
    gone = sa.and_(AuditRow.state == RowState.EXCLUDED.value, AuditRow.reason.in_(GONE))
    session.execute(
        _not_seen(closing).where(_row_exists(closing, gone)).values(ended=closing.number, page_gone=True, clean=None)
    )


def _fold_clean(session: Session, closing: Closing) -> None:
    """Where the place was audited in full without it: the second time in a row ends it, otherwise a first is noted.

    Where the place's page was planned and this is not so, a run of clean audits is broken off. Rows out of the plan
    (redirects, duplicates) change nothing. Re-checks may follow each other within minutes, so at least one of the two
    clean audits is a night: the last one, for a re-check; this one, after a re-check since the last.
    """
    proven = _not_seen(closing).where(_absence_proven(closing))
    previous = _previous_that_looked(closing)
    second = Occurrence.clean == previous if closing.recheck else Occurrence.clean >= previous
    session.execute(proven.where(second).values(ended=closing.number))
    planned = AuditRow.state != RowState.EXCLUDED.value
    unproven = sa.and_(_looked_for(closing), _row_exists(closing, planned), ~_absence_proven(closing))
    session.execute(_not_seen(closing).where(unproven, Occurrence.clean.is_not(None)).values(clean=None))
    first = sa.or_(Occurrence.clean.is_(None), Occurrence.clean < previous)
    session.execute((proven.where(first) if closing.recheck else proven).values(clean=closing.number))


def _not_seen(closing: Closing) -> sa.Update:
    """Open occurrences that this audit did not see."""
    return (
        sa.update(Occurrence)
        .where(
            Occurrence.platform_id == closing.platform_id,
            Occurrence.ended.is_(None),
            Occurrence.last < closing.number,
        )
        .execution_options(synchronize_session=False)
    )


def _absence_proven(closing: Closing) -> sa.ColumnElement[bool]:
    """The place was audited in full, by the check and the rule that once found the problem.

    A platform check looks at all pages together: there every place of the component must have been audited, or gone.
    """
    somewhere_open = aliased(Occurrence)
    unproven = (
        sa.select(somewhere_open.component_id)
        .join(Component, Component.id == somewhere_open.component_id)
        .where(
            somewhere_open.platform_id == closing.platform_id,
            somewhere_open.ended.is_(None),
            Component.platform_check,
            ~_audited_in_full(closing, somewhere_open),
        )
    )
    return sa.and_(
        _looked_for(closing),
        Occurrence.component_id.not_in(unproven),
        _audited_in_full(closing, Occurrence),
    )


def _looked_for(closing: Closing) -> sa.ColumnElement[bool]:
    """This audit ran the check that once found the problem, and the check still has the rule."""
    return Occurrence.component_id.in_(_components(closing, closing.rules))


def _previous_that_looked(closing: Closing) -> sa.ColumnElement[int | None]:
    """The last night before this audit that looked for the occurrence's problem: NULL where there was none."""
    only_deep = Occurrence.component_id.in_(_components(closing, closing.deep_rules))
    number = sa.Integer()
    return sa.case((only_deep, sa.literal(closing.previous_deep, number)), else_=sa.literal(closing.previous, number))


def _components(closing: Closing, rules: Collection[tuple[str, str]]) -> sa.Select[int]:
    return sa.select(Component.id).where(
        Component.platform_id == closing.platform_id, sa.tuple_(Component.check, Component.rule).in_(rules)
    )


def _audited_in_full(closing: Closing, occurrence: type[Occurrence]) -> sa.ColumnElement[bool]:
    return (
        sa.select(AuditRow.id)
        .join(AuditedState, AuditedState.row_id == AuditRow.id)
        .where(
            _row_of(closing, occurrence),
            AuditRow.state == RowState.AUDITED.value,
            AuditedState.state == occurrence.state,
        )
        .exists()
    )


def _row_exists(closing: Closing, condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.select(AuditRow.id).where(_row_of(closing, Occurrence), condition).exists()


def _row_of(closing: Closing, occurrence: type[Occurrence]) -> sa.ColumnElement[bool]:
    return sa.and_(AuditRow.audit_id == closing.audit_id, is_place_of(AuditRow, occurrence))
