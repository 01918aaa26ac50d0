"""How long guests take to answer. Pure.

They read all of it but the thanks, and choose an answer to each question that has answers to choose from. Writing free
text is not counted: it may be left out. Reading speeds are the means of the International Reading Speed Texts
(Trauzettel-Klosinski and Dietz, Investigative Ophthalmology & Visual Science 53, 2012), for a language without one the
mean of all of them. The time to choose is our own estimate.
"""

from campus.feedback.questionnaires.checking import every_text
from campus.feedback.questionnaires.content import Content, Kind

LIMIT = 120  # seconds: guests are asked for less than two minutes
CHOOSING = 2.5  # seconds an answer
MEAN_SPEED = 184  # words a minute
SPEEDS = {"ar": 138, "en": 228, "es": 218, "fr": 195, "it": 188}


def seconds(content: Content, language: str) -> float:
    """How long it takes in one language, with every question asked."""
    read = [texts.get(language, "") for _place, name, texts in every_text(content) if name != "thanks"]
    words = sum(len(text.split()) for text in read)
    choosing = sum(CHOOSING for one in content.questions() if one.kind is not Kind.TEXT)
    return 60 * words / SPEEDS.get(language, MEAN_SPEED) + choosing


def longest(content: Content) -> float:
    """How long it takes in the language in which it takes longest; 0 without any."""
    return max((seconds(content, one) for one in content.languages), default=0.0)
