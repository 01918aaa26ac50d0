"""Sections from a CSV file: planned, carried out whole or not at all, and the same file twice."""

import pytest
import sqlalchemy as sa

from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.sections import queries
from accessibility.ledger.sections.csv_file import decoded, read, template
from accessibility.ledger.sections.importing import Plan, carry_out, plan
from core.errors import InvalidInput
from core.trail import TrailEntry
from tests.accessibility.ledger.nights import Nights, audited
from tests.accessibility.ledger.sections.conftest import Make

HEAD = "slug,name,patterns,owner\n"


def load(nights: Nights, text: str) -> Plan:
    """Plan and carry out."""
    with nights.database.write() as session:
        platform = session.get_one(Platform, nights.platform_id)
        found = plan(session, platform, text)
        carry_out(session, platform, found, "command")
        return found


def faults(text: str) -> list[str]:
    return [str(fault) for fault in read(text)[1]]


def stored(nights: Nights) -> list[tuple[str, str, list[str], int | None]]:
    with nights.database.read() as session:
        found = queries.sections_of(session, nights.platform_id)
        return [(one.slug, one.name, one.patterns, one.owner_id) for one in found]


def test_a_file_adds_and_changes_and_the_same_file_again_changes_nothing(nights: Nights, make: Make) -> None:
    lead = nights.person()
    nights.run(audited("https://example.org/course/1"), audited("https://example.org/course/2"))
    make("first", "/course/1")
    make("kept", "/kept")
    text = (
        HEAD
        + f"first,First course,/course/1 /course/1/*,{lead.email.upper()}\n"
        + 'second,"Second, course",/course/2,\n'
    )
    done = load(nights, text)
    assert (len(done.new), len(done.changed), done.same) == (1, 1, 0)
    assert stored(nights) == [
        ("first", "First course", ["/course/1", "/course/1/*"], lead.id),
        ("kept", "Sample kept", ["/kept"], None),
        ("second", "Second, course", ["/course/2"], None),
    ]
    with nights.database.read() as session:
        second = queries.get(session, nights.platform_id, "second")
        assert queries.pages_of(session, nights.platform_id, second.id)[1] == 1
        entries = session.scalar(sa.select(sa.func.max(TrailEntry.id)))
    again = load(nights, text)
    assert (again.new, again.changed, again.same) == ([], [], 2)
    with nights.database.read() as session:
        assert session.scalar(sa.select(sa.func.max(TrailEntry.id))) == entries


def test_one_wrong_line_and_nothing_is_written(nights: Nights) -> None:
    text = HEAD + "good,Good,/good,\nbad slug,Bad,/bad,\nnobody,Nobody,/x,nobody@example.org\npath,Path,x,\n"
    with pytest.raises(InvalidInput) as refused:
        load(nights, text)
    said = str(refused.value).splitlines()
    assert said[0] == "line 3, column slug: use small letters, digits and inner hyphens, at most 64"
    assert "line 4, column owner: nobody signs in with nobody@example.org" in said[1]
    assert "line 5, column patterns: “x”" in said[2]
    assert stored(nights) == []


def test_what_was_looked_at_is_told_from_what_changed_meanwhile(nights: Nights, make: Make) -> None:
    text = HEAD + "first,First,/course/1,\n"
    with nights.database.read() as session:
        platform = session.get_one(Platform, nights.platform_id)
        before, again = plan(session, platform, text), plan(session, platform, text)
    make("first", "/course/9")
    with nights.database.read() as session:
        later = plan(session, session.get_one(Platform, nights.platform_id), text)
    assert before.digest == again.digest != later.digest


def test_semicolons_a_byte_order_mark_and_lines_within_fields_are_read() -> None:
    content = '\ufeffName;Slug;patterns\r\n"A; b";a;"/x\n/y"\r\n\r\nB;b;/z\r\n'.encode()
    rows, wrong = read(decoded(content))
    assert [(row.line, row.slug, row.name, row.patterns) for row in rows] == [
        (2, "a", "A; b", ("/x", "/y")),
        (5, "b", "B", ("/z",)),
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["line 1: the file is empty"]),
        ("slug,name\n", ["line 1, column patterns: the column is missing"]),
        ("slug,name,patterns,colour\n", ["line 1, column colour: there is no such column"]),
        ("slug,name,patterns,slug\n", ["line 1, column slug: the column is there twice"]),
        (HEAD + "a,,/x,\n", ["line 2, column name: a value is needed"]),
        (HEAD + "a,A,/x,,,\n", ["line 2: has 6 fields, the header 4"]),
        (HEAD + "a,A,/x,\n\na,B,/y,\n", ["line 4, column slug: “a” is in line 2 already"]),
        (HEAD + 'a,"A\n', ["line 2: is not CSV: unexpected end of data"]),
        (HEAD + "a,A,/x,\n" * 5001, None),
    ],
)
def test_a_fault_names_its_line_and_column(text: str, said: list[str] | None) -> None:
    if said is None:
        assert faults(text) == ["line 5002: a file has at most 5000 rows"]
    else:
        assert faults(text) == said


def test_what_is_not_utf_8_is_refused_with_its_line() -> None:
    with pytest.raises(InvalidInput, match="line 2"):
        decoded(HEAD.encode() + b"a,\xe9,/x,\n")


def test_the_template_is_a_file_that_can_be_loaded(nights: Nights) -> None:
    assert len(load(nights, template("https://example.org/")).new) == 1
