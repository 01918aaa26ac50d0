"""CSV as it really comes: any usual encoding, commas, semicolons or tabs."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from campus.tables.cells import Raw
from core.errors import InvalidInput
from core.i18n import gettext as _

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ["utf_16_le", "utf_16_be"]
NO_MARK = ["cp1252", *WIDE]
DELIMITERS = ";\t,"
TOLD = re.compile(r"sep=([;\t,|])\r?\n", re.IGNORECASE)  # a first line by which Excel is told


def read_rows(content: bytes, file_name: str) -> tuple[Iterator[tuple[int, list[Raw]]], list[str]]:
    """The rows, and what is worth knowing of the reading. Raises `InvalidInput`, of a broken row on the way."""
    text, encoding = decoded(content, file_name)
    said = []
    if encoding not in ("utf-8", "utf-8-sig", "utf-16"):
        said.append(_("The file was read as %(encoding)s. Look whether accents are right.", encoding=encoding))
    return _rows(text), said


def decoded(content: bytes, file_name: str) -> tuple[str, str]:
    """The text and its encoding: by its mark, as UTF-8, or as what it most probably is. Raises `InvalidInput`."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _decode(content, encoding, file_name), encoding
    try:
        text, encoding = content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _guessed(content, NO_MARK, file_name)
    if text.count("\x00") * 5 > len(text):  # every second byte: UTF-16 without its mark
        text, encoding = _guessed(content, WIDE, file_name)
    if "\x00" in text:
        raise InvalidInput(
            _("holds a character that no text may hold: it may be another kind of file"), place=file_name
        )
    return text, encoding


def _guessed(content: bytes, among: list[str], file_name: str) -> tuple[str, str]:
    best = from_bytes(content, cp_isolation=among).best()
    if best is None:
        raise InvalidInput(_("is in an encoding that is not known here: save it as UTF-8"), place=file_name)
    return _decode(content, best.encoding, file_name), best.encoding.replace("cp1252", "Windows-1252")


def _decode(content: bytes, encoding: str, file_name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidInput(
            _("cannot be read from line %(line)s on: save it as UTF-8", line=line), place=file_name
        ) from None


def _rows(text: str) -> Iterator[tuple[int, list[Raw]]]:
    number, told = 0, TOLD.match(text)
    delimiter = told[1] if told else _delimiter(text)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, ""), delimiter=delimiter, strict=True), 1):
            cells: list[Raw] = [*row]
            if number > 1 or not told:
                yield number, cells
    except csv.Error:
        place = _("row %(row)s", row=number + 1)
        raise InvalidInput(_("a quotation mark or the end of the row is missing here"), place=place) from None


def _delimiter(text: str) -> str:
    """The one that parts the headings into most columns."""
    head = next((line for line in text.splitlines() if line.strip(DELIMITERS + " \r")), "")
    quoted = False
    found = dict.fromkeys(DELIMITERS, 0)
    for letter in head:
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in found:
            found[letter] += 1
    return max(found, key=lambda one: found[one])
