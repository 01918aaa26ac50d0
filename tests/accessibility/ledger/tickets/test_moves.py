"""A component whose key moved keeps its ticket."""

from dataclasses import replace

from accessibility.ledger.tickets.moves import Sighting, moved_from, moves
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, partly, problem

OLD = Sighting(1, "axe", "image-alt", frozenset({(7, "#logo"), (8, "#logo")}), "<img id=logo>", "Logo")
NEW = Sighting(2, "axe", "image-alt", frozenset({(7, "#logo")}), "<img class=new>", "")


def test_the_same_rule_at_the_same_selector_of_a_page_is_the_same_problem() -> None:
    assert moved_from(NEW, [OLD]) == OLD


def test_the_same_html_or_name_on_a_page_of_both_is_the_same_problem() -> None:
    elsewhere = replace(NEW, places=frozenset({(7, "#other")}))
    assert moved_from(elsewhere, [OLD]) is None
    assert moved_from(replace(elsewhere, html=OLD.html), [OLD]) == OLD
    assert moved_from(replace(elsewhere, name=OLD.name), [OLD]) == OLD


def test_an_empty_name_or_html_says_nothing() -> None:
    elsewhere = replace(NEW, places=frozenset({(7, "#other")}), html="")
    assert moved_from(elsewhere, [replace(OLD, html="", name="")]) is None


def test_another_rule_or_check_is_another_problem() -> None:
    assert moved_from(replace(NEW, rule="label"), [OLD]) is None
    assert moved_from(replace(NEW, check="keyboard"), [OLD]) is None


def test_without_a_common_page_it_is_another_problem() -> None:
    assert moved_from(replace(NEW, places=frozenset({(9, "#logo")}), html=OLD.html), [OLD]) is None


def test_when_two_old_ones_fit_nothing_is_decided() -> None:
    assert moved_from(NEW, [OLD, replace(OLD, component_id=3)]) is None


def test_when_two_new_ones_fit_neither_moves() -> None:
    assert moves([NEW, replace(NEW, component_id=4)], [OLD]) == {}
    assert moves([NEW], [OLD]) == {2: 1}


def test_a_moved_key_joins_the_ticket_of_its_old_name(nights: Nights) -> None:
    nights.run(audited(HOME, problem("old", selector="#logo")))
    audit = nights.run(audited(HOME, problem("new", selector="#logo")))
    assert (nights.states(), audit.new, audit.gone) == (["open"], 0, 0)
    assert [(o.ended, o.moved) for o in nights.occurrences()] == [(2, True), (None, False)]


def test_a_moved_key_does_not_verify_the_ticket(nights: Nights) -> None:
    nights.run(audited(HOME, problem("old", selector="#logo")))
    for _ in range(3):
        nights.run(audited(HOME, problem("new", selector="#logo")))
    assert nights.states() == ["open"]
    for _ in range(2):
        nights.run(audited(HOME))
    assert nights.states() == ["verified"]


def test_a_new_problem_beside_one_that_stays_has_a_ticket_of_its_own(nights: Nights) -> None:
    nights.run(audited(HOME, problem("a", name="Logo")), audited(COURSE, problem("a", name="Logo")))
    nights.run(audited(HOME, problem("b", name="Logo")), audited(COURSE, problem("a", name="Logo")))
    assert nights.states() == ["open", "open"]


def test_absence_that_is_not_proven_is_no_move(nights: Nights) -> None:
    nights.run(audited(HOME, problem("old", selector="#logo")))
    nights.run(partly(HOME, problem("new", selector="#logo")))
    assert nights.states() == ["open", "open"]


def test_what_was_clean_before_did_not_move(nights: Nights) -> None:
    nights.run(audited(HOME, problem("old", selector="#logo")), audited(COURSE, problem("old")))
    nights.run(audited(HOME), audited(COURSE, problem("old")))
    nights.run(audited(HOME, problem("new", selector="#logo")), audited(COURSE))
    assert len(nights.tickets()) == 2
