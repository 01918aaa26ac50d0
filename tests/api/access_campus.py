"""Who may use the routes of the campus's books."""

PUBLIC = ("public",)
READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/rooms"): READERS,
    ("GET", "/rooms/year.svg"): READERS,
    ("GET", "/rooms/tables"): READERS,
    ("POST", "/rooms/tables"): KEEPERS,
    ("GET", "/rooms/tables/export"): READERS,
    ("GET", "/rooms/tables/empty"): READERS,
    ("GET", "/rooms/tables/{import_id}"): KEEPERS,
    ("GET", "/rooms/tables/{import_id}/columns"): KEEPERS,
    ("POST", "/rooms/tables/{import_id}/columns"): KEEPERS,
    ("GET", "/rooms/tables/{import_id}/preview"): KEEPERS,
    ("POST", "/rooms/tables/{import_id}/preview"): KEEPERS,
    ("GET", "/rooms/tables/{import_id}/progress"): KEEPERS,
    ("GET", "/rooms/tables/{import_id}/original"): KEEPERS,
    ("GET", "/rooms/tables/{import_id}/refused"): KEEPERS,
    ("GET", "/rooms/tables/{import_id}/undo"): KEEPERS,
    ("POST", "/rooms/tables/{import_id}/undo"): KEEPERS,
    ("GET", "/rooms/tables/{import_id}/discard"): KEEPERS,
    ("POST", "/rooms/tables/{import_id}/discard"): KEEPERS,
}

REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/imports"): READ,
    ("POST", "/api/v1/imports"): WRITE,
    ("GET", "/api/v1/imports/{import_id}"): WRITE,
    ("POST", "/api/v1/imports/{import_id}/confirm"): WRITE,
    ("POST", "/api/v1/imports/{import_id}/undo"): WRITE,
    ("GET", "/api/v1/imports/{import_id}/refused"): WRITE,
    ("GET", "/api/v1/exports/{kind}.{ending}"): READ,
}
