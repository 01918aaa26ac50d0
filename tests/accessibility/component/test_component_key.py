"""The pure part of the component key: what it is made of, and what cannot change it."""

import random
import string
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accessibility.engine.component import component_key, description
from accessibility.engine.folding import folded

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=8)
NUMBERS = st.integers(0, 10**9)
ROOT = [{"tag": "body"}, {"tag": "html"}]
LIST = [{"tag": "li", "alike": True}, {"tag": "ul"}, {"tag": "main", "landmark": "main"}, *ROOT]


def _image(*path: dict[str, Any]) -> str:
    return component_key("image-alt", [{"tag": "img"}, *path], {})


@given(st.permutations(["id", "class", "style", "src", "data-x"]), WORDS)
def test_what_the_key_does_not_know_cannot_change_it(names: list[str], value: str) -> None:
    marked = [{**step, **dict.fromkeys(names, value)} for step in LIST]
    assert _image(*marked) == _image(*LIST)


@given(WORDS, WORDS, NUMBERS, NUMBERS)
def test_numbers_in_the_name_of_a_place_are_folded(before: str, after: str, one: int, other: int) -> None:
    def place(number: int) -> dict[str, Any]:
        return {"tag": "section", "landmark": "region", "name": f"{before} {number} {after}"}

    assert _image(place(one), *ROOT) == _image(place(other), *ROOT)


@given(st.uuids(), st.uuids(), WORDS)
def test_generated_keys_are_folded(one: Any, other: Any, word: str) -> None:
    assert folded(f"{word}_{one}") == folded(f"{word}_{other}")


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**48 - 1))
def test_hexadecimal_keys_are_folded(one: int, other: int) -> None:
    assert folded(f"field_1a{one:012x}") == folded(f"field_1a{other:012x}")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_for_words_and_numbers(text: str) -> None:
    once = folded("".join(one for one in text if one.isascii() and (one.isalnum() or one == " ")))
    assert folded(once).count("0") <= once.count("0")


def test_dates_are_folded_in_any_month() -> None:
    assert folded("News of Monday, 3 May 2027") == folded("News of 12 October 2026") == "news of 0"
    assert folded("March 2027") == folded("May 2026") == folded("mai 2026") == "0"


def test_words_that_look_like_months_are_kept() -> None:
    assert folded("Marketing 3") == "marketing 0"
    assert folded("Maintenance 3") == "maintenance 0"


@given(st.integers(0, 5))
def test_a_reply_in_a_reply_counts_as_the_outermost_one(depth: int) -> None:
    reply = [{"tag": "article", "alike": True, "nested": 2}, {"tag": "div", "holds": [str(random.random())]}]
    outermost = [{"tag": "article", "alike": True}, {"tag": "main", "landmark": "main"}, *ROOT]
    assert _image(*reply * depth, *outermost) == _image(*outermost)


def test_the_heading_of_a_section_tells_places_apart_and_that_of_an_item_does_not() -> None:
    def under(heading: str, **box: Any) -> str:
        return _image({"tag": "li"}, {"tag": "ul"}, {"heading": heading, "level": 3, **box}, *ROOT)

    assert under("Summer", tag="section") != under("Winter", tag="section")
    assert under("Summer", tag="div") != under("Winter", tag="div")
    assert under("Ann", tag="div", alike=True, titled=3) == under("Ben", tag="div", alike=True, titled=3)
    assert under("Ann", tag="li") == under("Ben", tag="li")


def test_similar_boxes_under_second_level_headings_are_places_when_they_hold_lists() -> None:
    def box(heading: str, *inner: dict[str, Any], **more: Any) -> str:
        step = {"tag": "div", "alike": True, "titled": 2, "heading": heading, "level": 2, **more}
        return _image(*inner, step, *ROOT)

    items = ({"tag": "li"}, {"tag": "ul"})
    assert box("Photos", *items) != box("Partners", *items)
    assert box("Post one") == box("Post two")
    assert box("Post one", *items, linked=True) == box("Post two", *items, linked=True)


def test_rule_frame_role_and_what_the_element_is_tell_problems_apart() -> None:
    def field(rule: str = "label", **own: Any) -> str:
        return component_key(rule, [{"tag": "input"}, *ROOT], own)

    framed = component_key("label", [{"tag": "input"}, *ROOT], {}, [[{"tag": "iframe", "name": "Quiz"}, *ROOT]])
    keys = [field(), field("title"), field(name="mail"), field(name="phone"), field(type="email"), framed]
    assert len(set(keys)) == len(keys)
    assert field(name="answers[12]") == field(name="answers[7]")


def test_states_count_only_where_they_can_be_the_fault() -> None:
    def link(rule: str, *aria: str) -> str:
        return component_key(rule, [{"tag": "a"}, *ROOT], {"aria": list(aria), "states": list(aria)})

    assert link("color-contrast", "aria-current") == link("color-contrast")
    assert link("aria-allowed-attr", "aria-checked") != link("aria-allowed-attr", "aria-selected")


def test_a_missing_title_is_one_problem_for_axe_and_for_the_check_of_titles() -> None:
    read = {"type": "", "name": "", "beside": "", "aria": [], "states": [], "frame": [], "inside": []}
    assert component_key("document-title", [{"tag": "html"}], read) == component_key(
        "document-title", [{"tag": "html"}], {}
    )


def test_the_description_reads_from_the_root_down() -> None:
    assert (
        description("image-alt", [{"tag": "img"}, *LIST], {}) == "image-alt\nhtml > body > main@main > ul > li > img\n"
    )
