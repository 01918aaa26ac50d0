"""Tables of comments, of the topics that are looked for in them, and of how well their sentiment is told."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from campus.feedback.random_ids import random_id
from core.database import Base


class Comment(Base):
    """What a guest wrote to a question, redacted before it is stored. The original is nowhere.

    A comment is read from `shown_from` on (`release.py`); null until then, and nothing else of it is filled in before.
    Whatever readers may see of it stands in this row, so that no page needs the response: `quarter`, `area` of the
    question, and the one group of guests that may be told (`dimension`, `thing`), null until its quarter closed and
    empty where none may. `language`, `topics` (slugs) and `sentiment` (of `rules.py`) are found by the service until
    staff correct them; `corrected` names the columns that staff settled. `searched` holds the folded words, and is
    empty until the language was looked for.
    """

    __tablename__ = "comment"
    __table_args__ = (
        sa.Index("ix_comment_shown", "shown_from"),
        sa.Index("ix_comment_response", "response_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True, default=random_id)
    response_id: Mapped[str] = mapped_column(sa.ForeignKey("response.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.String(4000))
    searched: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(8), default="")
    topics: Mapped[list[str]] = mapped_column(default=list)
    sentiment: Mapped[str] = mapped_column(sa.String(20), default="uncertain")
    corrected: Mapped[list[str]] = mapped_column(default=list)
    quarter: Mapped[str] = mapped_column(sa.String(7), default="")
    area: Mapped[str] = mapped_column(sa.String(64), default="")
    dimension: Mapped[str | None] = mapped_column(sa.String(20))
    thing: Mapped[str] = mapped_column(sa.String(64), default="")
    shown_from: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CommentTopic(Base):
    """A topic and the words that tell of it: `words` holds one a line and language, `fr: douche`."""

    __tablename__ = "comment_topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    words: Mapped[list[str]]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SentimentMethod(Base):
    """How well the sentiment of a language's comments is told from the pairs of comment and rating that there are.

    `accuracy` is balanced, with its bounds; null where there were too few pairs to test. Nothing trained is stored.
    """

    __tablename__ = "sentiment_method"

    language: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    trained_at: Mapped[datetime]
    pairs: Mapped[int]
    accuracy: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    in_use: Mapped[bool]
