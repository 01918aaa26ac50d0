"""Single answers for those allowed: never of few guests."""

from collections import Counter

from campus.surveys.raw import RawRow, anonymised

Q = "2026-Q1"


def rows(n: int, pavilion: str = "north", *, imported: bool = False) -> list[RawRow]:
    return [RawRow(Q, pavilion, {"food": str(1 + number % 5)}, imported) for number in range(n)]


def test_a_row_tells_the_pavilion_where_that_has_figures() -> None:
    kept = anonymised([*rows(6), *rows(3, "south")], {Q: {"north"}})

    assert Counter(row.pavilion for row in kept) == {"north": 6, "": 3}


def test_quarters_of_fewer_than_five_are_left_out() -> None:
    assert anonymised(rows(4), {Q: {"north"}}) == []


def test_fewer_than_five_guests_beside_an_import_are_left_out() -> None:
    kept = anonymised([*rows(4), *rows(20, imported=True)], {Q: set()})

    assert [row.imported for row in kept] == [True] * 20


def test_the_order_tells_nothing() -> None:
    some = rows(10)

    assert anonymised(some, {}) == anonymised(list(reversed(some)), {})
