"""Posted forms: what was typed, checked by a pydantic model, with errors beside the fields and entries that survive.

    @router.post("/things")
    def add(request: Request, session: Writing, posted: Posted) -> Response:
        entered = Entered(posted)
        with entered.shown_again(lambda: things_page(request, session, entered)):
            actions.add_thing(session, **entered.check(NewThing).model_dump())
        return redirect(request, "/things", Flash(_("Added.")))

Inside the block anything wrong (the model, `InvalidInput` with the field as its place, `Conflict`) rolls the
transaction back and answers the same page with 422, the entries and the errors. A model says its errors in its own
words by `errors: ClassVar = {"name": lazy("Enter a name.")}`, and how its fields are called by `labels`: an error of a
domain's action goes on from there. A `date` field `due` is read from due-day, due-month and
due-year; `list` fields take every value of their name; empty entries count as not given.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, TypeVar, get_args

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from pydantic import Field as Checked
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from api.dependencies import LARGEST_ID
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

Model = TypeVar("Model", bound=BaseModel)
Field = str | list[str]
RowId = Annotated[int, Checked(ge=1, le=LARGEST_ID)]  # a row chosen from a list; a database holds no other number
DATE_PARTS = ("day", "month", "year")
MESSAGES = {
    "missing": lazy("Fill this in."),
    "string_too_short": lazy("This is too short."),
    "string_too_long": lazy("This is too long."),
    "too_short": lazy("Choose at least one."),
    "int_parsing": lazy("Enter a whole number, such as 12."),
    "int_parsing_size": lazy("Enter a whole number, such as 12."),
    "greater_than_equal": lazy("Choose one of the options."),
    "less_than_equal": lazy("Choose one of the options."),
    "float_parsing": lazy("Enter a number, such as 12.5."),
    "literal_error": lazy("Choose one of the options."),
    "enum": lazy("Choose one of the options."),
}


class Rejected(Exception):
    """The form was wrong: undo the transaction and send this page."""

    def __init__(self, page: Response) -> None:
        super().__init__("the form was not accepted")
        self.page = page


async def posted_form(request: Request) -> FormData:
    """The fields of the posted form. Raises `InvalidInput` for a NUL, which no text of ours may hold."""
    form = await request.form()
    if any(isinstance(entry, str) and "\x00" in name + entry for name, entry in form.multi_items()):
        raise InvalidInput(_("The form holds a character that no text may hold."))
    return form


Posted = Annotated[FormData, Depends(posted_form)]


class Entered:
    """What stands in a form: entries by field, and what is wrong with them. `Entered()` is an empty form."""

    def __init__(self, posted: FormData | None = None, *, start: Mapping[str, Field] | None = None) -> None:
        self._posted = posted if posted is not None else FormData()
        self._start = start or {}
        self.errors: dict[str, str] = {}
        self._labels: Mapping[str, object] = {}

    def value(self, name: str) -> str:
        """The entry of a field, as typed; before posting the one to start with."""
        if self._posted:
            entry = self._posted.get(name, "")
            return entry if isinstance(entry, str) else ""
        start = self._start.get(name, "")
        return start if isinstance(start, str) else ""

    def values(self, name: str) -> list[str]:
        """All entries of a field with several."""
        if self._posted:
            return [entry for entry in self._posted.getlist(name) if isinstance(entry, str)]
        start = self._start.get(name, [])
        return [start] if isinstance(start, str) else list(start)

    def kept(self, without: Collection[str]) -> list[tuple[str, str]]:
        """Every posted field with its entry, for a next step that carries them on; but those `without`."""
        entries = self._posted.multi_items()
        return [(name, one) for name, one in entries if isinstance(one, str) and name not in without]

    def file(self, name: str) -> bytes:
        """The content of a file that was chosen; empty when none was. A form that is shown again cannot keep it."""
        upload = self._posted.get(name)
        if not isinstance(upload, UploadFile):
            return b""
        upload.file.seek(0)
        return upload.file.read()

    def version(self) -> int:
        """The version of what was looked at; -1, which nothing has, when the form does not tell it."""
        entry = self.value("version")
        return int(entry) if entry.isdecimal() and len(entry) < 10 else -1

    def error(self, name: str) -> str:
        """What is wrong with a field; empty when nothing is."""
        return self.errors.get(name, "")

    def check(self, model: type[Model]) -> Model:
        """The entries as a `model`. Raises pydantic's ValidationError, which `shown_again` turns into errors."""
        self._labels = getattr(model, "labels", {})
        try:
            return model.model_validate(self._given(model))
        except ValidationError as error:
            for one in error.errors():
                name = str(one["loc"][0]) if one["loc"] else ""
                self.errors.setdefault(name, _message(model, name, one))
            raise

    @contextmanager
    def shown_again(self, page: Callable[[], Response]) -> Iterator[None]:
        """Answer with `page`, entries and errors in it, when something inside is wrong."""
        try:
            yield
        except ValidationError as error:
            if not self.errors:  # not from our own check: a fault of the program
                raise
            raise self._rejected(page) from error
        except InvalidInput as error:
            self.errors[error.place] = self._sentence(error)
            raise self._rejected(page) from error
        except Conflict as error:
            self.errors[""] = str(error)
            raise self._rejected(page) from error

    def _sentence(self, error: InvalidInput) -> str:
        """Domain errors go on from the name of their place: "Name" "must be 1 to 120 characters"."""
        label = self._labels.get(error.place)
        return f"{label} {error.message}" if label else error.message

    def _rejected(self, page: Callable[[], Response]) -> Rejected:
        response = page()
        response.status_code = 422
        return Rejected(response)

    def _given(self, model: type[BaseModel]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, field in model.model_fields.items():
            kinds = {field.annotation, *get_args(field.annotation)}
            if date in kinds:
                entry: object = self._date(name)
            elif any(getattr(kind, "__origin__", kind) is list for kind in kinds):
                entry = self.values(name)
            else:
                entry = self.value(name)
                if isinstance(entry, str) and str in kinds and "password" not in name:
                    entry = entry.strip()
            if entry not in ("", None, []):
                found[name] = entry
        return found

    def _date(self, name: str) -> str | None:
        day, month, year = (self.value(f"{name}-{part}").strip() for part in DATE_PARTS)
        if not (day or month or year):
            return None
        return f"{year}-{month:0>2}-{day:0>2}"


def iso_day(text: str, place: str) -> date | None:
    """A day of an address, such as 2026-01-31; None for none. Raises `InvalidInput` naming `place`."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise InvalidInput(_("must be a date such as 2026-01-31"), place=place) from None


def _message(model: type[BaseModel], name: str, error: Any) -> str:
    own = getattr(model, "errors", {}).get(name)
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if own:
        return str(own)
    return said(error)


def said(error: Any) -> str:
    """What pydantic found wrong, in the visitor's language; pydantic itself knows English only."""
    if error["type"].startswith("date_"):
        return _("Enter a real date, such as 27 3 2027.")
    return str(MESSAGES.get(error["type"]) or _("This cannot be used."))
