"""What Prometheus reads at `GET /metrics`: requests as they were counted here, the rest from the database when asked.

Names follow its conventions: base units, `_total` for what only grows, few labels with few values each. docs/metrics.md
lists them all.
"""

from importlib.metadata import version

from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Info, disable_created_metrics

from api.metrics.requests import RequestMetrics
from api.metrics.service import ServiceCollector


def prepare(app: FastAPI) -> tuple[CollectorRegistry, RequestMetrics]:
    """The registry of this application, and what its requests are counted with."""
    disable_created_metrics()  # type: ignore[no-untyped-call]  # a time for each series: nobody asks for it
    registry = CollectorRegistry(auto_describe=False)  # nothing is asked of the database before the first scrape
    Info("campus_build", "The version of the service that this web process runs.", registry=registry).info(
        {"version": version("campus")}
    )
    requests = RequestMetrics(registry)
    registry.register(ServiceCollector(lambda: app.state.database, lambda: app.state.settings))
    return registry, requests
