"""Requests to the provider: certificates checked, no redirect followed, bounded time and size."""

import ssl
import time

import httpx2

SECONDS = 5.0  # for each step of a request
WHOLE_SECONDS = 10.0
MOST_BYTES = 512 * 1024


class BoundedTransport(httpx2.HTTPTransport):
    """Reads the whole answer at once, and raises `ReadError` when it is too large or too slow."""

    def __init__(self) -> None:
        super().__init__(verify=ssl.create_default_context(), trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and return its answer, read to the end."""
        request.headers["accept-encoding"] = "identity"  # a small answer must not unfold into a large one
        until = time.monotonic() + WHOLE_SECONDS
        answer = super().handle_request(request)
        try:
            if "content-encoding" in answer.headers:
                raise httpx2.ReadError("the answer is compressed", request=request)
            content = bytearray()
            for part in answer.iter_raw():
                content += part
                if len(content) > MOST_BYTES or time.monotonic() > until:
                    raise httpx2.ReadError("the answer is too large or too slow", request=request)
        finally:
            answer.close()
        return httpx2.Response(answer.status_code, headers=answer.headers, content=bytes(content), request=request)
