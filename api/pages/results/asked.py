"""As of which day a page of the results is asked: now, or as it was known on a past day."""

from fastapi import Request

from api.pages.campus.asked import past_day_in
from campus.capacity.report import Moment
from core.i18n import format_date
from core.i18n import gettext as _


def moment_of(request: Request) -> Moment:
    """The moment of an address. Raises `InvalidInput` naming the field."""
    return Moment.evening(past_day_in(request.query_params))


def query_of(moment: Moment) -> str:
    """The parameters by which other pages of the results tell of the same moment."""
    return "" if moment.at is None else f"?as_of={moment.on.isoformat()}"


def known_said(moment: Moment) -> str:
    """When that was, for titles."""
    return _("As known on %(day)s", day=format_date(moment.on, "long"))
