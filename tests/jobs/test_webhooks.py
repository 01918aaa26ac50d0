"""Webhooks by real calls: signed, tried again, never led to a network that is not permitted."""

import base64
import hashlib
import hmac
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.engine.crawl.networks import Address
from accessibility.engine.finding import Impact
from accessibility.ledger.alerts import actions, outbox
from accessibility.ledger.alerts.models import Webhook
from accessibility.ledger.alerts.rules import KINDS, Kind
from accessibility.ledger.platforms.models import Platform
from jobs import send_alerts, webhook_call
from tests.accessibility.ledger.nights import HOME, Nights, audited, problem
from tests.certificates import make_certificate
from tests.jobs.alerting import messages, send
from tests.jobs.test_send_alerts import fail_a_night
from tests.webhook_receiver import Receiver, webhook_receiver

DOCS = Path(__file__).parents[2] / "docs" / "alerts.md"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that says yes."""
    with webhook_receiver() as found:
        yield found


def add(nights: Nights, address: str, *, allow_private: bool = True, kinds: tuple[str, ...] = KINDS) -> str:
    """A webhook of the platform; its secret."""
    with nights.database.write() as session:
        platform = session.get_one(Platform, nights.platform_id)
        _webhook, secret = actions.add_webhook(
            session,
            "sample",
            platform,
            name="Sample chat",
            address=address,
            kinds=kinds,
            allow_private=allow_private,
            admin=True,
        )
        return secret


def test_a_call_tells_what_happened_and_is_signed(nights: Nights, receiver: Receiver) -> None:
    secret = add(nights, f"{receiver.address}hook?room=7")
    nights.run(audited(HOME, problem(impact=Impact.CRITICAL)))
    assert send(nights.database) == 1
    (call,) = receiver.calls
    assert call.path == "/hook?room=7"
    assert call.json["type"] == "critical.new"
    assert call.json["data"]["platform"] == "sample-0"
    assert call.json["data"]["tickets"] == [
        {"number": 1, "rule": "image-alt", "title": "Problem a", "due": "2026-11-09"}
    ]
    signed = f"{call.headers['webhook-id']}.{call.headers['webhook-timestamp']}.".encode() + call.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert call.headers["webhook-signature"] == f"v1,{expected}"
    assert call.headers["webhook-timestamp"] == str(int(nights.time.timestamp()))


def test_the_documented_receiver_takes_our_calls_and_refuses_changed_and_old_ones(
    nights: Nights, receiver: Receiver, tmp_path: Path
) -> None:
    secret = add(nights, receiver.address)
    fail_a_night(nights)
    send(nights.database)
    (call,) = receiver.calls
    (example,) = re.findall(r"^```python\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    at = int(call.headers["webhook-timestamp"])
    tries = {
        "as it came": (call.body, at, True),
        "changed": (call.body.replace(b"night", b"nacht"), at, False),
        "old": (call.body, at + 301, False),
    }
    for name, (body, now, right) in tries.items():
        asked = f"\nprint(is_genuine({call.headers!r}, {body!r}, {secret!r}, now={now}))\n"
        (tmp_path / "receiver.py").write_text(example + asked, encoding="utf-8")
        said = subprocess.run([sys.executable, "receiver.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert said.stdout.strip() == str(right), name


def test_only_the_chosen_kinds_are_called(nights: Nights, receiver: Receiver) -> None:
    add(nights, receiver.address, kinds=(Kind.OVERDUE,))
    fail_a_night(nights)
    assert send(nights.database) == 0


def test_a_test_call_says_only_that_the_way_works(nights: Nights, receiver: Receiver) -> None:
    add(nights, receiver.address)
    with nights.database.write() as session:
        outbox.put_test(session, "sample", webhook_id=session.scalars(sa.select(Webhook.id)).one())
    send(nights.database)
    assert receiver.calls[0].json["type"] == "test"


@pytest.mark.parametrize(("status", "said"), [(500, "500"), (404, "404"), (302, "redirects are not followed")])
def test_another_answer_than_yes_is_tried_again_with_the_same_id(
    nights: Nights, receiver: Receiver, status: int, said: str
) -> None:
    add(nights, receiver.address)
    receiver.status = status
    fail_a_night(nights)
    assert send(nights.database) == 0
    assert said in messages(nights.database)[0].error
    receiver.status = 200
    nights.time += timedelta(minutes=1)
    assert send(nights.database) == 1
    first, second = receiver.calls
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"], "its time is part of it"
    assert {first.path, second.path} == {"/"}


def test_a_private_address_is_refused_unless_it_was_permitted(nights: Nights, receiver: Receiver) -> None:
    add(nights, receiver.address.replace("http:", "https:"), allow_private=False)
    fail_a_night(nights)
    assert send(nights.database) == 0
    assert "127.0.0.1, a network that is not permitted" in messages(nights.database)[0].error
    assert receiver.calls == []


def test_a_name_is_resolved_once_and_the_call_goes_to_the_address_that_was_checked(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [[ip_address("10.0.0.1")], [ip_address("127.0.0.1")]]

    async def changing(_host: str, _port: int) -> list[Address]:
        return answers.pop(0)

    monkeypatch.setattr(webhook_call, "resolve", changing)
    port = receiver.address.rpartition(":")[2]
    with pytest.raises(webhook_call.CallFailed, match=r"10\.0\.0\.1"):
        webhook_call.call(f"http://changing.invalid:{port}", b"", {}, allow_private=False)
    webhook_call.call(f"http://changing.invalid:{port}", b"", {}, allow_private=True)
    assert receiver.calls[0].headers["host"] == f"changing.invalid:{port.strip('/')}"
    assert answers == []


@pytest.mark.parametrize("host", ["receiver.invalid", "other.invalid"])
def test_a_certificate_is_checked_against_the_name_not_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    async def look_up(_host: str, _port: int) -> list[Address]:
        return [ip_address("127.0.0.1")]

    certificate = make_certificate(tmp_path, "receiver.invalid")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(webhook_call, "resolve", look_up)
    with webhook_receiver(certificate) as receiver:
        address = f"https://{host}:{receiver.address.rpartition(':')[2]}"
        if host == "receiver.invalid":
            webhook_call.call(address, b"{}", {}, allow_private=True)
        else:
            with pytest.raises(webhook_call.CallFailed, match="CERTIFICATE_VERIFY_FAILED"):
                webhook_call.call(address, b"{}", {}, allow_private=True)
        assert len(receiver.calls) == (host == "receiver.invalid")


def test_a_receiver_that_does_not_answer_in_time_is_left(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_call, "WHOLE_SECONDS", 0.2)
    receiver.seconds = 1
    with pytest.raises(webhook_call.CallFailed, match="no answer within"):
        webhook_call.call(receiver.address, b"", {}, allow_private=True)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "https://no-such-host.invalid/", "https://xn--zzzz.invalid"]
)
def test_what_cannot_be_reached_is_a_failed_call(address: str) -> None:
    with pytest.raises(webhook_call.CallFailed):
        webhook_call.call(address, b"", {}, allow_private=True)


def test_a_webhook_that_is_removed_while_it_is_called_holds_up_no_other(
    nights: Nights, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(nights, receiver.address)
    add(nights, receiver.address)
    fail_a_night(nights)
    answer = send_alerts.call

    def remove_first(*given: Any, **more: Any) -> None:
        with nights.database.write() as session:
            webhooks = list(session.scalars(sa.select(Webhook).order_by(Webhook.id)))
            if len(webhooks) == 2:
                actions.remove_webhook(session, "sample", webhooks[0])
        if len(webhooks) == 2:
            raise webhook_call.CallFailed("the answer was 500")
        answer(*given, **more)

    monkeypatch.setattr(send_alerts, "call", remove_first)
    assert send(nights.database) == 1
    assert [one.state for one in messages(nights.database)] == ["sent"]


def test_one_webhook_that_is_away_holds_up_no_other(nights: Nights, receiver: Receiver) -> None:
    add(nights, "http://127.0.0.1:1/")
    add(nights, receiver.address)
    fail_a_night(nights)
    fail_a_night(nights)
    assert send(nights.database) == 2
    assert [one.tries for one in messages(nights.database)] == [1, 1, 0, 1]


def test_a_secret_is_stored_encrypted_and_a_new_one_counts_for_what_waits(nights: Nights, receiver: Receiver) -> None:
    secret = add(nights, receiver.address)
    fail_a_night(nights)
    with nights.database.write() as session:
        webhook = session.scalars(sa.select(Webhook)).one()
        assert secret.encode() not in webhook.secret
        renewed = actions.renew_secret(session, "sample", webhook)
    send(nights.database)
    (call,) = receiver.calls
    assert call.headers["webhook-signature"] == signature_of(call.headers, call.body, renewed)
    assert call.headers["webhook-signature"] != signature_of(call.headers, call.body, secret)


def signature_of(headers: dict[str, Any], body: bytes, secret: str) -> str:
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
