"""Where a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX = 64  # what one connection usually owns


def client_address(request: HttpRequest) -> str:
    """The IP address of the client: as the proxy in front says, when the settings say that there is one.

    The proxy appends the address it saw, so only the last entry of X-Forwarded-For is to be believed. What is no
    address counts as "unknown": such clients share their limits.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.ROSTRA.behind_proxy:
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).rpartition(",")[2]
    try:
        return str(ipaddress.ip_address(told.strip()))
    except ValueError:
        return "unknown"


def client_network(request: HttpRequest) -> str:
    """What limits are counted for: the address, of IPv6 the network of 64 bits."""
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/{IPV6_PREFIX}", strict=False).network_address)
