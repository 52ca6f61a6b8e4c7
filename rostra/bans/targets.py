"""What a ban is of: a network address or range, an e-mail address, or all those of a domain. One form for each."""

import ipaddress
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from rostra.bans.models import LONGEST_TARGET, AddressBan
from rostra.kernel.refusals import Invalid

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
WIDEST = {4: 8, 6: 24}  # the shortest prefix by version: wider would be a country, or a continent
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_LOCAL = re.compile(r"[^\s@*]{1,64}")
EVERY = "*@"
EVERY_BELOW = "*@*."


class Target(NamedTuple):
    """What is banned, as it is written; of a network its version and the numbers of its first and last address."""

    kind: str
    text: str
    version: int = 0
    first: int = 0
    last: int = 0

    @property
    def is_single(self) -> bool:
        """Is it one address, or what one connection has?"""
        if self.kind == AddressBan.Kind.EMAIL:
            return not self.text.startswith("*")
        return self.last - self.first < (2**64 if self.version == 6 else 1)


def read_target(text: str) -> Target:
    """The target that somebody typed. Raises Invalid with the field `target`, which says what it must look like."""
    typed = text.replace("\0", "").strip().lower()
    if not typed:
        raise Invalid(target=_("Type a network address such as 192.0.2.7, or an e-mail address."))
    if len(typed) > LONGEST_TARGET:
        raise Invalid(target=_("At most %(most)s characters, please.") % {"most": LONGEST_TARGET})
    return _email(typed) if "@" in typed else _network(typed)


def _email(typed: str) -> Target:
    local, _at, domain = typed.rpartition("@")
    below = domain.startswith("*.")
    is_good = _DOMAIN.fullmatch(domain.removeprefix("*.")) and (
        local == "*" or (_LOCAL.fullmatch(local) and not below)
    )
    if not is_good:
        raise Invalid(
            target=_(
                "“%(text)s” is no e-mail address. Write name@example.org, *@example.org for all of a domain, "
                "or *@*.example.org for all below it."
            )
            % {"text": typed[:60]}
        )
    return Target(AddressBan.Kind.EMAIL, typed)


def _network(typed: str) -> Target:
    try:
        network = _unmapped(ipaddress.ip_network(typed, strict=False))
    except ValueError:
        raise Invalid(
            target=_(
                "“%(text)s” is no network address. Write one such as 192.0.2.7 or 2001:db8::7, or a range such as "
                "192.0.2.0/24 or 2001:db8::/64."
            )
            % {"text": typed[:60]}
        ) from None
    widest = WIDEST[network.version]
    if network.prefixlen < widest:
        raise Invalid(
            target=_("%(range)s is too wide: it would shut out whole countries. At most /%(widest)s, please.")
            % {"range": network, "widest": widest}
        )
    return network_target(network)


def network_target(network: Network) -> Target:
    """A network as a target: a single address is written without its prefix."""
    is_one = network.num_addresses == 1
    text = str(network.network_address) if is_one else str(network)
    first, last = int(network.network_address), int(network.broadcast_address)
    return Target(AddressBan.Kind.NETWORK, text, network.version, first, last)


def address_number(text: str) -> tuple[int, int]:
    """The version and the number of a client's address; (0, 0) for one that is none."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return 0, 0
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = mapped or address
    return address.version, int(address)


def patterns_of(email: str) -> list[str]:
    """The targets that an e-mail address is among: itself, all of its domain, all below each domain above."""
    typed = email.strip().lower()
    domain = typed.rpartition("@")[2]
    labels = domain.split(".")
    above = (".".join(labels[step:]) for step in range(1, len(labels) - 1))
    return [typed, EVERY + domain, *(EVERY_BELOW + each for each in above)]


def covers(target: Target, address: str, email: str) -> bool:
    """Is this client address, or this e-mail address, among what the target is?"""
    if target.kind == AddressBan.Kind.EMAIL:
        return bool(email) and target.text in patterns_of(email)
    version, number = address_number(address)
    return version == target.version and target.first <= number <= target.last


def _unmapped(network: Network) -> Network:
    """An IPv4 network that is written as IPv6 (`::ffff:192.0.2.7`) is the IPv4 network."""
    first = network.network_address
    mapped = first.ipv4_mapped if isinstance(first, ipaddress.IPv6Address) else None
    if mapped is None or network.prefixlen < 96:
        return network
    return ipaddress.ip_network((mapped, network.prefixlen - 96))
