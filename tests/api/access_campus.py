"""Who may use the routes of the campus's books."""

PUBLIC = ("public",)
READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/rooms"): READERS,
    ("GET", "/rooms/year.svg"): READERS,
    ("GET", "/rooms/capacity"): READERS,
    ("POST", "/rooms/capacity"): KEEPERS,
    ("GET", "/rooms/capacity/bridge.svg"): READERS,
    ("GET", "/rooms/capacity/occupancy.svg"): READERS,
    ("GET", "/rooms/capacity.csv"): READERS,
    ("GET", "/rooms/prints"): READERS,
    ("GET", "/rooms/prints/{print_id}"): READERS,
    ("GET", "/rooms/targets"): READERS,
    ("POST", "/rooms/targets/{year}"): KEEPERS,
}

REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/capacity"): READ,
    ("GET", "/api/v1/capacity/years/{year}"): READ,
    ("GET", "/api/v1/capacity/prints"): READ,
    ("POST", "/api/v1/capacity/prints"): WRITE,
    ("GET", "/api/v1/capacity/prints/{print_id}"): READ,
    ("GET", "/api/v1/targets"): READ,
    ("GET", "/api/v1/targets/{year}"): READ,
    ("PUT", "/api/v1/targets/{year}"): WRITE,
    ("GET", "/api/v1/targets/{year}/versions"): READ,
}
