"""Where the request comes from that is worked on now: domain packages know no request, and reactions no more than ids."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_network: ContextVar[str] = ContextVar("network", default="")


@contextmanager
def coming_from(network: str) -> Iterator[None]:
    """For as long as this lasts, what is written comes from this network."""
    token = _network.set(network)
    try:
        yield
    finally:
        _network.reset(token)


def present_network() -> str:
    """The network that the present request comes from; empty without one, as in jobs and commands."""
    return _network.get()
