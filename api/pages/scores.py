"""Scores of every platform over time, as charts with their tables."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from accessibility.ledger.audits import queries as audits
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.platforms import recipes
from api import charts
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.access import Reader, keeps, visible
from api.pages.score_series import KINDS, chart, shown_series
from api.rendering import render
from core.errors import NotFound
from core.i18n import gettext as _

router = page_router()
LIST = "/accessibility/scores"
PERIODS = (30, 90, 365)
Nights = Annotated[int, Query(ge=1, le=max(PERIODS))]


@router.get(LIST)
def scores(
    request: Request, person: Reader, session: Reading, platform: str = "", nights: Nights = PERIODS[0]
) -> Response:
    """The score of every platform, or the charts of one."""
    everything = platforms.platforms(session, visible(person))
    wanted = [one for one in everything if platform in ("", one.slug)]
    if platform and not wanted:
        raise NotFound(_("There is no such platform."))
    return render(
        request,
        "accessibility/scores.html",
        shown=[(one, shown_series(audits.series(session, one.id, nights))) for one in wanted],
        filters=Entered(start={"platform": platform, "nights": str(nights)}),
        platforms=[("", _("All")), *((one.slug, one.name) for one in everything)],
        periods=[(n, _("the last %(n)s audits", n=n)) for n in PERIODS],
        nights=nights,
        kinds=KINDS if platform else KINDS[:1],
        one=bool(platform),
        keeps=keeps(person),
    )


@router.get("/accessibility/platforms/{slug}/{kind}.svg")
def picture(
    slug: str, kind: str, _person: Reader, session: Reading, nights: Nights = PERIODS[0], narrow: bool = False
) -> Response:
    """One chart. Nothing in it is a link or a script, and it is only ever shown as a picture."""
    if kind not in KINDS:
        raise NotFound(_("There is no such chart."))
    platform = platforms.get(session, slug)
    floor = recipes.settings_without_secrets(platform).coverage_floor
    points = audits.series(session, platform.id, nights)
    return Response(charts.svg(chart(points, kind, floor), narrow=narrow), media_type="image/svg+xml")
