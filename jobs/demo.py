"""`campus serve --demo`: the demo site beside the service, known to it as a platform, and audited at once."""

import os
import socket
from importlib import import_module, util
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from accessibility.engine.audit import engines
from accessibility.engine.platform_file import read_platform_file
from accessibility.ledger.audits import actions as audits
from accessibility.ledger.audits import queue
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms import actions as platforms
from accessibility.ledger.platforms import recipes
from core.database import Database
from core.errors import Unavailable
from core.i18n import gettext as _
from core.people import passwords
from core.people import queries as people
from core.people.actions import FIRST_ADMINISTRATOR, set_password
from core.settings import PREFIX, settings
from jobs.supervisor import Child

FOLDER = Path("data/demo")
SITE = "tests.demo_site"
PORT = 8099  # the same each time, so that a second demonstration finds the pages of the first


def use_own_data() -> None:
    """Keep the demonstration away from real data, unless the settings name a place for it."""
    if not os.environ.get(f"{PREFIX}DATA_DIR"):
        os.environ[f"{PREFIX}DATA_DIR"] = str(FOLDER)
        settings.cache_clear()


def site() -> tuple[Child, str]:
    """The process of the demo site, and its address. Raises `Unavailable` where the site is not installed."""
    if util.find_spec("tests") is None or util.find_spec(f"{SITE}.serve") is None:
        raise Unavailable(_("the demo site is not part of this installation; start the service from its source folder"))
    port = _free_port()
    return Child("demo site", [f"{SITE}.serve", "--port", str(port)]), f"http://127.0.0.1:{port}"


def _free_port() -> int:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def password_again(database: Database) -> str | None:
    """A new one-time password while nobody has used the first one; None when the administrator has an own one."""
    fresh = passwords.one_time()
    hashed = passwords.hash_new(fresh, FIRST_ADMINISTRATOR)
    with database.write() as session:
        person = people.person_by_email(session, FIRST_ADMINISTRATOR)
        if person is None or not person.must_change_password:
            return None
        set_password(session, "command", person.id, hashed, one_time=True)
    return fresh


def audit_it(database: Database, base: str) -> int:
    """Load the site as a platform and put an audit into the queue; the audit's id."""
    description: Any = import_module(f"{SITE}.description")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "platform.toml"
        file.write_text(description.platform_toml(base), encoding="utf-8")
        asked = read_platform_file(file, description.LOGIN)
    with database.write() as session:
        platform = platforms.save(session, asked, "command", admin=True)
        unfinished = queue.unfinished_of(session, platform.id)
        audit = unfinished or audits.request_audit(
            session, platform.id, audits.BY_HAND, None, recipes.as_recorded(platform), engines(), actor="command"
        )
        return audit.id


def result(database: Database, audit_id: int) -> str:
    """How the audit ended, in one line; "" while it has not."""
    with database.read() as session:
        audit = session.get_one(Audit, audit_id)
    if audit.ended_at is None:
        return ""
    if audit.state != "done":
        return _("The audit of the demo site %(state)s: %(error)s", state=audit.state, error=audit.error)
    return _(
        "The audit of the demo site is done: %(audited)s of %(planned)s rows audited, %(new)s new problems, "
        "%(review)s to review, %(score)s.",
        audited=audit.audited,
        planned=audit.planned,
        new=audit.new,
        review=audit.review,
        score=_("no score") if audit.score is None else _("score %(score)s", score=round(audit.score)),
    )
