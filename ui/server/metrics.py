"""The server's figures for Prometheus, where `MNIST_METRICS` is on.

They are answered only to who asks this process itself. What comes by way of a proxy comes from the
internet, and finds nothing here.
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mnist_core.status import Status, look
from mnist_core.system.process_states import ProcessState
from ui.server.observer import Observer

_OF_PROXIES = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def route(observer: Observer, base_path: str) -> Route:
    """The route under which they are found."""
    figures = CollectorRegistry(auto_describe=False)
    figures.register(_Figures(observer))

    # Not a coroutine: it reads files, and so has a thread of its own.
    def answer(request: Request) -> Response:
        if any(header in request.headers for header in _OF_PROXIES):
            return PlainTextResponse("Not found", 404)
        return Response(generate_latest(figures), media_type=CONTENT_TYPE_LATEST)

    return Route(f"{base_path.rstrip('/')}/metrics", answer, methods=["GET"])


class _Figures(Collector):
    """This process's figures, and those that all web processes on a disk share."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer

    def collect(self) -> Iterator[Metric]:
        """The figures as they are now."""
        yield from _of_process(self._observer.state(), self._observer.errors.count)
        shared = look(self._observer.states.models)
        yield from _shared(shared)


def _of_process(state: ProcessState, errors: int) -> Iterator[Metric]:
    yield GaugeMetricFamily("digit_lab_people", "Open pages.", state.people)
    yield GaugeMetricFamily(
        "digit_lab_memory_bytes", "Memory of this web process.", state.memory_bytes
    )
    yield CounterMetricFamily("digit_lab_errors", "Errors that visitors met.", errors)
    refusals = CounterMetricFamily(
        "digit_lab_refusals", "How often a limit was reached.", labels=["limit"]
    )
    for limit, times in sorted(state.refusals.items()):
        refusals.add_metric([limit], times)
    yield refusals


def _shared(shared: Status) -> Iterator[Metric]:
    trainings = GaugeMetricFamily(
        "digit_lab_trainings",
        "Trainings on this disk, for all processes.",
        labels=["state"],
    )
    trainings.add_metric(["running"], shared.training)
    trainings.add_metric(["queued"], shared.queued)
    yield trainings
    for name, meaning, value in (
        ("web_processes", "Web processes on this disk.", len(shared.processes)),
        ("models_bytes", "Disk space of people's models and trainings.", shared.models_bytes),
        ("free_disk_bytes", "Free on that disk.", shared.free_disk_bytes),
        ("free_memory_bytes", "Memory that a new process could have.", shared.free_memory_bytes),
    ):
        yield GaugeMetricFamily(f"digit_lab_{name}", meaning, value)
