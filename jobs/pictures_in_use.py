"""Every picture and document that anything refers to: what a sweep leaves and a backup must hold."""

from sqlalchemy.orm import Session

from accessibility.ledger.tickets import retention
from campus.renovation import papers
from campus.requests import queries as requests


def pictures_in_use(session: Session) -> set[str]:
    """The hashes of the pictures of problems, of the photos of service requests and of the documents of works."""
    return retention.pictures_in_use(session) | requests.photos_in_use(session) | papers.in_use(session)
