"""Who may use the routes of the campus's books."""

PUBLIC = ("public",)
READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/rooms"): READERS,
    ("GET", "/rooms/year.svg"): READERS,
}

REST: dict[tuple[str, str], str] = {}
