"""The work list of a running audit in the database: killed at any moment, the audit goes on where it stood.

Every call is one short transaction, and nothing of a page stays in memory after its call.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.finding import Finding, Outcome
from accessibility.engine.page import Declined, PlannedRow, Reason, Row, RowKey, RowResult, RowState
from accessibility.ledger.audits import stored
from accessibility.ledger.audits.models import (
    Audit,
    AuditDeclined,
    AuditedState,
    AuditFinding,
    AuditRow,
    Page,
    url_digest,
)
from accessibility.ledger.insert import insert_into
from accessibility.ledger.tickets.models import Component
from core import clock, picture_store
from core.database import Database
from core.errors import Conflict, NotFound
from core.settings import settings

CHUNK = 200  # rows read or written at a time


class DatabaseWorkList:
    """The rows of one audit; `WorkList` in the engine says what each call means."""

    def __init__(self, database: Database, audit_id: int, evidence_dir: Path | None = None) -> None:
        self._database = database
        self._audit_id = audit_id
        self._evidence_dir = evidence_dir or settings().evidence_dir
        self._pictured: set[str] = set()  # components that have a picture, or whose picture is being taken
        with database.read() as session:
            audit = session.get(Audit, audit_id)
            if audit is None:
                raise NotFound(f"There is no audit {audit_id}.")
            self._platform_id = audit.platform_id

    def wave(self) -> int:
        with self._database.read() as session:
            return session.scalars(sa.select(Audit.waves).where(Audit.id == self._audit_id)).one()

    def plan(self, wave: int, rows: Sequence[PlannedRow], declined: Collection[Declined]) -> None:
        with self._database.write() as session:
            if not self._begin_wave(session, wave):
                return
            for chunk in _chunks(rows):
                pages = self._pages(session, {row.key.url for row in chunk})
                session.execute(sa.insert(AuditRow), [self._new_row(row, pages) for row in chunk])
            for refused in _chunks(sorted(declined)):
                session.execute(
                    insert_into(session, AuditDeclined).on_conflict_do_nothing(),
                    [
                        {"audit_id": self._audit_id, "role": item.role, "url": stored.clean_text(item.url)}
                        | {"reason": item.reason.value}
                        for item in refused
                    ],
                )

    def _begin_wave(self, session: Session, wave: int) -> bool:
        """Count the wave; False when it was planned before."""
        audit = sa.update(Audit).where(Audit.id == self._audit_id, Audit.state == "running", Audit.waves == wave)
        if session.execute(audit.values(waves=wave + 1).returning(Audit.id)).first():
            return True
        state, waves = session.execute(sa.select(Audit.state, Audit.waves).where(Audit.id == self._audit_id)).one()
        if state == "running" and waves > wave:
            return False
        raise Conflict(f"Audit {self._audit_id} is {state} and has {waves} waves; wave {wave} cannot be planned.")

    def _pages(self, session: Session, urls: Collection[str]) -> dict[str, int]:
        """Ids of the pages at these addresses; new ones are made. Sorted, so that two processes cannot deadlock."""
        cleaned = {url: stored.clean_text(url) for url in urls}
        session.execute(
            insert_into(session, Page).on_conflict_do_nothing(),
            [{"platform_id": self._platform_id, "url": url} for url in sorted(set(cleaned.values()))],
        )
        digests = [url_digest(url) for url in cleaned.values()]
        found = session.execute(
            sa.select(Page.url, Page.id).where(Page.platform_id == self._platform_id, Page.digest.in_(digests))
        )
        ids = {row.url: row.id for row in found}
        return {url: ids[clean] for url, clean in cleaned.items()}

    def _new_row(self, row: PlannedRow, pages: dict[str, int]) -> dict[str, Any]:
        return {
            "audit_id": self._audit_id,
            "page_id": pages[row.key.url],
            "role": row.key.role,
            "viewport": row.key.viewport,
            "depth": row.depth,
            "position": row.position,
            "source": row.source,
            "state": row.state.value,
            "reason": row.reason.value if row.reason else "",
        }

    def pending(self) -> list[PlannedRow]:
        with self._database.read() as session:
            found = session.execute(
                sa.select(
                    AuditRow.role, AuditRow.viewport, AuditRow.depth, AuditRow.position, AuditRow.source, Page.url
                )
                .join(Page, Page.id == AuditRow.page_id)
                .where(AuditRow.audit_id == self._audit_id, AuditRow.state == RowState.PENDING.value)
                .order_by(AuditRow.position)
            )
            return [
                PlannedRow(RowKey(row.url, row.role, row.viewport), row.depth, row.position, row.source)
                for row in found
            ]

    def finish(self, key: RowKey, result: RowResult) -> None:
        # a picture nobody refers to, should the transaction fail, is swept later
        crops = {component: picture_store.store(self._evidence_dir, png) for component, png in result.crops.items()}
        with self._database.write() as session:
            row = session.execute(
                sa.update(AuditRow)
                .where(self._is(key), AuditRow.state == RowState.PENDING.value)
                .values(**stored.result_to_columns(result), done_at=clock.now())
                .returning(AuditRow.id, AuditRow.page_id)
            ).first()
            if row is None:
                return
            for state in dict.fromkeys(result.states):
                session.add(AuditedState(row_id=row.id, state=state))
            self._add(session, ((row.id, finding) for finding in result.findings), crops)
            if result.facts and (title := stored.clean_text(result.facts.title)):
                changed = sa.update(Page).where(Page.id == row.page_id, Page.title != title)
                session.execute(changed.values(title=title))

    def exclude(self, duplicates: Sequence[tuple[RowKey, str]]) -> None:
        with self._database.write() as session:
            for key, original in duplicates:
                row_id = session.scalars(
                    sa.update(AuditRow)
                    .where(self._is(key))
                    .values(
                        state=RowState.EXCLUDED.value,
                        reason=Reason.DUPLICATE.value,
                        detail=stored.clean_text(original),
                        rules=None,
                    )
                    .returning(AuditRow.id)
                ).one()
                session.execute(sa.delete(AuditFinding).where(AuditFinding.row_id == row_id))
                session.execute(sa.delete(AuditedState).where(AuditedState.row_id == row_id))

    def rows(self) -> Iterator[Row]:
        """A chunk a transaction, so that none stays open however slowly the rows are used."""
        position = -1
        while chunk := self._rows_after(position):
            yield from chunk
            position = chunk[-1].planned.position

    def _rows_after(self, position: int) -> list[Row]:
        with self._database.read() as session:
            found = session.execute(
                sa.select(AuditRow, Page.url)
                .join(Page, Page.id == AuditRow.page_id)
                .where(AuditRow.audit_id == self._audit_id, AuditRow.position > position)
                .order_by(AuditRow.position)
                .limit(CHUNK)
            ).all()
            states: dict[int, list[str]] = {}
            ids = [row.id for row, _ in found]
            for state in session.scalars(sa.select(AuditedState).where(AuditedState.row_id.in_(ids))):
                states.setdefault(state.row_id, []).append(state.state)
            return [stored.row_from_columns(row, url, states.get(row.id, [])) for row, url in found]

    def declined(self) -> list[Declined]:
        with self._database.read() as session:
            found = session.execute(
                sa.select(AuditDeclined.role, AuditDeclined.url, AuditDeclined.reason).where(
                    AuditDeclined.audit_id == self._audit_id
                )
            )
            return sorted(Declined(role, url, Reason(reason)) for role, url, reason in found)

    def add_findings(self, findings: Sequence[tuple[RowKey, Finding]]) -> None:
        with self._database.write() as session:
            session.execute(
                sa.delete(AuditFinding).where(AuditFinding.audit_id == self._audit_id, AuditFinding.platform_check)
            )
            for chunk in _chunks(findings):
                ids = self._row_ids(session, {key.url for key, _ in chunk})
                self._add(session, ((ids[_clean(key)], finding) for key, finding in chunk), {}, platform_check=True)

    def _row_ids(self, session: Session, urls: Collection[str]) -> dict[RowKey, int]:
        digests = [url_digest(stored.clean_text(url)) for url in urls]
        found = session.execute(
            sa.select(Page.url, AuditRow.role, AuditRow.viewport, AuditRow.id)
            .join(Page, Page.id == AuditRow.page_id)
            .where(AuditRow.audit_id == self._audit_id, Page.digest.in_(digests))
        )
        return {RowKey(url, role, viewport): row_id for url, role, viewport, row_id in found}

    def wants_crop(self, component: str) -> bool:
        if component in self._pictured:
            return False
        self._pictured.add(component)
        with self._database.read() as session:
            earlier_audits = sa.select(Component.id).where(
                Component.platform_id == self._platform_id, Component.key == component, Component.evidence != ""
            )
            this_audit = sa.select(AuditFinding.id).where(
                AuditFinding.audit_id == self._audit_id,
                AuditFinding.component == component,
                AuditFinding.evidence != "",
            )
            return not session.scalar(sa.select(sa.or_(earlier_audits.exists(), this_audit.exists())))

    def _is(self, key: RowKey) -> sa.ColumnElement[bool]:
        digest = url_digest(stored.clean_text(key.url))
        page = sa.select(Page.id).where(Page.platform_id == self._platform_id, Page.digest == digest)
        return sa.and_(
            AuditRow.audit_id == self._audit_id,
            AuditRow.page_id == page.scalar_subquery(),
            AuditRow.role == key.role,
            AuditRow.viewport == key.viewport,
        )

    def _add(
        self,
        session: Session,
        findings: Iterable[tuple[int, Finding]],
        crops: dict[str, str],
        *,
        platform_check: bool = False,
    ) -> None:
        """Store findings; a component's picture goes with its first failed one."""
        left = dict(crops)
        values = [
            {
                "audit_id": self._audit_id,
                "row_id": row_id,
                "component": finding.component,
                "state": finding.state,
                "outcome": finding.outcome.value,
                "impact_rank": finding.impact.rank,
                "selector": stored.selector_path(finding),
                "evidence": left.pop(finding.component, "") if finding.outcome is Outcome.FAILED else "",
                "platform_check": platform_check,
                "finding": stored.finding_to_json(finding),
            }
            for row_id, finding in findings
        ]
        if values:
            session.execute(sa.insert(AuditFinding), values)


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def _clean(key: RowKey) -> RowKey:
    return RowKey(stored.clean_text(key.url), key.role, key.viewport)
