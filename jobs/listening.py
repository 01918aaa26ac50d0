"""The socket on which the web process listens."""

import socket

from core.errors import Unavailable
from core.i18n import gettext as _


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `Unavailable` with what to do when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise Unavailable(
            _(
                "cannot listen on %(host)s port %(port)s: %(error)s; CAMPUS_HOST and CAMPUS_PORT choose another",
                host=host,
                port=port,
                error=error.strerror,
            )
        ) from None
