"""The money of works as JSON. All amounts in cents."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from api.rest.given import Given
from campus.amounts import MOST_CENTS
from campus.money.rules import FIRST_YEAR, LAST_YEAR

CostType = Literal["design", "works", "control", "contingency"]
Slug = Annotated[str, Field(max_length=64)]
Cents = Annotated[int, Field(ge=0, le=MOST_CENTS, description="In cents of a euro.")]
Paid = Annotated[int, Field(ge=1, le=MOST_CENTS, description="In cents of a euro.")]
Reason = Annotated[str, Field(min_length=1, max_length=500)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
AsOf = Annotated[date | None, Query(description="As it was known at the end of this day.")]


class Out(BaseModel):
    """Base of what is told of a row."""

    model_config = ConfigDict(from_attributes=True)


class GivenReason(Given):
    """Why something is changed."""

    reason: Reason


class SourceOut(BaseModel):
    """A funding source. `free` is what is pledged and not allocated."""

    slug: str
    name: str
    fund: str | None
    pledged: int
    received: int
    allocated: int
    committed: int
    paid: int
    free: int


class GivenSource(Given):
    """A source, and what it has pledged on a day."""

    name: str = Field(min_length=1, max_length=120)
    fund: Slug | None = Field(None, description="The short name of the fund that receives what it pays.")
    cents: Cents
    day: date


class SourceChange(Given):
    """What to change of a source; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=120)
    fund: Slug | None = Field(None, description="null for none")


class PledgeOut(Out):
    """A version of what a source has pledged; the current one is not superseded."""

    cents: int
    day: date
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None
    reason: str


class GivenPledge(GivenReason):
    """What a source has pledged in all from now on."""

    cents: Cents
    day: date


class ReceiptOut(Out):
    """An amount that was received; `status` is booked or reversed."""

    number: int
    status: str
    day: date
    cents: int
    what: str
    reason: str


class GivenReceipt(Given):
    """An amount that was received."""

    day: date
    cents: Paid
    what: str = Field("", max_length=200)


class AllocationOut(BaseModel):
    """What a source sets aside for a package's costs of a type."""

    package: str
    cost_type: str
    allocated: int
    committed: int
    paid: int


class GivenAllocation(Given):
    """What is to be set aside in all; a reason where it replaces an earlier amount."""

    package: Slug
    cost_type: CostType
    cents: Cents
    reason: str = Field("", max_length=500)


class BudgetLineOut(BaseModel):
    """What is planned for costs of a type in a year."""

    cost_type: str
    year: int
    cents: int


class BudgetOut(BaseModel):
    """An approved version of a budget."""

    number: int
    approved_at: datetime
    approved_by: str
    why: str
    cents: int
    lines: list[BudgetLineOut]


class GivenLine(Given):
    """What is planned for costs of a type in a year."""

    cost_type: CostType
    year: Year
    cents: Cents


class GivenBudget(Given):
    """A budget to approve; of two lines for the same costs and year the later one counts."""

    why: Reason
    lines: list[GivenLine] = Field(min_length=1, max_length=200)


class ComparedOut(BaseModel):
    """A line in two versions of a budget."""

    cost_type: str
    year: int
    before: int
    after: int
    difference: int


class ExpectedOut(Out):
    """What somebody reported that costs of a type will come to in all."""

    cost_type: str
    reported_on: date
    cents: int
    why: str
    recorded_at: datetime
    recorded_by: str


class GivenExpected(Given):
    """What costs of a type will come to in all."""

    cost_type: CostType
    reported_on: date
    cents: Cents
    why: str = Field("", max_length=500)


class EarnedOut(BaseModel):
    """Earned value on a day. What has no answer is null: `notes` say why, in words."""

    on: date
    baseline: int | None
    budget: int | None
    bac: int
    pv: int | None
    ev: int
    ac: int
    sv: int | None
    cv: int
    spi: float | None
    cpi: float | None
    eac: int | None
    etc: int | None
    vac: int | None
    earned_months: float | None = Field(description="Earned schedule ES, in months of the plan.")
    elapsed_months: float | None = Field(description="AT, months since the plan's first.")
    spi_t: float | None = Field(description="SPI(t) = ES ÷ AT.")
    notes: list[str]
    months: list["MonthOut"]


class MonthOut(BaseModel):
    """The figures at the end of a month, or on the day itself."""

    until: date
    pv: int | None
    ev: int
    ac: int


class CommitmentOut(BaseModel):
    """A contract or order; `status` is open, closed or cancelled."""

    number: int
    package: str
    source: str
    cost_type: str
    status: str
    day: date
    supplier: str
    contract: str
    what: str
    cents: int
    paid: int
    open: int


class GivenTerms(Given):
    """How much is promised, under which contract, what for."""

    cents: Paid
    contract: str = Field("", max_length=80)
    what: str = Field("", max_length=200)


class GivenCommitment(GivenTerms):
    """A contract or order to commit money to."""

    package: Slug
    source: Slug
    cost_type: CostType
    day: date
    supplier: str = Field(min_length=1, max_length=120)


class CommitmentChange(GivenReason):
    """What to change of a commitment, and why; what is left out stays."""

    cents: Paid | None = None
    contract: str | None = Field(None, max_length=80)
    what: str | None = Field(None, max_length=200)


class CommitmentVersionOut(Out):
    """A version of a commitment."""

    status: str
    cents: int
    contract: str
    what: str
    recorded_at: datetime
    recorded_by: str
    reason: str


class PaymentOut(Out):
    """A payment; `status` is booked or reversed."""

    number: int
    commitment: int
    status: str
    day: date
    cents: int
    invoice: str
    reason: str


class GivenPayment(Given):
    """A payment of a supplier's invoice, which is paid once."""

    commitment: int = Field(ge=1, le=2**31 - 1)
    invoice: str = Field(min_length=1, max_length=80)
    day: date
    cents: Paid


class YearOut(Out):
    """How a year of an agreement stands."""

    year: int
    agreed: int
    spent: int
    claimed: int
    received: int
    claimable: int
    outstanding: int


class AgreementOut(BaseModel):
    """Who pays back what was spent, up to `cents` a year."""

    slug: str
    name: str
    payer: str
    first_year: int
    last_year: int
    cents: int
    years: list[YearOut]


class GivenAgreement(Given):
    """An agreement on reimbursements."""

    name: str = Field(min_length=1, max_length=120)
    payer: str = Field(min_length=1, max_length=120)
    first_year: Year
    last_year: Year
    cents: Paid


class AgreementChange(GivenAgreement):
    """All terms anew, and why they change."""

    reason: Reason


class ExpenseOut(ReceiptOut):
    """What was spent, and what proves it."""

    proof: str


class GivenExpense(Given):
    """What was spent, and what proves it."""

    day: date
    cents: Paid
    what: str = Field(min_length=1, max_length=200)
    proof: str = Field(min_length=1, max_length=120)


class ClaimOut(ReceiptOut):
    """What was claimed for a year."""

    year: int


class GivenClaim(GivenReceipt):
    """What was claimed for a year."""

    year: Year


class PaidBackOut(ReceiptOut):
    """What was received of a claim."""

    claim: int
