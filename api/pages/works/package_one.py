"""One package: where its milestones stand, what they wait for, and its notes and documents."""

from datetime import date, datetime
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors
from api import works_words as words
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.campus.asked import entries, past_day_in
from api.pages.works.packages import LIST
from api.rendering import render
from api.routing import paths
from campus.known import end_of
from campus.renovation import files, overview, papers, queries
from campus.renovation.models import WorksPackage
from campus.renovation.overview import Line
from campus.renovation.queries import Plan
from core.errors import InvalidInput, NotFound
from core.i18n import format_list, ngettext, today
from core.i18n import gettext as _
from core.people.models import Person
from core.settings import settings

router = page_router()
PACKAGES = "/works/packages"
ONE = f"{PACKAGES}/{{slug}}"
REPORTS, REPORT = (f"{ONE}/milestones/{{key}}/{name}" for name in ("reports", "report"))
"""Pages of the same package that others keep: each is offered where it exists."""


@router.get(ONE)
def one_package(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """The page of a package, as known now or at the end of a past day."""
    package = queries.package(session, slug)
    asked = Entered()
    try:
        as_of = past_day_in(request.query_params)
    except InvalidInput as error:
        as_of, asked = None, Entered(start=dict(request.query_params))
        asked.errors[error.place] = error.message
    return package_page(request, session, person, package, as_of=as_of, asked=asked)


def address_of(package: WorksPackage) -> str:
    """Where the package's page is."""
    return ONE.format(slug=package.slug)


def crumbs(package: WorksPackage | None = None) -> list[tuple[str, str]]:
    """The pages above one of a package."""
    return [(_("Works packages"), LIST), *([(package.name, address_of(package))] if package else [])]


def owner_options(session: Session, present: int | None = None) -> list[tuple[str, str]]:
    """Who can own a package or a milestone, and who does."""
    people = {one.id: one.name for one in queries.owners(session)}
    if present and present not in people:
        people[present] = queries.owner_names(session).get(present, "")
    return [("", _("Nobody")), *((str(one), name) for one, name in people.items())]


def package_page(
    request: Request,
    session: Session,
    person: Person,
    package: WorksPackage,
    *,
    entered: Entered | None = None,
    as_of: date | None = None,
    asked: Entered | None = None,
) -> Response:
    """The page; `entered` is what stands in one of its forms when that was wrong."""
    at = end_of(as_of) if as_of else None
    plan = queries.plan(session, at)
    line = next((one for one in overview.lines(session, plan, as_of or today(), at) if one.package is package), None)
    if line is None:
        raise NotFound(_("These works were not known on that day."))
    asked = asked if asked is not None and asked.errors else Entered(start=entries("as_of", as_of))
    keeper = keeps(person) and as_of is None
    documents = papers.documents(session, package.id)
    return render(
        request,
        "works/package.html",
        package=package,
        line=line,
        plan=plan,
        address=address_of(package),
        has_reports=REPORTS in (there := paths(request.app)),
        takes_reports=keeper and REPORT in there,
        said=_said(line, plan),
        slip=words.slip(line.slip),
        milestones=_milestones(session, package, plan, as_of or today()),
        links=_links(session, package, plan, at),
        dropped=queries.dropped(session, package.id, at),
        notes=[one for one in papers.notes(session, package.id) if at is None or one.added_at <= at],
        documents=[one for one in documents if at is None or one.added_at <= at],
        at=at,
        removable=keeper and not (plan.of(package.id) or documents),
        names=actors.names(session),
        keeper=keeper,
        as_of=as_of,
        asked=asked,
        options=_options(session, package, plan) if keeper else {},
        entered=entered or asked,
        forms=_forms(request, entered),
        accept=files.ACCEPT,
        most_mb=settings().document_mb,
        words=words,
        status=422 if asked.errors else 200,
    )


def _said(line: Line, plan: Plan) -> str:
    if line.finish is None:
        return _("There are no milestones yet: add the first one.")
    if line.overdue:
        return ngettext(
            "One milestone has passed its day without a report: %(names)s.",
            "%(n)s milestones have passed their day without a report: %(names)s.",
            len(line.overdue),
            names=format_list(plan.milestones[key].name for key in line.overdue),
        )
    if line.next is None:
        return _("These works have ended.")
    name = plan.milestones[line.next].name
    if (line.slip or 0) > 0:
        return _("They will end %(slip)s; next is “%(name)s”.", slip=words.slip(line.slip), name=name)
    return _("Next is “%(name)s”.", name=name)


def _milestones(session: Session, package: WorksPackage, plan: Plan, on: date) -> list[dict[str, Any]]:
    names, states = queries.owner_names(session), overview.states(plan, package.id, on)
    waits = {key: [one.before for one in plan.dependencies if one.after == key] for key in states}
    return [
        {
            "key": key,
            "version": plan.milestones[key],
            "span": plan.placed[key].span,
            "tag": words.STATES[state],
            "waits": format_list(_name(plan, package, one) for one in waits[key]),
            "pushed": _name(plan, package, driver) if (driver := plan.placed[key].driver) is not None else "",
            "owner": names.get(plan.milestones[key].owner_id or 0, ""),
        }
        for key, state in states.items()
    ]


def _links(session: Session, package: WorksPackage, plan: Plan, at: datetime | None) -> list[dict[str, Any]]:
    return [
        {
            "link": one,
            "after": plan.milestones[one.after_id].name,
            "before": _name(plan, package, one.before_id),
            "kind": words.KINDS[one.kind],
            "lag": words.lag(one.lag),
        }
        for one in queries.links(session, package.id, at)
    ]


def _name(plan: Plan, package: WorksPackage, key: int) -> str:
    """The name of a milestone; of other works with a mark, as it may be called like one of these."""
    name = plan.milestones[key].name
    return name if plan.package_of[key] == package.id else _("%(name)s (other works)", name=name)


def _options(session: Session, package: WorksPackage, plan: Plan) -> dict[str, list[tuple[str, str]]]:
    packages = {one.id: one.name for one in queries.packages(session)}
    own = [(str(key), plan.milestones[key].name) for key in plan.of(package.id)]
    others = [
        (str(key), f"{packages[plan.package_of[key]]}: {version.name}")
        for key, version in plan.milestones.items()
        if plan.package_of[key] != package.id
    ]
    choose = ("", _("Choose one"))
    return {
        "after": [choose, *own],
        "before": [choose, *own, *others],
        "kinds": [(name, str(text)) for name, text in words.KINDS.items()],
    }


def _forms(request: Request, wrong: Entered | None) -> dict[str, Entered]:
    """What stands in each form of the page, by the last part of its address; one of them was perhaps wrong."""
    forms = {"dependencies": Entered(start={"lag": "0"}), "notes": Entered(), "documents": Entered()}
    return forms | ({request.url.path.rpartition("/")[2]: wrong} if wrong else {})
