"""Every page of the campus's books, with the addresses that show its states."""

_FORECAST = "/rooms/forecast"
PICTURES = {
    "/rooms/year.svg",
    *(f"{_FORECAST}/{name}.svg" for name in ("weeks", "year", "pick-up", "pace", "groups")),
}
FILES: set[str] = {f"{_FORECAST}/{name}.csv" for name in ("weeks", "pick-up", "pace", "groups")}
ADDRESSES: dict[str, list[str]] = {
    "/rooms": ["/rooms", "/rooms?year=2026&cut=segment", "/rooms?year=2030"],
    _FORECAST: [_FORECAST, f"{_FORECAST}?segment=courses", f"{_FORECAST}?segment=conferences"],
    f"{_FORECAST}/pick-up": [f"{_FORECAST}/pick-up", f"{_FORECAST}/pick-up?segment=courses"],
    f"{_FORECAST}/pace": [f"{_FORECAST}/pace", f"{_FORECAST}/pace?segment=courses"],
    f"{_FORECAST}/groups": [f"{_FORECAST}/groups", f"{_FORECAST}/groups?segment=courses"],
}
