"""Every page of the campus's books, with the addresses that show its states."""

PICTURES = {"/rooms/year.svg"}
FILES = {"/calendars/{key}.ics"}
ADDRESSES: dict[str, list[str]] = {
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
    "/rooms": ["/rooms", "/rooms?year=2026&cut=segment", "/rooms?year=2030"],
}
