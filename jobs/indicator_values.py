"""Every month, and on demand: the values of the indicators that the service counts itself.

This is where both halves meet: the campus's books and the audits know nothing of each other. A measure that fails is
recorded as not measured, with the reason; the old value is never recorded again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from accessibility.ledger.tickets.conformity import pages_without_failure
from campus.capacity.report import Moment
from campus.results import actions, measures, queries, rules
from campus.results.actions import Reported
from campus.results.measures import Counted, Measure
from campus.results.models import IndicatorVersion
from core.database import Database
from core.i18n import LANGUAGES, SOURCE, format_list, ngettext, today, using
from core.i18n import gettext as _

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an indicator: what was counted, whether it was new, and whether the counting itself failed."""

    name: str
    unit: str
    counted: Counted
    new: bool
    failed: bool


def conformity(session: Session, _version: IndicatorVersion, _moment: Moment) -> Counted:
    """Pages without a known failure of A or AA, of all planned pages of the active platforms."""
    found = pages_without_failure(session)
    planned = sum(one.planned for one in found)
    if not planned:
        return Counted(None, _("No platform has been audited yet."))
    good = sum(one.without_failure for one in found)
    said = [
        ngettext(
            "No failure found by automated tests and reviews on %(good)s of %(n)s planned page.",
            "No failure found by automated tests and reviews on %(good)s of %(n)s planned pages.",
            planned,
            good=good,
        )
    ]
    if incomplete := [one.name for one in found if one.planned and one.incomplete]:
        said.append(_("Not all pages were audited: %(platforms)s.", platforms=format_list(incomplete)))
    if never := [one.name for one in found if not one.planned]:
        said.append(_("Never audited, and not counted: %(platforms)s.", platforms=format_list(never)))
    return Counted(good / planned, " ".join(said), planned)


MEASURES: Mapping[str, Measure] = {**measures.MEASURES, rules.CONFORMITY: conformity}


def record_values(database: Database, actor: str = "clock") -> list[Recorded]:
    """Count and record today's value of each; the same again on one day is recorded once."""
    with database.read() as session:
        wanted = [version for _number, version in queries.measured(session)]
    done = []
    for version in wanted:
        counted, notes, failed = _count(database, version)
        given = Reported(day=today(), value=counted.value, n=counted.n, note=counted.note, notes=notes)
        with database.write() as session:
            new = actions.record(session, version, given, actor)
        done.append(Recorded(version.name, version.unit, counted, new, failed))
    return done


def record_monthly(database: Database) -> dict[str, int]:
    """As a job by clock; how many were counted, and how many could not be."""
    done = record_values(database)
    missing = sum(one.counted.value is None for one in done)
    return {"recorded": len(done) - missing, "not measured": missing, "failed": sum(one.failed for one in done)}


def _count(database: Database, version: IndicatorVersion) -> tuple[Counted, dict[str, str], bool]:
    """What was counted, its note in every language, and whether that failed: whatever goes wrong becomes the reason.

    Each is counted in a transaction of its own: one that fails takes no other with it.
    """
    try:
        with database.read() as session:
            counted = MEASURES[version.measure](session, version, Moment.now())
            return counted, {SOURCE: counted.note} | _other_notes(session, version), False
    except Exception as error:
        log.exception("an indicator could not be measured", indicator=version.indicator_id, measure=version.measure)
        said = str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
        return Counted(None, _("Could not be measured: %(error)s", error=said)), {}, True


def _other_notes(session: Session, version: IndicatorVersion) -> dict[str, str]:
    notes = {}
    for language in LANGUAGES.keys() - {SOURCE}:
        with using(language):
            notes[language] = MEASURES[version.measure](session, version, Moment.now()).note
    return notes
