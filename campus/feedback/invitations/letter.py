"""The invitation as a mail: plain text, and the same as simple HTML. No name, no picture that tells of its opening."""

from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from secrets import token_hex

import jinja2
from babel.dates import format_date

from core import clock
from core.guest_texts import direction, say, speaking
from core.settings import settings

TEMPLATE = Path(__file__).parent / "letter.html"


def letter(email: str, language: str, code: str, closes: date) -> EmailMessage:
    """The mail to this guest in their language. Its Message-ID is random: the code stands in the text alone."""
    sender_name, sender = parseaddr(settings().mail_sender)
    with speaking(language):
        subject, paragraphs, end = _subject(), _paragraphs(), _end(language, closes)
    link = f"{settings().address}/invited/{code}"
    mail = EmailMessage()
    mail["From"] = Address(sender_name, addr_spec=sender)
    mail["To"] = Address(addr_spec=email)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{token_hex(16)}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n\n".join([*paragraphs, link, *end]) + "\n", cte="quoted-printable")
    html = _template.render(
        language=language, direction=direction(language), subject=subject, paragraphs=paragraphs, link=link, end=end
    )
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = language  # last: `set_content` begins the content's headers anew
    return mail


def shown(language: str, closes: date) -> tuple[str, list[str]]:
    """Subject and paragraphs of the mail, for staff to look at; in the place of its link an invented one."""
    with speaking(language):
        return _subject(), [*_paragraphs(), f"{settings().address}/invited/…", *_end(language, closes)]


def _subject() -> str:
    return say("How was your stay on the campus?")


def _paragraphs() -> list[str]:
    return [
        say("Thank you for your stay. Your answers to a few questions help us to put right what went wrong."),
        say("It takes less than two minutes, and you need no account:"),
    ]


def _end(language: str, closes: date) -> list[str]:
    until = format_date(closes, "long", locale=language)
    return [
        say("This address can be used once, until %(day)s.", day=until),
        say("Your answers are anonymous: nothing links them to you or to this e-mail."),
        say("We delete your e-mail address as soon as this message is sent, and send no reminder."),
        say("Should this message reach you twice, use the newest one."),
    ]


_template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True).from_string(
    TEMPLATE.read_text(encoding="utf-8")
)
