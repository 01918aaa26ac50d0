"""The one change of baselines: a lead approves another."""

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accessibility.engine.baseline import Baseline, compare
from accessibility.ledger.audits.stored import clean_text, storable
from accessibility.ledger.baselines import queries
from accessibility.ledger.baselines.models import ApprovedBaseline
from core import clock, trail
from core.errors import Conflict
from core.i18n import gettext as _

AUDIT, GATE = "audit", "gate"
NOTE_LENGTH = 2000


def approve(
    session: Session,
    platform_id: int,
    seen: Baseline,
    *,
    source: str,
    source_number: int,
    person_id: int,
    actor: str,
    note: str = "",
    previous: int | None = None,
) -> ApprovedBaseline:
    """Approve what an audit or a gate saw; exceptions of the baseline before it that have not expired are kept.

    `previous` is the number of the baseline that it was compared with, 0 for none, None for whichever is there. Raises
    `Conflict` when somebody approved another one meanwhile.
    """
    last = queries.latest(session, platform_id)
    number = last.number if last else 0
    if previous is not None and previous != number:
        raise _meanwhile()
    before = queries.content(last) if last else None
    approved = with_exceptions(seen, before)
    changes = compare(before, approved)
    content: dict[str, Any] = storable(approved.model_dump(mode="json"))
    row = ApprovedBaseline(
        platform_id=platform_id,
        number=number + 1,
        approved_by=person_id,
        approved_at=clock.now(),
        note=clean_text(note)[:NOTE_LENGTH],
        source=source,
        source_number=source_number,
        components=len(approved.components),
        new=len(changes.new),
        gone=len(changes.gone),
        content=content,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise _meanwhile() from None
    after = {"number": row.number, source: source_number, "new": sorted(changes.new), "gone": sorted(changes.gone)}
    trail.record(session, actor, "baseline.approve", "platform", platform_id, before={"number": number}, after=after)
    return row


def with_exceptions(seen: Baseline, before: Baseline | None) -> Baseline:
    """What would be approved: exceptions that have not expired are kept, and not approved for ever besides."""
    today = clock.now().date()
    kept = tuple(one for one in (before.exceptions if before else ()) if today <= one.until)
    excepted = {one.component for one in kept}
    components = {key: one for key, one in seen.components.items() if key not in excepted}
    return seen.model_copy(update={"components": components, "exceptions": kept})


def _meanwhile() -> Conflict:
    return Conflict(_("Another baseline was approved meanwhile. Look at what changed against that one."))
