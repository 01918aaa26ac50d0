"""Every change of commitments and payments. Nothing is promised beyond its allocation, nor paid beyond its commitment.

A contract with another supplier, or of another source, is another commitment: neither changes in one.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from campus.amounts import euros
from campus.known import supersede
from campus.money import books, queries, rules
from campus.money.models import Commitment, FundingSource, Payment
from campus.money.rules import Standing, Status
from campus.places import rules as places
from campus.renovation.models import WorksPackage
from core import trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import format_date
from core.i18n import gettext as _

FIXED = ("number", "package_id", "source_id", "cost_type", "day", "supplier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What may change of a commitment: its cents, the contract's number, and what it is for."""

    cents: int
    contract: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCommitment:
    """A contract or order with a supplier, of a source's allocation to a package's costs of a type."""

    package_id: int
    source_id: int
    cost_type: str
    day: date
    supplier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPayment:
    """A payment of a supplier's invoice, in cents."""

    commitment: int
    invoice: str
    day: date
    cents: int


def commit(session: Session, wanted: WantedCommitment, terms: Terms, actor: str) -> Commitment:
    """Promise money. Raises `InvalidInput` for more than is left of the allocation, naming by how much."""
    values = _checked(session, wanted) | _checked_terms(terms, least=1)
    _check_allocation(session, wanted.source_id, wanted.package_id, wanted.cost_type, terms.cents, 0)
    number = books.next_number(session, Commitment)
    made = books.keep(session, Commitment(number=number, status=Standing.OPEN.value, **values), actor)
    trail.record(session, actor, "commitment.make", "commitment", number, after=values)
    return made


def change(session: Session, number: int, terms: Terms, actor: str, reason: str) -> Commitment:
    """Raise or lower a commitment, or say otherwise what it is for. Raises `InvalidInput`, `Conflict`."""
    before = _open(session, number)
    values = _checked_terms(terms, least=1)
    key = (before.source_id, before.package_id, before.cost_type)
    _check_allocation(session, *key, terms.cents, before.cents)
    paid = queries.paid(session, number)
    if terms.cents < paid:
        raise InvalidInput(_("must not be less than the %(amount)s that is paid", amount=euros(paid)), place="amount")
    return _write(session, before, values, Standing.OPEN, actor, reason, "commitment.change")


def close(session: Session, number: int, actor: str, reason: str) -> Commitment:
    """Nothing more is to be paid: what was not paid is free for others."""
    before = _open(session, number)
    values = {"cents": queries.paid(session, number), "contract": before.contract, "what": before.what}
    return _write(session, before, values, Standing.CLOSED, actor, reason, "commitment.close")


def cancel(session: Session, number: int, actor: str, reason: str) -> Commitment:
    """It comes to nothing. Raises `Conflict` where something is paid already."""
    before = _open(session, number)
    if paid := queries.paid(session, number):
        raise Conflict(_("%(amount)s of it is paid: close it instead.", amount=euros(paid)))
    values = {"cents": before.cents, "contract": before.contract, "what": before.what}
    return _write(session, before, values, Standing.CANCELLED, actor, reason, "commitment.cancel")


def pay(session: Session, wanted: WantedPayment, actor: str) -> Payment:
    """Book a payment. Raises `InvalidInput` naming by how much it passes the commitment, or the earlier payment."""
    try:
        commitment = _open(session, wanted.commitment)
    except NotFound:
        raise InvalidInput(_("is not known"), place="commitment") from None
    invoice = rules.checked_text(wanted.invoice, 80, "invoice", needed=True)
    key = rules.invoice_key(commitment.supplier, invoice)
    rules.checked_cents(wanted.cents, least=1)
    rules.checked_past(wanted.day)
    _refuse_twice(session, key)
    rules.check_within(
        queries.paid(session, commitment.number) + wanted.cents,
        commitment.cents,
        "amount",
        _("is %(over)s more than is left of this commitment of %(limit)s"),
    )
    values = asdict(wanted) | {"invoice": invoice}
    number = books.next_number(session, Payment)
    payment = Payment(number=number, status=Status.BOOKED.value, invoice_key=key, **values)
    made = books.keep(session, payment, actor)
    trail.record(session, actor, "payment.make", "payment", number, after=values)
    return made


