"""A real mail server in a thread of the test, that can be away, refuse, and be slow; and what it was given."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Keeps every mail. `answers`: recipient to what RCPT is told instead of yes; `after_data` is told to DATA."""

    def __init__(self, port: int = 0, **options: Any) -> None:
        self.port = port or free_port()
        self.answers: dict[str, str] = {}
        self.after_data = ""
        self.seconds_for_data = 0.0
        self.farewell = "221 Bye"
        self.mails: list[EmailMessage] = []
        self._options = options
        self._controller: Controller | None = None

    def start(self) -> None:
        """Listen on the port, also again after `stop`."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **self._options)
        self._controller.start()

    def stop(self) -> None:
        """Be away: connections are refused."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(  # noqa: N802  (aiosmtpd calls it so)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get(address, "250 OK")

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds_for_data)
        if self.after_data:
            return self.after_data
        content = envelope.original_content or b""
        mail = message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return self.farewell

    def received(self) -> list[tuple[str, str]]:
        """Recipient and subject of every mail."""
        return [(str(mail["To"]), str(mail["Subject"])) for mail in self.mails]


def free_port() -> int:
    """A port of the loopback that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    """A mail server that listens until the end of the block."""
    server = MailServer(**options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
