"""Platforms: their form, whose secrets are written and never shown, audit now, pause and resume."""

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from httpx2 import Response

from accessibility.engine.login_recipe import HeaderLogin
from accessibility.ledger.platforms import queries, recipes
from core import clock
from core.database import Database
from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser

LIST = "/accessibility/platforms"
ADD = "/accessibility/add-platform"
SECRET = "not a real password"
HARMLESS = "POST /lib/service.php method=read_a,read_b\nPOST /ping"


def entries(page: str) -> dict[str, list[str]]:
    """What a browser would send back from the form of the page, untouched."""
    found: dict[str, list[str]] = {}
    form = page[page.index('<form method="post" action="/accessibility') :]
    form = form[: form.index("</form>")]
    for tag in re.findall(r"<input [^>]+>", form):
        if re.search(r'type="(checkbox|radio)"', tag) and " checked" not in tag:
            continue
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            found.setdefault(name[1], []).append(html.unescape(value[1]))
    for name, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        found[name] = [html.unescape(text)]
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = [html.unescape(chosen[1]) if chosen else ""]
    return found


def minimal(**changes: object) -> dict[str, object]:
    """The entries that a new platform needs at least."""
    usual = {"name": "Sample site", "slug": "sample-site", "base": "https://site.example.org/", "anonymous": "yes"}
    return usual | {"viewports": "desktop 1280 x 800", "languages": "en", "schedule": "0 1 * * *"} | changes


def test_the_list_has_every_platform_with_its_state_and_the_next_audit(lead: Browser) -> None:
    page = text_of(lead.get(LIST).text)
    assert "3 platforms are audited." in page
    assert "Sample partner platform https://partner.example.org/ Not judged: the login broke" in page
    assert "Sample archive https://www.example.org/archive/ Paused" in page


def test_a_platform_is_added_with_what_is_needed(lead: Browser, history: Database) -> None:
    answer = lead.post_form(ADD, minimal())
    assert answer.headers["location"] == f"{LIST}/sample-site"
    assert "Sample site is added." in lead.get(f"{LIST}/sample-site").text
    with history.read() as session:
        settings = recipes.settings_without_secrets(queries.get(session, "sample-site"))
    assert (settings.max_pages, settings.robots, settings.viewports[0].width) == (1000, True, 1280)


@pytest.mark.parametrize(
    ("field", "entry", "said"),
    [
        ("name", "", "Enter a name"),
        ("slug", "Not A Slug", "Use small letters"),
        ("base", "ftp://example.org", "begins with https://"),
        ("base", "https://user:secret@example.org/", "holds a user name or password"),
        ("exclude", "(", "is not a regular expression"),
        ("viewports", "wide", "is no window"),
        ("languages", " ", "Enter at least one language"),
        ("schedule", "every night", "five fields are needed"),
        ("time_zone", "Nowhere/Land", "is not a time zone"),
        ("max_pages", "many", "Enter a whole number"),
        ("max_pages", "0", "Enter a number that is 1 or more."),
        ("delay", "61", "Enter a number that is 60.0 or less."),
        ("coverage_floor", "120", "Enter a percentage"),
        ("max_page_mb", "big", "Enter a number, such as 12.5."),
        ("page_timeout", "0", "Enter a number that is more than 0"),
        ("anonymous", "", "at least one role is needed"),
        ("slug", "ecampus", "already"),
    ],
)
def test_a_wrong_entry_is_said_beside_its_field_and_every_entry_is_kept(
    lead: Browser, history: Database, field: str, entry: str, said: str
) -> None:
    answer = lead.post_form(ADD, minimal(**{field: entry}))
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert "<title>Error: Add a platform" in answer.text
    assert 'value="Sample site"' in answer.text or field == "name"
    with history.read() as session:
        assert queries.find(session, "sample-site") is None


