"""The way of an earlier survey on the pages, and raw answers taken out."""

from collections.abc import Callable
from random import Random

import pytest

from core.database import Database
from tests.api.people import Browser
from tests.campus.books import open_campus
from tests.campus.feedback import guests
from tests.campus.sample_surveys import FINE, STRANGE
from tests.security.forms import forms_of

PAGE = "/feedback/surveys"


@pytest.fixture
def keeper(signed_in: Callable[..., Browser], database: Database) -> Browser:
    with database.write() as session:
        open_campus(session)
        guests.published(session)
    return signed_in("quality")


def _entries(page: str, step: str) -> dict[str, str]:
    form = next(one for one in forms_of(page) if one.action.endswith(step) and one.method == "post")
    return {name: value for name, value in form.fields if name != "csrf"}


def _upload(keeper: Browser, content: bytes) -> str:
    answer = keeper.post_form(PAGE, {"questionnaire": "sample-stay"}, files={"file": ("sample.csv", content)})
    return str(answer.headers["location"])


def test_a_file_whose_columns_are_known_goes_its_way_and_is_undone(keeper: Browser) -> None:
    columns = _upload(keeper, FINE)
    entries = _entries(keeper.get(columns).text, "/columns")
    assert keeper.post_form(columns, entries).headers["location"] == f"{PAGE}/1/preview"
    preview = keeper.get(f"{PAGE}/1/preview").text
    assert "Every row is fine." in preview
    assert keeper.post_form(f"{PAGE}/1/preview", _entries(preview, "/preview")).headers["location"] == PAGE
    assert "12 responses are imported." in keeper.get(PAGE).text
    assert "12 responses are deleted for good." in keeper.get(f"{PAGE}/1/undo").text
    assert keeper.post_form(f"{PAGE}/1/undo").status_code == 303
    assert "Undone" in keeper.get(PAGE).text


def test_strange_answers_are_explained_and_other_rows_left_out(keeper: Browser) -> None:
    columns = _upload(keeper, STRANGE)
    answers = keeper.post_form(columns, _entries(keeper.get(columns).text, "/columns")).headers["location"]
    assert answers == f"{PAGE}/1/answers"
    meant = _entries(keeper.get(answers).text, "/answers") | {
        "answer-room_comfort-0": "5",
        "answer-room_comfort-1": "4",
    }
    keeper.post_form(answers, meant)
    assert 'value="5" selected' in keeper.get(answers).text
    preview = keeper.get(f"{PAGE}/1/preview").text
    assert "2 rows are refused." in preview
    seen = _entries(preview, "/preview")
    refused = keeper.post_form(f"{PAGE}/1/preview", seen | {"which": "all"})
    assert (refused.status_code, "nothing was imported" in refused.text) == (422, True)
    assert keeper.post_form(f"{PAGE}/1/preview", seen | {"which": "fine"}).headers["location"] == PAGE


def test_a_column_chosen_twice_and_a_missing_date_are_named_beside_their_field(keeper: Browser) -> None:
    columns = _upload(keeper, FINE)
    entries = _entries(keeper.get(columns).text, "/columns")
    twice = keeper.post_form(columns, entries | {"column-food": entries["column-date"]})
    assert (twice.status_code, "is chosen for two things" in twice.text) == (422, True)
    none = keeper.post_form(columns, entries | {"column-date": ""})
    assert (none.status_code, "enter one day for the whole file" in none.text) == (422, True)


def test_a_file_that_is_given_up_is_deleted(keeper: Browser) -> None:
    columns = _upload(keeper, FINE)
    assert keeper.post_form(f"{PAGE}/1/discard").headers["location"] == PAGE
    assert keeper.get(columns).status_code == 404


def test_a_file_that_cannot_be_read_and_a_missing_questionnaire_are_told(keeper: Browser) -> None:
    bad = keeper.post_form(PAGE, {"questionnaire": "sample-stay"}, files={"file": ("sample.xls", b"\xd0\xcf\x11\xe0")})
    assert (bad.status_code, "sample.xls" in bad.text) == (422, True)
    none = keeper.post_form(PAGE, files={"file": ("sample.csv", FINE)})
    assert "Choose the questionnaire" in none.text


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_raw_answers_of_closed_quarters_are_a_file(keeper: Browser, database: Database, ending: str) -> None:
    [quarter] = guests.past_quarters(1)
    assert "No quarter is closed yet" in keeper.get("/feedback/raw").text
    with database.write() as session:
        guests.fill(session, 1, quarter, 7, Random(1))
        guests.close_all(session, [quarter])
    span = {"first": str(quarter), "last": str(quarter), "ending": ending}
    answer = keeper.post_form("/feedback/raw", span)
    assert f"answers-{quarter}-{quarter}.{ending}" in answer.headers["content-disposition"]
    if ending == "csv":
        assert len(answer.text.splitlines()) == 8


def test_raw_answers_of_no_closed_quarter_are_refused(keeper: Browser) -> None:
    answer = keeper.post_form("/feedback/raw", {"first": "2020-Q1", "last": "2020-Q2", "ending": "csv"})
    assert (answer.status_code, "no quarter from 2020-Q1 to 2020-Q2 is closed" in answer.text) == (422, True)
    swapped = keeper.post_form("/feedback/raw", {"first": "2020-Q2", "last": "2020-Q1", "ending": "csv"})
    assert "must not lie before the first quarter" in swapped.text
