"""The money of the works, in the board report: where it comes from, and what is earned for it."""

from sqlalchemy.orm import Session

from api import money_told
from api.board_report.amounts import whole
from api.board_report.parts import Block, Section, Table, Text
from api.pages.works.funding import said_of
from campus.amounts import whole_euros
from campus.capacity.report import Moment
from campus.money import queries
from campus.money.performance import Performance, performance
from campus.money.queries import Sums
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.i18n import gettext as _

Package = tuple[WorksPackage, Performance]


def money(session: Session, moment: Moment) -> Section | None:
    """What each source pledged, paid in and what is paid of it; earned value of each package."""
    sums = queries.standing(session, moment.at)
    known = {key: one for key, one in sums.items() if one != Sums()}
    packages = performances(session, moment)
    if not known and not packages:
        return None
    blocks: list[Block] = [Text(said_of(sum(known.values(), Sums()), len(known)), lead=True)]
    if known:
        names = {one.id: one.name for one in queries.sources(session)}
        blocks.append(_sources({names[key]: one for key, one in known.items()}))
    if packages:
        blocks += [_earned(packages), Text(_legend())]
        blocks += [Text(_("%(works)s: %(said)s", works=one.name, said=told(found))) for one, found in packages]
    return Section("money", _("Money of the works"), tuple(blocks), "/works/funding")


def performances(session: Session, moment: Moment) -> list[Package]:
    """The packages that had an approved budget by then, with their figures on the day."""
    found = [(one, performance(session, one.id, moment.on)) for one in works.packages(session)]
    return [(one, figures) for one, figures in found if figures.budget]


def told(found: Performance) -> str:
    """How the works stand in time and money, what they will come to, and what figures cannot say."""
    said = [money_told.said(found)]
    value = found.value
    if value.eac is not None and value.vac is not None and value.ac and value.ev < value.bac:
        said.append(_come_to(value.eac, value.vac))
    return " ".join([*said, *money_told.notes(found)])


def _come_to(eac: int, vac: int) -> str:
    values = {"eac": whole_euros(eac), "difference": whole_euros(abs(vac))}
    if vac < 0:
        return _("At this rate the works will cost %(eac)s, %(difference)s more than budgeted.", **values)
    if vac:
        return _("At this rate the works will cost %(eac)s, %(difference)s less than budgeted.", **values)
    return _("At this rate the works will cost %(eac)s, as budgeted.", **values)


def _sources(found: dict[str, Sums]) -> Table:
    columns = (_("Source"), _("Pledged"), _("Received"), _("Allocated"), _("Committed"), _("Paid"), _("Free"))
    rows = [_source(name, one) for name, one in found.items()]
    if len(found) > 1:
        rows.append(_source(_("Together"), sum(found.values(), Sums())))
    return Table(_("Sources and what became of their money"), columns, tuple(rows), numbers=(1, 2, 3, 4, 5, 6))


def _source(name: str, one: Sums) -> tuple[str, ...]:
    return (name, *map(whole, (one.pledged, one.received, one.allocated, one.committed, one.paid, one.free)))


def _earned(packages: list[Package]) -> Table:
    columns = (_("Works"), _("Budget"), _("Planned"), _("Earned"), _("Paid"), "CPI", "SPI", "SPI(t)", "EAC")
    rows = []
    for package, found in packages:
        value = found.value
        amounts = map(whole, (value.bac, value.pv, value.ev, value.ac))
        ratios = map(money_told.ratio, (value.cpi, value.spi, found.time_index))
        rows.append((package.name, *amounts, *ratios, whole(value.eac)))
    return Table(_("Earned value of the works"), columns, tuple(rows), numbers=tuple(range(1, 9)))


def _legend() -> str:
    return _(
        "CPI: earned for each euro paid. SPI: earned of what was planned by the day. SPI(t): the same in time, which "
        "still shows a delay at the end. Below 1 is dearer or later than planned. EAC: what the works will cost at the "
        "rate so far."
    )
