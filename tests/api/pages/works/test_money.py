"""The money of works in the browser: what pages say, and that wrong entries come back with what is wrong."""

import re
from collections.abc import Callable

import pytest

from core.database import Database
from core.i18n import today
from tests.api.page_text import said_on
from tests.api.people import Browser
from tests.browser import addresses_money as money
from tests.campus.sample_campus import add_campus

DAY = {f"day-{part}": str(getattr(today(), part)) for part in ("day", "month", "year")}


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """Pages are the same over both databases; the books' own tests use both."""
    return sqlite_database


@pytest.fixture
def keeper(database: Database, signed_in: Callable[..., Browser]) -> Browser:
    add_campus(database, "works", "money")
    return signed_in("facilities")


def words(page: str) -> str:
    """What the page says, in one line."""
    return " ".join(" ".join(one.text for one in said_on(page)).split())


def test_every_page_opens_for_who_keeps_the_books(keeper: Browser) -> None:
    wrong = {}
    for some in money.ADDRESSES.values():
        for address in some:
            status = keeper.get(address).status_code
            if status != 200:
                wrong[address] = status
    for file in (*money.FILES, *money.PICTURES):
        address = file.replace("{slug}", "renovation-of-sample-south")
        if keeper.get(address).status_code != 200:
            wrong[address] = 0
    assert wrong == {}


def test_a_viewer_sees_the_money_without_forms(keeper: Browser, signed_in: Callable[..., Browser]) -> None:
    viewer = signed_in("viewer")
    for address in (money.FUNDING, money.SOURCE, money.PACKAGE, f"{money.COMMITMENT}/2", money.AGREEMENT):
        page = viewer.get(address).text
        assert "/reverse" not in page, address
        assert 'method="post" action="/works' not in page, address


def test_pledged_and_received_stand_apart(keeper: Browser) -> None:
    assert "2 sources have pledged €8,500.00 and paid in €6,000.00; €1,500.00 is free to allocate." in words(
        keeper.get(money.FUNDING).text
    )


def test_as_known_before_anything_was_entered_nothing_is_there(keeper: Browser) -> None:
    assert "have pledged €0.00" in words(keeper.get(f"{money.FUNDING}?{money.PAST}").text)


def test_a_source_is_added_pledges_and_sets_aside(keeper: Browser) -> None:
    entries = {"name": "Sample region", "amount": "1000,50", **DAY}
    made = keeper.post_form(f"{money.FUNDING}/sources/add", entries)
    address = made.headers["location"]
    assert address == f"{money.FUNDING}/sources/sample-region"
    version = re.findall(r'name="version" value="(\d+)"', keeper.get(f"{address}/allocate").text)[0]
    given = {"package": "1", "cost_type": "works", "amount": "2000", "version": version}
    refused = keeper.post_form(f"{address}/allocate", given)
    assert refused.status_code == 422
    assert "The amount is €999.50 more than this source has pledged: it has pledged €1,000.50 in all" in refused.text
    assert 'value="2000"' in refused.text
    assert keeper.post_form(f"{address}/allocate", given | {"amount": "1000.50"}).status_code == 303
    stale = keeper.post_form(f"{address}/allocate", given | {"amount": "10", "reason": "less"})
    assert "Somebody changed it meanwhile" in stale.text


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("1.234,56", "is not clear"),
        ("1,234.56", "is not clear"),
        ("10 EUR 5 USD", "is not in euros"),
        ("5 € 5 €", "is not clear"),
        ("-5", "must not be negative"),
        ("0", "must be more than nothing"),
        ("99999", "is €96,499.00 more than is left of this commitment of €4,200.00"),
    ],
)
def test_amounts_that_cannot_be_are_refused_beside_their_field(keeper: Browser, amount: str, said: str) -> None:
    answer = keeper.post_form(f"{money.COMMITMENT}/2/pay", {"invoice": "B-9", "amount": amount, **DAY})
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert f'value="{amount}"' in answer.text


def test_an_invoice_that_was_paid_is_refused_naming_the_payment(keeper: Browser) -> None:
    answer = keeper.post_form(f"{money.COMMITMENT}/2/pay", {"invoice": "b 1", "amount": "5", **DAY})
    assert "this invoice of this supplier was paid already: payment 2 of €700.00" in words(answer.text)
    reverse = f"{money.COMMITMENT}/2/payments/2/reverse"
    assert keeper.post_form(reverse, {"reason": ""}).status_code == 422
    assert keeper.post_form(reverse, {"reason": "Wrong supplier"}).status_code == 303
    paid = keeper.post_form(f"{money.COMMITMENT}/2/pay", {"invoice": "b 1", "amount": "5", **DAY})
    assert paid.status_code == 303


