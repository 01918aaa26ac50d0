"""Every page of the campus's books, with the addresses that show its states."""

from tests.campus.sample_requests import FORM, REQUEST_PLANNED, SENT

PUBLIC = {FORM, SENT}
PICTURES = {"/rooms/year.svg", "/rooms/requests/{number}/photo.jpg"}
FILES: set[str] = set()
ADDRESSES: dict[str, list[str]] = {
    "/rooms": ["/rooms", "/rooms?year=2026&cut=segment", "/rooms?year=2030"],
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
}
