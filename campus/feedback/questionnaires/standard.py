"""The standard questionnaire of a residential training campus, in every language of the guests' pages.

A campus starts from it and makes it its own. It takes under two minutes, and on each of its scales more is better.
"""

import json
from pathlib import Path

from campus.feedback.questionnaires.content import Content, parsed

FILE = Path(__file__).with_name("standard.json")


def standard() -> Content:
    """Its content."""
    return parsed(json.loads(FILE.read_text("utf-8")))
