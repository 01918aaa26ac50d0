"""Helpers for the tests of alerts."""

import threading
from collections.abc import Callable

import sqlalchemy as sa

from accessibility.ledger.alerts.models import Message
from core.database import Database
from jobs.send_alerts import send_alerts
from jobs.worker_id import new_worker_id
from tests.mail_server import MailServer


def use(server: MailServer, configure: Callable[..., None], **more: object) -> None:
    """Let the settings name this server."""
    values: dict[str, object] = {
        "smtp_host": "127.0.0.1",
        "smtp_port": server.port,
        "smtp_security": "off",
        "mail_sender": "Sample Campus <campus@example.org>",
        "public_url": "https://campus.example.org",
    }
    configure(**(values | more))


def send(database: Database) -> int:
    """Let a worker send what is due; how many messages."""
    return send_alerts(database, new_worker_id(), threading.Event())


def messages(database: Database) -> list[Message]:
    """The outbox, the oldest first."""
    with database.read() as session:
        return list(session.scalars(sa.select(Message).order_by(Message.id)))