def reverse(session: Session, number: int, actor: str, reason: str) -> Payment:
    """A payment was wrong: it counts no more, and its invoice may be paid anew. Raises `Conflict`, `InvalidInput`.

    That of a closed commitment lowers the commitment too, which is what was paid.
    """
    before = books.current(session, Payment, number)
    rules.check_booked(before.status)
    reason = rules.checked_reason(reason)
    supersede(session, before)
    values = {name: getattr(before, name) for name in ("number", "commitment", "day", "cents", "invoice")}
    reversed_ = Payment(**values, invoice_key=before.invoice_key, status=Status.REVERSED.value)
    made = books.keep(session, reversed_, actor, reason)
    trail.record(session, actor, "payment.reverse", "payment", number, after={"reason": reason})
    commitment = books.current(session, Commitment, before.commitment)
    if commitment.status == Standing.CLOSED:
        left = {"cents": queries.paid(session, commitment.number)}
        terms = left | {"contract": commitment.contract, "what": commitment.what}
        _write(session, commitment, terms, Standing.CLOSED, actor, reason, "commitment.change")
    return made


def _open(session: Session, number: int) -> Commitment:
    found = books.current(session, Commitment, number)
    if found.status == Standing.CLOSED:
        raise Conflict(_("This commitment is closed."))
    if found.status == Standing.CANCELLED:
        raise Conflict(_("This commitment was cancelled."))
    return found


def _refuse_twice(session: Session, key: str) -> None:
    earlier = queries.payment_of_invoice(session, key)
    if earlier is not None:
        raise InvalidInput(
            _(
                "this invoice of this supplier was paid already: payment %(number)s of %(amount)s on %(day)s, "
                "commitment %(commitment)s",
                number=earlier.number,
                amount=euros(earlier.cents),
                day=format_date(earlier.day),
                commitment=earlier.commitment,
            ),
            place="invoice",
        )


def _check_allocation(session: Session, source: int, package: int, cost_type: str, cents: int, before: int) -> None:
    current = queries.allocation(session, source, package, cost_type)
    rules.check_within(
        queries.committed(session, source, package, cost_type) - before + cents,
        current.cents if current else 0,
        "amount",
        _("is %(over)s more than is left: this source allocates %(limit)s to such costs of these works"),
    )


def _checked(session: Session, wanted: WantedCommitment) -> dict[str, Any]:
    for place, table, given in (
        ("package", WorksPackage, wanted.package_id),
        ("source", FundingSource, wanted.source_id),
    ):
        if session.get(table, given) is None:
            raise InvalidInput(_("is not known"), place=place)
    places.checked_word(wanted.cost_type, rules.COST_TYPES, "cost_type")
    supplier = rules.checked_text(wanted.supplier, 120, "supplier", needed=True)
    if not rules.plain(supplier):
        raise InvalidInput(_("must hold a letter or digit"), place="supplier")
    return asdict(wanted) | {"supplier": supplier, "day": rules.checked_past(wanted.day)}


def _checked_terms(terms: Terms, *, least: int) -> dict[str, Any]:
    return {
        "cents": rules.checked_cents(terms.cents, least=least),
        "contract": rules.checked_text(terms.contract, 80, "contract"),
        "what": rules.checked_text(terms.what, 200, "what"),
    }


def _write(
    session: Session,
    before: Commitment,
    values: dict[str, Any],
    status: Standing,
    actor: str,
    reason: str,
    action: str,
) -> Commitment:
    reason = rules.checked_reason(reason)
    supersede(session, before)
    fixed = {name: getattr(before, name) for name in FIXED}
    made = books.keep(session, Commitment(**fixed, **values, status=status.value), actor, reason)
    told = {"cents": before.cents, "status": before.status}
    after = values | {"status": status.value, "reason": reason}
    trail.record(session, actor, action, "commitment", before.number, before=told, after=after)
    return made
