"""Answer points for staff: where guests find the questionnaire, the sheet to print, and keys to renew."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.answer_point_words import asked_place, choices, invitations, place_of
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.feedback.access import FeedbackKeeper, FeedbackReader, looks_after
from api.pages.survey.survey import FORM
from api.paging import WantedPage
from api.printed_codes import qr_code
from api.rendering import redirect, render
from campus.feedback.questionnaires import queries as questionnaires
from campus.feedback.responses import points, queries
from campus.feedback.responses.queries import PointLine
from campus.printed_keys import spelt
from core.i18n import gettext as _
from core.i18n import lazy, ngettext
from core.settings import Settings

router = page_router()
LIST = "/feedback/points"
ADD = "/feedback/add-point"
ONE = f"{LIST}/{{point_id}}"
SORTS = {"place": lambda line: place_of(line), "since": lambda line: line.point.made_at}
STATES = ("open", "ended", "all")


class NewPoint(BaseModel):
    """What stands in the form."""

    questionnaire: str
    place: str

    errors: ClassVar = {"questionnaire": lazy("Choose a questionnaire."), "place": lazy("Choose where it is for.")}
    labels: ClassVar = {"place": lazy("This place")}


@router.get(LIST)
def points_list(request: Request, person: FeedbackReader, session: Reading, paging: WantedPage) -> Response:
    """Where guests can answer now; or could until it was ended."""
    every = queries.points(session)
    state = request.query_params.get("state", "open")
    found = [line for line in every if state == "all" or (line.point.ended_at is None) == (state != "ended")]
    sort = request.query_params.get("sort", "")
    if sort.removeprefix("-") in SORTS:
        found.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    part = found[paging.offset : paging.offset + paging.size]
    now = sum(line.point.ended_at is None for line in every)
    said = ngettext("Guests can answer at one address.", "Guests can answer at %(n)s addresses.", now)
    return render(
        request,
        "feedback/points.html",
        said=said if now else _("Guests can answer nowhere yet."),
        there=bool(every),
        found=[(line, line.place or _("The whole campus")) for line in part],
        paging=paging.of(len(found)),
        filters=Entered(start={"state": state if state in STATES else "open"}),
        states=[("open", _("Open")), ("ended", _("Ended")), ("all", _("All"))],
        address=FORM.format(key=""),
        spelt=spelt,
        keeps=looks_after(person),
    )


@router.get(ADD)
def new_point(request: Request, _person: FeedbackKeeper, session: Reading) -> Response:
    """An empty form, but for the questionnaire that the address names."""
    return _form(request, session, Entered(start={"questionnaire": request.query_params.get("questionnaire", "")}))


@router.post(ADD)
def add_point(request: Request, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Add a point, and show what to print."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _form(request, session, entered)):
        given = entered.check(NewPoint)
        asked = questionnaires.questionnaire(session, given.questionnaire)
        pavilion_id, event_id = asked_place(session, given.place)
        made = points.add(session, actor(person), asked.id, pavilion_id=pavilion_id, event_id=event_id)
    return redirect(request, f"{ONE.format(point_id=made.id)}/sheet", Flash(_("Guests can answer there now.")))


@router.get(f"{ONE}/sheet")
def point_sheet(request: Request, point_id: Id, _person: FeedbackReader, session: Reading) -> Response:
    """The code of a point, to print and put up, in every language of its questionnaire."""
    line = queries.point(session, point_id)
    config: Settings = request.app.state.settings
    form = config.address + FORM.format(key="")
    return render(
        request,
        "feedback/point_sheet.html",
        line=line,
        place=place_of(line),
        form=form.partition("://")[2],
        key=spelt(line.point.key),
        svg=qr_code(form + line.point.key),
        invitations=invitations(session, line),
    )


@router.get(f"{ONE}/end")
def ask_end(request: Request, point_id: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """Ask before a point is ended."""
    line = queries.point(session, point_id)
    return _ask(
        request,
        line,
        "end",
        _("End the answer point of %(place)s?", place=place_of(line)),
        [
            _("Who opens its address is told that the questionnaire is closed."),
            _("Answers that were given stay. You can reopen it, and its printed code works again."),
        ],
        _("End it"),
    )


@router.post(f"{ONE}/end")
def end_point(request: Request, point_id: Id, person: FeedbackKeeper, session: Writing) -> Response:
    """Take no more answers there."""
    line = queries.point(session, point_id)
    points.end(session, line.point, actor(person))
    undo = Undo(f"{ONE.format(point_id=point_id)}/reopen", _("Reopen"))
    return redirect(request, LIST, Flash(_("The answer point of %(place)s is ended.", place=place_of(line)), undo=undo))


@router.post(f"{ONE}/reopen")
def reopen_point(request: Request, point_id: Id, person: FeedbackKeeper, session: Writing) -> Response:
    """Take answers again."""
    line = queries.point(session, point_id)
    points.reopen(session, line.point, actor(person))
    return redirect(request, LIST, Flash(_("The answer point of %(place)s is open again.", place=place_of(line))))


@router.get(f"{ONE}/renew")
def ask_renew_point(request: Request, point_id: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """Ask before a key is renewed."""
    line = queries.point(session, point_id)
    return _ask(
        request,
        line,
        "renew",
        _("Renew the code of %(place)s?", place=place_of(line)),
        [
            _("Codes that are printed no longer work: print the new one and put it up."),
            _("Whoever is just answering by the old code has to begin again."),
        ],
        _("Renew the code"),
    )


@router.post(f"{ONE}/renew")
def renew_point(request: Request, point_id: Id, person: FeedbackKeeper, session: Writing) -> Response:
    """Make the key anew."""
    line = queries.point(session, point_id)
    points.renew(session, line.point, actor(person))
    text = _("The code of %(place)s is renewed. Print it anew.", place=place_of(line))
    return redirect(request, f"{ONE.format(point_id=point_id)}/sheet", Flash(text))


def _ask(request: Request, line: PointLine, step: str, title: str, consequences: list[str], button: str) -> Response:
    action = f"{ONE.format(point_id=line.point.id)}/{step}"
    return render(
        request, "confirm.html", title=title, consequences=consequences, button=button, action=action, back=LIST
    )


def _form(request: Request, session: Session, entered: Entered) -> Response:
    asked = [(one.slug, one.name) for one in questionnaires.questionnaires(session)]
    return render(request, "feedback/point_new.html", entered=entered, questionnaires=asked, places=choices(session))
