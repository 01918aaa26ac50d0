"""Every page of the campus's books, with the addresses that show its states."""

PICTURES = {"/rooms/year.svg", "/rooms/capacity/bridge.svg", "/rooms/capacity/occupancy.svg"}
FILES: set[str] = {"/rooms/capacity.csv"}
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
}
