"""What a webhook is sent, and its signature: as the Standard Webhooks specification has them. `docs/alerts.md`."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accessibility.ledger.alerts.models import Message, Occasion
from accessibility.ledger.alerts.rules import Kind
from accessibility.ledger.platforms.models import Platform
from core.settings import settings

SECRET_PREFIX = "whsec_"  # noqa: S105  (how the specification marks a secret)
SECRET_BYTES = 32
TEST_TYPE = "test"
TYPES = {
    Kind.NIGHT_FAILED.value: "night.failed",
    Kind.LOGIN_BROKE.value: "login.broken",
    Kind.COVERAGE_LOW.value: "coverage.low",
    Kind.CRITICAL_NEW.value: "critical.new",
    Kind.OVERDUE.value: "tickets.overdue",
}


def new_secret() -> str:
    """A secret to sign with: 256 random bits in base64 after `whsec_`."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def body(message: Message, platform: Platform, told: Sequence[Occasion]) -> bytes:
    """The JSON document of a call: of its only occasion, or, without one, of a test."""
    occasion = told[0] if told else None
    data: dict[str, Any] = {
        "platform": platform.slug,
        "platform_name": platform.name,
        "link": f"{settings().address}/accessibility/platforms/{platform.slug}",
    }
    document = {
        "type": TYPES[occasion.kind] if occasion else TEST_TYPE,
        "timestamp": (occasion.at if occasion else message.created_at).isoformat(),
        "data": data | (occasion.facts if occasion else {}),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def headers(uid: str, at: datetime, content: bytes, secret: str) -> dict[str, str]:
    """The headers of a try at this moment. The id stays the same on every try, time and signature do not."""
    timestamp = str(int(at.timestamp()))
    return {
        "content-type": "application/json",
        "user-agent": "Campus-Webhook/1",
        "webhook-id": uid,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(uid, timestamp, content, secret),
    }


def signature(uid: str, timestamp: str, content: bytes, secret: str) -> str:
    """`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; the key is what the secret's base64 stands for."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = b".".join((uid.encode(), timestamp.encode(), content))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
