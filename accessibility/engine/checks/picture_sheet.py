"""Several pictures in one, for a person to compare: before and after, beside or above each other."""

from io import BytesIO

import numpy as np
from PIL import Image

from accessibility.engine.checks.pixels import Pixels

Picture = Image.Image
Source = Picture | Pixels | bytes  # bytes of a PNG
GAP, GAP_COLOUR = 12, "#b3261e"  # between two pictures
MOST = 2000  # pixels of a side


def opened(png: bytes) -> Picture:
    """The picture of a PNG, without transparency."""
    with Image.open(BytesIO(png)) as image:
        return image.convert("RGB")


def png_of(picture: Picture) -> bytes:
    """A picture as PNG."""
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def beside(*pictures: Source | None) -> bytes | None:
    """A PNG of pictures from left to right, without those that are missing; None where all are."""
    return _sheet(pictures, across=True)


def above_each_other(*pictures: Source | None) -> bytes | None:
    """A PNG of pictures from top to bottom, without those that are missing; None where all are."""
    return _sheet(pictures, across=False)


def _sheet(given: tuple[Source | None, ...], *, across: bool) -> bytes | None:
    pictures = [_picture(one) for one in given if one is not None]
    if not pictures:
        return None
    gaps = GAP * (len(pictures) - 1)
    widths, heights = [one.width for one in pictures], [one.height for one in pictures]
    size = (sum(widths) + gaps, max(heights)) if across else (max(widths), sum(heights) + gaps)
    sheet = Image.new("RGB", size, "white")
    at = 0
    for number, one in enumerate(pictures):
        if number:
            bar = (at - GAP, 0, at, size[1]) if across else (0, at - GAP, size[0], at)
            sheet.paste(GAP_COLOUR, bar)
        sheet.paste(one, (at, 0) if across else (0, at))
        at += GAP + (one.width if across else one.height)
    sheet.thumbnail((MOST, MOST))
    return png_of(sheet)


def _picture(source: Source) -> Picture:
    if isinstance(source, bytes):
        return opened(source)
    return Image.fromarray(source) if isinstance(source, np.ndarray) else source
