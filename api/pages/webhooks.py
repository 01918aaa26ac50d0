"""The webhooks of a platform: machines that are told of what happens there. Kept by leads."""

from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from accessibility.ledger.alerts import actions, outbox, queries, rules
from accessibility.ledger.alerts.models import Webhook
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms.models import Platform
from api import alert_words as words
from api.dependencies import Id, Reading, Writing, actor, may
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.access import Keeper
from api.rendering import redirect, render
from core.i18n import gettext as _
from core.i18n import lazy
from core.people.models import Person

router = page_router()
LIST = "/accessibility/platforms/{slug}/webhooks"
ONE = f"{LIST}/{{webhook_id}}"


class Fields(BaseModel):
    """A webhook as entered. `allow_private` holds "yes" or nothing."""

    name: str
    address: str
    kinds: list[str]
    allow_private: list[str] = []

    errors: ClassVar = {
        "name": lazy("Enter what the webhook is for."),
        "address": lazy("Enter the address that is called."),
        "kinds": lazy("Choose at least one thing to tell of."),
    }
    labels: ClassVar = {"name": lazy("The name"), "address": lazy("The address"), "kinds": lazy("What is told of")}

    def values(self, before: Webhook | None, *, admin: bool) -> dict[str, Any]:
        """For the actions: only administrators see the permission in the form, for others it stays as it was."""
        kept = before is not None and before.allow_private
        private = bool(self.allow_private) if admin else kept
        return {"name": self.name, "address": self.address, "kinds": self.kinds, "allow_private": private}


@router.get(LIST)
def webhooks(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """The webhooks of a platform and what came of their last calls."""
    platform = platforms.get(session, slug)
    found = queries.webhooks(session, platform.id)
    return render(
        request,
        "accessibility/webhooks.html",
        platform=platform,
        webhooks=[(one, rules.host_of(one.address)) for one in found],
        calls=queries.latest_calls(session, [one.id for one in found]),
        words=words,
        list=_list(slug),
    )


@router.get(f"{LIST}/add")
def new_webhook(request: Request, slug: str, person: Keeper, session: Reading) -> Response:
    """The form for a new webhook."""
    entered = Entered(start={"kinds": list(rules.KINDS)})
    return _form_page(request, person, platforms.get(session, slug), None, entered)


@router.post(f"{LIST}/add")
def add_webhook(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add a webhook and show its secret, once."""
    entered, admin = Entered(posted), may(person)
    platform = platforms.get(session, slug)
    with entered.shown_again(lambda: _form_page(request, person, platform, None, entered)):
        values = entered.check(Fields).values(None, admin=admin)
        webhook, secret = actions.add_webhook(session, actor(person), platform, **values, admin=admin)
    return _secret_page(request, slug, webhook, secret)


@router.get(ONE)
def one_webhook(request: Request, slug: str, webhook_id: Id, person: Keeper, session: Reading) -> Response:
    """One webhook, to be changed."""
    platform, webhook = _found(session, slug, webhook_id)
    start: dict[str, str | list[str]] = {
        "name": webhook.name,
        "address": webhook.address,
        "kinds": list(webhook.kinds),
        "allow_private": ["yes"] if webhook.allow_private else [],
        "version": str(webhook.version),
    }
    return _form_page(request, person, platform, webhook, Entered(start=start))


@router.post(ONE)
def change_webhook(
    request: Request, slug: str, webhook_id: Id, person: Keeper, session: Writing, posted: Posted
) -> Response:
    """Change a webhook; its secret stays."""
    entered, admin = Entered(posted), may(person)
    platform, webhook = _found(session, slug, webhook_id)
    with entered.shown_again(lambda: _form_page(request, person, platform, webhook, entered)):
        values = entered.check(Fields).values(webhook, admin=admin)
        actions.change_webhook(session, actor(person), webhook, entered.version(), **values, admin=admin)
    return redirect(request, _list(slug), Flash(_("The webhook “%(name)s” is saved.", name=webhook.name)))


@router.get(f"{ONE}/secret")
def ask_renew_secret(request: Request, slug: str, webhook_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a secret is replaced."""
    _platform, webhook = _found(session, slug, webhook_id)
    return render(
        request,
        "confirm.html",
        title=_("Make a new secret for “%(name)s”?", name=webhook.name),
        consequences=[
            _("It counts at once: the receiver refuses calls until it knows the new secret."),
            _("Calls that were refused are tried again. You see the secret once."),
        ],
        button=_("Make a new secret"),
        kind="",
        action=f"{_list(slug)}/{webhook_id}/secret",
        back=f"{_list(slug)}/{webhook_id}",
    )


@router.post(f"{ONE}/secret")
def renew_secret(request: Request, slug: str, webhook_id: Id, person: Keeper, session: Writing) -> Response:
    """A new secret, shown once."""
    _platform, webhook = _found(session, slug, webhook_id)
    return _secret_page(request, slug, webhook, actions.renew_secret(session, actor(person), webhook))


@router.post(f"{ONE}/test")
def send_test(request: Request, slug: str, webhook_id: Id, person: Keeper, session: Writing) -> Response:
    """Send a test call."""
    _platform, webhook = _found(session, slug, webhook_id)
    outbox.put_test(session, actor(person), webhook_id=webhook.id)
    message = Flash(_("A test call is on its way. Reload in some seconds to see what came of it."), "info")
    return redirect(request, _list(slug), message)


@router.get(f"{ONE}/remove")
def ask_remove(request: Request, slug: str, webhook_id: Id, _person: Keeper, session: Reading) -> Response:
    """Ask before a webhook is forgotten."""
    _platform, webhook = _found(session, slug, webhook_id)
    return render(
        request,
        "confirm.html",
        title=_("Remove the webhook “%(name)s”?", name=webhook.name),
        consequences=[
            _("Its receiver is told of nothing more, and calls that still wait are dropped."),
            _("It cannot be brought back: a new one has another secret."),
        ],
        button=_("Remove"),
        action=f"{_list(slug)}/{webhook_id}/remove",
        back=f"{_list(slug)}/{webhook_id}",
    )


@router.post(f"{ONE}/remove")
def remove_webhook(request: Request, slug: str, webhook_id: Id, person: Keeper, session: Writing) -> Response:
    """Forget a webhook."""
    _platform, webhook = _found(session, slug, webhook_id)
    actions.remove_webhook(session, actor(person), webhook)
    return redirect(request, _list(slug), Flash(_("The webhook “%(name)s” is removed.", name=webhook.name)))


def _found(session: Session, slug: str, webhook_id: int) -> tuple[Platform, Webhook]:
    platform = platforms.get(session, slug)
    return platform, queries.webhook(session, platform.id, webhook_id)


def _list(slug: str) -> str:
    return LIST.format(slug=slug)


def _form_page(
    request: Request, person: Person, platform: Platform, webhook: Webhook | None, entered: Entered
) -> Response:
    return render(
        request,
        "accessibility/webhook.html",
        platform=platform,
        webhook=webhook,
        entered=entered,
        kinds=words.KINDS.items(),
        list=_list(platform.slug),
        admin=may(person),
    )


def _secret_page(request: Request, slug: str, webhook: Webhook, secret: str) -> Response:
    return render(
        request,
        "secret.html",
        title=_("The secret of “%(name)s”", name=webhook.name),
        label=_("Signing secret"),
        secret=secret,
        explained=_("Put it into the receiver's secret store: with it the receiver proves that a call is ours."),
        back=_list(slug),
        back_text=_("Back to the webhooks"),
    )
