"""The headers with which a role is logged in: which request of the browser gets which.

A request gets those of its own browser context, if its address is one of the platform's hosts and no page of another
host sent it. Each hop of a redirect is a request of its own here, and what was set for one is not carried to the next.
"""

from typing import Any

from accessibility.engine.crawl.own_hosts import OwnHosts
from accessibility.engine.login_recipe import HeaderLogin
from accessibility.engine.platform import PlatformSettings

WORKERS = ("worker", "shared_worker")


class RequestHeaders:
    """The headers of all roles of a platform. False in a condition where no role has any."""

    def __init__(self, settings: PlatformSettings) -> None:
        self._logins: dict[str, tuple[dict[str, str], OwnHosts]] = {}
        self._roles: dict[str, str] = {}  # DevTools' id of a browser context -> role
        self._contexts: dict[str, str] = {}  # id of a page, frame or worker with a target of its own -> its context
        for role in settings.roles:
            if isinstance(login := role.login, HeaderLogin):
                values = {name: value.get_secret_value() for name, value in login.headers.items()}
                self._logins[role.name] = values, settings.own_hosts(login)

    def __bool__(self) -> bool:
        return bool(self._logins)

    def clear(self) -> None:
        """A new browser was started."""
        self._roles.clear()
        self._contexts.clear()

    def know_context(self, context: str, role: str) -> None:
        """The browser context of a role."""
        self._roles[context] = role

    def know_target(self, info: dict[str, Any]) -> None:
        """A page, frame or worker with a target of its own, as DevTools describe it."""
        self._contexts[info["targetId"]] = info.get("browserContextId", "")

    def forget_target(self, target: str) -> None:
        """It is gone."""
        self._contexts.pop(target, None)

    def of_role(self, role: str, url: str) -> dict[str, str]:
        """Those of a role that a request of our own to this address gets."""
        values, hosts = self._logins.get(role, ({}, None))
        return dict(values) if hosts is not None and hosts.may_have(url) else {}

    def of(self, frame: str, main: str, request: dict[str, Any], kind: str) -> list[dict[str, str]] | None:
        """All headers to send with a request, ours among them; None where none of ours belongs to it.

        `frame` is the frame or worker that sends it, `main` the main frame of its tab where that is known.
        """
        values, hosts = self._logins.get(self._role_of(frame, main), ({}, None))
        if hosts is None or not hosts.may_have(request["url"]):
            return None
        sent = request["headers"]
        sender = sent.get("Origin") or sent.get("Referer")
        if kind != "Document" and sender and not hosts.may_have(sender):
            return None  # a page of another host could read the answer
        ours = {name.lower() for name in values}
        kept = {name: value for name, value in sent.items() if name.lower() not in ours}
        return [{"name": name, "value": value} for name, value in (kept | values).items()]

    def _role_of(self, frame: str, main: str) -> str:
        """Of a few frames (inside one of another process) the context is not known: then only one role will do."""
        context = self._contexts.get(frame) or self._contexts.get(main)
        if context is None:
            roles = set(self._roles.values())
            return roles.pop() if len(roles) == 1 else ""
        return self._roles.get(context, "")
