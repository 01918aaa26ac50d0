"""What a backup says of itself, and the names of its members."""

import re
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from core.picture_store import ENDINGS

FORMAT = 1
MANIFEST = "manifest.json"
TABLE = re.compile(r"tables/([a-z][a-z0-9_]{0,62})\.jsonl\.gz")
PICTURE = re.compile(rf"pictures/([0-9a-f]{{64}})\.({'|'.join(ENDINGS)})")


class TableEntry(BaseModel):
    """What the manifest says of a table; the sum is that of its compressed member."""

    model_config = ConfigDict(extra="forbid", strict=True)
    columns: list[str]
    rows: int = Field(ge=0)
    sha256: str


class Manifest(BaseModel):
    """What a backup holds, and where it comes from."""

    model_config = ConfigDict(extra="forbid")
    format: int
    version: str = Field(description="Of the program that made it.")
    revision: str = Field(description="Of the database: the last migration.")
    database: str = Field(description="`sqlite` or `postgresql`.")
    began_at: datetime = Field(description="The moment whose rows it holds.")
    ended_at: datetime
    key: str | None = Field(description="Fingerprint of the key that encrypts; None when none was made yet.")
    tables: dict[str, TableEntry]
    pictures: int


def member_of_table(name: str) -> str:
    """The member that holds the rows of a table."""
    return f"tables/{name}.jsonl.gz"


def member_of_picture(name: str) -> str:
    """The member that is a picture, by the name of its file."""
    return f"pictures/{name}"
