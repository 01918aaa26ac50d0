"""Every page of the campus's books, with the addresses that show its states."""

PICTURES = {"/rooms/year.svg"}
FILES: set[str] = set()
ADDRESSES: dict[str, list[str]] = {
    "/rooms": ["/rooms", "/rooms?year=2026&cut=segment", "/rooms?year=2030"],
}
