"""The pages about API tokens."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.platforms import actions as platforms
from core import clock
from core.database import Database
from core.people import queries
from tests.api.people import Browser

LIST = "/settings/tokens"


@pytest.fixture
def admin(signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("admin")


def fields(**changed: object) -> dict[str, object]:
    end = clock.now() + timedelta(days=30)
    day = {"expires_at-day": end.day, "expires_at-month": end.month, "expires_at-year": end.year}
    return {"name": "Sample pipeline", "scopes": ["read", "gates:run"], "platform": "", **day, **changed}


def make(admin: Browser, **changed: object) -> str:
    page = admin.post_form(f"{LIST}/add", fields(**changed)).text
    return str(re.findall(r'<code class="secret"[^>]*>([^<]+)</code>', page)[0])


def test_without_tokens_the_page_says_how_one_gets_there(admin: Browser) -> None:
    page = admin.get(LIST).text
    assert "No machine has access." in page
    assert "secret store" in page


def test_a_new_token_works_and_is_shown_once(admin: Browser) -> None:
    key = make(admin)
    assert key not in admin.get(LIST).text
    assert "Sample pipeline" in admin.get(LIST).text
    caller = Browser(admin.app)
    answer = caller.get("/api/v1/me", headers={"Authorization": f"Bearer {key}"}).json()
    assert answer["scopes"] == ["read", "gates:run"]
    assert answer["platform"] is None


def test_a_token_lasts_until_the_end_of_its_last_day_at_the_campus(admin: Browser, database: Database) -> None:
    make(admin)
    with database.read() as session:
        token = queries.tokens(session)[0]
    assert token.expires_at.astimezone(clock.now().astimezone().tzinfo) > clock.now() + timedelta(days=29)
    assert token.expires_at.minute == 59


@pytest.fixture
def platform(database: Database) -> None:
    settings = {"slug": "public-site", "name": "Sample public site", "base": ["https://www.example.org/"]}
    with database.write() as session:
        platforms.save(session, PlatformSettings.model_validate(settings), "command", admin=True)


@pytest.mark.usefixtures("platform")
def test_a_token_can_be_limited_to_one_platform(admin: Browser, database: Database) -> None:
    assert '<option value="public-site">Sample public site</option>' in admin.get(f"{LIST}/add").text
    make(admin, platform="public-site")
    with database.read() as session:
        assert queries.tokens(session)[0].platform_slug == "public-site"


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": ""}, "name", "Enter what the token is for."),
        ({"scopes": []}, "scopes", "Choose at least one thing that the token may do."),
        ({"scopes": "everything"}, "scopes", "The scopes must be one or more of"),
        ({"expires_at-year": "1999"}, "expires_at", "The last day must be in the future, at most 366 days from now"),
        ({"expires_at-month": "13"}, "expires_at", "Enter a real date"),
        ({"platform": "no-such"}, "platform", "Choose one of the platforms."),
        (
            {"scopes": "admin", "platform": "public-site"},
            "scopes",
            "The scopes a token for one platform cannot include admin",
        ),
    ],
)
@pytest.mark.usefixtures("platform")
def test_what_is_wrong_stands_at_its_field(
    admin: Browser, changed: dict[str, object], field: str, sentence: str
) -> None:
    answer = admin.post_form(f"{LIST}/add", fields(**changed))
    assert answer.status_code == 422
    assert f'<a href="#{field}">{sentence}' in answer.text


def test_ending_a_token_asks_first_and_then_refuses_it(admin: Browser, database: Database) -> None:
    key = make(admin)
    with database.read() as session:
        number = queries.tokens(session)[0].id
    assert "refused from now on" in admin.get(f"{LIST}/{number}/revoke").text
    admin.post_form(f"{LIST}/{number}/revoke")
    page = admin.get(LIST).text
    assert "has ended." in page
    assert "One token that ended" in page
    assert Browser(admin.app).get("/api/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code == 401
