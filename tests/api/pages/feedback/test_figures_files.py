"""The published figures as files."""

import csv
import io
from copy import deepcopy
from random import Random

import openpyxl
import pytest

from core.database import Database
from tests.api.conftest import Client
from tests.campus.books import open_campus
from tests.campus.feedback import guests

[QUARTER] = guests.past_quarters(1)


@pytest.fixture
def closed(database: Database) -> Database:
    """A closed quarter with a pavilion of too few guests, and a question whose text looks like a formula."""
    content = deepcopy(guests.CONTENT)
    content["sections"][1]["questions"][0]["text"] = guests.texts("=1+1")
    with database.write() as session:
        campus = open_campus(session)
        version = guests.published(session, content=content)
        for pavilion, n in zip(campus.pavilions, (20, 3), strict=True):
            guests.fill(session, version, QUARTER, n, Random(1), pavilion_id=pavilion)
        guests.close_all(session, [QUARTER])
    return database


@pytest.mark.usefixtures("closed")
def test_the_csv_has_every_figure_and_no_number_of_a_suppressed_one(signed_in: Client) -> None:
    answer = signed_in("viewer").get("/feedback/figures.csv?area=food")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    by_thing = {(row["dimension"], row["thing"]): row for row in rows}
    whole, small = by_thing["all", ""], by_thing["pavilion", "sample-south"]
    assert (whole["quarter"], whole["n"], whole["method"], whole["suppressed"]) == (str(QUARTER), "23", "wilson", "")
    assert whole["question"] == "'=1+1"
    assert (small["suppressed"], *(small[name] for name in ("n", "value", "low", "high", "mean"))) == ("yes", *[""] * 5)


@pytest.mark.usefixtures("closed")
def test_the_workbook_has_the_same_with_shares_as_such_and_no_formula(signed_in: Client) -> None:
    content = signed_in("viewer").get(f"/feedback/figures.xlsx?quarter={QUARTER}&dimension=all").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    headings = [cell.value for cell in sheet[1]]
    rows = {row[headings.index("measure")].value: row for row in sheet.iter_rows(min_row=2)}
    assert rows["food"][headings.index("value")].number_format == "0.0%"
    assert rows["recommend"][headings.index("value")].number_format == "0.00"
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("query", ["quarter=2999-Q1", "dimension=moon", "thing=moon", "area=moon"])
def test_what_there_is_not_is_refused(signed_in: Client, query: str) -> None:
    assert signed_in("viewer").get(f"/feedback/figures.csv?{query}").status_code == 422
