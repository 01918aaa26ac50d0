"""Files as they should not be: each is refused with a word about what is wrong and where, in little time."""

import io
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from campus.tables import refused
from campus.tables.rules import MOST_ROWS, Problem, Table
from campus.tables.sheets import read_sheet
from core.errors import InvalidInput
from tests.campus.tables.files import csv, saved, xlsx

HEAD = ("Room", "Arrival")
ROW = ("101", "2026-03-01")


def refusal(content: bytes, name: str = "sample.xlsx", sheet: str = "") -> str:
    with pytest.raises(InvalidInput) as error:
        read_sheet(content, name, sheet)
    return str(error.value)


def packed(change: Callable[[dict[str, bytes]], None], content: bytes | None = None) -> bytes:
    """A workbook whose parts were changed."""
    with zipfile.ZipFile(io.BytesIO(content or xlsx(HEAD, ROW))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_merged_cells_are_named() -> None:
    book = Workbook()
    book.active.title = "March"
    for row in (HEAD, ROW, ROW):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    assert refusal(saved(book)) == (
        "sheet “March”: the cells A2:A3 are merged: split them, and fill in what each row says"
    )


def test_a_formula_gives_its_kept_value_and_without_one_is_named() -> None:
    content = xlsx(HEAD, ("=100+1", "2026-03-01"))
    assert refusal(content) == (
        "sheet “Sample”: the formula in cell A2 has no kept value: save the file in Excel, or enter values"
    )

    def keep(parts: dict[str, bytes]) -> None:
        for empty in (b"<v></v>", b"<v />", b"<v/>"):
            parts[SHEET] = parts[SHEET].replace(empty, b"<v>101</v>")

    assert read_sheet(packed(keep, content), "sample.xlsx").rows[0][1][0] == 101


def test_hidden_sheets_are_left_out_and_the_others_can_be_chosen() -> None:
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(ROW)
    hidden, second = book.create_sheet("Secret"), book.create_sheet("Second")
    hidden.sheet_state = "hidden"
    second.append(HEAD)
    second.append(("102", "2026-03-02"))
    sheet = read_sheet(saved(book), "sample.xlsx", "Second")
    assert (sheet.sheets, sheet.rows[0][1][0]) == (["Sheet", "Second"], "102")
    assert sheet.said == ["1 hidden sheet is left out."]
    assert "no such sheet that can be seen" in refusal(saved(book), sheet="Secret")


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    sheet = read_sheet(csv(("", ""), HEAD, ("", ""), ROW), "sample.csv")
    assert [number for number, _cells in sheet.rows] == [4]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", ["The file was read as utf_16_le. Look whether accents are right."]),
        ("cp1252", ["The file was read as Windows-1252. Look whether accents are right."]),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_usual_encodings_and_delimiters_are_read(encoding: str, said: list[str], delimiter: str) -> None:
    names = "Élise Côté, née à Besançon; «chef» – prix 12 €"
    text = f'Chambre{delimiter}Remarque\n101{delimiter}"{names}"\n102{delimiter}"Été à la forêt, où l’œuvre naît"\n'
    sheet = read_sheet(text.encode(encoding), "sample.csv")
    assert sheet.headings == ["Chambre", "Remarque"]
    assert sheet.rows[0][1] == ["101", names]
    assert sheet.said == said


def test_a_first_line_that_tells_the_delimiter_is_no_heading() -> None:
    sheet = read_sheet(b"sep=;\nRoom;Arrival\n101;2026-03-01\n", "sample.csv")
    assert (sheet.headings, sheet.rows) == (["Room", "Arrival"], [(3, ["101", "2026-03-01"])])


def test_what_no_encoding_fits_is_refused() -> None:
    assert "encoding" in refusal(bytes(range(1, 256)) * 3 + b"\x81\x8d\x8f\x90\x9d" * 200, "sample.csv")
    assert "no text may hold" in refusal(b"Room\x00;Arrival\n1;2\n", "sample.csv")


def test_duplicate_headings_are_named_with_their_columns() -> None:
    assert refusal(csv(("Room", "Arrival", "room "), ("1", "2", "3")), "sample.csv") == (
        "row 1: the heading “Room” stands in the columns A, C: each may stand once"
    )


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.csv", "a.csv: is empty"),
        (b"\n\n", "a.csv", "the file: holds no rows"),
        (csv(HEAD), "a.csv", "the file: holds headings and no rows"),
        (csv(HEAD, ROW), "a.xlsx", "a.xlsx: is called .xlsx but is no workbook"),
        (csv(HEAD, ROW), "a.pdf", "a.pdf: must be a file .xlsx or .csv"),
        (xlsx(HEAD, ROW), "a.csv", "a.csv: is a packed file but is not called .xlsx"),
        (xlsx(HEAD, ROW)[:2000], "a.xlsx", "a.xlsx: is damaged or cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "a.xls: is an old Excel file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "a.xlsx: is protected by a password",
        ),
        (b'Room,Arrival\n101,"2026', "a.csv", "row 2: a quotation mark or the end of the row is missing here"),
        (csv(HEAD, ["x"] * 200), "a.csv", "the file: row 2 has more than 100 columns"),
    ],
)
def test_a_file_that_cannot_be_a_table_is_refused(content: bytes, name: str, message: str) -> None:
    assert refusal(content, name).startswith(message)


