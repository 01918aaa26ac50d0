"""Change a funding source: its name, what it has pledged and paid in, what that is set aside for."""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.blocks import row_id
from api.pages.works import money_form
from api.pages.works.funding import ONE, PAGE, SOURCES, package_rows
from api.pages.works.money_form import LABELS, Form, FormField, Reason, cents
from api.rendering import redirect
from campus.amounts import euros
from campus.funds.models import Fund
from campus.money import books, queries, sources
from campus.money.models import FundingSource, SourceReceipt
from campus.money.rules import COST_TYPES
from campus.money.sources import WantedAllocation
from core.errors import NotFound
from core.i18n import format_date
from core.i18n import gettext as _

router = page_router()
REVERSE = f"{ONE}/receipts/{{number}}/reverse"


class SourceForm(BaseModel):
    """Who pays."""

    name: str
    fund: RowId | None = None

    labels: ClassVar = LABELS


class Booked(BaseModel):
    """An amount on a day."""

    amount: str
    day: date
    what: str = ""

    labels: ClassVar = LABELS


class NewSource(SourceForm):
    """Who pays, and what they have pledged."""

    amount: str
    day: date


class PledgeForm(Reason):
    """Another pledge, and why."""

    amount: str
    day: date

    labels: ClassVar = LABELS


class AllocationForm(BaseModel):
    """An amount for a package's costs of a type."""

    package: RowId
    cost_type: str
    amount: str
    reason: str = ""

    labels: ClassVar = LABELS


