"""The topics to begin with, for a residential campus. Their words are in `lexicon.toml`.

Staff change, extend and drop topics; these come in by themselves only where there never was any.
"""

import tomllib
from pathlib import Path

from core.i18n import marked

NAMES = {
    "room": marked("Room"),
    "bathroom": marked("Bathroom"),
    "noise": marked("Noise"),
    "bed": marked("Bed"),
    "temperature": marked("Temperature"),
    "wifi": marked("Internet"),
    "food": marked("Food"),
    "breakfast": marked("Breakfast"),
    "staff": marked("Staff"),
    "cleaning": marked("Cleaning"),
    "accessibility": marked("Accessibility"),
    "learning": marked("Learning rooms"),
    "location": marked("Place and transport"),
    "price": marked("Price"),
}


def lexicon() -> dict[str, tuple[str, dict[str, list[str]]]]:
    """By short name a topic's name and its words by language."""
    words = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
    return {slug: (name, words[slug]) for slug, name in NAMES.items()}
