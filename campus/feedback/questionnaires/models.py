"""Tables of questionnaires. What a version asks is in its content, of the shape in `content.py`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from core.database import Base
from core.errors import Conflict
from core.i18n import gettext as _


class Questionnaire(Base):
    """A questionnaire; `name` is for staff alone.

    `version` grows with every change of it and of its versions by staff, so that two who edit at once find out.
    """

    __tablename__ = "questionnaire"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class QuestionnaireVersion(Base):
    """One version of its questions. Guests get the highest number that is published.

    `used` is set when the first guest opens it, and says no time: from then on the content never changes. A change
    makes a new version, an unpublished draft, of which there is one at most.
    """

    __tablename__ = "questionnaire_version"
    __table_args__ = (sa.UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    published_at: Mapped[datetime | None]
    used: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


@event.listens_for(QuestionnaireVersion, "before_update")
@event.listens_for(QuestionnaireVersion, "before_delete")
def _frozen(_mapper: Mapper[Any], _connection: Connection, target: QuestionnaireVersion) -> None:
    """Whatever code is at fault: what a guest has opened never changes, and never goes."""
    state = sa.inspect(target)
    was_used = state.attrs.used.history
    used = was_used.deleted[0] if was_used.deleted else target.used
    touched = any(state.attrs[name].history.has_changes() for name in ("content", "number", "used", "published_at"))
    if used and (touched or state.session is None or target in state.session.deleted):
        raise Conflict(_("Guests have used this version: it never changes. Make a new version."))
