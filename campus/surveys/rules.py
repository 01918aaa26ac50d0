"""The words of imported surveys. Pure."""

from enum import StrEnum


class State(StrEnum):
    """How far an import is."""

    UPLOADED = "uploaded"
    DONE = "done"
    UNDONE = "undone"


DATE, LANGUAGE, PAVILION, EVENT, SEGMENT = "date", "language", "pavilion", "event", "segment"
FIELDS = (DATE, LANGUAGE, PAVILION, EVENT, SEGMENT)
"""What a row tells beside its answers. Each may stand in a column, or be the same for the whole file."""
KEPT_DAYS = 2  # an uploaded file that nobody imports
MOST_VALUES = 40  # different answers of one question that a person can be asked about