def test_a_commitment_is_made_changed_and_ended(keeper: Browser) -> None:
    given = {"supplier": "Sample plumber", "package": "1", "source": "1", "cost_type": "works", "amount": "300", **DAY}
    address = keeper.post_form(f"{money.COMMITMENT}/add", given).headers["location"]
    version = re.findall(r'name="version" value="(\d+)"', keeper.get(f"{address}/edit").text)[0]
    changed = {"amount": "2000", "reason": "more", "version": version}
    assert "is €1,200.00 more than is left" in words(keeper.post_form(f"{address}/edit", changed).text)
    assert keeper.post_form(f"{address}/edit", changed | {"amount": "250"}).status_code == 303
    version = re.findall(r'name="version" value="(\d+)"', keeper.get(f"{address}/cancel").text)[0]
    assert keeper.post_form(f"{address}/cancel", {"reason": "over", "version": version}).status_code == 303
    assert "was cancelled" in keeper.get(address).text


def test_a_budget_is_approved_as_the_next_version_and_compared(keeper: Browser) -> None:
    year = today().year
    years = {"first_year": str(year), "last_year": str(year)}
    add = f"{money.PACKAGE}/budgets/add"
    more = keeper.post_form(add, years | {"last_year": str(year + 5), "step": "years", "version": "2"})
    assert f'name="works-{year + 5}"' in more.text
    wrong = keeper.post_form(add, years | {f"works-{year}": "1.000,00", "why": "again", "version": "2"})
    assert wrong.status_code == 422
    assert f'id="works-{year}-error"' in wrong.text
    empty = keeper.post_form(add, years | {"why": "again", "version": "2"})
    assert "The budget has no line yet" in empty.text
    done = keeper.post_form(add, years | {f"works-{year}": "6500", "why": "again", "version": "2"})
    assert done.status_code == 303
    assert "Version 3 plans €6,500.00, €500.00 less than version 2." in words(
        keeper.get(f"{money.PACKAGE}/budgets").text
    )


def test_the_page_says_what_is_earned_and_what_it_cost(keeper: Browser) -> None:
    page = words(keeper.get(money.PACKAGE).text)
    # 4 of 13 weights have ended; the budget is 7,000.00
    assert "€2,153.85 of the budget of €7,000.00 is earned" in page
    assert "€1,550.00 is paid, €603.85 less than is earned." in page
    assert "No budget is approved yet, so nothing can be measured against it." in words(keeper.get(money.ROOF).text)


def test_what_people_expect_stands_beside_what_is_computed(keeper: Browser) -> None:
    reported = {f"reported_on-{part}": str(getattr(today(), part)) for part in ("day", "month", "year")}
    given = {"cost_type": "works", "amount": "6000", **reported}
    assert keeper.post_form(f"{money.PACKAGE}/expected", given).status_code == 303
    assert "People expect €8,000.00 in the end" in words(keeper.get(money.PACKAGE).text)


def test_a_reimbursement_goes_from_expense_to_receipt(keeper: Browser) -> None:
    year = today().year - 1
    assert f"€50.00 of {year} is spent and not claimed yet." in words(keeper.get(money.AGREEMENT).text)
    claim = {"year": str(year), "amount": "60", **DAY}
    refused = words(keeper.post_form(f"{money.AGREEMENT}/claims/add", claim).text)
    assert "is €10.00 more than the €150.00 spent in that year" in refused
    assert keeper.post_form(f"{money.AGREEMENT}/claims/add", claim | {"amount": "50"}).status_code == 303
    over = keeper.post_form(f"{money.AGREEMENT}/claims/4/receive", {"amount": "51", **DAY})
    assert "is €1.00 more than the €50.00 that was claimed" in words(over.text)
    assert keeper.post_form(f"{money.AGREEMENT}/claims/4/receive", {"amount": "50", **DAY}).status_code == 303
    claimed = keeper.post_form(f"{money.AGREEMENT}/expenses/2/reverse", {"reason": "not ours"})
    assert "is claimed already: withdraw the claim first" in words(claimed.text)


def test_files_hold_formulas_as_text(keeper: Browser) -> None:
    given = {"supplier": "=1+1", "package": "1", "source": "1", "cost_type": "works", "amount": "1", **DAY}
    assert keeper.post_form(f"{money.COMMITMENT}/add", given).status_code == 303
    assert "'=1+1" in keeper.get(f"{money.FUNDING}/commitments.csv").text
