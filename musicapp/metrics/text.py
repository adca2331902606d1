"""The text that Prometheus reads (exposition format 0.0.4)."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from musicapp.metrics.counting import BUCKETS_S, PLACES, US, Counts

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def metric(name: str, kind: str, words: str, samples: Iterable[tuple[dict[str, str], float]]) -> Iterator[str]:
    """The lines of one metric: what it is, then its samples, each with its labels."""
    yield from heads(name, kind, words)
    for labels, value in samples:
        yield sample(name, labels, value)


def requests(counts: Counts) -> Iterator[str]:
    """Requests by endpoint and status, and how long each endpoint took to answer."""
    by_status = (
        ({"endpoint": of, "status": str(status)}, sum(n[:PLACES])) for (of, status), n in sorted(counts.items())
    )
    yield from metric("musicapp_requests_total", "counter", "Requests that were answered.", by_status)
    name = "musicapp_request_seconds"
    yield from heads(name, "histogram", "From when a request came in to when its answer was made.")
    by_endpoint: dict[str, list[float]] = {}
    for (endpoint, _), numbers in sorted(counts.items()):
        before = by_endpoint.get(endpoint, [0] * len(numbers))
        by_endpoint[endpoint] = [one + other for one, other in zip(before, numbers, strict=True)]
    for endpoint, numbers in by_endpoint.items():
        labels = {"endpoint": endpoint}
        up_to = list(accumulate(numbers[:PLACES]))
        for bound, number in zip([*map(str, BUCKETS_S), "+Inf"], up_to, strict=True):
            yield sample(f"{name}_bucket", {**labels, "le": bound}, number)
        yield sample(f"{name}_sum", labels, numbers[PLACES] / US)
        yield sample(f"{name}_count", labels, up_to[-1])


def heads(name: str, kind: str, words: str) -> Iterator[str]:
    plain = words.replace("\\", "\\\\").replace("\n", " ")
    yield from (f"# HELP {name} {plain}\n", f"# TYPE {name} {kind}\n")


def sample(name: str, labels: dict[str, str], value: float) -> str:
    inside = ",".join(f'{label}="{escaped(text)}"' for label, text in labels.items())
    return f"{name}{{{inside}}} {value:.15g}\n" if inside else f"{name} {value:.15g}\n"


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
