"""What the pages of places show: a pavilion without rooms, a room with a past, one that never was, spaces, events."""

from datetime import timedelta

from sqlalchemy.orm import Session

from campus.places import actions, rooms, spaces
from campus.places.actions import WantedEvent, WantedPavilion
from campus.places.models import Event, Pavilion, Room
from campus.places.rooms import RoomKind
from campus.places.spaces import WantedSpace
from core.i18n import today
from tests.campus.books import TEST, Campus


def add(session: Session, campus: Campus) -> None:
    """Rooms 8 and 9 of the small campus have a history of their own; spaces 1 to 3 and two events are new."""
    annex = actions.add(session, Pavilion, WantedPavilion(name="Sample annex", uses=["classrooms"]), TEST)
    _rooms(session, campus)
    _spaces(session, campus, annex)
    for slug, first, days in (("sample-course", -40, 5), ("sample-conference", 12, 3)):
        wanted = WantedEvent(
            slug=slug,
            name=slug.replace("-", " ").capitalize(),
            segment_id=campus.segments[1],
            party_id=campus.party,
            first=today() + timedelta(days=first),
            until=today() + timedelta(days=first + days),
            on_site=45,
            online=120,
        )
        actions.add(session, Event, wanted, TEST)


def _rooms(session: Session, campus: Campus) -> None:
    room = session.get_one(Room, campus.rooms[-1])
    accessible = RoomKind(campus.types[0], 1, ("step-free", "roll-in shower"))
    rooms.change_room(session, room, accessible, today() + timedelta(days=90), None, TEST, "Sample conversion")
    pavilion = session.get_one(Pavilion, campus.pavilions[1])
    (mistake,) = rooms.add_rooms(session, pavilion, ["901"], accessible, today(), None, TEST)
    rooms.take_away(session, mistake, TEST, "Sample slip of the pen")


def _spaces(session: Session, campus: Campus, annex: Pavilion) -> None:
    since, day = today() - timedelta(days=400), timedelta(days=1)
    for name, kind, capacity, until in (
        ("Sample office 1", "office", 4, None),
        ("Sample meeting room 1", "meeting room", 30, None),
        ("Sample meeting room 2", "meeting room", 60, today() - day),
    ):
        wanted = WantedSpace(pavilion_id=annex.id, name=name, kind=kind, capacity=capacity, first=since, until=until)
        space = spaces.add_space(session, wanted, TEST)
        if kind == "office":
            spaces.occupy(session, space, campus.party, since, None, TEST, "Sample contract")
            spaces.occupy(session, space, None, since + 100 * day, since + 200 * day, TEST, "Sample works")
