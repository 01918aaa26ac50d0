"""Sections in a CSV file, pure: from its text to rows, with every fault by line and column.

Columns: slug, name, patterns (with spaces between them), owner (an e-mail address, or nothing). Commas or semicolons
separate, as spreadsheets of different countries write them.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import InvalidInput
from core.i18n import gettext as _

COLUMNS = ("slug", "name", "patterns", "owner")
NEEDED = ("slug", "name", "patterns")
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row that can be read; `line` counts from 1, the header included."""

    line: int
    slug: str
    name: str
    patterns: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where. `column` is "" where it is the row or the file as a whole."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = _("line %(n)s", n=self.line)
        if self.column:
            where = _("line %(n)s, column %(column)s", n=self.line, column=self.column)
        return f"{where}: {self.message}"


def template(base: str) -> str:
    """A file to begin with: the header and an example. `base` is an address of the platform."""
    return written([("sample-course", "Sample course", ("/course/12/*", f"{base.rstrip('/')}/forum/12*"), "")])


def written(sections: Iterable[tuple[str, str, Iterable[str], str]]) -> str:
    """The file of these sections (slug, name, patterns, the owner's e-mail address), as `read` reads it."""
    text = io.StringIO()
    file = csv.writer(text)
    file.writerow(COLUMNS)
    file.writerows((slug, name, " ".join(patterns), owner) for slug, name, patterns, owner in sections)
    return text.getvalue()


def decoded(content: bytes) -> str:
    """The file's text. Raises `InvalidInput` for one that is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = _("is not UTF-8: save the file as “CSV UTF-8”")
        raise InvalidInput(message, place=_("line %(n)s", n=line)) from None


def read(text: str) -> tuple[list[FileRow], list[Fault]]:
    """The rows, and the faults of those that cannot be read. With a wrong header there are no rows."""
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[FileRow] = []
    faults: list[Fault] = []
    line, names = 1, None
    try:
        for fields in reader:
            if names is None:
                names = [field.strip().lower() for field in fields]
                if faults := _faults_of_header(names):
                    return [], faults
            elif any(field.strip() for field in fields):
                _read_row(line, names, fields, rows, faults)
            if len(rows) > MOST_ROWS:
                return rows, [Fault(line, "", _("a file has at most %(n)s rows", n=MOST_ROWS))]
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(line, "", _("is not CSV: %(error)s", error=error)))
    if names is None:
        faults.append(Fault(1, "", _("the file is empty")))
    return rows, faults + _twice(rows)


def _faults_of_header(names: list[str]) -> list[Fault]:
    faults = [Fault(1, name, _("there is no such column")) for name in names if name not in COLUMNS]
    faults += [Fault(1, name, _("the column is missing")) for name in NEEDED if name not in names]
    return faults + [Fault(1, name, _("the column is there twice")) for name in COLUMNS if names.count(name) > 1]


def _read_row(line: int, names: list[str], fields: list[str], rows: list[FileRow], faults: list[Fault]) -> None:
    if len(fields) > len(names):
        faults.append(Fault(line, "", _("has %(n)s fields, the header %(m)s", n=len(fields), m=len(names))))
        return
    given = dict.fromkeys(COLUMNS, "") | dict(zip(names, (field.strip() for field in fields), strict=False))
    found = [Fault(line, name, _("a value is needed")) for name in NEEDED if not given[name]]
    found += [
        Fault(line, name, _("holds a character that no text may hold"))
        for name, value in given.items()
        if "\0" in value
    ]
    if found:
        faults.extend(found)
    else:
        rows.append(_row(line, given))


def _row(line: int, given: Mapping[str, str]) -> FileRow:
    return FileRow(line, given["slug"], given["name"], tuple(given["patterns"].split()), given["owner"].lower())


def _twice(rows: list[FileRow]) -> list[Fault]:
    seen: dict[str, int] = {}
    for row in rows:
        seen.setdefault(row.slug, row.line)
    return [
        Fault(row.line, "slug", _("“%(slug)s” is in line %(n)s already", slug=row.slug, n=seen[row.slug]))
        for row in rows
        if seen[row.slug] != row.line
    ]
