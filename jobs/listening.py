"""The socket on which the web process listens."""

import socket

from core.errors import Unavailable


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `Unavailable` with what to do when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise Unavailable(
            f"cannot listen on {host} port {port}: {error.strerror}; CAMPUS_HOST and CAMPUS_PORT choose another address"
        ) from None
