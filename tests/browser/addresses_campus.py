"""Every page of the campus's books, with the addresses that show its states."""

PICTURES = {"/rooms/year.svg"}
FILES: set[str] = set()
ADDRESSES: dict[str, list[str]] = {
    "/rooms": ["/rooms", "/rooms?year=2026&cut=segment", "/rooms?year=2030"],
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
}
