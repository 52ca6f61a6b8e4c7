"""Conditions: read once, then asked of the facts of each post. What goes wrong comes back as data, never as an exception."""

import math
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import cel
from django.utils.translation import gettext as _

from rostra.houserules.grammar import Grammar, Kind, Unfit

MOST_MILLISECONDS = 5.0
_TRIES = 3  # a slow moment of the machine is no slow condition

Value = int | float | str | bool | list[str]


class Outcome(NamedTuple):
    """What came of asking: whether the condition holds, how long it took (CPU, in ms), and what went wrong, if anything."""

    holds: bool
    milliseconds: float = 0.0
    fault: str = ""


class Condition:
    """A condition that can be asked. `facts`: the names that stand in it, in the order of the text."""

    def __init__(self, source: str, facts: tuple[str, ...], program: cel.Program) -> None:
        self.source, self.facts, self._program = source, facts, program

    def ask(self, values: Mapping[str, Value]) -> Outcome:
        """Ask it of facts. One that seems slow is asked again, and its best time counts."""
        asked = {name: values[name] for name in self.facts if name in values}
        outcome = self._ask(asked)
        for _again in range(_TRIES - 1):
            if outcome.milliseconds <= MOST_MILLISECONDS:
                break
            outcome = min(outcome, self._ask(asked), key=_time_of)
        return outcome

    def _ask(self, values: dict[str, Value]) -> Outcome:
        begin = time.thread_time()
        try:
            found = self._program.execute(values)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as fault:  # a panic of the engine is no Exception
            return Outcome(False, _since(begin), f"{type(fault).__name__}: {fault}"[:200])
        took = _since(begin)
        if not isinstance(found, bool):
            return Outcome(False, took, f"it gave {type(found).__name__}, not true or false")
        return Outcome(found, took)


def condition(source: str, facts: Mapping[str, Kind]) -> Condition:
    """Read a condition; the same text is read once. Raises Unfit with what is wrong and where."""
    return _read(source, tuple(facts.items()))


@lru_cache(maxsize=2_048)
def _read(source: str, facts: tuple[tuple[str, Kind], ...]) -> Condition:
    grammar = Grammar(source, dict(facts))
    grammar.check()
    try:
        program = cel.compile(source)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # what the grammar takes, CEL should take too
        raise Unfit(_("CEL does not take it: %(fault)s") % {"fault": str(fault)[:200]}) from None
    return Condition(source, tuple(grammar.used), program)


def finite(value: float) -> float:
    """A number that conditions can compare; what is none is 0."""
    return value if math.isfinite(value) else 0.0


def _time_of(outcome: Outcome) -> float:
    return outcome.milliseconds


def _since(begin: float) -> float:
    return 1000 * (time.thread_time() - begin)
