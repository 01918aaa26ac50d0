"""Flashes in pictures, by the thresholds of WCAG."""

from collections.abc import Iterator

import numpy as np
import pytest

from accessibility.engine.checks.motion.flashes import Flashing, flashing
from accessibility.engine.checks.pixels import Pixels

WIDTH, HEIGHT = 400, 300
BLACK, WHITE, PALE, RED, MAROON = (0, 0, 0), (255, 255, 255), (240, 240, 240), (255, 0, 0), (80, 0, 0)
Colour = tuple[int, int, int]


def pictures(one: Colour, other: Colour, per_second: float, width: int, height: int) -> Iterator[tuple[float, Pixels]]:
    """Two seconds in which a field of this size goes from one colour to the other and back so often."""
    for number in range(60):
        picture = np.full((HEIGHT, WIDTH, 3), 128, dtype=np.uint8)
        picture[:height, :width] = other if int(number / 30 * per_second * 2) % 2 else one
        yield number / 30, picture


@pytest.mark.parametrize(
    ("one", "other", "per_second", "width", "height", "found"),
    [
        (BLACK, WHITE, 5, 300, 200, Flashing("general", certain=True)),
        (BLACK, WHITE, 3, 300, 200, Flashing("general", certain=False)),  # as often as is allowed
        (BLACK, WHITE, 2, 300, 200, None),  # not too often
        (BLACK, WHITE, 5, 140, 140, None),  # less than a quarter of ten degrees
        (WHITE, PALE, 5, 300, 200, None),  # the darker is bright
        (RED, MAROON, 5, 300, 200, Flashing("general", certain=True)),
        ((255, 20, 20), (170, 90, 90), 5, 300, 200, Flashing("red", certain=True)),
    ],
)
def test_flashes_are_told_by_number_area_and_colour(
    one: Colour, other: Colour, per_second: float, width: int, height: int, found: Flashing | None
) -> None:
    assert flashing(pictures(one, other, per_second, width, height), WIDTH) == found


def test_a_field_that_only_grows_brighter_does_not_flash() -> None:
    steps = [(number / 30, np.full((HEIGHT, WIDTH, 3), number * 8, dtype=np.uint8)) for number in range(30)]
    assert flashing(steps, WIDTH) is None


@pytest.mark.parametrize("side", [3, 60])
def test_a_pattern_whose_squares_flash_in_turn_does_not_flash(side: int) -> None:
    """Fine balanced patterns are excepted; coarse ones are not, and left to people."""
    rows, columns = np.indices((HEIGHT, WIDTH)) // side
    squares = ((rows + columns) % 2 * 255).astype(np.uint8)[..., None].repeat(3, axis=2)
    pattern = ((number / 30, squares if number // 3 % 2 else 255 - squares) for number in range(60))
    assert flashing(pattern, WIDTH) is None


def test_no_pictures_no_flashes() -> None:
    assert flashing([], WIDTH) is None
