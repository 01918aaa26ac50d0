"""Who may use the routes of the campus's books."""

PUBLIC = ("public",)
READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/rooms"): READERS,
    ("GET", "/rooms/year.svg"): READERS,
    ("GET", "/rooms/blocks"): READERS,
    ("GET", "/rooms/blocks/add"): KEEPERS,
    ("POST", "/rooms/blocks/add"): KEEPERS,
    ("GET", "/rooms/blocks/{number}"): READERS,
    ("GET", "/rooms/blocks/{number}/edit"): KEEPERS,
    ("POST", "/rooms/blocks/{number}/edit"): KEEPERS,
    ("POST", "/rooms/blocks/{number}/cut-off"): KEEPERS,
    ("GET", "/rooms/blocks/{number}/cancel"): KEEPERS,
    ("POST", "/rooms/blocks/{number}/cancel"): KEEPERS,
    ("GET", "/rooms/blocks/{number}/pick"): KEEPERS,
    ("POST", "/rooms/blocks/{number}/pick"): KEEPERS,
    ("GET", "/rooms/blocks/{number}/stays/{claim}/drop"): KEEPERS,
    ("POST", "/rooms/blocks/{number}/stays/{claim}/drop"): KEEPERS,
    ("GET", "/rooms/blocks/{number}/check"): READERS,
    ("POST", "/rooms/blocks/{number}/check"): KEEPERS,
    ("GET", "/rooms/blocks/calendars"): KEEPERS,
    ("POST", "/rooms/blocks/calendars"): KEEPERS,
    ("GET", "/rooms/blocks/calendars/{feed_id}/end"): KEEPERS,
    ("POST", "/rooms/blocks/calendars/{feed_id}/end"): KEEPERS,
    ("GET", "/calendars/{key}.ics"): PUBLIC,  # whoever knows the key
}

REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/blocks"): READ,
    ("POST", "/api/v1/blocks"): WRITE,
    ("GET", "/api/v1/blocks/{number}"): READ,
    ("PATCH", "/api/v1/blocks/{number}"): WRITE,
    ("POST", "/api/v1/blocks/{number}/cancel"): WRITE,
    ("GET", "/api/v1/blocks/{number}/history"): READ,
    ("GET", "/api/v1/blocks/{number}/rooms"): READ,
    ("GET", "/api/v1/blocks/{number}/stays"): READ,
    ("POST", "/api/v1/blocks/{number}/stays"): WRITE,
    ("GET", "/api/v1/blocks/{number}/assignment"): READ,
    ("POST", "/api/v1/blocks/{number}/assignment"): WRITE,
}
