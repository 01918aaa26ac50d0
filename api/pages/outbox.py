"""The outbox, for administrators: what waits, what was given up and why, send again, send a test mail."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from accessibility.ledger.alerts import outbox, queries, rules
from api import alert_words as words
from api.dependencies import Id, Reading, Writing, actor, require
from api.flash import Flash
from api.forms import Entered
from api.pages import page_router
from api.paging import WantedPage
from api.rendering import redirect, render
from core import clock, mail
from core.i18n import gettext as _
from core.people.models import Person
from core.settings import settings

router = page_router()
Administrator = Annotated[Person, require("admin")]
LIST = "/settings/alerts"


@router.get(LIST)
def messages(
    request: Request, _person: Administrator, session: Reading, paging: WantedPage, state: str = ""
) -> Response:
    """Messages, the newest first."""
    state = state if state in rules.STATES else ""
    found, total = queries.messages(session, state, offset=paging.offset, limit=paging.size)
    return render(
        request,
        "outbox.html",
        messages=found,
        kinds=queries.kinds_of(session, [message.id for message, _name, _address in found]),
        outbox=queries.outbox_state(session, clock.now()),
        now=clock.now(),
        paging=paging.of(total),
        filters=Entered(start={"state": state}),
        filtered=bool(state),
        states=[("", _("All")), *((name, shown.text) for name, shown in words.MESSAGE_STATES.items())],
        words=words,
        settings=settings(),
        mail_is_set_up=mail.is_set_up(),
    )


@router.post(f"{LIST}/test")
def send_test(request: Request, person: Administrator, session: Writing) -> Response:
    """A test mail to oneself."""
    outbox.put_test(session, actor(person), person_id=person.id)
    text = _("A test mail to %(email)s is on its way. Reload in some seconds to see it sent.", email=person.email)
    return redirect(request, LIST, Flash(text, "info"))


@router.post(f"{LIST}/{{message_id}}/again")
def send_again(request: Request, message_id: Id, person: Administrator, session: Writing) -> Response:
    """Try a message anew, now."""
    outbox.send_again(session, actor(person), message_id)
    return redirect(request, LIST, Flash(_("The message is tried again in some seconds."), "info"))
