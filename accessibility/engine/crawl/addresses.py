"""Addresses of pages, normalised so that one page has one address."""


def normalise(url: str, base: str | None = None) -> str | None:
    """The address in its one form; None for what is no http or https address or is longer than 2,000 characters."""
    raise AssertionError("being written")
