"""Who may use the routes of the campus's books."""

PUBLIC = ("public",)
READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/rooms"): READERS,
    ("GET", "/rooms/year.svg"): READERS,
    ("GET", "/rooms/chart"): READERS,
    ("GET", "/rooms/claims"): READERS,
    ("GET", "/rooms/claims/{number}"): READERS,
    ("GET", "/rooms/claims/new"): KEEPERS,
    ("POST", "/rooms/claims/new"): KEEPERS,
    ("GET", "/rooms/claims/{number}/nights"): KEEPERS,
    ("POST", "/rooms/claims/{number}/nights"): KEEPERS,
    ("GET", "/rooms/claims/{number}/move"): KEEPERS,
    ("POST", "/rooms/claims/{number}/move"): KEEPERS,
    ("GET", "/rooms/claims/{number}/swap"): KEEPERS,
    ("POST", "/rooms/claims/{number}/swap"): KEEPERS,
    ("GET", "/rooms/claims/{number}/details"): KEEPERS,
    ("POST", "/rooms/claims/{number}/details"): KEEPERS,
    ("GET", "/rooms/claims/{number}/cancel"): KEEPERS,
    ("POST", "/rooms/claims/{number}/cancel"): KEEPERS,
    ("GET", "/rooms/claims/{number}/no-show"): KEEPERS,
    ("POST", "/rooms/claims/{number}/no-show"): KEEPERS,
    ("POST", "/rooms/claims/{number}/reinstate"): KEEPERS,
}

REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/claims"): READ,
    ("POST", "/api/v1/claims"): WRITE,
    ("GET", "/api/v1/claims/{number}"): READ,
    ("PATCH", "/api/v1/claims/{number}"): WRITE,
    ("POST", "/api/v1/claims/{number}/move"): WRITE,
    ("POST", "/api/v1/claims/{number}/swap"): WRITE,
    ("POST", "/api/v1/claims/{number}/cancel"): WRITE,
    ("POST", "/api/v1/claims/{number}/no-show"): WRITE,
    ("POST", "/api/v1/claims/{number}/reinstate"): WRITE,
    ("GET", "/api/v1/free-rooms"): READ,
}
