"""Guests' comments in the small campus of the tests: five languages, a hostile one, a corrected one, one that waits."""

from datetime import timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.comments import nightly, topic_actions
from campus.feedback.comments.models import Comment, SentimentMethod
from campus.feedback.comments.redaction import redacted
from campus.feedback.responses.models import Response
from core import clock
from core.database import Database
from tests.campus.books import TEST, open_campus
from tests.campus.feedback import guests
from tests.security.hostile import ALL_IN_ONE

PLAIN, RIGHT_TO_LEFT, HOSTILE = (letter * 32 for letter in "abc")
ROOMS = frozenset({"101", "102"})
SAID = (
    (PLAIN, "en", "negative", "The shower was cold and the room was noisy. Call me on +39 011 555 0101, room 101."),
    (RIGHT_TO_LEFT, "ar", "uncertain", "الغرفة صغيرة جدا، والإفطار جيد. اكتبوا لي: sample@example.org"),
    (HOSTILE, "", "uncertain", f"{ALL_IN_ONE} \u202e reversed \U0001f986 {'x' * 300}"),
    ("", "fr", "negative", "La douche fuit, et le bruit de la rue est insupportable la nuit."),
    ("", "fr", "positive", "Très bon petit déjeuner, personnel aimable."),
    ("", "es", "uncertain", "El desayuno es bueno, pero hace frío en la habitación."),
    ("", "it", "mixed", "Camera pulita, ma il letto è scomodo."),
    ("", "en", "positive", "Friendly staff, quiet rooms, good food."),
    ("", "en", "negative", "Loud music until late, we could not sleep."),
    ("", "en", "negative", "Noisy neighbours and no wifi."),
    ("", "", "uncertain", "ok 👍"),
)


def add_small_feedback(database: Database) -> None:
    """The comments alone, with as few guests as they need: one closed quarter and a response of this one."""
    with database.write() as session:
        campus = open_campus(session)
        version, (quarter,) = guests.published(session), guests.past_quarters(1)
        for pavilion in campus.pavilions[:2]:
            guests.fill(session, version, quarter, 30, Random(6), pavilion_id=pavilion)
        guests.close_all(session, [quarter])
        guests.fill(session, version, quarter.plus(1), 1, Random(6))
        add_comments(session)


def add_comments(session: Session) -> None:
    """Comments of guests of the last closed quarters, and one of this week that waits for others."""
    topic_actions.begin(session, TEST)
    writers = list(session.scalars(sa.select(Response).order_by(Response.week, Response.id)))
    for number, (identity, _language, _sentiment, text) in enumerate(SAID):
        kept = {"id": identity} if identity else {}
        comment = Comment(response_id=writers[-10 - number].id, question="improve", text=redacted(text, ROOMS), **kept)
        session.add(comment)
    session.flush()
    session.add(Comment(response_id=writers[-1].id, question="improve", text="Sample that waits."))
    session.flush()
    nightly.release_comments(session)
    nightly.tell_groups(session)
    _describe(session)
    for language, pairs, accuracy in (("en", 240, 0.86), ("fr", 210, 0.71), ("es", 3, None)):
        low, high = (accuracy - 0.06, accuracy + 0.05) if accuracy else (None, None)
        method = SentimentMethod(language=language, trained_at=clock.now() - timedelta(hours=6), pairs=pairs)
        method.accuracy, method.low, method.high, method.in_use = accuracy, low, high, language == "en"
        session.add(method)
    session.flush()


def _describe(session: Session) -> None:
    """As the nightly job would, without its models."""
    found = {redacted(text, ROOMS): (language, sentiment) for _id, language, sentiment, text in SAID}
    shown = list(session.scalars(sa.select(Comment).where(Comment.shown_from.is_not(None))))
    nightly.describe(session, shown, {one.id: found[one.text][0] for one in shown})
    nightly.classify(session, [one.id for one in shown], {one.id: found[one.text][1] for one in shown})
    corrected = session.get_one(Comment, PLAIN)
    corrected.corrected = ["sentiment"]
