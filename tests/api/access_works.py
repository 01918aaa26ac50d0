"""Who may use the routes of the works, their money, running costs and energy."""

READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/works"): READERS,
    ("GET", "/results"): READERS,
    ("GET", "/results/indicators.csv"): READERS,
    ("GET", "/results/indicators.xlsx"): READERS,
    ("POST", "/results/built-in"): KEEPERS,
    ("GET", "/results/overview"): READERS,
    ("GET", "/results/report"): READERS,
    ("GET", "/results/report.pdf"): READERS,
    ("GET", "/results/indicators/add"): KEEPERS,
    ("POST", "/results/indicators/add"): KEEPERS,
    ("GET", "/results/indicators/{slug}"): READERS,
    ("GET", "/results/indicators/{slug}/values.svg"): READERS,
    ("GET", "/results/indicators/{slug}/edit"): KEEPERS,
    ("POST", "/results/indicators/{slug}/edit"): KEEPERS,
    ("GET", "/results/indicators/{slug}/drop"): KEEPERS,
    ("POST", "/results/indicators/{slug}/drop"): KEEPERS,
    ("POST", "/results/indicators/{slug}/restore"): KEEPERS,
    ("GET", "/results/indicators/{slug}/values/add"): KEEPERS,
    ("POST", "/results/indicators/{slug}/values/add"): KEEPERS,
}
REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/works"): READ,
    ("GET", "/api/v1/results/indicators.csv"): READ,
    ("GET", "/api/v1/results/indicators.xlsx"): READ,
    ("GET", "/api/v1/results/report.pdf"): READ,
    ("GET", "/api/v1/results/indicators"): READ,
    ("POST", "/api/v1/results/indicators"): WRITE,
    ("GET", "/api/v1/results/indicators/{slug}"): READ,
    ("PUT", "/api/v1/results/indicators/{slug}"): WRITE,
    ("DELETE", "/api/v1/results/indicators/{slug}"): WRITE,
    ("GET", "/api/v1/results/indicators/{slug}/versions"): READ,
    ("GET", "/api/v1/results/indicators/{slug}/values"): READ,
    ("POST", "/api/v1/results/indicators/{slug}/values"): WRITE,
}
