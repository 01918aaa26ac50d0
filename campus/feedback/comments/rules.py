"""What a comment can be told to be, and what staff may say of it. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from campus.feedback.comments.redaction import MOST
from campus.places.rules import checked_word
from core.errors import InvalidInput
from core.i18n import gettext as _

POSITIVE, MIXED, NEGATIVE, UNCERTAIN = "positive", "mixed", "negative", "uncertain"
SENTIMENTS = (POSITIVE, MIXED, NEGATIVE, UNCERTAIN)
"""Uncertain wherever no tested method exists for the comment's language."""
LANGUAGES = ("en", "fr", "es", "it", "ar")
UNKNOWN = ""  # a language that was not identified
HIDDEN = "[hidden]"  # the mark of what staff took out
CORRECTABLE = ("language", "topics", "sentiment")


@dataclass(frozen=True, slots=True)
class Said:
    """What a comment is said to be; `corrected` names what staff settled, which the service leaves alone."""

    language: str
    topics: list[str]
    sentiment: str
    corrected: list[str]


def checked(language: str, topics: Iterable[str], sentiment: str, known: Collection[str], before: Said) -> Said:
    """What staff say of a comment: whatever differs from before is settled. `known`: slugs of topics.

    Raises `InvalidInput` naming the field.
    """
    wanted = set(topics)
    if unknown := sorted(wanted - set(known)):
        raise InvalidInput(_("There is no topic “%(name)s”.", name=unknown[0][:64]), place="topics")
    said = Said(
        checked_word(language, (*LANGUAGES, UNKNOWN), "language"),
        sorted(wanted | (set(before.topics) - set(known))),  # a dropped topic may come back
        checked_word(sentiment, SENTIMENTS, "sentiment"),
        [],
    )
    changed = {name for name in CORRECTABLE if getattr(said, name) != getattr(before, name)}
    return Said(said.language, said.topics, said.sentiment, sorted(changed | set(before.corrected)))


def without(text: str, passage: str) -> str:
    """The text with a mark in place of every occurrence of a passage. Raises `InvalidInput` where there is none."""
    passage = passage.strip()
    if len(passage) < 2 or passage in HIDDEN:
        raise InvalidInput(_("Enter the words that are to be hidden, as they stand in the comment."), place="passage")
    if passage not in text:
        raise InvalidInput(_("These words do not stand in the comment: copy them from it."), place="passage")
    return text.replace(passage, HIDDEN)[:MOST]
