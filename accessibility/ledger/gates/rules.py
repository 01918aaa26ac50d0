"""What can be asked of a gate, and where it may look. Pure."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from accessibility.engine.finding import Impact
from accessibility.engine.gate import Demands
from accessibility.engine.page import ANONYMOUS
from accessibility.engine.platform import PlatformSettings
from accessibility.engine.preview import Preview, base_of
from accessibility.engine.typed_addresses import check_address
from core.errors import InvalidInput
from core.i18n import gettext as _

MOST_ATTEMPTS = 3


class Asked(BaseModel):
    """What a gate is to look at and to demand. None means: as the platform's settings say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: str = Field("", max_length=2000, description="Where the platform stands this time; empty: at home.")
    fail_on: Impact = Field(Impact.SERIOUS, description="New failures of this impact or worse fail.")
    min_score: float | None = Field(None, ge=0, le=100, allow_inf_nan=False)
    min_coverage: float | None = Field(None, ge=0, le=1, allow_inf_nan=False, description="A share, 0 to 1.")
    max_pages: int | None = Field(None, ge=1, le=100_000, description="Page budget of each role.")
    max_minutes: float | None = Field(None, gt=0, le=1440, allow_inf_nan=False)
    roles: tuple[str, ...] | None = Field(None, min_length=1, max_length=21)
    viewports: tuple[str, ...] | None = Field(None, min_length=1, max_length=10)

    def demands(self, settings: PlatformSettings) -> Demands:
        """What the run is measured against."""
        floor = settings.coverage_floor if self.min_coverage is None else self.min_coverage
        return Demands(self.fail_on, floor, self.min_score)

    def preview(self, settings: PlatformSettings) -> Preview | None:
        """The preview that is to be visited, if one is. Raises `InvalidInput`."""
        if not self.base:
            return None
        preview = Preview(base_of(settings, "base"), check_address(self.base, place="base"))
        return None if preview.is_home else preview


def check(asked: Asked, settings: PlatformSettings) -> None:
    """Raise `InvalidInput` for what the platform does not have, or for a preview that its logins must not be sent to.

    A login is a secret, and a pipeline's token must not be able to send it to a host of its own choice: where the
    platform does not list the preview's host, or the preview gives up its encryption, only the anonymous role is seen.
    """
    _known("roles", asked.roles, settings.role_names)
    _known("viewports", asked.viewports, tuple(one.name for one in settings.viewports))
    if asked.preview(settings) is None:
        return
    logs_in = (asked.roles or settings.role_names) != (ANONYMOUS,)
    if logs_in and urlsplit(asked.base).scheme == "http" and urlsplit(settings.only_base).scheme == "https":
        raise InvalidInput(_("is plain http, so nobody is logged in there: ask for anonymous only"), place="base")
    listed = urlsplit(asked.base).netloc.lower() in settings.navigable_hosts
    if not listed and logs_in:
        raise InvalidInput(
            _("is on no host of the platform, so nobody is logged in there: add the host, or ask for anonymous only"),
            place="base",
        )


def _known(what: str, wanted: tuple[str, ...] | None, there: tuple[str, ...]) -> None:
    for name in wanted or ():
        if name not in there:
            raise InvalidInput(
                _("there is no “%(name)s”; there are: %(there)s", name=name, there=", ".join(there)), place=what
            )