def test_a_form_sent_back_untouched_changes_nothing(lead: Browser, history: Database) -> None:
    page = lead.get(f"{LIST}/ecampus/edit").text
    with history.read() as session:
        before = recipes.settings_with_secrets(queries.get(session, "ecampus"))
    assert lead.post_form(f"{LIST}/ecampus/edit", entries(page)).status_code == 303
    with history.read() as session:
        platform = queries.get(session, "ecampus")
        assert recipes.settings_with_secrets(platform) == before
        assert platform.version == 1


def test_secrets_are_never_shown_and_kept_when_left_empty(lead: Browser, history: Database) -> None:
    page = lead.get(f"{LIST}/ecampus/edit").text
    assert SECRET not in page
    assert "audit-student" not in page
    lead.post_form(f"{LIST}/ecampus/edit", entries(page) | {"role-0-field-1-value": ["new one"], "name": ["Renamed"]})
    with history.read() as session:
        login = recipes.settings_with_secrets(queries.get(session, "ecampus")).roles[0].login
    assert recipes.values(login) == {"username": "audit-student", "password": "new one"}
    assert "new one" not in lead.get("/accessibility/platforms/ecampus/edit").text


def test_a_login_that_goes_elsewhere_needs_its_secrets_again(lead: Browser) -> None:
    page = lead.get(f"{LIST}/ecampus/edit").text
    sent = entries(page) | {"role-0-address": ["https://elsewhere.example.net/login"]}
    answer = lead.post_form(f"{LIST}/ecampus/edit", sent)
    assert answer.status_code == 422
    assert 'href="#role-0-field-0-value">' in answer.text
    assert "the login goes to another host" in answer.text


def test_logins_are_added_and_removed(lead: Browser, history: Database) -> None:
    page = lead.get(f"{LIST}/public-site/edit").text
    basic = {"role-0-name": "editor", "role-0-kind": "basic", "role-0-username": "e", "role-0-password": "x"}
    form = {"role-1-name": "guest", "role-1-kind": "form", "role-1-address": "/in", "role-1-sentinel": "#me"}
    fields = {"role-1-field-0-name": "user", "role-1-field-0-value": "u"}
    answer = lead.post_form(f"{LIST}/public-site/edit", entries(page) | basic | form | fields)
    assert answer.status_code == 303, text_of(answer.text)
    page = lead.get(f"{LIST}/public-site/edit").text
    lead.post_form(f"{LIST}/public-site/edit", entries(page) | {"role-0-remove": "yes"})
    with history.read() as session:
        settings = recipes.settings_without_secrets(queries.get(session, "public-site"))
    assert settings.role_names == ("anonymous", "guest")


def test_what_a_login_lacks_is_said_beside_its_field(lead: Browser) -> None:
    answer = lead.post_form(ADD, minimal(**{"role-0-name": "student", "role-0-kind": "form"}))
    assert answer.status_code == 422
    for field in ("role-0-sentinel", "role-0-field-0-name"):
        assert f'href="#{field}"' in answer.text
    answer = lead.post_form(ADD, minimal(**{"role-0-name": "anonymous", "role-0-kind": "basic"}))
    assert 'href="#role-0-name"' in answer.text


def test_only_an_administrator_sees_and_sets_what_protects_others(
    lead: Browser, browser_of: Callable[..., Browser], history: Database
) -> None:
    assert 'name="allow_private"' not in lead.get(ADD).text
    lead.post_form(ADD, minimal(allow_private="yes", harmless="POST /reads"))
    with history.read() as session:
        settings = recipes.settings_without_secrets(queries.get(session, "sample-site"))
    assert (settings.allow_private, settings.robots, settings.harmless) == (False, True, ())
    admin = browser_of("admin")
    page = admin.get(f"{LIST}/sample-site/edit").text
    sent = entries(page) | {
        "allow_private": "yes",
        "harmless": "POST /lib/service.php method=read_a,read_b\nPOST /ping",
    }
    del sent["robots"]
    admin.post_form(f"{LIST}/sample-site/edit", sent)
    with history.read() as session:
        settings = recipes.settings_without_secrets(queries.get(session, "sample-site"))
    assert (settings.allow_private, settings.robots) == (True, False)
    assert [(one.path, one.values) for one in settings.harmless] == [
        ("/lib/service.php", ("read_a", "read_b")),
        ("/ping", ()),
    ]
    assert "POST /lib/service.php method=read_a,read_b" in admin.get(f"{LIST}/sample-site/edit").text
    wrong = admin.post_form(f"{LIST}/sample-site/edit", entries(page) | {"harmless": "just anything at all"})
    assert "cannot be read. Write: POST /path" in text_of(wrong.text)


