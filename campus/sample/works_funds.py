"""What is published of the sample campus, through the code that loads any facts file, and invented entries of funds."""

from datetime import date
from importlib.resources import files

from sqlalchemy.orm import Session

from campus.funds import actions, facts, queries
from campus.funds.actions import WantedEntry
from campus.funds.facts import Facts
from campus.funds.rules import Kind
from campus.published import load_facts
from core.i18n import today

FILE = "published.toml"  # its head names the source
INVENTED = (  # fund, kind, day, euros, what: nothing is published of what was really received and paid
    ("innovation-fund", Kind.OPENING, date(2023, 12, 31), 592_400, "Sample balance"),
    ("innovation-fund", Kind.RECEIPT, date(2024, 6, 28), 180_000, "Sample allocation of 2024"),
    ("innovation-fund", Kind.PAYMENT, date(2024, 10, 14), 61_250, "Sample learning laboratory"),
    ("innovation-fund", Kind.RECEIPT, date(2025, 6, 30), 200_000, "Sample allocation of 2025"),
    ("innovation-fund", Kind.PAYMENT, date(2025, 11, 3), 118_900, "Sample simulation software"),
    ("innovation-fund", Kind.COMMITMENT, date(2026, 3, 2), 36_000, "Sample order of headsets"),
    ("information-technology-development-fund", Kind.OPENING, date(2023, 12, 31), 329_150, "Sample balance"),
    ("information-technology-development-fund", Kind.RECEIPT, date(2024, 3, 29), 300_000, "Sample allocation"),
    ("information-technology-development-fund", Kind.PAYMENT, date(2024, 12, 9), 274_300, "Sample network"),
    ("information-technology-development-fund", Kind.PAYMENT, date(2025, 9, 22), 231_700, "Sample migration"),
    ("fellowship-fund", Kind.RECEIPT, date(2024, 5, 15), 615_000, "Sample contributions of 2024"),
    ("fellowship-fund", Kind.PAYMENT, date(2024, 12, 16), 588_000, "Sample fellowships of 2024"),
    ("fellowship-fund", Kind.RECEIPT, date(2025, 5, 14), 570_000, "Sample contributions of 2025"),
    ("fellowship-fund", Kind.PAYMENT, date(2025, 12, 15), 604_500, "Sample fellowships of 2025"),
)


def write_funds(session: Session, actor: str) -> int:
    """Load what is published, and enter what is invented up to today; how many funds there are then.

    The works must be there: their funding is published too.
    """
    load_facts(session, _content(), FILE, actor)
    for slug, kind, day, euros, what in INVENTED:
        if day <= today():
            entry = WantedEntry(kind=kind, day=day, cents=euros * 100, what=what)
            actions.add_entry(session, queries.fund(session, slug), entry, actor)
    return len(queries.funds(session))


def published() -> Facts:
    """The published figures."""
    return facts.read(_content())


def _content() -> bytes:
    return files("campus.sample").joinpath(FILE).read_bytes()
