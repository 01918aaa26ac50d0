"""Requests of this web process, counted as they are answered."""

from prometheus_client import CollectorRegistry, Counter, Histogram

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


class RequestMetrics:
    """Counts answers and their times by the route's pattern, never by the raw address: clients can invent those."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answers = Counter(
            "campus_http_requests",
            "Requests answered by this web process, by the class of their status.",
            ("route", "method", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "campus_http_request_duration_seconds",
            "Time from a request's first byte to the end of its answer.",
            ("route", "method"),
            buckets=BUCKETS,
            registry=registry,
        )

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """One request was answered."""
        self._answers.labels(route, method, f"{status // 100}xx").inc()
        self._seconds.labels(route, method).observe(seconds)
