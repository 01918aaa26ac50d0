"""Who may use the routes of the works, their money, running costs and energy."""

READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/works"): READERS,
    ("GET", "/works/closures"): READERS,
    ("GET", "/works/closures/changes/{change_id}"): READERS,
    ("GET", "/works/closures/changes/{change_id}/undo"): KEEPERS,
    ("POST", "/works/closures/changes/{change_id}/undo"): KEEPERS,
    ("GET", "/works/closures/scenarios"): READERS,
    ("GET", "/works/closures/scenarios/add"): KEEPERS,
    ("POST", "/works/closures/scenarios/add"): KEEPERS,
    ("GET", "/works/closures/scenarios/{scenario_id}/drop"): KEEPERS,
    ("POST", "/works/closures/scenarios/{scenario_id}/drop"): KEEPERS,
    ("GET", "/works/packages/{slug}/closure"): READERS,
    ("GET", "/works/packages/{slug}/closure/rooms.svg"): READERS,
    ("GET", "/works/packages/{slug}/closure/rule"): KEEPERS,
    ("POST", "/works/packages/{slug}/closure/rule"): KEEPERS,
    ("GET", "/works/packages/{slug}/closure/confirm"): KEEPERS,
    ("POST", "/works/packages/{slug}/closure/confirm"): KEEPERS,
}
REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/works"): READ,
    ("GET", "/api/v1/works/{slug}/closure-rule"): READ,
    ("PUT", "/api/v1/works/{slug}/closure-rule"): WRITE,
    ("GET", "/api/v1/works/{slug}/closure"): READ,
    ("POST", "/api/v1/works/{slug}/closure"): WRITE,
    ("GET", "/api/v1/closures"): READ,
    ("GET", "/api/v1/closures/changes"): READ,
    ("GET", "/api/v1/closures/changes/{change_id}"): READ,
    ("POST", "/api/v1/closures/changes/{change_id}/undo"): WRITE,
    ("GET", "/api/v1/closures/scenarios"): READ,
    ("POST", "/api/v1/closures/scenarios"): WRITE,
    ("GET", "/api/v1/closures/scenarios/{scenario_id}"): READ,
    ("DELETE", "/api/v1/closures/scenarios/{scenario_id}"): WRITE,
}
