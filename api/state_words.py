"""How the state of the service is said on its page."""

from dataclasses import dataclass

from api.accessibility_words import Shown, Text
from core.cautions import Caution
from core.i18n import lazy

ALIVE, LOST = Shown("good", lazy("Alive")), Shown("bad", lazy("Lost"))
QUEUES = {
    "audits": (lazy("Audits"), "/accessibility/platforms"),
    "gates": (lazy("Gates"), "/accessibility/platforms"),
    "messages": (lazy("Mails and webhook calls"), "/settings/alerts?state=waiting"),
}
NIGHTS = {
    "failed": lazy("The night failed"),
    "login broke": lazy("Nobody could log in"),
    "site out of order": lazy("The site was out of order"),
}
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Advice:
    """A caution: what is so, and what to do."""

    name: Text
    what_to_do: Text


CAUTIONS = {
    Caution.NO_WORKER: Advice(
        lazy("No worker is alive"),
        lazy("No audit runs and no mail is sent. Start “campus worker”, or look into its log to see why it ended."),
    ),
    Caution.LITTLE_SPACE: Advice(
        lazy("The data folder is almost full"),
        lazy("Make room on its disk, or shorten CAMPUS_EVIDENCE_DAYS: without space nothing can be written."),
    ),
    Caution.NO_BROWSER: Advice(
        lazy("A worker has no browser"),
        lazy("Its audits fail. Install Chromium or Chrome there, or name it in CAMPUS_BROWSER."),
    ),
    Caution.NO_SANDBOX: Advice(
        lazy("A worker's browser runs without its sandbox"),
        lazy(
            "Only the machine or container around it shuts audited pages up. Run the worker as a user that is not "
            "root, and set CAMPUS_BROWSER_SANDBOX to auto."
        ),
    ),
    Caution.NO_ADDRESS: Advice(
        lazy("The service does not know its own address"),
        lazy("Links in mails lead to this machine only. Set CAMPUS_PUBLIC_URL to the address that people use."),
    ),
    Caution.NOT_HTTPS: Advice(
        lazy("People reach the service without encryption"),
        lazy("Passwords can be read on the way. Put a proxy with TLS in front, and set CAMPUS_PUBLIC_URL to https."),
    ),
    Caution.NO_MAIL: Advice(
        lazy("No mail server is set up"),
        lazy("Nobody is told of a failed night by mail. Set CAMPUS_SMTP_HOST and CAMPUS_MAIL_SENDER."),
    ),
    Caution.MAIL_IN_THE_CLEAR: Advice(
        lazy("Mails go to the mail server without encryption"),
        lazy("Set CAMPUS_SMTP_SECURITY to starttls or tls, unless the server is on this very machine."),
    ),
    Caution.KEY_BESIDE_DATA: Advice(
        lazy("The key lies beside the data that it protects"),
        lazy(
            "Whoever copies the data folder can read the stored passwords of platforms. Keep the key elsewhere, in "
            "CAMPUS_SECRET_KEY or the file that CAMPUS_SECRET_KEY_FILE names."
        ),
    ),
}
