"""Funds in the browser: printed beside computed, entries corrected and cancelled, facts files seen before they load."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from campus.funds import queries, report
from campus.funds.models import FactsLoad
from core.database import Database
from core.i18n import today
from tests.api.page_text import said_on
from tests.api.people import Browser
from tests.campus.funds.test_works import opened, works_paid_from
from tests.campus.sample_campus import add_campus
from tests.campus.sample_funds import FACTS

SignedIn = Callable[..., Browser]
FUND = "/works/funds/innovation-fund"
TEXT = FACTS.read_text(encoding="utf-8")


@pytest.fixture
def keeper(database: Database, signed_in: SignedIn) -> Browser:
    add_campus(database, "funds")
    return signed_in("facilities")


def words(page: str) -> str:
    """What the page says, in one line."""
    return " ".join(" ".join(one.text for one in said_on(page)).split())


def form(day: date | None = None, **changes: str) -> dict[str, str]:
    day = day or today()
    entries = {"kind": "receipt", "planned": "no", "amount": "1 234,56", "what": "Sample gift"}
    return entries | {f"day-{part}": str(getattr(day, part)) for part in ("day", "month", "year")} | changes


def version(database: Database, number: int) -> str:
    with database.read() as session:
        return str(queries.entry(session, number).id)


def loads(database: Database) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(FactsLoad)) or 0


def test_the_first_sentence_tells_which_funds_reconcile_and_which_do_not(keeper: Browser) -> None:
    page = keeper.get("/works/funds").text
    assert "3 of 4 funds reconcile to the cent." in words(page)
    assert "Fellowship Fund" in page
    assert "€7,283,000.00" in page
    assert "−\u2060€434,000.00" in page


def test_a_fund_tells_printed_beside_computed_and_corrects_neither(keeper: Browser) -> None:
    said = words(keeper.get("/works/funds/fellowship-fund").text)
    assert "Printed are €1,070,000.00, but the figures add up to €1,504,000.00" in said
    assert "Nothing is corrected" in said


def test_without_any_fund_the_page_says_what_would_stand_there(signed_in: SignedIn) -> None:
    assert "No fund yet" in signed_in("viewer").get("/works/funds").text
    assert "No published figure yet" in signed_in("viewer").get("/works/funds/discrepancies").text


def test_a_period_that_cannot_be_is_refused_beside_its_field(keeper: Browser) -> None:
    for address in ("/works/funds", FUND):
        answer = keeper.get(f"{address}?first=2025-12-31&last=2025-01-01")
        assert (answer.status_code, "must not come before the first day" in answer.text) == (422, True)


def test_funds_are_sorted_by_any_column(keeper: Browser) -> None:
    page = keeper.get("/works/funds?sort=-closing").text
    table = page[page.index('id="planned"') : page.index('id="actual"')]
    places = [table.index(name) for name in ("Campus Improvement", "Fellowship", "Innovation", "Information")]
    assert places == sorted(places)


def test_readers_see_everything_without_forms(database: Database, signed_in: SignedIn) -> None:
    add_campus(database, "funds")
    reader = signed_in("viewer")
    for address in ("/works/funds", FUND, "/works/funds/facts", "/works/funds/entries/13"):
        page = reader.get(address)
        assert (page.status_code, 'method="post" action="/works' in page.text, "/add" in page.text) == (
            200,
            False,
            False,
        )


def test_an_amount_is_entered_and_counts(keeper: Browser, database: Database) -> None:
    assert keeper.post_form(f"{FUND}/entries/add", form()).headers["location"] == FUND
    with database.read() as session:
        every = {one.fund.slug: one for one in report.lines(session, report.asked(session, None, today()))}
    assert every["innovation-fund"].statement.actual.receipts == 125_000_00 + 1_234_56


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": "1.234,56"}, "“1.234,56” is not clear"),
        ({"amount": "1,234.56"}, "“1,234.56” is not clear"),
        ({"amount": "12 CHF"}, "“12 CHF” is not in euros"),
        ({"amount": "-5"}, "The amount must not be negative"),
        ({"amount": "0"}, "The amount must be more than 0"),
        ({"amount": ""}, "Enter an amount such as 1234.56."),
        ({"what": ""}, "Enter what it is for"),
        ({"day-year": "2999"}, "The day: must be a day from 1990 to 2100"),
        ({"kind": "gift"}, "Choose one of the options."),
        ({"kind": "opening", "planned": "yes"}, "the fund has an opening balance already"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_the_entries_stay(
    keeper: Browser, changes: dict[str, str], said: str
) -> None:
    answer = keeper.post_form(f"{FUND}/entries/add", form(**changes))
    assert (answer.status_code, said in words(answer.text)) == (422, True)
    assert 'value="Sample gift"' in answer.text or changes == {"what": ""}


def test_an_entry_is_corrected_with_its_reason_and_shows_what_stood_there(keeper: Browser, database: Database) -> None:
    entry = "/works/funds/entries/13"
    start = form(amount="130000", version=version(database, 13))
    assert keeper.post_form(f"{entry}/edit", start).status_code == 422
    assert keeper.post_form(f"{entry}/edit", start | {"reason": "Sample second thought"}).status_code == 303
    page = keeper.get(entry).text
    assert all(text in page for text in ("€130,000.00", "€125,000.00", "€120,000.00", "Sample second thought"))
    again = keeper.post_form(f"{entry}/edit", start | {"reason": "Sample third thought"})
    assert (again.status_code, "Somebody changed this entry meanwhile" in again.text) == (422, True)


def test_cancelling_asks_first_and_needs_a_reason(keeper: Browser, database: Database) -> None:
    entry = "/works/funds/entries/13"
    assert "will not count any more" in keeper.get(f"{entry}/cancel").text
    given = {"version": version(database, 13)}
    assert keeper.post_form(f"{entry}/cancel", given).status_code == 422
    assert keeper.post_form(f"{entry}/cancel", given | {"reason": "Sample mistake"}).status_code == 303
    assert "Cancelled" in words(keeper.get(entry).text)
    assert keeper.get(f"{entry}/edit").status_code == 409


def test_a_fund_is_added_once(keeper: Browser) -> None:
    assert (
        keeper.post_form("/works/funds/add", {"name": "Sample fund"}).headers["location"] == "/works/funds/sample-fund"
    )
    again = keeper.post_form("/works/funds/add", {"name": "sample  Fund"})
    assert (again.status_code, "there is a fund of this name already" in again.text) == (422, True)


def test_a_facts_file_is_seen_before_it_is_loaded_and_told_afterwards(keeper: Browser, database: Database) -> None:
    changed = TEXT.replace("use_2024_25 = 2_500_000", "use_2024_25 = 2_400_000")
    seen = keeper.post_form("/works/funds/facts", {}, files={"file": ("sample.toml", changed.encode())})
    assert (seen.status_code, "One figure changes." in words(seen.text), loads(database)) == (200, True, 1)
    digest = seen.text.partition('name="digest" value="')[2].partition('"')[0]
    given = {"name": "sample.toml", "text": changed, "digest": digest}
    answer = keeper.post_form("/works/funds/facts/load", given)
    assert (answer.status_code, loads(database)) == (303, 2)
    told = keeper.get(answer.headers["location"]).text
    assert all(text in told for text in ("€2,500,000.00", "€2,400,000.00", "sample.toml"))
    assert "5 discrepancies" in words(keeper.get("/works/funds").text)


def test_what_would_change_something_else_by_now_is_shown_again(keeper: Browser, database: Database) -> None:
    changed = TEXT.replace("use_2024_25 = 2_500_000", "use_2024_25 = 2_400_000")
    answer = keeper.post_form("/works/funds/facts/load", {"name": "sample.toml", "text": changed, "digest": "other"})
    assert (answer.status_code, "look at it again" in answer.text, loads(database)) == (200, True, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a facts file."),
        (b"#" * 300_001, "The file is too large"),
        (b"\xff", "The file is not text in UTF-8."),
        (b"[[fund]", "The file cannot be loaded: file: this is no TOML"),
        (b'[[fund]]\nname = "Sample"\n', "fund.0.opening_2023_12_31: is missing"),
    ],
)
def test_a_wrong_facts_file_is_refused_with_the_place(
    keeper: Browser, database: Database, content: bytes, said: str
) -> None:
    answer = keeper.post_form("/works/funds/facts", {}, files={"file": ("sample.toml", content)})
    assert (answer.status_code, said in words(answer.text), loads(database)) == (422, True, 1)


def test_files_hold_the_same_figures(keeper: Browser) -> None:
    funds = keeper.get("/works/funds.csv").text
    figures = "1504000.00,1200000.00,1200000.00,1504000.00,1070000.00,-434000.00"
    assert f"Fellowship Fund,planned,2024-01-01,2025-12-31,{figures}" in funds
    assert "-434000.00" in keeper.get("/works/funds/discrepancies.csv").text
    entries = keeper.get(f"{FUND}/entries.csv").text
    assert "2025-12-31,payment,planned,-200000.00,Use 2024-25," in entries


def test_what_works_receive_and_pay_is_named_with_a_link_to_where_it_is_entered(
    database: Database, signed_in: SignedIn
) -> None:
    with database.write() as session:
        works_paid_from(session, opened(session).id)
    page = signed_in("viewer").get("/works/funds/sample-fund?first=2024-01-01&last=2024-12-31").text
    assert 'href="/works/funding/sources/sample-government"' in page
    assert 'href="/works/funding/commitments/1"' in page
    assert "Sample builders, Renovation of Sample South" in page


def test_the_chart_tells_opening_receipts_payments_and_closing(keeper: Browser) -> None:
    for address in (f"{FUND}/chart.svg", f"{FUND}/chart.svg?last={today()}&narrow=true"):
        answer = keeper.get(address)
        assert (answer.headers["content-type"], "Opening" in answer.text) == ("image/svg+xml", True)
    assert "657,000" in answer.text
