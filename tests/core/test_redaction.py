"""What is taken out of a text before it is logged, and what stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.redaction import HIDDEN, Redactor, secrets_of
from core.secrets import new_key
from core.settings import Settings

KEY = new_key("campus_")[0]


@pytest.mark.parametrize(
    "text",
    [
        "postgresql+psycopg://campus:hush@db.invalid/campus",
        "https://hush@example.org/",
        "GET https://example.org/a?page=2&access_token=hush",
        "Client error '401' for url 'https://example.org/cb?code=hush&state=1'",
        "https://example.org/cb;sesskey=hush",
        "Authorization: Basic hush",
        "Authorization: Bearer hush-hush",
        "sent Bearer hush-hush to nobody",
        "Cookie: campus_session=hush; theme=dark",
        "{'set-cookie': 'a=hush; Path=/'}",
        "(b'cookie', b'a=hush')",
        "password='hush' was refused",
        '{"smtp_password": "hush", "a": 1}',
        "CAMPUS_SECRET_KEY=hush",
        "client_secret: hush",
        "api_key = hush,",
        "DETAIL:  Failing row contains (1, hush, 2026-11-21).",
        "DETAIL:  Key (email)=(hush) already exists.",
        "[SQL: INSERT INTO a VALUES (?)]\n[parameters: ('hush',)]",
    ],
)
def test_the_forms_of_secrets_are_seen_within_texts(text: str) -> None:
    shown = Redactor().text(text)
    assert "hush" not in shown
    assert HIDDEN in shown


def test_a_key_of_ours_is_known_by_its_form() -> None:
    assert Redactor().text(f"found {KEY} in a file") == f"found {HIDDEN} in a file"


@pytest.mark.parametrize(
    "text",
    [
        "the cookie, he said, was good",
        "an audit ended",
        "https://example.org/course/view.php?id=3&page=2",
        "campus_http_request_duration_seconds_bucket of every route",
        "nobody@example.org wrote",
        "token 3 of person 5",
        "/accessibility/platforms/{slug}/webhooks/{webhook_id}/secret",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert Redactor().text(text) == text


def test_the_values_of_the_settings_are_known_wherever_they_turn_up() -> None:
    settings = Settings.model_validate(
        {
            "database_url": "postgresql://campus:p%40ss%2Fword@db.invalid/campus",
            "secret_key": "sample-secret-key",
            "smtp_password": "sample mail password",
            "token": "sample-token",
        }
    )
    redactor = Redactor(secrets_of(settings))
    text = "p@ss/word p%40ss%2Fword sample-secret-key sample mail password sample%20mail%20password sample-token"
    assert redactor.text(text).replace(HIDDEN, "").strip() == ""
    assert redactor.value("any", {"deep": [("sample-secret-key", b"p@ss/word")]}) == {"deep": [[HIDDEN, HIDDEN]]}


def test_what_is_no_address_of_a_database_is_a_secret_as_a_whole() -> None:
    assert "campus:hush@nowhere" in secrets_of(Settings.model_validate({"database_url": "campus:hush@nowhere"}))


def test_an_object_is_shown_by_its_text_without_its_secrets() -> None:
    assert Redactor().value("error", ValueError("password=hush")) == f"password={HIDDEN}"
    assert Redactor().value("count", 3) == 3


@given(st.text(max_size=200), st.text("abcXYZ019 /+@%:'\"", min_size=4, max_size=30))
def test_a_known_value_is_hidden_in_whatever_surrounds_it(around: str, secret: str) -> None:
    shown = Redactor([secret]).text(f"{around}{secret}{around}")
    assert secret not in shown.replace(HIDDEN, "")
