"""Who may use the routes of the works, their money, running costs and energy."""

READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/works"): READERS,
    ("GET", "/works/energy"): READERS,
    ("GET", "/works/energy/meters.csv"): READERS,
    ("GET", "/works/energy/prices"): READERS,
    ("POST", "/works/energy/prices"): KEEPERS,
    ("GET", "/works/energy/degree-days"): READERS,
    ("GET", "/works/energy/new"): KEEPERS,
    ("POST", "/works/energy/new"): KEEPERS,
    ("GET", "/works/energy/{slug}"): READERS,
    ("GET", "/works/energy/{slug}/use.svg"): READERS,
    ("GET", "/works/energy/{slug}/months.csv"): READERS,
    ("GET", "/works/energy/{slug}/edit"): KEEPERS,
    ("POST", "/works/energy/{slug}/edit"): KEEPERS,
    ("GET", "/works/energy/{slug}/savings"): READERS,
    ("GET", "/works/energy/{slug}/savings.svg"): READERS,
    ("GET", "/works/energy/{slug}/savings.csv"): READERS,
    ("GET", "/works/energy/{slug}/baseline"): READERS,
    ("POST", "/works/energy/{slug}/baseline"): KEEPERS,
    ("POST", "/works/energy/{slug}/readings"): KEEPERS,
    ("GET", "/works/energy/{slug}/readings/{day}"): KEEPERS,
    ("POST", "/works/energy/{slug}/readings/{day}"): KEEPERS,
    ("GET", "/works/energy/{slug}/readings/{day}/withdraw"): KEEPERS,
    ("POST", "/works/energy/{slug}/readings/{day}/withdraw"): KEEPERS,
}
REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/works"): READ,
    ("GET", "/api/v1/energy/meters"): READ,
    ("POST", "/api/v1/energy/meters"): WRITE,
    ("GET", "/api/v1/energy/meters/{slug}"): READ,
    ("PUT", "/api/v1/energy/meters/{slug}"): WRITE,
    ("GET", "/api/v1/energy/meters/{slug}/readings"): READ,
    ("GET", "/api/v1/energy/meters/{slug}/readings/{day}"): READ,
    ("PUT", "/api/v1/energy/meters/{slug}/readings/{day}"): WRITE,
    ("POST", "/api/v1/energy/meters/{slug}/readings/{day}/withdraw"): WRITE,
    ("GET", "/api/v1/energy/meters/{slug}/months"): READ,
    ("GET", "/api/v1/energy/meters/{slug}/baselines"): READ,
    ("POST", "/api/v1/energy/meters/{slug}/baselines/trial"): READ,
    ("POST", "/api/v1/energy/meters/{slug}/baselines"): WRITE,
    ("GET", "/api/v1/energy/meters/{slug}/savings"): READ,
    ("GET", "/api/v1/energy/prices"): READ,
    ("PUT", "/api/v1/energy/prices/{kind}/{first}"): WRITE,
    ("GET", "/api/v1/energy/prices/{kind}/{first}"): READ,
    ("GET", "/api/v1/energy/degree-days"): READ,
}
