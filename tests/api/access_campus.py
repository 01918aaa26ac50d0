"""Who may use the routes of the campus's books."""

PUBLIC = ("public",)
READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/rooms"): READERS,
    ("GET", "/rooms/year.svg"): READERS,
    ("GET", "/rooms/requests"): READERS,
    ("GET", "/rooms/requests/new"): READERS,
    ("POST", "/rooms/requests/new"): READERS,
    ("GET", "/rooms/requests/planned"): READERS,
    ("GET", "/rooms/requests/planned/add"): KEEPERS,
    ("POST", "/rooms/requests/planned/add"): KEEPERS,
    ("GET", "/rooms/requests/planned/{plan_id}"): KEEPERS,
    ("POST", "/rooms/requests/planned/{plan_id}"): KEEPERS,
    ("GET", "/rooms/requests/codes"): KEEPERS,
    ("GET", "/rooms/requests/codes/{slug}"): KEEPERS,
    ("POST", "/rooms/requests/codes/{slug}/make"): KEEPERS,
    ("GET", "/rooms/requests/codes/{room_id}/renew"): KEEPERS,
    ("POST", "/rooms/requests/codes/{room_id}/renew"): KEEPERS,
    ("GET", "/rooms/requests/{number}"): READERS,
    ("GET", "/rooms/requests/{number}/photo.jpg"): KEEPERS,
    ("POST", "/rooms/requests/{number}/step"): KEEPERS,
    ("POST", "/rooms/requests/{number}/refuse"): KEEPERS,
    ("POST", "/rooms/requests/{number}/assign"): KEEPERS,
    ("POST", "/rooms/requests/{number}/schedule"): KEEPERS,
    ("POST", "/rooms/requests/{number}/room"): KEEPERS,
    ("POST", "/rooms/requests/{number}/give-back"): KEEPERS,
    ("POST", "/rooms/requests/{number}/comment"): READERS,
    ("GET", "/rooms/requests/{number}/erase"): KEEPERS,
    ("POST", "/rooms/requests/{number}/erase"): KEEPERS,
    ("GET", "/report/{key}"): PUBLIC,
    ("POST", "/report/{key}"): PUBLIC,
    ("GET", "/report/{key}/sent"): PUBLIC,
}

REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/service-requests"): READ,
    ("POST", "/api/v1/service-requests"): WRITE,
    ("GET", "/api/v1/service-requests/{number}"): READ,
    ("PATCH", "/api/v1/service-requests/{number}"): WRITE,
    ("GET", "/api/v1/service-requests/{number}/comments"): READ,
    ("POST", "/api/v1/service-requests/{number}/comments"): WRITE,
    ("GET", "/api/v1/maintenance-plans"): READ,
    ("POST", "/api/v1/maintenance-plans"): WRITE,
    ("GET", "/api/v1/maintenance-plans/{plan_id}"): READ,
    ("PATCH", "/api/v1/maintenance-plans/{plan_id}"): WRITE,
}
