"""Every change of topics. Comments are matched again by the nightly job; what staff settled of a comment stays."""

from sqlalchemy.orm import Session

from campus.feedback.comments import matching, queries
from campus.feedback.comments.lexicon import lexicon
from campus.feedback.comments.models import CommentTopic
from campus.places.rules import checked_name, slug_of
from core import trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

SUBJECT = "comment_topic"


def current(session: Session, slug: str, version: int) -> CommentTopic:
    """The topic, which must still be in the version that somebody saw. Raises `Conflict` or `NotFound`."""
    found = queries.topic(session, slug)
    if found.version != version:
        raise Conflict(_("Somebody changed it meanwhile. Look at what it is now, then do it again."))
    return found


def add(session: Session, name: str, words: str, actor: str) -> CommentTopic:
    """Add a topic; `words` are lines of `matching.py`. Raises `InvalidInput`."""
    name, lines = _checked(session, name, words, None)
    slug = slug_of(name, {one.slug for one in queries.topics(session)}, "topic")
    return _add(session, slug, name, lines, actor)


def change(session: Session, topic: CommentTopic, name: str, words: str, actor: str) -> None:
    """Call it otherwise, look for other words. Raises `InvalidInput`."""
    name, lines = _checked(session, name, words, topic)
    _set(session, topic, name, lines, actor)


def drop(session: Session, topic: CommentTopic, actor: str) -> None:
    """Look for it no more."""
    trail.record(session, actor, "comment_topic.drop", SUBJECT, topic.slug, before=_plain(topic))
    session.delete(topic)
    session.flush()


def undo(session: Session, slug: str, actor: str) -> None:
    """Take the last change or the drop of a topic back. Raises `Conflict` where there is none."""
    last = next(iter(trail.entries(session, SUBJECT, slug, limit=1)), None)
    if last is None or last.before is None:
        raise Conflict(_("There is no change of this topic to undo."))
    name, lines = last.before["name"], list(last.before["words"])
    if last.action == "comment_topic.drop":
        _add(session, slug, name, lines, actor)
    else:
        _set(session, queries.topic(session, slug), name, lines, actor)


def begin(session: Session, actor: str) -> int:
    """Add the topics to begin with, where there never was one; how many."""
    if queries.topics(session) or trail.entries(session, SUBJECT, limit=1):
        return 0
    return add_usual(session, actor)


def add_usual(session: Session, actor: str) -> int:
    """Add those of the topics to begin with that are not there; how many."""
    taken = {one.slug for one in queries.topics(session)}
    missing = [(slug, *entry) for slug, entry in lexicon().items() if slug not in taken]
    for slug, name, words in missing:
        _add(session, slug, name, matching.lines_of(words), actor)
    return len(missing)


def _checked(session: Session, name: str, words: str, own: CommentTopic | None) -> tuple[str, list[str]]:
    name = checked_name(name)
    others = [one.name.casefold() for one in queries.topics(session) if one is not own]
    if name.casefold() in others:
        raise InvalidInput(_("is that of another topic"), place="name")
    return name, matching.checked_lines(words)


def _add(session: Session, slug: str, name: str, lines: list[str], actor: str) -> CommentTopic:
    topic = CommentTopic(slug=slug, name=name, words=lines)
    session.add(topic)
    session.flush()
    trail.record(session, actor, "comment_topic.add", SUBJECT, slug, after=_plain(topic))
    return topic


def _set(session: Session, topic: CommentTopic, name: str, lines: list[str], actor: str) -> None:
    before = _plain(topic)
    topic.name, topic.words = name, lines
    if before == _plain(topic):
        return
    session.flush()
    trail.record(session, actor, "comment_topic.change", SUBJECT, topic.slug, before=before, after=_plain(topic))


def _plain(topic: CommentTopic) -> dict[str, object]:
    return {"name": topic.name, "words": topic.words}
