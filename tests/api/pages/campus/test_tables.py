"""The way of a file on the pages: chosen, its columns, what it changes, its report; and tables taken out."""

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from core.database import Database
from tests.api.people import Browser
from tests.campus.books import Campus, open_campus
from tests.campus.tables.files import stays, xlsx
from tests.security.forms import forms_of

GOOD = stays(("A-1", "Sample North", "101", "2026-03-01", "2026-03-04", 1, "62.50"))


@pytest.fixture
def campus(database: Database) -> Campus:
    with database.write() as session:
        return open_campus(session)


@pytest.fixture
def keeper(signed_in: Callable[..., Browser], campus: Campus) -> Browser:
    return signed_in("facilities")


def chosen(page: str) -> dict[str, str]:
    """What stands in the form of the columns."""
    form = next(one for one in forms_of(page) if one.action.endswith("/columns") and one.method == "post")
    return {name: value for name, value in form.fields if name != "csrf"}


def digest(page: str) -> str:
    return page.partition('name="digest" value="')[2].partition('"')[0]


def test_a_file_goes_its_way_in_three_steps(keeper: Browser) -> None:
    answer = keeper.post_form("/rooms/tables", {"kind": "stays"}, files={"file": ("stays.csv", GOOD)})
    assert answer.headers["location"] == "/rooms/tables/1/columns"
    columns = keeper.get("/rooms/tables/1/columns").text
    assert "Step 2 of 3" in columns
    assert keeper.get("/rooms/tables/1").headers["location"] == "/rooms/tables/1/columns"
    assert keeper.post_form("/rooms/tables/1/columns", chosen(columns)).headers["location"] == "/rooms/tables/1/preview"
    preview = keeper.get("/rooms/tables/1/preview").text
    assert "Every row is fine." in preview
    done = keeper.post_form("/rooms/tables/1/preview", {"digest": digest(preview), "which": "all"})
    assert done.headers["location"] == "/rooms/tables/1"
    report = keeper.get("/rooms/tables/1").text
    assert "1 added, 0 changed." in report
    assert keeper.get("/rooms/tables/1/original").content == GOOD
    assert keeper.post_form("/rooms/tables/1/undo").status_code == 303
    assert "Undone" in keeper.get("/rooms/tables/1").text


def test_what_is_wrong_stands_beside_the_form_and_entries_stay(keeper: Browser) -> None:
    none = keeper.post_form("/rooms/tables", {"kind": "rooms"})
    assert (none.status_code, "Choose a file that is not empty." in none.text) == (422, True)
    old = keeper.post_form(
        "/rooms/tables", {"kind": "rooms"}, files={"file": ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}
    )
    assert "a.xlsx: is an old Excel file (.xls): save it as .xlsx" in old.text
    assert "Enter the number of the block" in keeper.post_form(
        "/rooms/tables", {"kind": "rooming"}, files={"file": ("a.csv", GOOD)}
    ).text  # fmt: skip
    keeper.post_form("/rooms/tables", {"kind": "stays"}, files={"file": ("stays.csv", GOOD)})
    entries = chosen(keeper.get("/rooms/tables/1/columns").text) | {"column-room": "", "reason": "kept"}
    wrong = keeper.post_form("/rooms/tables/1/columns", entries)
    assert wrong.status_code == 422
    assert "Room: choose the column of the file" in wrong.text
    assert 'value="kept"' in wrong.text


def test_what_was_chosen_is_remembered_for_the_same_headings(keeper: Browser) -> None:
    content = GOOD.replace(b"Room,", b"Where,")
    keeper.post_form("/rooms/tables", {"kind": "stays"}, files={"file": ("stays.csv", content)})
    entries = chosen(keeper.get("/rooms/tables/1/columns").text)
    assert entries["column-room"] == ""
    keeper.post_form("/rooms/tables/1/columns", entries | {"column-room": "2"})
    keeper.post_form("/rooms/tables", {"kind": "stays"}, files={"file": ("other.csv", content)})
    assert chosen(keeper.get("/rooms/tables/2/columns").text)["column-room"] == "2"


def test_when_the_books_changed_the_preview_is_shown_anew(keeper: Browser, campus: Campus, database: Database) -> None:
    keeper.post_form("/rooms/tables", {"kind": "stays"}, files={"file": ("stays.csv", GOOD)})
    seen = digest(keeper.get("/rooms/tables/1/preview").text)
    with database.write() as session:
        campus.stay(session, 0, "2026-03-02", "2026-03-03")
    answer = keeper.post_form("/rooms/tables/1/preview", {"digest": seen, "which": "fine"})
    assert "Something changed meanwhile" in answer.text
    assert "is taken in the night of 2 Mar 2026 by claim 1" in answer.text
    refused = keeper.post_form("/rooms/tables/1/preview", {"digest": digest(answer.text) or "0", "which": "all"})
    assert "Imported" not in refused.text