@router.get(f"{SOURCES}/add")
def new_source(request: Request, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return money_form.show(request, _source_form(session, None))


@router.post(f"{SOURCES}/add")
def add_source(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add a source and its pledge."""
    entered = Entered(posted)
    with entered.shown_again(lambda: money_form.show(request, _source_form(session, None), entered)):
        given = entered.check(NewSource)
        source = sources.add_source(session, given.name, given.fund, cents(given.amount), given.day, actor(person))
    return redirect(request, f"{SOURCES}/{source.slug}", Flash(_("%(name)s is added.", name=source.name)))


@router.get(f"{ONE}/edit")
def edit_source(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """The source as it is."""
    return money_form.show(request, _source_form(session, queries.source(session, slug)))


@router.post(f"{ONE}/edit")
def change_source(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Call it otherwise."""
    source, entered = queries.source(session, slug), Entered(posted)
    form = _source_form(session, source)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(SourceForm)
        money_form.must_be(source.version, entered)
        sources.change_source(session, source, given.name, given.fund, actor(person))
    return redirect(request, f"{SOURCES}/{slug}", Flash(_("%(name)s is saved.", name=source.name)))


@router.get(f"{ONE}/pledge")
def edit_pledge(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """What it has pledged."""
    return money_form.show(request, _pledge_form(session, queries.source(session, slug)))


@router.post(f"{ONE}/pledge")
def change_pledge(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Another version of the pledge."""
    source, entered = queries.source(session, slug), Entered(posted)
    form = _pledge_form(session, source)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(PledgeForm)
        money_form.must_be(source.version, entered)
        made = sources.pledge(session, source, cents(given.amount), given.day, actor(person), given.reason)
    said = _("%(name)s has pledged %(amount)s.", name=source.name, amount=euros(made.cents))
    return redirect(request, f"{SOURCES}/{slug}", Flash(said))


@router.get(f"{ONE}/receipts/add")
def new_receipt(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return money_form.show(request, _receipt_form(queries.source(session, slug)))


@router.post(f"{ONE}/receipts/add")
def add_receipt(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Book what was received."""
    source, entered = queries.source(session, slug), Entered(posted)
    with entered.shown_again(lambda: money_form.show(request, _receipt_form(source), entered)):
        given = entered.check(Booked)
        made = sources.receive(session, source, cents(given.amount), given.day, given.what, actor(person))
    return redirect(request, f"{SOURCES}/{slug}", Flash(_("%(amount)s is booked.", amount=euros(made.cents))))


@router.get(REVERSE)
def ask_reverse(request: Request, slug: str, number: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a receipt counts no more."""
    return money_form.show(request, _reverse_form(queries.source(session, slug), _receipt(session, slug, number)))


@router.post(REVERSE)
def reverse(request: Request, slug: str, number: Id, person: Keeper, session: Writing, posted: Posted) -> Response:
    """A receipt counts no more."""
    form = _reverse_form(queries.source(session, slug), _receipt(session, slug, number))
    entered = Entered(posted)
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        made = sources.reverse_receipt(session, number, actor(person), entered.check(Reason).reason)
    return redirect(request, f"{SOURCES}/{slug}", Flash(_("%(amount)s is reversed.", amount=euros(made.cents))))


@router.get(f"{ONE}/allocate")
def edit_allocation(
    request: Request, slug: str, _person: Keeper, session: Reading, package: str = "", cost_type: str = ""
) -> Response:
    """The allocation that the address names, or a new one."""
    source = queries.source(session, slug)
    start = {"package": package, "cost_type": cost_type}
    found = queries.allocation(session, source.id, row_id(package) or 0, cost_type)
    if found is not None:
        start |= money_form.start_amount(found.cents)
    return money_form.show(request, _allocation_form(session, source, start))


@router.post(f"{ONE}/allocate")
def allocate(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Set an amount aside."""
    source, entered = queries.source(session, slug), Entered(posted)
    form = _allocation_form(session, source, {})
    with entered.shown_again(lambda: money_form.show(request, form, entered)):
        given = entered.check(AllocationForm)
        money_form.must_be(source.version, entered)
        wanted = WantedAllocation(package_id=given.package, cost_type=given.cost_type, cents=cents(given.amount))
        made = sources.allocate(session, source, wanted, actor(person), given.reason)
    return redirect(request, f"{SOURCES}/{slug}", Flash(_("%(amount)s is set aside.", amount=euros(made.cents))))


def _above(source: FundingSource) -> list[tuple[str, object]]:
    return [(_("Funding"), PAGE), (source.name, f"{SOURCES}/{source.slug}")]


def _source_form(session: Session, source: FundingSource | None) -> Form:
    funds = [("", _("None")), *((str(one.id), one.name) for one in session.query(Fund).order_by(Fund.name))]
    fields = [
        FormField("text", "name", _("Name"), maxlength=120),
        FormField("select", "fund", _("Fund that receives it"), options=funds, optional=True),
    ]
    if source is None:
        fields += [money_form.amount_field(_("Pledged in all, euros")), money_form.day_field(_("Pledged on"))]
    return Form(
        title=_("Change %(name)s", name=source.name) if source else _("Add a funding source"),
        action=f"{SOURCES}/{source.slug}/edit" if source else f"{SOURCES}/add",
        back=f"{SOURCES}/{source.slug}" if source else PAGE,
        above=_above(source) if source else [(_("Funding"), PAGE)],
        fields=fields,
        button=_("Save") if source else _("Add"),
        version=source.version if source else 0,
        start={"name": source.name, "fund": str(source.fund_id or "")} if source else money_form.start_day(),
    )


def _pledge_form(session: Session, source: FundingSource) -> Form:
    found = queries.pledge(session, source.id)
    start = money_form.start_day() | money_form.start_amount(found.cents if found else 0)
    return Form(
        title=_("What %(name)s has pledged", name=source.name),
        action=f"{SOURCES}/{source.slug}/pledge",
        back=f"{SOURCES}/{source.slug}",
        above=_above(source),
        said=[_("The earlier pledge stays in the history.")],
        fields=[
            money_form.amount_field(_("Pledged in all, euros")),
            money_form.day_field(_("Pledged on")),
            money_form.reason_field(),
        ],
        button=_("Save"),
        version=source.version,
        start=start,
    )


def _receipt_form(source: FundingSource) -> Form:
    return Form(
        title=_("Book what %(name)s has paid in", name=source.name),
        action=f"{SOURCES}/{source.slug}/receipts/add",
        back=f"{SOURCES}/{source.slug}",
        above=_above(source),
        fields=[
            money_form.amount_field(),
            money_form.day_field(_("Received on")),
            FormField("text", "what", _("What"), optional=True),
        ],
        button=_("Book it"),
        start=money_form.start_day(),
    )


def _reverse_form(source: FundingSource, receipt: SourceReceipt) -> Form:
    return Form(
        title=_("Reverse this receipt?"),
        action=f"{SOURCES}/{source.slug}/receipts/{receipt.number}/reverse",
        back=f"{SOURCES}/{source.slug}",
        above=_above(source),
        said=[
            _(
                "%(amount)s of %(day)s will count no more. It stays in the history.",
                amount=euros(receipt.cents),
                day=format_date(receipt.day),
            )
        ],
        fields=[money_form.reason_field()],
        button=_("Reverse it"),
        danger=True,
    )


def _allocation_form(session: Session, source: FundingSource, start: dict[str, str]) -> Form:
    packages = [(str(one.id), one.name) for one in package_rows(session).values()]
    free = queries.pledged(session, source.id) - queries.allocated(session, source.id)
    return Form(
        title=_("Set money of %(name)s aside", name=source.name),
        action=f"{SOURCES}/{source.slug}/allocate",
        back=f"{SOURCES}/{source.slug}",
        above=_above(source),
        said=[_("%(amount)s of what is pledged is not allocated yet.", amount=euros(free))],
        fields=[
            FormField("select", "package", _("Works package"), options=[("", _("Choose one")), *packages]),
            money_form.cost_type_field(),
            money_form.amount_field(_("In all, euros")),
            FormField(
                "text",
                "reason",
                _("Reason"),
                _("Needed where it replaces an earlier allocation."),
                optional=True,
                maxlength=500,
            ),
        ],
        button=_("Set it aside"),
        version=source.version,
        start={"cost_type": COST_TYPES[0]} | start,
    )


def _receipt(session: Session, slug: str, number: int) -> SourceReceipt:
    receipt = books.current(session, SourceReceipt, number)
    if receipt.source_id != queries.source(session, slug).id:
        raise NotFound(_("There is no such entry."))
    return receipt
