"""Earlier surveys in the small campus of the tests: one that was imported, one that waits with strange answers."""

from datetime import timedelta

from sqlalchemy.orm import Session

from campus.feedback.quarters import quarter_of
from campus.feedback.questionnaires import queries as questionnaires
from campus.surveys import actions, queries
from campus.surveys.mapping import Choices
from campus.surveys.models import SurveyImport
from campus.surveys.plan import make_plan
from campus.tables.sheets import read_sheet
from core.i18n import today
from tests.campus.books import TEST

LONG_AGO = (quarter_of(today()).plus(-12).first + timedelta(days=10)).isoformat()


def lines(*rows: str) -> bytes:
    """A file of these rows."""
    heading = "Date;Language;Pavilion;How comfortable was your room?;food;recommend;What should we improve?"
    return "\r\n".join((heading, *rows)).encode()


FINE = lines(*(f"{LONG_AGO};en;sample-north;{1 + n % 5};4;{n % 11};Sample remark {n}" for n in range(12)))
STRANGE = lines(
    f"{LONG_AGO};fr;Sample North;Very good;5;9;", f"{LONG_AGO};fr;Nowhere;4;5;9;", f"{LONG_AGO};en;;Good;3;12;"
)


def add_surveys(session: Session) -> None:
    """Two files."""
    done = uploaded(session, FINE, "sample-2023.csv")
    carry_out(session, done)
    uploaded(session, STRANGE, "sample-strange.csv")


def uploaded(session: Session, content: bytes, name: str = "sample.csv", slug: str = "sample-stay") -> SurveyImport:
    """A file that waits."""
    version = questionnaires.published(session, questionnaires.questionnaire(session, slug).id)
    assert version is not None
    return actions.upload(session, version, (name, read_sheet(content, name)), content, TEST)


def carry_out(session: Session, found: SurveyImport, *, only_fine: bool = False, **chosen: object) -> int:
    """Bring it in as it stands; how many responses."""
    content, sheet = queries.content_of(session, found), queries.sheet_of(found)
    if chosen:
        actions.choose(found, Choices(**{**found.choices, **chosen}))
    plan = make_plan(session, found.version_id, content, sheet, queries.choices_of(found))
    done = actions.carry_out(session, found, content, sheet, digest=plan.digest, only_fine=only_fine, actor=TEST)
    return len(done.rows)
