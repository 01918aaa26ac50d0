"""Keys that a page's text names."""

import pytest

from accessibility.engine.checks.keyboard.exits import named_keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Press Ctrl+M to leave the editor.", ["Control+m"]),
        ("Leave with Alt + Shift + F10, or Strg-X.", ["Alt+Shift+F10", "Control+x"]),
        ("Use Esc to get out, then Tab.", ["Escape", "Tab"]),
        ("Press the “q” key to leave.", ["q"]),
        ("Control and m", ["Control+m"]),
        ("Ctrl+W closes the window, F5 loads it again.", []),
        ("An option a day; home is where the tabs are.", ["Alt+a", "Home"]),
        ("Nothing is said about it.", []),
    ],
)
def test_keys_are_found_in_text(text: str, keys: list[str]) -> None:
    assert named_keys(text) == keys


def test_a_page_full_of_keys_gives_a_few() -> None:
    assert len(named_keys(" ".join(f"Ctrl+{letter}" for letter in "abcdefghijkl"))) == 6
