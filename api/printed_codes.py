"""QR codes to print."""

import segno
from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """The code of an address of ours, as SVG that fills its place."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2)
    return Markup(drawn)  # noqa: S704 - nothing but squares
