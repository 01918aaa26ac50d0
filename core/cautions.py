"""Settings and circumstances that are unsafe, or leave people without what they count on. Pages say each in words."""

from collections.abc import Collection
from enum import StrEnum
from urllib.parse import urlsplit

from core.machine import FolderFacts
from core.settings import Settings

LEAST_FREE_SHARE = 0.05
LEAST_FREE_BYTES = 1024**3
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Caution(StrEnum):
    """Something to act on."""

    NO_WORKER = "no worker"
    LITTLE_SPACE = "little space"
    NO_SANDBOX = "no sandbox"
    NO_BROWSER = "no browser"
    NO_ADDRESS = "no address"
    NOT_HTTPS = "not https"
    NO_MAIL = "no mail"
    MAIL_IN_THE_CLEAR = "mail in the clear"
    KEY_BESIDE_DATA = "key beside data"


ACT_NOW = frozenset({Caution.NO_WORKER, Caution.LITTLE_SPACE, Caution.NO_BROWSER})
"""Those with which the service does not do its work; the others are for a person to decide."""


def cautions(
    settings: Settings, folder: FolderFacts, *, workers: int, sandboxes: Collection[bool], browsers: Collection[str]
) -> list[Caution]:
    """What is to be acted on, the worst first. `sandboxes` and `browsers` are those of the `workers` that live."""
    parts = urlsplit(settings.public_url)
    found = {
        Caution.NO_WORKER: not workers,
        Caution.LITTLE_SPACE: folder.free_share < LEAST_FREE_SHARE and folder.free < LEAST_FREE_BYTES,
        Caution.NO_SANDBOX: not all(sandboxes),
        Caution.NO_BROWSER: not all(browsers),
        Caution.NO_ADDRESS: not settings.public_url,
        Caution.NOT_HTTPS: parts.scheme == "http" and parts.hostname not in LOOPBACK,
        Caution.NO_MAIL: not settings.smtp_host,
        Caution.MAIL_IN_THE_CLEAR: bool(settings.smtp_host) and settings.smtp_security == "off",
        Caution.KEY_BESIDE_DATA: settings.secret_key is None,
    }
    there = [caution for caution, so in found.items() if so]
    return sorted(there, key=lambda one: one not in ACT_NOW)
