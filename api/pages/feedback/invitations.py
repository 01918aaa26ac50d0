"""Invitations of guests: the list, one batch with its mail and its progress, and the steps on it."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import invitation_words as words
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.feedback.access import FeedbackKeeper
from api.paging import WantedPage
from api.rendering import redirect, render
from campus.feedback.invitations import actions, queries, rules
from campus.feedback.invitations.actions import Added
from campus.feedback.invitations.letter import shown
from core import mail
from core.errors import InvalidInput
from core.guest_texts import LANGUAGES, direction
from core.i18n import format_list, ngettext
from core.i18n import gettext as _

router = page_router()
LIST = "/feedback/invitations"
ONE = f"{LIST}/{{number}}"


@router.get(LIST)
def invitations(request: Request, _person: FeedbackKeeper, session: Reading, paging: WantedPage) -> Response:
    """Every batch, the newest first."""
    lines, total = queries.lines(session, offset=paging.offset, limit=paging.size)
    waiting = sum(line.waiting for line in lines)
    return render(
        request,
        "feedback/invitations.html",
        lines=lines,
        paging=paging.of(total),
        said=ngettext("%(n)s guest waits for an invitation.", "%(n)s guests wait for an invitation.", waiting)
        if waiting
        else _("Nobody waits for an invitation."),
        mails=mail.is_set_up(),
        words=words,
    )


@router.get(ONE)
def one(request: Request, number: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """One batch."""
    return batch_page(request, session, number, Entered(start={"language": "en"}))


@router.post(f"{ONE}/addresses")
def add(request: Request, number: Id, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Add a list of addresses, pasted or in a file; all of them, or none."""
    entered = Entered(posted)
    with entered.shown_again(lambda: batch_page(request, session, number, entered)):
        guests = rules.guests(_list(entered), entered.value("language"))
        added = actions.add_addresses(session, queries.batch(session, number), guests, actor(person))
    return redirect(request, address_of(number), Flash(_added(added), "good" if added.added else "info"))


@router.get(f"{ONE}/clear")
def ask_clear(request: Request, number: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """Ask before the addresses that wait are deleted."""
    line = queries.line(session, number)
    return render(
        request,
        "confirm.html",
        title=_("Delete the addresses of “%(name)s” that wait?", name=line.batch.name),
        consequences=[
            ngettext("%(n)s guest gets no mail.", "%(n)s guests get no mail.", line.waiting),
            _("You can add another list afterwards."),
        ],
        button=_("Delete them"),
        action=f"{address_of(number)}/clear",
        back=address_of(number),
    )


@router.post(f"{ONE}/clear")
def clear(request: Request, number: Id, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Delete the addresses that wait."""
    entered = Entered(posted)
    with entered.shown_again(lambda: batch_page(request, session, number, entered)):
        deleted = actions.clear(session, queries.batch(session, number), actor(person))
    text = ngettext("%(n)s address is deleted.", "%(n)s addresses are deleted.", deleted)
    return redirect(request, address_of(number), Flash(text))


@router.get(f"{ONE}/stop")
def ask_stop(request: Request, number: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """Ask before a batch is stopped."""
    line = queries.line(session, number)
    return render(
        request,
        "confirm.html",
        title=_("Stop “%(name)s”?", name=line.batch.name),
        consequences=[
            ngettext(
                "%(n)s guest gets no mail, and the address is deleted.",
                "%(n)s guests get no mail, and their addresses are deleted.",
                line.waiting,
            ),
            _("A mail that is being handed over at this moment still goes out."),
            _("Guests who have their mail may answer until the last day."),
            _("It cannot be started again."),
        ],
        button=_("Stop it"),
        action=f"{address_of(number)}/stop",
        back=address_of(number),
        fields={"version": line.batch.version},
    )


@router.post(f"{ONE}/stop")
def stop(request: Request, number: Id, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Send no further mail."""
    entered = Entered(posted)
    with entered.shown_again(lambda: batch_page(request, session, number, entered)):
        actions.stop(session, actions.current(session, number, entered.version()), actor(person))
    return redirect(request, address_of(number), Flash(_("Stopped. No further mail is sent.")))


def address_of(number: int) -> str:
    """The page of a batch."""
    return ONE.format(number=number)


def batch_page(request: Request, session: Session, number: int, entered: Entered) -> Response:
    """One batch with the form for addresses, its mail in each language, and how far the sending is."""
    line = queries.line(session, number)
    found, state = line.batch, line.state
    failed, next_at = queries.next_tries(session, number)
    over = state in (rules.State.STOPPED, rules.State.CLOSED)
    return render(
        request,
        "feedback/invitation.html",
        line=line,
        found=found,
        address=address_of(number),
        state=words.STATES[state],
        said=words.said(line),
        answers=words.answers(line),
        may_add=not over,
        may_change=not over and not found.codes and not found.invited,
        by_language=queries.waiting_languages(session, number),
        failed=failed,
        next_at=next_at,
        mails=mail.is_set_up(),
        entered=entered,
        languages_of_guests=list(LANGUAGES.items()),
        letters=[(one, name, direction(one), *shown(one, found.closes)) for one, name in LANGUAGES.items()],
    )


def _list(entered: Entered) -> str:
    """What was pasted, or the file that was chosen."""
    content = entered.file("file")
    pasted = entered.value("addresses").strip("\r\n")
    if content and pasted:
        raise InvalidInput(_("Paste a list or choose a file, not both."), place="addresses")
    try:
        return content.decode("utf-8") if content else pasted
    except UnicodeDecodeError:
        raise InvalidInput(_("The file must be text in UTF-8."), place="file") from None


def _added(added: Added) -> str:
    said = ngettext("%(n)s guest will be invited.", "%(n)s guests will be invited.", added.added)
    if not added.left_out:
        return said
    shown_lines = added.left_out[: rules.MOST_NAMED]
    more = ngettext(
        "%(n)s was invited not long ago and is left out (line %(lines)s).",
        "%(n)s were invited not long ago and are left out (lines %(lines)s).",
        len(added.left_out),
        lines=format_list(shown_lines) + (" …" if len(added.left_out) > len(shown_lines) else ""),
    )
    return f"{said} {more}"
