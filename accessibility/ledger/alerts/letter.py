"""A message as a mail: plain text, and the same as simple HTML."""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path

import jinja2

from accessibility.ledger.alerts.rules import DIGEST, TEST
from accessibility.ledger.alerts.wording import Notice, one_line
from core import clock
from core.i18n import gettext as _
from core.i18n import language, ngettext
from core.settings import settings

TEMPLATE = Path(__file__).parent / "letter.html"
CHOICES = "/account/alerts"
HEADER_LENGTH = 900  # below the 998 of RFC 5322: the standard library folds subjects in the wrong places


def letter(uid: str, kind: str, name: str, email: str, notices: Sequence[Notice]) -> EmailMessage:
    """The mail to this person, in the language of the moment. `uid` makes its Message-ID, the same on every try."""
    sender_name, sender = parseaddr(settings().mail_sender)
    subject = _subject(kind, notices)
    mail = EmailMessage()
    mail["From"] = Address(sender_name, addr_spec=sender)
    mail["To"] = Address(one_line(name), addr_spec=email)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{uid}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    intro, end = _intro(kind), _end(kind)
    mail.set_content(_text(intro, notices, end), cte="quoted-printable")
    mail.add_alternative(_html(subject, intro, notices, end), subtype="html", cte="quoted-printable")
    mail["Content-Language"] = language()  # last: `set_content` begins the content's headers anew
    mail.policy = mail.policy.clone(max_line_length=HEADER_LENGTH)
    return mail


def _subject(kind: str, notices: Sequence[Notice]) -> str:
    if kind == TEST:
        return _("Nothing to do: a test of the mails of Campus")
    first, others = notices[0].todo, len(notices) - 1
    if others:
        first = ngettext("%(first)s, and one thing more", "%(first)s, and %(n)s things more", others, first=first)
    return _("Today: %(first)s", first=first) if kind == DIGEST else first


def _intro(kind: str) -> str:
    if kind == TEST:
        return _("Mails of the audit service reach you.")
    return _("What happened since the last digest.") if kind == DIGEST else ""


def _end(kind: str) -> str:
    if kind == TEST:
        return _("An administrator asked for this test.")
    return _("You choose on this page what you are told of, and when:")


def _text(intro: str, notices: Sequence[Notice], end: str) -> str:
    parts = [intro] if intro else []
    for notice in notices:
        lines = [notice.todo, "", notice.why]
        lines += [f"- {line.text}\n  {_link(line.path)}" for line in notice.lines]
        lines += [_more(notice.more)] if notice.more else []
        parts.append("\n".join([*lines, "", f"{notice.link}: {_link(notice.path)}"]))
    parts.append(f"{end}\n{_link(CHOICES)}")
    return "\n\n".join(parts) + "\n"


def _html(subject: str, intro: str, notices: Sequence[Notice], end: str) -> str:
    return _template.render(
        language=language(),
        subject=subject,
        intro=intro,
        notices=notices,
        end=end,
        choices=CHOICES,
        choices_text=_("Your alerts"),
        link=_link,
        more=_more,
    )


def _link(path: str) -> str:
    return settings().address + path


def _more(n: int) -> str:
    return ngettext("and one more", "and %(n)s more", n)


_template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True).from_string(
    TEMPLATE.read_text(encoding="utf-8")
)
