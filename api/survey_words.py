"""How the columns of an earlier survey are called."""

from campus.surveys.rules import DATE, EVENT, LANGUAGE, PAVILION, SEGMENT
from core.i18n import lazy

FIELDS = {
    DATE: lazy("Day of the answer"),
    LANGUAGE: lazy("Language"),
    PAVILION: lazy("Pavilion"),
    EVENT: lazy("Event"),
    SEGMENT: lazy("Segment"),
}
SAME_HINTS = {
    DATE: lazy("A day of the survey's quarter, such as 2024-09-30."),
    LANGUAGE: lazy("en, fr, es, it or ar."),
    PAVILION: lazy("Its name or its short name."),
    EVENT: lazy("Its name or its short name."),
    SEGMENT: lazy("Its name or its short name."),
}
