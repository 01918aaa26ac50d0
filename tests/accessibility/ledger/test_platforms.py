"""Platforms as they are stored: settings, encrypted secrets, versions, and who may loosen what."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import ValidationError

from accessibility.engine.platform import HarmlessRequest, PlatformSettings
from accessibility.ledger.platforms import actions, queries, recipes, rules, saved_states
from accessibility.ledger.platforms.models import PlatformRole
from core import clock
from core.database import Database
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.people.access import EVERY
from core.people.models import Person
from core.trail import TrailEntry

PASSWORD = "sample-password-of-a-student"


def form(address: str = "/login", password: str = PASSWORD, username: str = "sample.student") -> dict[str, Any]:
    fields = {"username": username, "password": password}
    return {"kind": "form", "address": address, "fields": fields, "sentinel": "#user-menu"}


def sample(*roles: dict[str, Any], **changes: Any) -> PlatformSettings:
    values = {
        "slug": "sample",
        "name": "Sample platform",
        "base": ["https://learn.example.org/"],
        "roles": [{"name": f"role {number}", "login": login} for number, login in enumerate(roles, 1)],
    }
    return PlatformSettings.model_validate(values | changes)


def save(database: Database, settings: PlatformSettings, *, admin: bool = True, version: int | None = None) -> int:
    with database.write() as session:
        return actions.save(session, settings, "person:1", admin=admin, version=version).version


def loaded(database: Database) -> PlatformSettings:
    with database.read() as session:
        return recipes.settings_with_secrets(queries.get(session, "sample"))


def trail(database: Database) -> list[Any]:
    with database.read() as session:
        return list(session.scalars(sa.select(TrailEntry).order_by(TrailEntry.id)))


def test_a_platform_comes_back_as_it_was_saved(database: Database) -> None:
    basic = {"kind": "basic", "username": "editor", "password": "another-secret"}
    settings = sample(form(), basic, harmless=[{"path": "/ajax", "json_field": "name", "values": ["read"]}])
    save(database, settings)
    assert loaded(database) == settings


def test_secrets_stand_nowhere_in_the_database_in_plain(database: Database) -> None:
    save(database, sample(form()))
    save(database, sample(form(password="changed-" + PASSWORD)))
    with database.read() as session:
        for table in ("platform", "platform_role", "trail_entry"):
            assert PASSWORD not in repr(session.execute(sa.text(f"SELECT * FROM {table}")).all())
        platform = queries.get(session, "sample")
        shown = recipes.settings_without_secrets(platform)
        assert PASSWORD not in repr(platform) + repr(platform.roles) + repr(shown)
        assert PASSWORD not in shown.model_dump_json()
        assert "sample.student" not in shown.model_dump_json()


def test_the_trail_holds_what_changed_and_only_whose_secret_changed(database: Database) -> None:
    save(database, sample(form()))
    save(database, sample(form(password="new"), max_pages=7))
    made, changed = trail(database)
    assert (made.action, made.actor, made.before) == ("platform.save", "person:1", None)
    assert made.after["secrets of"] == ["role 1"]
    assert changed.before == {"max_pages": 1000}
    assert changed.after == {"max_pages": 7, "secrets of": ["role 1"]}


def test_saving_the_same_again_changes_nothing(database: Database) -> None:
    assert save(database, sample(form())) == save(database, sample(form(password="", username="")))
    assert len(trail(database)) == 1


def test_a_secret_left_empty_keeps_the_old_one(database: Database) -> None:
    save(database, sample(form()))
    save(database, sample(form(password="", username="sample.other"), max_pages=9))
    role = loaded(database).role("role 1")
    assert role is not None
    assert recipes.values(role.login) == {"username": "sample.other", "password": PASSWORD}


def test_a_new_role_needs_its_secrets(database: Database) -> None:
    with pytest.raises(InvalidInput, match=r"roles\.role 1\.password"):
        save(database, sample(form(password="")))


def test_a_field_that_was_not_there_before_needs_its_value(database: Database) -> None:
    save(database, sample(form()))
    login = form()
    login["fields"]["code"] = ""
    with pytest.raises(InvalidInput, match=r"roles\.role 1\.code"):
        save(database, sample(login))


@pytest.mark.parametrize(
    "changes",
    [
        {"address": "https://collector.example.net/login"},
        {"address": "http://learn.example.org/login"},
    ],
)
def test_a_kept_password_is_never_sent_to_another_host(database: Database, changes: dict[str, Any]) -> None:
    save(database, sample(form()))
    with pytest.raises(InvalidInput, match="another host"):
        save(database, sample(form(password="") | changes))


def test_a_moved_base_address_moves_a_relative_login_and_asks_for_the_password(database: Database) -> None:
    save(database, sample(form()))
    with pytest.raises(InvalidInput, match="another host"):
        save(database, sample(form(password=""), base=["https://collector.example.net/"]))


def test_a_kept_basic_password_is_not_sent_to_a_new_host(database: Database) -> None:
    basic = {"kind": "basic", "username": "editor", "password": "secret"}
    save(database, sample(basic))
    with pytest.raises(InvalidInput, match="another host"):
        save(database, sample(basic | {"password": ""}, hosts=["collector.example.net"]))
    save(database, sample(basic, hosts=["media.example.org"]))
    save(database, sample(basic | {"password": ""}))
    assert loaded(database) == sample(basic)


def test_a_role_can_be_renamed_only_with_its_secrets_and_removed_without(database: Database) -> None:
    save(database, sample(form()))
    renamed = {"name": "student", "login": form(password="")}
    with pytest.raises(InvalidInput, match="a value is needed"):
        save(database, sample(roles=[renamed]))
    save(database, sample())
    with database.read() as session:
        assert session.scalars(sa.select(PlatformRole)).all() == []


def test_two_people_who_change_one_version_do_not_overwrite_each_other(database: Database) -> None:
    version = save(database, sample(form()))
    assert save(database, sample(form(), max_pages=5), version=version) == version + 1
    with pytest.raises(Conflict, match="changed meanwhile"):
        save(database, sample(form(), max_pages=6), version=version)


def test_a_change_of_a_role_alone_is_a_new_version(database: Database) -> None:
    version = save(database, sample(form()))
    assert save(database, sample(form(password="new"))) == version + 1


def test_a_new_platform_does_not_replace_one_of_the_same_name(database: Database) -> None:
    save(database, sample(), version=actions.NEW)
    with pytest.raises(Conflict, match="already"):
        save(database, sample(max_pages=5), version=actions.NEW)


def test_a_platform_is_switched_off_and_on_and_never_deleted(database: Database) -> None:
    save(database, sample())
    with database.write() as session:
        platform = queries.get(session, "sample")
        actions.deactivate(session, platform, "person:2", version=1)
        actions.deactivate(session, platform, "person:2")
    with database.read() as session:
        assert queries.platforms(session, EVERY, active=True) == []
        assert [platform.slug for platform in queries.platforms(session, EVERY)] == ["sample"]
    before = clock.now()
    with database.write() as session:
        platform = queries.get(session, "sample")
        with pytest.raises(Conflict):
            actions.activate(session, platform, "person:2", version=1)
        actions.activate(session, platform, "person:2")
        assert platform.scheduled_since >= before
    assert [entry.action for entry in trail(database)][1:] == ["platform.deactivate", "platform.activate"]


def test_nights_before_a_change_of_schedule_do_not_count_as_missed(database: Database) -> None:
    save(database, sample())
    with database.read() as session:
        first = queries.get(session, "sample").scheduled_since
    save(database, sample(max_pages=5))
    with database.read() as session:
        assert queries.get(session, "sample").scheduled_since == first
    save(database, sample(max_pages=5, schedule="0 3 * * *"))
    with database.read() as session:
        assert queries.get(session, "sample").scheduled_since > first


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"schedule": "0 1 * *"}, "schedule"),
        ({"schedule": "", "time_zone": "Mars/Base"}, "time_zone"),
        ({"base": ["https://user:word@learn.example.org/"]}, "base"),
        ({"start": ["//user@learn.example.org/"]}, "start"),
        ({"hosts": ["user@learn.example.org"]}, "hosts"),
    ],
)
def test_what_could_not_work_or_would_show_a_password_is_refused(
    sqlite_database: Database, changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(InvalidInput, match=place):
        save(sqlite_database, sample(**changes))
    with sqlite_database.read() as session, pytest.raises(NotFound):
        queries.get(session, "sample")


def test_a_login_address_with_a_password_in_it_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"roles\.role 1\.address"):
        rules.check(sample(form("https://user:word@learn.example.org/login")))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"allow_private": True}, "allow_private"),
        ({"robots": False}, "robots"),
        ({"harmless": [{"path": "/save"}]}, "harmless"),
    ],
)
def test_only_an_administrator_may_loosen_what_protects_others(
    sqlite_database: Database, changes: dict[str, Any], name: str
) -> None:
    with pytest.raises(NotAllowed, match=name):
        save(sqlite_database, sample(**changes), admin=False)
    save(sqlite_database, sample(), admin=False)
    with pytest.raises(NotAllowed, match=name):
        save(sqlite_database, sample(**changes), admin=False)
    save(sqlite_database, sample(**changes))
    save(sqlite_database, sample(max_pages=5, **changes), admin=False)
    with pytest.raises(NotAllowed, match="hosts"):
        save(sqlite_database, sample(hosts=["intranet.example.org"], **changes), admin=False)
    save(sqlite_database, sample(), admin=False)


def test_a_harmless_request_may_be_taken_back_by_anybody() -> None:
    both = sample(harmless=[HarmlessRequest(path="/a"), HarmlessRequest(path="/b")])
    one = sample(harmless=[HarmlessRequest(path="/b")])
    assert rules.loosened(both, one) == []
    assert rules.loosened(one, both) == ["harmless"]


def test_a_lost_key_shows_no_secret_and_lets_them_be_given_again(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(sqlite_database, sample(form()))
    with sqlite_database.write() as session:
        queries.get(session, "sample").roles[0].secrets = b"encrypted with a key that is lost"
    with pytest.raises(InvalidInput, match="a value is needed"):
        save(sqlite_database, sample(form(password="")))
    save(sqlite_database, sample(form(password="given again")))
    assert loaded(sqlite_database) == sample(form(password="given again"))


def test_an_owner_is_somebody_active_and_stands_in_the_trail_by_number(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        for email, active in (("lead@example.org", True), ("gone@example.org", False)):
            person = Person(
                email=email, name="Sample", password_hash="", roles=[], active=active, created_at=clock.now()
            )
            session.add(person)
        session.flush()
        lead = queries.owner_id(session, " Lead@Example.org")
        assert lead is not None
        assert queries.owner_id(session, "gone@example.org") is None
    save(sqlite_database, sample(owner="lead@example.org"))
    assert trail(sqlite_database)[-1].after["owner"] == f"person:{lead}"


STATE = "sample-session-of-a-student"


def header(**headers: str) -> dict[str, Any]:
    values = headers or {"Authorization": f"Bearer {PASSWORD}", "X-Sample-Key": PASSWORD}
    return {"kind": "header", "headers": values, "sentinel": "#user-menu"}


def state(domain: str = "learn.example.org", expires: float = -1, value: str = STATE) -> dict[str, Any]:
    cookie = {"name": "session", "value": value, "domain": domain, "path": "/", "expires": expires, "secure": True}
    origin = {"origin": "https://tracker.example.net", "localStorage": [{"name": "id", "value": "1"}]}
    text = json.dumps({"cookies": [cookie], "origins": [origin] if domain.startswith("tracker") else []})
    return {"kind": "state", "state": text, "sentinel": "#user-menu"}


def test_headers_and_saved_states_come_back_and_stand_nowhere_in_plain(database: Database) -> None:
    settings, _notes = saved_states.trimmed(sample(header(), state()))
    save(database, settings)
    assert loaded(database) == settings
    with database.read() as session:
        for table in ("platform", "platform_role", "trail_entry"):
            stored = repr(session.execute(sa.text(f"SELECT * FROM {table}")).all())
            assert PASSWORD not in stored
            assert STATE not in stored
        shown = recipes.settings_without_secrets(queries.get(session, "sample"))
    assert "X-Sample-Key" in shown.model_dump_json()
    assert PASSWORD not in shown.model_dump_json() + repr(settings)
    assert STATE not in shown.model_dump_json() + repr(settings)


def test_a_header_or_state_left_empty_keeps_the_old_one_and_the_trail_names_only_the_role(database: Database) -> None:
    save(database, saved_states.trimmed(sample(header(), state()))[0])
    kept = header(Authorization="", **{"X-Sample-Key": "changed"})
    save(database, sample(kept, state() | {"state": ""}))
    roles = loaded(database).roles
    assert recipes.values(roles[0].login) == {"Authorization": f"Bearer {PASSWORD}", "X-Sample-Key": "changed"}
    assert STATE in recipes.values(roles[1].login)["state"]
    assert trail(database)[1].after == {"secrets of": ["role 1"]}


@pytest.mark.parametrize("kind", ["header", "state"])
@pytest.mark.parametrize(
    "changes",
    [
        {"base": ["https://collector.example.net/"]},
        {"base": ["http://learn.example.org/"]},
        {"base": ["https://learn.example.org:8443/"]},
        {"hosts": ["collector.example.net"]},
    ],
)
def test_a_kept_header_or_state_never_goes_to_another_place(
    database: Database, kind: str, changes: dict[str, Any]
) -> None:
    save(database, saved_states.trimmed(sample(header() if kind == "header" else state()))[0])
    kept = header(**{"X-Sample-Key": ""}) if kind == "header" else state() | {"state": ""}
    with pytest.raises(InvalidInput, match="another host"):
        save(database, sample(kept, **changes))


def test_a_stored_secret_of_one_kind_of_login_is_none_of_another(database: Database) -> None:
    save(database, sample({"kind": "form", "address": "/login", "fields": {"state": PASSWORD}, "sentinel": "#me"}))
    with pytest.raises(InvalidInput, match=r"roles\.role 1\.state: a value is needed"):
        save(database, sample(state() | {"state": ""}))


@pytest.mark.parametrize(
    ("login", "said"),
    [
        (state("tracker.example.net"), "other hosts: https://tracker.example.net, tracker.example.net"),
        (state(".example.net"), "other hosts: example.net"),
        (state(expires=1_700_000_000), "has run out on 2023-11-14: save a new one"),
        (state() | {"state": '{"cookies": []}'}, "holds nothing of the platform's own hosts"),
    ],
)
def test_a_state_that_is_foreign_or_useless_is_refused(database: Database, login: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=r"roles\.role 1\.state") as refused:
        save(database, sample(login))
    assert said in str(refused.value)


def test_what_is_left_out_of_a_state_and_when_it_runs_out_is_told() -> None:
    login = state(expires=clock.now().timestamp() + 86_400)
    foreign = json.loads(state("tracker.example.net")["state"])
    given = json.loads(login["state"])
    given["cookies"] += json.loads(state(expires=1_700_000_000)["state"])["cookies"]
    login["state"] = json.dumps({"cookies": given["cookies"] + foreign["cookies"], "origins": foreign["origins"]})
    settings, notes = saved_states.trimmed(sample(login))
    day = f"{clock.now() + timedelta(days=1):%Y-%m-%d}"
    assert notes == [
        "Left out of the saved state of “role 1”: https://tracker.example.net, tracker.example.net.",
        "The saved state of “role 1” has cookies that ran out on 2023-11-14.",
        f"The saved state of “role 1” runs out on {day} at the latest.",
    ]
    assert "tracker" not in recipes.values(settings.roles[0].login)["state"]


@pytest.mark.parametrize(
    "name",
    "Host cookie Content-Length Transfer-Encoding Sec-Fetch-Site Proxy-Authorization Accept Connection X-Key:"
    " X-HTTP-Method-Override Schlüssel".split(),
)
def test_a_header_that_is_not_ours_to_set_is_refused(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        sample(header(**{name: PASSWORD}))
    (fault,) = refused.value.errors(include_input=False)
    assert fault["loc"] == ("roles", 0, "login", "header", "headers")
    assert PASSWORD not in str(refused.value)


@pytest.mark.parametrize("value", ["a\r\nb", "a\nHost: x", "clé", "日本", " a", "a ", "a\x00b", "a\x7f", "x" * 8200])
def test_a_header_value_that_cannot_be_sent_as_it_is_is_refused_and_not_repeated(value: str) -> None:
    with pytest.raises(ValidationError, match="the value of X-Sample-Key cannot be sent") as refused:
        sample(header(**{"X-Sample-Key": value}))
    assert value.strip() not in str(refused.value) or value.strip() == "a"


@pytest.mark.parametrize("name", ["", "X Key", "X\r\nKey", "x" * 101])
def test_what_is_no_name_of_a_header_is_refused_and_not_repeated(name: str) -> None:
    with pytest.raises(ValidationError, match="letters, digits and hyphens only") as refused:
        sample(header(**{name: PASSWORD}))
    assert not name or name not in str(refused.value)


def test_two_spellings_of_one_header_and_hosts_of_others_are_refused() -> None:
    with pytest.raises(ValidationError, match="two headers have the same name"):
        sample(header(**{"X-Key": "a", "x-key": "b"}))
    with pytest.raises(ValidationError, match="which is no host of the platform"):
        sample(header() | {"hosts": ["collector.example.net"]})
