"""What staff do with comments. The trail says who did what, never what a guest wrote."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from campus.feedback.comments import folding, matching, queries, rules
from campus.feedback.comments.models import Comment
from campus.feedback.comments.rules import Said
from core import trail
from core.errors import Conflict
from core.i18n import gettext as _

SUBJECT = "comment"


def current(session: Session, number: str, version: int) -> Comment:
    """The comment, which must still be in the version that somebody saw. Raises `Conflict` or `NotFound`."""
    found = queries.comment(session, number)
    if found.version != version:
        raise Conflict(_("Somebody changed it meanwhile. Look at what it is now, then do it again."))
    return found


def said_of(comment: Comment) -> Said:
    """What the comment is said to be now."""
    return Said(comment.language, comment.topics, comment.sentiment, comment.corrected)


def correct(
    session: Session, comment: Comment, language: str, topics: Iterable[str], sentiment: str, actor: str
) -> None:
    """Say what it is; what differs from before is left alone by the service from now on. Raises `InvalidInput`.

    Another language looks for the topics anew, where nobody settled them.
    """
    lines = queries.lines(session)
    before = said_of(comment)
    said = rules.checked(language, topics, sentiment, lines, before)
    if said.language != before.language and "topics" not in said.corrected:
        found = matching.matched(comment.text, said.language, lines)
        said = Said(said.language, found, said.sentiment, said.corrected)
    _say(session, comment, said, "comment.correct", actor)


def undo(session: Session, comment: Comment, actor: str) -> None:
    """Take the last correction back. Raises `Conflict` where something else was done last."""
    last = next(iter(trail.entries(session, SUBJECT, comment.id, limit=1)), None)
    if last is None or last.action != "comment.correct" or last.before is None:
        raise Conflict(_("There is no correction to undo."))
    _say(session, comment, Said(**last.before), "comment.undo", actor)


def redact(session: Session, comment: Comment, passage: str, actor: str) -> None:
    """Take a passage out of the text for good. Raises `InvalidInput`."""
    comment.text = rules.without(comment.text, passage)
    comment.searched = folding.words(comment.text)
    session.flush()
    trail.record(session, actor, "comment.redact", SUBJECT, comment.id)


def _say(session: Session, comment: Comment, said: Said, action: str, actor: str) -> None:
    before = said_of(comment)
    if said == before:
        return
    for name in Said.__slots__:
        setattr(comment, name, getattr(said, name))
    session.flush()
    trail.record(session, actor, action, SUBJECT, comment.id, before=_plain(before), after=_plain(said))


def _plain(said: Said) -> dict[str, object]:
    return {name: getattr(said, name) for name in Said.__slots__}
