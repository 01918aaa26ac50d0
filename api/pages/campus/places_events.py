"""Events: courses, conferences and others, with segment, party, dates, and participants here and online."""

from datetime import date, timedelta
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus import places_words as words
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.campus.places_form import PLACES, Field, Form, above, ask_to_take_away, form_page, parts
from api.paging import WantedPage
from api.rendering import redirect, render
from campus.places import actions, claimed, queries
from campus.places.actions import WantedEvent
from campus.places.models import Event, Party, Pavilion, Segment
from campus.places.overview import EVENT_SORTS, EventFilter, events_of
from core.i18n import format_date, lazy, ngettext, today
from core.i18n import gettext as _

router = page_router()
LIST = f"{PLACES}/events"
ADD = f"{PLACES}/add-event"
ONE = f"{LIST}/{{slug}}"
DAY = timedelta(days=1)


class EventForm(BaseModel):
    """What stands in the form; `until` is the last day, as people say it."""

    name: str
    segment: RowId
    party: RowId
    first: date
    until: date
    on_site: int = 0
    online: int = 0

    errors: ClassVar = {"name": lazy("Enter a name of at most 200 characters.")}
    labels: ClassVar = {
        "name": lazy("The name"),
        "segment": lazy("The segment"),
        "party": lazy("The party"),
        "until": lazy("The last day"),
        "on_site": lazy("The participants on site:"),
        "online": lazy("The participants online:"),
    }

    def wanted(self) -> WantedEvent:
        """The event as the books take it, which name the day after its last one."""
        return WantedEvent(
            name=self.name,
            segment_id=self.segment,
            party_id=self.party,
            first=self.first,
            until=self.until + DAY if self.until < date.max else self.until,
            on_site=self.on_site,
            online=self.online,
        )


@router.get(LIST)
def events_list(request: Request, person: Reader, session: Reading, paging: WantedPage) -> Response:
    """Events that are to come, the next one first; or those that are over, or all."""
    params = request.query_params
    when = params.get("when", "upcoming")
    wanted = EventFilter(when, params.get("segment", ""), params.get("party", ""), params.get("text", "")[:200])
    sort = params.get("sort", "")
    if sort.removeprefix("-") not in EVENT_SORTS:
        sort = "-first" if when == "past" else "first"
    found, total = events_of(session, today(), wanted, sort=sort, offset=paging.offset, limit=paging.size)
    _events, to_come = events_of(session, today(), EventFilter("upcoming"), limit=1)
    return render(
        request,
        "rooms/places_events.html",
        found=[(event, segment, party, days(event)) for event, segment, party in found],
        paging=paging.of(total),
        said=ngettext("One event is on or to come.", "%(n)s events are on or to come.", to_come)
        if to_come
        else _("No event is on or to come."),
        filtered=any(params.get(name) for name in ("when", "segment", "party", "text")),
        filters=Entered(start={**params, "when": when}),
        whens=[("upcoming", _("On or to come")), ("past", _("Over")), ("all", _("All"))],
        segments=[("", _("All")), *((one.slug, one.name) for one in queries.every(session, Segment))],
        parties=[("", _("All")), *((one.slug, one.name) for one in queries.every(session, Party))],
        invented=words.invented(queries.every(session, Pavilion)),
        keeps=keeps(person),
    )


@router.get(ADD)
def new_event(request: Request, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return _form(request, session, Entered(start={"on_site": "0", "online": "0"}), None)


@router.post(ADD)
def add_event(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add an event."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _form(request, session, entered, None)):
        event = actions.add(session, Event, entered.check(EventForm).wanted(), actor(person))
    return redirect(request, address_of(event.slug), Flash(_("%(name)s is added.", name=event.name)))


@router.get(ONE)
def one_event(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """One event, with the rooms that are held and sold for it."""
    event = queries.by_slug(session, Event, slug)
    return render(
        request,
        "rooms/places_event.html",
        event=event,
        segment=session.get_one(Segment, event.segment_id),
        party=session.get_one(Party, event.party_id),
        days=days(event),
        sold=claimed.nights_sold_for(session, event.id),
        blocks=claimed.blocks_of(session, event.id),
        address=address_of(slug),
        invented=words.invented(queries.every(session, Pavilion)),
        keeps=keeps(person),
    )


@router.get(f"{ONE}/edit")
def edit_event(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """The event as it is."""
    event = queries.by_slug(session, Event, slug)
    start = {"name": event.name, "segment": str(event.segment_id), "party": str(event.party_id)}
    start |= {"on_site": str(event.on_site), "online": str(event.online)}
    start |= parts("first", event.first) | parts("until", event.until - DAY)
    return _form(request, session, Entered(start=start), event)


@router.post(f"{ONE}/edit")
def change_event(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save the event."""
    event, entered = queries.by_slug(session, Event, slug), Entered(posted)
    with entered.shown_again(lambda: _form(request, session, entered, event)):
        wanted = entered.check(EventForm).wanted()
        actions.change(session, event, wanted, actor(person), version=entered.version())
    return redirect(request, address_of(slug), Flash(_("%(name)s is saved.", name=event.name)))


@router.get(f"{ONE}/delete")
def ask_delete(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """Ask before it goes."""
    event = queries.by_slug(session, Event, slug)
    condition = _("It can be taken away only while no block and no stay belongs to it.")
    return ask_to_take_away(
        request, event.name, condition, address=address_of(slug), back=address_of(slug), version=event.version
    )


@router.post(f"{ONE}/delete")
def delete_event(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Take it away, if it is still as it was when the question was asked."""
    event = queries.by_slug(session, Event, slug)
    actions.delete(session, event, actor(person), version=Entered(posted).version())
    return redirect(request, LIST, Flash(_("%(name)s is taken away.", name=event.name)))


def address_of(slug: str) -> str:
    """Where an event's page is."""
    return ONE.format(slug=slug)


def days(event: Event) -> str:
    """From its first day to its last one."""
    last = event.until - DAY
    if last == event.first:
        return format_date(event.first)
    return _("%(first)s to %(until)s", first=format_date(event.first), until=format_date(last))


def _form(request: Request, session: Session, entered: Entered, event: Event | None) -> Response:
    back = address_of(event.slug) if event else LIST
    crumbs = above((_("Events"), LIST))
    form = Form(
        title=_("Change %(name)s", name=event.name) if event else _("Add an event"),
        above=[*crumbs, (event.name, back)] if event else crumbs,
        action=f"{back}/edit" if event else ADD,
        back=back,
        button=_("Save") if event else _("Add this event"),
        version=event.version if event else None,
    )
    segments = [(one.id, one.name) for one in queries.every(session, Segment)]
    parties = [(one.id, one.name) for one in queries.every(session, Party)]
    fields = [
        Field("text", "name", _("Name"), most=200),
        Field("select", "segment", _("Segment"), options=segments),
        Field("select", "party", _("Party"), options=parties),
        Field("date", "first", _("First day")),
        Field("date", "until", _("Last day")),
        Field("text", "on_site", _("Participants on site"), width="10", digits=True, most=6),
        Field("text", "online", _("Participants online"), width="10", digits=True, most=6),
    ]
    return form_page(request, form, fields, entered)
