"""Hands one mail to the mail server of the settings: the only place that speaks SMTP."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from core.settings import settings

STEP_SECONDS = 30  # for each answer of the server; those that look for spam take their time
WHOLE_SECONDS = 60  # for the whole of it: a server that drips is cut off
REFUSED_FOR_GOOD = 500


class Refused(Exception):
    """The server will never take this mail for this recipient; the text is its answer."""


def is_set_up() -> bool:
    """Whether there is a mail server to send by."""
    return bool(settings().smtp_host)


def send(mail: EmailMessage) -> None:
    """Give the mail to the server, which has it when this returns.

    Raises `Refused` when the server refuses recipient or content for good (SMTP codes from 500), and `OSError` or
    `smtplib.SMTPException` for everything that may be better later. After these the server may still have the mail,
    when the connection broke off before its last answer.
    """
    accepted = False
    try:
        with _connection() as server:
            _hand_over(server, mail)
            accepted = True
    except (OSError, smtplib.SMTPException):
        if not accepted:  # a server that is rude at the farewell has the mail all the same
            raise


def _hand_over(server: smtplib.SMTP, mail: EmailMessage) -> None:
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, answer = next(iter(refusal.recipients.values()))
        _raise_for_good(code, answer, refusal)
        raise
    except smtplib.SMTPDataError as refusal:
        _raise_for_good(refusal.smtp_code, refusal.smtp_error, refusal)
        raise
    except smtplib.SMTPNotSupportedError as refusal:
        raise Refused("the mail server takes no address with characters beyond ASCII") from refusal


@contextmanager
def _connection() -> Iterator[smtplib.SMTP]:
    chosen = settings()
    with _connect() as server, _cut_off(server):
        if chosen.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if chosen.smtp_user:
            password = chosen.smtp_password.get_secret_value() if chosen.smtp_password else ""
            server.login(chosen.smtp_user, password)
        yield server


def _connect() -> smtplib.SMTP:
    host, port = settings().smtp_host, settings().smtp_port
    if settings().smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=STEP_SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=STEP_SECONDS)


@contextmanager
def _cut_off(server: smtplib.SMTP) -> Iterator[None]:
    """End the connection when the whole takes too long, whatever the server still says."""

    def cut() -> None:
        with suppress(OSError):  # it has ended meanwhile
            if server.sock is not None:
                server.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(WHOLE_SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _raise_for_good(code: int, answer: bytes | str, refusal: Exception) -> None:
    if code >= REFUSED_FOR_GOOD:
        text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        raise Refused(f"{code} {text}") from refusal
