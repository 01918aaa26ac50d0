"""Service requests in every state, with a code for each room, and planned maintenance: what the pages show."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from sqlalchemy.orm import Session

from campus.nights import Nights
from campus.occupancy.rules import Kind
from campus.requests import actions, keys, out_of_order, photos, plans
from campus.requests.actions import Wanted
from campus.requests.models import RoomKey, ServiceRequest
from campus.requests.plans import WantedPlan
from campus.requests.rules import RequestKind, State
from core import clock
from core.i18n import today
from core.secrets import key_hash
from tests.campus.books import TEST, Campus

KEY = "samp2345ecde678"
SECRET = "sample-secret-of-a-guest"
FORM = f"/report/{KEY}"
SENT = f"{FORM}/sent?report={SECRET}"
REQUEST_OUT, REQUEST_PLANNED = 5, 8  # numbers: one that keeps its room, one that could not get it


def picture(width: int = 60, height: int = 40, kind: str = "JPEG") -> bytes:
    """A small photo."""
    written = BytesIO()
    Image.new("RGB", (width, height), "#7a9").save(written, kind)
    return written.getvalue()


def add_requests(session: Session, campus: Campus, folder: Path) -> None:
    """One request in each state, an overdue one, one that keeps room 108 out of order; plans; the rooms' keys."""
    keys.make_missing(session, campus.rooms[2:], TEST)
    session.add(RoomKey(room_id=campus.rooms[0], key=KEY, made_at=clock.now()))
    photo = photos.keep(folder, picture())
    wanted = Wanted(room_id=campus.rooms[0], kind=RequestKind.FAULT, text="Sample: the shower drips.", photo=photo)
    guest, _secret = actions.report_as_guest(session, wanted, "Sample Guest, guest@example.org")
    guest.key_hash = key_hash(SECRET)
    for room, kind, text, to in (
        (1, RequestKind.CLEANING, "Sample: the floor is wet.", State.ACCEPTED),
        (2, RequestKind.ACCESSIBILITY, "Sample: the visual alarm does not flash.", State.IN_WORK),
        (3, RequestKind.FAULT, "Sample: a lamp is out.", State.DONE),
        (7, RequestKind.FAULT, "Sample: water comes through the ceiling.", State.IN_WORK),
        (0, RequestKind.FAULT, "Sample: the shower drips still.", State.DUPLICATE),
        (2, RequestKind.FAULT, "Sample: the view is not what it was.", State.REFUSED),
    ):
        made = actions.report(session, Wanted(room_id=campus.rooms[room], kind=kind, text=text), TEST)
        original = guest.id if to is State.DUPLICATE else None
        actions.step(session, made, to, TEST, reason="Sample reason.", duplicate_of=original)
        if room == 7:
            nights = Nights(today(), today() + timedelta(days=6))
            out_of_order.take(session, made, Kind.OUT_OF_ORDER, nights, TEST)
    session.get_one(ServiceRequest, 3).due = today() - timedelta(days=2)
    _plans(session, campus)


def _plans(session: Session, campus: Campus) -> None:
    day = today() + timedelta(days=2)
    work = WantedPlan(room_id=campus.rooms[0], text="Sample: check the smoke alarm.", first=day, out_days=1)
    plans.add(session, work, TEST)  # a stay is in the way of it
    yearly = WantedPlan(
        pavilion_id=campus.pavilions[0], text="Sample: clean the filters.", first=day.replace(year=2030), every_months=6
    )
    plans.add(session, yearly, TEST)
    plans.make_due(session, today())
