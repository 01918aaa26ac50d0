"""Every change of where the money comes from: sources, what they pledge and pay in, and what it is set aside for.

What a source allocates never exceeds what it has pledged; what it has paid in is told apart and limits nothing.
"""

from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from campus.amounts import euros
from campus.funds.models import Fund
from campus.known import supersede
from campus.money import books, queries, rules
from campus.money.models import Allocation, FundingSource, Pledge, SourceReceipt
from campus.money.rules import Status
from campus.places import rules as places
from campus.renovation.models import WorksPackage
from core import trail
from core.errors import InvalidInput
from core.i18n import gettext as _

SUBJECT = "funding_source"
RESERVED = ("add",)  # what stands in an address already


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAllocation:
    """So many cents of a source for a package's costs of a type; 0 for none."""

    package_id: int
    cost_type: str
    cents: int


def add_source(
    session: Session, name: str, fund_id: int | None, pledged: int, day: date, actor: str, why: str = ""
) -> FundingSource:
    """Add who pays for works, and what they have pledged by a day, in cents. Raises `InvalidInput`."""
    name = _checked_name(session, name, None)
    taken = {*session.scalars(sa.select(FundingSource.slug)), *RESERVED}
    slug = places.slug_of(name, taken, "source")
    source = FundingSource(slug=slug, name=name, fund_id=_checked_fund(session, fund_id))
    session.add(source)
    session.flush()
    told = {"name": name, "slug": slug, "fund_id": fund_id}
    trail.record(session, actor, "funding.add", SUBJECT, source.id, after=told)
    _pledge(session, source, pledged, day, actor, rules.checked_text(why, rules.MOST_TEXT, "reason"))
    return source


def change_source(session: Session, source: FundingSource, name: str, fund_id: int | None, actor: str) -> None:
    """Call a source otherwise, or let another fund receive what it pays. Raises `InvalidInput`."""
    before = {"name": source.name, "fund_id": source.fund_id}
    source.name, source.fund_id = _checked_name(session, name, source.id), _checked_fund(session, fund_id)
    session.flush()
    after = {"name": source.name, "fund_id": source.fund_id}
    trail.record(session, actor, "funding.change", SUBJECT, source.id, before=before, after=after)


def pledge(session: Session, source: FundingSource, cents: int, day: date, actor: str, reason: str) -> Pledge:
    """From now on the source has pledged so much in all. Raises `InvalidInput` for less than it allocates."""
    rules.checked_cents(cents)
    rules.check_within(
        queries.allocated(session, source.id),
        cents,
        "amount",
        _("leaves %(over)s of the allocations without a pledge: lower those first"),
    )
    return _pledge(session, source, cents, day, actor, rules.checked_reason(reason))


def receive(session: Session, source: FundingSource, cents: int, day: date, what: str, actor: str) -> SourceReceipt:
    """Book an amount that was received. Raises `InvalidInput`, for negative ones too."""
    made = books.keep(
        session,
        SourceReceipt(
            number=books.next_number(session, SourceReceipt),
            source_id=source.id,
            status=Status.BOOKED.value,
            day=rules.checked_past(day),
            cents=rules.checked_cents(cents, least=1),
            what=rules.checked_text(what, 200, "what"),
        ),
        actor,
    )
    told = {"source_id": source.id, "day": day.isoformat(), "cents": cents, "what": made.what}
    trail.record(session, actor, "funding.receive", "source_receipt", made.number, after=told)
    return made


def reverse_receipt(session: Session, number: int, actor: str, reason: str) -> SourceReceipt:
    """It was not received after all. Raises `NotFound`, `Conflict`, `InvalidInput` without a reason."""
    before = books.current(session, SourceReceipt, number)
    rules.check_booked(before.status)
    reason = rules.checked_reason(reason)
    supersede(session, before)
    values = {name: getattr(before, name) for name in ("number", "source_id", "day", "cents", "what")}
    made = books.keep(session, SourceReceipt(**values, status=Status.REVERSED.value), actor, reason)
    trail.record(session, actor, "funding.receipt_reversed", "source_receipt", number, after={"reason": reason})
    return made


def allocate(
    session: Session, source: FundingSource, wanted: WantedAllocation, actor: str, reason: str = ""
) -> Allocation:
    """Set an amount aside for a package's costs of a type, in place of what was. A change must say why.

    Raises `InvalidInput`: for more than the source has pledged, and for less than is committed already.
    """
    _check_allocation(session, source, wanted)
    current = queries.allocation(session, source.id, wanted.package_id, wanted.cost_type)
    if current is not None:
        reason = rules.checked_reason(reason)
        supersede(session, current)
    reason = rules.checked_text(reason, rules.MOST_TEXT, "reason")
    made = books.keep(session, Allocation(source_id=source.id, **asdict(wanted)), actor, reason)
    before = {"cents": current.cents} if current is not None else None
    told = asdict(wanted) | {"reason": reason}
    trail.record(session, actor, "funding.allocate", SUBJECT, source.id, before=before, after=told)
    _touch(session, source)
    return made


def _check_allocation(session: Session, source: FundingSource, wanted: WantedAllocation) -> None:
    if session.get(WorksPackage, wanted.package_id) is None:
        raise InvalidInput(_("is not known"), place="package")
    places.checked_word(wanted.cost_type, rules.COST_TYPES, "cost_type")
    rules.checked_cents(wanted.cents)
    key = (source.id, wanted.package_id, wanted.cost_type)
    current = queries.allocation(session, *key)
    others = queries.allocated(session, source.id) - (current.cents if current else 0)
    rules.check_within(
        others + wanted.cents,
        queries.pledged(session, source.id),
        "amount",
        _("is %(over)s more than this source has pledged: it has pledged %(limit)s in all"),
    )
    committed = queries.committed(session, *key)
    if committed > wanted.cents:
        raise InvalidInput(
            _("must not be less than the %(amount)s that is committed already", amount=euros(committed)),
            place="amount",
        )


def _pledge(session: Session, source: FundingSource, cents: int, day: date, actor: str, reason: str) -> Pledge:
    current = queries.pledge(session, source.id)
    if current is not None:
        supersede(session, current)
    values = {"cents": rules.checked_cents(cents), "day": rules.checked_past(day)}
    made = books.keep(session, Pledge(source_id=source.id, **values), actor, reason)
    before = {"cents": current.cents} if current is not None else None
    told = {"cents": cents, "day": day.isoformat(), "reason": reason}
    trail.record(session, actor, "funding.pledge", SUBJECT, source.id, before=before, after=told)
    _touch(session, source)
    return made


def _touch(session: Session, source: FundingSource) -> None:
    """Count the change in the source's version, so that nobody changes what they have not seen."""
    flag_modified(source, "name")
    session.flush()


def _checked_name(session: Session, name: str, but: int | None) -> str:
    name = places.checked_name(name)
    same = sa.select(FundingSource.id).where(sa.func.lower(FundingSource.name) == name.lower())
    if session.scalar(same.where(FundingSource.id != but) if but else same) is not None:
        raise InvalidInput(_("there is a source of this name already"), place="name")
    return name


def _checked_fund(session: Session, fund_id: int | None) -> int | None:
    if fund_id is not None and session.get(Fund, fund_id) is None:
        raise InvalidInput(_("is not known"), place="fund")
    return fund_id
