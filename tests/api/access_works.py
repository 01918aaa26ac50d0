"""Who may use the routes of the works, their money, running costs and energy."""

READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/works"): READERS,
    ("GET", "/works/funds"): READERS,
    ("GET", "/works/funds.csv"): READERS,
    ("GET", "/works/funds/add"): KEEPERS,
    ("POST", "/works/funds/add"): KEEPERS,
    ("GET", "/works/funds/discrepancies"): READERS,
    ("GET", "/works/funds/discrepancies.csv"): READERS,
    ("GET", "/works/funds/facts"): READERS,
    ("POST", "/works/funds/facts"): KEEPERS,
    ("POST", "/works/funds/facts/load"): KEEPERS,
    ("GET", "/works/funds/facts/{load_id}"): READERS,
    ("GET", "/works/funds/entries/{number}"): READERS,
    ("GET", "/works/funds/entries/{number}/edit"): KEEPERS,
    ("POST", "/works/funds/entries/{number}/edit"): KEEPERS,
    ("GET", "/works/funds/entries/{number}/cancel"): KEEPERS,
    ("POST", "/works/funds/entries/{number}/cancel"): KEEPERS,
    ("GET", "/works/funds/{slug}/entries/add"): KEEPERS,
    ("POST", "/works/funds/{slug}/entries/add"): KEEPERS,
    ("GET", "/works/funds/{slug}"): READERS,
    ("GET", "/works/funds/{slug}/chart.svg"): READERS,
    ("GET", "/works/funds/{slug}/entries.csv"): READERS,
}
REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/works"): READ,
    ("GET", "/api/v1/funds"): READ,
    ("POST", "/api/v1/funds"): WRITE,
    ("GET", "/api/v1/funds/discrepancies"): READ,
    ("GET", "/api/v1/funds/facts"): READ,
    ("POST", "/api/v1/funds/facts"): WRITE,
    ("GET", "/api/v1/funds/facts/{load_id}"): READ,
    ("GET", "/api/v1/funds/{slug}"): READ,
    ("GET", "/api/v1/funds/{slug}/entries"): READ,
    ("POST", "/api/v1/funds/{slug}/entries"): WRITE,
    ("GET", "/api/v1/funds/entries/{number}"): READ,
    ("PATCH", "/api/v1/funds/entries/{number}"): WRITE,
    ("POST", "/api/v1/funds/entries/{number}/cancel"): WRITE,
    ("GET", "/api/v1/funds/entries/{number}/versions"): READ,
}
