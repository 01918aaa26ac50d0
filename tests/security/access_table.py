"""The table of docs/access.md, made from `tests/api/access.py`, which the tests hold against every route.

.venv/bin/python -m tests.security.access_table > docs/access.md
"""

from core.people import rules
from tests.api import access

HEAD = """# Who may do what

Made by `tests/security/access_table.py`; the tests ask every route as every role and with every scope, and fail when it
is otherwise. Administrators may do what any role may. A right beyond the role, such as that of whoever a ticket is
assigned to, is checked by the step itself.

## Pages
"""
MIDDLE = """
## REST interface

A token has the scopes that its maker chose, and never more than its person's roles have today. A browser that is
signed in may read what its person may read, and changes nothing here.
"""


def text() -> str:
    """The whole page."""
    scopes = [(f"{method} `{path}`", access.scopes(scope)) for (method, path), scope in access.REST.items()]
    scopes += [(f"{method} `{path}`", set(rules.SCOPES)) for method, path in sorted(access.WITHOUT_A_KEY)]
    pages = [(f"{method} `{path}`", _allowed(who)) for (method, path), who in access.PAGES.items()]
    roles = ["nobody", *rules.ROLES]
    return "\n".join([HEAD, *_table("Page", roles, pages), MIDDLE, *_table("Address", list(rules.SCOPES), scopes), ""])


def _allowed(who: tuple[str, ...]) -> set[str]:
    """The roles behind an entry; "nobody" is who is not signed in."""
    return {"nobody", *rules.ROLES} if who == access.PUBLIC else {*who, rules.ADMINISTRATOR}


def _table(first: str, columns: list[str], rows: list[tuple[str, set[str]]]) -> list[str]:
    lines = [f"| {first} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for name, allowed in rows:
        lines.append(f"| {name} | {' | '.join('yes' if one in allowed else '–' for one in columns)} |")
    return lines


if __name__ == "__main__":
    print(text(), end="")
