"""One's own alerts: of which platforms one is told by mail, of what, and how soon. Nobody sees those of others."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.alerts import actions, queries
from accessibility.ledger.alerts.rules import Pace
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms.models import Platform
from api import alert_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.access import Reader, visible
from api.rendering import redirect, render
from campus.renovation.reminders import actions as reminders
from campus.renovation.reminders import queries as reminder_queries
from core import mail
from core.i18n import gettext as _
from core.i18n import lazy
from core.people import access
from core.people.models import Person
from core.people.rules import CAMPUS_READ

router = page_router()
LIST = "/account/alerts"


class Chosen(BaseModel):
    """How to be told of one platform."""

    pace: Pace
    kinds: list[str] = []

    errors: ClassVar = {"pace": lazy("Choose how soon you are told.")}
    labels: ClassVar = {"kinds": lazy("What you are told of")}


class Reminded(BaseModel):
    """Whether reminders of works and improvement actions come by mail."""

    by_mail: bool

    errors: ClassVar = {"by_mail": lazy("Choose one of the options.")}


class Digest(BaseModel):
    """When the digest comes."""

    hour: int
    time_zone: str = ""

    labels: ClassVar = {"hour": lazy("The hour")}


@router.get(LIST)
def alerts(request: Request, person: Reader, session: Reading) -> Response:
    """Every platform and what one is told of it; the hour of the digest."""
    hour, zone = queries.digest_time(session, person.id)
    by_mail = str(reminder_queries.by_mail(session, person.id)).lower()
    start = {"hour": str(hour), "time_zone": zone, "by_mail": by_mail}
    return _list_page(request, session, person, Entered(start=start))


@router.post(f"{LIST}/digest")
def set_digest(request: Request, person: Reader, session: Writing, posted: Posted) -> Response:
    """Another hour for the digest."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _list_page(request, session, person, entered)):
        wanted = entered.check(Digest)
        actions.set_digest_time(session, actor(person), person.id, hour=wanted.hour, zone=wanted.time_zone)
    return redirect(request, LIST, Flash(_("The hour of your digest is saved.")))


@router.post(f"{LIST}/works")
def set_reminders(request: Request, person: Reader, session: Writing, posted: Posted) -> Response:
    """Be reminded of one's milestones by mail, or not."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _list_page(request, session, person, entered)):
        wanted = entered.check(Reminded)
        reminders.choose(session, person.id, actor(person), by_mail=wanted.by_mail)
    return redirect(request, LIST, Flash(_("Your reminders are saved.")))


@router.get(f"{LIST}/platforms/{{slug}}")
def one_platform(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """What one is told of this platform."""
    platform = platforms.get(session, slug)
    wish = queries.wish(session, person, platform)
    return _one_page(request, platform, Entered(start={"pace": wish.pace.value, "kinds": list(wish.kinds)}))


@router.post(f"{LIST}/platforms/{{slug}}")
def choose(request: Request, slug: str, person: Reader, session: Writing, posted: Posted) -> Response:
    """Be told otherwise."""
    entered = Entered(posted)
    platform = platforms.get(session, slug)
    with entered.shown_again(lambda: _one_page(request, platform, entered)):
        wanted = entered.check(Chosen)
        actions.choose(session, actor(person), person, platform, pace=wanted.pace, kinds=wanted.kinds)
    return redirect(request, LIST, Flash(_("Your alerts of %(platform)s are saved.", platform=platform.name)))


def _list_page(request: Request, session: Session, person: Person, entered: Entered) -> Response:
    everything = platforms.platforms(session, visible(person))
    wishes = queries.wishes(session, person, everything)
    return render(
        request,
        "account_alerts.html",
        entered=entered,
        platforms=everything,
        wishes=wishes,
        told=sum(wish.pace is not Pace.NEVER for wish in wishes.values()),
        all_kinds=len(words.KINDS),
        words=words,
        hours=[(str(hour), f"{hour:02}:00") for hour in range(24)],
        mail_is_set_up=mail.is_set_up(),
        reads_works=access.of_person(person).may(CAMPUS_READ),
    )


def _one_page(request: Request, platform: Platform, entered: Entered) -> Response:
    return render(request, "account_alert.html", entered=entered, platform=platform, words=words, list=LIST)
