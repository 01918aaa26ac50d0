"""The answer to a guest as a mail: what staff wrote, in plain text."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from secrets import token_hex

from core import clock
from core.guest_texts import say, speaking
from core.settings import settings


def letter(email: str, language: str, answer: str) -> EmailMessage:
    """The mail to this guest. What they wrote is not repeated: whoever has the address may be somebody else."""
    sender_name, sender = parseaddr(settings().mail_sender)
    with speaking(language):
        subject = say("Our answer to your message to the campus")
    mail = EmailMessage()
    mail["From"] = Address(sender_name, addr_spec=sender)
    mail["To"] = Address(addr_spec=email)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{token_hex(16)}@{sender.rpartition('@')[2]}>"
    mail.set_content(answer.replace("\r\n", "\n") + "\n", cte="quoted-printable")
    mail["Content-Language"] = language
    return mail
