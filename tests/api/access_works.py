"""Who may use the routes of the works, their money, running costs and energy."""

from tests.api import access_money

READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/works"): READERS,
    **access_money.PAGES,
}
REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/works"): READ,
    **access_money.REST,
}
