"""What an administrator is told to act on."""

import pytest

from core.cautions import Caution, cautions
from core.machine import FolderFacts
from core.settings import Settings

SAFE = {
    "secret_key": "sample",
    "public_url": "https://campus.example.org",
    "smtp_host": "mail.example.org",
    "mail_sender": "campus@example.org",
}
ROOM = FolderFacts("/data", 50 * 10**9, 100 * 10**9)
FULL = FolderFacts("/data", 10**8, 100 * 10**9)


def found(folder: FolderFacts = ROOM, sandbox: bool = True, browser: str = "Sample 1", **changed: str) -> list[Caution]:
    settings = Settings.model_validate(SAFE | changed)
    return cautions(settings, folder, workers=1, sandboxes=[sandbox], browsers=[browser])


def test_nothing_is_said_where_all_is_well() -> None:
    assert found() == []
    assert found(public_url="http://127.0.0.1:8000") == []


@pytest.mark.parametrize(
    ("changed", "caution"),
    [
        ({"public_url": ""}, Caution.NO_ADDRESS),
        ({"public_url": "http://campus.example.org"}, Caution.NOT_HTTPS),
        ({"smtp_host": ""}, Caution.NO_MAIL),
        ({"smtp_security": "off"}, Caution.MAIL_IN_THE_CLEAR),
        ({"folder": FULL}, Caution.LITTLE_SPACE),
        ({"sandbox": False}, Caution.NO_SANDBOX),
        ({"browser": ""}, Caution.NO_BROWSER),
    ],
)
def test_each_unsafe_thing_is_named(changed: dict[str, object], caution: Caution) -> None:
    assert found(**changed) == [caution]  # type: ignore[arg-type]


def test_what_stops_the_service_comes_first() -> None:
    settings = Settings.model_validate({})
    assert cautions(settings, FULL, workers=0, sandboxes=[], browsers=[]) == [
        Caution.NO_WORKER,
        Caution.LITTLE_SPACE,
        Caution.NO_ADDRESS,
        Caution.NO_MAIL,
        Caution.KEY_BESIDE_DATA,
    ]
