"""What happened: each domain package declares its events, `rostra.wiring` says what follows from them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that was done, in the past tense, by ids only."""


Reaction = Callable[[Any], None]
_reactions: dict[type[Event], list[Reaction]] = {}


def react(table: dict[type[Event], list[Reaction]]) -> None:
    """Put the table of reactions in force; called once, at the start."""
    _reactions.clear()
    _reactions.update(table)


def publish(event: Event) -> None:
    """Run what follows, inside the transaction of the change that caused it."""
    for reaction in _reactions.get(type(event), []):
        reaction(event)
