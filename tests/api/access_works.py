"""Who may use the routes of the works, their money, running costs and energy."""

READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/works"): READERS,
    ("GET", "/works/costs"): READERS,
    ("GET", "/works/costs/lines.svg"): READERS,
    ("GET", "/works/costs/per-m2.svg"): READERS,
    ("GET", "/works/costs/per-room-night.svg"): READERS,
    ("GET", "/works/costs/report.csv"): READERS,
    ("GET", "/works/costs/report.xlsx"): READERS,
    ("GET", "/works/costs/periods.csv"): READERS,
    ("GET", "/works/costs/periods.xlsx"): READERS,
    ("GET", "/works/costs/parties"): READERS,
    ("GET", "/works/costs/new"): KEEPERS,
    ("POST", "/works/costs/new"): KEEPERS,
    ("GET", "/works/costs/entries/{number}"): READERS,
    ("POST", "/works/costs/entries/{number}"): KEEPERS,
    ("GET", "/works/costs/entries/{number}/withdraw"): KEEPERS,
    ("POST", "/works/costs/entries/{number}/withdraw"): KEEPERS,
    ("POST", "/works/costs/entries/{number}/restore"): KEEPERS,
    ("GET", "/works/costs/{line}"): READERS,
}
REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/works"): READ,
    ("GET", "/api/v1/running-costs"): READ,
    ("GET", "/api/v1/running-costs/steps"): READ,
    ("GET", "/api/v1/running-costs/entries"): READ,
    ("POST", "/api/v1/running-costs/entries"): WRITE,
    ("GET", "/api/v1/running-costs/entries/{number}"): READ,
    ("PATCH", "/api/v1/running-costs/entries/{number}"): WRITE,
    ("POST", "/api/v1/running-costs/entries/{number}/withdraw"): WRITE,
    ("POST", "/api/v1/running-costs/entries/{number}/restore"): WRITE,
    ("GET", "/api/v1/running-costs/entries/{number}/versions"): READ,
}
