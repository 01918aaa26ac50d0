"""Pictures for fixtures, drawn here."""

import io

from PIL import Image, ImageDraw, ImageFont

from tests.accessibility.site import Answer


def picture(text: str = "", size: tuple[int, int] = (240, 120), colour: str = "white", height: int = 28) -> Answer:
    """A PNG of one colour with lines of dark text, `height` pixels each."""
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).text((10, 8), text, font=ImageFont.load_default(height), fill="#102040")
    return _png(image)


def photograph(size: tuple[int, int] = (240, 120)) -> Answer:
    """A PNG of soft colours without any shape."""
    image = Image.effect_noise(size, 60).convert("RGB").resize((size[0] // 8, size[1] // 8)).resize(size)
    return _png(image)


def _png(image: Image.Image) -> Answer:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return Answer(buffer.getvalue(), headers={"Content-Type": "image/png"})