def test_files_may_be_larger_than_other_forms_up_to_their_own_limit(keeper: Browser) -> None:
    rows = stays(*(("A", "Sample North", "101", "2026-03-01", "2026-03-04", 1, "1") for _row in range(900)))
    large = rows.replace(b"A,", b"A" * 1900 + b",")
    answer = keeper.post_form("/rooms/tables", {"kind": "stays"}, files={"file": ("large.csv", large)})
    assert (len(large) > 1_500_000, answer.status_code) == (True, 303)
    too_large = {"file": ("x.csv", b"x" * 10_500_000)}
    assert "x.csv: is larger than 10 MB" in keeper.post_form("/rooms/tables", {"kind": "stays"}, files=too_large).text
    far_too_large = {"file": ("x.csv", b"x" * 12_000_000)}
    assert keeper.post_form("/rooms/tables", {"kind": "stays"}, files=far_too_large).status_code == 413


def test_a_long_import_shows_its_progress(keeper: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.pages.campus.tables_import.LONG", 0)
    keeper.post_form("/rooms/tables", {"kind": "stays"}, files={"file": ("stays.csv", GOOD)})
    assert "was interrupted. Nothing was written." in keeper.get("/rooms/tables/1/progress").text
    wrong = keeper.post_form("/rooms/tables/1/preview", {"digest": "0", "which": "all"})
    assert wrong.headers["location"] == "/rooms/tables/1/progress"
    assert "The books changed since you looked" in keeper.get("/rooms/tables/1/progress").text
    seen = digest(keeper.get("/rooms/tables/1/preview").text)
    keeper.post_form("/rooms/tables/1/preview", {"digest": seen, "which": "all"})
    assert "The import is over." in keeper.get("/rooms/tables/1/progress").text
    assert "1 added, 0 changed." in keeper.get("/rooms/tables/1").text


def test_an_import_is_given_up_after_a_question(keeper: Browser) -> None:
    keeper.post_form("/rooms/tables", {"kind": "stays"}, files={"file": ("stays.csv", GOOD)})
    assert "Give up this import?" in keeper.get("/rooms/tables/1/discard").text
    assert keeper.post_form("/rooms/tables/1/discard").headers["location"] == "/rooms/tables"
    assert keeper.get("/rooms/tables/1").status_code == 404


def test_one_of_several_sheets_is_chosen(keeper: Browser) -> None:
    book = load_workbook(io.BytesIO(xlsx(("Note",), ("nothing",), title="First")))
    second = book.create_sheet("Second")
    second.append(("Night", "Pavilion", "Rooms", "Guests"))
    second.append(("2026-03-01", "Sample North", 1, 1))
    file = io.BytesIO()
    book.save(file)
    keeper.post_form("/rooms/tables", {"kind": "counts"}, files={"file": ("c.xlsx", file.getvalue())})
    entries = chosen(keeper.get("/rooms/tables/1/columns?sheet=Second").text)
    assert (entries["sheet"], entries["column-night"]) == ("Second", "0")
    assert keeper.post_form("/rooms/tables/1/columns", entries).status_code == 303
    assert "Every row is fine." in keeper.get("/rooms/tables/1/preview").text


def test_tables_and_empty_files_are_taken_out(keeper: Browser, signed_in: Callable[..., Browser]) -> None:
    for kind in ("counts", "stays", "rooms", "rooming"):
        empty = load_workbook(io.BytesIO(keeper.get(f"/rooms/tables/empty?kind={kind}").content))
        assert len(empty.worksheets) == 2
        assert keeper.get(f"/rooms/tables/empty?kind={kind}&ending=csv").content.startswith(b"\xef\xbb\xbf")
    rooms = keeper.get("/rooms/tables/export?kind=rooms&ending=csv").content.decode("utf-8-sig")
    assert len(rooms.splitlines()) == 5
    wrong = keeper.get("/rooms/tables/export?kind=stays&from=soon")
    assert (wrong.status_code, "must be a date such as" in wrong.text, 'value="soon"' in wrong.text) == (
        422,
        True,
        True,
    )
    reader = signed_in("viewer")
    assert reader.get("/rooms/tables/export?kind=rooming&block=1&names=true").status_code == 403
    assert "Bring in a file" not in reader.get("/rooms/tables").text
