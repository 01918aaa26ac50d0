"""What a guest's browser sent. Everything in it is hostile, and nothing that a person typed is lost.

Answers are in fields `q-` and the question's key, those of other steps in hidden ones. What is no text of a form is
passed over: a file, a field that no question has, and characters that nobody can type or see.
"""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

PREFIX = "q-"
MOST_FIELDS = 10_000  # signs that part them: four megabytes of these would keep the service busy for seconds
NEXT, BACK = "next", "back"
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Sent:
    """A form: the answers by question, the mark it was served with, the step it shows and where it wants to go.

    `speak` is the language that it wants to change to, if any.
    """

    given: dict[str, str]
    form: str
    step: str
    go: str
    language: str
    speak: str


async def sent_form(request: Request) -> Sent:
    """The posted form. Raises `HTTPException` for far more fields than we asked, before time is spent on them."""
    typed = "urlencoded" in request.headers.get("content-type", "")  # a form of parts has a limit of its own
    if typed and (await request.body()).count(b"&") > MOST_FIELDS:
        raise HTTPException(400)
    fields = {name: _typed(entry) for name, entry in (await request.form()).items() if isinstance(entry, str)}
    return Sent(
        given={name.removeprefix(PREFIX): entry for name, entry in fields.items() if name.startswith(PREFIX)},
        form=fields.get("form", ""),
        step=fields.get("step", ""),
        go=BACK if fields.get("go") == BACK else NEXT,
        language=fields.get("lang", ""),
        speak=fields.get("speak", ""),
    )


TheSent = Annotated[Sent, Depends(sent_form)]


def _typed(entry: str) -> str:
    return _INVISIBLE.sub("", entry.replace("\r\n", "\n").replace("\r", "\n"))
