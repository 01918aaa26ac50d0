"""The key of a component on any platform."""

from accessibility.engine.component import component_key, description
from accessibility.engine.shared_key import shared_key

RULE = "link-name"


def path(menu: str = "", heading: str = "") -> list[dict[str, str]]:
    return [
        {"tag": "a"},
        {"tag": "nav", "landmark": "navigation", "name": menu},
        {"tag": "section", "heading": heading},
        {"tag": "html"},
    ]


def key(platform: str, **places: str) -> str:
    described = description(RULE, path(**places), {})
    return shared_key(component_key(RULE, path(**places), {}), described, platform)


def test_a_component_that_does_not_say_the_platforms_name_keeps_its_key() -> None:
    assert key("Sample North", menu="Site") == component_key(RULE, path(menu="Site"), {})


def test_a_place_named_after_the_platform_is_the_same_place_on_each() -> None:
    north = key("Sample North", menu="Sample North menu", heading="Welcome to SAMPLE  North!")
    south = key("Sample South 2", menu="Sample South 2 menu", heading="Welcome to Sample South 2!")
    assert north == south
    assert north != key("Sample North", menu="Sample South menu", heading="Welcome to Sample South!")


def test_another_place_is_another_component_whatever_the_platform_is_called() -> None:
    assert key("Sample North", menu="Sample North menu") != key("Sample North", menu="Sample North footer")


def test_a_name_counts_as_a_whole_word_and_never_as_a_tag_or_a_landmark() -> None:
    assert key("nav", menu="navy blue") == component_key(RULE, path(menu="navy blue"), {})
    assert key("Section", menu="Site") == component_key(RULE, path(menu="Site"), {})


def test_a_name_that_is_hardly_one_or_full_of_signs_breaks_nothing() -> None:
    assert key("a", menu="a b") == component_key(RULE, path(menu="a b"), {})
    assert key("C++ (sample) [x", menu="C++ (sample) [x menu") == key("Other", menu="Other menu")


def test_what_nobody_described_keeps_its_key() -> None:
    assert shared_key("abc", "", "Sample") == "abc"