def test_another_packed_file_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert refusal(file.getvalue()) == "sample.xlsx: is a packed file but no Excel workbook (.xlsx)"


def test_a_zip_bomb_is_not_opened() -> None:
    def blow_up(parts: dict[str, bytes]) -> None:
        parts[SHEET] = b"<sheetData>" + b" " * 60_000_000

    bomb = packed(blow_up)
    assert len(bomb) < 100_000
    began = time.process_time()
    assert "unpacks to far more than a table needs" in refusal(bomb)
    assert time.process_time() - began < 20


def test_a_package_that_lies_about_its_sizes_is_not_opened() -> None:
    def blow_up(parts: dict[str, bytes]) -> None:
        parts[SHEET] = b"<sheetData>" + b" " * 60_000_000

    bomb = bytearray(packed(blow_up))
    for real in (struct.pack("<L", 60_000_011),):
        while (place := bomb.find(real)) >= 0:
            bomb[place : place + 4] = struct.pack("<L", 1000)
    assert "is damaged or cut off" in refusal(bytes(bomb))


def test_many_entries_are_not_unpacked() -> None:
    assert "unpacks to far more" in refusal(packed(lambda parts: parts.update({f"x{n}": b"" for n in range(600)})))


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET])
def test_entities_are_refused(part: str) -> None:
    def declare(parts: dict[str, bytes]) -> None:
        head, rest = (
            parts[part].split(b">", 1) if parts[part].startswith(b"<?xml") else (b"<?xml version='1.0'?", parts[part])
        )
        parts[part] = head + b'><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + rest

    assert "declarations that no table needs" in refusal(packed(declare))


@pytest.mark.parametrize("name", ["a/b", "[x]", "x:y", "*?", "'q'", "x" * 200])
def test_the_refused_rows_of_an_odd_file_are_a_workbook_that_can_be_opened(name: str) -> None:
    def odd(parts: dict[str, bytes]) -> None:
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'"Sample"', f'"{name}"'.encode())
        parts[SHEET] = parts[SHEET].replace(b"<v>12345</v>", b"<v>" + b"9" * 400 + b"</v>")

    sheet = read_sheet(packed(odd, xlsx(HEAD, (12345, "2026-03-01"))), "sample.xlsx")
    assert sheet.name == name
    book = load_workbook(refused.as_xlsx(Table.ROOMS, sheet, [Problem(2, "", "is refused")]))
    assert [cell.value for cell in book.active[2]] == ["9" * 400, "2026-03-01", "is refused"]


@pytest.mark.parametrize("broken", [b"", b"<worksheet", b"<worksheet><sheetData><row r='x'><c r='??'>"])
def test_a_broken_sheet_is_refused(broken: bytes) -> None:
    assert "damaged" in refusal(packed(lambda parts: parts.update({SHEET: broken})))


def test_a_row_far_away_does_not_take_long() -> None:
    def far(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(b'r="2"', b'r="1048576"').replace(b'"A2"', b'"XFD1048576"')

    began = time.process_time()
    assert "too many empty rows" in refusal(packed(far))
    assert time.process_time() - began < 20


@pytest.mark.parametrize("part", [b'<c r="A1" ', b"<mergeCell ", b'<c r="A1"><f>', b"<c r='A1'>    "])
def test_a_sheet_made_to_keep_the_reader_busy_does_not(part: bytes) -> None:
    began = time.process_time()
    assert "damaged" in refusal(packed(lambda parts: parts.update({SHEET: part * 300_000})))
    assert time.process_time() - began < 20


def test_a_file_of_a_hundred_thousand_rows_is_refused_in_little_time() -> None:
    rows = b"Room,Arrival\n" + b"101,2026-03-01\n" * 100_000
    began = time.process_time()
    assert refusal(rows, "sample.csv") == "the file: holds more than 25,000 rows: part it into several files"
    assert time.process_time() - began < 10
    assert MOST_ROWS == 25_000


def test_a_column_without_a_heading_is_told_of() -> None:
    sheet = read_sheet(csv(("Room", "", "Arrival"), ("101", "note", "2026-03-01")), "sample.csv")
    assert sheet.said == ["Column B has no heading and is not imported."]


def test_our_own_workbooks_can_be_opened_by_others() -> None:
    assert load_workbook(io.BytesIO(xlsx(HEAD, ROW))).active["A2"].value == "101"
