"""What happens to bans of addresses."""

from dataclasses import dataclass

from rostra.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AddressBanned(Event):
    """A network or e-mail address was banned."""

    ban: int


@dataclass(frozen=True, kw_only=True)
class AddressBanEnded(Event):
    """Such a ban was taken back before its time."""

    ban: int


@dataclass(frozen=True, kw_only=True)
class AddressesLookedUp(Event):
    """Somebody was shown the addresses that a member used."""

    look: int
    member: int
    looker: int
