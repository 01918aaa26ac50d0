"""Every page of the campus's books, with the addresses that show its states."""

from datetime import timedelta

from core.i18n import today
from tests.browser import (
    addresses_closures,
    addresses_costs,
    addresses_energy,
    addresses_feedback,
    addresses_funds,
    addresses_money,
    addresses_plans,
    addresses_results,
    addresses_works,
)
from tests.campus.sample_counts import closed_month, open_month
from tests.campus.sample_requests import FORM, REQUEST_PLANNED, SENT

LAST, DIFFERS, CLOSED = (today() - timedelta(days=1), today() - timedelta(days=2), closed_month())
_FORECAST = "/rooms/forecast"

PUBLIC = {FORM, SENT}
PICTURES = {
    *("/rooms/year.svg", "/rooms/capacity/bridge.svg", "/rooms/capacity/occupancy.svg"),
    *(f"{_FORECAST}/{name}.svg" for name in ("weeks", "year", "pick-up", "pace", "groups")),
    *("/rooms/counts.svg", "/rooms/requests/{number}/photo.jpg"),
}
FILES: set[str] = {
    *("/rooms/capacity.csv", "/calendars/{key}.ics"),
    *(f"{_FORECAST}/{name}.csv" for name in ("weeks", "pick-up", "pace", "groups")),
    *("/rooms/tables/export", "/rooms/tables/empty"),
    *("/rooms/tables/{import_id}/original", "/rooms/tables/{import_id}/refused"),
}
ADDRESSES: dict[str, list[str]] = {
    "/rooms": [
        "/rooms",
        "/rooms?year=2026&cut=segment",
        "/rooms?year=2030",
        "/rooms?year=2024&as_of=2025-01-31",
    ],
    "/rooms/capacity": [
        "/rooms/capacity",
        "/rooms/capacity?first=2026-01-01&last=2026-01-31&cut=room+type&pavilion=sample-north",
        "/rooms/capacity?cut=party&segment=courses",
        "/rooms/capacity?first=1970-01-01&last=1970-12-31",
    ],
    "/rooms/prints": ["/rooms/prints"],
    "/rooms/prints/{print_id}": ["/rooms/prints/1", "/rooms/prints/2"],
    "/rooms/targets": ["/rooms/targets", "/rooms/targets?year=2025"],
    "/rooms/chart": [
        "/rooms/chart",
        "/rooms/chart?pavilion=all&weeks=4",
        "/rooms/chart?type=double&start=2019-01-01",
        "/rooms/chart?room=1",
    ],
    "/rooms/claims": ["/rooms/claims", "/rooms/claims?kind=stay&guest=Sample", "/rooms/claims?number=999999"],
    "/rooms/claims/{number}": ["/rooms/claims/1", "/rooms/claims/5", "/rooms/claims/11", "/rooms/claims/12"],
    "/rooms/claims/new": [
        "/rooms/claims/new",
        "/rooms/claims/new?room=1&first=2027-03-01",
        "/rooms/claims/new?kind=out+of+order&room=1&first=2027-03-01&until=2027-03-05",
        "/rooms/claims/new?room=4&first=2026-01-02&until=2026-01-01",
    ],
    "/rooms/claims/{number}/nights": ["/rooms/claims/1/nights"],
    "/rooms/claims/{number}/move": ["/rooms/claims/1/move"],
    "/rooms/claims/{number}/swap": ["/rooms/claims/1/swap", "/rooms/claims/2/swap"],
    "/rooms/claims/{number}/details": ["/rooms/claims/1/details", "/rooms/claims/5/details"],
    "/rooms/claims/{number}/cancel": ["/rooms/claims/9/cancel"],
    "/rooms/claims/{number}/no-show": ["/rooms/claims/1/no-show"],
    "/rooms/blocks": [
        "/rooms/blocks",
        "/rooms/blocks?state=all&sort=-cut-off",
        "/rooms/blocks?state=over",
    ],
    "/rooms/blocks/add": ["/rooms/blocks/add"],
    "/rooms/blocks/{number}": [f"/rooms/blocks/{number}" for number in (1, 2, 3, 4)],
    "/rooms/blocks/{number}/edit": ["/rooms/blocks/1/edit", "/rooms/blocks/3/edit"],
    "/rooms/blocks/{number}/cancel": ["/rooms/blocks/1/cancel"],
    "/rooms/blocks/{number}/pick": ["/rooms/blocks/1/pick", "/rooms/blocks/2/pick"],
    "/rooms/blocks/{number}/stays/{claim}/drop": ["/rooms/blocks/1/stays/9/drop"],
    "/rooms/blocks/{number}/check": ["/rooms/blocks/1/check", "/rooms/blocks/2/check"],
    "/rooms/blocks/calendars": ["/rooms/blocks/calendars"],
    "/rooms/blocks/calendars/{feed_id}/end": ["/rooms/blocks/calendars/1/end"],
    "/today": ["/today"],
    "/rooms/counts": [
        f"/rooms/counts?month={DIFFERS:%Y-%m}",
        f"/rooms/counts?month={CLOSED:%Y-%m}",
        f"/rooms/counts?month={CLOSED:%Y-%m}&as_of={CLOSED}",
        "/rooms/counts?month=1970-01",
    ],
    "/rooms/counts/months": ["/rooms/counts/months"],
    "/rooms/counts/months/{month}": [f"/rooms/counts/months/{CLOSED:%Y-%m}"],
    "/rooms/counts/months/{month}/close": [
        f"/rooms/counts/months/{open_month():%Y-%m}/close",
        f"/rooms/counts/months/{today():%Y-%m}/close",
    ],
    "/rooms/counts/{night}": [f"/rooms/counts/{LAST}", f"/rooms/counts/{DIFFERS}", f"/rooms/counts/{CLOSED}"],
    _FORECAST: [_FORECAST, f"{_FORECAST}?segment=courses", f"{_FORECAST}?segment=conferences"],
    f"{_FORECAST}/pick-up": [f"{_FORECAST}/pick-up", f"{_FORECAST}/pick-up?segment=courses"],
    f"{_FORECAST}/pace": [f"{_FORECAST}/pace", f"{_FORECAST}/pace?segment=courses"],
    f"{_FORECAST}/groups": [f"{_FORECAST}/groups", f"{_FORECAST}/groups?segment=courses"],
    "/rooms/requests": [
        "/rooms/requests",
        "/rooms/requests?group=all&sort=-priority",
        "/rooms/requests?state=refused&kind=cleaning",
        "/rooms/requests?overdue=1",
    ],
    "/rooms/requests/new": ["/rooms/requests/new"],
    "/rooms/requests/planned": ["/rooms/requests/planned"],
    "/rooms/requests/planned/add": ["/rooms/requests/planned/add"],
    "/rooms/requests/planned/{plan_id}": ["/rooms/requests/planned/1"],
    "/rooms/requests/codes": ["/rooms/requests/codes"],
    "/rooms/requests/codes/{slug}": ["/rooms/requests/codes/sample-north"],
    "/rooms/requests/codes/{room_id}/renew": ["/rooms/requests/codes/1/renew"],
    "/rooms/requests/{number}": [f"/rooms/requests/{number}" for number in range(1, REQUEST_PLANNED + 1)],
    "/rooms/requests/{number}/erase": ["/rooms/requests/1/erase"],
    "/report/{key}": [FORM],
    "/report/{key}/sent": [SENT],
    "/rooms/places": ["/rooms/places"],
    "/rooms/places/add-pavilion": ["/rooms/places/add-pavilion"],
    "/rooms/places/pavilions/{slug}": ["/rooms/places/pavilions/sample-north", "/rooms/places/pavilions/sample-annex"],
    "/rooms/places/pavilions/{slug}/edit": ["/rooms/places/pavilions/sample-north/edit"],
    "/rooms/places/pavilions/{slug}/delete": ["/rooms/places/pavilions/sample-annex/delete"],
    "/rooms/places/pavilions/{slug}/add-rooms": ["/rooms/places/pavilions/sample-north/add-rooms"],
    "/rooms/places/rooms/{room_id}": [f"/rooms/places/rooms/{number}" for number in (1, 8, 9)],
    "/rooms/places/rooms/{room_id}/change": ["/rooms/places/rooms/1/change"],
    "/rooms/places/rooms/{room_id}/number": ["/rooms/places/rooms/1/number"],
    "/rooms/places/rooms/{room_id}/take-away": ["/rooms/places/rooms/8/take-away"],
    "/rooms/places/lists/{kind}": [f"/rooms/places/lists/{kind}" for kind in ("types", "parties", "segments")],
    "/rooms/places/lists/{kind}/add": [f"/rooms/places/lists/{kind}/add" for kind in ("parties", "segments")],
    "/rooms/places/lists/{kind}/{slug}/edit": ["/rooms/places/lists/segments/courses/edit"],
    "/rooms/places/lists/{kind}/{slug}/delete": ["/rooms/places/lists/types/double/delete"],
    "/rooms/places/spaces": ["/rooms/places/spaces", "/rooms/places/spaces?kind=office&free=1&pavilion=none"],
    "/rooms/places/spaces/add": ["/rooms/places/spaces/add?pavilion=sample-annex"],
    "/rooms/places/spaces/{space_id}": [f"/rooms/places/spaces/{number}" for number in (1, 3)],
    "/rooms/places/spaces/{space_id}/edit": ["/rooms/places/spaces/1/edit"],
    "/rooms/places/spaces/{space_id}/occupant": ["/rooms/places/spaces/1/occupant"],
    "/rooms/places/spaces/{space_id}/delete": ["/rooms/places/spaces/2/delete"],
    "/rooms/places/events": [
        "/rooms/places/events",
        "/rooms/places/events?text=nothing",
    ],
    "/rooms/places/add-event": ["/rooms/places/add-event"],
    "/rooms/places/events/{slug}": ["/rooms/places/events/sample-conference"],
    "/rooms/places/events/{slug}/edit": ["/rooms/places/events/sample-conference/edit"],
    "/rooms/places/events/{slug}/delete": ["/rooms/places/events/sample-conference/delete"],
    "/rooms/tables": ["/rooms/tables", "/rooms/tables?page=2"],
    "/rooms/tables/{import_id}": ["/rooms/tables/1", "/rooms/tables/2"],
    "/rooms/tables/{import_id}/columns": ["/rooms/tables/3/columns", "/rooms/tables/4/columns"],
    "/rooms/tables/{import_id}/preview": ["/rooms/tables/3/preview", "/rooms/tables/4/preview"],
    "/rooms/tables/{import_id}/progress": ["/rooms/tables/1/progress", "/rooms/tables/3/progress"],
    "/rooms/tables/{import_id}/undo": ["/rooms/tables/1/undo"],
    "/rooms/tables/{import_id}/discard": ["/rooms/tables/3/discard"],
}

PARTS = (
    addresses_closures,
    addresses_costs,
    addresses_energy,
    addresses_feedback,
    addresses_funds,
    addresses_money,
    addresses_plans,
    addresses_results,
    addresses_works,
)
for part in PARTS:
    PICTURES |= part.PICTURES
    FILES |= part.FILES
    ADDRESSES |= part.ADDRESSES
PUBLIC |= addresses_feedback.PUBLIC
