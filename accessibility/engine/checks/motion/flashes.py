"""Flashes in painted pictures, by WCAG 2.1's thresholds
(https://www.w3.org/TR/WCAG21/#dfn-general-flash-and-red-flash-thresholds).

A general flash is a pair of opposing changes in relative luminance of 10 % or more where the darker is below 0.80; a
red flash any pair of opposing changes that involves a saturated red. They are dangerous when more than three come
within a second over more than a quarter of any 341 × 256 pixels. Here the changes must come at once and in one
direction over that area, so that text which scrolls by is no flash.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from accessibility.engine.checks.pixels import LINEAR, Mask, Pixels, Values, luminance

BLOCK_WIDTH, BLOCK_HEIGHT = 341, 256  # ten degrees of sight, CSS pixels
SHARE = 0.25
STEP = 0.10
BRIGHT = 0.80
RED_STEP = 20 / 320  # of (R - G - B), whose scale is 320 in the definition
SATURATED = 0.8
ENOUGH_CHANGES = 8  # opposing ones, within a second: four flashes, which are more than three
SECOND = 1.0


def flashing(pictures: Iterable[tuple[float, Pixels]], width: float) -> str:
    """ "general", "red", or "" where nothing flashes too much.

    Pictures come with their times in seconds; `width` is that of what they show, in CSS pixels.
    """
    bright: list[tuple[float, Values, Mask]] = []
    red: list[tuple[float, Values, Mask]] = []
    for time, picture in pictures:
        light = luminance(picture)
        bright.append((time, light, light < BRIGHT))
        red.append((time, *_red(picture)))
    if not bright:
        return ""
    scale = bright[0][1].shape[1] / width
    if _too_often(_changes(bright, STEP), scale):
        return "general"
    return "red" if _too_often(_changes(red, RED_STEP), scale) else ""


def _red(picture: Pixels) -> tuple[Values, Mask]:
    """How red each pixel is, and which are saturated red."""
    light = LINEAR[picture]
    total = light.sum(axis=2)
    return np.maximum(0.0, 2 * light[..., 0] - total), light[..., 0] >= SATURATED * np.maximum(total, 1e-6)


def _changes(seen: list[tuple[float, Values, Mask]], step: float) -> Iterator[tuple[float, Mask, Mask]]:
    """Per picture, where the value has risen and where it has fallen, each against the extreme since the last turn.

    The mask of a picture says where one of the two states must be for a change to count.
    """
    _, low, marked = seen[0]
    high, low_marked, high_marked = low, marked, marked
    for time, value, now in seen[1:]:
        rises = (value - low >= step) & (low_marked | now)
        falls = (high - value >= step) & (high_marked | now)
        yield time, rises, falls
        turns = rises | falls
        low_marked = np.where(turns | (value < low), now, low_marked)
        high_marked = np.where(turns | (value > high), now, high_marked)
        low = np.where(turns, value, np.minimum(low, value))
        high = np.where(turns, value, np.maximum(high, value))


def _too_often(changes: Iterable[tuple[float, Mask, Mask]], scale: float) -> bool:
    """Whether some block turned up and down too often within a second; `scale` is pixels to a CSS pixel."""
    size = (max(1, round(BLOCK_HEIGHT * scale)), max(1, round(BLOCK_WIDTH * scale)))
    recent: list[tuple[float, Mask]] = []  # where blocks turned, within the last second
    last: NDArray[np.int8] | None = None  # the direction of each block's last turn
    for time, rises, falls in changes:
        direction = _much(rises, size).astype(np.int8) - _much(falls, size).astype(np.int8)
        last = np.zeros_like(direction) if last is None else last
        turned: Mask = (direction != 0) & (direction != last)
        last = np.where(direction != 0, direction, last)
        recent = [one for one in recent if time - one[0] <= SECOND]
        if turned.any():
            recent.append((time, turned))
            if np.sum([one for _, one in recent], axis=0).max() >= ENOUGH_CHANGES:
                return True
    return False


def _much(mask: Mask, size: tuple[int, int]) -> Mask:
    """For each place of a block in the picture, whether more than a quarter of the block is marked."""
    height, width = min(size[0], mask.shape[0]), min(size[1], mask.shape[1])
    sums = np.pad(mask.astype(np.int64).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    inside = sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    much: Mask = inside > SHARE * size[0] * size[1]
    return much
