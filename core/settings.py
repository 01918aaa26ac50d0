"""Every setting of the service, read once from the environment.

A setting `x` comes from `CAMPUS_X`. Secrets may instead come from a file named by `CAMPUS_X_FILE`, so that they need
not stand in the environment.
"""

import json
import os
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import InvalidInput
from core.safe_address import is_safe

PREFIX = "CAMPUS_"
SECRETS = ("secret_key", "database_url", "smtp_password", "token", "oidc_client_secret")


class Settings(BaseSettings):
    """Settings of one process. Times are in seconds unless the name says otherwise."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    data_dir: Path = Field(Path("data"), description="Folder for the SQLite database, evidence and generated secrets.")
    database_url: SecretStr | None = Field(None, description="SQLAlchemy address; default: SQLite in the data folder.")
    secret_key: SecretStr | None = Field(
        None, description="Key that encrypts stored credentials; default: made once in the data folder."
    )
    host: str = Field("127.0.0.1", description="Address the web process listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the web process listens on.")
    public_url: str = Field("", description="Address under which people reach the service, for links and cookies.")
    time_zone: str = Field("Europe/Rome", description="The campus's time zone: nights, schedules, shown times.")
    browser: str = Field("", description="Path of Chromium or Chrome; default: the first one found.")
    browser_sandbox: str = Field(
        "auto", pattern="^(auto|on|off)$", description="`off` where the container allows no user namespaces."
    )
    session_hours: int = Field(12, gt=0, description="A sign-in ends after this many hours.")
    lease_seconds: float = Field(30, gt=0, description="A worker that is silent this long has lost its audit or gate.")
    parallel_audits: int = Field(1, gt=0, description="How many platforms one worker audits at a time.")
    parallel_gates: int = Field(1, gt=0, description="How many gates one worker runs beside its audits.")
    evidence_days: int = Field(400, gt=0, description="Crops of problems that ended are kept this long.")
    import_days: int = Field(90, gt=0, description="The original of an imported file is kept this many days.")
    import_mb: int = Field(10, gt=0, le=50, description="Largest file that can be imported, in megabytes.")
    document_mb: int = Field(20, gt=0, le=50, description="Largest document that works can hold, in megabytes.")
    guest_name_days: int = Field(30, ge=0, description="Guests' names are deleted this many days after they leave.")
    sentiment_fewest_pairs: int = Field(
        200, ge=100, description="Comments with a rating of their guest that a language needs before sentiment is told."
    )
    sentiment_accuracy_floor: float = Field(
        0.7, ge=0.5, lt=1, description="The tested accuracy's lower bound must be above this for sentiment to be told."
    )
    due_days_critical: int = Field(7, gt=0, description="Days to repair a critical problem.")
    due_days_serious: int = Field(30, gt=0, description="Days to repair a serious problem.")
    due_days_moderate: int = Field(90, gt=0, description="Days to repair a moderate problem.")
    due_days_minor: int = Field(180, gt=0, description="Days to repair a minor problem.")
    request_days_fault: int = Field(3, ge=0, le=365, description="Days to mend a fault that was reported in a room.")
    request_days_cleaning: int = Field(1, ge=0, le=365, description="Days to clean a room that was reported.")
    request_days_accessibility: int = Field(
        2, ge=0, le=365, description="Days to remove a barrier that was reported in a room."
    )
    guest_reports_a_day: int = Field(200, ge=0, description="More reports by guests are refused that day.")
    guest_report_days: int = Field(
        90, gt=0, description="A guest's contact and the photo of a request are deleted so long after its end."
    )
    invitations_per_run: int = Field(
        50, gt=0, le=500, description="Most invitations of guests that one run sends; runs begin every two minutes."
    )
    invitation_again_days: int = Field(90, ge=0, le=999, description="No guest is invited twice within so many days.")
    invitation_address_days: int = Field(
        14,
        gt=0,
        le=92,
        description="Addresses that got no invitation are deleted so many days after the first sending.",
    )
    guest_case_due_days: int = Field(5, ge=0, le=365, description="Days to answer a guest who wants an answer.")
    guest_cases_a_day: int = Field(100, ge=0, description="More guests who want an answer are refused that day.")
    guest_case_months: int = Field(
        6, gt=0, le=120, description="Contact and texts of a guest's case are deleted so many months after its end."
    )
    comment_years: int = Field(3, gt=0, le=50, description="Comments of guests are deleted after so many years.")
    answer_years: int = Field(
        5, gt=0, le=50, description="Single answers are deleted so many years after their quarter; its figures stay."
    )
    answers_per_network: int = Field(
        1000, gt=0, description="Guests' answers taken from one network address within a quarter of an hour."
    )
    answers_per_point: int = Field(
        1000, gt=0, description="Guests' answers taken by one answer point within a quarter of an hour."
    )
    answers_a_day: int = Field(5000, gt=0, description="Guests' answers taken by all answer points in a day.")
    count_due: str = Field(
        "10:00",
        pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$",
        description="Time of day at the campus by which last night's count is entered.",
    )
    works_reminder_days: str = Field(
        "14 3",
        pattern="^ *[0-9]{1,3}( +[0-9]{1,3})* *$",
        description="Owners of milestones are reminded so many days before they are due; each number once.",
    )
    works_report_days: int = Field(
        35, gt=0, le=999, description="Owners are reminded when a milestone was not reported on for so many days."
    )
    feedback_close_days: int = Field(
        7, ge=0, le=90, description="A quarter's figures are closed by the clock so many days after its last week."
    )
    feedback_index_weights: str = Field(
        "",
        pattern=r"^ *([a-z0-9_-]+=[0-9]{1,4}(\.[0-9]{1,3})?( +|$))*$",
        description="Weights of areas in the composite index, such as `room=3 food=2`; empty: all the same.",
    )
    language: str = Field(
        "en", pattern="^(en|fr)$", description="Language of messages to people who have not chosen one."
    )
    smtp_host: str = Field("", description="Mail server that takes the service's mails; empty: no mail is sent.")
    smtp_port: int = Field(587, gt=0, le=65535, description="Its port.")
    smtp_security: str = Field(
        "starttls", pattern="^(starttls|tls|off)$", description="`starttls`, `tls` from the first byte, or `off`."
    )
    smtp_user: str = Field("", description="User name at the mail server, if it asks for one. Needs TLS.")
    smtp_password: SecretStr | None = Field(None, description="The password that belongs to it.")
    mail_sender: str = Field(
        "", validate_default=True, description="Sender of the mails, such as `Campus <campus@example.org>`."
    )
    token: SecretStr | None = Field(None, description="Key of `campus gate` for the service named by `--server`.")
    oidc_issuer: str = Field("", description="OpenID provider with which staff may sign in; empty: passwords only.")
    oidc_client_id: str = Field("", validate_default=True, description="The service's name at that provider.")
    oidc_client_secret: SecretStr | None = Field(None, description="The service's secret at that provider.")
    oidc_name: str = Field("single sign-on", min_length=1, max_length=60, description="The provider's name on pages.")
    oidc_scopes: str = Field("openid email profile", description="What is asked for; `openid` must be among it.")
    oidc_email_domains: str = Field("", description="Only addresses of these domains are linked; empty: of any.")
    oidc_create: bool = Field(False, description="Make an account with the role viewer for who has none.")
    oidc_required: bool = Field(False, description="People who are linked cannot sign in with their password.")
    oidc_roles_claim: str = Field("", description="Claim that roles follow at each sign-in; empty: they do not.")
    oidc_roles: str = Field("", description="JSON object: value of that claim to role.")
    log_format: str = Field("auto", pattern="^(auto|text|json)$", description="Log lines for people or machines.")

    @model_validator(mode="before")
    @classmethod
    def _secrets_from_files(cls, given: dict[str, Any]) -> dict[str, Any]:
        for name in SECRETS:
            file = os.environ.get(f"{PREFIX}{name.upper()}_FILE")
            if file and not given.get(name):
                given[name] = _read_secret(file, name)
        return given

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, given: str) -> str:
        try:
            return ZoneInfo(given).key
        except (KeyError, ValueError, OSError):  # absent, no relative path, a folder of zones
            raise ValueError("there is no such time zone") from None

    @field_validator("smtp_user")
    @classmethod
    def _only_by_tls(cls, given: str, info: ValidationInfo) -> str:
        if given and info.data.get("smtp_security") == "off":
            raise ValueError("a password is sent by TLS only: set CAMPUS_SMTP_SECURITY to starttls or tls")
        return given

    @field_validator("mail_sender")
    @classmethod
    def _sender_is_an_address(cls, given: str, info: ValidationInfo) -> str:
        if not given and not info.data.get("smtp_host"):
            return given
        name, address = parseaddr(given)
        try:
            if Address(name, addr_spec=address).domain and given.isprintable():
                return given
        except (ValueError, IndexError, MessageError):  # the parser of the standard library has all three
            pass
        raise ValueError("CAMPUS_SMTP_HOST needs a sender, such as: Campus <campus@example.org>")

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer_is_safe(cls, given: str) -> str:
        if given and not is_safe(given):
            raise ValueError("must begin with https:// (http:// only on this machine)")
        return given

    @field_validator("oidc_client_id")
    @classmethod
    def _client_is_named(cls, given: str, info: ValidationInfo) -> str:
        if not given and info.data.get("oidc_issuer"):
            raise ValueError("CAMPUS_OIDC_ISSUER needs the name that the service has there")
        return given

    @field_validator("oidc_scopes")
    @classmethod
    def _scopes_prove_identity(cls, given: str) -> str:
        if "openid" not in given.split():
            raise ValueError("openid must be among the scopes")
        return given

    @field_validator("oidc_roles")
    @classmethod
    def _roles_can_be_read(cls, given: str) -> str:
        _role_map(given)
        return given

    @property
    def works_reminders(self) -> tuple[int, ...]:
        """`works_reminder_days` as numbers."""
        return tuple(int(days) for days in self.works_reminder_days.split())

    @property
    def area_weights(self) -> dict[str, float]:
        """`feedback_index_weights` by area."""
        pairs = (one.split("=") for one in self.feedback_index_weights.split())
        return {area: float(weight) for area, weight in pairs}

    @property
    def oidc_domains(self) -> frozenset[str]:
        """The domains whose addresses are linked, in lower case; none: any."""
        return frozenset(one.lower() for one in self.oidc_email_domains.replace(",", " ").split())

    @property
    def oidc_label(self) -> str:
        """The provider's name on pages; "" where nobody signs in through one."""
        return self.oidc_name if self.oidc_issuer else ""

    @property
    def oidc_role_of(self) -> dict[str, str]:
        """Value of the claim to role."""
        return _role_map(self.oidc_roles)

    @property
    def database(self) -> str:
        """The database's address, the default filled in."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir.resolve() / 'campus.sqlite'}"

    @property
    def address(self) -> str:
        """Where people reach the service, without a slash at its end: for links in messages."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def evidence_dir(self) -> Path:
        """Folder of files by the hash of their content: pictures of problems, photos of requests, works' documents."""
        return self.data_dir / "evidence"


def _role_map(given: str) -> dict[str, str]:
    if not given:
        return {}
    try:
        found = json.loads(given)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(role, str) for role in found.values()):
        raise ValueError('must be a JSON object such as {"campus-leads": "accessibility"}')
    return found


def _read_secret(file: str, name: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", place=f"{PREFIX}{name.upper()}_FILE ({file})") from None


@lru_cache
def settings() -> Settings:
    """The settings of this process. Raises `InvalidInput`, naming the variable, for a value that cannot be."""
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]  # its input stays unsaid: it could be a secret
        raise InvalidInput(fault["msg"], place=f"{PREFIX}{fault['loc'][0]}".upper()) from None
