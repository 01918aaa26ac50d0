"""Pictures of the window, compared pixel by pixel."""

from dataclasses import dataclass

from PIL import ImageChops

from accessibility.engine.checks.picture_sheet import Picture, beside

Box = tuple[float, float, float, float]  # x, y, width, height in CSS pixels of the window
CLEAR = 8  # of 255: the weakest change of a channel that counts as clearly measured
CLEAR_PIXELS = 4
WIDEST, SMALLEST = 640, 20  # of one picture on a sheet


@dataclass(frozen=True, slots=True)
class Change:
    """How many pixels differ, and by how much at most (of 255, the strongest channel)."""

    pixels: int
    strongest: int

    @property
    def clear(self) -> bool:
        """Whether it is beyond what rounding does."""
        return self.pixels >= CLEAR_PIXELS and self.strongest >= CLEAR


def change(one: Picture, two: Picture, noise: Picture | None = None) -> Change:
    """What differs between two pictures of one size, but for the pixels that are not black in `noise`."""
    strength = strengths(one, two)
    if noise is not None:
        strength.paste(0, mask=noise.point(lambda value: 255 if value else 0))
    counts = strength.histogram()
    strongest = max((value for value, count in enumerate(counts) if count), default=0)
    return Change(sum(counts[1:]), strongest)


def strengths(one: Picture, two: Picture) -> Picture:
    """A grey picture: the strongest difference of a channel, per pixel."""
    difference = ImageChops.difference(one, two)
    red, green, blue = (difference.getchannel(number) for number in range(3))
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def around(box: Box, margin: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what surrounds a box, cut to a picture's size; empty boxes are outside of it."""
    x, y, width, height = box
    left, top = max(0, int(x - margin)), max(0, int(y - margin))
    right, bottom = min(size[0], int(x + width + margin) + 1), min(size[1], int(y + height + margin) + 1)
    return left, top, max(left, right), max(top, bottom)


def compared(before: Picture, after: Picture, box: Box) -> bytes | None:
    """A PNG of two pictures beside each other, cut to what surrounds a box, or whole where that is outside of them."""
    left, top, right, bottom = around(box, 60, before.size)
    if right - left < SMALLEST or bottom - top < SMALLEST:
        left, top, right, bottom = 0, 0, before.width, before.height
    parts = [one.crop((left, top, right, bottom)) for one in (before, after)]
    for part in parts:
        part.thumbnail((WIDEST, WIDEST))
    return beside(*parts)
