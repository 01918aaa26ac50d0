"""Commitments and payments: money promised to suppliers, and paid invoice by invoice."""

from typing import Annotated, Literal

from fastapi import Query, Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.works import money_schemas as out
from api.rest.works.funding import moment, package_id
from api.rest.works.money_schemas import AsOf
from campus.money import books, commitments, queries
from campus.money.commitments import Terms, WantedCommitment, WantedPayment
from campus.money.models import Commitment, Payment
from campus.money.queries import CommitmentLine
from campus.money.rules import Standing
from campus.renovation import queries as works
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("money of works")
ONE = "/commitments/{number}"
Slug = Annotated[str | None, Query(max_length=64)]


@router.get("/commitments")
def list_commitments(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    status: Annotated[list[Literal["open", "closed", "cancelled"]] | None, Query()] = None,
    package: Slug = None,
    source: Slug = None,
    as_of: AsOf = None,
) -> list[out.CommitmentOut]:
    """The commitments that all the filters given let through, by day."""
    found = queries.commitments(
        session,
        moment(as_of),
        package_id=None if package is None else package_id(session, package),
        source_id=None if source is None else _source_id(session, source),
        statuses=[Standing(one) for one in status] if status else tuple(Standing),
    )
    tell_pages(response, part, len(found))
    return _told(session, found[part.offset : part.offset + part.size])


@router.post("/commitments", status_code=201)
def create_commitment(
    given: out.GivenCommitment, caller: Keeper, session: Writing, response: Response
) -> out.CommitmentOut:
    """Promise money: never more than is left of the source's allocation to such costs of the package."""
    wanted = WantedCommitment(
        package_id=package_id(session, given.package),
        source_id=_source_id(session, given.source),
        cost_type=given.cost_type,
        day=given.day,
        supplier=given.supplier,
    )
    terms = Terms(cents=given.cents, contract=given.contract, what=given.what)
    made = commitments.commit(session, wanted, terms, caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/commitments/{made.number}"
    return _answer(session, made, response)


@router.get(ONE)
def get_commitment(number: Id, _caller: Reader, session: Reading, response: Response) -> out.CommitmentOut:
    """One commitment with what is paid of it."""
    return _answer(session, books.current(session, Commitment, number), response)


@router.patch(ONE)
def change_commitment(
    number: Id,
    change: out.CommitmentChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> out.CommitmentOut:
    """Raise or lower a commitment, or say otherwise what it is for: never below what is paid."""
    before = books.current(session, Commitment, number)
    must_be(before.id, version)
    terms = Terms(
        cents=before.cents if change.cents is None else change.cents,
        contract=before.contract if change.contract is None else change.contract,
        what=before.what if change.what is None else change.what,
    )
    return _answer(session, commitments.change(session, number, terms, caller.actor, change.reason), response)


@router.post(f"{ONE}/close")
def close_commitment(
    number: Id,
    given: out.GivenReason,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> out.CommitmentOut:
    """Nothing more is to be paid: what was not paid is free for others."""
    must_be(books.current(session, Commitment, number).id, version)
    return _answer(session, commitments.close(session, number, caller.actor, given.reason), response)


@router.post(f"{ONE}/cancel")
def cancel_commitment(
    number: Id,
    given: out.GivenReason,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> out.CommitmentOut:
    """It comes to nothing; refused where something is paid."""
    must_be(books.current(session, Commitment, number).id, version)
    return _answer(session, commitments.cancel(session, number, caller.actor, given.reason), response)


@router.get(f"{ONE}/history")
def list_commitment_history(number: Id, _caller: Reader, session: Reading) -> list[out.CommitmentVersionOut]:
    """Every version of a commitment, the newest first."""
    books.current(session, Commitment, number)
    return [out.CommitmentVersionOut.model_validate(one) for one in books.versions(session, Commitment, number)]


@router.get("/payments")
def list_payments(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    commitment: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    as_of: AsOf = None,
) -> list[out.PaymentOut]:
    """All payments, reversed ones too, by day; or those of one commitment."""
    numbers = None if commitment is None else [commitment]
    found = queries.payments(session, moment(as_of), numbers=numbers, reversed_too=True)
    tell_pages(response, part, len(found))
    return [out.PaymentOut.model_validate(one) for one in found[part.offset : part.offset + part.size]]


@router.post("/payments", status_code=201)
def create_payment(given: out.GivenPayment, caller: Keeper, session: Writing, response: Response) -> out.PaymentOut:
    """Book a payment: never over its commitment, and once for each invoice of a supplier."""
    wanted = WantedPayment(commitment=given.commitment, invoice=given.invoice, day=given.day, cents=given.cents)
    made = commitments.pay(session, wanted, caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/payments/{made.number}"
    return out.PaymentOut.model_validate(made)


@router.get("/payments/{number}")
def get_payment(number: Id, _caller: Reader, session: Reading) -> out.PaymentOut:
    """One payment."""
    return out.PaymentOut.model_validate(books.current(session, Payment, number))


@router.post("/payments/{number}/reverse")
def reverse_payment(number: Id, given: out.GivenReason, caller: Keeper, session: Writing) -> out.PaymentOut:
    """It counts no more, and its invoice can be paid anew. What was reversed already is refused."""
    return out.PaymentOut.model_validate(commitments.reverse(session, number, caller.actor, given.reason))


def _answer(session: Session, one: Commitment, response: Response) -> out.CommitmentOut:
    response.headers["ETag"] = etag(one.id)
    return _told(session, [CommitmentLine(one, queries.paid(session, one.number))])[0]


def _told(session: Session, lines: list[CommitmentLine]) -> list[out.CommitmentOut]:
    packages = {one.id: one.slug for one in works.packages(session)}
    sources = {one.id: one.slug for one in queries.sources(session)}
    return [
        out.CommitmentOut(
            number=one.number,
            package=packages[one.package_id],
            source=sources[one.source_id],
            cost_type=one.cost_type,
            status=one.status,
            day=one.day,
            supplier=one.supplier,
            contract=one.contract,
            what=one.what,
            cents=line.promised,
            paid=line.paid,
            open=line.open,
        )
        for line in lines
        for one in (line.commitment,)
    ]


def _source_id(session: Session, slug: str) -> int:
    found = next((one.id for one in queries.sources(session) if one.slug == slug), None)
    if found is None:
        raise InvalidInput(_("“%(name)s” is not there", name=slug), place="source")
    return found
