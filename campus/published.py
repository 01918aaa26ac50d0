"""Loads a facts file into all books that read it. Each writes its own part; all of them, or none."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from campus.funds import loading
from campus.funds.loading import Loaded, Loader

LOADERS: Mapping[str, Loader] = {}
"""The books that stand above the funds and read the facts too, by the names of what they load."""


def load_facts(session: Session, content: bytes, file_name: str, actor: str) -> Loaded:
    """Load a facts file. Raises `InvalidInput` naming the place in it."""
    return loading.load(session, content, file_name, actor, LOADERS)
