"""How answer points are called, what they can be for, and what is printed on their sheets."""

from sqlalchemy.orm import Session

from campus.feedback.questionnaires import queries as questionnaires
from campus.feedback.questionnaires.content import parsed
from campus.feedback.responses.queries import PointLine
from campus.places import queries as places
from campus.places.models import Event, Pavilion
from campus.places.overview import EventFilter, events_of
from core import guest_texts
from core.errors import InvalidInput, NotFound
from core.guest_texts import say
from core.i18n import gettext as _
from core.i18n import today

CAMPUS = "campus"
MOST_EVENTS = 200


def place_of(line: PointLine) -> str:
    """What a point is for, in words."""
    return line.place or _("the whole campus")


def choices(session: Session) -> list[tuple[str, str]]:
    """What a new point can be for: the campus, a pavilion, an event that is on or to come."""
    coming, _total = events_of(session, today(), EventFilter("upcoming"), limit=MOST_EVENTS)
    return [
        (CAMPUS, _("The whole campus")),
        *((f"pavilion:{one.slug}", one.name) for one in places.every(session, Pavilion)),
        *((f"event:{event.slug}", _("Event: %(name)s", name=event.name)) for event, _segment, _party in coming),
    ]


def asked_place(session: Session, given: str) -> tuple[int | None, int | None]:
    """(pavilion id, event id) of a choice: `campus`, `pavilion:north`, `event:school`. Raises `InvalidInput`."""
    kind, _colon, slug = given.partition(":")
    try:
        if kind == "pavilion":
            return places.pavilion(session, slug).id, None
        if kind == "event":
            return None, places.by_slug(session, Event, slug).id
    except NotFound as error:
        raise InvalidInput(str(error), place="place") from None
    if given != CAMPUS:
        raise InvalidInput(_("must be campus, pavilion:NAME or event:NAME"), place="place")
    return None, None


def invitations(session: Session, line: PointLine) -> list[tuple[str, str, str, str]]:
    """(language, direction, title, invitation) for the sheet, in each language of what guests get there now."""
    version = questionnaires.published(session, line.point.questionnaire_id)
    content = parsed(version.content) if version else None
    said = []
    for language in content.languages if content else ():
        with guest_texts.speaking(language):
            title = content.title.get(language, "") if content else ""
            text = say("Two minutes, no account, no name: scan the code.")
            said.append((language, guest_texts.direction(language), title, text))
    return said
