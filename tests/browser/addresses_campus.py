"""Every page of the campus's books, with the addresses that show its states."""

PICTURES = {"/rooms/year.svg"}
FILES: set[str] = {
    "/rooms/tables/export",
    "/rooms/tables/empty",
    "/rooms/tables/{import_id}/original",
    "/rooms/tables/{import_id}/refused",
}
ADDRESSES: dict[str, list[str]] = {
    "/rooms": ["/rooms", "/rooms?year=2026&cut=segment", "/rooms?year=2030"],
    "/rooms/tables": ["/rooms/tables", "/rooms/tables?page=2"],
    "/rooms/tables/{import_id}": ["/rooms/tables/1", "/rooms/tables/2"],
    "/rooms/tables/{import_id}/columns": ["/rooms/tables/3/columns", "/rooms/tables/4/columns"],
    "/rooms/tables/{import_id}/preview": ["/rooms/tables/3/preview", "/rooms/tables/4/preview"],
    "/rooms/tables/{import_id}/progress": ["/rooms/tables/1/progress", "/rooms/tables/3/progress"],
    "/rooms/tables/{import_id}/undo": ["/rooms/tables/1/undo"],
    "/rooms/tables/{import_id}/discard": ["/rooms/tables/3/discard"],
}
