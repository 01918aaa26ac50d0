"""Every page of the campus's books, with the addresses that show its states."""

PICTURES = {"/rooms/year.svg"}
FILES: set[str] = set()
ADDRESSES: dict[str, list[str]] = {
    "/rooms": ["/rooms", "/rooms?year=2026&cut=segment", "/rooms?year=2030"],
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
}
