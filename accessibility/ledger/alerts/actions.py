"""What people change about alerts: their own choices, and the webhooks of platforms. The trail keeps each change."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from accessibility.ledger.alerts import outbox, queries, rules, webhook_body
from accessibility.ledger.alerts.models import Choice, DigestTime, Webhook
from accessibility.ledger.alerts.rules import Pace
from accessibility.ledger.platforms.models import Platform
from core import clock, cron, secrets, trail
from core.errors import Conflict
from core.i18n import gettext as _
from core.people.models import Person
from core.people.rules import checked_name


def choose(
    session: Session, actor: str, person: Person, platform: Platform, *, pace: Pace, kinds: Iterable[str]
) -> None:
    """How this person is told of this platform from now on; what waits already stays. Raises `InvalidInput`."""
    before = queries.wish(session, person, platform)
    wanted = list(before.kinds) if pace is Pace.NEVER else rules.checked_kinds(kinds)
    if (before.chosen, before.pace, list(before.kinds)) == (True, pace, wanted):
        return
    choice = queries.choice(session, person.id, platform.id)
    if choice is None:
        choice = Choice(person_id=person.id, platform_id=platform.id, pace="", kinds=[])
        session.add(choice)
    choice.pace, choice.kinds = pace.value, wanted
    session.flush()
    old = {"pace": before.pace.value, "kinds": list(before.kinds)}
    new = {"person": person.id, "pace": pace.value, "kinds": wanted}
    trail.record(session, actor, "alert.choose", "platform", platform.id, before=old, after=new)


def set_digest_time(session: Session, actor: str, person_id: int, *, hour: int, zone: str) -> None:
    """When this person gets the daily digest; an empty `zone` is the campus's. Raises `InvalidInput`
    with `hour` or `time_zone` as its place."""
    hour = rules.checked_hour(hour)
    if zone:
        cron.check("0 0 * * *", zone)
    before = queries.digest_time(session, person_id)
    if before == (hour, zone):
        return
    session.merge(DigestTime(person_id=person_id, hour=hour, zone=zone))
    session.flush()
    outbox.move_digest(session, person_id)
    old, new = {"hour": before[0], "zone": before[1]}, {"hour": hour, "zone": zone}
    trail.record(session, actor, "alert.digest_time", "person", person_id, before=old, after=new)


def add_webhook(
    session: Session,
    actor: str,
    platform: Platform,
    *,
    name: str,
    address: str,
    kinds: Iterable[str],
    allow_private: bool,
    admin: bool,
) -> tuple[Webhook, str]:
    """A new webhook, and its secret, to be shown once.

    `admin` says whether the actor may permit private addresses. Raises `InvalidInput` or `NotAllowed`.
    """
    address = rules.checked_address(address, allow_private=allow_private)
    rules.check_private((False, ""), (allow_private, address), admin=admin)
    secret = webhook_body.new_secret()
    webhook = Webhook(
        platform_id=platform.id,
        name=checked_name(name),
        address=address,
        kinds=rules.checked_kinds(kinds),
        allow_private=allow_private,
        secret=secrets.encrypt(secret.encode()),
        created_at=clock.now(),
    )
    session.add(webhook)
    session.flush()
    trail.record(session, actor, "webhook.add", "webhook", webhook.id, after=_recorded(webhook))
    return webhook, secret


def change_webhook(
    session: Session,
    actor: str,
    webhook: Webhook,
    version: int,
    *,
    name: str,
    address: str,
    kinds: Iterable[str],
    allow_private: bool,
    admin: bool,
) -> None:
    """Change a webhook; its secret stays. Raises as `add_webhook`, and `Conflict` for another version."""
    if webhook.version != version:
        raise Conflict(_("Somebody else has changed this webhook meanwhile."))
    before = _recorded(webhook)
    address = rules.checked_address(address, allow_private=allow_private)
    rules.check_private((webhook.allow_private, webhook.address), (allow_private, address), admin=admin)
    webhook.name, webhook.address = checked_name(name), address
    webhook.kinds, webhook.allow_private = rules.checked_kinds(kinds), allow_private
    session.flush()
    after = _recorded(webhook)
    changed = [key for key in after if after[key] != before[key]]
    if changed:
        old, new = ({key: values[key] for key in changed} for values in (before, after))
        trail.record(session, actor, "webhook.change", "webhook", webhook.id, before=old, after=new)


def renew_secret(session: Session, actor: str, webhook: Webhook) -> str:
    """Sign with a new secret from now on, also what waits already. Returns it, to be shown once."""
    secret = webhook_body.new_secret()
    webhook.secret = secrets.encrypt(secret.encode())
    session.flush()
    trail.record(session, actor, "webhook.secret", "webhook", webhook.id)
    return secret


def remove_webhook(session: Session, actor: str, webhook: Webhook) -> None:
    """Forget a webhook, and with it the calls that wait."""
    trail.record(session, actor, "webhook.remove", "webhook", webhook.id, before=_recorded(webhook))
    session.delete(webhook)
    session.flush()


def _recorded(webhook: Webhook) -> dict[str, Any]:
    """For the trail: the address may hold a key of the receiver, so only its host is told."""
    return {
        "platform": webhook.platform_id,
        "name": webhook.name,
        "host": rules.host_of(webhook.address),
        "kinds": list(webhook.kinds),
        "allow_private": webhook.allow_private,
    }
