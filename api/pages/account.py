"""One's own account: language, password, and where one is signed in."""

from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel, model_validator
from starlette.responses import RedirectResponse, Response

from api import cookies
from api.dependencies import PASSWORD_PAGE, CurrentVisitor, Id, Reading, TheDatabase, Visitor, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.rendering import redirect, render
from api.words import ROLES
from core import clock, i18n
from core.errors import InvalidInput, NotAllowed
from core.i18n import gettext as _
from core.i18n import lazy
from core.people import keys, login, passwords, queries
from core.people.oidc import accounts
from core.settings import settings

router = page_router()


class NewPassword(BaseModel):
    """A change of one's own password."""

    current: str
    password: str
    repeated: str

    errors: ClassVar = {
        "current": lazy("Enter your present password."),
        "password": lazy("Enter a new password."),
        "repeated": lazy("Enter the new password once more."),
    }
    labels: ClassVar = {"password": lazy("The new password")}

    @model_validator(mode="after")
    def _same(self) -> "NewPassword":
        if self.password != self.repeated:
            raise InvalidInput(_("and its repetition differ: type both again"), place="password")
        return self


@router.get("/account")
def account(request: Request, found: CurrentVisitor, session: Reading) -> Response:
    """The account of who is signed in."""
    open_now = queries.sign_ins(session, found.person.id, clock.now())
    return render(
        request,
        "account.html",
        open_now=open_now,
        this=found.sign_in.id,
        roles=ROLES,
        provider=settings().oidc_label,
        must_stay_linked=settings().oidc_required,
        link=accounts.link_of(session, found.person.id, settings().oidc_issuer),
        entered=Entered(start={"language": i18n.language()}),
    )


@router.get(PASSWORD_PAGE)
def password_form(request: Request, found: CurrentVisitor) -> Response:
    """The form for a new password."""
    return _password_page(request, found, Entered())


@router.post(PASSWORD_PAGE)
def change_password(request: Request, found: CurrentVisitor, database: TheDatabase, posted: Posted) -> Response:
    """Change the password, which ends the person's other sessions."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _password_page(request, found, entered)):
        wanted = entered.check(NewPassword)
        try:
            login.change_password(
                database,
                found.person.id,
                wanted.current,
                wanted.password,
                address=request.client.host if request.client else "",
                keep_sign_in=found.sign_in.id,
            )
        except NotAllowed:
            raise InvalidInput(_("This is not your present password."), place="current") from None
    return redirect(
        request, "/", Flash(_("Your password is changed. Other places where you were signed in are signed out."))
    )


@router.post("/account/sign-ins/{sign_in_id}/end")
def end_sign_in(request: Request, sign_in_id: Id, found: CurrentVisitor, session: Writing) -> Response:
    """Sign out somewhere else."""
    keys.revoke_sign_in(session, actor(found.person), found.person.id, sign_in_id)
    if sign_in_id == found.sign_in.id:
        answer = RedirectResponse("/sign-in", 303)
        cookies.drop(request, answer, cookies.SESSION)
        return answer
    return redirect(request, "/account", Flash(_("Signed out there.")))


def _password_page(request: Request, found: Visitor, entered: Entered) -> Response:
    return render(
        request, "password.html", entered=entered, first=found.person.must_change_password, least=passwords.SHORTEST
    )
