"""Who may use the routes of the campus's books."""

PUBLIC = ("public",)
READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/rooms"): READERS,
    ("GET", "/rooms/year.svg"): READERS,
    ("GET", "/today"): READERS,
    ("GET", "/rooms/counts"): READERS,
    ("GET", "/rooms/counts.svg"): READERS,
    ("GET", "/rooms/counts/months"): READERS,
    ("GET", "/rooms/counts/months/{month}"): READERS,
    ("GET", "/rooms/counts/months/{month}/close"): KEEPERS,
    ("POST", "/rooms/counts/months/{month}/close"): KEEPERS,
    ("GET", "/rooms/counts/{night}"): READERS,
    ("POST", "/rooms/counts/{night}"): KEEPERS,
    ("POST", "/rooms/counts/{night}/explain"): KEEPERS,
}

REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/counts"): READ,
    ("GET", "/api/v1/counts/{night}"): READ,
    ("PUT", "/api/v1/counts/{night}"): WRITE,
    ("PUT", "/api/v1/counts/{night}/{pavilion}/explanation"): WRITE,
    ("GET", "/api/v1/counts/{night}/{pavilion}/versions"): READ,
    ("GET", "/api/v1/months"): READ,
    ("GET", "/api/v1/months/{month}"): READ,
    ("POST", "/api/v1/months/{month}/close"): WRITE,
    ("GET", "/api/v1/months/{month}/adjustments"): READ,
}
