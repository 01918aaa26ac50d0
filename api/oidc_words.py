"""What people are told when they could not sign in through the provider, and what they can do."""

from core.i18n import gettext as _
from core.people.oidc.problem import Reason


def told(reason: Reason, name: str) -> tuple[str, str]:
    """Heading and advice; `name` is the provider's."""
    match reason:
        case Reason.DENIED:
            heading = _("%(name)s did not let you in", name=name)
            advice = _("You or the provider stopped it. Try again, and agree to tell this service who you are.")
        case Reason.STATE:
            heading = _("This sign-in is no longer valid")
            advice = _(
                "It was begun in another browser, took longer than ten minutes, or was used already. Begin again."
            )
        case Reason.PROVIDER:
            heading = _("%(name)s does not answer as it should", name=name)
            advice = _("Nothing you did caused it. Try again in some minutes; if it lasts, tell an administrator.")
        case Reason.IDENTITY:
            heading = _("The proof of who you are could not be accepted")
            advice = _("Try again. If it happens twice, tell an administrator: settings, keys or clocks do not fit.")
        case Reason.EMAIL:
            heading = _("Your account cannot be found by your e-mail address")
            advice = _("%(name)s told no address that counts here. Ask an administrator of this service.", name=name)
        case Reason.NOBODY:
            heading = _("You have no account here")
            advice = _("This service does not know you, or your access has ended. Ask one of its administrators.")
    return heading, advice
