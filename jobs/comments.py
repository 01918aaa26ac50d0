"""Every night: comments that may be read are released, their language, topics and sentiment found.

Every step is a short transaction; training and identifying hold none. What is reported counts comments that may be read
alone, which change on Mondays and when a quarter closes, so that a run tells of no guest.
"""

from campus.feedback.comments import languages, nightly, queries, sentiment, topic_actions
from campus.feedback.comments.rules import LANGUAGES
from core.database import Database
from core.settings import settings

ACTOR = "clock"
BATCH = 200  # comments of one transaction


def look_after_comments(database: Database) -> dict[str, int]:
    """Release, identify, match, train and classify; how many comments each step changed."""
    with database.write() as session:
        topic_actions.begin(session, ACTOR)
        released = nightly.release_comments(session)
    with database.write() as session:
        nightly.tell_groups(session)
    return {"released": released, "described": _describe(database), "classified": _classify(database)}


def _describe(database: Database) -> int:
    """The language of what has just appeared; topics of all: they may have changed, and to look again costs little."""
    with database.read() as session:
        found = queries.readable(session)
    new = {one.id: one.text for one in found if not one.searched}
    named = dict(zip(new, languages.identified(list(new.values())), strict=True))
    changed = 0
    for some in _batches([one.id for one in found]):
        with database.write() as session:
            changed += nightly.describe(session, queries.readable(session, some), named)
    return changed


def _classify(database: Database) -> int:
    with database.read() as session:
        texts = nightly.texts_by_language(session)
        rated = nightly.ratings(session)
    changed, told = 0, dict[str, str]()
    for language in LANGUAGES:
        tested = _tested(texts[language], rated)
        told |= tested.told
        with database.write() as session:
            nightly.keep_method(session, language, tested)
    for some in _batches([one for part in texts.values() for one in part]):
        with database.write() as session:
            changed += nightly.classify(session, some, told)
    return changed


def _tested(texts: dict[str, str], rated: dict[str, float]) -> sentiment.Tested:
    config = settings()
    pairs = nightly.pairs(texts, rated)
    known = {one.comment for one in pairs}
    others = {comment: text for comment, text in texts.items() if comment not in known}
    return sentiment.tested(pairs, others, fewest=config.sentiment_fewest_pairs, floor=config.sentiment_accuracy_floor)


def _batches(ids: list[str]) -> list[list[str]]:
    return [ids[first : first + BATCH] for first in range(0, len(ids), BATCH)]
