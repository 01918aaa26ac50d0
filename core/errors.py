"""The whole vocabulary of failures that a user can cause or must act on.

Each carries a sentence for a person. `api` turns them into HTTP statuses and the command line into exit codes;
nothing below those two knows about either.
"""


class CampusError(Exception):
    """Base of all errors that are shown to a person as they are."""


class InvalidInput(CampusError):
    """Something given from outside is wrong. `place` names where (a field, a file and key, a line)."""

    def __init__(self, message: str, *, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.message = message
        self.place = place


class NotFound(CampusError):
    """What was asked for does not exist, or not for this person."""


class NotAllowed(CampusError):
    """The person or token has no right to do this."""


class Conflict(CampusError):
    """Somebody changed it meanwhile, or the state does not allow the step."""


class TooManyAttempts(CampusError):
    """Throttled. `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(CampusError):
    """Something that the service needs is missing on this machine: a browser, a database, a secret key."""
