"""Evidence: its folder gives out its pictures to those who may see them, and nothing else by any spelling."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from core.database import Database
from core.settings import settings
from tests.api.people import Browser

HASH = "ab" * 32
OUTSIDE = (
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/campus.sqlite",
    "%252e%252e%252fcampus.sqlite",
    "..\\..\\campus.sqlite",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "....//....//campus.sqlite",
    "campus.sqlite",
    "campus.sqlite%00",
    f"{HASH}%00",
    f"{HASH}/../{HASH}",
    HASH.upper(),
    HASH + "\n",
    f"~/{HASH}",
    "\u2025/secret",
)


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("encoded", [False, True])
def test_no_name_leads_out_of_the_folder(browser_of: Callable[..., Browser], name: str, encoded: bool) -> None:
    name = quote(name, safe="") if encoded else name
    answer = browser_of("admin").get(f"/accessibility/evidence/{name}.png".replace("\n", "%0a"))
    assert answer.status_code in (400, 404)
    assert not answer.content.startswith(b"SQLite")
    assert b"root:" not in answer.content


@pytest.mark.parametrize("target", ["campus.sqlite", "secret.key"])
def test_a_link_in_the_folder_is_not_followed(
    browser_of: Callable[..., Browser], history: Database, target: str
) -> None:
    browser, folder = browser_of("admin"), settings().evidence_dir
    outside = Path(str(settings().data_dir)) / target
    outside.touch()
    (folder / HASH[:2]).mkdir(exist_ok=True)
    (folder / HASH[:2] / f"{HASH}.png").symlink_to(outside)
    assert browser.get(f"/accessibility/evidence/{HASH}.png").status_code == 404


def test_a_picture_goes_to_who_is_signed_in_and_into_no_shared_cache(
    app: object, browser_of: Callable[..., Browser], history: Database
) -> None:
    name = next(settings().evidence_dir.glob("??/*.png")).stem
    address = f"/accessibility/evidence/{name}.png"
    picture = browser_of("viewer").get(address)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert picture.headers["cache-control"].startswith("private")
    assert picture.headers["x-content-type-options"] == "nosniff"
    assert Browser(app, follow_redirects=False).get(address).status_code == 303  # type: ignore[arg-type]
