import pytest

from accessibility.engine.page import Declined, Reason, RowState
from accessibility.engine.platform import PlatformSettings
from accessibility.engine.preview import Preview, base_of, run_at_home, settings_there
from core.errors import InvalidInput
from tests.accessibility.sample_run import finding, row, run

PREVIEW = Preview("https://learn.example.org/lms/", "http://pr-12.example.net:8080/")


@pytest.mark.parametrize(
    ("home", "there"),
    [
        ("https://learn.example.org/lms/", "http://pr-12.example.net:8080/"),
        ("https://learn.example.org:443/lms/course/7?a=1#/b", "http://pr-12.example.net:8080/course/7?a=1#/b"),
        ("https://learn.example.org/lms", "http://pr-12.example.net:8080/"),
    ],
)
def test_an_address_is_mapped_by_its_path_below_the_base(home: str, there: str) -> None:
    assert PREVIEW.there(home) == there
    assert PREVIEW.there(PREVIEW.back(there)) == there


def test_what_is_not_below_the_base_keeps_its_path_and_other_hosts_stay() -> None:
    assert PREVIEW.there("https://learn.example.org/sso/login") == "http://pr-12.example.net:8080/sso/login"
    for address in (
        "https://files.example.org/lms/",
        "http://learn.example.org/lms/",
        "http://pr-12.example.net:8080/a",
    ):
        assert PREVIEW.there(address) == address


@pytest.mark.parametrize("base", ["https://learn.example.org/lms", "https://learn.example.org/lms/index.php"])
def test_a_base_address_means_its_folder(base: str) -> None:
    assert Preview(base, "https://pr.example.net/a").there("https://learn.example.org/lms/b") == (
        "https://pr.example.net/a/b"
    )


def test_every_address_of_the_settings_moves_and_the_platform_itself_is_out_of_scope() -> None:
    login = {"kind": "form", "address": "/lms/login", "fields": {"u": "x"}, "sentinel": "#me"}
    settings = PlatformSettings.model_validate(
        {
            "slug": "learn",
            "name": "Learn",
            "base": [PREVIEW.home],
            "hosts": ["learn.example.org", "files.example.org"],
            "start": ["course/7"],
            "sitemaps": ["https://learn.example.org/lms/sitemap.xml"],
            "roles": [{"name": "student", "login": login}],
        }
    )
    moved = settings_there(settings, PREVIEW)
    assert moved.base == (PREVIEW.visited,)
    assert moved.navigable_hosts == {"pr-12.example.net:8080", "files.example.org"}
    assert moved.start == ("http://pr-12.example.net:8080/course/7",)
    assert moved.sitemaps == ("http://pr-12.example.net:8080/sitemap.xml",)
    assert moved.roles[0].login.address == "http://pr-12.example.net:8080/login"  # type: ignore[union-attr]


def test_several_base_addresses_cannot_be_mapped_by_path() -> None:
    settings = PlatformSettings(slug="a", name="A", base=("https://a.example.org/", "https://b.example.org/"))
    with pytest.raises(InvalidInput, match=r"--base: .*several"):
        base_of(settings, "--base")


def test_rows_findings_and_declined_addresses_of_a_run_come_home() -> None:
    preview = Preview("https://learn.example.org/", "https://example.org/")
    page, other = row("a"), row("b", RowState.EXCLUDED, Reason.DUPLICATE, detail="https://example.org/a")
    declined = (Declined("anonymous", "https://example.org/c?lang=fr", Reason.FOLDED),)
    home = run_at_home(run([page, other], [(page, finding())], declined), preview)
    assert [one.key.url for one in home.rows] == ["https://learn.example.org/a", "https://learn.example.org/b"]
    assert home.rows[0].facts
    assert home.rows[0].facts.final_url == "https://learn.example.org/a#seen"
    assert home.rows[1].detail == "https://learn.example.org/a"
    assert home.findings[0][0] is home.rows[0]
    assert home.declined[0].url == "https://learn.example.org/c?lang=fr"
