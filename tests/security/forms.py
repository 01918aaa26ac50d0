"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

NO_FIELDS = ("submit", "button", "reset", "file")


@dataclass
class Form:
    """Where a form goes, and what stands in it: names and values in their order, its token among them."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of its fields without the token, each once."""
        return list(dict.fromkeys(name for name, _value in self.fields if name != "csrf"))

    def filled(self, **values: str) -> dict[str, list[str]]:
        """What is sent with these fields changed."""
        sent: dict[str, list[str]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(values.get(name, value))
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self._open)
        elif tag == "select":
            self._select = given.get("name", "")
            self._put(self._select, "")
        elif tag == "option" and self._select and "selected" in given:
            self._put(self._select, given.get("value", ""))
        elif tag in ("textarea", "button") or (tag == "input" and given.get("type") not in NO_FIELDS):
            self._put(given.get("name", ""), given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""

    def _put(self, name: str, value: str) -> None:
        if self._open is not None and name:
            self._open.fields.append((name, value))


def forms_of(page: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
