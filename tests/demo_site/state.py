"""What the demo site remembers: sessions, login forms, and how often it was asked to act."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal, get_args

Refusal = Literal["first", "hasty", "never"]
REFUSALS: tuple[Refusal, ...] = get_args(Refusal)
PASSWORDS = {"student": "demo-pass"}
HASTY_SECONDS = 0.3


@dataclass
class SiteState:
    """Memory of one running site; a test reads the counters and breaks what it wants to break.

    `refusal` names which good logins are turned away although the password is right:
    "first" the first one of each username, "hasty" any within 300 ms of loading the form,
    "never" none.
    """

    refusal: Refusal = "first"
    login_broken: bool = False
    logouts: int = 0
    feedback_count: int = 0
    posts: Counter[str] = field(default_factory=Counter)
    sessions: dict[str, str] = field(default_factory=dict)
    forms: dict[str, float] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def open_form(self, token: str | None) -> str:
        """The anti-CSRF token of a login form: the browser's own if we know it, else a new one."""
        if token not in self.forms:
            token = f"form-{next(self.numbers)}"
        self.forms[token] = time.monotonic()
        return token

    def log_in(self, username: str, password: str, token: str) -> str | None:
        """A new session key, or nothing if this attempt is refused."""
        turned_away = self._turns_away(username, token)
        if self.login_broken or turned_away or PASSWORDS.get(username) != password:
            return None
        key = f"session-{next(self.numbers)}"
        self.sessions[key] = username
        return key

    def log_out(self, key: str | None) -> None:
        """End this session; counted even when there was none, since nobody should ask."""
        self.logouts += 1
        self.sessions.pop(key or "", None)

    def drop_sessions(self) -> None:
        """Forget every session, as a restarted server would."""
        self.sessions.clear()

    def _turns_away(self, username: str, token: str) -> bool:
        is_first = username not in self.tried
        self.tried.add(username)
        is_hasty = time.monotonic() - self.forms[token] < HASTY_SECONDS
        return (self.refusal == "first" and is_first) or (self.refusal == "hasty" and is_hasty)