def test_who_saw_older_settings_changes_nothing(lead: Browser) -> None:
    page = entries(lead.get(f"{LIST}/ecampus/edit").text)
    lead.post_form(f"{LIST}/ecampus/edit", page | {"name": ["First"]})
    answer = lead.post_form(f"{LIST}/ecampus/edit", page | {"name": ["Second"]})
    assert answer.status_code == 422
    assert "was changed meanwhile" in text_of(answer.text)


def test_an_audit_by_hand_waits_for_its_turn_and_a_second_one_is_refused(lead: Browser) -> None:
    answer = lead.post_form(f"{LIST}/ecampus/audit")
    assert answer.headers["location"] == "/accessibility/audits/ecampus/11"
    assert "Waiting for its turn" in lead.get("/accessibility/audits/ecampus/11").text
    assert lead.post_form(f"{LIST}/ecampus/audit").status_code == 409


def test_a_platform_is_paused_after_a_question_and_resumed(lead: Browser) -> None:
    assert "Pause Sample eCampus?" in text_of(lead.get(f"{LIST}/ecampus/pause").text)
    lead.post_form(f"{LIST}/ecampus/pause")
    page = text_of(lead.get(f"{LIST}/ecampus").text)
    assert "Sample eCampus is paused. Resume" in page
    lead.post_form(f"{LIST}/ecampus/resume")
    assert "Next audit:" in text_of(lead.get(f"{LIST}/ecampus").text)


def test_viewers_see_no_way_to_change_anything(browser_of: Callable[..., Browser]) -> None:
    viewer = browser_of("facilities")
    page = viewer.get(f"{LIST}/ecampus").text
    assert "Audit now" not in page
    assert "/edit" not in page
    assert ADD not in viewer.get(LIST).text
    assert viewer.get(f"{LIST}/ecampus/edit").status_code == 403


STATE = "sample-session-of-a-student"


def state_file(*domains: str, expires: float = -1) -> bytes:
    cookies = [
        {"name": "session", "value": STATE, "domain": domain, "path": "/", "expires": expires} for domain in domains
    ]  # fmt: skip
    return json.dumps({"cookies": cookies, "origins": []}).encode()


def by_state(lead: Browser, content: bytes) -> Response:
    """Add a platform with a role whose saved state is chosen in the form."""
    role = {"role-0-name": "student", "role-0-kind": "state", "role-0-sentinel": "#me"}
    return lead.post_form(ADD, minimal(**role), files={"role-0-state": ("state.json", content, "application/json")})


