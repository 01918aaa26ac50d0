"""When comments appear, and what they may tell of their guests."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from campus.feedback.comments.release import NONE, Group, Waiting, by_week, released, told_groups
from campus.feedback.figures.suppression import LEAST

MONDAY = date(2026, 8, 17)
WEEK = date(2026, 8, 10)
NORTH, SOUTH, COURSE = ("pavilion", "north"), ("pavilion", "south"), ("event", "course")


def waiting(n: int, week: date = WEEK, *, guests: int = 0) -> list[Waiting]:
    return [Waiting(f"c{number}", f"g{number % (guests or n)}", week) for number in range(n)]


def appear(some: list[Waiting], *, closed: bool = False, answered: int = 40, last: date | None = None) -> int:
    return len(released(some, MONDAY, closed=closed, guests={WEEK: answered}, last=last))


def test_comments_appear_when_five_guests_wait_and_not_before() -> None:
    assert (appear(waiting(4)), appear(waiting(5))) == (0, 5)


def test_five_comments_of_four_guests_wait_on() -> None:
    assert appear(waiting(8, guests=4)) == 0


def test_comments_of_this_week_wait_for_its_end() -> None:
    assert appear([*waiting(5), Waiting("now", "me", MONDAY)]) == 5
    assert appear(waiting(9, MONDAY)) == 0


def test_the_rest_appears_when_the_quarter_closes_if_five_answered_since_the_last_time() -> None:
    assert appear(waiting(1), closed=True) == 1
    assert appear(waiting(1), closed=True, answered=4) == 0
    assert appear(waiting(1), closed=True, last=WEEK) == 1
    assert appear(waiting(1), closed=True, last=MONDAY) == 0


def test_a_comment_names_one_group_with_a_published_figure() -> None:
    guests = {f"n{one}": [NORTH, COURSE] for one in range(6)} | {f"s{one}": [SOUTH, COURSE] for one in range(6)}
    told = told_groups(guests, frozenset({NORTH, COURSE}))
    assert (told["n1"], told["s1"]) == (NORTH, COURSE)


def test_where_the_nameless_would_be_few_the_smallest_group_is_not_named_either() -> None:
    guests = {f"n{one}": [NORTH] for one in range(9)} | {f"s{one}": [SOUTH] for one in range(6)} | {"x": list[Group]()}
    told = told_groups(guests, frozenset({NORTH, SOUTH}))
    assert set(told.values()) == {NORTH, NONE}
    assert told["s0"] == NONE


@given(st.lists(st.lists(st.sampled_from([NORTH, SOUTH, COURSE]), max_size=3, unique=True), max_size=40), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_named_at_least_five_guests_could_have_written_it(
    groups: list[list[Group]], data: st.DataObject
) -> None:
    published = data.draw(st.frozensets(st.sampled_from([NORTH, SOUTH, COURSE])))
    told = told_groups({f"g{number}": some for number, some in enumerate(groups)}, published)
    named = set(told.values()) - {NONE}
    assert named <= published
    if named:
        sizes = [list(told.values()).count(group) for group in set(told.values())]
        assert min(sizes) >= LEAST


def test_guests_are_counted_by_week() -> None:
    assert by_week([WEEK, WEEK, MONDAY]) == {WEEK: 2, MONDAY: 1}
