"""The pages of alerts: one's own choices, the webhooks of a platform, the outbox."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.alerts import outbox, queries
from accessibility.ledger.alerts.models import Message, Webhook
from accessibility.ledger.alerts.rules import KINDS
from accessibility.ledger.platforms import actions as platforms
from accessibility.ledger.platforms.models import Platform
from core import trail
from core.database import Database
from tests.api.people import Browser

ALERTS = "/account/alerts"
WEBHOOKS = "/accessibility/platforms/learn/webhooks"
OUTBOX = "/settings/alerts"
GOOD = {"name": "Sample chat", "address": "https://chat.example.org/hook/secret-part", "kinds": ["overdue"]}


@pytest.fixture(autouse=True)
def platform(database: Database) -> Platform:
    """A platform to be told of."""
    with database.write() as session:
        settings = PlatformSettings(slug="learn", name="Sample platform", base=("https://learn.example.org/",))
        return platforms.save(session, settings, "command", admin=True)


def wish(database: Database, browser: Browser, platform: Platform) -> tuple[str, tuple[str, ...]]:
    with database.read() as session:
        found = queries.wish(session, browser.person, platform)
        return found.pace.value, found.kinds


def webhook(database: Database) -> Webhook:
    with database.read() as session:
        return session.scalars(sa.select(Webhook)).one()


def messages(database: Database) -> list[Message]:
    with database.read() as session:
        return list(session.scalars(sa.select(Message).order_by(Message.id)))


def test_a_person_chooses_for_themself_alone(
    signed_in: Callable[..., Browser], database: Database, platform: Platform
) -> None:
    lead, other = signed_in("accessibility"), signed_in("accessibility")
    assert "by default" in lead.get(ALERTS).text
    answer = lead.post_form(f"{ALERTS}/platforms/learn", {"pace": "daily", "kinds": ["overdue", "login broke"]})
    assert (answer.status_code, answer.headers["location"]) == (303, ALERTS)
    assert "Broken login, Overdue ticket" in lead.get(ALERTS).text
    assert wish(database, lead, platform) == ("daily", ("login broke", "overdue"))
    assert wish(database, other, platform) == ("at once", KINDS)


def test_a_viewer_may_ask_to_be_told_too(
    signed_in: Callable[..., Browser], database: Database, platform: Platform
) -> None:
    viewer = signed_in("viewer")
    assert "You are told of no platform." in viewer.get(ALERTS).text
    viewer.post_form(f"{ALERTS}/platforms/learn", {"pace": "at once", "kinds": ["overdue"]})
    assert wish(database, viewer, platform) == ("at once", ("overdue",))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"pace": "hourly", "kinds": ["overdue"]}, "Choose how soon you are told."),
        ({"pace": "daily"}, "What you are told of must be one or more of"),
        ({"pace": "daily", "kinds": ["birthdays"]}, "What you are told of must be one or more of"),
    ],
)
def test_a_wrong_choice_is_shown_again_with_its_error(
    signed_in: Callable[..., Browser], fields: dict[str, object], said: str
) -> None:
    answer = signed_in("viewer").post_form(f"{ALERTS}/platforms/learn", fields)
    assert answer.status_code == 422
    assert said in answer.text


def test_who_is_told_of_nothing_need_not_choose_kinds(
    signed_in: Callable[..., Browser], database: Database, platform: Platform
) -> None:
    lead = signed_in("accessibility")
    assert lead.post_form(f"{ALERTS}/platforms/learn", {"pace": "never"}).status_code == 303
    assert wish(database, lead, platform) == ("never", KINDS)


def test_the_digest_has_an_hour_in_a_time_zone_of_ones_own(
    signed_in: Callable[..., Browser], database: Database
) -> None:
    lead = signed_in("accessibility")
    assert lead.post_form(f"{ALERTS}/digest", {"hour": "6", "time_zone": "Asia/Tokyo"}).status_code == 303
    with database.read() as session:
        assert queries.digest_time(session, lead.person.id) == (6, "Asia/Tokyo")
        assert trail.entries(session, "person", lead.person.id)[0].action == "alert.digest_time"
    page = lead.get(ALERTS).text
    assert '<option value="6" selected>06:00</option>' in page
    assert 'value="Asia/Tokyo"' in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"hour": "24"}, "The hour must be from 0 to 23"),
        ({"hour": "x"}, "Enter a whole number"),
        ({"hour": "6", "time_zone": "Mars/Base"}, "“Mars/Base” is not a time zone"),
    ],
)
def test_a_wrong_hour_or_zone_is_shown_again(
    signed_in: Callable[..., Browser], fields: dict[str, str], said: str
) -> None:
    answer = signed_in("viewer").post_form(f"{ALERTS}/digest", fields)
    assert answer.status_code == 422
    assert said in answer.text


def test_the_page_says_when_no_mail_can_be_sent(
    signed_in: Callable[..., Browser], configure: Callable[..., None]
) -> None:
    lead = signed_in("accessibility")
    assert "No mail is sent yet" in lead.get(ALERTS).text
    configure(smtp_host="127.0.0.1", mail_sender="campus@example.org")
    assert "No mail is sent yet" not in lead.get(ALERTS).text


def test_a_lead_adds_a_webhook_and_sees_its_secret_once(signed_in: Callable[..., Browser], database: Database) -> None:
    lead = signed_in("accessibility")
    answer = lead.post_form(f"{WEBHOOKS}/add", GOOD)
    assert "whsec_" in answer.text
    listed = lead.get(WEBHOOKS).text
    assert "https://chat.example.org" in listed
    assert "secret-part" not in listed, "the list shows where it leads, not the whole address"
    assert "whsec_" not in listed + lead.get(f"{WEBHOOKS}/{webhook(database).id}").text
    with database.read() as session:
        (entry,) = trail.entries(session, "webhook")
        assert "secret-part" not in str(entry.after)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"address": "http://chat.example.org/"}, "The address must begin with https://, as others"),
        ({"address": "ftp://chat.example.org/"}, "The address must begin with https:// and name a host"),
        ({"address": "https://[chat"}, "The address must begin with https:// and name a host"),
        ({"address": "https://chat.example.org:99999/"}, "The address must begin with https:// and name a host"),
        ({"address": "https://me:password@chat.example.org/"}, "The address holds a user name or password"),
        ({"name": ""}, "Enter what the webhook is for."),
        ({"kinds": []}, "Choose at least one thing to tell of."),
        ({"kinds": ["x"]}, "What is told of must be one or more of"),
    ],
)
def test_a_wrong_webhook_is_shown_again(
    signed_in: Callable[..., Browser], database: Database, changed: dict[str, object], said: str
) -> None:
    answer = signed_in("accessibility").post_form(f"{WEBHOOKS}/add", GOOD | changed)
    assert answer.status_code == 422
    assert said in answer.text
    with database.read() as session:
        assert session.scalar(sa.select(Webhook.id)) is None


def test_only_an_administrator_permits_private_addresses_and_changes_where_they_lead(
    signed_in: Callable[..., Browser], database: Database
) -> None:
    lead, admin = signed_in("accessibility"), signed_in("admin")
    asked = GOOD | {"address": "http://10.0.0.7/", "allow_private": "yes"}
    assert lead.post_form(f"{WEBHOOKS}/add", asked).status_code == 422, "a lead's form has no such field"
    assert admin.post_form(f"{WEBHOOKS}/add", asked).status_code == 200
    address = f"{WEBHOOKS}/{webhook(database).id}"
    renamed = {"name": "Renamed", "address": "http://10.0.0.7/", "kinds": ["overdue"], "version": "1"}
    assert lead.post_form(address, renamed).status_code == 303
    moved = renamed | {"address": "http://10.0.0.8/", "version": "2"}
    assert lead.post_form(address, moved).status_code == 403
    assert (webhook(database).name, webhook(database).address) == ("Renamed", "http://10.0.0.7/")
    assert webhook(database).allow_private


def test_a_webhook_that_somebody_else_changed_is_not_overwritten(
    signed_in: Callable[..., Browser], database: Database
) -> None:
    lead = signed_in("accessibility")
    lead.post_form(f"{WEBHOOKS}/add", GOOD)
    address = f"{WEBHOOKS}/{webhook(database).id}"
    assert lead.post_form(address, GOOD | {"name": "First", "version": "1"}).status_code == 303
    assert lead.post_form(address, GOOD | {"name": "Second", "version": "1"}).status_code == 422
    assert webhook(database).name == "First"


def test_a_webhook_gets_a_new_secret_a_test_and_an_end(signed_in: Callable[..., Browser], database: Database) -> None:
    lead = signed_in("accessibility")
    lead.post_form(f"{WEBHOOKS}/add", GOOD)
    one = webhook(database)
    assert "It counts at once" in lead.get(f"{WEBHOOKS}/{one.id}/secret").text
    assert "whsec_" in lead.post_form(f"{WEBHOOKS}/{one.id}/secret").text
    assert webhook(database).secret != one.secret
    lead.post_form(f"{WEBHOOKS}/{one.id}/test")
    assert [(message.kind, message.webhook_id) for message in messages(database)] == [("test", one.id)]
    assert "Waiting" in lead.get(WEBHOOKS).text
    assert "calls that still wait are dropped" in lead.get(f"{WEBHOOKS}/{one.id}/remove").text
    lead.post_form(f"{WEBHOOKS}/{one.id}/remove")
    assert messages(database) == []
    assert "No webhook yet" in lead.get(WEBHOOKS).text
    with database.read() as session:
        actions = [entry.action for entry in trail.entries(session, "webhook")]
    assert actions == ["webhook.remove", "webhook.secret", "webhook.add"]


def test_a_webhook_is_found_at_its_own_platform_only(signed_in: Callable[..., Browser], database: Database) -> None:
    with database.write() as session:
        other = PlatformSettings(slug="other", name="Other", base=("https://other.example.org/",))
        platforms.save(session, other, "command", admin=True)
    lead = signed_in("accessibility")
    lead.post_form(f"{WEBHOOKS}/add", GOOD)
    address = f"/accessibility/platforms/other/webhooks/{webhook(database).id}"
    assert lead.get(address).status_code == 404
    assert lead.post_form(f"{address}/remove").status_code == 404


def test_an_administrator_sends_a_test_mail_to_themself(
    signed_in: Callable[..., Browser], database: Database, configure: Callable[..., None]
) -> None:
    admin = signed_in("admin")
    page = admin.get(OUTBOX).text
    assert "Send me a test mail" not in page
    assert "No mail server is set up yet." in page
    configure(smtp_host="mail.example.org", mail_sender="Campus <campus@example.org>", smtp_password="sample-secret")
    page = admin.get(OUTBOX).text
    assert "mail.example.org:587 (STARTTLS)" in page
    assert "sample-secret" not in page
    admin.post_form(f"{OUTBOX}/test")
    (message,) = messages(database)
    assert (message.kind, message.person_id) == ("test", admin.person.id)
    assert "One message waits to be sent." in admin.get(OUTBOX).text


def test_a_message_that_was_given_up_is_seen_and_sent_again(
    signed_in: Callable[..., Browser], database: Database
) -> None:
    admin = signed_in("admin")
    with database.write() as session:
        message = outbox.put_test(session, "sample", person_id=admin.person.id)
        assert outbox.take_next(session, "worker", mail=True) is not None
        outbox.mark_failed(session, message.id, "worker", "550 <b>no</b> such mailbox", for_good=True)
    page = admin.get(f"{OUTBOX}?state=given+up").text
    assert "One message was given up." in page
    assert "550 &lt;b&gt;no&lt;/b&gt; such mailbox" in page
    assert admin.post_form(f"{OUTBOX}/{message.id}/again").status_code == 303
    assert messages(database)[0].state == "waiting"
    with database.read() as session:
        assert trail.entries(session, "alert")[0].action == "alert.again"


def test_a_message_that_was_sent_is_not_sent_again(signed_in: Callable[..., Browser], database: Database) -> None:
    admin = signed_in("admin")
    with database.write() as session:
        message = outbox.put_test(session, "sample", person_id=admin.person.id)
        outbox.take_next(session, "worker", mail=True)
        assert outbox.mark_sent(session, message.id, "worker")
    assert admin.post_form(f"{OUTBOX}/{message.id}/again").status_code == 409
    assert messages(database)[0].state == "sent"
