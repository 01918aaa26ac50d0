"""Reimbursements: what others pay back of what was spent, up to a sum each year."""

from datetime import datetime

from fastapi import Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Id, Reading, Writing
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.works import money_schemas as out
from api.rest.works.funding import moment
from api.rest.works.money_schemas import AsOf
from campus.reimbursements import actions, queries
from campus.reimbursements.actions import Wanted
from campus.reimbursements.queries import Line

router = rest_router("money of works")
ONE = "/reimbursements/{slug}"


@router.get("/reimbursements")
def list_agreements(_caller: Reader, session: Reading, as_of: AsOf = None) -> list[out.AgreementOut]:
    """Every agreement with the standing of each of its years."""
    return [_told(line) for line in queries.lines(session, moment(as_of))]


@router.post("/reimbursements", status_code=201)
def create_agreement(
    given: out.GivenAgreement, caller: Keeper, session: Writing, response: Response
) -> out.AgreementOut:
    """Add an agreement."""
    made = actions.agree(session, Wanted(**given.model_dump()), caller.actor)
    response.headers["Location"] = f"{rest.PREFIX}/reimbursements/{made.slug}"
    return _answer(session, made.slug, response)


@router.get(ONE)
def get_agreement(
    slug: str, _caller: Reader, session: Reading, response: Response, as_of: AsOf = None
) -> out.AgreementOut:
    """One agreement with the standing of each of its years."""
    return _answer(session, slug, response, moment(as_of))


@router.put(ONE)
def change_agreement(
    slug: str,
    given: out.AgreementChange,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> out.AgreementOut:
    """Agree something else: never less than is claimed already."""
    found = queries.agreement(session, slug)
    must_be(queries.terms(session, found.id).id, version)
    values = given.model_dump(exclude={"reason"})
    actions.change(session, found, Wanted(**values), caller.actor, given.reason)
    return _answer(session, slug, response)


@router.get(f"{ONE}/expenses")
def list_expenses(slug: str, _caller: Reader, session: Reading, as_of: AsOf = None) -> list[out.ExpenseOut]:
    """What was spent, reversed ones too, the last day first."""
    found = queries.agreement(session, slug)
    return [out.ExpenseOut.model_validate(one) for one in queries.expenses(session, found.id, moment(as_of))]


@router.post(f"{ONE}/expenses", status_code=201)
def create_expense(slug: str, given: out.GivenExpense, caller: Keeper, session: Writing) -> out.ExpenseOut:
    """Enter what was spent, and what proves it."""
    values = (given.day, given.cents, given.what, given.proof)
    made = actions.spend(session, queries.agreement(session, slug), *values, caller.actor)
    return out.ExpenseOut.model_validate(made)


@router.post(f"{ONE}/expenses/{{number}}/reverse")
def reverse_expense(slug: str, number: Id, given: out.GivenReason, caller: Keeper, session: Writing) -> out.ExpenseOut:
    """It was not spent after all; refused where it is claimed."""
    found = queries.agreement(session, slug)
    return out.ExpenseOut.model_validate(actions.reverse_expense(session, found, number, caller.actor, given.reason))


@router.get(f"{ONE}/claims")
def list_reimbursement_claims(slug: str, _caller: Reader, session: Reading, as_of: AsOf = None) -> list[out.ClaimOut]:
    """What was claimed, withdrawn ones too, the last day first."""
    found = queries.agreement(session, slug)
    return [out.ClaimOut.model_validate(one) for one in queries.claims(session, found.id, moment(as_of))]


@router.post(f"{ONE}/claims", status_code=201)
def create_claim(slug: str, given: out.GivenClaim, caller: Keeper, session: Writing) -> out.ClaimOut:
    """Enter what was claimed: never more than was spent in the year, nor than is agreed for it."""
    values = (given.year, given.day, given.cents, given.what)
    made = actions.claim(session, queries.agreement(session, slug), *values, caller.actor)
    return out.ClaimOut.model_validate(made)


@router.post(f"{ONE}/claims/{{number}}/withdraw")
def withdraw_claim(slug: str, number: Id, given: out.GivenReason, caller: Keeper, session: Writing) -> out.ClaimOut:
    """Take a claim back; refused where something was received of it."""
    found = queries.agreement(session, slug)
    return out.ClaimOut.model_validate(actions.withdraw(session, found, number, caller.actor, given.reason))


@router.get(f"{ONE}/receipts")
def list_paid_back(slug: str, _caller: Reader, session: Reading, as_of: AsOf = None) -> list[out.PaidBackOut]:
    """What was received, reversed ones too, the last day first."""
    at, found = moment(as_of), queries.agreement(session, slug)
    numbers = [one.number for one in queries.claims(session, found.id, at)]
    return [out.PaidBackOut.model_validate(one) for one in queries.receipts(session, numbers, at)]


@router.post(f"{ONE}/claims/{{number}}/receipts", status_code=201)
def create_paid_back(
    slug: str, number: Id, given: out.GivenReceipt, caller: Keeper, session: Writing
) -> out.PaidBackOut:
    """Enter what was received of a claim: never more than was claimed."""
    found = queries.agreement(session, slug)
    made = actions.receive(session, found, number, given.day, given.cents, given.what, caller.actor)
    return out.PaidBackOut.model_validate(made)


@router.post(f"{ONE}/receipts/{{number}}/reverse")
def reverse_paid_back(
    slug: str, number: Id, given: out.GivenReason, caller: Keeper, session: Writing
) -> out.PaidBackOut:
    """It was not received after all."""
    found = queries.agreement(session, slug)
    return out.PaidBackOut.model_validate(actions.reverse_receipt(session, found, number, caller.actor, given.reason))


def _answer(session: Session, slug: str, response: Response, at: datetime | None = None) -> out.AgreementOut:
    line = queries.line(session, slug, at)
    response.headers["ETag"] = etag(line.terms.id)
    return _told(line)


def _told(line: Line) -> out.AgreementOut:
    names = ("name", "payer", "first_year", "last_year", "cents")
    return out.AgreementOut(
        slug=line.agreement.slug,
        **{name: getattr(line.terms, name) for name in names},
        years=[out.YearOut.model_validate(one) for one in line.years],
    )
