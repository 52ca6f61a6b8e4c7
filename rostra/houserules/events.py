"""What happens to rules. `forum` is nothing for a rule of the whole board."""

from dataclasses import dataclass

from rostra.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RuleLaidDown(Event):
    """A rule is in force, or observes first."""

    rule: int
    forum: int | None
    author: int


@dataclass(frozen=True, kw_only=True)
class RuleAmended(Event):
    """A rule has a new version."""

    rule: int
    version: int
    author: int


@dataclass(frozen=True, kw_only=True)
class RuleRepealed(Event):
    """A rule is no longer in force."""

    rule: int
    author: int


@dataclass(frozen=True, kw_only=True)
class RulesReordered(Event):
    """Rules have other numbers."""

    forum: int | None
    author: int


@dataclass(frozen=True, kw_only=True)
class InheritanceSwitched(Event):
    """The rules of the forums above hold in a forum from now on, or do not."""

    forum: int
    is_inherited: bool
    author: int


@dataclass(frozen=True, kw_only=True)
class RuleSwitched(Event):
    """Somebody had a rule enforced, or had it observe only."""

    rule: int
    is_enforced: bool
    author: int


@dataclass(frozen=True, kw_only=True)
class RuleFellBack(Event):
    """A rule observes only from now on, because it found too much while it was young (`hits`), `failed` or was `slow`."""

    rule: int
    version: int
    reason: str
