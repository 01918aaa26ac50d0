"""Who may use the routes of the campus's books."""

PUBLIC = ("public",)
READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/rooms"): READERS,
    ("GET", "/rooms/year.svg"): READERS,
    ("GET", "/rooms/forecast"): READERS,
    ("GET", "/rooms/forecast/weeks.svg"): READERS,
    ("GET", "/rooms/forecast/weeks.csv"): READERS,
    ("GET", "/rooms/forecast/year.svg"): READERS,
    ("GET", "/rooms/forecast/pick-up"): READERS,
    ("GET", "/rooms/forecast/pick-up.svg"): READERS,
    ("GET", "/rooms/forecast/pick-up.csv"): READERS,
    ("GET", "/rooms/forecast/pace"): READERS,
    ("GET", "/rooms/forecast/pace.svg"): READERS,
    ("GET", "/rooms/forecast/pace.csv"): READERS,
    ("GET", "/rooms/forecast/groups"): READERS,
    ("GET", "/rooms/forecast/groups.svg"): READERS,
    ("GET", "/rooms/forecast/groups.csv"): READERS,
}

REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/snapshots"): READ,
    ("GET", "/api/v1/snapshots/{day}"): READ,
    ("GET", "/api/v1/pick-up"): READ,
    ("GET", "/api/v1/pace"): READ,
    ("GET", "/api/v1/materialisation"): READ,
    ("GET", "/api/v1/forecasts"): READ,
    ("GET", "/api/v1/forecasts/latest"): READ,
    ("GET", "/api/v1/forecasts/{day}"): READ,
}
