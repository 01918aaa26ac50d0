"""Benchmarks: figures of others, or targets, that our own are compared with; each with its source."""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import figure_words as words
from api.dependencies import Id, Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.asked import entries
from api.pages.feedback.access import FeedbackKeeper, FeedbackReader, looks_after
from api.rendering import redirect, render
from campus.feedback.figures import actions, queries
from campus.feedback.figures.actions import WantedBenchmark
from campus.feedback.figures.models import Benchmark
from campus.feedback.figures.names import Names, names
from campus.feedback.questionnaires.content import Kind
from core.errors import Conflict, InvalidInput
from core.i18n import format_date, format_entry, lazy, ngettext, today
from core.i18n import gettext as _

router = page_router()
PAGE = "/feedback/benchmarks"
ONE = f"{PAGE}/{{benchmark_id}}"


class BenchmarkForm(BaseModel):
    """What stands in the form."""

    measure: str
    name: str
    value: str
    source: str
    first: date
    until: date | None = None

    errors: ClassVar = {
        "measure": lazy("Choose what it is compared with."),
        "name": lazy("Enter a name, such as “Sector 2026”."),
        "value": lazy("Enter its value."),
        "source": lazy("Enter where the figure comes from."),
    }
    labels: ClassVar = {
        "measure": lazy("The question"),
        "name": lazy("The name"),
        "value": lazy("The value"),
        "source": lazy("The source"),
        "first": lazy("The first day"),
        "until": lazy("The last day"),
    }


@router.get(PAGE)
def list_benchmarks(request: Request, person: FeedbackReader, session: Reading) -> Response:
    """All of them, those that count today first."""
    found = queries.benchmarks(session)
    counting = [one for one in found if one.first <= today() and (one.until is None or one.until >= today())]
    return render(
        request,
        "feedback/benchmarks.html",
        counting=counting,
        others=[one for one in found if one not in counting],
        said=ngettext("%(n)s benchmark counts today.", "%(n)s benchmarks count today.", len(counting)),
        measures=bool(queries.measures(session)),
        kinds={measure: kind for measure, kind, _area in queries.measures(session)},
        names=names(session),
        keeper=looks_after(person),
        words=words,
    )


@router.get(f"{PAGE}/add")
def new_benchmark(request: Request, _person: FeedbackKeeper, session: Reading) -> Response:
    """An empty form that starts today."""
    return _page(request, session, Entered(start=entries("first", today())))


@router.post(f"{PAGE}/add")
def add_benchmark(request: Request, person: FeedbackKeeper, session: Writing, posted: Posted) -> Response:
    """Add it."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered)):
        wanted = _wanted(session, entered.check(BenchmarkForm))
        actions.add_benchmark(session, wanted, actor(person))
    return redirect(request, PAGE, Flash(_("%(name)s is added.", name=wanted.name)))


@router.get(f"{ONE}/edit")
def edit_benchmark(request: Request, benchmark_id: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """The benchmark as it is."""
    row = queries.benchmark(session, benchmark_id)
    return _page(request, session, Entered(start=_start(session, row)), row)


@router.post(f"{ONE}/edit")
def change_benchmark(
    request: Request, benchmark_id: Id, person: FeedbackKeeper, session: Writing, posted: Posted
) -> Response:
    """Correct it, if nobody changed it meanwhile."""
    row = queries.benchmark(session, benchmark_id)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, row)):
        if entered.version() != row.version:
            raise Conflict(_("Somebody changed this benchmark meanwhile: look at it again before you change it."))
        wanted = _wanted(session, entered.check(BenchmarkForm))
        actions.change_benchmark(session, row, wanted, actor(person))
    return redirect(request, PAGE, Flash(_("%(name)s is saved.", name=wanted.name)))


@router.get(f"{ONE}/end")
def ask_end(request: Request, benchmark_id: Id, _person: FeedbackKeeper, session: Reading) -> Response:
    """What will happen."""
    row = queries.benchmark(session, benchmark_id)
    return render(
        request,
        "confirm.html",
        title=_("End %(name)s?", name=row.name),
        consequences=[
            _("It counts until %(day)s; figures of later quarters are not compared with it.", day=format_date(today())),
            _("Figures of the quarters before keep it. You can give it another last day afterwards."),
        ],
        button=_("End it"),
        action=f"{PAGE}/{row.id}/end",
        back=PAGE,
    )


@router.post(f"{ONE}/end")
def end_benchmark(request: Request, benchmark_id: Id, person: FeedbackKeeper, session: Writing) -> Response:
    """Let it count until today."""
    row = queries.benchmark(session, benchmark_id)
    actions.end_benchmark(session, row, today(), actor(person))
    return redirect(request, PAGE, Flash(_("%(name)s counts until today.", name=row.name)))


def value_of(given: str, kind: str) -> float:
    """A share typed as a percentage, or a score. Raises `InvalidInput` for what is no number."""
    text = given.strip().removesuffix("%").strip().replace("−", "-").replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        raise InvalidInput(_("must be a number, such as 72.5"), place="value") from None
    least, most = (-100, 100) if kind == Kind.SCORE else (0, 100)
    if not least <= value <= most:
        raise InvalidInput(_("must be %(least)s to %(most)s", least=least, most=most), place="value")
    return value if kind == Kind.SCORE else value / 100


def _wanted(session: Session, form: BenchmarkForm) -> WantedBenchmark:
    kind = queries.kind_of(session, form.measure)
    values = form.model_dump() | {"value": value_of(form.value, kind) if kind else 0.0}  # no question: refused below
    return WantedBenchmark(**values)


def _start(session: Session, row: Benchmark) -> dict[str, str]:
    scale = 1 if queries.kind_of(session, row.measure) == Kind.SCORE else 100
    start = {name: str(getattr(row, name)) for name in ("measure", "name", "source", "version")}
    start |= {"value": format_entry(row.value * scale)} | entries("first", row.first) | entries("until", row.until)
    return start


def _page(request: Request, session: Session, entered: Entered, row: Benchmark | None = None) -> Response:
    return render(
        request,
        "feedback/benchmark_form.html",
        title=_("Change %(name)s", name=row.name) if row else _("Add a benchmark"),
        action=f"{PAGE}/{row.id}/edit" if row else f"{PAGE}/add",
        entered=entered,
        measures=_choices(session, names(session)),
    )


def _choices(session: Session, known: Names) -> list[tuple[str, str]]:
    found = [
        (measure, f"{words.area(area)}: {known.measure(measure)}") for measure, _kind, area in queries.measures(session)
    ]
    return [("", _("Choose a question")), *sorted(found, key=lambda one: one[1].casefold())]