def test_a_login_by_header_is_added_and_its_value_never_shown(lead: Browser, history: Database) -> None:
    role = {"role-0-name": "student", "role-0-kind": "header", "role-0-sentinel": "#me", "role-0-hosts": ""}
    header = {"role-0-header-0-name": "Authorization", "role-0-header-0-value": f"Bearer {SECRET}"}
    answer = lead.post_form(ADD, minimal(**role, **header))
    assert answer.status_code == 303, text_of(answer.text)
    address = f"{LIST}/sample-site/edit"
    page = lead.get(address).text
    assert 'value="Authorization"' in page
    assert SECRET not in page + lead.get(f"{LIST}/sample-site").text
    more = {"role-0-header-1-name": "X-Sample-Key", "role-0-header-1-value": "k", "role-0-hosts": "site.example.org"}
    assert lead.post_form(address, entries(page) | more).status_code == 303
    with history.read() as session:
        login = recipes.settings_with_secrets(queries.get(session, "sample-site")).roles[0].login
    assert recipes.values(login) == {"Authorization": f"Bearer {SECRET}", "X-Sample-Key": "k"}
    assert isinstance(login, HeaderLogin)
    assert login.hosts == ("site.example.org",)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"role-0-header-0-name": "Host"}, "role-0-header-0-name", "the header Host cannot be set"),
        ({"role-0-header-0-value": "a\r\nb"}, "role-0-header-0-name", "cannot be sent"),
        ({"role-0-header-0-name": ""}, "role-0-header-0-name", "Enter the name of a header"),
        ({"role-0-header-0-value": ""}, "role-0-header-0-value", "a value is needed"),
    ],
)
def test_what_is_wrong_with_a_header_is_said_beside_it(
    lead: Browser, changes: dict[str, str], field: str, said: str
) -> None:
    role = {"role-0-name": "student", "role-0-kind": "header", "role-0-sentinel": "#me"}
    header = {"role-0-header-0-name": "X-Sample-Key", "role-0-header-0-value": SECRET}
    answer = lead.post_form(ADD, minimal(**(role | header | changes)))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert said in text_of(answer.text)
    assert SECRET not in answer.text


def test_a_saved_state_is_chosen_as_a_file_and_what_is_of_other_hosts_left_out(
    lead: Browser, history: Database
) -> None:
    later = (clock.now() + timedelta(days=2)).timestamp()
    answer = by_state(lead, state_file("site.example.org", "tracker.example.net", expires=later))
    assert answer.status_code == 303, text_of(answer.text)
    page = lead.get(f"{LIST}/sample-site").text
    assert "Left out of the saved state of “student”: tracker.example.net." in text_of(page)
    assert f"runs out on {clock.now() + timedelta(days=2):%Y-%m-%d} at the latest." in text_of(page)
    form = lead.get(f"{LIST}/sample-site/edit").text
    assert STATE not in page + form
    assert lead.post_form(f"{LIST}/sample-site/edit", entries(form) | {"name": "Renamed"}).status_code == 303
    with history.read() as session:
        stored = recipes.values(recipes.settings_with_secrets(queries.get(session, "sample-site")).roles[0].login)
    assert STATE in stored["state"]
    assert "tracker" not in stored["state"]


def test_a_form_that_is_shown_again_asks_for_the_file_again(lead: Browser) -> None:
    role = {"role-0-name": "student", "role-0-kind": "state", "role-0-sentinel": "#me", "name": ""}
    file = {"role-0-state": ("state.json", state_file("site.example.org"), "application/json")}
    answer = lead.post_form(ADD, minimal(**role), files=file)
    assert answer.status_code == 422
    assert 'href="#role-0-state">Choose the file again.' in answer.text


def test_a_state_with_many_hosts_is_saved_and_some_of_them_are_named(lead: Browser) -> None:
    others = [f"tracker-{number}.{'a' * 60}.example.net" for number in range(300)]
    assert by_state(lead, state_file("site.example.org", *others)).status_code == 303
    assert "tracker-0." in lead.get(f"{LIST}/sample-site").text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a value is needed"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 5000, "is not JSON"),
        (b"x" * 600_000, "is longer than 512 KiB"),
        (b'{"cookies": 7}', "cookies: "),
        (state_file("tracker.example.net"), "holds nothing of the platform's own hosts"),
        (state_file("site.example.org", expires=1_700_000_000), "has run out on 2023-11-14: save a new one"),
    ],
)
def test_a_file_that_is_no_state_of_use_is_refused_beside_its_field(
    lead: Browser, history: Database, content: bytes, said: str
) -> None:
    answer = by_state(lead, content)
    assert answer.status_code == 422
    assert 'href="#role-0-state"' in answer.text
    assert said in text_of(answer.text)
    assert STATE not in answer.text
    with history.read() as session:
        assert queries.find(session, "sample-site") is None
