"""The end of an audit, in one transaction: what it saw becomes intervals, tickets follow, its work rows go.

`docs/tickets.md` says what an audit proves, and when a night holds back.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.engine.checks import names, rules_of
from accessibility.engine.checks.rule import Profile
from accessibility.engine.page import PageFacts, PlannedRow, Reason, Row, RowKey, RowState
from accessibility.engine.platform import PlatformSettings
from accessibility.engine.score import SCORE_VERSION, Coverage, PageFigures, coverage_of, page_figures, score_of
from accessibility.ledger.alerts import occasions
from accessibility.ledger.audits import stored
from accessibility.ledger.audits.actions import delete_work
from accessibility.ledger.audits.closed_nights import last_deep_number, last_number
from accessibility.ledger.audits.models import RECHECK, Audit, AuditDeclined, AuditRow
from accessibility.ledger.audits.page_intervals import fold_pages
from accessibility.ledger.audits.rules import Held, RoleRows, health
from accessibility.ledger.sections.at_close import store_section_nights
from accessibility.ledger.shared.at_close import join_shared
from accessibility.ledger.tickets.after_audit import ticket_steps
from accessibility.ledger.tickets.closing import Closing
from accessibility.ledger.tickets.components import fold_components
from accessibility.ledger.tickets.occurrences import fold_occurrences
from accessibility.ledger.tickets.standing import failed_components, review_components
from core import clock, trail
from core.errors import Conflict, NotFound
from core.i18n import gettext as _

CHUNK = 500


def close_audit(session: Session, audit_id: int) -> Audit:
    """Close a running audit that has no pending row; `Conflict` for any other.

    1. Claim it: the row whose state we changed is ours, so that nobody closes it twice.
    2. Coverage, and the score unless the coverage is under the floor or the night is held.
    3. Rows become page intervals, findings components and occurrences, and tickets follow; those of a component that
       other platforms have too are joined.
    4. The night's figures are stored, those of each section too, and the work rows deleted.
    5. Whoever asked for it is told, by the outbox.

    A re-check has no score and no coverage, and leaves the intervals of pages and the figures of sections to nights.
    """
    audit = _claim(session, audit_id)
    counts = _counts(session, audit_id)
    _judge(session, audit, counts)
    pages = {int(page): one for page, one in page_figures(_scored_rows(session, audit.id)).items()}
    recheck = audit.kind == RECHECK
    closing = _closing(session, audit, recheck=recheck)
    if not recheck:
        _score(audit, pages)
        fold_pages(session, closing)
    fold_components(session, closing)
    fold_occurrences(session, closing)
    started_at = audit.started_at or audit.queued_at
    tickets = ticket_steps(session, closing, started_at, held=audit.held != Held.NO)
    join_shared(session, closing)
    audit.new, audit.new_critical = tickets.new, tickets.new_critical
    audit.gone, audit.reopened = tickets.gone, tickets.reopened
    audit.verified, audit.removed = tickets.verified, tickets.removed
    audit.failed = failed_components(session, audit.platform_id)
    audit.review = review_components(session, audit.platform_id)
    if not recheck:
        store_section_nights(session, audit, closing, pages, _floor(audit))
    delete_work(session, audit_id)
    _note(session, audit)
    session.flush()
    occasions.audit_ended(session, audit)
    return audit


def _claim(session: Session, audit_id: int) -> Audit:
    claimed = session.execute(
        sa.update(Audit)
        .where(Audit.id == audit_id, Audit.state == "running")
        .values(state="done", ended_at=clock.now(), lease_until=None, lease_owner="")
        .returning(Audit.id)
    ).first()
    audit = session.get(Audit, audit_id, populate_existing=True)
    if audit is None:
        raise NotFound(_("There is no such audit."))
    if claimed is None:
        raise Conflict(_("Only a running audit can be closed; this one is “%(state)s”.", state=audit.state))
    return audit


def _counts(session: Session, audit_id: int) -> list[RoleRows]:
    found = session.execute(
        sa.select(AuditRow.role, AuditRow.state, AuditRow.reason, sa.func.count())
        .where(AuditRow.audit_id == audit_id)
        .group_by(AuditRow.role, AuditRow.state, AuditRow.reason)
    )
    counts = [
        RoleRows(role, RowState(state), Reason(reason) if reason else None, n) for role, state, reason, n in found
    ]
    if any(count.state is RowState.PENDING for count in counts):
        raise Conflict(_("This audit still has pages to visit."))
    return counts


def _judge(session: Session, audit: Audit, counts: list[RoleRows]) -> None:
    """Coverage, and whether the night may change tickets."""
    floor = _floor(audit)
    covered = _coverage(counts)
    well = health(counts, floor)
    audit.planned, audit.audited, audit.not_covered = covered.planned, covered.audited, covered.not_covered
    audit.not_planned = covered.excluded | _declined(session, audit.id)
    audit.floor_met = covered.meets(floor)
    audit.held, audit.held_roles = well.held.value, list(well.roles)


def _floor(audit: Audit) -> float:
    return float(audit.settings.get("coverage_floor", PlatformSettings.model_fields["coverage_floor"].default))


def _coverage(counts: list[RoleRows]) -> Coverage:
    by_state: Counter[tuple[RowState, str]] = Counter()
    for count in counts:
        by_state[(count.state, count.reason.value if count.reason else "")] += count.rows
    return coverage_of(by_state)


def _declined(session: Session, audit_id: int) -> dict[str, int]:
    found = session.execute(
        sa.select(AuditDeclined.reason, sa.func.count().label("addresses"))
        .where(AuditDeclined.audit_id == audit_id)
        .group_by(AuditDeclined.reason)
        .order_by(AuditDeclined.reason)
    )
    return {row.reason: row.addresses for row in found}


def _closing(session: Session, audit: Audit, *, recheck: bool) -> Closing:
    """What the steps need to know of the audit."""
    run = names(Profile(audit.profile))
    standard = rules_of(names(Profile.STANDARD))
    before = Audit.number < audit.number
    return Closing(
        audit.id,
        audit.platform_id,
        audit.number,
        session.scalar(last_number(audit.platform_id).where(before)),
        rules_of(run),
        session.scalar(last_deep_number(audit.platform_id).where(before)),
        rules_of(names(Profile.DEEP)) - standard,
        recheck,
    )


def _score(audit: Audit, pages: Mapping[int, PageFigures]) -> None:
    """Set the score where there is to be one."""
    if audit.floor_met and audit.held == Held.NO:
        result = score_of(pages.values())
        audit.score, audit.score_version = result.value, SCORE_VERSION
        audit.worst_tenth, audit.clean_share = result.worst_tenth, result.clean_share


def _scored_rows(session: Session, audit_id: int) -> Iterator[Row]:
    """Rows that were looked at, with only what the score needs of them."""
    position = AuditRow.position
    columns = sa.select(
        AuditRow.page_id, AuditRow.role, AuditRow.viewport, position, AuditRow.state, AuditRow.template, AuditRow.rules
    )
    looked_at = AuditRow.state.in_((RowState.AUDITED.value, RowState.PARTLY.value))
    query = columns.where(AuditRow.audit_id == audit_id, looked_at).order_by(position)
    for row in session.execute(query.execution_options(yield_per=CHUNK)):
        rules = stored.rules_from_json(row.rules)
        planned = PlannedRow(RowKey(str(row.page_id), row.role, row.viewport), 0, row.position, "")
        facts = PageFacts(final_url="", status=0, template=row.template)
        yield Row(planned, RowState(row.state), facts=facts, rules=rules)


def _note(session: Session, audit: Audit) -> None:
    after = {"planned": audit.planned, "audited": audit.audited, "score": audit.score, "held": audit.held}
    trail.record(session, f"audit:{audit.id}", "audit.close", "audit", audit.id, after=after)
