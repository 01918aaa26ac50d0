"""One mail to a real server: with TLS and password, refused for good or for now, and within bounds."""

import ssl
from collections.abc import Callable, Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from core import mail
from core.errors import InvalidInput
from core.i18n import LANGUAGES
from core.settings import settings
from tests.certificates import make_certificate
from tests.mail_server import MailServer, mail_server

PASSWORD = "sample password"


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for 127.0.0.1 that this process trusts."""
    file = make_certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[MailServer]:
    """A mail server that takes mails only after STARTTLS and a sign-in."""

    def check(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: LoginPassword) -> AuthResult:
        known = (given.login, given.password) == (b"campus", PASSWORD.encode())
        return AuthResult(success=known, handled=False)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with mail_server(tls_context=context, require_starttls=True, auth_required=True, authenticator=check) as server:
        yield server


def a_mail() -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "campus@example.org", "reader@example.org", "Sample"
    letter.set_content("Sample text")
    return letter


def use(server: MailServer, configure: Callable[..., None], **more: object) -> None:
    configure(smtp_host="127.0.0.1", smtp_port=server.port, mail_sender="campus@example.org", **more)


def test_a_mail_goes_out_after_starttls_and_sign_in(
    tls_server: MailServer, configure: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    use(tls_server, configure, smtp_user="campus", smtp_password_file=tmp_path / "password")
    mail.send(a_mail())
    assert tls_server.received() == [("reader@example.org", "Sample")]


def test_a_wrong_password_may_be_mended_so_it_is_no_refusal_for_good(
    tls_server: MailServer, configure: Callable[..., None]
) -> None:
    use(tls_server, configure, smtp_user="campus", smtp_password="wrong")
    with pytest.raises(OSError, match="535"):
        mail.send(a_mail())


def test_a_server_whose_certificate_is_not_trusted_gets_no_password(
    tls_server: MailServer, configure: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    use(tls_server, configure, smtp_user="campus", smtp_password=PASSWORD)
    with pytest.raises(ssl.SSLCertVerificationError):
        mail.send(a_mail())


def test_tls_from_the_first_byte_is_possible_too(certificate: Path, configure: Callable[..., None]) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with mail_server(ssl_context=context) as server:
        use(server, configure, smtp_security="tls")
        mail.send(a_mail())
        assert len(server.mails) == 1


def test_a_server_that_is_rude_at_the_farewell_has_the_mail_all_the_same(configure: Callable[..., None]) -> None:
    with mail_server() as server:
        server.farewell = "500 go away"
        use(server, configure, smtp_security="off")
        mail.send(a_mail())
        assert len(server.mails) == 1


def test_a_server_that_takes_no_such_address_refuses_it_for_good(configure: Callable[..., None]) -> None:
    letter = a_mail()
    del letter["To"]
    letter["To"] = Address("Sample", addr_spec="reader@exämple.org")
    with mail_server(enable_SMTPUTF8=False) as server:
        use(server, configure, smtp_security="off")
        with pytest.raises(mail.Refused, match="ASCII"):
            mail.send(letter)


def test_a_server_that_drips_is_cut_off(configure: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "WHOLE_SECONDS", 0.3)
    with mail_server() as server:
        server.seconds_for_data = 5
        use(server, configure, smtp_security="off")
        with pytest.raises(OSError, match="closed"):
            mail.send(a_mail())


def test_a_password_without_tls_is_refused_when_the_service_starts(configure: Callable[..., None]) -> None:
    configure(smtp_host="mail.example.org", smtp_security="off", smtp_user="campus", mail_sender="a@example.org")
    with pytest.raises(InvalidInput, match=r"CAMPUS_SMTP_USER: .*TLS only"):
        settings()


@pytest.mark.parametrize(
    "sender", ["", "Campus", "campus@", "Campus <a b@example.org>", "a@example.org\nBcc: b@example.org"]
)
def test_a_mail_server_without_a_usable_sender_is_refused(configure: Callable[..., None], sender: str) -> None:
    configure(smtp_host="mail.example.org", mail_sender=sender)
    with pytest.raises(InvalidInput, match="CAMPUS_MAIL_SENDER"):
        settings()


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_may_speak_every_language_that_is_offered(configure: Callable[..., None], language: str) -> None:
    configure(language=language)
    assert settings().language == language
