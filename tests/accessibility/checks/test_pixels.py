"""Colours of pixels."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from accessibility.engine.checks.picture_sheet import above_each_other, beside
from accessibility.engine.checks.pixels import contrast, ground_of, part, whole
from accessibility.engine.finding import Box


def colour(*channels: int) -> np.ndarray:
    return np.array(channels, dtype=np.uint8)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((0, 0, 0), (255, 255, 255), 21), ((118, 118, 118), (255, 255, 255), 4.54), ((9, 9, 9), (9, 9, 9), 1)],
)
def test_contrast_is_that_of_wcag(one: tuple[int, ...], other: tuple[int, ...], ratio: float) -> None:
    assert float(contrast(colour(*one), colour(*other))) == pytest.approx(ratio, abs=0.01)


def test_the_ground_is_what_most_pixels_show() -> None:
    picture = np.zeros((10, 10, 3), dtype=np.uint8)
    picture[:6] = (1, 200, 3)
    assert ground_of(picture).tolist() == [1, 200, 3]


def test_boxes_are_cut_to_the_page() -> None:
    assert whole(Box(-5.5, 2.2, 20, 10), 100, 8, 1) == Box(0, 1, 16, 7)
    assert whole(Box(200, 0, 10, 10), 100, 100) is None


def test_a_part_of_a_picture_is_found_by_its_place_on_the_page() -> None:
    picture = np.zeros((10, 10, 3), dtype=np.uint8)
    picture[4, 6] = 255
    assert part(picture, Box(10, 20, 10, 10), Box(16, 24, 1, 1)).tolist() == [[[255, 255, 255]]]


def size(png: bytes | None) -> tuple[int, int]:
    assert png is not None
    return Image.open(BytesIO(png)).size


def test_pictures_stand_beside_and_above_each_other_with_a_gap() -> None:
    one, other = np.zeros((4, 6, 3), dtype=np.uint8), np.zeros((5, 3, 3), dtype=np.uint8)
    assert size(above_each_other(one, other)) == (6, 4 + 12 + 5)
    assert size(beside(one, other)) == (6 + 12 + 3, 5)


def test_of_two_pictures_the_one_that_is_there_is_shown() -> None:
    there = np.zeros((4, 6, 3), dtype=np.uint8)
    assert size(beside(None, there)) == (6, 4)
    assert beside(None, None) is None
