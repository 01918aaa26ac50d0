"""Who may use the routes of the works, their money, running costs and energy."""

READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/works"): READERS,
    ("GET", "/works/packages/{slug}/plan"): READERS,
    ("GET", "/works/packages/{slug}/plan.svg"): READERS,
    ("GET", "/works/packages/{slug}/trend"): READERS,
    ("GET", "/works/packages/{slug}/trend.svg"): READERS,
    ("GET", "/works/packages/{slug}/baselines"): READERS,
    ("GET", "/works/packages/{slug}/baselines/approve"): KEEPERS,
    ("POST", "/works/packages/{slug}/baselines/approve"): KEEPERS,
    ("GET", "/works/packages/{slug}/report"): KEEPERS,
    ("POST", "/works/packages/{slug}/report"): KEEPERS,
    ("GET", "/works/packages/{slug}/milestones/{key}/report"): KEEPERS,
    ("POST", "/works/packages/{slug}/milestones/{key}/report"): KEEPERS,
    ("GET", "/works/packages/{slug}/milestones/{key}/reports"): READERS,
}
REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/works"): READ,
    ("GET", "/api/v1/works/{slug}/plan"): READ,
    ("GET", "/api/v1/works/{slug}/trend"): READ,
    ("GET", "/api/v1/works/{slug}/baselines"): READ,
    ("POST", "/api/v1/works/{slug}/baselines"): WRITE,
    ("GET", "/api/v1/works/{slug}/milestones/{key}/reports"): READ,
    ("POST", "/api/v1/works/{slug}/milestones/{key}/reports"): WRITE,
}
