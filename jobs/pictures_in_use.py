"""Every picture that anything refers to: what a sweep leaves and a backup must hold."""

from sqlalchemy.orm import Session

from accessibility.ledger.tickets import retention
from campus.requests import queries as requests


def pictures_in_use(session: Session) -> set[str]:
    """The hashes of the pictures of problems and of the photos of service requests."""
    return retention.pictures_in_use(session) | requests.photos_in_use(session)
