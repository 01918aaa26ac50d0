"""API tokens, for administrators: made with scopes, an end and perhaps one platform; shown once; revoked."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.platforms import queries as platforms
from api.dependencies import Id, Reading, Writing, actor, require
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.rendering import redirect, render
from api.words import SCOPES
from core import clock, i18n
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy
from core.people import keys, queries
from core.people.access import EVERY
from core.people.models import Person

router = page_router()
Administrator = Annotated[Person, require("admin")]
LIST = "/settings/tokens"


class NewToken(BaseModel):
    """A token to make. It ends with the day `expires_at`, in the campus's time zone."""

    name: str
    scopes: list[str]
    platform: str | None = None
    expires_at: date

    errors: ClassVar = {
        "name": lazy("Enter what the token is for."),
        "scopes": lazy("Choose at least one thing that the token may do."),
    }
    labels: ClassVar = {"name": lazy("The name"), "scopes": lazy("The scopes"), "expires_at": lazy("The last day")}


@router.get(LIST)
def tokens(request: Request, _person: Administrator, session: Reading) -> Response:
    """Every token, those in use first."""
    now = clock.now()
    everything = queries.tokens(session)
    living = [one for one in everything if one.revoked_at is None and one.expires_at > now]
    ended = [one for one in everything if one not in living]
    names = {one.id: one.name for one in queries.people(session)}
    return render(
        request,
        "tokens.html",
        living=living,
        ended=ended,
        names=names,
        soon=now + timedelta(days=14),
        scopes=_scope_names(),
    )


@router.get(f"{LIST}/add")
def new_token(request: Request, _person: Administrator, session: Reading) -> Response:
    """The form for a new token."""
    end = i18n.today() + timedelta(days=90)
    start = {"expires_at-day": str(end.day), "expires_at-month": str(end.month), "expires_at-year": str(end.year)}
    return _new_page(request, session, Entered(start=start))


@router.post(f"{LIST}/add")
def add_token(request: Request, person: Administrator, session: Writing, posted: Posted) -> Response:
    """Make a token and show its key, once."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _new_page(request, session, entered)):
        new = entered.check(NewToken)
        if new.platform and platforms.find(session, new.platform) is None:
            raise InvalidInput(_("Choose one of the platforms."), place="platform")
        key, token = keys.create_token(
            session,
            actor(person),
            person.id,
            name=new.name,
            scopes=new.scopes,
            platform_slug=new.platform,
            expires_at=datetime.combine(new.expires_at, time.max, i18n.zone()),
        )
    return render(
        request,
        "secret.html",
        title=_("The token “%(name)s” is ready", name=token.name),
        label=_("Token"),
        secret=key,
        explained=_(
            "Put it into the secret store of the machine that uses it: for campus gate as CAMPUS_TOKEN, for calls of "
            "the REST interface as the header “Authorization: Bearer …”."
        ),
        back=LIST,
        back_text=_("Back to API tokens"),
    )


@router.get(f"{LIST}/{{token_id}}/revoke")
def ask_revoke(request: Request, token_id: Id, _person: Administrator, session: Reading) -> Response:
    """Ask before a token ends."""
    token = queries.token(session, token_id)
    return render(
        request,
        "confirm.html",
        title=_("End the token “%(name)s”?", name=token.name),
        consequences=[
            _("Whatever uses it is refused from now on."),
            _("A token that ended cannot be brought back: make a new one if it is needed again."),
        ],
        button=_("End the token"),
        action=f"{LIST}/{token_id}/revoke",
        back=LIST,
    )


@router.post(f"{LIST}/{{token_id}}/revoke")
def revoke(request: Request, token_id: Id, person: Administrator, session: Writing) -> Response:
    """End a token."""
    keys.revoke_token(session, actor(person), token_id)
    name = queries.token(session, token_id).name
    return redirect(request, LIST, Flash(_("The token “%(name)s” has ended.", name=name)))


def _new_page(request: Request, session: Session, entered: Entered) -> Response:
    choices = [("", _("All platforms")), *((one.slug, one.name) for one in platforms.platforms(session, EVERY))]
    return render(request, "token_new.html", entered=entered, scopes=SCOPES, platforms=choices)


def _scope_names() -> dict[str, str]:
    return {scope: str(text) for scope, text, _explained in SCOPES}
