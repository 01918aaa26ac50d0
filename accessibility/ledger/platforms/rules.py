"""Who may set what of a platform, and which stored secrets may be kept. Pure."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from accessibility.engine.login_recipe import FormLogin
from accessibility.engine.platform import PlatformSettings, Role
from accessibility.ledger.platforms import recipes, saved_states
from core import cron
from core.errors import InvalidInput, NotAllowed
from core.i18n import gettext as _


def check(settings: PlatformSettings) -> None:
    """Raise `InvalidInput` for what the settings' own types cannot tell: a schedule that never fires, a password in
    an address, where every page and log would show it."""
    if settings.schedule:
        cron.check(settings.schedule, settings.time_zone or "UTC")
    elif settings.time_zone:
        cron.check("0 0 * * *", settings.time_zone)
    for place, address in _addresses(settings):
        if "@" in urlsplit(address).netloc:
            raise InvalidInput(_("holds a user name or password; use a role with a login instead"), place=place)
    saved_states.check(settings)


def _addresses(settings: PlatformSettings) -> Iterator[tuple[str, str]]:
    for place in ("base", "start", "sitemaps"):
        yield from ((place, address) for address in getattr(settings, place))
    yield from (("hosts", f"//{host}") for host in settings.hosts)
    for role in settings.roles:
        if isinstance(role.login, FormLogin):
            yield f"roles.{role.name}.address", role.login.address


def loosened(before: PlatformSettings | None, after: PlatformSettings) -> list[str]:
    """Names of the settings by which `after` is allowed more than `before` (None: a new platform); sorted.

    Hosts count where a permission is held already: else whoever may add a host could turn it on any machine.
    """
    found = set()
    if after.allow_private and not (before and before.allow_private):
        found.add("allow_private")
    if not after.robots and (before is None or before.robots):
        found.add("robots")
    if set(after.harmless) - set(before.harmless if before else ()):
        found.add("harmless")
    privileged = after.allow_private or not after.robots or after.harmless
    if privileged and before and _hosts(after) - _hosts(before):
        found.add("hosts")
    return sorted(found)


def refuse_loosening(before: PlatformSettings | None, after: PlatformSettings) -> None:
    """Raise `NotAllowed` naming what only an administrator may set."""
    names = loosened(before, after)
    if names:
        raise NotAllowed(_("only an administrator may set %(names)s like this", names=", ".join(names)))


def keep_secrets(before: PlatformSettings | None, after: PlatformSettings) -> PlatformSettings:
    """`after` with the secrets that it leaves empty filled from `before`, whose roles hold theirs.

    Raises `InvalidInput` when there is none to keep, or when the login now goes elsewhere: a stored password is never
    sent to a host for which it was not given.
    """
    return recipes.fill(after, {role.name: _kept(before, after, role) for role in after.roles})


def _kept(before: PlatformSettings | None, after: PlatformSettings, role: Role) -> dict[str, str]:
    old_role = before.role(role.name) if before else None
    same_kind = old_role is not None and old_role.login.kind == role.login.kind
    old = recipes.values(old_role.login) if old_role and same_kind else {}
    new = recipes.values(role.login)
    missing = [name for name, value in new.items() if not value]
    for name in missing:
        place = f"roles.{role.name}.{name}"
        if not old.get(name):
            raise InvalidInput(_("a value is needed"), place=place)
        if before and old_role and not _login_origins(after, role) <= _login_origins(before, old_role):
            raise InvalidInput(_("give it again: the login goes to another host than before"), place=place)
    return {name: value or old[name] for name, value in new.items()}


def _hosts(settings: PlatformSettings) -> frozenset[str]:
    forms = [_login_origins(settings, role) for role in settings.roles if isinstance(role.login, FormLogin)]
    return settings.navigable_hosts.union(*forms)


def _login_origins(settings: PlatformSettings, role: Role) -> frozenset[str]:
    """Where the role's secrets may be sent; a change from https to http counts as another place."""
    if not isinstance(role.login, FormLogin):
        return settings.own_hosts(role.login).origins
    address = urlsplit(urljoin(settings.base[0], role.login.address))
    return frozenset({f"{address.scheme}://{address.netloc.lower()}"})
